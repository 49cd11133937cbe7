"""What was asked of the figures of one metric: names resolved, figures read and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.query import filters
from scamcli.stats import read_figures, rows, selection
from scamcli.store import terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from scamcli.language.vocabulary import Metric
    from scamcli.query.filters import Query
    from scamcli.query.resolve import Lookup
    from scamcli.stats.selection import Chosen

SPLITS = ("province", "nationality", "group", "actor", "source", "kind", *selection.BUCKETS, "none")

NOBODY: list[str | None] = [None]


class Request(NamedTuple):
    """What is asked.

    Attributes:
        metric: its name, or ``events``.
        by: a split, or two with a comma between them; ``None`` is the metric's own.
        undisputed: without what another event disputes.
        explain: with the derivation of every row.
        cite: with what the table rests on.
    """

    metric: str
    by: str | None = None
    undisputed: bool = False
    explain: bool = False
    cite: bool = False


class Inquiry(NamedTuple):
    """A request with its names resolved, over one database.

    Attributes:
        splits: the keys of a row; empty for ``none``.
        sentence: the filters in words.
        drafts: how many figures stand in drafts, which never count.
    """

    connection: sqlite3.Connection
    lookup: Lookup
    metric: Metric
    splits: tuple[str, ...]
    read: read_figures.Reading
    wanted: selection.Asked
    sentence: str
    about: rows.Context
    drafts: int

    @property
    def dated(self) -> bool:
        """Whether time matters."""
        return bool(self.wanted.ranges) or any(split in selection.BUCKETS for split in self.splits)

    def choose(self) -> selection.Choice:
        """The figures that the filters choose."""
        return selection.choose(self.read.entries, self.read.wholes, self.wanted, dated=self.dated)

    def group(self, chosen: Sequence[Chosen]) -> dict[tuple[str | None, ...], list[Chosen]]:
        """The chosen figures by their values of the splits; letters' case does not matter."""
        groups: dict[tuple[str | None, ...], list[Chosen]] = {}
        spelt: dict[str, str] = {}
        keys: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
        for values, one in self._valued(chosen):
            key = keys.get(values)
            if key is None:
                key = tuple(None if value is None else spelt.setdefault(value.casefold(), value) for value in values)
                keys[values] = key
            groups.setdefault(key, []).append(one)
        return groups

    def head(self, key: Sequence[str | None]) -> dict[str, str | None]:
        """The row's own keys, as they may be printed."""
        shown = (None if value is None else self.lookup.shown(value) for value in key)
        return dict(zip(self.splits, shown, strict=True))

    def _valued(self, chosen: Sequence[Chosen]) -> list[tuple[tuple[str | None, ...], Chosen]]:
        valued: list[tuple[tuple[str | None, ...], Chosen]] = [((), one) for one in chosen]
        for split in self.splits:
            if split == "source":
                outlets = read_figures.originals(self.connection, (one.entry.key for one in chosen))
                valued = [((*key, outlet), one) for key, one in valued for outlet in outlets[one.entry.key] or NOBODY]
            else:
                valued = [((*key, self._value(one, split)), one) for key, one in valued]
        return valued

    def _value(self, one: Chosen, split: str) -> str | None:
        """The value of a figure for a split, as it may be printed where it is a text of its record."""
        value = selection.group_of(one, split, self.read.wholes)
        if not self.read.masked:
            return value
        masked = self.read.masked.get(one.figure.key)
        return masked[split] if masked and value is not None and split in {"group", "nationality"} else value


def inquire(connection: sqlite3.Connection, lookup: Lookup, request: Request, asked: Query) -> Inquiry:
    """Resolve a request, and read the figures of the events that it concerns.

    Raises:
        NotFoundError, WrongUsageError: a filter, metric or split that cannot be meant.
    """
    name = lookup.metric_name(request.metric)
    metric = terms.metric(connection, name)
    if metric is None or (asked.metric and {lookup.metric_name(one) for one in asked.metric} != {name}):
        raise WrongUsageError(f"figures of {name}, but --metric asks for {', '.join(asked.metric)}")
    for field, values in (("province", asked.province), ("nationality", asked.nationality)):
        if asked.match == "all" and len(set(values)) > 1:
            raise WrongUsageError(f"a figure has one {field}: --match all with {len(values)} of them finds none")
    splits = read_splits(request.by or metric.split or "none", SPLITS)
    on_events = asked._replace(
        province=(), nationality=(), metric=(), from_=(), to=(), during=(), certain=False, drafts=False
    )
    compiled = filters.compile_query(on_events, lambda: lookup)
    read = read_figures.read(connection, compiled, metric, lookup.masker)
    wanted = selection.Asked(
        frozenset(lookup.province_name(value) for value in asked.province),
        frozenset(lookup.find("nationality", value)[1].casefold() for value in asked.nationality),
        asked.ranges,
        asked.match == "all",
        asked.certain,
        request.undisputed,
    )
    about = rows.context(read, lookup.shown)
    sentence = _sentence(compiled, wanted, asked, lookup)
    every = filters.compile_query(on_events._replace(drafts=True), lambda: lookup)
    drafts = read_figures.in_drafts(connection, every, name)
    return Inquiry(connection, lookup, metric, splits, read, wanted, sentence, about, drafts)


def read_splits(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """One split, or two with a comma between them; none for ``none``.

    Raises:
        WrongUsageError: an unknown split, the same twice, or three.
    """
    splits = tuple(filters.match_word(part.strip(), known, "split") for part in text.split(","))
    if splits == ("none",):
        return ()
    if len(splits) > 2 or len(set(splits)) < len(splits) or "none" in splits:
        raise WrongUsageError(f"--by {text}: expected one split, or two different ones such as province,month")
    return splits


def _sentence(compiled: filters.CompiledQuery, wanted: selection.Asked, asked: Query, lookup: Lookup) -> str:
    conditions = [compiled.sentence] if compiled.sentence else []
    if wanted.provinces:
        conditions.append(f"in {' or '.join(sorted(wanted.provinces))}")
    if wanted.nationalities:
        conditions.append(f"nationality {' or '.join(map(lookup.shown, asked.nationality))}")
    if wanted.ranges:
        conditions.append(filters.CompiledQuery((), wanted.ranges, wanted.certain, wanted.every_range).sentence)
    if wanted.undisputed:
        conditions.append("undisputed")
    return ", ".join(conditions)
