"""A write transaction, the base class of everything that writes records or drafts.

Nothing here validates records or loads pydantic, so callers must pass complete records.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scamcli.records import canonical, masking
from scamcli.store import printed_ids, terms
from scamcli.store.connection import begin_writing, same_file, translate_sqlite_errors
from scamcli.store.history import Cause, History, current
from scamcli.store.ids import Ids
from scamcli.store.naming import Changes, Naming, NewNames
from scamcli.store.record_writers import EntityWriter, EventWriter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scamcli.records.masking import AnyRecord
    from scamcli.records.types import EventDict, LinkDict


class Transaction:
    """Writes to one database, either everything or nothing.

    Args:
        connection: a connection for writing.
        path: the path of the file, for messages.
        new_names: what to do with unknown names.
        cause: the cause of the change, for the history.
        file: the inode number at the path before it was opened. If it is different at the end, nothing is written.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, new_names: NewNames, cause: Cause, file: int | None
    ) -> None:
        self.connection = connection
        self.path = path
        self._file = file
        self.changes = Changes()
        self.history = History(connection, cause)
        self.events = EventWriter(connection, self.history)
        self.entities = EntityWriter(connection, self.history)
        self.naming = Naming(self.entities, new_names, self.changes)
        self.ids = Ids(connection)
        self._mask: list[masking.Masker | None] = []  # empty until first looked up
        self._is_mask_old = False
        """Whether names may have changed since the lookup, so that more is masked than necessary."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything written in the block, or roll it back if the block raises an error.

        Raises:
            DatabaseError: the database is busy, or another file has taken its place.
        """
        with (
            translate_sqlite_errors(self.path),
            same_file(self.connection, self.path, self._file) as require_same_file,
        ):
            begin_writing(self.connection)
            try:
                require_same_file()
                yield
                if self._is_mask_old:
                    self.forget_mask()
                if masker := self.masker():
                    masker.read_ids()  # messages after the end are masked too
                self.history.seal()
                require_same_file()
                self.connection.execute("COMMIT")
                if self.history.is_late:
                    note = "The change before this one has a later time, so a clock is or was wrong."
                    self.changes.warnings.append(note)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def masker(self) -> masking.Masker | None:
        """Return the masker of protected names, or ``None`` if nobody is protected."""
        if not self._mask:
            self._mask.append(terms.protected(self.connection))
        return self._mask[0]

    def forget_mask(self) -> None:
        """Forget who is protected, so that it is looked up again the next time."""
        self._mask.clear()
        self._is_mask_old = False

    def refresh_mask(self, written: Mapping[str, object]) -> None:
        """Update the masker after an actor was written: add its names, or look up again who is protected."""
        masker = self._mask[0] if self._mask else None
        name, is_protected = str(written["name"]), terms.is_protected(written)
        if masker is not None and is_protected:
            masker.add(terms.person(self.connection, name))
            self._is_mask_old = True
        elif is_protected or (masker is not None and masker.knows(name)):
            self.forget_mask()
        else:
            self._is_mask_old = True

    def shown(self, text: str) -> str:
        """Return a text with protected names masked."""
        masker = self.masker()
        return masker.text(text) if masker else text

    def masked(self, record: AnyRecord) -> AnyRecord:
        """Return a record with protected names masked."""
        masker = self.masker()
        return masker.record(record) if masker else record

    def restored(self, record: AnyRecord, before: Mapping[str, object] | None) -> AnyRecord:
        """Undo the masking of a record that was printed and then edited. ``before`` is the stored record."""
        if before is None and "[protected-" not in str(record):
            return (
                record  # without looking up who is protected, which would take too long for every record of an import
            )
        masker = self.masker()
        if masker is None:
            return record
        from scamcli.records.unmasking import restored  # most timelines protect nobody

        return restored(record, before, masker)

    def printed(self, record: str) -> str:
        """Return the canonical JSON of a record with protected names masked."""
        return canonical.line(self.masked(json.loads(record))) if self.masker() else record

    def event_id(self, printed: str) -> str | None:
        """Return the id of the event that is printed with this id."""
        return printed_ids.event_printed_as(self.connection, printed, self.masker())

    def stored_event(self, event_id: str) -> str | None:
        """Return the canonical JSON of an event, or ``None`` if there is none."""
        return current(self.connection, "event", event_id)

    def following(self, record: EventDict) -> EventDict:
        """Return the record with links to merged events redirected to the events that replaced them."""
        links: list[LinkDict] = []
        for link in record["links"]:
            target = self.ids.into(link["event"])
            if target == link["event"] or target != record["id"]:  # a merge must not make an event link to itself
                links.append({**link, "event": target})
        return {**record, "links": links}

    def nameless_title(self, record: EventDict) -> str:
        """Return an event's title without protected names, so that an id can be made from it."""
        masker = self.masker()
        title = masker.text_in(record, record["title"]) if masker else record["title"]
        return title if title == record["title"] else masking.without_placeholders(title)
