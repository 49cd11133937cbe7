"""The answers that the shipped timeline must give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, ids, rows, run
from tests.helpers.paths import SEED
from tests.helpers.terminals import piped

if TYPE_CHECKING:
    from pathlib import Path

SEPTEMBER_19 = "2022-09-19-complaints-by-province"


def numbers(row: dict[str, Any]) -> tuple[Any, Any, Any]:
    return row["low"], row["best"], row["high"]


COMPLAINTS: dict[str | None, tuple[Any, Any, Any]] = {
    "Preah Sihanouk": (201, None, None),
    "Kandal": (18, 18, 18),
    "Svay Rieng": (18, 18, 18),
    "Oddar Meanchey": (14, 14, 14),
    "Phnom Penh": (14, 14, 14),
    "Kampot": (13, None, None),
    "Koh Kong": (5, 5, 5),
    "Pursat": (4, 4, 4),
    "Banteay Meanchey": (2, 2, 2),
    "Pailin": (1, 1, 1),
    "Siem Reap": (1, 1, 1),
    None: (601, None, None),
}


def test_complaints_by_province() -> None:
    found = {row["province"]: row for row in rows("stats", "complaints")}
    assert {province: numbers(row) for province, row in found.items()} == COMPLAINTS
    assert found["Preah Sihanouk"]["stated"] == ["more than 200"]
    assert found["Kampot"]["stated"] == ["more than a dozen"]
    assert found["Kampot"]["events"] == ["2023-02-07-bokor-complaints"]
    assert found[None]["stated"] == ["289", "more than 600"]
    assert found[None]["unadjusted"] == 289 + 601
    stated = [province for province, row in found.items() if province and row["events"] == [SEPTEMBER_19]]
    assert len(stated) == 10
    assert {row["unit"] for row in found.values()} == {"complaints"}
    assert {row["metric"] for row in found.values()} == {"complaints"}


def test_parts_and_their_whole_inform_each_other() -> None:
    found = {row["province"]: row["implied"] for row in rows("stats", "complaints")}
    assert found.pop("Preah Sihanouk") == {"low": 201, "high": 212}  # 289 - 77 in the nine others
    assert set(found.values()) == {None}


def test_complaints_as_a_table() -> None:
    table = done("stats", "complaints", "--format", "table").out
    for words in ("more than 200 (at most 212)", "more than a dozen", "not stated more than 600", "Sar Kheng"):
        assert words in " ".join(table.split())
    assert [line for line in table.splitlines() if line.startswith("Total ")], table


RESCUES = {
    "Indonesian": (62, 62, 62),
    "Vietnamese": (1001, None, None),
    "Cambodian": (None, 8000, 8000),
    None: (1481, None, None),
}


def test_rescues_by_nationality() -> None:
    found = {row["nationality"]: row for row in rows("stats", "rescues")}
    assert {nationality: numbers(row) for nationality, row in found.items()} == RESCUES
    assert found["Vietnamese"]["stated"] == ["over 1,000"]
    assert found["Cambodian"]["stated"] == ["nearly 8,000"]
    assert found["Cambodian"]["unadjusted"] is None
    # more than 1,480; more than a thousand; 358 victims: none dated but the last, so nothing is proved to add up
    assert found[None]["unadjusted"] == 1481 + 1001 + 358 + 265  # with the women among the 358


def test_every_row_has_the_keys_of_the_contract() -> None:
    for row in rows("stats", "rescues"):
        numbers_of = {"low", "best", "high", "unit", "implied", "unadjusted", "words", "said_by", "why"}
        about = {"nationality", "label", "metric", "contested", "suspected", "not_added", "entries", "stated", "events"}
        assert numbers_of | about <= set(row)


def test_the_metrics_and_their_figures() -> None:
    found = {row["metric"]: row["figures"] for row in rows("stats")}
    assert found["complaints"] == 13
    assert found["rescues"] == 7
    assert found["requests"] == 3
    assert sum(found.values()) == done("info", "--json").json["figures"]
    assert done("stats").out.splitlines()[1].startswith("complaints\t13\t")


EVENT_SPLITS = ["month", "quarter", "year", "kind", "none"]


@pytest.mark.parametrize("by", EVENT_SPLITS)
def test_every_event_is_counted_once(by: str) -> None:
    """Three events are only known to be before a day, so they are not certainly in its month."""
    found = rows("stats", "events", "--by", by)
    assert sum(row["high"] for row in found) == 50
    assert sum(row["low"] for row in found) == (50 if by in {"kind", "none"} else 47)


def test_events_by_month() -> None:
    found = {row["month"]: row["high"] for row in rows("stats", "events", "--by", "month")}
    assert found["2022-09"] == 5
    assert found["2022-07"] == 3
    assert found["2023-06"] == 7
    assert list(found) == sorted(found)


def test_events_by_province_keep_those_without() -> None:
    found = {row["province"]: row["low"] for row in rows("stats", "events", "--by", "province")}
    assert found["Preah Sihanouk"] == len(ids("--province", "Preah Sihanouk"))
    having = {row["id"] for row in rows("search") if row["provinces"]}
    assert found[None] == 50 - len(having)


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


@pytest.mark.parametrize("command", [("search",), ("timeline",), ("stats", "complaints"), ("stats", "events")])
@pytest.mark.parametrize("asked", BAD_DATES)
def test_a_bad_date_is_an_error_and_never_an_empty_filter(command: tuple[str, ...], asked: tuple[str, ...]) -> None:
    found = run(*command, *asked)
    assert (found.code, found.out) == (2, "")
    assert len(found.err.splitlines()) in {1, 2}
    assert found.err.startswith("scamcli: ")


def test_export_of_a_fresh_database_is_the_seed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAMCLI_DB")
    first = run("export", "jsonl")
    assert first.out.encode() == SEED.read_bytes()
    assert first.err == f"scamcli: Created {home}/data/scamcli/timeline.db with the shipped timeline.\n"
    again = run("export", "jsonl")
    assert (again.out, again.err) == (first.out, "")


def test_export_through_a_pipe_and_into_a_file(tmp_path: Path) -> None:
    assert piped("export", "jsonl").out.encode() == SEED.read_bytes()
    done("export", "jsonl", "-o", str(tmp_path / "out.jsonl"))
    assert (tmp_path / "out.jsonl").read_bytes() == SEED.read_bytes()


def test_the_seed_comes_back_from_an_empty_database(empty_db: Path) -> None:
    done("import", str(SEED))
    assert run("export", "jsonl").out.encode() == SEED.read_bytes()
    again = done("import", str(SEED))
    assert "0 records added" in again.err


def test_json_output_can_be_imported_again(own_db: Path, tmp_path: Path) -> None:
    lines = tmp_path / "found.jsonl"
    lines.write_text(done("search", "--format", "jsonl").out, encoding="utf-8")
    again = done("import", str(lines))
    assert "0 records added, 50 " in again.err
