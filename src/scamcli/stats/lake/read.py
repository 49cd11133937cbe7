"""Read the figures of a lake with DuckDB, for the same arithmetic as in all other tables."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scamcli.errors import DatabaseError, WrongUsageError, require_installed
from scamcli.language.vocabulary import FIGURE_GROUPINGS, Metric
from scamcli.numbers.entries import Facts
from scamcli.numbers.links import DisjointSets
from scamcli.numbers.records import Figure, Key, Link
from scamcli.query import filters
from scamcli.query.filters import OPTIONS, Query
from scamcli.records.plain_files import file_within
from scamcli.stats import Table, numbers
from scamcli.stats.inquiry import (
    Inquiry,
    Request,
    conditions_on_figures,
    read_splits,
    require_one_value,
    sentence,
    without_conditions_on_figures,
)
from scamcli.stats.lake import manifest
from scamcli.stats.lake.lookup import LakeLookup
from scamcli.stats.lake.manifest import Manifest
from scamcli.stats.lake.write import NO_COUNTRY
from scamcli.stats.read import COLUMNS, Reading, Recorded, day_of, figure_of, recorded
from scamcli.store.keys import OPEN_END

OF_EVENTS_ONLY = frozenset({"site", "source"})
"""Splits that a lake has no columns for."""

TAKEN = frozenset(
    {"country", "province", "nationality", "kind", "metric", "from_", "to", "during", "certain", "match", "drafts"}
)
"""The filters that figures in a lake have columns for."""

MEMORY = "512MB"
"""What DuckDB may keep in memory. It writes the rest to temporary files."""

BATCH = 10_000
"""How many rows are read at once."""

_FIGURES = f"""
CREATE VIEW figure AS
SELECT key AS event, n, coalesce(last - DATE '1970-01-01', {OPEN_END}) AS last, sure, kind, dataset, disjoint,
       event AS event_id, id, metric, unit, stated, CAST(low AS DOUBLE) AS low, CAST(best AS DOUBLE) AS best,
       CAST(high AS DOUBLE) AS high, nullif(country, '{NO_COUNTRY}') AS country, province, nationality, "group", period,
       count, stated_by, part_of, split_by, split_complete,
       CASE WHEN len("of") > 0 THEN CAST(to_json("of") AS VARCHAR) END AS of
FROM read_parquet(%s, hive_partitioning = true, hive_types = {{'year': BIGINT, 'country': VARCHAR}})
"""  # noqa: S608 - our words
"""The figures of a lake with the columns that they have in a timeline."""

_TYPES = {
    "event": "BIGINT", "n": "INTEGER", "last": "BIGINT", "sure": "BOOLEAN", "disjoint": "BOOLEAN", "low": "DOUBLE",
    "best": "DOUBLE", "high": "DOUBLE", "split_complete": "BOOLEAN",
}  # fmt: skip
"""The types of the columns of figures that are no texts."""

_FILLED = {
    "figure": ("event", "n", "last", "sure", "kind", "disjoint", "event_id", "id", "metric", "count"),
    "link": ("type", "event", "target"),
    "suspected": ("metric", "event", "figure", "other_event", "other_figure"),
}
"""The columns of each table that always have a value."""

_NUMBERS = slice(11, 14)
"""Where low, best and high are in rows of ``COLUMNS``."""


def table(folder: Path, request: Request, asked: Query, notes: list[str]) -> Table:
    """Return the table that `scamcli.stats.table` gives for the timeline of a lake.

    Args:
        folder: The folder of the lake.
        request: The request.
        asked: The filters.
        notes: Gets assumptions about names.

    Raises:
        DataError: The lake was written with another version of the rules.
        DatabaseError: The folder is not a lake, or is damaged.
        NotFoundError: A name is unknown.
        WrongUsageError: The request is invalid, or needs what a lake does not have.
    """
    lake_manifest = manifest.read(folder)
    _require_answerable(request, asked)
    lake = Lake(folder, lake_manifest)
    lookup = LakeLookup(lake.nationalities() if asked.nationality else (), lake_manifest, notes)
    threshold = lake_manifest.min_cell if request.min_cell is None else request.min_cell
    request = request._replace(min_cell=threshold).checked()
    inquiries = [_inquire(lake, lookup, request._replace(metric=name), asked) for name in request.metrics]
    return numbers(inquiries, request)


def _require_answerable(request: Request, asked: Query) -> None:
    """Refuse what needs whole events."""
    flags = {one.name: one.flag for one in OPTIONS} | {"text": "TEXT", "drafts": "--drafts", "exact": "--exact"}
    for name, value in asked._asdict().items():
        if value and name not in TAKEN:
            listed = ", ".join(flags[one] for one in flags if one in TAKEN)
            reason = f"{flags[name]} needs whole events, which --lake does not read."
            raise WrongUsageError(reason, f"--lake takes {listed} and --certain.")
    hint = "Leave out --lake to use the database."
    for name in ("explain", "cite"):
        if getattr(request, name):
            raise WrongUsageError(f"--{name} needs whole events, which --lake does not read.", hint)
    if "events" in map(str.lower, request.metrics):
        raise WrongUsageError("--lake cannot count events, only add up figures.", hint)


def _inquire(lake: "Lake", lookup: LakeLookup, request: Request, asked: Query) -> Inquiry:
    metric = lookup.metric_of(lookup.metric_name(request.metric))
    require_one_value(lookup, metric.name, asked)
    splits = read_splits(request.by or metric.split or "none", FIGURE_GROUPINGS)
    for split in OF_EVENTS_ONLY.intersection(splits):
        possible = ", ".join(one for one in FIGURE_GROUPINGS if one not in OF_EVENTS_ONLY)
        raise WrongUsageError(f"--by {split} needs whole events, which --lake does not read.", f"It takes {possible}.")
    compiled = filters.compile_query(without_conditions_on_figures(asked), lambda: lookup)
    kinds = [frozenset(map(str, one.parameters)) for one in compiled.filters if one.sentence]
    wanted = conditions_on_figures(lookup, asked)
    drafts = lake.manifest.drafts.get(metric.name, {})
    return Inquiry(
        connection=_nowhere(),
        lookup=lookup,
        metric=metric,
        splits=splits,
        read=lake.read(metric, kinds),
        wanted=wanted,
        sentence=sentence(compiled, wanted, request, asked, lookup),
        drafts=sum(number for kind, number in drafts.items() if all(kind in one for one in kinds)),
        min_cell=request.min_cell or 0,
        undisputed=request.undisputed,
        attributions={},
    )


def _nowhere() -> sqlite3.Connection:
    """Return a closed connection: what would be read from a timeline was refused."""
    nowhere = sqlite3.connect(":memory:")
    nowhere.close()
    return nowhere


class Lake:
    """The files of a lake, as DuckDB reads them.

    Only the files in the manifest are read: with a star, figures would count twice if somebody copied a file.

    Raises:
        DatabaseError: A file is missing or damaged.
        WrongUsageError: DuckDB is not installed.
    """

    def __init__(self, folder: Path, known: Manifest) -> None:
        require_installed("lake", "--lake needs", "duckdb")
        import duckdb

        self.manifest = known
        self._error = duckdb.Error
        self._connection = duckdb.connect(config={"memory_limit": MEMORY, "threads": 2})
        files = {
            name: _quoted(file_within(folder, file, manifest.NAME).resolve() for file in found)
            for name, found in known.files.items()
        }
        self._make_view(_FIGURES % files["figures"])
        self._make_view(f"CREATE VIEW link AS FROM read_parquet({files['links']})")
        self._make_view(f"CREATE VIEW suspected AS FROM read_parquet({files['suspected']})")
        for name, filled in _FILLED.items():
            self._require_form(name, filled)

    def nationalities(self) -> list[str]:
        """Return the nationalities of all figures."""
        found = self._ask("SELECT DISTINCT nationality FROM figure WHERE nationality IS NOT NULL ORDER BY 1")
        return [name for (name,) in found]

    def read(self, metric: Metric, kinds: Sequence[Collection[str]]) -> Reading:
        """Read the figures of a metric, as `scamcli.stats.read.read` does from a timeline.

        Args:
            metric: The metric.
            kinds: The kinds of events, each of which is one of every collection.
        """
        links = [Link(*row) for row in self._ask("SELECT type, event, target, figure FROM link")]
        among = " AND kind IN (SELECT unnest(?::VARCHAR[]))" * len(kinds)
        sql = f"SELECT {COLUMNS} FROM figure f WHERE metric = ?{among} ORDER BY event, n"  # noqa: S608 - question marks
        chosen, divided = recorded(self._rows(sql, [metric.name, *map(list, kinds)]), metric.unit, links)
        pairs = self._suspected(metric) if any(_may_be_suspected(one) for one in chosen) else []
        events = {one.figure.event for one in chosen}
        linked = _connected(events, [(link.event, link.target) for link in links])
        linked |= _connected(events, [(one[0], other[0]) for one, other in pairs])
        wholes = self._wholes(chosen, divided, linked, metric)
        figures = {one.figure.key: one.figure for one in chosen}
        figures |= {key: whole for key, whole in wholes.items() if whole.metric == metric.name and key not in figures}
        facts = Facts(wholes, [link for link in links if link.event in linked], pairs)
        return Reading(chosen, figures, facts, (), {}, {}, str)

    def _suspected(self, metric: Metric) -> list[tuple[Key, Key]]:
        sql = "SELECT event, figure, other_event, other_figure FROM suspected WHERE metric = ?"
        found = self._ask(sql, [metric.name])
        return [((event, figure), (other, other_figure)) for event, figure, other, other_figure in found]

    def _wholes(
        self, chosen: Iterable[Recorded], divided: set[int], linked: set[str], known: Metric
    ) -> dict[Key, Figure]:
        """Return all figures of the events with these keys or ids."""
        if not divided and not linked:
            return {}
        wholes = {one.figure.key: one.figure for one in chosen if one.key in divided or one.figure.event in linked}
        sql = (
            f"SELECT {COLUMNS} FROM figure f WHERE event IN (SELECT unnest(?::BIGINT[]))"  # noqa: S608 - question marks
            " OR event_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY event, n"
        )
        for key, last, sure, _, dataset, is_disjoint, *values in self._rows(sql, [list(divided), list(linked)]):
            unit = known.unit if values[2] == known.name else values[2]
            figure = figure_of(values, unit, day_of(key, last, sure), dataset if is_disjoint else None)
            wholes.setdefault(figure.key, figure)
        return wholes

    def _rows(self, sql: str, parameters: Sequence[object]) -> Iterator[list[Any]]:
        """Yield rows of ``COLUMNS``, with whole numbers as ``int``."""
        for row in self._ask(sql, parameters):
            values = list(row)
            values[_NUMBERS] = map(_number, values[_NUMBERS])
            yield values

    def _require_form(self, name: str, filled: Sequence[str]) -> None:
        """Refuse a table whose columns have other types, or no value where each row has one."""
        for column, type_ in self._ask(f"SELECT column_name, column_type FROM (DESCRIBE {name})"):  # noqa: S608 - our words
            expected = _TYPES.get(column, "VARCHAR") if name == "figure" else "VARCHAR"
            if type_ != expected and (name == "figure" or column in filled):
                raise DatabaseError(f"The lake cannot be read: {column} of {name} is {type_}.", "Export it again.")
        lacking = " OR ".join(f'"{column}" IS NULL' for column in filled)
        if list(self._ask(f"SELECT 1 FROM {name} WHERE {lacking} LIMIT 1")):  # noqa: S608 - our words
            raise DatabaseError(f"The lake cannot be read: a row of {name} lacks a value.", "Export it again.")

    def _make_view(self, sql: str) -> None:
        with self._saying_what_is_damaged():
            self._connection.execute(sql)

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that SQL finds, a batch at a time."""
        with self._saying_what_is_damaged():
            found = self._connection.cursor().execute(sql, list(parameters))
            while batch := found.fetchmany(BATCH):
                yield from batch

    @contextmanager
    def _saying_what_is_damaged(self) -> Iterator[None]:
        try:
            yield
        except self._error as error:
            reason = str(error).partition("\n")[0]
            raise DatabaseError(f"The lake cannot be read: {reason}.", "Export it again.") from None


def _quoted(files: Iterable[Path]) -> str:
    """Return a list of files as SQL. DuckDB reads each as a pattern, so what has a meaning there is in brackets."""
    patterns = (re.sub(r"([*?\[])", r"[\1]", str(file)) for file in files)
    texts = ("'" + pattern.replace("'", "''") + "'" for pattern in patterns)
    return f"[{', '.join(texts)}]"


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value


def _may_be_suspected(one: Recorded) -> bool:
    return one.figure.count == "incident" and one.figure.dataset is None


def _connected(events: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return the events that pairs connect with these, at any distance, and these themselves if they are in a pair."""
    same = DisjointSets[str]()
    for one, other in pairs:
        same.join(one, other)
    nodes = set(same.nodes)
    roots = {same.root(event) for event in events if event in nodes}
    return {node for node in nodes if same.root(node) in roots}
