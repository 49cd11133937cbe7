"""Explain each number: what was counted, what lies inside it, what was not added, and every figure behind it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Sequence
from typing import Literal, TypedDict

from scamcli.language.wording.bounds import Bounds, Number, render_bounds, render_number
from scamcli.numbers.entries import Entry
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.tables import Row as NumberRow
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural
from scamcli.records.derivations import originals
from scamcli.records.types import EventDict, SourceDict
from scamcli.stats.inquiry import Inquiry
from scamcli.stats.rows import that_state_it

Entered = Literal["counted", "inside", "not added", "partly", "replaced"]

HOW: dict[Entered, str] = {
    "counted": "counted",
    "inside": "not added: it lies inside {}",
    "not added": "not added: it may overlap {}",
    "partly": "not counted: it lies only partly in this row",
    "replaced": "not counted: a later word replaces it",
}
"""How a figure entered a number, by the rules of ``docs/honest-numbers.md``."""

MOST_TERMS = 8
"""How many numbers of a sum are printed."""


class Explanation(TypedDict):
    """How one figure entered the number of a row. ``counted`` is the low of its entry, if it is counted."""

    event: str
    date: str
    figure: str
    stated: str
    bounds: str
    implied: str | None
    period: str | None
    stated_by: str | None
    source: str
    entered: Entered
    counted: Number | None
    how: str


def explanations(
    inquiry: Inquiry, found: NumberRow, most: int | None = None, only: Container[Key] | None = None
) -> list[Explanation]:
    """Return an explanation of each figure of a row, those that are counted first.

    Args:
        inquiry: The request that the row answers.
        found: The row.
        most: Explain only this many figures, the largest of those that are counted first.
        only: Explain only these figures.
    """
    lines: list[tuple[Figure, Entry, Entered, str]] = []
    for entry, entered, other in _placed(found):
        in_order = sorted(entry.statements, key=lambda one: -(one.low or one.best or one.high or 0))
        lines += [(figure, entry, entered, other) for figure in in_order]
        lines += [(figure, entry, "replaced", "") for figure in entry.replaced]
    wanted = lines if only is None else [line for line in lines if line[0].key in only]
    return [_explanation(inquiry, *line) for line in wanted[:most]]


def _placed(found: NumberRow) -> list[tuple[Entry, Entered, str]]:
    """Return how each entry of a row entered its number, and the name of the entry that decided, if one did."""
    related, total = found.related, found.total
    counted = _one_by_one(found, found.of(total.counted | total.around))
    placed: list[tuple[Entry, Entered, str]] = [(entry, "counted", "") for entry in counted]
    for i, entry in enumerate(related.entries):
        if total.inside >> i & 1:
            placed.append((entry, "inside", _name(_first(found, related.outside[i]))))
        elif total.not_added >> i & 1:
            # Moments of different days do not overlap, but the same people may be in both.
            placed.append((entry, "not added", _name(_first(found, related.may_overlap[i] or total.counted))))
    return [*placed, *((entry, "partly", "") for entry in found.partly)]


def _one_by_one(found: NumberRow, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries for which sums of plain incidents stand, and other entries as they are."""
    entry_of = {figure.key: entry for entry in found.entries for figure in entry.statements}
    single: list[Entry] = []
    for entry in entries:
        single += [entry_of.get(figure.key, entry) for figure in entry.statements] or [entry]
    return list(dict.fromkeys(single))  # an entry with two statements came twice


def _first(found: NumberRow, among: int) -> Entry | None:
    """Return the largest counted entry among some entries, or the largest of them."""
    entries = found.of(among & found.total.counted) or found.of(among)
    return max(entries, key=lambda entry: entry.bounds.low or 0, default=None)


def _name(entry: Entry | None) -> str:
    if entry is None:
        return "another number"
    if not entry.statements:
        return in_words(entry.bounds)
    return _name_of_figure(that_state_it(entry)[0], entry.bounds)


def _name_of_figure(figure: Figure, bounds: Bounds) -> str:
    number = in_words(bounds, stated=figure.stated)
    return f"{number} ({figure.stated_by})" if figure.stated_by else number


def _explanation(inquiry: Inquiry, figure: Figure, entry: Entry, entered: Entered, decisive: str) -> Explanation:
    """Return how a figure entered a number, with protected names masked.

    Args:
        inquiry: The request.
        figure: A statement of the entry.
        entry: The entry.
        entered: How the entry entered the number.
        decisive: The number inside which it lies, or which it may overlap, if there is one.
    """
    mask = inquiry.lookup.shown
    record, position = masked_record(inquiry, figure.event, figure.id)
    printed = record["figures"][position]
    implied = inquiry.read.implied.get(figure.key, figure).bounds
    return {
        "event": mask(figure.event),
        "date": record["date"],
        "figure": printed["id"] or mask(figure.id),
        "stated": inquiry.read.wording(figure),
        "bounds": render_bounds(figure.bounds),
        "implied": None if implied == figure.bounds else render_bounds(implied._replace(best=None)),
        "period": printed["period"] or _day_of_incident(figure, record),
        "stated_by": printed["stated_by"] and mask(printed["stated_by"]),
        "source": mask(source_names(record["sources"])),
        "entered": entered,
        "counted": entry.bounds.low if entered == "counted" else figure.low,
        "how": mask(HOW[entered].format(decisive) + _together(entry, entered)),
    }


def _together(entry: Entry, entered: Entered) -> str:
    if entered == "replaced":
        return ""
    if entry.is_suspected:
        return f"; {plural(len(entry.statements), 'report')} that may be of one event: {in_words(entry.bounds)}"
    if entry.is_contested:
        answers = dict.fromkeys(in_words(figure.bounds, stated=figure.stated) for figure in entry.statements)
        return f"; sources differ: {' or '.join(answers)}"
    if len(entry.statements) > 1 and entry.size == 1:
        number = len(entry.statements) - 1
        return f" once, with {plural(number, 'other statement')} that agree{'s' if number == 1 else ''}"
    return ""


def working(inquiry: Inquiry, found: NumberRow) -> dict[str, str]:
    """Return in three lines what was counted, what lies inside it, and what was not added."""
    counted = _one_by_one(found, found.of(found.total.counted))
    lines = {"counted": _sum(counted, found.total.bounds.low)}
    if found.total.around:
        _, best, high = found.total.bounds
        lines["counted"] = (
            f"at least {lines['counted']}; {in_words(Bounds(None, best, high))} by the totals that include it"
        )
    if found.total.inside:
        lines["inside"] = _listed(found.of(found.total.inside))
    not_added = [*found.of(found.total.not_added), *found.partly]
    if not_added:
        lines["not added"] = _listed(not_added)
    if found.implied is not None and found.implied.high is not None:
        lines["at most"] = f"{render_number(found.implied.high)}, by what the other parts of its total leave"
    if not found.total.is_exact:
        lines["counted"] += " (a larger sum may exist: there are too many numbers to try all)"
    return {name: inquiry.lookup.shown(text) for name, text in lines.items()}


def _sum(counted: Sequence[Entry], low: Number | None) -> str:
    lows = [entry.bounds.low for entry in counted if entry.bounds.low is not None]
    if low is None or not lows:
        return "; ".join(map(_name, counted)) or "nothing"
    if len(lows) == 1:
        return render_number(low)
    lows.sort(reverse=True)
    terms = " + ".join(map(render_number, lows[:MOST_TERMS]))
    more = f" + {len(lows) - MOST_TERMS:,} more" if len(lows) > MOST_TERMS else ""
    return f"{terms}{more} = {render_number(low)}"


def _listed(entries: Iterable[Entry]) -> str:
    names: list[str] = []
    for entry in sorted(entries, key=lambda one: -(one.bounds.low or 0)):
        if entry.size > 1 and not entry.is_suspected:  # a sum of plain incidents
            in_order = sorted(entry.statements, key=lambda figure: -(figure.low or 0))
            names += [_name_of_figure(figure, figure.bounds) for figure in in_order]
        else:
            names.append(_name(entry))
    return "; ".join(names[:MOST_TERMS]) + (f"; and {len(names) - MOST_TERMS:,} more" if names[MOST_TERMS:] else "")


def masked_record(inquiry: Inquiry, event: str, figure: str) -> tuple[EventDict, int]:
    """Return the masked record of an event, and the position of a figure in its list."""
    (text,) = inquiry.connection.execute("SELECT record FROM event WHERE id = ?", [event]).fetchone()
    record: EventDict = json.loads(text)
    at = next(at for at, part in enumerate(record["figures"]) if part["id"] == figure)
    return inquiry.lookup.masker.record(record) if inquiry.lookup.masker else record, at


def _day_of_incident(figure: Figure, record: EventDict) -> str | None:
    """Return the date of the event if the figure is an incident, which happened on that date."""
    return record["date"] if figure.count == "incident" and figure.part_of is None else None


def source_names(sources: Sequence[SourceDict]) -> str:
    """Return the original outlets of an event, each with the passage and the outlet through which it was seen."""
    passages = {source["outlet"]: source["passage"] for source in sources if not source["via"]}
    named = []
    for source in originals(sources):
        passage = passages.get(source["via"]) if source["via"] else source["passage"]
        outlet = f"{source['outlet']}, via {source['via']}" if source["via"] else source["outlet"]
        named.append(outlet + (f" ({passage})" if passage else ""))
    return "; ".join(named)
