"""A thousand rows of UCDP GED and three hundred of ACLED, dirt and all: each is accounted for, and none is mended."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import acled_rows, ged_rows
from tests.helpers.command_line import done, run
from tests.helpers.csv_files import written

if TYPE_CHECKING:
    from pathlib import Path

GED = ged_rows.made()
ACLED = acled_rows.made()


def events() -> dict[str, dict[str, Any]]:
    """What is in the timeline, by the ids."""
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return {record["id"]: record for record in records if record["type"] == "event"}


def ged(folder: Path, rows: list[dict[str, str]] | None = None, name: str = "GEDEvent_v25_1.csv") -> str:
    return written(folder / name, GED.rows if rows is None else rows)


def acled(folder: Path, rows: list[dict[str, str]] | None = None) -> str:
    return written(folder / "acled.csv", ACLED if rows is None else rows)


def one(folder: Path, **cells: str) -> dict[str, Any]:
    """The event of a row of GED that has these cells, and is clean otherwise."""
    done("import", ged(folder, [GED.rows[1] | {"id": "1"} | cells]))
    return events()["ged-1"]


def test_every_row_of_ged_is_accounted_for(empty_db: Path, folder: Path) -> None:
    told = done("import", ged(folder)).err
    assert told.splitlines()[-1] == "scamcli: 1,000 records added, 0 already present."
    found = events()
    assert set(found) == {f"ged-{412_000 + number}" for number in range(1000)}
    for number, row in enumerate(GED.rows):
        event = found[f"ged-{412_000 + number}"]
        source = event["sources"][0]
        assert source["outlet"] == "Uppsala Conflict Data Program"
        assert source["title"] == "UCDP Georeferenced Event Dataset, version 25.1"
        assert source["passage"] == f"id {412_000 + number}"
        if number not in ged_rows.DIRT:
            [figure] = event["figures"]
            assert [figure["low"], figure["best"], figure["high"]] == [
                int(row[bound]) for bound in ("low", "best", "high")
            ]
            assert (figure["metric"], figure["stated"]) == ("deaths", None)
            assert (figure["stated_by"], figure["period"]) == ("Uppsala Conflict Data Program", event["date"])
            assert (figure["count"], event["dataset"]) == ("incident", {"name": "ged", "disjoint": True})
            assert [figure["province"]] == (event["provinces"] or [None])
            assert event["kind"] == ("report" if row["best"] == "0" else "death")
            [place] = event["places"]
            assert (place["lat"], place["lon"]) == (float(row["latitude"]), float(row["longitude"]))
            assert event["countries"] == [{name: code for name, code, _ in ged_rows.COUNTRIES}[row["country"]]]
            offices = row["source_office"].split(";") if row["source_office"] else []
            named = [other["outlet"] for other in event["sources"][1:]]
            assert sorted(set(named)) == sorted(set(offices))
            assert all(other["via"] == "Uppsala Conflict Data Program" for other in event["sources"][1:])
            assert (row["source_article"] in (event["note"] or "")) == (not offices)


def test_the_dirt_is_taken_as_it_is_and_told(empty_db: Path, folder: Path) -> None:
    told = done("import", ged(folder)).err
    found = {number: events()[f"ged-{412_000 + number}"] for number in ged_rows.DIRT}
    bounds = {number: [event["figures"][0][key] for key in ("low", "best", "high")] for number, event in found.items()
              if event["figures"]}  # fmt: skip
    assert bounds[11] == [1, 3, 1000]
    assert (found[12]["figures"], "low" in found[12]["note"]) == ([], False)
    assert found[12]["kind"] == "report"
    assert (found[13]["places"][0]["lat"], found[13]["places"][0]["lon"]) == (None, None)
    assert found[14]["date"] == "2001-05-09?"
    assert "date_end: 2001-05-03 00:00:00.000" in found[14]["note"]
    assert (found[15]["places"][0]["country"], found[15]["countries"]) == (None, [])
    assert "country: Utopia" in found[15]["note"]
    assert found[16]["actors"][0]["name"] == "Government of Elsewhere"
    assert [source["title"] for source in found[17]["sources"][1:]] == [None, None]
    assert [source["published"] for source in found[17]["sources"][1:]] == [None, "2019-01-02"]
    assert "source_headline: One; two; three" in found[17]["note"]
    assert "source_date: 2019-13-41" in found[17]["note"]
    assert found[18]["places"][0]["precision"] is None
    assert found[19]["date"] == "1999-02"
    assert (found[20]["places"][0]["lat"], "latitude: 95.2" in found[20]["note"]) == (None, True)
    assert (bounds[21][0], "low: unknown" in found[21]["note"]) == (None, True)
    assert found[22]["sources"][1]["outlet"] == "example.org"
    for said in (
        "`country` is not a country by its name, or its code; it is kept in the note (1 row,",
        "`date_end` is not the first day or a later one; it is kept in the note (1 row,",
        "Latitude and longitude are both 0, which is not a place; they are left out (1 row,",
        "`source_headline` does not have as many parts as the row has sources; it is kept in the note (1 row,",
        "No outlet is given, so the host of the address takes its place (1 row,",
        "and asks to be cited wherever they are used",
    ):
        assert said in told
    assert "columns left out" not in told


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        (("1", "2022-01-03", "2022-01-03"), "2022-01-03"),
        (("1", "2022-01-03", "2022-01-05"), "2022-01-03/2022-01-05"),
        (("2", "2022-01-03", "2022-01-07"), "2022-01-03/2022-01-07"),
        (("2", "2022-01-03", "2022-01-03"), "2022-01-03~"),
        (("3", "2022-01-03", "2022-01-09"), "2022-01-03/2022-01-09"),
        (("3", "2022-01-05", "2022-01-05"), "2022-01-02/2022-01-08"),
        (("4", "2022-02-01", "2022-02-28"), "2022-02"),
        (("4", "2022-02-05", "2022-03-01"), "2022-02-05/2022-03-01"),
        (("4", "2022-02-05", "2022-02-05"), "2022-02"),
        (("5", "2022-01-01", "2022-12-31"), "2022"),
        (("5", "2022-03-05", "2022-03-05"), "2022"),
        (("8", "2022-03-05", "2022-03-05"), "2022-03-05~"),
    ],
)
def test_how_exactly_the_date_is_known(empty_db: Path, folder: Path, cells: tuple[str, str, str], date: str) -> None:
    code, start, end = cells
    event = one(folder, date_prec=code, date_start=f"{start} 00:00:00.000", date_end=f"{end} 00:00:00.000")
    assert event["date"] == date
    assert event["figures"][0]["period"] == date


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("1", "town"),
        ("2", "district"),
        ("3", "district"),
        ("4", "province"),
        ("5", "province"),
        ("6", "country"),
        ("7", None),
    ],
)
def test_how_exactly_the_place_is_known(empty_db: Path, folder: Path, code: str, word: str | None) -> None:
    assert one(folder, where_prec=code)["places"][0]["precision"] == word


@pytest.mark.parametrize(
    ("admin", "province", "kept"),
    [
        ("Banteay Mean Chey province", "Banteay Meanchey", None),
        ("Phnom Penh municipality", "Phnom Penh", None),
        ("Nowhere province", None, "Nowhere province"),
    ],
)
def test_a_division_of_cambodia_is_a_province_where_the_gazetteer_knows_it(
    empty_db: Path, folder: Path, admin: str, province: str | None, kept: str | None
) -> None:
    event = one(folder, country="Cambodia (Kampuchea)", adm_1=admin, where_coordinates="Somewhere")
    place = event["places"][0]
    assert (place["country"], place["province"], place["admin1"]) == ("KH", province, kept)
    assert event["provinces"] == ([province] if province else [])


def test_every_row_of_acled_is_accounted_for(empty_db: Path, folder: Path) -> None:
    told = done("import", acled(folder)).err
    assert told.splitlines()[-1] == "scamcli: 300 records added, 0 already present."
    assert "ACLED's terms of use restrict who may be given its data" in told
    assert "columns left out" not in told
    found = events()
    assert set(found) == {f"acled-{row['event_id_cnty']}" for row in ACLED}
    for row in ACLED:
        event = found[f"acled-{row['event_id_cnty']}"]
        assert event["summary"] == row["notes"]
        assert event["kind"] == ("arrest" if row["sub_event_type"] == "Arrests" else "report")
        assert {row["event_type"], row["sub_event_type"]} <= set(event["tags"])
        assert event["sources"][0]["passage"] == f"id {row['event_id_cnty']}"
        assert event["sources"][0]["published"] in {"2023-01-30", "2023-01-31"}
        named = [source["outlet"] for source in event["sources"][1:]]
        assert named == [one for one in row["source"].split("; ") if one != "Undisclosed Source"]
        assert ("undisclosed source" in event["tags"]) == ("Undisclosed Source" in row["source"])
        _deaths(row["fatalities"], event)
    assert run("check", "--json").out.count('"F0') == 0


def _deaths(said: str, event: dict[str, Any]) -> None:
    """Fatalities are all three bounds, so that totals are the sums of the column; zero keeps its meaning in words."""
    if not said:
        assert event["figures"] == []
        return
    [figure] = event["figures"]
    count = int(float(said))
    assert (figure["low"], figure["best"], figure["high"]) == (count, count, count)
    assert figure["stated"] == (None if count else "none reported")
    assert (figure["metric"], figure["stated_by"], figure["period"]) == ("deaths", "ACLED", event["date"])
    assert (figure["count"], event["dataset"]) == ("incident", {"name": "acled", "disjoint": True})
    assert figure["province"] in {None, *event["provinces"]}


def deaths(by: str) -> dict[str | None, tuple[int | None, ...]]:
    """Low, best and high of each row."""
    found = done("stats", "deaths", "--by", by, "--json").json
    return {row.get(by): (row["low"], row["best"], row["high"]) for row in found}


def summed(rows: list[tuple[int | None, int | None, int | None]]) -> tuple[int | None, ...]:
    """Return the sums of three columns. Low sums the known numbers; best and high need a number in every row."""
    lows, bests, highs = zip(*rows, strict=True)
    best, high = (None if None in column else sum(column) for column in (bests, highs))
    return sum(low for low in lows if low is not None), best, high


CLEANED: dict[int, tuple[int | None, int | None, int | None] | None] = {
    11: (1, 3, 1000),
    12: None,
    21: (None, int(GED.rows[21]["best"]), int(GED.rows[21]["high"])),
}
"""What the numbers of dirty rows mean: "1e0", "3.0" and "1,000"; no number; and an unknown low."""
UNSURE = {14}
"""A row whose last day is before its first, so that its date is in doubt. An interval is kept however exact it is."""


def of_ged() -> dict[int, tuple[int | None, int | None, int | None]]:
    """Return low, best and high of each row of GED that has numbers."""
    told = {
        number: CLEANED.get(number, (int(row["low"]), int(row["best"]), int(row["high"])))
        for number, row in enumerate(GED.rows)
        if number not in {11, 12, 21}
    } | CLEANED
    # Of numbers that are out of order, the smallest is the low, the largest the high, and the best is kept.
    below = [int(id_.removeprefix("ged-")) - 412_000 for id_ in GED.below]
    told |= {number: (2, int(GED.rows[number]["best"]), 6) for number in below}
    return {number: bounds for number, bounds in told.items() if bounds}


def assert_rows(expected: dict[str | None, tuple[int | None, ...]]) -> None:
    """Compare rows by year. A row that a longer incident touches has no best and no high (rule 10)."""
    found = deaths("year")
    assert {year: bounds[0] for year, bounds in found.items()} == {year: each[0] for year, each in expected.items()}
    for year, bounds in found.items():
        assert bounds[1:] in {expected[year][1:], (None, None)}, year


def test_the_deaths_of_ged_are_the_sums_of_its_columns(empty_db: Path, folder: Path) -> None:
    done("import", ged(folder))
    told = of_ged()
    assert deaths("none") == {None: summed([*told.values()])}
    # Each row is in the year of its days; those that begin in one year and end in another are in none.
    by_year: dict[str | None, list[tuple[int | None, int | None, int | None]]] = {}
    for number, bounds in told.items():
        row = GED.rows[number]
        years = {row["date_start"][:4], row["date_end"][:4] or row["date_start"][:4]}
        if number not in UNSURE:
            by_year.setdefault(years.pop() if len(years) == 1 else None, []).append(bounds)
    by_year.pop(None)
    assert_rows({year: summed(rows) for year, rows in by_year.items()})


def test_the_deaths_of_acled_are_the_sum_of_its_column(empty_db: Path, folder: Path) -> None:
    given = acled_rows.made(326)
    done("import", acled(folder, given))
    counts = [(row, int(float(row["fatalities"]))) for row in given if row["fatalities"]]
    every = sum(count for _, count in counts)
    assert deaths("none") == {None: (every, every, every)}
    by_year: dict[str | None, int] = {}
    for row, count in counts:
        written = row["event_date"]
        day = datetime.strptime(written, "%Y-%m-%d" if written[4] == "-" else "%d %B %Y")
        # With a time precision of 2 it is some day of a week. A week with New Year in it is in no year.
        around = timedelta(days=3 if row["time_precision"] == "2" else 0)
        years = {f"{(day - around).year}", f"{(day + around).year}"}
        year = years.pop() if len(years) == 1 else None
        by_year[year] = by_year.get(year, 0) + count
    by_year.pop(None, None)
    assert_rows({year: (count, count, count) for year, count in by_year.items()})


@pytest.mark.parametrize(("start", "first"), [("1/31/2022", ""), ("1/5/2022", "--map date_start=date.start:%d/%m/%Y ")])
def test_a_last_day_that_can_be_two_is_refused(empty_db: Path, folder: Path, start: str, first: str) -> None:
    """As Excel saves dates with the month first. Without the last day, the deaths of a week would be on one day."""
    outcome = run("import", ged(folder, [GED.rows[1] | {"date_start": start, "date_end": "3/9/2022"}]))
    assert outcome.code == 4
    assert (
        'column "date_end": "3/9/2022"; expected day, month and year in an order that is known' in outcome.err.lower()
    )
    assert f"scamcli: Use {first}--map date_end=date.end:%d/%m/%Y if the day comes first" in outcome.err
