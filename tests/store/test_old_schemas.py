"""A database of the schema before is brought up at its first use, and nothing of it is lost."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

from tests.helpers.driver import export, ok, run
from tests.helpers.torture_driver import OLD_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_brought_up_and_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD_SCHEMA.read_bytes()))
    expected = OLD_SCHEMA.with_name(OLD_SCHEMA.name.replace(".db.gz", ".jsonl")).read_text(encoding="utf-8")
    assert f"Upgraded {path} to this version" in run("search", "--db", str(path)).err
    (kept,) = tmp_path.glob("*.before-*")
    assert kept.stat().st_mode & 0o777 == 0o600
    (tmp_path / "elsewhere").mkdir()
    for db in (path, shutil.copy(kept, tmp_path / "elsewhere" / "restored.db")):
        assert export(db) == expected
        assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0
