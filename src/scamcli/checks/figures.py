"""Checks of an event's figures: bounds, wording, parts and wholes, claimed percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks.finding import Finding
from scamcli.figures import (
    UNKNOWN,
    Bounds,
    Figure,
    Split,
    bounds_in,
    change,
    claim_agrees,
    propagate_event,
    render_bounds,
    render_number,
)
from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.checks.finding import World
    from scamcli.records.models import Event
    from scamcli.records.models import Figure as Record


def check(event: Event, world: World) -> Iterator[Finding]:
    """What is wrong with the figures of one event."""
    for figure in event.figures:
        yield from _bounds(figure, event)
        yield from _wording(figure, event, world)
        yield from _claim(figure, event)
        if figure.stated_by is None:
            yield _finding("F06", event, figure, "nobody is recorded as having said it")
    yield from _families(event, world)


def bounds_of_wording(figure: Record, world: World) -> Bounds:
    """The bounds that a figure's wording has."""
    metric = world.metric(figure.metric)
    unit = figure.unit or (metric.unit if metric else "")
    return bounds_in(figure.stated or "", unit)


def _finding(code: str, event: Event, figure: Record, reason: str) -> Finding:
    return Finding(code, event.id or "", f"figure {figure.id}", reason)


def _recorded(figure: Record) -> Bounds:
    return Bounds(figure.low, figure.best, figure.high)


def _bounds(figure: Record, event: Event) -> Iterator[Finding]:
    known = [value for value in _recorded(figure) if value is not None]
    if known != sorted(known):
        reason = f"its bounds are out of order: low {figure.low}, best {figure.best}, high {figure.high}"
        yield _finding("F01", event, figure, reason)


def _wording(figure: Record, event: Event, world: World) -> Iterator[Finding]:
    if not figure.stated:
        return
    said, recorded = bounds_of_wording(figure, world), _recorded(figure)
    if said not in {recorded, UNKNOWN}:
        reason = f"{figure.stated!r} means {render_bounds(said)}, but {render_bounds(recorded)} is recorded"
        yield _finding("F02", event, figure, reason)


def _claim(figure: Record, event: Event) -> Iterator[Finding]:
    claimed = figure.best if figure.best is not None else figure.low if figure.low is not None else figure.high
    named = [one for id_ in figure.of or [] for one in event.figures if one.id == id_]
    if claimed is None or len(named) != 2:
        return
    first, second = (_recorded(one) for one in named)
    if figure.metric == "change":
        given = change(first, second)
    elif figure.metric == "share":
        given = _share(first, second)
    else:
        return
    if not claim_agrees(claimed, figure.stated, given):
        near = given.best if given.best is not None else given.low if given.low is not None else given.high
        told = "" if near is None else f": they give {render_number(round(near, 1))}"
        yield _finding("F04", event, figure, f"{named[0].id} and {named[1].id} do not give {figure.stated!r}{told}")


def _share(part: Bounds, whole: Bounds) -> Bounds:
    """A part of a whole in percent; the change from a whole to its part, and a hundred."""
    return Bounds(*(None if end is None else end + 100 for end in change(whole, part)))


def _families(event: Event, world: World) -> Iterator[Finding]:
    yield from _dates(event)
    circular = [figure for figure in event.figures if _in_circle(figure, event)]
    for figure in circular:
        yield _finding("F05", event, figure, f"it is a part of {figure.part_of!r}, which is a part of it")
    for found in propagate_event([arithmetic(figure, event, world) for figure in event.figures]).contradictions:
        _, id_ = found.figure
        reason = f"by its parts and wholes it is at least {found.low:,} and at most {found.high:,}"
        yield Finding("F03", event.id or "", f"figure {id_}", reason)


def _dates(event: Event) -> Iterator[Finding]:
    by_id = {figure.id: figure for figure in event.figures}
    for part in event.figures:
        whole = by_id.get(part.part_of) if part.part_of else None
        if whole is None or not part.period or not whole.period:
            continue
        inner, outer = dates.parse_date(part.period), dates.parse_date(whole.period)
        before = inner.start is not None and outer.start is not None and inner.start < outer.start
        after = inner.end is not None and outer.end is not None and inner.end > outer.end
        if before or after:
            yield _finding("F07", event, part, f"it covers {part.period}, its whole {whole.id} only {whole.period}")


def _in_circle(figure: Record, event: Event) -> bool:
    by_id = {one.id: one for one in event.figures}
    at, steps = figure, 0
    while at.part_of in by_id and steps <= len(by_id):
        at, steps = by_id[at.part_of], steps + 1
        if at is figure:
            return True
    return False


def arithmetic(figure: Record, event: Event, world: World) -> Figure:
    """A recorded figure as the arithmetic takes it."""
    metric = world.metric(figure.metric)
    return Figure(
        event.id or "",
        figure.id or "",
        figure.metric,
        figure.unit or (metric.unit if metric else None),
        figure.stated,
        *_recorded(figure),
        figure.province,
        figure.nationality,
        figure.group,
        dates.parse_date(figure.period) if figure.period else None,
        figure.count or "new",
        figure.stated_by,
        figure.part_of,
        Split(figure.split.by, figure.split.complete) if figure.split else None,
        tuple(figure.of or ()),
    )
