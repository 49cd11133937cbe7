# ruff: noqa: E501 - tables
"""``undo``: the record as it was before, byte for byte; an undo is a change itself; what was built on since is refused."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import NotFoundError
from scamcli.store.undo import choose_redo, choose_undo
from tests.helpers.driver import actor, event, export, lines, ok, refused, run, stored, take_in
from tests.helpers.undo_cases import (
    FIRST,
    METRIC,
    SECOND,
    back_and_forth,
    both,
    changes,
    clean,
    last,
    order,
    redo,
    rich,
    undo,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHANGES: list[tuple[list[str], str]] = [
    (["add", "--date", "2023-01-02", "--kind", "raid", "--title", "First words", "--actor", "New Person", "--site", "New Site", "--tag", "new"], ""),
    (["add", "-"], lines([actor("New Person", member_of=["New Body", "MoI"], protected=True)])),
    (["edit", FIRST, "--title", "Other", "--tag", "two", "--actor", "New Person"], ""),
    (["edit", FIRST, "--date", "2024-05~"], ""),
    (["edit", FIRST, "--date", "1960-05-06"], ""),
    (["edit", "v-1", "--remove", "figure: part", "--remove", "tag: rare", "--remove", "site: Blue Gate", "--force"], ""),
    (["edit", "v-1", "--status", "draft"], ""),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", member_of=[], positions=["Minister"], aliases=["X"])])),
    (["edit", "Blue Gate", "-"], lines([{"type": "site", "name": "Blue Gate", "owners": [{"name": "New Owner", "outlet": "New Outlet"}]}])),
    (["edit", "scams", "-"], lines([METRIC | {"unit": "people", "count": "stock"}])),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", protected=True)])),
    (["edit", "Vic Tim", "-"], lines([actor("Vic Tim", protected=False, aliases=[])])),
    (["edit", "Vic Tim", "-"], lines([actor("Vic Tim", protected=True, aliases=["Another Name"])])),
    (["remove", FIRST], ""),
    (["remove", "v-1"], ""),
    (["remove", "v-1", "--same-as", FIRST], ""),
    (["remove", FIRST, "--same-as", "v-1"], ""),
    (["remove", "--actor", "Nobody"], ""),
    (["names", "alias", "Sar Kheng", "Samdech", "ស ខេង"], ""),
    (["names", "alias", "Vic Tim", "Third Name"], ""),
    (["names", "alias", "--site", "Blue Gate", "Door"], ""),
    (["import", "-"], lines([METRIC | {"name": "own"}, actor("B", member_of=["C"]), event("n-1", figures=[{"metric": "own", "stated": "4", "stated_by": "D"}])])),
    (["import", "-"], lines([event(None, title=f"Row {number}", actors=[{"name": f"P {number % 7}"}]) for number in range(40)])),
    (["check", "--fix"], ""),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("args", "stdin"), CHANGES, ids=[f"{' '.join(row[0])} {row[1][:60]}" for row in CHANGES])
def test_back_and_forth(db: Path, args: list[str], stdin: str) -> None:
    rich(db)
    before, number = both(db), last(db)
    assert run(*args, "--db", str(db), stdin=stdin).code == (1 if args[0] == "check" else 0)
    assert last(db) == number + 1
    back_and_forth(db, before)


MERGES = [
    (["Sar Kheng", "MoI"], []), (["MoI", "Sar Kheng"], []), (["VOD", "BBC"], []), (["Sar Kheng", "Vic Tim"], []),
    (["Vic Tim", "Zed"], []), (["Vic Tim", "Ann"], []), (["Blue Gate", "Red Gate"], ["--site"]),
]  # fmt: skip


@pytest.mark.parametrize(("names", "site"), MERGES, ids=str)
def test_a_merge_is_undone(db: Path, names: list[str], site: list[str]) -> None:
    rich(db)
    take_in(db, actor("Zed"), actor("Ann"), {"type": "site", "name": "Red Gate"})
    before = both(db)
    ok("names", "merge", *names, *site, "--db", str(db))
    undo(db)
    assert export(db) == before[0]
    if names not in (["Vic Tim", "Zed"], ["Sar Kheng", "Vic Tim"]):  # see below
        assert both(db) == before
    clean(db)


@pytest.mark.parametrize(("names", "site"), MERGES, ids=str)
def test_a_merge_is_undone_and_done_again(db: Path, names: list[str], site: list[str]) -> None:
    rich(db)
    take_in(db, actor("Zed"), actor("Ann"), {"type": "site", "name": "Red Gate"})
    before = both(db)
    ok("names", "merge", *names, *site, "--db", str(db))
    back_and_forth(db, before)


def test_a_placeholder_is_the_same_after_the_undo_of_a_merge(db: Path) -> None:
    """What was printed as [protected-N] stays N: whoever has quoted it, quotes the same person."""
    rich(db)
    take_in(db, actor("Zed"))
    before = ok("export", "jsonl", "--db", str(db))
    ok("names", "merge", "Vic Tim", "Zed", "--db", str(db))
    undo(db)
    assert ok("export", "jsonl", "--db", str(db)) == before


def test_whoever_was_merged_with_a_protected_actor_by_mistake_is_not_protected(db: Path) -> None:
    """After the undo a minister's words are the minister's again, not those of the victim."""
    rich(db)
    before = json.loads(ok("show", FIRST, "--json", "--db", str(db)))
    ok("names", "merge", "Sar Kheng", "Vic Tim", "--db", str(db))
    undo(db)
    assert json.loads(ok("show", FIRST, "--json", "--db", str(db))) == before
    assert "Sar Kheng" in ok("actors", "--db", str(db))


def test_an_alias_that_became_an_actor(db: Path) -> None:
    """One edit takes an alias away and names a body of that name, which is new: undone, it is the alias again."""
    take_in(db, actor("One", aliases=["Two"]))
    before = both(db)
    ok("edit", "One", "-", "--db", str(db), stdin=lines([actor("One", aliases=[], member_of=["Two"])]))
    back_and_forth(db, before)


@pytest.mark.thorough
def test_a_large_import(db: Path) -> None:
    """Whatever an import brought, its undo takes out, and the redo brings back: the export to the byte."""
    rich(db)
    before = both(db)
    rows = [event(f"big-{number:04}", date=f"{1950 + number % 80}-03", title=f"Row {number}", actors=[{"name": f"Actor {number % 300}"}],
                  tags=[f"t{number % 50}"], figures=[{"metric": "scams", "stated": str(number), "stated_by": "Vic Tim"}],
                  sources=[{"outlet": f"Outlet {number % 20}"}], links=[{"type": "follows", "event": f"big-{(number + 1) % 800:04}"}])
            for number in range(800)]  # fmt: skip
    take_in(db, *rows, actor("Actor 1", aliases=["A1"], member_of=["Actor 2"]))
    after, found = both(db), order(db)
    undo(db)
    assert both(db) == before
    clean(db)
    redo(db)
    assert (both(db), sorted(order(db))) == (after, sorted(found))
    clean(db)


def test_the_seed_is_undone_by_its_number_alone(seeded: Path) -> None:
    before = export(seeded)
    refused(run("undo", "--db", str(seeded)), 3, "change 1 (init)", "scamcli undo 1")
    assert export(seeded) == before
    undo(seeded, "1")
    assert export(seeded) == ""
    clean(seeded)
    undo(seeded, "2")
    assert export(seeded) == before
    clean(seeded)


def test_the_seed_is_never_undone_without_its_number(seeded: Path) -> None:
    before = export(seeded)
    undo(seeded, "1")
    refused(run("undo", "--db", str(seeded)), 3, "no change to undo")
    redo(seeded)
    assert export(seeded) == before
    refused(run("undo", "--db", str(seeded)), 3, "change 1 (init)")
    assert export(seeded) == before


def test_an_upgrade_is_never_undone(db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE change SET command = 'upgrade', author = 'root'")
    before = export(db)
    refused(run("undo", "--as", "root", "--db", str(db)), 3, "upgrade")
    refused(run("undo", "1", "--db", str(db)), 4, "upgrade", "begins")
    assert export(db) == before


# Whose change.


def test_the_last_of_ones_own(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = ["--db", str(db)]
    before = both(db)
    ok("edit", FIRST, "--note", "Ann's", "--as", "Ann", *at)
    with_anns = both(db)
    ok("edit", SECOND, "--note", "Bob's", "--as", "Bob", *at)
    with_both = both(db)
    assert "Undid change 2 (edit, by Ann)" in undo(db, "--as", "Ann", "--reason", "Wrong")
    assert (stored(db, FIRST)["note"], stored(db, SECOND)["note"]) == (None, "Bob's")
    row = changes(db)[0]
    assert (row["change"], row["by"], row["command"], row["reason"], row["undoes"]) == (4, "Ann", "undo", "Wrong", 2)
    assert "Undid change 4 (undo, by Ann)" in undo(db, "4", "--as", "Ann")
    assert both(db) == with_both
    undo(db, "--as", "Bob")
    assert both(db) == with_anns
    undo(db, "5", "--as", "Bob")
    assert both(db) == before
    monkeypatch.setenv("LOGNAME", "bystander")
    refused(run("undo", *at), 3, '"bystander"', "log")
    undo(db, "7")
    assert changes(db)[0]["by"] == "bystander"
    clean(db)


# Stepping back and forward.


def step(choose: Callable[[sqlite3.Connection, str | None], int], db: Path, by: str) -> int:
    """Undo the change that one of the two functions chooses for an author, and return its number."""
    with closing(sqlite3.connect(db)) as connection:
        number = choose(connection, by)
    undo(db, str(number), "--as", by)
    return number


def test_undo_steps_back_and_redo_steps_forward(db: Path) -> None:
    states = [both(db)]
    for note in ("one", "two", "three"):
        ok("edit", FIRST, "--note", note, "--as", "Ann", "--db", str(db))
        states.append(both(db))
    for number, state in ((4, states[2]), (3, states[1]), (2, states[0])):
        assert step(choose_undo, db, "Ann") == number
        assert both(db) == state
    refused(run("undo", "--as", "Ann", "--db", str(db)), 3, '"Ann" has no change to undo', "scamcli log")
    for number, state in ((7, states[1]), (6, states[2]), (5, states[3])):
        assert step(choose_redo, db, "Ann") == number
        assert both(db) == state
    with pytest.raises(NotFoundError, match='"Ann" has no undo to redo'):
        step(choose_redo, db, "Ann")
    assert step(choose_undo, db, "Ann") == 4
    assert both(db) == states[2]
    clean(db)


def test_each_author_steps_through_their_own_changes(db: Path) -> None:
    for by, event_id in (("Ann", FIRST), ("Bob", SECOND), ("Ann", SECOND)):
        ok("edit", event_id, "--tag", by.casefold(), "--as", by, "--db", str(db))
    assert step(choose_undo, db, "Ann") == 4
    assert step(choose_undo, db, "Bob") == 3
    assert step(choose_undo, db, "Ann") == 2
    assert step(choose_redo, db, "Bob") == 6
    assert step(choose_redo, db, "Ann") == 7
    assert step(choose_redo, db, "Ann") == 5
    with closing(sqlite3.connect(db)) as connection:
        assert choose_undo(connection) == 4
    clean(db)


def test_an_undo_by_number_moves_both_ends(db: Path) -> None:
    """What was redone by the number of its undo is in force, and what was undone by its number can be redone."""
    ok("edit", FIRST, "--note", "one", "--as", "Ann", "--db", str(db))
    ok("edit", SECOND, "--note", "two", "--as", "Ann", "--db", str(db))
    undo(db, "2", "--as", "Ann")
    assert step(choose_redo, db, "Ann") == 4
    undo(db, "5", "--as", "Ann")
    assert stored(db, FIRST)["note"] is None
    assert step(choose_redo, db, "Ann") == 6
    assert step(choose_undo, db, "Ann") == 3
    assert step(choose_undo, db, "Ann") == 2
    clean(db)


def test_undo_without_a_number_steps_back_and_redo_steps_forward(db: Path) -> None:
    at = ("--as", "Ann", "--db", str(db))
    states = [both(db)]
    for note in ("one", "two"):
        ok("edit", FIRST, "--note", note, *at)
        states.append(both(db))
    assert "Undid change 3 (edit, by Ann)" in undo(db, "--as", "Ann")
    assert both(db) == states[1]
    assert "Undid change 2 (edit, by Ann)" in undo(db, "--as", "Ann")
    assert both(db) == states[0]
    refused(run("undo", *at), 3, "no change to undo")
    answer = run("undo", "--redo", *at)
    assert (answer.code, answer.out) == (0, "6\n")
    assert answer.err.splitlines() == [
        "scamcli: Redid change 2 (edit, by Ann): 1 record.", "scamcli: `scamcli undo 6` undoes it again.",
    ]  # fmt: skip
    assert both(db) == states[1]
    assert "Redid change 3 (edit, by Ann)" in run("undo", "--redo", *at).err
    assert both(db) == states[2]
    refused(run("undo", "--redo", *at), 3, "no undo to redo")
    assert changes(db)[0]["command"] == "redo"
    refused(run("undo", "3", "--redo", *at), 2, "--redo takes no number")
    refused(run("redo", *at), 2, 'No command "redo"', "scamcli undo --redo")
    clean(db)
