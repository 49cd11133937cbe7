"""Detect the kind of a file to import, by its content more than by its name.

Tables that scamcli wrote are recognised by their columns, in any order.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from enum import Enum
from functools import partial
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers import NOTE_SUFFIXES, delimited, ftm, json_files, notes, sheets, xlsx
from scamcli.exchange.importers.json_files import records as json_records
from scamcli.exchange.tables import TABLES
from scamcli.records.plain_files import is_plain_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from scamcli.exchange.importers import Row
    from scamcli.exchange.importers.delimited import Dialect
    from scamcli.exchange.tables import Table

LONGEST_LINE = 1024 * 1024
"""How many bytes of a line are examined."""

SAMPLE_LINES, ENOUGH_LINES = 20, 4
"""How many lines at the start of a file are examined, and how many are needed to decide that it is not JSON lines."""

SIMILAR = 0.7
"""A header with at least this share of a table's columns, among others, is taken for an edited copy of the table."""

PACKAGE_FILE = "datapackage.json"

_LONGEST_HEADER = 1 << 16
"""The longest first line of our own tables in bytes. No more is read to find out that a file is something else."""

_SQLITE, _PARQUET = b"SQLite format 3\x00", b"PAR1"
_BOM = b"\xef\xbb\xbf"


class FileKind(Enum):
    """Kinds of files that can be imported."""

    OWN_TABLES = "tables that scamcli wrote"
    TIMELINE = "another timeline"
    FTM = "FollowTheMoney entities"
    TABLE = "a foreign table"
    JSON_RECORDS = "records in a JSON array or in GeoJSON that scamcli wrote"
    JSON_LINES = "records as JSON lines"


def detect(path: Path, *, has_table_options: bool = False, is_named: bool = True) -> FileKind:
    """Return the kind of a file.

    Args:
        path: a file or a folder. A path that cannot be read counts as JSON lines; the error is raised when it is
            opened.
        has_table_options: whether the user gave options for a table, in which case it is one.
        is_named: whether the user gave the name. The name of a pipe says nothing about its data.

    Raises:
        DataError: the file is not of a kind that can be imported.
    """
    if kind := _kind_by_files(path):
        return kind
    _refuse_parquet(path)
    first = _read_start(path, LONGEST_LINE).removeprefix(_BOM).partition(b"\n")[0]
    start = first.lstrip()
    if first.startswith(_SQLITE):
        return FileKind.TIMELINE
    if start.startswith(b"{") and ftm.is_ftm(_parse(first)):
        return FileKind.FTM
    if start.startswith((b"{", b"[", b"\x1e", *delimited.UTF_16)) and json_files.find_form(path):
        return _kind_of_json(path, has_table_options=has_table_options)
    if start.startswith(b"{"):
        _require_json_lines(path)
        return FileKind.JSON_LINES
    if has_table_options or is_table(path) or _is_header(first, is_named=is_named):
        if not has_table_options and (error := explain_mismatch(path)):
            raise error
        return FileKind.TABLE
    _require_json_lines(path)
    return FileKind.JSON_LINES


def _kind_of_json(path: Path, *, has_table_options: bool) -> FileKind:
    first = json_records.first_item(path)
    if ftm.is_ftm(first):
        hint = "`jq -c '.[]'` turns an array into lines, and `jq -c '.results[]'` one in the key `results`."
        raise DataError(f"{path} has FollowTheMoney entities in an array; expected one on each line.", hint)
    return FileKind.JSON_RECORDS if json_records.is_ours(first) and not has_table_options else FileKind.TABLE


def _kind_by_files(path: Path) -> FileKind | None:
    """Return the kind of a folder, of a table that scamcli wrote, or of a note; ``None`` for other files."""
    if find_export_format(path):
        return FileKind.OWN_TABLES
    is_note = (path.is_dir() or path.suffix.lower() in NOTE_SUFFIXES) and notes.are_notes(path)
    return FileKind.TABLE if is_note else None


def _refuse_parquet(path: Path) -> None:
    if _read_start(path, len(_PARQUET)) == _PARQUET or any(path.glob("*.parquet")):
        hint = "Import what `export jsonl` writes, or save the table as CSV."
        raise DataError(f"{path} is Parquet, which can be exported but not imported.", hint)


def is_table(path: Path) -> bool:
    """Return whether the name or the first bytes of a file show that it is a table."""
    return path.suffix.lower() in sheets.SUFFIXES or _read_start(path, 4) in {xlsx.ZIP, xlsx.OLE}


def _read_start(path: Path, size: int) -> bytes:
    try:
        if path.is_file():  # a pipe can be read only once
            with path.open("rb") as stream:
                return stream.read(size)
    except OSError:
        pass  # whoever opens it reports why
    return b""


def _is_header(line: bytes, *, is_named: bool) -> bool:
    """Return whether a first line may be the header of a table: it has tabs or, in data from a pipe, any separator."""
    try:
        text = line.decode("utf-16", "ignore") if line.startswith(delimited.UTF_16) else line.decode()
    except UnicodeDecodeError:
        return False
    separators = ("\t",) if is_named else delimited.DELIMITERS
    is_json = re.search(r'\0|"\s*:', text)  # but damaged, because it does not begin with a brace
    return not is_json and any(separator in text for separator in separators)


def _parse(line: bytes) -> object:
    try:
        return json.loads(line.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None


def _require_json_lines(path: Path) -> None:
    """Require that a line at the start is an object, so that other kinds of files are not reported line by line."""
    if not path.is_file():
        return
    with suppress(OSError), path.open("rb") as stream:  # whoever opens it reports why
        lines = islice(iter(partial(stream.readline, LONGEST_LINE), b""), SAMPLE_LINES)
        sample = [line for line in lines if line.strip()]
        if len(sample) >= ENOUGH_LINES and not any(
            len(line) == LONGEST_LINE or isinstance(_parse(line), dict) for line in sample
        ):
            hint = "Expected JSON lines, a table, a timeline or FollowTheMoney; `scamcli ingest` reads texts."
            raise DataError(f"{path} cannot be imported: none of its first lines is a record.", hint)


def find_export_format(path: Path) -> str | None:
    """Return the export format of a file or folder of tables that scamcli wrote, or ``None`` for anything else."""
    try:
        if path.is_dir():
            return _folder_format(path)
        start = _read_start(path, _LONGEST_HEADER)
        if start.startswith(xlsx.ZIP):
            has_own_sheets = find_spec("openpyxl") and any(
                find_table(header) for _, header, _ in xlsx.read_headers(path)
            )
            return "xlsx" if has_own_sheets else None
        if path.name == PACKAGE_FILE and start:
            return _folder_format(path.parent)
        if not start or (b"\n" not in start and len(start) == _LONGEST_HEADER):
            return None
        return next((name for name in delimited.OWN_DIALECTS if find_table(text_header(path, name)[1])), None)
    except (OSError, DataError):
        return None


def _folder_format(path: Path) -> str | None:
    return "datapackage" if (path / PACKAGE_FILE).is_file() and table_files(path) else None


def table_files(folder: Path) -> list[Path]:
    """Return the files of a data package that are our own tables."""
    paths = (folder / f"{table.name}.csv" for table in TABLES)
    return [path for path in paths if is_plain_file(path) and find_export_format(path) == "csv"]


def text_header(path: Path, format_: str) -> tuple[Dialect, Row]:
    """Return the dialect and the header of a text file that scamcli wrote and a spreadsheet may have saved again.

    Spreadsheets may add empty columns at the end. If no dialect fits a table, the widest header is returned.
    """
    is_utf_16 = _read_start(path, 2) in delimited.UTF_16
    best: tuple[Dialect, Row] = delimited.OWN_DIALECTS[format_][0], ()
    for dialect in delimited.OWN_DIALECTS[format_]:
        if (dialect.encoding == "utf-16") == is_utf_16:
            header = delimited.first_row(path, dialect)
            while header and not header[-1]:
                header = header[:-1]
            best = max(best, (dialect, header), key=lambda found: (find_table(found[1]) is not None, len(found[1])))
    return best


def find_table(header: Iterable[str]) -> Table | None:
    """Return the table with exactly these columns, in any order. Derived columns and later additions may be missing."""
    names = list(header)
    for table in TABLES:
        if table.required <= set(names) <= set(table.header) and len(set(names)) == len(names):
            return table
    return None


def find_similar_table(header: Iterable[str]) -> Table | None:
    """Return the table from which a header seems to come, although columns were added, renamed or removed.

    Return ``None`` for an unchanged header, and for one that does not resemble any table.
    """
    names = set(header)

    def share(table: Table) -> float:
        return len(names.intersection(column.name for column in table.given)) / len(table.given)

    best = max(TABLES, key=share)
    return best if share(best) >= SIMILAR and find_table(header) is None else None


def explain_mismatch(path: Path) -> DataError | None:
    """Return an error if a text file is almost one of our own tables, or ``None`` if it does not resemble any."""
    if _read_start(path, 2) in {b"", xlsx.ZIP[:2]}:
        return None
    try:
        headers = [text_header(path, name)[1] for name in delimited.OWN_DIALECTS]
    except (OSError, DataError):
        return None
    similar = ((header, find_similar_table(header)) for header in headers)
    return next((columns_error(str(path), table, header) for header, table in similar if table), None)


def columns_error(name: str, table: Table, header: Sequence[str]) -> DataError:
    """Return the error for one of our own tables whose columns were changed."""
    missing = [name for name in table.header if name in table.required and name not in header]
    unknown = [column for column in header if column not in table.header]
    what = [f"lacks the columns {', '.join(missing)}"] if missing else []
    what += [f"has the unknown columns {', '.join(unknown)[:200]}"] if unknown else []
    return DataError(
        f"{name}: This table of {table.name} {' and '.join(what) or 'has a column twice'}.",
        "Remove the unknown columns." if unknown and not missing else "Restore the original columns.",
    )
