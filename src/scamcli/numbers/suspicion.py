"""Find reports of different events that may be one event, recorded twice (rule 8 of ``docs/honest-numbers.md``).

Two reports of one metric are suspected if they name no different countries, provinces, towns, sites or peoples, and

- (a) they are at most three days apart at one site; or in one town a day apart, or three days with similar numbers; or
- (b) they are at most three days apart, and their titles have telling words in common; or
- (c) they are in one province, or one of them names nothing smaller than the country, with similar numbers a day apart,
  or equal ones three days apart, or on one day with a telling word in both titles ("Raid", "Police raid"); or
- (d) they are a toll that rises within two weeks.

Rows of one table normally are different events, so they need more. `_rule_for`, with what it calls, has all
conditions.

Of reports that may all be one event, only pairs that connect them are returned: three pairs for four reports.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import Literal

from scamcli.language.dates import iso
from scamcli.language.scripts import plain
from scamcli.language.wording.bounds import Number, render_number
from scamcli.numbers.links import DisjointSets
from scamcli.numbers.records import Key
from scamcli.numbers.scope import country_of_division, divisions_of, is_people_of_a_country, normalise_words, people

Rule = Literal["a", "b", "c", "d"]

MOST_DAYS = 3
"""How many days apart two reports may date one event."""

TOLL_DAYS = 14
"""For how many days a toll may rise from one report to the next."""

TOLL_RISE = 3
"""How many times as high as before a number may be, if nothing but its speaker says that it is a toll."""

SMALL = 10
"""Numbers below this are often equal by chance."""

FEW = 3
"""Numbers below this are equal by chance even if both count people of one nationality."""

SIMILAR = 0.2
"""By which share of the larger number two similar numbers may differ."""

OPEN = 5
"""How many times its low a number without a best may be, such as "dozens" or "30 to 60"."""

MOST_COMPARED = 30
"""With how many earlier reports of one place, speaker or title word a report is compared.

A timeline kept by hand has fewer within two weeks. A table may have tens of thousands on one day.
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What one event reports about one incident.

    Attributes:
        key: The event and the figure.
        metric: What it counts.
        unit: In which unit.
        low: The least that it says.
        best: The number that it says.
        high: The most that it says.
        first_day: The first day of the incident, as days since 1970-01-01.
        last_day: The last day.
        country: A code of ISO 3166-1.
        provinces: The official name of its province, or of all provinces of its event if it names none.
        nationality: Whom it counts.
        speaker: Who states it.
        title: The title of the event.
        towns: The towns that the event names.
        sites: The sites where the event happened.
        outlets: The outlets that report the event first-hand.
        table: The table that the event is a row of.
        is_declared: Whether that table is declared to have a different event in every row.
    """

    key: Key
    metric: str
    unit: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    first_day: int
    last_day: int
    country: str | None
    provinces: frozenset[str]
    nationality: str | None
    speaker: str | None
    title: str
    towns: frozenset[str]
    sites: frozenset[str]
    outlets: frozenset[str]
    table: str | None
    is_declared: bool

    @property
    def number(self) -> Number | None:
        """Its best, or its low, or its high: the first that is known."""
        if self.best is not None:
            return self.best
        return self.high if self.low is None else self.low

    @property
    def most(self) -> Number:
        """The most that a similar number may be: without a best, its high, but at most `OPEN` times its low."""
        if self.best is not None or self.low is None:
            return self.number or 0
        most = OPEN * self.low
        return most if self.high is None else max(self.low, min(self.high, most))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two reports of different events that may be one event, the earlier one first, and the rule that they meet."""

    one: Report
    other: Report
    rule: Rule

    @property
    def keys(self) -> tuple[Key, Key]:
        """The keys of both figures."""
        return self.one.key, self.other.key

    @property
    def events(self) -> tuple[str, str]:
        """The ids of both events."""
        return self.one.key[0], self.other.key[0]

    @property
    def why(self) -> str:
        """What the two have in common, as the end of a sentence."""
        metric, place = self.one.metric, _common_place(self.one, self.other)
        number, later_number = (render_number(report.number or 0) for report in (self.one, self.other))
        day, later_day = _days_in_words(self.one), _days_in_words(self.other)
        if self.rule == "d":
            return f"the number of {metric}{place} rises from {number} on {day} to {later_number} on {later_day}"
        where_and_when = f"{place} on {day}" if day == later_day else f"{place} on {day} and {later_day}"
        if self.rule == "b":
            where_and_when += " under similar titles"
        if number == later_number:
            return f"both count {number} {metric}{where_and_when}"
        return f"both count {metric}{where_and_when} ({number} and {later_number})"


@dataclass(frozen=True, slots=True)
class Toll:
    """The event with the latest number of a rising toll, and the events with the earlier ones, in order of time."""

    latest: str
    earlier: tuple[str, ...]


def tolls(suspicions: Iterable[Suspicion]) -> list[Toll]:
    """Return the groups of suspected events that are nothing but a rising toll.

    If links say that the latest event updates each of the earlier ones, all suspicions of the toll are settled.
    """
    joined, pairs = DisjointSets[str](), list(suspicions)
    for pair in pairs:
        joined.join(*pair.events)
    groups: dict[str, list[Suspicion]] = defaultdict(list)
    for pair in pairs:
        groups[joined.root(pair.events[0])].append(pair)
    return [_toll(group) for group in groups.values() if all(pair.rule == "d" for pair in group)]


def _toll(group: Sequence[Suspicion]) -> Toll:
    reports = {report.key: report for pair in group for report in (pair.one, pair.other)}
    in_order = sorted(reports.values(), key=lambda report: (report.first_day, report.number or 0, report.key))
    latest_first = dict.fromkeys(report.key[0] for report in reversed(in_order))
    latest, *earlier = latest_first
    return Toll(latest, tuple(reversed(earlier)))


@dataclass(frozen=True, slots=True)
class _Places:
    """Towns or sites: for each, the words that tell it from others."""

    names: tuple[frozenset[str], ...]

    def has_one_of(self, others: _Places) -> bool:
        """Say whether a name of the one is a name of the other, or a longer or shorter form of it."""
        return any(name <= other or other <= name for name in self.names for other in others.names)

    def is_named_in(self, words: frozenset[str]) -> bool:
        """Say whether one of the names is in a text with these words."""
        return any(name <= words for name in self.names)


@dataclass(frozen=True, slots=True)
class _Clues:
    """What is compared of a report.

    Attributes:
        position: Its position in the order of time.
        title_words: All words of its title.
        telling_words: Those that say what happened.
        says_another: Those that say that this is one more event: second, another.
        is_toll: Whether its title says that the number is the toll so far.
    """

    report: Report
    position: int
    event: str
    first_day: int
    last_day: int
    number: Number
    country: str | None
    divisions: frozenset[str]
    people: str | None
    speaker: str | None
    towns: _Places
    sites: _Places
    title_words: frozenset[str]
    telling_words: frozenset[str]
    says_another: frozenset[str]
    is_toll: bool

    @property
    def names_only_country(self) -> bool:
        """Whether it names no place smaller than a country."""
        return not (self.divisions or self.towns.names or self.sites.names)

    @property
    def subject(self) -> frozenset[str]:
        """The words that say what its title is about: the telling ones, or any if it has none ("Police report")."""
        return self.telling_words or self.title_words

    @property
    def place_words(self) -> frozenset[str]:
        """The words of its towns and sites."""
        return frozenset().union(*self.towns.names, *self.sites.names)


def find(
    reports: Iterable[Report], settled: Callable[[str, str], bool], of: Collection[str] | None = None
) -> list[Suspicion]:
    """Return pairs of reports that may be of one event, in order of time.

    Args:
        reports: All reports, or all that are near those of ``of`` in time.
        settled: Says whether a link says how two events are related.
        of: Events, one of which must be in each pair. All events by default.
    """
    compared = [report for report in reports if report.number is not None and not report.is_declared]
    compared.sort(key=lambda report: (report.first_day, report.number, report.key))
    clues = [_clues_of(report, position) for position, report in enumerate(compared)]
    groups, found = _Groups(len(clues)), list[Suspicion]()
    for block in _blocks(clues):
        if of is None or any(one.event in of for one in block.reports):
            found += _suspected_in(block, groups, settled)
    if of is not None:
        found = [pair for pair in found if any(event in of for event in pair.events)]
    return sorted(found, key=lambda pair: (pair.one.first_day, pair.one.key, pair.other.first_day, pair.other.key))


class _Groups:
    """Reports that pairs connect so far. Every report has the number of its group."""

    def __init__(self, reports: int) -> None:
        self.number_of = list(range(reports))
        self._members = [[report] for report in range(reports)]

    def join(self, one: int, other: int) -> None:
        """Join the groups of two reports: the smaller one gets the number of the larger one."""
        first, second = self.number_of[one], self.number_of[other]
        small, large = sorted((first, second), key=lambda group: len(self._members[group]))
        for report in self._members[small]:
            self.number_of[report] = large
        self._members[large] += self._members[small]
        self._members[small] = []


@dataclass(frozen=True, slots=True)
class _Block:
    """Reports in order of time that have something in common, and how many days apart two of them may be suspected."""

    reports: list[_Clues]
    most_days: int


def _suspected_in(block: _Block, groups: _Groups, settled: Callable[[str, str], bool]) -> Iterator[Suspicion]:
    """Yield the pairs of reports that may be of one event, and join the groups of the two."""
    group_of = groups.number_of  # changes as groups are joined
    for earlier, later in _near_pairs(block, groups):
        if group_of[earlier.position] == group_of[later.position]:
            continue
        rule = _rule_for(earlier, later)
        if rule is not None and not settled(earlier.event, later.event):
            groups.join(earlier.position, later.position)
            yield Suspicion(earlier.report, later.report, rule)


def _near_pairs(block: _Block, groups: _Groups) -> Iterator[tuple[_Clues, _Clues]]:
    """Yield the pairs of reports that are near in time and in different groups, those with near numbers first."""
    group_of = groups.number_of
    longest = max(one.last_day - one.first_day for one in block.reports)
    for position, later in enumerate(block.reports):
        first_day = later.first_day - longest - (TOLL_DAYS if later.is_toll else block.most_days)
        own_group = group_of[later.position]
        near = []
        for earlier in reversed(block.reports[max(0, position - MOST_COMPARED) : position]):
            if earlier.first_day < first_day:
                break
            if group_of[earlier.position] != own_group:
                near.append(earlier)
        near.sort(key=lambda earlier: abs(later.number - earlier.number))
        yield from ((earlier, later) for earlier in near)


def _blocks(clues: Sequence[_Clues]) -> Iterator[_Block]:
    """Yield blocks that have any two reports which may be suspected, so that not all pairs need be compared."""
    place_words = frozenset().union(*(one.place_words for one in clues))
    frequency = Counter(word for one in clues for word in one.telling_words)

    def rarest_words(one: _Clues) -> list[str]:
        # If two titles have half of their words in common, one of these words of each is among them.
        number = len(one.telling_words) - _words_to_share(len(one.telling_words)) + 1
        return sorted(one.telling_words, key=lambda word: (frequency[word], word))[: max(0, number)]

    ways: tuple[tuple[int, Callable[[_Clues], Iterable[Hashable]]], ...] = (
        (TOLL_DAYS, lambda one: () if one.speaker is None or one.number < SMALL else (one.speaker,)),
        (MOST_DAYS, lambda one: one.place_words | (one.title_words & place_words)),
        (MOST_DAYS, rarest_words),
        (0, lambda one: [(division, word) for division in (*one.divisions, one.country) for word in one.subject]),
        (MOST_DAYS, lambda one: [(division, size) for division in one.divisions for size in _sizes(one.report)]),
        (MOST_DAYS, lambda one: [(one.country, size) for size in _sizes(one.report)]),
    )
    for most_days, names_of in ways:
        blocks: dict[Hashable, list[_Clues]] = defaultdict(list)
        for one in clues:
            for name in names_of(one):
                blocks[one.report.metric, one.report.unit, name].append(one)
        yield from (_Block(reports, most_days) for reports in blocks.values() if len(reports) > 1)


def _sizes(report: Report) -> Iterable[float]:
    """Return the keys of a number: one if it is small, otherwise two or more. Similar numbers share at least one."""
    number = report.number or 0
    return (-number,) if number < SMALL else range(_size(number), _size(report.most) + 2)


def _size(number: Number) -> int:
    return int(math.log(number) / -math.log(1 - SIMILAR))


def _rule_for(earlier: _Clues, later: _Clues) -> Rule | None:
    """Return the rule that two reports of one metric and unit meet, if they meet any."""
    if earlier.event == later.event or _differ(earlier, later):
        return None
    in_one_table = earlier.report.table is not None and earlier.report.table == later.report.table
    if in_one_table and not _may_be_one_in_table(earlier, later):
        return None
    if _is_rising_toll(earlier, later, in_one_table=in_one_table):
        return "d"
    if _days_apart(earlier, later) > MOST_DAYS or _are_said_to_be_two(earlier, later):
        return None
    if _are_at_one_place(earlier, later, in_one_table=in_one_table):
        return "a"
    if not in_one_table and _have_similar_titles(earlier, later):
        return "b"
    if _are_alike_in_one_province(earlier, later, in_one_table=in_one_table):
        return "c"
    return None


def _differ(one: _Clues, other: _Clues) -> bool:
    """Say whether two reports name different countries, provinces, towns, sites or peoples."""
    if one.country is not None and other.country is not None and one.country != other.country:
        return True
    if one.divisions and other.divisions and one.divisions.isdisjoint(other.divisions):
        return True
    if one.people is not None and other.people is not None and one.people != other.people:
        return True
    if _share(one, other, "sites"):
        return False
    if one.sites.names and other.sites.names:
        return True
    return bool(one.towns.names and other.towns.names) and not _share(one, other, "towns")


def _share(one: _Clues, other: _Clues, kind: Literal["sites", "towns"]) -> bool:
    """Say whether two reports name one site or town, each in its field, or one of them in its title."""
    places, others = (one.sites, other.sites) if kind == "sites" else (one.towns, other.towns)
    if places.has_one_of(others):
        return True
    return places.is_named_in(other.title_words) or others.is_named_in(one.title_words)


def _may_be_one_in_table(one: _Clues, other: _Clues) -> bool:
    """Say whether two rows of one table may be one event: other outlets report it, or day and number are equal."""
    if one.number == 0 or other.number == 0:
        return False
    days = one.first_day, one.last_day
    if one.number == other.number and days == (other.first_day, other.last_day):
        return True
    outlets, others = one.report.outlets, other.report.outlets
    return bool(outlets) and bool(others) and outlets.isdisjoint(others)


def _is_rising_toll(earlier: _Clues, later: _Clues, *, in_one_table: bool) -> bool:
    """Rule (d): say whether a later, higher number may be of the same toll.

    Either its title says so, at one site or town; or one speaker states both numbers, and the place, the title or the
    province agrees.
    """
    if later.first_day <= earlier.first_day or _days_apart(earlier, later) > TOLL_DAYS:
        return False
    if later.number <= earlier.number:
        return False
    is_one_place = _share(earlier, later, "sites") or _share(earlier, later, "towns")
    if later.is_toll and is_one_place and not in_one_table:
        return True
    if earlier.speaker is None or earlier.speaker != later.speaker:
        return False
    if later.is_toll and not in_one_table and not earlier.divisions.isdisjoint(later.divisions):
        return True
    if earlier.number < SMALL or later.number > TOLL_RISE * earlier.number:
        return False
    if is_one_place or (earlier.names_only_country and later.names_only_country):
        return True
    return not in_one_table and _have_similar_titles(earlier, later)


def _are_said_to_be_two(earlier: _Clues, later: _Clues) -> bool:
    """Say whether two reports are of two events in their own words.

    One speaker gives numbers for two days that do not rise, as of two flights. Or a title says "second", "another".
    """
    if earlier.says_another != later.says_another:
        return True
    is_one_speaker = earlier.speaker is not None and earlier.speaker == later.speaker
    # Reports of one day are in order of their numbers, so this never holds for them.
    return is_one_speaker and earlier.number > later.number


def _are_at_one_place(one: _Clues, other: _Clues, *, in_one_table: bool) -> bool:
    """Rule (a), but for the days at one site."""
    is_one_site = _share(one, other, "sites")
    if not is_one_site and not _share(one, other, "towns"):
        return False
    if _are_similar(one, other):
        return True
    if in_one_table:
        return _days_apart(one, other) <= 1 and min(one.number, other.number) >= SMALL
    return is_one_site or _days_apart(one, other) <= 1


def _have_similar_titles(one: _Clues, other: _Clues) -> bool:
    """Rule (b), but for the days."""
    longer = max(len(one.telling_words), len(other.telling_words))
    return len(one.telling_words & other.telling_words) >= _words_to_share(longer)


def _words_to_share(length: int) -> int:
    """Return how many telling words a title must have in common with one that is not longer."""
    return max(2, math.ceil(length / 2))


def _are_alike_in_one_province(one: _Clues, other: _Clues, *, in_one_table: bool) -> bool:
    """Rule (c), but for the days of equal numbers."""
    if not _may_be_in_one_province(one, other):
        return False
    if not in_one_table and _have_related_titles(one, other) and _days_apart(one, other) == 0:
        return True
    is_equal, is_next_day = one.number == other.number, _days_apart(one, other) <= 1
    if min(one.number, other.number) >= SMALL:
        return (is_next_day and _are_similar(one, other)) or (is_equal and not in_one_table)
    return is_equal and is_next_day and one.number >= FEW and one.people is not None and one.people == other.people


def _have_related_titles(one: _Clues, other: _Clues) -> bool:
    """Say whether two titles say the same, or share a telling word and are about many, or as many of one people."""
    is_of_one_people = one.people is not None and one.people == other.people
    if max(one.number, other.number) >= SMALL or (one.number == other.number and is_of_one_people):
        return not one.subject.isdisjoint(other.subject)
    return one.subject == other.subject


def _may_be_in_one_province(one: _Clues, other: _Clues) -> bool:
    """Say whether two reports name one province, or one country and at least one of them nothing smaller."""
    if not one.divisions.isdisjoint(other.divisions):
        return True
    is_one_country = one.country is not None and one.country == other.country
    return is_one_country and (one.names_only_country or other.names_only_country)


def _are_similar(one: _Clues, other: _Clues) -> bool:
    """Say whether two numbers are nearly equal, or one of them lies in the range that the other leaves open."""
    is_near = abs(one.number - other.number) <= SIMILAR * max(one.number, other.number)
    return is_near or _lies_in(one.number, other.report) or _lies_in(other.number, one.report)


def _lies_in(number: Number, report: Report) -> bool:
    """Say whether a number is one that a vague report may mean: 45 of "dozens"."""
    return report.low is not None and report.low <= number <= report.most


def _days_apart(one: _Clues, other: _Clues) -> int:
    """Return how many days the first day of one is after the last day of the other; 0 if the two overlap."""
    return max(0, one.first_day - other.last_day, other.first_day - one.last_day)


def _clues_of(report: Report, position: int) -> _Clues:
    country, nationality = report.country, report.nationality
    if country is None and report.provinces:
        country = country_of_division(min(report.provinces))
    words = frozenset(map(intern, plain(report.title).split()))
    # "More than" is about a number. "More" alone is about one more event.
    another = frozenset(plain(report.title).replace("more than", "").split()) & _listed_words("another")
    return _Clues(
        report=report,
        position=position,
        event=report.key[0],
        first_day=report.first_day,
        last_day=report.last_day,
        number=report.number or 0,
        country=country,
        divisions=_divisions_of(report.provinces),
        # Foreigners may be of any people.
        people=people(nationality) if nationality is not None and is_people_of_a_country(nationality) else None,
        speaker=None if report.speaker is None else normalise_words(report.speaker),
        towns=_places_of(report.towns),
        sites=_places_of(report.sites),
        title_words=words,
        telling_words=_telling_words(report),
        says_another=another,
        is_toll=not words.isdisjoint(_listed_words("toll")),
    )


@lru_cache(maxsize=4096)
def _divisions_of(provinces: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*map(divisions_of, provinces))


@lru_cache(maxsize=4096)
def _places_of(names: frozenset[str]) -> _Places:
    return _Places(tuple(_place_words(name) for name in sorted(names)))


def _place_words(name: str) -> frozenset[str]:
    """Return the words that tell a place from others: grand and diamond, of Grand Diamond Hotel & Casino."""
    words = _words_of(name)
    return words - _listed_words("place") or words


def _telling_words(report: Report) -> frozenset[str]:
    """Return the words of a title that say what happened: no names, no numbers, no everyday words."""
    names = {report.country, report.nationality, report.speaker}
    names |= report.provinces | report.towns | report.sites | report.outlets
    telling = set(_words_in_small_letters(report.title)) - _listed_words("everyday")
    telling = telling.difference(*(_words_of(name) for name in names if name is not None))
    return frozenset(_stem(word) for word in telling if len(word) > 1 and not is_people_of_a_country(word))


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(plain(text).split())


def _words_in_small_letters(title: str) -> list[str]:
    """Return the words of a title that are no names and no numbers, in the form that is compared.

    Names have capital letters. In a title that writes nearly all words like that, nobody can tell.
    """
    words = [word for word in re.findall(r"[^\W_]+", title) if word.isalpha()]
    small = [word for word in words if not word[0].isupper()]
    chosen = [*words[:1], *small] if len(small) > len(words) / 3 else words
    return plain(" ".join(chosen)).split()


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Return a word without the usual endings of English: raid, of raids, raided and raiding."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return intern(word.removesuffix(ending))
    return intern(word)


@cache
def _listed_words(kind: str) -> frozenset[str]:
    lines = Path(__file__).with_name("title_words.txt").read_text(encoding="utf-8").splitlines()
    found: set[str] = set()
    for line in lines:
        kind_of_line, _, words = line.partition("|")
        if kind_of_line == kind:
            found.update(words.split(";"))
    return frozenset(found)


def _common_place(one: Report, other: Report) -> str:
    """Return the smallest place that both name, with a preposition."""
    for preposition, names, others in (("at", one.sites, other.sites), ("in", one.towns, other.towns)):
        if _places_of(names).has_one_of(_places_of(others)):
            return f" {preposition} {min(names & others or names)}"
    shared = one.provinces & other.provinces
    return f" in {min(shared)}" if shared else ""


def _days_in_words(report: Report) -> str:
    first, last = (date.fromisoformat(iso(day)) for day in (report.first_day, report.last_day))
    words = f"{first.day} {first:%B} {first.year}"
    return words if first == last else f"{words} to {last.day} {last:%B} {last.year}"
