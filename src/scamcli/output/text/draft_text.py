"""A draft to read: the passage that it came from with its words marked, and beside it what is proposed.

What a passage holds cannot act on a terminal. Where colours are not wanted, marks are characters.
"""

from __future__ import annotations

import os
import re
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scamcli.output import phrases
from scamcli.output.escaping import escape_controls, one_line
from scamcli.output.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.text import Text

WIDE = 110
"""Columns from which the passage and the record stand side by side."""

GRADES = ("sure", "likely", "unsure")
"""From the surest: where marks overlap, the least sure shows."""

UNREAD = "unread"

STYLES = {"sure": "bold green", "likely": "bold cyan", "unsure": "bold yellow", UNREAD: "bold reverse red"}

SIGNS = {"sure": ("«", "»"), "likely": ("«", "»"), "unsure": ("«?", "»"), UNREAD: ("[?", "]")}
"""Marks where there are no colours."""

_BROKEN = r"(?<=[^\n.:;!?])\n(?=[^\W\d_])"
"""A line end within a sentence: the lines of a terminal are others."""

_WHOLE = frozenset({"title", "summary"})
"""Fields that a whole passage says: to mark it would mark nothing."""


def whole(row: dict[str, Any], columns: int) -> str:
    """The passage and the proposed record, side by side where there is room.

    Args:
        row: of a draft, as ``review --json`` has it.
        columns: of the terminal.
    """
    from rich.table import Table

    told = _record(row)
    said = _text("not read out of a text") if row["passage"] is None else _passage(row)
    if columns < WIDE:
        return _drawn([said, "", told], columns)
    both = Table.grid(padding=(0, 3, 0, 0), expand=True)
    both.add_column(ratio=1)
    both.add_column(ratio=1)
    both.add_row(said, told)
    return _drawn([both], columns)


def traced(row: dict[str, Any], *, plain: bool) -> str:
    """The passage alone, marked, and where it stands: in which text, and where in that.

    Args:
        row: of an origin, as ``show --passage --json`` has it.
        plain: whether nobody sees colours.
    """
    where = [row[key] for key in ("outlet", "title", "published", "url") if row[key]]
    place = f"characters {row['start']:,} to {row['end']:,} of the text {row['snapshot'][:12]}"
    below = words.wrap(one_line("; ".join([*where, place])))
    if plain or _has_no_colours():
        said = "\n".join(words.wrap(line) for line in signed(row).split("\n"))
    else:
        said = _drawn([_passage(row)], words.width())
    return f"{said}\n\n{below}"


def why(row: dict[str, Any], columns: int) -> str:
    """The words, the rule and the grade of each field, and the numbers that no rule explained."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for span in row["spans"]:
        said = one_line(span["words"])
        told = said if len(said) <= 80 else f"{said[:79]}…"
        table.add_row(*(_text(one) for one in (one_line(span["field"]), span["grade"], f"“{told}”", span["rule"])))
    unread = "; ".join(map(one_line, row["unread"]))
    return _drawn([table, *([_text(f"no rule explained: {unread}")] if unread else []), "", _legend()], columns)


def signed(row: dict[str, Any]) -> str:
    """The passage, its marks as characters."""
    pieces = ((escape_controls(said.replace("\t", " ")), mark) for said, mark in segments(row))
    return "".join(said if mark is None else said.join(SIGNS[mark]) for said, mark in pieces)


def _passage(row: dict[str, Any]) -> Text:
    from rich.text import Text

    if _has_no_colours():
        return Text(signed(row))
    pieces = ((escape_controls(said.replace("\t", " ")), mark) for said, mark in segments(row))
    return Text.assemble(*((said, STYLES[mark] if mark else "") for said, mark in pieces))


def _legend() -> Text:
    from rich.text import Text

    if _has_no_colours():
        return Text("«words» are what the record came from, «?words» unsurely; no rule explained [?numbers]")
    parts = [("marked: ", "")]
    for mark in (*GRADES, UNREAD):
        parts += [(mark if mark in GRADES else "no rule explained it", STYLES[mark]), (" ", "")]
    return Text.assemble(*parts)


def _has_no_colours() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in {"dumb", "unknown"}


def segments(row: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The passage in pieces, each with its mark: a grade, ``unread``, or none."""
    text = re.sub(_BROKEN, " ", row["passage"])
    marks: list[str | None] = [None] * len(text)
    spans = [(one, one["grade"]) for grade in GRADES for one in row["spans"] if one["grade"] == grade]
    spans = [(one, mark) for one, mark in spans if one["field"] not in _WHOLE]
    for span, mark in [*spans, *((one, UNREAD) for one in row["unread_at"])]:
        start, end = (min(max(span[key] - row["start"], 0), len(text)) for key in ("start", "end"))
        marks[start:end] = [mark] * (end - start)
    for mark_, piece in groupby(zip(text, marks, strict=True), key=lambda one: one[1]):
        yield "".join(char for char, _ in piece), mark_


def _record(row: dict[str, Any]) -> RenderableType:
    from rich.table import Table

    grades = _grades(row["spans"])
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    for label, told, field in _said(row["record"]):
        unsure = "" if grades.get(field) != "unsure" else " (unsure)"
        table.add_row(_text(label), _text(one_line(told) + unsure))
    return table


def _said(record: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What a record says: a label, the words, and the field of the reason."""
    for key in ("date", "kind", "title", "summary"):
        if record[key]:
            yield key, record[key], key
    for person in record["actors"]:
        yield "actor", f"{person['name']} ({person['role']})", f"actors.{person['name']}"
    for label, key in (("province", "provinces"), ("site", "sites"), ("country", "countries")):
        yield from ((label, one, f"{key}.{one}") for one in record[key])
    yield from (("place", one["name"], f"places.{one['name']}") for one in record["places"])
    yield from (("nationality", one, f"nationalities.{one}") for one in record["nationalities"])
    yield from (("figure", phrases.figure_line(one), f"figures.{one['id']}") for one in record["figures"])
    for source in record["sources"]:
        via = f", via {source['via']}" if source["via"] else ""
        yield "source", f"{source['outlet']}{via}", f"sources.{source['outlet']}"
    yield from (("link", f"{one['type']} {one['event']}", f"links.{one['event']}") for one in record["links"])
    if record["note"]:
        yield "note", record["note"], "note"


def _grades(spans: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The least sure grade of each field, that of a figure's parts with it."""
    found: dict[str, str] = {}
    for span in spans:
        parts = span["field"].split(".")
        field = ".".join(parts[:2]) if parts[0] == "figures" else span["field"]
        found[field] = max(found.get(field, GRADES[0]), span["grade"], key=GRADES.index)
    return found


def _text(text: str) -> Text:
    from rich.text import Text

    return Text(escape_controls(text))


def _drawn(parts: Sequence[RenderableType], columns: int) -> str:
    """What a terminal of this width shows."""
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=columns, highlight=False, force_terminal=True, markup=False, emoji=False)
    for part in parts:
        console.print(part)
    return out.getvalue().rstrip("\n")
