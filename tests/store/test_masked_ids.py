"""Ids with a part of a protected name: an id is permanent, and ends after some words of the first title."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, is_zipfile

import pytest

from scamcli.records.masked_ids import without_cut_name, words_of_names
from scamcli.records.masking import Masker, Protected
from scamcli.timeline.exports import format_names
from tests.helpers.driver import event, export, ok, refused, run, take_in
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
TEXT = """8 April 2025: A 19-year-old, Pham Van Duc, was found dead in Bavet.

30 March 2025: Luckas Viana dos Santos and Phelipe de Moura Ferreira left a compound with 83 others in a van.
"""


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


def test_the_text_of_an_event_shows_whom_its_id_names(tmp_path: Path) -> None:
    """The ids are as an earlier version made them: its titles had the names, and its history is not there."""
    db = tmp_path / "case.db"
    ok("init", str(db), "--empty")
    ids = ok("ingest", "-", "--outlet", "X", "--db", str(db), "--fields", "id", stdin=TEXT).split()[1:]
    with closing(sqlite3.connect(db)) as connection, connection:
        for old, new in zip(ids, (CUT, FIRST), strict=True):
            record = json.loads(connection.execute("SELECT record FROM event WHERE id = ?", [old]).fetchone()[0])
            line = json.dumps(record | {"id": new, "title": "A van"}, ensure_ascii=False, separators=(",", ":"))
            connection.execute("UPDATE event SET id = ?, record = ? WHERE id = ?", [new, line, old])
            connection.execute("UPDATE origin SET event = ? WHERE event = ?", [new, old])
    _, luckas, phelipe = protect(db)
    shown = shown_ids(db)
    assert f"2025-03-30-{luckas}-and-{phelipe}" in shown
    assert not any(map(TRACES.search, shown)), shown


@pytest.mark.parametrize(
    ("name", "id_", "expected"),
    [
        ("Pham Van Duc", CUT, "2025-04-08-a-19-year-old-protected-0"),
        ("Phạm Văn Đức", CUT, "2025-04-08-a-19-year-old-protected-0"),
        ("Pham Van Duc", f"{CUT}-2", "2025-04-08-a-19-year-old-protected-0-2"),
        ("Duc Pham Van", CUT, "2025-04-08-a-19-year-old-protected-0"),
        ("Pham Thi Lan", CUT, CUT),  # only one word of it
        ("Pham Van Duc", "2025-04-08-pham-van-bridge-was-closed-today", "2025-04-08-pham-van-bridge-was-closed-today"),
        ("Pham Van Duc", "2025-04-08-pham-van", "2025-04-08-pham-van"),  # no id that was cut
        ("Year Old Man", "2025-04-08-there-was-a-19-year-old", "2025-04-08-there-was-a-19-protected-0"),
        (
            "Krishnamurthy Venkataraman Iyer",
            "2025-04-08-administrative-investigators-found-krishnamurthy-venkatarama",
            "2025-04-08-administrative-investigators-found-protected-0",
        ),
    ],
)
def test_the_beginning_of_a_name_at_the_end_of_an_id_is_masked(name: str, id_: str, expected: str) -> None:
    assert without_cut_name(Masker([Protected(7, name, (name,))]), id_, id_, frozenset()) == expected
    known = without_cut_name(Masker([Protected(7, name, (name,))]), id_, id_, frozenset([7]))
    assert known == expected.replace("protected-0", "protected-7")


def test_a_name_that_only_an_id_or_an_earlier_version_has_can_be_protected(db: Path, tmp_path: Path) -> None:
    refused(run("protect", "Nguyen Van Duc", "--db", str(db)), 3, 'No actor named "Nguyen Van Duc"')
    other = tmp_path / "other.db"
    ok("import", "-", "--db", str(other), stdin=export(db))
    ok("protect", "Pham Van Duc", "--db", str(other))
    assert "2025-04-08-a-19-year-old-protected-0" in shown_ids(other)


def test_an_event_with_such_an_id_can_be_added(db: Path) -> None:
    protect(db)
    title = "The guards met farmer Pham Van Nam"
    ok("add", "--date", "2025-05-05", "--kind", "death", "--title", title, "--source", "X", "--db", str(db))
    assert "2025-05-05-the-guards-met-farmer-protected-0" in shown_ids(db)


@pytest.mark.parametrize(
    ("names", "id_", "expected"),
    [
        ({"li", "an", "na"}, "2024-05-02-police-arrest-12-men-in-kandal", []),
        ({"li", "an", "na"}, "2024-05-02-li-an-na-speaks", ["li", "an", "na"]),
        ({"ferreira"}, "2024-05-02-ferr", []),
        ({"ferreira"}, f"2024-05-02-{'x' * 55}-ferr-2", ["ferr"]),
        ({"ferreira"}, f"2024-05-02-{'x' * 55}-goes", []),
        ({"សុខា"}, "2024-05-02-លោកសុខា", ["សុខា"]),
    ],
)
def test_whole_words_of_an_id_are_words_of_names(names: set[str], id_: str, expected: list[str]) -> None:
    assert words_of_names(names, id_) == expected


ENCODED = [
    "Vanna%20Sokhavy is freed", "Vanna&nbsp;Sokhavy is freed", "V&#97;nna Sokhavy is freed",
    "<b>Van</b>na Sokhavy is freed", "Van**na** Sokhavy is freed", "V a n n a S o k h a v y is freed",
]  # fmt: skip


@pytest.mark.parametrize("title", ENCODED)
def test_an_id_that_is_made_of_an_encoded_title_is_masked(title: str, tmp_path: Path) -> None:
    db = str(tmp_path / "case.db")
    ok("init", db, "--empty")
    ok("add", "--date", "2023-01-01", "--kind", "report", "--title", title, "--source", "X", "--db", db)
    placeholder = ok("protect", "Vanna Sokhavy", "--db", db).strip().strip("[]")
    (id_,) = ok("search", "--fields", "id", "--db", db).split()[1:]
    assert id_ in {f"2023-01-01-{placeholder}-is-freed", f"2023-01-01-{placeholder}"}
