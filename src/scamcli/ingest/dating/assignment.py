"""Choose the date of each sentence that counts something or has a date: the most probable sequence of choices."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from scamcli.ingest.dating.signs import (
    Context,
    History,
    contexts,
    relation_to_history,
    signs_of_history,
    signs_of_sentence,
    total,
)
from scamcli.ingest.dating.view import TextView

_WIDTH = 4
"""How many sequences are followed at a time (beam search)."""


class Path(NamedTuple):
    """A sequence of choices: the logarithm of its probability, the sequence without its last choice, and its history.

    Sequences share their beginnings, because copying them at each sentence would take long for a long text.
    """

    score: float
    before: "Path | None"
    history: History


def choices(
    view: TextView, around: Context, history: History, allowed: Container[str], by_rules: str | None = None
) -> set[str]:
    """Return the dates among which one is chosen for a sentence: those around it, and those that may date all of it.

    Args:
        history: what was chosen before it.
        allowed: the dates that may have an entry.
        by_rules: the date that the rules gave to the sentence.
    """
    likely = {*around.around, *view.title_days, str(view.written), history.day, history.most, by_rules}
    return {day for day in likely if day is not None and day in allowed}


def assign(
    view: TextView,
    numbers: Mapping[str, float],
    probabilities: Mapping[str, float],
    by_rules: Sequence[str | None],
    vote: float,
) -> dict[int, str]:
    """Return the date of each sentence that counts something or has one of the dates, by the index of the sentence.

    Args:
        view: the text.
        numbers: the numbers of the signs of sentences.
        probabilities: how probable it is that each of the dates has an entry.
        by_rules: the date that the rules gave to each sentence.
        vote: what the choice of the rules adds to the log-odds of a date.
    """
    order = {day: at for at, day in enumerate(probabilities)}
    paths = [Path(0.0, None, History())]
    for at, context in enumerate(contexts(view)):
        if not (context.marks.counts or any(day in probabilities for day in context.own)):
            continue
        scores = _Scores(view, context, at, numbers, probabilities)
        bonus = {by_rules[at]: vote}
        found = [
            (path.score + score, path, day)
            for path in paths
            for day, score in _log_probabilities(scores, path.history, bonus, order)
        ]
        if found:
            best = sorted(found, key=lambda one: -one[0])[:_WIDTH]
            paths = [Path(score, path, path.history.then(day, at)) for score, path, day in best]
    return dict(_chosen(paths[0]))


def _chosen(last: Path) -> Iterator[tuple[int, str]]:
    """Yield the choices of a sequence, the last one first: the index of a sentence, and its date."""
    path: Path | None = last
    while path is not None and path.history.day is not None:
        yield path.history.sentence, path.history.day
        path = path.before


class _Scores:
    """The scores of dates for one sentence. What several sequences have in common is computed once."""

    def __init__(
        self, view: TextView, around: Context, at: int, numbers: Mapping[str, float], probabilities: Mapping[str, float]
    ) -> None:
        self.view, self.around, self.at, self.allowed = view, around, at, probabilities
        self._numbers = numbers
        self._of_dates: dict[str, float] = {}
        self._of_histories: dict[object, float] = {}

    def score(self, day: str, history: History) -> float:
        """Return the score of a date after what was chosen before."""
        if day not in self._of_dates:
            signs = signs_of_sentence(self.view, self.around, self.at, day, self.allowed[day])
            self._of_dates[day] = total(self._numbers, signs)
        relation = relation_to_history(self.around, day, history)
        if relation not in self._of_histories:
            signs_before = signs_of_history(self.view, self.around, self.at, relation)
            self._of_histories[relation] = total(self._numbers, signs_before)
        return self._of_dates[day] + self._of_histories[relation]


def _log_probabilities(
    scores: _Scores, history: History, bonus: Mapping[str | None, float], order: Mapping[str, int]
) -> Iterator[tuple[str, float]]:
    """Yield each possible date of a sentence with the logarithm of its probability, in the given order of dates."""
    possible = choices(scores.view, scores.around, history, order, next(iter(bonus)))
    days = sorted(possible, key=order.__getitem__)
    found = [scores.score(day, history) + bonus.get(day, 0.0) for day in days]
    if found:
        highest = max(found)
        whole = highest + math.log(math.fsum([math.exp(one - highest) for one in found]))
        yield from ((day, one - whole) for day, one in zip(days, found, strict=True))
