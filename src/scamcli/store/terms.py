"""Terms: the names that events refer to, all forms under which a name is found, and who is protected.

Only this module decides whether an actor is protected, and only by its record: ``"protected": true``. The column
``placeholder`` only has the number N of ``[protected-N]`` that masks the name. If another program wrote to the file and
the number is missing, negative or used twice, another number is used instead, and ``info --verify`` reports it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from scamcli.errors import DatabaseError, NotFoundError, quote
from scamcli.language import names
from scamcli.language.vocabulary import LATER_METRICS, METRICS, Metric
from scamcli.records import canonical
from scamcli.store.history import successor
from scamcli.store.keys import NAMING_PROTECTED, ONLY_PROTECTED, PROTECTED, SAYS_PROTECTED, Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from scamcli.records.masking import Masker, Protected
    from scamcli.store.history import StoredRecord

NAMED = ("actor", "site")
"""Types whose spellings are folded; for others, only case and accents are ignored."""


_NOW = (
    "SELECT id, placeholder, name, CASE WHEN json_valid(record) THEN json_extract(record, '$.aliases') END"  # noqa: S608 - our words
    f" FROM term WHERE {PROTECTED}"
)
_KNOWN_NAMES = "SELECT form FROM name WHERE term = ? AND level IN (0, 1)"

# Protected actors whose record was removed, but whom the history still names. An undo of `protect` unmasks the name.
REMOVED = (
    "SELECT r.name, r.placeholder FROM change_record r INDEXED BY change_record_gone WHERE r.type = 'actor'"  # noqa: S608 - our words
    f" AND r.before IS NOT NULL AND r.after IS NULL AND {SAYS_PROTECTED.format('r.before')}"
    " AND NOT EXISTS (SELECT 1 FROM term WHERE term.type = 'actor' AND term.name = r.name)"
    " AND r.change = (SELECT max(change) FROM change_record l WHERE l.type = 'actor' AND l.name = r.name)"
    f" AND NOT ((SELECT command FROM change WHERE id = r.change) = 'undo' AND {ONLY_PROTECTED.format('r.name')})"
)
_ALIASES_BEFORE = "json_each(CASE WHEN json_valid(r.before) THEN r.before END, '$.aliases') alias"
_EARLIER_ALIASES = (
    "SELECT term.name, alias.value FROM term CROSS JOIN change_record r ON r.type = term.type AND r.name = term.name"  # noqa: S608 - our words
    f" AND r.before IS NOT NULL, {_ALIASES_BEFORE} WHERE {PROTECTED}"
)
_ALIASES_OF_REMOVED = (
    f"SELECT alias.value FROM change_record r, {_ALIASES_BEFORE}"  # noqa: S608 - our words
    " WHERE r.type = 'actor' AND r.name = ? AND r.before IS NOT NULL"
)

SPARE = 1_000_000
"""Numbers from here on are for actors without a usable stored number. Stored numbers are lower."""

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""The errors that reading a damaged record can raise."""


def by_form(connection: sqlite3.Connection, type_: str, level: int, form: str) -> list[tuple[int, str]]:
    """Return the terms (number, name) with a form at one level."""
    return connection.execute(
        "SELECT term.id, term.name FROM name JOIN term ON term.id = name.term"
        " WHERE name.type = ? AND level = ? AND form = ? ORDER BY term.name",
        [type_, level, form],
    ).fetchall()


def by_placeholder(connection: sqlite3.Connection, text: str) -> tuple[int, str] | None:
    """Return the actor that ``[protected-N]`` stands for, or the actor that it was merged into."""
    name = name_of(connection, text)
    name = name and (successor(connection, "actor", name) or name)
    found = by_form(connection, "actor", Level.NAME, name) if name else []
    return found[0] if found else None


def known(connection: sqlite3.Connection, type_: str, text: str) -> tuple[int, str] | None:
    """Return the term (number, name) with exactly this name or alias."""
    found = by_form(connection, type_, Level.NAME, text) or by_form(connection, type_, Level.ALIAS, text)
    if found:
        return found[0]
    return by_placeholder(connection, text) if type_ == "actor" else None


MOST_SIMILAR = 5
"""How many names a message lists as nearly the same as another."""


def similar(connection: sqlite3.Connection, type_: str, text: str) -> list[str]:
    """Return the names that have the same normalised or folded form as a text, at most `MOST_SIMILAR`."""
    if not names.normalise(text):
        return []  # it has neither letters nor digits, and neither have others
    found = by_form(connection, type_, Level.NORMALISED, names.normalise(text))
    found = found or by_form(connection, type_, Level.FOLDED, names.fold(text))
    found = found or (without_titles(connection, text) if type_ == "actor" else [])
    return [name for _, name in found[:MOST_SIMILAR]]


def without_titles(connection: sqlite3.Connection, text: str) -> list[tuple[int, str]]:
    """Return the people (number, name) whose name a text is after a title that can be a part of a name, such as Ko.

    For queries only. A name with the title of a man does not find an actor who has the title of a woman, or vice versa.
    """
    for rest, sex in names.without_titles(text):
        for level, form in (
            (Level.NAME, rest),
            (Level.ALIAS, rest),
            (Level.NORMALISED, names.normalise(rest)),
            (Level.FOLDED, names.fold(rest)),
        ):
            found = [row for row in by_form(connection, "actor", level, form) if _may_be_person(connection, row[0])]
            if found:
                return [row for row in found if sex not in _OTHER or _OTHER[sex] not in _sexes(connection, row[0])]
    return []


def _may_be_person(connection: sqlite3.Connection, term: int) -> bool:
    return (record_of(connection, term) or {}).get("kind") in ("person", None)


_OTHER = {"m": "f", "f": "m"}


def _sexes(connection: sqlite3.Connection, term: int) -> set[str]:
    """Return whose titles (``m`` or ``f``) the names of an actor have."""
    return {sex for (form,) in connection.execute(_KNOWN_NAMES, [term]) for _, sex in names.without_titles(form)}


def suggestions(connection: sqlite3.Connection, type_: str, text: str, *, protected: bool = False) -> list[str]:
    """Return the names and aliases that may have been meant, likeliest first, one for each term.

    Protected actors are left out by default, because a suggestion would confirm that a guess is close.
    """
    # Comparing 20,000 forms takes some 50 ms. In a timeline with more names, only the first are suggested.
    but = "" if protected else f" AND term NOT IN (SELECT id FROM term WHERE {PROTECTED})"  # noqa: S608 - our words
    sql = f"SELECT form, term FROM name WHERE type = ? AND level IN (0, 1){but} LIMIT 20000"  # noqa: S608 - our words
    forms: dict[str, int] = dict(connection.execute(sql, [type_]).fetchall())
    one_for_each_term = {forms[form]: form for form in reversed(names.suggest(text, forms))}
    return list(reversed(one_for_each_term.values()))


def not_found(connection: sqlite3.Connection, type_: str, name: str) -> NotFoundError:
    """Return the error for a name that no actor, site or metric has."""
    otherwise = f"`scamcli {type_}s` lists them." if type_ in NAMED else ""
    hint = names.did_you_mean(suggestions(connection, type_, name), otherwise)
    return NotFoundError(f"No {type_} named {quote(name[:120])}.", hint)


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
    (term,) = connection.execute(
        "INSERT INTO term (type, name, record) VALUES (?, ?, ?)"
        " ON CONFLICT (type, name) DO UPDATE SET record = excluded.record RETURNING id",
        [type_, name, canonical.line(record) if record else None],
    ).fetchone()
    _put_forms(connection, term, type_, name, record)
    give_number(connection, term, record, placeholder)
    return int(term)


def _put_forms(
    connection: sqlite3.Connection, term: int, type_: str, name: str, record: Mapping[str, object] | None
) -> None:
    connection.execute("DELETE FROM name WHERE term = ?", [term])
    connection.executemany(
        "INSERT INTO name (type, level, form, term) VALUES (?, ?, ?, ?)",
        [(type_, level, form, term) for level, form in forms_of(type_, name, record)],
    )


def forms_of(type_: str, name: str, record: Mapping[str, object] | None) -> set[tuple[int, str]]:
    """Return all forms under which a term is found. A data set is only found by its exact name."""
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
    """Return the ids of events, and the names of actors and sites, that refer to a term."""
    events = connection.execute(
        "SELECT DISTINCT event.id FROM event_term JOIN event ON event.key = event WHERE term = ? LIMIT 6", [term]
    ).fetchall()
    named = connection.execute(
        "SELECT name FROM term WHERE record IS NOT NULL AND id <> ? AND ("
        " EXISTS (SELECT 1 FROM json_each(record, '$.member_of') WHERE value = ?) OR"
        " EXISTS (SELECT 1 FROM json_each(json_array("
        "   json_extract(record, '$.owners'), json_extract(record, '$.operators'), json_extract(record, '$.statuses')"
        "  )) AS claims, json_each(claims.value) AS claim WHERE ? IN ("
        "  json_extract(claim.value, '$.name'), json_extract(claim.value, '$.stated_by'),"
        "  json_extract(claim.value, '$.outlet'))))",
        [term, name, name],
    ).fetchall()
    return [found for (found,) in (*events, *(named if name else []))]


def forget_unused(connection: sqlite3.Connection, found: list[int]) -> list[int]:
    """Delete the terms that have no record and no event that refers to them, and return their numbers."""
    sql = (
        "DELETE FROM term WHERE id = ? AND record IS NULL AND type <> 'actor'"
        " AND NOT EXISTS (SELECT 1 FROM event_term WHERE event_term.term = term.id) RETURNING id"
    )
    return [id_ for term in found for (id_,) in connection.execute(sql, [term])]


def metric(connection: sqlite3.Connection, name: str) -> Metric | None:
    """Return a built-in metric, or one that this timeline defines."""
    if name in METRICS and name not in LATER_METRICS:
        return METRICS[name]
    return own_metrics(connection, name).get(name) or METRICS.get(name)


def own_metrics(connection: sqlite3.Connection, name: str | None = None) -> dict[str, Metric]:
    """Return the metrics that this timeline defines, or only the one with a name, by name."""
    which = "name = ?1 OR (?1 IS NULL AND json_valid(record))"
    sql = f"SELECT name, record FROM term WHERE type = 'metric' AND record IS NOT NULL AND ({which})"  # noqa: S608 - our words
    records = ((own, json.loads(text)) for own, text in connection.execute(sql, [name]))
    return {
        own: Metric(own, record["unit"] or own, record["split"], record["count"], record["about"] or "")
        for own, record in records
    }


def has_default_unit(connection: sqlite3.Connection, name: str) -> bool:
    """Return whether a figure counts in the unit of its metric, because it has none of its own."""
    sql = "SELECT EXISTS (SELECT 1 FROM figure WHERE metric = ? AND unit IS NULL)"
    return bool(connection.execute(sql, [name]).fetchone()[0])


def is_protected(record: Mapping[str, object]) -> bool:
    """Return whether the record of an actor says that it is protected."""
    return record.get("protected") not in (None, False)


def is_number(placeholder: object) -> bool:
    """Return whether a stored number can mask a name."""
    return isinstance(placeholder, int) and 0 < placeholder < SPARE


def protected(connection: sqlite3.Connection, *, is_older: bool = False) -> Masker | None:
    """Return a masker for the names of protected actors, including earlier ones, or ``None`` if nobody is protected.

    Args:
        connection: an open connection.
        is_older: whether the file is from an older version, which may have no history.

    Raises:
        DatabaseError: the record of an actor that may be protected cannot be read.
    """
    try:
        terms, people = _people(connection, is_older=is_older)
    except UNREADABLE as error:
        hint = "Restore a backup; the file was left as it is."
        raise DatabaseError("The database is damaged: the record of a protected actor cannot be read.", hint) from error
    if not people:
        return None
    from scamcli.records.masking import Masker  # not at the top, because most timelines protect nobody
    from scamcli.store.printed_ids import PrintedIds

    found = Masker(people)
    found.ids = PrintedIds(connection, found, terms, has_history=not is_older)
    found.number_metrics(name for (name,) in connection.execute("SELECT name FROM term WHERE type = 'metric'"))
    return found


def _people(connection: sqlite3.Connection, *, is_older: bool) -> tuple[dict[int, int], list[Protected]]:
    """Return the placeholder numbers of protected actors by term, and all people whose names are masked."""
    now = connection.execute(_NOW).fetchall()
    removed = [] if is_older else connection.execute(REMOVED).fetchall()
    if not now and not removed:
        return {}, []
    from scamcli.records.masking import Protected, is_placeholder

    earlier = dict[str, dict[str, None]]()
    for name, alias in () if is_older else connection.execute(_EARLIER_ALIASES):
        earlier.setdefault(name, {})[alias] = None
    numbers, terms, people = set[int](), dict[int, int](), list[Protected]()
    for term, placeholder, name, aliases in now:
        terms[term] = _own(placeholder, SPARE + term, numbers)
        if aliases is None and placeholder is None:
            # The record is damaged, and no number says that it was protected.
            forms = [form for (form,) in connection.execute(_KNOWN_NAMES, [term])]
        else:
            forms = [name, *json.loads(aliases)]
        forms += [one for one in earlier.get(name, ()) if one not in forms and not is_named(connection, one, name)]
        # A name that was already masked in an import is not secret.
        people.append(Protected(terms[term], name, tuple(form for form in forms if not is_placeholder(form))))
    known = {form for person in people for form in person.forms}
    for at, (name, placeholder) in enumerate(removed):
        had = dict.fromkeys([name, *(alias for (alias,) in connection.execute(_ALIASES_OF_REMOVED, [name]))])
        left = tuple(form for form in had if form not in known and not is_named(connection, form, name))
        people += [Protected(_own(placeholder, 2 * SPARE + at, numbers), name, left)] if left else []
    return terms, people


def person(connection: sqlite3.Connection, name: str) -> Protected:
    """Return a protected actor with the names of its record."""
    from scamcli.records.masking import Protected

    sql = "SELECT placeholder, json_extract(record, '$.aliases') FROM term WHERE type = 'actor' AND name = ?"
    number, aliases = connection.execute(sql, [name]).fetchone()
    return Protected(number, name, (name, *json.loads(aliases)))


def _own(placeholder: int | None, spare: int, taken: set[int]) -> int:
    """Return the stored number, or the spare one if the stored one is invalid or already masks another name."""
    number = placeholder if placeholder is not None and is_number(placeholder) and placeholder not in taken else spare
    taken.add(number)
    return number


def naming_events(connection: sqlite3.Connection) -> set[int]:
    """Return the keys of the events that name a protected actor."""
    return {key for (key,) in connection.execute(f"SELECT event.key{NAMING_PROTECTED}")}


def is_named(connection: sqlite3.Connection, form: str, name: str) -> bool:
    """Return whether a form is a name or alias of an actor or site other than the one with this name."""
    sql = (
        "SELECT 1 FROM name JOIN term ON term.id = name.term WHERE name.type IN ('actor', 'site') AND level IN (0, 1)"
        " AND form = ? AND term.name <> ?"
    )
    return connection.execute(sql, [form, name]).fetchone() is not None


def give_number(
    connection: sqlite3.Connection, term: int, record: Mapping[str, object] | None, wanted: int | None
) -> None:
    """Give an actor a number if it is protected and has none, and remove the number if it is not protected.

    ``wanted`` is the number to give if nobody else has it.
    """
    (placeholder,) = connection.execute("SELECT placeholder FROM term WHERE id = ?", [term]).fetchone()
    if record is None or not is_protected(record):
        if placeholder is not None:
            connection.execute("UPDATE term SET placeholder = NULL WHERE id = ?", [term])
        return
    while not is_number(placeholder):
        placeholder = wanted or _number_before(connection, term) or _unused_number(connection)
        connection.execute("UPDATE OR IGNORE term SET placeholder = ? WHERE id = ?", [placeholder, term])
        (placeholder,) = connection.execute("SELECT placeholder FROM term WHERE id = ?", [term]).fetchone()
        wanted = None


def _number_before(connection: sqlite3.Connection, term: int) -> int | None:
    """Return the number that masked this actor during an earlier protection, unless another actor has it now."""
    row = connection.execute(
        "SELECT r.placeholder FROM change_record r JOIN term ON term.type = r.type AND term.name = r.name"
        " WHERE term.id = ? AND r.placeholder BETWEEN 1 AND ?"
        " AND NOT EXISTS (SELECT 1 FROM term other WHERE other.placeholder = r.placeholder)"
        " ORDER BY change DESC LIMIT 1",
        [term, SPARE - 1],
    ).fetchone()
    return row[0] if row else None


def _unused_number(connection: sqlite3.Connection) -> int:
    """Return a random number that has never masked anybody, so that earlier output stays correct."""
    from secrets import randbelow  # not at the top, because readers do not need it

    while True:
        number = randbelow(900_000) + 100_000
        if not connection.execute("SELECT 1 FROM change_record WHERE placeholder = ?", [number]).fetchone():
            return number


def name_of(connection: sqlite3.Connection, text: str) -> str | None:
    """Return the name that ``[protected-N]`` stands for or once stood for."""
    digits = text.removeprefix("[protected-").removesuffix("]")
    if not (text.startswith("[protected-") and text.endswith("]") and digits.isascii() and digits.isdigit()):
        return None
    row = connection.execute(
        "SELECT name FROM term WHERE placeholder = ?1 UNION ALL"  # noqa: S608 - our words
        " SELECT * FROM (SELECT name FROM change_record WHERE placeholder = ?1 ORDER BY change DESC) UNION ALL"
        f" SELECT name FROM term WHERE id = ?1 - {SPARE} AND {PROTECTED}",
        [int(digits[:18])],
    ).fetchone()
    return row[0] if row else None
