"""The masked copy has the tables of a timeline into which derived rows are written."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.query.sql import masked_copy
from scamcli.store import setup

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("event_term", "figure", "link")  # whose rows are inserted without naming columns


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_columns_of_the_timeline(table: str, tmp_path: Path) -> None:
    setup.make(tmp_path / "own.db", seed=False)
    names = f"SELECT name FROM pragma_table_info('{table}')"
    with Timeline(tmp_path / "own.db") as timeline, closing(masked_copy.create_empty()) as copy:
        assert copy.execute(names).fetchall() == timeline._connection.execute(names).fetchall()
