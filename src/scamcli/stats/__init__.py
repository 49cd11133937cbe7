"""How many: the figures of one metric, grouped, with bounds that count no occurrence twice.

Reading (``reading``), what the filters choose (``choosing``), and what a group comes to (``rows``, over
``scamcli.figures``) stand apart; this module puts them together, and says what was left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli import filters
from scamcli.errors import WrongUsageError
from scamcli.stats import choosing, events, reading, rows
from scamcli.store import terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.filters import Query
    from scamcli.lookup import Lookup
    from scamcli.stats.choosing import Chosen

NOBODY: list[str | None] = [None]
SPLITS = ("province", "nationality", "group", "actor", "source", "kind", *choosing.BUCKETS, "none")


class Table(NamedTuple):
    """Rows by one split.

    Attributes:
        by: the split, a key of every row unless it is ``none``.
        rows: as the JSON output has them.
        total: the rows over all figures, where rows by the split would tempt to add them up.
        caption: what was asked, in words.
        notes: what to know in order to read it right, and what was left out.
    """

    by: str
    rows: list[dict[str, Any]]
    total: list[dict[str, Any]]
    caption: str
    notes: list[str]


class Request(NamedTuple):
    """What is asked: a metric, a split (``None``: the metric's own), and whether without what is disputed."""

    metric: str
    by: str | None = None
    undisputed: bool = False


def table(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Table:
    """Figures of one metric with their bounds, or with ``events`` the number of events.

    Raises:
        NotFoundError, WrongUsageError: a filter or a split that cannot be meant.
    """
    if request.metric.lower() == "events":
        return _events(connection, lookup, asked, request.by)
    name = lookup.metric_name(request.metric)
    known = terms.metric(connection, name)
    if known is None or (asked.metric and {lookup.metric_name(one) for one in asked.metric} != {name}):
        raise WrongUsageError(f"figures of {name}, but --metric asks for {', '.join(asked.metric)}")
    split = filters.closed(request.by or known.split or "none", SPLITS, "split")
    on_events = asked._replace(
        province=(), nationality=(), metric=(), from_=(), to=(), during=(), certain=False, drafts=False
    )
    compiled = filters.compile_query(on_events, lookup)
    read = reading.read(connection, compiled, name, known.unit)
    wanted = _wanted(lookup, asked, undisputed=request.undisputed)
    choice = choosing.choose(read.entries, read.wholes, wanted, dated=bool(wanted.ranges) or split in choosing.BUCKETS)
    about = rows.context(read.wholes, read.repeats, lookup.shown)
    grouped = _grouped(connection, choice.chosen, split, read)
    made = [
        rows.make(part, {} if split == "none" else {split: _shown(value, lookup)}, name, about)
        for value, group in grouped.items()
        for part in rows.families(group)
    ]
    total = [
        rows.make(part, {split: "all"}, name, about)
        for part in rows.families(choice.chosen)
        if split != "none" and part[0].figure.count != "none" and len(made) > 1
    ]
    caption = _caption(name, split, compiled, wanted, asked)
    notes = [
        *_reading_notes(known.unit, made, choice.chosen, split),
        *_left_out(connection, name, choice, about),
    ]
    return Table(split, sorted(made, key=lambda row: _order(row, split)), total, caption, notes)


def _wanted(lookup: Lookup, asked: Query, *, undisputed: bool) -> choosing.Asked:
    return choosing.Asked(
        frozenset(lookup.province_name(value) for value in asked.province),
        frozenset(lookup.one("nationality", value)[1].casefold() for value in asked.nationality),
        filters.date_ranges(asked),
        asked.certain,
        undisputed,
    )


def _grouped(
    connection: sqlite3.Connection, chosen: Sequence[Chosen], split: str, read: reading.Reading
) -> dict[str | None, list[Chosen]]:
    valued: list[tuple[str | None, Chosen]]
    if split == "source":
        outlets = reading.originals(connection, (one.entry.key for one in chosen))
        valued = [(value, one) for one in chosen for value in outlets[one.entry.key] or NOBODY]
    else:
        valued = [(choosing.group_of(one, split, read.wholes), one) for one in chosen]
    groups: dict[str | None, list[Chosen]] = {}
    spelt: dict[str, str] = {}
    for value, one in valued:
        first = None if value is None else spelt.setdefault(value.casefold(), value)
        groups.setdefault(first, []).append(one)
    return groups


def _events(connection: sqlite3.Connection, lookup: Lookup, asked: Query, by: str | None) -> Table:
    split = filters.closed(by or "none", events.SPLITS, "split")
    compiled = filters.compile_query(asked._replace(drafts=False), lookup)
    made = events.rows(connection, compiled, split, lookup.shown)
    notes = (
        [] if split in {"none", "kind"} or len(made) < 2 else ["an event can stand in several rows: they do not add up"]
    )
    if split in choosing.BUCKETS:
        notes = ["not given: events over more than one row's days"] if any(row[split] is None for row in made) else []
    words = f"events by {split}" if split != "none" else "events"
    caption = f"{words}: {compiled.sentence}" if compiled.sentence else words
    return Table(split, sorted(made, key=lambda row: _order(row, split)), [], caption, notes)


def _order(row: dict[str, Any], split: str) -> tuple[object, ...]:
    value = row.get(split)
    if split in choosing.BUCKETS:
        return (value is None, value or "")
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    return (value is None, -size, value or "")


def _shown(value: str | None, lookup: Lookup) -> str | None:
    return None if value is None else lookup.shown(value)


def _caption(name: str, split: str, compiled: filters.Compiled, wanted: choosing.Asked, asked: Query) -> str:
    words = f"{name} by {split}" if split != "none" else name
    conditions = [compiled.sentence] if compiled.sentence else []
    if wanted.provinces:
        conditions.append(f"in {' or '.join(sorted(wanted.provinces))}")
    if wanted.nationalities:
        conditions.append(f"nationality {' or '.join(asked.nationality)}")
    if wanted.ranges:
        conditions.append(filters.Compiled((), wanted.ranges, wanted.certain).sentence)
    if wanted.undisputed:
        conditions.append("undisputed")
    return f"{words}: {', '.join(conditions)}" if conditions else words


def _reading_notes(unit: str, made: Sequence[dict[str, Any]], chosen: Sequence[Chosen], split: str) -> list[str]:
    notes = []
    if made and unit == "people":
        notes.append("counts occurrences: one person twice is two")
    if len(made) > 1:
        notes.append("rows can count the same occurrences: they do not add up")
    undated = sum(one.by_report_date for one in chosen)
    if undated:
        notes.append(f"{_figures(undated)} without a period: by report date, as possible")
    spread = sum(one.possible and not one.by_report_date for one in chosen)
    if spread:
        notes.append(f"{_figures(spread)} with an uncertain period: as possible")
    return notes


def _left_out(connection: sqlite3.Connection, metric: str, choice: choosing.Choice, about: rows.Context) -> list[str]:
    notes = [f"left out: {_figures(number)} {reason}" for reason, number in choice.left_out.items()]
    drafts = reading.in_drafts(connection, metric)
    if drafts:
        notes.append(f"left out: {_figures(drafts)} in drafts")
    kept = [one for one in choice.chosen if not one.entry.disputed]
    disputed = len(choice.chosen) - len(kept)
    if disputed:
        low = [
            rows.make(part, {}, metric, about)["low"] for part in rows.families(kept) if part[0].figure.count != "none"
        ]
        without = ", ".join("unknown" if one is None else f"{one:,}" for one in low) or "nothing"
        notes.append(f"{_figures(disputed)} disputed by another event; without, the low of all is {without}")
    return notes


def _figures(number: int) -> str:
    return f"{number} figure{'' if number == 1 else 's'}"
