"""Sites by the latest claims about their state, by place, and counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.timeline import ReadOnlyTimeline
from tests.helpers.driver import ok, refused, run, take_in

if TYPE_CHECKING:
    from pathlib import Path


def site(name: str, *said: str, **more: Any) -> dict[str, Any]:
    """A site with claims: ``raided 2023-01``."""
    statuses = [{"status": status, "date": date or None} for status, _, date in (one.partition(" ") for one in said)]
    return {"type": "site", "name": name, "statuses": statuses, **more}


SITES = (
    site("Bare"),
    site("Blue Gate", "raided 2022-09", "reopened 2022-11-02", province="Kandal"),
    site("Grey Gate", "operating 2023-01", "closed 2023-01", province="Kandal", place="Chrey Thom"),
    site("KK Zone", "operating 2024", province="Kayin, MM"),
    site("Old Tower", "raided 2024-02", "abandoned", country="MM"),
    site("Red Gate", "under_construction", province="Takeo"),
)


@pytest.fixture
def db(empty_db: Path) -> Path:
    take_in(empty_db, *SITES)
    return empty_db


def names(db: Path, *flags: str) -> list[str]:
    return [row["name"] for row in json.loads(ok("sites", *flags, "--json", "--db", str(db)))]


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        ([], [one["name"] for one in SITES]),
        (["--status", "operating"], ["Grey Gate", "KK Zone"]),
        (["--status", "closed"], ["Grey Gate"]),
        (["--status", "operating", "--country", "MM"], ["KK Zone"]),
        (["--status", "operating", "--country", "burma"], ["KK Zone"]),
        (["--status", "raided"], ["Old Tower"]),
        (["--status", "RAIDED", "--status", "reopened"], ["Blue Gate", "Old Tower"]),
        (["--status", "under construction"], ["Red Gate"]),
        (["--status", "demolished"], []),
        (["--raided-and-reopened"], ["Blue Gate"]),
        (["--raided-and-reopened", "--country", "MM"], []),
        (["--province", "KH-8"], ["Blue Gate", "Grey Gate"]),
        (["--province", "Kayin, MM", "--province", "Takeo"], ["KK Zone", "Red Gate"]),
        (["--country", "KH", "--status", "closed"], ["Grey Gate"]),
    ],
)  # fmt: skip
def test_filters(db: Path, flags: list[str], found: list[str]) -> None:
    assert names(db, *flags) == found


@pytest.mark.parametrize(
    ("split", "counted"),
    [
        ("country", [["KH", 3], ["MM", 2], [None, 1]]),
        ("province", [["Kandal", 2], ["Kayin, MM", 1], ["Takeo", 1], [None, 2]]),
        ("status", [
            ["operating", 2], ["closed", 1], ["raided", 1], ["reopened", 1], ["under_construction", 1], [None, 1],
        ]),
    ],
)  # fmt: skip
def test_counts(db: Path, split: str, counted: list[list[Any]]) -> None:
    rows = json.loads(ok("sites", "--by", split, "--json", "--db", str(db)))
    assert [[row[split], row["sites"]] for row in rows] == counted
    with ReadOnlyTimeline(db) as timeline:
        assert timeline.sites(by=split) == rows


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--status", "opreating"], 2, ['No status "opreating"', 'Did you mean "operating"?']),
        (["--by", "town"], 2, ['No split "town"']),
        (["--country", "Narnia"], 3, ['No country named "Narnia"']),
        (["Blue Gate", "--status", "raided"], 2, ["cannot be combined with NAME"]),
    ],
)
def test_what_is_refused(db: Path, args: list[str], code: int, words: list[str]) -> None:
    refused(run("sites", *args, "--db", str(db)), code, *words)
