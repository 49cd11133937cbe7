"""``stats --explain``: every number of a row can be calculated by hand from the output."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.small_timelines import Record, done, event, figure, link, one, rows, seeded, timeline

METRICS = (
    "complaints",
    "requests",
    "rescues",
    "arrests",
    "suspects",
    "victims",
    "cases",
    "captives",
    "deaths",
    "sentences",
)


def counted(row: Record, *, possible: bool) -> float | None:
    numbers = [
        line["counted"] for line in row["explain"] if line["possible"] is possible and line["counted"] is not None
    ]
    return sum(numbers) if numbers else None


@pytest.mark.parametrize("split", ["none", "province", "nationality", "year", "month", "actor"])
@pytest.mark.parametrize("metric", METRICS)
def test_the_counted_figures_of_a_row_sum_to_its_low(metric: str, split: str) -> None:
    for row in rows(seeded(), "stats", metric, "--by", split, "--explain"):
        assert counted(row, possible=False) == row["low"]
        assert counted(row, possible=True) == row["possible_low"]
        assert {line["entered"] for line in row["explain"] if line["counted"] is not None} <= {"largest", "added"}


@pytest.mark.parametrize("metric", METRICS[:-1])
def test_each_number_says_what_it_is_the_sum_of_or_why_it_is_unknown(metric: str) -> None:
    for row in rows(seeded(), "stats", metric, "--by", "none", "--explain"):
        for end in ("low", "best", "high"):
            text = row["working"].get(end, "unknown: no figure certainly lies within the dates")
            assert text.startswith("unknown: ") is (row[end] is None)
            assert row[end] is None or f"{row[end]:,}" in text


def raid(id_: str, date: str, *figures: Record, **keys: Any) -> Record:
    return event(id_, date, *figures, kind="raid", **keys)


def how(row: Record) -> dict[str, str]:
    return {line["figure"]: line["how"] for line in row["explain"]}


def test_sums_and_the_rule_that_allows_them() -> None:
    row = one(timeline([raid("a", "2031-01-05", figure("x", "14")), raid("b", "2031-03-05", figure("y", "8"))]),
              "stats", "arrests", "--by", "none", "--explain")  # fmt: skip
    assert row["working"] == {
        "low": "14 + 8 = 22", "best": "14 + 8 = 22", "high": "14 + 8 = 22", "unadjusted": "14 + 8 = 22",
    }  # fmt: skip
    expected = (
        "counted: its low is added, because the others count different occurrences (incidents of different events)"
    )
    assert how(row) == {"x": expected, "y": expected}


RULES = [
    ({"period": "2030-01"}, {"period": "2030-02"}, "other days"),
    ({"province": "Kandal"}, {"province": "Takeo"}, "another place or nationality"),
    ({"nationality": "Thai"}, {"nationality": "Lao"}, "another place or nationality"),
]


@pytest.mark.parametrize(("first", "second", "rule"), RULES)
def test_rules(first: Record, second: Record, rule: str) -> None:
    db = timeline(
        [event("a", "2031-01-05", figure("x", "14", **first)), event("b", "2031-03-05", figure("y", "8", **second))]
    )
    assert how(one(db, "stats", "arrests", "--by", "none", "--explain"))["y"].endswith(f"({rule})")


def test_a_contested_claim_has_no_best() -> None:
    denial = raid("b", "2031-03-05", figure("y", "14"), links=[link("disputes", "a")])
    row = one(
        timeline([raid("a", "2031-03-05", figure("x", "8")), denial]), "stats", "arrests", "--by", "none", "--explain"
    )
    assert row["working"]["best"] == "unknown: a x is contested"
    assert row["working"]["high"] == "14 (a x)"


def test_overlapping_claims_have_no_best() -> None:
    records = [
        event(id_, "2031-03-05", figure("x", str(number), stated_by=id_)) for id_, number in (("a", 8), ("b", 14))
    ]
    row = one(timeline(records), "stats", "arrests", "--by", "none", "--explain")
    assert row["working"]["low"] == "14"
    assert row["working"]["best"] == "unknown: a x and b x may count the same"
    assert row["working"]["high"] == "8 + 14 = 22"
    assert how(row)
    (line,) = [line for line in row["explain"] if line["event"] == "a"]
    assert line["how"].endswith("(b x)")


def test_a_rise_of_a_running_total_is_derived() -> None:
    totals = [
        event(id_, date, figure("n", stated, period=f"2030-12-01/{date}", count="cumulative"))
        for id_, date, stated in (("a", "2031-01-31", "100"), ("b", "2031-02-28", "120"))
    ]
    found = rows(timeline(totals), "stats", "arrests", "--by", "month", "--explain")
    assert any("derived: what a running total rose by" in line["how"] for row in found for line in row["explain"])


def test_a_comparison_explains_both_of_its_sides() -> None:
    row = one(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--explain")
    assert [(side["period"], side["low"]) for side in row["explain"]] == [("2022-Q1", 605), ("2023-Q1", 128)]
    shown = done(seeded(), "stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--explain", "--format", "table").out
    assert "\n2022-Q1: 605\n  low: 605\n" in shown
    assert "\n2023-Q1: 128\n  low: 128\n" in shown


def test_marks_tell_counted_possible_and_left_out_figures_apart() -> None:
    shown = done(seeded(), "stats", "rescues", "--by", "year", "--explain", "--format", "table").out
    assert "\n  + rescues: “358”" in shown
    assert "\n  ? rescues: “more than 1,480”" in shown
    assert "\n  - rescues-women: “265”" in shown


def test_a_number_that_is_exceeded_is_not_said_to_be_missing() -> None:
    raids = [
        raid(id_, day, figure("x", "60", "rescues", stated_by="Ada Brel"))
        for id_, day in (("a", "2031-01-05"), ("b", "2031-02-05"))
    ]
    total = figure("q", "90", "rescues", stated_by="Ada Brel", period="2031-01/2031-03")
    db = timeline([*raids, event("sum", "2031-04-02", total)])
    working = one(db, "stats", "rescues", "--by", "none", "--explain")["working"]
    assert working["best"] == "unknown: sum q is less than what lies inside it"
    assert working["high"] == "120 (what lies inside sum q)"


def test_a_row_of_which_every_figure_is_corrected_says_so() -> None:
    corrected = raid("a", "2031-01-05", figure("x", "45", "rescues"))
    db = timeline([corrected, event("b", "2031-01-09", figure("x", "54", "rescues"), links=[link("corrects", "a")])])
    row, *_ = rows(db, "stats", "rescues", "--by", "month", "--explain")
    assert (row["low"], row["best"], row["high"], row["possible_high"]) == (None, None, None, 54)
    assert row["working"]["high"] == "unknown: every figure is corrected by another one"


def test_bounds_out_of_order_are_a_conflict() -> None:
    db = timeline([raid("a", "2031-01-05", figure("x", "several", "rescues", low=12, best=10, high=8))])
    assert one(db, "stats", "rescues", "--by", "none")["low"] == 8
    assert "its bounds are out of order" in done(db, "conflicts", "--format", "table").out
