"""Our tables in CSV and tab-separated text."""

from __future__ import annotations

import csv
import sys
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers.own.sheets import Sheet, key_column, other_columns
from scamcli.exchange.tables import cells, named, nearly
from scamcli.output.escaping import unescape_tsv, unguard_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scamcli.exchange.tables import Table

LONGEST = min(sys.maxsize, 2**31 - 1)
"""Characters of a cell: a list of sources is one cell, and may be longer than Python's csv expects of any."""


def sheets(paths: Sequence[Path], format_: str) -> list[Sheet]:
    """The tables that files hold; what is no table of ours is left out.

    Args:
        paths: of the files.
        format_: ``csv`` or ``tsv``.
    """
    return [sheet for path in paths if (sheet := _sheet(path, _READERS[format_])) is not None]


def wrong(path: Path, format_: str) -> DataError | None:
    """What is wrong with a file that was a table of ours, before columns were added to it or taken out."""
    _, header = next(_READERS[format_](path), (1, []))
    table = nearly(header)
    return None if table is None else other_columns(str(path), table, header)


def _sheet(path: Path, reader: Callable[[Path], Iterator[tuple[int, list[str]]]]) -> Sheet | None:
    _, header = next(reader(path), (1, []))
    table = named(header)
    if table is None:
        return None
    at = header.index(key_column(table))
    rows = partial(_rows, path, reader)
    return Sheet(table, str(path), rows, rows, partial(_key, at), partial(_values, table, header))


def _key(at: int, row: list[str]) -> str:
    return unguard_formula(row[at]) if at < len(row) else ""


def _rows(path: Path, reader: Callable[[Path], Iterator[tuple[int, list[str]]]]) -> Iterator[tuple[int, list[str]]]:
    return (numbered for numbered in islice(reader(path), 1, None) if any(numbered[1]))


def _values(table: Table, header: list[str], row: list[str]) -> dict[str, Any]:
    if any(row[len(header) :]):
        raise ValueError(f"{len(row)} cells; expected the {len(header)} of the header")
    given = [*map(unguard_formula, row), *[""] * (len(header) - len(row))]  # programs leave out empty cells at the end
    return cells.values(table, dict(zip(header, given, strict=False)))


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader, before = csv.reader(file, strict=True), 0
        try:
            for row in reader:
                yield before + 1, row
                before = reader.line_num
        except csv.Error as error:
            raise DataError(f"{path}:{before + 1}: {error}; expected CSV, its quotes closed") from None
        except UnicodeDecodeError:
            raise _not_utf8(path, before + 1) from None


def _tsv(path: Path) -> Iterator[tuple[int, list[str]]]:
    number = 0
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        try:
            for number, line in enumerate(file, 1):
                yield number, [unescape_tsv(cell) for cell in line.rstrip("\r\n").split("\t")]
        except UnicodeDecodeError:
            raise _not_utf8(path, number + 1) from None


def _not_utf8(path: Path, number: int) -> DataError:
    return DataError(f"{path}: not UTF-8, from about line {number:,} on", "save it as UTF-8")


_READERS = {"csv": _csv, "tsv": _tsv}
