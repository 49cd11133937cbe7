"""Records as rows of the tables, and rows as records. A row is the values of the columns, in order."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scamcli.exchange.tables.columns import EVENTS, FIGURES
from scamcli.language import dates
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scamcli.exchange.tables.columns import Table

Record = dict[str, Any]

_EVENT = itemgetter(*EVENTS.header[EVENTS.header.index("kind") :])
_FIGURE = itemgetter(*FIGURES.header[FIGURES.header.index("id") : FIGURES.header.index("split_by")])


def rows(table: Table, record: Mapping[str, Any]) -> Iterable[Iterable[Any]]:
    """The rows of a record in a table: that of an event, those of its figures, that of another record."""
    if table is EVENTS:
        return [_event(record)]
    if table is FIGURES:
        return _figures(record)
    return [[record[name] for name in table.header]]


def record(table: Table, values: Mapping[str, Any]) -> Record:
    """The record of a row: what is only to be read is left out, and so is what an import is to complete."""
    return {"type": table.type} | {column.name: values[column.name] for column in table.given if column.name in values}


def figure(values: Mapping[str, Any]) -> Record:
    """The figure of a row, as a part of its event."""
    made = record(FIGURES, values)
    by, complete = made.pop("split_by", None), made.pop("split_complete", None)
    made["split"] = None if by is None and complete is None else {"by": by, "complete": complete}
    return {key: value for key, value in made.items() if key not in {"type", "event"}}


def _event(record: Mapping[str, Any]) -> tuple[Any, ...]:
    found = dates.parse_date(record["date"])
    return (record["id"], record["date"], found.start, found.end, *_EVENT(record))


def _figures(event: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    figures = event["figures"]
    if not figures:
        return
    context = (event["id"], event["date"], event["title"], event["status"], _outlets(event))
    for figure in figures:
        split = figure["split"] or {"by": None, "complete": None}
        yield (*context, *_FIGURE(figure), split["by"], split["complete"], figure["of"], figure["note"])


def _outlets(event: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(source["outlet"] for source in originals(event["sources"])))
