"""Bags are whole or absent: killed at each call that changes a file, and with a full disk. RO-Crate's own validator."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scamcli import Timeline
from scamcli.timeline.bag_checks import verify_bag
from tests.exchange.bags.test_bags import fill
from tests.helpers.driver import ok, process, refused
from tests.helpers.measure import share
from tests.helpers.patience import PATIENCE
from tests.helpers.torture_driver import environment
from tests.torture.test_faults import small_disk

pytestmark = pytest.mark.thorough

EXPORT = ("export", "bagit", "--include-evidence-of-protected", "--recipient", "Counsel Q")

DYING = """
import ctypes, sys
import scamcli.exchange.bags.contents
from scamcli.timeline.bags import Bags
call, target, db = sys.argv[1:]
library = ctypes.CDLL(None)
library.dying_after(int(call), 0)
with Bags(db) as timeline:
    timeline.export_bag(target, include_evidence_of_protected=True, recipient="Counsel Q")
print(library.dying_calls())
"""
"""Exports a bag, and dies at the n-th call that changes a file. At the end, prints how many there were."""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with Timeline(tmp_path / "cases.db", create=True) as timeline:
        fill(timeline, tmp_path)
    return tmp_path / "cases.db"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("no compiler")
    made = tmp_path_factory.mktemp("library") / "dying.so"
    source = Path(__file__).parents[2] / "torture" / "dying.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def handed_over(db: Path) -> int:
    with Timeline(db) as timeline:
        return sum(row["command"] == "export bagit" for row in timeline.log())


def test_a_killed_export_leaves_a_whole_bag_or_none(db: Path, tmp_path: Path, library: Path) -> None:
    def killed(call: int, target: Path) -> subprocess.CompletedProcess[str]:
        args = [sys.executable, "-c", DYING, str(call), str(target), str(db)]
        env = environment(tmp_path) | {"LD_PRELOAD": str(library)}
        return subprocess.run(args, capture_output=True, text=True, check=False, timeout=PATIENCE, env=env)

    calls = int(killed(0, tmp_path / "whole").stdout)
    assert calls > 30
    bags = 1
    for call in sorted({*range(1, calls + 1, max(1, calls // share(60, 20))), calls}):
        target = tmp_path / f"bag-{call}"
        before = handed_over(db)
        assert killed(call, target).returncode == -9, call
        if target.exists():
            bags += 1
            assert verify_bag(target).problems == (), call
            assert handed_over(db) == before + 1, call
    ok(*EXPORT, "-o", str(tmp_path / "last"), "--db", str(db))
    assert not list(tmp_path.glob(".scamcli-*")), "what killed exports left is deleted by the next one"
    assert handed_over(db) >= bags + 1, "no bag without a custody event"
    ok("info", "--verify", "--db", str(db))
    ok("evidence", "verify", "--db", str(db))


@pytest.mark.parametrize("size", [8192, 20480, 40960, 65536, 98304])
def test_a_full_disk_leaves_nothing(db: Path, tmp_path: Path, size: int) -> None:
    with small_disk(tmp_path / "disk", size) as disk:
        answer = process(*EXPORT, "-o", str(disk / "bag"), "--db", str(db))
        if answer.code == 0:
            assert verify_bag(disk / "bag").problems == ()
            return
        refused(answer, 5, most=4)
        assert "No space left" in answer.err
        assert list(disk.iterdir()) == []
    assert handed_over(db) == 0
