"""The answers that the shipped timeline must give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, ids, rows, run
from tests.helpers.paths import SEED

if TYPE_CHECKING:
    from pathlib import Path


EVENT_SPLITS = ["month", "quarter", "year", "kind", "none"]


@pytest.mark.parametrize("by", EVENT_SPLITS)
def test_every_event_is_counted_once(by: str) -> None:
    """Three events are only known to be before a day, so they are not certainly in its month."""
    found = rows("stats", "events", "--by", by)
    assert sum(row["high"] for row in found) == 50
    assert sum(row["low"] for row in found) == (50 if by in {"kind", "none"} else 47)


PROVINCES = [
    ("Preah Sihanouk", ["Sihanoukville", "KH-18", "ព្រះសីហនុ", "Kampong Som", "preah sihanouk", "Sihanouk Ville"]),
    ("Preah Sihanouk", ["ព្រះ\u200bសីហនុ"]),
    ("Kampot", ["KH-7", "កំពត", "kampot"]),
    ("Banteay Meanchey", ["KH-1", "banteay mean chey"]),
    ("Phnom Penh", ["KH-12", "ភ្នំពេញ"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spellings"), PROVINCES)
def test_spellings_of_a_province_agree(name: str, spellings: list[str]) -> None:
    found = ids("--province", name)
    assert found
    assert [other for other in spellings if ids("--province", other) != found] == []


TOWNS = [
    ("Poipet", {"2023-04-05-poipet-expansion"}, "Banteay Meanchey"),
    ("Bavet", {"2023-04-20-bavet-death"}, "Svay Rieng"),
]


@pytest.mark.parametrize(("town", "found", "province"), TOWNS)
def test_a_town_finds_the_town_only(town: str, found: set[str], province: str) -> None:
    answer = done("search", "--province", town, "--json")
    assert set(answer.ids) == found
    assert f'--province "{province}"' in answer.err


SEPTEMBER = {
    "2022-09-13-propublica-investigation",
    "2022-09-19-complaints-by-province",
    "2022-09-22-vietnamese-rescued",
    "2022-09-27-phnom-penh-raids",
    "2022-09-29-interfaith-forum",
}
DATES: list[tuple[tuple[str, ...], set[str] | int]] = [
    (("--from", "2022-09-19", "--to", "2022-09-30"), SEPTEMBER - {"2022-09-13-propublica-investigation"}),
    (("--during", "2022-09"), SEPTEMBER),
    (("--from", "2022-09", "--to", "2022-09"), SEPTEMBER),
    (("--during", "2022-09-19"), {"2022-09-19-complaints-by-province"}),
    (("--during", "2022-Q3"), 14),
    (("--during", "2022"), 24),
    (("--during", "2023"), 26),
    (("--from", "2023"), 26),
    (("--to", "2022"), 24),
    (("--from", "2022-07-13", "--to", "2023-06-16"), 50),
    (("--to", "2022-07-12"), 0),
    (("--during", "2022-09", "--during", "2022-Q3"), 14),
    (("--during", "2022-09", "--during", "2023-06-07"), SEPTEMBER | {"2023-06-07-interpol-warning"}),
    (("--during", "2022-09-13/2022-09-22"), 3),
    (("--during", "2022-09", "--from", "2022-09-20"), 3),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), DATES)
def test_dates(asked: tuple[str, ...], found: set[str] | int) -> None:
    assert (ids(*asked) if isinstance(found, set) else len(ids(*asked))) == found
    possible = {row["id"] for row in rows("search", *asked) if row["match"] == "possible"}
    assert possible <= UNCERTAIN


UNCERTAIN = {
    "2022-12-29-mds-thmor-da-reports",
    "2023-06-16-chou-bun-eng-tip-report",
    "2023-06-16-government-first-denied",
}
"""The article says of these only that they were before the day of their entry."""


BAD_DATES = [
    ("--during", "2022-13"), ("--from", "2022-02-30"), ("--to", "soon"), ("--during", "2022-Q5"), ("--from", ""),
    ("--during", "2022-09~"), ("--from", "2022-09-30", "--to", "2022-09-19"), ("--during", "2022-21"),
]  # fmt: skip


@pytest.mark.parametrize("asked", BAD_DATES)
def test_a_bad_date_is_an_error_and_never_an_empty_filter(asked: tuple[str, ...]) -> None:
    found = run("search", *asked)
    assert (found.code, found.out) == (2, "")
    assert len(found.err.splitlines()) in {1, 2}
    assert found.err.startswith("scamcli: ")


def test_the_seed_comes_back_from_an_empty_database(empty_db: Path) -> None:
    done("import", str(SEED))
    assert run("export", "jsonl").out.encode() == SEED.read_bytes()
    again = done("import", str(SEED))
    assert "0 records added" in again.err
