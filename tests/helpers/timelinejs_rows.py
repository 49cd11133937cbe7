"""Rows in the shape of the Google sheet of TimelineJS, with its title, an era, HTML and gaps, and the same as JSON."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text",
    "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background",
)  # fmt: skip

TITLE = {"Headline": "Raids of a year", "Text": "<p>What happened.</p>", "Type": "title", "Background": "#eeeeee"}
ERA = {"Year": "2021", "End Year": "2022", "Headline": "The long winter", "Type": "era"}

MEDIA = (
    "https://example.org/photo.jpg",
    "https://www.youtube.com/watch?v=abc123",
    "<blockquote>Nobody was held, said the owner.</blockquote>",
    "",
)


def made(count: int = 300, seed: int = 11) -> list[dict[str, str]]:
    """Rows, the same for the same seed: the title, slides with an era among them, and an empty row."""
    chance = random.Random(seed)
    slides = [_slide(chance, number) for number in range(count)]
    rows = [TITLE, *slides[:10], ERA, *slides[10:20], {}, *slides[20:]]
    return [{name: row.get(name, "") for name in COLUMNS} for row in rows]


def _slide(chance: random.Random, number: int) -> dict[str, str]:
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    row = {
        "Year": str(chance.choice((2021, 2022, 2023))), "Headline": f"Slide <em>{number}</em> &amp; more",
        "Text": f'<p>Police came, <a href="https://example.org/{number}">a paper</a> wrote.</p><p>Two lines.</p>',
        "Media": chance.choice(MEDIA), "Media Credit": chance.choice(("Sample Agency", "")),
        "Media Caption": chance.choice(("A building", "")), "Group": chance.choice(("Raids", "Courts", "")),
    }  # fmt: skip
    exact = chance.randrange(10)
    row |= {"Month": f"{month:02}" if number % 3 else str(month)} if exact else {}
    row |= {"Day": str(day)} if exact > 2 else {}
    if exact > 8:
        row |= {
            "End Year": row["Year"],
            "End Month": row["Month"],
            "End Day": "28",
            "Display Date": "late in the month",
        }
    return row | ({"Time": "13:05"} if exact == 7 else {})


def write_json(path: Path, rows: list[dict[str, str]]) -> str:
    """Write the JSON that TimelineJS reads, in which numbers are texts or numbers."""
    found: dict[str, Any] = {"scale": "human", "events": [], "eras": []}
    for number, row in enumerate(row for row in rows if any(row.values())):
        slide = _as_json(row, as_text=number % 2 == 0)
        if row["Type"] == "title":
            found["title"] = slide
        else:
            found["eras" if row["Type"] == "era" else "events"].append(slide)
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    return str(path)


def _as_json(row: dict[str, str], *, as_text: bool) -> dict[str, Any]:
    def date(start: str, time: str) -> dict[str, Any]:
        parts = {part.lower(): row[start + part] for part in ("Year", "Month", "Day") if row[start + part]}
        whole: dict[str, Any] = dict(parts) if as_text else {key: int(text) for key, text in parts.items()}
        hour, _, minute = row[time].partition(":")
        return whole | ({"hour": hour, "minute": minute} if hour else {})

    media = {"url": row["Media"], "credit": row["Media Credit"], "caption": row["Media Caption"]}
    slide = {
        "start_date": date("", "Time"), "end_date": date("End ", "End Time"), "display_date": row["Display Date"],
        "text": {"headline": row["Headline"], "text": row["Text"]}, "media": media, "group": row["Group"],
        "background": {"color": row["Background"]} if row["Background"] else None,
    }  # fmt: skip
    return {key: value for key, value in slide.items() if value}
