"""Events that may report the same incident: reported at once, listed, counted once, and settled in one command."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.timeline import Timeline
from tests.helpers.csv_files import written
from tests.helpers.driver import Answer, event, found, lines, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "t.db"
    ok("init", "--empty", "--db", str(path))
    return path


def add(db: Path, number: int = 1, figure: str = "rescues: 45; province: Kandal; by: Police", *more: str) -> Answer:
    """Add a raid as the command line does it; the first one, unless a number is given."""
    answer = run(
        "add", "--date", f"2023-07-0{number}", "--kind", "raid", "--title", f"Raid {number}", "--figure", figure,
        "--source", "VOD; url: https://example.org/1; passage: p. 1", *more, "--db", str(db),
    )  # fmt: skip
    assert answer.code == 0, answer
    return answer


def suspicions(answer: Answer) -> list[str]:
    return [line for line in answer.err.splitlines() if "may be the same event" in line]


def low(db: Path) -> int:
    (row,) = json.loads(ok("stats", "rescues", "--by", "none", "--json", "--db", str(db)))
    return int(row["low"])


def findings(db: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(run("check", "--select", "F08", "--json", "--db", str(db)).out)
    return rows


def duplicate_rows(db: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ok("conflicts", "--only", "duplicate", "--json", "--db", str(db)))
    return rows


@pytest.mark.parametrize(("flag", "total"), [("--repeats", 45), ("--distinct-from", 90)])
def test_the_same_event_twice_is_reported_and_counts_once_until_somebody_decides(
    db: Path, flag: str, total: int
) -> None:
    assert suspicions(add(db)) == []
    answer = add(db, 2)
    (notice,) = suspicions(answer)
    at = answer.err.splitlines().index(notice)
    assert answer.err.splitlines()[at : at + 3] == [
        "scamcli: 2023-07-02-raid-2 may be the same event as 2023-07-01-raid-1: both count 45 rescues in Kandal on"
        " 1 July 2023 and 2 July 2023.",
        "scamcli:   scamcli edit 2023-07-02-raid-2 --repeats 2023-07-01-raid-1",
        "scamcli:   scamcli edit 2023-07-02-raid-2 --distinct-from 2023-07-01-raid-1",
    ]
    assert low(db) == 45
    (finding,) = findings(db)
    assert (finding["record"], finding["place"]) == ("2023-07-02-raid-2", "figure rescues")
    (row,) = duplicate_rows(db)
    assert [figure["source"] for figure in row["figures"]] == ["VOD (p. 1)", "VOD (p. 1)"]

    settled = run("edit", "2023-07-02", flag, "2023-07-01", "--db", str(db))
    assert (settled.code, suspicions(settled)) == (0, [])
    assert (findings(db), duplicate_rows(db), low(db)) == ([], [], total)


def test_a_rising_toll_is_settled_by_one_command(db: Path) -> None:
    for number, toll in ((1, 59), (2, 64)):
        add(db, number, f"deaths: {toll}; by: Police", "--place", "Poipet")
    answer = add(db, 9, "deaths: 82; by: Police", "--place", "Poipet")
    (notice,) = suspicions(answer)
    assert "the number of deaths in Poipet rises from 64 on 2 July 2023 to 82 on 9 July 2023" in notice
    assert "scamcli:   scamcli edit 2023-07-09-raid-9 --updates 2023-07-02-raid-2\n" in answer.err
    assert len(findings(db)) == 2
    ok("edit", "2023-07-09", "--updates", "2023-07-02", "--updates", "2023-07-01", "--db", str(db))
    assert findings(db) == []


def test_an_update_of_which_it_is_not_clear_what_it_replaces_is_told(db: Path) -> None:
    add(db, 1, "deaths: 40; nationality: Thai", "--figure", "deaths: 15; nationality: Lao")
    told = add(db, 2, "deaths: 70", "--updates", "2023-07-01").err
    assert "It updates 2023-07-01-raid-1, but which of the numbers there is not clear" in told
    assert "--link 'updates: 2023-07-01-raid-1; figure: …'" in told
    clear = add(db, 3, "deaths: 55; nationality: Thai", "--updates", "2023-07-01").err
    assert "It updates" not in clear


UNSUSPECTED = {
    "another metric": (2, "arrests: 45; province: Kandal"),
    "four days later": (5, "rescues: 45; province: Kandal"),
    "another province": (2, "rescues: 45; province: Takeo"),
    "another number": (2, "rescues: 60; province: Kandal"),
    "another nationality": (2, "rescues: 45; nationality: Thai; province: Kandal"),
    "what was summed up": (2, "rescues: 45; period: 2023-07; province: Kandal"),
}


@pytest.mark.parametrize("case", UNSUSPECTED)
def test_what_is_not_alike_is_not_reported(db: Path, case: str) -> None:
    add(db, 1, "rescues: 45; province: Kandal; nationality: Indonesian")
    number, figure = UNSUSPECTED[case]
    assert suspicions(add(db, number, figure)) == []
    assert duplicate_rows(db) == []


def test_small_equal_numbers_need_the_town_or_the_site(db: Path) -> None:
    add(db, 1, "rescues: 3; province: Kandal", "--site", "A compound")
    assert suspicions(add(db, 2, "rescues: 3; province: Kandal")) == []
    assert len(suspicions(add(db, 3, "rescues: 3; province: Kandal", "--site", "A compound"))) == 1


def raids(count: int, first: int = 0) -> list[dict[str, Any]]:
    figures = [{"metric": "rescues", "stated": "45", "province": "Kandal"}]
    return [event(f"e{n:03}", f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}", "raid", title=f"Raid {n}", figures=figures)
            for n in range(first, first + count)]  # fmt: skip


def test_rows_of_one_table_that_may_be_one_event_are_told(db: Path, tmp_path: Path) -> None:
    rows = [
        {"Day": "2023-07-01", "Town": "Poipet", "Freed": freed, "Paper": paper}
        for freed, paper in (("37", "Example Daily"), ("52", "The Sample Post"), ("20", "The Sample Post"))
    ]
    columns = ("Day=date", "Town=place", "Freed=figure.rescues", "Paper=source.outlet")
    maps = [word for column in columns for word in ("--map", column)]
    line = ["import", written(tmp_path / "raids.csv", rows), *maps, "--set", "kind=raid", "--set", "title=A raid"]
    answer = run(*line, "--db", str(db))
    assert "both count rescues in Poipet on 1 July 2023 (37 and 52)" in answer.err
    assert len(duplicate_rows(db)) == 2


def test_an_import_finds_what_the_whole_timeline_has(db: Path) -> None:
    """Looking only near the days of an import finds the same pairs as comparing everything."""
    take_in(db, *raids(60))
    with Timeline(db) as timeline:
        done = timeline.import_(_file(db, raids(60, 60)))
        rows = timeline.conflicts(only=["duplicate"])
    new = [row for row in rows if any(figure["event"] >= "e060" for figure in row["figures"])]
    (count,) = [note for note in done.notes if "may each be one event" in note]
    assert int(re.match(r"\d+", count)[0]) == len(new) > 0  # type: ignore[index] # it begins with a number


def _file(db: Path, records: list[dict[str, Any]]) -> Path:
    path = db.with_suffix(".jsonl")
    path.write_text(lines(records), encoding="utf-8")
    return path


def test_an_accepted_draft_is_compared_and_a_draft_is_not(db: Path) -> None:
    add(db)
    draft = {**raids(1)[0], "id": "draft", "date": "2023-07-02", "status": "draft"}
    assert suspicions(take_in(db, draft)) == []
    accepted = run("review", "accept", "draft", "--db", str(db))
    assert len(suspicions(accepted)) == 1
    assert found(db, "--kind", "raid") == ["draft", "2023-07-01-raid-1"]
