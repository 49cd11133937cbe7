"""Of two events that tell the same one stays; the other's id leads to it, and is never another's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import event, export, found, lines, ok, refused, run, stored, take_in
from tests.helpers.undo_cases import FIRST, clean, redo, rows

if TYPE_CHECKING:
    from pathlib import Path

# Events: what is permanent.


@pytest.fixture
def same(db: Path) -> Path:
    """Two events that tell the same, and one that links to both."""
    take_in(
        db,
        event(
            "e-old",
            title="Old words",
            sources=[{"outlet": "VOD", "title": "T"}, {"outlet": "BBC"}],
            figures=[{"metric": "cases", "stated": "4"}],
        ),
        event("e-new", title="New words", sources=[{"outlet": "BBC"}], figures=[{"metric": "cases", "stated": "4"}]),
        event(
            "x-1", date="2023-02-01", kind="denial", links=[{"type": "disputes", "event": "e-old", "figure": "cases"}]
        ),
        event("x-0", date="2022-02-01"),
    )
    ok("remove", "e-old", "--same-as", "e-new", "--db", str(db))
    return db


def test_sources_and_links_go_over(same: Path) -> None:
    assert [one["outlet"] for one in stored(same, "e-new")["sources"]] == ["BBC", "VOD"]
    assert stored(same, "x-1")["links"][0]["event"] == "e-new"
    (row,) = rows("stats", "cases", "--by", "none", "--db", str(same))
    assert (row["low"], row["events"], row["contested"]) == (4, ["e-new"], 1)
    clean(same)


def test_the_old_id_leads_on(same: Path) -> None:
    at = ["--db", str(same)]
    assert rows("show", "e-old", *at)["id"] == "e-new"
    assert ok("edit", "e-old", "--tag", "t", *at) == "e-new\n"
    assert found(same, "--after", "e-old") == found(same, "--after", "e-new")
    ok("add", "--id", "y-1", "--date", "2023", "--kind", "raid", "--title", "T", "--link", "follows: e-old", *at)
    assert stored(same, "y-1")["links"][0]["event"] == "e-new"
    refused(run("remove", "e-old", "--same-as", "e-new", *at), 4, "itself")
    refused(run("add", "--id", "e-old", "--date", "2023", "--kind", "raid", "--title", "T", *at), 4, "e-new")
    ok("remove", "e-new", "--same-as", "x-0", *at)
    for old in ("e-old", "e-new"):
        assert rows("show", old, *at)["id"] == "x-0"
    assert json.loads(ok("remove", "e-old", *at))["id"] == "x-0"
    clean(same)


def test_undone_the_id_is_its_own_again(same: Path) -> None:
    at = ["--db", str(same)]
    ok("undo", *at)
    assert rows("show", "e-old", *at)["title"] == "Old words"
    redo(same)
    assert rows("show", "e-old", *at)["title"] == "New words"


LINK = event(
    "z-1", kind="denial", actors=[{"name": "MoI", "role": "denies"}], links=[{"type": "disputes", "event": "e-old"}]
)


@pytest.mark.parametrize(
    ("theirs", "ours", "said"),
    [
        ({"stated": "several"}, {"stated": "several"}, "so they count once: cases: several."),
        ({"stated": "several"}, {"stated": "an unknown number"}, "no longer counted: cases: several."),
        ({"low": 5, "high": 8}, {"stated": "4"}, "no longer counted: cases: 5 to 8."),
    ],
)
def test_what_becomes_of_a_figure_is_said(
    db: Path, theirs: dict[str, object], ours: dict[str, object], said: str
) -> None:
    for id_, figure in (("e-old", theirs), ("e-new", ours)):
        take_in(db, event(id_, figures=[{"metric": "cases", **figure}]))
    assert said in run("remove", "e-old", "--same-as", "e-new", "--db", str(db)).err


@pytest.mark.parametrize("way", ["import", "edit"])
def test_a_link_to_the_old_id_in_a_record_is_followed(same: Path, way: str) -> None:
    at = ["--db", str(same)]
    ok("edit", "x-1", "--remove", "link: e-new", *at)
    if way == "edit":
        ok("add", "-", *at, stdin=lines([LINK | {"links": []}]))
    ok(way, *(["z-1"] if way == "edit" else []), "-", *at, stdin=lines([LINK]))
    (row,) = rows("stats", "cases", "--by", "none", *at)
    assert row["contested"] == 1
    assert "L01" not in ok("check", "--select", "L01", *at)


def test_two_links_become_one(db: Path) -> None:
    take_in(
        db,
        event("e-old"),
        event("e-new"),
        event("x-1", links=[{"type": "follows", "event": "e-old"}, {"type": "follows", "event": "e-new"}]),
    )
    ok("remove", "e-old", "--same-as", "e-new", "--db", str(db))
    assert len(stored(db, "x-1")["links"]) == 1


@pytest.mark.parametrize(
    "args", [["show", "e-old"], ["edit", "e-old", "--title", "T"], ["remove", "e-old"]], ids=" ".join
)
def test_an_id_that_leads_to_what_was_removed(same: Path, args: list[str]) -> None:
    ok("remove", "e-new", "--db", str(same))
    before = export(same)
    refused(run(*args, "--db", str(same)), 3)
    assert export(same) == before


def test_a_merge_that_was_undone_leads_nowhere(db: Path) -> None:
    at = ["--db", str(db)]
    ok("add", "--id", "e-1", "--date", "2023", "--kind", "raid", "--title", "T", *at)
    ok("remove", "e-1", "--same-as", FIRST, *at)
    ok("undo", *at)
    ok("undo", "2", *at)
    refused(run("show", "e-1", *at), 3, "e-1")


@pytest.mark.parametrize("args", [["show"], ["remove"]], ids=" ".join)
@pytest.mark.parametrize("way", [["remove", "2023-03-04-raid-in-town"], ["undo", "2"]], ids=" ".join)
def test_an_id_that_is_gone_is_not_the_beginning_of_another(db: Path, args: list[str], way: list[str]) -> None:
    """A made id and the next one made of the same words: -2. `remove` sent twice must not take both."""
    for _ in range(2):
        ok("add", "--date", "2023-03-04", "--kind", "raid", "--title", "Raid in town", "--db", str(db))
    ok(*way, "--db", str(db))
    before = export(db)
    refused(run(args[0], "2023-03-04-raid-in-town", *args[1:], "--db", str(db)), 3, "removed it")
    assert export(db) == before


@pytest.mark.parametrize("way", ["undo", "remove"])
def test_the_id_of_what_is_gone_is_given_to_nobody_else(db: Path, way: str) -> None:
    at = ["--db", str(db)]
    made = ["add", "--date", "2023-03-04", "--kind", "raid", "--title", "Raid in town"]
    id_ = ok(*made, *at).strip()
    record = stored(db, id_)
    ok(*([way] if way == "undo" else [way, id_]), *at)
    before = export(db)
    refused(
        run("add", "--id", id_, "--date", "2023", "--kind", "raid", "--title", "Another", *at),
        4,
        "belonged to another event",
        "undo",
    )
    refused(run("add", "-", *at, stdin=lines([record | {"summary": "Another"}])), 4, "belonged to another event")
    assert export(db) == before
    assert ok(*made, *at) == f"{id_}-2\n"
    take_in(db, {"type": "event", "date": "2023-03-04", "kind": "court", "title": "Raid in town"})
    assert found(db, "--during", "2023-03") == [f"{id_}-3", f"{id_}-2"]
    assert ok("add", "-", *at, stdin=lines([record])) == f"{id_}\n"
    assert stored(db, id_) == record
    clean(db)


def test_what_was_merged_is_not_imported_again(db: Path) -> None:
    row = {"type": "event", "date": "2023-03-04", "kind": "raid", "title": "Raid in town"}
    take_in(db, row)
    ok("remove", "2023-03-04-raid-in-town", "--same-as", FIRST, "--db", str(db))
    run("import", "-", "--db", str(db), stdin=lines([row]))
    assert rows("show", "2023-03-04-raid-in-town", "--db", str(db))["id"] == FIRST
