"""Parquet: one file per table, with real types, for engines that aggregate and join large data faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.exchange.exporters.delimited import all_rows
from scamcli.exchange.tables import TABLES, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.exchange.tables import Column

BATCH = 5_000
"""How many rows are kept as Python objects, which take ten times as much memory as Arrow's arrays."""

GROUP = 50_000
"""The number of rows in a row group."""


def write(dump: Dump, folder: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the files."""
    files = {table.name: TableFile(folder / f"{table.name}.parquet", schema(table)) for table in TABLES}
    try:
        for table, row in all_rows(dump):
            files[table.name].append(row)
    finally:
        for file in files.values():
            file.close()


def schema(table: Table) -> pa.Schema:
    """Return the schema of a table, with a description of each field."""
    import pyarrow as pa

    fields = (pa.field(column.name, _type(column), metadata={"about": column.about}) for column in table.columns)
    return pa.schema(fields, {"about": table.about})


def _type(column: Column) -> pa.DataType:
    import pyarrow as pa

    if column.kind is Kind.PARTS:
        return pa.list_(pa.struct([pa.field(key.name, _type(key)) for key in column.parts]))
    types: dict[Kind, pa.DataType] = {
        Kind.NUMBER: pa.float64(),
        Kind.FLAG: pa.bool_(),
        Kind.DAY: pa.date32(),
        Kind.NAMES: pa.list_(pa.string()),
    }
    return types.get(column.kind, pa.string())


class TableFile:
    """A file that is written row by row in bounded memory. Days are numbers of days since 1970-01-01."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schema = schema
        self._writer = ParquetWriter(path, schema, compression="zstd")
        self._rows: list[tuple[object, ...]] = []
        self._batches: list[pa.RecordBatch] = []

    def append(self, row: Iterable[object]) -> None:
        """Write a row."""
        self._rows.append(tuple(row))
        if len(self._rows) == BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is left, and close the file."""
        self._flush(is_last=True)
        self._writer.close()

    def _flush(self, *, is_last: bool = False) -> None:
        """Pack the rows into a batch, and write the batches if they fill a row group."""
        import pyarrow as pa

        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [_array(values, field.type) for field, values in zip(self._schema, columns, strict=True)]
            self._batches.append(pa.record_batch(arrays, schema=self._schema))
            self._rows = []
        if self._batches and (is_last or len(self._batches) * BATCH == GROUP):
            self._writer.write_table(pa.Table.from_batches(self._batches), row_group_size=GROUP)
            self._batches = []


def _array(values: Sequence[object], type_: pa.DataType) -> pa.Array[Any]:
    """Return a column. Days and decimals are not what Python has for them, so they are converted as a whole."""
    import pyarrow as pa

    if pa.types.is_date32(type_):
        return pa.array(values, pa.int32()).cast(type_)
    if pa.types.is_decimal(type_):
        return pa.array(values, pa.float64()).cast(type_)
    return pa.array(values, type_)
