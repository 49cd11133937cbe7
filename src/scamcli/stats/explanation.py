"""How each number came about: the figures of a cell, and how each entered its low or why it did not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from scamcli.figures import RULES_VERSION, render_bounds
from scamcli.figures.derivation import HOW
from scamcli.language import dates
from scamcli.output.text.words import plural
from scamcli.records import canonical
from scamcli.records.sources import originals
from scamcli.stats import rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.figures import Key, Period
    from scamcli.figures.derivation import How
    from scamcli.records.types import EventDict
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.selection import Chosen

COUNTED = frozenset({"largest", "added"})
"""How the figures that make up a low enter it."""


class Explanation(TypedDict):
    """How one figure entered the low of a cell, as it is printed."""

    event: str
    date: str
    figure: str
    stated: str
    bounds: str
    implied: str | None
    period: str | None
    stated_by: str | None
    source: str
    entered: How
    how: str


def entries(inquiry: Inquiry, group: Sequence[Chosen]) -> list[Explanation]:
    """Return an explanation of each figure of a cell, in the order in which they were read."""
    by_key = {one.figure.key: one for one in group}
    order = {key: at for at, key in enumerate(by_key)}
    ordered = sorted(rows.entries(group, inquiry.read), key=lambda entry: order[entry.figure])
    return [_explanation(inquiry, by_key[entry.figure], entry.how, entry.other) for entry in ordered]


def _explanation(inquiry: Inquiry, one: Chosen, how: How, other: Key | None) -> Explanation:
    figure, mask = one.figure, inquiry.lookup.shown
    record, at = masked_record(inquiry, figure.event, (one.of or figure).id)
    printed = record["figures"][at]
    implied = inquiry.read.implied.get(figure.key, figure).bounds
    derived = "; derived: what a running total rose by" if one.of is not None else ""
    by_report = "; dated by its report, so only possible" if one.by_report_date else ""
    possible = "; its period is uncertain, so only possible" if one.possible and not one.by_report_date else ""
    disputed = "; disputed by another event" if one.entry.disputed else ""
    named = "" if other is None else f" ({other[1] if other[0] == figure.event else ' '.join(other)})"
    return {
        "event": mask(figure.event), "date": record["date"], "figure": mask(figure.id),
        "stated": mask(inquiry.read.wording(figure)), "bounds": render_bounds(figure.bounds),
        "implied": None if implied == figure.bounds else render_bounds(implied._replace(best=None)),
        "period": _days(figure.period) if one.of is not None else printed["period"],
        "stated_by": printed["stated_by"] and mask(printed["stated_by"]),
        "source": mask(source_names(record)),
        "entered": how, "how": mask(HOW[how] + named + derived + by_report + possible + disputed),
    }  # fmt: skip


def masked_record(inquiry: Inquiry, event: str, figure: str) -> tuple[EventDict, int]:
    """Return the masked record of an event, and the place of a figure in its list."""
    (text,) = inquiry.connection.execute("SELECT record FROM event WHERE id = ?", [event]).fetchone()
    record: EventDict = json.loads(text)
    at = next(at for at, part in enumerate(record["figures"]) if part["id"] == figure)
    return inquiry.lookup.masker.record(record) if inquiry.lookup.masker else record, at


def _days(period: Period | None) -> str | None:
    if period is None or period.start is None or period.end is None:
        return None
    return f"{dates.iso(period.start)}/{dates.iso(period.end)}"


def source_names(record: EventDict) -> str:
    """Return the original outlets of an event, each with the outlet that passed it on, and the passage."""
    passages = {source["outlet"]: source["passage"] for source in record["sources"] if not source["via"]}
    named = []
    for source in originals(record["sources"]):
        passage = passages.get(source["via"]) if source["via"] else source["passage"]
        outlet = f"{source['outlet']}, via {source['via']}" if source["via"] else source["outlet"]
        named.append(outlet + (f" ({passage})" if passage else ""))
    return "; ".join(named)


def basis(connection: sqlite3.Connection, keys: Sequence[int], figures: int | None) -> str:
    """Return what a table rests on: how many events and figures, the digest of their records, and the versions."""
    from importlib.metadata import version

    counts = plural(len(set(keys)), "event") + ("" if figures is None else f", {plural(figures, 'figure')}")
    rest = f"data {digest_of(connection, keys)}; rules {RULES_VERSION}; scamcli {version('scamcli')}"
    return f"{counts}; {rest}"


def digest_of(connection: sqlite3.Connection, keys: Sequence[int]) -> str:
    """Return the digest of the events with these keys, in any order."""
    sql = "SELECT id, record FROM event WHERE key = ?"
    return canonical.digest_of_set(connection.execute(sql, [key]).fetchone() for key in set(keys))
