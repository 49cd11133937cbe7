"""Redact a name or an event: remove it everywhere, including from the history. This cannot be undone.

The records are rewritten in one transaction, which also marks the file as unfinished. Then the file is rebuilt and its
journal emptied, so that no page of either contains the old text, and the mark is removed. If the process is killed in
between, the mark remains, and the next command finishes the redaction.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from itertools import groupby
from secrets import randbelow
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError, NotFoundError, quote
from scamcli.language import folding
from scamcli.records import canonical
from scamcli.records.claims import claims_of
from scamcli.records.masking import Masker, Protected, check_names
from scamcli.store import evidence, redact_history, redact_texts, terms
from scamcli.store.backup import known
from scamcli.store.connection import (
    BUSY_SECONDS,
    UNFINISHED,
    inode,
    is_unfinished,
    open_file,
    same_file,
    translate_sqlite_errors,
)
from scamcli.store.history import find_removed, merged_into, user
from scamcli.store.redact_history import NewRows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scamcli.records.types import JsonObject
    from scamcli.store.redact_evidence import FileRedaction
    from scamcli.store.redact_history import Row
    from scamcli.store.writer import Writer

WORD = "redacted"
MOST_WORDS = 20
"""How many words a name may have that is not recorded as one."""

MOST_LISTED = 10
"""How many names of others a note lists."""

PLACEHOLDER = rf"\[{WORD}-\d+\]"
EMPTIED: JsonObject = {
    "aliases": [], "positions": [], "member_of": [], "topics": [], "protected": False, "note": None,
}  # fmt: skip
"""The values in the record of a redacted actor afterwards."""


class Redacted(NamedTuple):
    """The outcome of a redaction.

    Attributes:
        placeholder: the replacement for the name or id.
        records: the number of records that were rewritten.
        versions: the number of earlier versions of records in the history that were rewritten.
        texts: the number of texts that were rewritten.
        backups: copies that still exist and may still contain the name or event.
    """

    placeholder: str
    records: int
    versions: int
    texts: int
    backups: list[str]


def redact_name(writer: Writer, name: str, files: FileRedaction) -> Redacted:
    """Remove a name and all other names of its owner from every record, every id and the whole history.

    The name may be that of an actor or a site, or any name that occurs in a text.

    Raises:
        NotFoundError: the name does not occur.
        DataError: the name is too short to be distinguished from other words, or two actors would get the same name.
    """
    _check(writer.connection, name)
    people = _people(writer, name)
    kept = _names_of_others(writer.connection, people)
    if kept:
        shown = sorted(map(writer.shown, kept))  # the order of the real names would tell of one that is masked
        listed = ", ".join(map(quote, shown[:MOST_LISTED]))
        more = f" and {len(kept) - MOST_LISTED:,} more" if len(kept) > MOST_LISTED else ""
        writer.changes.warnings.append(f"These names of others have words of it, and stay: {listed}{more}.")
    also = redact_texts.people_by_event(writer.connection, Masker(people, word=WORD, kept=kept))
    ids = _ids(writer.connection, Masker(people, word=WORD, also=also, kept=kept))
    own = {person.name for person in people}
    masker = Masker(people, ids, WORD, also, kept)
    metrics = "SELECT name FROM term WHERE type = 'metric' UNION SELECT name FROM change_record WHERE type = 'metric'"
    masker.number_metrics(name for (name,) in writer.connection.execute(metrics))
    redaction = _Redaction(writer, masker, own, frozenset(), files)
    return redaction.run(f"[{WORD}-{people[0].number}]", f"{quote(name)} does not occur in this file.")


def redact_event(writer: Writer, event_id: str, files: FileRedaction) -> Redacted:
    """Remove an event with its history, everything that was merged into it, and the links to it."""
    placeholder = f"{WORD}-{_number()}"
    out = frozenset([event_id, *merged_into(writer.connection, "event", event_id)])
    redaction = _Redaction(writer, Masker([], dict.fromkeys(out, placeholder), WORD), set(), out, files)
    return redaction.run(placeholder, f"No event with the id {quote(event_id)}.")


def finish(path: Path, seconds: float = BUSY_SECONDS) -> bool:
    """Finish an unfinished redaction: rebuild the file and empty its journal. Wait some seconds for other processes.

    Returns:
        Whether a redaction was unfinished.

    Raises:
        DatabaseError: another process is reading and may still need the old text, or the file cannot be written.
    """
    file = inode(path)
    try:
        with (
            translate_sqlite_errors(path),
            closing(open_file(path, write=True)) as connection,
            same_file(connection, path, file),
        ):
            if not is_unfinished(connection):
                return False
            connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
            _rebuild(connection, path)
            return True
    except DatabaseError as error:
        hint = "The records no longer contain it, but the file still does. Run any command afterwards to finish it."
        raise DatabaseError(f"The redaction is not finished, because {error.message}", hint) from error


def _rebuild(connection: sqlite3.Connection, path: Path) -> None:
    evidence.finish(path)  # files that the redaction was to delete
    connection.execute("VACUUM")
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DatabaseError(f"{path} is busy: another process is reading it.")
    connection.execute("PRAGMA user_version = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


class _Redaction:
    """Rewrites every record, every version in the history, and everything derived from them."""

    def __init__(
        self, writer: Writer, masker: Masker, own: set[str], out: frozenset[str], files: FileRedaction
    ) -> None:
        self._writer = writer
        self._connection = writer.connection
        self._masker = masker
        self._own = own
        self._out = out
        """The ids of the events to remove."""
        self._files = files

    def run(self, placeholder: str, nothing: str) -> Redacted:
        """Rewrite everything, and return the outcome; raise an error if there is nothing to rewrite."""
        wrong = redact_history.wrong_content(self._connection)  # stays wrong, so that `info --verify` reports it
        self._files.search(self._connection, self._masker, self._out)
        texts = redact_texts.redact(self._connection, self._masker, self._out)
        changed = dict(self._changed())
        history = self._history(changed)  # first, because it is compared with the records before they are rewritten
        self._rewrite(changed)
        leaves = redact_history.Leaves(self._connection)
        leaves.replace_records(history)
        backups = [path for _, path in known(self._connection)]
        mentions = leaves.redact_changes(self._masked) + self._paths()
        mentions += self._files.rewrite(self._connection, self._masker, self._out)
        if not changed and not history and not mentions and not texts:
            hint = "Only whole names match. `scamcli search` finds texts, and `scamcli actors` lists names."
            raise NotFoundError(nothing, hint)
        cause = self._writer.history.cause
        cause.by, cause.reason = self._masked(cause.by or user()), cause.reason and self._masked(cause.reason)
        self._files.remove(self._connection, self._writer.history)
        leaves.seal(self._writer.history, wrong)
        self._connection.execute("INSERT INTO event_text (event_text) VALUES ('rebuild')")
        self._connection.execute("INSERT INTO event_stem (event_stem) VALUES ('rebuild')")
        self._connection.execute("DROP TABLE IF EXISTS sqlite_stat4")  # samples of values, for the query planner
        self._connection.execute(f"PRAGMA user_version = {UNFINISHED}")
        self._writer.forget_mask()
        versions = sum(len(rows.new) for rows in history)
        return Redacted(placeholder, len(changed), versions, texts, backups)

    def _rewritten(self, text: str) -> str:
        record = json.loads(text)
        found = self._masker.record(record)
        if "aliases" in found:
            found["aliases"] = [name for name in found["aliases"] if not re.fullmatch(PLACEHOLDER, name)]
            if record["name"] in self._own:
                found |= {key: value for key, value in EMPTIED.items() if key in found}
        gone = {self._masker.ids[id_] for id_ in self._out}
        if "links" in found:
            found["links"] = [link for link in found["links"] if link["event"] not in gone]
        for claim in claims_of(found):
            claim["event"] = None if claim["event"] in gone else claim["event"]
        return canonical.line(found)

    def _changed(self) -> Iterator[tuple[tuple[str, str], str]]:
        """Yield type, name and new text of each record that changes, and of each event to remove; entities first."""
        rows = self._connection.execute(
            "SELECT type, name, record FROM term WHERE record IS NOT NULL"
            " UNION ALL SELECT 'event', id, record FROM event"
        )
        for type_, name, text in rows:
            found = self._rewritten(text)
            if found != text or (type_ == "event" and name in self._out):
                yield (type_, name), found

    def _rewrite(self, changed: Mapping[tuple[str, str], str]) -> None:
        for (type_, name), text in changed.items():
            if type_ != "event":
                self._rewrite_entity(type_, name, json.loads(text))
            elif name in self._out:
                self._writer.events.take_out(name)
            else:
                self._writer.events.rewrite(name, json.loads(text))

    def _rewrite_entity(self, type_: str, name: str, record: JsonObject) -> None:
        sql = "SELECT id FROM term WHERE type = ? AND name = ?"
        (term,) = self._connection.execute(sql, [type_, name]).fetchone()
        new = str(record["name"])
        self._require_distinct(type_, new, term)
        self._connection.execute("UPDATE term SET name = ? WHERE id = ?", [new, term])
        terms.put(self._connection, type_, new, record)

    def _require_distinct(self, type_: str, name: str, term: int) -> None:
        rows = self._connection.execute("SELECT name, id FROM term WHERE type = ? AND record IS NOT NULL", [type_])
        same = [(old, other) for old, other in rows if old == name or self._name(type_, old) == name]
        if any(other != term for _, other in same):
            listed = " and ".join(quote(old) for old, _ in same)
            raise DataError(f"{listed} would get the same name.", "Merge them first with `scamcli names merge`.")

    def _history(self, changed: Mapping[tuple[str, str], str]) -> list[NewRows]:
        """Return the new rows of each record with changes in its history. A removed event has no rows.

        Args:
            changed: The new texts of the records that change.
        """
        rows = self._connection.execute(
            "SELECT change, type, name, before, after, successor, placeholder, CASE type"
            "  WHEN 'event' THEN (SELECT record FROM event WHERE id = r.name)"
            "  ELSE (SELECT record FROM term WHERE term.type = r.type AND term.name = r.name) END"
            " FROM change_record r ORDER BY type, name, change"
        )
        found: list[NewRows] = []
        for (type_, name), group in groupby(rows, key=lambda row: (row[1], row[2])):
            whole = list(group)
            old = [row[:7] for row in whole]
            now = whole[-1][7]
            is_out = type_ == "event" and name in self._out
            new = [] if is_out else self._chain(old, now, changed.get((type_, name), now))
            if new != old:
                found.append(NewRows(old, new))
        best: dict[tuple[str, str], list[Row]] = {}
        for _, new in found:  # if two spellings become the same name, the existing or latest one stays
            if new:
                same = best.get(new[0][1:3], new)
                best[new[0][1:3]] = max(same, new, key=lambda chain: (chain[-1][4] is not None, chain[-1][0]))
        return [NewRows(old, new if new and best[new[0][1:3]] is new else []) for old, new in found]

    def _chain(self, rows: list[Row], current: str | None, rewritten: str | None) -> list[Row]:
        """Return a record's rows, each with the digest of the version that follows it, at last the current record."""
        texts = [row[3] for row in rows] + [current]
        found = [None if text is None else self._rewritten(text) for text in texts[:-1]] + [rewritten]
        new = []
        for at, (change, type_, name, _, after, successor, number) in enumerate(rows):
            became = found[at + 1]
            if after is not None and became is not None and became != texts[at + 1]:
                after = canonical.digest(became)
            into = successor and self._name(type_, successor)
            kept = None if name in self._own else number
            new.append((change, type_, self._name(type_, name), found[at], after, into, kept))
        return new

    def _name(self, type_: str, name: str) -> str:
        if type_ == "event":
            return self._masker.ids.get(name, name)
        if type_ == "metric":
            return self._masker.metric(name)
        return str(self._masker.record({"name": name})["name"])

    def _masked(self, text: str) -> str:
        """Redact a text about a change. It may be about anybody, so every single word of the name is masked too."""
        return self._masker.words_of(frozenset(self._masker.names)).mask(self._masker.text(text))

    def _paths(self) -> int:
        """Redact the paths of copies."""
        rows = self._connection.execute("SELECT rowid, path FROM backup").fetchall()
        changed = [(found, rowid) for rowid, path in rows if (found := self._masked(path)) != path]
        self._connection.executemany("UPDATE backup SET path = ? WHERE rowid = ?", changed)
        return len(changed)


def _check(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a name that is probably a mistake, because a redaction cannot be undone."""
    check_names([name])
    if not any(char.isalpha() for char in name):
        raise DataError(f"{quote(name)} is not a name: it has no letter.", "Give a name, or the full id of an event.")
    ids = connection.execute("SELECT id FROM event WHERE id >= ? AND id < ?", [name, name + "\U0010ffff"]).fetchone()
    if ids and name[:1].isdigit():
        raise DataError(f"{quote(name)} is the beginning of an event's id.", f"Give the full id: {quote(ids[0])}.")
    is_known = any(terms.known(connection, type_, name) for type_ in terms.NAMED)
    if not is_known and len(name.split()) > MOST_WORDS:  # to look for every order of them would take minutes
        raise DataError(f"{quote(name)} is not a name: it has more than {MOST_WORDS} words.", "Give the name alone.")
    if " " in name or is_known:
        return
    rows = connection.execute("SELECT name FROM term WHERE type = 'actor' AND record IS NOT NULL")
    holding = [one for (one,) in rows if name.casefold() in one.casefold().split()]
    if holding and not _nearly_called(connection, name):
        hint = "Redact that name: all of its words are redacted with it."
        raise DataError(f"{quote(name)} is one word of {' and '.join(map(quote, holding[:3]))}.", hint)


def _number() -> int:
    return randbelow(900_000) + 100_000


def _people(writer: Writer, name: str) -> list[Protected]:
    """Return the owner of the name and everyone merged into that owner, each with all names they ever had."""
    connection = writer.connection
    known = terms.known(connection, "actor", name) or terms.known(connection, "site", name)
    found = [known[1]] if known else _former_owners(connection, name)
    if not found and (near := _nearly_called(connection, name)):
        listed = " or ".join(quote(writer.shown(one)) for one in sorted(near))
        raise DataError(f"Nobody is called exactly {quote(name)}, and this cannot be undone.", f"Perhaps {listed}?")
    if len(found) > 1:
        listed = " or ".join(map(quote, sorted(found)))
        raise DataError(f"{quote(name)} matches more than one name: {listed}.", "Give one of these names.")
    names = found or [name]
    for one in names:
        merged = "SELECT DISTINCT type, name FROM change_record WHERE successor = ? AND type IN ('actor', 'site')"
        for type_, other in connection.execute(merged, [one]).fetchall():
            was = find_removed(connection, type_, other)
            if was is not None and was.successor == one and other not in names:
                names.append(other)
    people = []
    for one in names:
        texts = connection.execute(
            "SELECT record FROM term WHERE name = ? AND type IN ('actor', 'site') AND record IS NOT NULL UNION"
            " SELECT before FROM change_record WHERE name = ? AND type IN ('actor', 'site') AND before IS NOT NULL",
            [one, one],
        )
        aliases = {alias for (text,) in texts for alias in json.loads(text)["aliases"]} - set(names)
        forms = [
            alias for alias in sorted(aliases) if _is_distinct(alias) and not terms.is_named(connection, alias, one)
        ]
        given = [name] if one == names[0] and name != one else []
        people.append(Protected(_number(), one, tuple(dict.fromkeys((one, *given, *forms)))))
    return people


def _former_owners(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return everyone who once had the name or alias."""
    rows = connection.execute(
        "SELECT DISTINCT name FROM change_record WHERE type IN ('actor', 'site') AND before IS NOT NULL AND (name = ?1"
        " OR EXISTS (SELECT 1 FROM json_each(before, '$.aliases') WHERE value = ?1))",
        [name],
    )
    return [found for (found,) in rows]


def _names_of_others(connection: sqlite3.Connection, people: Sequence[Protected]) -> set[str]:
    """Return the names of others in which nothing is redacted, although they have words of this one.

    These are names that only share a word (Quibble House), have the same words in another order, or their initials, and
    those of other people, such as Sok Kim Heng for Sok Kim, or of anybody if only one word is redacted. "Mother of Sok
    Kim" and "Sok Kim Foundation" are no such names. Events refer to actors and sites by these names, so they stay in
    records and in texts alike.
    """
    readings = {reading for person in people for form in person.forms for reading in folding.readings(form)}
    masker, own = Masker(people, word=WORD), {person.name for person in people}
    longer = Masker([one._replace(forms=tuple(form for form in one.forms if " " in form)) for one in people], word=WORD)

    def stays(name: str, kind: str | None) -> bool:
        masked = masker.text(name)
        only_shares_a_word = masked == name and " " in name
        has_one_word = kind is None and " " in name and longer.text(name) == name  # Sok Dara for Dara, of unknown kind
        is_another_person = (kind == "person" or has_one_word) and _is_name_like(name)
        return only_shares_a_word or is_another_person or re.fullmatch(PLACEHOLDER, masked) is not None

    return {
        other
        for name, other, kind in _names(connection)
        if name not in own
        and masker.touches(other)
        and readings.isdisjoint(folding.readings(other)[:1])
        and stays(other, kind)
    }


def _is_name_like(text: str) -> bool:
    """Return whether all words of a text begin with a capital, in scripts that have them: not "mother of Sok Kim"."""
    return all(word[0] == word[0].upper() for word in re.findall(r"[^\W\d_]+", text))


def _names(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """Return the names of all actors and sites, each with itself and with each of its other names, and what it is.

    That is ``site``, or the kind of an actor, which may be ``None``.
    """
    kind = "CASE term.type WHEN 'site' THEN 'site' ELSE json_extract(term.record, '$.kind') END"
    return connection.execute(
        f"SELECT term.name, term.name, {kind} FROM term WHERE type IN ('actor', 'site') AND record IS NOT NULL UNION"  # noqa: S608 - our words
        f" SELECT term.name, alias.value, {kind} FROM term, json_each(term.record, '$.aliases') alias"
        " WHERE term.type IN ('actor', 'site') AND term.record IS NOT NULL"
    ).fetchall()


def _nearly_called(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return every name that would be redacted with this one, although it is written in another way."""
    masker = Masker([Protected(0, name, (name,))])
    return sorted({one for _, one, _ in _names(connection) if name not in one and masker.text(one) != one})


def _is_distinct(alias: str) -> bool:
    """Return whether an alias is distinct from ordinary words. Otherwise it is only removed with the record."""
    try:
        check_names([alias])
    except DataError:
        return False
    return True


def _ids(connection: sqlite3.Connection, masker: Masker) -> dict[str, str]:
    """Return a new unique id for each event id that contains the name."""
    texts = connection.execute(
        "SELECT record FROM event UNION ALL"
        " SELECT before FROM change_record WHERE type = 'event' AND before IS NOT NULL"
    )
    used = "SELECT 1 FROM change_record WHERE type = 'event' AND name = ?"
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (text,) in texts:
        record = json.loads(text)
        printed = str(masker.part(record["id"], "id", masker.present(record)))
        if printed == record["id"] or record["id"] in found:
            continue
        number, wanted = 1, printed
        while wanted in taken or connection.execute(used, [wanted]).fetchone():
            number += 1
            wanted = f"{printed}-{number}"
        taken.add(wanted)
        found[record["id"]] = wanted
    return found
