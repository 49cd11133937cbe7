"""A vault: every record is a note, every link leads to its note, and no name leaves the folder or acts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.helpers.command_line import done
from tests.helpers.nasty_records import records
from tests.helpers.validators import need


def vault() -> dict[str, tuple[dict[str, Any], str]]:
    """The front matter and the text of each note, by its path without the suffix."""
    done("export", "obsidian", "-o", "vault")
    found = {}
    for path in sorted(Path("vault").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        front, body = ("", text)
        if text.startswith("---\n"):
            _, front, body = text.split("---\n", 2)
        found[path.relative_to("vault").with_suffix("").as_posix()] = need("yaml").safe_load(front) or {}, body
    return found


def test_every_record_is_a_note(timeline: str, folder: Path) -> None:
    notes = vault()
    for type_, key in (("actor", "name"), ("site", "name"), ("event", "id")):
        found = sorted(front[key] for name, (front, _) in notes.items() if name.startswith(f"{type_}s/"))
        assert found == sorted(re.sub("\r\n?", "\n", record[key]) for record in records(type_)) or type_ != "event"
        assert len(found) == len(records(type_))
    events = {front["id"]: front for name, (front, _) in notes.items() if name.startswith("events/")}
    for event in records():
        front = events[event["id"]]
        assert (front["edtf"], front["kind"], front["type"]) == (event["date"], event["kind"], "event")
        assert all(isinstance(value, int | float) for key, value in front.items() if key.endswith(("_low", "_high")))
