"""The page on honest numbers against the code: its version, its table of wordings, and its limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scamcli.figures import RULES_VERSION, combination, packing, parse_wording
from scamcli.figures.by_day import Taken
from scamcli.language.vocabulary import COUNTS, HAPPENINGS
from scamcli.stats.selection import DISJOINT

PAGE = (Path(__file__).parents[1] / "docs" / "honest-numbers.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of each row of the first table after a heading."""
    table = re.search(r"^\|.*?\n\n", PAGE[PAGE.index(f"\n{section}\n") :], re.MULTILINE | re.DOTALL)
    assert table
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in table[0].splitlines()[2:-1]]


WORDINGS = [
    (wording, [int(cell.replace(",", "")) if cell else None for cell in cells])
    for wordings, *cells in rows("## 1. From wording to bounds")
    for wording in wordings.split("; ")
]


def test_the_page_names_the_version_of_the_rules() -> None:
    assert set(re.findall(r"[Rr]ules (?:version )?(\d+\.\d+)", PAGE)) == {RULES_VERSION}


@pytest.mark.parametrize(("wording", "bounds"), WORDINGS)
def test_wordings_mean_what_the_page_says(wording: str, bounds: list[int | None]) -> None:
    assert list(parse_wording(wording)) == bounds


def test_the_page_has_the_limits_of_the_search() -> None:
    limits = [row[0] for row in rows("## Method, cost and exactness")]
    wanted = [
        f"{combination.MOST_CLAIMS:,} claims",
        f"{combination.MOST_PAIRS:,} pairs",
        f"{packing.MOST_STEPS:,} steps",
    ]
    assert [limit.startswith(words) for limit, words in zip(limits, wanted, strict=True)] == [True] * 3
    assert f"at most {Taken.FEW + 1} known days" in PAGE


def test_the_page_has_the_words_of_the_vocabulary() -> None:
    assert [row[0] for row in rows("### Count")] == [f"`{count}`" for count in COUNTS]
    assert f"a {', '.join(HAPPENINGS[:-1])} or {HAPPENINGS[-1]} is an `incident`" in " ".join(PAGE.split())
    assert set(re.findall(r"`(\w+)`", rows("### Splits")[0][0])) == DISJOINT
