"""Ids with a part of a protected name: an id is permanent, and ends after some words of the first title."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, is_zipfile

import pytest

from scamcli.timeline.exports import format_names
from tests.helpers.driver import event, ok, run, take_in
from tests.helpers.raw_search import printed
from tests.helpers.report_files import unpacked

if TYPE_CHECKING:
    from pathlib import Path

CUT, FIRST, BESIDE = (
    "2025-04-08-a-19-year-old-pham-van",
    "2025-03-30-luckas-viana-dos-santos-and-phelipe",
    "2025-03-31-x",
)
PEOPLE = ["Pham Van Duc", "Luckas Viana dos Santos", "Phelipe de Moura Ferreira"]
TRACES = re.compile("pham|luckas|viana|phelipe|moura", re.IGNORECASE)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A timeline whose ids name three people who are in no title any more, and a link to one of these ids."""
    path = tmp_path / "case.db"
    ok("init", str(path), "--empty")
    titles = {CUT: "A 19-year-old, Pham Van Duc, was found", FIRST: f"{PEOPLE[1]} and {PEOPLE[2]} left"}
    for id_, title in titles.items():
        answer = ok("add", "--date", id_[:10], "--kind", "death", "--title", title, "--source", "X", "--db", str(path))
        assert answer.strip() == id_
        ok("edit", id_, "--title", "Somebody", "--db", str(path))
    take_in(path, event(BESIDE, "2025-03-31", title="A van", links=[{"type": "follows", "event": CUT}]))
    return path


def protect(db: Path) -> list[str]:
    return [ok("protect", name, "--db", str(db)).strip().strip("[]") for name in PEOPLE]


def masked(db: Path) -> list[dict[str, Any]]:
    """The events as they are exported."""
    every = map(json.loads, ok("export", "jsonl", "--db", str(db)).splitlines())
    return [one for one in every if one.get("type") == "event"]


def shown_ids(db: Path) -> set[str]:
    return {one["id"] for one in masked(db)}


def content(path: Path) -> list[bytes]:
    """The bytes of a file, or of the files in an archive."""
    if not is_zipfile(path):
        return [path.read_bytes()]
    with ZipFile(path) as archive:
        return [*map(archive.read, archive.namelist()), "\n".join(archive.namelist()).encode()]


def test_a_name_that_was_taken_out_of_a_title_is_masked_in_the_id(db: Path) -> None:
    duc, luckas, phelipe = protect(db)
    ids = {f"2025-04-08-a-19-year-old-{duc}", f"2025-03-30-{luckas}-and-{phelipe}", BESIDE}
    assert shown_ids(db) == ids
    (link,) = next(one["links"] for one in masked(db) if one["id"] == BESIDE)
    assert link["event"] in ids
    assert json.loads(ok("show", link["event"], "--json", "--db", str(db)))["title"] == "Somebody"


def test_nothing_prints_the_name_in_an_id(db: Path, tmp_path: Path) -> None:
    protect(db)
    for asked, answer in printed(db, formats=("", "json")):
        known = TRACES.sub("", answer) if TRACES.search(" ".join(asked)) else answer  # it may repeat what was typed
        assert not TRACES.search(known), asked
    for name in format_names():
        target = tmp_path / f"out-{name}"
        exported = run("export", name, "--output", str(target), "--db", str(db))
        if "is not installed" in exported.err:
            continue
        assert exported.code == 0, exported
        paths = [target, *target.rglob("*")]
        assert not any(TRACES.search(str(path.relative_to(tmp_path))) for path in paths), name
        for path in paths:
            if path.is_file():
                assert not any(TRACES.search(one.decode("latin-1")) for one in content(path)), path
    ok("report", "-o", str(tmp_path / "r.html"), "--db", str(db))
    assert not any(TRACES.search(one.decode("latin-1")) for one in unpacked(tmp_path / "r.html"))


def test_an_export_comes_back_and_takes_the_place_of_the_events(db: Path) -> None:
    protect(db)
    before = ok("export", "jsonl", "--include-protected", "--db", str(db))
    assert "0 records added" in run("import", "-", "--db", str(db), stdin=ok("export", "jsonl", "--db", str(db))).err
    assert ok("export", "jsonl", "--include-protected", "--db", str(db)) == before
