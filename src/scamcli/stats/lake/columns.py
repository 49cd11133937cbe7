"""The columns of the files of a lake.

The country and the year are only in the names of the folders (``year=2024/country=KH``), as engines expect it.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.exchange.tables import EVENTS, FIGURES

if TYPE_CHECKING:
    import pyarrow as pa

NO_COUNTRY = "none"
"""The folder of figures and events without a country: engines disagree on what stands for a missing value."""

KEPT = (
    "event", "event_date", "id", "metric", "unit", "stated", "low", "best", "high", "province", "nationality", "group",
    "period", "count", "stated_by", "part_of", "split_by", "split_complete", "of", "note",
)  # fmt: skip
"""The columns of ``export parquet`` that figures in a lake have, too."""

kept = itemgetter(*map(FIGURES.header.index, KEPT))
"""Return the values of these columns from a row of the table of figures."""

_ABOUT = {
    "key": "number of the event: events in order of their first day",
    "n": "position of the figure in its event, from 0",
    "kind": "kind of the event",
    "first": "first day of the event",
    "last": "last day of the event; null if it is open",
    "sure": "whether these days are certain",
    "dataset": "data set whose rows are declared as different incidents, if the event is one of its rows",
    "independent": "whether the figure is an incident that shares no occurrence with another incident",
    "related": "whether its event is linked, or has parts or splits",
    "covers_from": "first day that the figure covers: of its period, or of the event of an incident",
    "covers_to": "last day that it covers",
    "covers_sure": "whether these days are certain",
    "covers_year": "year that certainly contains these days",
}


def events() -> pa.Schema:
    """Return the columns of events: the number of the event, and then the columns of ``export parquet``."""
    import pyarrow as pa

    from scamcli.exchange.exporters import as_parquet

    return pa.schema([_field("key", pa.int64()), *as_parquet.schema(EVENTS)])


def figures() -> pa.Schema:
    """Return the columns of figures. Their numbers are decimals, so that every engine adds them up alike."""
    import pyarrow as pa

    from scamcli.exchange.exporters import as_parquet

    table = as_parquet.schema(FIGURES)
    given = [table.field(name) for name in KEPT]
    given = [field.with_type(decimal()) if pa.types.is_floating(field.type) else field for field in given]
    day, flag, text = pa.date32(), pa.bool_(), pa.string()
    return pa.schema([
        _field("key", pa.int64()), _field("n", pa.int32()), *given, _field("kind", text), _field("first", day),
        _field("last", day), _field("sure", flag), _field("dataset", text), _field("independent", flag),
        _field("related", flag), _field("covers_from", day), _field("covers_to", day), _field("covers_sure", flag),
        _field("covers_year", text),
    ])  # fmt: skip


def claims() -> pa.Schema:
    """Return the columns of the terms that all other claims add to the sums over independent incidents."""
    import pyarrow as pa

    text, number, whole = pa.string(), decimal(), pa.int64()
    types: dict[str, pa.DataType] = {"metric": text, "unit": text, "stock": pa.bool_(), "split": text, "value": text}
    types |= dict.fromkeys(("low", "best", "high", "unadjusted"), number)
    types |= dict.fromkeys(("best_unknown", "high_unknown", "claims", "contested"), whole)
    return pa.schema(types)


def links() -> pa.Schema:
    """Return the columns of links and suspected pairs: from a figure or a whole event (``n`` is null) to another."""
    import pyarrow as pa

    whole, text = pa.int64(), pa.string()
    types: dict[str, pa.DataType] = dict.fromkeys(("key", "n", "target_key", "target_n"), whole)
    return pa.schema({"type": text, **types, "target": text})


def decimal() -> pa.DataType:
    """Return the type of numbers: six decimals, which is how precisely totals are computed."""
    import pyarrow as pa

    return pa.decimal128(38, 6)


def _field(name: str, type_: pa.DataType) -> pa.Field[pa.DataType]:
    import pyarrow as pa

    return pa.field(name, type_, metadata={"about": _ABOUT[name]})
