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

COLUMNS = ("low", "best", "high", "possible_low", "possible_high", "unadjusted", "claims", "contested", "possible")


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


def certain(low: int | None, best: int | None, high: int | None, *rest: int | None) -> Numbers:
    """Return the numbers of a row without possible figures; ``rest`` is unadjusted, claims and contested."""
    return (low, best, high, None, None, *rest, 0)


BOATS = certain(14, 14, 14, 14, 1, 0)

# No figure is an incident: each has a period of its own, or its event has no certain day or is nothing that happens.
# fe, fe2 and fr are one claim. It is contested, because fe is exactly 25 and fr at least 28: its low is 25, its best
# and high are unknown. mi and ap's part in Kampot are contested by the events that dispute them.
#
# All. ru 201 (January to June) and ju 17 (July) share no day: 218. Nothing else is disjoint from ru: the others are of
# January to June too, or of unknown days. Without ru's whole, at most 194: ma 70 in Takeo, ja 40 + fe 25 + ap's 20 in
# Kandal, ap's 22 + ju 17 in Kampot; or ru's split 120 + 50, and ju.
# Lows, each whole with its parts: 40 + 30 + 25 + 201 + 60 + 17 + 70 + 9 + 5 = 457; un's is unknown, and so are best and
# high. Claims: ja, mi, fe, ru's 4, ap's 5, un, ju, ma, op, mo.
ALL = certain(218, None, None, 457, 17, 3)

BY_PROVINCE = people({
    # ja 40 + fe 25 + ap's part 20 share no day; mi 30 overlaps ja. 40 + 30 + 25 + 20.
    "Kandal": certain(85, None, None, 115, 4, 2),
    # ma's days are uncertain, op's open, un's low unknown: the largest. 15 + 70 + 9.
    "Takeo": certain(70, None, None, 94, 4, 0),
    # April 22 + July 17; mo has no period and may be among April's. 22 + 17 + 5.
    "Kampot": certain(39, None, None, 44, 3, 1),
    # ru and ap as wholes, with the parts that name no province: April lies in January to June. 201 + 60.
    None: certain(201, None, None, 261, 6, 0),
}) | {("Kampot", "boats"): BOATS}  # fmt: skip

BY_NATIONALITY = people({
    # ru's 120, which overlaps ma and mo; ja 40, ma 70 and mo 5 are in three provinces, but come to 115.
    # 40 + 30 + 120 + 33 + 70 + 5.
    "Thai": certain(120, None, None, 298, 6, 1),
    # ru's 50 to June, ju's 17 in July. 25 + 50 + 17.
    "Lao": certain(67, None, None, 92, 3, 1),
    # ru's total and women, ap's total and provinces, un, op. 201 + 60 + 9.
    None: certain(201, None, None, 270, 8, 1),
}) | {(None, "boats"): BOATS}  # fmt: skip

BY_ACTOR = people({
    # ru 201 + ju 17; 40 + 25 + 201 + 17 + 5. fe is contested by fr, which somebody else said.
    "Ada Brel": certain(218, None, None, 288, 8, 1),
    # mi's 30 are Thai, fr's 28 Lao, both in Kandal; ma's 70 are in Takeo: 128. op may be among ma's. + 9.
    "Bo Quist": certain(128, None, None, 137, 4, 2),
    # one family: its own best and high
    "Cy Noor": certain(60, 60, 60, 60, 5, 1),
    None: certain(None, 12, None, None, 1, 0),
}) | {("Cy Noor", "boats"): BOATS}  # fmt: skip

BY_SOURCE = people({
    # un is Lantern's, seen in Courier. ja 40 Thai in Kandal, fe 25 Lao, mo 5 Thai in Kampot: 70.
    "Lantern": certain(70, None, None, 70, 4, 1),
    # mi 30 Thai and fe with fr 25 Lao in Kandal, there in April ap's 20, and ap's 22 in Kampot; ma's 70 in Takeo: 167.
    # ap's whole 60 may be among ma's, and comes to 115 with mi and fe. 30 + 25 + 60 + 70.
    "Beacon": certain(167, None, None, 185, 8, 3),
    # fe2 25, ru 201, op 9, ju 17
    "Courier": certain(218, None, None, 252, 7, 1),
}) | {("Beacon", "boats"): BOATS}  # fmt: skip

BY_KIND = people({
    # all in different provinces, or of different nationalities or months
    "rescue": certain(40 + 25 + 17 + 70 + 5, None, None, 40 + 25 + 17 + 70 + 5, 5, 1),
    # mi Thai, fr Lao
    "report": certain(30 + 28, None, None, 30 + 28, 3, 2),
    "statement": certain(201, None, None, 25 + 201 + 60 + 9, 11, 2),
}) | {("report", "boats"): BOATS}  # fmt: skip

BY_MONTH = people({
    "2031-01": certain(40, None, None, 40, 1, 0),
    "2031-02": certain(25, None, None, 25, 1, 1),
    "2031-04": certain(60, 60, 60, 60, 5, 1),
    # ju, and possibly un, which was reported in July: its low and high are unknown
    "2031-07": (17, 17, 17, None, None, 17, 2, 0, 1),
    "2031-08": (None, None, None, 70, 70, None, 1, 0, 1),
    "2031-11": (None, None, None, 5, None, None, 1, 0, 1),
    # over more than one month: mi, ru's four, op
    None: certain(201, None, None, 30 + 201 + 9, 6, 1),
}) | {("2031-09", "boats"): BOATS}  # fmt: skip

BY_QUARTER = people({
    # ja 40 and fe 25; mi 30 overlaps ja
    "2031-Q1": certain(40 + 25, None, None, 40 + 30 + 25, 3, 2),
    "2031-Q2": certain(60, 60, 60, 60, 5, 1),
    # ju is sure; un and ma are possible
    "2031-Q3": (17, 17, 17, 70, None, 17, 3, 0, 2),
    "2031-Q4": (None, None, None, 5, None, None, 1, 0, 1),
    None: certain(201, None, None, 210, 5, 0),
}) | {("2031-Q3", "boats"): BOATS}  # fmt: skip

BY_YEAR = people({
    # Possibly ma 70 in Takeo, mo 5 in Kampot, and un. Certainly ja, mi, fe, ru, ap, ju: 40 + 30 + 25 + 201 + 60 + 17.
    "2031": (218, None, None, 70 + 5, None, 373, 16, 3, 3),
    None: certain(9, None, None, 9, 1, 0),
}) | {("2031", "boats"): BOATS}  # fmt: skip

# the women are a part of ru, and their row is theirs alone
BY_GROUP = people({"women": certain(90, 90, 90, 90, 1, 0), None: certain(218, None, None, 457, 16, 3)}) | {
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
    ("Kandal", "Thai"): certain(40, None, None, 70, 2, 1),
    ("Kandal", "Lao"): certain(25, None, None, 25, 1, 1),
    ("Kandal", None): certain(20, 20, 20, 20, 1, 0),
    ("Takeo", "Thai"): certain(70, 70, 70, 70, 1, 0),
    ("Takeo", None): certain(15, None, None, 24, 3, 0),
    ("Kampot", "Thai"): certain(5, None, None, 5, 1, 0),
    ("Kampot", "Lao"): certain(17, 17, 17, 17, 1, 0),
    ("Kampot", None): certain(22, 22, 22, 22, 1, 1),
    # ru's Thai part of January to June, ap's of April: overlapping days, so no best
    (None, "Thai"): certain(120, None, 153, 153, 2, 0),
    (None, "Lao"): certain(50, None, None, 50, 1, 0),
    (None, None): certain(201, None, None, 261, 3, 0),
}


def test_two_splits_at_once() -> None:
    found = [
        row for row in rows(second(), "stats", "rescues", "--by", "province,nationality") if row["unit"] == "people"
    ]
    got = {(row["province"], row["nationality"]): tuple(row[key] for key in COLUMNS) for row in found}
    assert got == TWO_WAYS


FILTERS: list[tuple[str, Numbers | None]] = [
    # without mi and ap's Kampot; the whole of ap stays, and fe and fr contradict each other
    ("--undisputed", certain(218, None, None, 427, 15, 1)),
    ("--undisputed --province Kandal", certain(85, None, None, 85, 3, 1)),
    ("--during 2031-04", certain(60, 60, 60, 60, 5, 1)),
    ("--during 2031-04 --province Takeo", certain(15, None, None, 15, 1, 0)),
    # two parts of one declared split are of different people, and both are known exactly
    ("--during 2031-04 --province Kandal --province Kampot", certain(42, 42, 42, 42, 2, 1)),
    ("--during 2031-04-01/2031-04-29", None),
    ("--during 2031-08", (None, None, None, 70, 70, None, 1, 0, 1)),
    ("--during 2031-08 --certain", None),
    ("--during 2031-Q1", certain(65, None, None, 95, 3, 2)),
    ("--from 2031-01 --to 2031-06", certain(201, None, None, 356, 12, 3)),
    ("--from 2031-01 --to 2031-06-29", certain(40 + 25 + 60, None, None, 155, 8, 3)),
    ("--during 2031-11", (None, None, None, 5, None, None, 1, 0, 1)),
    ("--during 2031-11-01/2031-11-15", None),
    ("--during 2031-11 --certain", None),
    ("--source Lantern", certain(70, None, None, 70, 4, 1)),
    ("--via Courier", certain(None, 12, None, None, 1, 0)),
    ("--kind rescue", certain(157, None, None, 157, 5, 1)),
    # The wholes are not asked for. No Thai is Lao, so the two rows by nationality add up: 120 + 67. Each part stands
    # for itself: 40 + 30 + 25 + 120 + 50 + 33 + 70 + 5 + 17
    ("--nationality Thai --nationality Lao", certain(187, None, None, 390, 9, 2)),
    ("--nationality thai", certain(120, None, None, 298, 6, 1)),
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


def test_a_moment_is_never_added() -> None:
    assert table("captives", by="province") == people(
        {"Kandal": certain(500, None, None, 500, 2, 0), "Takeo": certain(80, 80, 80, 80, 1, 0)}
    )
    assert table("captives") == people({None: certain(500, None, None, 500, 3, 0)})


def test_sentences_are_never_combined() -> None:
    found = rows(second(), "stats", "sentences", "--by", "none")
    assert sorted(tuple(row[key] for key in ("low", "best", "high", "claims")) for row in found) == [
        (2, 2, 2, 1),
        (5, 5, 5, 1),
    ]
    assert "all" not in done(second(), "stats", "sentences", "--by", "kind", "--format", "table").out.split()


SAID = [
    (("--by", "none"), "Left out: 1 figure in drafts"),
    (("--by", "none"), "Disputed by another event: 2 figures; without them, the low of all is 218, 14"),
    (("--by", "none", "--undisputed"), "Left out: 2 figures disputed (mi n, ap kampot)"),
    (("--by", "actor"), "Rows may overlap, so they do not add up"),
    (("--by", "none"), "Counts rescues, not people: somebody rescued twice counts twice"),
    (("--by", "month"), "Only possible: 2 figures give no period and may lie outside these dates; their date is that "
     "of the report"),
    (("--by", "month"), "Only possible: 1 figure with an uncertain period"),
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
        assert words(note) in [words(line) for line in lines] or note in " ".join(lines), lines


def test_rows_of_different_provinces_or_nationalities_add_up() -> None:
    for by in ("province", "nationality"):
        out = done(second(), "stats", "rescues", "--by", by, "--format", "table").out
        note = f"Rows that name a {by} count different occurrences, so their lows add up"
        assert f"{note}; figures that name no {by} may belong to any row" in " ".join(out.split())
        named = sum(
            row["low"] for row in rows(second(), "stats", "rescues", "--by", by) if row[by] and row["unit"] == "people"
        )
        assert named <= ALL[0]


def test_the_row_all_is_what_none_gives() -> None:
    for by in ("province", "nationality", "actor", "source", "kind", "month", "quarter", "year", "group"):
        out = done(second(), "stats", "rescues", "--by", by, "--format", "csv").out
        assert ",all," not in out
        lines = done(second(), "stats", "rescues", "--by", by, "--format", "markdown").out.splitlines()
        lows = [line.split("|")[2].strip() for line in lines if line.startswith("| all ")]
        assert lows == ["218", "14"], by


PART = "not added: it is a part of another figure, which includes it"
SAME = "not added: it is about the same occurrences as another figure, and the two count once"
OVERLAPS = "not added: it may be about the same occurrences as another figure, which is counted"
COVERS = "not added: another figure covers it"
HOW = {
    # Ada Brel counted the Thai rescued until June, and therefore those of January; and the Lao
    ("ja", "n"): f"{COVERS} (ru thai)",
    ("fe", "n"): f"{COVERS} (ru lao)",
    ("fe2", "n"): f"{SAME} (fe n)",
    ("fr", "n"): f"{SAME} (fe n)",
    ("ru", "total"): "counted: its low is added",
    ("ru", "thai"): f"{PART} (total)",
    ("ru", "women"): f"{PART} (total)",
    ("ap", "total"): f"{OVERLAPS} (ru total)",
    ("ap", "kandal"): f"{PART} (total)",
    ("ju", "n"): "counted: its low is added",
    ("un", "n"): "not added: its lower bound is unknown",
    ("ma", "n"): f"{OVERLAPS} (ru total)",
    ("op", "n"): OVERLAPS,
    ("mo", "n"): f"{OVERLAPS} (ru total)",
    ("mi", "n"): f"{OVERLAPS} (ru total)",
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
