"""Every test has a home of its own; the seeded database is made once a process, and only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.nasty_records import NASTY as NASTY_FILES
from tests.helpers.paths import GOLDEN
from tests.helpers.seed_fixtures import empty_db, home, own_db, seeded

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["empty_db", "home", "own_db", "seeded"]

NASTY = GOLDEN / "formats" / "nasty.jsonl"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands of the test run."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def nasty_db(empty_db: Path) -> Path:
    """A database whose every text is one that could break a format."""
    done("import", *map(str, NASTY_FILES))
    return empty_db


@pytest.fixture(params=["seed", "nasty"])
def timeline(request: pytest.FixtureRequest) -> str:
    """The shipped timeline, then the nasty one."""
    if request.param == "nasty":
        request.getfixturevalue("nasty_db")
    return str(request.param)
