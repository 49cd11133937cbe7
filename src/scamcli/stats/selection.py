"""Which figures a filter chooses, and how surely: rule 4 of honest numbers.

Province and nationality are the figure's own, never its event's. Dates look at the figure's period: what does not lie
inside never enters; a period with ``~ ? %`` enters as possible, and so does a figure without one, at its event's
date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures import Figure, Key, Period, resolved
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.stats.read_figures import Entry

BUCKETS: tuple[dates.By, ...] = ("month", "quarter", "year")


class Chosen(NamedTuple):
    """A figure that enters.

    Attributes:
        entry: it and its event.
        when: the days by which it is dated: its period's, else its event's.
        possible: whether that it lies there is not sure.
        by_report_date: whether it is dated by its event.
    """

    entry: Entry
    when: Period
    possible: bool
    by_report_date: bool

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.entry.figure


class Asked(NamedTuple):
    """What the filters ask of a figure."""

    provinces: frozenset[str]
    nationalities: frozenset[str]
    ranges: tuple[tuple[int, int], ...]
    every_range: bool
    certain: bool
    undisputed: bool


class Choice(NamedTuple):
    """The figures that enter, and those that were left out, by the reason."""

    chosen: list[Chosen]
    left_out: dict[str, list[Entry]]


def choose(entries: Sequence[Entry], wholes: Mapping[Key, Figure], asked: Asked, *, dated: bool) -> Choice:
    """The figures that the filters choose.

    Args:
        entries: figures with their events.
        wholes: every figure of those events: a part is read with what its whole says.
        asked: the filters' values.
        dated: whether time matters: there is a range, or the split is one of time.
    """
    chosen: list[Chosen] = []
    left_out: dict[str, list[Entry]] = {}
    for entry in entries:
        read = resolved(entry.figure, wholes)
        reason = _refusal(read, entry, asked)
        when = read.period or entry.day
        by_report_date = read.period is None
        if reason is None and asked.ranges and not _inside(when, asked):
            reason = _outside(when, asked.ranges, by_report_date=by_report_date)
        possible = dated and (by_report_date or not when.sure)
        if reason is None and asked.certain and possible:
            reason = "only possibly inside the dates"
        if reason is None:
            chosen.append(Chosen(entry, when, possible, by_report_date and dated))
        elif reason:
            left_out.setdefault(reason, []).append(entry)
    return Choice(chosen, left_out)


def group_of(one: Chosen, by: str, wholes: Mapping[Key, Figure]) -> str | None:
    """The row that a figure belongs to, for a split by one value of the figure or its event."""
    for bucket in BUCKETS:
        if by == bucket:
            return dates.bucket(one.when, bucket)
    if by == "kind":
        return one.entry.kind
    if by == "actor":
        return one.figure.stated_by
    if by == "none":
        return ""
    value: str | None = getattr(resolved(one.figure, wholes), by)
    return value


def _refusal(figure: Figure, entry: Entry, asked: Asked) -> str | None:
    """Why a figure is left out; an empty reason for those that were not asked for."""
    if asked.provinces and figure.province not in asked.provinces:
        return "" if figure.province else "without a province"
    if asked.nationalities and (figure.nationality or "").casefold() not in asked.nationalities:
        return "" if figure.nationality else "without a nationality"
    if asked.undisputed and entry.disputed:
        return "disputed"
    return None


def _outside(when: Period, ranges: Sequence[tuple[int, int]], *, by_report_date: bool) -> str:
    if by_report_date:
        return "without a period, reported outside of the dates"
    meets = any(
        (when.start is None or when.start <= last) and (when.end is None or first <= when.end) for first, last in ranges
    )
    return "over days of which only some lie inside the dates" if meets else "over days outside of the dates"


def _inside(when: Period, asked: Asked) -> bool:
    if when.start is None or when.end is None:
        return False
    inside = (first <= when.start and when.end <= last for first, last in asked.ranges)
    return all(inside) if asked.every_range else any(inside)
