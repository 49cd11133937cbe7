"""Read Parquet batch by batch. This needs pyarrow. A damaged file raises a `DataError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyarrow.parquet import ParquetFile

_BATCH = 50
"""How many rows are in memory at once. A text that all rows share takes hardly any place in the file."""


def read_header(path: Path) -> list[str]:
    """Return the names of the columns of a file."""
    with _open(path) as file:
        return list(file.schema_arrow.names)


def read_rows(path: Path, columns: list[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the rows of a file, each with its number from 1 and the values of these columns."""
    import pyarrow as pa

    number, budget = 0, limits.Unpacking(str(path), path.stat().st_size)
    with _open(path) as file:
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
                budget.spend(batch.nbytes)
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path} is damaged after row {number:,}: {_reason(error)}.") from None


def _open(path: Path) -> ParquetFile:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read as Parquet: {_reason(error)}.") from None


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the name of a column is not UTF-8 text"
    return " ".join(str(error).split())[:200].rstrip(".")
