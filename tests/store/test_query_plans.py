"""How SQLite runs a search: with an actor and a limit it reads an index in order, and neither scans nor sorts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.search import plan
from scamcli.timeline import query

if TYPE_CHECKING:
    from pathlib import Path

MORE: dict[str, Any] = {
    "role": "speaker", "province": "Kandal", "kind": ["report", "raid"], "source": "CamboJA", "tag": "tip-report",
    "during": ["2022-Q3", "2023"], "certain": True, "text": "Cambodia",
}  # fmt: skip
CHOICES = list(chain.from_iterable(combinations(MORE, n) for n in range(3)))


def explained(db: Path, asked: dict[str, Any], direction: str, after: bool) -> list[str]:
    with Timeline(db) as timeline:
        found = plan(timeline.compiled(query(**asked)))
    parameters = list(found.parameters)
    if after:
        found = found._replace(where=f"{found.where} AND {found.order} < (SELECT key FROM event WHERE id = ?)")
        parameters.append("x")
    sql = found.select("e.record, e.start, e.last", f"ORDER BY {found.order} {direction} LIMIT ?")
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [*parameters, 20]).fetchall()
    return [row[3] for row in rows]


@pytest.mark.parametrize("direction", ["DESC", "ASC"])
@pytest.mark.parametrize("names", CHOICES, ids="+".join)
def test_an_actor_and_a_limit(seeded: Path, names: tuple[str, ...], direction: str) -> None:
    asked = {"actor": "Sar Kheng", **{name: MORE[name] for name in names}}
    for after in (False, True):
        steps = explained(seeded, asked, direction, after)
        assert not any("TEMP B-TREE" in step for step in steps), steps
        assert not any(step.startswith(("SCAN e", "SCAN event ", "SCAN d", "SCAN event_term")) for step in steps), steps
        if "text" not in names:
            assert any("d USING PRIMARY KEY (term=? AND rel=?" in step for step in steps), steps
            assert any("e USING INTEGER PRIMARY KEY (rowid=?)" in step for step in steps), steps


@pytest.mark.parametrize(
    "asked",
    [{}, {"kind": "raid"}, {"during": "2022-09"}, {"text": "police"}, {"province": "Kandal"}, {"metric": "rescues"},
     {"actor": ["Sar Kheng", "Hun Sen"]}, {"role": "speaker"}, {"site": "Huang Le compound"}],
    ids=str,
)  # fmt: skip
def test_nothing_is_ever_sorted(seeded: Path, asked: dict[str, Any]) -> None:
    steps = explained(seeded, asked, "DESC", after=False)
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_the_list_of_an_export_is_read_in_order(seeded: Path) -> None:
    with closing(sqlite3.connect(seeded)) as connection:
        rows = connection.execute("EXPLAIN QUERY PLAN SELECT record FROM event ORDER BY start, id").fetchall()
    assert not any("TEMP B-TREE" in row[3] for row in rows), rows
