"""Rows of a table of figures: each group's estimate, what its families imply, and what it was made of."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Entry, Figure, Key, estimate, propagate_event, with_implied

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scamcli.figures import Number
    from scamcli.stats.read_figures import Reading
    from scamcli.stats.selection import Chosen

SHOWN = 20
"""How many wordings and events a row lists."""


class Context(NamedTuple):
    """What every row needs.

    Attributes:
        wholes: every figure of the events concerned.
        implied: those of them of whose bounds their families imply more, with that.
        repeats: pairs of events that repeat each other.
        shown: a text as it may be printed.
        masked: figures as they may be printed, of events that have a protected actor.
    """

    wholes: Mapping[Key, Figure]
    implied: Mapping[Key, Figure]
    repeats: Sequence[tuple[str, str]]
    shown: Callable[[str], str]
    masked: Mapping[Key, Mapping[str, Any]]

    def wording(self, figure: Figure) -> str:
        """A figure's own words as they may be printed; its bounds, where only numbers were given."""
        stated = self.masked.get(figure.key, {}).get("stated") or figure.stated
        if stated:
            return self.shown(stated)
        return " / ".join("unknown" if one is None else f"{one:,}" for one in (figure.low, figure.best, figure.high))


def context(read: Reading, shown: Callable[[str], str]) -> Context:
    """The context of rows over the figures that were read."""
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


def make(group: Sequence[Chosen], head: Mapping[str, str | None], metric: str, about: Context) -> dict[str, Any]:
    """A row: ``head``'s own keys, the estimate, and its wording."""
    figures = [one.figure for one in group]
    low, best, high, sum_low, counted = _numbers(figures, about.wholes, about.repeats)
    implied = _Numbers(low, best, high, sum_low, counted)
    if about.implied and any(figure.key in about.implied for figure in figures):
        also = [about.implied.get(figure.key, figure) for figure in figures]
        implied = _numbers(also, ChainMap(about.implied, about.wholes), about.repeats)  # type: ignore[arg-type] # only read
    adds = (implied[0], implied[2]) != (low, high)
    return {
        **head,
        "metric": metric,
        "low": low,
        "best": best,
        "high": high,
        "unit": figures[0].unit,
        "implied": {"low": implied[0], "high": implied[2]} if adds else None,
        "sum_low": sum_low,
        "figures": counted,
        "possible": sum(one.possible for one in group),
        "disputed": sum(one.entry.disputed for one in group),
        "stated": [about.wording(figure) for figure in figures[:SHOWN]],
        "events": [about.shown(event) for event in list(dict.fromkeys(figure.event for figure in figures))[:SHOWN]],
    }


def entries(group: Sequence[Chosen], about: Context) -> Sequence[Entry]:
    """How each figure of a group entered its low, or why not."""
    figures = [one.figure for one in group]
    if figures[0].count == "none":
        return [Entry(figures[0].key, "largest", None, figures[0].low)]
    return estimate(figures, wholes=about.wholes, repeated_events=about.repeats).entries


def families(group: Sequence[Chosen]) -> list[list[Chosen]]:
    """A group by what can be put together: one unit; moments apart from flows; ``none`` each for itself."""
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


def _numbers(
    figures: Sequence[Figure], wholes: Mapping[Key, Figure], repeats: Sequence[tuple[str, str]]
) -> _Numbers:
    if figures[0].count == "none":
        only = figures[0]
        return _Numbers(only.low, only.best, only.high, only.low, 1)
    found = estimate(figures, wholes=wholes, repeated_events=repeats)
    return _Numbers(found.low, found.best, found.high, found.sum_low, found.figures)
