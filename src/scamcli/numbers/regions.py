"""What a row of a table is about, and which entries it holds (rule 10 of ``docs/honest-numbers.md``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scamcli.numbers.entries import Entry
from scamcli.numbers.scope import NOT_STATED, Names, Scope

Position = Literal["inside", "partly", "outside", "not stated"]


@dataclass(frozen=True)
class Region:
    """Countries, places, people and days that a row or a filter is about. What is empty does not limit it.

    Attributes:
        countries: Codes of countries.
        places: The smallest divisions.
        nationalities: Words for nationalities in small letters.
        groups: Groups of people.
        ranges: First and last days. The days of an entry must lie in one of them.
    """

    countries: Names = NOT_STATED
    places: Names = NOT_STATED
    nationalities: Names = NOT_STATED
    groups: Names = NOT_STATED
    ranges: tuple[tuple[int, int], ...] = ()

    def on_days(self, first: int, last: int) -> Region:
        """Return the same region on some days."""
        return replace(self, ranges=((first, last),))

    def position(self, entry: Entry) -> Position:
        """Say where an entry lies: an entry is in a row as a whole, or not at all."""
        scope = entry.scope
        found = {
            _position(scope.countries, self.countries),
            _position(scope.places, self.places),
            _position(scope.nationality_words, self.nationalities),
            _position(scope.groups, self.groups),
            self._on_days(scope),
        }
        if "outside" in found:
            return "outside"
        if "not stated" in found:
            return "not stated"
        return "partly" if "partly" in found else "inside"

    def _on_days(self, scope: Scope) -> Position:
        if not self.ranges:
            return "inside"
        if scope.days == "not stated":
            return "not stated"
        start, end = scope.start, scope.end
        if start is None and end is None:
            return "not stated"
        touched = False
        for first, last in self.ranges:
            is_within = start is not None and end is not None and first <= start and end <= last
            if is_within and scope.days == "stated":
                return "inside"
            touched |= (start is None or start <= last) and (end is None or first <= end)
        return "partly" if touched else "outside"

    def is_covered_by(self, entry: Entry) -> bool:
        """Say whether an entry covers this whole region, so that the region holds at most what the entry counts."""
        scope = entry.scope
        covers_names = (
            _covers(scope.countries, self.countries)
            and _covers(scope.places, self.places)
            and _covers(scope.nationality_words, self.nationalities)
            and _covers(scope.groups, self.groups)
        )
        return covers_names and self._days_are_covered_by(scope)

    def _days_are_covered_by(self, scope: Scope) -> bool:
        if scope.days == "approximate":
            return False
        if not self.ranges:
            return scope.days == "not stated"
        first = min(first for first, _ in self.ranges)
        last = max(last for _, last in self.ranges)
        is_since = scope.start is None or scope.start <= first
        return is_since and scope.end is not None and last <= scope.end


def _position(names: Names, wanted: Names) -> Position:
    if not wanted:
        return "inside"
    if not names:
        return "not stated"
    if names <= wanted:
        return "inside"
    return "outside" if names.isdisjoint(wanted) else "partly"


def _covers(names: Names, wanted: Names) -> bool:
    """Say whether names of a total do not limit it to less than what is wanted."""
    return not names or (bool(wanted) and wanted <= names)
