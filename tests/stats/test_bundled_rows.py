"""Tables in which rows of a data set are added up in SQL, against the same tables read row by row."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline, where
from scamcli.language.vocabulary import FIGURE_GROUPINGS
from scamcli.stats import bundled_rows, read_figures
from scamcli.store import setup
from tests.helpers.driver import take_in
from tests.helpers.mixtures import METRICS, YEARS, mixture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Record = dict[str, Any]
DECLARED = {"name": "declared", "disjoint": True}
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"during": "2031-02"}, {"from_": "2031-01-25", "to": "2031-03-10", "certain": True}, {"province": ["Kandal"]},
    {"country": "KH"}, {"nationality": "thai"}, {"kind": ["raid", "report"]}, {"actor": "Ada Brel"},
    {"during": ["2031-02", "2031-02-10/2031-04"], "match": "all"},
)  # fmt: skip
SPLITS = (*FIGURE_GROUPINGS, "country,month", "province,kind", "nationality,year", "site,month")


def records(chance: Random) -> Iterator[Record]:
    """Yield rows of a data set, and a few events of other kinds, some of which are linked to them or like them."""
    others = [one for one in mixture(chance) if one["type"] == "event"][: chance.choice((0, 0, 3, 12))]
    only_incidents, is_linked = chance.random() < 0.5, chance.random() < 0.5
    for one in others:
        one["dataset"] = chance.choice((None, None, DECLARED))
        one["links"] = one["links"] if is_linked else []
        for figure in one["figures"] if only_incidents else ():
            figure |= {"count": "incident", "period": None}
    quarters = chance.choice((1, 4, 16))
    start = date(chance.choice(YEARS), 1, 20)
    rows = [_row(number, chance, start, quarters) for number in range(150)]
    for one in others[:: chance.choice((1, 2, 100))]:
        row = chance.choice(rows)
        one |= {"date": row["date"], "sites": row["sites"]}
        if is_linked:
            one["links"] = [{"type": chance.choice(("repeats", "disputes", "distinct")), "event": row["id"]}]
    yield {"type": "actor", "name": "Ada Brel"}
    yield from rows
    yield from others


def _row(number: int, chance: Random, start: date, quarters: int) -> Record:
    day = start + timedelta(days=chance.randrange(60) + 91 * chance.randrange(quarters))
    dates = (f"{day}", f"{day}", f"{day}", f"{day}", f"{day:%Y-%m}", f"{day}~", f"{day}/{day + timedelta(days=40)}")
    value, more = chance.choice((1, 2, 3, 12, 30)), chance.choice((0, 0, 5))
    province = chance.choice((None, "Kandal", "Takeo"))
    figure = {
        "id": "n", "metric": METRICS[0],
        "low": value, "best": chance.choice((value, value, None)), "high": value + more,
        "country": "KH" if province else chance.choice((None, "KH", "MM")), "province": province, "count": "incident",
        "nationality": chance.choice((None, None, "Thai")), "unit": chance.choice((None,) * 20 + ("families",)),
        "stated_by": chance.choice((None,) * 9 + ("Bo Quist",)),
    }  # fmt: skip
    twice = [figure, figure | {"id": "m"}] if chance.random() < 0.03 else [figure]
    return {
        "type": "event", "id": f"row-{number}", "date": chance.choice(dates), "title": "A row", "kind": "raid",
        "sites": chance.choice(([], [], ["Blue Gate"])), "dataset": DECLARED, "figures": twice, "links": [],
        "sources": [{"outlet": "Lantern"}], "status": "draft" if chance.random() < 0.03 else "reviewed",
    }  # fmt: skip


def compare(folder: Path, seed: int) -> None:
    """Compare tables of one timeline."""
    chance, path = Random(seed), folder / f"{seed}.db"
    setup.make(path, seed=False)
    take_in(path, *records(chance))
    with Timeline(path) as timeline:
        for split in SPLITS:
            for given in chance.sample(FILTERS, 3):
                asked, undisputed = where(**given), chance.random() < 0.2
                short = timeline.stats(METRICS[0], asked, by=split, undisputed=undisputed)
                plain = timeline.stats(METRICS[0], asked, by=split, undisputed=undisputed, explain=True)
                assert [*short.rows, *short.total] == [*map(_without, (*plain.rows, *plain.total))], (
                    seed,
                    split,
                    given,
                )
                assert short.notes == plain.notes, (seed, split, given)


def _without(row: Record) -> Record:
    return {key: value for key, value in row.items() if key not in {"explain", "working"}}


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many figures the bundles stand that were read."""
    seen: list[int] = []
    read = bundled_rows.read

    def noting(*args: Any) -> read_figures.Reading:
        found = read(*args)
        seen.extend((found.context.sizes or {}).values())
        return found

    monkeypatch.setattr(bundled_rows, "read", noting)
    return seen


# The other seeds have too little to bundle.
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in (3, 10))])
def test_bundles_change_no_table(seed: int, tmp_path: Path, bundled: list[int]) -> None:
    compare(tmp_path, seed)
    assert max(bundled) > 1


@pytest.mark.parametrize("asked", [{}, {"actor": "Ada Brel"}])
def test_each_row_is_in_its_month_quarter_and_year(asked: Record, tmp_path: Path, bundled: list[int]) -> None:
    months = [(year, month) for year in range(1999, 2005) for month in range(1, 13)]
    path = tmp_path / "rows.db"
    setup.make(path, seed=False)
    take_in(path, *(_single(f"{year}-{month:02}-{day}") for year, month in months for day in ("01", "02", "28")))
    with Timeline(path) as timeline:
        for by, size, labels in (
            ("month", 3, [f"{year}-{month:02}" for year, month in months]),
            ("quarter", 9, [f"{year}-Q{quarter}" for year in range(1999, 2005) for quarter in range(1, 5)]),
            ("year", 36, [str(year) for year in range(1999, 2005)]),
        ):
            rows = timeline.stats(METRICS[0], where(**asked), by=by).rows
            assert [(row[by], row["low"], row["claims"]) for row in rows] == [(label, size, size) for label in labels]
            assert size in bundled


def _single(day: str) -> Record:
    figure = {"id": "n", "metric": METRICS[0], "low": 1, "best": 1, "high": 1, "count": "incident"}
    return {
        "type": "event", "id": f"row-{day}", "date": day, "title": "A row", "kind": "raid",
        "actors": [{"name": "Ada Brel"}], "dataset": DECLARED, "figures": [figure],
        "sources": [{"outlet": "Lantern"}], "status": "reviewed",
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("batch", range(8))
def test_bundles_change_no_table_of_many(batch: int, tmp_path: Path) -> None:
    for seed in range(5):
        compare(tmp_path, 100 + batch * 5 + seed)
