"""How often reports that are one event are suspected, and others are not: the rates in ``docs/checks.md``.

The floors are a little below what was measured when the rule was last changed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.stats import read, suspected
from scamcli.store import terms
from tests.helpers import acled_rows, ged_rows
from tests.helpers.csv_files import written
from tests.helpers.driver import ok
from tests.helpers.suspicion_sheets import Rates, rates, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.numbers.suspicion import Suspicion

FLOORS = {None: (0.58, 0.83, 0.3), "sheet.csv": (0.45, 0.86, 0.25)}
"""The least recall, the least precision, and the largest share of rows touched, of all sheets together: of rows entered
one by one, and as rows of one table that is not declared.
"""


def of_all_sheets(table: str | None) -> Rates:
    every = [(rates(sheet), len(sheet.reports)) for sheet in sheets(table)]
    pairs, suspected_pairs, right = (sum(counts) for counts in zip(*(one[:3] for one, _ in every), strict=True))
    touched = sum(one.touched * rows for one, rows in every) / sum(rows for _, rows in every)
    return Rates(pairs, suspected_pairs, right, touched)


@pytest.mark.parametrize("table", FLOORS)
def test_sheets_kept_by_hand(table: str | None) -> None:
    recall, precision, touched = FLOORS[table]
    found = of_all_sheets(table)
    assert found.recall >= recall
    assert found.precision >= precision
    assert found.touched <= touched


def in_database(db: Path) -> tuple[list[Suspicion], float]:
    """The suspicions of a timeline, and the share of events with an incident that they touch."""
    with closing(sqlite3.connect(db)) as connection:
        links = read.links_of(connection)
        names = connection.execute("SELECT DISTINCT metric FROM figure").fetchall()
        metrics = [terms.metric(connection, name) for (name,) in names]
        found = [pair for one in metrics if one for pair in suspected.of_metric(connection, one, links)]
        (events,) = connection.execute("SELECT count(DISTINCT event) FROM figure WHERE count = 'incident'").fetchone()
    return found, len({event for pair in found for event in pair.events}) / events


def test_nothing_in_the_shipped_timeline(tmp_path: Path) -> None:
    ok("init", "--db", str(tmp_path / "t.db"))
    assert in_database(tmp_path / "t.db")[0] == []


@pytest.mark.thorough
@pytest.mark.parametrize(("module", "most"), [(ged_rows, 0.005), (acled_rows, 0.09)], ids=["ged", "acled"])
def test_data_sets_declared_and_not(module: Any, most: float, tmp_path: Path) -> None:
    db, made = tmp_path / "t.db", module.made()
    ok("import", written(tmp_path / "rows.csv", made.rows if module is ged_rows else made), "--db", str(db))
    assert in_database(db)[0] == []
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE figure SET disjoint = 0")
    found, touched = in_database(db)
    assert found
    assert touched <= most
