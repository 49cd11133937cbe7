"""`Timeline.merge` and `Timeline.diff` from Python: the same results, refusals and notices as the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from tests.helpers.command_line import done
from tests.helpers.merge_cases import actor, event, exported, take

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.merge.timelines.report import ConflictDict


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return take(tmp_path / "ours.db", event("one"), event("two"))


@pytest.fixture
def theirs(tmp_path: Path, ours: Path) -> Path:
    path = tmp_path / "theirs.db"
    done("backup", str(path), "--db", str(ours))
    return path


def in_conflict(ours: Path, theirs: Path) -> None:
    done("edit", "one", "--title", "Ours", "--db", str(ours))
    done("edit", "one", "--title", "Theirs", "--db", str(theirs))
    take(theirs, event("three", "Somebody"))


def test_a_function_that_raises_writes_nothing(ours: Path, theirs: Path) -> None:
    in_conflict(ours, theirs)
    before = exported(ours)

    def give_up(_: ConflictDict) -> bool:
        raise KeyboardInterrupt

    with Timeline(ours) as timeline, pytest.raises(KeyboardInterrupt):
        timeline.merge(theirs, on_conflict=give_up)
    assert exported(ours) == before


def test_protected_names_are_masked_in_everything_that_is_returned(ours: Path, theirs: Path) -> None:
    take(theirs, actor("Trudi Plimsol", protected=True), event("three", "Trudi Plimsol", title="Trudi Plimsol speaks"))
    take(ours, event("three", title="Nobody speaks"))
    with Timeline(ours) as timeline:
        result = timeline.merge(theirs)
        shown = list(Timeline.diff(ours, theirs))
    assert result.conflicts
    assert "Plimsol" not in repr(result) + repr(shown)
    assert "Plimsol" in repr([*Timeline.diff(ours, theirs, include_protected=True), exported(ours)])
