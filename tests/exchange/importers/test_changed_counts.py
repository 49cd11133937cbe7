"""Words that change a number: in the name of its column, before it, after it, and in brackets. None is ignored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.exchange.importers.test_messy_tables import events, table, total
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = [
    "Victims (thousands)", "Losses (USD million)", "Losses (USD m)", "Rescued (%)", "Rescued %", "Rescued (average)",
    "Rescued (planned)", "Rescued (families)", "Rescued (cumulative)", "Rescued (running total)", "Rescued (k)",
    "Korban (ribu)", "受害者 (万)", "Rescued (2022)", "Deaths (per million)", "Tote (Tsd.)",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_changes_the_count_is_not_proposed(empty_db: Path, folder: Path, name: str) -> None:
    told = run("import", table(folder, "x.csv", f"Date,Province,{name}", "2023-07-01,Kandal,3", "2023-07-02,Takeo,8"))
    assert "figure." not in told.err


@pytest.mark.parametrize("name", ["Rescued (people)", "Rescued (no. of persons)", "Missing (est.)", "Losses (USD)"])
def test_a_name_with_harmless_words_is_proposed(empty_db: Path, folder: Path, name: str) -> None:
    told = run("import", table(folder, "x.csv", f"Date,Province,{name}", "2023-07-01,Kandal,3", "2023-07-02,Takeo,8"))
    assert "figure." in told.err


CELLS = [
    "moins de 12", "plus de 12", "menos de 12", "lebih dari 12", "kurang dari 12", "mindestens 12", "atleast 12",
    "upto 12", "less then 12", "appx 12", "12 and below", "12 and above", "12th of 15", "12 Tsd.", "12 Mrd.", "12 thou",
    "2 ratus", "12 (plus 3 women)", "12 (excluding 3 women)", "12 (3 not counted)", "(200)",
    "12 (in thousands)", "12 (million)",
    "12 (+)", "12 (K)", "12 (000s)", "12 (x1000)", "12 (%)", "12 (denied)", "12 (families)", "12 (per day)",
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_words_that_are_not_understood_give_no_bounds(empty_db: Path, folder: Path, cell: str) -> None:
    name = table(folder, "x.csv", "Date,Rescued", "2023-07-01,3", "2023-07-02,4", f"2023-07-03,{cell}")
    mapped = ("--map", "Date=date", "--map", "Rescued=figure.rescues", "--set", "kind=raid", "--set", "title=Raid")
    told = done("import", name, *mapped).err
    figure = events()[2]["figures"][0]
    assert (figure["stated"], figure["low"], figure["best"], figure["high"]) == (cell, None, None, None)
    assert f'`Rescued` has words that give no bounds; the words are kept (1 row, the first row 4: "{cell}")' in told


UNDERSTOOD = [
    ("more than 12", 13, None), ("at least 12", 12, None), ("up to 12", None, 12), ("12 people", 12, 12),
    ("about 12", None, None), ("between 12 and 15", 12, 15), ("some 12 Thai women", None, None),
    ("fewer than 12", None, 11), ("12+", 12, None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "low", "high"), UNDERSTOOD)
def test_words_that_are_understood_give_the_bounds_of_reports(
    empty_db: Path, folder: Path, cell: str, low: int | None, high: int | None
) -> None:
    done("import", table(folder, "x.csv", "Date,Rescued", f"2023-07-03,{cell}"), "--yes")
    figure = events()[0]["figures"][0]
    assert (figure["stated"], figure["low"], figure["high"]) == (cell, low, high)


def test_codes_of_countries_are_in_capitals(empty_db: Path, folder: Path) -> None:
    lines = ["2023-07-01,12,Thai,Laos", "2023-07-02,30,na,Laos", "2023-07-03,30,no,Laos", "2023-07-04,3,KHM,kh"]
    done("import", table(folder, "x.csv", "Date,Rescued,Nationality,Country", *lines), "--yes")
    assert [one["nationalities"] for one in events()][3] == ["Cambodian"]
    assert not {"Namibian", "Norwegian"} & {name for one in events() for name in one["nationalities"]}
    assert [one["countries"] for one in events()][3] == ["KH"]


def test_a_province_is_that_of_the_country_of_its_row(empty_db: Path, folder: Path) -> None:
    lines = ["2023-07-01,Lebanon,North,12", "2023-07-02,Vietnam,B. Meanchey,12", "2023-07-03,Cambodia,B. Meanchey,12",
             "2023-07-04,Myanmar,Kayin,5"]  # fmt: skip
    mapped = ("--map", "Province=provinces", "--map", "Country=countries", "--map", "Date=date")
    said = ("--map", "Rescued=figure.rescues", "--set", "kind=raid", "--set", "title=Raid")
    told = done("import", table(folder, "x.csv", "Date,Country,Province,Rescued", *lines), *mapped, *said).err
    found = [one["provinces"] for one in events()]
    assert found[1:] == [[], ["Banteay Meanchey"], ["Kayin, MM"]]
    assert found[0] in ([], ["Liban-Nord, LB"], ["North, LB"])
    assert "`Province` is no known division of the country of its row; it is kept in the note" in told
    assert done("check", "--select", "G01").out.count("\n") <= 1


def test_two_divisions_in_one_place_are_none(empty_db: Path, folder: Path) -> None:
    lines = ['2023-07-01,Cambodia,"Kampot, Kep",12', "2023-07-02,Cambodia,Kampot/Kep,12"]
    done("import", table(folder, "x.csv", "Date,Country,Place,Rescued", *lines), "--yes")
    assert [one["provinces"] for one in events()] == [[], []]


@pytest.mark.parametrize("words", ["Total", "TOTAL", "Subtotal July", "Grand total 2023"])
def test_a_total_with_a_date_is_no_event(empty_db: Path, folder: Path, words: str) -> None:
    lines = ["2023-07-01,Kandal,12", "2023-07-02,Takeo,3", f"2023-07-02,{words},15"]
    told = done("import", table(folder, "x.csv", "Date,Province,Rescued", *lines), "--yes").err
    assert "a row that adds up others is not an event, and is skipped" in told.lower()
    assert total("rescues") == (15, 15)


def test_a_country_at_the_end_of_a_place_is_no_division(empty_db: Path, folder: Path) -> None:
    """One state of Mexico has its name, and so has one region of Djibouti."""
    lines = ['2023-02-20,Mexico,"Highway, Puebla, Mexico",17', '2023-04-19,Djibouti,"Road to Obock, Djibouti",24']
    done("import", table(folder, "x.csv", "Date,Country,Place,Dead", *lines), "--yes")
    assert [one["provinces"] for one in events()] == [["Puebla, MX"], []]
    assert [one["places"][0]["name"] for one in events()] == ["Highway", "Road to Obock, Djibouti"]


def nested(
    id_: str, precision: str, admin1: str, victims: Mapping[str, object], arrests: int | None
) -> dict[str, object]:
    return {
        "id": id_,
        "title": "Raid",
        "occurred": {"start": "2024-02-01T00:00:00+07:00", "precision": precision},
        "location": {"country": {"iso2": "KH", "name": "Cambodia"}, "admin1": {"name": admin1}},
        "victims": victims,
        "enforcement": {"arrests": {"total": arrests, "women": None}},
    }


def test_keys_within_keys_say_what_is_counted_and_where(empty_db: Path, folder: Path) -> None:
    """As programs hand over incidents: a name may be that of a province, and a total that of the dead."""
    of_one = {"killed": {"total": 3, "women": 1}, "rescued": {"total": 61, "min": None, "max": None}, "names": "A B"}
    of_two = {"killed": None, "rescued": {"total": None, "min": 4, "max": 5}, "names": "C D"}
    incidents = [nested("a", "hour", "Kandal", of_one, 7), nested("b", "month", "Takeo", of_two, None)]
    (folder / "api.json").write_text(json.dumps({"data": incidents}))
    told = done("import", "api.json", "--yes").err
    assert "victims.names" in told.partition("Columns left out: ")[2]
    first, second = sorted(events(), key=lambda one: str(one["id"]))
    assert (first["date"], first["provinces"]) == ("2024-02-01", ["Kandal"])
    assert (second["date"], second["provinces"]) == ("2024-02", ["Takeo"])
    found = {(one["metric"], one["group"]): (one["low"], one["high"]) for one in first["figures"]}
    assert found == {
        ("deaths", None): (3, 3),
        ("deaths", "women"): (1, 1),
        ("rescues", None): (61, 61),
        ("arrests", None): (7, 7),
    }
    assert [(one["low"], one["high"]) for one in second["figures"]] == [(4, 5)]


@pytest.mark.parametrize("people", ["Chinese, Vietnamse", "Chinese, mixed", "Chinese, other"])
def test_a_number_is_not_of_one_people_if_another_cannot_be_read(empty_db: Path, folder: Path, people: str) -> None:
    lines = [f'2023-07-01,Kandal,31,"{people}"', '2023-07-02,Takeo,5,"Chinese"', '2023-07-03,Takeo,6,"Thai, Lao"']
    done("import", table(folder, "x.csv", "Date,Province,Rescued,Nationality", *lines), "--yes")
    found = {one["figures"][0]["low"]: (one["figures"][0]["nationality"], one["nationalities"]) for one in events()}
    assert found == {31: (None, ["Chinese"]), 5: ("Chinese", ["Chinese"]), 6: (None, ["Thai", "Lao"])}


def test_one_list_in_a_column_is_divided(empty_db: Path, folder: Path) -> None:
    lines = ['2023-07-01,Kandal,31,"Chinese, mixed"', "2023-07-02,Takeo,5,Thai"]
    done("import", table(folder, "x.csv", "Date,Province,Rescued,Nationality", *lines), "--yes")
    found = {one["figures"][0]["low"]: (one["figures"][0]["nationality"], one["nationalities"]) for one in events()}
    assert found == {31: (None, ["Chinese"]), 5: ("Thai", ["Thai"])}


def test_a_number_is_not_of_one_province_if_another_cannot_be_read(empty_db: Path, folder: Path) -> None:
    lines = ['2023-07-01,Cambodia,"Kandal; Kayin",31', "2023-07-02,Cambodia,Takeo,5"]
    given = table(folder, "x.csv", "Date,Country,Province,Rescued", *lines)
    told = done("import", given, "--yes", "--map", "Province=provinces")
    assert {one["figures"][0]["low"]: one["figures"][0]["province"] for one in events()} == {31: None, 5: "Takeo"}
    assert "Kayin" in told.err


def test_a_number_beside_empty_bounds_must_be_clear(empty_db: Path, folder: Path) -> None:
    """1.204 can be thousands or decimals, whether or not the table has columns for bounds."""
    lines = ["2023-01-02,Kandal,1.204,,", "2023-01-03,Takeo,12,10,15"]
    file = table(folder, "x.csv", "Date,Province,Freed,Least,Most", *lines)
    bounds = ("--map", "Least=figure.rescues.low", "--map", "Most=figure.rescues.high")
    refused = run("import", file, "--yes", "--map", "Freed=figure.rescues", *bounds)
    assert (refused.code, "three digits after a point can be thousands or decimals" in refused.err) == (4, True)
