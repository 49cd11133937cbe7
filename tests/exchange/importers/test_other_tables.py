"""Tables of other people, in the shapes that were once read wrongly without a word. Every table is made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.exchange.importers.test_messy_tables import events, table, total
from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES = ["2023-01-02,Thailand,5,20", "2023-01-09,Myanmar,12,7", "2023-02-11,Cambodia,1,"]


def counted(metric: str) -> list[tuple[int, str]]:
    """The numbers of a metric, each with what it counts."""
    return [(one["best"], one["count"]) for event in events() for one in event["figures"] if one["metric"] == metric]


@pytest.mark.parametrize("name", ["Missing", "nmissing", "Number of missing"])
def test_the_missing_are_counted_like_the_dead(empty_db: Path, folder: Path, name: str) -> None:
    done("import", table(folder, "sea.csv", f"Date,Country,Deaths,{name}", *COUNTRIES), "--yes")
    assert counted("deaths") == [(5, "incident"), (12, "incident"), (1, "incident")]
    assert counted("missing") == [(20, "incident"), (7, "incident")]
    assert (total("deaths"), total("missing")) == ((18, 18), (27, 27))


def test_the_missing_of_years_are_counted_over_the_years(empty_db: Path, folder: Path) -> None:
    done("import", table(folder, "years.csv", "Year,Country,Missing", "2021,Laos,5", "2022,Laos,7"), "--yes")
    assert (counted("missing"), total("missing")) == ([(5, "aggregate"), (7, "aggregate")], (12, 12))


def test_the_dead_or_missing_are_not_the_dead(empty_db: Path, folder: Path) -> None:
    name = table(folder, "sea.csv", "Date,Country,No. dead/missing", "2023-01-02,Thailand,5", "2023-01-09,Laos,7")
    assert (
        "figure.missing  likely  its name; numbers in 2 of 2 cells; it also counts the dead" in run("import", name).err
    )
    done("import", name, "--yes")
    assert total("missing") == (12, 12)
    assert [one["figures"][0]["note"] for one in events()] == ["dead or missing"] * 2


@pytest.mark.parametrize("column", ["Period", "Reporting period", "Stretch"])
def test_a_column_with_the_period_of_a_number_makes_it_a_total(empty_db: Path, folder: Path, column: str) -> None:
    """Two agencies that count one year are two answers, and not two incidents of the days of their reports."""
    lines = ["2015-01-06,IOM count for 2014,IOM,3289,2014", "2015-01-10,UNHCR count for 2014,UNHCR,3510,2014"]
    chosen = ("--map", "Stretch=figure.deaths.period") if column == "Stretch" else ()
    done("import", table(folder, "years.csv", f"Date,Title,Speaker,Deaths,{column}", *lines), "--yes", *chosen)
    assert counted("deaths") == [(3289, "aggregate"), (3510, "aggregate")]
    assert total("deaths") == (3289, 3510)


def test_a_year_stands_in_for_a_date_that_is_missing(empty_db: Path, folder: Path) -> None:
    lines = ["2021-02-03,2021,2,Laos,1", ",2021,4,Laos,2", ",2022,,Laos,4"]
    done("import", table(folder, "parts.csv", "date,year,month,country,killed", *lines), "--yes")
    assert [one["date"] for one in events()] == ["2021-02-03", "2021-04", "2022"]
    assert total("deaths") == (7, 7)


def test_an_impossible_date_or_number_is_still_refused(empty_db: Path, folder: Path) -> None:
    """Without its date, a row would be in no period, and without its number, in no total."""
    name = table(
        folder, "bad.csv", "date,place,rescued", "2023-01-02,Bavet,4", "2023-01-03,Bavet,4", "2023-02-30,Bavet,5"
    )
    outcome = run("import", name, "--yes")
    assert (outcome.code, 'bad.csv:4: Column "date": "2023-02-30"; expected' in outcome.err) == (4, True)
    assert events() == []


RIVALS = (
    "Date,Date of report,Killed,Dead,Town,Site",
    "2023-01-02,2023-01-05,4,5,Bavet,A casino",
    "2023-01-03,2023-01-06,1,2,Bavet,B",
)


@pytest.mark.parametrize(
    ("mapped", "left_out", "found"),
    [
        ("Killed=figure.deaths", "Dead", ("2023-01-02", 4, "Bavet")),
        ("Date of report=date", "Date", ("2023-01-05", 5, "Bavet")),
        ("Site=place.name", "Town", ("2023-01-02", 5, "A casino")),
    ],
)
def test_what_the_user_says_of_a_column_beats_a_proposal(
    empty_db: Path, folder: Path, mapped: str, left_out: str, found: tuple[str, int, str]
) -> None:
    told = done("import", table(folder, "rivals.csv", *RIVALS), "--yes", "--map", mapped).err
    assert f"`{left_out}` is not read as " in told
    first = events()[0]
    assert (first["date"], first["figures"][0]["best"], first["places"][0]["name"]) == found


@pytest.mark.parametrize("header", ["date_of_death,age,province", "Sex,Died on,province"])
def test_each_row_of_a_list_of_the_dead_is_one_death(empty_db: Path, folder: Path, header: str) -> None:
    """Two people who died on one day in one province are two people."""
    cells = {"age": ["34", "20", "", "20"], "Sex": ["M", "F", "", "F"]}
    dates, provinces = ["2021-01-02", "2021-01-02", "2021-05-07", "2021-01-02"], ["Kandal", "Kandal", "Takeo", "Kandal"]
    columns = [cells.get(one) or (provinces if one == "province" else dates) for one in header.split(",")]
    told = done("import", table(folder, "dead.csv", header, *map(",".join, zip(*columns, strict=True))), "--yes").err
    assert "Each row is a person who died, so each counts as one death (--set figure.deaths=1)." in told
    assert (counted("deaths"), total("deaths")) == ([(1, "incident")] * 4, (4, 4))
    assert {one["kind"] for one in events()} == {"death"}


def test_a_table_with_a_number_of_the_dead_is_no_list_of_them(empty_db: Path, folder: Path) -> None:
    lines = ["2021-01-02,34,Kandal,2", "2021-01-03,20,Takeo,3"]
    done("import", table(folder, "dead.csv", "Date of death,age,province,killed", *lines), "--yes")
    assert total("deaths") == (5, 5)


RANGES = [
    ("06/11/2022 - 08/11/2022", "2022-11-06/2022-11-08"), ("24-26/07/2023", "2023-07-24/2023-07-26"),
    ("28/02-02/03/2023", "2023-02-28/2023-03-02"), ("2023-01-02 to 2023-01-05", "2023-01-02/2023-01-05"),
    ("29.–30.6.2023", "2023-06-29/2023-06-30"), ("in May 23", "2023-05"), ("in Aug/Sep 22", "2022-08/2022-09"),
    ("in Dec 22/Jan 23", "2022-12/2023-01"), ("2025-02-XX", "2025-02"), ("2025-xx-xx", "2025"),
    ("in 2022", "2022"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "date"), RANGES)
def test_the_days_of_an_event_can_be_in_one_cell(empty_db: Path, folder: Path, cell: str, date: str) -> None:
    name = table(folder, "x.csv", "Date,Place,Rescued", "13/01/2023,Takeo,3", "14/02/2023,Takeo,3", f"{cell},Takeo,4")
    done("import", name, "--yes")
    assert date in [one["date"] for one in events()]


@pytest.mark.parametrize(
    "cell", ["08/11/2022 - 06/11/2022", "24-26/07/2566", "31/07/2024 & 02/08/2024", "26-24/07/2023"]
)
def test_days_that_make_no_period_are_refused(empty_db: Path, folder: Path, cell: str) -> None:
    name = table(folder, "x.csv", "Date,Place,Rescued", "13/01/2023,Takeo,3", "14/02/2023,Takeo,3", f"{cell},Takeo,4")
    refused = run("import", name, "--yes")
    assert (refused.code, events()) == (4, [])
    assert f'x.csv:4: Column "Date": "{cell}"; expected a' in refused.err


PLACES = [
    ("ID", "Batam, Riau", "Riau, ID"), ("KH", "Svay Rieng, Bavet City", "Svay Rieng"),
    ("MX", "Teul, Jalisco", "Jalisco, MX"),
    ("KH", "Kandal (Kien Svay)", "Kandal"), ("MM", "Laukkaing, Shan (Kokang)", "Shan, MM"), ("KH", "Camp X, Tak", None),
]  # fmt: skip


@pytest.mark.parametrize(("country", "place", "province"), PLACES)
def test_a_division_in_the_name_of_a_place_is_its_own(
    empty_db: Path, folder: Path, country: str, place: str, province: str | None
) -> None:
    done("import", table(folder, "x.csv", "Date,Country,Place,Rescued", f'2023-01-02,{country},"{place}",3'), "--yes")
    (event,) = events()
    assert event["provinces"] == ([province] if province else [])
    assert event["countries"] == [country]


ABBREVIATED = [
    ("US", "TX", "Texas, US"), ("MX", "S.L.P.", "San Luis Potosí, MX"), ("KH", "B. Meanchey", "Banteay Meanchey"),
    ("KH", "Sihanoukville Prov.", "Preah Sihanouk"), ("KH", "Banteay Meanchey/Poipet", "Banteay Meanchey"),
    ("MM", "Karen State (Myawaddy)", "Kayin, MM"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "state", "province"), ABBREVIATED)
def test_a_division_can_be_abbreviated(empty_db: Path, folder: Path, country: str, state: str, province: str) -> None:
    lines = [f"2023-01-0{day},{country},{state},3" for day in (1, 2)]
    done(
        "import", table(folder, "x.csv", "Date,Country,Region,Rescued", *lines), "--yes", "--map", "Region=place.admin1"
    )
    assert [one["provinces"] for one in events()] == [[province], [province]]


def test_women_among_the_dead_are_not_put_among_the_survivors(empty_db: Path, folder: Path) -> None:
    header = "Date,Country,Dead,Missing,Survivors,Of which women,Of which men"
    lines = [f"2023-01-{day:02},Laos,20,5,2,{day},{25 - day}" for day in range(1, 20)]
    told = run("import", table(folder, "x.csv", header, *lines)).err
    assert re.search(
        r'Of which women +\(left out\) +it is not clear whom it counts: it is more than "Survivors" in 17 of 19', told
    )
    assert re.search(r"Of which men +\(left out\)", told)
    done("import", str(folder / "x.csv"), "--yes")
    assert (total("survivors"), total("deaths")) == ((38, 38), (380, 380))


def test_the_number_in_a_list_of_deaths_is_that_of_the_dead(empty_db: Path, folder: Path) -> None:
    header = "found dead,number,name and age,country of origin,cause of death"
    lines = [f"{day:02}/05/2023,{day % 3 + 1},N.N.,Syria,drowned" for day in range(13, 19)]
    done("import", table(folder, "x.csv", header, *lines), "--yes")
    assert total("deaths") == (12, 12)


def test_victims_and_suspects_of_operations_are_added_up(empty_db: Path, folder: Path) -> None:
    """They had the count of aggregates, so the numbers of one month were taken for parts of that of the month."""
    lines = ["2023-04,Kandal,9,1", "2023-04-05,Kandal,20,3", "2023-04-19,Takeo,30,4"]
    done("import", table(folder, "x.csv", "Date of operation,Province,Victims,Suspects", *lines), "--yes")
    assert counted("victims") == [(9, "incident"), (20, "incident"), (30, "incident")]
    assert total("suspects") == (8, 8)


@pytest.mark.parametrize(
    "row",
    [",SUB-TOTAL 2023,,7,PHP 3", "TOTAL,2 incidents,,7,", ",,,7,", "Note below,,,,", ",*** my cousin wrote this,,,"],
)
def test_a_row_of_sums_or_notes_has_no_date(empty_db: Path, folder: Path, row: str) -> None:
    lines = ["1,13/01/2023,Takeo,3,PHP 1", "2,14/02/2023,Takeo,4,PHP 2", row]
    outcome = run("import", table(folder, "x.csv", "No.,Date,Place,Rescued,Seized", *lines), "--yes")
    if row == ",,,7,":  # nobody can tell what it is
        assert outcome.code == 4
        return
    assert "not an event, and is skipped (1 row, the first row 4" in outcome.err
    assert total("rescues") == (7, 7)


def test_nationalities_with_their_numbers_are_those_of_the_event(empty_db: Path, folder: Path) -> None:
    """Whose number each is stays in the note: 16 of 66 are not all of them."""
    lines = ['2023-01-02,66,"Vietnamese (16), Thai (50)"', "2023-01-03,16,Thai (16)", "2023-01-04,5,12 Chinese"]
    told = done("import", table(folder, "x.csv", "Date,Freed,Nationalities", *lines), "--yes").err
    assert "`Nationalities` says how many of each; it is kept in the note (3 rows" in told
    assert [one["nationalities"] for one in events()] == [["Vietnamese", "Thai"], ["Thai"], ["Chinese"]]
    assert [one["figures"][0]["nationality"] for one in events()] == [None] * 3
    assert events()[0]["note"] == "Nationalities: Vietnamese (16), Thai (50)"


def test_the_day_of_an_interview_is_not_that_of_the_return(empty_db: Path, folder: Path) -> None:
    """Forms number their questions, and write 0 and 1 for each answer that somebody may tick."""
    header = "start,end,1.2 Date of return,1.4 Nationality,2.3/Escaped,2.3/Deported,_id"
    lines = [
        f"2025-03-0{day}T15:05:45+07:00,2025-03-0{day}T15:25:45+07:00,2025-02-1{day},Thai,{day % 2},{1 - day % 2},{day}"
        for day in range(1, 9)
    ]
    name = table(folder, "form.csv", header, *lines)
    told = run("import", name, "--yes").err
    assert [one["date"] for one in events()] == [f"2025-02-1{day}" for day in range(1, 9)]
    assert [one["figures"] for one in events()] == [[]] * 8
    assert '"2.3/Escaped", "2.3/Deported"' in told


def test_what_an_encyclopedia_puts_into_cells_is_no_number(empty_db: Path, folder: Path) -> None:
    lines = [
        "2021[edit],,,", "c. August 2021,Poipet,Cambodia,21[2]", "14 May 2022,Bavet,Cambodia,16[4][5]",
        "15 May 2022,Bavet,Cambodia,85–90[9]",
    ]  # fmt: skip
    told = done("import", table(folder, "list.csv", "Date,Location,Country,Arrested", *lines), "--yes").err
    assert 'a single cell that is no day is not an event, and is skipped (1 row, the first row 2: "2021[edit]")' in told
    assert [one["date"] for one in events()] == ["2021-08~", "2022-05-14", "2022-05-15"]
    assert [(one["figures"][0]["low"], one["figures"][0]["high"]) for one in events()] == [(21, 21), (16, 16), (85, 90)]


def test_totals_with_words_beside_them_are_no_rows(empty_db: Path, folder: Path) -> None:
    lines = ["1,13/01/2023,Takeo,3,", "2,14/02/2023,Takeo,4,", "TOTAL 2023,,,7,17 cases; see note"]
    done("import", table(folder, "x.csv", "No.,Date,Place,Rescued,Remarks", *lines), "--yes")
    assert total("rescues") == (7, 7)


def test_the_dead_of_one_side_are_not_all_the_dead(empty_db: Path, folder: Path) -> None:
    """A student's copy of UCDP's columns gave the dead of side A as all of them."""
    header = "date_start,country,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
    lines = ["2024-01-03,Yemen,1,2,3,4,10,12,8", "2024-01-05,Syria,0,2,0,0,2,2,2"]
    name = table(folder, "thesis.csv", header, *lines)
    told = run("import", name).err
    for column in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"):
        assert re.search(f"{column} +\\(left out\\) +it counts only some of the deaths", told)
    done("import", name, "--yes")
    assert total("deaths") == (10, 14)
    without = table(folder, "sides.csv", "date,country,deaths_a,deaths_b,injured", "2024-01-03,Yemen,1,2,5")
    done("import", without, "--yes")
    assert total("injuries") == (5, 5)
    assert total("deaths") == (10, 14)
