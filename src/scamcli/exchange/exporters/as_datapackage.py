"""A data package (Frictionless): the tables as CSV, and ``datapackage.json`` with their schema."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from scamcli.exchange.exporters.flat import all_rows, csv_of
from scamcli.exchange.tables import TABLES, Column, Kind, Table
from scamcli.exchange.tables.cells import NULL

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.exchange.exporters import How
    from scamcli.exchange.exporters.dump import Dump, Losses

HOLDS = frozenset({"metric", "actor", "site", "event"})

_TYPES = {Kind.NUMBER: "number", Kind.FLAG: "boolean", Kind.DAY: "date"}
_OUTLETS = next(table for table in TABLES if table.type == "event").header.index("sources")
_DESCRIPTION = (
    "Dated entries about human trafficking and cyber-scam compounds, with the numbers that were stated. Every entry"
    " and every number is a claim of the sources named with it, and says no more than they do. A list in a cell has"
    " semicolons between its items, or is JSON; a quote before =, +, - or @ keeps spreadsheets from reading a formula."
)


def write(dump: Dump, folder: Path, losses: Losses, how: How) -> None:
    """Write the tables, then what describes them."""
    del losses, how
    outlets: dict[str, None] = {}
    with ExitStack() as files:
        put = {
            table.name: csv_of(
                table, files.enter_context((folder / _file(table)).open("w", encoding="utf-8", newline="\n"))
            )
            for table in TABLES
        }
        for table, row in all_rows(dump):
            values = tuple(row)
            put[table.name](values)
            if table.type == "event":
                outlets.update((source["outlet"], None) for source in values[_OUTLETS])
    described = descriptor(dump.sentence, sorted(outlets))
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def descriptor(sentence: str, outlets: list[str]) -> dict[str, Any]:
    """What ``datapackage.json`` says.

    Args:
        sentence: what was asked for, in words; empty for all.
        outlets: who published what is in it.
    """
    described = {
        "profile": "tabular-data-package",
        "name": "scamcli-timeline",
        "title": f"A timeline: {sentence}" if sentence else "A timeline",
        "description": _DESCRIPTION,
        "resources": [_resource(table) for table in TABLES],
    }
    return described | ({"sources": [{"title": outlet} for outlet in outlets]} if outlets else {})


def _file(table: Table) -> str:
    return f"{table.name}.csv"


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.about,
        "path": _file(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(table, column) for column in table.columns]}
    schema["primaryKey"] = list(table.key)
    if table.type == "figure":
        schema["foreignKeys"] = [{"fields": "event", "reference": {"resource": "events", "fields": "id"}}]
    return schema


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.about,
    }
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        field["constraints"] = constraints
    if column.kind is Kind.NUMBER and any(names[0] == column.name for names in table.together):
        field["missingValues"] = ["", NULL]
    return field
