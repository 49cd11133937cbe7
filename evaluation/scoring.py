"""Scores of proposed entries against the gold. Entries are aligned by date, then each field is counted.

The functions are pure. If an entry has no counterpart, all of its items count as missed or as false.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.names import normalise
from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from evaluation.entries import Entry, Figure

    Items = Counter[Hashable]


class Tally(NamedTuple):
    """Number of items that were found, that were proposed but are false, and that were missed."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return the sum of both tallies."""
        return Tally(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of proposed items that are correct; ``None`` if nothing was proposed."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float | None:
        """The share of gold items that were found; ``None`` if the gold has none."""
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; ``None`` if there are no items on either side."""
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)


class Pair(NamedTuple):
    """An entry of the gold and the proposed entry for it. One of them can be ``None``."""

    gold: Entry | None
    proposed: Entry | None

    @property
    def date(self) -> str:
        """The date of the gold entry, or of the proposed one if there is no gold entry."""
        return next(entry.date for entry in self if entry is not None)


def day(date: str) -> str:
    """Return a date without its marks of uncertainty."""
    return date.translate({ord(sign): None for sign in "~?%"})


def align(gold: Sequence[Entry], proposed: Sequence[Entry]) -> list[Pair]:
    """Pair the entries of one text: first those with equal dates, then those whose dates differ only in uncertainty.

    If several entries have one date, those with the most items in common are paired. Ties follow the order of the text.
    """
    mine, theirs = dict(enumerate(gold)), dict(enumerate(proposed))
    found: dict[int, Entry] = {}
    for key in (str, day):
        for i, j in _nearest(mine, theirs, key):
            if i in mine and j in theirs:
                del mine[i]
                found[i] = theirs.pop(j)
    pairs = [Pair(entry, found.get(i)) for i, entry in enumerate(gold)]
    return pairs + [Pair(None, entry) for entry in theirs.values()]


def _nearest(
    gold: dict[int, Entry], proposed: dict[int, Entry], key: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Return the index pairs of entries with equal dates, those with the most items in common first."""
    places: dict[str, list[int]] = {}
    for j, entry in proposed.items():
        places.setdefault(key(entry.date), []).append(j)
    ranked = [
        (-overlap(entry, proposed[j]), abs(rank - other), i, j)
        for i, rank, entry in _ranked(gold, key)
        for other, j in enumerate(places.get(key(entry.date), ()))
    ]
    return ((i, j) for _, _, i, j in sorted(ranked))


def _ranked(entries: dict[int, Entry], key: Callable[[str], str]) -> Iterator[tuple[int, int, Entry]]:
    """Yield the index of each entry, its rank among the entries of its date, and the entry."""
    seen: Counter[str] = Counter()
    for i, entry in entries.items():
        yield i, seen[key(entry.date)], entry
        seen[key(entry.date)] += 1


def overlap(gold: Entry, proposed: Entry) -> int:
    """Return how many items two entries have in common."""
    fields = ("kind", "provinces", "nationalities", "actors", "figures, metric and bounds")
    return sum((FIELDS[field](gold) & FIELDS[field](proposed)).total() for field in fields)


def tally(field: str, pairs: Iterable[Pair]) -> Tally:
    """Count the items of a field over the pairs of one text or of many."""
    total = Tally()
    for pair in pairs:
        gold, proposed = items(field, pair.gold), items(field, pair.proposed)
        hits = (gold & proposed).total()
        total = total.plus(Tally(hits, proposed.total() - hits, gold.total() - hits))
    return total


def needs_no_edit(pair: Pair) -> bool:
    """Return whether a person would change nothing in these fields of a draft: see ``EDITED``."""
    gold, proposed = pair
    return None not in pair and all(items(field, gold) == items(field, proposed) for field in EDITED)


def items(field: str, entry: Entry | None) -> Items:
    """Return the items of a field of an entry, in the form in which they are compared."""
    return Counter() if entry is None else FIELDS[field](entry)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _words(words: Iterable[str]) -> Items:
    return Counter({word.casefold() for word in words})


def _names(names: Iterable[str]) -> Items:
    return Counter({normalise(name) for name in names})


def low(word: str | None) -> str | None:
    """Return a word in lower case."""
    return word and word.casefold()


def counted(figure: Figure) -> tuple[Hashable, ...]:
    """Return what a figure counts, and its bounds."""
    return figure.metric, figure.low, figure.best, figure.high


def _whom(figure: Figure) -> tuple[Hashable, ...]:
    return *counted(figure), low(figure.nationality), low(figure.group)


def _whole(entry: Entry, figure: Figure) -> Hashable:
    return None if figure.whole is None else counted(entry.figures[figure.whole])


def _speaker(figure: Figure) -> Hashable:
    return figure.stated_by and normalise(figure.stated_by)


def _unit(figure: Figure) -> str | None:
    return figure.unit or (METRICS[figure.metric].unit if figure.metric in METRICS else None)


def _all(entry: Entry, figure: Figure) -> tuple[Hashable, ...]:
    read = entry.read(figure)
    return *_whom(read), low(read.province), _speaker(figure), _unit(figure), _whole(entry, figure)


FIELDS: dict[str, Callable[[Entry], Items]] = {
    "entries": lambda entry: Counter([entry.date]),
    "entries, doubts aside": lambda entry: Counter([day(entry.date)]),
    "kind": lambda entry: Counter([entry.kind]),
    "provinces": lambda entry: _words(entry.provinces),
    "countries": lambda entry: _words(entry.countries),
    "nationalities": lambda entry: _words(entry.nationalities),
    "actors": lambda entry: _names(entry.actors),
    "sources": lambda entry: _names(entry.sources),
    "figures": lambda entry: Counter(_whom(entry.read(figure)) for figure in entry.figures),
    "figures, bounds": lambda entry: Counter(counted(figure)[1:] for figure in entry.figures),
    "figures, metric and bounds": lambda entry: Counter(map(counted, entry.figures)),
    "figures, whom as written": lambda entry: Counter(map(_whom, entry.figures)),
    "figures, and province": lambda entry: Counter(
        (*_whom(entry.read(figure)), low(entry.read(figure).province)) for figure in entry.figures
    ),
    "figures, and speaker": lambda entry: Counter(
        (*_whom(entry.read(figure)), _speaker(figure)) for figure in entry.figures
    ),
    "figures, and whole": lambda entry: Counter(
        (*_whom(entry.read(figure)), _whole(entry, figure)) for figure in entry.figures
    ),
    "figures, all": lambda entry: Counter(_all(entry, figure) for figure in entry.figures),
}
"""The fields that are scored, and how to get their items. For ``figures``, an item is metric, bounds, nationality and
group.
"""

EDITED = ("entries", "provinces", "countries", "nationalities", "figures, and speaker")
"""The fields that must be as in the gold if a draft needs no edit. Annotators differ too often on the others."""
