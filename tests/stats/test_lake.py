"""Lakes: they give the tables of ``stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.driver import ok, run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lake_of_the_seed_prints_the_same(seeded: Path, tmp_path: Path) -> None:
    ok("export", "lake", "-o", str(tmp_path / "lake"), "--db", str(seeded))
    for metric, by in (("complaints", "province"), ("rescues", "nationality"), ("rescues", "month")):
        asked = ("stats", metric, "--by", by, "--json")
        assert run(*asked, "--lake", str(tmp_path / "lake")).out == run(*asked, "--db", str(seeded)).out, (metric, by)
