"""The rows of a table of figures: the estimate of each group, what its families imply, and what it is made of."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Entry, Figure, Key, estimate, propagate_event, with_implied

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scamcli.figures import Number
    from scamcli.records.types import FigureDict
    from scamcli.stats.read_figures import Reading
    from scamcli.stats.selection import Chosen

Row = dict[str, Any]
"""A row of a table as the JSON output has it: a key for each split, and the keys of `make`."""

MOST_LISTED = 20
"""How many wordings and events a row lists."""


class Context(NamedTuple):
    """What all rows of a table need.

    Attributes:
        wholes: All figures of the events concerned.
        implied: The figures whose bounds their families narrow, with the narrower bounds.
        repeats: Pairs of events that repeat each other.
        shown: Masks a text.
        masked: The masked figures of events that have a protected actor.
    """

    wholes: Mapping[Key, Figure]
    implied: Mapping[Key, Figure]
    repeats: Sequence[tuple[str, str]]
    shown: Callable[[str], str]
    masked: Mapping[Key, FigureDict]

    def wording(self, figure: Figure) -> str:
        """Return the masked wording of a figure, or its bounds if it has no wording."""
        masked = self.masked.get(figure.key)
        stated = (masked and masked["stated"]) or figure.stated
        if stated:
            return self.shown(stated)
        return " / ".join("unknown" if one is None else f"{one:,}" for one in (figure.low, figure.best, figure.high))


def context(read: Reading, shown: Callable[[str], str]) -> Context:
    """Return the context of rows over these figures."""
    wholes = read.wholes
    families = {figure.event for figure in wholes.values() if figure.part_of is not None}
    by_event: dict[str, list[Figure]] = {event: [] for event in families}
    for figure in wholes.values() if families else ():
        if figure.event in families:
            by_event[figure.event].append(figure)
    implied: dict[Key, Figure] = {}
    for figures in by_event.values():
        changed = with_implied(figures, propagate_event(figures).intervals)
        implied |= {one.key: other for one, other in zip(figures, changed, strict=True) if one != other}
    return Context(wholes, implied, read.repeats, shown, read.masked)


def make(group: Sequence[Chosen], head: Mapping[str, str | None], metric: str, about: Context) -> Row:
    """Return a row: the keys of ``head``, the estimate, and what it is made of."""
    figures = [one.figure for one in group]
    found = implied = _numbers(figures, about.wholes, about.repeats)
    if about.implied and any(figure.key in about.implied for figure in figures):
        also = [about.implied.get(figure.key, figure) for figure in figures]
        implied = _numbers(also, ChainMap(about.implied, about.wholes), about.repeats)  # type: ignore[arg-type] # only read
    is_narrower = (implied.low, implied.high) != (found.low, found.high)
    return {
        **head,
        "metric": metric,
        "low": found.low,
        "best": found.best,
        "high": found.high,
        "unit": figures[0].unit,
        "implied": {"low": implied.low, "high": implied.high} if is_narrower else None,
        "sum_low": found.sum_low,
        "figures": found.figures,
        "possible": sum(one.possible for one in group),
        "disputed": sum(one.entry.disputed for one in group),
        "stated": [about.wording(figure) for figure in figures[:MOST_LISTED]],
        "events": [
            about.shown(event) for event in list(dict.fromkeys(figure.event for figure in figures))[:MOST_LISTED]
        ],
    }


def entries(group: Sequence[Chosen], about: Context) -> Sequence[Entry]:
    """Return how each figure of a group entered its low, or why it did not."""
    figures = [one.figure for one in group]
    if figures[0].count == "none":
        return [Entry(figures[0].key, "largest", None, figures[0].low)]
    return estimate(figures, wholes=about.wholes, repeated_events=about.repeats).entries


def combinable(group: Sequence[Chosen]) -> list[list[Chosen]]:
    """Divide a group into figures that can be combined.

    Units differ; a number at one moment (``stock``) never combines with occurrences; ``none`` combines with nothing.
    """
    together: dict[tuple[object, ...], list[Chosen]] = {}
    for one in group:
        figure = one.figure
        kind = figure.key if figure.count == "none" else figure.count == "stock"
        together.setdefault((figure.unit, kind), []).append(one)
    return list(together.values())


class _Numbers(NamedTuple):
    low: Number | None
    best: Number | None
    high: Number | None
    sum_low: Number | None
    figures: int


def _numbers(figures: Sequence[Figure], wholes: Mapping[Key, Figure], repeats: Sequence[tuple[str, str]]) -> _Numbers:
    if figures[0].count == "none":
        only = figures[0]
        return _Numbers(only.low, only.best, only.high, only.low, 1)
    found = estimate(figures, wholes=wholes, repeated_events=repeats)
    return _Numbers(found.low, found.best, found.high, found.sum_low, found.figures)
