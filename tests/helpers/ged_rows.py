"""Rows in the shape of UCDP GED: its own columns, the ranges of its codes, and the kinds of dirt that real ones have.

Everybody and everything in them is invented.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""As GEDEvent_v25_1.csv has them."""

COUNTRIES = (
    ("Cambodia (Kampuchea)", "KH", ("Banteay Mean Chey province", "Phnom Penh municipality", "Nowhere province")),
    ("Myanmar (Burma)", "MM", ("Kayin state", "")),
    ("DR Congo (Zaire)", "CD", ("Nord Kivu province",)),
    ("Yemen (North Yemen)", "YE", ("Marib governorate",)),
    ("Russia (Soviet Union)", "RU", ("Chechnya republic",)),
    ("Bosnia-Herzegovina", "BA", ("",)),
    ("Kingdom of eSwatini (Swaziland)", "SZ", ("Manzini region",)),
    ("Macedonia, FYR", "MK", ("Tetovo municipality",)),
    ("Ivory Coast", "CI", ("Montagnes district",)),
)
SPANS = {"1": 0, "2": 4, "3": 6, "4": 29, "5": 200}
OFFICES = ("Example Daily", "Agência Exemplo", "Пример", "The “Sample” Post", "Reuters News")


class Made(NamedTuple):
    """The rows, and what is known about them."""

    rows: list[dict[str, str]]
    below: set[str]
    """Ids of the events whose best estimate is below the lowest."""


def made(count: int = 1000, seed: int = 7) -> Made:
    """Rows, the same for the same seed."""
    chance = random.Random(seed)
    rows, below = [], set()
    for number in range(count):
        row = _row(chance, number)
        if number % 83 == 5:
            row |= {"low": "4", "best": "2", "high": "6"}
            below.add(f"ged-{412_000 + number}")
        _dirty(row, number)
        rows.append(row)
    return Made(rows, below)


def _row(chance: random.Random, number: int) -> dict[str, str]:
    country, _, divisions = chance.choice(COUNTRIES)
    prec = chance.choice("1111111112345")
    start = date(1989, 1, 1) + timedelta(days=chance.randrange(12_000))
    low = chance.randrange(5)
    best, high = low + chance.randrange(3), low + 3 + chance.randrange(9)
    kind = chance.choice("123")
    sides = f"Government of {country}", "Civilians" if kind == "3" else f"Invented Front {chance.randrange(40)}"
    ours = {
        "id": str(412_000 + number), "relid": f"INV-{start.year}-{kind}-{number}", "year": str(start.year),
        "active_year": "1", "code_status": "Clear", "type_of_violence": kind, "conflict_name": f"{country}: Government",
        "dyad_name": " - ".join(sides), "side_a": sides[0], "side_b": sides[1], "where_prec": chance.choice("1234567"),
        "where_coordinates": f"Place {number % 60} town", "where_description": "near a post", "country": country,
        "adm_1": chance.choice(divisions), "adm_2": "", "latitude": str(round(chance.uniform(-40, 60), 6)),
        "longitude": str(round(chance.uniform(-90, 140), 6)), "geom_wkt": "POINT (1 2)", "region": "Asia",
        "event_clarity": chance.choice("1112"), "date_prec": prec, "date_start": f"{start} 00:00:00.000",
        "date_end": f"{start + timedelta(days=SPANS[prec])} 00:00:00.000", "deaths_a": "0", "deaths_b": str(best),
        "deaths_civilians": "0", "deaths_unknown": "0", "best": str(best), "high": str(high), "low": str(low),
    }  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | ours | _sources(chance, start)


def _sources(chance: random.Random, start: date) -> dict[str, str]:
    many = chance.randrange(4)
    if not many:
        return {"number_of_sources": "-1", "source_article": f'Example {start}, "Two died"\nand another line'}
    offices = [chance.choice(OFFICES) for _ in range(many)]
    days = [f"{start + timedelta(days=9)}" for _ in range(many)]
    titles = [f"A headline, number {chance.randrange(99)}" for _ in range(many)]
    cited = ";".join(f'"{",".join(one)}"' for one in zip(offices, days, titles, strict=True))
    return {
        "number_of_sources": str(many), "source_article": cited, "source_office": ";".join(offices),
        "source_date": ";".join(days), "source_headline": ";".join(titles), "source_original": "police, witnesses",
    }  # fmt: skip


DIRT: dict[int, dict[str, str]] = {
    11: {"id": "412011.0", "best": "3.0", "low": "1e0", "high": "1,000"},
    12: {"low": "-1.0", "best": "NA", "high": ""},
    13: {"latitude": "0", "longitude": "0.0"},
    14: {"date_start": "2001-05-09 00:00:00.000", "date_end": "2001-05-03 00:00:00.000", "date_prec": "1"},
    15: {"country": "Utopia "},
    16: {"side_a": "  Government of Elsewhere  ", "adm_1": " "},
    17: {"source_office": "A;B", "source_headline": "One; two; three", "source_date": "2019-13-41;2019-01-02"},
    18: {"date_prec": "", "where_prec": "9"},
    19: {"date_prec": "4", "date_end": "", "date_start": "1999-02-10"},
    20: {"latitude": "95.2"},
    21: {"low": "unknown"},
    22: {"source_office": "https://example.org/found", "source_date": "", "source_headline": ""},
}
"""What is wrong in these rows, by their number."""


def _dirty(row: dict[str, str], number: int) -> None:
    row |= DIRT.get(number, {})
