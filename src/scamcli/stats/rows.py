"""The rows of a table of figures: the estimate of each group, what its families imply, and what it is made of."""

from __future__ import annotations

from collections import ChainMap
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Entry, Figure, Key, estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.figures import Number
    from scamcli.stats.read_figures import Reading
    from scamcli.stats.selection import Chosen

Row = dict[str, Any]
"""A row of a table as the JSON output has it: a key for each split, and the keys of `make`."""

MOST_LISTED = 20
"""How many wordings and events a row lists."""


def make(group: Sequence[Chosen], head: Mapping[str, str | None], metric: str, read: Reading) -> Row:
    """Return a row: the keys of ``head``, the estimate, and what it is made of."""
    figures = [one.figure for one in group]
    found = implied = _numbers(figures, read.wholes, read.repeats)
    if read.implied and any(figure.key in read.implied for figure in figures):
        also = [read.implied.get(figure.key, figure) for figure in figures]
        implied = _numbers(also, ChainMap(read.implied, read.wholes), read.repeats)
    is_narrower = (implied.low, implied.high) != (found.low, found.high)
    return {
        **head, "metric": metric, "low": found.low, "best": found.best, "high": found.high, "unit": figures[0].unit,
        "implied": {"low": implied.low, "high": implied.high} if is_narrower else None,
        "sum_low": found.sum_low, "figures": found.figures,
        "possible": sum(one.possible for one in group), "disputed": sum(one.entry.disputed for one in group),
        "stated": [read.wording(figure) for figure in figures[:MOST_LISTED]],
        "events": [read.shown(event) for event in islice(dict.fromkeys(one.event for one in figures), MOST_LISTED)],
    }  # fmt: skip


def entries(group: Sequence[Chosen], read: Reading) -> Sequence[Entry]:
    """Return how each figure of a group entered its low, or why it did not."""
    figures = [one.figure for one in group]
    if figures[0].count == "none":
        return [Entry(figures[0].key, "largest", None, figures[0].low)]
    return estimate(figures, wholes=read.wholes, repeated_events=read.repeats).entries


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
