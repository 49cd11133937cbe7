"""Convert records to flat tables (events, figures, actors, sites and metrics) and back.

``TABLES`` is the only list of the columns: the header of CSV, the sheets of a workbook, and the schemas of data
packages and Parquet are made from it. Every table can be read back without loss, because a cell contains JSON if the
readable form would lose something. The package is pure: exporters write what it returns, and importers use it to read.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from scamcli.language import dates, vocabulary
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from scamcli.records.types import EventDict, JsonObject


class Kind(Enum):
    """Type of the values of a column."""

    TEXT = "text"
    WORD = "word"
    """A word of a closed list."""
    DATE = "date"
    """An EDTF date: a day, month, year or interval."""
    DAY = "day"
    """Days since 1970-01-01, as in ``scamcli.language.dates``; ``None`` for an open end."""
    NUMBER = "number"
    FLAG = "true or false"
    NAMES = "names"
    """A list of texts."""
    PARTS = "parts"
    """A list of objects."""


class Column(NamedTuple):
    """A column of a table, or a key of the objects in a column of kind ``PARTS``.

    Attributes:
        name: its name in the header, which is also the key in the record.
        kind: the type of its values.
        about: what it contains, in a few words.
        words: the closed list for kind ``WORD``.
        parts: the keys of the objects for kind ``PARTS``.
        needed: whether every exported row has a value. An import fills it in if it is empty.
        filled: whether an import fills it in if it is empty, although an export may leave it empty.
        derived: whether it is only for readers and ignored by an import.
        nullable: whether a list may be null, which differs from an empty list.
        later: whether tables of earlier versions may lack it, in which case an import leaves out its key.
    """

    name: str
    kind: Kind
    about: str
    words: tuple[str, ...] = ()
    parts: "tuple[Column, ...]" = ()
    needed: bool = False
    filled: bool = False
    derived: bool = False
    nullable: bool = False
    later: bool = False


class Table(NamedTuple):
    """A table.

    Attributes:
        name: the name of its sheet, and of its file without the suffix.
        type: the type of the records in it; ``figure`` for figures, which are parts of events.
        about: what a row represents.
        key: the columns that identify a row. The first has the id of the event, or the name of the record.
        together: groups of columns that an import fills in only if the whole group is empty.
        columns: the columns in their order.
        header: their names.
        given: the columns that an import reads.
        required: the given columns that a table must have.
    """

    name: str
    type: str
    about: str
    key: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    header: list[str]
    given: list[Column]
    required: frozenset[str]


def _table(listed: dict[str, Any]) -> Table:
    columns = tuple(map(_column, listed["columns"]))
    keys = {"key": tuple(listed["key"]), "together": tuple(map(tuple, listed["together"])), "columns": columns}
    given = [column for column in columns if not column.derived]
    required = frozenset(column.name for column in given if not column.later)
    return Table(**listed | keys, header=[column.name for column in columns], given=given, required=required)


def _column(listed: dict[str, Any]) -> Column:
    words = listed.get("words")  # the name of a word list in the vocabulary
    return Column(**listed)._replace(
        kind=Kind[listed["kind"].upper()],
        words=getattr(vocabulary, words) if words else (),
        parts=tuple(map(_column, listed.get("parts", ()))),
    )


# This is JSON because every import loads it, and TOML takes much longer to parse.
TABLES = tuple(map(_table, json.loads(Path(__file__).with_name("columns.json").read_bytes())))
"""All tables, in the order of the sheets of a workbook."""

BY_NAME = {table.name: table for table in TABLES}

EVENTS, FIGURES = BY_NAME["events"], BY_NAME["figures"]

_event_values = itemgetter(*EVENTS.header[EVENTS.header.index("kind") : EVENTS.header.index("dataset")])
_figure_values = itemgetter(*FIGURES.header[FIGURES.header.index("id") : FIGURES.header.index("split_by")])


def rows(table: Table, record: Mapping[str, object]) -> Iterable[Iterable[object]]:
    """Return the rows of a record in a table: one row per figure in `FIGURES`, and a single row in other tables."""
    if table is EVENTS:
        period = dates.parse_date(str(record["date"]))
        days = record["date"], period.start, period.end
        of = cast("EventDict", record)["dataset"] or {"name": None, "disjoint": None}
        return [(record["id"], *days, *_event_values(record), of["name"], of["disjoint"], record["note"])]
    if table is FIGURES:
        return _figure_rows(cast("EventDict", record))
    return [[record[name] for name in table.header]]


def record(table: Table, values: Mapping[str, object]) -> "JsonObject":
    """Return the record of a row, without derived columns and without keys that an import fills in."""
    made = {"type": table.type} | {column.name: values[column.name] for column in table.given if column.name in values}
    if table is EVENTS and made.keys() & {"dataset", "dataset_disjoint"}:
        name, is_disjoint = made.get("dataset"), made.pop("dataset_disjoint", None)
        is_given = name is not None or is_disjoint is not None  # a value without a name must be refused, not dropped
        made["dataset"] = {"name": name, "disjoint": is_disjoint is True} if is_given else None
    return made


def figure(values: Mapping[str, object]) -> "JsonObject":
    """Return the figure in a row, as a part of its event."""
    made = record(FIGURES, values)
    by, complete = made.pop("split_by", None), made.pop("split_complete", None)
    made["split"] = None if by is None and complete is None else {"by": by, "complete": complete}
    return {key: value for key, value in made.items() if key not in {"type", "event"}}


def _figure_rows(event: "EventDict") -> Iterator[tuple[object, ...]]:
    if not event["figures"]:
        return
    outlets = list(dict.fromkeys(source["outlet"] for source in originals(event["sources"])))
    context = (event["id"], event["date"], event["title"], event["status"], outlets)
    for figure in event["figures"]:
        split = figure["split"] or {"by": None, "complete": None}
        yield (*context, *_figure_values(figure), split["by"], split["complete"], figure["of"], figure["note"])
