"""Two periods compared, as the field does: the signed change in percent with its bounds, beside what was claimed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.figures import Bounds, change, claim_agrees, render_number
from scamcli.query.date_ranges import period_range
from scamcli.stats import captions, explanation, rows
from scamcli.stats.inquiry import inquire
from scamcli.stats.selection import Choice

if TYPE_CHECKING:
    import sqlite3

    from scamcli.figures import Key
    from scamcli.query.filters import Query
    from scamcli.query.resolve import Lookup
    from scamcli.stats.inquiry import Inquiry, Request
    from scamcli.stats.read_figures import Entry
    from scamcli.stats.selection import Chosen

UNPLACED = "without a sure period inside either"
KEPT_REASONS = frozenset({"of another unit", "disputed", "without a province", "without a nationality"})


class Comparison(NamedTuple):
    """Rows by one split, and what to know in order to read them right."""

    splits: tuple[str, ...]
    rows: list[dict[str, Any]]
    caption: str
    notes: list[str]
    basis: str


def compare(
    connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query, periods: tuple[str, str]
) -> Comparison:
    """Compare the figures of two periods; only those whose own period is sure and lies inside one of them.

    Raises:
        NotFoundError, WrongUsageError: a filter, metric, split or period that cannot be meant.
    """
    if asked.has_dates or asked.certain:
        raise WrongUsageError("--compare takes its own two periods", "leave out --from, --to, --during and --certain")
    inquiry = inquire(connection, lookup, request._replace(by=request.by or "none"), asked)
    sides = [_side(inquiry, period) for period in periods]
    grouped = [inquiry.group(side.chosen) for side in sides]
    keys = list(dict.fromkeys(key for groups in grouped for key in groups))
    made = [_row(inquiry, key, grouped[0].get(key, []), grouped[1].get(key, [])) for key in keys]
    sentence = ", ".join(part for part in (inquiry.sentence, f"{periods[0]} against {periods[1]}") if part)
    words = captions.caption(inquiry.metric.name, inquiry.splits, sentence)
    used = [one.entry for side in sides for one in side.chosen]
    figures = {entry.figure.key for entry in used}
    basis = explanation.basis(connection, [entry.key for entry in used], len(figures)) if request.cite else ""
    gaps = [told for side, period in zip(sides, periods, strict=True) for told in _gap(side, period)]
    return Comparison(inquiry.splits, made, words, [*gaps, *_notes(inquiry, sides, made)], basis)


def _side(inquiry: Inquiry, period: str) -> Choice:
    wanted = inquiry.wanted._replace(ranges=(period_range(period, "--compare"),), certain=True)
    found = inquiry._replace(wanted=wanted).choose()
    other = [one.entry for one in found.chosen if one.figure.unit != inquiry.metric.unit]
    return Choice(
        [one for one in found.chosen if one.figure.unit == inquiry.metric.unit],
        {**found.left_out, **({"of another unit": other} if other else {})},
    )


def _gap(side: Choice, period: str) -> list[str]:
    """That the figures of a side do not cover all the days that it names, so that the two are not alike."""
    first, last = period_range(period, "--compare")
    covered: set[int] = set()
    for one in side.chosen:
        covered.update(range(one.when.start or 0, (one.when.end or 0) + 1))
    days = last - first + 1
    if not covered or len(covered) == days:
        return []
    return [f"the figures of {period} cover {len(covered):,} of its {days:,} days: what is compared may not be alike"]


def _notes(inquiry: Inquiry, sides: list[Choice], made: list[dict[str, Any]]) -> list[str]:
    told = [] if made else ["no figure has a sure period inside either"]
    if inquiry.metric.unit == "people":
        told.append("counts occurrences: one person twice is two")
    used = {one.figure.key for side in sides for one in side.chosen}
    reasons: dict[str, dict[tuple[str, str], Entry]] = {}
    for side in sides:
        for reason, entries in side.left_out.items():
            said = reason if reason in KEPT_REASONS else UNPLACED
            reasons.setdefault(said, {}).update(
                {entry.figure.key: entry for entry in entries if entry.figure.key not in used}
            )
    left_out = {reason: list(entries.values()) for reason, entries in reasons.items() if entries}
    return [*told, *captions.left_out(inquiry.lookup, left_out)]


def _row(inquiry: Inquiry, key: tuple[str | None, ...], before: list[Chosen], after: list[Chosen]) -> dict[str, Any]:
    first, second = (_bounds(inquiry, side) for side in (before, after))
    given = change(first, second)
    return {
        **inquiry.head(key),
        "metric": inquiry.metric.name,
        "unit": inquiry.metric.unit,
        "before": first._asdict(),
        "after": second._asdict(),
        "change": {name: None if end is None else round(end, 1) for name, end in given._asdict().items()},
        "claimed": _claims(inquiry, before, after, given),
        "events": [inquiry.lookup.shown(id_) for id_ in dict.fromkeys(one.figure.event for one in (*before, *after))],
    }


def _bounds(inquiry: Inquiry, side: list[Chosen]) -> Bounds:
    parts = rows.families(side)
    if len(parts) != 1:
        return Bounds(None, None, None)
    made = rows.make(parts[0], {}, inquiry.metric.name, inquiry.about)
    return Bounds(made["low"], made["best"], made["high"])


def _claims(inquiry: Inquiry, before: list[Chosen], after: list[Chosen], given: Bounds) -> list[dict[str, Any]]:
    """What somebody claimed of these same figures, and of no others."""
    first, second = (_tops(side) for side in (before, after))
    found = []
    for key in {one.entry.key: None for one in after}:
        event, text = inquiry.connection.execute("SELECT id, record FROM event WHERE key = ?", [key]).fetchone()
        record = json.loads(text)
        shown = inquiry.lookup.masker.record(record)["figures"] if inquiry.lookup.masker else record["figures"]
        for figure, printed in zip(record["figures"], shown, strict=True):
            of = [(event, id_) for id_ in figure["of"] or []]
            if figure["metric"] == "change" and len(of) == 2 and {of[0]} == first and {of[1]} == second:
                found.append(_claim(figure, printed, inquiry.lookup.shown(event), given))
    return found


def _tops(side: list[Chosen]) -> set[Key]:
    """The figures of a side that are no part of another there."""
    keys = {one.figure.key for one in side}
    return {one.figure.key for one in side if one.figure.whole not in keys}


def _claim(figure: dict[str, Any], printed: dict[str, Any], event: str, given: Bounds) -> dict[str, Any]:
    number = next((figure[end] for end in ("best", "low", "high") if figure[end] is not None), None)
    return {
        "event": event,
        "figure": printed["id"],
        "stated": printed["stated"] or render_number(number or 0),
        "stated_by": printed["stated_by"],
        "change": number,
        "agrees": None if number is None else claim_agrees(number, figure["stated"], given),
    }
