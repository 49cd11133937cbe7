"""Read tables that scamcli wrote, without loss: CSV, TSV, workbooks, Parquet and data packages.

They are known by their columns. Figures go back to their events, so a timeline that is exported as tables and imported
again is the timeline as it was.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers import Part, delimited, xlsx
from scamcli.exchange.importers.own import join_figures, sheets
from scamcli.exchange.tables import TABLES, find_similar_table, find_table, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scamcli.exchange.importers.own.sheets import AnySheet
    from scamcli.records.types import JsonObject

_PARQUET = b"PAR1"
"""How files of Parquet begin."""

_LONGEST_HEADER = 1 << 16
"""Bytes in which the first line of a table of scamcli's ends. No more is read to find that a file is something else."""

_LIBRARIES = {"xlsx": "openpyxl", "parquet": "pyarrow"}
"""The library that reads a format. The extra that installs it has the name of the format."""

_PACKAGE_FILE = "datapackage.json"


def find_format(path: Path) -> str | None:
    """Return the export format of a file or folder that scamcli wrote, or ``None`` for anything else."""
    try:
        if path.is_dir():
            return _folder_format(path)
        if not path.is_file():  # a pipe can be read only once
            return None
        with path.open("rb") as file:
            start = file.read(_LONGEST_HEADER)
        if start.startswith(_PARQUET):
            return "parquet" if find_spec("pyarrow") is None or sheets.parquet_sheets([path]) else None
        if start.startswith(xlsx.ZIP):
            return "xlsx" if find_spec("openpyxl") is not None and sheets.is_own_workbook(path) else None
        if path.name == _PACKAGE_FILE:
            return _folder_format(path.parent)
        if b"\n" not in start and len(start) == _LONGEST_HEADER:
            return None
        return next((name for name in delimited.OWN_DIALECTS if find_table(_header(path, name))), None)
    except (OSError, DataError):
        return None


def explain_mismatch(path: Path) -> DataError | None:
    """Return why a text file is not quite a table of scamcli's; ``None`` if it is nothing like one."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            if file.read(2) == xlsx.ZIP[:2]:
                return None
        headers = [_header(path, name) for name in delimited.OWN_DIALECTS]
    except (OSError, DataError):
        return None
    similar = ((header, find_similar_table(header)) for header in headers)
    return next((sheets.columns_error(str(path), table, header) for header, table in similar if table), None)


def _header(path: Path, format_: str) -> tuple[str, ...]:
    return delimited.first_row(path, delimited.OWN_DIALECTS[format_])


def _folder_format(path: Path) -> str | None:
    if (path / _PACKAGE_FILE).is_file() and _table_files(path, "csv"):
        return "datapackage"
    return "parquet" if _table_files(path, "parquet") else None


def _table_files(folder: Path, suffix: str) -> list[Path]:
    paths = (folder / f"{table.name}.{suffix}" for table in TABLES)
    return [path for path in paths if path.is_file() and find_format(path) == suffix]


def read(paths: Sequence[Path]) -> list[Part]:
    """Read the records of all files and folders of one import for which `find_format` finds a format.

    Raises:
        DataError: two of them hold the same table, or figures come without their events.
        WrongUsageError: the library that reads one of them is not installed.
    """
    found: dict[str, AnySheet] = {}
    workbooks_with_events: list[Path] = []
    for path in paths:
        format_ = find_format(path)
        for sheet in _open(path, format_):
            if sheet.table.name == "events" and format_ == "xlsx":
                workbooks_with_events.append(path)
            other = found.setdefault(sheet.table.name, sheet)
            if other is not sheet:
                message = f"{other.name} and {sheet.name} both hold {sheet.table.name}"
                raise DataError(message, "import one after the other, each with its figures, or leave one out")
    events, figures = found.pop("events", None), found.pop("figures", None)
    parts = [Part(sheet.name, _records(sheet)) for sheet in found.values()]
    return parts + _events_and_figures(events, figures, workbooks_with_events)


def _events_and_figures(events: AnySheet | None, figures: AnySheet | None, workbooks: Sequence[Path]) -> list[Part]:
    if figures is None:
        if workbooks:
            hint = "restore the sheet of figures, with only its header if there are none"
            raise DataError(f"{workbooks[0]} has a sheet of events, but no sheet of figures", hint)
        return [] if events is None else [Part(events.name, _records(events), has_only_events=True)]
    if events is None:
        hint = "import the table of events as well: scamcli import events.csv figures.csv"
        raise DataError(f"{figures.name} has figures without the events that they belong to", hint)
    return join_figures.join(events, figures)


def _open(path: Path, format_: str | None) -> list[AnySheet]:
    if format_ is None:
        raise DataError(f"{path} has no table that scamcli wrote", "expected all of its columns under their names")
    library = _LIBRARIES.get(format_)
    if library and find_spec(library) is None:
        raise WrongUsageError(f"{path} needs {library}, which is not installed", f"pip install 'scamcli[{format_}]'")
    folder = path.parent if path.name == _PACKAGE_FILE else path
    if folder.is_dir():
        _require_all_tables(folder, "csv" if format_ == "datapackage" else format_)
    openers: dict[str, Callable[[], Sequence[AnySheet | None]]] = {
        "csv": lambda: [sheets.text_sheet(path, "csv")],
        "tsv": lambda: [sheets.text_sheet(path, "tsv")],
        "xlsx": lambda: sheets.workbook_sheets(path),
        "parquet": lambda: sheets.parquet_sheets(_table_files(path, "parquet") if path.is_dir() else [path]),
        "datapackage": lambda: [sheets.text_sheet(file, "csv") for file in _table_files(folder, "csv")],
    }
    return [sheet for sheet in openers[format_]() if sheet is not None]


def _require_all_tables(folder: Path, suffix: str) -> None:
    """Check that no table is missing beside that of the events, which would come in without their figures.

    Raises:
        DataError: a table is missing, or has other columns.
    """
    for table in TABLES if (folder / f"events.{suffix}").is_file() else ():
        path = folder / f"{table.name}.{suffix}"
        if not path.is_file():
            hint = f"put it back, or import events.{suffix} alone by its own name"
            raise DataError(f"{path} is missing from an exported folder", hint)
        if find_format(path) != suffix:
            raise explain_mismatch(path) or DataError(f"{path} is not a table of {table.name}", "export it again")


def _records(sheet: AnySheet) -> Iterator[tuple[int, JsonObject | DataError]]:
    for number, row in sheet.rows():
        try:
            yield number, record(sheet.table, sheet.values(row))
        except ValueError as error:
            yield number, DataError(str(error))
