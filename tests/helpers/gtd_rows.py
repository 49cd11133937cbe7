"""Rows in the shape of the Global Terrorism Database: all of its columns, and the codes that it has for unknown.

Everybody and everything in them is invented.
"""

from __future__ import annotations

import random

from scamcli.exchange.importers.mapped import mapping_file

COLUMNS = tuple(mapping_file.shipped("gtd").columns)
"""All 135, in another order than in the file of START, which does not matter."""

PLACES = (
    ("Philippines", "Maguindanao", "Datu Piang", "7.02", "124.5"),
    ("Soviet Union", "Unknown", "Unknown", "", ""),
    ("Thailand", "Yala", "Raman", "6.47", "101.43"),
    ("West Bank and Gaza Strip", "Gaza Strip", "Somewhere", "31.5", "34.4"),
)


def made(count: int = 400, seed: int = 7) -> list[dict[str, str]]:
    """Rows, the same for the same seed."""
    chance = random.Random(seed)
    return [_row(chance, number) for number in range(count)]


def _row(chance: random.Random, number: int) -> dict[str, str]:
    year, month, day = chance.randrange(2010, 2021), chance.randrange(13), chance.randrange(29)
    country, province, city, lat, lon = chance.choice(PLACES)
    killed = chance.choice(("", "0", "0", "1", "12", "2.5", "-99"))
    killed_perpetrators = chance.choice(("", "0", "-9", "1")) if killed not in {"", "0", "-99"} else "0"
    ours = {
        "eventid": f"{year}{month:02}{day:02}{number:04}", "iyear": str(year), "imonth": str(month),
        "iday": str(day if month else 0), "approxdate": chance.choice(("", "", "", "On one of several days")),
        "extended": chance.choice("001"), "country_txt": country, "provstate": province, "city": city,
        "latitude": lat, "longitude": lon, "specificity": chance.choice("12345"), "summary": "An invented row.",
        "doubtterr": chance.choice(("0", "1", "-9")), "multiple": chance.choice("01"), "success": chance.choice("01"),
        "suicide": "0", "attacktype1": "3", "attacktype1_txt": "Bombing/Explosion", "targtype1": "14",
        "targtype1_txt": "Private Citizens & Property", "target1": "Somebody Invented",
        "gname": chance.choice(("Unknown", "Invented Front (IF)")), "guncertain1": chance.choice("01"),
        "individual": "0", "weaptype1_txt": "Explosives", "nkill": killed, "nkillter": killed_perpetrators,
        "nwound": chance.choice(("", "0", "7", "3.5", "-9")), "nwoundte": "0", "ishostkid": "0", "nhostkid": "-99",
        "scite1": '"A title," Example Daily, March 1, 2019.', "dbsource": "START Primary Collection",
        "INT_ANY": "-9", "related": chance.choice(("", "201904000001, 201904000002")),
    }  # fmt: skip
    return dict.fromkeys(COLUMNS, "") | ours
