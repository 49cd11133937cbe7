"""Suspected pairs found by the stored marks of titles and places, against those of all titles and places."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.figures import suspicion
from scamcli.store import derived
from tests.helpers.driver import event, ok, take_in

if TYPE_CHECKING:
    from pathlib import Path

TITLES = ("Raid in Kandal", "raid  in KANDAL", "Raid", "Rescue", "ការសង្គ្រោះ", "Straße", "STRASSE")
SITES = ("Blue Gate", "Red Gate")
NEAR = suspicion._near
PLACES = ("Bavet", "BAVET", "Poipet", "Blue Gate")


def record(number: int, chance: Random) -> dict[str, Any]:
    day = chance.randrange(1, 9)
    value = chance.choice((2, 2, 2, 3, 9, 10, 11, 40))
    figure = {
        "id": "rescues", "metric": "rescues", "stated": str(value), "low": value, "best": value, "high": value,
        "count": chance.choice(("incident",) * 4 + ("aggregate",)),
        "province": chance.choice((None, "Kandal", "Takeo")), "nationality": chance.choice((None, "Thai", "Kenyan")),
        "group": chance.choice((None, None, "women")),
    }  # fmt: skip
    link = {"type": chance.choice(("repeats", "follows")), "event": f"e-{chance.randrange(number)}"} if number else None
    return event(
        f"e-{number}", date=chance.choice((f"2031-01-0{day}",) * 4 + (f"2031-01-0{day}/2031-01-10",)),
        kind="rescue", title=chance.choice(TITLES), provinces=chance.sample(("Kandal", "Takeo"), chance.randrange(2)),
        places=[{"name": name} for name in chance.sample(PLACES, chance.choice((0, 0, 1, 2)))],
        sites=chance.sample(SITES, chance.choice((0, 0, 1))), figures=[figure],
        status=chance.choice(("reviewed",) * 9 + ("draft",)),
        links=[link] if link and chance.random() < 0.2 else [],
    )  # fmt: skip


def pairs(db: Path, monkeypatch: pytest.MonkeyPatch, *, marked: bool) -> list[tuple[str, str]]:
    """Return the events of the suspected pairs of rescues, found by the stored marks or without any."""
    with monkeypatch.context() as patched:
        if not marked:
            patched.setattr(suspicion, "_near", lambda given: NEAR([one._replace(marks=None) for one in given]))
        rows = json.loads(ok("conflicts", "--only", "duplicate", "--metric", "rescues", "--json", "--db", str(db)))
    return [tuple(figure["event"] for figure in row["figures"]) for row in rows]


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(12))
def test_marks_find_the_pairs_that_are_found_without_them(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, db = Random(seed), tmp_path / "t.db"
    take_in(db, *(record(number, chance) for number in range(70)))
    first = pairs(db, monkeypatch, marked=True)
    assert first == pairs(db, monkeypatch, marked=False)
    assert len(first) > 3
    for number, (one, other) in enumerate(first[:4]):
        change = (
            ["edit", one, "--title", "Another title"],
            ["edit", one, "--place", "Samraong"],
            ["remove", one, "--same-as", other],
            ["edit", one, "--date", "2032-05-01"],
        )[number]
        ok(*change, *(["--force"] if change[0] == "edit" else []), "--db", str(db))
        assert pairs(db, monkeypatch, marked=True) == pairs(db, monkeypatch, marked=False)
    ok("undo", "--db", str(db))
    assert pairs(db, monkeypatch, marked=True) == pairs(db, monkeypatch, marked=False)
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0


def test_a_mark_has_the_width_that_the_search_expects() -> None:
    record: Any = event("e-1", places=[{"name": "Bavet"}], sites=["BAVET"], figures=[{"count": "incident"}])
    assert len(derived.marks(record)) == 2 * suspicion.MARK
