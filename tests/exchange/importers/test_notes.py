"""Folders of notes in Markdown: front matter goes through the mapping, and every note is accounted for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

RAID = """---
date: 2024-05-14
kind: raid
province: Kampot
rescued: 12
site: [[Casino One]]
tags: [scam, "#bavet"]
source: Example Daily
url: https://example.org/1#part
done: yes
---

# Raid in Kampot

Police raided [[Sites/Casino One|the casino]], see [[2024 review#May]]. #follow-up
"""
SECOND = "---\ndate: 2024-05-20\nkind: rescue\nprovince: Kandal\nrescued: 2\n---\nEight people were freed.\n"


def events(*asked: str) -> list[dict[str, Any]]:
    records = map(json.loads, done("export", "jsonl", *asked).out.splitlines())
    return [record for record in records if record["type"] == "event"]


@pytest.fixture
def vault(folder: Path) -> Path:
    """A vault with two notes of events, one without front matter, and files that are none of its notes."""
    place = folder / "vault"
    (place / "Raids").mkdir(parents=True)
    (place / "Raids" / "Kampot.md").write_text(RAID, encoding="utf-8")
    (place / "Rescue in Kandal.md").write_bytes(b"\xef\xbb\xbf" + SECOND.replace("\n", "\r\n").encode())
    (place / "Index.md").write_text("# Index\n\n[[Kampot]]\n")
    (place / "picture.png").write_bytes(b"\x89PNG")
    for hidden in (".obsidian", ".trash"):
        (place / hidden).mkdir()
        (place / hidden / "old.md").write_text(RAID)
    return place


def test_notes_are_rows_with_their_paths_as_ids(empty_db: Path, vault: Path) -> None:
    (vault / "link.md").symlink_to(vault / "Raids" / "Kampot.md")
    (vault / "elsewhere").symlink_to(vault.parent)
    told = done("import", "vault", "--yes", "--save-mapping", "kept.json").err
    assert "vault: Notes without front matter are left out: 1, the first vault/Index.md." in told
    assert 'Columns left out: "done".' in told
    one, two = sorted(events(), key=lambda event: str(event["date"]))
    assert (one["id"], one["title"], one["kind"]) == ("vault-Raids-Kampot", "Raid in Kampot", "raid")
    assert one["summary"] == "Police raided the casino, see 2024 review. follow-up"
    assert (one["sites"], one["tags"]) == (["Casino One"], ["scam", "bavet", "follow-up"])
    assert [(source["outlet"], source["url"]) for source in one["sources"]] == [
        ("Example Daily", "https://example.org/1#part")
    ]
    assert [figure["best"] for event in (one, two) for figure in event["figures"]] == [12, 2]
    assert (two["id"], two["title"]) == ("vault-Rescue-in-Kandal", "Rescue in Kandal")
    assert two["summary"] == "Eight people were freed."
    assert "2 already present" in done("import", "vault", "--mapping", "kept.json").err


BROKEN = {
    "date: 2024-05-14\nkind: raid: x\n": "Line 3 is not YAML: mapping values are not allowed here",
    "date: 2024-05-14\ntitle: [a\n": "is not YAML: expected ',' or ']'",
    "date: &day 2024-05-14\nkind: *day\n": "Line 3 is not YAML: *day is an alias",
    "date: 2024-05-14\ndate: 2024-05-15\n": 'Line 3 is not YAML: the key "date" is given twice',
    "date: !!python/object/apply:os.system [ls]\n": "Line 2 is not YAML: could not determine a constructor",
    "- date\n- kind\n": "not a list of keys with values",
    "date: 14/15/2024\n": 'Column "date": "14/15/2024"',
}


@pytest.mark.parametrize("front", BROKEN, ids=[f"note {number}" for number in range(len(BROKEN))])
def test_a_note_that_is_wrong_is_named_with_its_line(empty_db: Path, vault: Path, front: str) -> None:
    done("import", "vault", "--yes", "--save-mapping", "kept.json", "--dry-run")
    (vault / "Raids" / "Wrong.md").write_text(f"---\n{front}---\nText.\n")
    outcome = run("import", "vault", "--mapping", "kept.json")
    assert outcome.code == 4
    assert "scamcli: vault/Raids/Wrong.md: " in outcome.err
    assert BROKEN[front] in outcome.err
    assert "2 records added" in done("import", "vault", "--mapping", "kept.json", "--skip-invalid").err
