"""Whoever leaves out what a figure counts is told which count was chosen, in one line; and the old word is accepted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import ok, run

if TYPE_CHECKING:
    from pathlib import Path

RAID = ("add", "--date", "2024-01-02", "--kind", "raid", "--title", "T", "--id", "raid")
CHOSEN = "rescues: counted as incident (a raid on one day). Change it with `scamcli edit raid`."


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
