"""Compare two periods: the change in percent with its bounds, and the changes that somebody claimed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from scamcli.errors import WrongUsageError
from scamcli.language.vocabulary import EVENT_GROUPINGS
from scamcli.language.wording.bounds import Bounds, Number, render_number
from scamcli.numbers.change import change, claim_agrees
from scamcli.numbers.entries import Entry
from scamcli.numbers.records import Key
from scamcli.numbers.tables import Label
from scamcli.numbers.tables import Row as NumberRow
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural
from scamcli.query import filters
from scamcli.query.date_ranges import period_range
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.records.types import EventDict, FigureDict
from scamcli.stats import basis, captions, citation, events, explanation, rows, suppression
from scamcli.stats.inquiry import EVENTS_ARE_NO_FIGURES, Inquiry, Request, inquire, read_splits
from scamcli.stats.rows import Row


class Comparison(NamedTuple):
    """The change for each value of a split, with a caption and captions; see `scamcli.stats.Table`.

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
    sides = [_Side(inquiry, period) for period in periods]
    kinds = list(dict.fromkeys(kind for side in sides for kind in side.rows))
    table = [_row(inquiry, kind, sides, request) for kind in kinds]
    about: list[str] = []
    if request.min_cell:
        with_units = [(unit, row) for (unit, _), row in zip(kinds, table, strict=True)]
        table, _, about = suppression.suppress(with_units, (), inquiry.splits, request.min_cell)
    sentence = ", ".join(part for part in (inquiry.sentence, f"{periods[0]} against {periods[1]}") if part)
    words = captions.caption(inquiry.name, inquiry.splits, sentence)
    keys = {key for side in sides for entry in side.entries for key in entry.keys}
    events_of_keys = [one.key for one in inquiry.read.chosen if one.figure.key in keys]
    rests_on = basis.line(connection, events_of_keys, len(keys)) if request.cite else ""
    gaps = [note for side in sides for note in side.gap()]
    return Comparison(inquiry.splits, table, words, [*about, *gaps, *_notes(inquiry, sides, table)], rests_on)


class _Side:
    """One of the two periods that are compared, with the rows of its tables by their units and labels."""

    def __init__(self, inquiry: Inquiry, period: str) -> None:
        self.period = period
        self._range = period_range(period, "--compare")
        wanted = inquiry.wanted.on_days(*self._range)
        self._tables = [
            combined for combined in inquiry._replace(wanted=wanted).tables() if not combined.is_never_added
        ]
        self.rows: dict[tuple[str | None, Label], NumberRow] = {}
        for combined in self._tables:
            for found in combined.table.rows:
                # Tables of numbers at one moment come last, and cannot be compared with others.
                self.rows.setdefault((combined.unit, found.label), found)

    @property
    def entries(self) -> list[Entry]:
        """The entries of this period."""
        return [entry for found in self.rows.values() for entry in found.entries]

    @property
    def unplaced(self) -> list[Entry]:
        """The entries that lie only partly within this period, or that state no days."""
        tables = [combined.table for combined in self._tables]
        return [entry for table in tables for entry in (*table.straddling, *table.not_stated)]

    def gap(self) -> list[str]:
        """Warn that the numbers of this period cover only some of its days, so that the two may not be comparable."""
        first, last = self._range
        covered: set[int] = set()
        for entry in self.entries:
            covered.update(range(entry.scope.start or first, (entry.scope.end or last) + 1))
        days = last - first + 1
        if not covered or len(covered) >= days:
            return []
        return [
            f"The numbers for {self.period} cover {len(covered):,} of its {days:,} days,"
            " so the two may not be comparable."
        ]


def _notes(inquiry: Inquiry, sides: Sequence[_Side], table: Sequence[Row]) -> list[str]:
    notes = [] if table else ["No number is dated wholly within either one."]
    if inquiry.metric.unit == "people":
        is_of_moments = any(entry.kind == "moment" for side in sides for entry in side.entries)
        notes.append(captions.AT_ONE_MOMENT if is_of_moments else captions.occurrences(inquiry.name))
    used = {key for side in sides for entry in side.entries for key in entry.keys}
    unplaced = {key for side in sides for entry in side.unplaced for key in entry.keys} - used
    if unplaced:
        notes.append(f"Not compared: {plural(len(unplaced), 'number')} not dated wholly within one of the two.")
    return notes


def _row(inquiry: Inquiry, kind: tuple[str | None, Label], sides: Sequence[_Side], request: Request) -> Row:
    unit, label = kind
    found = [side.rows.get(kind) for side in sides]
    first, second = (Bounds() if one is None else one.total.bounds for one in found)
    percent = change(first, second)
    figures = [figure for one in found if one is not None for entry in one.entries for figure in entry.statements]
    head = inquiry.head(label)
    row = {
        **head,
        "label": rows.label_of_values(inquiry.splits, tuple(head.values())),
        "metric": inquiry.name,
        "unit": inquiry.read.unit(figures) if figures else inquiry.lookup.shown_about(inquiry.metric.name, unit or ""),
        **_numbers(first, second),
        "claimed": _claims(inquiry, found[0], found[1], percent),
        "events": [inquiry.lookup.shown(id_) for id_ in dict.fromkeys(figure.event for figure in figures)],
    }
    if request.explain:
        row["explain"] = [
            _explained(inquiry, unit, one, {**head, "period": side.period})
            for side, one in zip(sides, found, strict=True)
            if one is not None
        ]
    if request.cite:
        periods = sides[0].period, sides[1].period
        row["cite"] = citation.change_sentence(inquiry, (found[0], found[1]), row, periods)
    is_of_few = any(inquiry.is_of_few(one) for one in found if one is not None)
    return suppression.without_details(row) if is_of_few else row


def _numbers(before: Bounds, after: Bounds) -> Row:
    percent = change(before, after)
    return {
        "before": before._asdict(), "after": after._asdict(),
        "change": {name: None if end is None else round(end, 1) for name, end in percent._asdict().items()},
    }  # fmt: skip


def _explained(inquiry: Inquiry, unit: str | None, found: NumberRow, head: dict[str, str | None]) -> Row:
    row = rows.make(inquiry, unit, found).row | head
    row["explain"] = explanation.explanations(inquiry, found)
    return row | {"working": explanation.working(inquiry, found)}


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
        **dict(zip(splits, key, strict=True)), "label": rows.label_of_values(splits, key), "metric": "events",
        "unit": "events", **_numbers(before, after),
        "claimed": [],
        "events": list(dict.fromkeys(id_ for side in sides if key in side for id_ in side[key]["events"])),
    }  # fmt: skip
    if request.cite:
        head = ", ".join(f"{split} {value or 'not stated'}" for split, value in zip(splits, key, strict=True))
        row["cite"] = (
            f"This timeline records {in_words(before)} events in {periods[0]} and {in_words(after)} in {periods[1]}"
            + (f" ({head})." if head else ".")
        )
    return row


def _claims(
    inquiry: Inquiry, before: NumberRow | None, after: NumberRow | None, computed: Bounds
) -> list[ClaimedChange]:
    """Return the changes that somebody claimed for exactly these figures."""
    first, second = _tops(before), _tops(after)
    claims = []
    for event_id in dict.fromkeys(event for event, _ in sorted(second)):
        (text,) = inquiry.connection.execute("SELECT record FROM event WHERE id = ?", [event_id]).fetchone()
        record: EventDict = json.loads(text)
        masked = inquiry.lookup.masker.record(record)["figures"] if inquiry.lookup.masker else record["figures"]
        for figure, printed in zip(record["figures"], masked, strict=True):
            of = [(event_id, id_) for id_ in figure["of"] or []]
            if figure["metric"] == "change" and len(of) == 2 and {of[0]} == first and {of[1]} == second:
                claims.append(_claim(figure, printed, inquiry.lookup.shown(event_id), computed))
    return claims


def _tops(found: NumberRow | None) -> set[Key]:
    """Return the figures of a side that are not part of another figure on the same side."""
    if found is None:
        return set()
    figures = [figure for entry in found.entries for figure in entry.statements]
    keys = {figure.key for figure in figures}
    return {figure.key for figure in figures if figure.whole not in keys}


def _claim(figure: FigureDict, printed: FigureDict, event: str, computed: Bounds) -> ClaimedChange:
    ends = (figure["best"], figure["low"], figure["high"])
    number = next((end for end in ends if end is not None), None)
    return {
        "event": event, "figure": printed["id"], "stated": printed["stated"] or render_number(number or 0),
        "stated_by": printed["stated_by"], "change": number,
        "agrees": None if number is None else claim_agrees(number, figure["stated"], computed),
    }  # fmt: skip
