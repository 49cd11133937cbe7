"""Whether two records tell of one event: no two of the shipped timeline do, and the same facts in other words do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scamcli.records.models import Event
from scamcli.records.similarity import ENOUGH, NEAR, same
from tests.helpers.paths import SEED

SEED_EVENTS: list[Any] = [
    record for line in SEED.read_text(encoding="utf-8").splitlines() if (record := json.loads(line))["type"] == "event"
]

RAID: Any = {
    "date": "2024-05-02", "kind": "raid", "title": "Raid on the Grey Wall", "provinces": ["Kandal"],
    "summary": "Gendarmes searched the compound after parents complained.", "sites": ["Grey Wall"],
    "actors": [{"name": "Ly Marady", "role": "speaker"}], "nationalities": ["Kenyan"],
    "figures": [
        {"id": "rescues", "metric": "rescues", "stated": "43", "low": 43, "best": 43, "high": 43,
         "nationality": "Kenyan"},
    ],
    "sources": [{"outlet": "The Border Post", "url": "https://border.example/raid"}],
}  # fmt: skip


def event(**said: Any) -> Any:
    return Event.model_validate(said).model_dump()


def raid(**other: Any) -> Any:
    """The raid as a different paper reports it: in other words, on another page."""
    told = {"title": "Kenyans are freed", "summary": None, "sources": [{"outlet": "Another"}]}
    return event(**RAID | told | other)


def test_not_even_nearly() -> None:
    assert max(same(one, two).score for one in SEED_EVENTS for two in SEED_EVENTS if one is not two) <= ENOUGH - 1


@pytest.mark.parametrize("record", SEED_EVENTS, ids=lambda record: str(record["id"]))
def test_each_is_its_own_twin_whose_words_are_others(record: Any) -> None:
    """As a draft of the same article would be: its title and summary are not those that a person wrote."""
    other = record | {"title": "Words that nobody used before", "summary": None, "note": None}
    assert same(other, record).is_same


ONE: list[dict[str, Any]] = [
    {},
    {"date": "2024-05-03"},
    {"date": "2024-05"},
    {"date": "2024-05-01/2024-05-04"},
    {"kind": "rescue"},
    {"sites": []},
    {"sites": [], "actors": []},
    {"figures": []},
    {"figures": [], "actors": [], "date": "2024-05-03"},
]


@pytest.mark.parametrize("other", ONE, ids=str)
def test_another_paper_tells_the_same(other: dict[str, Any]) -> None:
    assert same(raid(**other), event(**RAID)).is_same
    assert same(event(**RAID), raid(**other)).is_same


BARE: dict[str, Any] = {"sites": [], "actors": [], "figures": [], "nationalities": []}
TWO: list[dict[str, Any]] = [
    {"date": "2024-05-06"},
    {"date": "2024-04-28"},
    {"date": "2024"},
    {"provinces": ["Pursat"], "nationalities": ["Thai"], "sites": [], "figures": []},
    {"kind": "policy", "sites": [], "figures": [], "provinces": []},
    BARE,
    BARE | {"provinces": ["Pursat"]},
    {"kind": "denial"},
    {"sites": ["Red Wall"], "nationalities": ["Thai"], "actors": [], "figures": [
        {"id": "rescues", "metric": "rescues", "stated": "12", "low": 12, "best": 12, "high": 12}]},
]  # fmt: skip


@pytest.mark.parametrize("other", TWO, ids=str)
def test_these_are_two(other: dict[str, Any]) -> None:
    assert not same(raid(**other), event(**RAID)).is_same
    assert not same(event(**RAID), raid(**other)).is_same


def test_the_reasons_say_what_both_have() -> None:
    found = same(raid(), event(**RAID))
    assert found.reasons == (
        "the same date", "the same kind: raid", "the same figure: rescues 43", "the same actors: Ly Marady",
        "the same sites: Grey Wall", "the same provinces: Kandal", "the same nationalities: Kenyan",
    )  # fmt: skip
    assert "one denies: raid" in same(raid(kind="denial"), event(**RAID)).reasons


def test_what_answers_another_is_not_that_one() -> None:
    other = event(**RAID | {"id": "e-1"})
    for type_, is_same in (("follows", False), ("disputes", False), ("repeats", True)):
        assert same(raid(links=[{"type": type_, "event": "e-1"}]), other).is_same is is_same
    assert same(raid(links=[{"type": "follows", "event": "e-2"}]), other).is_same


def test_a_number_is_another_where_it_counts_others() -> None:
    (figure,) = RAID["figures"]
    for key, value in (("nationality", "Thai"), ("metric", "escapes"), ("best", 44), ("group", "women")):
        mine, theirs = figure | {"group": "men"}, figure | {"group": "men", key: value}
        told = same(raid(figures=[mine]), event(**RAID | {"figures": [theirs]})).reasons
        assert not any(reason.startswith("the same figure") for reason in told), key


def test_two_periods_of_months() -> None:
    half, year = event(**RAID | {"date": "2022-01/2022-06"}), event(**RAID | {"date": "2021"})
    assert same(event(**RAID | {"date": "2022-01/2022-05"}), half).is_same
    assert not same(year, half).is_same
    assert NEAR == 3
