"""Find the metrics that a timeline defines by their words: the name, and a unit that no other metric has.

The metric ``scam-phones`` has the words "scam phones" and "scam phone". Words that two metrics share stand for neither,
unless they are the name of one.
"""

# No `from __future__ import annotations` here: NamedTuple compiles annotations that are text when it is imported.

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from scamcli.language.vocabulary import METRICS, Metric

_UNITS = frozenset(metric.unit for metric in METRICS.values())
Phrase = tuple[str, ...]


class OwnMetrics(NamedTuple):
    """The metrics that a timeline defines, by name, and their names by each of their phrases in lower case."""

    by_name: Mapping[str, Metric] = {}
    by_phrase: Mapping[Phrase, str] = {}

    def find(self, lowers: Sequence[str], at: int) -> tuple[str, int] | None:
        """Return the metric whose longest phrase begins at a word, and the index after the phrase."""
        sizes = sorted({len(phrase) for phrase in self.by_phrase}, reverse=True)
        ends = (at + size for size in sizes)
        return next(((name, end) for end in ends if (name := self.by_phrase.get(tuple(lowers[at:end])))), None)

    def of_money(self, word: str) -> str | None:
        """Return the metric that counts money and has this word."""
        name = self.by_phrase.get((word,))
        return name if name is not None and is_money(self.by_name[name].unit) else None


NONE = OwnMetrics()


def is_money(unit: str) -> bool:
    """Return whether a unit is one of money: an ISO 4217 code, or BTC."""
    return re.fullmatch("[A-Z]{3}", unit) is not None


def own_metrics(metrics: Mapping[str, Metric]) -> OwnMetrics:
    """Return the metrics of a timeline with their phrases."""
    if not metrics:
        return NONE
    names = _phrases((metric.name, metric.name) for metric in metrics.values())
    units = _phrases((metric.unit, metric.name) for metric in metrics.values() if _is_noun(metric.unit))
    return OwnMetrics(metrics, units | names)


def _is_noun(unit: str) -> bool:
    return unit not in _UNITS and not is_money(unit)


def _phrases(words: Iterable[tuple[str, str]]) -> dict[Phrase, str]:
    """Return the names of metrics by their phrases, without those that several share."""
    found = [(form, name) for text, name in words for form in set(_forms(text))]
    times = Counter(form for form, _ in found)
    return {form: name for form, name in found if times[form] == 1}


def _forms(text: str) -> Iterator[Phrase]:
    """Yield the words of a text, with the last one in the singular and in the plural."""
    *before, last = re.findall(r"[^\W_]+", text.lower()) or [""]
    for form in {last, last.removesuffix("s"), f"{last.removesuffix('ies')}y" if last.endswith("ies") else last}:
        if form:
            yield (*before, form)
            yield (*before, f"{form.removesuffix('y')}ies" if form.endswith("y") else f"{form.removesuffix('s')}s")
