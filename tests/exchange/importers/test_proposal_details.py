"""What a proposal does about times of entry, names that repeat each other, and corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.importers.mapped import hxl, suggest_mapping
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


def test_a_date_of_the_start_of_an_event_is_still_sure() -> None:
    found = guesses(**{"Start date": DAYS, "End date": DAYS, "Rescued": list("123456")})
    assert (found["Start date"], found["End date"]) == (("date.start", "sure"), ("date.end", "sure"))


def test_a_title_does_not_repeat_a_town_that_is_called_like_its_province(empty_db: Path, folder: Path) -> None:
    rows = "2022-05-14,Koh Kong,koh kong,4\n2022-05-15,Kandal,Koh Thom,5\n2022-05-16,Kandal,,6\n"
    (folder / "raids.csv").write_text(f"Date,Province,Town,Rescued\n{rows}")
    done("import", "raids.csv", "--yes")
    assert sorted(event["title"] for event in events()) == ["Kandal", "Koh Thom, Kandal", "koh kong"]


def test_what_describes_a_figure_follows_a_correction_of_its_metric(empty_db: Path, folder: Path) -> None:
    rows = "2022-05-14,Kandal,4,Thai\n2022-05-15,Kampot,5,Lao\n"
    (folder / "raids.csv").write_text(f"Date,Province,Rescued,Nationality\n{rows}")
    done("import", "raids.csv", "--yes", "--map", "Rescued=figure.arrests")
    figures = [event["figures"] for event in events()]
    assert [len(one) for one in figures] == [1, 1]
    found = {(one["metric"], one["nationality"], one["province"], one["best"]) for [one] in figures}
    assert found == {("arrests", "Thai", "Kandal", 4), ("arrests", "Lao", "Kampot", 5)}


def test_a_proposal_says_where_the_names_are_and_what_every_row_gets(empty_db: Path, folder: Path) -> None:
    (folder / "raids.csv").write_text("2022\nDate,Province,Rescued\n2022-05-14,Kandal,4\n2022-05-15,Kampot,5\n")
    told = run("import", "raids.csv").err
    assert told.endswith(
        "scamcli:   The names of the columns are in row 2.\n"
        "scamcli:   Every row gets kind=rescue, figure.rescues.province=place, figure.rescues.count=incident,"
        " 'title={Province}', title=Rescue.\n"
        "scamcli: Check this, and run it again with --yes.\n"
        "scamcli: Add --map COLUMN=FIELD or --set FIELD=VALUE to correct it, or --dry-run --save-mapping FILE to edit"
        " it.\n"
    )
    done("import", "raids.csv", "--yes", "--set", "kind=raid", "--id-from", "Province")
    assert {(one["id"], one["kind"]) for one in events()} == {("raids-Kandal", "raid"), ("raids-Kampot", "raid")}


def test_a_proposal_without_a_date_asks_for_it(empty_db: Path, folder: Path) -> None:
    (folder / "raids.csv").write_text("Province,Rescued\nKandal,4\nKampot,5\n")
    assert "Check this, and run it again with --yes --map COLUMN=date." in run("import", "raids.csv").err
    assert events() == []


def test_hxl_tags_say_what_columns_mean_and_are_no_row(empty_db: Path, folder: Path) -> None:
    (folder / "hdx.csv").write_text(
        "Jour,Zone,Somme,Femmes,Personne,X\n"
        "#date+occurred,#adm1+name,#affected+killed,#affected+killed+f,#contact+name,\n"
        "2022-05-14,Kandal,4,1,Somebody,a\n2022-05-15,Kampot,5,2,Somebody,b\n"
    )
    told = done("import", "hdx.csv", "--yes").err
    assert "A row of HXL tags is not an event, and is skipped (1 row, the first row 2)" in told
    assert 'Columns left out: "Personne", "X"' in told
    found = [
        (event["date"], event["provinces"], [(one["metric"], one["group"], one["best"]) for one in event["figures"]])
        for event in events()
    ]
    assert sorted(found) == [
        ("2022-05-14", ["Kandal"], [("deaths", None, 4), ("deaths", "women", 1)]),
        ("2022-05-15", ["Kampot"], [("deaths", None, 5), ("deaths", "women", 2)]),
    ]


@pytest.mark.parametrize("cell", ["#1", "# 12", "#REF!", "hashtag", "#date+occurred and more"])
def test_other_cells_that_begin_with_a_hash_are_values(cell: str) -> None:
    assert not hxl.is_row_of_tags([cell, "#date"])


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


def test_a_table_that_counts_only_rescues_is_of_rescues() -> None:
    rows = [("2022-05-14", "4"), ("2022-05-15", "5")]
    proposal = suggest_mapping.suggest(["Date", "Rescued"], rows)
    assert [texts for field, texts in proposal.mapping.defaults.items() if str(field) == "kind"] == [("rescue",)]


@pytest.mark.parametrize(
    ("column", "cells"),
    [("Income", ["42278", "67629", "49254", "44922"]), ("Registered", ["28/12", "27/12", "3/1", "4/1"])],
)
def test_numbers_under_an_unknown_name_are_neither_dates_nor_points(column: str, cells: list[str]) -> None:
    assert guesses(**{column: cells, "Rescued": list("1234")})[column] == ("", "")


def test_a_country_in_a_list_of_people_may_be_theirs() -> None:
    people = {"Name": list("ABCDEF"), "Age": ["31", "24", "19", "40", "28", "33"], "Date": DAYS}
    countries = ["Cuba", "Mexico", "Haiti", "India", "Ghana", "China"]
    assert guesses(**people, Country=countries)["Country"] == ("countries", "likely")
    assert guesses(**people, **{"Country of incident": countries})["Country of incident"] == ("countries", "sure")
    assert guesses(Date=DAYS, Country=countries)["Country"] == ("countries", "sure")


def test_the_example_of_a_date_is_one_that_can_be_read() -> None:
    rows = [("no idea", "1"), *((f"2022-05-{day}", "1") for day in range(11, 31))]
    [date, _] = suggest_mapping.suggest(["Date", "Rescued"], rows).guesses
    assert date.reason.startswith('its name; dates such as "2022-05-11", but not "no idea"; correct such cells')


def test_addresses_with_other_text_among_them_are_not_sure() -> None:
    cells = [f"https://a.example/{at}" for at in range(5)]
    assert guesses(Date=DAYS, Source=[*cells, "https://a.example/5"])["Source"] == ("source.url", "sure")
    assert guesses(Date=DAYS, Source=[*cells, "https://a.example/5 and a note"])["Source"] == ("source.url", "likely")


def test_a_day_in_three_columns_is_the_day_of_an_incident(empty_db: Path, folder: Path) -> None:
    (folder / "raids.csv").write_text("Year,Month,Day,Killed\n2022,5,14,4\n2022,5,14,5\n2022,6,1,0\n")
    done("import", "raids.csv", "--yes")
    [row] = done("stats", "deaths", "--json").json
    assert (row["low"], row["best"], row["high"]) == (9, 9, 9)


def test_a_coordinate_with_a_comma_is_not_called_whole() -> None:
    found = suggest_mapping.suggest(["Date", "Latitude", "Longitude"], [("2022-05-11", "11,55", "104,91")]).guesses
    assert [one.reason for one in found[1:]] == [
        f"not place.{key}: its decimals have a comma" for key in ("lat", "lon")
    ]


def test_rows_that_differ_in_a_column_left_out_are_different_events(empty_db: Path, folder: Path) -> None:
    lines = ["2022-05-14,Kandal,1,A,", "2022-05-14,Kandal,1,B,", "2022-05-15,Kampot,1,C,7"]
    (folder / "raids.csv").write_text("\n".join(["Date,Province,Killed,Weapon,Case number", *lines]))
    said = "ows that are equal in these columns may be different events, so each keeps the number of its row (--id-from"
    shown = run("import", "raids.csv").err
    assert said in shown
    told = done("import", "raids.csv", "--yes").err
    assert (said in told, "3 records added" in told) == (True, True)
    assert {event["id"] for event in events()} == {"raids-row-2", "raids-row-3", "raids-7"}


@pytest.mark.parametrize("last", ["A", ""])
def test_rows_that_are_the_same_in_all_columns_are_one_event(empty_db: Path, folder: Path, last: str) -> None:
    lines = ["2022-05-14,Kandal,1,A", "2022-05-14,Kandal,1,A", f"2022-05-15,Kampot,1,{last}"]
    (folder / "raids.csv").write_text("\n".join(["Date,Province,Killed,Weapon", *lines]))
    told = done("import", "raids.csv", "--yes").err
    assert ("--id-from row)" not in told, "2 records added, 0 already present, 1 repeated" in told) == (True, True)


def test_a_proposal_of_nothing_but_dates_is_not_accepted(empty_db: Path, folder: Path) -> None:
    (folder / "wide.csv").write_text("Year,Belgium,France\n2014,4,0\n2015,0,150\n2016,32,89\n")
    for options in ([], ["--yes"]):
        outcome = run("import", "wide.csv", *options)
        assert (outcome.code, "n event with only a date says nothing" in outcome.err) == (2, True)
    done("import", "wide.csv", "--yes", "--map", "France=figure.deaths", "--set", "countries=FR")
    assert sum(event["figures"][0]["best"] for event in events()) == 239


@pytest.mark.parametrize("word", ["Not stated", "Se desconoce", "sin datos", "unspecified"])
def test_a_cell_that_says_that_nothing_is_known_is_empty(empty_db: Path, folder: Path, word: str) -> None:
    (folder / "raids.csv").write_text(f"Date,Country,Killed\n2022-05-14,{word},4\n2022-05-15,Laos,5\n")
    assert "2 records added" in done("import", "raids.csv", "--yes").err
    assert sorted(event["countries"] for event in events()) == [[], ["LA"]]


def test_the_semicolon_of_a_character_of_html_separates_nothing(empty_db: Path, folder: Path) -> None:
    cell = "Democratic People&#039;s Republic of Korea; Laos"
    (folder / "raids.csv").write_text(f'Date,Country,Killed\n2022-05-14,"{cell}",4\n2022-05-15,Laos,5\n')
    done("import", "raids.csv", "--yes")
    assert sorted(event["countries"] for event in events()) == [["KP", "LA"], ["LA"]]


def test_a_point_that_may_mark_thousands_is_said_to_be_ambiguous() -> None:
    rows = [("2022-05-11", "1.234"), ("2022-05-12", "2.500"), ("2022-05-13", "12")]
    for changed, reason in ((rows, '"1.234" can be thousands or a fraction'), ([*rows[:2], ("", "1.5")], "fractions")):
        (guess,) = [one for one in suggest_mapping.suggest(["Datum", "Gerettet"], changed).guesses if not one.uses]
        assert reason in guess.reason
