"""Resolve the names in a request for figures of one metric, and read and choose the figures."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self, TypedDict

from scamcli.errors import WrongUsageError, quote
from scamcli.figures import Figure
from scamcli.figures.ancestry import ancestors
from scamcli.language.vocabulary import FIGURE_GROUPINGS, Metric
from scamcli.query import filters
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import read_figures, selection
from scamcli.stats.selection import Chosen
from scamcli.store import settings, terms

EVENTS_ARE_NO_FIGURES = "--explain and --undisputed are for figures, and events are not figures."

NO_NAME: list[str | None] = [None]


MOST_SUPPRESSED = 10**9
"""The largest threshold: more people than any figure counts, and a number that SQLite can store."""


class Request(NamedTuple):
    """A request for a table; see `scamcli.timeline.Timeline.stats`.

    ``metric`` is one metric, several separated by commas, or ``events``. ``by`` is one split, or two separated by a
    comma; ``None`` is the metric's own. Numbers of people below ``min_cell`` are suppressed.
    """

    metric: str
    by: str | None = None
    undisputed: bool = False
    explain: bool = False
    cite: bool = False
    min_cell: int | None = None

    def completed(self, connection: sqlite3.Connection) -> Self:
        """Return the request with a threshold: its own, or otherwise the timeline's.

        Raises:
            WrongUsageError: The threshold is negative, 2, or above `MOST_SUPPRESSED`.
        """
        if self.min_cell is None:
            return self._replace(min_cell=settings.min_cell(connection))
        from scamcli.figures.suppression import LEAST  # here and below, because most tables suppress nothing

        if self.min_cell > MOST_SUPPRESSED:
            raise WrongUsageError(f"--min-cell takes at most {MOST_SUPPRESSED:,}, not {self.min_cell:,}.")
        if self.min_cell < 0 or 1 < self.min_cell < LEAST:
            hint = "With 2, a suppressed number would always be 1." if self.min_cell > 0 else ""
            raise WrongUsageError(f"--min-cell takes a number from {LEAST}, or 0, not {self.min_cell}.", hint)
        return self

    @property
    def metrics(self) -> list[str]:
        """The metrics without repetition."""
        return list(dict.fromkeys(name.strip() for name in self.metric.split(",")))


class RequestOptions(TypedDict, total=False):
    """The fields of a `Request` other than its metric, as keyword arguments."""

    by: str | None
    undisputed: bool
    explain: bool
    cite: bool
    min_cell: int | None


class Inquiry(NamedTuple):
    """A request with its names resolved, for one database.

    Attributes:
        lookup: Resolves and masks names.
        splits: The keys of a row that name its group; empty for ``none``.
        read: The figures of the events that the filters find.
        wanted: Which of these figures are wanted.
        sentence: The filters in words.
        drafts: How many figures are in drafts, which never count.
        min_cell: Numbers of people below this are suppressed; 0 suppresses none.
        attributions: Who stated a figure, and where, for the figures of this request that were attributed already.
    """

    connection: sqlite3.Connection
    lookup: Lookup
    metric: Metric
    splits: tuple[str, ...]
    read: read_figures.Reading
    wanted: selection.Asked
    sentence: str
    drafts: int
    min_cell: int
    attributions: dict[tuple[str, str], tuple[str, str]]

    @property
    def name(self) -> str:
        """The name of the metric as it may be printed."""
        return self.lookup.shown_metric(self.metric.name)

    @property
    def dated(self) -> bool:
        """Whether dates matter to this request."""
        return bool(self.wanted.ranges) or any(split in selection.BUCKETS for split in self.splits)

    def choose(self) -> selection.Choice:
        """Return the figures that the filters choose, including the rises of running totals."""
        choice = selection.choose(self.read.entries, self.read.wholes, self.wanted, dated=self.dated)
        choice = choice._replace(left_out=self.read.left_out(choice.left_out))
        if not self.dated:
            return choice
        by = next((bucket for bucket in selection.BUCKETS if bucket in self.splits), None)
        rises = selection.rises(self.read.entries, self.read.context, self.wanted, by)
        return choice._replace(chosen=[*choice.chosen, *rises])

    def without_splits(self, choice: selection.Choice) -> selection.Choice:
        """Return what `choose` would return without a split by month, quarter or year, given what it returned.

        If no dates were asked for, these are the same figures without the rises, and none of them is only possible.
        """
        if self.wanted.ranges or self.wanted.certain:
            return self._replace(splits=()).choose()
        stated = [one for one in choice.chosen if one.of is None]
        return choice._replace(
            chosen=[one._replace(possible=False, by_report_date=False) if one.possible else one for one in stated]
        )

    def is_of_few(self, group: Sequence[Chosen]) -> bool:
        """Say whether one of these figures counts too few people for any statement about it to be shown."""
        if not self.min_cell:
            return False
        from scamcli.figures.suppression import is_small
        from scamcli.stats.suppression import is_of_people

        is_of_few = any(is_small(one.figure.bounds, self.min_cell) for one in group)
        return is_of_few and is_of_people(group[0].figure.unit)

    def group(self, chosen: Sequence[Chosen]) -> dict[tuple[str | None, ...], list[Chosen]]:
        """Group figures by their values for the splits, ignoring case."""
        if not self.splits:
            return {(): list(chosen)} if chosen else {}
        groups: dict[tuple[str | None, ...], list[Chosen]] = {}
        spellings: dict[str, str] = {}
        as_written: dict[tuple[str | None, ...], list[Chosen]] = {}
        for values, one in self._with_values(chosen):
            group = as_written.get(values)
            if group is None:
                key = tuple(
                    None if value is None else spellings.setdefault(value.casefold(), value) for value in values
                )
                group = as_written[values] = groups.setdefault(key, [])
            group.append(one)
        return groups

    def head(self, key: Sequence[str | None]) -> dict[str, str | None]:
        """Return the masked value of each split, by split."""
        shown = (None if value is None else self.lookup.shown(value) for value in key)
        return dict(zip(self.splits, shown, strict=True))

    def _with_values(self, chosen: Sequence[Chosen]) -> Iterable[tuple[tuple[str | None, ...], Chosen]]:
        if len(self.splits) == 1 and self.splits[0] not in {"source", "site"}:
            return zip(zip(self._values(chosen, self.splits[0]), strict=True), chosen, strict=True)  # the usual case
        valued: list[tuple[tuple[str | None, ...], Chosen]] = [((), one) for one in chosen]
        for split in self.splits:
            if split in {"source", "site"}:
                names = read_figures.names_of(self.connection, (one.entry.key for one in chosen), split)
                valued = [((*key, name), one) for key, one in valued for name in names[one.entry.key] or NO_NAME]
            else:
                values = self._values([one for _, one in valued], split)
                valued = [((*key, value), one) for (key, one), value in zip(valued, values, strict=True)]
        return valued

    def _values(self, chosen: Sequence[Chosen], split: str) -> list[str | None]:
        """Return the value of each figure for a split, masked if it is free text from the record."""
        values = selection.groups_of(chosen, split, self.read.wholes)
        masked = self.read.masked
        if not masked or split not in {"group", "nationality"}:
            return values
        return [value and self._masked(one.figure, split, value) for value, one in zip(values, chosen, strict=True)]

    def _masked(self, figure: Figure, split: str, value: str) -> str:
        """Return the value of a figure for a split as its record prints it, or the record of the whole that gave it."""
        for one in (figure, *ancestors(figure, self.read.wholes)):
            record = self.read.masked.get(one.key)
            printed = record and record["group" if split == "group" else "nationality"]
            if printed:
                return printed
        return value


def inquire(
    connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query, *, in_bundles: bool = False
) -> Inquiry:
    """Resolve a request, and read the figures of the events that it is about.

    With ``in_bundles``, rows of a data set that the table does not tell apart are read as sums, if that is possible.
    """
    name = lookup.metric_name(request.metric)
    metric = terms.metric(connection, name)
    if metric is None:
        raise WrongUsageError(f"No metric {quote(lookup.shown_metric(name))}.")
    require_one_value(lookup, name, asked)
    splits = read_splits(request.by or metric.split or "none", FIGURE_GROUPINGS)
    on_events = without_conditions_on_figures(asked)
    compiled = filters.compile_query(on_events, lambda: lookup)
    wanted = conditions_on_figures(lookup, request, asked)
    needs_each = request.min_cell or lookup.masker is not None or not {"site", "source"}.isdisjoint(splits)
    data_set = "SELECT 1 FROM term WHERE type = 'dataset' LIMIT 1"
    if in_bundles and not needs_each and connection.execute(data_set).fetchone():
        from scamcli.stats import bundled_rows  # here, because most timelines have no data set

        read = bundled_rows.read(connection, compiled, metric, lookup, bundled_rows.Apart.of(splits, wanted))
    else:
        read = read_figures.read(connection, compiled, metric, lookup)
    every = filters.compile_query(on_events._replace(drafts=True), lambda: lookup)
    drafts = read_figures.in_drafts(connection, every, name)
    words = sentence(compiled, wanted, asked, lookup)
    return Inquiry(connection, lookup, metric, splits, read, wanted, words, drafts, request.min_cell or 0, {})


def require_one_value(lookup: Lookup, metric: str, asked: Query) -> None:
    """Refuse filters that no figure of a metric can match.

    Raises:
        WrongUsageError: the filters ask for another metric, or for several values of a field that has only one.
    """
    if asked.metric and metric not in {lookup.metric_name(one) for one in asked.metric}:
        raise WrongUsageError(
            f"The table is about {lookup.shown_metric(metric)}, but --metric asks for {', '.join(asked.metric)}."
        )
    for field in ("country", "province", "nationality"):
        values: tuple[str, ...] = getattr(asked, field)
        if asked.match == "all" and len(set(values)) > 1:
            reason = f"A figure has only one {field}, so --match all with {len(values)} of them finds nothing."
            raise WrongUsageError(reason)


def without_conditions_on_figures(asked: Query) -> Query:
    """Return the part of a query that chooses events."""
    return asked._replace(
        country=(), province=(), nationality=(), metric=(), from_=(), to=(), during=(), certain=False, drafts=False
    )


def conditions_on_figures(lookup: Lookup, request: Request, asked: Query) -> selection.Asked:
    """Return the part of a query that chooses figures, with its names resolved."""
    countries = frozenset(lookup.country_code(value) for value in asked.country)
    provinces = frozenset(lookup.province_name(value) for value in asked.province)
    nationalities = frozenset(name.casefold() for value in asked.nationality for name in lookup.same_people(value))
    return selection.Asked(
        countries, provinces, nationalities, asked.ranges, asked.match == "all", asked.certain, request.undisputed
    )


def read_splits(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one or two splits that a comma separates in a text, or an empty tuple for ``none``.

    Raises:
        WrongUsageError: A split is unknown or repeated, or there are more than two.
    """
    splits = tuple(filters.match_word(part.strip(), known, "split") for part in text.split(","))
    if splits == ("none",):
        return ()
    if len(splits) > 2 or len(set(splits)) < len(splits) or "none" in splits:
        raise WrongUsageError(f"--by {quote(text)}: expected one split, or two different ones such as province,month.")
    return splits


def sentence(compiled: filters.CompiledQuery, wanted: selection.Asked, asked: Query, lookup: Lookup) -> str:
    """Return all filters in words."""
    conditions = [compiled.sentence] if compiled.sentence else []
    conditions += [f"in {' or '.join(sorted(places))}" for places in (wanted.countries, wanted.provinces) if places]
    if wanted.nationalities:
        conditions.append(f"nationality {' or '.join(map(lookup.shown, asked.nationality))}")
    if wanted.ranges:
        conditions.append(filters.CompiledQuery((), wanted.ranges, wanted.certain, wanted.every_range).sentence)
    if wanted.undisputed:
        conditions.append("undisputed")
    return ", ".join(conditions)
