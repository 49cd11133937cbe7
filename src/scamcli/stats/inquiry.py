"""Resolve the names in a request for figures of one metric, and read and choose the figures."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self, TypedDict

from scamcli.errors import WrongUsageError, quote
from scamcli.language.vocabulary import FIGURE_GROUPINGS, Metric
from scamcli.language.wording.bounds import UNKNOWN, Number
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.regions import Region
from scamcli.numbers.scope import divisions_of, normalise_words
from scamcli.numbers.suppression import LEAST, is_small
from scamcli.numbers.tables import Label, Question, Row, Split, Table, make_table
from scamcli.output.text.nouns import country_name
from scamcli.query import filters
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats.read import Apart, Reading, Recorded, in_drafts, names_of, read
from scamcli.stats.suppression import is_of_people
from scamcli.store import settings, terms

EVENTS_ARE_NO_FIGURES = "--explain and --undisputed are for figures, and events are not figures."

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
        return self.checked()

    def checked(self) -> Self:
        """Return the request, whose threshold is given.

        Raises:
            WrongUsageError: The threshold is negative, 2, or above `MOST_SUPPRESSED`.
        """
        assert self.min_cell is not None
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
        wanted: Which entries are wanted, by what they are about.
        sentence: The filters in words.
        drafts: How many figures are in drafts, which never count.
        min_cell: Numbers of people below this are suppressed; 0 suppresses none.
        undisputed: Whether to leave out figures that another event disputes.
        attributions: Who stated a figure, and where, for the figures of this request that were attributed already.
    """

    connection: sqlite3.Connection
    lookup: Lookup
    metric: Metric
    splits: tuple[str, ...]
    read: Reading
    wanted: Region
    sentence: str
    drafts: int
    min_cell: int
    undisputed: bool
    attributions: dict[tuple[str, str], tuple[str, str]]

    @property
    def name(self) -> str:
        """The name of the metric as it may be printed."""
        return self.lookup.shown_metric(self.metric.name)

    def tables(self) -> list[Combined]:
        """Return a table for each unit and each number that is never added; those of one moment are last."""
        chosen = {one.figure.key: one for one in self.read.chosen if not (self.undisputed and one.disputed)}
        kinds: dict[tuple[object, ...], list[Figure]] = {}
        for figure in self.read.figures.values():
            kinds.setdefault(_kind(figure), []).append(figure)
        splits = [self._split(name, chosen) for name in self.splits]
        question = Question(self.wanted, splits, lambda figure: figure.key in chosen, self.read.implied)
        found = []
        for figures in sorted(kinds.values(), key=lambda figures: figures[0].count == "stock"):
            if any(figure.key in chosen for figure in figures):
                kept = [figure for figure in figures if not self.undisputed or figure.key in chosen]
                is_never_added = figures[0].count == "none"
                found.append(Combined(figures[0].unit, is_never_added, make_table(kept, self.read.facts, question)))
        return found

    @property
    def withholds(self) -> bool:
        """Whether small numbers of people are suppressed, so that no number is printed outside of the rows."""
        return bool(self.min_cell) and any(is_of_people(figure.unit) for figure in self.read.figures.values())

    def is_of_few(self, row: Row) -> bool:
        """Say whether a statement about a row may be about few people, so that nothing about any may be printed.

        It may if it has no bounds, if a running total rises by few, if parts leave few of a whole, or if the row is
        what they leave: with the whole, it gives their number.
        """
        if not self.withholds:
            return False
        about = [*row.entries, *row.partly, *(entry for within in row.rises for entry in within.series)]
        numbers = [figure.bounds for entry in about for figure in (*entry.statements, *entry.replaced)]
        numbers += [entry.bounds for entry in row.entries if entry.label == "rise"]
        is_left_over = any(entry.label == "rest" for entry in row.entries)
        is_revealing = any(number == UNKNOWN or is_small(number, self.min_cell) for number in numbers)
        return is_left_over or is_revealing or is_small(_differences(row), self.min_cell)

    def head(self, label: Label) -> dict[str, str | None]:
        """Return the masked value of each split of a row, by split."""
        shown = (None if value is None else self.read.name(value) for value in label)
        return dict(zip(self.splits, shown, strict=True))

    def _split(self, name: str, chosen: Mapping[Key, Recorded]) -> Split:
        if name == "actor":
            return Split(name, lambda figure: [self.read.speaker(figure)], is_of_speakers=True)
        if name == "kind":
            return Split(name, lambda figure: [chosen[figure.key].kind] if figure.key in chosen else [])
        if name in {"source", "site"}:
            names = names_of(self.connection, (one.key for one in chosen.values()), name)

            def names_of_event(figure: Figure) -> list[str]:
                return names[chosen[figure.key].key] if figure.key in chosen else []

            return Split(name, names_of_event, is_of_outlets=name == "source")
        return Split(name)


class Combined(NamedTuple):
    """A table of figures of one unit. A number such as a share is never added to others."""

    unit: str | None
    is_never_added: bool
    table: Table


def _differences(row: Row) -> Iterator[Number]:
    """Yield how much a later word is above the one that it replaces, and what parts leave of a whole."""
    parts: dict[Key, Number] = defaultdict(int)
    for entry in row.entries:
        for figure in entry.statements:
            if figure.whole is not None:
                parts[figure.whole] += figure.low or 0
        yield from ((entry.bounds.low or 0) - (figure.low or 0) for figure in entry.replaced)
    for entry in row.entries:
        yield from ((figure.low or 0) - parts[figure.key] for figure in entry.statements if figure.key in parts)


def _kind(figure: Figure) -> tuple[object, ...]:
    """Return what is equal in figures that can be added: numbers at one moment are not added to what happened."""
    if figure.count == "none":
        return figure.unit, figure.key
    return figure.unit, figure.count == "stock"


def inquire(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Inquiry:
    """Resolve a request, and read the figures of the events that it is about."""
    name = lookup.metric_name(request.metric)
    metric = terms.metric(connection, name)
    if metric is None:
        raise WrongUsageError(f"No metric {quote(lookup.shown_metric(name))}.")
    require_one_value(lookup, name, asked)
    splits = read_splits(request.by or metric.split or "none", FIGURE_GROUPINGS)
    on_events = without_conditions_on_figures(asked)
    compiled = filters.compile_query(on_events, lambda: lookup)
    wanted = conditions_on_figures(lookup, asked)
    figures = read(connection, compiled, metric, lookup, apart=_apart(request, splits, wanted, lookup))
    every = filters.compile_query(on_events._replace(drafts=True), lambda: lookup)
    drafts = in_drafts(connection, every, name)
    words = sentence(compiled, wanted, request, asked, lookup)
    return Inquiry(
        connection,
        lookup,
        metric,
        splits,
        figures,
        wanted,
        words,
        drafts,
        request.min_cell or 0,
        request.undisputed,
        {},
    )


def _apart(request: Request, splits: tuple[str, ...], wanted: Region, lookup: Lookup) -> Apart | None:
    """Return what a table tells apart, or ``None`` if each figure must be read by itself."""
    needs_each = request.explain or request.cite or request.min_cell or lookup.masker is not None
    if needs_each or not {"site", "source"}.isdisjoint(splits):
        return None
    asked = {"country": wanted.countries, "province": wanted.places, "nationality": wanted.nationalities}
    return Apart(splits, [name for name, values in asked.items() if values], bool(wanted.ranges))


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


def conditions_on_figures(lookup: Lookup, asked: Query) -> Region:
    """Return the part of a query that chooses entries by what they are about, with its names resolved."""
    provinces = [lookup.province_name(value) for value in asked.province]
    nationalities = [name for value in asked.nationality for name in lookup.same_people(value)]
    return Region(
        countries=frozenset(lookup.country_code(value) for value in asked.country),
        places=frozenset(place for province in provinces for place in divisions_of(province)),
        nationalities=frozenset(map(normalise_words, nationalities)),
        ranges=_date_ranges(asked),
    )


def _date_ranges(asked: Query) -> tuple[tuple[int, int], ...]:
    """Return the ranges of days that a query asks for; with ``--match all``, the days that all of them share."""
    if asked.match != "all" or len(asked.ranges) < 2:
        return asked.ranges
    return ((max(first for first, _ in asked.ranges), min(last for _, last in asked.ranges)),)


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


def sentence(compiled: filters.CompiledQuery, wanted: Region, request: Request, asked: Query, lookup: Lookup) -> str:
    """Return all filters in words."""
    conditions = [compiled.sentence] if compiled.sentence else []
    provinces = sorted(lookup.province_name(value) for value in asked.province)
    places = [" or ".join(sorted(map(country_name, wanted.countries))), " or ".join(provinces)]
    conditions += [f"in {names}" for names in places if names]
    if asked.nationality:
        conditions.append(f"nationality {' or '.join(map(lookup.shown, asked.nationality))}")
    if wanted.ranges:
        conditions.append(filters.CompiledQuery((), wanted.ranges, False, False).sentence)
    if request.undisputed:
        conditions.append("undisputed")
    return ", ".join(conditions)
