"""What a Datasette export contains: its tables, views, queries and metadata, read from ``contents.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from scamcli.records.types import JsonObject


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: in SQL.
        description: what it holds.
        kind: ``text``, ``list``, ``number`` or ``whole number``.
        references: the table whose key it holds.
        key: the key of the record that its values come from, if that is not its name.
    """

    name: str
    description: str
    kind: str = "text"
    references: str = ""
    key: str = ""


class Table(NamedTuple):
    """A table.

    Attributes:
        name: in SQL.
        description: what a row is.
        columns: in order; the first is the key.
        label: the column that stands for a row where another row refers to it.
        facets: columns whose values are counted beside the rows.
        sort: the column by which rows are sorted.
        sort_desc: the same, largest first.
        indexes: in addition to those of references.
    """

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
    """A canned query, as Datasette's metadata have it."""

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

PART = "This export is a part of a timeline: answers, disputes and anything else outside of it are not included."
"""What each view and query says if the export was filtered."""


def metadata(database: str, *, is_part: bool) -> JsonObject:
    """Return the ``metadata.json`` of Datasette 0.64 and 0.65.

    Args:
        database: its name, the file without its ending.
        is_part: whether the export was filtered. The filter itself is not named, since it can hold a protected name.
    """
    about = (
        "A timeline of human trafficking and scam compounds. Every number is what somebody stated, with its wording,"
        " its bounds, who said it and who published it. An empty value is unknown. Figures can count the same people,"
        " so they do not add up. Being named, accused, or said to own something is not proof of guilt."
    )
    part = f" {PART}" if is_part else ""
    return {
        "title": "Timeline",
        "description": f"{about} This is a part of it, chosen by a query." if is_part else about,
        "source": "named with each event",
        "license": "not stated; quotations belong to their sources",
        "about": "scamcli",
        "databases": {
            database: {
                "tables": {
                    **{name: _table(table) for name, table in TABLES.items()},
                    **{name: {"description": view.description + part} for name, view in VIEWS.items()},
                },
                "queries": {
                    name: query | {"description": query["description"] + part, "sql": query["sql"].strip()}
                    for name, query in QUERIES.items()
                },
            }
        },
    }


def _table(table: Table) -> JsonObject:
    lists = {column.name for column in table.columns if column.kind == "list"}
    settings: JsonObject = {
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        "facets": [{"array": name} if name in lists else name for name in table.facets],
        "label_column": table.label,
        "sort": table.sort,
        "sort_desc": table.sort_desc,
    }
    if table.name == "events":
        settings |= {"fts_table": SEARCH, "fts_pk": "rowid"}
    return {key: value for key, value in settings.items() if value}
