"""A second, invented timeline, all of whose numbers are worked out here by hand.

Rescues of people, by event (speaker, wording, whom and where, over which days, outlets):

    ja   Ada Brel   "at least 40"   Thai, Kandal   January             Lantern
    mi   Bo Quist   "30"            Thai, Kandal   15 Jan to 2 Feb     Beacon; disputed by dn
    fe   Ada Brel   "25"            Lao, Kandal    February            Lantern and Beacon
    fe2  Ada Brel   "25"            Lao, Kandal    February            Courier: the same statement again
    fr   Bo Quist   "at least 28"   Lao, Kandal    February            Beacon; repeats fe
    ru   Ada Brel   "more than 200 since January 1", said on 30 June   Courier; a running total, split by nationality
           thai "120", lao "at least 50"; women "90", which is a part but not of the split
    ap   Cy Noor    "60"            April          Beacon; a whole, split by province, complete
           kandal "20", takeo "at least 15", kampot "22" (disputed by dk); thai "33": the same whole divided otherwise
    un   nobody     "about 12"      Takeo          no period; reported on 31 July    Lantern, via Courier
    ju   Ada Brel   "17"            Lao, Kampot    July                Courier
    ma   Bo Quist   "70"            Thai, Takeo    August~             Beacon
    op   Bo Quist   "at least 9"    Takeo          from 1 September, said on the 10th    Courier
    mo   Ada Brel   "at least 5"    Thai, Kampot   no period; the event is of November    Lantern
    bt   Cy Noor    "14" boats      Kampot         September           Beacon
    dr   a draft: "999"

Captives, at a moment: s1 "300" and s2 "at least 500" in Kandal, s2 "80" in Takeo. Sentences: two on co.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.small_timelines import done, new_path, one, rows, run
from tests.numbers.worded import number

TIMELINE = ROOT / "tests" / "helpers" / "honest_timeline.jsonl"

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.language.wording.bounds import Bounds

Words = dict[Any, str]
"""What a careful newspaper would print in each row, as words that mean its bounds."""


@cache
def second() -> Path:
    path = new_path()
    done(path, "import", str(TIMELINE))
    return path


def table(by: str, *asked: str, unit: str = "people") -> dict[Any, tuple[Any, ...]]:
    """The bounds of each row."""
    splits = [] if by == "none" else by.split(",")
    found = [row for row in rows(second(), "stats", "rescues", "--by", by, *asked) if row["unit"] == unit]
    keys = [tuple(row[split] for split in splits) if len(splits) > 1 else row.get(by) for row in found]
    return dict(zip(keys, ((row["low"], row["best"], row["high"]) for row in found), strict=True))


def meant(words: Words) -> dict[Any, Bounds]:
    return {label: number(each) for label, each in words.items()}


# fe and fe2 answer one question, and fr repeats fe with another number: one entry, at least 25. mi and ap's part in
# Kampot are disputed by events without numbers.
#
# All: ru names no place or people, so it includes everything from January to June: ja, mi, fe, and ap. With July's ju
# and September's op, 201 + 17 + 9 = 227. ma is of about August, and mo and un have no days: they may overlap.
ALL = "at least 227"

TABLES: list[tuple[str, Words]] = [
    ("none", {None: ALL}),
    (
        "province",
        {
            "Kandal": "at least 85",  # ja 40 + fe 25 + ap's 20; mi's 30 may be among ja's
            "Takeo": "at least 70",  # ma; ap's part and op come to less
            "Kampot": "at least 39",  # ap's 22 in April + ju 17; mo may be among the 22
            None: "at least 201",  # ru; ap is complete, so it leaves nothing, and the Thai 33 are in it
        },
    ),
    (
        "nationality",
        {
            "Thai": "at least 120",  # ru's part; ma and mo may be among them
            "Lao": "at least 67",  # ru's 50 until June + ju's 17
            None: "at least 9",  # op; ru leaves nobody knows how many, and ap lies inside ru
        },
    ),
    # ru without the 90 women, ju and op: 111 + 17 + 9
    ("group", {"women": "90", None: "at least 137"}),
    (
        "actor",
        {
            "Ada Brel": "at least 218",  # ru 201 + ju 17
            "Bo Quist": "at least 128",  # mi 30 Thai and fr 28 Lao in Kandal, ma 70 in Takeo
            "Cy Noor": "60",
            None: "about 12",
        },
    ),
    (
        "source",
        {
            "Lantern": "at least 70",  # ja 40, fe 25 and mo 5 cannot overlap
            # mi 30, ap's parts 20 and 22 in Kandal and Kampot, ma 70 in Takeo, and of the entry of fe its own fr, 28
            "Beacon": "at least 170",
            "Courier": ALL,  # ru, ju and op
        },
    ),
    (
        "kind",
        {
            "rescue": "at least 157",  # ja 40, fe 25, ju 17, ma 70, mo 5
            "report": "at least 55",  # mi 30 Thai, and fe's entry 25
            "statement": "at least 210",  # ru and op
        },
    ),
    # ru lies partly in April; June's 60 have no limit, because ru has none
    (
        "month",
        {
            "2031-01": "at least 40", "2031-02": "at least 25", "2031-04": "at least 60", "2031-07": "17",
            "2031-09": "at least 9", None: "at least 5",
        },
    ),
    (
        "quarter",
        {"2031-Q1": "at least 65", "2031-Q2": "at least 60", "2031-Q3": "at least 26", None: "at least 5"},
    ),
    ("year", {"2031": ALL, None: "at least 5"}),
    (
        "province,nationality",
        {
            ("Kandal", "Thai"): "at least 40", ("Kandal", "Lao"): "at least 25", ("Kandal", None): "20",
            ("Takeo", "Thai"): "70", ("Takeo", None): "at least 24",  # ap's 15 in April, and op
            ("Kampot", "Thai"): "at least 5", ("Kampot", "Lao"): "17", ("Kampot", None): "22",
            (None, "Thai"): "120",  # April's 33 are among them
            (None, "Lao"): "at least 50", (None, None): "at least 201",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("by", "answer"), TABLES, ids=[by for by, _ in TABLES])
def test_a_split(by: str, answer: Words) -> None:
    assert table(by) == meant(answer)


def test_boats_are_counted_apart() -> None:
    assert table("none", unit="boats") == meant({None: "14"})
    assert table("province", unit="boats") == meant({"Kampot": "14"})
    assert table("month", unit="boats") == meant({"2031-09": "14"})


FILTERS = {
    "--undisputed": ALL,
    "--undisputed --province Kandal": "at least 85",
    "--during 2031-04": "at least 60",
    "--during 2031-04 --province Takeo": "at least 15",
    "--during 2031-04 --province Kandal --province Kampot": "42",  # two parts of one declared split
    "--during 2031-04-01/2031-04-29": None,
    "--during 2031-08": None,
    "--during 2031-Q1": "at least 65",
    "--from 2031-01 --to 2031-06": "at least 201",
    "--from 2031-01 --to 2031-06-29": "at least 125",  # without ru: ja 40, fe 25, ap 60
    "--during 2031-11": None,  # mo is of no days
    "--source Lantern": "at least 70",
    "--via Courier": "about 12",
    "--kind rescue": "at least 157",
    "--nationality Thai --nationality Lao": "at least 187",  # no Thai is Lao: 120 + 67
    "--nationality thai": "at least 120",
    "--drafts": ALL,
}


@pytest.mark.parametrize(("asked", "answer"), FILTERS.items(), ids=FILTERS)
def test_a_filter(asked: str, answer: str | None) -> None:
    assert table("none", *asked.split()) == ({} if answer is None else {None: number(answer)})


def implied(*asked: str) -> dict[str, int | None] | None:
    (row,) = [row for row in rows(second(), "stats", "rescues", "--by", "none", *asked) if row["unit"] == "people"]
    found: dict[str, int | None] | None = row["implied"]
    return found


@pytest.mark.parametrize("flags", [(), ("--undisputed",)], ids=["all", "undisputed"])
def test_what_is_implied_comes_from_the_whole_family_filtered_or_not(flags: tuple[str, ...]) -> None:
    # 60 in all, all three provinces: 60 - 20 - 22 are Takeo's, though neither whole nor sisters are asked for
    april = ("--during", "2031-04", *flags)
    assert implied("--province", "Takeo", *april) == {"low": 18, "high": 18}
    assert implied("--province", "Takeo", "--province", "Kandal", *april) == {"low": 38, "high": 38}
    assert implied("--province", "Takeo") is None  # other numbers are larger and open
    assert implied() is None


def test_a_moment_is_never_added() -> None:
    found = rows(second(), "stats", "captives", "--by", "province")
    assert {row["province"]: (row["low"], row["best"], row["high"]) for row in found} == {
        "Kandal": (500, None, None), "Takeo": (80, 80, 80),
    }  # fmt: skip
    assert one(second(), "stats", "captives", "--by", "none")["low"] == 500


SAID = [
    ("--by none --explain", "Left out: 1 figure in drafts"),
    ("--by none", "Counts rescues, not people: somebody rescued twice counts twice."),
    ("--by month", "more than 200 \\(1 January to 30 June 2031, Ada Brel\\)"),
    ("--by none --province Kandal --during 2031-04", "6 (number|report)s that do not state the"),
    ("--by none --during 2031-08", "1 (number|report) only partly within"),
]


@pytest.mark.parametrize(("asked", "note"), SAID)
def test_a_note(asked: str, note: str) -> None:
    found = done(second(), "stats", "rescues", *asked.split(), "--format", "table")
    assert re.search(note, " ".join(f"{found.out} {found.err.replace('scamcli:', '')}".split()))


@pytest.mark.parametrize("by", ["province", "nationality", "actor", "source", "kind", "month", "year", "group"])
def test_the_row_for_everything_is_what_none_gives(by: str) -> None:
    lines = done(second(), "stats", "rescues", "--by", by, "--format", "markdown").out.splitlines()
    totals = [line.split("|")[2].strip() for line in lines if line.startswith("| Total")]
    assert totals == [row["words"] for row in rows(second(), "stats", "rescues", "--by", "none")]


HOW = {
    "ja n": "not added: it lies inside more than 200 (Ada Brel)",
    "ru total": "counted",
    "ru thai": "not added: it lies inside more than 200 (Ada Brel)",
    "ap total": "not added: it lies inside more than 200 (Ada Brel)",
    "ju n": "counted",
    "op n": "counted",
    "un n": "not added: it may overlap more than 200 (Ada Brel)",
    "ma n": "not added: it may overlap more than 200 (Ada Brel)",
}


def test_every_figure_says_how_it_entered() -> None:
    found = rows(second(), "stats", "rescues", "--by", "none", "--explain")
    row = next(row for row in found if row["unit"] == "people")
    told = {f"{line['event']} {line['figure']}": line["how"] for line in row["explain"]}
    assert len(told) == len(row["explain"]) == 19
    assert {key: told[key] for key in HOW} == HOW
    assert row["working"]["counted"] == "201 + 17 + 9 = 227"


@pytest.mark.parametrize(
    "asked", [("--during", "2031-13"), ("--from", "2031-05", "--to", "2031-04"), ("--by", "province,province")]
)
def test_a_bad_range_or_split_is_an_error(asked: tuple[str, ...]) -> None:
    assert run(second(), "stats", "rescues", *asked).code == 2
