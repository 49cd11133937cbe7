"""Decide what to do if an incoming record differs from the existing one."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.language import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.language.wording.bounds import Bounds
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


_TABLE_KEYS = frozenset({"actors", "provinces", "places", "nationalities", "linked_sites", "links"})
"""Keys that a row of our own table of events always gives. Mapped tables give only keys that have values."""


_DERIVED = ("nationalities", "provinces", "actors")
"""Lists of an event that its figures and places add entries to."""


def settle_derived(
    given: StoredRecord, before: StoredRecord, countries: list[str], actor: Callable[[str], str]
) -> Iterator[str]:
    """Settle the values that an edited row of our own table of events gets from its other cells.

    An emptied cell of `countries` takes its default in ``given``, as in a new row. Yield a notice for each entry that
    somebody deleted from a list although a figure or a place adds it again.

    Args:
        given: the incoming record of the event. Records with fewer keys, as from mapped tables, are left alone.
        before: the existing record.
        countries: the countries of the incoming record after its completion.
        actor: returns the main name of an actor.
    """
    if not given.keys() >= _TABLE_KEYS:
        return
    given.setdefault("countries", list(countries))
    gone = {(key, name) for key in _DERIVED for name in _names(before[key]) if name not in _names(given[key])}
    if not gone:  # as in nearly every row
        return
    gone -= {("actors", actor(name)) for name in _names(given["actors"])}
    gone -= {("provinces", place.province) for one in given["provinces"] if (place := gazetteer.resolve(one))}
    for figure in (given if "figures" in given else before)["figures"]:
        label, speaker = quote(str(figure.get("id") or figure["metric"])), figure.get("stated_by")
        has_it = f"the figure {label} has it"
        yield from _stays(before, gone, "nationalities", figure.get("nationality"), has_it)
        yield from _stays(before, gone, "provinces", figure.get("province"), has_it)
        yield from _stays(before, gone, "actors", speaker and actor(speaker), f"it stated the figure {label}")
    for place in given["places"]:
        yield from _stays(
            before, gone, "provinces", place.get("province"), f"the place {quote(place['name'])} lies there"
        )


def _names(entries: list[StoredRecord] | list[str] | str) -> list[str]:
    return [entries] if isinstance(entries, str) else [one if isinstance(one, str) else one["name"] for one in entries]


def _stays(before: StoredRecord, gone: set[tuple[str, str]], key: str, name: str | None, reason: str) -> Iterator[str]:
    if name is not None and (key, name) in gone:
        gone.discard((key, name))
        yield f"{before['id']}: {quote(name)} stays among the {key}, because {reason}. Change that first."


Decide = Callable[[RecordConflict], Choice]
