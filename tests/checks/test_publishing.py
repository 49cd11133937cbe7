"""What could identify a protected person although the name is masked. The people are invented."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, event, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Quorble Zyxwva"
TRACES = re.compile("quorble|zyxwva", re.IGNORECASE)
PERSON = actor(NAME, kind="person", protected=True)
MANY = [
    event(f"many-{number}", f"2023-02-{number:02}", "raid", provinces=["Kandal"], nationalities=["Thai"],
          places=[{"name": "Takhmao", "province": "Kandal"}], sources=[{"outlet": "The Paper"}])
    for number in range(1, 13)
]  # fmt: skip
COMMON: dict[str, Any] = {
    "date": "2023-02-20", "kind": "raid", "provinces": ["Kandal"], "nationalities": ["Thai"],
    "places": [{"name": "Takhmao", "province": "Kandal"}], "actors": [{"name": NAME, "role": "victim"}],
}  # fmt: skip
"""An event that shares everything with the others but the person."""


def asked(tmp_path: Path, *records: dict[str, Any], flags: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    db = tmp_path / "cases.db"
    take_in(db, PERSON, *MANY, *records)
    answer = run("check", "--before-publishing", "--json", *flags, "--db", str(db))
    found: list[dict[str, Any]] = json.loads(answer.out)
    assert answer.code == (1 if found else 0), answer
    assert not TRACES.search(answer.out + answer.err), answer
    return found


FOUND: list[tuple[str, dict[str, Any], str, str]] = [
    ("P01", {"summary": f"Police freed the cook, {NAME}, near the market."}, "summary",
     'it has "Police freed the cook, [protected-N] , near the market."'),
    ("P01", {"sources": [{"outlet": "The Paper", "passage": "the brother of Zyxwva"}]}, "source 1",
     'it has "the brother of [protected-N]"'),
    ("P02", {"summary": "She is 24 years old."}, "summary", 'it has an age: "24 years old"'),
    ("P02", {"note": "Call +855 12 345 678."}, "note", 'it has a phone or document number: "+855 12 345 678"'),
    ("P02", {"note": "Write to cook@example.org."}, "note", 'it has an e-mail address: "cook@example.org"'),
    ("P02", {"note": "She is @cook_1 there."}, "note", 'it has an account: "@cook_1"'),
    ("P03", {"nationalities": ["Kenyan"]}, "", "only this event has nationality Kenyan"),
    ("P03", {"figures": [{"metric": "rescues", "stated": "1", "group": "women"}]}, "",
     "only this event has group women"),
    ("P04", {"places": [{"name": "Grey Alley", "country": "KH"}]}, "place Grey Alley",
     "no other event is recorded there"),
    ("P04", {"sites": ["Grey Gate"]}, "place Grey Gate", "no other event is recorded there"),
    ("P05", {"sources": [{"outlet": "The Paper", "url": "https://paper.example/zyxwva-freed"}]}, "source 1",
     "it has a protected name; it is masked, but the rest may be enough to find it"),
    ("P05", {"sources": [{"outlet": "The Paper", "title": f"{NAME} speaks", "archived": "https://a.example/1"}]},
     "source 1", "it leads to an article whose title or passage names the person"),
    ("P05", {"sources": [{"outlet": "The Paper", "url": "https://paper.example/1"}]}, "source 1",
     "it leads to an article about the event, which may name the person"),
    ("P06", {"dataset": {"name": "zyxwva.csv"}}, "", 'its name has a word of a protected name: "[protected-N].csv"'),
]  # fmt: skip


@pytest.mark.parametrize(("code", "keys", "place", "reason"), FOUND)
def test_it_is_found(tmp_path: Path, code: str, keys: dict[str, Any], place: str, reason: str) -> None:
    found = asked(tmp_path, event("person", **COMMON | keys))
    rows = [(row["code"], row["place"], re.sub(r"protected-\d+", "protected-N", row["reason"])) for row in found]
    assert (code, place, reason) in rows, rows


def test_what_many_share_is_not_found(tmp_path: Path) -> None:
    assert asked(tmp_path, event("person", **COMMON)) == []


def test_what_is_about_nobody_who_is_protected_is_not_found(tmp_path: Path) -> None:
    other = event("other", "2023-03-01", nationalities=["Kenyan"], places=[{"name": "Grey Alley", "country": "KH"}],
                  summary="She is 24 years old.",
                  sources=[{"outlet": "The Paper", "url": "https://paper.example/1"}])  # fmt: skip
    assert asked(tmp_path, other) == []


def test_the_record_and_the_file_of_a_person(tmp_path: Path) -> None:
    db = tmp_path / "Zyxwva.db"
    take_in(db, actor(NAME, kind="person", protected=True, positions=["cook"], member_of=["Grey Choir"], note="Tall."))
    answer = run("check", "--before-publishing", "--json", "--db", str(db))
    found = [(row["code"], row["place"], row["reason"]) for row in json.loads(answer.out)]
    assert [one[0] for one in found] == ["P06", "P07", "P07", "P07"]
    assert found[1:] == [
        ("P07", "positions", 'it says "cook"'),
        ("P07", "member_of", 'it says "Grey Choir"'),
        ("P07", "note", 'it says "Tall."'),
    ]
    assert not TRACES.search(answer.out + answer.err)
