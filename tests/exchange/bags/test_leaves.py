"""The records of a bag are those that the sealed history commits to, and anybody can recompute it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scamcli import Timeline, where
from scamcli.exchange.bags import layout
from scamcli.store.history import seal
from scamcli.timeline.bag_checks import verify_bag
from tests.exchange.bags.test_bags import RESCUE, fill, remade
from tests.helpers.driver import ok

EARLIER = "An earlier wording"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timeline with an event that was edited, one that names a protected person, and one that was redacted."""
    path = tmp_path_factory.mktemp("cases") / "cases.db"
    with Timeline(path, create=True) as timeline:
        fill(timeline, path.parent)
        timeline.add(
            {"date": "2023-06-07", "kind": "raid", "title": "A visit", "note": EARLIER}, reason="heard by phone"
        )
        timeline.add({"date": "2023-07-08", "kind": "raid", "title": "Visit of Nobody Else"})
    for argv in (
        ("edit", "2023-06-07-a-visit", "--note", "A later wording", "--reason", "heard by phone"),
        ("redact", "--yes", "Nobody Else"),
    ):
        ok(*argv, "--db", str(path))
    return path


def made(cases: Path, target: Path, text: str | None = None, *, names: bool = False) -> Path:
    with Timeline(cases, include_protected=names) as timeline:
        query = where(text) if text else where()
        timeline.export_bag(target, query, include_evidence_of_protected=True)
    return target


@pytest.fixture(scope="module")
def bag(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(cases, tmp_path_factory.mktemp("bag") / "bag")


def checked(bag: Path) -> tuple[int, list[str]]:
    """Run the program in the README, which has only the standard library, and return its exit code and its lines."""
    (program,) = re.findall(r"^import hashlib, json$.*?^print\(.*?$", (bag / layout.README).read_text(), re.S | re.M)
    done = subprocess.run([sys.executable, "-I", "-c", program], cwd=bag, capture_output=True, text=True, check=False)
    return done.returncode, re.sub(r"(protected|redacted)-\d+", r"\1-N", done.stdout).splitlines()


def lines(bag: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (bag / name).read_text().splitlines()]


def test_the_program_of_the_readme_ties_the_records_to_the_head(cases: Path, tmp_path: Path) -> None:
    bag = made(cases, tmp_path / "bag")
    code, said = checked(bag)
    assert (code, said[-1]) == (0, "3 records match the history.")
    assert sorted(said[:-1]) == [
        "not tied to the history: actor [protected-N]",
        "not tied to the history: event 2023-05-04-raid-on-a-guest-house",
        "not tied to the history: event 2023-07-08-visit-of-redacted-N",
    ]
    assert layout.read_info(bag)["Scamcli-Tied-Records"] == "3"
    head = (bag / layout.HEAD).read_text()
    assert (
        ok("info", "--verify", "--against", head, "--json", "--fields", "problems", "--db", str(cases))
        == '{"problems": 0}\n'
    )
    notes = verify_bag(bag).notes
    assert notes[0] == "3 records in data/records.jsonl fit the head of the history."
    assert "for 3 records: actor " in notes[1]


def test_with_the_names_of_protected_persons_they_are_tied_too(cases: Path, tmp_path: Path) -> None:
    code, said = checked(made(cases, tmp_path / "bag", names=True))
    assert (code, said) == (
        0,
        ["not tied to the history: event 2023-07-08-visit-of-redacted-N", "5 records match the history."],
    )


def test_rows_say_nothing_more_than_what_is_handed_over(cases: Path, tmp_path: Path) -> None:
    bag = made(cases, tmp_path / "bag", "nine")
    rows = [json.loads(str(line["row"])) for line in lines(bag, layout.LEAVES)]
    records = {(one["type"], one.get("id") or one["name"]) for one in lines(bag, layout.RECORDS)}
    assert {tuple(row[1:3]) for row in rows if row[0] == "record"} == records
    assert {row[3] for row in rows if row[0] == "change"} <= {one["change"] for one in lines(bag, layout.HISTORY)}
    whole = made(cases, tmp_path / "whole")
    assert EARLIER not in "".join(file.read_text() for file in whole.rglob("*") if file.is_file())
    assert "heard by phone" in (whole / layout.HISTORY).read_text(), "who, when and why is handed over in any case"


def test_a_record_that_was_edited_before_rows_were_short_is_not_tied(cases: Path, tmp_path: Path) -> None:
    """Its row holds the earlier version. One that was only added is."""
    old = Path(shutil.copy(cases, tmp_path / "cases.db"))
    shutil.copytree(cases.with_suffix(".evidence"), tmp_path / "cases.evidence")
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE change SET resealed = 0")
        for (number,) in connection.execute("SELECT id FROM change ORDER BY id").fetchall():
            seal(connection, number)
    code, said = checked(bag := made(old, tmp_path / "bag"))
    assert (code, said[-1]) == (0, "2 records match the history.")
    assert "not tied to the history: event 2023-06-07-a-visit" in said
    assert verify_bag(bag).problems == ()


def test_one_altered_character_of_a_record_is_found_although_all_manifests_are_made_again(
    bag: Path, tmp_path: Path
) -> None:
    tied = {json.loads(str(line["row"]))[2] for line in lines(bag, layout.LEAVES)}
    for number, record in enumerate(lines(bag, layout.RECORDS)):
        name = str(record.get("id") or record["name"])
        if name not in tied:
            continue
        text = (bag / layout.RECORDS).read_text().splitlines()[number]
        for at in (text.index('"kind"') + 10, len(text) - 10):
            copy = shutil.copytree(bag, tmp_path / f"{number}-{at}")
            changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
            remade(copy, layout.RECORDS, re.escape(text), changed)
            assert checked(copy)[0] == 1
            assert [one for one in verify_bag(copy).problems if one.file == layout.RECORDS]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (layout.LEAVES, r'"salt": "..', '"salt": "zz'),
        (layout.LEAVES, r'"change": (\d+)', r'"change": 1\1'),
        (layout.LEAVES, r'"salt": "', '"salt": "00'),
        (layout.LEAVES, "heard by phone", "heard by phones"),
        (layout.LEAVES, "^{", "["),
        (layout.HISTORY, "heard by phone", "seen by myself"),
        (layout.HISTORY, r".*heard by phone.*\n", ""),
        (layout.RECORDS, rf'.*"id": "{RESCUE}".*\n', ""),
        (layout.RECORDS, "^{", "["),
        (layout.RECORDS, "^", "{}\n"),
    ],
)
def test_what_does_not_fit_the_seals_is_named(bag: Path, tmp_path: Path, name: str, before: str, after: str) -> None:
    copy = shutil.copytree(bag, tmp_path / "copy")
    remade(copy, name, before, after)
    assert name in {problem.file for problem in verify_bag(copy).problems}


@pytest.mark.parametrize(
    ("removed", "missing"),
    [
        ([layout.LEAVES], "data/leaves.jsonl is"),
        ([layout.SEALS, layout.LEAVES], "data/seals.txt and data/leaves.jsonl are"),
    ],
)
def test_a_bag_without_leaves_is_checked_as_far_as_possible(
    bag: Path, tmp_path: Path, removed: list[str], missing: str
) -> None:
    """Such are those of earlier versions, and those from which somebody took them out."""
    copy = shutil.copytree(bag, tmp_path / "copy")
    for name in removed:
        (copy / name).unlink()
    remade(copy, layout.RECORDS, "$", "")
    report = verify_bag(copy)
    assert report.problems == ()
    assert report.notes == (f"Nothing ties the records to the head of the history, because {missing} missing.",)


def test_a_bag_of_an_empty_timeline_is_whole(tmp_path: Path) -> None:
    ok("init", "--empty", str(tmp_path / "empty.db"))
    bag = made(tmp_path / "empty.db", tmp_path / "bag")
    assert verify_bag(bag).problems == ()
    assert checked(bag) == (0, ["0 records match the history."])
