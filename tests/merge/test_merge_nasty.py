"""Hostile records in a merge and in a diff: they are stored unchanged, and have no effect on a terminal."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.merge_cases import exported
from tests.helpers.nasty_records import NASTY as FILES

HOSTILE = "=cmd|' /C calc'!A0 \x1b[31m\u202eevil\u2066 \t <script>alert(1)</script> \x9b ស\u200bខេង"

FORMATS = [(), *(("--format", name) for name in ("table", "json", "jsonl", "csv", "tsv", "markdown"))]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one timeline, each with something hostile in the note and the title of every event."""
    begun = tmp_path / "begun.db"
    done("import", *map(str, FILES), "--db", str(begun))
    found = Path(shutil.copy(begun, tmp_path / "ours.db")), Path(shutil.copy(begun, tmp_path / "theirs.db"))
    for side, path in zip(("+ours", "@theirs"), found, strict=True):
        events = [one for one in map(json.loads, exported(begun).split("\n")[:-1]) if one["type"] == "event"]
        changed = [one | {"title": f"{side} {HOSTILE}", "tags": [*one["tags"], f"{side} {HOSTILE}"]} for one in events]
        lines = "".join(json.dumps(one) + "\n" for one in changed)
        done("import", "-", "--on-conflict", "update", "--db", str(path), stdin=lines)
    return found


def acts(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) == "Cc" and char not in "\n\t"]


@pytest.mark.parametrize("flags", FORMATS, ids=" ".join)
def test_what_is_hostile_stays_what_it_is(pair: tuple[Path, Path], flags: tuple[str, ...]) -> None:
    ours, theirs = pair
    for outcome in (
        run("diff", str(ours), str(theirs), *flags),
        run("merge", str(theirs), "--db", str(ours), "--dry-run", *flags),
    ):
        assert outcome.code in {0, 1}
        assert "theirs" in outcome.out
        assert acts(outcome.err) == []
        if not flags or flags[1] in {"table", "markdown"}:
            assert acts(outcome.out.replace("\t", "\x00")) == []
            assert "\u202e" not in outcome.out
        elif flags[1] in {"json", "jsonl"}:
            assert json.loads(outcome.out if flags[1] == "json" else outcome.out.split("\n")[:-1][0])
        elif flags[1] == "csv":
            assert not any(
                cell[:1] in "=+-@" for line in outcome.out.split("\n")[:-1] for cell in line.split(",") if cell
            )


def test_all_of_it_comes_in_as_it_is(pair: tuple[Path, Path], tmp_path: Path) -> None:
    ours, theirs = pair
    assert run("merge", str(theirs), "--db", str(ours), "--on-conflict", "theirs").code == 0
    tags = [one["tags"] for one in map(json.loads, exported(ours).split("\n")[:-1]) if one["type"] == "event"]
    assert all(listed[-2:] == [f"+ours {HOSTILE}".strip(), f"@theirs {HOSTILE}".strip()] for listed in tags)
    new = tmp_path / "new.db"
    assert done("merge", str(theirs), "--db", str(new)).code == 0
    assert exported(new) == exported(theirs)
