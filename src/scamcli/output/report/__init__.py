"""A report: what it says (`contents`), and the page that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.output.report.contents import Report


def render(report: Report) -> str:
    """Return a report as one HTML file that needs nothing else.

    Args:
        report: the report, masked.

    Raises:
        WrongUsageError: the style sheet contains ``</style``.
    """
    from scamcli.output.report.page import html  # Jinja2 takes longer to load than most commands to run

    return html(report)
