"""A data package (Frictionless): the tables as CSV files, and ``datapackage.json`` with their schema."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, cast

from scamcli.exchange.exporters.delimited import all_rows, table_writer
from scamcli.exchange.tables import TABLES, Column, Kind, Table
from scamcli.exchange.tables.cells import NULL

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses
    from scamcli.records.types import JsonObject, SourceDict

_TYPES = {Kind.NUMBER: "number", Kind.FLAG: "boolean", Kind.DAY: "date"}
_SOURCES = next(table for table in TABLES if table.type == "event").header.index("sources")
_DESCRIPTION = (
    "Dated events about human trafficking and cyber-scam compounds, with the numbers that were stated. Every event and"
    " every number is a claim of its sources, and says no more than they do. A list in a cell is separated by"
    " semicolons, or is JSON; a quote before =, +, - or @ keeps spreadsheets from reading a formula."
)


def write(dump: Dump, folder: Path, losses: Losses, options: ExportOptions) -> None:
    """Write the tables, then their description."""
    outlets: set[str] = set()
    with ExitStack() as files:
        write_row = {
            table.name: table_writer(
                table, files.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="\n"))
            )
            for table in TABLES
        }
        for table, row in all_rows(dump):
            values = tuple(row)
            write_row[table.name](values)
            if table.type == "event":
                outlets.update(source["outlet"] for source in cast("list[SourceDict]", values[_SOURCES]))
    text = json.dumps(descriptor(dump.sentence, sorted(outlets), dump.terms()), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def descriptor(sentence: str, outlets: list[str], terms: list[str] | None = None) -> JsonObject:
    """Return the content of ``datapackage.json`` for a query in words, or for a whole timeline if the text is empty."""
    described: JsonObject = {
        "profile": "tabular-data-package",
        "name": "scamcli-timeline",
        "title": f"A timeline: {sentence}" if sentence else "A timeline",
        "description": " ".join([_DESCRIPTION, *(f"Terms of use of {one}." for one in terms or ())]),
        "resources": [_resource(table) for table in TABLES],
    }
    return described | ({"sources": [{"title": outlet} for outlet in outlets]} if outlets else {})


def _resource(table: Table) -> JsonObject:
    schema: JsonObject = {"fields": [_field(table, column) for column in table.columns], "primaryKey": list(table.key)}
    if table.type == "figure":
        schema["foreignKeys"] = [{"fields": "event", "reference": {"resource": "events", "fields": "id"}}]
    return {
        "profile": "tabular-data-resource", "name": table.name, "description": table.about,
        "path": f"{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _field(table: Table, column: Column) -> JsonObject:
    type_ = _TYPES.get(column.kind, "string")
    field: JsonObject = {"name": column.name, "type": type_, "description": column.about}
    constraints: JsonObject = {"required": True} if column.needed else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        field["constraints"] = constraints
    if column.kind is Kind.NUMBER and any(names[0] == column.name for names in table.together):
        field["missingValues"] = ["", NULL]
    return field
