"""Twelve public matters, entered as a newspaper would, and the numbers that a careful newspaper would print."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.small_timelines import done, empty, rows

FOLDER = Path(__file__).parent / "matters"
MATTERS: dict[str, dict[str, Any]] = {
    matter["name"]: matter for matter in tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["matter"]
}
BY_DESIGN = {
    "poipet": "two reports that are suspected to be one: the low is that of the lower report, 29",
    "cambodia-2022": 'a total of "victims" does not say that it includes "workers": at least 358, without a high',
}
"""Matters of which the rules say something else than the newspaper."""

CASES = [
    pytest.param(name, marks=pytest.mark.xfail(reason=BY_DESIGN[name])) if name in BY_DESIGN else name
    for name in MATTERS
]


def answer(name: str) -> dict[str, Any]:
    """The row that answers the question of a matter."""
    matter, db = MATTERS[name], empty()
    done(db, "import", str(FOLDER / f"{name}.jsonl"))
    found = rows(db, "stats", *matter["question"])
    if "row" in matter:
        return next(row for row in found if row["label"] == matter["row"])
    if len(found) > 1:  # the row for all is not among them
        (metric, *_) = matter["question"]
        (row,) = rows(db, "stats", metric, "--by", "none")
        return row
    return found[0]


@pytest.mark.parametrize("name", CASES)
def test_what_a_careful_newspaper_would_print(name: str) -> None:
    row, matter = answer(name), MATTERS[name]
    assert (row["low"], row["high"]) == (matter["low"], matter.get("high"))
    if "best" in matter:
        assert row["best"] == matter["best"]
    assert row["low"] not in matter["must_not"]
    assert not any(words in row["words"] for words in matter["must_not"] if isinstance(words, str))


@pytest.mark.parametrize(("name", "low", "high"), [("poipet", 29, 61), ("cambodia-2022", 358, None)])
def test_what_is_printed_instead_by_design(name: str, low: int, high: int | None) -> None:
    row = answer(name)
    assert (row["low"], row["high"]) == (low, high)
