"""Rows in the shape of the data of IOM's Missing Migrants Project, in three generations of its columns.

Everything in them is invented.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

SINCE_2022 = (
    "Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date", "Incident Year", "Month",
    "Number of Dead", "Minimum Estimated Number of Missing", "Total Number of Dead and Missing", "Number of Survivors",
    "Number of Females", "Number of Males", "Number of Children", "Country of Origin", "Region of Origin",
    "Cause of Death", "Country of Incident", "Migration Route", "Location of Incident", "Coordinates",
    "UNSD Geographical Grouping", "Information Source", "URL", "Source Quality",
)  # fmt: skip
UNTIL_2021 = (
    "Web ID", "Region of Incident", "Reported Date", "Reported Year", "Reported Month", "Number Dead",
    "Minimum Estimated Number of Missing", "Total Dead and Missing", "Number of Survivors", "Number of Females",
    "Number of Males", "Number of Children", "Cause of Death", "Location Description", "Information Source",
    "Location Coordinates", "Migration Route", "URL", "UNSD Geographical Grouping", "Source Quality",
)  # fmt: skip
OF_A_YEAR = (
    "Main ID", "Incident ID", "Region", "Incident Date", "Year", "Reported Month", "Number Dead",
    "Minimum Estimated Number of Missing", "Number of Survivors", "Number of Females", "Number of Males",
    "Number of Children", "Region of Origin", "Cause of Death", "Country of Origin", "Location of death",
    "Information Source", "Coordinates", "Migration route", "URL", "UNSD Geographical Grouping", "Source Quality",
)  # fmt: skip

NAMES = {
    "Incident ID": "Web ID", "Incident Date": "Reported Date", "Incident Year": "Reported Year",
    "Month": "Reported Month", "Number of Dead": "Number Dead",
    "Total Number of Dead and Missing": "Total Dead and Missing", "Location of Incident": "Location Description",
    "Coordinates": "Location Coordinates",
}  # fmt: skip
"""What the columns since 2022 were called until 2021."""

COUNTRIES = (
    "Libya", "Iran (Islamic Republic of)", "United States of America", "Türkiye", "Thailand",
    "China, Macao Special Administrative Region", "Venezuela (Bolivarian Republic of)",
)  # fmt: skip
TYPES = (
    "Incident",
    "Incident",
    "Incident",
    "Incident",
    "Split Incident",
    "Cumulative Incident",
    "Incident,Split Incident",
)
CAUSES = ("Drowning", "Violence", "Harsh environmental conditions / lack of adequate shelter, food, water")
ORIGINS = ("Unknown", "Mixed", "Afghanistan", "Honduras,Unknown", "Guatemala,Honduras")
SOURCES = ("Example Daily", "Example Daily, Radio Sample", "")
URLS = ("", "https://example.org/a", "https://example.org/a, https://example.org/b")

DIRT: dict[int, dict[str, str]] = {
    3: {"Minimum Estimated Number of Missing": "-2", "Number of Survivors": "-1"},
    4: {"Incident Date": "", "Incident Year": "2020.0", "Month": "September"},
    5: {"Incident Date": "", "Incident Year": "", "Month": ""},
    6: {"Incident Date": "0.0", "Incident Year": "2020", "Month": "September"},
    7: {"Location of Incident": "A long way from anywhere, " * 20},
    8: {"Number of Dead": "", "Minimum Estimated Number of Missing": "12.0"},
    9: {"Coordinates": "POINT (98.57 16.71)"},
    10: {"Source Quality": "4,5"},
}
"""What real files have in some rows, by their number."""


def made(count: int = 400, seed: int = 7) -> list[dict[str, str]]:
    """Rows with the columns since 2022, the same for the same seed."""
    chance = random.Random(seed)
    rows = [_row(chance, number) for number in range(count)]
    return [row | DIRT.get(number, {}) for number, row in enumerate(rows)]


def _row(chance: random.Random, number: int) -> dict[str, str]:
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(1400))
    dead, missing = chance.randrange(5), chance.choice((0, 0, 3, 40))
    row = {
        "Main ID": f"{day.year}.MMP{number // 2:05}", "Incident ID": f"{day.year}.MMP{number:05}",
        "Incident Type": chance.choice(TYPES), "Region of Incident": "Mediterranean", "Incident Date": day.isoformat(),
        "Incident Year": str(day.year), "Month": f"{day:%B}", "Number of Dead": str(dead),
        "Minimum Estimated Number of Missing": str(missing) if missing else "",
        "Total Number of Dead and Missing": str(dead + missing), "Number of Survivors": chance.choice(("", "0", "165")),
        "Number of Females": chance.choice(("", "1")), "Number of Males": "", "Number of Children": "",
        "Country of Origin": chance.choice(ORIGINS), "Region of Origin": "Sub-Saharan Africa (P)",
        "Cause of Death": chance.choice(CAUSES), "Country of Incident": chance.choice(COUNTRIES),
        "Migration Route": chance.choice(("", "Central Mediterranean")), "Location of Incident": f"Off place {number}",
        "Coordinates": f"{chance.uniform(-30, 40):.4f}, {chance.uniform(-110, 60):.4f}",
        "UNSD Geographical Grouping": "Uncategorized", "Information Source": chance.choice(SOURCES),
        "URL": chance.choice(URLS), "Source Quality": chance.choice("12345"),
    }  # fmt: skip
    assert tuple(row) == SINCE_2022
    return row


def until_2021(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same incidents with the columns until 2021. Each of them had a date."""
    found = []
    for number, row in enumerate(rows):
        if row["Incident Date"][:2] != "20":
            continue
        day = date.fromisoformat(row["Incident Date"])
        old = {NAMES.get(name, name): cell for name, cell in row.items() if NAMES.get(name, name) in UNTIL_2021}
        found.append(old | {
            "Web ID": str(51_000 + number), "Reported Date": f"{day:%B} {day.day:02}, {day.year}",
            "Reported Month": f"{day:%b}",
        })  # fmt: skip
    return found


def of_a_year(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same incidents with the columns of the download for a single year."""
    found = []
    for row in rows:
        if row["Incident Date"][:2] != "20":
            continue
        day = date.fromisoformat(row["Incident Date"])
        found.append({name: row.get(name, "") for name in OF_A_YEAR} | {
            "Region": row["Region of Incident"], "Incident Date": f"{day:%a, %m/%d/%Y} - 12:00", "Year": str(day.year),
            "Reported Month": row["Month"], "Number Dead": row["Number of Dead"],
            "Location of death": row["Location of Incident"], "Migration route": row["Migration Route"],
        })  # fmt: skip
    return found
