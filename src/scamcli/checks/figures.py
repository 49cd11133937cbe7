"""Check the figures of an event: bounds, wordings, parts and wholes, and claimed percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.language.wording.bounds import UNKNOWN, Bounds, render_bounds, render_number
from scamcli.language.wording.currency import contradicted
from scamcli.language.wording.parsing import bounds_in
from scamcli.numbers.change import change, claim_agrees
from scamcli.numbers.propagation import propagate_event
from scamcli.numbers.records import Figure, Split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.checks.finding import KnownRecords, Problem
    from scamcli.records.models import Event
    from scamcli.records.models import Figure as Record


def check(event: Event, known: KnownRecords) -> Iterator[Problem]:
    """Yield the problems with the figures of one event."""
    for code, figure, reason in (*_single_figures(event, known), *_parts_and_wholes(event, known)):
        yield code, f"figure {figure}", reason


def bounds_of_wording(figure: Record, known: KnownRecords) -> Bounds:
    """Return the bounds that follow from the wording of a figure."""
    return bounds_in(figure.stated or "", _unit(figure, known) or "")


def _unit(figure: Record, known: KnownRecords) -> str | None:
    metric = known.metric(figure.metric)
    return figure.unit or (metric.unit if metric else None)


def _recorded(figure: Record) -> Bounds:
    return Bounds(figure.low, figure.best, figure.high)


def _single_figures(event: Event, known: KnownRecords) -> Iterator[tuple[str, str | None, str]]:
    for figure in event.figures:
        bounds = _recorded(figure)
        present = [value for value in bounds if value is not None]
        if present != sorted(present):
            yield "F01", figure.id, f"low {figure.low}, best {figure.best} and high {figure.high} are out of order"
        metric = known.metric(figure.metric)
        if present and min(present) < 0 and metric is not None and not metric.has_negatives(figure.unit):
            yield "F01", figure.id, f"{min(present):,} is below zero"
        meant = bounds_of_wording(figure, known) if figure.stated else UNKNOWN
        if meant not in {bounds, UNKNOWN}:
            reason = f'"{figure.stated}" means {render_bounds(meant)}, but {render_bounds(bounds)} is recorded'
            yield "F02", figure.id, reason
        unit = _unit(figure, known) or ""
        if figure.stated and unit.isupper() and (currency := contradicted(figure.stated, unit)):
            yield "F10", figure.id, f'"{figure.stated}" is in {currency}, but {unit} is recorded'
        yield from _claimed_percentage(figure, event)
        if figure.stated_by is None:
            yield "F06", figure.id, "its speaker is not recorded"


def _claimed_percentage(figure: Record, event: Event) -> Iterator[tuple[str, str | None, str]]:
    """Check a change or a share against the two figures that it is about."""
    claimed = _central(_recorded(figure))
    operands = [one for id_ in figure.of or [] for one in event.figures if one.id == id_]
    if claimed is None or len(operands) != 2 or figure.metric not in {"change", "share"}:
        return
    first, second = (_recorded(one) for one in operands)
    computed = change(first, second) if figure.metric == "change" else _share(first, second)
    if not claim_agrees(claimed, figure.stated, computed):
        near = _central(computed)
        result = "" if near is None else f": they give {render_number(round(near, 1))}"
        yield "F04", figure.id, f'{operands[0].id} and {operands[1].id} do not give "{figure.stated}"{result}'


def _central(bounds: Bounds) -> float | None:
    """Return the best of these bounds, or the low, or the high: the first that is known."""
    return next((value for value in (bounds.best, bounds.low, bounds.high) if value is not None), None)


def _share(part: Bounds, whole: Bounds) -> Bounds:
    """Return the share of a part in a whole in percent: the change from the whole to the part, plus 100."""
    return Bounds(*(None if end is None else end + 100 for end in change(whole, part)))


def _parts_and_wholes(event: Event, known: KnownRecords) -> Iterator[tuple[str, str | None, str]]:
    by_id = {figure.id: figure for figure in event.figures}
    for part in event.figures:
        whole = by_id.get(part.part_of) if part.part_of else None
        if whole is not None and part.period and whole.period and not _lies_within(part.period, whole.period):
            yield "F07", part.id, f"it covers {part.period}, but its whole {whole.id} only covers {whole.period}"
    for figure in event.figures:
        if _is_in_circle(figure, by_id):
            yield "F05", figure.id, f'it is a part of "{figure.part_of}", which is a part of it'
    for found in propagate_event([as_figure(figure, event, known) for figure in event.figures]).contradictions:
        yield "F03", found.figure[1], f"by its parts and wholes it is at least {found.low:,} and at most {found.high:,}"


def _lies_within(period: str, other: str) -> bool:
    inner, outer = dates.parse_date(period), dates.parse_date(other)
    begins_before = inner.start is not None and outer.start is not None and inner.start < outer.start
    ends_after = inner.end is not None and outer.end is not None and inner.end > outer.end
    return not (begins_before or ends_after)


def _is_in_circle(figure: Record, by_id: dict[str | None, Record]) -> bool:
    whole, steps = figure, 0
    while whole.part_of in by_id and steps <= len(by_id):
        whole, steps = by_id[whole.part_of], steps + 1
        if whole is figure:
            return True
    return False


def as_figure(figure: Record, event: Event, known: KnownRecords) -> Figure:
    """Return a recorded figure in the form that `scamcli.numbers` needs."""
    return Figure(
        event.id or "",
        figure.id or "",
        figure.metric,
        _unit(figure, known),
        figure.stated,
        *_recorded(figure),
        figure.province,
        figure.nationality,
        figure.group,
        dates.parse_date(figure.period) if figure.period else None,
        figure.count or "aggregate",
        figure.stated_by,
        figure.part_of,
        Split(figure.split.by, figure.split.complete) if figure.split else None,
        tuple(figure.of or ()),
    )
