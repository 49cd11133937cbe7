"""``backup --with-evidence``: a database and its evidence, which fit together where they are restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli import Timeline
from tests.helpers.driver import ok

if TYPE_CHECKING:
    from pathlib import Path


def test_the_copy_is_a_folder_that_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The first file.")
    with Timeline(tmp_path / "t.db", create=True) as timeline:
        timeline.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid"})
        timeline.add_evidence([tmp_path / "a.txt"], source="Daily", events=["raid-1"])
    out = tmp_path / "out"
    assert ok("backup", str(out), "--with-evidence", "--db", str(tmp_path / "t.db")) == f"{out}\n"
    assert sorted(path.name for path in out.iterdir()) == ["t.db", "t.evidence"]
    assert out.stat().st_mode & 0o777 == 0o700
    with Timeline(out / "t.db") as copy:
        assert [one["name"] for one in copy.evidence()] == ["a.txt"]
        assert [*copy.verify(), *copy.verify_evidence()] == []
