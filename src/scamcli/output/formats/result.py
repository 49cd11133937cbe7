"""What a command found, in the shape that every format can write; and the text of one cell.

Formats take a ``Result`` and write text: they never query. A row is the JSON object that the docs describe; the flat
formats show some of its keys.
"""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scamcli.output.escaping import one_line

UNKNOWN = "unknown"
NOT_GIVEN = "not given"


class Result(NamedTuple):
    """Rows, and which of their keys the flat formats show.

    Attributes:
        rows: JSON objects, streamed.
        columns: the keys that flat formats show, in order.
        headings: a better heading for some keys.
        blanks: what a missing value of a key is called, where an empty cell would lie: ``unknown``, ``not given``.
        numeric: keys that are set flush right on a terminal.
        single: one object, not an array of them.
        keys: every key that a row has, where that is known before there is one.
        spare: keys that a narrow terminal leaves out, the first one first.
    """

    rows: Iterable[dict[str, Any]]
    columns: tuple[str, ...]
    headings: Mapping[str, str] = {}
    blanks: Mapping[str, str] = {}
    numeric: frozenset[str] = frozenset()
    single: bool = False
    keys: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()

    @property
    def unbroken(self) -> frozenset[str]:
        """Keys whose text must stay on one line: numbers, dates and kinds."""
        return self.numeric | {"date", "at", "kind", "match", "id"}

    def cells(self, row: dict[str, Any]) -> list[str]:
        """The text of each column, for machines."""
        return [self.blanks.get(key, "") if row.get(key) is None else cell(row[key]) for key in self.columns]

    def read_cells(self, row: dict[str, Any]) -> list[str]:
        """The text of each column, for people: thousands apart, and nothing that can act."""
        values = (row.get(key) for key in self.columns)
        texts = (
            f"{value:,}" if _is_number(value) else text for value, text in zip(values, self.cells(row), strict=True)
        )
        return [one_line(text) for text in texts]


def cell(value: Any) -> str:
    """A JSON value as the text of one cell: lists joined, objects by what names them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(cell(one) for one in value))
    if isinstance(value, dict):
        return _named(value)
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(value: dict[str, Any]) -> str:
    if "metric" in value and "stated" in value:
        return f"{value['metric']}: {value['stated'] or cell(value.get('best'))}"
    if "outlet" in value and "passage" in value:
        return f"{value['outlet']} via {value['via']}" if value.get("via") else str(value["outlet"])
    if "type" in value and "event" in value:
        return f"{value['type']} {value['event']}"
    if value.keys() == {"low", "high"}:
        return " to ".join(UNKNOWN if end is None else f"{end}" for end in value.values())
    for key in ("name", "id"):
        if key in value:
            return f"{value[key]} ({value['role']})" if "role" in value else str(value[key])
    return json.dumps(value, ensure_ascii=False)
