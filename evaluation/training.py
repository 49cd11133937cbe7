"""Train the model of dates, `scamcli.ingest.dating`, on the texts of the half ``tune``, and write its numbers.

The model has two parts. The first is a logistic regression: does a date that a text mentions have an entry? The second
chooses a date for each sentence of known figures, given the choices for the sentences before it (a conditional logit).
The second part uses what the first says of texts that it was not trained on, as it will when the program runs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from evaluation.tool import document
from scamcli.ingest.dating.assignment import choices
from scamcli.ingest.dating.signs import (
    History,
    Model,
    contexts,
    probability,
    relation_to_history,
    signs_of_date,
    signs_of_history,
    signs_of_sentence,
    total,
)
from scamcli.ingest.dating.view import TextView, unmarked
from scamcli.ingest.reading.markdown import plain_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from scipy.sparse import csr_matrix

    from evaluation.cases import Case
    from evaluation.entries import Figure

INVERSE_PENALTY = 0.3
"""The inverse of the strength of the L2 penalty of the first part."""
PENALTY = 4.0
"""The strength of the L2 penalty of the second part."""
FOLDS = 10
"""Into how many parts the texts are divided, each of which the first part judges after it was fitted to the others."""
LESS = 0.5
"""The weight of a sentence of an older text, and of one that has no figure of the gold, only the date of an entry."""
FEWEST = 3
"""How many examples a sign needs to get a number of its own."""
SMALLEST = 0.005
"""Smaller numbers are left out."""

HEAD = """# How much each sign speaks for a date, in log-odds: `python -m evaluation --train` from the texts of the half
# `tune`. `dates`: that it has an entry. `sentences`: that a sentence belongs to it.
"""


class Example(NamedTuple):
    """A text of the gold, as the model sees it."""

    case: Case
    view: TextView
    text: str
    dates: Mapping[str, frozenset[str]]
    """The signs of each date that it mentions."""

    @property
    def is_older(self) -> bool:
        """Whether it is not in the manner of real texts."""
        return self.case.form is None


class Option(NamedTuple):
    """One of the dates among which one is chosen for a sentence."""

    group: tuple[str, int]
    """The text and the sentence."""
    signs: frozenset[str]
    is_right: bool
    weight: float


def example(case: Case) -> Example:
    """Return a text as the model sees it."""
    read = document(case)
    text = plain_view(read.text)
    view = TextView(text, read.about)
    return Example(case, view, text, {day: signs_of_date(view, one) for day, one in view.candidates.items()})


def train(cases: Sequence[Case]) -> str:
    """Return the numbers of both parts of the model as TOML."""
    model = fit([example(case) for case in cases])
    sections = [(name, getattr(model, name)) for name in Model._fields]
    lines = [HEAD]
    for name, numbers in sections:
        lines += [f"[{name}]", *(f'"{sign}" = {number:.3f}' for sign, number in sorted(numbers.items())), ""]
    return "\n".join(lines)


def fit(examples: Sequence[Example]) -> Model:
    """Return the model that fits texts best."""
    options: list[Option] = []
    for fold in range(FOLDS):
        others = fit_dates([one for at, one in enumerate(examples) if at % FOLDS != fold])
        for one in examples[fold::FOLDS]:
            options += _options(one, {day: probability(total(others, signs)) for day, signs in one.dates.items()})
    return Model(fit_dates(examples), fit_options(options))


def fit_dates(examples: Sequence[Example]) -> dict[str, float]:
    """Return the numbers of the signs that a date has an entry."""
    from sklearn.linear_model import LogisticRegression  # here, because only `make eval` installs it

    signs: list[frozenset[str]] = []
    right: list[bool] = []
    for one in examples:
        known = {unmarked(entry.date) for entry in one.case.gold}
        signs += one.dates.values()
        right += [day in known for day in one.dates]
    names, table = _table(signs)
    model = LogisticRegression(C=INVERSE_PENALTY, fit_intercept=False, max_iter=2000)
    model.fit(table, right)
    return _numbers(names, model.coef_[0])


def fit_options(options: Sequence[Option]) -> dict[str, float]:
    """Return the numbers of the signs that an option is the right one of its group."""
    import numpy as np
    from scipy.optimize import minimize

    names, table = _table([option.signs for option in options])
    places: dict[tuple[str, int], int] = {}
    group = np.array([places.setdefault(option.group, len(places)) for option in options])
    right = np.array([option.is_right for option in options], dtype=float)
    weight = np.array([option.weight for option in options])

    def loss(numbers: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ numbers
        highest = np.full(len(places), -np.inf)
        np.maximum.at(highest, group, scores)
        odds = np.exp(scores - highest[group])
        shares = odds / np.bincount(group, odds, len(places))[group]
        lost = -(weight * right * np.log(shares + 1e-12)).sum() + PENALTY * (numbers @ numbers) / 2
        return lost, table.T @ (weight * (shares - right)) + PENALTY * numbers

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return _numbers(names, found.x)


def _table(signs: Sequence[frozenset[str]]) -> tuple[list[str], csr_matrix]:
    """Return the signs that occur often enough, and a sparse matrix of which example has which."""
    from scipy.sparse import csr_matrix

    seen = Counter(sign for one in signs for sign in one)
    names = sorted(sign for sign, times in seen.items() if times >= FEWEST)
    columns = {name: at for at, name in enumerate(names)}
    cells = [(row, columns[sign]) for row, one in enumerate(signs) for sign in sorted(one) if sign in columns]
    rows, places = zip(*cells, strict=True)
    return names, csr_matrix(([1.0] * len(cells), (rows, places)), shape=(len(signs), len(names)))


def _numbers(names: Sequence[str], found: Iterable[float]) -> dict[str, float]:
    numbers = zip(names, map(float, found), strict=True)
    return {name: round(number, 3) for name, number in numbers if abs(number) >= SMALLEST}


def _options(one: Example, probabilities: Mapping[str, float]) -> Iterator[Option]:
    """Yield the dates among which one is chosen, for each sentence whose date is known."""
    around, history = list(contexts(one.view)), History()
    for at, (day, has_figure) in sorted(days_of_sentences(one).items()):
        if day not in one.view.candidates:
            continue
        weight = (1.0 if has_figure else LESS) * (LESS if one.is_older else 1.0)
        for other in sorted({*choices(one.view, around[at], history, probabilities), day}):
            signs = signs_of_sentence(one.view, around[at], at, other, probabilities[other])
            relation = relation_to_history(around[at], other, history)
            signs |= {*signs_of_history(one.view, around[at], at, relation)}
            yield Option((one.case.name, at), signs, other == day, weight)
        history = history.then(day, at)


def days_of_sentences(one: Example) -> dict[int, tuple[str, bool]]:
    """Return the date of each sentence that states a figure, and whether it does.

    An entry without figures gives its date to the first sentence that mentions it.
    """
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for entry in one.case.gold:
        day = unmarked(entry.date)
        places = [list(_places(one, figure)) for figure in entry.figures]
        sure = [place[0] for place in places if len(place) == 1]
        sure += [mention.sentence for mention in one.view.mentions if mention.day == day]
        for place in places:
            if place:
                found[min(place, key=lambda at: (min((abs(at - other) for other in sure), default=0), at))][day] += 1
    days = {at: (counted.most_common(1)[0][0], True) for at, counted in found.items()}
    for entry in one.case.gold:
        candidate = one.view.candidates.get(unmarked(entry.date))
        if not entry.figures and candidate is not None and candidate.mentions:
            days.setdefault(candidate.mentions[0].sentence, (candidate.day, False))
    return days


def _places(one: Example, figure: Figure) -> Iterator[int]:
    """Yield the sentences that have the wording of a figure."""
    starts = [sentence[0].start for sentence in one.view.sentences]
    wording = r"\s+".join(map(re.escape, (figure.stated or "").split()))
    for match in re.finditer(rf"(?<![\w.,]){wording}(?!\w)(?![.,]\d)", one.text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < one.view.sentences[at][-1].end:
            yield at
