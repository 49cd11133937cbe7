"""Every test has a home of its own; the seeded database is made once a process, and only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import empty_db, home, own_db, seeded

__all__ = ["empty_db", "home", "own_db", "seeded"]

NASTY = Path(__file__).parents[1] / "golden" / "nasty.jsonl"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands of the test run."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place
