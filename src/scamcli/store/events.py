"""Writing one event: its record, and the rows by which it is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scamcli import dates, scripts
from scamcli.keys import OPEN_END, SEQUENCE_BITS, Level, Rel
from scamcli.sources import originals
from scamcli.store import terms
from scamcli.vocabulary import ROLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.models import Event

ROLE_BIT = {role: 1 << position for position, role in enumerate(ROLES)}


class EventWriter:
    """Puts events into an open transaction; remembers the terms that it has met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._terms: dict[tuple[str, str], int] = {}
        self._sequence: dict[int, int] = {}

    def put(self, event: Event) -> None:
        """Put an event in the place of the one with its id; it keeps its place within the day."""
        old = self.delete(event.id or "")
        start = dates.parse_date(event.date).start or 0
        self._insert(event, old if old is not None and old >> SEQUENCE_BITS == start else None)

    def insert(self, event: Event) -> None:
        """Insert an event whose id nobody has."""
        self._insert(event, None)

    def delete(self, event_id: str) -> int | None:
        """Delete an event by its id, and what only it referred to; the key that it had."""
        row = self.connection.execute("SELECT key FROM event WHERE id = ?", [event_id]).fetchone()
        if row is None:
            return None
        found = self.connection.execute("SELECT DISTINCT term FROM event_term WHERE event = ?", row).fetchall()
        self.connection.execute("DELETE FROM event WHERE key = ?", row)
        self.connection.execute("DELETE FROM event_text WHERE rowid = ?", row)
        gone = set(terms.forget_unused(self.connection, [term for (term,) in found]))
        self._terms = {name: term for name, term in self._terms.items() if term not in gone} if gone else self._terms
        return int(row[0])

    def _insert(self, event: Event, key: int | None) -> None:
        record = event.model_dump()
        when = dates.parse_date(event.date)
        start = when.start or 0
        key = self._key(start) if key is None else key
        run, many = self.connection.execute, self.connection.executemany
        last = OPEN_END if when.end is None else when.end
        run(
            "INSERT INTO event (key, id, start, last, sure, kind, draft, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [key, event.id, start, last, when.sure, event.kind, event.status == "draft",
             json.dumps(record, ensure_ascii=False)],
        )  # fmt: skip
        many(
            "INSERT INTO event_term (term, rel, event, roles) VALUES (?, ?, ?, ?)",
            self._references(event, key),
        )
        many(
            "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_figure_row(key, n, figure) for n, figure in enumerate(record["figures"])],
        )
        many(
            "INSERT INTO link (event, n, type, target, figure) VALUES (?, ?, ?, ?, ?)",
            [(key, n, link.type, link.event, link.figure) for n, link in enumerate(event.links)],
        )
        title, body, named = (scripts.index_text(text) for text in _texts(event))
        run(
            "INSERT INTO event_text (rowid, title, body, names) VALUES (?, ?, ?, ?)",
            [key, title, body, named],
        )

    def _key(self, start: int) -> int:
        first = start << SEQUENCE_BITS
        if start not in self._sequence:
            (top,) = self.connection.execute(
                "SELECT max(key) FROM event WHERE key BETWEEN ? AND ?",
                [first, first + (1 << SEQUENCE_BITS) - 1],
            ).fetchone()
            self._sequence[start] = first if top is None else top + 1
        else:
            self._sequence[start] += 1
        return self._sequence[start]

    def _term(self, type_: str, name: str) -> int:
        known = self._terms.get((type_, name))
        if known is None:
            found = terms.by_form(self.connection, type_, Level.NAME, name)
            known = found[0][0] if found else terms.put(self.connection, type_, name)
            self._terms[type_, name] = known
        return known

    def _references(self, event: Event, key: int) -> list[tuple[int, int, int, int]]:
        roles: dict[tuple[int, int], int] = {}
        for person in event.actors:
            term = self._term("actor", person.name)
            roles[term, Rel.CONCERNS] = roles.get((term, Rel.CONCERNS), 0) | ROLE_BIT[person.role]
        for type_, name, rel in _referred(event):
            roles[self._term(type_, name), rel] = 0
        return [(term, rel, key, bits) for (term, rel), bits in roles.items()]


def _referred(event: Event) -> Iterator[tuple[str, str, int]]:
    for source in originals([source.model_dump() for source in event.sources]):
        yield "actor", source["outlet"], Rel.ORIGINAL
    for via in (source.via for source in event.sources if source.via):
        yield "actor", via, Rel.VIA
    for type_, listed in (
        ("site", event.sites),
        ("province", event.provinces),
        ("nationality", event.nationalities),
        ("tag", event.tags),
        ("country", event.countries),
        ("place", [place.name for place in event.places]),
        ("metric", [figure.metric for figure in event.figures]),
    ):
        for name in listed:
            yield type_, name, Rel.CONCERNS


def _figure_row(key: int, n: int, figure: dict[str, Any]) -> tuple[object, ...]:
    split = figure["split"] or {"by": None, "complete": None}
    return (
        key, n, figure["id"], figure["metric"], figure["unit"], figure["stated"], figure["low"], figure["best"],
        figure["high"], figure["province"], figure["nationality"], figure["group"], figure["period"],
        figure["count"], figure["stated_by"], figure["part_of"], split["by"], split["complete"],
        json.dumps(figure["of"]) if figure["of"] else None,
    )  # fmt: skip


def _texts(event: Event) -> tuple[str, str, str]:
    """Title, body and names of an event; the titles of its sources are theirs, and would find every event of one."""
    said = (text for figure in event.figures for text in (figure.stated, figure.note) if text)
    linked = (link.note for link in event.links if link.note)
    body = "\n".join([event.summary or "", event.note or "", *said, *linked])
    called = [person.name for person in event.actors] + [source.outlet for source in event.sources]
    called += [place.name for place in event.places]
    named = "\n".join([*called, *event.sites, *event.provinces, *event.nationalities, *event.tags])
    return event.title, body, named
