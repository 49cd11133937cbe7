"""Timelines to merge: made of records, and what they hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.helpers.command_line import Outcome, done, run

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]


def actor(name: str, **said: Any) -> Record:
    return {"type": "actor", "name": name, **said}


def event(id_: str, *people: str, **said: Any) -> Record:
    named = [{"name": name, "role": "speaker"} for name in people]
    return {"type": "event", "id": id_, "date": "2023-01-02", "kind": "report", "title": id_, "actors": named} | said


def take(path: Path, *records: Record) -> Path:
    """Import records, updating those that exist."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    done("import", "-", "--db", str(path), "--on-conflict", "update", stdin=lines)
    return path


def exported(path: Path) -> str:
    return done("export", "jsonl", "--include-protected", "--db", str(path)).out


def records(path: Path) -> dict[str, Record]:
    """All records of a timeline, by id or name."""
    found = map(json.loads, exported(path).split("\n")[:-1])
    return {record.get("id") or record["name"]: record for record in found}


def merge(ours: Path, theirs: Path, *flags: str) -> Outcome:
    """Merge one into the other, which is sound afterwards."""
    outcome = run("merge", str(theirs), "--db", str(ours), "--json", *flags)
    assert done("info", "--verify", "--db", str(ours), "--json").json["problems"] == 0
    return outcome


def conflicts(outcome: Outcome) -> list[tuple[str, str | None, Any, Any]]:
    return [(row["record"], row["key"], row["ours"], row["theirs"]) for row in outcome.json]
