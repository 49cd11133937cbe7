"""Kills, full disks and two writers at every step of a command that changes evidence.

Afterwards, there is no file without a record and no record without a file, and nothing is half done.
"""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scamcli import Timeline
from scamcli.store.evidence_folder import folder_of
from tests.helpers.kill_evidence import wrong
from tests.helpers.measure import IS_FULL
from tests.helpers.paths import ROOT
from tests.helpers.patience import PATIENCE
from tests.helpers.torture_driver import environment, ok
from tests.helpers.validators import need
from tests.torture.test_killed import library

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["library"]

NAME = "Dara Veasna"
FILES = {
    "a.txt": b"The first file.", "b.bin": bytes(range(256)) * 5000, "blurred.txt": b"The f file.",
    "new.txt": f"{NAME} called.".encode(), "old.txt": b"On 5 March 2024, police freed 45 Thai workers in Poipet.",
    "named.txt": f"{NAME} wrote.".encode(),
}  # fmt: skip
HASHES = {name: sha256(content).hexdigest() for name, content in FILES.items()}


class Case(NamedTuple):
    """A command, and what is run after a kill. ``out`` is whether it makes a folder."""

    what: str
    args: tuple[str, ...]
    next: tuple[str, ...] = ("info", "--verify")
    out: bool = False


CASES = [
    Case("add", ("evidence", "add", "new.txt", "b.bin", "a.txt", "--source", "Daily", "--event", "raid-1")),
    Case("derive", ("evidence", "derive", "a.txt", "blurred.txt", "--note", "shortened")),
    Case("remove", ("evidence", "remove", "a.txt", "named.txt", "--reason", "consent")),
    Case("redact", ("redact", NAME, "--yes", "--remove-evidence"), ("search", "--count")),
    Case("ingest", ("ingest", "old.txt")),
    Case("export", ("evidence", "export", "a.txt", "named.txt", "-o", "out", "--recipient", "R. Mara"), out=True),
]
BAG = Case("bag", ("export", "bagit", "-o", "out"), out=True)
"""A bag is killed and meets full disks in ``tests/exchange/bags``."""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with a timeline that has two evidence files, and files to add."""
    folder = tmp_path / "base"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    with Timeline(folder / "t.db", create=True) as timeline:
        timeline.add(
            {"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid", "summary": f"{NAME} was there."}
        )
        timeline.add_evidence([folder / "a.txt", folder / "named.txt"], source="Daily")
    return folder


def carried_out(
    case: Case, base: Path, library: Path | None, second: tuple[str, ...] = (), step: int = 1
) -> list[dict[str, Any]]:
    if library is None:
        pytest.skip("no compiler")
    if case is BAG:
        need("bagit")
    named = ("--db", "t.db")
    plan = {
        "folder": str(base), "args": [*case.args, *named], "next": [*case.next, *named], "step": step,
        "second": [*second, *named] if second else [],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.kill_evidence"], cwd=ROOT, input=json.dumps(plan), capture_output=True,
        text=True, check=False, timeout=12 * PATIENCE, env=environment(base.parent) | {"LD_PRELOAD": str(library)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[one.what for one in CASES])
def test_killed_at_any_call(case: Case, base: Path, library: Path | None) -> None:
    found = carried_out(case, base, library, step=1 if IS_FULL else 3)
    assert len(found) >= 5
    assert [one for one in found if one["wrong"]] == []
    assert {one["state"] for one in found} <= {0, 1}, "half of it was done"
    if case.out:
        assert all(one["state"] == 1 for one in found if one["out"]), "copies are there that nobody noted"
    else:
        assert {one["state"] for one in found} == {0, 1}, "the calls do not surround the commit"


PAIRS = [
    (CASES[0], ("evidence", "add", "new.txt", "blurred.txt", "--source", "Weekly")),
    (CASES[1], ("evidence", "remove", "a.txt", "--reason", "consent")),
    (CASES[3], ("evidence", "add", "new.txt", "--source", "Weekly")),
    (CASES[5], ("evidence", "remove", "a.txt", "--reason", "consent")),
]


@pytest.mark.parametrize(("case", "second"), PAIRS, ids=[f"{one.what} and {other[1]}" for one, other in PAIRS])
def test_two_writers(case: Case, second: tuple[str, ...], base: Path, library: Path | None) -> None:
    """Whichever comes first: what both say they did is there."""
    found = carried_out(case, base, library, second, step=1 if IS_FULL else 5)
    assert [one for one in found if one["wrong"]] == []
    for one in found:
        assert all(code in {0, 3, 5} for code in one["codes"]), one
        if one["codes"] == [0, 0] and case.what == "add":
            assert {HASHES["new.txt"], HASHES["b.bin"]} <= set(one["files"]), one


def test_a_file_that_nobody_marked_is_never_deleted(base: Path) -> None:
    """It may belong to a newer copy of the database."""
    folder = folder_of(base / "t.db")
    strange = folder / "ff" / ("f" * 64)
    strange.parent.mkdir()
    strange.write_bytes(b"of a newer copy")
    ok("evidence", "add", str(base / "new.txt"), "--source", "Daily", "--db", str(base / "t.db"))
    assert strange.exists()
    assert any("does not list it" in one for one in wrong(base / "t.db"))
