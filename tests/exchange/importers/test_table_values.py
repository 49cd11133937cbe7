"""The cells of foreign tables are kept unchanged, and values that can be read in two ways are not guessed."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from tests.helpers.command_line import Outcome, done, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIELDS = {
    "day": "date", "rescued": "figure.rescues", "whose": "figure.rescues.nationality", "low": "figure.rescues.low",
    "best": "figure.rescues.best", "lost": "figure.losses", "lat": "place.lat", "link": "source.url",
    "paper": "source.outlet", "archive": "source.archived", "where": "figure.rescues.province",
    "over": "figure.rescues.period", "group": "figure.rescues.group", "by": "figure.rescues.stated_by", "id": "id",
}  # fmt: skip


def taken(folder: Path, row: Mapping[str, Any], *options: str, name: str = "x.csv", form: str = "") -> Outcome:
    """The output of importing one row. Each cell is in the column of its field."""
    row = {"day": "2022-01-02"} | dict(row)
    columns = {column: FIELDS[column] for column in row} | {"day": f"date{form}"}
    if name.endswith(".xlsx"):
        book = Workbook()
        for line in (list(row), list(row.values())):
            book.active.append(line)  # type: ignore[union-attr]
        book.save(folder / name)
    else:
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows((list(row), list(row.values())))
    pairs = (word for pair in columns.items() for word in ("--map", "=".join(pair)))
    constants = ("--set", "kind=raid", "--set", "title=T")
    return run("import", str(folder / name), *pairs, *constants, *options)


def event() -> dict[str, Any]:
    [found] = [one for one in map(json.loads, done("export", "jsonl").out.splitlines()) if one["type"] == "event"]
    return dict(found)


def figure() -> list[Any]:
    """The wording of the one figure, and its bounds."""
    [found] = event()["figures"]
    return [found[key] for key in ("stated", "low", "best", "high")]


@pytest.mark.parametrize("column", ["rescued", "lost"])
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2.000", "2000 or 2 ("), ("10.000", "10000 or 10 ("), ("3.500", "3500 or 3.5 ("),
        ("1.234", "1234 or 1.2340 ("),
        ("២.០០០", "2000 or 2 ("), ("1,5", "1.5 (with a decimal point)"), ("2,50", "2.50 (with a decimal point)"),
    ],
)  # fmt: skip
def test_a_number_that_can_be_two_is_refused(
    empty_db: Path, folder: Path, column: str, cell: str, expected: str
) -> None:
    outcome = taken(folder, {column: cell})
    assert outcome.code == 4
    assert f'x.csv:2: Column "{column}": "{cell}"; expected {expected}' in outcome.err


@pytest.mark.parametrize("cell", ["more than 2.000", "2.000 people", "2.000–3.000", "12,5 percent"])
def test_also_within_words(empty_db: Path, folder: Path, cell: str) -> None:
    assert taken(folder, {"rescued": cell}).code == 4


@pytest.mark.parametrize(
    ("cell", "stated", "number"),
    [
        ("12.0", "12", 12), ("3.00", "3", 3), ("412700.0", "412700", 412_700), ("412700.000", "412700", 412_700),
        ("1.234.567", "1.234.567", 1_234_567), ("12,345", "12,345", 12_345), ("0.125", "0.125", 0.125),
        ("១២", "១២", 12), ("2.125 million", "2.125 million", 2_125_000),
    ],
)  # fmt: skip
def test_a_number_that_is_one_is_taken(empty_db: Path, folder: Path, cell: str, stated: str, number: float) -> None:
    assert taken(folder, {"lost": cell}).code == 0
    assert figure() == [stated, number, number, number]


@pytest.mark.parametrize(("cell", "stated"), [(1.234, "1.2340"), (2000.0, "2000"), (2000, "2000"), (2.5, "2.5")])
def test_a_number_of_a_workbook_is_that_number(empty_db: Path, folder: Path, cell: float, stated: str) -> None:
    assert taken(folder, {"lost": cell, "best": cell, "lat": 11.556}, name="x.xlsx").code == 0
    by_metric = {one["metric"]: [one[key] for key in ("stated", "low", "best")] for one in event()["figures"]}
    assert by_metric == {"losses": [stated, cell, cell], "rescues": [None, None, cell]}
    assert event()["places"][0]["lat"] == 11.556


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ("max. 20", [None, None, 20]), ("min 5", [5, None, None]), ("3?", [None, 3, None]), ("50+", [50, None, None]),
        ("40 (estimate)", [None, 40, None]), ("12 (unconfirmed)", [None, 12, None]), ("≧10", [10, None, None]),
        ("10–15", [10, None, 15]), ("several dozens", [24, None, None]), ("ca. 30", [None, 30, None]),
    ],
)  # fmt: skip
def test_words_round_a_number_stay_and_its_bounds_follow_them(
    empty_db: Path, folder: Path, cell: str, bounds: list[int | None]
) -> None:
    assert "no bounds follow" not in taken(folder, {"rescued": cell}).err
    assert figure() == [cell, *bounds]


@pytest.mark.parametrize(
    "cell",
    [
        "12 families",
        "12 (15 women)",
        "12 (+3 later)",
        "12 (3 according to the NGO)",
        "from 50",
        "several",
        "20 min",
        "about 10-15",
        "1.234,56",
    ],
)
def test_words_of_which_no_bounds_follow_stay_and_are_told(empty_db: Path, folder: Path, cell: str) -> None:
    told = taken(folder, {"rescued": cell}).err
    assert "`rescued` has words that give no bounds; the words are kept" in told
    assert f'(1 row, the first row 2: "{cell}")' in told
    assert figure() == [cell, None, None, None]


@pytest.mark.parametrize(
    ("cell", "number", "remark"),
    [
        ("12 (3 women)", "12", "3 women"), ("13 (11 M, 2 F)", "13", "11 M, 2 F"), ("5 (3M/2F)", "5", "3M/2F"),
        ("4 (2 in hospital)", "4", "2 in hospital"),
        ("at least 40 (incl. 3 minors)", "at least 40", "incl. 3 minors"),
    ],
)  # fmt: skip
def test_a_remark_in_brackets_is_kept_in_the_note_of_its_number(
    empty_db: Path, folder: Path, cell: str, number: str, remark: str
) -> None:
    told = taken(folder, {"rescued": cell}).err
    assert (
        f'`rescued` has a remark in brackets; it is kept in the note of the number (1 row, the first row 2: "{cell}")'
        in told
    )
    (one,) = event()["figures"]
    assert (one["stated"], one["low"], one["note"]) == (number, 40 if "40" in number else int(number), remark)


@pytest.mark.parametrize("cell", ["none", "nil", "No"])
def test_a_word_for_none_is_0(empty_db: Path, folder: Path, cell: str) -> None:
    told = taken(folder, {"rescued": cell}).err
    assert f'`rescued` has a word for none, which is read as 0 (1 row, the first row 2: "{cell}")' in told
    assert figure() == ["0", 0, 0, 0]


@pytest.mark.parametrize("cell", ["-9", "-99", "-99.0"])
def test_a_code_for_an_unknown_number_is_no_number(empty_db: Path, folder: Path, cell: str) -> None:
    told = taken(folder, {"rescued": cell}).err
    assert "`rescued` has a code for an unknown number; it is kept in the note" in told
    assert (event()["figures"], event()["note"]) == ([], f"rescued: {cell}")


def test_what_is_of_a_number_that_is_not_there_is_kept_and_told(empty_db: Path, folder: Path) -> None:
    row = {"rescued": "", "whose": "Thai; Lao", "where": "Kandal", "over": "2022", "group": "women", "by": "VOD"}
    told = taken(folder, row).err
    assert (event()["figures"], event()["nationalities"]) == ([], ["Thai", "Lao"])
    assert (event()["provinces"], event()["note"]) == (["Kandal"], "over: 2022\ngroup: women\nby: VOD")
    for column, key in (("whose", "nationalities"), ("where", "provinces")):
        assert f"`{column}` describes a number that is missing; it is kept in the event's {key} (1 row" in told
    for column in ("over", "group", "by"):
        assert f"`{column}` describes a number that is missing; it is kept in the note (1 row" in told


@pytest.mark.parametrize("form", ["%Q", "%d/%m", "day", "%d/%d/%Y"])
def test_a_format_that_is_none_is_refused_before_anything_is_read(empty_db: Path, folder: Path, form: str) -> None:
    outcome = taken(folder, {"day": "02/01/2022"}, form=f":{form}")
    assert (outcome.code, f'"{form}" is not a date format' in outcome.err) == (2, True)
    value = {"columns": {"day": {"field": "date", "formats": [form]}}}
    (folder / "m.json").write_text(json.dumps(value), encoding="utf-8")
    outcome = run("import", str(folder / "x.csv"), "--mapping", "m.json")
    assert (outcome.code, "In the mapping m.json: " in outcome.err, "is not a date format" in outcome.err) == (
        4,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("19/09/2022", "%d/%m/%Y", "2022-09-19"), ("2022-09-19", "%d/%m/%Y", "2022-09-19"),
        ("2022-09~", "%d/%m/%Y", "2022-09~"), ("2022-09-19/2022-09-22", "%d/%m/%Y", "2022-09-19/2022-09-22"),
        ("2022-09-19 00:00:00", "%d/%m/%Y", "2022-09-19"), ("2022-04-03", "%Y-%d-%m", "2022-03-04"),
        ("2022-04-13", "%Y-%d-%m", None), ("19 Sept 2022", "%d/%m/%Y", "2022-09-19"),
        ("00/09/2022", "%d/%m/%Y", "2022-09"), ("44823", "excel", "2022-09-19"),
        ("19/9/22 08:15", "%d/%m/%y", "2022-09-19"),
        ("2022", "%d/%m/%Y", "2022"), ("1022", "%d/%m/%Y", None), ("12/03/2566", "%d/%m/%Y", None),
        ("2022-13-01", "%d/%m/%Y", None), ("2022-W38-1", "%G-W%V-%u", "2022-09-19"),
        ("១៩/០៩/២០២២", "%d/%m/%Y", "2022-09-19"),
    ],
)  # fmt: skip
def test_beside_a_format_stands_what_has_one_reading(
    empty_db: Path, folder: Path, cell: str, form: str, day: str | None
) -> None:
    outcome = taken(folder, {"day": cell}, form=f":{form}")
    assert outcome.code == (4 if day is None else 0), outcome.err
    if day is not None:
        assert event()["date"] == day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("២០២២-០៩-១៩", "2022-09-19"), ("១៩/០៩/២០២២", "2022-09-19"), ("១៩.៩.២០២២", "2022-09-19"),
        ("២០២២", "2022"), ("๑๙/๐๙/๒๐๒๒", "2022-09-19"),
        ("០៣/០៤/២០២២", None), ("១៩/០៩/២៥៦៥", None), ("๑๙/๐๙/๒๕๖๕", None),
        ("១៩ កញ្ញា ២០២២", "2022-09-19"), ("១៩ កញ្ញា ២៥៦៥", None),
    ],
)  # fmt: skip
def test_a_date_in_other_digits_is_read_as_in_these(empty_db: Path, folder: Path, cell: str, day: str | None) -> None:
    outcome = taken(folder, {"day": cell})
    assert outcome.code == (4 if day is None else 0), outcome.err
    if day is not None:
        assert event()["date"] == day


A, B = "https://a.example/x;y?u=1,2", "http://b.example/https://c.example"


@pytest.mark.parametrize("between", [" ", "\n", ", ", ";", " | "])
def test_each_address_of_a_cell_is_one(empty_db: Path, folder: Path, between: str) -> None:
    assert taken(folder, {"link": f"{A}{between}{B}", "archive": f"{B}{between}{A};"}).code == 0
    found = [[one[key] for key in ("outlet", "url", "archived")] for one in event()["sources"]]
    assert found == [["a.example", A, B], ["b.example", B, A]]


@pytest.mark.parametrize(
    "cell", [f"{A} and {B}", f"perhaps {A}", f"{A} (in Khmer)", "a.example/x, b.example/y", "a.example/x;b.example/y"]
)
def test_an_address_with_anything_beside_it_is_kept_in_the_note(empty_db: Path, folder: Path, cell: str) -> None:
    outcome = taken(folder, {"link": cell, "paper": "VOD"})
    assert outcome.code == 0
    assert "`link` is not an address, or several that each begin with https://; it is kept in the" in outcome.err
    [source] = event()["sources"]
    assert (source["outlet"], source["url"], source["archived"]) == ("VOD", None, None)
    assert event()["note"] == f"link: {cell}"
