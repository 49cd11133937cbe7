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


DAYS = ["2021-03-01,,VOD,", "2021-05-01,,VOD,", "2021-07-01,2021-07-30,RFA,", "2021-09-01,,,The Paper"]


def test_of_two_columns_for_one_field_the_fuller_one_is_read(empty_db: Path, folder: Path) -> None:
    header = "date_of_disappearance,date_of_death,sources.outlet,sources.publication,country"
    told = done("import", table(folder, "notes.csv", header, *(f"{day},Cambodia" for day in DAYS)), "--yes").err
    assert 'Columns left out: "date_of_death", "sources.publication".' in told
    assert [one["date"] for one in events()] == ["2021-03-01", "2021-05-01", "2021-07-01", "2021-09-01"]
    assert [[one["outlet"] for one in event["sources"]] for event in events()] == [["VOD"], ["VOD"], ["RFA"], []]


def test_a_year_stands_in_for_a_date_that_is_missing(empty_db: Path, folder: Path) -> None:
    lines = ["2021-02-03,2021,2,Laos,1", ",2021,4,Laos,2", ",2022,,Laos,4"]
    done("import", table(folder, "parts.csv", "date,year,month,country,killed", *lines), "--yes")
    assert [one["date"] for one in events()] == ["2021-02-03", "2021-04", "2022"]
    assert total("deaths") == (7, 7)


def test_a_column_that_is_empty_at_first_is_no_empty_column(empty_db: Path, folder: Path) -> None:
    lines = [f"2021-01-{at % 28 + 1:02},Laos,T{at},{at % 3},{'1' if at >= 1_000 else ''}" for at in range(1_200)]
    name = table(folder, "late.csv", "Date,Country,Town,Killed,Injured", *lines)
    assert "Injured  figure.injuries  sure " in run("import", name).err
    done("import", name, "--yes", "--id-from", "row")
    assert total("injuries") == (200, 200)


def test_a_cell_that_cannot_be_read_takes_no_row_along(empty_db: Path, folder: Path) -> None:
    """Neither a coordinate nor an address nor a long text is worth a number."""
    lines = [
        '2023-01-02,Bavet,"11.07,"," 106.12",https://a.example/1,4', "2023-01-03,Bavet,999,106.12,http://[bad,5",
        "2023-01-05,Poipet,13.6,102.56,see there,6", f"2023-01-07,{'Very long place ' * 25},13.6,102.56,,7",
    ]  # fmt: skip
    name = table(folder, "bad.csv", "date,place,latitude,longitude,url,rescued", *lines)
    told = done("import", name, "--yes").err
    assert [one["figures"][0]["best"] for one in events()] == [4, 5, 6, 7]
    places = [[one[key] for key in ("lat", "lon")] for event in events() for one in event["places"]]
    assert places == [[11.07, 106.12], [None, None], [13.6, 102.56], [13.6, 102.56]]
    notes = [one["note"] for one in events()]
    assert notes[:3] == [None, "latitude: 999\nlongitude: 106.12", "url: see there"]
    assert str(notes[3]).startswith("place: Very long place")
    for kept in ("`latitude` is not decimal", "`longitude` has no other half", "`url` is not an", "`place` is longer"):
        assert kept in told


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


def test_a_misspelt_nationality_is_none_of_its_own(empty_db: Path, folder: Path) -> None:
    words = [
        "Chineese",
        "Mixed/Unknown",
        "unknown",
        "other",
        "Chinese",
        "Karen",
        "Vietnam",
        "Cambodain",
        "Thai nationals",
    ]
    lines = [f"2021-01-{at:02},Kandal,{word},{at}" for at, word in enumerate(words, 1)]
    told = done("import", table(folder, "people.csv", "date,province,nationality,rescued", *lines), "--yes").err
    found = [one["figures"][0]["nationality"] for one in events()]
    assert found == [None, None, None, None, "Chinese", "Karen", "Vietnamese", None, "Thai"]
    assert [one["note"] for one in events()][:4] == [
        "nationality: Chineese",
        "nationality: Mixed/Unknown",
        None,
        "nationality: other",
    ]
    wrong = ["a known nationality (perhaps Chinese)", "a nationality", "a known nationality (perhaps Cambodian)"]
    for expected in wrong:
        assert f"`nationality` is not {expected}; it is kept in the note (" in told
    assert total() == (45, 45)


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


def test_a_table_with_the_names_of_places_is_no_list_of_the_dead(empty_db: Path, folder: Path) -> None:
    """Each row may be an incident in which several people died."""
    done(
        "import",
        table(folder, "dead.csv", "Date of death,District name,province", "2021-01-02,Koh Thom,Kandal"),
        "--yes",
    )
    assert counted("deaths") == []


def test_a_table_with_a_number_of_the_dead_is_no_list_of_them(empty_db: Path, folder: Path) -> None:
    lines = ["2021-01-02,34,Kandal,2", "2021-01-03,20,Takeo,3"]
    done("import", table(folder, "dead.csv", "Date of death,age,province,killed", *lines), "--yes")
    assert total("deaths") == (5, 5)


BARE = ["13-Jan-20,Sihanoukville,Raid,12", "14-Feb-20,Bavet,Raid on a casino,7", "15-Mar-20,Poipet,Police raid,31"]
LETTERS = ("--map", "column A=date", "--map", "column B=place.name", "--map", "column C=title")
SAID = ("--map", "column D=figure.rescues", "--set", "kind=rescue")


def test_a_first_row_of_data_is_not_taken_for_names_of_columns(empty_db: Path, folder: Path) -> None:
    path = table(folder, "bare.csv", *BARE)
    for options in ((), ("--yes",)):
        refused = run("import", path, *options)
        assert (refused.code, events()) == (4, [])
        assert f'{path}: The first row looks like data, not like names of columns: "13-Jan-20"' in refused.err
        assert "--no-header" in refused.err
    assert re.search("  13-Jan-20 +date ", run("import", path, "--header-row", "1").err)


@pytest.mark.parametrize("header", ["Date,2021,2022,2023", "Link,18-24,25-34,35+"])
def test_numbers_can_be_names_of_columns(empty_db: Path, folder: Path, header: str) -> None:
    lines = ["2022-01-02,1,2,3", "2022-01-03,1,2,3"] if header.startswith("Date") else ["https://example.org/1,1,2,3"]
    assert "looks like data" not in run("import", table(folder, "wide.csv", header, *lines)).err


def test_a_table_without_names_is_read_by_the_letters_of_its_columns(empty_db: Path, folder: Path) -> None:
    path, saved = table(folder, "bare.csv", *BARE), str(folder / "bare.json")
    assert "column A  date" in run("import", path, "--no-header").err
    done("import", path, "--no-header", *LETTERS, *SAID, "--save-mapping", saved)
    assert [one["date"] for one in events()] == ["2020-01-13", "2020-02-14", "2020-03-15"]
    assert [one["title"] for one in events()] == ["Raid", "Raid on a casino", "Police raid"]
    assert total("rescues") == (50, 50)
    assert "0 records added, 3 already present" in done("import", path, "--mapping", saved).err


def test_a_file_that_has_names_in_its_form_takes_no_option_about_them(empty_db: Path, folder: Path) -> None:
    path = folder / "raids.json"
    path.write_text('[{"date": "2022-01-02", "title": "Raid"}]')
    refused = run("import", str(path), "--no-header")
    assert (refused.code, events()) == (2, [])
    assert "Leave out --header-row and --no-header." in refused.err
    assert run("import", table(folder, "bare.csv", *BARE), "--no-header", "--header-row", "1").code == 2


def test_dates_with_a_short_year_are_read_without_a_format(empty_db: Path, folder: Path) -> None:
    path = table(folder, "days.csv", "when,what", "13-Jan-20,Raid")
    done("import", path, "--map", "when=date", "--map", "what=title", "--set", "kind=raid")
    done("add", "--date", "14-Jan-20", "--kind", "raid", "--title", "Another raid")
    assert [one["date"] for one in events()] == ["2020-01-13", "2020-01-14"]


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


def test_the_precision_of_a_date_is_that_of_its_event(empty_db: Path, folder: Path) -> None:
    lines = ["2023-05-01,month,Laos,3", "2023-06-07,day,Laos,4", "2024-01-01,year,Laos,5"]
    done("import", table(folder, "x.csv", "date,precision,country,deaths", *lines), "--yes")
    assert [one["date"] for one in events()] == ["2023-05", "2023-06-07", "2024"]


@pytest.mark.parametrize("cell", ["International waters", "Unknown country", "alta mar"])
def test_what_is_no_country_is_none(empty_db: Path, folder: Path, cell: str) -> None:
    lines = ["2023-01-02,Malasia,5", "2023-01-04,República de Panamá,2", f"2023-01-09,{cell},12"]
    told = done("import", table(folder, "x.csv", "Date,Country,Deaths", *lines), "--yes").err
    assert f'`Country` names no country; it is kept in the note (1 row, the first row 4: "{cell}")' in told
    assert [(one["countries"], one["note"]) for one in events()] == [
        (["MY"], None), (["PA"], None), ([], f"Country: {cell}"),
    ]  # fmt: skip
    assert total("deaths") == (19, 19)


def test_a_country_that_nobody_knows_is_still_refused(empty_db: Path, folder: Path) -> None:
    lines = [f"2023-01-{day:02},Laos,5" for day in range(1, 9)]
    refused = run("import", table(folder, "x.csv", "Date,Country,Deaths", *lines, "2023-01-12,Laso,5"), "--yes")
    assert (refused.code, events()) == (4, [])


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


def test_a_division_that_says_its_country_needs_no_other(empty_db: Path, folder: Path) -> None:
    lines = ['2023-01-01,"Kayin, MM",3', "2023-01-02,Takeo,3", "2023-01-03,SHV,3"]
    told = done("import", table(folder, "x.csv", "Date,Province,Rescued", *lines), "--yes").err
    assert [one["provinces"] for one in events()] == [["Kayin, MM"], ["Takeo"], []]
    said = "The row has no country in which its division could be found; the name is kept with the place"
    assert f'{said} (1 row, the first row 4: "SHV")' in told


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


def test_kinds_of_buildings_are_no_sites(empty_db: Path, folder: Path) -> None:
    lines = ["2023-01-01,Hotel,3", "2023-01-02,Rented villa,4", "2023-01-03,Hotel,5", "2023-01-04,Golden Fortune,5"]
    done("import", table(folder, "x.csv", "Date,Premises,Rescued", *lines), "--yes")
    assert [one["sites"] for one in events()] == [[]] * 4
    assert [one["tags"] for one in events()][:2] == [["Hotel"], ["Rented villa"]]


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


def test_a_row_with_a_date_is_no_sum(empty_db: Path, folder: Path) -> None:
    lines = ["North,13/01/2023,Takeo,3", "North,15/01/2023,Takeo,3", "Total,14/02/2023,Takeo,4"]
    done("import", table(folder, "x.csv", "Scope,Date,Place,Rescued", *lines), "--yes")
    assert total("rescues") == (10, 10)


def test_nationalities_with_their_numbers_are_those_of_the_event(empty_db: Path, folder: Path) -> None:
    """Whose number each is stays in the note: 16 of 66 are not all of them."""
    lines = ['2023-01-02,66,"Vietnamese (16), Thai (50)"', "2023-01-03,16,Thai (16)", "2023-01-04,5,12 Chinese"]
    told = done("import", table(folder, "x.csv", "Date,Freed,Nationalities", *lines), "--yes").err
    assert "`Nationalities` says how many of each; it is kept in the note (3 rows" in told
    assert [one["nationalities"] for one in events()] == [["Vietnamese", "Thai"], ["Thai"], ["Chinese"]]
    assert [one["figures"][0]["nationality"] for one in events()] == [None] * 3
    assert events()[0]["note"] == "Nationalities: Vietnamese (16), Thai (50)"


def test_nationalities_with_their_numbers_need_no_separator(empty_db: Path, folder: Path) -> None:
    lines = ['2023-01-02,66,"Vietnamese (16), Thai (50)"', '2023-01-03,15,"12 Chinese, 3 Thai"', "2023-01-04,9,Lao;9"]
    done("import", table(folder, "x.csv", "Date,Freed,P", *lines), "--yes", "--map", "P=nationalities")
    assert [one["nationalities"] for one in events()] == [["Vietnamese", "Thai"], ["Chinese", "Thai"], ["Lao"]]


def test_who_said_it_is_the_speaker(empty_db: Path, folder: Path) -> None:
    done("import", table(folder, "x.csv", "Date,Freed,Who said it", "2023-01-02,66,Thai police"), "--yes")
    assert events()[0]["figures"][0]["stated_by"] == "Thai police"


def test_a_source_that_is_no_address_is_an_outlet_or_a_note(empty_db: Path, folder: Path) -> None:
    long = "“Blast in the town,” The Daily Border Herald, 14 January 2012, page 3, second edition"
    for name, source, where in (("a.csv", "VOD", "source.outlet"), ("b.csv", f'"{long}"', "note")):
        assert (
            f"Source / link  {where} "
            in run("import", table(folder, name, "Date,Freed,Source / link", f"2023-01-02,6,{source}")).err
        )


def test_a_flag_with_two_readings_names_both(empty_db: Path) -> None:
    refused = run("add", "--date", "03/04/2021", "--kind", "raid", "--title", "A raid")
    assert (refused.code, events()) == (2, [])
    assert '--date: "03/04/2021" can be read in two ways.' in refused.err
    assert "Write 2021-04-03 (day first) or 2021-03-04 (month first)." in refused.err


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


def test_a_column_with_the_word_date_may_be_the_date(empty_db: Path, folder: Path) -> None:
    header = "Date of complaint,Date rescued,Date updated,Country,No. of nationals concerned"
    lines = [f"1{day}/01/2023,2{day}/01/2023,2024-01-01,Laos,{day}" for day in range(3, 8)]
    name = table(folder, "desk.csv", header, *lines)
    assert "Date of complaint           date:%d/%m/%Y  likely " in run("import", name).err
    done("import", name, "--yes")
    assert [one["date"] for one in events()] == [f"2023-01-1{day}" for day in range(3, 8)]


def test_what_an_encyclopedia_puts_into_cells_is_no_number(empty_db: Path, folder: Path) -> None:
    lines = [
        "2021[edit],,,", "c. August 2021,Poipet,Cambodia,21[2]", "14 May 2022,Bavet,Cambodia,16[4][5]",
        "15 May 2022,Bavet,Cambodia,85–90[9]",
    ]  # fmt: skip
    told = done("import", table(folder, "list.csv", "Date,Location,Country,Arrested", *lines), "--yes").err
    assert 'a single cell that is no day is not an event, and is skipped (1 row, the first row 2: "2021[edit]")' in told
    assert [one["date"] for one in events()] == ["2021-08~", "2022-05-14", "2022-05-15"]
    assert [(one["figures"][0]["low"], one["figures"][0]["high"]) for one in events()] == [(21, 21), (16, 16), (85, 90)]


def test_lines_that_explain_a_table_are_no_rows(empty_db: Path, folder: Path) -> None:
    lines = ["POINT Z (97.53 25.05 0),2023-04-11,5", "POINT EMPTY,2023-04-12,6", '"# LEGEND 1 = exact, 2",is not,known']
    lines = [f"POINT (97.{at} 25.05),2023-03-{at},1" for at in range(10, 29)] + lines
    told = done("import", table(folder, "map.csv", "WKT,event_date,fatalities", *lines), "--yes").err
    assert "a row that begins like a comment and has no date is skipped (1 row, the first row 23: " in told.lower()
    assert "`WKT` is an empty point; it is kept in the note (1 row" in told
    assert total("deaths") == (30, 30)
    (place,) = [one for event in events() if event["date"] == "2023-04-11" for one in event["places"]]
    assert (place["lat"], place["lon"]) == (25.05, 97.53)


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


def test_stories_in_a_column_of_causes_are_the_summary(empty_db: Path, folder: Path) -> None:
    """Causes of deaths can be words, which are tags, or stories. A column that is called a description comes first."""
    story = "drowned when a boat that had left at night sank off the coast, where the coast guard had not come; " * 4
    done("import", table(folder, "a.csv", "Date,Dead,Cause of death", f'2023-01-02,3,"{story}"'), "--yes")
    [event] = events()
    assert (event["summary"], event["tags"]) == (story.strip(), [])
    told = run(
        "import", table(folder, "b.csv", "Date,Dead,Cause of death,Summary", f'2023-01-02,3,"{story}",A boat')
    ).err
    assert '"Summary" is the summary already' in told


def test_a_note_below_a_table_is_quoted(empty_db: Path, folder: Path) -> None:
    note = "N.N. means that the name is unknown. The numbers include people who are missing and presumed dead"
    lines = ["2023-01-02,3,Kandal,x", "2023-01-04,5,Takeo,y", f'"{note}",,,']
    assert note in done("import", table(folder, "x.csv", "Date,Dead,Place,Code", *lines), "--yes").err
