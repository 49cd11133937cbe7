"""The timeline that is asked, made once a process: to read, never to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.oracle import Kept, keep

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is empty, and no other database."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("SCAMCLI_DB", raising=False)


_MADE: dict[bool, Kept] = {}
"""What was made, by whether names in it are protected: several packages ask, and each has fixtures of its own."""


def _made(folders: pytest.TempPathFactory, *, protected: bool) -> Kept:
    if protected not in _MADE:
        _MADE[protected] = keep(folders.mktemp("kept") / "timeline.db", protected=protected)
    return _MADE[protected]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """About 3,000 events, and everything that is exported of them."""
    return _made(tmp_path_factory, protected=False)


@pytest.fixture(scope="session")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The same, where some of the actors are protected."""
    return _made(tmp_path_factory, protected=True)
