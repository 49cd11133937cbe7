"""Group the sentences of a story, an article without headings, into dated entries.

The first entry of a story is usually its news. A sentence with another date begins another entry, unless that date
belongs only to a statement about the news, or to its background.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from scamcli.ingest import date_phrases
from scamcli.ingest.date_phrases import When
from scamcli.ingest.entry_dates import COMPLETED, OF_ITEM, OF_TEXT, EntryDate, YearResolver
from scamcli.ingest.lexicon import GRAMMAR, OUTCOMES, SPEECH
from scamcli.ingest.proposal import Grade, Metadata, Span
from scamcli.ingest.story_dates import (
    LONGEST_DATELINE,
    ONLY_SPOKEN,
    RANKS,
    RELATIVE_RANKS,
    DateInSentence,
    counts_until_now,
    dates_in,
    is_background,
    is_dateline,
    last_year,
    reports,
)
from scamcli.ingest.words import FULL_STOPS, Sentence, text_at

_LINES_ABOVE_DATELINE = 3
"""How many sentences may stand above a dateline."""

Group = tuple[EntryDate, Span, list[Sentence]]
"""The sentences of an entry, their date, and the position of the date in the text."""

_OF_LEAD = frozenset(
    {RANKS["day"], RELATIVE_RANKS["day"], RELATIVE_RANKS["day"] + ONLY_SPOKEN, RELATIVE_RANKS["weekend"]}
)
"""Ranks of dates that can date the sentences before them: days and weekends."""
_FAR_SUBJECT = 5
"""How many words after the day on which somebody spoke are searched for the people they spoke about."""
_NEWS = 7
"""The most days between an event and the day on which somebody spoke about it."""
_MARK = 2
"""The most digits of the number of an item, and the words of a sentence that is nothing but this number and its dot."""
_ADVISING = OUTCOMES.future | {"should", "must", "ought"}
"""Words of an item that says what should or will happen."""
_FEWEST_ITEMS = 2
"""How many numbered items make a list of events."""
_LONGEST_LABEL = 8
"""The most words of the places before a colon with which an item begins."""
_FAR_HAD = 14
"""The most words of a sentence that looks back up to its verb: "On 15 February, the embassy had asked"."""
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
    items = _items(sentences)
    for sentence in sentences:
        if sentence[0].start in items:
            story.add_item(sentence)
            continue
        if sentence[-1].text == ":" and sentence[0].start < min(items, default=0):
            story.announce(sentence)
        story.add(sentence, is_new_paragraph=is_new_paragraph(sentence))
    return story.groups, story.undated


def _items(sentences: Sequence[Sentence]) -> set[int]:
    """Return where the first sentences of numbered items begin that report events of their own, each with its place.

    "1. In Mae Sot, police raided two houses. 2. In Chiang Rai, officers freed 12." But the items of a list of what
    was seized belong to one event.
    """
    first: list[Sentence] = []
    for sentence, after in pairwise([*sentences, ()]):
        if _item_number(sentence) == len(first) + 1:
            first.append(after if len(sentence) == _MARK and after else sentence)
    is_list = len(first) >= _FEWEST_ITEMS and all(_reports_event(one) for one in first)
    return {one[0].start for one in first} if is_list else set()


def _item_number(sentence: Sentence) -> int | None:
    """Return the number of the item that a sentence begins, or is: "2.", "3) Police"."""
    number, sign = sentence[0].text, text_at(sentence, 1)
    is_number = number.isdecimal() and len(number) <= _MARK and sign in (".", ")")
    return int(number) if is_number and sentence[0].end == sentence[1].start else None


def _reports_event(sentence: Sentence) -> bool:
    """Return whether an item says what happened at a place, as in "In Mae Sot, …" or "Mae Sot, Tak: …"."""
    if not reports(sentence) or not _ADVISING.isdisjoint(word.lower for word in sentence):
        return False
    label = [word.text for word in sentence[:_LONGEST_LABEL]]
    has_label = ":" in label and all(one.istitle() or not one.isalpha() for one in label[: label.index(":")])
    pairs = ((one.lower, after.text) for one, after in pairwise(sentence))
    return has_label or any(one in ("in", "at", "near") and after.istitle() for one, after in pairs)


class _Story:
    """The entries of an article without headings, to which its sentences are added one by one."""

    def __init__(self, sentences: Sequence[Sentence], about: Metadata, *, is_stated: bool) -> None:
        self._years = YearResolver(about, in_order=False)
        self._written = day_of_text(sentences, about, self._years)
        self._is_stated = is_stated and self._written == _day_of(about.published)
        self._has_prose = any(sentence[-1].text in FULL_STOPS for sentence in sentences)
        self._lead: list[Sentence] = []
        self._current = 0
        """Index of the entry to which the last sentence belongs."""
        self._main = 0
        """Index of the entry that is the news."""
        self._is_aside = False
        """Whether the last sentence looked back from the news: "In May, the embassy had asked for help"."""
        self._announced: tuple[EntryDate, Span] | None = None
        """The date of a list of items, and where the sentence that announces the list states it."""
        self._news: DateInSentence | None = None
        """The date in the text that dates the first entry."""
        self.groups: list[Group] = []
        self._by_day: dict[str, int] = {}
        """Indices of the entries by their dates."""
        self.undated: list[Span] = []

    def add(self, sentence: Sentence, *, is_new_paragraph: bool) -> None:
        """Add a sentence to the entry that it belongs to, or begin a new entry with it."""
        is_headline = self._has_prose and not self.groups and sentence[-1].text not in FULL_STOPS
        dates = () if is_headline else dates_in(sentence)  # a headline or a byline repeats what follows
        found = min(dates, key=lambda one: (one.rank, -last_year(one), one.at), default=None)
        dated = None
        if found is not None:
            dated = _complete(found, self._years, self._written, is_stated=self._is_stated)
        if found is not None and dated is None:
            self.undated.append(_span(sentence, found))
        if found is not None and dated is not None and not (self.groups and is_background(sentence, found)):
            self._enter(sentence, found, dated)
            self._is_aside = self._is_earlier() and _looks_back(sentence)
        elif (is_new_paragraph and self.groups and self._returns_to_news(sentence)) or (
            self._is_aside and found is None and not _looks_back(sentence)
        ):
            self._current, self._is_aside = self._main, False
        if found is None and self._is_about_one_event() and self._written is not None and counts_until_now(sentence):
            self._current = self._entry_of_text(sentence, self._written)
        if self.groups:
            self.groups[self._current][2].append(sentence)
        elif not is_headline:
            self._lead.append(sentence)

    def add_item(self, sentence: Sentence) -> None:
        """Begin an entry with an item of a list, which has its own date or that of the text."""
        dated, span = self._date_of(sentence) or self._announced or (None, Span(*[sentence[0].start] * 2))
        if dated is None and self._written is None:
            self.add(sentence, is_new_paragraph=True)
            return
        self._current = len(self.groups)
        self.groups.append((dated or self._of_text()._replace(rule=OF_ITEM), span, [sentence]))

    def announce(self, sentence: Sentence) -> None:
        """Remember the date in a sentence that announces a list of items, which dates those without one."""
        found = self._date_of(sentence)
        self._announced = found and (found[0]._replace(rule=OF_ITEM), found[1])

    def _date_of(self, sentence: Sentence) -> tuple[EntryDate, Span] | None:
        """Return the date that a sentence states, and where."""
        found = min(dates_in(sentence), key=lambda one: (one.rank, one.at), default=None)
        dated = found and _complete(found, self._years, self._written, is_stated=self._is_stated)
        return (dated, _span(sentence, found)) if found and dated else None

    def _of_text(self) -> EntryDate:
        """Return the date of the text as that of an entry."""
        return EntryDate(f"{self._written}{'' if self._is_stated else COMPLETED}", OF_TEXT, Grade.UNSURE)

    def _returns_to_news(self, sentence: Sentence) -> bool:
        """Return whether a paragraph without a date follows background, or is the heading of a table."""
        is_heading = self._has_prose and sentence[-1].text not in FULL_STOPS | {":"}
        return is_heading or _is_older(self.groups[self._current][0], self.groups[self._main][0])

    def _is_earlier(self) -> bool:
        """Return whether the entry of the last sentence is of a day before the news."""
        return without_doubt(self.groups[self._current][0].date) < without_doubt(self.groups[self._main][0].date)

    def _is_about_one_event(self) -> bool:
        """Return whether all of the text so far is one event, not only dated by when somebody spoke."""
        news = self._news
        is_spoken = news is None or news.rank not in (RANKS["day"], RELATIVE_RANKS["day"], RELATIVE_RANKS["weekend"])
        return len(self.groups) == 1 and not is_spoken

    def _entry_of_text(self, sentence: Sentence, written: date) -> int:
        """Return the index of the entry for what the text says of its own day, such as totals until then."""
        at = self._by_day.get(str(written))
        if at is None:
            at = self._by_day[str(written)] = len(self.groups)
            self.groups.append((self._of_text(), Span(sentence[0].start, sentence[0].end), []))
        return at

    def _is_first_news(self, found: DateInSentence, dated: EntryDate) -> bool:
        """Return whether a date is of the days before the text, and all earlier entries are older background."""
        day = _day_of(without_doubt(dated.date))
        return (
            self._written is not None
            and day is not None
            and 0 <= (self._written - day).days <= _NEWS
            and all(_is_older(one[0], dated) for one in self.groups)
        )

    def _enter(self, sentence: Sentence, found: DateInSentence, dated: EntryDate) -> None:
        """Choose the entry for a sentence with a date: the news, an earlier entry with that date, or a new one."""
        span, groups = _span(sentence, found), self.groups
        if len(groups) == 1 and _dates_what_was_said(self._news, found, groups[0][0], dated):
            groups[0], self._news = (dated, span, groups[0][2]), found
            self._by_day = {without_doubt(dated.date): 0}
            return
        days = _days_of(found, dated)
        same = next((self._by_day[day] for day in days if day in self._by_day), None)
        if same is not None:
            self._current = same
            is_day_of_weekend = "/" in groups[same][0].date and "/" not in dated.date
            if dated.grade == Grade.SURE or is_day_of_weekend:  # the more exact date
                groups[same] = (dated, span, groups[same][2])
        elif not (groups and _is_about_the_same(sentence, found)):
            is_of_lead = found.rank in _OF_LEAD and (not groups or self._is_first_news(found, dated))
            self._main = len(groups) if is_of_lead else self._main
            lead = self._lead if is_of_lead and len(self._lead) <= _LONGEST_LEAD else []
            self._lead = [] if lead else self._lead
            groups.append((dated, span, [*lead]))
            self._current = len(groups) - 1
            self._by_day |= dict.fromkeys(days, self._current)
            self._news = self._news or found


def _looks_back(sentence: Sentence) -> bool:
    """Return whether a sentence says what had happened before, and not what somebody said had happened."""
    lowers = [word.lower for word in sentence]
    at = lowers.index("had") if "had" in lowers[:_FAR_HAD] else 0
    return at > 0 and lowers[at - 1] not in GRAMMAR.relative and SPEECH.said.isdisjoint(lowers)


def _dates_what_was_said(said: DateInSentence | None, found: DateInSentence, one: EntryDate, other: EntryDate) -> bool:
    """Return whether a date is the day of the event about which somebody spoke on the first date of a text.

    "The agency said on Wednesday that 15 had died. The boat capsized on Monday."
    """
    if said is None or said.rank != RELATIVE_RANKS["day"] + ONLY_SPOKEN:
        return False
    if found.rank not in (RANKS["day"], RELATIVE_RANKS["day"]):
        return False
    first, second = _day_of(one.date.rstrip(COMPLETED)), _day_of(other.date.rstrip(COMPLETED))
    return first is not None and second is not None and 0 <= (first - second).days <= _NEWS


def _days_of(found: DateInSentence, dated: EntryDate) -> list[str]:
    """Return the dates by which an entry is recognised: its date, and for a weekend also its days."""
    day = without_doubt(dated.date)
    return [day, *day.split("/")] if found.rank == RELATIVE_RANKS["weekend"] else [day]


def without_doubt(date: str) -> str:
    """Return a date in EDTF without the mark of uncertainty, by which the same day is recognised."""
    return date.replace(COMPLETED, "")


def _is_older(one: EntryDate, news: EntryDate) -> bool:
    """Return whether an entry is background to the news, so that a new paragraph returns to the news."""
    return one.date[:7].rstrip("~?/") < news.date[:7].rstrip("~?/")


def day_of_text(sentences: Sequence[Sentence], about: Metadata, years: YearResolver) -> date | None:
    """Return the day on which a text was written: that of its dateline, or else its publication."""
    return _day_of_dateline(sentences, years) or _day_of(about.published)


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
        for at in range(1, LONGEST_DATELINE):
            found = date_phrases.read(sentence, at)
            if found is not None and is_dateline(sentence, at, found):
                dated = years.complete(found)
                return None if dated is None else _day_of(dated.date.rstrip(COMPLETED))
    return None


def _span(sentence: Sentence, found: DateInSentence) -> Span:
    return Span(sentence[found.at].start, sentence[found.end - 1].end)


def _complete(found: DateInSentence, years: YearResolver, written: date | None, *, is_stated: bool) -> EntryDate | None:
    if isinstance(found.when, When):
        return years.complete(found.when)
    if written is None:
        return None
    is_today = is_stated and found.when.back == 0 and found.when.unit == "day" and found.when.weekday is None
    mark = "" if is_today else COMPLETED
    return EntryDate(found.when.edtf(written, mark), "counted back from the publication", found.when.grade)


def _is_about_the_same(sentence: Sentence, found: DateInSentence) -> bool:
    """Return whether somebody speaks again about what was reported: the police said on Monday that the group …"""
    first, last = (RELATIVE_RANKS[unit] + ONLY_SPOKEN for unit in ("day", "weekend"))
    if not first <= found.rank <= last:
        return False
    lowers = [word.lower for word in sentence]
    return any(
        lower in GRAMMAR.them_all or (lower == "the" and after in GRAMMAR.same)
        for lower, after in pairwise(lowers[found.end : found.end + _FAR_SUBJECT] if found.at > 1 else lowers)
    )
