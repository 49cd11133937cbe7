"""Lists of people of CTDC: everybody counts once, and totals are what DuckDB counts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import people_rows
from tests.helpers.command_line import done
from tests.helpers.csv_files import written
from tests.helpers.recounts import recount, totals

if TYPE_CHECKING:
    from pathlib import Path


def events() -> dict[str, dict[str, Any]]:
    """What is in the timeline, by the ids."""
    records = map(json.loads, done("export", "jsonl").out.splitlines())
    return {record["id"]: record for record in records if record["type"] == "event"}


def rows_told(told: str) -> tuple[int, list[int]]:
    """How many rows an import says that it used, and how many it left out, for each reason."""
    used = re.findall(r": ([\d,]+) rows? makes? ", told)
    left = re.findall(r": ([\d,]+) rows? (?:is|are) left out", told)
    return int(used[0].replace(",", "")), [int(one.replace(",", "")) for one in left]


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
