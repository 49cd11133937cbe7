"""Two researchers who began with the shipped timeline: what each does, and what must come of both, worked out by hand.

Nothing here knows how a merge is made: the timeline that is expected is the seed with what both did to it, one after
the other, and what only ours did where both did something else to one thing.
"""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.store.writer import Writer
from scamcli.timeline.session import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

from tests.helpers.paths import SEED

Record = dict[str, Any]
Key = tuple[str, str]
Timeline = dict[Key, Record]

EDITS, ADDITIONS, REMOVALS, CONFLICTS = 50, 20, 5, 5


class Deed(NamedTuple):
    """One thing that somebody does.

    Attributes:
        what: set, append, part, add or remove.
        key: of the record.
        field: of it.
        part: which part of a list of it, by its place.
        value: the new value; of a part, its key and the value.
    """

    what: str
    key: Key
    field: str = ""
    part: int = 0
    value: Any = None


class Plan(NamedTuple):
    """What both do, and the keys of what they do to one thing in different ways."""

    ours: list[Deed]
    theirs: list[Deed]
    conflicts: set[tuple[str, str, str | None]]


def key_of(record: Record) -> Key:
    return record["type"], record["id" if record["type"] == "event" else "name"]


def seed() -> Timeline:
    records = map(json.loads, SEED.read_text(encoding="utf-8").splitlines())
    return {key_of(record): record for record in records}


def applied(timeline: Timeline, deeds: Iterable[Deed]) -> Timeline:
    """A timeline after some deeds."""
    found = copy.deepcopy(timeline)
    for deed in deeds:
        if deed.what == "remove":
            found.pop(deed.key, None)
        elif deed.what == "add":
            found[deed.key] = deed.value
        elif deed.what == "set":
            found[deed.key][deed.field] = deed.value
        elif deed.what == "append" and deed.value not in found[deed.key][deed.field]:
            found[deed.key][deed.field].append(deed.value)
        elif deed.what == "part":
            found[deed.key][deed.field][deed.part][deed.value[0]] = deed.value[1]
    return found


def lines(timeline: Timeline) -> str:
    """A timeline as `export jsonl` writes it."""
    order = {"metric": 0, "actor": 1, "site": 2, "event": 3}

    def place(record: Record) -> tuple[int, str, str]:
        kind, name = key_of(record)
        return order[kind], record["date"].split("/")[0].strip("~?%").ljust(10, "-") if kind == "event" else "", name

    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in sorted(timeline.values(), key=place))


class _Planner:
    """Makes up what both do, from one seed of chance."""

    def __init__(self, chance: int) -> None:
        self._random = random.Random(chance)
        self._seed = seed()
        self._events = [key for key in self._seed if key[0] == "event"]
        self._random.shuffle(self._events)
        self._taken: set[tuple[Any, ...]] = set()
        self._words = 0

    def plan(self) -> Plan:
        conflicts, named = self._conflicts()
        gone = [[self._events.pop() for _ in range(REMOVALS - number)] for number in (0, 1)]
        ours, theirs = (
            [*self._edits(EDITS - CONFLICTS, "a"), *self._additions("a"), *(Deed("remove", key) for key in gone[0])],
            [
                *self._edits(EDITS - CONFLICTS + 1, "b"),
                *self._additions("b"),
                *(Deed("remove", key) for key in gone[1]),
            ],
        )
        for number, deeds in enumerate((ours, theirs)):
            deeds += [pair[number] for pair in conflicts]
            self._random.shuffle(deeds)
        return Plan(ours, theirs, named)

    def _word(self, side: str) -> str:
        self._words += 1
        return f"{side}{self._words} {self._random.choice(['Ångström', 'ខ្មែរ', '西港', 'word', '=1+1', 'a “quote”'])}"

    def _conflicts(self) -> tuple[list[tuple[Deed, Deed]], set[tuple[str, str, str | None]]]:
        """Five pairs of deeds to one thing: two texts, a figure, a source, and an event that one of them removes."""
        with_figures = next(key for key in self._events if self._seed[key]["figures"])
        others = [key for key in self._events if key != with_figures and len(self._seed[key]["sources"]) == 1][:4]
        self._events = [key for key in self._events if key not in {with_figures, *others}]
        title, summary, source, removed = others
        figure = self._seed[with_figures]["figures"][0]
        pairs = [
            (Deed("set", title, "title", value="Ours"), Deed("set", title, "title", value="Theirs")),
            (Deed("set", summary, "summary", value=None), Deed("set", summary, "summary", value="Theirs")),
            (
                Deed("part", with_figures, "figures", 0, ("note", "Ours")),
                Deed("part", with_figures, "figures", 0, ("note", "Theirs")),
            ),
            (
                Deed("part", source, "sources", 0, ("accessed", "2024-01-01")),
                Deed("part", source, "sources", 0, ("accessed", "2024-01-02")),
            ),
            (Deed("set", removed, "note", value="Ours"), Deed("remove", removed)),
        ]
        outlet = self._seed[source]["sources"][0]["outlet"]
        named = {
            (*title, "title"), (*summary, "summary"), (*with_figures, f"figures.{figure['id']}.note"),
            (*source, f"sources.{outlet}.accessed"), (*removed, None),
        }  # fmt: skip
        return pairs, named

    def _edits(self, number: int, side: str) -> list[Deed]:
        found: list[Deed] = []
        while len(found) < number:
            deed = self._edit(side)
            place = (deed.key, deed.field, deed.part, deed.value[0] if deed.what == "part" else None)
            if deed.what == "append" or place not in self._taken:
                self._taken.add(place)
                found.append(deed)
        return found

    def _edit(self, side: str) -> Deed:
        event = self._random.choice(self._events)
        record = self._seed[event]
        actor = self._random.choice([key for key in self._seed if key[0] == "actor"])
        site = self._random.choice([key for key in self._seed if key[0] == "site"])
        word = self._word(side)
        names = [name for type_, name in self._seed if type_ == "actor"]
        half = len(names) // 2  # each side names owners of its own, as two new notes on one owner are a conflict
        owner = names[names.index(actor[1]) % half + (half if side == "b" else 0)]
        ways = [
            *(Deed("set", event, field, value=word) for field in ("title", "summary", "note")),
            Deed("set", self._random.choice([actor, site]), "note", value=word),
            Deed("append", event, "tags", value=self._random.choice([word, "shared"])),
            Deed("append", actor, "aliases", value=word), Deed("append", site, "aliases", value=word),
            Deed("append", actor, "positions", value=word),
            Deed("append", event, "figures", value=_figure(f"{side}{self._words}", self._random.randint(1, 900))),
            Deed("append", event, "sources", value=_source("VOD", f"https://example.org/{side}{self._words}")),
            Deed("append", event, "actors", value={"name": actor[1], "role": "mentioned"}),
            Deed("append", site, "owners", value=_owner(owner, word)),
            Deed("append", site, "operators", value=_owner(owner, word)),
            Deed("append", site, "statuses", value=_status(side, owner, word)),
        ]  # fmt: skip
        if record["figures"]:
            at = self._random.randrange(len(record["figures"]))
            ways.append(Deed("part", event, "figures", at, ("note", word)))
            ways.append(Deed("part", event, "figures", at, ("high", 10**9)))
        return self._random.choice(ways)

    def _additions(self, side: str) -> list[Deed]:
        found: list[Deed] = []
        for number in range(ADDITIONS - 2):
            day = f"2024-{self._random.randint(1, 12):02}-{self._random.randint(1, 28):02}"
            record = _event(f"{day}-{side}-{number}", day, f"{side} {number}: {self._word(side)}")
            if number % 3 == 0:
                record["figures"] = [_figure("rescues", self._random.randint(1, 900))]
            found.append(Deed("add", key_of(record), value=record))
        actor = _actor(f"Person {self._word(side)}")
        site: Record = {
            "type": "site", "name": f"Site {self._word(side)}", "kind": "compound", "country": "KH",
            "province": "Kandal", "place": None, "lat": None, "lon": None, "precision": None, "aliases": [],
            "owners": [], "operators": [], "statuses": [], "note": None,
        }  # fmt: skip
        return [*found, Deed("add", key_of(actor), value=actor), Deed("add", key_of(site), value=site)]


def plan(chance: int) -> Plan:
    """What both do."""
    return _Planner(chance).plan()


def expected(deeds: Plan) -> Timeline:
    """The one right timeline: all that both did, and in conflict what ours did."""
    lost = {(type_, name): key and key.split(".")[0] for type_, name, key in deeds.conflicts}
    kept = [deed for deed in deeds.theirs if deed.key not in lost or lost[deed.key] not in (None, deed.field)]
    return applied(applied(seed(), deeds.ours), kept)


def do(database: Path, deeds: Iterable[Deed], by: str) -> None:
    """Do it, each deed as a change of its own."""
    state = seed()
    for deed in deeds:
        state = applied(state, [deed])
        with transaction(database, Writer, NewNames.REFUSED, Cause("edit", by)) as writer:
            _do(writer, deed, state.get(deed.key))


def _do(writer: Writer, deed: Deed, record: Record | None) -> None:
    kind, name = deed.key
    if record is None:
        writer.remove_event(name)
    elif deed.what == "add":
        writer.take(record, insert_only=True)
    elif kind == "event":
        writer.replace_event(name, record)
    else:
        writer.replace_entity(kind, name, record)


def _event(id_: str, date: str, title: str) -> Record:
    return {
        "type": "event", "id": id_, "date": date, "kind": "report", "title": title, "summary": None,
        "status": "reviewed", "actors": [], "provinces": ["Kandal"], "places": [], "sites": [],
        "linked_sites": [], "countries": ["KH"], "nationalities": [], "tags": [], "figures": [],
        "sources": [_source("VOD", None)], "links": [], "dataset": None, "note": None,
    }  # fmt: skip


def _figure(id_: str, number: int) -> Record:
    return {
        "id": id_, "metric": "rescues", "unit": None, "stated": str(number), "low": number, "best": number,
        "high": number, "country": None, "province": None, "nationality": None, "group": None, "period": None,
        "count": "aggregate", "stated_by": None, "part_of": None, "split": None, "of": None, "note": None,
    }  # fmt: skip


def _source(outlet: str, url: str | None) -> Record:
    return {
        "outlet": outlet, "title": None, "author": None, "url": url, "published": None, "passage": None,
        "archived": None, "accessed": None, "via": None,
    }  # fmt: skip


def _owner(name: str, note: str) -> Record:
    return {"name": name, "stated_by": None, "outlet": None, "event": None, "note": note}


def _status(side: str, stated_by: str, note: str) -> Record:
    status = "raided" if side == "a" else "reopened"  # each side its own, as for owners
    return {"status": status, "date": None, "stated_by": stated_by, "outlet": None, "event": None, "note": note}


def _actor(name: str) -> Record:
    return {
        "type": "actor", "name": name, "kind": "person", "aliases": [], "positions": [], "member_of": [], "topics": [],
        "protected": False, "note": None,
    }  # fmt: skip
