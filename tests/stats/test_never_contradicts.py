"""The program never contradicts itself: no row is above everything, which is never above the plain sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli.language.dates import Period, iso
from scamcli.timeline import Timeline as Opened
from tests.helpers.small_timelines import timeline as recorded
from tests.numbers.random_timelines import Timeline, random_timeline
from tests.numbers.worded import by, table

if TYPE_CHECKING:
    from scamcli.language.wording.bounds import Number
    from scamcli.numbers.records import Figure

SPLITS = ("month", "quarter", "year", "province", "country", "nationality", "group")


def check(name: str, least: Any, rows: dict[Any, Number | None], plain_sum: Number) -> None:
    """Compare the low of everything with the lows of rows, and with the plain sum."""
    assert (least or 0) <= plain_sum, name
    assert [label for label, low in rows.items() if (low or 0) > (least or 0)] == [], name


def check_in_memory(seed: int) -> None:
    given = random_timeline(seed)
    plain_sum = sum(figure.low or 0 for figure in given.figures)
    alone = table(given).everything
    for split in SPLITS:
        everything = table(given, split).everything
        assert (everything and everything.total.bounds) == (alone and alone.total.bounds), (seed, split)
        lows = {label: bounds.low for label, bounds in by(split, given).items()}
        check(f"{seed} {split}", alone and alone.total.bounds.low, lows, plain_sum)


def days(period: Period | None) -> str | None:
    """A period as records write it."""
    if period is None:
        return None
    first, last = iso(period.start or 0), iso(period.end or 0)
    return first if first == last else f"{first}/{last}"


def part(figure: Figure) -> dict[str, Any]:
    """A figure as it is recorded."""
    names = ("id", "metric", "stated", "low", "best", "high", "province", "country", "nationality", "group", "count",
             "stated_by", "part_of")  # fmt: skip
    split = figure.split and {"by": figure.split.by, "complete": figure.split.complete}
    is_dated = figure.count != "incident" or figure.period != figure.day
    return {name: getattr(figure, name) for name in names} | {
        "period": days(figure.period) if is_dated else None, "split": split,
    }  # fmt: skip


def events(given: Timeline) -> list[dict[str, Any]]:
    """The records of a timeline. What is suspected, the program finds by itself."""
    found: dict[str, dict[str, Any]] = {}
    for figure in sorted(given.figures, key=lambda one: one.key):
        made = {"type": "event", "id": figure.event, "date": days(figure.day), "kind": "raid", "title": figure.event,
                "sources": [{"outlet": "VOD"}], "figures": [], "links": []}  # fmt: skip
        found.setdefault(figure.event, made)["figures"].append(part(figure))
    for link in given.links:
        found[link.event]["links"].append({"type": link.type, "event": link.target, "figure": link.figure})
    return list(found.values())


def bounds(row: dict[str, Any]) -> tuple[Any, Any, Any]:
    return row["low"], row["best"], row["high"]


def in_memory(given: Timeline, opened: Opened) -> object:
    """What the arithmetic makes of a timeline and of the pairs that the program suspects by itself."""
    suspected = []
    for row in opened.conflicts(only=["duplicate"]):
        keys = [(one["event"], one["figure"] or "") for one in row["figures"]]
        if len(keys) > 2:  # which number is suspected to be which is not listed
            return None
        suspected.append((keys[0], keys[1]))
    everything = table(given._replace(suspected=suspected)).everything
    return everything and everything.total.bounds


def check_in_store(seed: int) -> None:
    given = random_timeline(seed)
    with Opened(recorded(events(given))) as opened:
        (alone,) = opened.stats("rescues", by="none").rows
        assert in_memory(given, opened) in {None, bounds(alone)}, seed
        for split in SPLITS:
            found = opened.stats("rescues", by=split)
            lows = {row[split]: row["low"] for row in found.rows}
            check(f"{seed} {split}", alone["low"], lows, alone["unadjusted"] or 0)
            (total,) = found.total
            numbers = ("low", "best", "high", "words", "unadjusted", "entries", "not_added")
            assert {name: total[name] for name in numbers} == {name: alone[name] for name in numbers}, (seed, split)


@pytest.mark.parametrize("start", range(0, 50, 10))
def test_in_memory(start: int) -> None:
    for seed in range(start, start + 10):
        check_in_memory(seed)


@pytest.mark.thorough
@pytest.mark.parametrize("start", range(1000, 3000, 100))
def test_in_memory_many(start: int) -> None:
    for seed in range(start, start + 100):
        check_in_memory(seed)


@pytest.mark.parametrize("seed", range(8))
def test_in_the_store(seed: int) -> None:
    check_in_store(seed)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(8, 300))
def test_in_the_store_many(seed: int) -> None:
    check_in_store(seed)
