"""Mappings proposed for tables that nobody looked at while the code that proposes was written.

`tests/helpers/held_tables.py` says what the tables are. A proposal is right or silent: at least 95 % of the proposed
fields are right, none that would store something false is proposed as certain, and each table is imported correctly
with at most two commands.

When the tables were first measured, 94.5 % of 275 proposed fields were right, and 4 false ones were called sure. Only
that number says how proposals do on tables unseen; since then the code has changed where it failed on them.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.held_score import imported, proposal, scored
from tests.helpers.held_tables import HELD, Held, held_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES = held_tables()
RIGHT = 0.95
"""The least share of proposed fields that has to be right."""

NOT_YET: dict[str, str] = {}
"""Tables that two commands do not import correctly, with the reason."""


@pytest.fixture(params=TABLES, ids=lambda table: table.name)
def table(request: pytest.FixtureRequest) -> Held:
    found = request.param
    assert isinstance(found, Held)
    return found


def test_there_are_enough_tables() -> None:
    assert len(TABLES) >= 30


def test_each_column_of_a_table_is_described(table: Held) -> None:
    if table.file.endswith(".xlsx"):
        rows = json.loads((HELD / f"{table.file}.json").read_text("utf-8"))["rows"]
        assert max(map(len, rows)) == len(table.columns)
        return
    with (HELD / table.file).open(encoding="utf-8", newline="") as file:
        sample = file.readline()
        delimiter = max(",;\t", key=sample.count)
        assert next(csv.reader([sample], delimiter=delimiter)) == list(table.columns)


def test_proposals_are_right_or_silent(folder: Path, record_property: Callable[[str, object], None]) -> None:
    score = scored([(table, proposal(table, folder)) for table in TABLES])
    record_property("score", str(score))
    assert not score.false_and_certain, str(score)
    assert score.share >= RIGHT, str(score)


@pytest.mark.parametrize("table", [
    pytest.param(one, marks=pytest.mark.xfail(reason=NOT_YET[one.name], strict=True)) if one.name in NOT_YET else one
    for one in TABLES
], ids=lambda table: table.name)  # fmt: skip
def test_a_table_is_imported_with_at_most_two_commands(table: Held, folder: Path) -> None:
    differing = imported(table, folder)
    assert not differing[-1], differing
