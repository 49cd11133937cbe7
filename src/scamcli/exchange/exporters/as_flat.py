"""Flat CSV and TSV: one row per event or per figure, for pivot tables, Datawrapper, Flourish, Google My Maps and QGIS.

The events are read twice for rows of events, because the header names the metrics of all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from scamcli.exchange.exporters import flat
from scamcli.exchange.exporters.spots import Spot, Spots, province_spot
from scamcli.exchange.tables.cells import text_of
from scamcli.language import gazetteer
from scamcli.output.escaping import csv_row_writer, escape_tsv, guard_formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import FigureDict


FIGURE_COLUMNS = (
    "metric", "unit", "stated", "low", "best", "high", "nationality", "group", "period", "count", "stated_by",
    "part_of", "note",
)  # fmt: skip
"""The columns of a figure, after those of its event and its id."""


def write_csv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows as CSV."""
    write = csv_row_writer(out)
    for row in _rows(dump, losses, options):
        write(row)


def write_tsv(dump: Dump, out: TextIO, losses: Losses, options: ExportOptions) -> None:
    """Write a header and the rows, with the escapes of `escape_tsv`."""
    for row in _rows(dump, losses, options):
        out.write("\t".join(map(escape_tsv, row)) + "\n")


def _rows(dump: Dump, losses: Losses, options: ExportOptions) -> Iterator[list[str]]:
    rows = _figure_rows if options.rows == "figures" else _event_rows
    for row in rows(dump, losses):
        yield [guard_formula(value) if isinstance(value, str) else text_of(value) for value in row]


def _event_rows(dump: Dump, losses: Losses) -> Iterator[list[flat.Value]]:
    totals, spots = flat.Totals(dump, losses), Spots(dump, losses)
    columns = totals.columns(dump.events())
    yield [*flat.COLUMNS, *columns]
    for event in dump.events():
        spot = flat.most_precise(spots.of(event), losses)
        numbers = totals.of(event)
        losses.add("~ ? % of date", any(mark in event["date"] for mark in "~?%"))
        yield [*flat.texts(event, spot).values(), *(numbers.get(column) for column in columns)]


def _figure_rows(dump: Dump, losses: Losses) -> Iterator[list[flat.Value]]:
    """Yield the header and a row per figure, at its own province if it has one, and otherwise at that of its event."""
    spots = Spots(dump, losses)
    yield [*("event" if name == "id" else name for name in flat.COLUMNS), "figure", *FIGURE_COLUMNS]
    for event in dump.events():
        if not event["figures"]:
            losses.add("events without a figure")
            continue
        of_event = spots.of(event)
        losses.add("~ ? % of date", any(mark in event["date"] for mark in "~?%"))
        for figure in event["figures"]:
            spot = flat.most_precise(_spots_of(figure, of_event), losses)
            texts = flat.texts(event, spot)
            texts["country"] = figure["country"] or texts["country"]
            values: Mapping[str, Any] = figure
            yield [*texts.values(), figure["id"], *(values[column] for column in FIGURE_COLUMNS)]


def _spots_of(figure: FigureDict, of_event: list[Spot]) -> list[Spot]:
    """Return the spots of the event that the figure can be at, or nowhere more precise than its province or country."""
    province, country = figure["province"], figure["country"]
    if province is not None:
        return [spot for spot in of_event if spot.province == province] or [province_spot(None, province)]
    if country is not None:
        there = [spot for spot in of_event if spot.province and gazetteer.country_of(spot.province) == country]
        return there or [Spot()]
    return of_event
