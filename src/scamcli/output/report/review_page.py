"""Put drafts on one page for a second reader: each passage with its marks, and the fields with the words behind them.

The page has no script. Marks differ in their underline and carry their grade as text, so that it can be read without
colours and on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from scamcli.output.report import asset, built_in_style, markup
from scamcli.output.report.page import environment, policy
from scamcli.output.text import draft_text
from scamcli.output.text.draft_fields import UNMARKED, Field, fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.output.text import Row

LABELS = {"likely": "likely", "unsure": "unsure", draft_text.UNREAD: "in no figure"}
"""What is written after a mark. Words of sure fields have no label, because it would distract from the others."""


def review_page(drafts: Sequence[Row], date: str) -> str:
    """Return a page with drafts, as one HTML file that needs nothing else.

    Args:
        drafts: rows of ``review --json``, already masked.
        date: the day of writing in EDTF, such as ``2024-03-15``.
    """
    css = built_in_style() + asset("review.css")
    templates = environment()
    templates.filters["passage"] = _passage
    page = templates.get_template("review.html.jinja", globals={"fields": _fields})
    return page.render(drafts=drafts, date=date, css=css, policy=policy(css), doubtful=_doubtful)


def _fields(draft: Row) -> list[Field]:
    return [field for field in fields(draft) if field.name not in UNMARKED or field.label == "summary"]


def _doubtful(draft: Row) -> int:
    """Return how many fields of a draft a rule is unsure about."""
    return sum(field.grade == "unsure" for field in _fields(draft))


def _passage(draft: Row) -> Markup:
    """Return the passage of a draft with its marks and their labels."""
    return Markup("").join(_piece(text, mark) for text, mark in draft_text.segments(draft))


def _piece(text: str, mark: str | None) -> Markup:
    shown = Markup("<br>").join(map(markup.as_text, text.split("\n")))
    if mark is None:
        return shown
    label = Markup(f"<sup>{LABELS[mark]}</sup>") if mark in LABELS else ""
    return Markup(f'<mark class="{mark}">{shown}</mark>{label}')
