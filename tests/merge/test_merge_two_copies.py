"""Two copies of the seed, each with 50 edits, 20 additions and 5 removals, 5 of them in conflict, become one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

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


@pytest.mark.parametrize("chance", range(4, 6))
def test_either_into_the_other_is_the_same_but_for_conflicts(both: tuple[Path, Path], chance: int) -> None:
    deeds = two.plan(chance)
    ours, theirs = both
    two.do(ours, deeds.ours, "ana")
    two.do(theirs, deeds.theirs, "ben")
    kept = shutil.copy(theirs, theirs.with_name("kept.db"))
    run("merge", str(ours), "--db", str(theirs))
    run("merge", str(kept), "--db", str(ours))
    one, other = (
        {two.key_of(record): unordered(record) for record in map(json.loads, exported(path).splitlines())}
        for path in (ours, theirs)
    )
    differ = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    assert differ == {(type_, name) for type_, name, _ in deeds.conflicts}


def unordered(record: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(map(str, value)) if isinstance(value, list) else value for key, value in record.items()}


def test_theirs_decides_what_ours_would(both: tuple[Path, Path]) -> None:
    """Merging ours into theirs and keeping ours gives the same result as merging theirs into ours and taking theirs."""
    ours, theirs = both
    deeds = two.plan(7)
    two.do(ours, deeds.ours, "ana")
    two.do(theirs, deeds.theirs, "ben")
    merged = run("merge", str(theirs), "--db", str(ours), "--on-conflict", "theirs")
    assert merged.code == 0
    assert "5 conflicts decided" in merged.err
    turned = two.expected(two.Plan(deeds.theirs, deeds.ours, deeds.conflicts))
    found = {two.key_of(record): unordered(record) for record in map(json.loads, exported(ours).splitlines())}
    assert found == {key: unordered(record) for key, record in turned.items()}
    assert (
        done("merge", str(theirs), "--db", str(ours)).err == "scamcli: Nothing to merge: everything is already here.\n"
    )


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


def test_exports_merge_with_what_both_began_with(both: tuple[Path, Path], tmp_path: Path, seeded: Path) -> None:
    ours, theirs = both
    deeds = two.plan(9)
    two.do(ours, deeds.ours, "ana")
    two.do(theirs, deeds.theirs, "ben")
    file, base = tmp_path / "theirs.jsonl", tmp_path / "base.jsonl"
    file.write_text(exported(theirs), encoding="utf-8")
    base.write_text(exported(seeded), encoding="utf-8")
    merged = run("merge", str(file), "--base", str(base), "--db", str(ours), "--json")
    assert merged.code == 1
    assert set(told(merged.out)) == deeds.conflicts
    assert exported(ours) == two.lines(two.expected(deeds))
