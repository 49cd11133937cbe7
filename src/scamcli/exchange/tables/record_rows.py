"""Turn records into rows of the tables, and rows into records. A row has the values of the columns, in their order."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, cast

from scamcli.exchange.tables.columns import EVENTS, FIGURES
from scamcli.language import dates
from scamcli.records.sources import originals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scamcli.exchange.tables.columns import Table
    from scamcli.records.types import EventDict, JsonObject

_event_values = itemgetter(*EVENTS.header[EVENTS.header.index("kind") :])
_figure_values = itemgetter(*FIGURES.header[FIGURES.header.index("id") : FIGURES.header.index("split_by")])


def rows(table: Table, record: Mapping[str, object]) -> Iterable[Iterable[object]]:
    """Return the rows of a record in a table: one for each figure of an event in `FIGURES`, and else one."""
    if table is EVENTS:
        return [_event_row(cast("EventDict", record))]
    if table is FIGURES:
        return _figure_rows(cast("EventDict", record))
    return [[record[name] for name in table.header]]


def record(table: Table, values: Mapping[str, object]) -> JsonObject:
    """Return the record of a row, without derived columns and without what an import is to complete."""
    return {"type": table.type} | {column.name: values[column.name] for column in table.given if column.name in values}


def figure(values: Mapping[str, object]) -> JsonObject:
    """Return the figure of a row, as a part of its event."""
    made = record(FIGURES, values)
    by, complete = made.pop("split_by", None), made.pop("split_complete", None)
    made["split"] = None if by is None and complete is None else {"by": by, "complete": complete}
    return {key: value for key, value in made.items() if key not in {"type", "event"}}


def _event_row(event: EventDict) -> tuple[object, ...]:
    period = dates.parse_date(event["date"])
    return (event["id"], event["date"], period.start, period.end, *_event_values(event))


def _figure_rows(event: EventDict) -> Iterator[tuple[object, ...]]:
    if not event["figures"]:
        return
    outlets = list(dict.fromkeys(source["outlet"] for source in originals(event["sources"])))
    context = (event["id"], event["date"], event["title"], event["status"], outlets)
    for figure in event["figures"]:
        split = figure["split"] or {"by": None, "complete": None}
        yield (*context, *_figure_values(figure), split["by"], split["complete"], figure["of"], figure["note"])
