"""The same import twice changes nothing; what differs is refused, kept, updated, or asked about."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.terminals import Conversation

if TYPE_CHECKING:
    from pathlib import Path

RAID: dict[str, Any] = {
    "type": "event", "id": "raid", "date": "2023-01-02", "kind": "raid", "title": "A raid", "tags": ["old"],
    "figures": [{"metric": "rescues", "stated": "12"}], "sources": [{"outlet": "VOD"}],
}  # fmt: skip
SITE: dict[str, Any] = {"type": "site", "name": "Blue Gate", "kind": "compound"}
CHANGED = [RAID | {"title": "Two raids"}, SITE | {"kind": "casino"}]


def written(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def exported() -> list[dict[str, Any]]:
    return [json.loads(line) for line in done("export", "jsonl").out.splitlines()]


@pytest.fixture
def known(empty_db: Path, tmp_path: Path) -> Path:
    done("import", written(tmp_path / "first.jsonl", RAID, SITE))
    return tmp_path


def test_the_same_twice_changes_nothing(known: Path) -> None:
    before = done("export", "jsonl").out
    for policy in ("fail", "skip", "update"):
        told = done("import", str(known / "first.jsonl"), "--on-conflict", policy).err
        assert told == "scamcli: 0 records added, 2 already present.\n"
    assert done("export", "jsonl").out == before
    assert len(done("log", "--json").json) == 1


def test_rows_without_ids_that_say_the_same_are_one_and_are_named(empty_db: Path, tmp_path: Path) -> None:
    """Two rows can be two raids on one day, or one raid that was entered twice: who has the table knows."""
    table = tmp_path / "raids.csv"
    table.write_text("Day,Title\n2024-01-02,Raid\n2024-01-03,Raid\n2024-01-02,Raid\n2024-01-02,Raid\n")
    mapping = ["--map", "Day=date", "--map", "Title=title", "--set", "kind=raid", "--db", str(empty_db)]
    first = done("import", str(table), *mapping)
    assert (
        f"the same as an earlier row in every mapped field, so counted once: {table}:4 (as 2), {table}:5 (as 2).\n"
        in first.err
    )
    assert first.err.endswith("2 records added, 0 already present, 2 repeated.\n")
    assert done("import", str(table), *mapping).err == "scamcli: 0 records added, 4 already present.\n"


def test_many_rows_of_one_date_and_title_are_told_apart(empty_db: Path) -> None:
    """Each is held against all before it: where there are many, they are read once."""
    numbers = [*range(100), 7, 99]
    lines = [
        {"type": "event", "date": "2024", "kind": "raid", "title": "Raid",
         "figures": [{"metric": "rescues", "stated": str(number)}]}
        for number in numbers
    ]  # fmt: skip
    text = "\n".join(map(json.dumps, lines))
    said = done("import", "-", "--db", str(empty_db), stdin=text).err
    assert "counted once: stdin:101 (as 8), stdin:102 (as 100).\n" in said
    assert "100 records added, 0 already present, 2 repeated" in said
    assert "0 records added, 102 already present" in done("import", "-", "--db", str(empty_db), stdin=text).err
    done("remove", "2024-raid-3", "--db", str(empty_db))
    assert "1 record added, 101 already present" in done("import", "-", "--db", str(empty_db), stdin=text).err
    records = map(json.loads, done("export", "jsonl", "--db", str(empty_db)).out.splitlines())
    assert sorted(int(one["figures"][0]["stated"]) for one in records if one["type"] == "event") == [*range(100)]


def test_what_differs_stops_an_import_by_default(known: Path) -> None:
    before = done("export", "jsonl").out
    outcome = run("import", written(known / "second.jsonl", *CHANGED))
    assert outcome.code == 4
    assert 'second.jsonl:1: The event "raid" already exists with a different `title`' in outcome.err
    assert 'second.jsonl:2: The site "Blue Gate" already exists with a different `kind`' in outcome.err
    assert "--on-conflict" in outcome.err
    assert done("export", "jsonl").out == before


def test_skip_keeps_what_is_here_and_names_it(known: Path) -> None:
    before = done("export", "jsonl").out
    told = done("import", written(known / "second.jsonl", *CHANGED), "--on-conflict", "skip").err
    assert "Kept as in this timeline, not as in the file: Blue Gate, raid" in told
    assert "0 records added, 2 kept as in this timeline, 0 already present" in told
    assert done("export", "jsonl").out == before


def test_what_is_kept_as_here_makes_no_name(known: Path) -> None:
    before, given = done("export", "jsonl").out, RAID | {"actors": [{"name": "Somebody"}], "sites": ["Some Gate"]}
    told = done("import", written(known / "second.jsonl", given), "--on-conflict", "skip").err
    assert "New actor" not in told
    assert done("export", "jsonl").out == before


def test_update_takes_the_keys_that_are_given_and_no_other(known: Path) -> None:
    done("edit", "raid", "--tag", "mine", "--note", "mine")
    given = {"type": "event", "id": "raid", "date": "2023-01-03", "kind": "raid", "title": "A raid",
             "figures": [{"metric": "rescues", "stated": "15", "stated_by": "Sar Kheng"}]}  # fmt: skip
    told = done("import", written(known / "second.jsonl", given), "--on-conflict", "update").err
    assert "0 records added, 1 updated, 0 already present" in told
    raid = exported()[-1]
    assert (raid["date"], raid["tags"], raid["note"]) == ("2023-01-03", ["old", "mine"], "mine")
    assert [figure["low"] for figure in raid["figures"]] == [15]
    assert {"name": "Sar Kheng", "role": "speaker"} in raid["actors"], "who said a number is one of the actors"
    assert done("search", "--from", "2023-01-03", "--count").out == "1\n", "the tables follow the record"
    assert done("info", "--verify", "--json").json["problems"] == 0


def test_an_update_is_one_change_that_undo_takes_back(known: Path) -> None:
    before = done("export", "jsonl").out
    done("import", written(known / "second.jsonl", *CHANGED), "--on-conflict", "update")
    assert [row["command"] for row in done("log", "--json").json] == ["import", "import"]
    assert {record["type"]: record.get("title") or record.get("kind") for record in exported()[-2:]} == {
        "site": "casino", "event": "Two raids",
    }  # fmt: skip
    done("undo")
    assert done("export", "jsonl").out == before


def test_a_large_update_leaves_no_row_of_what_was(empty_db: Path, tmp_path: Path) -> None:
    """A large import checks no foreign keys; one that replaces must."""
    apart = [date(2010, 1, 1) + timedelta(days=n) for n in range(1000)]  # else each is suspected to repeat every other
    many = [RAID | {"id": f"raid-{n}", "date": f"{day}", "summary": "x" * 3000} for n, day in enumerate(apart)]
    done("import", written(tmp_path / "many.jsonl", *many))
    fewer = [event | {"figures": [], "tags": []} for event in many]
    done("import", written(tmp_path / "fewer.jsonl", *fewer), "--on-conflict", "update")
    with closing(sqlite3.connect(empty_db)) as connection:
        assert connection.execute("SELECT count(*) FROM figure").fetchone() == (0,)
    assert done("info", "--verify", "--json").json["problems"] == 0


def test_a_name_is_not_updated_by_an_alias(known: Path) -> None:
    done("names", "alias", "Blue Gate", "Majestic", "--site")
    outcome = run("import", written(known / "second.jsonl", SITE | {"name": "Majestic"}), "--on-conflict", "update")
    assert outcome.code == 4
    assert "second.jsonl:1" in outcome.err
    assert "Blue Gate" in outcome.err


@pytest.mark.parametrize("word", ["overwrite", "", "Update"])
def test_an_unknown_word_is_refused(known: Path, word: str) -> None:
    outcome = run("import", str(known / "first.jsonl"), "--on-conflict", word)
    assert outcome.code == 2
    assert "ask, skip, update, fail" in outcome.err


def test_who_is_no_terminal_is_not_asked(known: Path) -> None:
    outcome = run("import", str(known / "first.jsonl"), "--on-conflict", "ask")
    assert outcome.code == 2
    assert "terminal" in outcome.err


def test_a_dry_run_shows_what_would_become_of_each_record_and_writes_nothing(known: Path) -> None:
    before = done("export", "jsonl").out
    new = {"type": "event", "date": "2024", "kind": "death", "title": "New", "actors": [{"name": "Somebody"}]}
    outcome = done(
        "import", written(known / "second.jsonl", *CHANGED, new), "--on-conflict", "update", "--dry-run", "--json"
    )
    rows = outcome.json
    assert [(row["action"], row["type"], row.get("id") or row.get("name")) for row in rows] == [
        ("added", "actor", "Somebody"), ("added", "event", "2024-new"), ("updated", "event", "raid"),
        ("updated", "site", "Blue Gate"),
    ]  # fmt: skip
    assert rows[2]["title"] == "Two raids"
    assert "nothing was written" in outcome.err
    assert done("export", "jsonl").out == before


def test_a_dry_run_makes_no_database(tmp_path: Path) -> None:
    done("import", written(tmp_path / "a.jsonl", RAID), "--db", str(tmp_path / "new.db"), "--dry-run")
    assert not (tmp_path / "new.db").exists()


def test_a_dry_run_hints_at_no_change_that_it_takes_back(empty_db: Path, tmp_path: Path) -> None:
    many = written(tmp_path / "a.jsonl", RAID | {"sites": [f"Gate {number}" for number in range(101)]})
    told = done("import", many, "--dry-run").err
    assert "scamcli: 1 new actor and 101 new sites.\n" in told
    told = done("import", many).err
    assert (
        "scamcli: 1 new actor and 101 new sites; `scamcli actors --new` and `scamcli sites --new` list them.\n" in told
    )
    assert "With the new names, 103 records changed; `scamcli undo` takes all of them back." in told
    assert len(done("sites", "--new", "--json").json) == 101
    done("import", written(tmp_path / "b.jsonl", RAID | {"id": "other", "sites": ["Gate 1", "New Gate"]}))
    assert [row["name"] for row in done("sites", "--new", "--json").json] == ["New Gate"]
    assert ": 2 records." in done("undo").err
    assert len(done("sites", "--new", "--json").json) == 101
    assert run("sites", "--new", "Gate 1").code == 2


@pytest.mark.parametrize("named", ["option", "environment"])
def test_a_timeline_that_is_made_on_the_way_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    given = written(tmp_path / "a.jsonl", RAID)
    for command in (
        ["import", given], ["merge", given], ["add", "--date=2023", "--kind=raid", "--title=T"],
    ):  # fmt: skip
        path = tmp_path / f"{command[0]}.db"
        monkeypatch.setenv("SCAMCLI_DB", str(path))
        options = ["--db", str(path)] if named == "option" else []
        if command[0] != "add":
            assert "Created" not in done(*command, *options, "--dry-run").err
        made = f"scamcli: Created {path}, a new timeline.\n"
        assert done(*command, *options).err.count(made) == 1
        assert "Created" not in done(*command, *options, *(["--id", "other"] if command[0] == "add" else [])).err


def test_a_dry_run_fails_where_the_import_would(known: Path) -> None:
    assert run("import", written(known / "second.jsonl", *CHANGED), "--dry-run").code == 4


def test_protected_names_are_withheld_from_a_dry_run(empty_db: Path, tmp_path: Path) -> None:
    victim = {"type": "actor", "name": "Dara Sokha", "kind": "person", "protected": True}
    event = RAID | {"actors": [{"name": "Dara Sokha", "role": "victim"}], "title": "Dara was freed"}
    outcome = done("import", written(tmp_path / "a.jsonl", victim, event), "--dry-run", "--json")
    assert "Dara" not in outcome.out + outcome.err
    assert "[protected-" in outcome.out


ASKED = "[q]uit without writing: "


@pytest.mark.parametrize(
    ("answers", "title", "kind"),
    [
        ("us", "A raid", "casino"),
        ("su", "Two raids", "compound"),
        ("U", "Two raids", "casino"),
        ("?S", "A raid", "compound"),
    ],
)
def test_asked_on_a_terminal_each_is_shown_value_by_value(known: Path, answers: str, title: str, kind: str) -> None:
    path = written(known / "second.jsonl", *CHANGED)
    talk = Conversation("import", path, "--on-conflict", "ask")
    shown = ""
    for answer in answers:
        shown += talk.until(ASKED)
        talk.type(answer)
    assert talk.end().code == 0
    assert "site Blue Gate" in shown
    assert "kind: compound → casino" in shown
    assert {record.get("title") or record.get("kind") for record in exported()[-2:]} == {title, kind}


def test_who_leaves_the_question_has_nothing_written(known: Path) -> None:
    before = done("export", "jsonl").out
    talk = Conversation("import", written(known / "second.jsonl", *CHANGED), "--on-conflict", "ask")
    talk.until(ASKED)
    talk.type("u")
    talk.until(ASKED)
    talk.type("q")
    assert talk.end().code == 130
    assert done("export", "jsonl").out == before


def test_a_copy_from_before_does_not_end_a_protection(empty_db: Path, tmp_path: Path) -> None:
    """Every export says of everybody whether they are protected: one of last month says that nobody is."""
    person = {"type": "actor", "name": "Sok Vanna Invented", "kind": "person", "protected": False}
    where = ("--db", str(empty_db), "--on-conflict", "update")
    done("import", "-", *where, stdin=json.dumps(person))
    done("import", "-", *where, stdin=json.dumps(person | {"protected": True}))
    for options in (["--dry-run"], []):
        outcome = done("import", "-", *where, *options, stdin=json.dumps(person | {"note": "N"}))
        assert "Vanna" not in outcome.out + outcome.err
        assert "stays protected; `scamcli edit` ends the protection" in outcome.err
    assert "Vanna" not in done("export", "jsonl", "--db", str(empty_db)).out
    given = json.dumps(person)
    done("edit", "Sok Vanna Invented", "-", "--reason", "he agreed", "--db", str(empty_db), stdin=given)
    assert "Vanna" in done("export", "jsonl", "--db", str(empty_db)).out


RAIDS = "--map No=id --map Day=date --map Town=place --map Rescued=figure.rescues --set kind=raid --set title=Raid"


def test_a_number_that_was_moved_to_another_row_does_not_count_twice(empty_db: Path, tmp_path: Path) -> None:
    table, options = tmp_path / "raids.csv", [*RAIDS.split(), "--db", str(empty_db)]
    table.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,1200\n2,2022-05-15,Poipet,\n")
    done("import", str(table), *options)
    table.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,\n2,2022-05-15,Poipet,1200\n")
    refused = run("import", str(table), *options)
    assert refused.code == 4
    assert f'{table}:2: The event "raids-1" already exists with a different `figures`' in refused.err
    done("import", str(table), *options, "--on-conflict", "update")
    [total] = json.loads(done("stats", "rescues", "--json", "--db", str(empty_db)).out)
    assert (total["low"], total["high"], total["unadjusted"]) == (1200, 1200, 1200)


def test_what_an_update_takes_out_of_a_list_is_named(empty_db: Path, tmp_path: Path) -> None:
    table, options = tmp_path / "raids.csv", [*RAIDS.split(), "--db", str(empty_db)]
    table.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,12\n")
    done("import", str(table), *options)
    done("edit", "raids-1", "--figure", "arrests: 4", "--source", "BBC", "--db", str(empty_db))
    table.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,15\n")
    for more in (["--dry-run"], []):
        told = done("import", str(table), *options, "--on-conflict", "update", *more).err
        assert "Removed because the file no longer lists them: raids-1: figures.arrests.\n" in told


@pytest.mark.parametrize("together", [False, True])
def test_one_table_under_two_names_is_noticed(empty_db: Path, tmp_path: Path, together: bool) -> None:
    """The ids are made of the name of the file, so that a second download would be counted twice."""
    one, two = tmp_path / "raids.csv", tmp_path / "raids (1).csv"
    for path in (one, two):
        path.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,12\n2,2022-05-15,Poipet,30\n")
    options = [*RAIDS.split(), "--db", str(empty_db)]
    if together:
        told = done("import", str(one), str(two), *options).err
    else:
        assert "repeat" not in done("import", str(one), *options).err
        told = done("import", str(two), *options).err
    assert (
        "2 new events repeat others that are in the timeline under another id, such as raids-1-1 and raids-1." in told
    )
