"""Exports with pseudonyms: two of them cannot be joined on the names of protected people, who are invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from tests.helpers.driver import actor, event, ok, take_in

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Adlai Quorble", "Bertil Zyxwva", "Cosmo Vrixle", "Dunja Plimth", "Edda Zworbe", "Fenno Krulst")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six protected people between two others, each in an event of the same day, and in ids."""
    db = tmp_path_factory.mktemp("kept") / "kept.db"
    take_in(
        db, actor("Aaron Open"), actor("Zoe Open"), *(actor(name, kind="person") for name in NAMES),
        *(event(f"2023-01-02-{name.split()[1].lower()}-freed", "2023-01-02", "rescue", title=f"{name} freed",
                actors=[{"name": name, "role": "victim"}], tags=[name],
                figures=[{"metric": "rescues", "stated": f"{name} alone", "best": 1, "stated_by": name}],
                sources=[{"outlet": "The Paper", "url": f"https://p.example/{name.split()[0]}-{name.split()[1]}"}])
          for name in NAMES),
        event("both", "2023-01-03", actors=[{"name": NAMES[0]}, {"name": NAMES[1]}]),
    )  # fmt: skip
    for name in NAMES:
        ok("edit", name, "-", "--db", str(db), stdin=json.dumps(actor(name, protected=True)))
    return db


def masked(db: Path, *flags: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ok("export", "jsonl", *flags, "--db", str(db)).splitlines()]


def test_a_person_has_one_pseudonym(kept: Path) -> None:
    records = masked(kept, "--pseudonyms")
    people = [one["name"] for one in records if one["type"] == "actor" and one["protected"]]
    assert len(set(people)) == len(NAMES)
    for one in records:
        if one["type"] == "event" and one["kind"] == "rescue":
            (name,) = [part["name"] for part in one["actors"]]
            assert name in people
            assert one["tags"] == [name]
            assert one["id"] == f"2023-01-02-{name.strip('[]')}-freed"
    (both,) = (one for one in records if one.get("id") == "both")
    assert len({part["name"] for part in both["actors"]}) == 2


@pytest.mark.parametrize("flags", [[], ["--pseudonyms"]], ids=["masked", "pseudonyms"])
def test_no_order_tells_a_name(kept: Path, flags: list[str]) -> None:
    """Records are sorted by what is printed: if sorted by real names, their position would reveal how a name begins."""
    records = masked(kept, *flags)
    for type_, key in (("actor", "name"), ("event", "id")):
        printed = [one[key] for one in records if one["type"] == type_]
        assert printed == sorted(printed)
    listed = [row["name"] for row in json.loads(ok("actors", "--json", "--db", str(kept)))]
    assert listed == sorted(listed)


def test_completion_is_no_oracle(kept: Path) -> None:
    with Timeline(kept) as timeline:
        assert timeline.names("actor", "A") == ["Aaron Open"]
        assert timeline.names("actor", "Adl") == []
        assert timeline.names("event", "2023-01-02-q") == []
