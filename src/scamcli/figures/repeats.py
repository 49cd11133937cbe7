"""Which figures of different events repeat each other, so that they count once.

Two figures repeat each other if they agree in metric, wording, speaker, known period, province, nationality, group and
count. If a link says that their events repeat each other, it is enough that metric, province, nationality and group
agree. A missing wording, speaker or period agrees with nothing. Figures of one event never repeat each other: if two of
them fit one figure of another event, the more similar one does, by wording, then period, then speaker, then id.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.figures.records import Figure, Key

    Pair = tuple[tuple[bool, bool, bool], Key, Key]


def originals(figures: Sequence[Figure], linked: Iterable[tuple[str, str]] = ()) -> dict[Key, Key]:
    """Return for each figure the first one that it repeats, or itself.

    Args:
        figures: Resolved figures, so that a part has the province, nationality and period of its whole.
        linked: Pairs of ids of events, in either order, between which there is a ``repeats`` link.
    """
    ordered = sorted(figures, key=lambda figure: figure.key)
    # For each figure, those that repeat each other, by event: no two of them are from one event.
    classes = {figure.key: {figure.event: figure.key} for figure in ordered}
    linked_pairs = ((one, other) for _, one, other in sorted(_linked_pairs(ordered, linked)))
    for one, other in chain(_same_statements(ordered), linked_pairs):
        # The smaller class is merged into the larger, so that all joins take O(n log n).
        smaller, larger = sorted((classes[one], classes[other]), key=len)
        if smaller.keys().isdisjoint(larger):
            larger |= smaller
            classes.update(dict.fromkeys(smaller.values(), larger))
    first_of: dict[Key, Key] = {}
    for key, members in classes.items():  # in order of keys, so that the first of a class comes first
        if key not in first_of:
            first_of.update(dict.fromkeys(members.values(), key))
    return first_of


def _same_statements(figures: Sequence[Figure]) -> Iterator[tuple[Key, Key]]:
    """Yield pairs that agree in everything; the n-th such figure of one event is paired with the n-th of another."""
    anchors: dict[tuple[object, ...], Key] = {}
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    for figure in figures:
        stated = statement(figure)
        if stated is None:
            continue
        place = seen[(*stated, figure.event)]
        seen[(*stated, figure.event)] += 1
        anchor = anchors.setdefault((*stated, place), figure.key)
        if anchor != figure.key:
            yield anchor, figure.key


def statement(figure: Figure) -> tuple[object, ...] | None:
    """Return what must agree in two resolved figures that repeat each other; ``None`` if part of it is missing."""
    if figure.stated is None or figure.stated_by is None or figure.period is None or not figure.period.known:
        return None
    wording, speaker = normalise_words(figure.stated), normalise_words(figure.stated_by)
    return (*_subject(figure), wording, speaker, figure.period, figure.count)


def _linked_pairs(figures: Sequence[Figure], linked: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    by_event: dict[str, dict[tuple[object, ...], list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        by_event[figure.event][_subject(figure)].append(figure)
    for one, other in {(min(pair), max(pair)) for pair in linked}:
        if one == other or one not in by_event or other not in by_event:
            continue
        for subject, candidates in by_event[one].items():
            for figure in candidates:
                for candidate in by_event[other].get(subject, ()):
                    yield _differences(figure, candidate), figure.key, candidate.key


def _differences(one: Figure, other: Figure) -> tuple[bool, bool, bool]:
    return (
        normalise_words(one.stated) != normalise_words(other.stated),
        one.period != other.period,
        normalise_words(one.stated_by) != normalise_words(other.stated_by),
    )


def _subject(figure: Figure) -> tuple[object, ...]:
    """Return what a figure counts, which people, and where."""
    return figure.metric, figure.unit, *map(normalise_words, (figure.province, figure.nationality, figure.group))


@lru_cache(maxsize=4096)
def normalise_words(text: str | None) -> str | None:
    """Return a text in lower case, with single spaces, or ``None`` for none."""
    return None if text is None else " ".join(text.casefold().split())
