"""The caption of a table, and notes on how to read it and what was left out."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.figures import Figure, resolved
from scamcli.output.text.words import plural
from scamcli.stats import rows
from scamcli.stats.selection import DISJOINT, NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scamcli.figures import Key
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.read_figures import Entry, Reading
    from scamcli.stats.rows import Row
    from scamcli.stats.selection import Choice, Chosen

TWICE = {
    "arrests": "arrested", "convictions": "convicted", "deportations": "deported", "detentions": "detained",
    "escapes": "who escaped", "injuries": "injured", "repatriations": "repatriated", "rescues": "rescued",
}  # fmt: skip
"""For metrics whose figures count what happened to people, how a note calls somebody to whom it happened."""
AT_ONE_MOMENT = "Counts people at one moment: low is the largest number, because the same people may be in several"
AS_FAR_AS_COUNTED = "low is certain; high is the most that these sources can mean, without unreported cases"

IN_SEVERAL_ROWS = {
    "site": "A figure of an event at two sites is in both rows",
    "source": "A figure with two sources is in both rows",
}
"""Splits that can put one figure into several rows."""

_figure = itemgetter(0)  # of a chosen figure; this and those below are faster than attributes, for a million figures
_event, _speaker = (itemgetter(Figure._fields.index(name)) for name in ("event", "stated_by"))

MOST_NAMED = 5
"""How many speakers, or omitted figures, a note names."""


def caption(name: str, splits: Sequence[str], sentence: str) -> str:
    """Return the request in words."""
    words = f"{name} by {' and '.join(splits)}" if splits else name
    return f"{words}: {sentence}" if sentence else words


def notes(inquiry: Inquiry, choice: Choice, table: Sequence[Row]) -> list[str]:
    """Return the notes of a table, one sentence each."""
    return [
        *_how_to_read(inquiry, table),
        *_open_rows(inquiry, table),
        *(_possible(inquiry.read, choice.chosen) if inquiry.dated else []),
        *_speakers(inquiry, choice.chosen),
        *left_out(inquiry.read, choice.left_out),
        *([f"Left out: {plural(inquiry.drafts, 'figure')} in drafts"] if inquiry.drafts else []),
        *_disputed(inquiry, choice),
        *sharpen(inquiry, choice.chosen, table),
    ]


def _open_rows(inquiry: Inquiry, table: Sequence[Row]) -> list[str]:
    """Warn that figures without a value of the split may belong to any row, so no row's high limits them."""
    split = inquiry.splits[0] if len(inquiry.splits) == 1 else ""
    has_open_row = split in {"province", "nationality", "group"} and any(row[split] is None for row in table)
    if not has_open_row or not any(row["high"] is not None for row in table if row[split] is not None):
        return []
    return [f"In each row, high leaves out figures that name no {split}; `all` includes them"]


def _speakers(inquiry: Inquiry, chosen: Sequence[Chosen]) -> list[str]:
    """Name the speakers of the figures, those who stated most first."""
    if "actor" in inquiry.splits:
        return []
    counts = inquiry.read.speakers(map(_figure, chosen))
    unnamed = counts.pop(None, 0)
    most = counts.most_common(MOST_NAMED)
    named = [inquiry.lookup.shown(name or "") + (f" ({number})" * (number > 1)) for name, number in most]
    if len(counts) > MOST_NAMED:
        named.append(f"{len(counts) - MOST_NAMED} more")
    speakers = [f"Said by {', '.join(named)}"] if named else []
    return [*speakers, *([f"Speaker not recorded: {plural(unnamed, 'figure')}"] if unnamed else [])]


def occurrences(name: str) -> str:
    """Return the note on somebody to whom the same happened twice, given the metric as it may be printed."""
    if name not in TWICE:
        return "Counts occurrences, not people: somebody counted on two occasions counts twice"
    return f"Counts {name}, not people: somebody {TWICE[name]} twice counts twice"


def _how_to_read(inquiry: Inquiry, table: Sequence[Row]) -> list[str]:
    unit, splits, found = inquiry.metric.unit, inquiry.splits, list[str]()
    kinds = {row["count"] for row in table} - {"none"}
    if unit == "people" and kinds - {"stock"} and inquiry.name != "deaths":
        found.append(occurrences(inquiry.name))
    if unit == "people" and "stock" in kinds:
        found.append(AT_ONE_MOMENT)
    if any(row["high"] is not None and row["high"] != row["low"] for row in table):
        found.append(AS_FAR_AS_COUNTED)
    if len(table) > 1:
        found.append(_whether_rows_add_up(splits, table))
    if any(row["unadjusted"] is not None and row["unadjusted"] > (row["low"] or 0) for row in table):
        found.append("Figures that may overlap are not added up; unadjusted adds up all figures regardless")
    return found


def _whether_rows_add_up(splits: Sequence[str], table: Sequence[Row]) -> str:
    """Say which rows count different occurrences, so that a reader knows which lows can be added."""
    if {row["count"] for row in table} == {"stock"}:
        return "Rows may be about different moments, so they do not add up"
    if unclear := _unclear_nationalities(splits, table):
        return f"Rows may overlap, so they do not add up; this may be the same as other rows: {', '.join(unclear)}"
    if len(splits) == 1 and splits[0] in DISJOINT:
        named = f"Rows that name a {splits[0]} count different occurrences, so their lows add up"
        is_open = any(row[splits[0]] is None for row in table)
        return f"{named}; figures that name no {splits[0]} may belong to any row" if is_open else named
    repeated = next((IN_SEVERAL_ROWS[split] for split in splits if split in IN_SEVERAL_ROWS), "Rows may overlap")
    return f"{repeated}, so they do not add up"


def _unclear_nationalities(splits: Sequence[str], table: Sequence[Row]) -> list[str]:
    """Return the nationalities in a table that may be those of other rows, as foreigners may be."""
    if list(splits) != ["nationality"]:
        return []
    clear = rows.certainly_different(table)
    names = [row["nationality"] for row in table if row["nationality"] is not None and row not in clear]
    return [*names[:MOST_NAMED], *([f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else [])]


def _possible(read: Reading, chosen: Sequence[Chosen]) -> list[str]:
    """Explain why figures are in the columns "possible low" and "possible high"."""
    found = []
    undated = sum([one.by_report_date for one in chosen])
    if undated:
        gives, their = ("gives", "its") if undated == 1 else ("give", "their")
        found.append(
            f"Only possible: {plural(undated, 'figure')} {gives} no period and may lie outside these dates;"
            f" {their} date is that of the report"
        )
    spread = read.context.size([one.figure for one in chosen if one.possible and not one.by_report_date])
    if spread:
        found.append(f"Only possible: {plural(spread, 'figure')} with an uncertain period")
    derived = sum([one.of is not None for one in chosen])
    if derived:
        found.append(f"Derived: {plural(derived, 'figure')} from the rise of a running total")
    return found


def sharpen(inquiry: Inquiry, chosen: Sequence[Chosen], table: Sequence[Row]) -> list[str]:
    """Return one line with advice on how to narrow the bounds, or nothing."""
    advice = []
    suspected = inquiry.read.context.suspected_events
    events = suspected.intersection(map(_event, map(_figure, chosen))) if suspected else NONE
    pairs = [pair for pair in inquiry.read.context.suspected if {pair[0][0], pair[1][0]} <= events]
    if pairs:
        each = "be one incident" if len(pairs) == 1 else "each be one incident"
        advice.append(f"{plural(len(pairs), 'pair')} of incidents may {each}: see `scamcli conflicts`")
    contested = sum(row["contested"] or 0 for row in table)
    if contested:
        advice.append(
            f"{plural(contested, 'claim')} {'is' if contested == 1 else 'are'} contested: see `scamcli conflicts`"
        )
    without = [figure for figure in map(_figure, chosen) if figure.period is None]
    repeated = _repeated(inquiry.read, without)
    if repeated:
        each = "be one statement" if repeated == 1 else "each be one statement"
        advice.append(f"{plural(repeated, 'pair')} of figures may {each}, but high adds both: see `scamcli conflicts`")
    undated = {figure.key for figure in without if _lacks_period(figure, inquiry.read.wholes)}
    if len(chosen) > 1 and undated:
        have = "has" if len(undated) == 1 else "have"
        figures = plural(len(undated), "figure")
        advice.append(
            f"{figures} {have} no period: add it with `scamcli edit ID --figure 'id: FIGURE; period: 2024-03'`"
        )
    return [f"To narrow the range: {'; '.join(advice)}"] if advice else []


def _repeated(read: Reading, without: Sequence[Figure]) -> int:
    """Return how many pairs of figures without a period may be one statement, recorded twice."""
    stated = [figure for figure in without if figure.count not in {"incident", "none"} and figure.stated_by]
    alike = {(figure.stated, figure.stated_by, figure.day) for figure in stated}
    if len(alike) == len(stated):
        return 0
    from scamcli.figures import restatements  # here, because few tables need it

    figures = [resolved(figure, read.wholes) for figure in stated]
    return len({(one.event, other.event) for one, other in restatements.suspected(figures, read.context.links)})


def _lacks_period(figure: Figure, wholes: Mapping[Key, Figure]) -> bool:
    return figure.count not in {"incident", "none", "stock"} and resolved(figure, wholes).period is None


def left_out(read: Reading, by_reason: Mapping[str, Sequence[Entry]]) -> list[str]:
    """Return a note for each reason to leave out figures, with the first of these figures."""
    notes = []
    for reason, entries in by_reason.items():
        names = [f"{entry.figure.event} {entry.figure.id}" for entry in entries[:MOST_NAMED]]
        listed = read.shown(", ".join(names)) + (" …" if len(entries) > MOST_NAMED else "")
        number = read.context.size([entry.figure for entry in entries])
        notes.append(f"Left out: {plural(number, 'figure')} {reason} ({listed})")
    return notes


def _disputed(inquiry: Inquiry, choice: Choice) -> list[str]:
    if not any(link.type == "disputes" for link in inquiry.read.context.links):
        return []
    undisputed = [one for one in choice.chosen if not one.entry.disputed]
    disputed = len(choice.chosen) - len(undisputed)
    if not disputed:
        return []
    if inquiry.min_cell:  # the difference between the two lows could reveal a small number
        return [f"Disputed by another event: {plural(disputed, 'figure')}"]
    parts = [part for part in rows.combinable(undisputed) if part[0].figure.count != "none"]
    lows = [rows.make(part, {}, inquiry.name, inquiry.read)["low"] for part in parts]
    without = ", ".join("unknown" if one is None else f"{one:,}" for one in lows) or "nothing"
    return [f"Disputed by another event: {plural(disputed, 'figure')}; without them, the low of all is {without}"]
