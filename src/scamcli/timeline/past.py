"""What a timeline tells of its own past: its changes, and what a record was at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.query import search
from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator


class Past(Session):
    """The questions about the history."""

    def show_at(self, id_: str, date: str) -> dict[str, Any]:
        """One event as it was at the end of a day, month or year (UTC), or at a time as ``log`` gives it.

        Raises:
            NotFoundError, WrongUsageError: it was not there then; a bad date.
        """
        from scamcli.timeline import history

        at = history.moment(date)
        with self._asking():
            found = history.event_id(self._connection, id_, self._masker)
            text = history.record_at(self._connection, "event", found, at)
        return search.whole_event(text, self._masker)

    def log(self, before: int | None = None) -> Iterator[dict[str, Any]]:
        """Every change, newest first, as rows, or those before the one of a number."""
        from scamcli.timeline import history

        with self._asking():
            yield from history.changes(self._connection, self._masker, before)

    def change(self, number: int) -> Iterator[dict[str, Any]]:
        """Every record that one change touched, as rows.

        Raises:
            NotFoundError: there is no such change.
        """
        from scamcli.timeline import history

        with self._asking():
            history.see_change(self._connection, number)
        return self._records_of(number)

    def _records_of(self, number: int) -> Iterator[dict[str, Any]]:
        from scamcli.timeline import history

        with self._asking():
            yield from history.records_of(self._connection, number, self._masker)

    def history(self, type_: str, name: str) -> list[dict[str, Any]]:
        """The changes of one ``event``, ``actor``, ``site`` or ``metric``, oldest first, as rows.

        Raises:
            NotFoundError: there is none, and was none.
        """
        from scamcli.timeline import history

        with self._asking():
            if type_ == "event":
                found = history.event_id(self._connection, name, self._masker)
            else:
                found = history.entity_name(self._connection, self._lookup, type_, name)
            return history.versions(self._connection, type_, found, self._masker)
