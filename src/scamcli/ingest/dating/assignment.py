"""Choose the date of each sentence that counts something or has a date: the most probable sequence of choices."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scamcli.ingest.dating.signs import Context, History, contexts, signs_of_history, signs_of_sentence, total
from scamcli.ingest.dating.view import TextView

_WIDTH = 8
"""How many sequences are followed at a time (beam search)."""


class Path(NamedTuple):
    """A sequence of choices, and the logarithm of its probability."""

    score: float
    days: tuple[str, ...]
    history: History


def choices(
    view: TextView, around: Context, history: History, allowed: Mapping[str, float], by_rules: str | None = None
) -> list[str]:
    """Return the dates among which one is chosen for a sentence: those around it, and those that may date all of it.

    Args:
        history: what was chosen before it.
        allowed: the dates that may have an entry.
        by_rules: the date that the rules gave to the sentence.
    """
    likely = {*around.around, *view.title_days, str(view.written), history.day, by_rules}
    likely |= {day for day, _ in history.chosen.most_common(1)}
    return [day for day in allowed if day in likely]


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
    around = contexts(view)
    paths, chosen = [Path(0.0, (), History())], []
    for at, context in enumerate(around):
        if not (context.marks.counts or any(day in probabilities for day in context.own)):
            continue
        scores = _Scores(view, context, at, numbers, probabilities)
        bonus = {by_rules[at]: vote}
        found = [
            Path(path.score + score, (*path.days, day), path.history.then(day, at))
            for path in paths
            for day, score in _log_probabilities(scores, path.history, bonus)
        ]
        if found:
            paths = sorted(found, key=lambda path: -path.score)[:_WIDTH]
            chosen.append(at)
    return dict(zip(chosen, paths[0].days, strict=True))


class _Scores:
    """The scores of dates for one sentence. What does not depend on the choices before it is computed once."""

    def __init__(
        self, view: TextView, around: Context, at: int, numbers: Mapping[str, float], probabilities: Mapping[str, float]
    ) -> None:
        self.view, self.around, self.at, self.allowed = view, around, at, probabilities
        self._numbers = numbers
        self._known: dict[str, float] = {}

    def score(self, day: str, history: History) -> float:
        if day not in self._known:
            signs = signs_of_sentence(self.view, self.around, self.at, day, self.allowed[day])
            self._known[day] = total(self._numbers, signs)
        return self._known[day] + total(self._numbers, signs_of_history(self.view, self.around, self.at, day, history))


def _log_probabilities(
    scores: _Scores, history: History, bonus: Mapping[str | None, float]
) -> Iterator[tuple[str, float]]:
    """Yield each possible date of a sentence with the logarithm of its probability."""
    days = choices(scores.view, scores.around, history, scores.allowed, next(iter(bonus)))
    found = [scores.score(day, history) + bonus.get(day, 0.0) for day in days]
    if found:
        whole = max(found) + math.log(math.fsum(math.exp(one - max(found)) for one in found))
        yield from ((day, one - whole) for day, one in zip(days, found, strict=True))
