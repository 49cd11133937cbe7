"""Map ids of events and other names to their printed forms, if they contain the name of a protected actor.

An id keeps the name that a reviewer took out of the title. So people whom an earlier version or the text of an event
names count too, and so does the beginning of a name at the end of an id.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scamcli.errors import NotFoundError, quote
from scamcli.records.derivations import ID_LENGTH
from scamcli.store.keys import NAMING_PROTECTED

if TYPE_CHECKING:
    from scamcli.records.masking import Masker


class PrintedIds(Mapping[str, str]):
    """The printed forms of event ids that contain a word of the name of a protected actor of the event.

    They are looked up one by one, because a command encounters few of them.
    """

    def __init__(
        self, connection: sqlite3.Connection, masker: Masker, terms: dict[int, int], *, has_history: bool
    ) -> None:
        self._connection = connection
        self._masker = masker
        self._terms = terms
        self._has_history = has_history
        self._printed: dict[str, str | None] = {}
        self._read_after: int | None = None
        """How many changes the connection had made when all ids were read."""
        self._in_texts: dict[str, list[tuple[str, int]]] = {}
        """Words of names in a text, by its key."""

    def __getitem__(self, id_: str) -> str:
        """Return the printed form of an id.

        Raises:
            KeyError: the id is printed unchanged.
        """
        printed = self._look_up(id_)
        if printed is None:
            raise KeyError(id_)
        return printed

    def __iter__(self) -> Iterator[str]:
        """Yield all ids that are printed in another form."""
        self.read_all()
        return (id_ for id_, printed in self._printed.items() if printed is not None)

    def __len__(self) -> int:
        """Return how many ids are printed in another form."""
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Return whether there may be any, without reading the database."""
        return True

    def read_all(self) -> None:
        """Read all printed forms, so that the connection is no longer needed.

        They are read again only if the connection has changed something since.
        """
        if self._read_after == self._connection.total_changes:
            return
        from scamcli.records import masked_ids  # here and below, because most timelines protect nobody

        self._printed.clear()
        ids = self._connection.execute(f"SELECT event.id{NAMING_PROTECTED}").fetchall()
        if self._has_history:
            ids += self._connection.execute(
                "SELECT DISTINCT name FROM change_record WHERE type = 'event' AND after IS NULL"
            ).fetchall()
        names = masked_ids.name_words(self._masker)
        every = self._connection.execute("SELECT id FROM event").fetchall()
        matches = ((id_, masked_ids.words_of_names(names, id_)) for (id_,) in every)
        # One word alone, which may be an ordinary one, is masked only if something else names the person.
        ids += [(id_,) for id_, found in matches if found and (len(found) > 1 or self._has_former_names(id_))]
        for id_ in {id_ for (id_,) in ids}:
            self._look_up(id_)
        self._read_after = self._connection.total_changes

    def _look_up(self, id_: str) -> str | None:
        if id_ in self._printed:
            return self._printed[id_]
        if not self._masker.touches(id_):
            return None
        try:
            record = self._record(id_)
        except sqlite3.ProgrammingError:  # the database was closed, so hide anything that may be a name
            return self._masker.words_of(frozenset(self._masker.names)).mask(id_, bare=True)
        if record is None:
            return None
        from scamcli.records import masked_ids

        known = self._masker.present(record).union(*map(self._masker.present, self._earlier(id_)))
        printed = masked_ids.without_cut_name(self._masker, self._masker.whole_id(id_), id_, known)
        printed = self._masker.words_of(known).mask(printed, bare=True)
        printed = masked_ids.without_words(self._masker, printed, record, self._in_text(id_))
        self._printed[id_] = printed if printed != id_ else None
        return self._printed[id_]

    def _has_former_names(self, id_: str) -> bool:
        """Return whether an event may have named people whom it does not name now, or has an id that ends in a word."""
        sql = "SELECT EXISTS (SELECT 1 FROM origin WHERE event = ?1) OR EXISTS (SELECT 1 FROM change_record"
        sql += " WHERE type = 'event' AND name = ?1 AND before IS NOT NULL)"
        return len(id_) >= ID_LENGTH or (self._has_history and bool(self._connection.execute(sql, [id_]).fetchone()[0]))

    def _earlier(self, id_: str) -> Iterator[Mapping[str, object]]:
        """Yield the earlier versions of an event."""
        sql = "SELECT before FROM change_record WHERE type = 'event' AND name = ? AND before IS NOT NULL"
        for (text,) in self._connection.execute(sql, [id_]) if self._has_history else ():
            yield json.loads(text)

    def _in_text(self, id_: str) -> list[tuple[str, int]]:
        """Return the words of names in the text that an event was read from."""
        from scamcli.records import masked_ids
        from scamcli.store.snapshots import unpacked

        sql = "SELECT sha256, text FROM origin JOIN snapshot ON sha256 = snapshot WHERE event = ?"
        for key, packed in self._connection.execute(sql, [id_]) if self._has_history else ():
            if key not in self._in_texts:
                self._in_texts[key] = masked_ids.rare_words(self._masker, unpacked(packed))
            return self._in_texts[key]
        return []

    def _record(self, id_: str) -> Mapping[str, object] | None:
        """Return the record of an event, or its last one if it was removed."""
        row = self._connection.execute("SELECT record FROM event WHERE id = ?", [id_]).fetchone()
        if row is None and self._has_history:
            row = self._connection.execute(
                "SELECT before FROM change_record WHERE type = 'event' AND name = ? AND before IS NOT NULL"
                " ORDER BY change DESC LIMIT 1",
                [id_],
            ).fetchone()
        return json.loads(row[0]) if row else None


def event_printed_as(connection: sqlite3.Connection, text: str, masker: Masker | None) -> str | None:
    """Return the id of the event whose id contains a protected name and is printed as a text.

    Raises:
        NotFoundError: several events have ids that are printed so.
    """
    found = events_printed_as(connection, text, masker)
    if len(found) > 1:
        raise NotFoundError(
            f"The ids of {len(found)} events are printed as {quote(text[:120])}, because they differ only in a name.",
            "`scamcli search --include-protected --fields id,title` shows the ids themselves.",
        )
    return found[0] if found else None


def events_printed_as(connection: sqlite3.Connection, text: str, masker: Masker | None) -> list[str]:
    """Return the ids, in order, of all events whose ids contain a protected name and are printed as a text.

    If no event has such an id now, the ids of removed events are returned.
    """
    if masker is None:
        return []
    from scamcli.records.masking import bare_id

    wanted = bare_id(text)
    if "protected-" not in wanted:
        return []
    known = sorted(id_ for id_, printed in masker.ids.items() if printed == wanted)
    sql = "SELECT 1 FROM event WHERE id = ?"
    present = [id_ for id_ in known if connection.execute(sql, [id_]).fetchone()]
    if known:
        return present or known
    ids = (str(id_) for (id_,) in connection.execute("SELECT id FROM event ORDER BY id"))
    return [id_ for id_ in ids if bare_id(masker.text(id_)) == wanted]


def name_printed_as(connection: sqlite3.Connection, type_: str, text: str, masker: Masker | None) -> str | None:
    """Return the name that is printed as a text, which differs only for names with a protected name."""
    if masker is None or "protected-" not in text:
        return None
    from scamcli.records.masking import bare_id

    shown, printed = (masker.metric, bare_id(text)) if type_ == "metric" else (masker.text, text)
    own = (str(name) for (name,) in connection.execute("SELECT name FROM term WHERE type = ?", [type_]))
    return next((name for name in own if shown(name) == printed), None)
