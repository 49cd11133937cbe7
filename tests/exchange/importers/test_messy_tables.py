"""Tables with cells that cannot be read or cannot be true: other cells keep their meaning, and totals are honest."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, rows, run

if TYPE_CHECKING:
    from pathlib import Path


def table(folder: Path, name: str, *lines: str) -> str:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def events() -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return sorted((one for one in records if one["type"] == "event"), key=lambda one: str(one["date"]))


def total(metric: str = "rescues") -> tuple[int | None, int | None]:
    [row] = rows("stats", metric, "--by", "none")
    return row["low"], row["high"]


FIRST = ("Date of incident,Province,Rescued", "2024-08-22,Phnom Penh,1204", "2024-10-01,Svay Rieng,116")
SECOND = ("Date,Province,People freed", "23/08/2024,Phnom Penh,1204", "02/10/2024,Svay Rieng,116")
UNREADABLE = ("rainy season,Kandal,7", "later,Kandal,9", "?!,Takeo,4")


@pytest.mark.parametrize(
    ("more", "options"),
    [
        ((), ()),
        (UNREADABLE[:2], ("--skip-invalid",)),
        (UNREADABLE, ("--skip-invalid", "--map", "Date=date:%d/%m/%Y")),
        (UNREADABLE, ("--skip-invalid", "--map", "Date=date:%d/%m/%Y", "--set", "figure.rescues.period=date")),
    ],
)
def test_unreadable_dates_do_not_make_duplicates_certain(
    empty_db: Path, folder: Path, more: tuple[str, ...], options: tuple[str, ...]
) -> None:
    done("import", table(folder, "one.csv", *FIRST), "--yes")
    told = done("import", table(folder, "other.csv", *SECOND, *more), "--yes", *options).err
    assert "2 pairs of events may each be one event" in told
    assert total() == (1320, 2640)


def test_a_column_of_dates_is_proposed_although_some_are_unreadable(empty_db: Path, folder: Path) -> None:
    name = table(folder, "raids.csv", *SECOND, "14/11/2024,Kandal,3", *UNREADABLE[:2])
    outcome = run("import", name)
    assert re.search(r"  Date +date:%d/%m/%Y ", outcome.err)
    assert 'but not "rainy season", "later"; correct such cells, or skip their rows with --skip-invalid' in outcome.err
    refused = run("import", name, "--yes")
    assert refused.code == 4
    assert f'{name}:5: Column "Date": "rainy season"; expected a date' in refused.err
    told = done("import", name, "--yes", "--skip-invalid").err
    assert (f'{name}:6: Column "Date": "later"' in told, "3 records added" in told) == (True, True)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("early July 2024", "2024-07~"), ("mid-2024", "2024~"), ("late 2023", "2023~"),
        ("around 8 May 2024", "2024-05-08~"), ("EARLY MAY 2024", "2024-05~"), ("early may 2024", "2024-05~"),
        ("the end of 2023", "2023~"),
        ("8-10 Feb 2024", "2024-02-08/2024-02-10"), ("8–10 Feb. 2024", "2024-02-08/2024-02-10"),
        ("Feb 8-10 2024", "2024-02-08/2024-02-10"), ("8th to 10th Feb 2024", "2024-02-08/2024-02-10"),
        ("30 June - 2 July 2024", "2024-06-30/2024-07-02"), ("28 Dec 2023 - 2 Jan 2024", "2023-12-28/2024-01-02"),
        ("from 5 to 7 May 2024", "2024-05-05/2024-05-07"), ("between 5 and 7 May 2024", "2024-05-05/2024-05-07"),
        ("Jan-Mar 2024", "2024-01/2024-03"), ("Q1 2024", "2024-01/2024-03"), ("July/August 2024", "2024-07/2024-08"),
    ],
)  # fmt: skip
def test_a_date_in_the_words_of_a_report_is_read(empty_db: Path, folder: Path, cell: str, date: str) -> None:
    done("import", table(folder, "x.csv", "Date,Rescued", "2024-01-02,3", f"{cell},4"), "--yes")
    assert date in [one["date"] for one in events()]


@pytest.mark.parametrize(
    "cell",
    [
        "8 and 10 Feb 2024", "5 May 2024 and 7 May 2024", "1; 4 and 7 March 2024", "2 or 3 May 2024",
        "about 03/04/2024", "Dec-Jan 2024", "8-10 Feb", "8-10 Feb 2567", "10-8 Feb 2024", "30 Feb - 2 March 2024",
        "before May 2024", "since May 2024", "from May 2024", "Mon 8-10 Feb 2024", "Monday 9 Feb 2024",
        "8-10 Feb 2024 raids", "Room 2024", "2023/24", "summer 2024",
    ],
)  # fmt: skip
def test_a_date_that_would_be_a_guess_is_refused(empty_db: Path, folder: Path, cell: str) -> None:
    lines = "Date,Rescued", "2024-01-02,3", "2024-01-03,3", f"{cell},4"
    outcome = run("import", table(folder, "x.csv", *lines), "--yes")
    assert (outcome.code, f'x.csv:4: Column "Date": "{cell}"; expected' in outcome.err) == (4, True)


PARTS = ("2024-01-03,Kandal,10,4", "2024-02-05,Kampot,3,5", "2024-03-07,Takeo,20,")


def test_a_row_whose_part_exceeds_its_whole_is_reported_and_the_others_keep_theirs(
    empty_db: Path, folder: Path
) -> None:
    name = table(folder, "women.csv", "Date,Province,Rescued,of which women", *PARTS)
    assert 'more than "Rescued" in 1 of 2 rows\n' in run("import", name).err
    told = done("import", name, "--yes").err
    assert f"{name}: `of which women` is more than `Rescued`, although it is a part of it; `scamcli conflicts`" in told
    assert '(1 row, the first row 3: "5 of 3").' in told
    assert [one["figures"][1].get("part_of") for one in events()[:2]] == ["total", "total"]
    assert set(re.findall(r"2024-0\d-0\d-[a-z]+", done("conflicts").out)) == {"2024-02-05-kampot"}
    assert total() == (35, None)


def test_parts_of_several_metrics_belong_to_their_own_wholes(empty_db: Path, folder: Path) -> None:
    header = "Date,Province,Rescued,of which women,Arrested,Arrested women"
    lines = ("2024-02-03,Kandal,10,4,3,1", "2024-02-04,Kampot,12,5,2,2", "2024-02-05,Takeo,7,3,,1")
    seen = done("import", table(folder, "both.csv", header, *lines), "--yes")
    assert "although it is a part of it" not in seen.err
    found = [[(one["id"], one.get("group"), one.get("part_of")) for one in event["figures"]] for event in events()]
    both = [
        ("rescues-total", None, None), ("rescues-women", "women", "rescues-total"),
        ("arrests-total", None, None), ("arrests-women", "women", "arrests-total"),
    ]  # fmt: skip
    assert found == [both, both, [*both[:2], ("arrests-women", "women", None)]]


@pytest.mark.parametrize(("good", "is_part"), [(4, True), (1, False)])
def test_a_column_without_of_which_is_a_part_unless_many_rows_contradict(
    empty_db: Path, folder: Path, good: int, is_part: bool
) -> None:
    lines = [PARTS[1], *(f"2024-03-{day:02},Kandal,10,4" for day in range(1, good + 1))]
    name = table(folder, "women.csv", "Date,Province,Rescued,Women", *lines)
    shown = run("import", name).err
    assert ("[women].part_of=total" in shown) is is_part
    assert ('more than "Rescued" in 1 of 2 rows, so it is no part of it' in shown) is not is_part


def test_the_one_speaker_of_a_row_states_its_figures(empty_db: Path, folder: Path) -> None:
    lines = [
        "Date,Province,Rescued,of which women,According to",
        "2024-01-03,Kandal,10,4,Kandal police",
        "2024-02-05,Kampot,3,1,Kandal police; VOD",
        "2024-03-07,Takeo,20,,",
    ]
    name = table(folder, "raids.csv", *lines)
    assert "'figure.rescues[total].stated_by=speaker'" in run("import", name).err
    done("import", name, "--yes")
    assert [[one.get("stated_by") for one in event["figures"]] for event in events()] == [
        ["Kandal police", "Kandal police"], [None, None], [None],
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["10-15%", "10 to 15 percent", "70 percent", "70%"])
def test_a_percentage_is_no_number_of_people(empty_db: Path, folder: Path, cell: str) -> None:
    numbers = [f"2024-01-{day:02},{day}" for day in range(1, 6)]
    told = done("import", table(folder, "x.csv", "Date,Rescued", *numbers, f"2024-02-01,{cell}"), "--yes").err
    assert f'words that give no bounds; the words are kept (1 row, the first row 7: "{cell}")' in told
    done("add", "--date", "2024-03-01", "--kind", "rescue", "--title", "T", "--figure", f"rescues: {cell}")
    assert [[one["figures"][0][key] for key in ("low", "best", "high")] for one in events()[-2:]] == [[None] * 3] * 2
    shown = run("import", table(folder, "y.csv", "Date,Rescued", f"2024-02-01,{cell}", "2024-02-02,12")).err
    assert "percentages are not counts" in shown


def test_a_division_is_looked_up_within_the_country_of_its_row(folder: Path, empty_db: Path) -> None:
    lines = (
        "date,country,state,city,killed",
        "2021-03-04,Chile,santiago metropolitan,Santiago,3",
        "2021-03-05,Mexico,Distrito Federal,Mexico City,1",
        "2021-04-05,Mexico,Jalisco,Guadalajara,4",
    )
    told = done("import", table(folder, "deaths.csv", *lines), "--yes").err
    assert 'the name is kept with the place (1 row, the first row 3: "Distrito Federal")' in told
    places = [(one["provinces"], one["places"][0]["country"], one["places"][0]["admin1"]) for one in events()]
    assert places == [
        (["Región Metropolitana de Santiago, CL"], "CL", "santiago metropolitan"),
        ([], "MX", "Distrito Federal"),
        (["Jalisco, MX"], "MX", "Jalisco"),
    ]
    provinces = [one["figures"][0]["province"] for one in events()]
    assert provinces == ["Región Metropolitana de Santiago, CL", None, "Jalisco, MX"]


def test_rows_that_their_status_retracts_are_left_out(empty_db: Path, folder: Path) -> None:
    lines = ["2023-01-02,Kandal,12,confirmed", "2023-01-03,Takeo,300,RETRACTED", "2023-01-02,Kandal,12,Duplicate of 1"]
    file = table(folder, "x.csv", "Date,Province,Rescued,Status", *lines)
    assert 'Rows that "Status" calls retracted, withdrawn or duplicate are left out.' in run("import", file).err
    told = done("import", file, "--yes").err
    assert 'A row with "RETRACTED" in `Status` is not an event, and is skipped (1 row, the first row 3)' in told
    assert total("rescues") == (12, 12)
    named = run("import", file, "--yes", "--map", "Status=tags", "--dry-run").err
    assert "RETRACTED" not in named, "whoever names the column decides"


@pytest.mark.parametrize("cell", ["8 (paid, not rescued!)", "7,000 waiting (NOT freed)", "12 (wasn't a rescue)"])
def test_a_remark_that_denies_a_number_leaves_no_bounds(empty_db: Path, folder: Path, cell: str) -> None:
    lines = [f'2023-01-02,Kandal,"{cell}"', *(f"2023-01-0{day},Takeo,{day}" for day in range(3, 8))]
    told = done("import", table(folder, "x.csv", "Date,Province,Rescued", *lines), "--yes").err
    assert f'has words that give no bounds; the words are kept (1 row, the first row 2: "{cell}")' in told
    assert [one["figures"][0]["low"] for one in events()] == [None, 3, 4, 5, 6, 7]


def test_rows_of_one_month_and_source_are_incidents_and_not_its_total(empty_db: Path, folder: Path) -> None:
    rows = [f"2024,{month},{dead},Desert near town {dead},Coroner" for month in ("May", "June") for dead in range(1, 7)]
    done("import", table(folder, "found.csv", "Year,Reported Month,Dead,Location of death,Source", *rows), "--yes")
    assert {one["figures"][0]["count"] for one in events()} == {"incident"}
    found = {row["month"]: row["low"] for row in json.loads(done("stats", "deaths", "--by", "month", "--json").out)}
    assert found == {"2024-05": 21, "2024-06": 21}, "1 + 2 + 3 + 4 + 5 + 6 in each"


def test_equal_rows_of_a_list_of_incidents_stay_apart_and_are_suspected(empty_db: Path, folder: Path) -> None:
    rows = [f"2024,May,1,Desert {at % 3},Coroner" for at in range(6)]
    told = done(
        "import", table(folder, "found.csv", "Year,Reported Month,Dead,Location of death,Source", *rows), "--yes"
    )
    assert "6 records added" in told.err
    assert "keeps the number of its row" in told.err
    assert [(row["low"], row["high"]) for row in json.loads(done("stats", "deaths", "--by", "none", "--json").out)] == [
        (3, 6)
    ]


def test_the_missing_are_counted_in_each_event_where_a_column_has_the_kinds(empty_db: Path, folder: Path) -> None:
    rows = ("2024-01-02,raid,3,4", "2024-01-03,death,5,6")
    done("import", table(folder, "kinds.csv", "Date,Kind,Dead,Missing", *rows), "--yes")
    counts = [(one["metric"], one["count"]) for event in events() for one in event["figures"]]
    assert set(counts) == {("deaths", "incident"), ("missing", "incident")}
