"""The view that the model of dates has of a text: its sentences, what marks them, and every date that it mentions.

In contrast to `scamcli.ingest.story_dates`, no date is left out here: the model decides which of them matter.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from scamcli.ingest import date_phrases
from scamcli.ingest.date_phrases import When
from scamcli.ingest.entry_dates import COMPLETED, Relative, YearResolver, years_of_title
from scamcli.ingest.headings import find_headings
from scamcli.ingest.lexicon import CALENDAR, GRAMMAR, NUMBERS, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Metadata
from scamcli.ingest.stories import day_of_text
from scamcli.ingest.story_dates import CUES, counts_until_now, every_date, may_begin_date, reports
from scamcli.ingest.words import (
    FULL_STOPS,
    Sentence,
    Source,
    is_boilerplate,
    paragraphs,
    sentences_in,
    source_of,
    words,
)

_OPENING = 2
"""Index of the last word of a line at which the date that heads it can begin."""
_FEWEST_IN_LIST = 3
"""How many lines begin with a date in a list."""
_HEAD, _FOOT = 400, 300
"""How many characters at the start and at the end of a text can state its date."""
_LINES_OF_TITLE = 6
"""How many of the first sentences are headlines if they do not end as sentences do."""
_LONGEST_ROW = 24
"""The most words of a line that can be a row of numbers."""
_LONGEST_YEAR = 4
"""The most words of a line that is the heading of a year."""
_NEW_YEAR = 5
"""By how many months a date in a list can precede the previous one without belonging to the next year."""


class DateMention(NamedTuple):
    """A date in a sentence: the index of the sentence, those of its words, and the date in EDTF."""

    sentence: int
    at: int
    end: int
    found: When | Relative
    date: str
    opens_line: bool
    """Whether it heads its line, as in a list."""

    @property
    def day(self) -> str:
        """The date without its mark of doubt, by which mentions of one date are recognised."""
        return unmarked(self.date)


class Candidate(NamedTuple):
    """A date that may have an entry: in EDTF, and where the text mentions it. The day of the text may be nowhere."""

    day: str
    date: str
    mentions: tuple[DateMention, ...]


class SentenceMarks(NamedTuple):
    """What the model knows of a sentence besides its dates."""

    paragraph: int
    counts: bool
    """Whether it has a number that is not part of a date."""
    cues: frozenset[str]


def unmarked(edtf: str) -> str:
    """Return a date in EDTF without its marks of doubt."""
    return edtf.translate({ord(mark): None for mark in "~?%"})


class TextView:
    """The sentences of a text with their marks, and the dates that the text mentions.

    Args:
        text: the text without markup.
        about: its title, and when it was published.
        source: its words and lines, if they are known already.
    """

    def __init__(self, text: str, about: Metadata, source: Source | None = None) -> None:
        self.length = len(text)
        _, every, lines = source or source_of(text)
        lines = [line for line in lines if not is_boilerplate(every, line)]
        parts = paragraphs(lines, every)
        starts = {every[part.first].start for part in parts}
        self.sentences = sentences_in(text, every, parts)
        self.lowers = [[word.lower for word in sentence] for sentence in self.sentences]
        """The words of each sentence in lower case."""
        self.written = day_of_text(self.sentences, about, YearResolver(about, in_order=False))
        self._starts = [sentence[0].start in starts for sentence in self.sentences]
        self._headings = {every[one.first].start: one.when for one in find_headings(every, lines)}
        self._is_dated = _states_day(text, about.published)
        self.mentions = list(_Reader(self, about).read())
        self.by_sentence: list[list[DateMention]] = [[] for _ in self.sentences]
        for mention in self.mentions:
            self.by_sentence[mention.sentence].append(mention)
        self.is_list = sum(one.opens_line for one in self.mentions) >= _FEWEST_IN_LIST
        self.title_days = self._title_days(about.title or "")

    def opens(self, sentence: int) -> bool:
        """Return whether a sentence begins a paragraph or a line."""
        return self._starts[sentence]

    def heading(self, start: int) -> When | None:
        """Return the date of the heading that begins with the word at a position of the text."""
        return self._headings.get(start)

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """The dates that the text mentions and the day of the text, by their days."""
        mentions: dict[str, list[DateMention]] = {}
        for one in self.mentions:
            mentions.setdefault(one.day, []).append(one)
        found = {day: Candidate(day, same[0].date, tuple(same)) for day, same in mentions.items()}
        if self.written is not None and (day := str(self.written)) not in found:
            found[day] = Candidate(day, day + ("" if self._is_dated else COMPLETED), ())
        return found

    @cached_property
    def enclosing(self) -> frozenset[str]:
        """The years and months of more exact dates."""
        return frozenset(day[:size] for day in self.candidates for size in (4, 7) if len(day) > size)

    @cached_property
    def marks(self) -> list[SentenceMarks]:
        """What marks each sentence."""
        found, paragraph = [], 0
        for at, sentence in enumerate(self.sentences):
            paragraph += self.opens(at)
            dated = {word for one in self.by_sentence[at] for word in range(one.at, one.end)}
            counts = any(
                word.text[0].isdigit() or word.lower in NUMBERS.units or word.lower in NUMBERS.plurals
                for index, word in enumerate(sentence)
                if index not in dated
            )
            found.append(SentenceMarks(paragraph, counts, frozenset(_cues(sentence, opens=self.opens(at)))))
        return found

    def _title_days(self, title: str) -> frozenset[str]:
        """Return the dates in the title and in the headlines at the top."""
        every = tuple(words(title))
        dates = [found for at in range(len(every)) if (found := date_phrases.read(every, at)) and found.has_year]
        top = [one.day for one in self.mentions if one.sentence < _LINES_OF_TITLE]
        ends = [self.sentences[one.sentence][-1].text for one in self.mentions if one.sentence < _LINES_OF_TITLE]
        headlines = [day for day, end in zip(top, ends, strict=True) if end not in FULL_STOPS]
        return frozenset([*(unmarked(one.edtf()) for one in dates), *headlines])


class _Reader:
    """Reads the dates of a text in order, and completes those without a year."""

    def __init__(self, view: TextView, about: Metadata) -> None:
        self._view = view
        self._title = years_of_title(about.title or "")
        written = str(view.written or about.published or "")
        self._written = (int(written[:4]), int(written[5:7] or 12)) if written else None
        """Year and month of the text."""
        self._heading: int | None = None
        """The year of the last heading with a year."""
        self._is_under_year = False
        """Whether that heading is a year or a month, so that the dates below it are in its year."""
        self._listed: tuple[int, int] | None = None
        """Year and month of the last date that began a line."""

    def read(self) -> Iterator[DateMention]:
        for at, sentence in enumerate(self._view.sentences):
            for first, end, found in _dates(sentence, self._view.heading(sentence[0].start)):
                opens_line = self._view.opens(at) and first <= _OPENING and isinstance(found, When)
                if (date := self._complete(sentence, first, found, opens_line=opens_line)) is not None:
                    yield DateMention(at, first, end, found, date, opens_line)

    def _complete(self, sentence: Sentence, first: int, found: When | Relative, *, opens_line: bool) -> str | None:
        written = self._view.written
        if isinstance(found, Relative):
            return None if written is None else found.edtf(written, COMPLETED)
        year, month = found.first.year, found.first.month or 1
        is_heading = self._view.heading(sentence[first].start) is not None or (
            found.form == "year" and len(sentence) <= 4
        )
        if year is not None and is_heading:
            self._heading, self._is_under_year = year, found.first.day is None
        mark = ""
        if year is None:
            year, mark = self._year(month, opens_line=opens_line)
        if year is None:
            return None
        if opens_line:
            self._listed = year, month
        return found.edtf() if found.has_year else found.in_year(year).edtf(mark)

    def _year(self, month: int, *, opens_line: bool) -> tuple[int | None, str]:
        """Return the year of a date without one, and a mark if only the day of the text tells it."""
        if opens_line and self._listed is not None and self._title is None and not self._is_under_year:
            year, before = self._listed
            return year + (month < before - _NEW_YEAR), ""
        if self._heading is not None or self._title is not None:
            return self._heading or (self._title or (None,))[0], ""
        if self._written is None:
            return None, ""
        return self._written[0] - (month > self._written[1]), COMPLETED


def _dates(sentence: Sentence, heading: When | None) -> Iterator[tuple[int, int, When | Relative]]:
    """Yield the dates of a sentence, which may begin with a heading in digits only, such as 190609."""
    is_compact = heading is not None and heading.form == "compact"
    if heading is not None and is_compact:
        yield 0, 1, heading
    yield from ((at, found.end, found) for at, found in every_date(sentence, first=int(is_compact)))


def _states_day(text: str, published: str | None) -> bool:
    """Return whether a text states its date of publication at its head or its foot."""
    for part in (text[:_HEAD], text[-_FOOT:]):
        every = words(part)
        dates = (date_phrases.read(every, at) for at in range(len(every)) if may_begin_date(every[at]))
        if any(found is not None and found.has_year and found.edtf() == published for found in dates):
            return True
    return False


def _cues(sentence: Sentence, *, opens: bool) -> Iterator[str]:
    """Yield the names of what marks a sentence."""
    lowers = [word.lower for word in sentence]
    has = frozenset(lowers)
    yield from (name for name, listed in _LISTED.items() if not has.isdisjoint(listed))
    ends = sentence[-1].text
    if ends not in FULL_STOPS and len(sentence) <= _LONGEST_ROW:
        yield "row"
    if ends == "?":
        yield "question"
    if opens:
        yield "opening"
    if counts_until_now(sentence):
        yield "until now"
    if reports(sentence):
        yield "reporting"
    if any(one == "the" and other in GRAMMAR.same for one, other in pairwise(lowers)):
        yield "same"


_LISTED = {
    "said": SPEECH.said,
    "planned": CALENDAR.planned,
    "have": frozenset({"has", "have"}),
    "had": frozenset({"had"}),
    "present": frozenset({"is", "are", "remain", "remains"}),
    "since": frozenset({"since"}),
    "quoted": frozenset({'"', "“"}),
    "outcome": OUTCOMES.raiding.union(CUES, OUTCOMES.irregular),
    "same": GRAMMAR.them_all,
}
"""Names of cues, and the words that are their sign."""


def days_between(day: str, written: date | None) -> int | None:
    """Return how many days before the day of the text a date begins; ``None`` if that is unknown."""
    first = day.split("/")[0]
    try:
        begins = date.fromisoformat(first + "-01" * ((len("YYYY-MM-DD") - len(first)) // 3))
    except ValueError:
        return None
    return None if written is None else (written - begins).days
