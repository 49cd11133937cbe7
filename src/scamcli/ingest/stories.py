"""Group the sentences of a story, an article without headings, into dated entries.

The first entry of a story is usually its news. A sentence with another date begins another entry, unless that date
belongs only to a statement about the news, or to its background.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases, lexicon, relative_dates
from scamcli.ingest.date_phrases import When
from scamcli.ingest.entry_dates import COMPLETED, EntryDate, YearResolver
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Metadata, Span
from scamcli.ingest.relative_dates import Relative
from scamcli.ingest.words import FULL_STOPS, Sentence, Word, lower_at, text_at

CUES = lexicon.headings("outcomes.cues")
MONTHS = lexicon.numbers("calendar.months", 1)

_MAX_FROM_COMPARISON = 6
"""How many words can be between a word of comparison and a date that is only compared."""
_LONGEST_DATELINE = 8
"""The date of a dateline begins before this word."""
_LINES_ABOVE_DATELINE = 3
"""How many sentences may stand above a dateline."""
_DASHES = {"-", "–", "—"}
_FARTHEST_DASH = 16
"""The dash that ends a dateline comes before this word."""

Group = tuple[EntryDate, Span, list[Sentence]]
"""The sentences of an entry, their date, and the position of the date in the text."""


class _DateInSentence(NamedTuple):
    """A date in a sentence, and how well it dates the sentence: a day is best, then a month, a year, a weekday."""

    rank: float
    at: int
    end: int
    when: When | Relative


_RANKS = {"day": 0, "month": 1, "year": 2}
"""Ranks of dates, by their most exact part."""
_RELATIVE_RANKS = {"day": 3, "weekend": 4, "week": 5, "month": 6, "year": 7}
"""Ranks of relative dates, by their unit."""
_ONLY_SPOKEN = 1.5
"""What is added to the rank of a relative day on which somebody only spoke: any other day or weekend is better."""
_OF_LEAD = frozenset(
    {_RANKS["day"], _RELATIVE_RANKS["day"], _RELATIVE_RANKS["day"] + _ONLY_SPOKEN, _RELATIVE_RANKS["weekend"]}
)
"""Ranks of dates that can date the sentences before them: days and weekends."""
_WEAK = frozenset({_RANKS["month"], _RANKS["year"], *map(_RELATIVE_RANKS.__getitem__, ("week", "month", "year"))})
"""Ranks of dates that may only be background."""
_MONEY = frozenset("$€£฿")
_YEAR = 4
_OPENING = 2
"""Index of the last word that belongs to the opening of a sentence."""
_REPORTING = OUTCOMES.raiding.union(CUES, OUTCOMES.irregular, NUMBERS.units)
_FAR_SUBJECT = 5
"""How many words after the day on which somebody spoke are searched for the people they spoke about."""
_FAR_PLANNED = 14
"""How many words before a date are searched for "will"."""
_NEWS = 7
"""The most days between an event and the day on which somebody spoke about it."""
_FAR_WILL = 8
"""How many words after a date at the beginning of a sentence are searched for "will"."""
_LONGEST_LEAD = 3
"""The most undated sentences at the start of a report to which its first date can apply."""


def dated_sentences(
    sentences: Sequence[Sentence], about: Metadata, is_new_paragraph: Callable[[Sentence], bool], *, is_stated: bool
) -> tuple[list[Group], list[Span]]:
    """Group the sentences of an article without headings: each sentence that has a date begins an entry.

    A paragraph without a date that follows background returns to the news.

    Args:
        sentences: the sentences of the article.
        about: its title, and when it was published.
        is_new_paragraph: returns whether a sentence begins a paragraph.
        is_stated: whether the text itself gives its date, so that "today" is not a guess.

    Returns:
        The entries, and the dates whose year is unknown.
    """
    story = _Story(sentences, about, is_stated=is_stated)
    for sentence in sentences:
        story.add(sentence, is_new_paragraph=is_new_paragraph(sentence))
    return story.groups, story.undated


class _Story:
    """The entries of an article without headings, to which its sentences are added one by one."""

    def __init__(self, sentences: Sequence[Sentence], about: Metadata, *, is_stated: bool) -> None:
        self._years = YearResolver(about, in_order=False)
        self._written = _day_of_dateline(sentences, self._years) or _day_of(about.published)
        self._is_stated = is_stated and self._written == _day_of(about.published)
        self._lead: list[Sentence] = []
        self._current = 0
        """Index of the entry to which the last sentence belongs."""
        self._news: _DateInSentence | None = None
        """The date in the text that dates the first entry."""
        self.groups: list[Group] = []
        self.undated: list[Span] = []

    def add(self, sentence: Sentence, *, is_new_paragraph: bool) -> None:
        """Add a sentence to the entry that it belongs to, or begin a new entry with it."""
        found = min(_dates_in(sentence), key=lambda one: (one.rank, one.at), default=None)
        dated = None
        if found is not None:
            dated = _complete(found, self._years, self._written, is_stated=self._is_stated)
        if found is not None and dated is None:
            self.undated.append(_span(sentence, found))
        if found is not None and dated is not None and not (self.groups and _is_background(sentence, found)):
            self._enter(sentence, found, dated)
        elif is_new_paragraph and self.groups and _is_older(self.groups[self._current][0], self.groups[0][0]):
            self._current = 0
        if self.groups:
            self.groups[self._current][2].append(sentence)
        elif sentence[-1].text in FULL_STOPS:  # a headline repeats what follows
            self._lead.append(sentence)

    def _enter(self, sentence: Sentence, found: _DateInSentence, dated: EntryDate) -> None:
        """Choose the entry for a sentence with a date: the news, an earlier entry with that date, or a new one."""
        span, groups = _span(sentence, found), self.groups
        if len(groups) == 1 and _dates_what_was_said(self._news, found, groups[0][0], dated):
            groups[0], self._news = (dated, span, groups[0][2]), found
            return
        same = next((at for at, one in enumerate(groups) if one[0].date == dated.date), None)
        if same is not None:
            self._current = same
        elif not (groups and _is_about_the_same(sentence, found)):
            is_of_lead = not groups and found.rank in _OF_LEAD and len(self._lead) <= _LONGEST_LEAD
            groups.append((dated, span, self._lead if is_of_lead else []))
            self._current = len(groups) - 1
            self._news = self._news or found


def _dates_what_was_said(
    said: _DateInSentence | None, found: _DateInSentence, one: EntryDate, other: EntryDate
) -> bool:
    """Return whether a date is the day of the event about which somebody spoke on the first date of a text.

    "The agency said on Wednesday that 15 had died. The boat capsized on Monday."
    """
    if said is None or said.rank != _RELATIVE_RANKS["day"] + _ONLY_SPOKEN:
        return False
    if found.rank not in (_RANKS["day"], _RELATIVE_RANKS["day"]):
        return False
    first, second = _day_of(one.date.rstrip(COMPLETED)), _day_of(other.date.rstrip(COMPLETED))
    return first is not None and second is not None and 0 <= (first - second).days <= _NEWS


def _is_older(one: EntryDate, news: EntryDate) -> bool:
    """Return whether an entry is background to the news, so that a new paragraph returns to the news."""
    return one.date[:7].rstrip("~?/") < news.date[:7].rstrip("~?/")


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None


def _day_of_dateline(sentences: Sequence[Sentence], years: YearResolver) -> date | None:
    """Return the day on which a report was sent, if it begins with one: VIENTIANE, Sept 13 (Reuters) -.

    A headline, a byline and the like may stand above it.
    """
    for sentence in sentences[: _LINES_ABOVE_DATELINE + 1]:
        for at in range(1, _LONGEST_DATELINE):
            found = date_phrases.read(sentence, at)
            if found is not None and _is_dateline(sentence, at, found):
                dated = years.complete(found)
                return None if dated is None else _day_of(dated.date.rstrip(COMPLETED))
    return None


def _span(sentence: Sentence, found: _DateInSentence) -> Span:
    return Span(sentence[found.at].start, sentence[found.end - 1].end)


def _complete(
    found: _DateInSentence, years: YearResolver, written: date | None, *, is_stated: bool
) -> EntryDate | None:
    if isinstance(found.when, When):
        return years.complete(found.when)
    if written is None:
        return None
    is_today = is_stated and found.when.back == 0 and found.when.unit == "day" and found.when.weekday is None
    mark = "" if is_today else COMPLETED
    return EntryDate(found.when.edtf(written, mark), "counted back from the publication", found.when.grade)


def _dates_in(sentence: Sentence) -> Iterator[_DateInSentence]:
    at = 0
    while at < len(sentence):
        found = date_phrases.read(sentence, at) if _may_begin_date(sentence[at]) else None
        if found is not None:
            is_planned = _is_planned(sentence, at) or _will_be(sentence, at, found.end)
            if not is_planned and _dates_sentence(sentence, at, found):
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
    """Return whether a month or a year is only background to what was reported: "he had been sold in March"."""
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


def _will_be(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether a sentence begins with the date of something planned: "On Friday, Thailand will convene …"."""
    return at <= _OPENING and any(word.lower in ("will", "shall") for word in sentence[end : end + _FAR_WILL])


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
        return before in CALENDAR.during and (opening or _counts_in(sentence, at))
    if found.first.day is None:
        return opening or before in CALENDAR.during or found.form == "quarter"
    return before in CALENDAR.dating or before in {"", "the"} or opening or sentence[at].text[0].isupper()


def _counts_in(sentence: Sentence, at: int) -> bool:
    """Return whether a year dates an event or a number in its sentence, and not only something else."""
    if lower_at(sentence, at - 2) == "period" or any(word.lower == "since" for word in sentence[:at]):
        return False
    numbers = NUMBERS.units | NUMBERS.plurals
    return any(
        (word.text[0].isdigit() and len(word.text) != _YEAR) or word.lower in numbers or word.lower in CUES
        for word in sentence
    )


def _is_dateline(sentence: Sentence, at: int, found: When) -> bool:
    """Return whether a date is the day on which a report was sent: VIENTIANE, Sept 13 (Reuters) -."""
    after = text_at(sentence, found.end)
    is_bracketed = text_at(sentence, at - 1) == "(" and after == ")"
    return 0 < at < _LONGEST_DATELINE and _begins_with_city(sentence) and (is_bracketed or after in {"(", *_DASHES})


def _begins_with_city(sentence: Sentence) -> bool:
    return sentence[0].text.isupper() and len(sentence[0].text) > 2


def after_dateline(sentence: Sentence) -> int:
    """Return the position of the first word after the dateline of a sentence, or 0 if it has none."""
    dash = next((at for at, word in enumerate(sentence[:_FARTHEST_DASH]) if word.text in _DASHES), 0)
    if not dash or dash + 1 == len(sentence) or not _begins_with_city(sentence):
        return 0
    dates = ((at, date_phrases.read(sentence, at)) for at in range(1, min(dash, _LONGEST_DATELINE)))
    is_dated = any(found is not None and _is_dateline(sentence, at, found) for at, found in dates)
    return dash + 1 if is_dated or sentence[dash - 1].text == ")" else 0


def _relative_dates_sentence(sentence: Sentence, at: int, found: Relative) -> bool:
    """Return whether a relative date is the date of the event that the sentence reports.

    A week, a month or a year is often only the period of a number or the background of the event, unless it begins the
    sentence. A week or a month may also end a clause.
    """
    before = lower_at(sentence, at - 1)
    if _is_planned(sentence, at) or _will_be(sentence, at, found.end):
        return False
    if before in CALENDAR.no_day or before in CALENDAR.comparing or before == "with":
        return False
    if before == "far":
        return True  # so far this year
    if found.unit in {"day", "weekend"}:
        return True
    return at <= 1 or (found.unit != "year" and found.back > 0 and text_at(sentence, found.end) in {".", ",", ""})
