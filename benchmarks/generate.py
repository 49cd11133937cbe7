"""Made-up timelines of any size, as records in the form of ``export jsonl``.

    python benchmarks/generate.py 100000 > events.jsonl
    python benchmarks/generate.py 100000 few-totals > events.jsonl
    python benchmarks/generate.py 100000 incidents > events.jsonl

A size always gives the same timeline. Names are drawn with the skew that real timelines have: a few actors take part in
very many events, and most in a handful. Every event has one figure. One in fourteen counts rescues. Of 100 figures, 80
count an incident, 15 are aggregates, and 5 are running totals or are linked to an earlier event, which they repeat or
dispute.

With ``few-totals``, only one figure in a hundred is no incident, as in timelines that are kept by hand.

With ``incidents``, the timeline is like a data set: every event has deaths in one incident, in one of ten countries,
and is a row of a table of different incidents.
"""

from __future__ import annotations

import json
import random
import re
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20230616
INCIDENTS, FEW_TOTALS = 0.8, 0.99
"""The share of figures that count an incident, and the same with ``few-totals``."""
AGGREGATES = 0.75
"""The share of aggregates among the other figures; the rest are running totals or linked."""
FIRST_DAY = date(1995, 1, 1)
DAYS = 11_000

PROVINCES = (
    "Preah Sihanouk", "Phnom Penh", "Banteay Meanchey", "Svay Rieng", "Kampot", "Koh Kong", "Kandal", "Siem Reap",
    "Battambang", "Oddar Meanchey", "Pursat", "Pailin", "Takeo", "Kampong Cham", "Prey Veng",
)  # fmt: skip
NATIONALITIES = (
    "Chinese", "Vietnamese", "Thai", "Indonesian", "Malaysian", "Taiwanese", "Indian", "Kenyan", "Filipino", "Burmese",
    "Bangladeshi", "Nepali", "Ugandan", "Brazilian", "Pakistani", "Japanese", "Korean", "Lao", "Ghanaian",
)  # fmt: skip
KINDS = (
    "report", "statement", "raid", "rescue", "arrest", "repatriation", "court", "escape", "denial", "death", "crime",
    "meeting", "policy", "warning", "closure",
)  # fmt: skip
ROLES = ("speaker", "author", "subject", "rescuer", "defendant", "target", "alleges", "denies", "mentioned")
METRICS = (
    "rescues", "complaints", "requests", "arrests", "cases", "victims", "suspects", "detentions", "repatriations",
    "deaths", "escapes", "reports", "people", "premises",
)  # fmt: skip
COUNTRIES = ("KH", "MM", "LA", "TH", "VN", "PH", "MY", "ID", "CN", "IN")
GROUPS = (None, None, None, "foreigners", "women", "men", "workers", "children")
SENTENCE = """
police officers searched a compound near the border and questioned workers who said that they were held until the
ransom was paid while the ministry announced an inquiry into the casino owner and its licence after families asked the
embassy for help with passports phones debt contracts guards fences buildings buses airport court prosecutors
trafficking recruitment online fraud victims suspects evidence statement report denial province governor deadline
"""
WORDS = tuple(re.findall(r"\w+", SENTENCE))
KHMER = ("ការជួញដូរមនុស្ស", "នគរបាល", "ខេត្តព្រះសីហនុ", "ជនបរទេស", "កាស៊ីណូ", "ការសង្គ្រោះ")
FIRST_NAMES = ("Sok", "Chan", "Kim", "Heng", "Dara", "Vanna", "Bopha", "Srey", "Piseth", "Ratha", "Sovann", "Lina")
LAST_NAMES = ("Prak", "Chea", "Long", "Meas", "Nhem", "Ouk", "Pich", "Ros", "Seng", "Tep", "Uch", "Yim", "Keo", "Mao")


class Cast(NamedTuple):
    """The names that events choose from."""

    actors: list[str]
    outlets: list[str]
    sites: list[str]


class Known(NamedTuple):
    """The latest incident of each metric, and the sum of the incidents of each metric and year."""

    latest: dict[str, dict[str, Any]]
    sums: dict[tuple[str, str], int]


def records(events: int, *, only_incidents: bool = False, incidents: float = INCIDENTS) -> Iterator[dict[str, Any]]:
    """Yield the actors and sites of a timeline, then its events in order of time, as whole records.

    Args:
        events: Number of events.
        only_incidents: Whether all events are rows of one data set, with deaths in an incident.
        incidents: The share of figures that count an incident.
    """
    draw = random.Random(SEED)
    cast = _cast(draw)
    for name in sorted([*cast.actors, *cast.outlets]):
        yield _actor(name, "media" if name in cast.outlets else "person")
    for name in sorted(cast.sites):
        yield _site(name, draw)
    days = sorted(draw.randrange(DAYS) for _ in range(events))
    known = Known({}, {})
    for number, day in enumerate(days):
        event = _event(number, FIRST_DAY + timedelta(days=day), draw, cast, incidents)
        if only_incidents:
            _make_row(event, draw)
        else:
            _mix(event, known, draw)
        yield event


def _make_row(event: dict[str, Any], draw: random.Random) -> None:
    (figure,) = event["figures"]
    country, value = draw.choice(COUNTRIES), int(draw.paretovariate(0.9))
    figure |= {
        "id": "deaths", "metric": "deaths", "count": "incident", "period": None, "country": country, "province": None,
        "stated": None, "stated_by": None, "low": value, "best": value, "high": value + draw.choice((0, 0, value)),
    }  # fmt: skip
    event |= {"actors": [], "countries": [country], "provinces": [], "dataset": {"name": "Generated", "disjoint": True}}


def _mix(event: dict[str, Any], known: Known, draw: random.Random) -> None:
    """Make some of the figures running totals of a year, and link some to the latest incident of their metric.

    A running total is as large as all incidents of its metric in that year, so that it does not contradict them.
    """
    (figure,) = event["figures"]
    earlier, chance = known.latest.get(figure["metric"]), draw.random()
    of_year = figure["metric"], event["date"][:4]
    if figure["count"] == "incident":
        known.latest[figure["metric"]] = event
        known.sums[of_year] = known.sums.get(of_year, 0) + (figure["low"] or figure["best"] or figure["high"])
    elif chance < AGGREGATES or earlier is None:
        return
    elif draw.random() < 0.5:
        number = known.sums.get(of_year, 0) + 1
        figure |= {
            "count": "cumulative", "period": f"{event['date'][:4]}-01-01/{event['date']}",
            "stated": f"{number}", "low": number, "best": number, "high": number,
        }  # fmt: skip
    else:
        (repeated,) = earlier["figures"]
        event["figures"] = [repeated | {"stated_by": figure["stated_by"]}]
        type_ = draw.choice(("repeats", "repeats", "disputes"))
        event["links"] = [{"type": type_, "event": earlier["id"], "figure": None, "note": None}]
        for field, values in (("province", "provinces"), ("nationality", "nationalities")):
            event[values] = [repeated[field]] if repeated[field] else event[values]


def _cast(draw: random.Random) -> Cast:
    people = [f"{last} {first}{number or ''}" for number in range(12) for last in LAST_NAMES for first in FIRST_NAMES]
    draw.shuffle(people)
    outlets = {f"Daily {word.title()} {number}" for number in range(4) for word in WORDS[:40:2]}
    sites = {f"{word.title()} Gate {number}" for number in range(12) for word in WORDS[:50:2]}
    return Cast(people, sorted(outlets), sorted(sites))


def _skewed(draw: random.Random, names: list[str]) -> str:
    if draw.random() < 0.3:
        return draw.choice(names)
    return names[min(int(draw.paretovariate(0.6)) - 1, len(names) - 1)]


def _actor(name: str, kind: str) -> dict[str, Any]:
    return {
        "type": "actor", "name": name, "kind": kind, "aliases": [], "positions": [], "member_of": [], "topics": [],
        "protected": False, "note": None,
    }  # fmt: skip


def _site(name: str, draw: random.Random) -> dict[str, Any]:
    return {
        "type": "site", "name": name, "kind": "compound", "country": "KH", "province": draw.choice(PROVINCES),
        "place": None, "lat": None, "lon": None, "precision": None, "aliases": [], "owners": [], "operators": [],
        "statuses": [], "note": None,
    }  # fmt: skip


def _event(number: int, day: date, draw: random.Random, cast: Cast, incidents: float) -> dict[str, Any]:
    words = draw.choices(WORDS, k=draw.randrange(18, 40))
    if number % 5 == 0:
        words.insert(3, draw.choice(KHMER))
    figure = _figure(number, day, draw, _skewed(draw, cast.actors), incidents)
    named = {figure["stated_by"]: "speaker"}
    named |= {_skewed(draw, cast.actors): draw.choice(ROLES[1:]) for _ in range(draw.randrange(3))}
    return {
        "type": "event", "id": f"{day.isoformat()}-{'-'.join(draw.choices(WORDS, k=4))}-{number}",
        "date": day.isoformat(), "kind": draw.choice(KINDS), "title": " ".join(draw.choices(WORDS, k=7)).capitalize(),
        "summary": f"{' '.join(words).capitalize()}.", "status": "reviewed",
        "actors": [{"name": name, "role": role} for name, role in named.items()],
        "provinces": [figure["province"] or draw.choice(PROVINCES)], "places": [],
        "sites": [_skewed(draw, cast.sites)] if draw.random() < 0.4 else [], "linked_sites": [],
        "countries": ["KH"],
        "nationalities": [figure["nationality"] or draw.choice(NATIONALITIES)],
        "tags": [draw.choice(WORDS)] if draw.random() < 0.3 else [], "figures": [figure],
        "sources": [
            {"outlet": _skewed(draw, cast.outlets), "title": None, "author": None, "url": f"https://example.org/{number}",
             "published": (day + timedelta(days=1)).isoformat(), "passage": None, "archived": None, "accessed": None,
             "via": None},
        ],
        "links": [], "dataset": None, "note": None,
    }  # fmt: skip


def _figure(number: int, day: date, draw: random.Random, speaker: str, incidents: float) -> dict[str, Any]:
    value = int(draw.paretovariate(0.9)) + 1
    stated, low, best, high = draw.choice((
        (f"{value}", value, value, value),
        (f"more than {value}", value + 1, None, None),
        (f"at least {value}", value, None, None),
        (f"about {value}", None, value, None),
        (f"as many as {value}", None, None, value),
    ))  # fmt: skip
    metric = METRICS[number % len(METRICS)]
    is_incident = draw.random() < incidents
    period = None if is_incident else draw.choice((day.isoformat(), day.isoformat()[:7], None))
    province = draw.choice(PROVINCES) if draw.random() < 0.7 else None
    return {
        "id": metric, "metric": metric, "unit": None, "stated": stated, "low": low, "best": best, "high": high,
        "country": "KH" if province or is_incident else None, "province": province,
        "nationality": draw.choice(NATIONALITIES) if draw.random() < 0.6 else None, "group": draw.choice(GROUPS),
        "period": period, "count": "incident" if is_incident else "aggregate", "stated_by": speaker,
        "part_of": None, "split": None, "of": None, "note": None,
    }  # fmt: skip


def main() -> None:
    """Write a timeline to stdout, as the command line asks for it."""
    share = FEW_TOTALS if sys.argv[2:] == ["few-totals"] else INCIDENTS
    for record in records(int(sys.argv[1]), only_incidents=sys.argv[2:] == ["incidents"], incidents=share):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
