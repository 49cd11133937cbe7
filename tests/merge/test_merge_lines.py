"""Merging JSON lines, which have no history: only records of the shipped timeline have a known base."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.merge_cases import conflicts, exported, merge, records

if TYPE_CHECKING:
    from pathlib import Path

RESCUE, COMPLAINTS = "2022-09-22-vietnamese-rescued", "2022-09-19-complaints-by-province"


@pytest.fixture
def lines(own_db: Path, folder: Path) -> Path:
    """An export of a copy of the shipped timeline, in which a title and a summary were changed and an event removed."""
    theirs = folder / "theirs.db"
    shutil.copy(own_db, theirs)
    done("edit", RESCUE, "--title", "Theirs", "--db", str(theirs))
    done("edit", COMPLAINTS, "--summary", "Theirs.", "--db", str(theirs))
    done("remove", "2023-04-20", "--db", str(theirs))
    place = folder / "theirs.jsonl"
    place.write_text(exported(theirs), encoding="utf-8")
    return place


def test_of_shipped_records_it_is_known_who_changed_what(own_db: Path, lines: Path) -> None:
    done("edit", COMPLAINTS, "--note", "Ours.")
    outcome = merge(own_db, lines)
    assert (outcome.code, outcome.json) == (0, [])
    found = records(own_db)
    assert found[RESCUE]["title"] == "Theirs"
    assert (found[COMPLAINTS]["note"], found[COMPLAINTS]["summary"]) == ("Ours.", "Theirs.")
    assert "2023-04-20-bavet-death" in found, "a file may be a part of a timeline"
    before = exported(own_db)
    assert merge(own_db, lines).code == 0
    assert exported(own_db) == before


def test_what_both_changed_is_a_conflict(own_db: Path, lines: Path) -> None:
    done("edit", RESCUE, "--title", "Ours")
    outcome = merge(own_db, lines)
    assert outcome.code == 1
    assert conflicts(outcome) == [(RESCUE, "title", "Ours", "Theirs")]
