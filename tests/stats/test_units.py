"""Numbers in another unit than the usual one of their metric say so, in tables and in comparisons."""

from __future__ import annotations

import pytest

from tests.helpers.small_timelines import Record, done, event, figure, rows, timeline


def seized(id_: str, day: str, stated: str, **keys: str) -> Record:
    return event(id_, day, figure("assets", stated, "assets", **keys), kind="seizure", title=f"Seizure {id_}")


SEIZED = [
    seized("a", "2024-10-08", "S$3 billion"),
    seized("b", "2024-11-08", "S$1 billion"),
    seized("c", "2024-11-09", "$15 million"),
    seized("d", "2024-11-10", "4", unit="cars"),
]


@pytest.mark.parametrize("by", ["none", "month"])
def test_money_has_its_currency(by: str) -> None:
    db = timeline(SEIZED)
    words = {row["words"] for row in rows(db, "stats", "assets", "--by", by)}
    assert words >= {"USD 15,000,000", "4 cars"}
    assert words & {"SGD 4,000,000,000", "SGD 3,000,000,000"}
    printed = done(db, "stats", "assets", "--by", by, "--format", "table").out
    assert all(one in printed for one in words)


def test_each_unit_is_compared() -> None:
    found = rows(timeline(SEIZED), "stats", "assets", "--compare", "2024-10", "2024-11")
    assert [(row["unit"], row["before"]["low"], row["after"]["low"], row["change"]["best"]) for row in found] == [
        ("SGD", 3_000_000_000, 1_000_000_000, -66.7),
        ("USD", None, 15_000_000, None),
        ("cars", None, 4, None),
    ]
    printed = done(timeline(SEIZED), "stats", "assets", "--compare", "2024-10", "2024-11", "--format", "table").out
    assert "SGD 3,000,000,000  SGD 1,000,000,000  -66.7" in printed
    assert "No number is dated" not in printed


def test_people_at_one_moment_are_compared_as_such() -> None:
    held = [
        event(f"held-{day}", day, figure("captives", number, "captives", count="stock", period=day), kind="report")
        for day, number in (("2024-01-10", "200"), ("2024-02-10", "150"))
    ]
    printed = done(timeline(held), "stats", "captives", "--compare", "2024-01", "2024-02", "--format", "table").out
    assert "Counts people at one moment" in printed
    assert "occurrences" not in printed


def test_people_of_another_unit_are_told_apart() -> None:
    raid = event("a", "2024-10-08", figure("rescues", "40", "rescues"), figure("buses", "3", "rescues", unit="buses"))
    assert {row["words"] for row in rows(timeline([raid]), "stats", "rescues", "--by", "none")} == {"40", "3 buses"}
