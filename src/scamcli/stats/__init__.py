"""How many: the figures of one metric, grouped, with bounds that count no occurrence twice.

What was asked (``inquiry``), what the filters choose (``choosing``), what a group comes to (``rows``, over
``scamcli.figures``), how it came about (``explaining``) and what was left out (``reading_notes``) stand apart; this
module puts them together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.query import filters, search
from scamcli.stats import events, explanation, rows, selection
from scamcli.stats.captions import caption, notes
from scamcli.stats.comparison import Comparison, compare
from scamcli.stats.inquiry import Request, inquire, read_splits

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.query.filters import Query
    from scamcli.query.resolve import Lookup
    from scamcli.stats.inquiry import Inquiry
    from scamcli.stats.selection import Chosen

__all__ = ["Comparison", "Request", "Table", "compare", "table"]


class Table(NamedTuple):
    """Rows by one split or two.

    Attributes:
        splits: keys of every row; empty for one row over all.
        rows: as the JSON output has them; with ``explain`` where that was asked.
        total: the rows over all figures, where rows by one split would tempt to add them up.
        caption: what was asked, in words.
        notes: what to know in order to read it right, and what was left out.
        basis: how many events and figures it rests on, and the digest of their records.
    """

    splits: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: list[dict[str, Any]]
    caption: str
    notes: list[str]
    basis: str


def table(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    """Figures of one metric with their bounds, or with ``events`` the number of events.

    Raises:
        NotFoundError, WrongUsageError: a filter or a split that cannot be meant.
    """
    if request.metric.lower() == "events":
        if request.explain or request.undisputed:
            raise WrongUsageError("events are counted one by one: --explain and --undisputed are for figures")
        return _events(connection, lookup, request, asked)
    inquiry = inquire(connection, lookup, request, asked)
    choice = inquiry.choose()
    made = [
        _row(inquiry, part, inquiry.head(key), explain=request.explain)
        for key, group in inquiry.group(choice.chosen).items()
        for part in rows.families(group)
    ]
    total = _total(inquiry, choice.chosen, explain=request.explain)
    return Table(
        inquiry.splits,
        sorted(made, key=lambda row: _order(row, inquiry.splits)),
        total,
        caption(inquiry.metric.name, inquiry.splits, inquiry.sentence),
        notes(inquiry, choice, made),
        explanation.basis(connection, [one.entry.key for one in choice.chosen], len(choice.chosen))
        if request.cite
        else "",
    )


def _row(inquiry: Inquiry, part: Sequence[Chosen], head: dict[str, str | None], *, explain: bool) -> dict[str, Any]:
    row = rows.make(part, head, inquiry.metric.name, inquiry.about)
    return row | {"explain": explanation.entries(inquiry, part)} if explain else row


def _total(inquiry: Inquiry, chosen: Sequence[Chosen], *, explain: bool) -> list[dict[str, Any]]:
    if len(inquiry.splits) != 1:
        return []
    parts = [part for part in rows.families(chosen) if part[0].figure.count != "none"]
    return [_row(inquiry, part, {inquiry.splits[0]: "all"}, explain=explain) for part in parts]


def _events(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    splits = read_splits(request.by or "none", events.SPLITS)
    compiled = filters.compile_query(asked._replace(drafts=False), lambda: lookup)
    made = events.rows(connection, compiled, splits, lookup.shown)
    told = []
    if len(made) > 1 and not set(splits) <= {"kind", *selection.BUCKETS}:
        told.append("an event can stand in several rows: they do not add up")
    if any(row[split] is None for row in made for split in splits if split in selection.BUCKETS):
        told.append("not given: events over more than one row's days")
    every = filters.compile_query(asked._replace(drafts=True), lambda: lookup)
    drafts = search.count(connection, every, drafts=True)
    if drafts:
        told.append(f"left out: {drafts:,} draft{'' if drafts == 1 else 's'}")
    basis = explanation.basis(connection, events.keys(connection, compiled), None) if request.cite else ""
    words = caption("events", splits, compiled.sentence)
    return Table(splits, sorted(made, key=lambda row: _order(row, splits)), [], words, told, basis)


def _order(row: dict[str, Any], splits: tuple[str, ...]) -> tuple[object, ...]:
    if any(split in selection.BUCKETS for split in splits) or len(splits) > 1:
        return tuple((row[split] is None, row[split] or "") for split in splits)
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    value = row[splits[0]] if splits else ""
    return (value is None, -size, value or "")
