"""What a search finds, by reading every exported record: no index, no SQL.

Names are given as they stand in the records: how a typed name is understood is not what is compared here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.language import dates, scripts
from scamcli.language.countries import words_for_people
from tests.helpers import driver
from tests.helpers.grown_timeline import grow
from tests.helpers.stems import stem
from tests.query.filters.test_filter_meaning import acts, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from scamcli.query.filters import Query
    from scamcli.timeline import Page

Record = dict[str, Any]
Ranges = list[tuple[float, float]]
NEVER = float("inf")
APART = "\ue000"
SINGLE = ("country", "province", "site", "nationality", "kind", "source", "via", "metric", "tag")
"""Filters with a single value, which is true of an event or not."""
LISTS = {
    "country": "countries", "province": "provinces", "site": "sites", "nationality": "nationalities", "tag": "tags",
}  # fmt: skip
"""The filters of the lists of an event."""


class Kept(NamedTuple):
    """A timeline, and its events, oldest first: those of one day in the order in which they were taken in."""

    path: Path
    events: list[Plain]
    lines: dict[str, str]
    """The canonical record of each event, by its id."""


class Plain:
    """An exported event, and the questions about it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.id: str = record["id"]
        self.draft: bool = record["status"] == "draft"
        self.when = dates.parse_date(record["date"])

    @property
    def first(self) -> int:
        """Its first day, which every event has."""
        return self.when.start or 0

    @property
    def last(self) -> float:
        """Its last day; an open end is later than any."""
        return NEVER if self.when.end is None else self.when.end

    @cached_property
    def is_so(self) -> dict[str, Callable[[str], bool]]:
        """For each filter, whether a value is true of it; all words for one people are the same."""
        listed = [one.casefold() for one in self.record["nationalities"]]
        return holds(self.record) | {"nationality": lambda value: not words_for_people(value).isdisjoint(listed)}

    @cached_property
    def texts(self) -> list[str]:
        """What a text is looked for in: the title; what was said; names."""
        record = self.record
        said = [
            record["summary"],
            record["note"],
            *(figure[key] for figure in record["figures"] for key in ("stated", "note")),
        ]
        said += [link["note"] for link in record["links"]]
        called = [one["name"] for one in record["actors"]] + [source["outlet"] for source in record["sources"]]
        called += [place["name"] for place in record["places"]]
        called += [name for key in ("sites", "provinces", "nationalities", "tags") for name in record[key]]
        return [_folded(" | ".join(one for one in part if one)) for part in ([record["title"]], said, called)]

    @cached_property
    def words(self) -> list[str]:
        """The words of each of its texts, in their order, with a space before and after each."""
        return [_words(text) for text in self.texts]

    @cached_property
    def stems(self) -> set[str]:
        """The stems of its words."""
        return {stem(word) for text in self.words for word in text.split()}


def keep(path: Path, *, protected: bool = False) -> Kept:
    """Make the timeline, and read all of it."""
    return read(path, grow(path, protected=protected))


def read(path: Path, given: Iterable[Record]) -> Kept:
    """Read all of a timeline that was made of these records, in their order."""
    place = {record.get("id"): at for at, record in enumerate(given)}
    lines = driver.export(path).split("\n")[:-1]
    records = [(record, line) for line in lines if (record := json.loads(line))["type"] == "event"]
    events = sorted((Plain(record) for record, _ in records), key=lambda one: (one.first, place[one.id]))
    return Kept(path, events, {record["id"]: line for record, line in records})


def found(kept: Kept, asked: Query, page: Page) -> list[Record]:
    """The events that a query finds, as they are printed; the ranges must be sound."""
    wanted = ranges(asked)
    assert wanted is not None
    order = kept.events if page.oldest_first else kept.events[::-1]
    after = next((at + 1 for at, one in enumerate(order) if one.id == page.after), 0)
    hits = [one for one in order[after:] if matches(one, asked, wanted)]
    return [printed(one, asked, wanted) for one in hits[: page.limit]]


def matches(one: Plain, asked: Query, wanted: Ranges) -> bool:
    """Return whether an event matches."""
    both: Callable[[list[bool]], bool] = all if asked.match == "all" else any
    if one.draft and not asked.drafts:
        return False
    values, text = conditions(asked)
    if (asked.actor or asked.role) and not acts(one.record, values, both):
        return False
    if not all(both([one.is_so[name](value) for value in values[name]]) for name in SINGLE if name in values):
        return False
    if not all(has(one, term) or (not asked.exact and has_form(one, term)) for term in text):
        return False
    if not wanted:
        return True
    return (
        surely(one, asked, wanted)
        if asked.certain
        else both([one.first <= last and first <= one.last for first, last in wanted])
    )


@cache
def conditions(asked: Query) -> tuple[dict[str, list[str]], list[str]]:
    """The filters that are given, with their values; and the words, phrases and beginnings of the text."""
    values = {name: list(given) for name in ("actor", "role", *SINGLE) if (given := getattr(asked, name))}
    return values, re.findall(r'"[^"]*"|[^\s"]+', asked.text)


def printed(one: Plain, asked: Query, wanted: Ranges) -> Record:
    """Return an event in its printed form."""
    return one.record | {
        "start": dates.iso(one.first),
        "end": None if one.last == NEVER else dates.iso(int(one.last)),
        "match": "certain" if not wanted or surely(one, asked, wanted) else "possible",
    }


def surely(one: Plain, asked: Query, wanted: Ranges) -> bool:
    """Whether all of its days, and no doubt about them, lie in one of the ranges or the next; with ``all`` in each."""
    if not one.when.sure:
        return False
    if asked.match == "all":
        return all(first <= one.first and one.last <= last for first, last in wanted)
    day: float = one.first
    while day <= one.last:
        ends = [last for first, last in wanted if first <= day <= last]
        if not ends:
            return False
        if max(ends) == NEVER:
            return True
        day = max(ends) + 1
    return True


def ranges(asked: Query) -> Ranges | None:
    """The days that are asked for; ``None`` where there can be none."""
    every = asked.match == "all"
    firsts: list[float] = [dates.parse_bound(text, end=False) for text in asked.from_] or [-NEVER]
    lasts: list[float] = [dates.parse_bound(text, end=True) for text in asked.to] or [NEVER]
    low, high = (max(firsts), min(lasts)) if every else (min(firsts), max(lasts))
    if low > high:
        return None
    if not asked.during:
        return [(low, high)] if asked.from_ or asked.to else []
    spans = [_clipped(text, low, high) for text in asked.during]
    inside = [span for span in spans if span[0] <= span[1]]
    return inside if inside and (not every or len(inside) == len(spans)) else None


def _clipped(text: str, low: float, high: float) -> tuple[float, float]:
    period = dates.parse_during(text)
    first = -NEVER if period.start is None else period.start
    return max(first, low), min(NEVER if period.end is None else period.end, high)


def has(one: Plain, term: str) -> bool:
    """Whether one of its texts has a word, a phrase or a beginning; in a script without spaces, these letters."""
    letters, words = _looked_for(term)
    return any(letters in text for text in one.texts) if letters else any(words in text for text in one.words)


def has_form(one: Plain, term: str) -> bool:
    """Whether one of its texts has a word with the same stem, if the term is one English word."""
    return re.fullmatch("[A-Za-z]+", term) is not None and stem(term.lower()) in one.stems


@cache
def _looked_for(term: str) -> tuple[str, str]:
    """The letters that a term looks for in a script without spaces, or else its words as they follow each other."""
    bare = term.strip('"')
    if re.search(scripts.UNSPACED, bare):
        return _folded(bare.rstrip("*")), ""
    words = _words(_folded(bare))
    return "", words[:-1] if bare.endswith("*") else words


def _folded(text: str) -> str:
    """In small letters, without marks on Latin ones."""
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", scripts.clean(text)))
    return unicodedata.normalize("NFC", bare).lower()


def _words(text: str) -> str:
    """Its words, with a space before and after each.

    A run of a script without spaces is no word that can be asked for, and stands between the others.
    """
    spaced = re.sub(f"{scripts.UNSPACED}+", f" {APART} ", text)
    words = "".join(one if one == APART or unicodedata.category(one)[0] in "LN" else " " for one in spaced).split()
    return f" {' '.join(words)} " if words else ""


def values_of(events: list[Plain]) -> dict[str, list[str]]:
    """What may be asked of these events, as often as they say it."""
    told: dict[str, list[str]] = {name: [] for name in ("actor", "role", *SINGLE)}
    for name, value in (pair for one in events for pair in _values(one.record)):
        told[name].append(value)
    return told


def _values(record: Record) -> Iterator[tuple[str, str]]:
    yield "kind", record["kind"]
    for person in record["actors"]:
        yield from (("actor", person["name"]), ("role", person["role"]))
    for source in record["sources"]:
        yield from (("source", source["outlet"]), ("via", source["via"] or source["outlet"]))
    for name, key in LISTS.items():
        yield from ((name, value) for value in record[key])
    for figure in record["figures"]:
        yield "metric", figure["metric"]
