"""The results of ``stats``, compared number by number with an oracle that reads every exported record."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import generate
from scamcli import Timeline, where
from scamcli.language.vocabulary import EVENT_GROUPINGS, FIGURE_GROUPINGS, Metric
from tests.helpers import oracle_events, oracle_stats
from tests.helpers.grown_timeline import OWN_METRIC, RETOLD
from tests.helpers.oracle import ranges
from tests.helpers.oracle_stats import Answer, Asked, World
from tests.query.test_search_oracle import some_query, some_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.query.filters import Query
    from scamcli.stats import Table
    from tests.helpers.oracle import Kept

OWN = Metric(OWN_METRIC, "pieces", "group", "aggregate", "")
METRICS = (*generate.METRICS, "captives", "sentences", "losses", "share", OWN_METRIC)
NUMBERS = ("Only possible", "Derived", "Said by", "Speaker not", "Left out", "Disputed by")
"""How the notes begin that give numbers and names. The others only say how to read a table."""


@pytest.fixture(scope="module")
def timeline(kept: Kept) -> Iterator[Timeline]:
    with Timeline(kept.path) as opened:
        yield opened


@pytest.fixture(scope="module")
def world(kept: Kept) -> World:
    return World(kept, [OWN], str, dict)


def by(splits: tuple[str, ...]) -> str:
    return ",".join(splits) or "none"


def numbers(table: Table) -> list[str]:
    return [note for note in table.notes if any(word in note for word in NUMBERS)]


def see(timeline: Timeline, world: World, asked: Asked) -> Table:
    """Ask the program and the oracle, and compare every row, total, note and digest."""
    table = timeline.stats(asked.metric, asked.query, by=by(asked.splits), undisputed=asked.undisputed, cite=True)
    answer = Answer(world, asked)
    rows = answer.rows()
    assert [same(row) for row in without(table.rows, "cite")] == [same(row) for row in rows], asked
    assert without(table.rows, "cite") == rows, asked
    assert without(table.total, "cite") == answer.total(), asked
    assert numbers(table) == answer.notes(rows), asked
    assert without_versions(table.basis) == answer.basis(), asked
    return table


def without(rows: Sequence[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    """Rows without the keys that repeat the numbers in words."""
    return [{key: value for key, value in row.items() if key not in keys} for row in rows]


def without_versions(basis: str) -> str:
    """The basis of a table without the versions of rules and program at its end."""
    return basis.partition("; rules ")[0]


def same(row: dict[str, Any]) -> tuple[object, ...]:
    return tuple(value for key, value in row.items() if key not in {"events", "stated"})


def some_filters(kept: Kept, rng: random.Random, metric: str) -> Query:
    """Filters that match some of the figures of a metric, with ``--match all`` only where that makes sense."""
    given: dict[str, Any] = {}
    if rng.random() < 0.4:
        given["during"] = [some_time("during", rng), f"{rng.randint(1995, 2025)}/.."][: rng.randint(1, 2)]
    elif rng.random() < 0.3:
        given["from_"] = some_time("from_", rng)
    some = {"country": ("KH", "MM", "TH"), "province": generate.PROVINCES[:8],
            "nationality": ("Thai", "CHINESE", "vietnamese")}  # fmt: skip
    for name, values in some.items():
        if rng.random() < 0.3:
            given[name] = rng.sample(values, rng.randint(1, 2))
    if rng.random() < 0.2:
        given["metric"] = metric
    single = all(len(given.get(name, "")) < 2 for name in ("country", "province", "nationality"))
    match = rng.choice(("any", "any", "all")) if single else "any"
    asked = where(**given, match=match, certain=rng.random() < 0.3)
    if rng.random() < 0.5:  # of those that repeat each other some
        return asked._replace(kind=tuple(rng.sample(generate.KINDS, 8)), match="any")
    if rng.random() < 0.6:
        others = some_query(kept, rng)
        names = ("text", "actor", "role", "site", "kind", "source", "via", "tag")
        return asked._replace(**{name: getattr(others, name) for name in names})
    return asked


def some_splits(rng: random.Random, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(rng.sample([split for split in known if split != "none"], rng.choice((0, 1, 1, 2))))


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_by_a_third_of_the_splits(timeline: Timeline, world: World, metric: str) -> None:
    """Each split with a third of the metrics."""
    rng, at = random.Random(metric), METRICS.index(metric)
    for split in FIGURE_GROUPINGS[at % 3 :: 3]:
        splits = () if split == "none" else (split,)
        assert see(timeline, world, Asked(metric, where(), splits, undisputed=rng.random() < 0.3)).rows


@pytest.mark.parametrize("metric", RETOLD)
def test_what_is_one_by_way_of_what_is_not_chosen(timeline: Timeline, world: World, metric: str) -> None:
    for asked in (where(kind="raid"), where(kind="meeting"), where(kind="raid", during="2010", province="Kandal")):
        for splits in ((), ("group",)):
            table = see(timeline, world, Asked(metric, asked, splits))
    (row,) = [row for row in table.rows if row["group"] == "people told of"]
    assert row["claims"] == 3, row  # the two ends of the chain are one, those that repeat a draft are two


@pytest.mark.parametrize("seed", range(12))
def test_filters_splits_and_disputes(timeline: Timeline, world: World, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(9):
        metric = rng.choice(METRICS)
        asked = some_filters(world.kept, rng, metric)
        if ranges(asked) is not None:
            see(
                timeline, world, Asked(metric, asked, some_splits(rng, FIGURE_GROUPINGS), undisputed=rng.random() < 0.3)
            )


@pytest.mark.parametrize("split", EVENT_GROUPINGS)
def test_every_split_of_events(timeline: Timeline, world: World, split: str) -> None:
    rng = random.Random(split)
    for asked in (where(), *(some_query(world.kept, rng) for _ in range(6))):
        if ranges(asked) is not None:
            other = rng.choice([one for one in EVENT_GROUPINGS if one not in {split, "none"}])
            splits = () if split == "none" else (split,) if rng.random() < 0.7 else (split, other)
            table = timeline.stats("events", asked, by=by(splits), cite=True)
            assert without(table.rows, "cite") == oracle_events.events(world, asked, splits), asked
            assert [note for note in table.notes if "Left out" in note] == oracle_events.left_out(world, asked), asked
            assert without_versions(table.basis) == oracle_events.basis(world, asked), asked


def test_protected_names_are_withheld_and_nothing_else_changes(withheld: Kept) -> None:
    with Timeline(withheld.path) as timeline:
        masker = timeline._masker
        assert masker is not None
        world = World(withheld, [OWN], timeline.shown, masker.record)
        asked = [("captives", "actor"), *(("rescues", split) for split in ("actor", "group", "nationality", "source"))]
        told = [see(timeline, world, Asked(metric, where(), (split,))) for metric, split in asked]
        assert "[protected-" in str(told)
        assert timeline.stats("events", by="actor").rows == oracle_events.events(world, where(), ("actor",))


@pytest.mark.parametrize("metric", ["rescues", "premises", "deaths"])
def test_every_figure_is_explained_by_its_record(timeline: Timeline, world: World, metric: str) -> None:
    for split, explained in (("none", True), ("kind", False)):
        table = timeline.stats(metric, by=split, explain=True)
        answer = Answer(world, Asked(metric, where(), () if split == "none" else (split,)))
        assert without(table.rows, "explain", "working") == answer.rows()
        lines = [line for row in table.rows for line in row["explain"]]
        assert sorted((line["event"], line["figure"]) for line in lines) == sorted(
            one.figure.key for one in answer.chosen
        )
        records = {
            (one.event.id, figure["id"]): (one.event, figure)
            for one in answer.chosen
            for figure in one.event.record["figures"]
        }
        for line in lines:
            event, figure = records[line["event"], line["figure"]]
            assert (line["date"], line["period"], line["stated_by"]) == (
                event.record["date"],
                figure["period"]
                or (event.record["date"] if figure["count"] == "incident" and not figure["part_of"] else None),
                figure["stated_by"],
            )
            assert all(outlet in line["source"] for outlet in oracle_stats.outlets(event))
        if explained:
            entered = {(line["event"], line["figure"]): line["entered"] for line in lines}
            assert entered == answer.entered()


@pytest.mark.parametrize("metric", ["rescues", "cases", "captives", "phones"])
def test_two_periods_are_compared_by_their_rows(timeline: Timeline, world: World, metric: str) -> None:
    for split in ("none", "province", "nationality"):
        found = timeline.compare(metric, "2009", "2010", by=split)
        splits = () if split == "none" else (split,)
        for side, year in (("before", "2009"), ("after", "2010")):
            rows = Answer(world, Asked(metric, where(during=year, certain=True), splits)).rows()
            of_unit = [row for row in rows if row["unit"] == world.metrics[metric].unit]
            for row in found.rows:
                bounds = [
                    [one[key] for key in ("low", "best", "high")]
                    for one in of_unit
                    if all(one[key] == row[key] for key in splits)
                ]
                assert [*row[side].values()] == (bounds[0] if len(bounds) == 1 else [None] * 3), (split, row)
        assert found.rows
