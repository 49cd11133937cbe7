"""What is wrong with an event that can be taken all the same: events in, findings out.

``add`` and ``edit`` refuse these unless they are forced; ``import`` takes them. Nothing here has a database: which
events exist is asked of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.figures import Bounds, parse_wording, render_bounds
from scamcli.intake import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scamcli.models import Event, Figure
    from scamcli.models.vocabulary import Metric


def findings(event: Event, metric: Callable[[str], Metric | None], exists: Callable[[str], bool]) -> Iterator[str]:
    """What to look at again, a sentence each."""
    for figure in event.figures:
        yield from _bounds(figure)
        yield from _wording(figure, metric(figure.metric))
    yield from _parts(event)
    for link in event.links:
        if not exists(link.event):
            yield f"it {link.type.replace('_', ' ')} {link.event!r}, which is no event here"


def _bounds(figure: Figure) -> Iterator[str]:
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    if known != sorted(known):
        told = f"low {figure.low}, best {figure.best}, high {figure.high}"
        yield f"figure {figure.id!r}: its bounds are out of order ({told})"


def _wording(figure: Figure, metric: Metric | None) -> Iterator[str]:
    unit = figure.unit or (metric.unit if metric else "")
    said = parse_wording(figure.stated or "", measure=unit in MEASURES)
    recorded = Bounds(figure.low, figure.best, figure.high)
    if figure.stated and said != recorded:
        meant = render_bounds(said)
        yield f"figure {figure.id!r}: {figure.stated!r} means {meant}, but {render_bounds(recorded)} is recorded"


def _parts(event: Event) -> Iterator[str]:
    for whole in event.figures:
        parts = [part for part in event.figures if part.part_of == whole.id and part.metric == whole.metric]
        top = whole.high
        if top is None:
            continue
        for part in parts:
            if part.low is not None and part.low > top:
                yield f"figure {part.id!r}: at least {part.low}, which is more than its whole {whole.id!r} ({top})"
        if whole.split:
            divided = [part for part in parts if getattr(part, whole.split.by) and _along(part, whole, whole.split.by)]
            total = sum(part.low for part in divided if part.low is not None)
            if total > top and len(divided) > 1:
                by = whole.split.by
                yield f"figure {whole.id!r}: its parts by {by} make at least {total}, which is more than {top}"


def _along(part: Figure, whole: Figure, by: str) -> bool:
    others = {"province", "nationality", "group"} - {by}
    return all(getattr(part, field) in {None, getattr(whole, field)} for field in others)
