"""Compare two periods: the change in percent with its bounds, and the changes that somebody claimed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from scamcli.errors import WrongUsageError
from scamcli.figures import Bounds, render_number
from scamcli.figures.change import change, claim_agrees
from scamcli.language.vocabulary import EVENT_GROUPINGS
from scamcli.output.text.nouns import in_words
from scamcli.query import filters
from scamcli.query.date_ranges import period_range
from scamcli.stats import basis, captions, citation, events, explanation, rows, suppression, working
from scamcli.stats.inquiry import EVENTS_ARE_NO_FIGURES, inquire, read_splits
from scamcli.stats.selection import Choice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.figures import Key, Number
    from scamcli.query.filters import Query
    from scamcli.query.resolve import Lookup
    from scamcli.records.types import EventDict, FigureDict
    from scamcli.stats.inquiry import Inquiry, Request
    from scamcli.stats.read_figures import Entry
    from scamcli.stats.rows import Row
    from scamcli.stats.selection import Chosen

UNPLACED = "without a certain period inside either one"

REASONS_OF_BOTH = frozenset(
    {"of another unit", "disputed", "without a country", "without a province", "without a nationality"}
)


class Comparison(NamedTuple):
    """The change for each value of a split, with a caption and notes; see `scamcli.stats.Table`.

    With ``explain``, each row lists its two sides in ``explain``, as table rows with their ``period``.
    """

    splits: tuple[str, ...]
    rows: list[Row]
    caption: str
    notes: list[str]
    basis: str
    total: Sequence[Row] = ()


class ClaimedChange(TypedDict):
    """A change that somebody claimed.

    ``agrees`` says whether the figures support the claim; it is ``None`` if the claim has no number.
    """

    event: str
    figure: str | None
    stated: str
    stated_by: str | None
    change: Number | None
    agrees: bool | None


def compare(
    connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query, periods: tuple[str, str]
) -> Comparison:
    """Compare two periods by the figures whose own period is certain and lies inside one of them.

    Raises:
        NotFoundError: A name is unknown or ambiguous.
        WrongUsageError: A filter, metric, split or period is invalid.
    """
    if asked.has_dates or asked.certain:
        raise WrongUsageError("--compare takes its own two periods.", "Leave out --from, --to, --during and --certain.")
    if request.metric.lower() == "events":
        return _compare_events(connection, lookup, request, asked, periods)
    if len(request.metrics) > 1:
        raise WrongUsageError(
            "--compare takes one metric.", f"`scamcli stats {request.metric}` puts them side by side."
        )
    inquiry = inquire(connection, lookup, request._replace(by=request.by or "none"), asked)
    sides = [_side(inquiry, period) for period in periods]
    grouped = [inquiry.group(side.chosen) for side in sides]
    keys = list(dict.fromkeys(key for groups in grouped for key in groups))
    table = [_row(inquiry, key, grouped[0].get(key, []), grouped[1].get(key, []), request, periods) for key in keys]
    about: list[str] = []
    if request.min_cell:
        with_units = [(inquiry.metric.unit, row) for row in table]
        table, _, about = suppression.suppress(with_units, (), inquiry.splits, request.min_cell)
    sentence = ", ".join(part for part in (inquiry.sentence, f"{periods[0]} against {periods[1]}") if part)
    words = captions.caption(inquiry.name, inquiry.splits, sentence)
    used = [one.entry for side in sides for one in side.chosen]
    figures = {entry.figure.key for entry in used}
    rests_on = basis.line(connection, [entry.key for entry in used], len(figures)) if request.cite else ""
    gaps = [note for side, period in zip(sides, periods, strict=True) for note in _gap(side, period)]
    return Comparison(inquiry.splits, table, words, [*about, *gaps, *_notes(inquiry, sides, table)], rests_on)


def _side(inquiry: Inquiry, period: str) -> Choice:
    wanted = inquiry.wanted._replace(ranges=(period_range(period, "--compare"),), certain=True)
    found = inquiry._replace(wanted=wanted).choose()
    other = [one.entry for one in found.chosen if one.figure.unit != inquiry.metric.unit]
    return Choice(
        [one for one in found.chosen if one.figure.unit == inquiry.metric.unit],
        {**found.left_out, **({"of another unit": other} if other else {})},
    )


def _gap(side: Choice, period: str) -> list[str]:
    """Warn that the figures of a period cover only some of its days, so that the two periods may not be comparable."""
    first, last = period_range(period, "--compare")
    covered: set[int] = set()
    for one in side.chosen:
        covered.update(range(one.when.start or 0, (one.when.end or 0) + 1))
    days = last - first + 1
    if not covered or len(covered) == days:
        return []
    return [f"The figures for {period} cover {len(covered):,} of its {days:,} days, so the two may not be comparable"]


def _notes(inquiry: Inquiry, sides: list[Choice], table: list[Row]) -> list[str]:
    notes = [] if table else ["No figure has a certain period inside either one"]
    if inquiry.metric.unit == "people":
        notes.append(captions.occurrences(inquiry.name))
    used = {one.figure.key for side in sides for one in side.chosen}
    reasons: dict[str, dict[tuple[str, str], Entry]] = {}
    for side in sides:
        for reason, entries in side.left_out.items():
            shared = reason if reason in REASONS_OF_BOTH else UNPLACED
            reasons.setdefault(shared, {}).update(
                {entry.figure.key: entry for entry in entries if entry.figure.key not in used}
            )
    left_out = {reason: list(entries.values()) for reason, entries in reasons.items() if entries}
    return [*notes, *captions.left_out(inquiry.read, left_out)]


def _row(  # noqa: PLR0913 - one row, its two sides
    inquiry: Inquiry, key: tuple[str | None, ...], before: list[Chosen], after: list[Chosen], request: Request,
    periods: tuple[str, str],
) -> Row:  # fmt: skip
    first, second = (_bounds(inquiry, side) for side in (before, after))
    percent = change(first, second)
    row = {
        **inquiry.head(key), "metric": inquiry.name, "unit": inquiry.lookup.shown(inquiry.metric.unit),
        **_numbers(first, second),
        "claimed": _claims(inquiry, before, after, percent),
        "events": [inquiry.lookup.shown(id_) for id_ in dict.fromkeys(one.figure.event for one in (*before, *after))],
    }  # fmt: skip
    if request.explain:
        row["explain"] = [
            _explained(inquiry, part, {**inquiry.head(key), "period": period})
            for side, period in zip((before, after), periods, strict=True)
            for part in rows.combinable(side)
        ]
    if request.cite:
        row["cite"] = citation.comparison(inquiry, (before, after), row, periods)
    is_of_few = any(inquiry.is_of_few(side) for side in (before, after) if side)
    return suppression.without_details(row) if is_of_few else row


def _numbers(before: Bounds, after: Bounds) -> Row:
    percent = change(before, after)
    return {
        "before": before._asdict(), "after": after._asdict(),
        "change": {name: None if end is None else round(end, 1) for name, end in percent._asdict().items()},
    }  # fmt: skip


def _explained(inquiry: Inquiry, part: list[Chosen], head: dict[str, str | None]) -> Row:
    row = rows.make(part, head, inquiry.name, inquiry.read)
    entries = basis.entered(part, inquiry.read)
    row["explain"] = explanation.explanations(inquiry, part, entries)
    return row | {"working": working.working(inquiry, part, row, entries)}


def _compare_events(
    connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query, periods: tuple[str, str]
) -> Comparison:
    """Compare how many events have their days inside each of two periods."""
    if request.explain or request.undisputed:
        raise WrongUsageError(EVENTS_ARE_NO_FIGURES)
    splits = read_splits(request.by or "none", EVENT_GROUPINGS)
    words = filters.compile_query(asked, lambda: lookup).sentence
    sides: list[dict[tuple[str | None, ...], Row]] = []
    keys: list[int] = []
    for period in periods:
        period_range(period, "--compare")
        compiled = filters.compile_query(asked._replace(drafts=False, during=(period,)), lambda: lookup)
        found = events.rows(connection, compiled, splits, lookup.shown)
        sides.append({tuple(row[split] for split in splits): row for row in found})
        keys += events.keys(connection, compiled) if request.cite else []
    table = [
        _events_row(key, sides, splits, request, periods)
        for key in dict.fromkeys(key for side in sides for key in side)
    ]
    sentence = ", ".join(part for part in (words, f"{periods[0]} against {periods[1]}") if part)
    notes = [events.IN_SEVERAL_ROWS] if len(table) > 1 and events.may_repeat(splits) else []
    rests_on = basis.line(connection, keys, None) if request.cite else ""
    return Comparison(splits, table, captions.caption("events", splits, sentence), notes, rests_on)


def _events_row(
    key: tuple[str | None, ...], sides: list[dict[tuple[str | None, ...], Row]], splits: tuple[str, ...],
    request: Request, periods: tuple[str, str],
) -> Row:  # fmt: skip
    before, after = (rows.bounds(side[key]) if key in side else Bounds(0, 0, 0) for side in sides)
    row: Row = {
        **dict(zip(splits, key, strict=True)), "metric": "events", "unit": "events", **_numbers(before, after),
        "claimed": [],
        "events": list(dict.fromkeys(id_ for side in sides if key in side for id_ in side[key]["events"])),
    }  # fmt: skip
    if request.cite:
        head = ", ".join(f"{split} {value or 'not given'}" for split, value in zip(splits, key, strict=True))
        row["cite"] = (
            f"This timeline records {in_words(before)} events in {periods[0]} and {in_words(after)} in {periods[1]}"
            + (f" ({head})." if head else ".")
        )
    return row


def _bounds(inquiry: Inquiry, side: list[Chosen]) -> Bounds:
    parts = rows.combinable(side)
    if len(parts) != 1:
        return Bounds(None, None, None)
    row = rows.make(parts[0], {}, inquiry.name, inquiry.read)
    return Bounds(row["low"], row["best"], row["high"])


def _claims(inquiry: Inquiry, before: list[Chosen], after: list[Chosen], computed: Bounds) -> list[ClaimedChange]:
    """Return the changes that somebody claimed for exactly these figures."""
    first, second = (_tops(side) for side in (before, after))
    claims = []
    for key in {one.entry.key: None for one in after}:
        event, text = inquiry.connection.execute("SELECT id, record FROM event WHERE key = ?", [key]).fetchone()
        record: EventDict = json.loads(text)
        masked = inquiry.lookup.masker.record(record)["figures"] if inquiry.lookup.masker else record["figures"]
        for figure, printed in zip(record["figures"], masked, strict=True):
            of = [(event, id_) for id_ in figure["of"] or []]
            if figure["metric"] == "change" and len(of) == 2 and {of[0]} == first and {of[1]} == second:
                claims.append(_claim(figure, printed, inquiry.lookup.shown(event), computed))
    return claims


def _tops(side: list[Chosen]) -> set[Key]:
    """Return the figures of a side that are not part of another figure on the same side."""
    keys = {one.figure.key for one in side}
    return {one.figure.key for one in side if one.figure.whole not in keys}


def _claim(figure: FigureDict, printed: FigureDict, event: str, computed: Bounds) -> ClaimedChange:
    ends = (figure["best"], figure["low"], figure["high"])
    number = next((end for end in ends if end is not None), None)
    return {
        "event": event, "figure": printed["id"], "stated": printed["stated"] or render_number(number or 0),
        "stated_by": printed["stated_by"], "change": number,
        "agrees": None if number is None else claim_agrees(number, figure["stated"], computed),
    }  # fmt: skip
