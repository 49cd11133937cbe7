"""SQL for the independent incidents of a metric that a table is about, and for what tells them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.figures.ancestry import resolved
from scamcli.figures.claims import normalise_words
from scamcli.figures.relations import SUMS
from scamcli.stats.lake.engine import date_of, day
from scamcli.stats.selection import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scamcli.figures import Figure
    from scamcli.language.vocabulary import Metric
    from scamcli.stats.lake.engine import Engine
    from scamcli.stats.lake.remainder import Remainder
    from scamcli.stats.selection import Asked

NAMES = ("unit", "country", "province", "nationality", '"group"', "stated_by", "kind", "dataset")
"""The columns that a bundle has a value for if the table tells them apart."""

_NO_VALUE = "CAST(NULL AS VARCHAR)"
"""DuckDB 1.1 takes every NULL in a query for a plain one among the values that it groups by."""

POSSIBLY = "only possibly inside the dates"
"""The reason for leaving an incident out of a table by month, but not out of the row for all months."""

_COLUMNS = {"actor": "stated_by", "group": '"group"'}
"""The columns of the splits whose name is another one, or has to be quoted."""


class Wanted(NamedTuple):
    """Which figures a table is about, and how it divides them.

    Attributes:
        metric: the metric.
        kinds: a condition in SQL on the kind of the event.
        asked: the conditions on figures.
        splits: the splits of the table.
        side_by_side: whether the table has several metrics, whose places, speakers and days are compared.
    """

    metric: Metric
    kinds: str
    asked: Asked
    splits: tuple[str, ...]
    side_by_side: bool

    @property
    def dated(self) -> bool:
        """Whether dates matter."""
        return bool(self.asked.ranges) or any(split in BUCKETS for split in self.splits)

    @property
    def leaves_out(self) -> bool:
        """Whether the conditions can leave an incident out."""
        return self.asked.certain or bool(self.asked.ranges) or any(given for _, given in _filters(self.asked))


class Apart(NamedTuple):
    """What a table tells apart among incidents.

    Attributes:
        row: SQL for the values that decide which row an incident is in.
        told: SQL for the values that are equal in all incidents of a bundle, apart from ``NAMES``.
        names: for each of ``NAMES``, SQL for its value in a bundle.
        days: the first days of the stretches within which no claim tells incidents of single days apart; ``None`` if no
            claim tells days apart.
    """

    row: list[str]
    told: list[str]
    names: list[str]
    days: list[int] | None


def sql(engine: Engine, wanted: Wanted) -> str:
    """Return SQL for the incidents, each with the ``reason`` for leaving it out, if there is one."""
    return (
        f"(SELECT *, {_reason(engine, wanted)} AS reason, covers_sure AND covers_from = covers_to AS is_one_day"  # noqa: S608 - quoted
        f" FROM figures WHERE metric = {quoted(wanted.metric.name)} AND independent AND {wanted.kinds})"
    )


def _reason(engine: Engine, wanted: Wanted) -> str:
    """Return SQL for why an incident is left out; an empty text if it has a value that was not asked for."""
    asked, cases = wanted.asked, list[str]()
    for column, values in _filters(asked):
        if values:
            spelt = engine.spellings(wanted.metric.name, column) if column == "nationality" else ()
            values = [one for one in spelt if one.casefold() in values] if column == "nationality" else values
            cases.append(f"WHEN coalesce({column}, '') = '' THEN 'without a {column}'")
            cases.append(f"WHEN NOT {among(column, values)} THEN ''")
    if asked.ranges:
        inside = (" AND " if asked.every_range else " OR ").join(map(_inside, asked.ranges))
        overlap = " OR ".join(map(_overlaps, asked.ranges))
        outside = f"WHEN NOT coalesce({inside}, false)"
        cases.append(f"{outside} AND ({overlap}) THEN 'with days only partly inside the dates'")
        cases.append(f"{outside} THEN 'with days outside the dates'")
    if asked.certain and wanted.dated:
        cases.append(f"WHEN NOT covers_sure THEN {quoted(POSSIBLY)}")
    return f"CASE {' '.join(cases)} END" if cases else "CAST(NULL AS VARCHAR)"


def _filters(asked: Asked) -> tuple[tuple[str, Collection[str]], ...]:
    """Return the columns that filters can be about, with the values that are asked for."""
    return ("country", asked.countries), ("province", asked.provinces), ("nationality", asked.nationalities)


def apart(engine: Engine, wanted: Wanted, remainder: Remainder) -> Apart:
    """Return what a table tells apart, given the other claims."""
    sums = list(_sums(remainder, wanted.metric))
    named = {"unit", *(_COLUMNS.get(split, split) for split in wanted.splits if split not in BUCKETS)}
    named |= {"dataset"} if remainder.entries else set()
    named |= {"country", "province", "stated_by"} if wanted.side_by_side else set()
    named |= {"country", "province", "nationality"} if sums else set()
    named |= {column for column, given in _filters(wanted.asked) if given}
    values = {name: name for name in named}
    if sums:  # a sum covers incidents of its own speaker only
        said_by = among("stated_by", _spelt(engine, wanted.metric, {normalise_words(one.stated_by) for one in sums}))
        values = {name: f"CASE WHEN {said_by} THEN {name} END" for name in ("stated_by", '"group"')} | values
    labels = [_label(split) for split in wanted.splits if split in BUCKETS]
    told = [*labels, *(["covers_sure"] if wanted.dated else [])]
    told += [_range(wanted.asked)] if wanted.asked.ranges else []
    if sums:
        told += ["is_one_day", "CASE WHEN is_one_day THEN stretch ELSE covers_from END"]
        told += [f"CASE WHEN NOT is_one_day THEN {column} END" for column in ("covers_to", "covers_sure")]
    days = _bounds(remainder, wanted.metric) | _ends(engine, wanted) if sums else None
    row = ["unit", *(values[_COLUMNS.get(split, split)] for split in wanted.splits if split not in BUCKETS), *labels]
    row += ["covers_sure"] if wanted.dated else []
    return Apart(row, told, [values.get(name, _NO_VALUE) for name in NAMES], None if days is None else sorted(days))


def _figures(remainder: Remainder, metric: Metric) -> Iterator[Figure]:
    """Yield the figures of the metric that are not independent or belong to linked events, with what parts inherit."""
    wholes = remainder.context.wholes
    known = {entry.figure.key: entry.figure for _, entry in remainder.entries}
    known |= {key: figure for key, figure in wholes.items() if figure.metric == metric.name}
    return (resolved(figure, wholes) for figure in known.values())


def _sums(remainder: Remainder, metric: Metric) -> Iterator[Figure]:
    """Yield the figures that may include incidents of other events."""
    return (figure for figure in _figures(remainder, metric) if figure.count in SUMS)


def _bounds(remainder: Remainder, metric: Metric) -> set[int]:
    """Return the days when a claim that may include incidents begins, and the days after its last.

    A claim that may be the same as another one covers the days of both, so linked incidents have bounds, too, and so do
    incidents that are suspected to be the same as a linked one.
    """
    context, found = remainder.context, set[int]()
    for figure in _figures(remainder, metric):
        near = {figure.event, *context.suspected_with.get(figure.event, ())}
        if figure.count != "incident" or not context.linked.isdisjoint(near):
            for period in (figure.period, figure.day if figure.count == "cumulative" else None):
                found |= {period.start} if period is not None and period.start is not None else set()
                found |= {period.end + 1} if period is not None and period.end is not None else set()
    return found


def _ends(engine: Engine, wanted: Wanted) -> set[int]:
    """Return the first and last day of incidents if the table compares the days of its metrics."""
    ends = f"SELECT min(covers_from), max(covers_from) FROM {sql(engine, wanted)} WHERE is_one_day"  # noqa: S608 - quoted
    (found,) = engine.ask(ends) if wanted.side_by_side else [()]
    return {number for number in map(day, found) if number is not None}


def _spelt(engine: Engine, metric: Metric, speakers: set[str | None]) -> list[str]:
    """Return the spellings of some speakers."""
    return [name for name in engine.spellings(metric.name, "stated_by") if normalise_words(name) in speakers]


def _label(by: str) -> str:
    """Return SQL for the month, quarter or year that contains the days of an incident."""
    first, last = (f"date_trunc('{by}', {column})" for column in ("covers_from", "covers_to"))
    return f"CASE WHEN {first} = {last} THEN {first} END"


def _range(asked: Asked) -> str:
    """Return SQL for the range that an incident is in, so that a bundle is in one range."""
    cases = (f"WHEN {_inside(one)} THEN {place}" for place, one in enumerate(asked.ranges))
    return "0" if asked.every_range else f"CASE {' '.join(cases)} END"


def _inside(days: tuple[int, int]) -> str:
    first, last = map(date_of, days)
    return f"(covers_from >= DATE '{first}' AND covers_to <= DATE '{last}')"


def _overlaps(days: tuple[int, int]) -> str:
    """Return SQL for whether an incident shares a day with a range. An open end is open."""
    first, last = map(date_of, days)
    starts = f"covers_from IS NULL OR covers_from <= DATE '{last}'"
    return f"(({starts}) AND (covers_to IS NULL OR covers_to >= DATE '{first}'))"


def among(column: str, values: Iterable[str]) -> str:
    """Return SQL for whether a column has one of these values."""
    listed = ", ".join(map(quoted, sorted(values)))
    return f"coalesce({column} IN ({listed}), false)" if listed else "false"


def quoted(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"
