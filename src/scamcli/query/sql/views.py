"""The public views, whose names and columns stay the same when the tables below them change.

They are temporary views, created on the connection of each query, so that they are never older than the program. Each
is created twice: the view with the public name reads one with a random name, and only that one reads tables. The guard
recognises it by this name, which no query can know.
"""

from __future__ import annotations

from os import urandom
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.vocabulary import METRICS, ROLES
from scamcli.store.keys import JULIAN_EPOCH, OPEN_END, Rel

if TYPE_CHECKING:
    import sqlite3

SHARE_OF_TYPE = 0.001
"""The share of terms that are of one type, as SQLite's planner is told. Without it, two actors of one event are looked
up among all pairs of actors instead of those of the event, which takes ten times as long with 100,000 events."""


class View(NamedTuple):
    """A public view.

    Attributes:
        name: its name in a query.
        columns: the names of the columns, in order.
        about: what one row is, for the documentation.
        select: the expressions of the columns.
        tables: what follows FROM; ``SHOWN`` stands for the condition on events that may be shown. The conditions must
            read a column of each table: SQLite does not tell the guard through which view a table is read if nothing
            but its key is used.
    """

    name: str
    columns: tuple[str, ...]
    about: str
    select: str
    tables: str


def create(connection: sqlite3.Connection, *, drafts: bool) -> frozenset[str]:
    """Create the views, and return the names of those that may read tables."""
    return frozenset(_create(connection, view, "e.draft >= 0" if drafts else "e.draft = 0") for view in VIEWS)


def _create(connection: sqlite3.Connection, view: View, shown: str) -> str:
    inner = f"_{view.name}_{urandom(16).hex()}"
    columns = ", ".join(f'"{column}"' for column in view.columns)
    read = f"SELECT {view.select} FROM {view.tables.replace('SHOWN', shown)}"  # noqa: S608 - our own words
    connection.execute(f"CREATE TEMP VIEW {inner} ({columns}) AS {read}")
    connection.execute(f"CREATE TEMP VIEW {view.name} ({columns}) AS SELECT * FROM {inner}")  # noqa: S608 - our own words
    return inner


def _text(value: str, *keys: str) -> str:
    """Return keys of a JSON value as text columns, so that a number that is compared with one is converted."""
    return ", ".join(f"CAST(json_extract({value}, '$.{key}') AS TEXT)" for key in keys)


def _number(value: str, *keys: str) -> str:
    """Return keys of a JSON value as number columns, so that a text that is compared with one is converted."""
    return ", ".join(f"CAST(json_extract({value}, '$.{key}') AS NUMERIC)" for key in keys)


def _day(day: str) -> str:
    return f"CAST(date({day} + {JULIAN_EPOCH}) AS TEXT)"


def _rows(*rows: tuple[object, ...]) -> str:
    return "VALUES " + ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)


def _literal(value: object) -> str:
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"


def _referred(type_: str, more: str = "") -> str:
    """Return the join of events and the terms of one type that they refer to, which works from either side."""
    return (
        f"main.term t JOIN main.event_term x ON x.term = t.id AND x.rel = {int(Rel.CONCERNS)}"
        f" JOIN main.event e ON e.key = x.event{more} WHERE likelihood(t.type = '{type_}', {SHARE_OF_TYPE}) AND SHOWN"
    )


def _listed(key: str, types: str) -> str:
    """Return the rows of a list in the records of actors or sites."""
    return f"main.term t JOIN json_each(t.record, '$.{key}') v WHERE t.type IN ({types}) AND t.record IS NOT NULL"


_STATUS = "CASE e.draft WHEN 0 THEN 'reviewed' ELSE 'draft' END"
_END = f"CASE WHEN e.last < {OPEN_END} THEN {_day('e.last')} END"
_ROLES = _rows(*((1 << place, role) for place, role in enumerate(ROLES)))
_ORIGINAL = (
    "json_extract(s.value, '$.via') IS NOT NULL OR NOT EXISTS (SELECT 1 FROM json_each(e.record, '$.sources') o"
    " WHERE json_extract(o.value, '$.via') = json_extract(s.value, '$.outlet'))"
)
_BUILT_IN = _rows(*((*metric, 1) for metric in METRICS.values()))
_OWN = (
    "SELECT name, coalesce(json_extract(record, '$.unit'), name), json_extract(record, '$.split'),"
    " json_extract(record, '$.count'), json_extract(record, '$.about'), 0"
    " FROM main.term WHERE type = 'metric' AND record IS NOT NULL"
)

VIEWS = (
    View(
        "events",
        ("id", "date", "start", "end", "kind", "title", "summary", "status", "note", "record"),
        "an event; start and end are its days (an open end is NULL), record its JSON",
        f"e.id, {_text('e.record', 'date')}, {_day('e.start')}, {_END}, e.kind,"
        f" {_text('e.record', 'title', 'summary')}, {_STATUS}, {_text('e.record', 'note')}, e.record",
        "main.event e WHERE SHOWN",
    ),
    View(
        "event_actors",
        ("event", "actor", "role"),
        "the role of an actor in an event",
        "e.id, t.name, r.column2",
        _referred("actor", f" CROSS JOIN ({_ROLES}) r ON x.roles & r.column1"),
    ),
    View("event_provinces", ("event", "province"), "a province of an event", "e.id, t.name", _referred("province")),
    View(
        "event_places",
        ("event", "place", "country", "admin1", "province", "lat", "lon", "precision"),
        "a town or another place of an event",
        f"e.id, t.name, {_text('p.value', 'country', 'admin1', 'province')}, {_number('p.value', 'lat', 'lon')},"
        f" {_text('p.value', 'precision')}",
        _referred("place", " JOIN json_each(e.record, '$.places') p ON json_extract(p.value, '$.name') = t.name"),
    ),
    View("event_sites", ("event", "site"), "a site of an event", "e.id, t.name", _referred("site")),
    View(
        "event_countries",
        ("event", "country"),
        "a country of an event, ISO alpha-2",
        "e.id, t.name",
        _referred("country"),
    ),
    View(
        "event_nationalities",
        ("event", "nationality"),
        "a nationality in an event",
        "e.id, t.name",
        _referred("nationality"),
    ),
    View("event_tags", ("event", "tag"), "a tag of an event", "e.id, t.name", _referred("tag")),
    View(
        "event_texts",
        ("event", "text", "rank"),
        "the full text of an event, only for text MATCH terms('…'); the best match has the smallest rank",
        "e.id, t.event_text, t.rank",
        "main.event_text t CROSS JOIN main.event e ON e.key = t.rowid WHERE t.event_text NOT NULL AND SHOWN",
    ),
    View(
        "figures",
        (
            "event", "id", "metric", "unit", "stated", "low", "best", "high", "province", "nationality", "group",
            "period", "count", "stated_by", "part_of", "split_by", "split_complete", "of", "note",
        ),
        "a figure; an unknown bound is NULL, a NULL unit means that of the metric, of is a JSON array of ids",
        "e.id, f.id, f.metric, f.unit, f.stated, CAST(f.low AS NUMERIC), CAST(f.best AS NUMERIC),"
        ' CAST(f.high AS NUMERIC), f.province, f.nationality, f."group", f.period, f.count, f.stated_by, f.part_of,'
        " f.split_by, f.split_complete, f.of, CAST(json_extract(e.record, '$.figures[' || f.n || '].note') AS TEXT)",
        "main.figure f JOIN main.event e ON e.key = f.event WHERE SHOWN",
    ),
    View(
        "sources",
        ("event", "outlet", "title", "url", "published", "passage", "archived", "accessed", "via", "original"),
        "a source of an event; original is 0 if another source was only seen through it, otherwise 1",
        f"e.id, {_text('s.value', 'outlet', 'title', 'url', 'published', 'passage', 'archived', 'accessed', 'via')},"
        f" ({_ORIGINAL})",
        "main.event e JOIN json_each(e.record, '$.sources') s WHERE SHOWN",
    ),
    View(
        "links",
        ("event", "type", "target", "figure", "note"),
        "a link from an event to its target; figure limits it to one figure of the target",
        "e.id, l.type, l.target, l.figure, CAST(json_extract(e.record, '$.links[' || l.n || '].note') AS TEXT)",
        "main.link l JOIN main.event e ON e.key = l.event WHERE SHOWN",
    ),
    View(
        "actors",
        ("name", "kind", "protected", "note", "record"),
        "a person, body, company, outlet or gang; record is its JSON",
        f"t.name, {_text('t.record', 'kind')}, {_number('t.record', 'protected')}, {_text('t.record', 'note')},"
        " t.record",
        "main.term t WHERE t.type = 'actor' AND t.record IS NOT NULL",
    ),
    View(
        "positions",
        ("actor", "position"),
        "a position of an actor",
        "t.name, CAST(v.value AS TEXT)",
        _listed("positions", "'actor'"),
    ),
    View(
        "memberships",
        ("actor", "member_of"),
        "a body that an actor belongs to",
        "t.name, CAST(v.value AS TEXT)",
        _listed("member_of", "'actor'"),
    ),
    View(
        "topics",
        ("actor", "topic"),
        "a topic of an actor",
        "t.name, CAST(v.value AS TEXT)",
        _listed("topics", "'actor'"),
    ),
    View(
        "sites",
        ("name", "kind", "province", "place", "note", "record"),
        "a compound, casino, hotel or zone; record is its JSON",
        f"t.name, {_text('t.record', 'kind', 'province', 'place', 'note')}, t.record",
        "main.term t WHERE t.type = 'site' AND t.record IS NOT NULL",
    ),
    View(
        "owners",
        ("site", "name", "stated_by", "outlet", "event", "note"),
        "a claim that somebody owns a site, and who stated it",
        f"t.name, {_text('v.value', 'name', 'stated_by', 'outlet', 'event', 'note')}",
        _listed("owners", "'site'"),
    ),
    View(
        "aliases",
        ("type", "name", "alias"),
        "another name of an actor or a site",
        "t.type, t.name, CAST(v.value AS TEXT)",
        _listed("aliases", "'actor', 'site'"),
    ),
    View(
        "metrics",
        ("name", "unit", "split", "count", "about", "built_in"),
        "a metric, which says what a figure counts",
        "column1, column2, column3, column4, column5, column6",
        f"({_BUILT_IN} UNION ALL {_OWN})",
    ),
)  # fmt: skip
"""The public views. New columns go to the end of a view; none is ever renamed or removed."""

BY_NAME = {view.name: view for view in VIEWS}
