"""Suppressed cells: `--min-cell` withholds small numbers of people, and what they could be worked out from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import event, ok, take_in

if TYPE_CHECKING:
    from pathlib import Path

SMALL = 7
COUNTS = {
    ("Kenyan", "Kandal"): SMALL, ("Kenyan", "Kampot"): 40, ("Thai", "Kandal"): 50, ("Thai", "Kampot"): 60,
    ("Lao", "Kandal"): 90, ("Lao", "Kampot"): 95,
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raids that freed people of three nationalities in two provinces, seven of them alone in their cell."""
    db = tmp_path_factory.mktemp("cells") / "cells.db"
    raids = [
        event(
            f"raid-{nationality}-{province}".lower(), f"2023-0{number}-01", "raid", title="A raid",
            provinces=[province], sources=[{"outlet": "The Paper", "url": "https://paper.example/a"}],
            figures=[{"metric": "rescues", "stated": str(count), "low": count, "best": count, "high": count,
                      "nationality": nationality, "province": province, "stated_by": "Police"}],
        )
        for number, ((nationality, province), count) in enumerate(COUNTS.items(), 1)
    ]  # fmt: skip
    take_in(db, *raids, event("other", "2023-08-01", figures=[{"metric": "complaints", "stated": str(SMALL),
            "province": "Kandal"}]))  # fmt: skip
    return db


def test_a_small_number_and_its_neighbours_are_null_and_marked(kept: Path) -> None:
    args = ("rescues", "--by", "nationality,province", "--min-cell", "10", "--json", "--db", str(kept))
    hidden = [row for row in json.loads(ok("stats", *args)) if row["suppressed"]]
    assert {(row["nationality"], row["province"]) for row in hidden} == {
        ("Kenyan", "Kandal"), ("Kenyan", "Kampot"), ("Thai", "Kandal"), ("Thai", "Kampot"),
    }  # fmt: skip
    for row in hidden:
        assert all(row[key] is None for key in ("low", "best", "high", "unadjusted", "entries", "not_added"))
        assert row["stated"] == row["events"] == []
