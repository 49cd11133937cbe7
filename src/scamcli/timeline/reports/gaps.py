"""What the sources of a report do not say, in sentences with the events concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates
from scamcli.output.report.contents import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.output.report.contents import Allegation, Entry, SiteProfile
    from scamcli.records.types import FigureDict

MOST_EVENTS = 10
"""How many events a gap lists."""


def gaps(entries: Sequence[Entry], allegations: Sequence[Allegation], sites: Sequence[SiteProfile]) -> list[Gap]:
    """Return what is missing, what concerns numbers first."""
    return [*_of_figures(entries), *_of_events(entries), *_of_allegations(allegations), *_of_sites(sites)]


def _of_figures(entries: Sequence[Entry]) -> Iterator[Gap]:
    cases: tuple[tuple[str, Callable[[FigureDict], bool]], ...] = (
        ("{} no upper limit: the source says “more than” or something similar.", _has_no_high),
        ("{} no recorded speaker.", lambda figure: not figure["stated_by"]),
        ("{} no recorded period: from when to when the number counts is not known.", _has_no_period),
    )
    number = sum(len(entry.figures) for entry in entries)
    for sentence, is_missing in cases:
        found = [entry for entry in entries for figure in entry.figures if is_missing(figure.record)]
        if found:
            subject = f"{len(found):,} of {number:,} figures {'has' if len(found) == 1 else 'have'}"
            yield _gap(sentence.format(subject), found)


def _has_no_high(figure: FigureDict) -> bool:
    return figure["high"] is None and figure["count"] != "none" and figure["low"] is not None


def _has_no_period(figure: FigureDict) -> bool:
    return figure["period"] is None and figure["part_of"] is None and figure["count"] in {"aggregate", "cumulative"}


def _of_events(entries: Sequence[Entry]) -> Iterator[Gap]:
    cases: tuple[tuple[str, str, Callable[[Entry], bool]], ...] = (
        ("names no province, town or site.", "name no province, town or site.", _has_no_place),
        ("has no certain day.", "have no certain day.", _has_no_day),
        ("has no recorded source.", "have no recorded source.", lambda entry: not entry.record["sources"]),
        (
            "has no source with an address on the web.", "have no source with an address on the web.",
            lambda entry: bool(entry.record["sources"]) and not any(one["url"] for one in entry.record["sources"]),
        ),
    )  # fmt: skip
    for one, several, is_missing in cases:
        found = list(filter(is_missing, entries))
        if found:
            yield _gap(f"{len(found):,} of {len(entries):,} events {one if len(found) == 1 else several}", found)


def _has_no_place(entry: Entry) -> bool:
    record = entry.record
    return not (record["provinces"] or record["places"] or record["sites"] or record["linked_sites"])


def _has_no_day(entry: Entry) -> bool:
    period = dates.parse_date(entry.record["date"])
    return not period.known or period.start != period.end


def _of_allegations(allegations: Sequence[Allegation]) -> Iterator[Gap]:
    found = [one for one in allegations if not one.answers]
    if found:
        have = "has" if len(found) == 1 else "have"
        sentence = (
            f"{len(found):,} of {len(allegations):,} allegations {have} no recorded answer."
            " That does not mean that there was none."
        )
        events = [(one.event, one.title) for one in found]
        yield Gap(sentence, events[:MOST_EVENTS], max(len(events) - MOST_EVENTS, 0))


def _of_sites(sites: Sequence[SiteProfile]) -> Iterator[Gap]:
    without_status = [site.record["name"] for site in sites if not site.history]
    without_owner = [site.record["name"] for site in sites if not site.owners and not site.operators]
    without_place = [site.record["name"] for site in sites if not site.record["province"]]
    for names, what in (
        (without_status, "no dated claim says whether it operates or is closed"),
        (without_owner, "no source is recorded as naming an owner or operator"),
        (without_place, "no source is recorded as saying in which province it is"),
    ):
        if names:
            listed = ", ".join(names[:MOST_EVENTS]) + (" and others" if len(names) > MOST_EVENTS else "")
            yield Gap(f"For {len(names):,} of {len(sites):,} sites, {what}: {listed}.", (), 0)


def _gap(sentence: str, entries: Sequence[Entry]) -> Gap:
    events = list(dict.fromkeys((entry.record["id"], entry.record["title"]) for entry in entries))
    return Gap(sentence, events[:MOST_EVENTS], max(len(events) - MOST_EVENTS, 0))
