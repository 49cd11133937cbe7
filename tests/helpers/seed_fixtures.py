"""Every test has a home of its own; the seeded database is made once a process, and only read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scamcli.store import setup

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped timeline: to read, never to write."""
    path = tmp_path_factory.mktemp("seeded") / "timeline.db"
    assert setup.make(path, seed=True)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeded: Path) -> Path:
    """A home that is empty; the database that is asked is the shared one."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
    monkeypatch.setenv("SCAMCLI_DB", str(seeded))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "SCAMCLI_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture
def own_db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeded: Path) -> Path:
    """A copy of the seeded database, to write."""
    path = tmp_path / "own.db"
    shutil.copy(seeded, path)
    monkeypatch.setenv("SCAMCLI_DB", str(path))
    return path


@pytest.fixture
def empty_db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty database, to write."""
    path = tmp_path / "empty.db"
    setup.make(path, seed=False)
    monkeypatch.setenv("SCAMCLI_DB", str(path))
    return path
