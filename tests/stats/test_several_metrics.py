"""``stats A,B``: several metrics side by side."""

from __future__ import annotations

import pytest

from tests.helpers.small_timelines import done, event, figure, rows, run, seeded, timeline


def test_rows_of_several_metrics_are_those_of_each() -> None:
    found = rows(seeded(), "stats", "complaints,rescues,suspects,arrests", "--by", "quarter")
    for metric in ("complaints", "rescues", "suspects", "arrests"):
        assert [row for row in found if row["metric"] == metric] == rows(seeded(), "stats", metric, "--by", "quarter")
    assert [row["quarter"] for row in found] == sorted(
        (row["quarter"] for row in found), key=lambda quarter: (quarter is None, quarter or "")
    )


def test_a_table_has_a_row_for_each_value_and_a_column_for_each_metric() -> None:
    raid = event("raid", "2031-03-05", figure("freed", "45", "rescues"), figure("held", "3"), kind="raid")
    later = event("later", "2031-05-05", figure("held", "at least 4"), kind="raid")
    shown = done(timeline([raid, later]), "stats", "rescues,arrests", "--by", "quarter", "--format", "table").out
    lines = [line.split() for line in shown.splitlines()]
    assert ["quarter", "rescues", "arrests"] in lines
    assert ["2031-Q1", "45", "3"] in lines
    assert ["2031-Q2", "at", "least", "4"] in lines
    assert ["Total", "45", "at", "least", "7"] in lines


def test_machine_formats_are_long_and_name_the_metric() -> None:
    lines = done(seeded(), "stats", "complaints,rescues", "--by", "none", "--format", "csv").out.splitlines()
    assert lines[0].startswith("metric,label,words,low,best,high")
    assert [line.split(",")[0] for line in lines[1:]] == ["complaints", "rescues"]


def test_without_a_split_in_common_there_is_one_row() -> None:
    assert all("province" not in row for row in rows(seeded(), "stats", "complaints,rescues"))
    assert all("nationality" in row for row in rows(seeded(), "stats", "arrests,rescues"))


def test_what_differs_in_scope_is_said_in_one_sentence() -> None:
    first = event("e1", "2031-02-01", figure("f", "9", "complaints", period="2031-01", province="Kandal"))
    second = event("e2", "2031-02-01", figure("f", "5", period="2030", province="Kandal", stated_by="Bo Quist"))
    err = done(timeline([first, second]), "stats", "complaints,arrests", "--by", "none", "--json").err
    assert (
        "Do not divide one metric by another: they differ in periods (complaints: January 2031; arrests: 2030) "
        "and speakers"
    ) in err


def test_the_same_scope_needs_no_warning() -> None:
    one = event(
        "e1", "2031-02-01", figure("a", "9", "complaints", period="2031-01"), figure("b", "5", period="2031-01")
    )
    assert "Do not divide" not in done(timeline([one]), "stats", "complaints,arrests", "--by", "none", "--json").err


def test_stocks_and_occurrences_are_told_apart() -> None:
    one = event("e1", "2031-02-01", figure("a", "9", "captives"), figure("b", "5", "escapes"))
    err = done(timeline([one]), "stats", "captives,escapes", "--by", "none", "--json").err
    assert "they differ in what they count (occurrences, or people at one moment)" in err


def test_they_explain_and_cite_themselves() -> None:
    out = done(seeded(), "stats", "complaints,rescues", "--by", "none", "--explain", "--cite", "--format", "table").out
    assert "\ncomplaints: more than 600\n" in out
    assert "\nrescues: more than 1,480\n" in out
    assert out.count("Based on complaints, rescues;") == 1


WRONG = [
    (("complaints,rescue",), 'Did you mean "rescues"'),
    (("complaints,events",), "Events cannot be shown beside a metric"),
    (("complaints,rescues", "--compare", "2022", "2023"), "--compare takes one metric"),
]


@pytest.mark.parametrize(("asked", "words"), WRONG)
def test_wrong_questions(asked: tuple[str, ...], words: str) -> None:
    found = run(seeded(), "stats", *asked)
    assert (found.code, found.out) == (2, "")
    assert words in found.err


def test_several_metrics_can_be_given_as_filters() -> None:
    asked = rows(seeded(), "stats", "--metric", "complaints", "--metric", "rescues", "--by", "year")
    assert asked == rows(seeded(), "stats", "complaints,rescues", "--by", "year")
