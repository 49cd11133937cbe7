"""What the tables hold of an event beside its record: all of it derived, so that it can be checked and made again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli import dates, scripts
from scamcli.keys import OPEN_END, Rel
from scamcli.sources import originals
from scamcli.vocabulary import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE_BIT = {role: 1 << position for position, role in enumerate(ROLES)}


class Days(NamedTuple):
    """The days of an event, as its row has them."""

    start: int
    last: int
    sure: bool


class Reference(NamedTuple):
    """A term that an event refers to."""

    type: str
    name: str
    rel: int


def days(record: dict[str, Any]) -> Days:
    """When it begins and ends, in days since 1970-01-01."""
    when = dates.parse_date(record["date"])
    return Days(when.start or 0, OPEN_END if when.end is None else when.end, when.sure)


def references(record: dict[str, Any]) -> dict[Reference, int]:
    """Everything that it refers to by name; of an actor, one bit a role."""
    found: dict[Reference, int] = {}
    for person in record["actors"]:
        reference = Reference("actor", person["name"], Rel.CONCERNS)
        found[reference] = found.get(reference, 0) | ROLE_BIT[person["role"]]
    return found | dict.fromkeys(_others(record), 0)


def _others(record: dict[str, Any]) -> Iterator[Reference]:
    for source in originals(record["sources"]):
        yield Reference("actor", source["outlet"], Rel.ORIGINAL)
    for source in record["sources"]:
        if source["via"]:
            yield Reference("actor", source["via"], Rel.VIA)
    for type_, listed in (
        ("site", record["sites"]),
        ("province", record["provinces"]),
        ("nationality", record["nationalities"]),
        ("tag", record["tags"]),
        ("country", record["countries"]),
        ("place", [place["name"] for place in record["places"]]),
        ("metric", [figure["metric"] for figure in record["figures"]]),
    ):
        for name in listed:
            yield Reference(type_, name, Rel.CONCERNS)


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
    said = (text for figure in record["figures"] for text in (figure["stated"], figure["note"]) if text)
    linked = (link["note"] for link in record["links"] if link["note"])
    body = "\n".join([record["summary"] or "", record["note"] or "", *said, *linked])
    called = [one["name"] for one in record["actors"]] + [source["outlet"] for source in record["sources"]]
    called += [place["name"] for place in record["places"]]
    named = "\n".join([*called, *record["sites"], *record["provinces"], *record["nationalities"], *record["tags"]])
    return scripts.index_text(record["title"]), scripts.index_text(body), scripts.index_text(named)
