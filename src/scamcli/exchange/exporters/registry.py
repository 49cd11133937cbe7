"""The registry of export formats."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.errors import require_installed
from scamcli.exchange.exporters.dump import ENTITIES, Shape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses

    Writer = Callable[[Dump, TextIO | Path, Losses, ExportOptions], None]


class ExportFormat(NamedTuple):
    """A format that timelines can be exported to.

    Attributes:
        name: the name on the command line, and of the extra of this package that installs its library.
        description: a description in a few words.
        writer: the module in this package, and the function in it.
        keys: the record keys that it can hold. The values of other keys are reported as lost. ``event.title`` is one
            key of an event, ``event.figures`` a figure with everything in it, ``event.figures.low`` a part of it, and
            ``actor`` a whole actor.
        shape: what it writes.
        library: the module that it needs, unless this is always installed.
    """

    name: str
    description: str
    writer: str
    keys: frozenset[str]
    shape: Shape = Shape.TEXT
    library: str = ""

    def load_writer(self) -> Writer:
        """Return the function that writes the format.

        Raises:
            WrongUsageError: the library is not installed; the hint says how to install it.
        """
        if self.library:
            require_installed(self.name, f"The format {self.name} needs", self.library)
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(f"{__package__}.{module}"), function)
        return writer


_EVERYTHING = frozenset({*ENTITIES, "event"})
_EVENTS = frozenset({"event"})
_SOURCES = frozenset({"event.id", "event.sources"})
_STORY = frozenset({
    "event.id", "event.date", "event.kind", "event.title", "event.summary", "event.provinces", "event.sites",
    "event.places.name", "event.sources", "event.links", "event.note", "event.figures.metric", "event.figures.unit",
    "event.figures.stated", "event.figures.low", "event.figures.best", "event.figures.high",
    "event.figures.country", "event.figures.province", "event.figures.nationality", "event.figures.group",
    "event.figures.period", "event.figures.stated_by", "event.figures.part_of", "event.figures.of",
    "event.figures.note",
})  # fmt: skip
_FLAT = frozenset({
    "event.id", "event.date", "event.title", "event.kind", "event.places.name", "event.places.country",
    "event.places.province", "event.places.lat", "event.places.lon", "event.places.precision", "event.provinces",
    "event.countries", "event.sites", "event.actors.name", "event.sources.outlet", "event.sources.url",
    "event.figures.metric", "event.figures.unit", "event.figures.low", "event.figures.best", "event.figures.high",
    "event.figures.count",
})  # fmt: skip
_FLAT_FIGURES = _FLAT | frozenset({
    "event.figures.id", "event.figures.stated", "event.figures.country", "event.figures.province",
    "event.figures.nationality", "event.figures.group", "event.figures.period", "event.figures.stated_by",
    "event.figures.part_of", "event.figures.note",
})  # fmt: skip
_SPOTS = frozenset({
    "event.places.country", "event.places.province", "event.places.lat", "event.places.lon", "event.places.precision",
    "event.countries", "event.actors.name",
})  # fmt: skip
_VAULT = frozenset({"actor", "site", "event.actors", "event.linked_sites", "event.nationalities", "event.tags"})
_NETWORK = frozenset({
    "actor", "site", "event.id", "event.date", "event.kind", "event.title", "event.actors", "event.provinces",
    "event.places.name", "event.sites", "event.linked_sites", "event.countries", "event.nationalities", "event.tags",
    "event.links", "event.note", "event.sources.outlet", "event.sources.via",
})  # fmt: skip
_ENTITIES = frozenset({
    "actor", "site.name", "site.kind", "site.country", "site.province", "site.place", "site.lat", "site.lon",
    "site.precision", "site.aliases", "site.owners", "site.operators", "site.note",
    "event.id", "event.date", "event.kind", "event.title", "event.summary", "event.actors",
    "event.provinces", "event.places", "event.sites", "event.linked_sites", "event.countries", "event.nationalities",
    "event.tags", "event.sources", "event.note", "event.links.type", "event.links.event", "event.links.note",
})  # fmt: skip

_FORMATS = (
    ExportFormat(
        "jsonl", "all records as JSON lines, which `import` reads back byte for byte",
        "as_jsonl:write", _EVERYTHING,
    ),
    ExportFormat(
        "csv", "one row per event, per figure with `--rows figures`, and flat for maps and charts with `--flat`",
        "delimited:write_csv", _EVENTS,
    ),
    ExportFormat("tsv", "the same, tab-separated", "delimited:write_tsv", _EVENTS),
    ExportFormat(
        "xlsx", "a workbook with a typed sheet per table",
        "as_xlsx:write", _EVERYTHING, Shape.FILE, "openpyxl",
    ),
    ExportFormat("geojson", "points for maps (RFC 7946), each with its precision", "as_geojson:write", _EVENTS),
    ExportFormat(
        "ftm", "FollowTheMoney entities for Aleph and OpenSanctions",
        "as_ftm.entities:write", _ENTITIES, library="followthemoney",
    ),
    ExportFormat("kml", "placemarks with time spans, for Google Earth and My Maps", "as_kml:write", _STORY | _SPOTS),
    ExportFormat("timelinejs", "slides for TimelineJS", "as_timelinejs:write", _STORY),
    ExportFormat("timelinejs-csv", "the same, for the Google sheet of TimelineJS", "as_timelinejs:write_sheet", _STORY),
    ExportFormat(
        "ics", "events for calendars (iCalendar)",
        "as_ics:write", _STORY | {"event.places.lat", "event.places.lon", "event.tags"}, library="icalendar",
    ),
    ExportFormat("graphml", "actors, sites and events as a network", "as_graphml:write", _NETWORK, library="networkx"),
    ExportFormat("gexf", "that network with dates, for Gephi", "as_gexf:write", _NETWORK, library="networkx"),
    ExportFormat("markdown", "the story as a document", "as_markdown:write", _STORY),
    ExportFormat(
        "obsidian", "a vault of linked notes", "as_obsidian:write", _STORY | _SPOTS | _VAULT, Shape.FOLDER,
    ),
    ExportFormat("csl", "the sources as CSL-JSON, for Zotero and Pandoc", "as_csl:write", _SOURCES),
    ExportFormat("ris", "the sources for Zotero, EndNote and Mendeley", "as_ris:write", _SOURCES, library="rispy"),
    ExportFormat(
        "bibtex", "the sources for LaTeX", "as_bibtex:write", _SOURCES, library="bibtexparser",
    ),
    ExportFormat(
        "datapackage", "CSV tables with their schema (Frictionless)",
        "as_datapackage:write", _EVERYTHING, Shape.FOLDER,
    ),
    ExportFormat(
        "parquet", "tables for DuckDB, Spark, Trino or ClickHouse",
        "as_parquet:write", _EVERYTHING, Shape.FOLDER, "pyarrow",
    ),
    ExportFormat(
        "datasette", "a database and its metadata for Datasette",
        "as_datasette.database:write", _EVERYTHING, Shape.FOLDER,
    ),
)  # fmt: skip

_FLAT_FORMATS = {
    "events": (
        ExportFormat("csv", "one flat row per event, with numbers by metric", "as_flat:write_csv", _FLAT),
        ExportFormat("tsv", "the same, tab-separated", "as_flat:write_tsv", _FLAT),
    ),
    "figures": (
        ExportFormat("csv", "one flat row per figure", "as_flat:write_csv", _FLAT_FIGURES),
        ExportFormat("tsv", "the same, tab-separated", "as_flat:write_tsv", _FLAT_FIGURES),
    ),
}

EXPORT_FORMATS = {one.name: one for one in _FORMATS}
"""All formats by name."""

FLAT_FORMATS = {rows: {one.name: one for one in formats} for rows, formats in _FLAT_FORMATS.items()}
"""What `--flat` makes of a format, by what a row represents and the name of the format."""
