"""The methods of ``Timeline`` that read the history: changes, and records as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.query import resolve, search
from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.records.types import WholeEventDict
    from scamcli.store.heads import Head
    from scamcli.store.snapshots import Origin
    from scamcli.store.timestamps import KeptTimestamp
    from scamcli.timeline.digests import Meaning
    from scamcli.timeline.history import ChangeRow
    from scamcli.timeline.timestamp_check import WrittenTimestamp


class HistoryReads(Session):
    """Methods that read the history."""

    def show_at(self, id_: str, date: str) -> WholeEventDict:
        """Return an event as it was at the end of a day, month or year (UTC), or at a time as ``log`` gives it.

        Raises:
            NotFoundError: the event did not exist then.
            WrongUsageError: the date is not valid.
        """
        from scamcli.timeline import history

        at = history.parse_moment(date)
        with self._asking():
            found = history.event_id(self._connection, id_, self._masker)
            text = history.event_at(self._connection, found, at)
        return search.whole_event(text, self._masker)

    def digest_meaning(self, digest: str) -> Meaning:
        """Return what a digest printed by ``stats --cite`` or ``show`` identifies, now or after an earlier change.

        Raises:
            NotFoundError: No table or record that is searched has this digest.
            WrongUsageError: The text is not a digest.
        """
        from scamcli.timeline import digests

        with self._asking():
            found = digests.meaning(self._connection, digest)
            return {**found, "what": [self.shown(one) for one in found["what"]]}

    def head(self) -> Head:
        """Return the number and the seal of the last change. Its ``str`` is the line that ``log --head`` prints.

        Raises:
            NotFoundError: Nothing was changed yet.
        """
        from scamcli.store import heads

        with self._asking():
            return heads.head(self._connection)

    def timestamps(self) -> Iterator[KeptTimestamp]:
        """Yield the kept timestamps, in the order of the changes whose heads got them."""
        from scamcli.store import timestamps

        with self._asking():
            yield from timestamps.kept(self._connection)

    def write_timestamps(self, folder: Path) -> list[WrittenTimestamp]:
        """Write each kept timestamp and its head to new files in a folder, for programs such as OpenSSL.

        Raises:
            WrongUsageError: A file with such a name exists.
            DatabaseError: A file cannot be written.
        """
        from scamcli.timeline import timestamp_check

        with self._asking():
            return list(timestamp_check.write(self._connection, folder))

    def seals(self) -> dict[str, int]:
        """Return what a reader of seals has to know, as far as it applies.

        ``whole_seals_from`` is the first change that was made with whole digests and seals; an upgrade has sealed those
        before it again. ``redacted_rows`` is how many rows of the history a redaction has rewritten or removed.
        """
        from scamcli.store.history import RESEALED

        sql = "SELECT (SELECT max(id) + 1 FROM change WHERE resealed & ?), (SELECT count(*) FROM redacted_leaf)"
        with self._asking():
            first, redacted = self._connection.execute(sql, [RESEALED]).fetchone()
            return {key: n for key, n in (("whole_seals_from", first), ("redacted_rows", redacted)) if n}

    def log(self, before: int | None = None) -> Iterator[ChangeRow]:
        """Yield the changes, newest first: all of them, or those before the change with a given number."""
        from scamcli.timeline import history

        with self._asking():
            yield from history.changes(self._connection, self._masker, before)

    def change(self, number: int) -> Iterator[dict[str, str]]:
        """Yield the records of a change: type, record and action.

        Raises:
            NotFoundError: no change has this number.
        """
        from scamcli.timeline import history

        with self._asking():
            records = history.records_of(self._connection, number, self._masker)
        return self._reading(records)

    def _reading(self, records: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
        with self._asking():
            yield from records

    def history(self, type_: str, name: str) -> list[ChangeRow]:
        """Return the changes of one record, oldest first, each with what it changed.

        Args:
            type_: ``event``, ``actor``, ``site`` or ``metric``.
            name: its name, or for an event its id or the beginning of it. The record may have been removed.

        Raises:
            NotFoundError: the record does not exist and never did.
        """
        from scamcli.timeline import history

        with self._asking():
            if type_ == "event":
                found = history.event_id(self._connection, name, self._masker)
            else:
                found = history.entity_name(self._connection, self._lookup, type_, name)
            return history.versions(self._connection, type_, found, self._masker)

    def origins(self, id_: str) -> list[Origin]:
        """Return the passages that an event comes from: its own first, then those of events merged into it.

        Raises:
            NotFoundError: no event has this id, or more than one id begins with it.
        """
        from scamcli.store import snapshots

        with self._asking():
            found = resolve.event_id(self._connection, id_, self._masker)
            return snapshots.origins_of(self._connection, found, self._masker)
