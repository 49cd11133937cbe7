"""The contents of a Datasette export: its tables, views, queries and metadata, read from ``contents.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.records.types import JsonObject


class Column(NamedTuple):
    """A column of a table, as the head of ``contents.toml`` describes it."""

    name: str
    description: str
    kind: str = "text"
    references: str = ""
    key: str = ""


class Table(NamedTuple):
    """A table, as the head of ``contents.toml`` describes it."""

    name: str
    description: str
    columns: list[Column]
    label: str = ""
    facets: tuple[str, ...] = ()
    sort: str = ""
    sort_desc: str = ""
    indexes: tuple[tuple[str, ...], ...] = ()


class View(NamedTuple):
    """A view: what it shows, and its SELECT."""

    description: str
    sql: str


class Query(TypedDict, total=False):
    """A canned query in the form of Datasette's metadata."""

    title: str
    description: str
    params: list[str]
    sql: str


_CONTENTS = tomllib.loads(Path(__file__).with_name("contents.toml").read_text(encoding="utf-8"))

TABLES: dict[str, Table] = {
    table["name"]: Table(**table | {"columns": [Column(**column) for column in table["columns"]]})
    for table in _CONTENTS["tables"]
}
VIEWS = {view["name"]: View(view["description"], view["sql"]) for view in _CONTENTS["views"]}
QUERIES: dict[str, Query] = {query.pop("name"): query for query in _CONTENTS["queries"]}
CREATE_SEARCH: str = _CONTENTS["search"]["create"]
FILL_SEARCH: str = _CONTENTS["search"]["fill"]

SEARCH = "events_fts"
"""The full-text index of events."""

PART: str = _CONTENTS["part"]["of_views"]
"""The text that each view and query adds if the export was filtered."""


def metadata(database: str, *, is_part: bool, terms: Sequence[str] = ()) -> JsonObject:
    """Return the ``metadata.json`` for Datasette 0.64 and 0.65, for a database with all events or some of them."""
    about: dict[str, str] = _CONTENTS["about"]
    part = f" {PART}" if is_part else ""
    if is_part:
        about = about | {"description": f"{about['description']} {_CONTENTS['part']['of_description']}"}
    if terms:
        said = " ".join(f"Terms of use of {one}." for one in terms)
        about = about | {"description": f"{about['description']} {said}"}
    views = {name: {"description": view.description + part} for name, view in VIEWS.items()}
    queries = {
        name: query | {"description": query["description"] + part, "sql": query["sql"].strip()}
        for name, query in QUERIES.items()
    }
    tables = {name: _table(table) for name, table in TABLES.items()}
    return {**about, "databases": {database: {"tables": {**tables, **views}, "queries": queries}}}


def _table(table: Table) -> JsonObject:
    lists = {column.name for column in table.columns if column.kind == "list"}
    settings: JsonObject = {
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        "facets": [{"array": name} if name in lists else name for name in table.facets],
        "label_column": table.label, "sort": table.sort, "sort_desc": table.sort_desc,
    }  # fmt: skip
    if table.name == "events":
        settings |= {"fts_table": SEARCH, "fts_pk": "rowid"}
    return {key: value for key, value in settings.items() if value}
