"""Sites by the latest claims about their state, by place, and counted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.timeline import ReadOnlyTimeline
from tests.helpers.driver import event, ok, refused, run, take_in

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


def test_a_town_finds_the_sites_in_it(db: Path) -> None:
    assert names(db, "--province", "Chrey Thom") == ["Grey Gate"]


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


def test_the_list_shows_conflicting_latest_claims(db: Path) -> None:
    table = ok("sites", "--status", "closed", "--format", "csv", "--fields", "name,status", "--db", str(db))
    assert table == 'name,status\nGrey Gate,"operating; closed"\n'


def test_the_history_is_in_order_of_time_with_who_said_it(empty_db: Path) -> None:
    take_in(
        empty_db, event("e-1"),
        {"type": "site", "name": "Gate", "statuses": [
            {"status": "demolished", "note": "seen from the road"},
            {"status": "reopened", "date": "2023-02", "outlet": "VOD", "stated_by": "A neighbour", "event": "e-1"},
            {"status": "raided", "date": "2022-09-19/2022-09-21", "stated_by": "Kandal police"},
            {"status": "under_construction", "date": "2019~", "outlet": "VOD"},
        ]},
    )  # fmt: skip
    text = ok("sites", "Gate", "--db", str(empty_db))
    at = text.index("status\n")
    assert text[at:].split("\n\n")[0].splitlines() == [
        "status",
        "  2019~       under construction, according to VOD",
        "  2022-09-19/2022-09-21  raided, according to Kandal police",
        "  2023-02     reopened, according to A neighbour, in VOD [e-1]",
        "  no date     demolished, who says so is not recorded; seen from the road",
    ]


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


def test_check_suggests_a_claim_but_infers_none(empty_db: Path) -> None:
    take_in(
        empty_db,
        site("Blue Gate"),
        {"type": "site", "name": "Red Gate", "statuses": [{"status": "raided", "event": "raid"}]},
        event("raid", kind="raid", sites=["Blue Gate", "Red Gate"], linked_sites=["Bare"]),
        event("end", "2023-02-01", "closure", sites=["Red Gate"]), event("said", sites=["Blue Gate"]),
        event("draft", "2023-03-01", "raid", sites=["Blue Gate"], status="draft"),
    )  # fmt: skip
    answer = run("check", "--select", "C", "--format", "csv", "--fields", "code,record,place", "--db", str(empty_db))
    assert answer.out == "code,record,place\nC01,raid,site Blue Gate\nC01,end,site Red Gate\n"
    assert names(empty_db, "--status", "raided") == ["Red Gate"]
