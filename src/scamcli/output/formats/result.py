"""The result of a command in a form that every format can write, and the text of a cell.

A row is a JSON object as documented. The flat formats (tables, CSV, TSV) show some of its keys.
"""

# No `from __future__ import annotations` here: the fields of a NamedTuple would be compiled from text at every start.

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from scamcli.output.escaping import one_line

UNKNOWN = "unknown"
NOT_GIVEN = "not given"

Row = Mapping[str, object]


class Result(NamedTuple):
    """Rows, and how the flat formats show them.

    Attributes:
        rows: JSON objects, streamed.
        columns: the keys that flat formats show, in order.
        headings: headings of columns that differ from the key.
        blanks: by key, the text for a missing value or an empty list: ``unknown``, ``not given``. Programs get nothing
            instead of a missing number.
        numeric: keys whose values are aligned right on a terminal.
        single: whether JSON is one object instead of an array.
        keys: every key of a row, if that is known before the first row.
        spare: keys that a narrow terminal leaves out, in this order.
        prefix_lengths: for keys of ids, a function that returns how many characters of an id are enough to identify it.
            On a narrow terminal, ids are shortened to such prefixes before other texts are wrapped.
    """

    rows: Iterable[Row]
    columns: tuple[str, ...]
    headings: Mapping[str, str] = {}
    blanks: Mapping[str, str] = {}
    numeric: frozenset[str] = frozenset()
    single: bool = False
    keys: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    prefix_lengths: Mapping[str, Callable[[str], int]] = {}

    @property
    def unbroken(self) -> frozenset[str]:
        """Keys whose values must stay on one line: numbers, dates, kinds and ids."""
        return self.numeric | {"date", "at", "kind", "match", "id"}

    def heading(self, key: str) -> str:
        """Return the heading of a column for people, on one line with control characters escaped."""
        return one_line(self.headings.get(key, key))

    def cells(self, row: Row) -> list[str]:
        """Return the text of each column for programs. If a number is unknown, its cell is empty."""
        return self._cells(row, {key: text for key, text in self.blanks.items() if key not in self.numeric})

    def readable_cells(self, row: Row) -> list[str]:
        """Return the text of each column for people: one line, thousands separated, control characters escaped."""
        values = (row.get(key) for key in self.columns)
        texts = (_readable(value, text) for value, text in zip(values, self._cells(row, self.blanks), strict=True))
        return [one_line(text) for text in texts]

    def _cells(self, row: Row, blanks: Mapping[str, str]) -> list[str]:
        return [blanks.get(key, "") if row.get(key) in (None, []) else cell(row[key]) for key in self.columns]


def _readable(value: object, text: str) -> str:
    """Return a value for people: numbers have their thousands separated."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, dict) and value.keys() == {"low", "high"}:
        return " to ".join(dict.fromkeys(UNKNOWN if end is None else f"{end:,}" for end in value.values()))
    return text


def cell(value: object) -> str:
    """Return a JSON value as the text of a cell: lists joined by semicolons, objects as what identifies them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(map(cell, value)))
    if isinstance(value, dict):
        return _object_cell(value)
    return str(value)


def _figure_cell(figure: Row) -> str:
    """Return a number in its words, and whom it counts, so that nobody adds a part to its whole."""
    from scamcli.output.text import figure_text  # most tables have no figures

    about = [figure.get(key) for key in ("nationality", "group", "province")]
    about += [f"part of {figure['part_of']}"] if figure.get("part_of") else []
    counted = ", ".join(str(one) for one in about if one)
    return figure_text.short(figure) + (f" ({counted})" if counted else "")


def _object_cell(value: Row) -> str:
    if "metric" in value and "stated" in value:
        return _figure_cell(value)
    if "outlet" in value and "passage" in value:
        return f"{value['outlet']} via {value['via']}" if value.get("via") else str(value["outlet"])
    if "type" in value and "event" in value:
        return f"{value['type']} {value['event']}"
    if value.keys() == {"low", "high"}:
        return " to ".join(UNKNOWN if end is None else f"{end}" for end in value.values())
    for key in ("name", "id"):
        if key in value:
            return f"{value[key]} ({value['role']})" if "role" in value else str(value[key])
    import json  # not at the top, because `--help` has no cells

    return json.dumps(value, ensure_ascii=False)
