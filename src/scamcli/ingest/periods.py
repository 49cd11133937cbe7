"""Find the periods of counts that differ from the date of their entry, and the counts that are running totals.

A running total must not be added to the incidents beside it: "taking the number of arrests this year to 480", "the
total since January is 312", "312 people so far in 2024".
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from datetime import date
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.entry_dates import (
    COMPLETED,
    follows_since,
    is_past,
    nearest,
    read_relative,
    shifted,
    start_of,
    start_of_total,
)
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, TRENDS
from scamcli.ingest.words import lower_at, text_at
from scamcli.language.dates import day as day_of
from scamcli.language.dates import iso, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.date_phrases import When

LENGTHS = {"week": 7, "month": 31, "year": 365}
"""How many days a period has, by its name."""
_FAR_DATE = 14
"""How many words can be between a count and the date that is its period."""
_COMPARED_NEAR = 8
"""How many words after a count are searched for "a year earlier"."""
_LABEL_NEAR = 5
"""How many words before a date are searched for its preposition or bracket: "in the whole of 2021, 630"."""

_ADDED_UP = frozenset({"incident", "aggregate"})
"""Counts of the metrics whose numbers can be running totals. Those of one moment never are."""

Period = tuple[str | None, bool]
"""The days that a count covers (EDTF, or ``None``), and whether it is a running total since the first of them."""
_FAR = 14
"""How many words a clause can have before its running total: "taking the number of people freed this year to 312"."""
_NOUN_NEAR = 3
"""How many words after a running total are searched for its noun: "bringing to 312 the total number freed"."""
_RANKED_NEAR = 4
"""How many words before "so far" are searched for a rank: "the largest raid in Bavet so far this year"."""
_WHICH_NEAR = 4
"""How many words can be between "which" after a date and its number: "2015, when it handled 48"."""
_HAVE_NEAR = 2
"""How many words after a count are searched for "have": "eight suspects have now been arrested"."""
_PERIOD_NEAR = 3
"""How many words before and after "so far" can name the period: "in 2024 so far", "so far in the year"."""

_CURRENT = frozenset({"this"})
"""Words before a unit of time that make it the current one: "the total this year"."""
_CURRENT_SO_FAR = _CURRENT | {"the"}
"""The same beside "so far": "the year to date"."""


def period_of(count: "Count", counts: "Sequence[Count]", date: str) -> Period:
    """Return the period that a count covers, if its clause gives one. ``date`` is the date of the entry."""
    if count.cell is not None:
        is_own = count.period is not None and parse_date(count.period)[:2] != parse_date(date)[:2]
        return count.period if is_own else None, False
    day = date.rstrip("~?%")
    totals = [total for one in _beside(count, counts) if (total := clause_of_total(one)) is not None]
    clause = _clause(count, counts, totals)
    past = _past_period(count, clause[1], day)
    if past is not None:
        return past, False
    if (count.is_comparison or _label(count)) and (compared := _compared_period(count, clause[1], date)) is not None:
        return compared, False
    total = clause_of_total(count) if count.definition.count in _ADDED_UP else None
    running = None if total is None else period_of_total(count, total, day)
    if running is None and count.definition.count in _ADDED_UP:
        running = period_so_far(count, counts, day) or _since_start(count, day)
    if running is not None:
        return running, True
    if count.definition.count in _ADDED_UP and (relative := _relative_period(count, clause, day)) is not None:
        return relative
    dated = [(at, found) for at, found in count.dates if not any(total.has(at) for total in totals)]
    period, is_running = _dated_period(count, dated, clause, day)
    is_total = (total is not None and total.is_brought) or _is_total_until_now(count, counts)
    return period, is_running or (period is None and is_total)


def _dated_period(count: "Count", dates: "Sequence[tuple[int, When]]", clause: tuple[int, int], day: str) -> Period:
    """Return the period that one of several dates gives a count by the preposition before it."""
    own = [(at, found) for at, found in dates if at == count.end + 1]  # rose from 400 in 2023 to 480 in 2024
    for at, found in own or dates:
        before = lower_at(count.sentence, _past_whole(count, at))
        is_since = count.definition.count in _ADDED_UP and (before == "since" or follows_since(count.sentence, at))
        if is_since and len(day) == 10 and (start := start_of_total(found, day, "since")) is not None:
            return f"{start}/{day}", True
        if is_since and len(day) != 10 and found.has_year:
            return f"{found.first.edtf()}/..", True  # until the unknown day on which the text was written
        if _is_seen_in(count, found) and is_past(found, day):
            return found.edtf(), False
        is_earlier = before == "from" and lower_at(count.sentence, at - 2) in CALENDAR.up_from  # up from 2015
        is_period = before in CALENDAR.periods and not is_earlier
        if is_period and _belongs_to((at, found), count, clause) and is_past(found, day):
            dated = found if found.has_year else found.in_year(int(day[:4]))
            return dated.edtf(), False
    return None, False


def _is_seen_in(count: "Count", found: "When") -> bool:
    """Return whether a year is followed by the number it saw: "compared with 2015, which saw 48 cases"."""
    at = found.end + (text_at(count.sentence, found.end) == ",")
    is_near = at < count.amount.first <= at + _WHICH_NEAR + 1
    return found.has_year and is_near and lower_at(count.sentence, at) in ("which", "when")


def _past_whole(count: "Count", at: int) -> int:
    """Return the index of the word before a date, past "the whole of" and the like."""
    at -= 1
    while lower_at(count.sentence, at) in CALENDAR.whole:
        at -= 1
    return at


def _since_start(count: "Count", day: str) -> str | None:
    """Return the period up to a day (ISO 8601) that "since the start of the year" gives the counts of a sentence."""
    words = [word.lower for word in count.sentence if word.lower not in CALENDAR.whole or word.lower == "of"]
    for since, start, of, *after in zip(words, words[1:], words[2:], words[3:], [*words[4:], ""], strict=False):
        unit = after[1] if after[0] in _CURRENT_SO_FAR else after[0]
        if (since, of) == ("since", "of") and start in CALENDAR.about and len(day) == 10:
            begin = start_of(unit, day)
            return begin and f"{begin}/{day}"
    return None


def _relative_period(count: "Count", clause: tuple[int, int], day: str) -> Period | None:
    """Return the period that "this year" or "last month" gives a count, if it opens its clause or follows its verb."""
    for at in range(len(count.sentence) if len(day) == 10 else 0):
        found = read_relative(count.sentence, at)
        if found is None or found.unit not in LENGTHS or found.month is not None or found.end - at != 2:
            continue
        if _is_ranked(count, at) or not _is_of_count(count, clause, at):
            continue
        if found.back == 0:
            return f"{start_of(found.unit, day)}/{day}", True
        return found.edtf(date.fromisoformat(day), ""), False
    return None


def _is_of_count(count: "Count", clause: tuple[int, int], at: int) -> bool:
    """Return whether a phrase for a period belongs to a count: "last year, 20 were freed", "freed 20 last year"."""
    before = _past_whole(count, at)
    if before >= 0 and lower_at(count.sentence, before) in CALENDAR.over:
        before -= 1
    if at < count.amount.first:
        return at >= clause[0] and (before < 0 or lower_at(count.sentence, before) in GRAMMAR.opening_clause)
    while lower_at(count.sentence, before) in CALENDAR.before_over:
        before -= 1
    return at < clause[1] and (before < count.end or f"“{lower_at(count.sentence, before)}”" in count.rule)


def _is_total_until_now(count: "Count", counts: "Sequence[Count]") -> bool:
    """Return whether a count is a total up to the day of writing without a period.

    That is so of a count "so far", or one that people "have now" or "have" in total, if it follows a smaller one of the
    same metric, and so includes it; of what has happened "so far" in a case; and of a level "as of" a date.
    """
    if count.definition.count not in _ADDED_UP or not _is_of_all(count):
        return False
    whole = counts[count.whole] if count.whole is not None and count.is_anaphoric else None
    if _is_as_of(count) or (whole is not None and whole.is_figure and _is_as_of(whole)):
        return True
    words = [word.lower for word in count.sentence]
    so_far = next((at for at, pair in enumerate(pairwise(words)) if " ".join(pair) in CALENDAR.so_far), None)
    is_so_far = so_far is not None and not _is_ranked(count, so_far)
    near = words[_clause_begin(count) : count.end + _HAVE_NEAR]
    is_in_all = any(" ".join(pair) in GRAMMAR.adding_up for pair in pairwise(words))
    is_now = not CALENDAR.until_now.isdisjoint(near) and (is_in_all or not CALENDAR.by_now.isdisjoint(near))
    if (is_so_far or is_now) and any(of in ("the", "this") and noun in CALENDAR.cases for of, noun in pairwise(words)):
        return True
    smaller = (one for one in counts if one.metric == count.metric and one.at < count.at and one.whole != count.id)
    return (is_so_far or is_now) and any(0 < one.value < count.value for one in smaller)


def _is_of_all(count: "Count") -> bool:
    """Return whether a number is not of "another eight", "eight more" or "eight others"."""
    near = count.sentence[count.amount.first : count.end]
    return not count.is_other and NUMBERS.further.isdisjoint(word.lower for word in near)


def _is_as_of(count: "Count") -> bool:
    """Return whether a sentence gives what somebody has counted by a date: "as of 15 March, we have recorded 412"."""
    pairs = {(lower_at(count.sentence, at - 2), lower_at(count.sentence, at - 1)) for at, _ in count.dates}
    return ("as", "of") in pairs and any(word.lower in ("have", "has") for word in count.sentence)


def _beside(count: "Count", counts: "Sequence[Count]") -> "Iterator[Count]":
    """Yield the other counts of a count's sentence."""
    for way in (reversed(counts[: count.id]), counts[count.id + 1 :]):
        yield from takewhile(lambda one: one.at == count.at, way)


def _compared_period(count: "Count", until: int, date: str) -> str | None:
    """Return the time of a number that another is compared with: "up from 180 in April", "and 90 a year earlier"."""
    if (label := _label(count)) is not None:
        near = [word.lower for word in count.sentence[max(0, count.amount.first - _LABEL_NEAR) : count.amount.first]]
        same = shifted(date, int(date[:4]) - (label.first.year or 0), "year") if "same" in near else None
        dated = same or nearest(label, date)
        return None if dated.rstrip(COMPLETED) == date.rstrip(COMPLETED) else dated
    stop = min(until, count.end + _COMPARED_NEAR)
    after = [word.lower for word in count.sentence[count.end : stop]]
    is_same = "same" in after
    found = next((found for at, found in count.dates if count.end <= at < stop), None)
    if found is not None:
        if is_same:
            return shifted(date, int(date[:4]) - (found.first.year or 0), "year") if found.has_year else None
        if found.has_year or found.first.day:
            return nearest(found, date)
        year = int(date[:4]) - ((found.first.month or 0) >= int(date[5:7] or 12))  # the last one before
        return found.in_year(year).edtf(COMPLETED if COMPLETED in date else "")
    for before, unit, later in zip(["", *after], after, [*after[1:], ""], strict=False):
        if unit in LENGTHS and before != "same" and (before in CALENDAR.last or later in CALENDAR.before_that):
            is_whole = unit == "year" and before in CALENDAR.last and not is_same  # "last year" is all of it
            return shifted(date[:4] + (COMPLETED if COMPLETED in date else "") if is_whole else date, 1, unit)
    return None


def _label(count: "Count") -> "When | None":
    """Return the date that is the label of a number: "54,205 (2022: 21,884)", "and from 16 to 31 March, 40"."""
    sign = count.amount.first - 1
    at, found = next(((at, found) for at, found in count.dates if found.end == sign), (0, None))
    if text_at(count.sentence, sign) == ":":
        return found if any(word.text == "(" for word in count.sentence[max(0, at - _LABEL_NEAR) : at]) else None
    begin = _past_whole(count, at)
    is_label = lower_at(count.sentence, begin) in CALENDAR.labelling and text_at(count.sentence, sign) == ","
    return found if is_label and lower_at(count.sentence, begin - 1) in GRAMMAR.opening_clause | {""} else None


def _clause(count: "Count", counts: "Sequence[Count]", totals: "Sequence[RunningTotal]") -> tuple[int, int]:
    """Return the stretch of a count's sentence between the counts, or the clauses of running totals, beside it."""
    before, after = counts[count.id - 1 : count.id], counts[count.id + 1 : count.id + 2]
    since = before[0].end if before and before[0].at == count.at else 0
    until = after[0].amount.first if after and after[0].at == count.at else len(count.sentence)
    return since, min([until, *(total.first for total in totals if total.first >= count.end)])


def _belongs_to(dated: "tuple[int, When]", count: "Count", clause: tuple[int, int]) -> bool:
    """Return whether a date belongs to a count: the next date after it, or the last before it.

    In "54,205 (2022: 21,884)", it belongs to the second.
    """
    at, found = dated
    since, until = clause
    is_label = text_at(count.sentence, found.end) == ":" and until == found.end + 1
    is_after = 0 <= at - count.end < min(_FAR_DATE, until - count.end) and not is_label
    return is_after or (0 < count.amount.first - at < _FAR_DATE and at >= since)


def _past_period(count: "Count", until: int, day: str) -> str | None:
    """Return the period before the entry that "in the past month" covers. Its beginning is approximate."""
    words = [word.lower for word in count.sentence]
    for at in range(count.end, min(len(words) - 2, until)):
        if words[at : at + 2] == ["in", "the"] and words[at + 2] in {"past", "last"} and len(day) == 10:
            days = LENGTHS.get(words[at + 3]) if at + 3 < len(words) else None
            if days is not None:
                return f"{iso(day_of(day) - days)}~/{day}"
    return None


class RunningTotal(NamedTuple):
    """The clause of a running total, from the word `first` up to but not including `last`.

    `is_brought` says that the clause itself shows a running total, even if it names no period: "bringing the total to".
    """

    first: int
    last: int
    is_brought: bool

    def has(self, at: int) -> bool:
        """Return whether the clause contains a word of the sentence."""
        return self.first <= at < self.last


def clause_of_total(count: "Count") -> RunningTotal | None:
    """Return the clause that states a count as a level: "taking the arrests this year to 480", "the total is 312".

    A clause without a verb such as "taking" makes a running total only if it names a period.
    """
    sentence, number = count.sentence, count.amount.first
    joint = lower_at(sentence, number - (lower_at(sentence, number) not in TRENDS.brought_to))  # "from 468 to 480"
    if joint not in TRENDS.total_joints:
        return None
    begin = _clause_begin(count)
    before = [word.lower for word in sentence[begin:number]]
    nouns = [at for at, word in enumerate(before, begin) if word in TRENDS.totals and lower_at(sentence, at - 1) != "a"]
    verbs = [at for at, word in enumerate(before, begin) if word in TRENDS.bringing]
    last = _clause_end(count)
    after = sentence[count.amount.last : min(last, count.amount.last + _NOUN_NEAR)]
    is_named = bool(nouns) or any(word.lower in TRENDS.totals for word in after)
    is_brought = bool(verbs) and joint in TRENDS.brought_to
    if is_brought and (is_named or not _numbers(count, verbs[-1])):
        begin = min(nouns[:1] + verbs[-1:])
    elif nouns:
        begin = nouns[-1]
        while lower_at(sentence, begin - 1) in CALENDAR.before_total or lower_at(sentence, begin - 1).isdecimal():
            begin -= 1
    else:
        return None
    others = [at for at in _numbers(count, begin) if not is_brought or lower_at(sentence, at - 1) == "from"]
    begin = number - 1 if others else begin  # in "rose from 400 in 2023 to 480", 2023 belongs to 400
    return RunningTotal(begin, last, is_brought=is_brought and is_named)


def period_of_total(
    count: "Count", total: RunningTotal, day: str, current: "AbstractSet[str]" = _CURRENT
) -> str | None:
    """Return the period of a running total, from the date or the "this year" in its clause to a day (ISO 8601).

    `current` are words before "year" or "month" that make it the one of this day.
    """
    if len(day) != 10:
        return None
    for at, found in count.dates:
        if total.has(at) and (start := start_of_total(found, day, lower_at(count.sentence, at - 1))) is not None:
            return f"{start}/{day}"
    for at in range(total.first, total.last):
        if lower_at(count.sentence, at) in current and (start := start_of(lower_at(count.sentence, at + 1), day)):
            return f"{start}/{day}"
    return None


def period_so_far(count: "Count", counts: "Sequence[Count]", day: str) -> str | None:
    """Return the period up to a day (ISO 8601) that "so far this year" gives a count, if it belongs to this count."""
    lowers = [word.lower for word in count.sentence]
    for at, pair in enumerate(pairwise(lowers)):
        if " ".join(pair) not in CALENDAR.so_far or _is_ranked(count, at):
            continue
        near = RunningTotal(max(0, at - _PERIOD_NEAR), at + 2 + _PERIOD_NEAR, is_brought=False)
        period = period_of_total(count, near, day, _CURRENT_SO_FAR)
        if period is not None and _owns(count, counts, at):
            return period
    return None


def _clause_begin(count: "Count") -> int:
    """Return the index after the last punctuation before a count."""
    number = count.amount.first
    begin = number - 1
    while begin > max(0, number - _FAR) and lower_at(count.sentence, begin - 1) not in CALENDAR.breaks:
        begin -= 1
    return max(0, begin)


def _clause_end(count: "Count") -> int:
    """Return the index of the first punctuation after a count, or of the "to" after "from 400"."""
    breaks = CALENDAR.breaks
    if lower_at(count.sentence, count.amount.first - 1) == "from":
        breaks |= {"to"}
    ends = range(count.amount.last, len(count.sentence))
    return next((at for at in ends if lower_at(count.sentence, at) in breaks), len(count.sentence))


def _is_ranked(count: "Count", at: int) -> bool:
    """Return whether "so far" belongs to a rank: "the largest raid so far this year", "the 12th so far this year"."""
    near = count.sentence[max(0, at - _RANKED_NEAR) : at]
    return any(
        word.lower in CALENDAR.ranks or (word.text[:1].isdigit() and word.lower.endswith(("st", "nd", "rd", "th")))
        for word in near
    )


def _numbers(count: "Count", first: int) -> list[int]:
    """Return the indices of the numbers other than dates from a word to a count."""
    dated = {index for at, found in count.dates for index in range(at, found.end)}
    places = range(first, count.amount.first)
    return [at for at in places if at not in dated and count.sentence[at].text[:1].isdigit()]


def _owns(count: "Count", counts: "Sequence[Count]", at: int) -> bool:
    """Return whether "so far" belongs to a count: those after it if it opens a clause, else the one before it."""
    beside = [one for one in counts if one.at == count.at and one.is_figure]
    before = [one for one in beside if one.amount.first < at]
    begin = at
    while begin > 0 and at - begin < _PERIOD_NEAR and lower_at(count.sentence, begin - 1) in CALENDAR.before_so_far:
        begin -= 1
    opening = lower_at(count.sentence, begin - 1)
    if not before or opening in GRAMMAR.opening_clause | GRAMMAR.have:
        return count.amount.first > at
    return count.id == before[-1].id and _clause_end(count) > at
