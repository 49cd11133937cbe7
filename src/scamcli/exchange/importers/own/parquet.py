"""Our tables in Parquet, a file each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.exchange.importers.own.sheets import Sheet, key_column
from scamcli.exchange.tables import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyarrow.parquet import ParquetFile

BATCH = 5_000


def sheets(paths: Sequence[Path]) -> list[Sheet]:
    """The tables that files hold; what is no table of ours is left out.

    Raises:
        DataError: a file is damaged.
    """
    return [sheet for path in paths if (sheet := _sheet(path)) is not None]


def _open(path: Path) -> ParquetFile:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"{path} is no Parquet file that can be read: {str(error)[:200]}") from None


def _sheet(path: Path) -> Sheet | None:
    with _open(path) as file:
        table = named(file.schema_arrow.names)
    if table is None:
        return None
    key = key_column(table)
    columns = [column.name for column in table.given]
    return Sheet(table, str(path), partial(_read, path, columns), partial(_read, path, [key]), partial(_key, key), dict)


def _key(column: str, row: dict[str, Any]) -> str:
    return str(row[column] or "")


def _read(path: Path, columns: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    import pyarrow as pa

    number = 0
    with _open(path) as file:
        try:
            for batch in file.iter_batches(batch_size=BATCH, columns=columns):
                for number, row in enumerate(batch.to_pylist(), number + 1):  # noqa: B020 - it goes on counting
                    yield number, row
        except (pa.ArrowException, OSError) as error:
            raise DataError(f"{path}: damaged after row {number:,}: {str(error)[:200]}") from None
