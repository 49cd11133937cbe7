"""A home of its own for every test, and databases to change: never the user's."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from scamcli.store import redaction
from tests.helpers import empty_home
from tests.helpers.driver import ok, take_in
from tests.helpers.redaction_cases import everything
from tests.helpers.undo_cases import Clock


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped timeline, made once and copied."""
    path = tmp_path_factory.mktemp("pristine") / "seed.db"
    ok("init", str(path))
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    return empty_home.make(tmp_path, monkeypatch)


@pytest.fixture
def seeded(pristine: Path, tmp_path: Path) -> Path:
    """A named database with the shipped timeline."""
    return Path(shutil.copy(pristine, tmp_path / "seeded.db"))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small named database: two events, two actors, a site."""
    path = tmp_path / "small.db"
    take_in(
        path,
        {"type": "actor", "name": "Ministry of Interior", "kind": "government", "aliases": ["MoI"]},
        {"type": "actor", "name": "Sar Kheng", "kind": "person", "member_of": ["MoI"]},
        {"type": "site", "name": "Blue Gate", "kind": "compound", "province": "Kandal"},
        {"type": "event", "id": "2023-01-02-first", "date": "2023-01-02", "kind": "statement", "title": "First words",
         "actors": [{"name": "Sar Kheng", "role": "speaker"}], "provinces": ["Kandal"], "tags": ["one"],
         "figures": [{"metric": "complaints", "stated": "289", "stated_by": "Sar Kheng"}]},
        {"type": "event", "id": "2023-02-03-second", "date": "2023-02", "kind": "raid", "title": "Second raid",
         "sites": ["Blue Gate"], "nationalities": ["Vietnamese"]},
    )  # fmt: skip
    return path


@pytest.fixture(scope="module", params=[False, True], ids=["open", "protected"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("whole") / "whole.db"
    return everything(path, protected=request.param)


@pytest.fixture
def kept(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "kept.db"))


@pytest.fixture(scope="module")
def open_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return everything(tmp_path_factory.mktemp("open") / "open.db", protected=False)


@pytest.fixture
def plain(open_one: Path, tmp_path: Path) -> Path:
    """The same, of somebody who is not protected."""
    return Path(shutil.copy(open_one, tmp_path / "kept.db"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "finish", partial(redaction.finish, seconds=0.1))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the history."""
    clock = Clock()
    monkeypatch.setattr("scamcli.store.history.now", clock)
    return clock
