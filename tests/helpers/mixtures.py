"""Small timelines with a mixture of everything that can be in them, different ones each time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

Record = dict[str, Any]

METRICS = ("rescues", "captives")
SPEAKERS = ("Ada Brel", "Bo Quist", "Cy Noor", "Di Marsh")
PROVINCES = ("Kandal", "Takeo", "Kampot", "Kayin, MM", "Tarlac, PH", "Central Luzon, PH")  # a province in a region
NATIONALITIES = ("Thai", "thai", "Chinese", "Lao", "Nepali", "Nepalese", "foreign")  # two demonyms of one country
SITES = ("Blue Gate", "Red Gate")
TITLES = ("Raid", "Raid", "Rescue at night", "Police tell of a rescue", "A statement")
COUNTS = ("incident", "incident", "incident", "aggregate", "aggregate", "cumulative", "stock", "none")
YEARS = (1895, 1968, 1996, 2031, 2031, 2031, 2031)  # most are the one of the filters
LINKS = ("repeats", "disputes", "corrects", "includes", "distinct", "follows")
TABLES = (
    None, None, None, None, {"name": "declared", "disjoint": True}, {"name": "own.csv", "disjoint": False},
    {"name": "other", "disjoint": True},
)  # fmt: skip


def mixture(chance: Random) -> Iterator[Record]:
    """Yield the actors of a timeline, of whom some may be protected, and its events."""
    protected = chance.sample(SPEAKERS, chance.choice((0, 0, 1, 2)))
    for name in SPEAKERS:
        yield {"type": "actor", "name": name, "protected": name in protected}
    span, often = chance.choice((8, 40, 400, 1500)), chance.choice((0.05, 0.2))
    first = date(chance.choice(YEARS), 1, 20)
    events: list[Record] = []
    for number in range(chance.randint(12, 60)):
        day = first + timedelta(days=chance.randrange(span))
        event = _event(number, day, chance)
        if events and chance.random() < often:
            event["links"] = [_link(chance.choice(events), chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        if events and chance.random() < often / 4:  # a link to a later event, so that links can go in circles
            later = chance.choice(events)
            if later["id"] not in {link["event"] for link in event["links"]}:
                later["links"] = [*later["links"], _link(event, chance)]
        if events and chance.random() < often:  # a report of the same, or another that looks like it
            event["figures"] = [one | {"id": f"f{at}"} for at, one in enumerate(chance.choice(events)["figures"])]
        events.append(event)
    yield from events


def _link(earlier: Record, chance: Random) -> Record:
    figures = [None, *(figure["id"] for figure in earlier["figures"])]
    return {"type": chance.choice(LINKS), "event": earlier["id"], "figure": chance.choice(figures)}


def _event(number: int, day: date, chance: Random) -> Record:
    speaker = chance.choice(SPEAKERS)
    figures = [_figure(at, day, chance) for at in range(chance.choice((0, 1, 1, 1, 1, 2, 3)))]
    if len(figures) > 1 and chance.random() < 0.6:
        _divide(figures, chance)
    later = day + timedelta(days=chance.randrange(1, 5))
    dates = (
        f"{day}",
        f"{day}",
        f"{day}",
        f"{day}",
        f"{day}/{later}",
        f"{day:%Y-%m}",
        f"{day}~",
        f"{day}/..",
        f"{day:%Y}",
        f"{day:%Y-%m}?",
    )
    return {
        "type": "event", "id": f"e-{number}", "date": chance.choice(dates),
        "kind": chance.choice(("raid", "rescue", "report", "statement")), "title": chance.choice(TITLES),
        "status": "draft" if chance.random() < 0.06 else "reviewed",
        "actors": [{"name": speaker, "role": "speaker"}],
        "sites": chance.sample(SITES, chance.choice((0, 0, 1, 2))), "dataset": chance.choice(TABLES),
        "sources": [{"outlet": chance.choice(("Lantern", "Daily Word"))} for _ in range(chance.choice((1, 1, 2)))],
        "figures": figures, "links": [],
    }  # fmt: skip


def _figure(number: int, day: date, chance: Random) -> Record:
    value = chance.choice((0, 1, 2, 2, 3, 5, 9, 10, 11, 12, 30, 31, 100))
    low, best, high = chance.choice((
        (value,) * 3, (value,) * 3, (value, None, None), (None, value, None), (None, None, value),
        (value, value + 1, value + 3), (None, None, None),
        (value + 2, None, value), (value, value + 5, value + 2), (value, None, 2 * value), (0, None, value),
    ))  # fmt: skip
    stated = chance.choice((None, f"{value}", f"about {value}")) if low or best or high else "several"
    count, since = chance.choice(COUNTS), day - timedelta(days=chance.randrange(40))
    periods = (
        None,
        f"{day}",
        f"{day:%Y-%m}",
        f"{day:%Y}",
        f"{since}/{day}",
        f"{since}/..",
        f"{day:%Y-%m}~",
        f"../{day}",
        f"{since:%Y-%m}/{day:%Y-%m}",
        f"{since}~/{day}",
        f"{since:%Y}/{day:%Y}",
        f"{since:%Y}%",
    )
    province = chance.choice((None, None, *PROVINCES))
    return {
        "id": f"f{number}", "metric": METRICS[0] if chance.random() < 0.8 else METRICS[1],
        "unit": "families" if chance.random() < 0.04 else None,
        "stated": stated, "low": low, "best": best, "high": high,
        "country": _country(province) if province else chance.choice((None, None, "KH", "MM")), "province": province,
        "nationality": chance.choice((None, None, *NATIONALITIES)), "group": chance.choice((None, None, None, "women")),
        "period": None if count == "incident" and chance.random() < 0.8 else chance.choice(periods),
        "count": count, "stated_by": chance.choice((None, *SPEAKERS)), "part_of": None, "split": None,
    }  # fmt: skip


def _divide(figures: list[Record], chance: Random) -> None:
    """Make all figures but the first parts of it, of a declared split or of none."""
    whole, *parts = figures
    by = chance.choice(("province", "nationality", "group", None))
    whole["split"] = {"by": by, "complete": chance.choice((None, True, False))} if by else None
    for part in parts:
        part |= {"part_of": whole["id"]} | {name: whole[name] for name in ("metric", "unit", "count")}
        part |= {name: whole[name] or part[name] for name in ("country", "province", "nationality", "group")}
        if chance.random() < 0.8:
            part["period"] = None
        if part["province"]:
            part["country"] = _country(part["province"])
    for at, part in enumerate(parts[1:], 1):
        if chance.random() < 0.3:  # a part of a part
            part["part_of"] = parts[at - 1]["id"]
            parts[at - 1]["split"] = chance.choice((None, whole["split"]))


def _country(province: str) -> str:
    return province.partition(", ")[2] or "KH"
