"""Folders of notes in Markdown: front matter goes through the mapping, and every note is accounted for."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.exchange.importers.notes import plain
from scamcli.records import limits
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


def test_a_single_note_is_read(empty_db: Path, vault: Path) -> None:
    done("import", "vault/Raids/Kampot.md", "--yes")
    assert [event["id"] for event in events()] == ["kampot-Kampot"]


BROKEN = {
    "date: 2024-05-14\nkind: raid: x\n": "Line 3 is not YAML: mapping values are not allowed here",
    "date: 2024-05-14\ntitle: [a\n": "is not YAML: expected ',' or ']'",
    "date: &day 2024-05-14\nkind: *day\n": "Line 3 is not YAML: *day is an alias",
    "date: 2024-05-14\ndate: 2024-05-15\n": 'Line 3 is not YAML: the key "date" is given twice',
    "date: !!python/object/apply:os.system [ls]\n": "Line 2 is not YAML: could not determine a constructor",
    "- date\n- kind\n": "not a list of keys with values",
    "date: 14/15/2024\n": 'Column "date": "14/15/2024"',
    f"date: {'[' * 5000}\n": "",
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


def test_a_note_that_is_too_long_is_refused(empty_db: Path, vault: Path) -> None:
    (vault / "Raids" / "Long.md").write_text("---\ndate: 2024-05-14\n---\n" + "x" * limits.value("text"))
    outcome = run("import", "vault", "--yes")
    assert outcome.code == 4
    assert "scamcli: vault/Raids/Long.md: This note has more than 8 MiB of text." in outcome.err


def test_values_stay_as_they_are_written(empty_db: Path, folder: Path) -> None:
    (folder / "n.md").write_text("---\ndate: 2024-05\nkind: raid\ntitle: 12:30\nnote: no\nsummary: 0x1F\n---\n")
    done("import", "n.md", *(f"--map={name}={name}" for name in ("date", "kind", "title", "note", "summary")))
    [event] = events()
    assert [event[key] for key in ("date", "title", "note", "summary")] == ["2024-05", "12:30", "no", "0x1F"]


def test_a_folder_without_front_matter_says_what_to_do(empty_db: Path, folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "a.md").write_text("No keys.\n")
    outcome = run("import", "texts")
    assert (outcome.code, outcome.err.count("\n")) == (4, 2)
    assert "No note in texts has front matter" in outcome.err
    assert "`scamcli ingest` reads texts" in outcome.err


@pytest.mark.parametrize(("text", "expected"), [
    ("[[A]] and [[B|the b]]", "A and the b"), ("![[x.png]]", "x.png"), ("[[a/b/C#head|]]", "C"), ("[[#here]]", "here"),
    ("#tag, a#b, #1, [x](#y) https://a/#b", "tag, a#b, #1, [x](y) https://a/#b"), ("# Heading", "# Heading"),
])  # fmt: skip
def test_links_and_tags_become_their_words(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_our_own_vault_comes_back_under_its_ids(own_db: Path, folder: Path) -> None:
    done("export", "obsidian", "-o", "vault")
    before = {event["id"]: event for event in events()}
    assert "50 kept as in this timeline" in done("import", "vault", "--on-conflict", "skip").err
    told = done("import", "vault", "--db", "new.db").err
    assert 'A row with "actor" in `type` is not an event, and is skipped (58 notes' in told
    after = {event["id"]: event for event in events("--db", "new.db")}
    assert after.keys() == before.keys()
    for id_, event in after.items():
        for key in ("date", "kind", "provinces", "countries", "nationalities", "status"):
            assert event[key] == before[id_][key], (id_, key)
        assert {actor["name"] for actor in event["actors"]} == {actor["name"] for actor in before[id_]["actors"]}
        assert [source["outlet"] for source in event["sources"]] == list(
            dict.fromkeys(source["outlet"] for source in before[id_]["sources"])
        )
        assert re.sub(r"\W+", " ", before[id_]["summary"] or "") in re.sub(r"\W+", " ", event["summary"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need names of files in Unicode")
def test_a_note_whose_file_name_is_not_unicode(empty_db: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / os.fsdecode(b"\xff.md")).write_text(RAID, encoding="utf-8")
    done("import", str(vault), "--yes")
    assert len(events()) == 1
