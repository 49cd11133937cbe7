"""Two copies of the seed, each with 50 edits, 20 additions and 5 removals, 5 of them in conflict, become one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from scamcli.store import setup
from tests.helpers import two_researchers as two
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["copied", "made apart"])
def both(request: pytest.FixtureRequest, tmp_path: Path, seeded: Path) -> tuple[Path, Path]:
    """Two timelines with the seed: copies of one file, or made separately."""
    found = tmp_path / "ours.db", tmp_path / "theirs.db"
    for path in found:
        if request.param == "copied":
            shutil.copy(seeded, path)
        else:
            setup.make(path, seed=True)
    return found


def exported(path: Path) -> str:
    return done("export", "jsonl", "--db", str(path)).out


def told(out: str) -> list[tuple[str, str, str | None]]:
    return [(row["type"], row["record"], row["key"]) for row in json.loads(out)]


@pytest.mark.parametrize("chance", range(4))
def test_two_become_the_one_right_timeline(both: tuple[Path, Path], chance: int) -> None:
    ours, theirs = both
    deeds = two.plan(chance)
    assert (len(deeds.ours), len(deeds.theirs), len(deeds.conflicts)) == (75, 75, 5)
    two.do(ours, deeds.ours, "ana")
    two.do(theirs, deeds.theirs, "ben")
    assert exported(ours) == two.lines(two.applied(two.seed(), deeds.ours))
    before = exported(ours), exported(theirs), theirs.read_bytes()

    merged = run("merge", str(theirs), "--db", str(ours), "--json")

    assert exported(ours) == two.lines(two.expected(deeds))
    assert merged.code == 1
    assert len(told(merged.out)) == 5
    assert set(told(merged.out)) == deeds.conflicts
    assert "5 conflicts left" in merged.err
    assert exported(theirs) == before[1]
    assert theirs.read_bytes() == before[2]
    assert done("info", "--verify", "--db", str(ours), "--json").json["problems"] == 0

    again = run("merge", str(theirs), "--db", str(ours), "--json")
    assert (again.code, set(told(again.out))) == (1, deeds.conflicts)
    assert "Nothing changed; 5 conflicts left" in again.err

    number = done("log", "--db", str(ours), "--json").json[0]
    assert number["command"] == "merge"
    done("undo", str(number["change"]), "--db", str(ours))
    assert exported(ours) == before[0]
    run("merge", str(theirs), "--db", str(ours))
    assert exported(ours) == two.lines(two.expected(deeds))


def test_fail_writes_nothing(both: tuple[Path, Path]) -> None:
    ours, theirs = both
    deeds = two.plan(8)
    two.do(ours, deeds.ours, "ana")
    two.do(theirs, deeds.theirs, "ben")
    before = exported(ours), len(done("log", "--db", str(ours), "--json").json)
    merged = run("merge", str(theirs), "--db", str(ours), "--on-conflict", "fail", "--json")
    assert (merged.code, len(told(merged.out))) == (4, 5)
    assert "Nothing was written" in merged.err
    tried = run("merge", str(theirs), "--db", str(ours), "--dry-run", "--json")
    assert (tried.code, len(told(tried.out))) == (1, 5)
    assert "left open, with your value kept; nothing was written.\n" in tried.err
    assert (exported(ours), len(done("log", "--db", str(ours), "--json").json)) == before
