# ruff: noqa: E501 - tables
"""``undo``: the record as it was before, byte for byte; an undo is a change itself; what was built on since is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

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
    rich,
    undo,
)

if TYPE_CHECKING:
    from pathlib import Path

CHANGES: list[tuple[list[str], str]] = [
    (["add", "--date", "2023-01-02", "--kind", "raid", "--title", "First words", "--actor", "New Person", "--site", "New Site", "--tag", "new"], ""),
    (["add", "-"], lines([actor("New Person", member_of=["New Body", "MoI"], protected=True)])),
    (["edit", FIRST, "--date", "2024-05~"], ""),
    (["edit", "v-1", "--remove", "figure: part", "--remove", "tag: rare", "--remove", "site: Blue Gate", "--force"], ""),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", member_of=[], positions=["Minister"], aliases=["X"])])),
    (["edit", "Blue Gate", "-"], lines([{"type": "site", "name": "Blue Gate", "owners": [{"name": "New Owner", "outlet": "New Outlet"}]}])),
    (["edit", "scams", "-"], lines([METRIC | {"unit": "people", "count": "stock"}])),
    (["edit", "Sar Kheng", "-"], lines([actor("Sar Kheng", protected=True)])),
    (["edit", "Vic Tim", "-", "--reason", "She agreed"], lines([actor("Vic Tim", protected=False, aliases=[])])),
    (["remove", "v-1", "--same-as", FIRST], ""),
    (["names", "alias", "Sar Kheng", "Samdech", "ស ខេង"], ""),
    (["names", "alias", "--site", "Blue Gate", "Door"], ""),
    (["import", "-"], lines([METRIC | {"name": "own"}, actor("B", member_of=["C"]), event("n-1", figures=[{"metric": "own", "stated": "4", "stated_by": "D"}])])),
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
    (["Sar Kheng", "MoI"], []), (["Sar Kheng", "Vic Tim"], []),
    (["Vic Tim", "Zed"], []), (["Blue Gate", "Red Gate"], ["--site"]),
]  # fmt: skip


@pytest.mark.parametrize(("names", "site"), MERGES, ids=str)
def test_a_merge_is_undone_and_done_again(db: Path, names: list[str], site: list[str]) -> None:
    rich(db)
    take_in(db, actor("Zed"), actor("Ann"), {"type": "site", "name": "Red Gate"})
    before = both(db)
    ok("names", "merge", *names, *site, "--db", str(db))
    back_and_forth(db, before)


def test_whoever_was_merged_with_a_protected_actor_by_mistake_is_not_protected(db: Path) -> None:
    """After the undo a minister's words are the minister's again, not those of the victim."""
    rich(db)
    before = json.loads(ok("show", FIRST, "--json", "--db", str(db)))
    ok("names", "merge", "Sar Kheng", "Vic Tim", "--db", str(db))
    undo(db)
    assert json.loads(ok("show", FIRST, "--json", "--db", str(db))) == before
    assert "Sar Kheng" in ok("actors", "--db", str(db))


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
