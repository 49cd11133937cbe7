"""Random commands on two copies: a merge is sound, is one change, and merging again changes nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from scamcli.errors import ScamcliError
from scamcli.store import merge_records
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.store.undo import undo
from scamcli.store.writer import Writer
from scamcli.timeline.session import transaction
from tests.helpers.command_line import done, run
from tests.helpers.merge_cases import actor, event, exported, records, take

EVENTS = [f"e{number}" for number in range(8)]
PEOPLE = [f"Person {letter}" for letter in "ABCDEF"]
SITES = ["Gate", "Tower"]


def begun(path: Path) -> Path:
    people = [actor(name, aliases=[f"{name} too"]) for name in PEOPLE]
    sites: list[dict[str, Any]] = [{"type": "site", "name": name, "owners": [{"name": PEOPLE[0]}]} for name in SITES]
    events = [
        event(id_, PEOPLE[at % 6], sites=[SITES[at % 2]], date=f"2023-01-{at + 1:02}",
              figures=[{"id": "f", "metric": "rescues", "stated": "12"}], sources=[{"outlet": "VOD"}],
              links=[{"type": "follows", "event": EVENTS[at - 1]}] if at else [])
        for at, id_ in enumerate(EVENTS)
    ]  # fmt: skip
    return take(path, *people, *sites, *events)


class Somebody:
    """Runs random commands on a timeline, some of which are refused."""

    def __init__(self, path: Path, chance: random.Random, name: str) -> None:
        self.path, self.chance, self.name, self.made = path, chance, name, 0

    def act(self) -> None:
        deed = self.chance.choice([
            self.edit, self.edit, self.edit, self.figure, self.add, self.remove, self.merge_events, self.alias,
            self.merge_names, self.entity, self.drop, self.undo,
        ])  # fmt: skip
        try:
            with transaction(self.path, Writer, NewNames.TAKEN, Cause("edit", self.name)) as writer:
                deed(writer)
        except ScamcliError:
            return

    def word(self) -> str:
        return self.chance.choice(["red", "green", "blue", f"{self.name} {self.made}"])

    def one(self, writer: Writer) -> dict[str, Any]:
        rows = writer.connection.execute("SELECT record FROM event ORDER BY id").fetchall()
        return dict(json.loads(self.chance.choice(rows)[0]))

    def edit(self, writer: Writer) -> None:
        record = self.one(writer)
        key = self.chance.choice(["title", "note", "tags", "actors", "sources", "date"])
        record[key] = {
            "title": self.word(), "note": self.word(), "tags": [*record["tags"][:1], self.word()],
            "actors": [{"name": self.chance.choice(PEOPLE), "role": self.chance.choice(["speaker", "victim"])}],
            "sources": [*record["sources"][1:], {"outlet": "BBC", "url": self.word()}],
            "date": f"2023-02-{self.chance.randint(1, 28):02}",
        }[key]  # fmt: skip
        writer.replace_event(record["id"], record)

    def figure(self, writer: Writer) -> None:
        record = self.one(writer)
        if record["figures"] and self.chance.random() < 0.7:
            figure = self.chance.choice(record["figures"])
            figure[self.chance.choice(["low", "high"])] = self.chance.randint(1, 20)
        elif record["figures"] and self.chance.random() < 0.4:
            record["figures"].pop()
        else:
            whole = record["figures"][0]["id"] if record["figures"] else None
            record["figures"].append(
                {"id": self.word().replace(" ", "-"), "metric": "rescues", "stated": "3", "part_of": whole}
            )
        writer.replace_event(record["id"], record)

    def add(self, writer: Writer) -> None:
        self.made += 1
        id_ = self.chance.choice([f"{self.name}-{self.made}", f"both-{self.chance.randint(1, 3)}"])
        writer.take(event(id_, self.chance.choice([*PEOPLE, self.word()]), title=self.word()), insert_only=True)

    def remove(self, writer: Writer) -> None:
        writer.remove_event(self.one(writer)["id"])

    def merge_events(self, writer: Writer) -> None:
        merge_records.merge_event(writer, self.one(writer)["id"], self.one(writer)["id"])

    def alias(self, writer: Writer) -> None:
        writer.alias("actor", self.chance.choice(PEOPLE), self.word())

    def merge_names(self, writer: Writer) -> None:
        merge_records.merge_names(writer, "actor", self.chance.choice(PEOPLE), self.chance.choice(PEOPLE))

    def entity(self, writer: Writer) -> None:
        name = self.chance.choice(PEOPLE)
        said: dict[str, Any] = self.chance.choice(
            [{"note": self.word()}, {"aliases": []}, {"positions": [self.word()]}, {"kind": "police"}]
        )
        writer.replace_entity("actor", name, {"type": "actor", "name": name} | said)

    def drop(self, writer: Writer) -> None:
        writer.remove_term("actor", self.chance.choice(PEOPLE))

    def undo(self, writer: Writer) -> None:
        undo(writer, None)


def merged(theirs: Path, ours: Path) -> int:
    outcome = run("merge", str(theirs), "--db", str(ours), "--json")
    assert outcome.code in {0, 1}, outcome.err
    assert done("info", "--verify", "--db", str(ours), "--json").json["problems"] == 0
    return len(outcome.json)


def settled(theirs: Path, ours: Path) -> None:
    """Merge again, and check that nothing changes."""
    before = exported(ours)
    merged(theirs, ours)
    assert exported(ours) == before


@pytest.mark.parametrize("chance", range(int(os.environ.get("SCAMCLI_RANDOM", "12"))))
def test_two_at_random(chance: int, tmp_path: Path) -> None:
    one = random.Random(chance)
    first = begun(tmp_path / "begun.db")
    ours, theirs = Path(shutil.copy(first, tmp_path / "ours.db")), Path(shutil.copy(first, tmp_path / "theirs.db"))
    people = Somebody(ours, one, "ana"), Somebody(theirs, one, "ben")
    for _ in range(3):
        for somebody in people:
            for _ in range(one.randint(1, 8)):
                somebody.act()
        before, left = exported(ours), exported(theirs)
        conflicts = merged(theirs, ours)
        assert exported(theirs) == left
        settled(theirs, ours)
        if exported(ours) != before:
            undo_last_change(ours)
            assert exported(ours) == before
            undo_last_change(ours)
        back = merged(ours, theirs)
        if not conflicts + back:
            settled(theirs, ours)
            assert unordered(records(ours)) == unordered(records(theirs))


def undo_last_change(path: Path) -> None:
    """Undo the newest change; if that is itself an undo, this redoes what it undid."""
    number = done("log", "--limit", "1", "--json", "--db", str(path)).json[0]["change"]
    done("undo", str(number), "--db", str(path))


def unordered(found: dict[str, Any]) -> dict[str, Any]:
    """Records without the order of lists. Each actor goes by its first name, as the sides may prefer different ones."""
    first = {one["name"]: min([one["name"], *one["aliases"]]) for one in found.values() if one["type"] == "actor"}
    every: dict[str, Any] = {}
    for name, record in found.items():
        text = json.dumps(record)
        for own, other in first.items() if record["type"] != "actor" else ():
            text = text.replace(json.dumps(own), json.dumps(other))
        record = json.loads(text)
        if record["type"] == "actor":
            names = sorted({record["name"], *record["aliases"]})
            record |= {"name": names[0], "aliases": names[1:]}
        lists = {key: sorted(map(str, one)) if isinstance(one, list) else one for key, one in record.items()}
        every[first.get(name, name)] = lists
    return every
