"""Raids of a year as one researcher would record them from the news: 300 raids, ten of them recorded twice.

Everything in them is invented. Like in real lists, a third of the raids are in one province, small and round numbers
are frequent, and town, site and nationality are often unknown. The second report of a raid comes from another outlet,
up to two days later, often under another title, and its number can differ a little.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any, NamedTuple

PROVINCES = (
    ("Preah Sihanouk", 10), ("Phnom Penh", 5), ("Banteay Meanchey", 4), ("Svay Rieng", 4), ("Kandal", 3),
    ("Koh Kong", 2), ("Kampot", 2), ("Pursat", 1), ("Oddar Meanchey", 1), ("Takeo", 1),
)  # fmt: skip
NATIONALITIES = ("Chinese", "Vietnamese", "Thai", "Indonesian", "Filipino", "Taiwanese")
OUTLETS = ("Example Daily", "The Sample Post", "Agência Exemplo")
TWICE = 10


class HandKept(NamedTuple):
    """The records of events, and the pairs of ids that are one raid."""

    events: list[dict[str, Any]]
    twice: set[frozenset[str]]


def made(count: int = 300, seed: int = 7) -> HandKept:
    """Return raids, the same for the same seed."""
    chance = random.Random(seed)
    events = [_raid(chance, number) for number in range(count)]
    twice = set()
    for first in chance.sample(events, TWICE):
        second = _second_report(chance, first)
        twice.add(frozenset({first["id"], second["id"]}))
        events.append(second)
    return HandKept(events, twice)


def _raid(chance: random.Random, number: int) -> dict[str, Any]:
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(365))
    names, weights = zip(*PROVINCES, strict=True)
    (province,) = chance.choices(names, weights)
    freed = max(1, round(chance.lognormvariate(2.6, 1.1)))
    freed = round(freed, -1) if freed > 20 and chance.random() < 0.4 else freed
    figure = {
        "metric": "rescues", "stated": str(freed), "province": province,
        "nationality": chance.choice(NATIONALITIES) if chance.random() < 0.4 else None,
        "stated_by": f"{province} police" if chance.random() < 0.7 else None,
    }  # fmt: skip
    return {
        "type": "event", "id": f"raid-{number}", "date": day.isoformat(), "kind": "raid",
        "title": f"Raid in {province}", "figures": [figure], "provinces": [province],
        "sites": [f"Compound {chance.randrange(12)} in {province}"] if chance.random() < 0.5 else [],
        "sources": [{"outlet": chance.choice(OUTLETS)}],
    }  # fmt: skip


def _second_report(chance: random.Random, first: dict[str, Any]) -> dict[str, Any]:
    day = date.fromisoformat(first["date"]) + timedelta(days=chance.randrange(3))
    (figure,) = first["figures"]
    freed = int(figure["stated"])
    if freed >= 20 and chance.random() < 0.5:
        freed -= max(1, freed // 15)
    return first | {
        "id": f"{first['id']}-again", "date": day.isoformat(), "title": "Police free workers",
        "figures": [figure | {"stated": str(freed), "nationality": None}], "sources": [{"outlet": "Another Outlet"}],
    }  # fmt: skip
