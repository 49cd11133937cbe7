"""Read the independent incidents of a lake, already added up.

A *bundle* is a figure that stands for incidents that the table never tells apart: they are in the same row, and every
other claim may include either all of them or none. Its numbers are the sums of theirs. A best or high is unknown if one
of theirs is unknown, and the low if all are. So memory grows with what has to be told apart, and not with the
incidents. `scamcli.stats.bundled_rows` does the same for rows of a data set, in SQLite.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from scamcli.figures import Figure, Period
from scamcli.stats.lake import incidents
from scamcli.stats.lake.engine import Engine, date_of, day, number
from scamcli.stats.lake.incidents import Wanted
from scamcli.stats.lake.remainder import Remainder
from scamcli.stats.read_figures import MOST_LISTED, Entry

_CHOSEN = f"(reason IS NULL OR reason = {incidents.quoted(incidents.POSSIBLY)})"


class Bundle(NamedTuple):
    """A bundle, with the key of its first event, the number of its incidents, and what decides its row."""

    first: int
    entry: Entry
    size: int
    row: tuple[object, ...]


class Listed(NamedTuple):
    """An incident as a table lists it. The figure has no more than its ids, wording and numbers."""

    key: int
    figure: Figure


class LeftOut(NamedTuple):
    """The incidents that are left out for a reason: how many, and the first of them."""

    reason: str
    number: int
    first: list[Listed]


class Incidents:
    """The independent incidents that a table is about."""

    def __init__(self, engine: Engine, wanted: Wanted, remainder: Remainder) -> None:
        self._engine = engine
        self._wanted = wanted
        self._sql = incidents.sql(engine, wanted)
        self._apart = incidents.apart(engine, wanted, remainder)

    def bundles(self) -> Iterator[Bundle]:
        """Yield the incidents that the filters choose, added up."""
        apart = self._apart
        table, is_one_day = self._sql, "false"
        if apart.days is not None:
            days = ", ".join(f"DATE '{date_of(one)}'" for one in apart.days)
            days = f"(SELECT unnest(CAST([{days}] AS DATE[])) AS stretch)"
            table = f"{table} i ASOF LEFT JOIN {days} s ON i.covers_from >= s.stretch"
            is_one_day = "any_value(is_one_day)"
        groups = [*apart.names, *apart.row, *apart.told]
        rows = self._engine.ask(
            f"SELECT min(key) AS first, count(*), sum(low), {_if_all('best')}, {_if_all('high')},"  # noqa: S608 - quoted
            f" CASE WHEN count(covers_from) = count(*) THEN min(covers_from) END,"
            f" CASE WHEN {is_one_day} THEN min(covers_from) WHEN count(covers_to) = count(*) THEN max(covers_to) END,"
            f" bool_and(covers_sure), {', '.join(groups)} FROM {table} WHERE {_CHOSEN}"
            f" GROUP BY {', '.join(str(place) for place in range(9, 9 + len(groups)))} ORDER BY first"
        )
        for place, row in enumerate(rows):
            yield self._bundle(f"incidents {place}", row)

    def _bundle(self, name: str, values: Sequence[Any]) -> Bundle:
        first, size, low, best, high, start, end, sure, *told = values
        unit, country, province, nationality, group, speaker, kind, dataset = told[: len(incidents.NAMES)]
        period = Period(day(start), day(end), sure)
        figure = Figure(
            name, "", self._wanted.metric.name, unit, None, number(low), number(best), number(high), province,
            nationality, group, period, "incident", speaker, None, None, (), period, country, dataset,
        )  # fmt: skip
        row = told[len(incidents.NAMES) : len(incidents.NAMES) + len(self._apart.row)]
        return Bundle(first, Entry(figure, first, period, kind or "", disputed=False), size, tuple(row))

    def listed(self) -> dict[tuple[object, ...], list[Listed]]:
        """Return the first incidents of each row."""
        row, places = ", ".join(self._apart.row), ", ".join(str(place + 2) for place in range(len(self._apart.row)))
        sql = f"SELECT {_first(MOST_LISTED)}, {row} FROM {self._sql} WHERE {_CHOSEN} GROUP BY {places}"  # noqa: S608 - quoted
        return {tuple(key): self._listed(first) for first, *key in self._engine.ask(sql)}

    def left_out(self, most: int) -> list[LeftOut]:
        """Return how many incidents are left out for each reason that the table names, and the first of them."""
        if not self._wanted.leaves_out:
            return []
        sql = f"SELECT reason, count(*), {_first(most)} FROM {self._sql} WHERE reason <> '' GROUP BY reason"  # noqa: S608 - quoted
        return [LeftOut(reason, size, self._listed(first)) for reason, size, first in self._engine.ask(sql)]

    def speakers(self) -> list[tuple[int, str | None, int]]:
        """Return for each speaker the key of the first event, the name, and how many figures there are."""
        sql = f"SELECT min(key), stated_by, count(*) FROM {self._sql} WHERE reason IS NULL GROUP BY stated_by"  # noqa: S608 - quoted
        return self._engine.ask(sql)

    def _listed(self, rows: Iterable[dict[str, Any]]) -> list[Listed]:
        return [
            Listed(
                row["key"],
                Figure(
                    row["event"], row["id"], self._wanted.metric.name, None, row["stated"], number(row["low"]),
                    number(row["best"]), number(row["high"]), None, None, None, None, "incident", None, None, None,
                ),
            )
            for row in rows
        ]  # fmt: skip


def _if_all(column: str) -> str:
    return f"CASE WHEN count({column}) = count(*) THEN sum({column}) END"


def _first(most: int) -> str:
    fields = ", ".join(f"{name} := {name}" for name in ("key", "event", "id", "stated", "low", "best", "high"))
    return f"arg_min(struct_pack({fields}), key, {most})"
