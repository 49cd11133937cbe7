"""``Timeline.export``: what the command ``export`` does, from Python."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DatabaseError, WrongUsageError
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_db(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped timeline, which is the default one."""
    monkeypatch.setenv("SCAMCLI_DB", str(seeded))
    return seeded


def test_nothing_of_somebodys_own_is_written_over(own_db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(own_db.read_bytes())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("years of work")
    before = other.read_bytes()
    with Timeline(own_db) as timeline:
        for target, error in ((own_db, WrongUsageError), (other, DatabaseError), (tmp_path / "mine", DatabaseError)):
            with pytest.raises(error):
                timeline.export("jsonl", target)
        with pytest.raises(DatabaseError, match=r"notes\.txt"):
            timeline.export("datapackage", tmp_path / "mine")
    assert other.read_bytes() == before


def test_protected_names_are_masked_unless_asked_for(own_db: Path, tmp_path: Path) -> None:
    protected = json.dumps({"type": "actor", "name": "Sar Kheng", "protected": True})
    done("import", "-", "--on-conflict", "update", stdin=protected)
    for include_protected in (False, True):
        with Timeline(own_db, include_protected=include_protected) as timeline:
            path = timeline.export("jsonl", tmp_path / f"{include_protected}.jsonl").path
        assert path is not None
        assert ("Sar Kheng" in path.read_text(encoding="utf-8")) == include_protected
        assert path.stat().st_mode & 0o077 == 0
