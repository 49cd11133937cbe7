"""Counts of some of those who were counted before: of which count they are a part."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import last_figure
from scamcli.ingest.counts.cues import first_cue
from scamcli.ingest.counts.kind import UNDECIDED, Kind
from scamcli.ingest.counts.outcome import take_told
from scamcli.ingest.counts.sizes import size
from scamcli.ingest.counts.subsets import OF_THOSE
from scamcli.ingest.proposal import Grade
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

AMONG = lexicon.words("grammar.among")
BE = lexicon.words("grammar.be")
COMPRISE = lexicon.words("grammar.comprise")
DIVIDING = lexicon.words("grammar.dividing")
DIVIDING_SIGNS = lexicon.words("grammar.dividing_signs")
FELLOWS = lexicon.words("grammar.fellows")
GROUPS = lexicon.words("grammar.groups")
INCLUDE = lexicon.words("grammar.include")
THEY = lexicon.words("grammar.they")

_OPENING = 6
"""Words of a sentence in which it says that it divides those of the sentence before."""
_CLAUSE = 8
"""Words between a whole and its part among which "including" may stand anywhere."""
_AT_ONCE = 3
"""Words before a part, however far from its whole, among which it may stand."""
_SHORT = 5
"""Words between a whole and its part where only a sign divides it: "12 men – nine of the"."""
_DIVISIBLE = (Kind.PEOPLE, Kind.THING, Kind.PREMISES)
_CALLED = ("victims", "suspects")
"""Metrics of what people are called: as part of a whole they count what became of them."""


def relate_part(
    reader: Reader, count: Count, earlier: Sequence[Count], later: Sequence[Count], before: Sequence[Count]
) -> None:
    """Find the whole of a count, where words say that it is a part.

    Args:
        reader: of the sentence.
        count: of the part.
        earlier: the counts before it in its sentence.
        later: those after it.
        before: those of the sentences before.
    """
    if count.is_anaphoric:
        named = _number_after(reader, count, later)
        if named is None:
            _relate_anaphoric(reader, count, earlier, [*before, *earlier])
            return
        _take_nationality(count, named)
        take_whole(count, named)
    elif _is_among(reader, count, later):
        take_whole(count, later[0])
    elif earlier and earlier[-1].refers is not None and _divides(reader, earlier[-1], count):
        take_whole(count, earlier[-1].refers)
    elif count.is_figure or count.kind is Kind.BARE:
        alike = [one for one in earlier if one.is_combined and _are_alike(one, count)]
        previous = last_figure(alike, lambda one: one.whole is not None or size(one) >= size(count))
        if previous is not None:
            _relate_to_previous(reader, count, previous)
        elif before and _opens_division(reader, count):
            take_whole(count, _last_whole(before, count))


def take_whole(count: Count, whole: Count | None) -> None:
    """Make a count part of a whole: it counts the same, and says only what the whole does not."""
    if whole is None or whole.metric is None or size(whole) < size(count) or _is_within(whole, count):
        return
    if count.metric != whole.metric:
        if not _can_count_as_whole(count):
            return
        count.metric = whole.metric
        count.kind = whole.kind if count.kind in UNDECIDED else count.kind
        count.group = None if count.group == count.metric else count.group
    count.whole, count.grade = whole, Grade.LIKELY
    if count.is_origin and whole.nationalities:
        count.nationalities = []  # 2,259 Indonesians, 1,310 of them from Cambodia
    count.by = "nationality" if count.nationalities else "group" if count.group else count.by


def _is_within(one: Count, other: Count) -> bool:
    """Whether a count is another, or a part of it at any depth."""
    at: Count | None = one
    while at is not None and at is not other:
        at = at.whole
    return at is not None


def _can_count_as_whole(count: Count) -> bool:
    """Whether nothing was told of a part but what those are called."""
    return count.metric in (None, "people") or (count.metric in _CALLED and count.noun != "")


def _number_after(reader: Reader, count: Count, later: Sequence[Count]) -> Count | None:
    """The number of which it is some, or the count that this names again: "26 of the 70 victims"."""
    last = count.amount.last
    if not later or reader.lower(last) != "of" or later[0].amount.core != last + 2:
        return None
    return later[0].refers or later[0]


def _is_among(reader: Reader, count: Count, later: Sequence[Count]) -> bool:
    """Whether the next count is its whole: "sixteen Nigerians were among 40 people detained"."""
    joined = reader.lower(count.end) in BE and reader.lower(count.end + 1) == "among"
    return count.is_figure and joined and bool(later) and later[0].amount.first == count.end + 2


def _take_nationality(count: Count, whole: Count) -> None:
    """Of some to whom something else happened the text tells no nationality again."""
    if count.metric not in (None, "people", whole.metric) and not count.nationalities:
        count.nationalities = list(whole.nationalities)


def _relate_anaphoric(reader: Reader, count: Count, earlier: Sequence[Count], every: Sequence[Count]) -> None:
    """Some of those before: of a number that is named again, of those of their nationality, else of the last."""
    named = next((one.refers for one in reversed(earlier) if one.refers is not None), None)
    named = named or _just_before(reader, count, earlier)
    whole = named or _of_same_nationality(count, every) or _last_whole(every, count)
    if whole is None:
        _take_opening(reader, count)
        return
    if count.kind in UNDECIDED or (count.metric in (None, "people") and whole.kind is not Kind.PEOPLE):
        count.kind, count.metric, count.rule = whole.kind, whole.metric, OF_THOSE
    if whole.kind is Kind.PEOPLE:
        _take_nationality(count, whole)
    if count.metric == whole.metric or count.metric not in _CALLED:
        take_whole(count, whole)


def _just_before(reader: Reader, count: Count, earlier: Sequence[Count]) -> Count | None:
    """A part of which this is a part: "including 22 women, nine of them minors"."""
    last = earlier[-1] if earlier else None
    if last is None or last.whole is None or last.is_anaphoric or count.nationalities:
        return None
    return last if reader.between(last.end, count.amount.first) == [","] and size(last) >= size(count) else None


def _take_opening(reader: Reader, count: Count) -> None:
    """Of those arrested, 18 were Chinese."""
    told = first_cue(reader, range(1, _OPENING)) if reader.lower(0) in ("of", "among") else None
    if told is not None and count.metric in (None, "people"):
        take_told(count, told, OF_THOSE)


def _of_same_nationality(count: Count, every: Sequence[Count]) -> Count | None:
    if not count.nationalities or not count.group:
        return None
    return last_figure(every, lambda one: one.nationalities == count.nationalities)


def _last_whole(before: Sequence[Count], count: Count) -> Count | None:
    """The last count that this one can be some of."""
    are_people = count.kind is Kind.PEOPLE and bool(count.noun)
    fits = (one for one in reversed(before) if one.is_combined and one.whole is None and one.kind in _DIVISIBLE)
    return next((one for one in fits if size(one) >= size(count) and (_counts_people(one) or not are_people)), None)


def _counts_people(one: Count) -> bool:
    """Whether it counts people, also as arrests, which are people too."""
    return one.kind is Kind.PEOPLE or METRICS[one.metric or ""].unit == "people"


def _opens_division(reader: Reader, count: Count) -> bool:
    """Whether a sentence begins by dividing those of the one before: "Among them …", "They included …"."""
    opening = 0, min(_OPENING, count.amount.first)
    if reader.lower(0) in THEY:
        return reader.has(COMPRISE, *opening)
    return reader.lower(0) in AMONG or (reader.has(GROUPS, *opening) and reader.has(INCLUDE, *opening))


def _divides(reader: Reader, one: Count, count: Count) -> bool:
    return _is_dividing(reader.between(one.end, count.amount.first))


def _relate_to_previous(reader: Reader, count: Count, previous: Count) -> None:
    """A count after another in its sentence: a part of it, a fellow part, or neither."""
    between = reader.between(previous.end, count.amount.first)
    if _is_dividing(between):
        take_whole(count, previous if size(previous) >= size(count) else previous.whole)
    elif between and previous.whole is not None and FELLOWS.issuperset(between):
        take_whole(count, previous.whole)


def _is_dividing(between: Sequence[str]) -> bool:
    if "not" in between:
        return False
    if between[-1:] == [":"]:
        return True
    if ("made", "up") in pairwise(between):
        return True
    if not DIVIDING.isdisjoint(between):
        return len(between) <= _CLAUSE or not DIVIDING.isdisjoint(between[-_AT_ONCE:])
    return len(between) <= _SHORT and "and" not in between and not DIVIDING_SIGNS.isdisjoint(between)


def _are_alike(whole: Count, part: Count) -> bool:
    """Whether one can be of the other: people of people, also of arrests, which are people too."""
    if part.kind is Kind.BARE or whole.kind is part.kind:
        return True
    return part.kind is Kind.PEOPLE and _counts_people(whole)
