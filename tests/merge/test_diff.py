"""``scamcli diff``: what differs between two timelines, in words and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.merge_cases import actor, event, take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def one(tmp_path: Path) -> Path:
    figure = {"id": "total", "metric": "rescues", "stated": "12", "note": None}
    return take(tmp_path / "one.db", actor("A"), actor("B"), event("x", tags=["a"], figures=[figure]), event("y"))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    figure = {"id": "total", "metric": "rescues", "stated": "12", "note": "n"}
    return take(
        tmp_path / "other.db", actor("A", note="n"), actor("C"), event("x", tags=["b"], figures=[figure]), event("z")
    )


def test_in_words(one: Path, other: Path) -> None:
    outcome = done("diff", str(one), str(other))
    assert outcome.out == (
        "changed actor A\n  note: nothing → n\nremoved actor B\nadded actor C\n"
        "changed event x\n  tags: − a\n  tags: + b\n  figures.total.note: nothing → n\nremoved event y\nadded event z\n"
    )
    assert outcome.err == "scamcli: 2 added, 2 changed, 2 removed.\n"
