"""``stats A,B``: several metrics side by side."""

from __future__ import annotations

from tests.helpers.small_timelines import done, event, figure, timeline


def test_a_table_has_a_row_for_each_value_and_a_column_for_each_metric() -> None:
    raid = event("raid", "2031-03-05", figure("freed", "45", "rescues"), figure("held", "3"), kind="raid")
    later = event("later", "2031-05-05", figure("held", "at least 4"), kind="raid")
    shown = done(timeline([raid, later]), "stats", "rescues,arrests", "--by", "quarter", "--format", "table").out
    lines = [line.split() for line in shown.splitlines()]
    assert ["quarter", "rescues", "arrests"] in lines
    assert ["2031-Q1", "45", "3"] in lines
    assert ["2031-Q2", "at", "least", "4"] in lines
    assert ["Total", "45", "at", "least", "7"] in lines
