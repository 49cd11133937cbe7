"""Decide what to do if an incoming record differs from the existing one."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scamcli.figures import Bounds
    from scamcli.store.history import StoredRecord


class Choice(Enum):
    """The choices for a record that differs."""

    FAIL = "fail"
    """Import nothing."""
    SKIP = "skip"
    """Keep the existing record."""
    UPDATE = "update"
    """Change the given keys. The history keeps their earlier values."""


class RecordConflict(NamedTuple):
    """An incoming record and the existing one.

    Attributes:
        type: event, actor, site or metric.
        name: the id or name of the record.
        keys: the given keys whose values differ.
        before: the existing record.
        after: the existing record with the new values.
    """

    type: str
    name: str
    keys: tuple[str, ...]
    before: StoredRecord
    after: StoredRecord

    def lost_entries(self) -> list[str]:
        """Return the entries that lists would lose in an update: ``figures.arrests``, ``sources.BBC``."""
        lists = [key for key in self.keys if isinstance(self.before[key], list)]
        left = {(key, _label(entry)) for key in lists for entry in self.after[key]}
        before = dict.fromkeys((key, _label(entry)) for key in lists for entry in self.before[key])
        return [f"{key}.{name}" for key, name in before if (key, name) not in left]


def _label(part: object) -> str:
    """Return a label that identifies an entry of a list."""
    if not isinstance(part, dict):
        return str(part)
    return str(next((part[key] for key in ("id", "name", "outlet", "event") if part.get(key)), ""))


BOUNDS = ("low", "best", "high")


def drop_stale_bounds(
    given: StoredRecord, before: StoredRecord, derived: Callable[[StoredRecord], Bounds]
) -> list[str]:
    """Remove the bounds of figures whose wording has changed but whose bounds still match the old wording.

    They are then derived again, because somebody who corrects a number in a spreadsheet may see only its wording. The
    given event is changed in place. ``derived`` returns the bounds for the wording of a figure.

    Returns:
        The ids of these figures.
    """
    here, found = {figure["id"]: figure for figure in before["figures"]}, []
    for figure in given.get("figures") or ():
        old = here.get(figure.get("id"))
        bounds = [figure.get(key) for key in BOUNDS]
        if old is None or not figure.get("stated") or figure["stated"] == old["stated"]:
            continue
        if bounds == [old[key] for key in BOUNDS] == list(derived(old)) and bounds != list(derived(figure)):
            found.append(figure["id"])
            for key in BOUNDS:
                figure.pop(key, None)
    return found


Decide = Callable[[RecordConflict], Choice]
