"""CSV and tab-separated text with a row per event or per figure, and the rows that all tabular formats share.

A spreadsheet never takes a cell for a formula, and `import` reads the files of events and figures back together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.tables import BY_NAME, TABLES, Table, rows
from scamcli.exchange.tables.cells import text_writer
from scamcli.output.escaping import csv_row_writer, escape_tsv, guard_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses

_EVENT_TABLES = tuple(table for table in TABLES if table.type in {"event", "figure"})


def write_csv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows as CSV (RFC 4180, lines end in LF)."""
    write = csv_row_writer(out)
    for row in _text_rows(BY_NAME[options.rows], dump, losses):
        write(row)


def write_tsv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows, with the escapes of `escape_tsv`."""
    for row in _text_rows(BY_NAME[options.rows], dump, losses):
        out.write("\t".join(map(escape_tsv, row)) + "\n")


def _text_rows(table: Table, dump: Dump, losses: Losses) -> Iterator[list[str]]:
    """Yield the header and the rows of one table. Rows of the other table count as lost."""
    texts, missed = text_writer(table, guard_formula), 0
    yield table.header
    for event in dump.events():
        for row in rows(table, event):
            yield texts(row)
        missed += len(event["figures"]) if table.type == "event" else 1
    other = "figures" if table.type == "event" else "events"
    losses.add(f"{other} that --rows {other} writes", missed)


def all_rows(dump: Dump) -> Iterator[tuple[Table, Iterable[object]]]:
    """Yield the rows of every table, each with its table, in one pass over the dump: events and figures are mixed."""
    for name, records in (("metrics", dump.metrics()), ("actors", dump.actors()), ("sites", dump.sites())):
        table = BY_NAME[name]
        for record in records:
            for row in rows(table, record):
                yield table, row
    for event in dump.events():
        for table in _EVENT_TABLES:
            for row in rows(table, event):
                yield table, row


def table_writer(table: Table, out: TextIO) -> Callable[[Iterable[object]], object]:
    """Write the header of a table as CSV, and return a function that writes a row of values."""
    write, texts = csv_row_writer(out), text_writer(table, guard_formula)
    write(table.header)
    return lambda row: write(texts(row))
