"""Derive rows from an event's record, to write them, to check them, and to make them again."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import json
from binascii import crc32
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import dates, scripts
from scamcli.language.gazetteer import country_of
from scamcli.language.vocabulary import ROLES
from scamcli.records.derivations import originals
from scamcli.store.keys import Rel

if TYPE_CHECKING:
    from scamcli.records.types import EventDict, FigureDict

ROLE_BIT = {role: 1 << position for position, role in enumerate(ROLES)}

CONCERNS, ORIGINAL, VIA = int(Rel.CONCERNS), int(Rel.ORIGINAL), int(Rel.VIA)

LISTED: "tuple[tuple[str, itemgetter[str]], ...]" = (
    ("site", itemgetter("sites")), ("province", itemgetter("provinces")),
    ("nationality", itemgetter("nationalities")), ("tag", itemgetter("tags")), ("country", itemgetter("countries")),
)  # fmt: skip
"""Types of terms that a record lists by name alone, with the keys of these lists."""

LINKED = 1
"""The ``roles`` of a site that is only linked to an event. It is 0 for other sites (positions in `SITE_ROLES`)."""

DISJOINT = 1
"""The ``roles`` of a data set that was declared to have a different incident in every row. It is 0 for others."""

Reference = tuple[str, str, int]
"""A term that an event refers to: its type, its name, and how the event refers to it (`Rel`)."""


class Columns(NamedTuple):
    """The rows of many events, without the keys of events and the numbers of terms.

    Attributes:
        events: id, first day, last day, sure, kind, draft, canonical record.
        references: for each event, what it refers to by name, with one bit for each role.
        figures: for each event, the rows of its figures.
        links: for each event, the rows of its links.
        texts: for each event, title, body and names.
    """

    events: list[tuple[str, int, int, bool, str, bool, str]]
    references: list[dict[Reference, int]]
    figures: list[list[tuple[object, ...]]]
    links: list[list[tuple[object, ...]]]
    texts: list[tuple[str, str, str]]

    def part(self, start: int, end: int) -> "Columns":
        """Return the rows of the events from position ``start`` up to but not including ``end``."""
        cut = slice(start, end)
        return Columns(
            self.events[cut], self.references[cut], self.figures[cut], self.links[cut], self.texts[cut],
        )  # fmt: skip


def columns() -> Columns:
    """Return an empty `Columns` that rows can be added to."""
    return Columns([], [], [], [], [])


def add(to: Columns, record: "EventDict", line: str) -> None:
    """Add the rows of one event, whose canonical JSON is also given."""
    draft, days = record["status"] == "draft", dates.stored_days(record["date"])
    to.events.append((record["id"], *days, record["kind"], draft, line))
    to.references.append(references(record))
    to.figures.append(figures(record, days))
    to.links.append(links(record))
    to.texts.append(texts(record))


def references(record: "EventDict") -> dict[Reference, int]:
    """Return everything that an event refers to by name, with a bit for each role of an actor, or a site's role."""
    found: dict[Reference, int] = {}
    for person in record["actors"]:
        reference = ("actor", person["name"], CONCERNS)
        found[reference] = found.get(reference, 0) | ROLE_BIT[person["role"]]
    found |= {("actor", source["outlet"], ORIGINAL): 0 for source in originals(record["sources"])}
    found |= {("actor", source["via"], VIA): 0 for source in record["sources"] if source["via"]}
    for name in record["linked_sites"]:
        found["site", name, CONCERNS] = LINKED
    for type_, names_in in LISTED:
        for name in names_in(record):
            found[type_, name, CONCERNS] = 0
    for place in record["places"]:
        found["place", place["name"], CONCERNS] = 0
    if record["dataset"] is not None:
        found["dataset", record["dataset"]["name"], CONCERNS] = DISJOINT if record["dataset"]["disjoint"] else 0
    for figure in record["figures"]:
        found["metric", figure["metric"], CONCERNS] = 0
    return found


def figures(record: "EventDict", days: tuple[int, int, bool]) -> list[tuple[object, ...]]:
    """Return the rows of an event's figures, without its key; ``days``: its first day, its last day, whether certain.

    Each row repeats what totals need of the event, because reading that takes as long as reading the figures.
    """
    rows: list[tuple[object, ...]] = []
    event = record["id"], *days[1:], record["kind"], record["status"] == "draft"
    dataset = record["dataset"]
    name, is_disjoint = (None, False) if dataset is None else (dataset["name"], dataset["disjoint"])
    own: bytes | None = None
    for n, figure in enumerate(record["figures"]):
        is_incident = figure["count"] == "incident"
        if is_incident and own is None:
            own = marks(record)
        is_addable = is_incident and _is_alone(figure, record)
        is_of_event = is_incident and figure["part_of"] is None
        place = place_of_incident(figure, record) if is_of_event else (figure["country"], figure["province"])
        rows.append((n, *event, own if is_incident else None, name, is_disjoint, is_addable, *_figure(figure, place)))
    return rows


def place_of_incident(figure: "FigureDict", record: "EventDict") -> tuple[str | None, str | None]:
    """Return the country and the province of an incident: its own, or otherwise the only one of its event."""
    country, province = figure["country"], figure["province"]
    if country is None and len(record["countries"]) == 1:
        (country,) = record["countries"]
    if province is None and len(record["provinces"]) == 1:
        (only_province,) = record["provinces"]
        if country == country_of(only_province):
            province = only_province
    return country, province


def _is_alone(figure: "FigureDict", record: "EventDict") -> bool:
    """Say whether a figure is neither part nor whole, is of its event's days, and is the only one of its metric."""
    is_of_day = figure["period"] in {None, record["date"]}
    if figure["part_of"] is not None or figure["split"] is not None or not is_of_day:
        return False
    return [one["metric"] for one in record["figures"]].count(figure["metric"]) == 1


def _figure(figure: "FigureDict", place: tuple[str | None, str | None]) -> tuple[object, ...]:
    split = figure["split"] or {"by": None, "complete": None}
    return (
        figure["id"], figure["metric"], figure["unit"], figure["stated"], figure["low"], figure["best"],
        figure["high"], *place, figure["nationality"], figure["group"], figure["period"],
        figure["count"], figure["stated_by"], figure["part_of"], split["by"], split["complete"],
        json.dumps(figure["of"]) if figure["of"] else None,
    )  # fmt: skip


def links(record: "EventDict") -> list[tuple[object, ...]]:
    """Return the rows of an event's links, without its key."""
    return [(n, link["type"], link["event"], link["figure"]) for n, link in enumerate(record["links"])]


def marks(record: "EventDict") -> bytes:
    """Return the marks for comparing an event that has an incident with others.

    The marks of equal texts are equal, ignoring case: first one for the title, then one for each town and site.
    """
    places = {_mark(place["name"]) for place in record["places"]} | {_mark(site) for site in record["sites"]}
    return b"".join([_mark(record["title"]), *sorted(places)])


def _mark(text: str) -> bytes:
    return crc32(" ".join(text.casefold().split()).encode()).to_bytes(4)


def texts(record: "EventDict") -> tuple[str, str, str]:
    """Return the full-text columns of an event: title, body, names."""
    # The titles of sources are left out: a search for one would find every event of that source.
    body = [record["summary"] or "", record["note"] or ""]
    for figure in record["figures"]:
        body += [text for text in (figure["stated"], figure["note"]) if text]
    body += [link["note"] for link in record["links"] if link["note"]]
    named = [
        *[one["name"] for one in record["actors"]],
        *[source["outlet"] for source in record["sources"]],
        *[place["name"] for place in record["places"]],
        *record["sites"],
        *record["linked_sites"],
        *record["provinces"],
        *record["nationalities"],
        *record["tags"],
    ]
    index = scripts.index_text
    return index(record["title"]), index("\n".join(body)), index("\n".join(named))
