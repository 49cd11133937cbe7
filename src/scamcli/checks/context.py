"""Checks of an event among the others: dates, links, sources, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks.finding import Finding
from scamcli.language import dates, vocabulary
from scamcli.language.countries import is_demonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.checks.finding import World
    from scamcli.records.models import Event, Source


def check(event: Event, world: World) -> Iterator[Finding]:
    """What is wrong with the dates, links, sources and words of one event."""
    yield from _dates(event)
    yield from _links(event, world)
    yield from _sources(event)
    yield from _words(event)


def _dates(event: Event) -> Iterator[Finding]:
    when = dates.parse_date(event.date)
    for at, source in enumerate(event.sources, 1):
        published = dates.parse_date(source.published) if source.published else None
        if published and published.end is not None and when.start is not None and when.start > published.end:
            reason = f"the event is of {event.date}, {source.outlet} of {source.published}"
            yield Finding("D01", event.id or "", f"source {at}", reason)
    for figure in event.figures:
        period = dates.parse_date(figure.period) if figure.period else None
        if period and period.end is not None and when.end is not None and period.end > when.end:
            reason = f"it covers {figure.period}, the event is of {event.date}"
            yield Finding("D02", event.id or "", f"figure {figure.id}", reason)


def _links(event: Event, world: World) -> Iterator[Finding]:
    when = dates.parse_date(event.date)
    for link in event.links:
        target = world.days(link.event)
        place = f"link {link.event}"
        if link.event == event.id:
            yield Finding("L01", event.id or "", place, "it links to itself")
        elif target is None:
            yield Finding("L01", event.id or "", place, f"there is no event {link.event!r}")
        elif link.figure and not world.has_figure(link.event, link.figure):
            yield Finding("L01", event.id or "", place, f"that event has no figure {link.figure!r}")
        elif target.start is not None and when.end is not None and target.start > when.end:
            reason = f"it {link.type.replace('_', ' ')} an event of {dates.iso(target.start)}, later than {event.date}"
            yield Finding("L02", event.id or "", place, reason)


def _sources(event: Event) -> Iterator[Finding]:
    if not event.sources:
        yield Finding("S01", event.id or "", "", "no source is recorded")
    passed_on = {source.via for source in event.sources if source.via}
    for at, source in enumerate(event.sources, 1):
        place = f"source {at}"
        if source.via:
            continue
        if not _seen(source) and source.outlet not in passed_on and any(_seen(other) for other in event.sources):
            reason = f"{source.outlet} has no title, address, date or passage of its own"
            yield Finding("S03", event.id or "", place, reason)
        elif not source.passage:
            yield Finding("S02", event.id or "", place, f"where in {source.outlet} it stands is not recorded")


def _seen(source: Source) -> bool:
    return bool(source.title or source.url or source.published or source.passage or source.archived)


def _words(event: Event) -> Iterator[Finding]:
    for figure in event.figures:
        if figure.group and figure.group not in vocabulary.GROUPS:
            reason = f"the group {figure.group!r} is in no list"
            yield Finding("V01", event.id or "", f"figure {figure.id}", reason)
    for nationality in event.nationalities:
        if not is_demonym(nationality):
            yield Finding("V02", event.id or "", f"nationality {nationality}", f"{nationality!r} is no known demonym")
