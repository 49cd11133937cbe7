"""Flat CSV and TSV: one row per event, for Datawrapper, Flourish, Google My Maps and QGIS.

The events are read twice, because the header names the metrics of all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from scamcli.exchange.exporters import flat
from scamcli.exchange.exporters.spots import Spots
from scamcli.exchange.tables.cells import text_of
from scamcli.output.escaping import csv_row_writer, escape_tsv, guard_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses


def write_csv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows as CSV."""
    write = csv_row_writer(out)
    for row in _rows(dump, losses):
        write(row)


def write_tsv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows, with the escapes of `escape_tsv`."""
    for row in _rows(dump, losses):
        out.write("\t".join(map(escape_tsv, row)) + "\n")


def _rows(dump: Dump, losses: Losses) -> Iterator[list[str]]:
    totals, spots = flat.Totals(dump, losses), Spots(dump, losses)
    columns = totals.columns(dump.events())
    yield [*flat.COLUMNS, *map(guard_formula, columns)]
    for event in dump.events():
        spot = flat.most_precise(spots.of(event), losses)
        numbers = totals.of(event)
        losses.add("~ ? % of date", any(mark in event["date"] for mark in "~?%"))
        row = [*flat.texts(event, spot).values(), *(numbers.get(column) for column in columns)]
        yield [guard_formula(value) if isinstance(value, str) else text_of(value) for value in row]
