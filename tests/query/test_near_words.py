"""Search terms that no event has: the nearest word of the timeline is suggested. The person is invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

SUGGESTED = [
    ("rescud", "rescued"), ("casino rescud", "casino rescued"), ("casinno", "casino"), ("rescued casino", None),
    ("zzyzx", None), ("resc", None), ('"rescud"', None), ("rescud*", None), ("Verasokh", None), ("Darasokka", None),
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "t.db"
    hidden = actor("Darasokha Veasna", kind="person", protected=True)
    take_in(path, hidden, event("a", title="Workers rescued", note="Darasokha Veasna left the casino"), event("b"))
    return path


@pytest.mark.parametrize(("text", "expected"), SUGGESTED)
def test_a_similar_word_is_suggested_but_no_protected_name(db: Path, text: str, expected: str | None) -> None:
    seen = run("search", text, "--db", str(db))
    found = [line for line in seen.err.splitlines() if "Did you mean" in line]
    quoted = json.dumps(expected)
    assert found == ([] if expected is None else [f"scamcli: Did you mean {quoted}?"])


def test_the_database_is_not_changed(db: Path) -> None:
    before = db.read_bytes()
    ok("search", "rescud", "--db", str(db))
    assert db.read_bytes() == before
