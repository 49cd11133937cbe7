"""The signs for or against a date: that it has an entry, and that a sentence belongs to that entry.

A sign is a name. Whether it speaks for the date, and how much, is learned: ``python -m evaluation --train`` writes
``weights.toml``, which has a number for each.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scamcli.ingest.date_phrases import When
from scamcli.ingest.dating.view import Candidate, DateMention, SentenceMarks, TextView, days_between
from scamcli.ingest.lexicon import CALENDAR, SPEECH
from scamcli.ingest.story_dates import is_dateline

WEIGHTS = Path(__file__).with_name("weights.toml")

_BEFORE = CALENDAR.no_event | CALENDAR.dating | {"nothing", "at", "and", "last", "as", "(", "than"}
"""The words before a date that are signs of their own."""
_NEAR, _FAR = 3, 12
"""How many words around a date are searched for a verb of speech, and for a plan or a comparison."""
_TOP = 4
"""Index of the last sentence that belongs to the top of a text, and the longest distance from a heading."""
_AGO = {1: "the same day", 3: "two days", 8: "a week", 41: "a month", 401: "a year"}
"""Names of distances in days; each is less than its key."""
_NEWS = 7
"""The most days between the news and the day of the text."""
_SHARE = 5
"""The number of steps into which the probability of a date is divided."""


class Model(NamedTuple):
    """The numbers of signs: of a date that has an entry, and of a sentence that belongs to a date."""

    dates: Mapping[str, float]
    sentences: Mapping[str, float]


@cache
def trained() -> Model:
    """Return the model that comes with the program."""
    return Model(**tomllib.loads(WEIGHTS.read_text(encoding="utf-8")))


def total(numbers: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return the sum of the numbers of signs, in log-odds. A sign that was not learned counts 0."""
    return math.fsum([numbers.get(sign, 0.0) for sign in signs])


def probability(log_odds: float) -> float:
    """Return the probability with given log-odds, which may be of any size."""
    return 1 / (1 + math.exp(-max(-700.0, log_odds)))


def signs_of_date(view: TextView, one: Candidate) -> frozenset[str]:
    """Return the signs for or against an entry with a date."""
    found = {sign for mention in one.mentions for sign in _signs_of_mention(view, mention)}
    found |= {"always", f"mentioned {min(len(one.mentions), 3)} times", precision(one.day)}
    if one.day == str(view.written):
        found.add("day of the text")
    if (ago := _ago(view, one.day)) is not None:
        found.add(ago)
    if one.day in view.enclosing:
        found.add("has more exact dates within it")
    near = [view.marks[at] for mention in one.mentions for at in _reach(view, mention)]
    numbers = sum(marks.counts for marks in near)
    found.add(f"{min(numbers, 3)} sentences count")
    if any("outcome" in marks.cues for marks in near):
        found.add("an outcome follows")
    return frozenset([*found, *(f"{sign}, in a list" for sign in found if view.is_list)])


def _reach(view: TextView, mention: DateMention) -> Iterator[int]:
    """Yield the sentences from that of a date up to the next date."""
    yield mention.sentence
    for at in range(mention.sentence + 1, len(view.sentences)):
        if view.by_sentence[at]:
            return
        yield at


def _signs_of_mention(view: TextView, one: DateMention) -> Iterator[str]:
    sentence, marks = view.sentences[one.sentence], view.marks[one.sentence]
    yield from (f"in a sentence: {cue}" for cue in marks.cues)
    if marks.counts:
        yield "in a sentence that counts"
    if len(view.by_sentence[one.sentence]) > 1:
        yield "beside another date"
    if one.sentence <= _TOP:
        yield "at the top"
    yield from _signs_of_words(one, view.lowers[one.sentence])
    if isinstance(one.found, When):
        yield f"form: {one.found.form.split()[0]}"
        if one.found.has_year:
            yield "with a year"
        if is_dateline(sentence, one.at, one.found):
            yield "dateline"
    else:
        yield f"relative: {one.found.unit}"


def _signs_of_words(one: DateMention, lowers: list[str]) -> Iterator[str]:
    """Yield the signs of a date that are in the words around it."""
    before = lowers[one.at - 1] if one.at else "nothing"
    if before == "the" and one.at > 1:
        before = lowers[one.at - 2]
    yield f"after: {before if before in _BEFORE else 'a word'}"
    near, far = lowers[max(0, one.at - _NEAR) : one.at], lowers[max(0, one.at - _FAR) : one.at]
    after, ends = lowers[one.end : one.end + _FAR], one.end >= len(lowers) - 2
    signs = {
        "opens its line": one.opens_line,
        "opens its sentence": one.at <= _NEAR,
        "alone": ends and one.at <= 1,
        "ends its sentence": ends and one.at > 1,
        "beside a verb of speech": not SPEECH.said.isdisjoint([*near, *after[:2]]),
        "planned": not CALENDAR.planned.isdisjoint(far) or not {"will", "shall"}.isdisjoint(after),
        "compared": not CALENDAR.comparing.isdisjoint(far),
        "since": "since" in near,
    }
    yield from (sign for sign, holds in signs.items() if holds)


def precision(day: str) -> str:
    """Return how precise an unmarked date is, in words."""
    return "a range" if "/" in day else {4: "a year", 7: "a month"}.get(len(day), "a day")


def _ago(view: TextView, day: str) -> str | None:
    days = days_between(day, view.written)
    if days is None:
        return None
    return "after the text" if days < 0 else f"before {[*_AGO.values(), 'years'][bisect_right([*_AGO], days)]}"


class Context(NamedTuple):
    """The dates around a sentence, each of which can be the one to which it belongs."""

    marks: SentenceMarks
    own: tuple[str, ...]
    """The dates in the sentence itself."""
    previous: str | None
    """The last date before it."""
    previous_in_paragraph: bool
    listed: str | None
    """The last date that began a line."""
    since_listed: int
    """How many sentences there are since then."""
    of_paragraph: frozenset[str]
    """The dates in the first sentence of its paragraph."""
    following: frozenset[str]
    """The dates in the next sentence of its paragraph."""
    news: str | None
    """The first day of the week before the text that the text mentions."""

    @property
    def around(self) -> set[str]:
        """All of these dates."""
        single = {day for day in (self.previous, self.listed, self.news) if day is not None}
        return {*self.own, *single, *self.of_paragraph, *self.following}


def contexts(view: TextView) -> Iterator[Context]:
    """Yield the dates around each sentence of a text."""
    news = next((one.day for one in view.mentions if _is_news(view, one)), None)
    previous: DateMention | None = None
    listed: DateMention | None = None
    first: dict[int, int] = {}
    for at, marks in enumerate(view.marks):
        begin = first.setdefault(marks.paragraph, at)
        own = view.by_sentence[at]
        listed = next((one for one in reversed(own) if one.opens_line), listed)
        is_followed = at + 1 < len(view.marks) and view.marks[at + 1].paragraph == marks.paragraph
        yield Context(
            marks,
            tuple(one.day for one in own),
            previous and previous.day,
            previous is not None and view.marks[previous.sentence].paragraph == marks.paragraph,
            listed and listed.day,
            at - listed.sentence if listed else 0,
            frozenset(one.day for one in view.by_sentence[begin]),
            frozenset(one.day for one in view.by_sentence[at + 1]) if is_followed else frozenset(),
            news,
        )
        previous = own[-1] if own else previous


def _is_news(view: TextView, one: DateMention) -> bool:
    """Return whether a date is a day of the week before the text, and not its dateline."""
    days = days_between(one.day, view.written)
    is_near = days is not None and 0 <= days <= _NEWS and precision(one.day) == "a day"
    sentence = view.sentences[one.sentence]
    return is_near and not (isinstance(one.found, When) and is_dateline(sentence, one.at, one.found))


def signs_of_sentence(view: TextView, around: Context, at: int, day: str, probability: float) -> frozenset[str]:
    """Return the signs for or against a date as the one to which a sentence belongs.

    Args:
        around: the dates around the sentence.
        at: the index of the sentence.
        day: the date.
        probability: how probable it is that the date has an entry.
    """
    relations = set(_relations(view, around, day))
    cues = set(around.marks.cues) | ({"a date"} if around.own else {"no date"})
    cues |= {"a number"} if around.marks.counts else set()
    cues |= {"in a list" if view.is_list else "in a story", precision(day)}
    found = {f"{relation}; {cue}" for relation in relations for cue in cues} | relations
    mentions = [mention for mention in view.by_sentence[at] if mention.day == day]
    found |= {f"own: {sign}" for one in mentions for sign in _signs_of_words(one, view.lowers[at])}
    found |= {precision(day), f"probable: {min(_SHARE - 1, int(probability * _SHARE))} of {_SHARE}"}
    if (ago := _ago(view, day)) is not None:
        found.add(ago)
    if not relations:
        found.add("elsewhere")
    return frozenset(found)


def _relations(view: TextView, around: Context, day: str) -> Iterator[str]:
    """Yield how a date is related to a sentence."""
    own = around.own
    relations = {
        "own": day in own,
        "the only one": own == (day,),
        "the last one": len(own) > 1 and day == own[-1],
        "the first one": len(own) > 1 and day == own[0] != own[-1],
        "previous": day == around.previous,
        "previous in the paragraph": day == around.previous and around.previous_in_paragraph,
        "heading": day == around.listed,
        f"heading {min(around.since_listed, _TOP)} before": day == around.listed,
        "not the heading": around.listed not in (None, day),
        "of the paragraph": day in around.of_paragraph and day not in own,
        "following": day in around.following,
        "news": day == around.news,
        "day of the text": day == str(view.written),
        "title": day in view.title_days,
    }
    yield from (relation for relation, holds in relations.items() if holds)


class Times(NamedTuple):
    """How often a date was chosen, and in which sentence first."""

    number: int
    first: int


class History(NamedTuple):
    """What was chosen for the sentences before.

    Attributes:
        day: the last date that was chosen, and `sentence` the one for which it was.
        most: the date that was chosen most often, of several the one that was chosen first, with `most_times`.
        layers: how often dates were chosen, each layer in a later part of the text and for at most half as many
            dates as the layer before. Histories that begin alike share layers, so that a long one costs little.
    """

    day: str | None = None
    sentence: int = 0
    most: str | None = None
    most_times: Times = Times(0, 0)
    layers: tuple[Mapping[str, Times], ...] = ()

    def number(self, day: str) -> int:
        """Return how often a date was chosen."""
        return sum(layer[day].number for layer in self.layers if day in layer)

    def then(self, day: str, sentence: int) -> "History":
        """Return the history after one more choice."""
        first = next((layer[day].first for layer in self.layers if day in layer), sentence)
        times = Times(self.number(day) + 1, first)
        is_most = (times.number, -first) > (self.most_times.number, -self.most_times.first)
        most = (day, times) if is_most else (self.most, self.most_times)
        return History(day, sentence, *most, _with_layer(self.layers, {day: Times(1, sentence)}))


def _with_layer(layers: tuple[Mapping[str, Times], ...], last: Mapping[str, Times]) -> tuple[Mapping[str, Times], ...]:
    while layers and len(layers[-1]) < 2 * len(last):
        *kept, before = layers
        later = {
            day: Times(before[day].number + one.number, before[day].first) for day, one in last.items() if day in before
        }
        layers, last = tuple(kept), {**before, **last, **later}
    return (*layers, last)


class Relation(NamedTuple):
    """How a date is related to what was chosen for the sentences before.

    Attributes:
        is_own: whether the sentence has the date itself.
        last: the last sentence for which a date was chosen, if it was this date.
        is_chosen: whether the date was chosen for any sentence.
        is_most_common: whether no date was chosen more often.
        is_first: whether nothing was chosen yet.
    """

    is_own: bool
    last: int | None
    is_chosen: bool
    is_most_common: bool
    is_first: bool


def relation_to_history(around: Context, day: str, history: History) -> Relation:
    """Return how a date is related to what was chosen for the sentences before."""
    times = history.number(day)
    return Relation(
        day in around.own,
        history.sentence if day == history.day else None,
        times > 0,
        times == history.most_times.number > 0,
        history.day is None,
    )


def signs_of_history(view: TextView, around: Context, at: int, relation: Relation) -> Iterator[str]:
    """Yield the signs for or against a date in what was chosen for the sentences before."""
    if relation.is_first:
        return
    how = "in a list" if view.is_list else "in a story"
    whose = "own" if relation.is_own else "with another date" if around.own else "without a date"
    if (last := relation.last) is not None:
        yield f"as before, {how}"
        yield f"as before, {whose}"
        same = view.marks[last].paragraph == around.marks.paragraph
        yield f"as before, {'in' if same else 'after'} the paragraph, {how}"
        yield from (f"as before; {cue}" for cue in around.marks.cues)
        if any(view.by_sentence[between] for between in range(last + 1, at)):
            yield "as before, past another date"
        if any(one.opens_line for between in range(last + 1, at + 1) for one in view.by_sentence[between]):
            yield "as before, past a heading"
        if {"row"} <= around.marks.cues & view.marks[last].cues:
            yield "as before, both in rows"
    elif relation.is_chosen:
        yield f"chosen earlier, {how}"
    else:
        yield f"new, {how}"
        yield f"new, {whose}"
    if relation.is_most_common:
        yield f"most common, {how}"
        yield f"most common, {whose}"
