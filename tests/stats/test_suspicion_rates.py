"""How often incidents are suspected to be recorded twice: the rates that ``docs/checks.md`` states."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import acled_rows, ged_rows, hand_kept
from tests.helpers.csv_files import written
from tests.helpers.driver import ok, take_in
from tests.helpers.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def suspected(db: Path) -> set[frozenset[str]]:
    rows = json.loads(ok("conflicts", "--only", "duplicate", "--json", "--db", str(db)))
    return {frozenset(figure["event"] for figure in row["figures"]) for row in rows}


@pytest.mark.parametrize(
    "module", [ged_rows, pytest.param(acled_rows, marks=pytest.mark.thorough)], ids=["ged", "acled"]
)
def test_rows_of_one_data_set_are_different_incidents(module: Any, tmp_path: Path) -> None:
    made = module.made()
    file = written(tmp_path / "rows.csv", made.rows if module is ged_rows else made)
    ok("import", file, "--db", str(tmp_path / "t.db"))
    assert suspected(tmp_path / "t.db") == set()


def test_a_list_kept_by_hand(tmp_path: Path) -> None:
    made = hand_kept.made()
    take_in(tmp_path / "t.db", *made.events)
    found = suspected(tmp_path / "t.db")
    right, wrong = len(found & made.twice), len(found - made.twice)
    stated = re.search(r"(\d+) of the (\d+) real duplicates, and (\d+) pairs? that", _page())
    assert stated is not None
    assert (right, hand_kept.TWICE, wrong) == tuple(map(int, stated.groups()))
    assert wrong <= 0.05 * len(made.events)


def _page() -> str:
    return " ".join((ROOT / "docs" / "checks.md").read_text(encoding="utf-8").split())


def test_of_the_same_list_as_a_table_only_equal_rows_are_suspected(tmp_path: Path) -> None:
    made = hand_kept.made()
    rows = [
        {"Number": str(number), "Date": one["date"], "Province": one["provinces"][0], "Site": "; ".join(one["sites"]),
         "Rescued": one["figures"][0]["stated"], "Outlet": one["sources"][0]["outlet"]}
        for number, one in enumerate(made.events)
    ]  # fmt: skip
    rows += [rows[5] | {"Number": "again 5"}, rows[17] | {"Number": "again 17"}]
    file = written(tmp_path / "raids.csv", rows)
    columns = (
        "Number=id",
        "Date=date",
        "Province=provinces",
        "Site=sites",
        "Rescued=figure.rescues",
        "Outlet=source.outlet",
    )
    maps = [word for column in columns for word in ("--map", column)]
    constants = ("--set", "kind=raid", "--set", "title=Raid in {Province}")
    ok("import", file, *maps, *constants, "--db", str(tmp_path / "t.db"))
    assert len(suspected(tmp_path / "t.db")) == 2
