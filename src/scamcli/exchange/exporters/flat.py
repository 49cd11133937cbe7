"""What the exports of tables share: the rows of a dump, table by table or side by side."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, TextIO

from scamcli.exchange.tables import BY_NAME, TABLES, Table, rows
from scamcli.exchange.tables.cells import text_writer
from scamcli.output.escaping import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.exchange.exporters.dump import Dump, Losses

OF_EVENTS = tuple(table for table in TABLES if table.type in {"event", "figure"})


def all_rows(dump: Dump) -> Iterator[tuple[Table, Iterable[Any]]]:
    """The rows of every table, each with its table: those of an event beside those of its figures, in one go."""
    for name, records in (("metrics", dump.metrics()), ("actors", dump.actors()), ("sites", dump.sites())):
        table = BY_NAME[name]
        for record in records:
            for row in rows(table, record):
                yield table, row
    for event in dump.events():
        for table in OF_EVENTS:
            for row in rows(table, event):
                yield table, row


def text_rows(table: Table, dump: Dump, losses: Losses) -> Iterator[list[str]]:
    """The rows of events or of figures as texts that no spreadsheet takes for formulas, the header first.

    What the other of these two tables holds is noted as lost: one file has one of them.
    """
    texts, missed = text_writer(table, guarded), 0
    yield table.header
    for event in dump.events():
        for row in rows(table, event):
            yield texts(row)
        missed += len(event["figures"]) if table.type == "event" else 1
    other = "figures" if table.type == "event" else "events"
    losses.add(f"{other} which --rows {other} writes", missed)


def csv_writer(out: TextIO) -> Any:
    """A writer of CSV (RFC 4180, with LF)."""
    return csv.writer(out, lineterminator="\n")


def csv_of(table: Table, out: TextIO) -> Callable[[Iterable[Any]], None]:
    """Write the header of a table as CSV; what is given back writes a row of values."""
    writer, texts = csv_writer(out), text_writer(table, guarded)
    writer.writerow(table.header)
    return lambda row: writer.writerow(texts(row))
