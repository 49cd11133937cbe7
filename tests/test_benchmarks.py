"""The programs of the benchmark run as files, from anywhere, without its other modules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.helpers.seed_fixtures import home, own_db, seeded

__all__ = ["home", "own_db", "seeded"]

PROGRAMS = Path(__file__).resolve().parent.parent / "benchmarks"


def run_program(name: str, *arguments: str | Path, folder: Path, stdin: str = "") -> str:
    """Run a file of the benchmark as it does, and return its output."""
    process = subprocess.run(
        [sys.executable, PROGRAMS / name, *arguments],
        input=stdin, capture_output=True, encoding="utf-8", cwd=folder, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr[-500:]
    return process.stdout


def test_generating(tmp_path: Path) -> None:
    lines = run_program("generate.py", "3", folder=tmp_path).splitlines()
    assert [json.loads(line)["type"] for line in lines].count("event") == 3


def test_searching(own_db: Path, tmp_path: Path) -> None:
    searches = [{"actor": "Sar Kheng"}, {"during": "1900"}]
    asked = "".join(json.dumps(one) + "\n" for one in searches)
    took = json.loads(run_program("searching.py", own_db, "2", folder=tmp_path, stdin=asked))
    assert [hits for _, _, hits in took] == [2, 0]


def test_profiling(own_db: Path, tmp_path: Path) -> None:
    run_program("profiling.py", "profile.txt", "info", "--db", own_db, folder=tmp_path)
    assert "function calls" in (tmp_path / "profile.txt").read_text(encoding="utf-8")
