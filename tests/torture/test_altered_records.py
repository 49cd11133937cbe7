# ruff: noqa: E501 - tables
"""Records that another program has altered: every command ends in time, with an exit code, and does all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.altered_records import alter, made
from tests.helpers.bounded import MEGABYTES, bounded
from tests.helpers.measure import IS_FULL, dice, share
from tests.helpers.torture_driver import contents, lines, plain

if TYPE_CHECKING:
    from tests.helpers.measure import Tally

PARTS = 8
EACH = 4 if IS_FULL else 2
"""Commands that are tried on each altered database."""

READS = [
    ("search", "--json"), ("search", "words"), ("search", "--actor", "Open Person", "-f", "csv"), ("show", "e-1"), ("show", "e-2", "--json"),
    ("show", "e-2", "--history"), ("show", "e-4", "--history"), ("show", "e-5"), ("show", "e-1", "--at", "2030-01-01"), ("timeline",), ("stats",),
    ("stats", "rescues", "--by", "nationality", "--explain"), ("stats", "rescues", "--cite"), ("conflicts",), ("responses",), ("check",),
    ("actors",), ("actors", "Open Person"), ("actors", "Guarded Person"), ("sites",), ("sites", "Blue Gate"), ("log",), ("log", "e-2"), ("log", "--change", "2"),
    ("log", "--actor", "Open Person"), ("info",), ("info", "--verify"), ("sql", "SELECT * FROM events"), ("sql", "SELECT * FROM figures"), ("sql", "SELECT count(*) FROM event_texts WHERE text MATCH 'words'"),
    ("export", "jsonl"), ("export", "jsonl", "--include-protected"), ("export", "csl"), ("export", "ftm"), ("export", "csv", "-o", "out"), ("export", "xlsx", "-o", "out.xlsx"), ("backup", "copy.db"),
    ("merge", "{good}", "--dry-run"), ("diff", "{good}", "{db}"), ("diff", "{db}", "{good}"), ("review", "--json"),
]  # fmt: skip
WRITES = [
    ("add", "--date", "2023-01-02", "--kind", "rescue", "--title", "New", "--actor", "Open Person: subject", "--figure", "rescues: 12"),
    ("edit", "e-1", "--note", "N"), ("edit", "e-2", "--date", "2023-03"), ("remove", "e-3"), ("remove", "e-3", "--same-as", "e-2"),
    ("undo",), ("undo", "3"), ("undo", "--redo"), ("undo", "7"), ("names", "merge", "Open Body", "Open Person"), ("names", "alias", "Open Person", "A test"),
    ("import", "-"), ("redact", "Open Person", "--yes"), ("redact", "e-1", "--yes"), ("merge", "{good}"), ("ingest", "-"), ("review", "accept", "2024-03-05"),
]  # fmt: skip
OTHERS = [("merge", "{db}"), ("import", "{db}"), ("merge", "{db}", "--dry-run")]
STDIN = lines([
    {"type": "event", "date": "2023-05-06", "kind": "raid", "title": "Fifth", "actors": [{"name": "Open Person", "role": "speaker"}]},
    {"type": "event", "id": "e-1", "date": "2023-01-02", "kind": "rescue", "title": "First words"},
    {"type": "actor", "name": "Open Body", "aliases": ["The Body"]},
])  # fmt: skip


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("lived") / "t.db")


@pytest.mark.parametrize("part", range(PARTS))
def test_altered_records(part: int, lived: Path, tmp_path: Path, home: Path, tally: Tally) -> None:
    raw, number = lived.read_bytes(), share(2000 // PARTS) if IS_FULL else 3
    db, good = tmp_path / "t.db", tmp_path / "good.db"
    most = 0
    for turn in range(number):
        chance = dice("altered records", part, turn)
        put(db, raw)
        what = alter(db, chance)
        for args in chance.sample([*READS, *WRITES, *WRITES, *OTHERS], EACH):
            put(good, raw)
            before, target = contents(db), good if args in OTHERS else db
            answer, megabytes = bounded(
                *(arg.format(db=db, good=good) for arg in args),
                *(() if args[0] == "diff" else ("--db", str(target))),
                stdin=STDIN,
            )
            told = (part, turn, what, args)
            plain(answer, {0, 1, 2, 3, 4, 5}, told)
            assert megabytes <= MEGABYTES, told
            most = max(most, megabytes)
            if answer.code > 1 and args[0] != "backup":  # 1: a merge with conflicts left open, or findings of `check`
                assert contents(good) == raw, told
                assert contents(db) == before, told
            for left in home.iterdir():
                left.unlink()
    tally.add("altered records", number * EACH, f"most {most} MB")


def put(path: Path, raw: bytes) -> None:
    """Put a database where another one was."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.write_bytes(raw)
