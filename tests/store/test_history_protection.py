# ruff: noqa: E501 - tables
"""Protected names in the history: who was protected, and what they were called, is withheld there too. All are invented."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import (
    actor,
    entity,
    event,
    lines,
    ok,
    run,
    take_in,
)
from tests.helpers.raw_search import holds, printed
from tests.helpers.undo_cases import redo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = [
    "zovanny", "quexley", "wuppo", "ដារា", "小龍",  # protected, one of these names no longer its own
    "brodnik", "uppy", "wrench",  # protected, then removed
    "vorzak", "helmut",  # protected long after, when an event was gone that has it in its id
    "plimsol", "trudi",  # protected, merged into another
]  # fmt: skip
PEOPLE = ("Zovanny Quexley", "Vorzak Helmut", "Kept Person")


def protect(db: Path, name: str, **more: object) -> None:
    ok("edit", name, "-", "--db", str(db), stdin=lines([{"type": "actor", "protected": True, **more}]))


def _keep_files(db: Path, folder: Path, *flags: str) -> None:
    """Files with the names of all of them: a file, a working copy of it that was handed over, and one that is gone."""
    for name in ("zovanny.txt", "Wuppo, Vorzak and Trudi.txt", "brodnik.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    about = [
        "--source", "Zovanny Quexley", "--url", "https://example.org/zovanny", "--collected-by", "Uppy Brodnik",
        "--method", "Wuppo's phone", "--tool", "Old Wrench", "--note", "Helmut and Plimsol told 李小龍",
    ]  # fmt: skip
    events = [flag for id_ in ("e-1", "vorzak-freed", "e-4") for flag in ("--event", id_)]
    ok("evidence", "add", str(folder / "zovanny.txt"), *about, *events, *flags)
    copy = str(folder / "Wuppo, Vorzak and Trudi.txt")
    ok("evidence", "derive", "zovanny.txt", copy, "--note", "without Trudi", "--tool", "Wuppo", *flags)
    to = ["--recipient", "Trudi Plimsol and Wuppo", "--include-evidence-of-protected"]
    ok("evidence", "export", "zovanny.txt", "-o", str(folder / "Uppy Brodnik"), *to, *flags)
    ok("evidence", "add", str(folder / "brodnik.txt"), *about, *events, *flags)
    ok("evidence", "remove", "brodnik.txt", *flags)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Four protected people with a past."""
    db = tmp_path / "kept.db"
    take_in(
        db,
        actor("Zovanny Quexley", kind="person", aliases=["Wuppo", "ដារា", "李小龍"], note="Zovanny's note"),
        actor("Uppy Brodnik", aliases=["Old Wrench"], protected=True),
        actor("Vorzak Helmut"), actor("Trudi Plimsol", protected=True), actor("Kept Person"),
        {"type": "site", "name": "Gate", "owners": [{"name": "Kept Person", "stated_by": "Zovanny Quexley", "note": "so Zovanny"}]},
        event("e-1", "2023-01-02", "rescue", title="Zovanny freed", summary="With Wuppo, 李小龍.", tags=["Wuppo"],
              actors=[{"name": "Zovanny Quexley", "role": "victim"}],
              figures=[{"metric": "rescues", "stated": "Quexley and 4", "low": 5, "stated_by": "Zovanny Quexley", "group": "of Zovanny"}]),
        event("e-2", title="Old Wrench spoke", summary="Uppy Brodnik", note="Trudi Plimsol"),
        event("vorzak-freed", title="Vorzak freed", actors=[{"name": "Vorzak Helmut", "role": "victim"}]),
        event("e-4", title="T", actors=[{"name": "Trudi Plimsol", "role": "victim"}], summary="Trudi was held"),
    )  # fmt: skip
    flags = ("--db", str(db), "--as", "Zovanny Quexley", "--reason", "ask Uppy Brodnik, not Wuppo")
    ok("edit", "e-1", "--title", "Zovanny Quexley freed", "--note", "Wuppo again", *flags)
    ok("edit", "e-1", "--title", "Freed", "--note", "", "--summary", "S", "--remove", "tag: Wuppo", *flags)
    ok(
        "edit",
        "Zovanny Quexley",
        "-",
        *flags,
        stdin=lines([{"type": "actor", "aliases": ["ដារា", "李小龍"], "note": None}]),
    )
    ok("edit", "vorzak-freed", "--note", "Helmut again", *flags)
    _keep_files(db, tmp_path, *flags)
    ok("remove", "vorzak-freed", *flags)
    protect(db, "Zovanny Quexley")
    protect(db, "Vorzak Helmut")
    ok("remove", "--actor", "Uppy Brodnik", "--include-protected", *flags)
    ok("names", "merge", "Trudi Plimsol", "Kept Person", *flags)
    ok("edit", "e-4", "--note", "Plimsol", *flags)
    return db


def test_the_history_withholds_them_in_every_command_and_format(kept: Path) -> None:
    shown = "".join(text for _, text in printed(kept, "--include-protected", formats=["json"]) if _[0] != "sql")
    assert [word for word in WORDS if not holds(shown, [word])] == []
    for asked, text in printed(kept):
        own = "vorzak-freed" if "vorzak-freed" in asked else "\0"  # the user's own words come back in an error
        assert not holds(text.replace(own, ""), WORDS), asked


def test_unprotecting_on_purpose_shows_it_again(kept: Path) -> None:
    record = entity(kept, "actor", "Zovanny Quexley") | {"protected": False}
    assert not holds(ok("log", "--json", "--db", str(kept)), ["zovanny"])
    ok("edit", "Zovanny Quexley", "-", "--reason", "he agreed", "--db", str(kept), stdin=lines([record]))
    log = ok("log", "--json", "--db", str(kept))
    assert holds(log, ["zovanny"])
    assert not holds(log, ["brodnik", "plimsol", "helmut"]), "only that one"
    assert "Zovanny Quexley freed" in ok("show", "e-1", "--history", "--db", str(kept))


def numbers(db: Path) -> dict[str, int]:
    with closing(sqlite3.connect(db)) as connection:
        return dict(connection.execute("SELECT name, placeholder FROM term WHERE placeholder IS NOT NULL").fetchall())


def _undone_and_redone(db: Path) -> None:
    ok("undo", "--reason", "By mistake.", "--db", str(db))
    redo(db)


def _removed(db: Path) -> None:
    take_in(db, actor("Loose Fellow", protected=True))
    before = numbers(db)["Loose Fellow"]
    ok("remove", "--actor", "Loose Fellow", "--include-protected", "--db", str(db))
    ok("undo", "--db", str(db))
    assert numbers(db)["Loose Fellow"] == before


def _unprotected_and_undone(db: Path) -> None:
    given = lines([{"type": "actor", "protected": False}])
    ok("edit", "Zovanny Quexley", "-", "--reason", "he agreed", "--db", str(db), stdin=given)
    ok("undo", "--db", str(db))


def _protected_again(db: Path) -> None:
    for protected in (False, True):
        given = lines([{"type": "actor", "protected": protected}])
        ok("edit", "Zovanny Quexley", "-", "--reason", "he agreed", "--db", str(db), stdin=given)


def _merged(db: Path) -> None:
    take_in(db, actor("Spare Person"))
    ok("names", "merge", "Spare Person", "Zovanny Quexley", "--db", str(db))
    ok("undo", "--db", str(db))


@pytest.mark.parametrize("how", [_undone_and_redone, _removed, _unprotected_and_undone, _merged, _protected_again])
def test_the_number_never_changes(kept: Path, how: Callable[[Path], None]) -> None:
    before = numbers(kept)
    assert set(before) == set(PEOPLE)
    how(kept)
    after = numbers(kept)
    assert {name: after[name] for name in before} == before


# Defects, each as small as it gets.


def test_a_former_alias_of_somebody_who_was_removed(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(
        db, actor("Bopha Chenda", protected=True, aliases=["Nick Sparrow"]), event("e-1", title="Nick Sparrow spoke")
    )
    ok("edit", "Bopha Chenda", "-", "--db", str(db), stdin=lines([{"type": "actor", "aliases": []}]))
    assert "Sparrow" not in ok("show", "e-1", "--db", str(db))
    ok("remove", "--actor", "Bopha Chenda", "--include-protected", "--db", str(db))
    assert "Sparrow" not in ok("show", "e-1", "--db", str(db))


def test_somebody_who_was_removed_is_named_again(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Bopha Chenda", protected=True), event("e-1", title="Bopha Chenda spoke"))
    ok("remove", "--actor", "Bopha Chenda", "--include-protected", "--db", str(db))
    assert "Bopha" not in ok("show", "e-1", "--db", str(db))
    take_in(db, event("e-2", actors=[{"name": "Bopha Chenda", "role": "victim"}]))
    assert "Bopha" not in ok("show", "e-1", "--db", str(db)) + ok("log", "--db", str(db))


@pytest.fixture
def mealea(tmp_path: Path) -> Path:
    """An event that is gone, with a word of somebody's name in its id, who was protected since."""
    db = tmp_path / "mealea.db"
    take_in(db, actor("Sok Mealea"), event("e-0", "2020"))
    take_in(db, event("mealea-escapes", actors=[{"name": "Sok Mealea", "role": "victim"}], title="T"))
    ok("edit", "mealea-escapes", "--note", "1", "--db", str(db))
    ok("remove", "mealea-escapes", "--db", str(db))
    protect(db, "Sok Mealea")
    return db


def gone(db: Path) -> str:
    """Return the printed form of the id of that event."""
    (id_,) = json.loads(ok("log", "--json", "--db", str(db)))[1]["records"]
    assert re.fullmatch(r"protected-\d+-escapes", id_)
    return str(id_)


@pytest.mark.parametrize(
    "args",
    [["log"], ["log", "--change", "2"], ["log", "--change", "4"], ["undo"], ["search"], ["show", "protected"], ["sql"]],
    ids=" ".join,
)
def test_an_event_that_is_gone(mealea: Path, args: list[str]) -> None:
    answer = run(*args, "--db", str(mealea))
    assert "mealea" not in answer.out + answer.err
