# ruff: noqa: E501 - tables
"""Protected names in the history: who was protected, and what they were called, is withheld there too. All are invented."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scamcli.cli.command_table import COMMANDS
from tests.helpers.driver import (
    actor,
    entity,
    event,
    export,
    lines,
    offered,
    ok,
    refused,
    run,
    stored,
    subcommands,
    take_in,
)
from tests.helpers.raw_search import READING, holds, of_records, printed
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


def test_every_command_was_tried() -> None:
    asked = {args[0] for args in READING} | {"show", "log", "actors", "sites"}
    elsewhere = {"export", "report", "schema"} | {args[0] for args in SAID} | {"init", "backup", "ingest"}
    elsewhere |= {"merge", "diff"}  # of two timelines: in tests/exchange
    assert {command.name for command in COMMANDS} == asked | elsewhere
    tried = {args[1] for args in (*READING, *SAID) if args[0] == "evidence"} | {"show"}
    assert tried == subcommands("evidence")


def test_by_placeholder(kept: Path) -> None:
    numbers = sorted(set(re.findall(r"\[protected-\d+\]", ok("log", "--json", "--db", str(kept)))))
    assert len(numbers) == 4
    known = set(re.findall(r"\[protected-\d+\]", ok("actors", "--json", "--db", str(kept))))
    for number in known & set(numbers):
        assert number in ok("log", "--actor", number, "--json", "--db", str(kept)) + number
        for format_ in ("", "json"):
            answer = run("log", "--actor", number, *(["-f", format_] if format_ else []), "--db", str(kept))
            assert answer.code == 0
            assert not holds(answer.out + answer.err, WORDS)


SAID: list[list[str]] = [
    ["undo", "1"], ["undo", "2"], ["undo", "99"], ["undo"], ["undo", "--as", "Zovanny Quexley"], ["undo", "4"],
    ["names", "merge", "Zovanny Quexley", "Kept Person"], ["names", "merge", "Zovanny Quexley", "Wuppo"], ["names", "merge", "Wuppo", "Kept Person"],
    ["names", "merge", "Zovanny Quexley", "ដារា"], ["names", "alias", "Kept Person", "Uppy Brodnik"],
    ["redact", "--yes", "Old Wrench"], ["redact", "--yes", "Z"], ["protect", "Zovanny Quexley"],
    ["unprotect", "Zovanny Quexley"],
    ["remove", "e-1", "--same-as", "e-2"], ["remove", "e-4"], ["remove", "--actor", "Zovanny Quexley"],
    ["edit", "e-1", "--title", "T2", "--expect", "000000000000"], ["edit", "vorzak-freed", "--title", "T"], ["edit", "vorzak", "--title", "T"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "Zovanny Quexley freed again"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", "vorzak-freed"],
    ["show", "vorzak-freed", "--at", "1999"], ["show", "e-1", "--at", "1999"], ["log", "Zovanny Quexley"], ["log", "--actor", "Old Wrench"],
    ["log", "--actor", "Uppy Brodnik"], ["log", "--site", "Zovanny Quexley"], ["search", "--actor", "Trudi Plimsol"], ["actors", "Uppy Brodnik"],
    ["import", "-"], ["edit", "e-1", "-"],
    ["evidence", "show", "zovanny.txt"], ["evidence", "show", "brodnik.txt"], ["evidence", "list", "--event", "vorzak-freed"],
    ["evidence", "list", "--event", "e"], ["evidence", "export", "zovanny.txt", "-o", "/nowhere/out"], ["evidence", "export", "--event", "e-1", "-o", "/nowhere/out"],
    ["evidence", "export", "brodnik.txt", "-o", "/nowhere/out"], ["evidence", "remove", "zovanny.txt", "--reason", "Uppy Brodnik asked"],
    ["evidence", "remove", "Zovanny Quexley", "--reason", "R"], ["evidence", "show", "Old Wrench"],
    ["evidence", "add", "{the same}", "--source", "Trudi Plimsol", "--event", "e-2"], ["evidence", "add", "{the same}", "--source", "S", "--event", "vorzak-freed"],
    ["evidence", "derive", "zovanny.txt", "{the same}", "--note", "Wuppo"], ["evidence", "derive", "brodnik.txt", "{the same}", "--note", "Wuppo"],
    ["evidence", "derive", "zovanny.txt", "{another}", "--note", "Wuppo", "--as", "Uppy Brodnik"], ["evidence", "import", "{another}"],
    ["evidence", "import", "{bag}"], ["evidence", "verify", "{bag}"],
]  # fmt: skip


@pytest.mark.parametrize("args", SAID, ids=" ".join)
def test_what_is_said(kept: Path, tmp_path: Path, args: list[str]) -> None:
    """The bag is somebody's who shows the names."""
    (tmp_path / "same.txt").write_text("zovanny.txt", encoding="utf-8")
    (tmp_path / "another.txt").write_text("Another", encoding="utf-8")
    places = {"{the same}": "same.txt", "{another}": "another.txt", "{bag}": "bag"}
    if "{bag}" in args:
        whole = ("--include-protected", "--include-evidence-of-protected")
        ok("export", "bagit", "-o", str(tmp_path / "bag"), *whole, "--db", str(kept))
    args = [str(tmp_path / places[one]) if one in places else one for one in args]
    answer = run(*args, "--db", str(kept), stdin=lines([event("e-1", title="Wuppo, and Uppy Brodnik")]))
    said = answer.out + answer.err
    for own in ("vorzak-freed", '"vorzak"'):
        said = said.replace(own, "") if own.strip('"') in args else said
    assert not holds(said, WORDS), answer
    assert answer.code != 70, answer


def test_an_expectation_that_fails_shows_both_without_names(kept: Path) -> None:
    digests = {}
    for at in range(2):
        digests[at] = json.loads(ok("show", "e-1", "--json", "--db", str(kept)))["digest"]
        ok("edit", "e-1", "--summary", f"Zovanny Quexley, Wuppo {at}", "--db", str(kept))
    answer = run("edit", "e-1", "--note", "N", "--expect", digests[0], "--db", str(kept))
    refused(answer, 4, "has changed", "summary", "[protected-")
    assert not holds(answer.err, WORDS), answer
    before, after = kept, {"type": "actor", "note": "2"}
    read = run("edit", "Zovanny Quexley", "-", "--expect", "0" * 12, "--db", str(before), stdin=lines([after]))
    refused(read, 4, "has changed")
    assert not holds(read.err, WORDS), read


def test_completion(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(kept))
    assert "e-1" in offered("scamcli log ")
    for line in (
        "log ",
        "log --actor ",
        "log --actor Zo",
        "show ",
        "redact ",
        "redact Zo",
        "remove --same-as ",
        "names merge ",
        "log v",
        "show vor",
    ):
        assert not holds(" ".join(offered(f"scamcli {line}")), WORDS), line


def test_verify_withholds_them(kept: Path) -> None:
    first, *others = sorted(kept.with_suffix(".evidence").glob("??/*"))
    assert others
    first.chmod(0o600)
    first.write_text("altered")
    (kept.with_suffix(".evidence") / "zovanny.txt").touch()
    for file in others:
        file.unlink()
    for args in (["evidence", "verify"], ["info", "--verify"]):
        for format_ in ("tsv", "json", "table", "csv", "markdown", "jsonl"):
            answer = run(*args, "-f", format_, "--db", str(kept))
            assert (answer.code, "altered" in answer.out, "missing" in answer.out) == (5, True, True)
            assert not holds(answer.out + answer.err, WORDS), answer
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("UPDATE event SET record = replace(record, '\"e-1\"', '\"Zovanny Quexley\"')")
        connection.execute("UPDATE evidence_source SET note = 'Wuppo and Trudi Plimsol'")
        connection.execute("DELETE FROM name WHERE form LIKE '%Quexley%' OR form LIKE '%helmut%'")
        connection.execute("UPDATE term SET record = record || ' ' WHERE name LIKE '%Quexley%'")
        connection.execute("UPDATE change_record SET after = 'x' WHERE after IS NOT NULL AND name <> 'vorzak-freed'")
        connection.commit()
    for format_ in ("tsv", "json", "table", "csv", "markdown", "jsonl"):
        answer = run("info", "--verify", "-f", format_, "--db", str(kept))
        assert answer.code == 5
        assert not holds(answer.out + answer.err, WORDS), answer
    assert "[protected-" in answer.out


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


def _edited(db: Path) -> None:
    ok("edit", "Zovanny Quexley", "-", "--db", str(db), stdin=lines([{"type": "actor", "note": "N"}]))


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


def _imported_again(db: Path) -> None:
    ok("import", "-", "--db", str(db), stdin=export(db))


def _redacted(db: Path) -> None:
    ok("redact", "--yes", "Gate", "--db", str(db))


@pytest.mark.parametrize(
    "how",
    [
        _undone_and_redone,
        _removed,
        _edited,
        _unprotected_and_undone,
        _merged,
        _imported_again,
        _redacted,
        _protected_again,
    ],
)
def test_the_number_never_changes(kept: Path, how: Callable[[Path], None]) -> None:
    before = numbers(kept)
    assert set(before) == set(PEOPLE)
    how(kept)
    after = numbers(kept)
    assert {name: after[name] for name in before} == before


def test_a_number_is_never_anothers(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        rows = connection.execute("SELECT DISTINCT placeholder FROM change_record WHERE placeholder IS NOT NULL")
        taken = {number for (number,) in rows} | set(numbers(kept).values())
    import secrets

    drawn = iter([*[number - 100_000 for number in sorted(taken)], 5])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(drawn))
    take_in(kept, actor("Newly Come", protected=True))
    assert numbers(kept)["Newly Come"] == 100_005


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


def test_what_undo_says_of_an_event_that_is_gone(mealea: Path) -> None:
    assert "mealea" not in run("undo", "2", "--db", str(mealea)).err


def test_what_show_at_says_of_an_event_that_is_gone(mealea: Path) -> None:
    last = json.loads(ok("log", "--json", "--db", str(mealea)))[0]["at"]
    answer = run("show", gone(mealea), "--at", last, "--db", str(mealea))
    assert answer.code == 3
    assert "mealea" not in answer.err


def test_what_verify_says_of_an_event_that_is_gone(mealea: Path) -> None:
    with closing(sqlite3.connect(mealea)) as connection:
        connection.execute("UPDATE change_record SET after = 'x' WHERE name = 'mealea-escapes' AND change = 2")
        connection.commit()
    answer = run("info", "--verify", "--db", str(mealea))
    assert answer.code == 5
    assert "mealea" not in answer.out


@pytest.mark.parametrize(
    "args",
    [["log"], ["log", "--change", "2"], ["log", "--change", "4"], ["undo"], ["search"], ["show", "protected"], ["sql"]],
    ids=" ".join,
)
def test_an_event_that_is_gone(mealea: Path, args: list[str]) -> None:
    answer = run(*args, "--db", str(mealea))
    assert "mealea" not in answer.out + answer.err


def test_an_id_that_is_gone_is_printed_so_that_it_can_be_asked_for(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(
        db,
        actor("Sok Mealea"),
        event("sok-mealea-escapes", title="T", actors=[{"name": "Sok Mealea", "role": "victim"}]),
    )
    protect(db, "Sok Mealea")
    ok("remove", "sok-mealea-escapes", "--db", str(db))
    (id_,) = json.loads(ok("log", "--json", "--db", str(db)))[0]["records"]
    assert "mealea" not in id_
    assert "removed" in ok("log", id_, "--db", str(db))
    assert run("undo", "--db", str(db)).code == 0
    assert stored(db, "sok-mealea-escapes")["title"] == "T"


def test_the_commands_about_records_are_really_asked(kept: Path) -> None:
    asked = of_records(kept)
    assert {"--history", "--at"} <= {args[2] for args in asked if args[0] == "show" and len(args) > 2}
    assert ["log", "--actor", "Uppy Brodnik"] in asked


@pytest.mark.parametrize(
    "more", [{"member_of": ["New Body"]}, {"type": "site", "owners": [{"name": "New Body"}]}], ids=["body", "owner"]
)
def test_what_import_says_of_names_that_a_new_record_brings(tmp_path: Path, more: dict[str, object]) -> None:
    answer = run("import", "-", "--db", str(tmp_path / "d.db"), stdin=lines([actor("New One") | more]))
    assert (answer.code, "New Body" in answer.err) == (0, True), answer
