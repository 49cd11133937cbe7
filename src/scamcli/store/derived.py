"""What the tables hold of an event beside its record: all of it derived, so that it can be checked and made again."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from scamcli.language import dates, scripts
from scamcli.language.vocabulary import ROLES
from scamcli.records.sources import originals
from scamcli.store.keys import OPEN_END, Rel

ROLE_BIT = {role: 1 << position for position, role in enumerate(ROLES)}

CONCERNS, ORIGINAL, VIA = int(Rel.CONCERNS), int(Rel.ORIGINAL), int(Rel.VIA)

LISTED = (
    ("site", "sites"), ("province", "provinces"), ("nationality", "nationalities"), ("tag", "tags"),
    ("country", "countries"),
)  # fmt: skip
"""Types of terms that a record lists by name alone, and its keys for them."""

Reference = tuple[str, str, int]
"""A term that an event refers to: its type, its name, and how."""


class Days(NamedTuple):
    """The days of an event, as its row has them."""

    start: int
    last: int
    sure: bool


def days(record: dict[str, Any]) -> Days:
    """When it begins and ends, in days since 1970-01-01."""
    when = dates.parse_date(record["date"])
    return Days(when.start or 0, OPEN_END if when.end is None else when.end, when.sure)


class Columns(NamedTuple):
    """The rows of many events, without their keys and the numbers of their terms: plain values, which can be sent.

    Attributes:
        terms: type and name of every term that they refer to, with its place among them.
        events: id, first day, last day, sure, kind, draft, canonical record.
        references: of each event: the place of the term, how, and bits of roles.
        figures: of each event: the rows of its figures.
        links: of each event: the rows of its links.
        texts: of each event: title, body, names.
    """

    terms: dict[tuple[str, str], int]
    events: list[tuple[str, int, int, bool, str, bool, str]]
    references: list[list[tuple[int, int, int]]]
    figures: list[list[tuple[object, ...]]]
    links: list[list[tuple[object, ...]]]
    texts: list[tuple[str, str, str]]

    def part(self, start: int, end: int) -> Columns:
        """Those of some of the events."""
        cut = slice(start, end)
        return Columns(
            self.terms, self.events[cut], self.references[cut], self.figures[cut], self.links[cut], self.texts[cut]
        )  # fmt: skip


def columns() -> Columns:
    """Empty ones, to add to."""
    return Columns({}, [], [], [], [], [])


def add(to: Columns, record: dict[str, Any], line: str) -> None:
    """Add the rows of one event.

    Args:
        to: where they go.
        record: of the event.
        line: its canonical JSON.
    """
    draft, terms = record["status"] == "draft", to.terms
    to.events.append((record["id"], *days(record), record["kind"], draft, line))
    to.references.append(
        [
            (terms.setdefault((type_, name), len(terms)), rel, bits)
            for (type_, name, rel), bits in references(record).items()
        ]
    )
    to.figures.append(figures(record))
    to.links.append(links(record))
    to.texts.append(texts(record))


def references(record: dict[str, Any]) -> dict[Reference, int]:
    """Everything that it refers to by name; of an actor, one bit a role."""
    found: dict[Reference, int] = {}
    for person in record["actors"]:
        reference = ("actor", person["name"], CONCERNS)
        found[reference] = found.get(reference, 0) | ROLE_BIT[person["role"]]
    found |= dict.fromkeys([("actor", source["outlet"], ORIGINAL) for source in originals(record["sources"])], 0)
    found |= dict.fromkeys([("actor", source["via"], VIA) for source in record["sources"] if source["via"]], 0)
    for type_, key in LISTED:
        for name in record[key]:
            found[type_, name, CONCERNS] = 0
    for place in record["places"]:
        found["place", place["name"], CONCERNS] = 0
    for figure in record["figures"]:
        found["metric", figure["metric"], CONCERNS] = 0
    return found


def figures(record: dict[str, Any]) -> list[tuple[object, ...]]:
    """The rows of its figures, without its key."""
    return [_figure(n, figure) for n, figure in enumerate(record["figures"])]


def _figure(n: int, figure: dict[str, Any]) -> tuple[object, ...]:
    split = figure["split"] or {"by": None, "complete": None}
    return (
        n, figure["id"], figure["metric"], figure["unit"], figure["stated"], figure["low"], figure["best"],
        figure["high"], figure["province"], figure["nationality"], figure["group"], figure["period"],
        figure["count"], figure["stated_by"], figure["part_of"], split["by"], split["complete"],
        json.dumps(figure["of"]) if figure["of"] else None,
    )  # fmt: skip


def links(record: dict[str, Any]) -> list[tuple[object, ...]]:
    """The rows of its links, without its key."""
    return [(n, link["type"], link["event"], link["figure"]) for n, link in enumerate(record["links"])]


def texts(record: dict[str, Any]) -> tuple[str, str, str]:
    """What full text holds: title, body, names. The titles of sources are theirs, and would find every event of one."""
    body = [record["summary"] or "", record["note"] or ""]
    for figure in record["figures"]:
        body += [text for text in (figure["stated"], figure["note"]) if text]
    body += [link["note"] for link in record["links"] if link["note"]]
    named = [one["name"] for one in record["actors"]] + [source["outlet"] for source in record["sources"]]
    named += [place["name"] for place in record["places"]]
    named += [*record["sites"], *record["provinces"], *record["nationalities"], *record["tags"]]
    index = scripts.index_text
    return index(record["title"]), index("\n".join(body)), index("\n".join(named))
