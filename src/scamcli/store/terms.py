"""Terms: what events refer to by name, and every form under which a name is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DatabaseError
from scamcli.language import names
from scamcli.language.vocabulary import METRICS, Metric
from scamcli.records import canonical
from scamcli.store.history import placeholder_name, successor
from scamcli.store.keys import Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from scamcli.records.masking import Masker
    from scamcli.store.history import StoredRecord

NAMED = ("actor", "site")
"""Types whose spellings are folded; the others match without regard to case and accents only."""


def by_form(connection: sqlite3.Connection, type_: str, level: Level, form: str) -> list[tuple[int, str]]:
    """Return the terms (number, name) that a form names at one level."""
    return connection.execute(
        "SELECT term.id, term.name FROM name JOIN term ON term.id = name.term"
        " WHERE name.type = ? AND level = ? AND form = ? ORDER BY term.name",
        [type_, level, form],
    ).fetchall()


def by_placeholder(connection: sqlite3.Connection, text: str) -> tuple[int, str] | None:
    """Return the actor that ``[protected-N]`` stands for, or into whom that actor was merged."""
    name = placeholder_name(connection, text)
    name = name and (successor(connection, "actor", name) or name)
    found = by_form(connection, "actor", Level.NAME, name) if name else []
    return found[0] if found else None


def known(connection: sqlite3.Connection, type_: str, text: str) -> tuple[int, str] | None:
    """Return the term (number, name) of exactly this name or alias."""
    found = by_form(connection, type_, Level.NAME, text) or by_form(connection, type_, Level.ALIAS, text)
    if found:
        return found[0]
    return by_placeholder(connection, text) if type_ == "actor" else None


def similar(connection: sqlite3.Connection, type_: str, text: str) -> list[str]:
    """Return the names whose normalised or folded form is that of a text."""
    found = by_form(connection, type_, Level.NORMALISED, names.normalise(text))
    return [name for _, name in found or by_form(connection, type_, Level.FOLDED, names.fold(text))]


def record_of(connection: sqlite3.Connection, term: int) -> StoredRecord | None:
    """Return the record of an actor, a site or a metric."""
    row = connection.execute("SELECT record FROM term WHERE id = ?", [term]).fetchone()
    return json.loads(row[0]) if row and row[0] else None


def put(
    connection: sqlite3.Connection,
    type_: str,
    name: str,
    record: Mapping[str, object] | None = None,
    placeholder: int | None = None,
) -> int:
    """Insert or replace a term with all of its forms, and return its number."""
    text = canonical.line(record) if record else None
    (term,) = connection.execute(
        "INSERT INTO term (type, name, record) VALUES (?, ?, ?)"
        " ON CONFLICT (type, name) DO UPDATE SET record = excluded.record RETURNING id",
        [type_, name, text],
    ).fetchone()
    connection.execute("DELETE FROM name WHERE term = ?", [term])
    connection.executemany(
        "INSERT INTO name (type, level, form, term) VALUES (?, ?, ?, ?)",
        [(type_, level, form, term) for level, form in forms_of(type_, name, record)],
    )
    _protect(connection, term, bool((record or {}).get("protected")), placeholder)
    return int(term)


def forms_of(type_: str, name: str, record: Mapping[str, object] | None) -> set[tuple[Level, str]]:
    """Return every form under which a term is found. A data set is only found by its exact name."""
    if type_ == "dataset":
        return {(Level.NAME, name)}
    aliases = cast("list[str]", (record or {}).get("aliases", []))
    forms = {(Level.NAME, name), *((Level.ALIAS, alias) for alias in aliases)}
    for written in (name, *aliases):
        forms.add((Level.NORMALISED, names.normalise(written)))
        if type_ in NAMED:
            forms.add((Level.FOLDED, names.fold(written)))
    return forms


def users(connection: sqlite3.Connection, term: int, name: str) -> list[str]:
    """Return what refers to a term: ids of events, and names of the actors and sites that name this actor."""
    events = connection.execute(
        "SELECT DISTINCT event.id FROM event_term JOIN event ON event.key = event WHERE term = ? LIMIT 6", [term]
    ).fetchall()
    named = connection.execute(
        "SELECT name FROM term WHERE record IS NOT NULL AND id <> ? AND ("
        " EXISTS (SELECT 1 FROM json_each(record, '$.member_of') WHERE value = ?) OR"
        " EXISTS (SELECT 1 FROM json_each(record, '$.owners') AS owner WHERE ? IN ("
        "  json_extract(owner.value, '$.name'), json_extract(owner.value, '$.stated_by'),"
        "  json_extract(owner.value, '$.outlet'))))",
        [term, name, name],
    ).fetchall()
    return [found for (found,) in (*events, *(named if name else []))]


def forget_unused(connection: sqlite3.Connection, found: list[int]) -> list[int]:
    """Delete those of the terms that have no record and that no event refers to; return which these were."""
    sql = (
        "DELETE FROM term WHERE id = ? AND record IS NULL AND type <> 'actor'"
        " AND NOT EXISTS (SELECT 1 FROM event_term WHERE event_term.term = term.id) RETURNING id"
    )
    return [id_ for term in found for (id_,) in connection.execute(sql, [term])]


def metric(connection: sqlite3.Connection, name: str) -> Metric | None:
    """Return a built-in metric, or one that this timeline defines."""
    if name in METRICS:
        return METRICS[name]
    found = by_form(connection, "metric", Level.NAME, name)
    record = record_of(connection, found[0][0]) if found else None
    if record is None:
        return None
    return Metric(name, record["unit"] or name, record["split"], record["count"], record["about"] or "")


def _protect(connection: sqlite3.Connection, term: int, protected: bool, wanted: int | None) -> None:
    (placeholder,) = connection.execute("SELECT placeholder FROM term WHERE id = ?", [term]).fetchone()
    if not protected and placeholder is not None:
        connection.execute("UPDATE term SET placeholder = NULL WHERE id = ?", [term])
    while protected and placeholder is None:
        placeholder = wanted or _number_before(connection, term) or _unused_number(connection)
        connection.execute("UPDATE OR IGNORE term SET placeholder = ? WHERE id = ?", [placeholder, term])
        (placeholder,) = connection.execute("SELECT placeholder FROM term WHERE id = ?", [term]).fetchone()
        wanted = None


def _number_before(connection: sqlite3.Connection, term: int) -> int | None:
    """Return the number that masked this actor when it was protected before, unless another has it now."""
    row = connection.execute(
        "SELECT r.placeholder FROM change_record r JOIN term ON term.type = r.type AND term.name = r.name"
        " WHERE term.id = ? AND r.placeholder IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM term other WHERE other.placeholder = r.placeholder)"
        " ORDER BY change DESC LIMIT 1",
        [term],
    ).fetchone()
    return row[0] if row else None


def _unused_number(connection: sqlite3.Connection) -> int:
    """Return a random number that has never masked anybody, so that what was printed once stays true."""
    from secrets import randbelow  # here, because readers do not need it

    while True:
        number = randbelow(900_000) + 100_000
        if not connection.execute("SELECT 1 FROM change_record WHERE placeholder = ?", [number]).fetchone():
            return number


def protected(connection: sqlite3.Connection, *, is_older: bool = False) -> Masker | None:
    """Return what masks the names of protected actors, earlier names included; ``None`` if nobody is protected.

    Args:
        connection: open.
        is_older: whether the file is of a version without a history.
    """
    try:
        return _masker(connection, is_older=is_older)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        hint = "Restore a backup; the file was left as it is."
        raise DatabaseError("The database is damaged: the record of a protected actor cannot be read.", hint) from error


def _masker(connection: sqlite3.Connection, *, is_older: bool) -> Masker | None:
    now = connection.execute("SELECT placeholder, name, record FROM term WHERE placeholder > 0").fetchall()
    # Actors who were protected when their record was removed: the history still names them.
    sql = (
        "SELECT r.placeholder, r.name FROM change_record r WHERE r.placeholder IS NOT NULL"
        " AND r.after IS NULL AND NOT EXISTS (SELECT 1 FROM term WHERE term.type = r.type AND term.name = r.name)"
        " AND r.change = (SELECT max(change) FROM change_record l WHERE l.type = r.type AND l.name = r.name)"
    )
    removed = [] if is_older else connection.execute(sql).fetchall()
    if not now and not removed:
        return None
    from scamcli.records.masking import Masker, Protected  # here, because most timelines protect nobody

    people = []
    for number, name, record in now:
        earlier = [] if is_older else _names_before(connection, name)
        people.append(Protected(number, name, tuple(dict.fromkeys((name, *json.loads(record)["aliases"], *earlier)))))
    known = {form for person in people for form in person.forms}
    for number, name in removed:
        had = [form for form in (name, *_names_before(connection, name)) if form not in known]
        forms = tuple(form for form in had if not is_named(connection, form, name))
        people += [Protected(number, name, forms)] if forms else []
    if not people:
        return None
    masker = Masker(people)
    found = connection.execute(
        "SELECT event.id, term.placeholder FROM term CROSS JOIN event_term ON event_term.term = term.id AND rel = 0"
        " JOIN event ON event.key = event_term.event WHERE term.placeholder > 0"
    )
    printed = {id_: masker.words_of(frozenset({number})).mask(id_, bare=True) for id_, number in found}
    printed |= {} if is_older else _ids_before(connection, masker)
    ids = {id_: shown for id_, shown in printed.items() if shown != id_}
    return Masker(people, ids) if ids else masker


def _ids_before(connection: sqlite3.Connection, masker: Masker) -> dict[str, str]:
    """Return how the ids of removed events are printed that contain a word of a protected name."""
    everybody = masker.words_of(frozenset(masker.names))
    rows = connection.execute(
        "SELECT name, before FROM change_record r WHERE type = 'event' AND after IS NULL AND before IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM event WHERE event.id = r.name)"
    )
    return {
        id_: str(masker.record(json.loads(text))["id"]) for id_, text in rows if everybody.mask(id_, bare=True) != id_
    }


def _names_before(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the aliases that an actor ever had and that are nobody else's name now."""
    texts = connection.execute(
        "SELECT before FROM change_record WHERE type = 'actor' AND name = ? AND before IS NOT NULL", [name]
    )
    had = dict.fromkeys(alias for (text,) in texts for alias in json.loads(text)["aliases"])
    return [alias for alias in had if not is_named(connection, alias, name)]


def is_named(connection: sqlite3.Connection, form: str, name: str) -> bool:
    """Return whether a form is the name or an alias of another actor or site than the one of this name."""
    sql = (
        "SELECT 1 FROM name JOIN term ON term.id = name.term WHERE name.type IN ('actor', 'site') AND level IN (0, 1)"
        " AND form = ? AND term.name <> ?"
    )
    return connection.execute(sql, [form, name]).fetchone() is not None


def masked_name(connection: sqlite3.Connection, type_: str, text: str, masker: Masker | None) -> str | None:
    """Return the name that is printed as a text; only names with a protected name are printed differently."""
    if masker is None or "protected-" not in text:
        return None
    from scamcli.records.masking import bare_id

    shown, printed = (masker.metric, bare_id(text)) if type_ == "metric" else (masker.text, text)
    own = (str(name) for (name,) in connection.execute("SELECT name FROM term WHERE type = ?", [type_]))
    return next((name for name in own if shown(name) == printed), None)


def masked_id(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str | None:
    """Return the id of the event that is printed with an id; only ids with a protected name are printed differently."""
    if masker is None:
        return None
    from scamcli.records.masking import bare_id

    wanted = bare_id(text)
    if "protected-" not in wanted:
        return None
    known = next((id_ for id_, printed in masker.ids.items() if printed == wanted), None)
    ids = (str(id_) for (id_,) in connection.execute("SELECT id FROM event"))
    return known or next((id_ for id_ in ids if bare_id(masker.text(id_)) == wanted), None)
