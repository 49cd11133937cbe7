"""Arguments of ``stats``: metrics, splits, and errors."""

from __future__ import annotations

import csv
import io

import pytest

from tests.helpers.command_line import done, rows, run
from tests.helpers.small_timelines import event, figure, timeline
from tests.helpers.small_timelines import run as run_on

SPLITS = ("province", "nationality", "group", "actor", "source", "kind", "month", "quarter", "year", "none")


@pytest.mark.parametrize("split", SPLITS)
def test_every_split_keeps_every_figure(split: str) -> None:
    found = rows("stats", "complaints", "--by", split)
    assert sum(row["claims"] for row in found) >= 13
    assert all((split in row) is (split != "none") for row in found)
    assert run("stats", "complaints", "--by", split.upper()).code == 0


WRONG = [
    (("stats", "complaint"), 2, 'Did you mean "complaints"?'),
    (("stats", "nothing"), 2, 'No metric "nothing".'),
    (("stats", "complaints", "--by", "sausage"), 2, 'No split "sausage".'),
    (("stats", "complaints", "--metric", "rescues"), 2, "--metric"),
    (("stats", "--province", "Kandal"), 2, "METRIC"),
    (("stats", "--by", "month"), 2, "METRIC"),
    (("stats", "events", "--by", "group"), 2, 'No split "group".'),
    (("stats", "complaints", "--province", "Atlantis"), 3, "No province"),
    (("stats", "complaints", "--actor", "Sar Sokha"), 3, "No actor"),
    (("stats", "complaints", "--match", "both"), 2, "--match"),
]


@pytest.mark.parametrize(("asked", "code", "words"), WRONG, ids=[" ".join(asked) for asked, _, _ in WRONG])
def test_wrong_questions(asked: tuple[str, ...], code: int, words: str) -> None:
    found = run(*asked)
    assert (found.code, found.out) == (code, "")
    assert words in found.err


def test_a_metric_may_be_given_as_a_filter_or_in_capitals() -> None:
    assert rows("stats", "--metric", "complaints") == rows("stats", "complaints") == rows("stats", "Complaints")


PROVINCE_IS_THE_FIGURES = [
    ("Preah Sihanouk", {("more than 200",)}),
    ("Kampot", {("more than a dozen",)}),
    ("Sihanoukville", None),
]


def test_province_is_the_figures_own_and_never_its_events() -> None:
    # Event of 19 September names ten provinces; only one of its figures is Kandal's.
    (row,) = rows("stats", "complaints", "--province", "Kandal", "--by", "none")
    assert (row["low"], row["claims"], row["stated"]) == (18, 1, ["18"])
    # The NCCT's rescues are in an event of Preah Sihanouk, and have no province.
    found = run("stats", "rescues", "--province", "KH-18", "--by", "none", "--json")
    assert [row["stated"] for row in found.json] == [["62"]]
    assert "without a province" in found.err


def test_dates_look_at_the_period() -> None:
    # 166 cases are of 2022, though said in March 2023; 359 of 2021.
    found = {row["year"]: row["low"] for row in rows("stats", "cases", "--by", "year")}
    assert found == {"2021": 359, "2022": 166}
    assert [row["low"] for row in rows("stats", "cases", "--by", "none", "--during", "2022")] == [166]
    assert rows("stats", "cases", "--by", "none", "--during", "2023") == []
    # two years share no day: 359 + 166
    assert [row["low"] for row in rows("stats", "cases", "--by", "none")] == [525]


def test_an_approximate_period_is_possible() -> None:
    asked = ("stats", "complaints", "--by", "none", "--from", "2022-08-19", "--to", "2022-09-19")
    (row,) = rows(*asked)
    # "In the past month" is about a month, so nothing certainly lies within the dates: low is unknown, not 289.
    assert (row["low"], row["best"], row["high"], row["unadjusted"]) == (None, None, None, None)
    assert (row["possible_low"], row["possible_high"], row["claims"], row["possible"]) == (289, 289, 11, 11)
    assert rows(*asked, "--certain") == []
    assert rows("stats", "complaints", "--by", "none", "--during", "2022-09") == []


def test_machine_formats_say_the_same_numbers_as_json() -> None:
    table = list(csv.DictReader(io.StringIO(done("stats", "complaints", "--format", "csv").out)))
    expected = rows("stats", "complaints")
    assert [row["low"] for row in table] == [str(row["low"]) for row in expected]
    assert [row["best"] for row in table] == [
        "unknown" if row["best"] is None else str(row["best"]) for row in expected
    ]
    assert [row["province"] for row in table] == [row["province"] or "not given" for row in expected]


def test_nothing_found_is_no_error() -> None:
    found = run("stats", "complaints", "--during", "1999", "--json")
    assert (found.code, found.json) == (0, [])
    assert found.err


def test_a_metric_without_figures_says_which_events_could_have_one() -> None:
    silent, told = (
        event("body", "2031-03-05", kind="death"),
        event("two", "2031-03-06", figure("n", "8"), kind="arrest"),
    )
    db = timeline([silent, told])
    assert "1 event of the kind death has no figure for deaths: add one with" in run_on(db, "stats", "deaths").err
    for asked in (["arrests"], ["deaths", "--during", "2030"], ["deaths", "--kind", "arrest"], ["victims"]):
        assert "of the kind" not in run_on(db, "stats", *asked).err
