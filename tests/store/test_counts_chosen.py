"""Whoever leaves out what a figure counts is told which count was chosen, in one line; and the old word is accepted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import event, ok, run

if TYPE_CHECKING:
    from pathlib import Path

RAID = ("add", "--date", "2024-01-02", "--kind", "raid", "--title", "T", "--id", "raid")
CHOSEN = "rescues: counted as incident (a raid on one day). Change it with `scamcli edit raid`."
RENAMED = "The count `new` is now called `aggregate`, and was read as such."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "case.db"
    ok("init", "--empty", str(path))
    return path


def counts(db: Path, id_: str = "raid") -> list[str]:
    record: dict[str, Any] = json.loads(ok("show", id_, "--json", "--db", str(db)))
    return [figure["count"] for figure in record["figures"]]


def lines(answer: Any) -> list[str]:
    return [line.removeprefix("scamcli: ") for line in answer.err.splitlines()]


def test_add_says_which_count_was_chosen(db: Path) -> None:
    assert CHOSEN in lines(run(*RAID, "--figure", "rescues: 45", "--db", str(db)))
    assert counts(db) == ["incident"]


@pytest.mark.parametrize("figure", ["rescues: 45; count: aggregate", "sentences: 2 years"])
def test_nothing_is_said_where_nothing_was_chosen(db: Path, figure: str) -> None:
    assert not [line for line in lines(run(*RAID, "--figure", figure, "--db", str(db))) if "counted as" in line]


def test_edit_speaks_of_new_figures_and_of_counts_that_follow_from_what_it_changes(db: Path) -> None:
    ok(*RAID, "--figure", "rescues: 45; count: aggregate", "--db", str(db))
    told = lines(run("edit", "raid", "--figure", "arrests: 3", "--db", str(db)))
    assert CHOSEN.replace("rescues", "arrests") in told
    assert counts(db) == ["aggregate", "incident"]
    assert not [line for line in lines(run("edit", "raid", "--note", "N", "--db", str(db))) if "counted" in line]
    told = lines(run("edit", "raid", "--kind", "rescue", "--db", str(db)))
    assert not [line for line in told if "counted" in line], "a rescue is an incident as well"
    assert counts(db) == ["aggregate", "incident"], "a count that was given is not derived again"
    told = lines(run("edit", "raid", "--kind", "report", "--db", str(db)))
    assert [line for line in told if "counted" in line] == [
        "arrests: counted as aggregate (the default for the kind report). Change it with `scamcli edit raid`."
    ]


def test_parts_count_as_their_wholes(db: Path) -> None:
    figures = (
        "rescues: 45; id: all; count: stock",
        "rescues: 5; part of: all",
        "rescues: 7; part of: all; period: 2023",
    )
    ok(*RAID, *(word for figure in figures for word in ("--figure", figure)), "--db", str(db))
    assert counts(db) == ["stock", "stock", "aggregate"]


def test_parts_of_a_whole_without_a_count_are_incidents_with_it(db: Path) -> None:
    figures = ("rescues: 5; part of: all", "rescues: 45; id: all")
    told = lines(run(*RAID, *(word for figure in figures for word in ("--figure", figure)), "--db", str(db)))
    assert (counts(db), told.count(CHOSEN)) == (["incident", "incident"], 1)


def test_an_import_gives_numbers_and_the_old_word_is_noticed_once(db: Path, tmp_path: Path) -> None:
    records = [
        event(f"e-{n}", kind="raid", date="2024-01-02", figures=[
            {"metric": "rescues", "stated": "4"}, {"metric": "deaths", "stated": "1", "count": "new"},
        ])
        for n in range(3)
    ]  # fmt: skip
    records.append({"type": "metric", "name": "calls", "count": "New", "unit": None})
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    told = lines(run("import", str(path), "--db", str(db)))
    assert told.count(RENAMED) == 1
    assert (
        "Figures that do not say what they count: counted 3 as incident. Set `count` in the file to change it." in told
    )
    assert counts(db, "e-1") == ["incident", "aggregate"]
    again = lines(run("import", str(path), "--db", str(db)))
    assert not [line for line in again if "count" in line], "nothing was written"


def test_a_merge_takes_the_old_word_too(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "theirs.jsonl"
    figures = [{"metric": "rescues", "stated": "4", "count": "new"}, {"metric": "deaths", "stated": "1"}]
    path.write_text(json.dumps(event("e-1", kind="raid", date="2024-01-02", figures=figures)) + "\n", encoding="utf-8")
    assert lines(run("merge", str(path), "--db", str(db))).count(RENAMED) == 1
    assert counts(db, "e-1") == ["aggregate", "incident"]


def test_a_site_is_linked_or_located(db: Path) -> None:
    ok(*RAID, "--site", "Blue Gate", "--linked-site", "Red Gate", "--linked-site", "Blue Gate", "--db", str(db))
    record = json.loads(ok("show", "raid", "--json", "--db", str(db)))
    assert (record["sites"], record["linked_sites"]) == (["Blue Gate"], ["Red Gate"])
    for name, role in (("Blue Gate", "located_at"), ("Red Gate", "linked_to")):
        assert ok("search", "--site", name, "--count", "--db", str(db)).strip() == "1"
        profile = json.loads(ok("sites", name, "--json", "--db", str(db)))
        assert [one["roles"] for one in profile["events"]] == [[role]]
        assert bool(profile["done"]) == (role == "located_at"), "the raid was not at a site that is only linked to it"
        asked = f"SELECT role FROM event_sites WHERE site = '{name}'"
        assert role in ok("sql", asked, "--db", str(db))
    assert "Red Gate" in ok("export", "jsonl", "--db", str(db), "--site", "Red Gate")
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0
    ok("names", "merge", "--site", "Red Gate", "Blue Gate", "--db", str(db))
    record = json.loads(ok("show", "raid", "--json", "--db", str(db)))
    assert (record["sites"], record["linked_sites"]) == (["Blue Gate"], [])
    ok("undo", "--db", str(db))
    ok("edit", "raid", "--remove", "linked-site: Red Gate", "--db", str(db))
    assert json.loads(ok("show", "raid", "--json", "--db", str(db)))["linked_sites"] == []
