"""Read tables that scamcli wrote, without loss: CSV, TSV, workbooks and data packages.

These tables are recognised by their columns. Figures are put back into their events, so a timeline that is exported as
tables and imported again is unchanged. If both tables are in the order in which they were written, they are read side
by side, however long they are. If somebody has sorted one of them, the figures go into a temporary file, and only the
positions of each event's figures are kept in memory.
"""

from __future__ import annotations

import json
import weakref
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, quote, sentence
from scamcli.exchange.importers import Part
from scamcli.exchange.importers.detect import PACKAGE_FILE, explain_mismatch, find_export_format, table_files
from scamcli.exchange.importers.own import sheets
from scamcli.exchange.tables import TABLES, figure, record
from scamcli.records import canonical
from scamcli.records.plain_files import is_plain_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scamcli.exchange.importers.own.sheets import AnySheet
    from scamcli.records.types import JsonObject

MEMORY_LIMIT = 1 << 24
"""How many bytes of figures are kept in memory before they go into a file."""


def read(paths: Sequence[Path]) -> list[Part]:
    """Read the records of all files and folders of an import that are in a format of `find_export_format`.

    Raises:
        DataError: two of them contain the same table, or there are figures without their events.
        WrongUsageError: a library that is needed to read one of them is not installed.
    """
    found: dict[str, AnySheet] = {}
    for path in paths:
        for sheet in _open(path):
            other = found.setdefault(sheet.table.name, sheet)
            if other is not sheet:
                message = f"{other.name} and {sheet.name} both hold {sheet.table.name}."
                raise DataError(message, "Import one after the other, each with its figures, or leave one out.")
    events, figures = found.pop("events", None), found.pop("figures", None)
    parts = [Part(sheet.name, _records(sheet), notices=sheet.notices) for sheet in found.values()]
    if events and figures:
        return parts + _join(events, figures)
    if figures:
        hint = "Import the table of events as well: `scamcli import events.csv figures.csv`."
        raise DataError(f"{figures.name} has figures without the events that they belong to.", hint)
    if events and events.is_in_workbook:
        hint = "Restore the sheet of figures, with only its header if there are none."
        raise DataError(f"{events.path} has a sheet of events, but no sheet of figures.", hint)
    return (
        [*parts, Part(events.name, _records(events), has_only_events=True, notices=events.notices)] if events else parts
    )


def _open(path: Path) -> list[AnySheet]:
    format_ = find_export_format(path)
    if format_ is None:
        raise DataError(f"{path} has no table that scamcli wrote.", "Expected all of its columns under their names.")
    if format_ == "xlsx":
        return sheets.workbook_sheets(path)
    if format_ != "datapackage":
        return sheets.file_sheets([path], format_)
    folder = path.parent if path.name == PACKAGE_FILE else path
    _require_all_tables(folder)
    return sheets.file_sheets(table_files(folder), "csv")


def _require_all_tables(folder: Path) -> None:
    """Require that no table is missing from a package, because events would then be imported without their figures."""
    for table in TABLES if (folder / "events.csv").is_file() else ():
        path = folder / f"{table.name}.csv"
        if not is_plain_file(path):
            hint = "Put it back, or import events.csv alone by its own name."
            raise DataError(f"{path} is missing from an exported folder.", hint)
        if find_export_format(path) != "csv":
            raise explain_mismatch(path) or DataError(f"{path} is not a table of {table.name}.", "Export it again.")


class _FigureRow(NamedTuple):
    """A row of the table of figures: its number, and its figure or an error."""

    number: int
    figure: JsonObject | None
    error: str = ""


def _join(events: AnySheet, figures: AnySheet) -> list[Part]:
    """Return the events with their figures, and a part with errors for figures without an event."""

    def notices() -> list[str]:
        return [*events.notices(), *figures.notices()]

    if _are_in_step(events.keys(), figures.keys()):
        return [Part(events.name, _records(events, _take_in_order(figures)), has_only_events=True, notices=notices)]
    spool = _FigureSpool(figures)
    strays = spool.strays(events)
    parts = [Part(events.name, _records(events, spool.take), has_only_events=True, notices=notices)]
    return [*parts, Part(figures.name, iter(strays))] if strays else parts


def _are_in_step(events: Iterator[str], figures: Iterator[str]) -> bool:
    """Return whether the figures are in the order of their events and each has an event."""
    waiting = next(figures, None)
    for event in events:
        while waiting == event:
            waiting = next(figures, None)
    return waiting is None


def _take_in_order(figures: AnySheet) -> Callable[[str], Iterator[_FigureRow]]:
    """Return a function that takes the figures of an event from a table in the order of the events."""
    rows = figures.rows()
    waiting = next(rows, None)

    def take(event: str) -> Iterator[_FigureRow]:
        nonlocal waiting
        while waiting is not None and figures.key(waiting[1]) == event:
            yield _read_figure(figures, *waiting)
            waiting = next(rows, None)

    return take


class _FigureSpool:
    """The figures of each event, from a table in any order."""

    def __init__(self, figures: AnySheet) -> None:
        self._file = SpooledTemporaryFile(MEMORY_LIMIT)  # noqa: SIM115 - it is closed with this object
        weakref.finalize(self, self._file.close)
        self._offsets: dict[str, list[int]] = {}
        offset = 0
        for number, row in figures.rows():
            content = _read_figure(figures, number, row)._asdict()
            line = f"{canonical.line(content)}\n".encode("utf-8", "surrogatepass")
            self._offsets.setdefault(figures.key(row), []).append(offset)
            offset += self._file.write(line)

    def take(self, event: str) -> Iterator[_FigureRow]:
        """Yield the figures of an event in the order of the table, once."""
        for offset in self._offsets.pop(event, ()):
            self._file.seek(offset)
            yield _FigureRow(**json.loads(self._file.readline().decode("utf-8", "surrogatepass")))

    def strays(self, events: AnySheet) -> list[tuple[int, DataError]]:
        """Return an error for each figure without an event, with the number of its row."""
        found: list[tuple[int, DataError]] = []
        orphaned = set(self._offsets)
        for event in events.keys():  # noqa: SIM118 - a method of a sheet, which is not a dictionary
            orphaned.discard(event)
        for key in orphaned:
            what = f"{events.name} has no event {quote(key[:80])}" if key else "There is no `event`"
            error = DataError(f"{what}; expected the id of the event that the figure belongs to.")
            found += [(row.number, error) for row in self.take(key)]
        return sorted(found, key=lambda numbered: numbered[0])


def _read_figure(figures: AnySheet, number: int, row: object) -> _FigureRow:
    try:
        return _FigureRow(number, figure(figures.values(row)))
    except ValueError as error:
        return _FigureRow(number, None, f"{figures.name}:{number}: {sentence(str(error))}")


def _records(
    sheet: AnySheet, take: Callable[[str], Iterator[_FigureRow]] | None = None
) -> Iterator[tuple[int, JsonObject | DataError]]:
    """Yield row numbers with records or errors; events include the figures that `take` returns."""
    for number, row in sheet.rows():
        figures = list(take(sheet.key(row))) if take else []
        error = next((one.error for one in figures if one.error), "")
        found: JsonObject = {"figures": [one.figure for one in figures]} if take else {}
        try:
            found |= record(sheet.table, sheet.values(row))
        except ValueError as wrong:
            error = sentence(str(wrong))
        yield number, DataError(error) if error else found
