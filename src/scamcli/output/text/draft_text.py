"""Write a draft as text: the passage that it came from, with the relevant words marked, beside the proposed record.

Passages are escaped, so nothing in them can affect a terminal. Without colours, marks are characters.
"""

from __future__ import annotations

import os
import re
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from scamcli.output.escaping import escape_controls, one_line
from scamcli.output.text import figure_text, words
from scamcli.output.text.draft_fields import GRADES, UNMARKED, by_doubt, fields, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from scamcli.output.text import Row

MIN_SIDE_BY_SIDE = 110
"""On terminals of at least this width in characters, a passage and its record are shown side by side."""

UNREAD = "unread"

STYLES = {
    "sure": "bold green", "likely": "bold italic cyan", "unsure": "bold underline yellow", UNREAD: "bold reverse red",
}  # fmt: skip
"""Marks with colours. They also differ in other ways, for people who cannot tell the colours apart."""

SIGNS = {"sure": ("«", "»"), "likely": ("«", "»"), "unsure": ("«?", "»"), UNREAD: ("[?", "]")}
"""Marks without colours: the characters before and after the words."""

_LINE_END_IN_SENTENCE = r"(?<=[^\n.:;!?])\n(?=[^\W\d_])"


def whole(draft: Row, columns: int) -> str:
    """Return the passage and the proposed record of a row of ``review --json``, side by side if there is room."""
    from rich.console import Group
    from rich.table import Table

    record = _record(draft)
    text: RenderableType = _text("not read from a text")
    if draft["passage"] is not None:
        text = Group(_passage(draft), "", _text(f"read from {place(draft)}"))
    if columns < MIN_SIDE_BY_SIDE:
        return _render([text, "", record], columns)
    grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(text, record)
    return _render([grid], columns)


def passage(row: Row, *, plain: bool) -> str:
    """Return the marked passage of a row of ``show --passage --json``, with its place and text.

    If ``plain``, marks are characters, because colours would be lost.
    """
    publication = [row[key] for key in ("outlet", "title", "published", "url") if row[key]]
    below = words.wrap(one_line("; ".join([*publication, _part_of_text(row), *map(_file, row["files"])])))
    if plain or _has_no_colours():
        text = "\n".join(map(words.wrap, signed(row).split("\n")))
    else:
        text = _render([_passage(row)], words.width())
    return f"{text}\n\n{below}"


def place(row: Row) -> str:
    """Return, in one line, which file and page a passage was read from, or which text if no file was kept."""
    return one_line("; ".join(map(_file, row["files"])) or _part_of_text(row))


def _part_of_text(row: Row) -> str:
    return f"characters {row['start']:,} to {row['end']:,} of the text {row['snapshot'][:12]}"


def _file(file: Row) -> str:
    """Return which file, and which page of it, a passage was read from."""
    page = f"page {file['page']:,} of " if file["page"] else ""
    return f"{page}the file {file['name']} ({file['sha256'][:12]})"


def reasons(draft: Row, columns: int) -> str:
    """Return the words, rule and grade behind each field, the most doubtful first, and the numbers in no figure."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for span in by_doubt(draft["spans"]):
        rule = one_line(f"{span['rule']} ({span['reader']})" if span["reader"] else span["rule"])
        table.add_row(*map(_text, (one_line(span["field"]), span["grade"], quoted(span["words"]), rule)))
    unread = "; ".join(map(one_line, draft["unread"]))
    return _render([table, *([_text(f"in no figure: {unread}")] if unread else []), "", _legend()], columns)


def evidence(draft: Row) -> dict[str, list[str]]:
    """Return lines for each kind of field, such as ``linked_site``: one for each value, with its grade and words."""
    lines: dict[str, list[str]] = {}
    for field in fields(draft):
        if field.evidence:
            line = f"{field.grade}: {one_line(field.value)}, from {field.evidence}"
            lines.setdefault(field.label.replace(" ", "_"), []).append(line)
    return lines


def movable(record: Row) -> list[tuple[str, str, str]]:
    """Return the entries that can move to another record: for each, the key of its list, its name, and a text."""
    actors = [("actors", one["name"], f"{one['name']} ({one['role']})") for one in record["actors"]]
    figures = [("figures", one["id"], figure_text.sentence(one)) for one in record["figures"]]
    return [(listed, name, one_line(text)) for listed, name, text in (*figures, *actors)]


def signed(row: Row) -> str:
    """Return the passage with characters as marks."""
    pieces = ((_shown(text), mark) for text, mark in segments(row))
    return "".join(text if mark is None else text.join(SIGNS[mark]) for text, mark in pieces)


def segments(row: Row) -> Iterator[tuple[str, str | None]]:
    """Yield the passage in pieces, each with its mark: a grade, ``unread``, or none."""
    text = re.sub(_LINE_END_IN_SENTENCE, " ", row["passage"])
    marks: list[str | None] = [None] * len(text)
    spans = [span for span in row["spans"] if span["field"] not in UNMARKED]
    spans.sort(key=lambda span: GRADES.index(span["grade"]))  # the least certain is marked last, so it is the one shown
    for span, mark in [*((span, span["grade"]) for span in spans), *((span, UNREAD) for span in row["unread_at"])]:
        start, end = (min(max(span[key] - row["start"], 0), len(text)) for key in ("start", "end"))
        marks[start:end] = [mark] * (end - start)
    for mark_, piece in groupby(zip(text, marks, strict=True), key=lambda pair: pair[1]):
        yield "".join(char for char, _ in piece), mark_


def _passage(row: Row) -> Text:
    from rich.text import Text

    if _has_no_colours():
        return Text(signed(row))
    return Text.assemble(*((_shown(text), STYLES[mark] if mark else "") for text, mark in segments(row)))


def _shown(text: str) -> str:
    return escape_controls(text.replace("\t", " "))


def _legend() -> Text:
    from rich.text import Text

    if _has_no_colours():
        return Text("«words» gave the record its values, «?words» uncertain ones; [?numbers] are in no figure")
    parts = [("marked: ", "")]
    for mark in (*GRADES, UNREAD):
        parts += [(mark if mark in GRADES else "a number in no figure", STYLES[mark]), (" ", "")]
    return Text.assemble(*parts)


def _has_no_colours() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in {"dumb", "unknown"}


def _record(draft: Row) -> RenderableType:
    from rich.console import Group
    from rich.table import Table

    title, *others = fields(draft)
    heading = Table.grid(padding=(0, 2, 0, 0))
    heading.add_row(_text(title.label), _text(one_line(title.value)))
    table = Table.grid(padding=(0, 2, 0, 0))
    for is_wrapped in (False, False, True, True):
        table.add_column(no_wrap=not is_wrapped)
    for field in others:
        grade = "" if field.name in UNMARKED else field.grade
        table.add_row(*map(_text, (field.label, grade, one_line(field.value), field.evidence)))
    for name in dict.fromkeys(span["reader"] for span in draft["spans"] if span["reader"]):
        table.add_row(_text("reader"), "", _text(one_line(name)))
    return Group(heading, table)


def _text(text: str) -> Text:
    from rich.text import Text

    return Text(escape_controls(text))


def _render(parts: Sequence[RenderableType], columns: int) -> str:
    """Render for a terminal of this width."""
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=columns, highlight=False, force_terminal=True, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return out.getvalue().rstrip("\n")
