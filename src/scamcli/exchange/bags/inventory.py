"""The inventory of a bag for people: the same sections as an HTML page and as plain text.

Addresses of sources are not links, because opening one can tell its owner who is looking.
"""

from __future__ import annotations

from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from scamcli.output.escaping import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 100
FILE = "File"
"""The column whose cells are paths in the bag, which the page links to."""

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#222;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600}.item th{width:9rem}code,.hash{font:13px ui-monospace,monospace}"""


class Section(NamedTuple):
    """A part of an inventory.

    Attributes:
        title: the heading.
        paragraphs: prose below it.
        header: the columns of the rows.
        rows: the rows, with as many cells as the header. Empty cells are left out where rows are written as items.
        as_items: write each row as a list of its columns instead of a line of a table.
    """

    title: str
    paragraphs: Sequence[str] = ()
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    as_items: bool = False


def html(title: str, sections: Sequence[Section]) -> Iterator[str]:
    """Yield the lines of a page that needs no other file and no network."""
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{_escaped(title)}</title>'
    yield f"<style>{_STYLE}</style></head><body>"
    yield f"<h1>{_escaped(title)}</h1>"
    for section in sections:
        yield f"<h2>{_escaped(section.title)}</h2>"
        yield from (f"<p>{_escaped(text)}</p>" for text in section.paragraphs)
        yield from _html_items(section) if section.as_items else _html_table(section)
    yield "</body></html>"


def _html_table(section: Section) -> Iterator[str]:
    if not section.rows:
        return
    yield "<table><tr>" + "".join(f"<th>{_escaped(name)}</th>" for name in section.header) + "</tr>"
    for row in section.rows:
        cells = zip(section.header, row, strict=True)
        yield "<tr>" + "".join(f"<td>{_cell(name, value)}</td>" for name, value in cells) + "</tr>"
    yield "</table>"


def _html_items(section: Section) -> Iterator[str]:
    for number, row in enumerate(section.rows, 1):
        yield f"<h3>{number}</h3>"
        yield '<table class="item">'
        for name, value in zip(section.header, row, strict=True):
            if value:
                yield f"<tr><th>{_escaped(name)}</th><td>{_cell(name, value)}</td></tr>"
        yield "</table>"


def _cell(name: str, value: str) -> str:
    shown = _escaped(value)
    return f'<a href="{shown}">{shown}</a>' if name == FILE and value else shown


def _escaped(text: str) -> str:
    return escape(one_line(text))


def text(title: str, sections: Sequence[Section]) -> Iterator[str]:
    """Yield the lines of the same inventory as plain text."""
    yield from (one_line(title), "=" * min(len(title), WIDTH))
    for section in sections:
        yield from ("", section.title, "-" * len(section.title), "")
        for paragraph in section.paragraphs:
            yield from (*wrap(one_line(paragraph), WIDTH, break_on_hyphens=False), "")
        for number, row in enumerate(section.rows, 1):
            yield from _text_row(section, number, row)


def _text_row(section: Section, number: int, row: Sequence[str]) -> Iterator[str]:
    filled = [(name, one_line(value)) for name, value in zip(section.header, row, strict=True) if value]
    wide = max((len(name) for name, _ in filled), default=0) + 2
    yield f"{number}."
    for name, value in filled:
        label = f"   {name}:".ljust(wide + 3)
        yield from wrap(
            value, WIDTH, initial_indent=label, subsequent_indent=" " * len(label),
            break_long_words=False, break_on_hyphens=False,
        ) or [label.rstrip()]  # fmt: skip
    yield ""
