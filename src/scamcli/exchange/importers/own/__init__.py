"""Tables that scamcli wrote, read back so that nothing is lost: CSV, TSV, workbooks, Parquet, data packages.

They are known by their columns. Figures are given back to their events: a timeline that is exported as tables, and
read back, is the timeline as it was.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from scamcli.errors import DataError, WrongUsageError
from scamcli.exchange.importers import Part
from scamcli.exchange.importers.own import csv_tsv, join_figures, parquet, xlsx
from scamcli.exchange.tables import TABLES, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from scamcli.exchange.importers.own.sheets import Sheet

WORKBOOK = b"PK\x03\x04"
PARQUET = b"PAR1"

LONGEST_HEADER = 1 << 16
"""Bytes in which a header ends: more is not read to find that a file is not ours."""

NEEDS = {"xlsx": "openpyxl", "parquet": "pyarrow"}
"""The library that reads a format, whose name is also that of the extra which brings it."""


def recognised(path: Path) -> str | None:
    """As what a file or a folder holds tables of ours: the name of the export, or ``None`` for what is not ours."""
    try:
        if path.is_dir():
            return _folder(path)
        if not path.is_file():  # what is read from a pipe is gone
            return None
        with path.open("rb") as file:
            magic = file.read(4)
            header = magic + file.read(LONGEST_HEADER)
        if magic == PARQUET:
            return "parquet" if find_spec("pyarrow") is None or parquet.sheets([path]) else None
        if magic == WORKBOOK:
            return "xlsx" if find_spec("openpyxl") is not None and xlsx.is_ours(path) else None
        if path.name == "datapackage.json":
            return _folder(path.parent)
        if b"\n" not in header and len(header) > LONGEST_HEADER:
            return None
        return next((name for name in ("csv", "tsv") if csv_tsv.sheets([path], name)), None)
    except (OSError, DataError):
        return None


def wrong(path: Path) -> DataError | None:
    """What is wrong with a file that holds no table of ours, and nearly does; ``None`` where it never was one."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            is_text = not file.read(4).startswith(WORKBOOK[:2])
        found = [csv_tsv.wrong(path, name) for name in ("csv", "tsv")] if is_text else []
    except (OSError, DataError):
        return None
    return next(filter(None, found), None)


def _folder(path: Path) -> str | None:
    if (path / "datapackage.json").is_file() and _files(path, "csv"):
        return "datapackage"
    return "parquet" if _files(path, "parquet") else None


def _files(folder: Path, ending: str) -> list[Path]:
    paths = (folder / f"{table.name}.{ending}" for table in TABLES)
    return [path for path in paths if path.is_file() and recognised(path) == ending]


def read(paths: Sequence[Path]) -> list[Part]:
    """The records of all the files and folders of one command that are recognised.

    Raises:
        DataError: one of them holds no tables of ours, two hold the same, or figures come without their events.
        WrongUsageError: the library that reads one of them is not installed.
    """
    found: dict[str, Sheet] = {}
    books_of_events: list[Path] = []
    for path in paths:
        for sheet in _sheets(path):
            if sheet.table.name == "events" and recognised(path) == "xlsx":
                books_of_events.append(path)
            other = found.setdefault(sheet.table.name, sheet)
            if other is not sheet:
                said = f"{other.name} and {sheet.name} both hold {sheet.table.name}"
                raise DataError(said, "import one after the other, each with its figures; take a copy out")
    events, figures = found.pop("events", None), found.pop("figures", None)
    if figures is not None and events is None:
        hint = "give the table of events as well: scamcli import events.csv figures.csv"
        raise DataError(f"{figures.name} holds figures without the events that they belong to", hint)
    if figures is None and books_of_events:
        hint = "put the sheet of figures back, with no rows where there are none"
        raise DataError(f"{books_of_events[0]} has a sheet of events, and none of their figures", hint)
    parts = [Part(sheet.name, _records(sheet)) for sheet in found.values()]
    if events is None:
        return parts
    return [
        *parts,
        *([Part(events.name, _records(events))] if figures is None else join_figures.joined(events, figures)),
    ]


def _sheets(path: Path) -> list[Sheet]:
    format_ = recognised(path)
    if format_ is None:
        raise DataError(f"{path} holds no table that scamcli wrote", "expected all of its columns, by their names")
    needs = NEEDS.get(format_)
    if needs and find_spec(needs) is None:
        raise WrongUsageError(f"{path} needs {needs}, which is not installed", f"pip install 'scamcli[{format_}]'")
    folder = path.parent if path.name == "datapackage.json" else path
    if folder.is_dir():
        _see_that_all_is_there(folder, "csv" if format_ == "datapackage" else format_)
    readers: dict[str, Callable[[], list[Sheet]]] = {
        "csv": lambda: csv_tsv.sheets([path], "csv"),
        "tsv": lambda: csv_tsv.sheets([path], "tsv"),
        "xlsx": lambda: xlsx.sheets(path),
        "parquet": lambda: parquet.sheets(_files(path, "parquet") if path.is_dir() else [path]),
        "datapackage": lambda: csv_tsv.sheets(_files(folder, "csv"), "csv"),
    }
    return readers[format_]()


def _see_that_all_is_there(folder: Path, ending: str) -> None:
    """See that no table is missing beside that of the events: they would come in without their figures.

    Raises:
        DataError: one is, or has other columns.
    """
    for table in TABLES if (folder / f"events.{ending}").is_file() else ():
        path = folder / f"{table.name}.{ending}"
        if not path.is_file():
            hint = f"put it back; events.{ending} alone can be imported by its own name"
            raise DataError(f"{path} is not there, though a folder that was exported has it", hint)
        if recognised(path) != ending:
            raise wrong(path) or DataError(f"{path} holds no table of {table.name}", "export it again")


def _records(sheet: Sheet) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    for number, row in sheet.rows():
        try:
            yield number, record(sheet.table, sheet.values(row))
        except ValueError as error:
            yield number, DataError(str(error))
