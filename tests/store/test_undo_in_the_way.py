# ruff: noqa: E501 - tables
"""Undo, where a later change is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, export, lines, ok, records, refused, run, stored, take_in
from tests.helpers.undo_cases import FIRST, METRIC, both, clean, last, undo

if TYPE_CHECKING:
    from pathlib import Path

# What was built on it since.


def test_a_later_change_of_the_same_record_is_in_the_way(db: Path) -> None:
    at = ["--db", str(db)]
    ok("edit", FIRST, "--title", "Ann's", "--as", "Ann", *at)
    ok("edit", FIRST, "--note", "Bob's", "--as", "Bob", *at)
    before, number = both(db), last(db)
    answer = run("undo", "2", *at)
    refused(answer, 4, "Change 2 (edit, by Ann)", "change 3 (edit, by Bob)", f"event {FIRST}", "scamcli undo 3")
    refused(run("undo", "--as", "Ann", *at), 4, "change 3 (edit, by Bob)")
    refused(run("undo", "1", *at), 4, "change 3")
    assert (both(db), last(db)) == (before, number)
    undo(db, "3")
    undo(db, "2")
    assert stored(db, FIRST)["title"] == "First words"
    refused(run("undo", "2", *at), 4, "already undone", "scamcli undo 5")
    undo(db, "1")
    assert export(db) == ""
    clean(db)


IN_THE_WAY: list[tuple[list[str], str]] = [
    (["edit", "n-1", "--note", "N"], ""),
    (["remove", "n-1", "--same-as", FIRST], ""),
    (["edit", FIRST, "--source", "New Outlet"], ""),
    (["edit", FIRST, "--figure", "own: 4"], ""),
    (["edit", FIRST, "--figure", "cases: 4; by: New Person"], ""),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", member_of=["New Person"])])),
    (["edit", "Blue Gate", "-"], lines([{"type": "site", "name": "Blue Gate", "owners": [{"name": "Kuong", "outlet": "New Outlet"}]}])),
    (["edit", "New Person", "-"], lines([actor("New Person", note="N")])),
    (["names", "merge", "New Person", "Sar Kheng"], ""),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("args", "stdin"), IN_THE_WAY, ids=[f"{' '.join(row[0])} {row[1][:90]}" for row in IN_THE_WAY])
def test_what_uses_it_is_in_the_way(db: Path, args: list[str], stdin: str) -> None:
    """Actors, sites and metrics that an import made, and that something later uses."""
    take_in(
        db,
        METRIC | {"name": "own"},
        event("n-1", actors=[{"name": "New Person"}], sources=[{"outlet": "New Outlet"}], sites=["New Site"]),
    )
    imported = both(db)
    ok(*args, "--as", "Bob", "--db", str(db), stdin=stdin)
    before, number = both(db), last(db)
    refused(
        run("undo", "2", "--db", str(db)), 4, "Change 2 (import", f"change 3 ({args[0]}", "by Bob", "scamcli undo 3"
    )
    assert (both(db), last(db)) == (before, number)
    undo(db, "3")
    assert both(db) == imported
    undo(db, "2")
    assert "New" not in export(db)
    assert "own" not in {record.get("name") for record in records(db)}
    clean(db)


def test_what_is_needed_again_is_gone(db: Path) -> None:
    at = ["--db", str(db)]
    ok("add", "--id", "n-1", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "New", *at)
    ok("remove", "n-1", *at)
    ok("remove", "--actor", "New", "--as", "Bob", *at)
    before = both(db)
    refused(run("undo", "3", *at), 4, "change 4 (remove, by Bob)", "actor New", "scamcli undo 4")
    assert both(db) == before
    undo(db, "4")
    undo(db, "3")
    assert stored(db, "n-1")["actors"][0]["name"] == "New"
    clean(db)


def test_an_alias_that_another_has_meanwhile(db: Path) -> None:
    at = ["--db", str(db)]
    ok("names", "alias", "Sar Kheng", "Samdech", *at)
    undo(db)
    ok("names", "alias", "MoI", "Samdech", *at)
    before = both(db)
    refused(run("undo", "3", *at), 4, "Samdech", "Ministry of Interior")
    assert both(db) == before
    undo(db, "4")
    undo(db, "3")
    assert ok("search", "--actor", "Samdech", "--count", *at) == "1\n"
    clean(db)


def test_links_to_what_is_undone_are_said(db: Path) -> None:
    at = ["--db", str(db)]
    ok("add", "--id", "n-1", "--date", "2023", "--kind", "raid", "--title", "T", *at)
    ok("edit", FIRST, "--link", "follows: n-1", *at)
    assert f"{FIRST} links to n-1" in undo(db, "2")
    assert stored(db, FIRST)["links"][0]["event"] == "n-1"
    assert "links to" not in undo(db, "4")
    clean(db)


def test_a_hint_leads_out(db: Path) -> None:
    """Following what the errors say, a change that others built on is undone in the end, and nothing goes round."""
    at = ["--db", str(db)]
    ok("add", "--id", "n-1", "--date", "2023", "--kind", "raid", "--title", "T", *at)
    for title in "abc":
        ok("edit", "n-1", "--title", title, *at)
    goal = 2
    for _ in range(8):
        answer = run("undo", str(goal), *at)
        if answer.code == 0:
            break
        undo(db, answer.err.rsplit("scamcli undo ", 1)[1].split("`")[0])
    assert "n-1" not in export(db)
