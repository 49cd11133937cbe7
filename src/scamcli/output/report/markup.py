"""Turn values into the HTML of a report: the filters of its templates.

Every text of a record passes through one of these. They escape it, write out the characters that would hide or reorder
it, and mark runs of other scripts with their language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from scamcli.language import dates
from scamcli.language.scripts import UNSPACED, language_runs
from scamcli.output.escaping import is_web_address, one_line, paragraphs

if TYPE_CHECKING:
    from scamcli.language.wording.bounds import Number
    from scamcli.output.report.contents import Entry

_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
NOT_HTML = f"[\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
"""Characters that no HTML file may have: lone surrogates and what Unicode calls noncharacters."""
LONGEST_LABEL = 120
"""The most characters of a label that can neither wrap nor scroll."""


def finalize(value: object) -> str:
    """Return what a template prints: HTML as it is, and other values as texts; Jinja escapes those that are simple."""
    if isinstance(value, Markup):
        return value
    plain = str(value)
    return plain if _is_simple(plain) else as_text(plain)


def as_text(value: object) -> Markup:
    """Return a text that nothing in it can affect, with ``lang`` around runs of other scripts; HTML stays."""
    if isinstance(value, Markup):
        return value
    plain = str(value)
    if _is_simple(plain):
        return escape(plain)
    shown = re.sub(NOT_HTML, "\ufffd", one_line(plain))
    return Markup("").join(
        escape(piece) if language is None else Markup(f'<span lang="{language}">{escape(piece)}</span>')
        for piece, language in language_runs(shown)
    )


def _is_simple(text: str) -> bool:
    """Say whether a text only has to be escaped, as nearly all do: nothing in it is hidden or in another script."""
    return text.isprintable() and (text.isascii() or re.search(UNSPACED, text) is None)


def as_attribute(value: object) -> Markup:
    """Return a text for an attribute, or for an element that can only have text."""
    plain = str(value)
    if plain.isascii() and plain.isprintable():
        return escape(plain)
    return escape(re.sub(NOT_HTML, "\ufffd", one_line(plain)))


def as_name(value: object) -> Markup:
    """Return a name, kept apart from its surroundings if it could be written from right to left."""
    return as_text(value) if str(value).isascii() else Markup(f"<bdi>{as_text(value)}</bdi>")


def as_paragraphs(value: str | None, class_: str) -> Markup:
    """Return a text with its blank lines as limits of paragraphs."""
    return Markup("".join(f'<p class="{class_}">{as_text(one)}</p>' for one in paragraphs(value or "")))


def as_link(words: object, address: str | None) -> Markup:
    """Return words linked to a web address; other addresses follow the words as text.

    ``noreferrer`` implies ``noopener`` (HTML standard, 4.6.7).
    """
    if address is None:
        return as_text(words)
    if is_web_address(address):
        return Markup(f'<a href="{as_attribute(address)}" rel="noreferrer">{as_text(words)}</a>')
    return as_text(words if address == words else f"{words} ({address})")


def as_amount(value: Number | None) -> str:
    """Return a number with separators between thousands."""
    return "unknown" if value is None else f"{value:,}"


def as_label(value: str) -> str:
    """Return a text that is short enough for a menu."""
    shown = value if value.isascii() and value.isprintable() else re.sub(NOT_HTML, "\ufffd", one_line(value))
    return shown if len(shown) <= LONGEST_LABEL else f"{shown[:LONGEST_LABEL]}…"


def capitalized(value: str) -> str:
    """Return a text with a capital first letter; the others stay, and so does HTML, which begins with an element."""
    return value[:1].upper() + value[1:]


def month_of(entry: Entry) -> str:
    """Return the month when an event begins, in words."""
    return "Date not known" if entry.first is None else f"{dates.MONTHS[entry.first.month - 1]} {entry.first.year}"
