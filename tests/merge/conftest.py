"""Fixtures for tests of merges."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.exchange.conftest import empty_db, folder, home, nasty_db, own_db, seeded, timeline

__all__ = ["empty_db", "folder", "home", "nasty_db", "own_db", "seeded", "timeline"]


@pytest.fixture
def ours(begun: Path, tmp_path: Path) -> Path:
    """A copy of `begun`, the timeline that a test file starts from."""
    return Path(shutil.copy(begun, tmp_path / "ours.db"))


@pytest.fixture
def theirs(begun: Path, tmp_path: Path) -> Path:
    """Another copy of `begun`."""
    return Path(shutil.copy(begun, tmp_path / "theirs.db"))
