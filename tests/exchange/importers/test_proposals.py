"""What is proposed for tables of other people, by their headers and values: right or silent."""

from __future__ import annotations

import csv
import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from scamcli.cli import editor
from scamcli.exchange.importers.mapped import suggest_mapping
from scamcli.exchange.importers.mapped.mapping import write_use
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.exchange.importers.mapped.suggest_mapping import Proposal

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("own_headers").joinpath("cases.toml").read_text(encoding="utf-8")
)


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return [record for record in records if record["type"] == "event"]


def proposal(case: str) -> Proposal:
    lines = CASES[case]["rows"].strip().splitlines()
    rows = list(csv.reader(lines, delimiter=";" if ";" in lines[0] else ","))
    return suggest_mapping.suggest(rows[0], rows[1:])


def wrong(case: str) -> Iterator[str]:
    expected = CASES[case]["fields"]
    found = proposal(case)
    assert {guess.column for guess in found.guesses} == set(expected)
    for guess in found.guesses:
        words = [write_use(use) for use in guess.uses] or [""]
        if words[0] not in expected[guess.column].split("|"):
            yield f"{guess.column}: {words[0] or '(left out)'}, not {expected[guess.column]} ({guess.reason})"


@pytest.mark.parametrize("case", CASES)
def test_a_proposal_is_right_or_silent(case: str) -> None:
    assert list(wrong(case)) == []


def test_a_messy_workbook_is_imported_as_proposed(empty_db: Path, tmp_path: Path) -> None:
    """Title and notes, two header rows, merged cells, three styles of dates, lists, question marks, a row of totals."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in MESSY:
        sheet.append(row)
    for cells in ("A1:K1", "C4:E4", "F4:H4", "C7:C8", "F8:F9"):
        sheet.merge_cells(cells)
    path = tmp_path / "cases.xlsx"
    book.save(path)
    done_ = done("import", str(path), "--yes", "--save-mapping", str(tmp_path / "cases.json"))
    assert 'is not an event, and is skipped (1 row, the first row 11: "Total")' in done_.err
    assert 'is skipped (1 row, the first row 12: "Source: own collection")' in done_.err
    found = {event["id"].rpartition("-")[2]: event for event in events()}
    assert [(key, one["date"], *one["provinces"]) for key, one in sorted(found.items())] == [
        ("1", "2022-05-14", "Preah Sihanouk"), ("2", "2022-06-02", "Kandal"), ("3", "2022-07-01", "Kandal"),
        ("4", "2022-07-04", "Kampot"), ("5", "2022-08", "Kampot"),
    ]  # fmt: skip
    assert [(one["stated"], one["group"], one["part_of"]) for one in found["1"]["figures"]] == [
        ("12", None, None), ("3", "women", "total"),
    ]  # fmt: skip
    assert found["1"]["nationalities"] == ["Thai", "Lao"]
    assert [(one["outlet"], one["url"]) for one in found["1"]["sources"]] == [("VOD", "https://vod.example/1")]
    assert [one["outlet"] for one in found["4"]["sources"]] == ["VOD", "Example Daily"]
    assert [one["sites"] for _, one in sorted(found.items())] == [["Jinbei 4"], [], [], ["Jinbei 4"], []]
    assert [len(one["figures"]) for _, one in sorted(found.items())] == [2, 2, 1, 0, 3]
    again = done("import", str(path), "--mapping", str(tmp_path / "cases.json"))
    assert again.err.endswith("0 records added, 5 already present.\n")


MESSY: list[list[object]] = [
    ["Monitoring of scam compounds"],
    [],
    ["Last updated: 3 March 2023; comments in red"],
    ["No", "Date", "Location", None, None, "People rescued", None, None, "Nationality", "Source", "Remarks"],
    [None, None, "Province", "Town", "Compound", "Total", "Women", "Children"],
    [1, "14/05/2022", "Preah Sihanouk", "Sihanoukville", "Jinbei 4", 12, 3, None, "Thai & Lao",
     "VOD (https://vod.example/1)", "seen twice"],
    [2, "2 June 2022", "Kandal", "Koh Thom", "?", "20+", None, 1, "Thai", "Example Daily"],
    [3, datetime(2022, 7, 1), None, "Chrey Thum", None, 10, "?", None, "Lao", "VOD"],
    [4, "Mon 4 July 2022", "Kampot", "Bokor", "Jinbei 4", None, None, None, None, "VOD, Example Daily", "a, b"],
    [5, "00/08/2022", "Kampot", "Bokor", None, 5, 2, 1, "Vietnamese", "VOD"],
    ["Total", None, None, None, None, 67, 5, 2],
    ["Source: own collection"],
]  # fmt: skip


@pytest.mark.parametrize("answer", ["y", "n", "s"])
def test_a_terminal_shows_the_proposal_and_asks(
    empty_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(editor, "is_at_terminal", lambda: True)
    Path("raids.csv").write_text("Date,Town,Rescued,Victim\n2024-01-02,Kampot,3,Invented A.\n2024-02-03,Poipet,4,\n")
    outcome = run("import", "raids.csv", stdin=f"what\n{answer}\n")
    assert "Rescued  figure.rescues  sure  3" in outcome.out
    assert "Victim: left out, it may identify people" in outcome.out
    assert "Invented" not in outcome.out + outcome.err
    assert outcome.out.count("Import it like this?") == 2
    assert len(events()) == (2 if answer == "y" else 0)
    new = run("import", "raids.csv", "--db", "new.db", stdin=f"{answer}\n")  # a timeline that is made on the way
    assert ("Created new.db" in new.err) == (answer == "y")
    assert Path("raids.mapping.json").exists() == (answer == "s")
    if answer == "n":
        assert outcome.code == 2
        assert "Nothing was imported. --yes takes the proposal.\nscamcli: Add --map" in outcome.err
    if answer == "s":
        assert "2 records added" in done("import", "raids.csv", "--mapping", "raids.mapping.json").err


@pytest.mark.parametrize(
    ("mapped", "cells", "key", "value"),
    [
        ("nationalities:, &", "Thai, Lao & KHM", "nationalities", ["Thai", "Lao", "Cambodian"]),
        ("nationalities:and", "Thai and Lao", "nationalities", ["Thai", "Lao"]),
        ("tags", "a, b; c", "tags", ["a, b", "c"]),
        ("actor.mentioned:/", "Smith & Sons / Jones", "actors", ["Smith & Sons", "Jones"]),
        ("place.point", "(10.6093, 103.5296)", "places", [(10.6093, 103.5296)]),
        ("figure.deaths", "<5", "figures", [(None, None, 4)]),
        ("figure.deaths", "10-20", "figures", [(10, None, 20)]),
        ("figure.deaths", "10+", "figures", [(10, None, None)]),
        ("figure.deaths", "?", "figures", []),
        ("figure.deaths", "unknown", "figures", []),
        ("source.outlet", "VOD https://v.example/a", "sources", [("VOD", "https://v.example/a")]),
        ("source.outlet", "[VOD](https://v.example/a)", "sources", [("VOD", "https://v.example/a")]),
        ("source.outlet:, /", "VOD: https://v.example/a, BBC", "sources",
         [("VOD", "https://v.example/a"), ("BBC", None)]),
        ("countries", "KHM", "countries", ["KH"]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("empty_db")
def test_forms_of_cells(tmp_path: Path, mapped: str, cells: str, key: str, value: list[object]) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f'Date,X\n2024-01-02,"{cells}"\n', encoding="utf-8")
    done("import", str(path), "--map", "Date=date", "--map", f"X={mapped}", "--set", "kind=raid", "--set", "title=T")
    [event] = events()
    shown = {
        "actors": lambda one: one["name"],
        "places": lambda one: (one["lat"], one["lon"]),
        "figures": lambda one: (one["low"], one["best"], one["high"]),
        "sources": lambda one: (one["outlet"], one["url"]),
    }.get(key, lambda one: one)
    assert list(map(shown, event[key])) == value


@pytest.mark.parametrize(
    ("header", "row", "date"),
    [("2015", "1,0", "2015-01"), ("2015", "0,0", "2015"), ("2015", "Feb,3", "2015-02-03"), ("2015", ",", "2015")],
)
def test_a_date_in_columns_of_its_own(empty_db: Path, tmp_path: Path, header: str, row: str, date: str) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f"iyear,imonth,iday,city,nkill\n{header},{row},Kampot,2\n", encoding="utf-8")
    done("import", str(path), "--yes")
    assert [event["date"] for event in events()] == [date]


@pytest.mark.parametrize(
    ("mapped", "cell", "said"),
    [
        ("date:%d/%m/%Y", "Tue 4 July 2022", "expected a date of the form"),
        ("date.year", "2565", "a year"),
        ("tags:and or", "a", "Values are separated by any of"),
    ],
)
def test_forms_that_are_refused(empty_db: Path, tmp_path: Path, mapped: str, cell: str, said: str) -> None:
    path = tmp_path / "one.csv"
    path.write_text(f'Date,X\n2024-01-02,"{cell}"\n', encoding="utf-8")
    date = [] if mapped.startswith("date") else ["--map", "Date=date"]
    outcome = run("import", str(path), *date, "--map", f"X={mapped}", "--set", "kind=raid", "--set", "title=T")
    assert outcome.code in {2, 4}
    assert said in outcome.err
    assert events() == []
