"""Add up rows of a data set in SQL, as far as a table does not tell them apart.

Different rows of a data set that is declared as disjoint count different incidents (rule 4 of
``docs/honest-numbers.md``), so their numbers are simply added, whatever else is in the table. A data set may have a
million rows, and adding them up in SQL is several times as fast as reading them. A *bundle* is an ordinary figure that
stands for all rows that agree in what the table needs: the values that its filters and splits look at, and if figures
of the table may include incidents, what shows which incidents these are. `scamcli.stats.lake.bundled_incidents` does
the same for the incidents of a lake, in DuckDB.

Everything else is read one by one: figures of other events, and rows that are linked, suspected, divided, longer than
`LONGEST` days, or have bounds that are out of order.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from scamcli.figures.suspicion import MOST_DAYS
from scamcli.stats import read_figures
from scamcli.stats.read_figures import COLUMNS, MOST_LISTED, Entry, Reading
from scamcli.store.keys import JULIAN_EPOCH, OPEN_END, SEQUENCE_BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scamcli.figures import Context, Figure, Key, Number, Period
    from scamcli.language.vocabulary import Metric
    from scamcli.query.filters import CompiledQuery
    from scamcli.query.resolve import Lookup
    from scamcli.query.search import Plan
    from scamcli.stats.read_figures import Found
    from scamcli.stats.selection import Asked

LONGEST = 31
"""A row of more days than this is read by itself, so that the rows near a day are found by their first day."""

MOST_OTHERS = 5_000
"""With more incidents of other events than this, which all have to be compared with the rows, nothing is bundled."""

_key_of = attrgetter("key")

START = f"(f.event >> {SEQUENCE_BITS})"
_NOT_SINGLY = "f.event NOT IN (SELECT value FROM json_each(?))"
_IS_ORDERED = " AND ".join(
    f"ifnull(f.{one} <= f.{other}, 1)" for one, other in combinations(("low", "best", "high"), 2)
)
_IS_ROW = f"f.addable AND f.last - {START} <= {LONGEST} AND {_IS_ORDERED}"
_DAYS = (START, "f.last", "f.sure")
_NAMES = ("f.country", "f.province", "f.nationality", 'f."group"')
_ALWAYS = ("f.dataset", "f.unit", "f.stated_by")
_SUMS = "sum(f.low), count(f.low), sum(f.best), count(f.best), sum(f.high), count(f.high)"


def _bucket(text: str) -> str:
    """Return SQL for the month, quarter or year of a row, or for the key of its event if it is not within one."""
    first, last = (text.format(f"{day} + {JULIAN_EPOCH}") for day in (START, "f.last"))
    return f"ifnull(CASE WHEN f.last = {START} OR {first} = {last} THEN {first} END, f.event)"


BY: Mapping[str, tuple[str, ...]] = {
    "country": ("f.country", "f.province"), "province": ("f.province",), "nationality": ("f.nationality",),
    "group": ('f."group"',), "actor": (), "kind": ("f.kind",), "month": ("f.sure", _bucket("strftime('%Y-%m', {0})")),
    "quarter": ("f.sure", _bucket("strftime('%Y', {0}) || ((strftime('%m', {0}) + 2) / 3)")),
    "year": ("f.sure", _bucket("strftime('%Y', {0})")),
}  # fmt: skip
"""The columns that tell rows apart, by split. The other splits need each event."""

_NEXT_STARTS = {
    "month": "'start of month', '+1 month'",
    "quarter": "'start of month', '+' || (3 - (strftime('%m', {0}) - 1) % 3) || ' months'",
    "year": "'start of year', '+1 year'",
}
"""What leads from a day to the start of the next period, by split, the shortest period first."""


_COLUMNS = COLUMNS.split(", ")
_COUNT, _DISJOINT = _COLUMNS.index("f.count"), _COLUMNS.index("f.disjoint")


class _InexactError(Exception):
    """A sum is not exact in SQL."""


class Bundle(NamedTuple):
    """An entry with the sums of several rows and all else of the first, how many there are, and the first of them."""

    entry: Entry
    size: int
    firsts: Sequence[Entry]


class BundledReading(Reading):
    """Figures that include bundles."""

    def __init__(
        self, entries: list[Entry], context: Context, bundles: Iterable[Bundle], shown: Callable[[str], str]
    ) -> None:
        self._bundles = {one.entry.figure.key: one for one in bundles if one.size > 1}
        self._entries = {entry.figure.key: entry for entry in entries}
        self._sizes = {key: one.size for key, one in self._bundles.items()}
        super().__init__(entries, context._replace(sizes=self._sizes), {}, shown)

    def listed(self, figures: Sequence[Figure]) -> tuple[list[str], list[str]]:
        """Return the first wordings and events of the figures of a row."""
        stated = [entry for one in figures if (entry := self._entries.get(one.key)) is not None and entry.figure is one]
        derived = figures[len(stated) :]  # the rises of running totals come last
        single = [one for entry in stated for one in self._firsts(entry.figure.key) or [entry]]
        return super().listed([*(one.figure for one in sorted(single, key=_key_of)), *derived])

    def speakers(self, figures: Iterable[Figure]) -> Counter[str | None]:
        """Return how many of these figures each speaker stated, in order of their first figures."""
        found: Counter[str | None] = Counter()
        for figure in figures:
            found[figure.stated_by] += self._sizes.get(figure.key, 1)
        return found

    def left_out(self, found: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
        """Return all figures that are left out, by reason: the first ones singly, and then one for the others."""
        every = {}
        for reason, entries in found.items():
            first = sorted((one for entry in entries for one in self._firsts(entry.figure.key) or [entry]), key=_key_of)
            number = self.context.size([entry.figure for entry in entries])
            every[reason] = first[:MOST_LISTED]
            if number > MOST_LISTED:
                rest = first[0].figure._replace(id=f"and others {reason}")
                self._sizes[rest.key] = number - MOST_LISTED
                every[reason].append(first[0]._replace(figure=rest))
        return every

    def _firsts(self, key: Key) -> Sequence[Entry]:
        return self._bundles[key].firsts if key in self._bundles else ()


class Apart(NamedTuple):
    """What a table tells apart: its splits, the fields that its filters look at, and whether it has a range of days."""

    splits: Sequence[str]
    fields: Sequence[str]
    is_dated: bool

    @classmethod
    def of(cls, splits: Sequence[str], asked: Asked) -> Self:
        """Return what a table with these splits and filters tells apart."""
        fields = {"country": asked.countries, "province": asked.provinces, "nationality": asked.nationalities}
        return cls(splits, [name for name, values in fields.items() if values], bool(asked.ranges))

    def columns(self, *, by_scope: bool, end: int | None = None) -> tuple[str, ...]:
        """Return the columns that the rows of a bundle agree in.

        Args:
            by_scope: Whether other figures of the table may include these incidents.
            end: The day after a period of the table's shortest split by time, if all rows begin in that period.
        """
        by = dict(BY)
        if end is not None:  # rows within the period agree, so only the events of the others need telling apart
            by.update(dict.fromkeys(_NEXT_STARTS, ("f.sure", f"CASE WHEN f.last >= {end} THEN f.event END")))
        of_table = [column for split in (*self.splits, *self.fields) for column in by[split]]
        days = _DAYS if self.is_dated or by_scope else ()
        return tuple(dict.fromkeys((*_ALWAYS, *of_table, *days, *(_NAMES if by_scope else ()))))

    @property
    def shortest(self) -> str | None:
        """The shortest split by time, if there is one."""
        return next((split for split in _NEXT_STARTS if split in self.splits), None)


def read(
    connection: sqlite3.Connection, compiled: CompiledQuery, known: Metric, lookup: Lookup, apart: Apart
) -> Reading:
    """Read the figures of a metric from the events that a query finds, with rows of a data set in bundles.

    The totals of these figures are the same as those of `scamcli.stats.read_figures.read`, and so are the figures that
    a table lists.
    """
    plan = read_figures.plan_of(connection, compiled, known.name)
    found = _Rows(connection, plan, known, apart).read(lookup)
    return read_figures.read(connection, compiled, known, lookup) if found is None else found


class _Rows:
    """The figures of a request. Figures of the events in ``singly`` are read one by one."""

    def __init__(self, connection: sqlite3.Connection, plan: Plan, known: Metric, apart: Apart) -> None:
        self._connection = connection
        self._plan = plan
        self._known = known
        self._apart = apart
        self._links = read_figures.links_of(connection)
        linked = {event for link in self._links for event in (link.event, link.target)}
        self._singly = read_figures.event_keys(connection, linked)

    def read(self, lookup: Lookup) -> Reading | None:
        """Return all figures, or ``None`` if bundles would not pay or would not be exact."""
        others = self._others()
        if others is None:
            return None
        near = self._near([figure.day for figure, *_ in others.incidents if figure.dataset is None])
        pairs = read_figures.suspected_pairs(self._connection, [*others.incidents, *near.incidents], self._links)
        # A linked incident may be the same claim as a sum that no filter chose.
        by_scope = bool(self._singly) or any(entry.figure.count != "incident" for entry in others.entries)
        suspected = {event for pair in pairs for event, _ in pair}
        rows = [entry for entry in near.entries if entry.figure.event in suspected]
        self._singly |= {entry.key for entry in rows}
        bundles = self._bundles(by_scope=by_scope)
        if bundles is None:
            return None
        every = others._replace(entries=sorted([*others.entries, *rows, *(one.entry for one in bundles)], key=_key_of))
        context = read_figures.context_of(self._connection, self._known, every, self._links, pairs)
        return BundledReading(every.entries, context, bundles, lookup.shown)

    def _others(self) -> Found | None:
        """Return the figures that are read one by one, or ``None`` if too many are incidents of other events."""
        plan = self._plan.also(f"NOT ({_IS_ROW} AND {_NOT_SINGLY})", self._singly_as_json)
        rows, incidents = [], 0
        for row in read_figures.rows_of(self._connection, plan):
            incidents += row[_COUNT] == "incident" and not row[_DISJOINT]
            if incidents > MOST_OTHERS:
                return None
            rows.append(row)
        return self._entries(rows)

    def _entries(self, rows: Iterable[Sequence[Any]]) -> Found:
        return read_figures.entries_of(rows, self._known.unit, self._links)

    @property
    def _singly_as_json(self) -> str:
        return json.dumps(sorted(self._singly))

    def _near(self, days: Iterable[Period | None]) -> Found:
        """Return the rows within `MOST_DAYS` days of any of these days, which incidents may be suspected to repeat."""
        plan = self._plan.also(f"{_IS_ROW} AND {_NOT_SINGLY}", self._singly_as_json)
        plan = plan.also("f.event BETWEEN ? AND ? AND f.last >= ?")
        rows: dict[int, Sequence[Any]] = {}
        for first, last in _stretches(days):
            keys = (first - LONGEST << SEQUENCE_BITS, (last + 1 << SEQUENCE_BITS) - 1)
            found = self._connection.execute(plan.select(COLUMNS), [*plan.parameters, *keys, first])
            rows.update((row[0], row) for row in found)
        return self._entries(rows[key] for key in sorted(rows))

    def _bundles(self, *, by_scope: bool) -> list[Bundle] | None:
        """Return the bundles, or ``None`` if a sum would not be exact, or if there are rows of several data sets.

        Rows of different data sets may be the same incident, so they have to be compared.
        """
        plan = self._plan.also(f"{_IS_ROW} AND {_NOT_SINGLY}", self._singly_as_json)
        found: list[Bundle] = []
        try:
            for part, end in self._parts(plan):
                found += self._bundles_of(part, self._apart.columns(by_scope=by_scope, end=end))
        except _InexactError:
            return None
        return found if len({one.entry.figure.dataset for one in found}) < 2 else None

    def _parts(self, plan: Plan) -> Iterator[tuple[Plan, int | None]]:
        """Yield the rows of a plan by the shortest period of the table, and the day after the period.

        Rows are stored in order of time, so SQLite sorts the few rows of a period at a time, and does not work out the
        period of each. A plan that a filter leads would find its events again for each period, so it is not parted.
        """
        shortest = self._apart.shortest
        if shortest is None or plan.is_led:
            yield plan, None
            return
        end = -OPEN_END
        while (day := self._first_day(plan, end)) is not None:
            end = self._next_start(shortest, day)
            yield plan.also("f.event >= ? AND f.event < ?", day << SEQUENCE_BITS, end << SEQUENCE_BITS), end

    def _first_day(self, plan: Plan, since: int) -> int | None:
        """Return the first day on which a row begins, from a day on."""
        plan = plan.also("f.event >= ?", since << SEQUENCE_BITS)
        found = self._connection.execute(plan.select(START, f"ORDER BY {plan.order} LIMIT 1"), plan.parameters)
        (day,) = found.fetchone() or (None,)
        return day

    def _next_start(self, split: str, day: int) -> int:
        """Return the first day of the month, quarter or year after that of a day."""
        date = f"{day + JULIAN_EPOCH}"
        sql = f"SELECT CAST(julianday({date}, {_NEXT_STARTS[split].format(date)}) - {JULIAN_EPOCH} AS INTEGER)"
        (start,) = self._connection.execute(sql).fetchone()
        return OPEN_END if start is None else int(start)  # SQLite has no day after the year 9999

    def _bundles_of(self, plan: Plan, columns: Sequence[str]) -> list[Bundle]:
        """Return the rows of a plan in bundles that agree in these columns.

        Raises:
            _InexactError: A sum would not be exact.
        """
        group = ", ".join(columns)
        sql = plan.select(f"{group}, count(*), min(f.event), {_SUMS}", f"GROUP BY {group}")
        try:
            found = self._connection.execute(sql, plan.parameters).fetchall()
        except sqlite3.OperationalError as error:
            if "integer overflow" not in str(error):
                raise
            raise _InexactError from error
        width = len(columns)
        if any(isinstance(number, float) for row in found for number in row[width + 2 :]):
            raise _InexactError
        firsts = self._firsts(plan, columns, {row[:width]: row[width : width + 2] for row in found})
        return [_bundle(firsts[row[:width]], row[width], row[width + 2 :]) for row in found]

    def _firsts(
        self, plan: Plan, columns: Sequence[str], bundles: Mapping[tuple[Any, ...], tuple[int, int]]
    ) -> dict[tuple[Any, ...], list[Entry]]:
        """Return the first `MOST_LISTED` rows of each bundle.

        Rows are read in order of time. Once all bundles that have begun are complete, the next row to be read is the
        first one of another bundle, so that few rows are read for a table by month.

        Args:
            plan: The plan for the rows.
            columns: The columns that the rows of a bundle agree in.
            bundles: The number of rows of each bundle, and the key of its first event.
        """
        found: dict[tuple[Any, ...], list[Entry]] = {values: [] for values in bundles}
        lacking = {values: min(times, MOST_LISTED) for values, (times, _) in bundles.items()}
        plan, width = plan.also("f.event >= ?"), len(columns)
        sql = plan.select(f"{', '.join(columns)}, {COLUMNS}", f"ORDER BY {plan.order}")
        for values, (_, start) in sorted(bundles.items(), key=_first_key):
            incomplete = 0
            for row in self._connection.execute(sql, [*plan.parameters, start]) if not found[values] else ():
                of_row = row[:width]
                lacks = lacking[of_row]
                if lacks:
                    entries = found[of_row]
                    incomplete += not entries
                    entries += read_figures.entries_of([row[width:]], self._known.unit, ()).entries
                    lacking[of_row] = lacks - 1
                    incomplete -= lacks == 1
                    if not incomplete:
                        break
        return found


def _bundle(firsts: Sequence[Entry], size: int, sums: Sequence[Number]) -> Bundle:
    """Return a bundle, given its first rows, their number, and the sum and number of each of their bounds."""
    first = firsts[0]
    if size > 1:
        low, best, high = (
            total if known and (known == size or end == 0) else None
            for end, (total, known) in enumerate(zip(sums[::2], sums[1::2], strict=True))
        )
        name = f"{first.figure.id} and {size - 1} more"  # so that it is not taken for the first row itself
        first = first._replace(figure=first.figure._replace(id=name, low=low, best=best, high=high))
    return Bundle(first, size, firsts)


def _first_key(bundle: tuple[tuple[Any, ...], tuple[int, int]]) -> int:
    return bundle[1][1]


def _stretches(days: Iterable[Period | None]) -> list[tuple[int, int]]:
    """Return the days within `MOST_DAYS` days of any of these, as stretches with gaps between them."""
    found: list[tuple[int, int]] = []
    known = [(one.start, one.end) for one in days if one is not None]
    for start, end in sorted((start, end) for start, end in known if start is not None and end is not None):
        first, last = start - MOST_DAYS, end + MOST_DAYS
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found
