"""Make the rows of a table of figures: the total of each group, the implied bounds, and the figures behind it."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections import ChainMap
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.figures import Bounds, Context, Figure, Number, Total, total
from scamcli.figures.claims import Claim

if TYPE_CHECKING:
    from scamcli.stats.read_figures import Reading
    from scamcli.stats.selection import Chosen

Row = dict[str, Any]
"""A row of a table as it is in the JSON output: a key for each split, and the keys that `make` adds."""

_figure = itemgetter(0)  # of a chosen figure: faster than its attribute, and a table takes a million of them
_unit, _count = itemgetter(Figure._fields.index("unit")), itemgetter(Figure._fields.index("count"))


Totals = tuple[Total | None, Total | None]
"""The totals of the figures of a row that certainly, and that only possibly, lie within the requested dates.

A total is ``None`` if there are no such figures, or if they are never combined.
"""


def totals_of(group: "Sequence[Chosen]", read: "Reading") -> Totals:
    """Return the totals of a group of figures that can be combined."""
    certain = [one.figure for one in group if not one.possible]
    possible = [one.figure for one in group if one.possible]
    if group[0].figure.count == "none":
        return None, None
    first, second = (total(figures, read.context) if figures else None for figures in (certain, possible))
    return first, second


def make(
    group: "Sequence[Chosen]",
    head: Mapping[str, str | None],
    metric: str,
    read: "Reading",
    totals: Totals | None = None,
) -> Row:
    """Return a row: the keys of ``head``, the total, and the statements and events behind it.

    ``low``, ``best``, ``high`` and ``unadjusted`` cover the figures that certainly lie within the requested dates;
    ``possible_low`` and ``possible_high`` cover only the others. ``totals`` are the totals of the group, if they are
    known.
    """
    figures = list(map(_figure, group))
    possible = [one.figure for one in group if one.possible]
    certain = [one.figure for one in group if not one.possible] if possible else figures
    known, maybe = totals or (None, None)
    found = numbers(certain, read.context, known)
    perhaps = numbers(possible, read.context, maybe)
    stated, events = read.listed(figures)
    return {
        **head, "metric": metric, "low": found.low, "best": found.best, "high": found.high, "unit": read.unit(figures),
        "count": _kind(figures), "implied": _implied(certain, found, read),
        "possible": read.context.size(possible), "possible_low": perhaps.low, "possible_high": perhaps.high,
        "unadjusted": found.unadjusted,
        "claims": found.claims + perhaps.claims, "contested": found.contested + perhaps.contested,
        "stated": stated, "events": events,
    }  # fmt: skip


def contested(group: "Sequence[Chosen]", read: "Reading") -> list[Claim]:
    """Return the claims of a group whose statements contradict each other."""
    figures = [one.figure for one in group]
    relations = total(figures, read.context).relations if figures[0].count != "none" else None
    return [claim for claim in relations.claims.values() if claim.contested] if relations else []


def combinable(group: "Sequence[Chosen]") -> "list[list[Chosen]]":
    """Divide a group into subgroups of figures that can be combined.

    Figures combine only if they have the same unit. Numbers at one moment (``stock``) never combine with occurrences,
    and figures with the count ``none`` combine with nothing.
    """
    figures = list(map(_figure, group))
    if len(set(map(_unit, figures))) == 1:
        counts = set(map(_count, figures))
        if "none" not in counts and ("stock" not in counts or len(counts) == 1):
            return [list(group)]  # nearly always so, and much faster
    together: dict[tuple[object, ...], list[Chosen]] = {}
    for one in group:
        figure = one.figure
        kind = figure.key if figure.count == "none" else figure.count == "stock"
        together.setdefault((figure.unit, kind), []).append(one)
    return list(together.values())


class Numbers(NamedTuple):
    """The numbers of a group; all are unknown if the group is empty."""

    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    unadjusted: Number | None = None
    claims: int = 0
    contested: int = 0


def numbers(figures: Sequence[Figure], context: Context, found: Total | None = None) -> Numbers:
    """Return the numbers of a group of figures that can be combined, given their total if it is known."""
    if not figures:
        return Numbers()
    if figures[0].count == "none":
        only = figures[0]
        return Numbers(only.low, only.best, only.high, only.low, 1)
    found = found or total(figures, context)
    return Numbers(found.low, found.best, found.high, found.unadjusted, found.claims, found.contested)


def _implied(certain: Sequence[Figure], found: Numbers, read: "Reading") -> dict[str, Number | None] | None:
    """Return the low and high that the families of the figures imply, if they are narrower.

    If they would be wider, a repeated statement contradicts what the parts imply, and nothing is implied.
    """
    if not read.implied or not any(figure.key in read.implied for figure in certain):
        return None
    narrowed = [read.implied.get(figure.key, figure) for figure in certain]
    implied = numbers(narrowed, read.context._replace(wholes=ChainMap(dict(read.implied), dict(read.wholes))))
    is_looser = (implied.low or 0) < (found.low or 0) or (
        found.high is not None and (implied.high is None or implied.high > found.high)
    )
    if is_looser or (implied.low, implied.high) == (found.low, found.high):
        return None
    return {"low": implied.low, "high": implied.high}


def _kind(figures: Sequence[Figure]) -> str:
    """Return what the figures of a row count: their one ``count``, or ``mixed``."""
    counts = set(map(_count, figures))
    return counts.pop() if len(counts) == 1 else "mixed"


def certainly_different(table_rows: Sequence[Row]) -> list[Row]:
    """Return the rows of different nationalities: the one with the largest low of each country.

    Rows of words such as foreigners are left out, because these may include any nationality.
    """
    from scamcli.language.countries import people_of  # here, because most tables name no nationality

    largest: dict[str, Row] = {}
    for row in table_rows:
        people = people_of(row["nationality"] or "")
        if people is not None and (people not in largest or (row["low"] or 0) > (largest[people]["low"] or 0)):
            largest[people] = row
    return list(largest.values())


def bounds(row: Row) -> Bounds:
    """Return low, best and high of a row."""
    return Bounds(row["low"], row["best"], row["high"])
