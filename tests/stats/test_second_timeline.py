"""A second timeline, invented from end to end, whose every number is derived here by hand.

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
    op   Bo Quist   "at least 9"    Takeo          from 1 September, open    Courier
    mo   Ada Brel   "at least 5"    Thai, Kampot   no period; the event is of November    Lantern
    bt   Cy Noor    "14" boats      Kampot         September           Beacon
    dr   a draft: "999"

Captives, at a moment: s1 "300" and s2 "at least 500" in Kandal, s2 "80" in Takeo. Sentences: two on co.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.small_timelines import done, new_path, rows, run

TIMELINE = ROOT / "tests" / "helpers" / "honest_timeline.jsonl"

if TYPE_CHECKING:
    from pathlib import Path

Numbers = tuple[int | None, ...]
Key = tuple[str | None, str]

COLUMNS = ("low", "best", "high", "unadjusted", "figures", "possible", "disputed")


@cache
def second() -> Path:
    path = new_path()
    done(path, "import", str(TIMELINE))
    return path


def table(*asked: str, by: str = "none") -> dict[Key, Numbers]:
    """Each row's numbers in the order of COLUMNS, by its value of the split and its unit."""
    found = rows(second(), "stats", *asked, "--by", by)
    answer = {(row.get(by), row["unit"]): tuple(row[key] for key in COLUMNS) for row in found}
    assert len(answer) == len(found)
    return answer


def people(found: dict[Any, Numbers]) -> dict[Key, Numbers]:
    return {(value, "people"): numbers for value, numbers in found.items()}


BOATS = (14, 14, 14, 14, 1, 0, 0)

# All. Items with known days: ja 40 (January), mi 30 (over the turn of the month), fe with fe2 and fr 28 (February; one
# statement, the larger low), ru 201 or its split 120 + 50 (January to June), ap 60 or its split 20 + 15 + 22 (April),
# ju 17 (July). ja + fe + ap = 128 is less than ru 201; ju shares no day with ru: 218. ma, op and mo have no known days
# and may be among those. Lows of the families: 40 + 30 + 28 + 201 + 60 + 17 + 70 + 9 + 5 = 460; un's is unknown, and so
# are best and high. Statements: ja, mi, fe, ru's 4, ap's 5, un, ju, ma, op, mo.
ALL = (218, None, None, 460, 17, 0, 2)

BY_PROVINCE = people({
    # ja 40 + fe 28 + ap's part 20 share no day; mi 30 overlaps ja and fe. 40 + 30 + 28 + 20 = 118.
    "Kandal": (88, None, None, 118, 4, 0, 1),
    # ma's days are uncertain, op's open, un's low unknown: the largest. 15 + 70 + 9.
    "Takeo": (70, None, None, 94, 4, 0, 0),
    # April 22 + July 17; mo has no period. 22 + 17 + 5.
    "Kampot": (39, None, None, 44, 3, 0, 1),
    # ru and ap as wholes, with the parts that name no province: April lies in January to June. 201 + 60.
    None: (201, None, None, 261, 6, 0, 0),
}) | {("Kampot", "boats"): BOATS}  # fmt: skip

BY_NATIONALITY = people({
    # ja 40 + ap's 33 is less than ru's 120. 40 + 30 + 120 + 33 + 70 + 5.
    "Thai": (120, None, None, 298, 6, 0, 1),
    # ru's 50 to June, ju's 17 in July. 28 + 50 + 17.
    "Lao": (67, None, None, 95, 3, 0, 0),
    # ru's total and women, ap's total and provinces, un, op. 201 + 60 + 9.
    None: (201, None, None, 270, 8, 0, 1),
}) | {(None, "boats"): BOATS}  # fmt: skip

BY_ACTOR = people({
    # fr is Bo Quist's, so fe's low is 25 here. 201 + 17; 40 + 25 + 201 + 17 + 5.
    "Ada Brel": (218, None, None, 288, 8, 0, 0),
    # mi and fr share 1 and 2 February; ma is the largest. 30 + 28 + 70 + 9.
    "Bo Quist": (70, None, None, 137, 4, 0, 1),
    # one family: its own best and high
    "Cy Noor": (60, 60, 60, 60, 5, 0, 1),
    None: (None, 12, None, None, 1, 0, 0),
}) | {("Cy Noor", "boats"): BOATS}  # fmt: skip

BY_SOURCE = people({
    # un is Lantern's, seen in Courier. 40 + 25; mo has no period.
    "Lantern": (65, None, None, 70, 4, 0, 0),
    # mi 30 + ap 60 is more than fe 28 + ap 60, and than ma 70. 30 + 28 + 60 + 70.
    "Beacon": (90, None, None, 188, 8, 0, 2),
    # fe2 25, ru 201, op 9, ju 17
    "Courier": (218, None, None, 252, 7, 0, 0),
}) | {("Beacon", "boats"): BOATS}  # fmt: skip

BY_KIND = people({
    "rescue": (40 + 25 + 17, None, None, 40 + 25 + 17 + 70 + 5, 5, 0, 0),
    "report": (30, None, None, 30 + 28, 3, 0, 1),
    "statement": (201, None, None, 25 + 201 + 60 + 9, 11, 0, 1),
}) | {("report", "boats"): BOATS}  # fmt: skip

BY_MONTH = people({
    "2031-01": (40, None, None, 40, 1, 0, 0),
    "2031-02": (28, None, None, 28, 1, 0, 0),
    "2031-04": (60, 60, 60, 60, 5, 0, 1),
    # ju, and possibly un, which was reported in July
    "2031-07": (17, None, None, 17, 2, 1, 0),
    "2031-08": (70, 70, 70, 70, 1, 1, 0),
    "2031-11": (5, None, None, 5, 1, 1, 0),
    # over more than one month: mi, ru's four, op
    None: (201, None, None, 30 + 201 + 9, 6, 0, 1),
}) | {("2031-09", "boats"): BOATS}  # fmt: skip

BY_QUARTER = people({
    "2031-Q1": (40 + 28, None, None, 40 + 30 + 28, 3, 0, 1),
    "2031-Q2": (60, 60, 60, 60, 5, 0, 1),
    # ju is sure, ma and un possible: ma's uncertain 70 may have ju's 17 in it
    "2031-Q3": (70, None, None, 87, 3, 2, 0),
    "2031-Q4": (5, None, None, 5, 1, 1, 0),
    None: (201, None, None, 210, 5, 0, 0),
}) | {("2031-Q3", "boats"): BOATS}  # fmt: skip

BY_YEAR = people({"2031": (218, None, None, 451, 16, 3, 2), None: (9, None, None, 9, 1, 0, 0)}) | {
    ("2031", "boats"): BOATS
}

# the women are a part of ru, and their row is theirs alone
BY_GROUP = people({"women": (90, 90, 90, 90, 1, 0, 0), None: (218, None, None, 460, 16, 0, 2)}) | {
    (None, "boats"): BOATS
}

TABLES: list[tuple[str, dict[Key, Numbers]]] = [
    ("none", people({None: ALL}) | {(None, "boats"): BOATS}),
    ("province", BY_PROVINCE),
    ("nationality", BY_NATIONALITY),
    ("group", BY_GROUP),
    ("actor", BY_ACTOR),
    ("source", BY_SOURCE),
    ("kind", BY_KIND),
    ("month", BY_MONTH),
    ("quarter", BY_QUARTER),
    ("year", BY_YEAR),
]  # fmt: skip


@pytest.mark.parametrize(("by", "answer"), TABLES, ids=[by for by, _ in TABLES])
def test_a_split(by: str, answer: dict[Key, Numbers]) -> None:
    assert table("rescues", by=by) == answer


TWO_WAYS = {
    ("Kandal", "Thai"): (40, None, None, 70, 2, 0, 1),
    ("Kandal", "Lao"): (28, None, None, 28, 1, 0, 0),
    ("Kandal", None): (20, 20, 20, 20, 1, 0, 0),
    ("Takeo", "Thai"): (70, 70, 70, 70, 1, 0, 0),
    ("Takeo", None): (15, None, None, 24, 3, 0, 0),
    ("Kampot", "Thai"): (5, None, None, 5, 1, 0, 0),
    ("Kampot", "Lao"): (17, 17, 17, 17, 1, 0, 0),
    ("Kampot", None): (22, 22, 22, 22, 1, 0, 1),
    # ru's Thai part of January to June, ap's of April: overlapping days, so no best
    (None, "Thai"): (120, None, 153, 153, 2, 0, 0),
    (None, "Lao"): (50, None, None, 50, 1, 0, 0),
    (None, None): (201, None, None, 261, 3, 0, 0),
}


def test_two_splits_at_once() -> None:
    found = [
        row for row in rows(second(), "stats", "rescues", "--by", "province,nationality") if row["unit"] == "people"
    ]
    got = {(row["province"], row["nationality"]): tuple(row[key] for key in COLUMNS) for row in found}
    assert got == TWO_WAYS


FILTERS: list[tuple[str, Numbers | None]] = [
    # without mi and ap's Kampot; the whole of ap stays
    ("--undisputed", (218, None, None, 430, 15, 0, 0)),
    ("--undisputed --province Kandal", (88, None, None, 88, 3, 0, 0)),
    ("--during 2031-04", (60, 60, 60, 60, 5, 0, 1)),
    ("--during 2031-04 --province Takeo", (15, None, None, 15, 1, 0, 0)),
    # two parts of one declared split are of different people, and share their days: no best
    ("--during 2031-04 --province Kandal --province Kampot", (42, None, 42, 42, 2, 0, 1)),
    ("--during 2031-04-01/2031-04-29", None),
    ("--during 2031-08", (70, 70, 70, 70, 1, 1, 0)),
    ("--during 2031-08 --certain", None),
    ("--during 2031-Q1", (68, None, None, 98, 3, 0, 1)),
    ("--from 2031-01 --to 2031-06", (201, None, None, 359, 12, 0, 2)),
    ("--from 2031-01 --to 2031-06-29", (40 + 28 + 60, None, None, 158, 8, 0, 2)),
    ("--during 2031-11", (5, None, None, 5, 1, 1, 0)),
    ("--during 2031-11-01/2031-11-15", None),
    ("--during 2031-11 --certain", None),
    ("--source Lantern", (65, None, None, 70, 4, 0, 0)),
    ("--via Courier", (None, 12, None, None, 1, 0, 0)),
    ("--kind rescue", (82, None, None, 157, 5, 0, 0)),
    # the wholes are not asked for: ru's split 120 + 50 of January to June, and ju 17. Each part stands for itself:
    # 40 + 30 + 28 + 120 + 50 + 33 + 70 + 5 + 17
    ("--nationality Thai --nationality Lao", (187, None, None, 393, 9, 0, 1)),
    ("--nationality thai", (120, None, None, 298, 6, 0, 1)),
    ("--drafts", ALL),
]


@pytest.mark.parametrize(("asked", "answer"), FILTERS, ids=[asked for asked, _ in FILTERS])
def test_a_filter(asked: str, answer: Numbers | None) -> None:
    found = {key: row for key, row in table("rescues", *asked.split()).items() if key[1] == "people"}
    assert found == ({} if answer is None else {(None, "people"): answer})


def implied(*asked: str) -> dict[str, int | None] | None:
    (row,) = [row for row in rows(second(), "stats", "rescues", *asked) if row["unit"] == "people"]
    found: dict[str, int | None] | None = row["implied"]
    return found


def test_what_is_implied_comes_from_the_whole_family_filtered_or_not() -> None:
    # 60 in all, all three provinces: 60 - 20 - 22 are Takeo's, though neither whole nor sisters are asked for
    assert implied("--by", "none", "--province", "Takeo", "--during", "2031-04") == {"low": 18, "high": 18}
    # also when one of them is disputed and Left out: its family said it
    assert implied("--by", "none", "--province", "Takeo", "--during", "2031-04", "--undisputed") == {
        "low": 18,
        "high": 18,
    }
    both = ("--by", "none", "--province", "Takeo", "--province", "Kandal", "--during", "2031-04")
    assert implied(*both) == {"low": 38, "high": 38}
    # where other figures are larger and open, 18 of Takeo's adds nothing
    assert implied("--by", "none", "--province", "Takeo") is None
    # 60 bounds the Thai 33, which says nothing new; ru has no upper end
    assert implied("--by", "none", "--nationality", "Thai") is None
    assert implied("--by", "none") is None


def test_a_moment_is_never_added_and_has_no_sum() -> None:
    assert table("captives", by="province") == people(
        {"Kandal": (500, None, None, None, 2, 0, 0), "Takeo": (80, 80, 80, None, 1, 0, 0)}
    )
    assert table("captives") == people({None: (500, None, None, None, 3, 0, 0)})


def test_sentences_are_never_combined() -> None:
    found = rows(second(), "stats", "sentences", "--by", "none")
    assert sorted(tuple(row[key] for key in ("low", "best", "high", "figures")) for row in found) == [
        (2, 2, 2, 1),
        (5, 5, 5, 1),
    ]
    assert "all" not in done(second(), "stats", "sentences", "--by", "kind", "--format", "table").out.split()


SAID = [
    (("--by", "none"), "Left out: 1 figure in drafts"),
    (("--by", "none"), "Disputed by another event: 2 figures; without them, the low of all is 218, 14"),
    (("--by", "none", "--undisputed"), "Left out: 2 figures disputed (mi n, ap kampot)"),
    (("--by", "province"), "Rows may overlap, so they do not add up"),
    (("--by", "none"), "Counts occurrences: the same person twice counts as two"),
    (("--by", "month"), "Possible only: 2 figures without a period, dated by the report"),
    (("--by", "month"), "Possible only: 1 figure with an uncertain period"),
    (("--province", "Kandal"), "Left out: 6 figures without a province "
     "(ap total, ap thai, ru total, ru thai, ru lao …)"),
    (("--during", "2031-08", "--certain"), "Left out: 1 figure only possibly inside the dates (ma n)"),
    (("--during", "2031-08"), "Left out: 2 figures without a period and reported outside the dates (mo n, un n)"),
]  # fmt: skip


def words(line: str) -> list[str]:
    """The order in which figures are named does not matter."""
    return sorted(line.removeprefix("scamcli: ").translate(str.maketrans("(),", "   ")).split())


@pytest.mark.parametrize(("asked", "note"), SAID, ids=[f"{' '.join(asked)} {note[:20]}" for asked, note in SAID])
def test_a_note(asked: tuple[str, ...], note: str) -> None:
    by = () if "--by" in asked else ("--by", "none")
    read = done(second(), "stats", "rescues", *asked, *by, "--format", "table")
    talked = done(second(), "stats", "rescues", *asked, *by, "--json").err.splitlines()
    for lines in ([*read.out.splitlines(), *read.err.splitlines()], talked):
        assert words(note) in [words(line) for line in lines], lines


def test_the_row_all_is_what_none_gives() -> None:
    for by in ("province", "nationality", "actor", "source", "kind", "month", "quarter", "year", "group"):
        out = done(second(), "stats", "rescues", "--by", by, "--format", "csv").out
        assert ",all," not in out
        lines = done(second(), "stats", "rescues", "--by", by, "--format", "markdown").out.splitlines()
        lows = [line.split("|")[2].strip() for line in lines if line.startswith("| all ")]
        assert lows == ["218", "14"], by


HOW = {
    ("ja", "n"): "not added: it shares days with a counted figure, which may include it",
    ("fe2", "n"): "not added: it repeats another figure",
    ("fr", "n"): "not added: it repeats another figure",
    ("ru", "total"): "counted: its low is added",
    ("ru", "thai"): "not added: it is a part of another figure, which includes it (total)",
    ("ru", "women"): "not added: it is a part of another figure, which includes it (total)",
    ("ap", "total"): "not added: it shares days with a counted figure, which may include it",
    ("ju", "n"): "counted: its low is added",
    ("un", "n"): "not added: its lower bound is unknown",
    ("ma", "n"): "not added: its days are uncertain or unknown",
    ("op", "n"): "not added: its days are uncertain or unknown",
    ("mo", "n"): "not added: its days are uncertain or unknown",
    ("mi", "n"): "not added: it shares days with a counted figure, which may include it",
}


def test_every_figure_says_how_it_entered() -> None:
    row = next(
        row for row in rows(second(), "stats", "rescues", "--by", "none", "--explain") if row["unit"] == "people"
    )
    told = {(line["event"], line["figure"]): line["how"] for line in row["explain"]}
    assert len(told) == len(row["explain"]) == 19
    assert {key: how for key, how in told.items() if key in HOW and not how.startswith(HOW[key])} == {}
    assert all(told[key].endswith("; disputed by another event") for key in [("mi", "n"), ("ap", "kampot")])
    added = [line for line in row["explain"] if line["how"].startswith("counted: its low is added")]
    assert {line["bounds"] for line in added} == {"≥ 201", "17"}


def test_a_bad_range_or_split_is_an_error() -> None:
    for asked in (("--during", "2031-13"), ("--from", "2031-05", "--to", "2031-04"), ("--by", "province,province")):
        assert run(second(), "stats", "rescues", *asked).code == 2
