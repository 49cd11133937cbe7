"""Several rows become one: what a mapping can say about it, and what is told about each row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.errors import DataError
from scamcli.exchange.importers.mapped import mapping_file
from tests.helpers.command_line import done, rows, run

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = {
    "by": ["Year", "Country"],
    "only": {"Checked": ["yes"]},
    "numbers": {
        "people": {},
        "women": {"where": {"Sex": ["F"]}},
        "asked": {"of": "Value", "where": {"What": ["asked"]}},
    },
}
MAPPING: dict[str, Any] = {
    "columns": {"Year": "date", "Country": "countries", "people": "figure.victims", "women": "note", "asked": "note"},
    "defaults": {"kind": "report", "title": ["People in {Country}", "People"]},
    "id_from": ["group"],
    "prefix": "people",
    "group": PEOPLE,
}
HEADER = "Year,Country,Sex,Checked,What,Value,Other"
TABLE = (
    "2022,KH,F,yes,asked,5,", "2022,KH,F,yes,asked,6,", "2022,TH,M,yes,asked,7,", "2022,KH,M,yes,,,",
    "2022,KH,F,no,,,", "2022.0,,F,yes,,,",
)  # fmt: skip


def imported(folder: Path, mapping: dict[str, Any], *lines: str) -> str:
    (folder / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
    (folder / "people.csv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
    return done("import", str(folder / "people.csv"), "--mapping", str(folder / "m.json")).err


def test_rows_that_are_counted_are_one_event(empty_db: Path, folder: Path) -> None:
    told = imported(folder, MAPPING, *TABLE)
    found = {event["id"]: event for event in rows("search")}
    assert {id_: event["figures"][0]["stated"] for id_, event in found.items()} == {
        "people-2022-KH": "3", "people-2022-TH": "1", "people-2022-unknown": "1",
    }  # fmt: skip
    assert [event["note"] for event in found.values()].count("asked: 7") == 1
    assert found["people-2022-KH"]["note"] == "women: 2"
    for said in (
        'Columns left out: "Other".',
        "Rows contradict each other about `asked`, so it is left out (1 row, the first row 2).",
        "5 rows make 3 events, one for all rows with the same `Year`, `Country`.",
        "1 row is left out because of other values in `Checked`.",
    ):
        assert said in told


def test_a_row_that_cannot_be_read_is_told_of(empty_db: Path, folder: Path) -> None:
    (folder / "m.json").write_text(json.dumps(MAPPING), encoding="utf-8")
    (folder / "people.csv").write_text("\n".join([HEADER, TABLE[2], TABLE[0] + ",,,x", ""]), encoding="utf-8")
    outcome = run("import", str(folder / "people.csv"), "--mapping", str(folder / "m.json"))
    assert outcome.code == 4
    assert "people.csv:3: There are 10 cells, but the header has 7." in outcome.err


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ({}, "`group` has no `by`"),
        ({"by": ["a", 5], "numbers": {"n": {}}}, "`group`: `by` lists something that is not a text"),
        ({"by": [], "numbers": {"n": {}}}, "needs the columns that rows have in common"),
        ({"by": ["a"], "numbers": {}}, "needs the columns that rows have in common"),
        ({"by": ["a"], "numbers": []}, "`group`: `numbers` cannot be []"),
        ({"by": ["a"], "numbers": {"n": {"off": "x"}}}, "an unknown key `off`; expected of, where"),
        ({"by": ["a"], "numbers": {"n": {"of": 5}}}, "`of` cannot be 5"),
        ({"by": ["a"], "numbers": {"n": {"where": {"b": "x"}}}}, "is not a list of texts"),
        ({"by": ["a"], "numbers": {"n": {}}, "needs": "m"}, "`needs` is not one of the `numbers`"),
        ({"by": ["a"], "numbers": {"n": {}}, "needs": ["n"]}, "`needs` cannot be"),
        ({"by": ["a"], "numbers": {"n": None}}, '`group`: "n" is not an object'),
        ({"by": ["n"], "numbers": {"n": {}}}, '"n" would be the name of two columns'),
        ({"by": ["a"], "numbers": {"group": {}}}, '"group" would be the name of two columns'),
        ({"by": ["a"], "numbers": {"n": {}}, "or": 1}, "an unknown key `or`"),
    ],
)
def test_a_wrong_grouping_is_refused(group: dict[str, Any], said: str) -> None:
    with pytest.raises(DataError) as caught:
        mapping_file.parse({"columns": {}, "group": group})
    assert said in caught.value.message
