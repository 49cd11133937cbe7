"""The engine against an enumeration of worlds, on random timelines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from scamcli.numbers.entries import Facts
from scamcli.numbers.regions import Region
from scamcli.numbers.tables import Question, Row, Split, Table, make_table
from tests.numbers.oracle_worlds import Extent, SplitBy, rows_of, total_of
from tests.numbers.random_timelines import Timeline, random_timeline

SPLITS: tuple[SplitBy, ...] = ("country", "province", "nationality", "month")


def table_of(timeline: Timeline, split: str | None = None) -> Table:
    figures = {figure.key: figure for figure in timeline.figures}
    splits = [] if split is None else [Split(split)]
    question = Question(Region(), splits, lambda _: True, {})
    return make_table(timeline.figures, Facts(figures, timeline.links, timeline.suspected), question)


@dataclass
class Tally:
    """How often the engine was exact, and where it was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def compare(self, name: str, row: Row | None, truth: Extent, what: str) -> None:
        if row is None:
            return
        low, _, high = row.total.bounds
        least = low or 0
        self.counts[f"{what} low"] += 1
        self.counts[f"{what} low exact"] += least == truth.minimum
        if least > truth.minimum:
            self.wrong.append(f"{name}: low {low} above {truth.minimum}")
        self.counts[f"{what} high"] += 1
        is_open = truth.maximum is None
        may_be_unknown = bool(row.partly) or not row.total.is_sum
        self.counts[f"{what} high right"] += high == truth.maximum or (high is None and (is_open or may_be_unknown))
        self.counts[f"{what} high exact"] += high == truth.maximum
        if high is not None and (truth.maximum is None or high < truth.maximum):
            self.wrong.append(f"{name}: high {high} below {truth.maximum}")
        limit = row.total.limit
        if limit is not None and (truth.maximum is None or limit < truth.maximum):
            self.wrong.append(f"{name}: limit {limit} below {truth.maximum}")


def tally(seeds: range) -> Tally:
    found = Tally()
    for seed in seeds:
        timeline = random_timeline(seed)
        truth = total_of(timeline.figures, timeline.links, timeline.suspected)
        if not truth.is_possible:
            continue
        found.compare(f"{seed}", table_of(timeline).everything, truth, "total")
        for split in SPLITS:
            rows = rows_of(timeline.figures, timeline.links, timeline.suspected, split)
            table = table_of(timeline, split)
            for row in table.rows:
                (label,) = row.label
                if label is not None and label in rows and rows[label].is_possible:
                    found.compare(f"{seed} {split} {label}", row, rows[label], "row")
    return found


def test_the_engine_agrees_with_every_world() -> None:
    found = tally(range(100))
    assert found.wrong == []
    assert found.counts["total low exact"] >= 0.95 * found.counts["total low"]
    assert found.counts["row low exact"] >= 0.95 * found.counts["row low"]
    assert found.counts["total high right"] >= 0.9 * found.counts["total high"]
    assert found.counts["row high right"] >= 0.9 * found.counts["row high"]


@pytest.mark.thorough
def test_the_engine_agrees_with_every_world_of_many_timelines() -> None:
    found = tally(range(200, 5200))
    assert found.wrong == []
    assert found.counts["total low exact"] >= 0.95 * found.counts["total low"]
    assert found.counts["total high right"] >= 0.9 * found.counts["total high"]
