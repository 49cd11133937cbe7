"""A timeline of a few thousand events with all that makes records hard: made up, and the same every time."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks import generate
from scamcli.store import setup
from tests.helpers.driver import ok, take_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Record = dict[str, Any]

EVENTS = 3000
SEED = 11
KHMER = ("ការជួញដូរមនុស្ស", "នគរបាល", "ខេត្តព្រះសីហនុ", "ស្រ្តី", "កាស៊ីណូ", "西港市", "สถานทูต")
ACCENTED = ("café", "Émigré", "naïve", "Đà Nẵng", "cafe\u0301")
TOWNS = ("Poipet", "Bavet", "Chrey Thum")
OWN_METRIC = "phones"
METRICS = ("captives", "captives", "sentences", "losses", "share", OWN_METRIC)
"""Beside those of the generator: a stock, what is never put together, money, and one of this timeline's own."""
RETOLD = ("rescues", "cases", "captives")
"""Metrics with figures that are one only by way of events that a search for raids does not find."""
UNSURE = ("~", "?", "%")


def grow(path: Path, *, protected: bool = False) -> list[Record]:
    """Make a timeline; the records as they were given, in their order.

    Args:
        path: where.
        protected: whether some of its actors are protected.
    """
    setup.make(path, seed=False)
    records = list(generate.records(EVENTS))
    often = [name for name, _ in Counter(map(_speaker, records)).most_common()]
    secret = {often[place] for place in (4, 9, 14, 60, 200)} if protected else set[str | None]()
    given = list(dirty(records, random.Random(SEED), secret))
    take_in(path, *given)
    return given


def dirty(records: Iterable[Record], rng: random.Random, secret: set[str | None]) -> Iterator[Record]:
    """The records with dates in doubt, drafts, parts and wholes, disputes, repeats, aliases, and other letters."""
    about = "phones that were seized"
    yield {
        "type": "metric",
        "name": OWN_METRIC,
        "unit": "pieces",
        "split": "group",
        "count": "aggregate",
        "about": about,
    }
    events: list[Record] = []
    aliases: dict[str, str] = {}
    for record in records:
        if record["type"] == "event":
            _dirty_event(record, events, rng)
            _name_by_alias(record, aliases, rng)
            events.append(record)
        elif rng.random() < 0.3:
            aliases[record["name"]] = f"{record['name']} alias"
            record["aliases"] = [aliases[record["name"]], f"Çalled {record['name']}"]
        if record["type"] == "actor":
            record["protected"] = record["name"] in secret
        yield record
    for number, metric in enumerate(RETOLD):
        yield from _retold(number, metric)


def _speaker(record: Record) -> str | None:
    return record["figures"][0]["stated_by"] if record["type"] == "event" else None


def alter_case(text: str, rng: random.Random) -> str:
    """The same in other letters, sometimes."""
    return rng.choice((text, text, text, text.lower(), text.upper()))


def _dirty_event(event: Record, before: list[Record], rng: random.Random) -> None:
    day = date.fromisoformat(event["date"])
    event["date"] = _some_date(day, rng)
    event["status"] = "draft" if rng.random() < 0.08 else "reviewed"
    if rng.random() < 0.15:
        event["title"] += f" {rng.choice((*KHMER, *ACCENTED))}"
    if rng.random() < 0.2:
        event["note"] = " ".join(rng.choices((*generate.WORDS, *KHMER, *ACCENTED), k=5))
    if rng.random() < 0.05:
        event["places"] = [{"name": rng.choice(TOWNS), "country": "KH"}]
    event["provinces"] = [*event["provinces"], *rng.sample(generate.PROVINCES, rng.choice((0, 0, 0, 1, 2)))]
    event["nationalities"] = [alter_case(one, rng) for one in event["nationalities"]]
    event["sources"] += [_other_source(event, before, rng) for _ in range(rng.choice((0, 0, 1, 2)))]
    event["figures"] = _figures(event["figures"][0], day, rng)
    _also_abroad(event, random.Random(event["id"]))
    if before and rng.random() < 0.2:
        _answer(event, before, rng)


def _also_abroad(event: Record, rng: random.Random) -> None:
    """Let some events concern a second country, and some of their figures count what happened there."""
    if rng.random() < 0.15:
        other = rng.choice(("MM", "TH"))
        event["countries"] = [*event["countries"], other]
        for figure in event["figures"]:
            figure["country"] = rng.choice((None, "KH", other)) if figure.get("province") is None else None


def _some_date(day: date, rng: random.Random) -> str:
    later = day + timedelta(days=rng.randint(1, 60))
    if rng.random() < 0.55:
        return f"{day}"
    return rng.choice((
        f"{day:%Y-%m}", f"{day:%Y-%m}", f"{day:%Y}", f"{day}/{later}", f"{day:%Y-%m}/{later:%Y-%m}", f"{day}/..",
        f"{day}{rng.choice(UNSURE)}", f"{day:%Y-%m}{rng.choice(UNSURE)}", f"{day:%Y}{rng.choice(UNSURE)}",
        f"{day}/{later}{rng.choice(UNSURE)}",
    ))  # fmt: skip


def _some_period(day: date, rng: random.Random) -> str | None:
    earlier = day - timedelta(days=rng.randint(1, 200))
    return rng.choice((
        f"{day}", f"{day:%Y-%m}", f"{day:%Y-%m}", f"{day:%Y}", f"{earlier}/{day}", f"{earlier}/{day}", f"{earlier}/..",
        f"../{day}", f"{day:%Y-%m}{rng.choice(UNSURE)}", f"{earlier}/{day}~", None,
    ))  # fmt: skip


def _other_source(event: Record, before: list[Record], rng: random.Random) -> Record:
    """One more source: of another outlet, seen through that one or another, or that itself."""
    first = event["sources"][0]["outlet"]
    other = rng.choice(before)["sources"][0]["outlet"] if before else first
    title = rng.choice((None, "Zanzibar"))  # a word that no event has: titles of sources are not searched
    return {"outlet": other, "via": rng.choice((None, first, first, other)), "title": title}


def _figures(first: Record, day: date, rng: random.Random) -> list[Record]:
    """No figure, the one there was, others beside it, or a whole with its parts."""
    first["period"] = _some_period(day, rng) if rng.random() < 0.7 else first["period"]
    first["nationality"] = first["nationality"] and alter_case(first["nationality"], rng)
    first["group"] = first["group"] and rng.choice((first["group"], first["group"].title()))
    if rng.random() < 0.1:
        name = first["stated_by"].split()[0]
        first["group"], first["stated"] = f"friends of {name}", f"{first['stated']}, as {name} says"
    first["count"] = rng.choice(("aggregate", "aggregate", "aggregate", "incident", "cumulative", "stock", "none"))
    drawn = rng.random()
    if drawn < 0.1:
        return []
    if drawn < 0.25:
        return [first, *_parts(first, day, rng)]
    others = [_other_figure(first, number, day, rng) for number in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    if rng.random() < 0.02:
        first["unit"] = "families"
    return [first, *others]


def _other_figure(first: Record, number: int, day: date, rng: random.Random) -> Record:
    low = rng.randint(1, 500)
    bounds = rng.choice(
        ((low, low, low), (low, None, None), (None, low, None), (None, None, low), (low, None, 2 * low))
    )
    metric = rng.choice((first["metric"], *METRICS))
    return first | dict(zip(("low", "best", "high"), bounds, strict=True)) | {
        "id": f"other-{number}", "metric": metric, "stated": rng.choice((None, f"{low:,} or so", "Many  Of them")),
        "period": _some_period(day, rng), "province": rng.choice((None, *generate.PROVINCES[:4])),
        "nationality": rng.choice((None, "Thai", "thai", "Chinese")), "group": rng.choice(generate.GROUPS),
        "count": rng.choice((None, "aggregate", "stock", "none")), "stated_by": rng.choice((None, first["stated_by"])),
    }  # fmt: skip


def _parts(whole: Record, day: date, rng: random.Random) -> list[Record]:
    """What divides a figure: by a declared split or none, complete or not, with parts of parts and parts astray."""
    by = rng.choice(("province", "nationality", "group"))
    whole["split"] = rng.choice((None, {"by": by, "complete": None}, {"by": by, "complete": rng.random() < 0.5}))
    values = {"province": generate.PROVINCES, "nationality": generate.NATIONALITIES, "group": generate.GROUPS[3:]}[by]
    made = []
    for number in range(rng.randint(1, 4)):
        low = rng.randint(0, 12)
        bounds = rng.choice(({"low": low, "best": low, "high": low}, {"low": low + 1, "best": None, "high": None}))
        made.append(whole | bounds | {
            "id": f"part-{number}", "part_of": whole["id"], "split": None, "stated": f"{low} there",
            by: rng.choice(values), "period": whole["period"] if rng.random() < 0.2 else None,
        })  # fmt: skip
    if len(made) > 2:
        made[2]["part_of"] = rng.choice((whole["id"], "part-0", "part-2"))  # also a part of itself
    if rng.random() < 0.1:
        made[0]["metric"] = "premises"
    if rng.random() < 0.1:
        made[0]["period"] = _some_period(day, rng)
    return made


def _name_by_alias(event: Record, aliases: dict[str, str], rng: random.Random) -> None:
    """Call some by another of their names, and let some have two parts."""
    people = [{**one, "name": aliases.get(one["name"], one["name"])} for one in event["actors"] if rng.random() < 0.1]
    event["actors"] += [{**one, "role": rng.choice(generate.ROLES)} for one in people]


def _answer(event: Record, before: list[Record], rng: random.Random) -> None:
    """Link an event to an earlier one; what repeats says the same again, or nearly; some say so without a link.

    Many repeat what repeats another.
    """
    type_ = rng.choice(("disputes", "disputes", "disputes", "repeats", "repeats", "responds_to", "follows"))
    retold = [one for one in before if any(link["type"] == "repeats" for link in one["links"])]
    other = rng.choice(retold if type_ == "repeats" and retold and rng.random() < 0.7 else before[-400:])
    figures = [figure["id"] for figure in other["figures"]]
    figure = rng.choice((None, *figures)) if type_ == "disputes" else None
    target = rng.choice((other["id"],) * 20 + (event["id"], "1990-01-01-nobody"))
    if type_ != "repeats" or rng.random() < 0.8:
        event["links"] = [{"type": type_, "event": target, "figure": figure, "note": rng.choice((None, "Nautilus"))}]
    if type_ == "repeats" and other["figures"]:
        same = [{**one, "split": one["split"] and dict(one["split"])} for one in other["figures"]]
        for one in same if rng.random() < 0.5 else ():
            one |= {"low": rng.choice((one["low"], 7)), "period": rng.choice((one["period"], None))}
        event["figures"] = same


def _retold(number: int, metric: str) -> Iterator[Record]:
    """Five events in a chain, the first and the last of them raids; and two raids that repeat one draft."""
    for place in range(5):
        yield _retelling(
            f"2010-01-0{place + 1}-chain-{number}", metric, 100 + place, f"2010-01-0{place}-chain-{number}"
        )
    for place in range(3):
        yield _retelling(f"2010-02-0{place + 1}-star-{number}", metric, 500 + place, f"2010-02-01-star-{number}")


def _retelling(id_: str, metric: str, low: int, other: str) -> Record:
    is_chain, place = "chain" in id_, int(id_[9])
    return {
        "type": "event", "id": id_, "date": id_[:10], "title": id_, "summary": "They told what others had told before.",
        "status": "draft" if place == 1 and not is_chain else "reviewed",
        "kind": "meeting" if is_chain and place in {2, 3, 4} else "raid",
        "figures": [{"id": "told", "metric": metric, "low": low, "province": "Kandal", "group": "people told of"}],
        "links": [] if place == 1 else [{"type": "repeats", "event": other}],
    }  # fmt: skip


def search(path: Path, *flags: str) -> str:
    """What the command line answers to a search."""
    return ok("search", *flags, "--include-protected", "--db", str(path))
