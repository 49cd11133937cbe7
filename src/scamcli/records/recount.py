"""Derive the counts of figures again after the date or the kind of an event, or the period of a figure, has changed.

A record does not say whether somebody chose a count or whether it followed from the rest of the record. So a count is
derived again only if it is what followed from the record before, and nobody has ever set it explicitly.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.records import models, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scamcli.records.normalise import Known
    from scamcli.records.types import JsonObject

Counts = dict[str, str | None]
"""The count of each figure by its id."""

DERIVED = frozenset({"incident", "aggregate"})
"""The counts that follow from the date and kind of an event and the period of a figure."""


def outdated(
    before: JsonObject, after: JsonObject, known: Known, versions: Callable[[], Iterable[JsonObject]]
) -> set[str]:
    """Return the ids of the figures whose count no longer follows from the record, although it did before.

    Args:
        before: the stored record of an event.
        after: the record that replaces it, with the counts of the stored one.
        known: what the metrics of the timeline count.
        versions: returns all versions of the record, the oldest first.
    """
    stored, given = _stored(before), _stored(after)
    old, new = _derived(before, known), _derived(after, known)
    changed = {id_ for id_, count in new.items() if count != old.get(id_) == stored.get(id_) == given[id_]}
    return changed - _chosen(list(versions()), known) if changed else changed


def _chosen(versions: list[JsonObject], known: Known) -> set[str]:
    """Return the ids of the figures whose count somebody changed, while what it follows from stayed the same."""
    found = set[str]()
    for earlier, later in pairwise(versions):
        with suppress(DataError):  # an old version need not be valid by the rules of today
            was, now = _stored(earlier), _stored(later)
            if changed := {id_ for id_ in was.keys() & now.keys() if was[id_] != now[id_]}:
                old, new = _derived(earlier, known), _derived(later, known)
                found |= {id_ for id_ in changed if old[id_] == new[id_]}
    return found


def _stored(record: JsonObject) -> Counts:
    return {figure.id: figure.count for figure in _event(record).figures if figure.id is not None}


def _derived(record: JsonObject, known: Known) -> Counts:
    """Return the counts that the figures of an event would have if it gave none of those that can be derived."""
    event = _event(record)
    for figure in event.figures:
        figure.count = None if figure.count in DERIVED else figure.count
    normalise.choose_counts(event, known)
    return {figure.id: figure.count for figure in event.figures if figure.id is not None}


def _event(record: JsonObject) -> models.Event:
    event = normalise.parse(record)
    assert isinstance(event, models.Event)
    return event
