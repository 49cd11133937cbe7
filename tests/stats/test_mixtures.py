"""Tables of generated timelines with a mixture of everything, compared with a plain and slow way to the digit."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline, where
from scamcli.errors import NotFoundError
from scamcli.language.vocabulary import FIGURE_GROUPINGS
from scamcli.store import setup
from tests.helpers import oracle_stats, slow_totals
from tests.helpers.driver import take_in
from tests.helpers.mixtures import METRICS, mixture
from tests.helpers.oracle import read
from tests.helpers.oracle_stats import Answer, Asked, World

if TYPE_CHECKING:
    from pathlib import Path

FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"during": "2031-02"}, {"from_": "2031-01-25", "to": "2031-03-10"}, {"province": ["Kandal", "Takeo"]},
    {"country": "MM"}, {"nationality": "thai"}, {"nationality": "Nepal"}, {"actor": "Ada Brel"},
    {"kind": ["raid", "report"]},
    {"source": "Lantern", "during": "2031"}, {"site": "Blue Gate"}, {"during": "2031", "certain": True},
)  # fmt: skip
SPLITS = tuple(() if split == "none" else (split,) for split in FIGURE_GROUPINGS)
PAIRS = (("province", "month"), ("nationality", "kind"), ("actor", "quarter"), ("site", "country"))


@pytest.fixture(autouse=True)
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the oracle add up the slow way as well."""
    monkeypatch.setattr(oracle_stats, "total", slow_totals.total)


def compare(folder: Path, seed: int) -> None:
    """Ask for every split and filter of one timeline, and compare all numbers with the slow way."""
    chance, path = Random(seed), folder / f"{seed}.db"
    records = list(mixture(chance))
    setup.make(path, seed=False)
    take_in(path, *records)
    with Timeline(path) as timeline:
        world = World(read(path, records), [], timeline.shown, timeline._masker.record if timeline._masker else dict)
        for split in SPLITS:
            see(timeline, world, Asked(METRICS[0], where(), split))
        for given in FILTERS:
            splits: tuple[str, ...] = chance.choice((*SPLITS, *PAIRS))
            asked = Asked(chance.choice(METRICS), where(**given), splits, undisputed=chance.random() < 0.2)
            see(timeline, world, asked)


def see(timeline: Timeline, world: World, asked: Asked) -> None:
    with suppress(*([NotFoundError] if asked.query.nationality else [])):  # a small timeline may lack a nationality
        see_table(timeline, world, asked)


def see_table(timeline: Timeline, world: World, asked: Asked) -> None:
    table = timeline.stats(asked.metric, asked.query, by=",".join(asked.splits) or "none", undisputed=asked.undisputed)
    answer = Answer(world, asked)
    assert table.rows == answer.rows(), asked
    assert table.total == answer.total(), asked


@pytest.mark.parametrize("seed", range(2))
def test_every_split_and_some_filters(seed: int, tmp_path: Path) -> None:
    compare(tmp_path, seed)


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(20))
def test_many_mixtures(batch: int, tmp_path: Path) -> None:
    for seed in range(10):
        compare(tmp_path, 1000 + batch * 10 + seed)
