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


def test_what_differs_stops_an_import_by_default(known: Path) -> None:
    before = done("export", "jsonl").out
    outcome = run("import", written(known / "second.jsonl", *CHANGED))
    assert outcome.code == 4
    assert 'second.jsonl:1: The event "raid" already exists with a different `title`' in outcome.err
    assert 'second.jsonl:2: The site "Blue Gate" already exists with a different `kind`' in outcome.err
    assert "--on-conflict" in outcome.err
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
