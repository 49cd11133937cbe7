"""Timelines to export: the shipped one, and those whose texts are as nasty as texts can be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.helpers.command_line import done
from tests.helpers.paths import GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

NASTY = (GOLDEN / "formats" / "nasty.jsonl", GOLDEN / "everywhere" / "nasty_more.jsonl")

EVENT: dict[str, Any] = {"type": "event", "id": "e", "date": "2023-01-02", "kind": "raid", "title": "A raid"}


def take(tmp_path: Path, *records: dict[str, Any]) -> None:
    """Import records into the database that is asked."""
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    done("import", str(path))


def records(type_: str = "event", *asked: str) -> list[Any]:
    """The records that an export is made of."""
    every = map(json.loads, done("export", "jsonl", *asked).out.removesuffix("\n").split("\n"))
    return [record for record in every if record["type"] == type_]
