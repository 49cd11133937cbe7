"""The page on honest numbers against the code: its version, its table of wordings, and its limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scamcli.figures import RULES_VERSION, Context, Figure, Link, combination, independent_set, total
from scamcli.figures.counted_scopes import CountedScopes
from scamcli.language.vocabulary import COUNTS, HAPPENINGS
from scamcli.language.wording.parsing import parse_wording
from scamcli.stats.selection import DISJOINT
from tests.helpers.figure_builder import by_key, days, exactly, made

PAGE = (Path(__file__).parents[1] / "docs" / "honest-numbers.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of each row of the first table after a heading."""
    table = re.search(r"^\|.*?\n\n", PAGE[PAGE.index(f"\n{section}\n") :], re.MULTILINE | re.DOTALL)
    assert table
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in table[0].splitlines()[2:-1]]


def bounds_of(cells: list[str]) -> list[int | None]:
    return [int(cell.replace(",", "")) if cell else None for cell in cells]


WORDINGS = [
    (wording, bounds_of(cells))
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
        f"{independent_set.MOST_STEPS:,} steps",
    ]
    assert [limit.startswith(words) for limit, words in zip(limits, wanted, strict=True)] == [True] * 3
    text = " ".join(PAGE.split())
    assert f"at most {CountedScopes.FEW + 1} known days" in text
    assert f"with more than {independent_set.LARGEST_CLIQUE} neighbours" in text


def test_the_page_has_the_words_of_the_vocabulary() -> None:
    assert [row[0] for row in rows("### Count")] == [f"`{count}`" for count in COUNTS]
    assert f"a {', '.join(HAPPENINGS[:-1])} or {HAPPENINGS[-1]} is an `incident`" in " ".join(PAGE.split())
    assert set(re.findall(r"`(\w+)`", rows("### Splits")[0][0])) == DISJOINT


def raid(key: str, number: int, by: str | None = None) -> Figure:
    return exactly(key, number, count="incident", day=days(5, 5), stated_by=by)


def summed(key: str, number: int, by: str | None = None, province: str | None = None) -> Figure:
    return exactly(key, number, period=days(1, 31), stated_by=by, province=province)


def running(*numbers: int) -> list[Figure]:
    return [
        exactly(f"r{end}", number, count="cumulative", stated_by="M", period=days(1, end))
        for number, end in zip(numbers, (31, 59, 90), strict=True)
    ]


def held(key: str, number: int) -> Figure:
    return exactly(key, number, count="stock")


def link(type_: str, event: str, target: str = "a") -> Link:
    return Link(type_, event, target)


RAIDS, OF_P = [raid("a", 8), raid("b", 14)], [raid("a", 8, "P"), raid("b", 14, "P")]
SUSPECTED = [(("a", "one"), ("b", "one"))]
SMALL: list[tuple[list[Figure], list[Link]]] = [
    (RAIDS, []),
    ([raid("a", 8), raid("b", 8)], []),
    ([raid("a/one", 8), raid("a/two", 14)], []),
    ([*RAIDS, summed("c", 30, "M")], []),
    ([*OF_P, summed("c", 30, "P")], []),
    ([*RAIDS, summed("c", 30, "M")], [link("includes", "c"), link("includes", "c", "b")]),
    ([*OF_P, summed("c", 20, "P")], []),
    ([summed("a", 20, "P"), summed("b", 30, "P")], []),
    ([summed("a", 20, province="Kampot"), summed("b", 30, province="Kandal")], []),
    ([summed("a", 20), summed("b", 30, province="Kandal")], []),
    (RAIDS, [link("disputes", "b")]),
    ([raid("a", 8)], [link("disputes", "x")]),
    (RAIDS, [link("corrects", "b")]),
    ([made("a", 40, count="incident"), raid("b", 62)], [link("repeats", "b")]),
    (running(100, 120, 150), []),
    (running(100, 120, 90), []),
    ([one._replace(event=f"s{one.low}", period=days(1, 31)) for one in running(100, 120, 1)[:2]], []),
    ([held("a", 20), held("b", 30)], []),
]
"""The groups of the table of small groups, in its order."""


@pytest.mark.parametrize(
    ("row", "group", "links"),
    [(row, *case) for row, case in zip(rows("### Small groups to check against"), SMALL, strict=True)],
    ids=lambda row: row[0] if row and isinstance(row[0], str) else "",
)
def test_small_groups_come_to_what_the_page_says(row: list[str], group: list[Figure], links: list[Link]) -> None:
    found = total(group, Context(by_key(*group), links, SUSPECTED if "suspected" in row[0] else []))
    assert [found.low, found.best, found.high, found.unadjusted] == bounds_of(row[1:])
