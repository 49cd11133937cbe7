"""A report: what it says (`contents`), and the page that says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.output.report.contents import Report


def built_in_style() -> str:
    """Return the style sheet of a report without its own."""
    return asset("report.css")


def asset(name: str) -> str:
    """Return a text file of this package."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def render(report: Report) -> str:
    """Return a report as one HTML file that needs nothing else.

    Args:
        report: the report, masked.

    Raises:
        WrongUsageError: the style sheet contains ``</style``.
    """
    from scamcli.output.report.page import html  # Jinja2 takes longer to load than most commands to run

    labels = report.labels
    page = html(report)
    return re.sub(r"\[protected-\d+\]", lambda found: labels.get(found[0], found[0]), page) if labels else page
