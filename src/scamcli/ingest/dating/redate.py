"""Give sentences to other dates where the rules' reading of a text is implausible, and change nothing elsewhere."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from scamcli.ingest.dated_entries import Entries, Entry
from scamcli.ingest.dating.signs import Model, probability, signs_of_date, total, trained
from scamcli.ingest.dating.view import Candidate, TextView, unmarked
from scamcli.ingest.entry_dates import CHOSEN, OF_ITEM, EntryDate, is_later
from scamcli.ingest.proposal import Grade, Metadata, Span
from scamcli.ingest.words import Sentence

PLAUSIBLE = -0.4
"""The least `plausibility` of the reading of the rules for it to stand."""
FEWEST = 8
"""In texts with fewer sentences, the dates of the rules stand: there is little to choose from."""
_LEAST = 0.02
"""The model's judgement of a date is never taken to be more certain than this."""
VOTE = 0.5
"""What the choice of the rules adds to the log-odds of the model, and what a date that they left out loses."""
_HAS_ENTRY = 0.5
"""The probability from which a date has an entry."""
_MAY_HAVE_ENTRY = 0.3
"""The probability from which a date has an entry if a sentence that counts something belongs to it."""


def redate(entries: Entries, text: str, about: Metadata, model: Model | None = None) -> Entries:
    """Return the entries with their dates if these are plausible, and otherwise with those that the model chooses.

    Each date gets the chance that the model gives it.

    Args:
        entries: the entries that the rules found.
        text: the text without markup.
        about: its title, and when it was published.
        model: another model than the one that comes with the program, for training.
    """
    view = TextView(text, about, entries.source)
    model = model or trained()
    by_rules = {unmarked(entry.dated.date): entry.dated for entry in entries.dated}
    past = {day: one for day, one in view.candidates.items() if not is_later(day, about)}
    judged = {day: total(model.dates, signs_of_date(view, one)) for day, one in past.items()}
    has_items = any(entry.dated.rule == OF_ITEM for entry in entries.dated)
    if has_items or len(view.sentences) < FEWEST or plausibility(judged, by_rules) >= PLAUSIBLE:
        return _with_chances(entries, judged)
    candidates = past | {day: Candidate(day, dated.date, ()) for day, dated in by_rules.items() if day not in judged}
    weighed = {day: probability(judged.get(day, 0.0) + (VOTE if day in by_rules else -VOTE)) for day in candidates}
    allowed = {day: probability(judged.get(day, 0.0)) for day, one in weighed.items() if one > _MAY_HAVE_ENTRY}
    chosen = _Redated(entries, view, _Judged(candidates, weighed, allowed), model.sentences).entries()
    return _with_chances(chosen, judged)


def _with_chances(entries: Entries, judged: Mapping[str, float]) -> Entries:
    """Return the entries with the chances of their dates, from the log-odds by date."""
    chances = {day: probability(odds) for day, odds in judged.items()}
    return entries._replace(
        dated=tuple(
            entry._replace(dated=entry.dated._replace(chance=chances.get(unmarked(entry.dated.date))))
            for entry in entries.dated
        )
    )


def plausibility(judged: Mapping[str, float], by_rules: Mapping[str, object]) -> float:
    """Return how plausible the model finds what the rules decided about the dates of a text: 0 or less.

    It is the mean logarithm of the probability of each decision.

    Args:
        judged: the log-odds that each date of the text has an entry, by date.
        by_rules: the dates to which the rules gave an entry.
    """
    found = []
    for day, odds in judged.items():
        likely = min(1 - _LEAST, max(_LEAST, probability(odds)))
        found.append(math.log(likely if day in by_rules else 1 - likely))
    return math.fsum(found) / len(found) if found else 0.0


class _Unit(NamedTuple):
    """A sentence of the article, the index of the entry in which the rules put it, and its index in the view."""

    sentence: Sentence
    entry: int | None
    at: int


class _Judged(NamedTuple):
    """What the model says of the dates of a text."""

    candidates: Mapping[str, Candidate]
    """All dates that the text mentions, or to which the rules gave an entry, by date (EDTF without marks of doubt)."""
    weighed: Mapping[str, float]
    """How probable it is that they have entries, by date, if the choice of the rules counts too."""
    allowed: Mapping[str, float]
    """How probable it is without the rules, for the dates that may have entries."""


class _Words:
    """A set of words of a text, by where they begin. It takes a byte for each character up to `end`."""

    def __init__(self, end: int) -> None:
        self._begins = bytearray(end)

    def add(self, sentences: Iterable[Sentence]) -> None:
        for sentence in sentences:
            for word in sentence:
                self._begins[word.start] = True

    def have_any(self, sentence: Sentence) -> bool:
        return any(self._begins[word.start] for word in sentence)

    def have_all(self, sentence: Sentence) -> bool:
        return all(self._begins[word.start] for word in sentence)


class _Redated:
    """The entries of a text after the model chose the dates of its sentences."""

    def __init__(self, entries: Entries, view: TextView, judged: _Judged, numbers: Mapping[str, float]) -> None:
        from scamcli.ingest.dating.assignment import assign  # most texts never need it

        self._before, self._view = entries, view
        self._candidates, self._probabilities = judged.candidates, judged.weighed
        self._days = [unmarked(entry.dated.date) for entry in entries.dated]
        self._by_day: dict[str, list[int]] = {}
        """Indices of the entries by their dates."""
        for index, day in enumerate(self._days):
            self._by_day.setdefault(day, []).append(index)
        starts = [sentence[0].start for sentence in view.sentences]
        by_entry = [*enumerate(entry.sentences for entry in entries.dated), (None, entries.outside)]
        units = [
            _Unit(sentence, index, max(0, bisect_right(starts, sentence[0].start) - 1))
            for index, sentences in by_entry
            for sentence in sentences
        ]
        self._units = sorted(units, key=lambda unit: unit.sentence[0].start)
        by_rules: list[str | None] = [None] * len(starts)
        for unit in self._units:
            by_rules[unit.at] = None if unit.entry is None else self._days[unit.entry]
        self._chosen = assign(view, numbers, judged.allowed, by_rules, VOTE)
        self._counting = {day for at, day in self._chosen.items() if view.marks[at].counts}

    def entries(self) -> Entries:
        """Return the entries with their new sentences, in the order of the text."""
        kept: list[list[Sentence]] = [[] for _ in self._before.dated]
        new: dict[str, list[Sentence]] = {}
        for unit, day in self._placed():
            nearest = self._nearest(day, unit)
            (kept[nearest] if nearest is not None else new.setdefault(day, [])).append(unit.sentence)
        # Sentences of entries and those of the view may be divided in other ways, so words are compared.
        placed = _Words(self._view.length)
        for sentences in (*kept, *new.values()):
            placed.add(sentences)
        found: list[Entry | None] = []
        for old, sentences, day in zip(self._before.dated, kept, self._days, strict=True):
            own = sentences or [one for one in old.sentences if not placed.have_any(one)]
            placed.add(own)
            found.append(self._with_sentences(day, old, own, placed))
        found += [self._new_entry(day, new.get(day, []), placed) for day in self._candidates if day not in self._by_day]
        # An entry of nothing but its date may begin where another one does, which says more.
        ordered = sorted((entry for entry in found if entry is not None), key=lambda entry: entry.passage)
        chosen = tuple({entry.passage.start: entry for entry in ordered}.values())
        inside = _Words(self._view.length)
        for entry in chosen:
            inside.add(entry.sentences)
        outside = tuple(unit.sentence for unit in self._units if not inside.have_all(unit.sentence))
        return self._before._replace(dated=chosen, outside=outside)

    def _placed(self) -> list[tuple[_Unit, str]]:
        """Return the sentences of entries with their dates. Those without a number follow the one before them."""
        found = []
        day, entry = None, None
        for unit in self._units:
            own = None if unit.entry is None else self._days[unit.entry]
            if unit.at in self._chosen:
                day, entry = self._chosen[unit.at], unit.entry
                is_new = unit.entry is None and not self._view.marks[unit.at].counts and day not in self._by_day
                if is_new and self._probabilities[day] <= _HAS_ENTRY:
                    continue
                found.append((unit, day))
            elif own is not None:
                is_same = unit.entry == entry or self._probabilities[own] <= _MAY_HAVE_ENTRY
                found.append((unit, day if is_same and day is not None else own))
        return found

    def _nearest(self, day: str, unit: _Unit) -> int | None:
        """Return the index of the entry with a date to which a sentence belongs: its own, or else the nearest."""
        if unit.entry is not None and self._days[unit.entry] == day:
            return unit.entry
        start, entries = unit.sentence[0].start, self._before.dated
        same = self._by_day.get(day, ())
        return min(same, key=lambda index: abs(entries[index].passage.start - start), default=None)

    def _is_entry(self, day: str) -> bool:
        least = _MAY_HAVE_ENTRY if day in self._counting else _HAS_ENTRY
        return self._probabilities[day] > least

    def _with_sentences(self, day: str, old: Entry, sentences: list[Sentence], placed: "_Words") -> Entry | None:
        """Return an entry with other sentences, or ``None`` if its date has none."""
        if not sentences:
            return self._new_entry(day, [], placed)
        if not self._is_entry(day):
            return None
        start = old.passage.start if sentences[0] == old.sentences[0] else sentences[0][0].start
        dated = EntryDate(old.dated.date, CHOSEN, Grade.UNSURE)
        passage = Span(start, sentences[-1][-1].end)
        heading = _within(passage, old.heading, sentences[0])
        return old._replace(dated=dated, heading=heading, passage=passage, sentences=tuple(sentences))

    def _new_entry(self, day: str, sentences: list[Sentence], placed: "_Words") -> Entry | None:
        """Return an entry for a date that the rules left out, or ``None`` if it has none.

        If no sentence belongs to it, it has the one that mentions it, or if that belongs to another entry, only the
        words of the date: no number may be in two entries.

        Args:
            day: the date.
            sentences: the sentences that belong to it.
            placed: the words of entries; if this entry takes a sentence, its words are added.
        """
        mention = next(iter(self._candidates[day].mentions), None)
        if not self._is_entry(day) or (mention is None and not sentences):
            return None
        if mention is None:
            heading = Span(sentences[0][0].start, sentences[0][0].end)
        else:
            where = self._view.sentences[mention.sentence]
            words = where[mention.at : mention.end]
            heading = Span(words[0].start, words[-1].end)
            sentences = sentences or [words if placed.have_any(where) else where]
            placed.add(sentences)
        dated = EntryDate(self._candidates[day].date, CHOSEN, Grade.UNSURE)
        passage = Span(sentences[0][0].start, sentences[-1][-1].end)
        return Entry(dated, _within(passage, heading, sentences[0]), passage, tuple(sentences))


def _within(passage: Span, heading: Span, first: Sentence) -> Span:
    """Return where the date of an entry stands, or the first word of the passage if the date is not in it."""
    is_inside = passage.start <= heading.start and heading.end <= passage.end
    return heading if is_inside else Span(first[0].start, first[0].end)
