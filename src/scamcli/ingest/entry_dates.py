"""DOC entry_dates"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import date_phrases, lexicon
from scamcli.ingest.date_phrases import Day, When
from scamcli.ingest.proposal import Grade, Span
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.proposal import Metadata
    from scamcli.ingest.words import Sentence


COMPLETED = "?"
"""EDTF's mark of what is uncertain."""


class EntryDate(NamedTuple):
    """A date that is complete.

    Attributes:
        date: as EDTF.
        rule: how its year is known.
        grade: how far that can be relied on.
    """

    date: str
    rule: str
    grade: Grade


class YearResolver:
    """What is known of years while the dates of a text are read in order.

    Args:
        about: the publication.
        in_order: whether the dates are those of a list, each after the one before.
    """

    def __init__(self, about: Metadata, *, in_order: bool = True) -> None:
        self._in_order = in_order
        self._title = _years_of(about.title or "")
        self._published = int(about.published[:4]) if about.published else None
        self._published_month = int(about.published[5:7]) if about.published and len(about.published) > 6 else 12
        self._line: tuple[int, int] | None = None
        self._before: tuple[int, int] | None = None

    def line(self, found: When) -> None:
        """A line that names a year, a month of a year, or a range of them: what follows lies in it."""
        first, last = found.first.year, (found.last or found.first).year
        if first is not None and last is not None:
            self._line, self._before = (first, last), None if first != last else self._before
            self._before = (first, found.first.month or 1) if first != last else None

    def dated(self, found: When) -> EntryDate | None:
        """The complete date; ``None`` where no year is known."""
        if found.has_year:
            self._before = (found.first.year or 0, found.first.month or 1)
            return EntryDate(found.edtf(), "date", Grade.SURE)
        before = (self._after_last(), "year of the entry before", COMPLETED, Grade.UNSURE)
        published = (self._before_publication(found), "year of the publication", COMPLETED, Grade.UNSURE)
        for years, rule, mark, grade in (
            (self._line, "year of the heading above", "", Grade.LIKELY),
            (self._title, "year of the title", "", Grade.LIKELY),
            *((before, published) if self._in_order else (published, before)),
        ):
            if years is not None:
                year = self._fitting_year(found.first.month or 1, *years)
                self._before = (year, found.first.month or 1)
                return EntryDate(found.in_year(year).edtf(mark), rule, grade)
        return None

    def _after_last(self) -> tuple[int, int] | None:
        if self._before is None:
            return None
        year = self._before[0]
        return year, max(year, min(year + 1, self._published or year + 1))

    def _before_publication(self, found: When) -> tuple[int, int] | None:
        if self._published is None:
            return None
        year = self._published - ((found.first.month or 1) > self._published_month)
        return year, year

    def _fitting_year(self, month: int, first: int, last: int) -> int:
        """Of the years of a range, that in which the month follows the date before; most months do not go back far."""
        if first == last or self._before is None:
            return first
        year, before = self._before
        year = max(first, min(last, year))
        return min(last, year + 1) if before - month > 5 else year


def _years_of(title: str) -> tuple[int, int] | None:
    found = [int(word.text) for word in words(title) if len(word.text) == 4 and word.text.isdigit()]
    years = [year for year in found if 1900 <= year <= 2099]
    return (min(years), max(years)) if years and max(years) - min(years) < 3 else None


def complete(years: YearResolver, found: Sequence[When]) -> list[EntryDate | None]:
    """Each of the dates, complete where it can be."""
    return [years.dated(one) for one in found]


ABOUT = lexicon.words("calendar.about")
MONTHS = lexicon.numbers("calendar.months", 1)
NO_EVENT = lexicon.words("calendar.no_event")

Group = tuple[EntryDate, Span, list["Sentence"]]

_DATING = frozenset({"on", "in", "during", "over", "of", ",", "(", "“", "throughout", "around", "about"})
_COMPARING = frozenset({"than", "compared", "comparison", "versus", "against", "twice", "double", "unlike"})
_FAR = 6
"""Words before a date among which one that compares makes it another's."""


class _DateInSentence(NamedTuple):
    """A date in a sentence, and how well it dates it: a day before a month before a year before a weekday."""

    rank: int
    at: int
    when: When | None
    days_ago: int = 0


def dated_sentences(sentences: Sequence[Sentence], about: Metadata) -> tuple[list[Group], list[Span]]:
    """The entries of an article, and the dates whose year nothing tells.

    Args:
        sentences: all of it.
        about: its publication, which dates weekdays.
    """
    years, published = YearResolver(about, in_order=False), _publication_day(about.published)
    groups: list[Group] = []
    undated: list[Span] = []
    for sentence in sentences:
        found = _best_date(sentence, published)
        dated = None if found is None else _complete(found, years, published)
        if found is not None and dated is None:
            undated.append(_span(sentence, found))
        if found is not None and dated is not None and not (groups and groups[-1][0].date == dated.date):
            groups.append((dated, _span(sentence, found), [sentence]))
        elif groups:
            groups[-1][2].append(sentence)
    return groups, undated


def _publication_day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None


def _span(sentence: Sentence, found: _DateInSentence) -> Span:
    last = found.when.end if found.when else found.at + 1
    return Span(sentence[found.at].start, sentence[last - 1].end)


def _complete(found: _DateInSentence, years: YearResolver, published: date | None) -> EntryDate | None:
    if found.when is not None:
        return years.dated(found.when)
    if published is None:
        return None
    told = (published - timedelta(days=found.days_ago)).isoformat()
    return EntryDate(told + COMPLETED, "weekday before the publication", Grade.UNSURE)


def _best_date(sentence: Sentence, published: date | None) -> _DateInSentence | None:
    found = list(_dates_in(sentence, published))
    return min(found, key=lambda one: (one.rank, one.at)) if found else None


def _dates_in(sentence: Sentence, published: date | None) -> Iterator[_DateInSentence]:
    at = 0
    while at < len(sentence):
        found = date_phrases.read(sentence, at) if _may_begin(sentence, at) else None
        if found is not None:
            if _dates_sentence(sentence, at, found):
                yield _DateInSentence(_rank(found), at, found)
            at = found.end
            continue
        ago = _days_ago(sentence, at, published)
        if ago is not None:
            yield _DateInSentence(3, at, None, ago)
        if published is not None and at == 0 and [word.lower for word in sentence[:2]] == ["last", "month"]:
            before = published.replace(day=1) - timedelta(days=1)
            yield _DateInSentence(1, 0, When(Day(None, before.month), None, False, "month", 2))
        at += 1


def _may_begin(sentence: Sentence, at: int) -> bool:
    word = sentence[at]
    if word.text[0].isdigit():
        return True
    return (
        word.lower in MONTHS
        or word.lower in ABOUT
        or word.lower in {"first", "second", "third", "fourth", "last"}
        or (word.text[0] == "Q")
    )


def _rank(found: When) -> int:
    return 0 if found.first.day is not None else 2 if found.form == "year" else 1


def _dates_sentence(sentence: Sentence, at: int, found: When) -> bool:
    """Whether a date is that of what the sentence tells."""
    before = sentence[at - 1].lower if at else ""
    opening = at <= 2
    if before == "by" and at == 1 and found.first.day is not None:
        return True  # By 18 April, 29 complaints had come
    if _is_dateline(sentence, at, found):
        return False
    if before == "of" and at > 1 and sentence[at - 2].lower == "as":
        return True  # as of 31 October
    if before in NO_EVENT and not (before in {"between", "from"} and opening and found.last is not None):
        return False
    near = {word.lower for word in sentence[max(0, at - _FAR) : at]}
    if not opening and near & _COMPARING:
        return False
    if found.form == "year":
        return opening and before in {"in", "during", "throughout"}
    if found.first.day is None:
        return opening or before in {"in", "during", "throughout"} or found.form == "quarter"
    return before in _DATING or before in {"", "the"} or opening or sentence[at].text[0].isupper()


def _is_dateline(sentence: Sentence, at: int, found: When) -> bool:
    """Whether it is the day on which a report was sent: "VIENTIANE, Sept 13 (Reuters) -"."""
    after = sentence[found.end].text if found.end < len(sentence) else ""
    return 0 < at < 6 and sentence[0].text.isupper() and len(sentence[0].text) > 2 and after in {"(", "-", "–", "—"}


def _days_ago(sentence: Sentence, at: int, published: date | None) -> int | None:
    """How many days before the publication a weekday was, or "yesterday"."""
    number = date_phrases.weekday(sentence, at)
    before = sentence[at - 1].lower if at else ""
    if number is None or before in NO_EVENT or before in {"every", "next"}:
        return {"yesterday": 1, "today": 0}.get(sentence[at].lower) if published and before != "until" else None
    return (published - date_phrases.last_weekday(number, published)).days if published else 0
