"""Write the files of a lake, one year after another, so that memory does not grow with their number."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import os
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from scamcli.exchange.tables import EVENTS, FIGURES, rows
from scamcli.language import dates
from scamcli.language.dates import Period
from scamcli.language.vocabulary import Metric
from scamcli.numbers import RULES_VERSION
from scamcli.query.resolve import Lookup
from scamcli.stats import suspected
from scamcli.stats.lake import manifest
from scamcli.stats.lake.manifest import Manifest
from scamcli.stats.read import day_of, links_of
from scamcli.store import settings, terms
from scamcli.store.derived import place_of_incident
from scamcli.store.keys import SEQUENCE_BITS

if TYPE_CHECKING:
    import pyarrow as pa

    from scamcli.exchange.exporters.as_parquet import TableFile
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, FigureDict

NO_COUNTRY = "none"
"""The folder of figures and events without a country: engines disagree on what stands for a missing value."""

NO_YEAR = 0
"""The year of the empty file that a lake without any event has, so that engines find the columns."""

_KEPT = (
    "event", "event_date", "id", "metric", "unit", "stated", "low", "best", "high", "province", "nationality", "group",
    "period", "count", "stated_by", "part_of", "split_by", "split_complete", "of", "note",
)  # fmt: skip
"""The columns of ``export parquet`` that figures in a lake have, too. The country is in the name of their folder."""

_LINK = ("type", "event", "target", "figure")
_SUSPECTED = ("metric", "event", "figure", "other_event", "other_figure")

_Event = tuple[int, int, int, str]
"""The key, the last day, whether the days are certain, and the record of an event."""

_OF_YEAR = "SELECT key, last, sure, record FROM event WHERE draft = 0 AND key >= ? AND key < ? ORDER BY key"

_EPOCH = date(1970, 1, 1).toordinal()

Counted = Callable[[Iterable[_Event]], Iterator[_Event]]


class Earlier(NamedTuple):
    """A lake that the changes after ``since`` are appended to."""

    folder: Path
    manifest: Manifest
    since: int


def read_earlier(connection: sqlite3.Connection, folder: Path, since: int) -> Earlier:
    """Return a lake that the changes after ``since`` can be appended to.

    Raises:
        DataError: The lake is of another timeline, from a later change, or was written by other rules.
        DatabaseError: The folder is not a lake.
        WrongUsageError: The lake lacks changes before ``since``.
    """
    found = manifest.read(folder)
    found.require_earlier(connection, since)
    return Earlier(folder, found, since)


def write(
    connection: sqlite3.Connection, lookup: Lookup, folder: Path, earlier: Earlier | None, counted: Counted
) -> None:
    """Write a lake into an empty folder.

    Args:
        connection: The timeline, in a transaction.
        lookup: Masks names.
        folder: The empty folder.
        earlier: A lake of the same timeline. Its years that no change touches are taken over as they are.
        counted: Passes events through, to show how far the export has got.
    """
    names = connection.execute("SELECT DISTINCT metric FROM figure WHERE draft = 0 ORDER BY metric").fetchall()
    metrics = [terms.metric(connection, name) or Metric(name, name, None, "incident", "") for (name,) in names]
    now = _manifest(connection, lookup, metrics)
    years = {int(year) for year in now.years} or {NO_YEAR}
    changed = years if earlier is None or NO_YEAR in years else _changed(connection, earlier, now) & years
    if earlier is not None:
        _take_over(earlier, folder, years - changed)
    units = {metric.name: lookup.shown_about(metric.name, metric.unit) for metric in metrics}
    for year in sorted(changed):
        events = connection.execute(_OF_YEAR, _keys_of(year)) if year != NO_YEAR else ()
        _write_year(folder, year, counted(events), lookup.masker, units)
    _write_relations(connection, lookup, folder, metrics)
    files = {
        path.name: sorted(file.relative_to(folder).as_posix() for file in path.rglob("*.parquet"))
        for path in sorted(folder.iterdir())
    }
    now._replace(files=files).write(folder)


def _manifest(connection: sqlite3.Connection, lookup: Lookup, metrics: Iterable[Metric]) -> Manifest:
    row = connection.execute("SELECT id, seal FROM change ORDER BY id DESC LIMIT 1").fetchone()
    change, seal = row or (0, None)
    drafts: dict[str, dict[str, int]] = defaultdict(dict)
    sql = "SELECT metric, kind, count(*) FROM figure WHERE draft = 1 GROUP BY metric, kind"
    for metric, kind, number in connection.execute(sql):
        drafts[lookup.shown_metric(metric)][kind] = number
    years: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (key,) in connection.execute("SELECT key FROM event WHERE draft = 0 ORDER BY key"):
        of_year = years[str(_year_of(key))]
        of_year[0] += 1
        of_year[1] += key
    return Manifest(
        format=manifest.FORMAT,
        rules=RULES_VERSION,
        change=change,
        seal=seal,
        masked=lookup.masker is not None,
        min_cell=settings.min_cell(connection),
        metrics={
            lookup.shown_metric(one.name): (lookup.shown_about(one.name, one.unit), one.split, one.count)
            for one in metrics
        },
        drafts=drafts,
        years=years,
        files={},
    )


def _year_of(key: int) -> int:
    """Return the year of the first day of an event."""
    return date.fromordinal(_EPOCH + (key >> SEQUENCE_BITS)).year


def _keys_of(year: int) -> tuple[int, int]:
    """Return the smallest key of an event in a year, and the smallest one above these."""
    first, last = date(year, 1, 1).toordinal() - _EPOCH, date(year, 12, 31).toordinal() - _EPOCH
    return first << SEQUENCE_BITS, (last + 1) << SEQUENCE_BITS


def _changed(connection: sqlite3.Connection, earlier: Earlier, now: Manifest) -> set[int]:
    """Return the years with events that were changed, added, moved or removed after those of an earlier lake."""
    sql = "SELECT DISTINCT type FROM change_record WHERE change > ?"
    types = {type_ for (type_,) in connection.execute(sql, [earlier.since])}
    if earlier.manifest.masked or now.masked or "metric" in types:  # which can change the texts and units of any record
        return {int(year) for year in now.years}
    found = {int(year) for year, of_year in now.years.items() if earlier.manifest.years.get(year) != of_year}
    sql = "SELECT key FROM event JOIN change_record ON type = 'event' AND name = id WHERE change > ? AND draft = 0"
    return found | {_year_of(key) for (key,) in connection.execute(sql, [earlier.since])}


def _take_over(earlier: Earlier, folder: Path, years: Iterable[int]) -> None:
    """Put the files of these years into a new lake. They are linked, so this takes no space and no time."""
    taken = {f"year={year}" for year in years}
    for name in (*earlier.manifest.files["events"], *earlier.manifest.files["figures"]):
        if taken.isdisjoint(Path(name).parts):
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(earlier.folder / name, folder / name)
        except OSError:  # a file system without links
            shutil.copy2(earlier.folder / name, folder / name)


def _write_year(
    folder: Path, year: int, events: Iterable[_Event], masker: "Masker | None", units: dict[str, str]
) -> None:
    event_files, figure_files = (
        _Partitions(folder / name / f"year={year}", schema)
        for name, schema in (("events", _events_schema()), ("figures", _figures_schema()))
    )
    try:
        for key, last, sure, text in events:
            record: EventDict = json.loads(text)
            printed = masker.record(record) if masker else record
            countries = record["countries"]
            (row,) = rows(EVENTS, printed)
            event_files.append(countries[0] if len(countries) == 1 else None, (key, *row))
            for country, values in _figures(record, printed, key, day_of(key, last, sure), units):
                figure_files.append(country, values)
    finally:
        event_files.close()
        figure_files.close()


def _figures(
    record: "EventDict", printed: "EventDict", key: int, day: Period, units: dict[str, str]
) -> Iterator[tuple[str | None, tuple[object, ...]]]:
    """Yield the country and the row of each figure of an event."""
    dataset = printed["dataset"]
    table = (None, False) if dataset is None else (dataset["name"], dataset["disjoint"])
    for n, (figure, row) in enumerate(zip(record["figures"], rows(FIGURES, printed), strict=True)):
        values = dict(zip(FIGURES.header, row, strict=True))
        values["unit"] = values["unit"] or units[figure["metric"]]
        country = figure["country"]
        if figure["count"] == "incident" and figure["part_of"] is None:
            country, values["province"] = place_of_incident(figure, record)
        kept = (values[name] for name in _KEPT)
        yield country, (key, n, *kept, record["kind"], day.start, day.end, day.sure, *table, *_covered(figure, day))


def _covered(figure: "FigureDict", day: Period) -> tuple[object, ...]:
    """Return the first and last day that a figure covers, whether they are certain, and the year that has them."""
    if figure["period"]:
        period = dates.parse_date(figure["period"])
    elif figure["count"] == "incident":
        period = day
    else:
        return None, None, None, None
    return *period, dates.bucket(period, "year") if period.sure else None


def _write_relations(connection: sqlite3.Connection, lookup: Lookup, folder: Path, metrics: Iterable[Metric]) -> None:
    """Write the links that affect numbers, and the incidents that may be one."""
    printed = _PrintedKeys(connection, lookup.masker)
    links = links_of(connection)
    _write_table(
        folder / "links",
        _LINK,
        ((one.type, printed.event(one.event), *printed(one.target, one.figure)) for one in links),
    )
    _write_table(
        folder / "suspected",
        _SUSPECTED,
        (
            (lookup.shown_metric(metric.name), *printed(*one), *printed(*other))
            for metric in metrics
            for one, other in suspected.pairs(connection, metric, links)
        ),
    )


class _PrintedKeys:
    """Masks the ids of events and figures, as they are masked in the records of the events."""

    def __init__(self, connection: sqlite3.Connection, masker: "Masker | None") -> None:
        self._connection = connection
        self._masker = masker
        self._people: dict[str, frozenset[int]] = {}

    def __call__(self, event: str, figure: str | None) -> tuple[str, str | None]:
        """Return the printed ids of an event and of a figure in it."""
        if self._masker is None or figure is None:
            return self.event(event), figure
        return self.event(event), cast("str", self._masker.part(figure, "id", self._people_in(event, self._masker)))

    def event(self, id_: str) -> str:
        """Return the printed id of an event."""
        return id_ if self._masker is None else cast("str", self._masker.part(id_, "event", frozenset()))

    def _people_in(self, event: str, masker: "Masker") -> frozenset[int]:
        """Return the numbers of the protected people whom an event names."""
        if event not in self._people:
            row = self._connection.execute("SELECT record FROM event WHERE id = ?", [event]).fetchone()
            self._people[event] = masker.present(json.loads(row[0])) if row else frozenset()
        return self._people[event]


def _write_table(folder: Path, names: Iterable[str], values: Iterable[tuple[str | None, ...]]) -> None:
    import pyarrow as pa

    from scamcli.exchange.exporters.as_parquet import TableFile

    folder.mkdir()
    file = TableFile(folder / "part.parquet", pa.schema([(name, pa.string()) for name in names]))
    for row in values:
        file.append(row)
    file.close()


class _Partitions:
    """The files of one year, one for each country. Each is created when it is first needed."""

    def __init__(self, folder: Path, schema: "pa.Schema") -> None:
        self._folder = folder
        self._schema = schema
        self._files: dict[str | None, TableFile] = {}

    def append(self, country: str | None, row: tuple[object, ...]) -> None:
        """Write a row into the file of its country."""
        file = self._files.get(country)
        if file is None:
            file = self._files[country] = self._open(country)
        file.append(row)

    def close(self) -> None:
        """Close all files. If there are none, write an empty one."""
        if not self._files:
            self._files[None] = self._open(None)
        for file in self._files.values():
            file.close()

    def _open(self, country: str | None) -> "TableFile":
        from scamcli.exchange.exporters.as_parquet import TableFile

        folder = self._folder / f"country={country or NO_COUNTRY}"
        folder.mkdir(parents=True)
        return TableFile(folder / "part.parquet", self._schema)


def _events_schema() -> "pa.Schema":
    """Return the columns of events: the number of the event, and then the columns of ``export parquet``."""
    import pyarrow as pa

    from scamcli.exchange.exporters import as_parquet

    return pa.schema([pa.field("key", pa.int64()), *as_parquet.schema(EVENTS)])


def _figures_schema() -> "pa.Schema":
    """Return the columns of figures. Their numbers are decimals, so that every engine adds them up alike."""
    import pyarrow as pa

    from scamcli.exchange.exporters import as_parquet

    table = as_parquet.schema(FIGURES)
    kept = [table.field(name) for name in _KEPT]
    kept = [field.with_type(pa.decimal128(38, 6)) if pa.types.is_floating(field.type) else field for field in kept]
    day, flag, text = pa.date32(), pa.bool_(), pa.string()
    others: dict[str, pa.DataType] = {
        "kind": text, "first": day, "last": day, "sure": flag, "dataset": text, "disjoint": flag,
        "covers_from": day, "covers_to": day, "covers_sure": flag, "covers_year": text,
    }  # fmt: skip
    own = [pa.field(name, type_) for name, type_ in others.items()]
    return pa.schema([pa.field("key", pa.int64()), pa.field("n", pa.int32()), *kept, *own])
