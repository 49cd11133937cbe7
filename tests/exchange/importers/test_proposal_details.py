"""What a proposal does about times of entry, names that repeat each other, and corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.importers.mapped import suggest_mapping
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

DAYS = [f"2022-05-{day:02}" for day in range(11, 17)]
TIMES = [f"2022-06-0{day}T08:1{day}:00.000+07:00" for day in range(1, 7)]


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def guesses(**columns: list[str]) -> dict[str, tuple[str, str]]:
    """What is proposed for columns: the field and how certain it is."""
    rows = list(zip(*columns.values(), strict=True))
    found = suggest_mapping.suggest(list(columns), rows).guesses
    return {one.column: (str(one.uses[0].field) if one.uses else "", one.certainty) for one in found}


@pytest.mark.parametrize(
    "entry",
    [
        "Date/time of entry", "Submission time", "_submission_time", "Created at", "Timestamp", "Date entered",
        "Last updated", "start", "end", "Interview start", "Date of interview", "Entry timestamp", "today",
    ],
)  # fmt: skip
@pytest.mark.parametrize("event", ["When did it happen?", "Date of raid", "Incident date"])
def test_the_time_of_entry_is_not_the_date_of_an_event(entry: str, event: str) -> None:
    found = guesses(**{entry: TIMES, event: DAYS, "Rescued": list("123456")})
    assert found[event][0] == "date"
    assert found[entry][0] not in {"date", "date.start"}
    alone = guesses(**{entry: TIMES, "Rescued": list("123456")})
    assert alone[entry][1] != "sure"


def test_the_kind_of_an_event_follows_from_the_numbers_of_its_row(empty_db: Path, folder: Path) -> None:
    lines = "2022-05-14,Kandal,0,3,2\n2022-05-15,Kampot,2,,1\n2022-05-16,Takeo,,4,0\n2022-05-17,Takeo,0,,0\n"
    (folder / "raids.csv").write_text(f"Date,Province,Killed,Arrested,Injured\n{lines}")
    done("import", "raids.csv", "--yes")
    found = {event["date"]: event for event in events()}
    kinds = {"2022-05-14": "arrest", "2022-05-15": "death", "2022-05-16": "arrest", "2022-05-17": "report"}
    assert {day: event["kind"] for day, event in found.items()} == kinds
    assert {one["count"] for event in found.values() for one in event["figures"]} == {"incident"}
    for metric, total in (("deaths", 2), ("arrests", 7), ("injuries", 3)):
        [row] = done("stats", metric, "--json").json
        assert row["low"] == total, metric


@pytest.mark.parametrize(
    ("column", "cells"),
    [("Income", ["42278", "67629", "49254", "44922"]), ("Registered", ["28/12", "27/12", "3/1", "4/1"])],
)
def test_numbers_under_an_unknown_name_are_neither_dates_nor_points(column: str, cells: list[str]) -> None:
    assert guesses(**{column: cells, "Rescued": list("1234")})[column] == ("", "")


def test_a_day_in_three_columns_is_the_day_of_an_incident(empty_db: Path, folder: Path) -> None:
    (folder / "raids.csv").write_text("Year,Month,Day,Killed\n2022,5,14,4\n2022,5,14,5\n2022,6,1,0\n")
    done("import", "raids.csv", "--yes")
    [row] = done("stats", "deaths", "--json").json
    assert (row["low"], row["best"], row["high"]) == (9, 9, 9)


def test_rows_that_differ_in_a_column_left_out_are_different_events(empty_db: Path, folder: Path) -> None:
    lines = ["2022-05-14,Kandal,1,A,", "2022-05-14,Kandal,1,B,", "2022-05-15,Kampot,1,C,7"]
    (folder / "raids.csv").write_text("\n".join(["Date,Province,Killed,Weapon,Case number", *lines]))
    said = "ows that are equal in these columns may be different events, so each keeps the number of its row (--id-from"
    shown = run("import", "raids.csv").err
    assert said in shown
    told = done("import", "raids.csv", "--yes").err
    assert (said in told, "3 records added" in told) == (True, True)
    assert {event["id"] for event in events()} == {"raids-row-2", "raids-row-3", "raids-7"}


@pytest.mark.parametrize("word", ["Not stated", "Se desconoce", "sin datos", "unspecified"])
def test_a_cell_that_says_that_nothing_is_known_is_empty(empty_db: Path, folder: Path, word: str) -> None:
    (folder / "raids.csv").write_text(f"Date,Country,Killed\n2022-05-14,{word},4\n2022-05-15,Laos,5\n")
    assert "2 records added" in done("import", "raids.csv", "--yes").err
    assert sorted(event["countries"] for event in events()) == [[], ["LA"]]
