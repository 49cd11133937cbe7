"""Write the files of a lake, one year after another, so that memory does not grow with their number."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
import os
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.exchange.tables import EVENTS, FIGURES, rows
from scamcli.figures import RULES_VERSION, Period
from scamcli.language import dates
from scamcli.query.resolve import Lookup
from scamcli.stats.lake import columns, manifest
from scamcli.stats.lake.resolve import Claims, resolve
from scamcli.stats.lake.touched import Earlier, keys_of, touched, years
from scamcli.stats.read_figures import day_of
from scamcli.store import settings

if TYPE_CHECKING:
    import pyarrow as pa

    from scamcli.exchange.exporters.as_parquet import TableFile
    from scamcli.records.masking import Masker
    from scamcli.records.types import EventDict, FigureDict

_Event = tuple[int, int, int, str]
"""The key, the last day, whether the days are certain, and the record of an event."""

Counted = Callable[[Iterable[_Event]], Iterator[_Event]]

_OF_YEAR = "SELECT key, last, sure, record FROM event WHERE draft = 0 AND key >= ? AND key < ? ORDER BY key"

NO_YEAR = 0
"""The year of the empty file that a lake without any event has, so that engines find the columns."""


def read_earlier(connection: sqlite3.Connection, folder: Path, since: int) -> Earlier:
    """Return a lake that the changes after ``since`` can be appended to.

    Raises:
        DataError: the lake is of another timeline, from a later change, or was written by other rules.
        DatabaseError: the folder is not a lake.
        WrongUsageError: the lake lacks changes before ``since``.
    """
    found = manifest.read(folder)
    found.require_earlier(connection, since)
    return Earlier(folder, found, since)


def write(
    connection: sqlite3.Connection,
    lookup: Lookup,
    folder: Path,
    earlier: Earlier | None,
    counted: Counted,
) -> None:
    """Write a lake into an empty folder.

    Args:
        connection: The timeline, in a transaction.
        lookup: Masks names.
        folder: The empty folder.
        earlier: A lake of the same timeline. Its years that no change touches are taken over as they are.
        counted: Passes events through, to show how far the export has got.
    """
    claims = resolve(connection, lookup)
    now = _manifest(connection, lookup, claims)
    wanted = {int(year) for year in now.years} or {NO_YEAR}
    if earlier is not None and earlier.manifest.years and now.years:
        again = touched(connection, earlier, now, claims)
        _take_over(earlier.folder, folder, wanted - again)
        wanted &= again
    for year in sorted(wanted):
        events = connection.execute(_OF_YEAR, keys_of(year)) if year != NO_YEAR else ()
        _write_year(folder, year, counted(events), lookup.masker, claims)
    _write_table(folder / "claims", columns.claims(), claims.terms)
    _write_table(folder / "links", columns.links(), claims.links)
    now.write(folder)


def _manifest(connection: sqlite3.Connection, lookup: Lookup, claims: Claims) -> manifest.Manifest:
    row = connection.execute("SELECT id, seal FROM change ORDER BY id DESC LIMIT 1").fetchone()
    change, seal = row or (0, None)
    drafts: dict[str, dict[str, int]] = defaultdict(dict)
    sql = "SELECT metric, kind, count(*) FROM figure WHERE draft = 1 GROUP BY metric, kind"
    for metric, kind, number in connection.execute(sql):
        drafts[lookup.shown_metric(metric)][kind] = number
    return manifest.Manifest(
        manifest.FORMAT, RULES_VERSION, change, seal, lookup.masker is not None, settings.min_cell(connection),
        claims.metrics, drafts, years(connection),
    )  # fmt: skip


def _take_over(earlier: Path, folder: Path, wanted: Iterable[int]) -> None:
    """Put the files of these years into a new lake. They are linked, so this takes no space and no time."""
    for name in ("events", "figures"):
        for year in wanted:
            for file in (earlier / name / f"year={year}").rglob("*.parquet"):
                place = folder / file.relative_to(earlier)
                place.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(file, place)
                except OSError:  # a file system without links
                    shutil.copy2(file, place)


def _write_year(folder: Path, year: int, events: Iterable[_Event], masker: "Masker | None", claims: Claims) -> None:
    event_files, figure_files = (
        _Partitions(folder / name / f"year={year}", schema)
        for name, schema in (("events", columns.events()), ("figures", columns.figures()))
    )
    try:
        for key, last, sure, text in events:
            record: EventDict = json.loads(text)
            printed = masker.record(record) if masker else record
            countries = record["countries"]
            (row,) = rows(EVENTS, printed)
            event_files.append(countries[0] if len(countries) == 1 else None, (key, *row))
            for country, values in _figures(record, printed, key, day_of(key, last, sure), claims):
                figure_files.append(country, values)
    finally:
        event_files.close()
        figure_files.close()


def _figures(
    record: "EventDict", printed: "EventDict", key: int, day: Period, claims: Claims
) -> Iterator[tuple[str | None, tuple[object, ...]]]:
    """Yield the country and the row of each figure of an event."""
    dataset = printed["dataset"]
    declared = dataset["name"] if dataset is not None and dataset["disjoint"] else None
    is_related = key in claims.related
    for n, (figure, row) in enumerate(zip(record["figures"], rows(FIGURES, printed), strict=True)):
        values = dict(zip(columns.KEPT, columns.kept(tuple(row)), strict=True))
        values["unit"] = values["unit"] or claims.units[figure["metric"]]
        independent = (key, n) not in claims.remainder
        yield (
            figure["country"],
            (
                key, n, *values.values(), record["kind"], day.start, day.end, day.sure, declared, independent,
                is_related, *_covered(figure, day),
            ),
        )  # fmt: skip


def _covered(figure: "FigureDict", day: Period) -> tuple[object, ...]:
    """Return the first and last day that a figure covers, whether they are certain, and the year that has them."""
    if figure["period"]:
        period = dates.parse_date(figure["period"])
    elif figure["count"] == "incident":
        period = day
    else:
        return None, None, None, None
    return *period, dates.bucket(period, "year") if period.sure else None


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

        folder = self._folder / f"country={country or columns.NO_COUNTRY}"
        folder.mkdir(parents=True)
        return TableFile(folder / "part.parquet", self._schema)


def _write_table(folder: Path, schema: "pa.Schema", values: Iterable[tuple[object, ...]]) -> None:
    from scamcli.exchange.exporters.as_parquet import TableFile

    folder.mkdir()
    file = TableFile(folder / "part.parquet", schema)
    for row in values:
        file.append(row)
    file.close()
