"""The profiles of a report: each actor and site with its events, and who claims what about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from scamcli.exchange.exporters import spots
from scamcli.language import dates
from scamcli.language.gazetteer import country_of
from scamcli.output import phrases
from scamcli.output.charts import Point
from scamcli.output.report.contents import ActorProfile, Claim, EventLine, SiteProfile
from scamcli.output.text import date_text
from scamcli.output.text.words import plural
from scamcli.records import site_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scamcli.output.report.contents import Entry
    from scamcli.records.types import ActorDict, OwnerDict, SiteDict


MOST_EVENTS = 10
"""How many events a profile lists. The search of the page finds all of them."""

_TELLING = ("aliases", "positions", "member_of", "topics", "note")
SAID = {
    "alleges": "alleged by", "denies": "denied by", "rejects": "rejected by", "acknowledges": "acknowledged by",
    "comments": "comment by",
}  # fmt: skip
"""Words for the roles of those who accuse and answer."""


class Anchors:
    """Gives names anchors that do not change as long as no other name has the same letters."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """Return the anchor of a name: ``actor:sar-kheng``."""
        words = re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
        wanted, number = f"{self._kind}:{words}", 1
        while wanted in self._taken:
            number += 1
            wanted = f"{self._kind}:{words}-{number}"
        self._taken.add(wanted)
        return wanted


def actors(records: Iterable[ActorDict], sites: Iterable[SiteDict], entries: Sequence[Entry]) -> list[ActorProfile]:
    """Return profiles in the order of the records, without actors that nothing is recorded about."""
    roles, source_of = _roles(entries)
    claims: dict[str, list[Claim]] = defaultdict(list)
    known = {entry.record["id"] for entry in entries}
    for site in sites:
        for words, holders in (("owns", site["owners"]), ("runs", site["operators"])):
            for one in holders:
                text = f"is said to {words[:-1]} {site['name']}, {_said(one)}"
                claims[one["name"]].append(Claim("", text, _known(one["event"], known)))
    anchors = Anchors("actor")
    found = [
        ActorProfile(
            anchors.of(record["name"]),
            record,
            [
                EventLine(entry.record["id"], entry.when, entry.record["title"], ", ".join(words))
                for entry, words in roles[record["name"]][-MOST_EVENTS:]
            ],
            max(len(roles[record["name"]]) - MOST_EVENTS, 0),
            source_of.get(record["name"], 0),
            claims.get(record["name"], ()),
        )
        for record in records
    ]
    return [one for one in found if one.events or one.source_of or one.claims or any(map(one.record.get, _TELLING))]


def _roles(entries: Sequence[Entry]) -> tuple[dict[str, list[tuple[Entry, list[str]]]], dict[str, int]]:
    """Return the events of each actor with its roles in words, and how many events name it as a source."""
    roles: dict[str, list[tuple[Entry, list[str]]]] = defaultdict(list)
    source_of: dict[str, int] = defaultdict(int)
    for entry in entries:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for actor in entry.record["actors"]:
            found[actor["name"]][phrases.in_words(actor["role"])] = None
        for figure in entry.record["figures"]:
            if figure["stated_by"]:
                found[figure["stated_by"]]["states a figure"] = None
        for name, words in found.items():
            roles[name].append((entry, list(words)))
        for outlet in {source[key] for source in entry.record["sources"] for key in ("outlet", "via")}:
            if outlet:
                source_of[outlet] += 1
    return roles, source_of


def sites(records: Iterable[SiteDict], entries: Sequence[Entry]) -> list[SiteProfile]:
    """Return the profiles of sites in the order of their records."""
    events: dict[str, list[EventLine]] = defaultdict(list)
    for entry in entries:
        record = entry.record
        said = _said_in(entry)
        for name in record["sites"]:
            events[name].append(EventLine(record["id"], entry.when, record["title"], said))
        for name in record["linked_sites"]:
            events[name].append(EventLine(record["id"], entry.when, record["title"], "linked by evidence only"))
    known = {entry.record["id"] for entry in entries}
    anchors = Anchors("site")
    return [
        SiteProfile(
            anchors.of(record["name"]),
            record,
            [phrases.in_words(status) for status in site_states.latest_statuses(record["statuses"])],
            list(_history(record, known)),
            [_holder(one, known) for one in record["owners"]],
            [_holder(one, known) for one in record["operators"]],
            events[record["name"]][-MOST_EVENTS:],
            max(len(events[record["name"]]) - MOST_EVENTS, 0),
        )
        for record in records
    ]


def _said_in(entry: Entry) -> str:
    """Return who alleges something in an event, and who answers it and how: ``rejected by Long Dimanche``."""
    actors = entry.record["actors"]
    return ", ".join(f"{SAID[actor['role']]} {actor['name']}" for actor in actors if actor["role"] in SAID)


def points(found: Sequence[SiteProfile], entries: Sequence[Entry]) -> tuple[list[Point], list[str], int]:
    """Return the points of sites with coordinates and of the towns of events.

    The codes of their countries follow, and how many events are at one of these points.
    """
    located = {one.record["name"] for one in found if spots.site_spot(one.record) is not None}
    mapped = 0
    at: dict[tuple[str, str, str, tuple[float, float]], int] = Counter()
    countries = set[str]()
    for one in found:
        spot = spots.site_spot(one.record)
        if spot is not None and spot.point is not None:
            at["site", one.record["name"], spot.precision or "", spot.point] += len(one.events)
            countries.add(one.record["country"] or "")
    for entry in entries:
        is_mapped = not located.isdisjoint(entry.record["sites"])
        for spot in spots.spots_of(entry.record, []):
            if spot.point is not None and spot.place is not None and spot.precision != "province":
                at["town", spot.place, spot.precision or "", spot.point] += 1
                countries.add(country_of(spot.province) if spot.province else "")
                is_mapped = True
        mapped += is_mapped
    anchors = {one.record["name"]: f"#{one.anchor}" for one in found}
    marks = []
    for (kind, name, precision, (lon, lat)), number in at.items():
        href = anchors.get(name) if kind == "site" else None
        marks.append(Point(lat, lon, f"{name} ({plural(number, 'event')})", precision or None, kind, href))
    return marks, sorted(countries - {""}), mapped


def _history(site: SiteDict, known: set[str]) -> Iterator[Claim]:
    for claim in site_states.in_order(site["statuses"]):
        when = date_text.span(dates.parse_date(claim["date"])) if claim["date"] else "date not given"
        note = f"; {claim['note']}" if claim["note"] else ""
        text = f"{phrases.in_words(claim['status'])}, {phrases.claimed_by(claim)}{note}"
        yield Claim(when, text, _known(claim["event"], known))


def _holder(one: OwnerDict, known: set[str]) -> Claim:
    return Claim("", f"{one['name']}, {_said(one)}", _known(one["event"], known))


def _said(one: OwnerDict) -> str:
    return phrases.claimed_by(one) + (f"; {one['note']}" if one["note"] else "")


def _known(event: str | None, known: set[str]) -> str:
    """Return the id of an event that the report has, or an empty text."""
    return event if event in known and event is not None else ""
