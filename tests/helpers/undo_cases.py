# ruff: noqa: E501 - tables
"""The history as the tests drive it: changes, undoing them, and what a timeline is before and after."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scamcli import Timeline
from tests.helpers.driver import actor, event, export, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "2023-01-02-first", "2023-02-03-second"
METRIC = {"type": "metric", "name": "scams", "unit": "USD", "about": "Money"}


def changes(db: Path | str, *flags: str) -> list[dict[str, Any]]:
    """The log, newest first."""
    rows: list[dict[str, Any]] = json.loads(ok("log", "--json", "--db", str(db), *flags))
    return rows


def last(db: Path) -> int:
    """The number of the last change."""
    return int(changes(db, "--limit", "1")[0]["change"])


def both(db: Path) -> tuple[str, str]:
    """What the timeline is: its records, and those with protected names withheld."""
    return export(db), ok("export", "jsonl", "--db", str(db))


def order(db: Path) -> list[str]:
    """The ids that full text and the indexes find, in their order."""
    return [row["id"] for row in json.loads(ok("search", "--json", "--drafts", "--db", str(db)))]


def clean(db: Path) -> None:
    """The file is whole, and nothing is left that nothing refers to."""
    with Timeline(db) as timeline:
        assert list(timeline.verify()) == []
    with closing(sqlite3.connect(db)) as connection:
        orphans = "SELECT name FROM term WHERE record IS NULL AND id NOT IN (SELECT term FROM event_term)"
        assert connection.execute(orphans).fetchall() == []


def undo(db: Path, *args: str) -> str:
    """Undo, which must succeed; what it says."""
    answer = run("undo", *args, "--db", str(db))
    assert answer.code == 0, answer
    assert answer.out == f"{last(db)}\n"
    return answer.err


def redo(db: Path, *args: str) -> str:
    """Redo what the last change, an undo, undid; return what the command says."""
    return undo(db, str(last(db)), *args)


def back_and_forth(db: Path, before: tuple[str, str]) -> None:
    """The last change undone, done again, undone, done again."""
    after = both(db)
    number = last(db)
    for expected in (before, after, before, after):
        undo(db, str(number), "--reason", "By mistake")
        assert both(db) == expected
        assert order(db) == order(db)
        clean(db)
        number = last(db)


def rich(db: Path) -> None:
    """Records of every kind, one of them of a person who is protected."""
    take_in(
        db, METRIC, actor("Vic Tim", protected=True, aliases=["Old Name"]), actor("Nobody"),
        event("v-1", date="2022~", title="Vic Tim speaks", actors=[{"name": "Vic Tim", "role": "victim"}], tags=["one", "rare"],
              figures=[{"id": "all", "metric": "scams", "stated": "$2.5 million", "split": {"by": "province"}},
                       {"id": "part", "metric": "scams", "stated": "about $1 million", "province": "Kandal", "part_of": "all", "stated_by": "Vic Tim"}],
              sources=[{"outlet": "VOD"}, {"outlet": "BBC", "via": "VOD"}], sites=["Blue Gate"], places=[{"name": "Bavet"}]),
        event("v-2", date="1960-05-06", links=[{"type": "disputes", "event": "v-1", "figure": "all"}, {"type": "follows", "event": FIRST}], figures=[
            {"id": "one", "metric": "cases", "stated": "5", "low": 4, "best": 4, "high": 4}]),
    )  # fmt: skip


def rows(*args: str) -> Any:
    """What a command answers."""
    return json.loads(ok(*args, "--json"))


class Clock:
    """A clock that says what it is told; else a second more each time."""

    def __init__(self) -> None:
        self.next = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> str:
        said = self.next.strftime("%Y-%m-%dT%H:%M:%SZ")
        self.next += timedelta(seconds=1)
        return said
