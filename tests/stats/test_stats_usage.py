"""Arguments of ``stats``: metrics, splits, and errors."""

from __future__ import annotations

import re

import pytest

from tests.helpers.command_line import done, rows, run
from tests.helpers.small_timelines import event, figure, timeline
from tests.helpers.small_timelines import run as run_on

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


def test_province_is_the_figures_own_and_never_its_events() -> None:
    # Event of 19 September names ten provinces; only one of its figures is Kandal's.
    (row,) = rows("stats", "complaints", "--province", "Kandal", "--by", "none")
    assert (row["low"], row["entries"], row["stated"]) == (18, 1, ["18"])
    # The NCCT's rescues are in an event of Preah Sihanouk, and have no province.
    found = run("stats", "rescues", "--province", "KH-18", "--by", "none", "--json")
    assert [row["stated"] for row in found.json] == [["62"]]
    assert re.search("6 (number|report)s that do not state the province", found.err)


def test_dates_look_at_the_period() -> None:
    # 166 cases are of 2022, though said in March 2023; 359 of 2021.
    found = {row["year"]: row["low"] for row in rows("stats", "cases", "--by", "year")}
    assert found == {"2021": 359, "2022": 166}
    assert [row["low"] for row in rows("stats", "cases", "--by", "none", "--during", "2022")] == [166]
    assert rows("stats", "cases", "--by", "none", "--during", "2023") == []
    # two years share no day: 359 + 166
    assert [row["low"] for row in rows("stats", "cases", "--by", "none")] == [525]


def test_approximate_days_are_in_no_range() -> None:
    # "In the past month" is about a month, so nothing certainly lies within the dates.
    asked = ("stats", "complaints", "--by", "none", "--from", "2022-08-19", "--to", "2022-09-19")
    assert rows(*asked) == []
    assert re.search("11 (number|report)s only partly within", done(*asked).err)
    assert re.search("2 (number|report)s that do not state the dates", done(*asked).err)


def test_a_metric_without_figures_says_which_events_could_have_one() -> None:
    silent, told = (
        event("body", "2031-03-05", kind="death"),
        event("two", "2031-03-06", figure("n", "8"), kind="arrest"),
    )
    db = timeline([silent, told])
    assert "1 event of the kind death has no figure for deaths: add one with" in run_on(db, "stats", "deaths").err
    for asked in (["arrests"], ["deaths", "--during", "2030"], ["deaths", "--kind", "arrest"], ["victims"]):
        assert "of the kind" not in run_on(db, "stats", *asked).err
