"""Explain each number: list the figures of a cell, and how each entered its low or why it did not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from scamcli.figures import render_bounds
from scamcli.figures.derivation import HOW, RULES
from scamcli.language import dates
from scamcli.records.derivations import originals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.figures import Figure, Number, Period
    from scamcli.figures.derivation import Entry, How
    from scamcli.records.types import EventDict, SourceDict
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.selection import Chosen

COUNTED = frozenset({"largest", "added"})
"""The keys of `HOW` under which a figure counts in a low."""


class Explanation(TypedDict):
    """How one figure entered the low of a cell, in the form that is printed.

    ``counted`` is what the figure contributed to ``low``, or to ``possible_low`` if it is only ``possible``.
    """

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
    counted: Number | None
    possible: bool
    how: str


def explanations(
    inquiry: Inquiry, group: Sequence[Chosen], entries: Sequence[Entry], most: int | None = None
) -> list[Explanation]:
    """Return an explanation of each figure of a cell, in reading order.

    Args:
        inquiry: The request that the cell answers.
        group: The figures of the cell.
        entries: How each of them entered the low: `scamcli.stats.basis.entered`.
        most: Explain only this many figures: those that contribute most to the low, largest first.
    """
    by_key = {one.figure.key: one for one in group}
    order = {key: at for at, key in enumerate(by_key)}
    ordered = sorted(entries, key=lambda entry: order[entry.figure])
    if most is not None and len(ordered) > most:
        ordered = sorted(ordered, key=lambda entry: (entry.how not in COUNTED, -(entry.low or 0)))[:most]
    found = [_explanation(inquiry, by_key[entry.figure], entry) for entry in ordered]
    if len(by_key) == 1 and found[0]["entered"] == "largest":
        found[0]["how"] = found[0]["how"].replace(HOW["largest"], "counted: it is the only figure")
    return found


def _explanation(inquiry: Inquiry, one: Chosen, entry: Entry) -> Explanation:
    figure, mask = one.figure, inquiry.lookup.shown
    record, at = masked_record(inquiry, figure.event, (one.of or figure).id)
    printed = record["figures"][at]
    implied = inquiry.read.implied.get(figure.key, figure).bounds
    derived = "; derived: what a running total rose by" if one.of is not None else ""
    by_report = "; dated by its report, so only possible" if one.by_report_date else ""
    possible = "; its period is uncertain, so only possible" if one.possible and not one.by_report_date else ""
    disputed = "; disputed by another event" if one.entry.disputed else ""
    reason = HOW[entry.how] + _other(entry, figure) + _rules(entry)
    return {
        "event": mask(figure.event), "date": record["date"], "figure": mask(figure.id),
        "stated": mask(inquiry.read.wording(figure)), "bounds": render_bounds(figure.bounds),
        "implied": None if implied == figure.bounds else render_bounds(implied._replace(best=None)),
        "period": _days(figure.period) if one.of is not None else printed["period"] or _day_of_incident(figure, record),
        "stated_by": printed["stated_by"] and mask(printed["stated_by"]),
        "source": mask(source_names(record["sources"])),
        "entered": entry.how, "counted": entry.low if entry.how in COUNTED else None, "possible": one.possible,
        "how": mask(reason + derived + by_report + possible + disputed),
    }  # fmt: skip


def _other(entry: Entry, figure: Figure) -> str:
    """Return the id of the figure that decided, with its event unless both figures are of the same event."""
    if entry.other is None:
        return ""
    return f" ({entry.other[1] if entry.other[0] == figure.event else ' '.join(entry.other)})"


def _rules(entry: Entry) -> str:
    """Return why this figure and the others that are added are about different occurrences."""
    return (
        f", because the others count different occurrences ({', '.join(map(RULES.__getitem__, entry.rules))})"
        if entry.rules
        else ""
    )


def masked_record(inquiry: Inquiry, event: str, figure: str) -> tuple[EventDict, int]:
    """Return the masked record of an event, and the position of a figure in its list."""
    (text,) = inquiry.connection.execute("SELECT record FROM event WHERE id = ?", [event]).fetchone()
    record: EventDict = json.loads(text)
    at = next(at for at, part in enumerate(record["figures"]) if part["id"] == figure)
    return inquiry.lookup.masker.record(record) if inquiry.lookup.masker else record, at


def _day_of_incident(figure: Figure, record: EventDict) -> str | None:
    """Return the date of the event if the figure is an incident, which happened on that date."""
    return record["date"] if figure.count == "incident" and figure.part_of is None else None


def _days(period: Period | None) -> str | None:
    if period is None or period.start is None or period.end is None:
        return None
    return f"{dates.iso(period.start)}/{dates.iso(period.end)}"


def source_names(sources: Sequence[SourceDict]) -> str:
    """Return the original outlets of an event, each with the passage and the outlet through which it was seen."""
    passages = {source["outlet"]: source["passage"] for source in sources if not source["via"]}
    named = []
    for source in originals(sources):
        passage = passages.get(source["via"]) if source["via"] else source["passage"]
        outlet = f"{source['outlet']}, via {source['via']}" if source["via"] else source["outlet"]
        named.append(outlet + (f" ({passage})" if passage else ""))
    return "; ".join(named)
