"""Find figures of two events that may be one statement, recorded twice, though nothing proves it.

Rule 3 makes one claim of two figures that state the same thing if their period is known. Without a known period, they
stay two claims: a low counts one of them, and a high both. They are suspected to be one statement if they agree in
everything else, their events have the same date, and their number is at least `SMALL`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scamcli.figures.claims import normalise_words, subject
from scamcli.figures.context import RELATING
from scamcli.figures.suspicion import SMALL, central

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.figures.records import Figure, Link

COUNTS = frozenset({"aggregate", "cumulative", "stock"})
"""What the figures of statements count. `scamcli.figures.suspicion` has the rule for incidents."""


def suspected(figures: Iterable[Figure], links: Sequence[Link]) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of figures that may be one statement, the earlier event first.

    Args:
        figures: Resolved figures of one metric.
        links: The links between their events. A link that says how two numbers relate settles the pair.
    """
    settled = {frozenset((link.event, link.target)) for link in links if link.type in RELATING}
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if (stated := _statement(figure)) is not None:
            alike[stated].append(figure)
    for first, *others in alike.values():
        for other in others:
            if other.event != first.event and frozenset((first.event, other.event)) not in settled:
                yield first, other


def _statement(figure: Figure) -> tuple[object, ...] | None:
    """Return the fields that agree in two figures that may be one statement, or ``None`` if it cannot be told."""
    if figure.count not in COUNTS or figure.dataset is not None or None in {figure.stated, figure.stated_by}:
        return None
    if figure.day is None or (figure.period is not None and figure.period.known) or (central(figure) or 0) < SMALL:
        return None
    country = figure.country if figure.province is None else None
    words = normalise_words(figure.stated), normalise_words(figure.stated_by)
    return (*subject(figure), country, *words, figure.day, figure.period, figure.count)
