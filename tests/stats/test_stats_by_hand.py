"""Statistics of a small timeline. Every number is worked out by hand from the table in ``second_timeline``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli.store import setup
from tests.helpers.command_line import done, rows, run
from tests.helpers.second_timeline import JSONL

if TYPE_CHECKING:
    from pathlib import Path

Numbers = tuple[Any, ...]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, seeded: Path) -> Path:
    path = tmp_path_factory.mktemp("second") / "second.db"
    setup.make(path, seed=False)
    done("import", "-", "--db", str(path), stdin=JSONL)
    return path


@pytest.fixture(autouse=True)
def _asked(second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(second))


COLUMNS = ("low", "best", "high", "possible_low", "possible_high", "unadjusted", "claims", "contested", "possible")


def table(split: str, *asked: str) -> dict[str | None, Numbers]:
    """Return each row's numbers in the order of `COLUMNS`."""
    found = rows("stats", *asked, *(("--by", split) if "--by" not in asked else ()))
    return {row.get(split): tuple(row[key] for key in COLUMNS) for row in found}


def certain(low: int | None, best: int | None, high: int | None, *rest: int | None) -> Numbers:
    """Return the numbers of a row without possible figures; ``rest`` is unadjusted, claims and contested."""
    return (low, best, high, None, None, *rest, 0)


# All figures have a period of their own or are in a report, a statement or an arrest without a day, so that none is an
# incident: they are aggregates. b is exactly 20 and b2, which repeats it, at least 22: they contradict each other, so
# this one claim is 20 or more, and contested. c and d's part in Takeo are disputed, and therefore contested too.
#
# Kandal: a 10 (January), b 20 (February) and d's part 30 (April) share no day: 60. c's 25 (January to March) with the
#   30 come to 55. Four claims, whose lows come to 10 + 20 + 25 + 30 = 85; b and c are contested.
# Takeo: d's part 20 and g's 40, whose period is uncertain, may overlap: the larger. sum 60.
# Not given: d's whole 100, and f whose low is unknown and whose period is: best and high unknown.
BY_PROVINCE: dict[str | None, Numbers] = {
    "Kandal": certain(60, None, None, 85, 4, 2),
    "Takeo": certain(40, None, None, 60, 2, 1),
    "Kampot": certain(12, None, None, 12, 1, 0),
    None: certain(100, None, None, 100, 2, 0),
}

# All: a 10 + b 20 + d 100 (January, February, April) = 130. Without d's whole, its parts and what names a province:
#   a 10 + b 20 + 30 in Kandal, g 40 in Takeo, 12 in Kampot = 112, which is less; so is c 25 + d 100 = 125. The parts
#   are in their whole: 10 + 20 + 25 + 100 + 40 = 195. Claims: a, b with b2, c, d and its three parts, f, g.
ALL = certain(130, None, None, 195, 9, 3)
# Without c and d's part in Takeo: the same low; 10 + 20 + 100 + 40 = 170. b is contested by what repeats it.
UNDISPUTED = certain(130, None, None, 170, 7, 1)

# Chan Dara: a 10, b 20, d 100, none of which overlap: 130. b is contested, although b2 is not Chan Dara's.
# Sok Lina: g 40 is in Takeo, and b2 22 and c 25 are in Kandal, where c's months include b2's: 40 + 25.
BY_ACTOR: dict[str | None, Numbers] = {
    "Chan Dara": certain(130, None, None, 130, 6, 2),
    "Sok Lina": certain(65, None, None, 22 + 25 + 40, 3, 2),
    None: certain(None, 50, None, None, 1, 0),
}

# b is Herald's, seen via Digest; c is of two outlets.
# Digest: b2 22 (February), c 25, d 100, f, g 40. b2 + d = 122; c + d = 125; c in Kandal, g in Takeo, and d's parts in
#   Kandal (April) and Kampot: 25 + 40 + 30 + 12 = 107.
BY_SOURCE: dict[str | None, Numbers] = {
    "Herald": certain(30, None, None, 30, 2, 1),
    "Digest": certain(125, None, None, 22 + 25 + 100 + 40, 8, 3),
    "Post": certain(25, None, None, 25, 1, 1),
}

# arrest: a 10 and b 20 in Kandal, in two months, and g 40 in Takeo: 70. statement: c 25 + d 100. report: b2 22 and f.
BY_KIND: dict[str | None, Numbers] = {
    "arrest": certain(70, None, None, 70, 3, 1),
    "statement": certain(125, None, None, 125, 5, 2),
    "report": certain(22, None, None, 22, 2, 1),
}

# b2 was said in May, of February. f has no period: at its event's date, as possible. g's is uncertain: possible.
# Neither is in low, best, high or unadjusted. c lies in no one month. April is d's family alone.
BY_MONTH: dict[str | None, Numbers] = {
    "2024-01": certain(10, None, None, 10, 1, 0),
    "2024-02": certain(20, None, None, 20, 1, 1),
    "2024-04": certain(100, 100, 100, 100, 4, 1),
    "2024-06": (None, None, None, None, None, None, 1, 0, 1),
    "2024-07": (None, None, None, 40, 40, None, 1, 0, 1),
    None: certain(25, None, None, 25, 1, 1),
}

# The first quarter: a 10 + b 20 = 30, c 25. The second: d's family and, possibly, f.
BY_QUARTER: dict[str | None, Numbers] = {
    "2024-Q1": certain(30, None, None, 55, 3, 2),
    "2024-Q2": (100, 100, 100, None, None, 100, 5, 1, 1),
    "2024-Q3": (None, None, None, 40, 40, None, 1, 0, 1),
}

# a + b + d certainly; possibly f, which has no bounds, and g: at least 40, and nothing says how many at most.
YEAR = (130, None, None, 40, None, 155, 9, 3, 2)

TABLES: list[tuple[str, dict[str | None, Numbers]]] = [
    ("province", BY_PROVINCE),
    ("actor", BY_ACTOR),
    ("source", BY_SOURCE),
    ("kind", BY_KIND),
    ("month", BY_MONTH),
    ("quarter", BY_QUARTER),
    ("year", {"2024": YEAR}),
    ("nationality", {None: ALL}),
    ("none", {None: ALL}),
]


@pytest.mark.parametrize(("split", "answer"), TABLES, ids=[split for split, _ in TABLES])
def test_each_split(split: str, answer: dict[str | None, Numbers]) -> None:
    assert table(split, "arrests") == answer


FILTERED: list[tuple[tuple[str, ...], Numbers | None]] = [
    (("--undisputed",), UNDISPUTED),
    (("--province", "Kandal"), BY_PROVINCE["Kandal"]),
    # without c, as if nobody had said it; b and b2 still contradict each other
    (("--province", "Kandal", "--undisputed"), certain(60, None, None, 60, 3, 1)),
    # d's event names no province of its own; the figure's counts. Of Takeo the larger, g's 40, and Kampot's 12.
    (("--province", "Takeo", "--province", "Kampot"), certain(52, None, None, 72, 3, 1)),
    (("--during", "2024-01"), BY_MONTH["2024-01"]),
    (("--during", "2024-02"), BY_MONTH["2024-02"]),
    (("--during", "2024-Q1"), BY_QUARTER["2024-Q1"]),
    (("--from", "2024-01", "--to", "2024-03"), BY_QUARTER["2024-Q1"]),
    (("--during", "2024-06"), BY_MONTH["2024-06"]),
    (("--during", "2024-06", "--certain"), None),
    (("--during", "2024-07", "--certain"), None),
    (("--during", "2024-04-01/2024-04-29"), None),
    # b2 was reported in May but is of February
    (("--during", "2024-05"), None),
    (("--source", "Herald"), BY_SOURCE["Herald"]),
    # b alone: 20, as it says, but contested by b2
    (("--via", "Digest"), certain(20, 20, 20, 20, 1, 1)),
    (("--kind", "statement"), BY_KIND["statement"]),
    (("--kind", "statement", "--kind", "report"), certain(125, None, None, 147, 7, 3)),
    # Sok Lina has a part in the events of b2, c and g
    (("--actor", "Sok Lina"), BY_ACTOR["Sok Lina"]),
    (("--drafts",), ALL),
    (("--nationality", "Thai"), None),
]


@pytest.mark.parametrize(("asked", "answer"), FILTERED, ids=[" ".join(asked) for asked, _ in FILTERED])
def test_each_filter(asked: tuple[str, ...], answer: Numbers | None) -> None:
    if "--nationality" in asked:
        assert run("stats", "arrests", *asked).code == 3  # nobody in the timeline is
        return
    assert table("none", "arrests", "--by", "none", *asked) == ({} if answer is None else {None: answer})


def test_what_parts_and_whole_imply() -> None:
    found = {row["province"]: row["implied"] for row in rows("stats", "arrests", "--by", "province")}
    # of the 100, 30 are Kandal's and at least 12 Kampot's, so at most 58 are Takeo's; g's 40 are on top
    assert found["Takeo"] == {"low": 40, "high": 58 + 40}
    # 100 - 30 - 20
    assert found["Kampot"] == {"low": 12, "high": 50}
    assert found["Kandal"] is None
    assert found[None] is None


def test_a_filter_does_not_change_what_is_implied() -> None:
    (row,) = rows("stats", "arrests", "--province", "Kampot", "--by", "none")
    assert row["implied"] == {"low": 12, "high": 50}


# People at a moment: the largest low, and nothing to add; best and high only of one that stands alone.
def test_people_held_at_a_moment_are_never_added() -> None:
    assert table("province", "captives", "--by", "province") == {
        "Kandal": certain(700, None, None, 700, 2, 0),
        "Takeo": certain(90, 90, 90, 90, 1, 0),
    }
    assert table("none", "captives", "--by", "none")[None] == certain(700, None, None, 700, 3, 0)


def test_what_is_never_combined_has_a_row_a_figure() -> None:
    found = rows("stats", "sentences")
    assert sorted((row["low"], row["best"], row["high"], row["claims"]) for row in found) == [
        (2, 2, 2, 1),
        (5, 5, 5, 1),
    ]
    assert {row["unit"] for row in found} == {"years"}


SAID: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("--by", "none"), ("1 figure in drafts", "Disputed by another event: 2 figures")),
    (("--by", "none", "--undisputed"), ("Left out: 2 figures disputed",)),
    (
        ("--by", "province"),
        ("Rows that name a province count different occurrences, so their lows add up; figures that name no",),
    ),
    (("--by", "kind"), ("Rows may overlap, so they do not add up",)),
    (("--by", "none", "--during", "2024-01"), ("Left out: 7 figures with days outside the dates",)),
    (
        ("--by", "none", "--during", "2024-01"),
        ("Left out: 1 figure with days only partly inside the dates",),
    ),
    (("--by", "none", "--province", "Takeo"), ("Left out: 2 figures without a province",)),
    (("--by", "month"), ("no period and may lie outside these dates", "Only possible: ")),
    (("--by", "none", "--during", "2024-06", "--certain"), ("only possibly inside the dates",)),
]


@pytest.mark.parametrize(("asked", "words"), SAID, ids=[" ".join(asked) for asked, _ in SAID])
def test_what_is_left_out_is_said_on_stderr(asked: tuple[str, ...], words: tuple[str, ...]) -> None:
    found = done("stats", "arrests", *asked, "--json")
    assert [word for word in words if word not in found.err] == [], found.err
    assert all(line.startswith("scamcli: ") for line in found.err.splitlines())


def test_the_footer_says_the_total_without_what_is_disputed() -> None:
    assert "the low of all is 130" in done("stats", "arrests", "--json").err


def test_a_table_ends_with_all_and_json_has_no_such_row() -> None:
    out = done("stats", "arrests", "--by", "province", "--format", "table").out
    last = [line.split() for line in out.splitlines() if line.startswith("all ")]
    assert [words[:2] for words in last] == [["all", "130"]]
    assert "all" not in table("province", "arrests")


def test_repeats_are_counted_once_whichever_is_asked() -> None:
    (row,) = rows("stats", "arrests", "--by", "none", "--during", "2024-02")
    assert (row["claims"], set(row["stated"])) == (1, {"20", "at least 22"})
    assert set(row["events"]) == {"b", "b2"}


EVENTS: dict[str | None, tuple[int, int | None, int]] = {
    # k is dated to a month; z is a draft
    "2024-01": (1, 1, 1), "2024-02": (1, 1, 1), "2024-03": (1, 1, 1), "2024-04": (1, 1, 1), "2024-05": (3, 3, 3),
    "2024-06": (1, 1, 1), "2024-07": (1, 1, 1), "2024-08": (2, 2, 2), "2024-09": (1, 1, 1),
}  # fmt: skip


def test_events_by_month() -> None:
    found = rows("stats", "events", "--by", "month")
    assert {row["month"]: (row["low"], row["best"], row["high"]) for row in found} == EVENTS
    (half,) = rows("stats", "events", "--during", "2024-09-01/2024-09-10")
    assert (half["low"], half["high"]) == (0, 1)
    (drafts,) = rows("stats", "events", "--drafts")
    assert drafts["low"] == 12
