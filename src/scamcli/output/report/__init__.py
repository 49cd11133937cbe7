"""A report: what it says (`contents`), and the page, the Markdown or the Word file that says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.output.report.contents import Report
    from scamcli.output.text import Row


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

    return _labelled(html(report), report.labels)


def render_markdown(report: Report) -> str:
    """Return a report in Markdown, without charts and data."""
    from scamcli.output.report.markdown import escape, markdown

    return _labelled(markdown(report), {escape(mark): escape(label) for mark, label in report.labels.items()})


def write_word(report: Report, path: Path) -> None:
    """Write a report as a Word file, without charts and data.

    Raises:
        WrongUsageError: pandoc is not installed, or fails.
    """
    from scamcli.output.report import word
    from scamcli.output.report.markdown import escape, markdown

    labels = {escape(mark): escape(label) for mark, label in report.labels.items()}
    word.write(_labelled(markdown(report, for_pandoc=True), labels), path, report.language)


def render_review(drafts: Sequence[Row], date: str) -> str:
    """Return drafts as one HTML file for a second reader; the arguments are as for `review_page`."""
    from scamcli.output.report.review_page import review_page

    return review_page(drafts, date)


def _labelled(text: str, labels: Mapping[str, str]) -> str:
    """Return a text with labels in place of the placeholders of names."""
    placeholder = r"\\?\[protected-\d+\\?\]"  # with backslashes in Markdown
    return re.sub(placeholder, lambda found: labels.get(found[0], found[0]), text) if labels else text
