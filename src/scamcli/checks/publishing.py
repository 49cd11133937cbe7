"""Find details that could identify a protected person in a publication even though the name is masked.

People can be recognised without their names: by the words around a name, a combination of attributes that few people
share, a place where nothing else happened, or an address that leads to an article that names them. These checks list
such details, and a person decides about them. They do not find everything: see ``docs/trust.md``.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from scamcli.checks.finding import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scamcli.checks.finding import Problem
    from scamcli.records.masking import Masker
    from scamcli.records.types import ActorDict, EventDict

PUBLISHING_CODES: dict[str, Code] = {
    "P01": Code("words near a protected name", "Reword the text, or leave it out of what you publish"),
    "P02": Code("an age, or contact details", "Remove it if it is about the protected person"),
    "P03": Code("a rare combination around a protected person", "Leave one of these out, or give a coarser value"),
    "P04": Code("a place where nothing else happened", "Give the province instead, or leave the place out"),
    "P05": Code("an address that may lead to a protected name", "Read what it leads to; leave the address out"),
    "P06": Code("a file name with a protected name", "Rename the file before you pass it on"),
    "P07": Code("details in the record of a protected person", "Remove details that few people share"),
}
"""All checks before publishing, by code."""

K = 11
"""How many events must share a combination by default, which is the k of the k-anonymous data set of CTDC."""

WORDS_NEAR = 6
"""How many words on either side of a name are shown."""

LARGEST_COMBINATION = 4
MOST_ATTRIBUTES = 12
MOST_COMBINATIONS = 3

_PLACEHOLDER = re.compile(r"\[protected(?:-\d+)?\]")
_PERSONAL = {
    "an age": re.compile(r"\b\d{1,2}[- ]years?[- ]old\b|\b(?:aged?|turned) \d{1,2}\b|\b\d{1,2} years of age\b", re.I),
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.\w{2,}"),
    "a phone or document number": re.compile(r"(?<![\w/.-])\+?\d(?:[ -]?\d){7,14}(?![\w/-])"),
    "an account": re.compile(r"(?<![\w/.])@\w{3,}"),
}

Attribute = tuple[str, str]
"""A key and a value, such as ``("nationality", "Kenyan")``."""


class Shared(NamedTuple):
    """The attributes that reviewed events share.

    Attributes:
        events: The events that have an attribute, by attribute.
        places: How many events name a place or a site.
    """

    events: Mapping[Attribute, frozenset[str]]
    places: Mapping[str, int]


def attributes(event: EventDict) -> list[Attribute]:
    """Return the attributes of an event that could distinguish people."""
    figures = event["figures"]
    found = [("year", event["date"][:4]), ("kind", event["kind"])]
    if not event["provinces"]:  # a province also gives the country
        found += [("country", value) for value in event["countries"]]
    for key, values in (("nationality", event["nationalities"]), ("province", event["provinces"])):
        stated = [figure["nationality" if key == "nationality" else "province"] for figure in figures]
        found += [(key, value) for value in (*values, *stated) if value]
    found += [("group", figure["group"]) for figure in figures if figure["group"]]
    return list(dict.fromkeys(found))


def places(event: EventDict) -> list[str]:
    """Return the places and sites of an event."""
    return list(dict.fromkeys([*(place["name"] for place in event["places"]), *event["sites"]]))


def check_event(event: EventDict, printed: EventDict, masker: Masker, shared: Shared, k: int) -> Iterator[Problem]:
    """Yield the details in the printed form of an event that could identify a protected person.

    Args:
        event: The record, with unmasked names.
        printed: The record as it is printed.
        masker: Masks the names.
        shared: The attributes that events share.
        k: A combination is rare if fewer events than this share it.
    """
    if printed == event:
        return  # it names no protected person
    named = masker.present(event)
    yield from _words(printed)
    for combination, number in _rare(attributes(event), shared, k):
        words = ", ".join(f"{key} {masker.without(value, named)}" for key, value in combination)
        yield "P03", "", f"only {'this event has' if number == 1 else f'{number} events have'} {words}"
    for name in places(event):
        if shared.places.get(name, 0) < 2:
            yield "P04", f"place {masker.without(name, named)}", "no other event is recorded there"
    yield from _addresses(event, masker, named)


def _words(printed: EventDict) -> Iterator[Problem]:
    """Yield the words near protected names, and ages and contact details."""
    for place, text in _texts(printed):
        if _PLACEHOLDER.search(text):
            yield "P01", place, f"it has {_near(text)}"
        for what, pattern in _PERSONAL.items():
            found = pattern.search(text)
            if found:
                yield "P02", place, f'it has {what}: "{found.group()}"'


def check_actor(printed: ActorDict) -> Iterator[Problem]:
    """Yield what the printed record of a protected actor says about the person."""
    for key in ("kind", "positions", "member_of", "topics", "note"):
        value = printed[key]
        if value and value != "person":
            yield "P07", key, f'it says "{value if isinstance(value, str) else "; ".join(value)}"'


def check_file(name: str, masker: Masker) -> Iterator[Problem]:
    """Yield a problem if the name of a file contains a protected name or a word of one."""
    printed = masker.without(name, frozenset(masker.names))
    if printed != name:
        yield "P06", "", f'its name has a word of a protected name: "{printed}"'


def _texts(event: EventDict) -> Iterator[tuple[str, str]]:
    """Yield the texts of an event, each with its place."""
    for key in ("title", "summary", "note"):
        yield key, event[key] or ""
    for figure in event["figures"]:
        for text in (figure["stated"], figure["group"], figure["note"]):
            yield f"figure {figure['id']}", text or ""
    for number, source in enumerate(event["sources"], 1):
        for text in (source["title"], source["passage"]):
            yield f"source {number}", text or ""
    for link in event["links"]:
        yield f"link {link['event']}", link["note"] or ""


def _near(text: str) -> str:
    """Return the words around the first placeholder of a text, in quotes."""
    found = _PLACEHOLDER.search(text)
    before, after = (text[: found.start()].split(), text[found.end() :].split()) if found else ([], [])
    words = [*before[-WORDS_NEAR:], found.group() if found else "", *after[:WORDS_NEAR]]
    start, end = "… " * (len(before) > WORDS_NEAR), " …" * (len(after) > WORDS_NEAR)
    return f'"{start}{" ".join(words)}{end}"'


def _rare(found: list[Attribute], shared: Shared, k: int) -> list[tuple[tuple[Attribute, ...], int]]:
    """Return the smallest combinations of attributes that fewer than k events share, rarest first."""
    rare: list[tuple[tuple[Attribute, ...], int]] = []
    for size in range(1, LARGEST_COMBINATION + 1):
        for combination in combinations(found[:MOST_ATTRIBUTES], size):
            if any(set(smaller) <= set(combination) for smaller, _ in rare):
                continue
            having = (shared.events.get(attribute, frozenset()) for attribute in combination)
            number = len(frozenset.intersection(*having))
            if number < k:
                rare.append((combination, number))
    return sorted(rare, key=lambda one: (one[1], len(one[0])))[:MOST_COMBINATIONS]


def _addresses(event: EventDict, masker: Masker, named: frozenset[int]) -> Iterator[Problem]:
    """Yield the addresses of an event that contain a protected name, or lead to a page that may contain one."""
    people = frozenset(masker.names)
    for number, source in enumerate(event["sources"], 1):
        words = source["title"] or "", source["passage"] or "", source["author"] or ""
        for address in filter(None, (source["url"], source["archived"])):
            if masker.without(address, named or people) != address:
                reason = "it has a protected name; it is masked, but the rest may be enough to find it"
            elif any(masker.named_in(text) for text in words):
                reason = "it leads to an article whose title or passage names the person"
            else:
                reason = "it leads to an article about the event, which may name the person"
            yield "P05", f"source {number}", reason


def shared_by(events: Iterable[EventDict], masker: Masker) -> Shared:
    """Return which events share the attributes of the events that name protected people.

    Args:
        events: All reviewed events. They are read twice, so an iterator is not enough.
        masker: Finds protected people.
    """
    asked = {one for event in events if masker.record(event) != event for one in attributes(event)}
    having: dict[Attribute, set[str]] = {one: set() for one in asked}
    counts: dict[str, int] = {}
    for event in events:
        for one in asked.intersection(attributes(event)):
            having[one].add(event["id"])
        for name in places(event):
            counts[name] = counts.get(name, 0) + 1
    return Shared({one: frozenset(ids) for one, ids in having.items()}, counts)
