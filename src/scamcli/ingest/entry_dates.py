"""Find the date of an entry: which date in a sentence dates it, and the year if the date has none.

A date is completed from year headings, the title, the dates around it or the publication. In the last two cases, EDTF's
mark ``?`` is added. A date that cannot be completed stays undated.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon, relative_dates
from scamcli.ingest.date_phrases import When
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Grade, Metadata, Span
from scamcli.ingest.relative_dates import Relative
from scamcli.ingest.words import Sentence, Word, lower_at, text_at, words

CUES = lexicon.headings("outcomes.cues")
MONTHS = lexicon.numbers("calendar.months", 1)

COMPLETED = "?"
"""EDTF's mark for an uncertain date."""

_MAX_FROM_COMPARISON = 6
"""How many words can be between a word of comparison and a date that is only compared."""
_LONGEST_DATELINE = 6
"""The most words before the date of a dateline."""
_NORMAL_STEP_BACK = 5
"""By how many months a date in a list can precede the previous one without belonging to the next year."""


class EntryDate(NamedTuple):
    """The date of an entry in EDTF, the rule by which its year is known, and how reliable that is."""

    date: str
    rule: str
    grade: Grade


class YearResolver:
    """Completes dates while a text is read. If `in_order`, each date is expected to be later than the one before."""

    def __init__(self, about: Metadata, *, in_order: bool = True) -> None:
        self._in_order = in_order
        self._title = _years_of_title(about.title or "")
        self._published = int(about.published[:4]) if about.published else None
        self._published_month = int(about.published[5:7]) if about.published and len(about.published) > 6 else 12
        self._heading: tuple[int, int] | None = None
        """First and last year of the last heading with a year."""
        self._last: tuple[int, int] | None = None
        """Year and month of the last date."""

    def enter_heading(self, found: When) -> None:
        """Remember a heading with a year, a month of a year, or a range of these, which dates the text below it."""
        first, last = found.first.year, (found.last or found.first).year
        if first is not None and last is not None:
            self._heading = (first, last)
            self._last = (first, found.first.month or 1) if first != last else None

    def complete(self, found: When) -> EntryDate | None:
        """Return a date with its year, or ``None`` if the year is unknown."""
        if found.has_year:
            self._last = (found.first.year or 0, found.first.month or 1)
            return EntryDate(found.edtf(), "date", Grade.SURE)
        before = (self._years_after_last(), "year of the entry before", COMPLETED, Grade.UNSURE)
        published = (self._years_before_publication(found), "year of the publication", COMPLETED, Grade.UNSURE)
        for years, rule, mark, grade in (
            (self._heading, "year of the heading above", "", Grade.LIKELY),
            (self._title, "year of the title", "", Grade.LIKELY),
            *((before, published) if self._in_order else (published, before)),
        ):
            if years is not None:
                year = self._choose(found.first.month or 1, *years)
                self._last = (year, found.first.month or 1)
                return EntryDate(found.in_year(year).edtf(mark), rule, grade)
        return None

    def _years_after_last(self) -> tuple[int, int] | None:
        if self._last is None:
            return None
        year = self._last[0]
        return year, max(year, min(year + 1, self._published or year + 1))

    def _years_before_publication(self, found: When) -> tuple[int, int] | None:
        if self._published is None:
            return None
        year = self._published - ((found.first.month or 1) > self._published_month)
        return year, year

    def _choose(self, month: int, first: int, last: int) -> int:
        """Return the year of a range in which a month best follows the last date. Most dates do not go far back."""
        if first == last or self._last is None:
            return first
        year, before = self._last
        year = max(first, min(last, year))
        return min(last, year + 1) if before - month > _NORMAL_STEP_BACK else year


def _years_of_title(title: str) -> tuple[int, int] | None:
    found = [int(word.text) for word in words(title) if len(word.text) == 4 and word.text.isdigit()]
    years = [year for year in found if date_phrases.EARLIEST <= year <= date_phrases.LATEST]
    return (min(years), max(years)) if years and max(years) - min(years) < 3 else None


Group = tuple[EntryDate, Span, list[Sentence]]
"""The sentences of an entry, their date, and the position of the date in the text."""


class _DateInSentence(NamedTuple):
    """A date in a sentence, and how well it dates the sentence: best a day, then a month, a year, a weekday."""

    rank: float
    at: int
    end: int
    when: When | Relative


_RANKS = {"day": 0, "month": 1, "year": 2}
"""Ranks of dates, by their most exact part."""
_RELATIVE_RANKS = {"day": 3, "weekend": 4, "week": 5, "month": 6, "year": 7}
"""Ranks of relative dates, by their unit."""
_ONLY_SPOKEN = 1.5
"""What is added to the rank of a relative day on which somebody spoke: any other day or weekend is better."""
_OF_LEAD = frozenset(
    {_RANKS["day"], _RELATIVE_RANKS["day"], _RELATIVE_RANKS["day"] + _ONLY_SPOKEN, _RELATIVE_RANKS["weekend"]}
)
"""Ranks of dates that can date the sentences before them: days and weekends."""
FULL_STOPS = frozenset('.!?…”"’)')
"""Signs that end a sentence. A headline has none."""
_WEAK = frozenset({_RANKS["month"], _RANKS["year"], *map(_RELATIVE_RANKS.__getitem__, ("week", "month", "year"))})
"""Ranks of dates that can be mere background."""
_MONEY = frozenset("$€£฿")
_YEAR = 4
_OPENING = 2
"""Index of the last word that belongs to the opening of a sentence."""
_REPORTING = OUTCOMES.raiding.union(CUES, OUTCOMES.irregular, NUMBERS.units)
_FAR_SUBJECT = 5
"""How many words after the day on which somebody spoke are searched for the people they spoke of."""
_FAR_PLANNED = 14
"""How many words before a date are searched for "will"."""
_LONGEST_LEAD = 3
"""The most sentences without a date at the start of a report that its first date can date."""


def dated_sentences(sentences: Sequence[Sentence], about: Metadata) -> tuple[list[Group], list[Span]]:
    """Group the sentences of an article without headings: each sentence that has a date begins an entry.

    Returns:
        The entries, and the dates whose year is unknown.
    """
    years, written = YearResolver(about, in_order=False), _day_of(about.published)
    written = _day_of_dateline(sentences, years) or written
    groups: list[Group] = []
    undated: list[Span] = []
    lead: list[Sentence] = []
    current: Group
    for sentence in sentences:
        found = min(_dates_in(sentence), key=lambda one: (one.rank, one.at), default=None)
        dated = None if found is None else _complete(found, years, written)
        if found is not None and dated is None:
            undated.append(_span(sentence, found))
        if found is not None and groups and _is_background(sentence, found):
            dated = None
        group = None if dated is None else next((one for one in groups if one[0].date == dated.date), None)
        if group is not None:
            current = group
        elif found is not None and dated is not None and not (groups and _is_about_the_same(sentence, found)):
            is_of_lead = not groups and found.rank in _OF_LEAD and len(lead) <= _LONGEST_LEAD
            current = dated, _span(sentence, found), lead if is_of_lead else []
            groups.append(current)
        if groups:
            current[2].append(sentence)
        elif sentence[-1].text in FULL_STOPS:  # a headline repeats what follows
            lead.append(sentence)
    return groups, undated


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None


def _day_of_dateline(sentences: Sequence[Sentence], years: YearResolver) -> date | None:
    """Return the day on which a report was sent, if it begins with one: VIENTIANE, Sept 13 (Reuters) -."""
    for sentence in sentences[:1]:
        for at in range(1, _LONGEST_DATELINE):
            found = date_phrases.read(sentence, at)
            if found is not None and _is_dateline(sentence, at, found):
                dated = years.complete(found)
                return None if dated is None else _day_of(dated.date.rstrip(COMPLETED))
    return None


def _span(sentence: Sentence, found: _DateInSentence) -> Span:
    return Span(sentence[found.at].start, sentence[found.end - 1].end)


def _complete(found: _DateInSentence, years: YearResolver, written: date | None) -> EntryDate | None:
    if isinstance(found.when, When):
        return years.complete(found.when)
    if written is None:
        return None
    return EntryDate(found.when.edtf(written, COMPLETED), "counted back from the publication", found.when.grade)


def _dates_in(sentence: Sentence) -> Iterator[_DateInSentence]:
    at = 0
    while at < len(sentence):
        found = date_phrases.read(sentence, at) if _may_begin_date(sentence[at]) else None
        if found is not None:
            if not _is_planned(sentence, at) and _dates_sentence(sentence, at, found):
                yield _DateInSentence(_rank_of_date(found), at, found.end, found)
            at = found.end
            continue
        relative = relative_dates.read(sentence, at)
        if relative is not None and _relative_dates_sentence(sentence, at, relative):
            rank = _RELATIVE_RANKS[relative.unit] + _rank_of_speech(sentence, at, relative.end)
            yield _DateInSentence(rank, at, relative.end, relative)
        at = relative.end if relative is not None else at + 1


def _rank_of_date(found: When) -> int:
    return _RANKS["day" if found.first.day is not None else "year" if found.form == "year" else "month"]


def _is_background(sentence: Sentence, found: _DateInSentence) -> bool:
    """Return whether a month or a year only adds to what was reported before: "he had been sold in March"."""
    return found.rank in _WEAK and found.at > _OPENING and not reports(sentence)


def reports(sentence: Sentence) -> bool:
    """Return whether a sentence says what happened to people, or has a number that is not an amount of money."""
    return any(
        word.lower in _REPORTING
        or (word.text[0].isdigit() and text_at(sentence, at - 1) not in _MONEY and len(word.text) != _YEAR)
        for at, word in enumerate(sentence)
    )


def _is_about_the_same(sentence: Sentence, found: _DateInSentence) -> bool:
    """Return whether somebody speaks again about what was reported: the police said on Monday that the group …"""
    first, last = (_RELATIVE_RANKS[unit] + _ONLY_SPOKEN for unit in ("day", "weekend"))
    if not first <= found.rank <= last:
        return False
    lowers = [word.lower for word in sentence]
    return any(
        lower in GRAMMAR.them_all or (lower == "the" and after in GRAMMAR.same)
        for lower, after in pairwise(lowers[found.end : found.end + _FAR_SUBJECT] if found.at > 1 else lowers)
    )


def _is_planned(sentence: Sentence, at: int) -> bool:
    """Return whether a date is in the future of the text: "they will be sent home on Friday"."""
    for word in reversed(sentence[max(0, at - _FAR_PLANNED) : at]):
        if word.lower in CALENDAR.planned:
            return True
        if word.lower in GRAMMAR.clause_ends or word.lower in SPEECH.said:
            return False
    return False


def _rank_of_speech(sentence: Sentence, at: int, end: int) -> float:
    """Return what to add to the rank of a date on which somebody only spoke: the police said on Monday."""
    near = [word.lower for word in (*sentence[max(0, at - 2) : at], *sentence[end : end + 1])]
    return 0 if SPEECH.said.isdisjoint(near) else _ONLY_SPOKEN


def _may_begin_date(word: Word) -> bool:
    text, lower = word.text, word.lower
    return (
        text[0].isdigit()
        or text[0] == "Q"
        or lower in MONTHS
        or lower in CALENDAR.about
        or lower in CALENDAR.ordinals
        or lower in NUMBERS.units
    )


def _dates_sentence(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a date is the date of the event that the sentence reports."""
    before = lower_at(sentence, at - 1)
    opening = at <= _OPENING
    if before == "by" and at == 1 and found.first.day is not None:
        return True  # By 18 April, 29 complaints had come in
    if _is_dateline(sentence, at, found):
        return False
    if before == "of" and at > 1 and sentence[at - 2].lower == "as":
        return True  # as of 31 October
    if before in CALENDAR.no_event and not (before in {"between", "from"} and found.last is not None):
        return False
    near = {word.lower for word in sentence[max(0, at - _MAX_FROM_COMPARISON) : at]}
    if not opening and near & CALENDAR.comparing:
        return False
    if found.form == "year":
        return opening and before in CALENDAR.during
    if found.first.day is None:
        return opening or before in CALENDAR.during or found.form == "quarter"
    return before in CALENDAR.dating or before in {"", "the"} or opening or sentence[at].text[0].isupper()


def _is_dateline(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a date is the day on which a report was sent: VIENTIANE, Sept 13 (Reuters) -."""
    after = text_at(sentence, found.end)
    is_city = sentence[0].text.isupper() and len(sentence[0].text) > 2
    return 0 < at < _LONGEST_DATELINE and is_city and after in {"(", "-", "–", "—"}


def _relative_dates_sentence(sentence: Sentence, at: int, found: Relative) -> bool:
    """Return whether a relative date is the date of the event that the sentence reports.

    A week, a month or a year is often only the period of a number or the background of the event, unless it begins the
    sentence. A week or a month may also end a clause.
    """
    before = lower_at(sentence, at - 1)
    if (
        _is_planned(sentence, at)
        or before in CALENDAR.no_day
        or before in CALENDAR.comparing
        or before in {"far", "with"}
    ):
        return False
    if found.unit in {"day", "weekend"}:
        return True
    return at <= 1 or (found.unit != "year" and found.back > 0 and text_at(sentence, found.end) in {".", ",", ""})
