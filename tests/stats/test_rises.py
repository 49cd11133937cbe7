"""What running totals rose by if they are corrected, fall, or have two statements as of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline, where
from scamcli.store import setup
from tests.helpers.driver import take_in

if TYPE_CHECKING:
    from pathlib import Path

Bound = int | None


def stated(id_: str, as_of: str, number: int, **more: Any) -> dict[str, Any]:
    figure = {"id": "f", "metric": "rescues", "stated": f"{number}", "low": number, "best": number, "high": number}
    figure |= {"count": "cumulative", "period": f"2031-01-01/{as_of}", "stated_by": "Ada Brel"}
    event = {"type": "event", "id": id_, "date": as_of, "kind": "statement", "title": id_}
    return event | {"actors": [{"name": "Ada Brel", "role": "speaker"}], "figures": [figure]} | more


CORRECTS = {"links": [{"type": "corrects", "event": "z"}]}
JANUARY, MARCH = stated("m", "2031-01-31", 600), stated("n", "2031-03-31", 700)


@pytest.mark.parametrize(
    ("records", "month", "expected"),
    [
        ([JANUARY, stated("z", "2031-02-28", 800), stated("a", "2031-02-28", 650, **CORRECTS)], "2031-02", (50,) * 3),
        ([stated("z", "2031-02-28", 800), MARCH, stated("o", "2031-02-28", 650, **CORRECTS)], "2031-03", (50,) * 3),
        ([JANUARY, stated("b", "2031-02-28", 590)], "2031-02", (0, None, None)),
        ([JANUARY, stated("b", "2031-02-28", 600)], "2031-02", (0, 0, 0)),
        ([JANUARY, stated("o", "2031-01-31", 620), stated("b", "2031-02-28", 650)], "2031-02", (30, None, 50)),
    ],
)
def test_rise(records: list[dict[str, Any]], month: str, expected: tuple[Bound, ...], tmp_path: Path) -> None:
    path = tmp_path / "rises.db"
    setup.make(path, seed=False)
    take_in(path, *records)
    with Timeline(path) as timeline:
        (row,) = timeline.stats("rescues", where(during=month), by="none").rows
    assert (row["low"], row["best"], row["high"]) == expected
