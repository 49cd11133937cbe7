"""One transaction: what every command that writes stands on, whether it takes in records or keeps drafts of a text.

Nothing here validates a record, and pydantic is not loaded: whoever builds on this gives whole records.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scamcli.errors import DatabaseError
from scamcli.records import canonical, masking
from scamcli.store import terms
from scamcli.store.connection import begin_writing, inode, translate_sqlite_errors
from scamcli.store.history import Cause, History, current
from scamcli.store.ids import Ids
from scamcli.store.naming import Changes, Naming, NewNames
from scamcli.store.record_writers import EntityWriter, EventWriter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

_UNREAD = object()


class Transaction:
    """Writes to one database: all that is done inside, or nothing.

    Args:
        connection: open for writing.
        path: of its file, for messages.
        new_names: what becomes of names that nobody has.
        cause: what the history says of the change.
        file: the inode at the path before it was opened: a file that was replaced since is not written to.
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
        self._mask: object = _UNREAD

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing.

        Raises:
            DatabaseError: the database is busy, or was replaced since it was opened.
        """
        with translate_sqlite_errors(self.path):
            begin_writing(self.connection)
            try:
                if inode(self.path) != self._file:
                    raise DatabaseError(f"{self.path} was replaced in the meantime", "nothing was written; try again")
                yield
                self.masker()  # while it can be read: what is said afterwards is masked too
                self.history.seal()
                self.connection.execute("COMMIT")
                if self.history.is_late:
                    told = "the clock of this machine is behind the last change, whose time was written again"
                    self.changes.warnings.append(told)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def masker(self) -> masking.Masker | None:
        """What withholds protected names; ``None`` where nobody is protected."""
        if self._mask is _UNREAD:
            self._mask = terms.protected(self.connection)
        return self._mask if isinstance(self._mask, masking.Masker) else None

    def forget_mask(self) -> None:
        """Look again for who is protected."""
        self._mask = _UNREAD

    @property
    def is_masked(self) -> bool:
        """Whether somebody is protected here."""
        return self.masker() is not None

    def shown(self, text: str) -> str:
        """A text as it may be printed: protected names withheld."""
        masker = self.masker()
        return masker.text(text) if masker else text

    def masked(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record as it may be printed."""
        masker = self.masker()
        return masker.record(record) if masker else record

    def printed(self, record: str) -> str:
        """The canonical JSON of a record as it may be printed."""
        return canonical.line(self.masked(json.loads(record))) if self.is_masked else record

    def event_id(self, printed: str) -> str | None:
        """The event's id that is printed so."""
        return terms.masked_id(self.connection, printed, self.masker())

    def stored_event(self, event_id: str) -> str | None:
        """An event's canonical JSON."""
        return current(self.connection, "event", event_id)

    def following(self, record: dict[str, Any]) -> dict[str, Any]:
        """The record with its links leading to the events into which those that they name were merged."""
        led = [(link["event"], link | {"event": self.ids.into(link["event"])}) for link in record["links"]]
        kept = [link for event, link in led if link["event"] == event or link["event"] != record["id"]]
        return record | {"links": kept}

    def nameless_title(self, record: dict[str, Any]) -> str:
        """The title of an event without protected names: of it an id can be made."""
        title: str = self.masked(record)["title"]
        return title if title == record["title"] else masking.without_placeholders(title)
