"""What `check` prints of many findings: a table has ten of each kind, and programs get all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import event, run, take_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    figures = [{"metric": "rescues", "stated": "5"}]
    raids = [
        event(f"e-{day}", date=f"2024-01-{day}", kind="raid", title=f"R{day}", figures=figures) for day in range(11, 24)
    ]
    take_in(tmp_path / "t.db", *raids)
    return tmp_path / "t.db"


def test_a_table_has_ten_of_each_kind(db: Path) -> None:
    answer = run("check", "--format", "table", "--db", str(db))
    assert [answer.out.count(f"\n{code} ") for code in ("F06", "S01")] == [10, 10]
    assert answer.err.splitlines() == [
        "scamcli: 3 more of F06: `scamcli check --select F06` lists all.",
        "scamcli: 3 more of S01: `scamcli check --select S01` lists all.",
        "scamcli: 26 findings: 13 F06, 13 S01.",
    ]


@pytest.mark.parametrize("args", [("--select", "F06", "--format", "table"), ("--select", "F06"), ("--select", "F")])
def test_what_is_selected_is_whole(db: Path, args: tuple[str, ...]) -> None:
    answer = run("check", *args, "--db", str(db))
    assert (answer.out.count("F06"), answer.err) == (13, "scamcli: 13 findings.\n")


def test_programs_get_every_finding(db: Path) -> None:
    rows = json.loads(run("check", "--json", "--db", str(db)).out)
    assert [row["code"] for row in rows] == ["F06"] * 13 + ["S01"] * 13
