"""Rows in the shape of ACLED: the columns of its export, the ranges of its codes, and the dirt that real ones have.

Everybody and everything in them is invented.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

TYPES = (
    ("Political violence", "Battles", "Armed clash"),
    ("Demonstrations", "Protests", "Peaceful protest"),
    ("Strategic developments", "Strategic developments", "Arrests"),
    ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
)
PLACES = (
    ("Cambodia", "116", "Banteay Meanchey", "Poipet"),
    ("Cambodia", "116", "Preah Sihanouk", "Sihanoukville"),
    ("Myanmar", "104", "Kayin", "Myawaddy"),
    ("Democratic Republic of Congo", "180", "Nord-Kivu", "Goma"),
    ("eSwatini", "748", "Manzini", "Matsapha"),
)


def made(count: int = 300, seed: int = 7) -> list[dict[str, str]]:
    """Rows, the same for the same seed."""
    chance = random.Random(seed)
    return [_row(chance, number) | DIRT.get(number, {}) for number in range(count)]


def _row(chance: random.Random, number: int) -> dict[str, str]:
    day = date(2022, 1, 1) + timedelta(days=chance.randrange(600))
    disorder, kind, sub = chance.choice(TYPES)
    country, iso, admin1, location = chance.choice(PLACES)
    written = day.isoformat() if number % 2 else f"{day.day:02} {day:%B} {day.year}"
    ours = {
        "event_id_cnty": f"INV{1000 + number}", "event_date": written, "year": str(day.year),
        "time_precision": chance.choice("1111123"), "disorder_type": disorder, "event_type": kind,
        "sub_event_type": sub, "actor1": f"Invented Militia ({country})",
        "assoc_actor_1": chance.choice(("NA", "Farmers; Traders", "")), "inter1": "3",
        "actor2": chance.choice(("NA", f"Civilians ({country})")), "assoc_actor_2": "NA", "inter2": "7",
        "interaction": "37", "civilian_targeting": chance.choice(("NA", "Civilian targeting")), "iso": iso,
        "region": "Invented", "country": country, "admin1": admin1, "admin2": "NA", "admin3": "NA",
        "location": location, "latitude": str(round(chance.uniform(-10, 40), 4)),
        "longitude": str(round(chance.uniform(0, 120), 4)), "geo_precision": chance.choice("1123"),
        "source": chance.choice((
            "Example Daily", "Example Daily; Agência Exemplo", "Undisclosed Source",
            "Example Daily; Undisclosed Source",
        )),
        "source_scale": "National", "notes": f'On that day, "something" happened; row {number}.\nIt ended.',
        "fatalities": chance.choice(("0", "0", "1", "12")), "tags": chance.choice(("NA", "crowd size=no report")),
        "timestamp": str(1_675_102_875 + number),
    }  # fmt: skip
    assert tuple(ours) == COLUMNS
    return ours


DIRT: dict[int, dict[str, str]] = {
    5: {"fatalities": "3.0", "time_precision": "1.0", "timestamp": "1675102875.0"},
    6: {"fatalities": "", "admin1": "", "latitude": "", "longitude": ""},
    7: {"country": "Utopia", "actor1": " Invented Militia "},
    8: {"event_date": "05 March 2022", "time_precision": "2", "fatalities": "0.0"},
    9: {"event_date": "15 March 2022", "time_precision": "3"},
    10: {"event_date": "2022-03-05", "time_precision": "1", "fatalities": "7"},
}
"""What these rows have, by their number."""
