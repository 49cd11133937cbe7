"""Words that change a number: in the name of its column, before it, after it, and in brackets. None is ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.exchange.importers.test_messy_tables import events, table, total
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    "Victims (thousands)", "Losses (USD m)", "Rescued (%)", "Rescued (average)", "Rescued (planned)",
    "Rescued (families)", "Rescued (cumulative)", "Korban (ribu)", "受害者 (万)", "Rescued (2022)", "Tote (Tsd.)",
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
    "moins de 12", "lebih dari 12", "mindestens 12", "upto 12", "12 and above", "12th of 15", "12 Tsd.", "2 ratus",
    "12 (plus 3 women)", "12 (3 not counted)", "(200)", "12 (million)", "12 (000s)", "12 (%)", "12 (denied)",
    "12 (per day)",
]  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_words_that_are_not_understood_give_no_bounds(empty_db: Path, folder: Path, cell: str) -> None:
    name = table(folder, "x.csv", "Date,Rescued", "2023-07-01,3", "2023-07-02,4", f"2023-07-03,{cell}")
    mapped = ("--map", "Date=date", "--map", "Rescued=figure.rescues", "--set", "kind=raid", "--set", "title=Raid")
    told = done("import", name, *mapped).err
    figure = events()[2]["figures"][0]
    assert (figure["stated"], figure["low"], figure["best"], figure["high"]) == (cell, None, None, None)
    assert f'`Rescued` has words that give no bounds; the words are kept (1 row, the first row 4: "{cell}")' in told


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


@pytest.mark.parametrize("words", ["Total", "TOTAL", "Subtotal July", "Grand total 2023"])
def test_a_total_with_a_date_is_no_event(empty_db: Path, folder: Path, words: str) -> None:
    lines = ["2023-07-01,Kandal,12", "2023-07-02,Takeo,3", f"2023-07-02,{words},15"]
    told = done("import", table(folder, "x.csv", "Date,Province,Rescued", *lines), "--yes").err
    assert "a row that adds up others is not an event, and is skipped" in told.lower()
    assert total("rescues") == (15, 15)


@pytest.mark.parametrize("people", ["Chinese, Vietnamse", "Chinese, mixed", "Chinese, other"])
def test_a_number_is_not_of_one_people_if_another_cannot_be_read(empty_db: Path, folder: Path, people: str) -> None:
    lines = [f'2023-07-01,Kandal,31,"{people}"', '2023-07-02,Takeo,5,"Chinese"', '2023-07-03,Takeo,6,"Thai, Lao"']
    done("import", table(folder, "x.csv", "Date,Province,Rescued,Nationality", *lines), "--yes")
    found = {one["figures"][0]["low"]: (one["figures"][0]["nationality"], one["nationalities"]) for one in events()}
    assert found == {31: (None, ["Chinese"]), 5: ("Chinese", ["Chinese"]), 6: (None, ["Thai", "Lao"])}


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
