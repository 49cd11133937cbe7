"""The public views, whose names and columns stay the same when the tables below them change.

They are temporary views, created on the connection of each query, so they are never older than the program. Each is
created twice: the view with the public name reads a view with a random name, and only the latter reads tables. The
guard recognises it by its name, which no query can know.
"""

from __future__ import annotations

import tomllib
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.vocabulary import METRICS, ROLES
from scamcli.store.keys import JULIAN_EPOCH, OPEN_END, Rel

if TYPE_CHECKING:
    import sqlite3


class View(NamedTuple):
    """A public view, as ``views.toml`` defines it.

    Attributes:
        name: the name of the view in a query.
        columns: the names of the columns, in order.
        about: what one row represents, for the documentation.
        select: the expressions of the columns.
        tables: the text after FROM.
    """

    name: str
    columns: tuple[str, ...]
    about: str
    select: str
    tables: str


def create(connection: sqlite3.Connection, *, drafts: bool) -> frozenset[str]:
    """Create the views, and return the names of those that may read tables."""
    fragments = {
        "shown": "e.draft >= 0" if drafts else "e.draft = 0",
        "julian_epoch": JULIAN_EPOCH,
        "open_end": OPEN_END,
        # A join of events and the terms that they refer to, which is fast in either direction.
        "referring": f"main.term t JOIN main.event_term x ON x.term = t.id AND x.rel = {int(Rel.CONCERNS)}"
        " JOIN main.event e ON e.key = x.event",
        "roles": _rows(*((1 << index, role) for index, role in enumerate(ROLES))),
        "metrics": _rows(*((*vars(metric).values(), 1) for metric in METRICS.values())),
    }
    trusted = set[str]()
    for view in VIEWS:
        inner = f"_{view.name}_{urandom(16).hex()}"
        columns = ", ".join(f'"{column}"' for column in view.columns)
        read = f"SELECT {view.select} FROM {view.tables}".format_map(fragments)  # noqa: S608 - our own words
        connection.execute(f"CREATE TEMP VIEW {inner} ({columns}) AS {read}")
        connection.execute(f"CREATE TEMP VIEW {view.name} ({columns}) AS SELECT * FROM {inner}")  # noqa: S608 - our own words
        trusted.add(inner)
    return frozenset(trusted)


def _rows(*rows: tuple[object, ...]) -> str:
    return "VALUES " + ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)


def _literal(value: object) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"


VIEWS = tuple(
    View(view["name"], tuple(view["columns"]), view["about"], ", ".join(view["columns"].values()), view["from"])
    for view in tomllib.loads(Path(__file__).with_name("views.toml").read_text(encoding="utf-8"))["view"]
)
"""The public views."""

BY_NAME = {view.name: view for view in VIEWS}
