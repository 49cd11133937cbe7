"""Check the dates, places, links, sources and words of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates, gazetteer, vocabulary
from scamcli.language.countries import is_demonym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.checks.finding import KnownRecords, Problem
    from scamcli.records.models import Event, Source


LAST_YEAR = 2400
"""Later years are of the Buddhist calendar, which is 543 years ahead."""


def check(event: Event, known: KnownRecords) -> Iterator[Problem]:
    """Yield the problems with the dates, places, links, sources and words of one event."""
    yield from (*_dates(event), *_provinces(event), *_links(event, known), *_sources(event), *_words(event))


def _dates(event: Event) -> Iterator[Problem]:
    when = dates.parse_date(event.date)
    year = int(event.date[:4])
    if year > LAST_YEAR:
        yield "D03", "", f"the year {year} is still far off; if it is of the Buddhist calendar, it is {year - 543}"
    for number, source in enumerate(event.sources, 1):
        published = dates.parse_date(source.published) if source.published else None
        if published and published.end is not None and when.start is not None and when.start > published.end:
            reason = f"the event is dated {event.date}, but {source.outlet} was published {source.published}"
            yield "D01", f"source {number}", reason
    for figure in event.figures:
        period = dates.parse_date(figure.period) if figure.period else None
        if period and period.end is not None and when.end is not None and period.end > when.end:
            yield "D02", f"figure {figure.id}", f"it covers {figure.period}, but the event is dated {event.date}"


def _provinces(event: Event) -> Iterator[Problem]:
    for province in event.provinces:
        country = gazetteer.country_of(province)
        if event.countries and country not in event.countries:
            reason = f"it is in {country}, but the event is in {', '.join(event.countries)}"
            yield "G01", f"province {province}", reason


def _links(event: Event, known: KnownRecords) -> Iterator[Problem]:
    when = dates.parse_date(event.date)
    for link in event.links:
        target = known.days(link.event)
        place = f"link {link.event}"
        if link.event == event.id:
            yield "L01", place, "the event links to itself"
        elif target is None:
            yield "L01", place, f'there is no event "{link.event}"'
        elif link.figure and not known.has_figure(link.event, link.figure):
            yield "L01", place, f'that event has no figure "{link.figure}"'
        elif target.start is not None and when.end is not None and target.start > when.end:
            reason = f"it {link.type.replace('_', ' ')} an event of {dates.iso(target.start)}, later than {event.date}"
            yield "L02", place, reason


def _sources(event: Event) -> Iterator[Problem]:
    if not event.sources:
        yield "S01", "", "no source is recorded"
    passed_on = {source.via for source in event.sources if source.via}
    for number, source in enumerate(event.sources, 1):
        if source.via:
            continue
        if not _was_seen(source) and source.outlet not in passed_on and any(map(_was_seen, event.sources)):
            yield "S03", f"source {number}", f"{source.outlet} has no title, address, date or passage of its own"
        elif not source.passage:
            yield "S02", f"source {number}", f"no page or passage is given for {source.outlet}"


def _was_seen(source: Source) -> bool:
    return bool(source.title or source.url or source.published or source.passage or source.archived)


def _words(event: Event) -> Iterator[Problem]:
    for figure in event.figures:
        if figure.group and figure.group not in vocabulary.GROUPS:
            yield "V01", f"figure {figure.id}", f'the group "{figure.group}" is not in the vocabulary'
    for nationality in event.nationalities:
        if not is_demonym(nationality):
            yield "V02", f"nationality {nationality}", f'"{nationality}" is not a known demonym'
