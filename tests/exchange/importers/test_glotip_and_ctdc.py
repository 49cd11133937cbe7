"""Statistics of UNODC and lists of people of CTDC: rows become one event, and totals are what DuckDB counts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from tests.helpers import people_rows
from tests.helpers.command_line import done
from tests.helpers.csv_files import written
from tests.helpers.recounts import recount, totals

if TYPE_CHECKING:
    from pathlib import Path

GLOTIP = people_rows.glotip()
TITLES = "Trafficking in persons,,\nDate: 05/02/2024,,\n"

METRICS = {
    "victims": "Detected trafficking victims", "suspects": "Persons brought into formal contact",
    "charged": "Persons prosecuted", "convictions": "Persons convicted", "cases": "Offences of trafficking in persons",
}  # fmt: skip
TOTAL_ROWS = "Region <> '' and Dimension = 'Total' and Sex = 'Total' and Age = 'Total' and Indicator = '{}'"
NUMBER = "case txtVALUE when '<5' then {} else replace(txtVALUE, ',', '')::int end"


def events() -> dict[str, dict[str, Any]]:
    """What is in the timeline, by the ids."""
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return {record["id"]: record for record in records if record["type"] == "event"}


def rows_told(told: str) -> tuple[int, list[int]]:
    """How many rows an import says that it used, and how many it left out, for each reason."""
    used = re.findall(r": ([\d,]+) rows? makes? ", told)
    left = re.findall(r": ([\d,]+) rows? (?:is|are) left out", told)
    return int(used[0].replace(",", "")), [int(one.replace(",", "")) for one in left]


@pytest.mark.parametrize("titles", ["", TITLES])
def test_glotip_adds_up_to_its_rows_of_totals(empty_db: Path, folder: Path, titles: str) -> None:
    plain = written(folder / "plain.csv", GLOTIP)
    told = done("import", written(folder / "glotip.csv", GLOTIP, titles)).err
    used, left = rows_told(told)
    assert used + sum(left) == len(GLOTIP)
    assert len(left) == 3
    assert "columns left out" not in told
    countries = "case Iso3_code when 'KHM' then 'KH' when 'THA' then 'TH' when 'KEN' then 'KE' when 'XKX' then 'XK'"
    for metric, indicator in METRICS.items():
        where = TOTAL_ROWS.format(indicator)
        for by, column in (
            ("none", "null"), ("year", "Year"), ("country", f"{countries} when 'GBR_S' then 'GB' end"),
        ):  # fmt: skip
            found = totals(metric, by)
            for bound, least in (("low", 0), ("high", 4)):
                query = f"select {column}, sum({NUMBER.format(least)}) from '{plain}' where {where} group by all"
                assert {key: getattr(row, bound) or 0 for key, row in found.items()} == recount(query, plain)


def test_what_the_rows_of_a_country_and_year_become(empty_db: Path, folder: Path) -> None:
    done("import", written(folder / "glotip.csv", GLOTIP))
    found = events()
    assert not any("SAM" in id_ for id_ in found)  # it adds up countries that have rows of their own
    for event in found.values():
        [figure] = event["figures"]
        assert (figure["count"], figure["stated_by"], figure["period"]) == ("aggregate", "UNODC", event["date"])
        assert event["dataset"] == {"name": "glotip", "disjoint": True}
    own = [row for row in GLOTIP if (row["Iso3_code"], row["Indicator"]) == ("THA", "Detected trafficking victims")]
    years = {row["Year"] for row in own if row["Dimension"] == row["Sex"] == row["Age"] == "Total"}
    assert {event["date"] for id_, event in found.items() if "THA-Thailand" in id_ and "victims" in id_} == years
    women = next(row for row in own if row["Sex"] == "Female" and row["Age"] != "Total" and row["Year"] in years)
    event = found[f"glotip-THA-Thailand-{women['Year']}-Detected-trafficking-victims"]
    assert f"women: {women['txtVALUE']}" in event["note"]


def test_a_workbook_with_titles_gives_the_same(empty_db: Path, folder: Path) -> None:
    done("import", written(folder / "glotip.csv", GLOTIP))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data_glotip_1")
    for row in (["UNODC"], ["30/05/2023"], people_rows.GLOTIP, *(list(row.values()) for row in GLOTIP)):
        sheet.append([int(cell) if str(cell).isdecimal() else cell or None for cell in row])
    book.save(folder / "data_glotip.xlsx")
    again = done("import", str(folder / "data_glotip.xlsx")).err
    assert again.endswith(f"0 records added, {len(events())} already present.\n")


SHAPES = {
    "ctdc_synthetic": (people_rows.SYNTHETIC, {"USA": "US", "THA": "TH", "KHM": "KH"}, ""),
    "ctdc_k_anonymised": (people_rows.ANONYMISED, {"US": "US", "TH": "TH", "NA": "NA"}, "-99"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_everybody_in_ctdc_counts_once(empty_db: Path, folder: Path, name: str) -> None:
    columns, countries, missing = SHAPES[name]
    rows = people_rows.ctdc(columns, countries, missing)
    path = written(folder / "ctdc.csv", rows)
    told = done("import", path).err
    assert rows_told(told) == (len(rows), [])
    assert "columns left out" not in told
    bound = "best" if name == "ctdc_synthetic" else "low"
    cases = " ".join(f"when '{code}' then '{country}'" for code, country in countries.items())
    for by, column in (
        ("none", "null"), ("country", f"case CountryOfExploitation {cases} end"),
        ("year", f"case yearOfRegistration when '2022.0' then '2022' else nullif(yearOfRegistration, '{missing}') end"),
    ):  # fmt: skip
        expected = recount(f"select {column}, count(*) from '{path}' group by all", path)
        found = totals("victims", by)
        if by == "year":
            del expected[None]  # those of an unknown year may be of any, so that no year has a best
            assert found.keys() == expected.keys()
        if (by, bound) != ("year", "best"):
            assert {key: getattr(row, bound) for key, row in found.items()} == expected
    event = events()[f"{name}-2016-unknown-{next(iter(countries))}"]
    assert (event["countries"], len(event["nationalities"])) == ([], 1)
    [figure] = event["figures"]
    assert figure["stated"].startswith("about " if bound == "best" else "at least ")
    assert [figure["nationality"]] == event["nationalities"]
    assert event["date"] == figure["period"] == "2016"
    assert "forced labour: " in event["note"]


def test_ctdc_again_changes_nothing(empty_db: Path, folder: Path) -> None:
    rows = people_rows.ctdc(*SHAPES["ctdc_synthetic"])
    path = written(folder / "ctdc.csv", rows)
    done("import", path)
    written(folder / "ctdc.csv", rows[::-1])
    assert done("import", path).err.endswith(f"0 records added, {len(events())} already present.\n")
