"""What a reader can filter the events of a report by, and what of it each event has.

A page that holds thousands of events repeats no name in each: an event lists numbers, and the options are numbered in
the order in which they are in the page.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.output.phrases import in_words
from scamcli.output.report.markup import as_label, capitalized
from scamcli.output.text.nouns import country_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.output.report.contents import Entry
    from scamcli.records.types import EventDict


class Option(NamedTuple):
    """A value that events can be filtered by, its number in the page, and how many events have it."""

    value: str
    number: int
    events: int


class Facet(NamedTuple):
    """A list of values. ``name`` is its key in the address of the page."""

    name: str
    label: str
    options: Sequence[Option]


def facets(entries: Sequence[Entry]) -> tuple[list[Facet], list[str]]:
    """Return the facets that events have, and the numbers of the options of each event, in order."""
    found: list[Facet] = []
    numbers: list[list[int]] = [[] for _ in entries]
    first = 0
    for name, label, values in _FACETS:
        of_events = [{as_label(value) for value in values(entry.record)} for entry in entries]
        times = Counter(value for values in of_events for value in values)
        order = sorted(times, key=lambda value: (value.casefold(), value))
        number = {value: first + at for at, value in enumerate(order)}
        for mine, values_ in zip(numbers, of_events, strict=True):
            mine += sorted(number[value] for value in values_)
        if order:
            found.append(Facet(name, label, [Option(value, number[value], times[value]) for value in order]))
        first += len(order)
    return found, [" ".join(map(str, mine)) for mine in numbers]


def _actors(event: EventDict) -> Iterator[str]:
    return (actor["name"] for actor in event["actors"])


def _sites(event: EventDict) -> Iterator[str]:
    yield from event["sites"]
    yield from event["linked_sites"]


def _provinces(event: EventDict) -> Iterator[str]:
    yield from event["provinces"]
    yield from (place["province"] for place in event["places"] if place["province"])
    yield from (figure["province"] for figure in event["figures"] if figure["province"])


def _countries(event: EventDict) -> Iterator[str]:
    yield from map(country_name, event["countries"])
    yield from (country_name(place["country"]) for place in event["places"] if place["country"])
    yield from (country_name(figure["country"]) for figure in event["figures"] if figure["country"])


def _kinds(event: EventDict) -> Iterator[str]:
    yield capitalized(in_words(event["kind"]))


_FACETS: tuple[tuple[str, str, Callable[[EventDict], Iterator[str]]], ...] = (
    ("kind", "Kind of event", _kinds),
    ("actor", "Actor", _actors),
    ("site", "Site", _sites),
    ("country", "Country", _countries),
    ("province", "Province", _provinces),
)
