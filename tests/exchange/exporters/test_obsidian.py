"""A vault: every record is a note, every link leads to its note, and no name leaves the folder or acts."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from scamcli.exchange.exporters.as_obsidian import Names
from tests.helpers.command_line import done
from tests.helpers.nasty_records import EVENT, records, take
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


def test_every_link_leads_to_a_note(timeline: str, folder: Path) -> None:
    notes = vault()
    names = [name.rpartition("/")[2] for name in notes]
    assert len(set(map(str.casefold, names))) == len(names), "Obsidian finds notes by their name alone"
    exported = {event["id"] for event in records()}
    for name, (front, body) in notes.items():
        linked = re.findall(r"(?<!\\)\[\[([^\]|]+)(?:\|[^\]]*)?\]\]", body + "".join(map(str, front.values())))
        assert not (missing := set(linked) - set(names) - {"absent"}) or missing.isdisjoint(exported), (name, missing)


NAMES = [
    "A", "a", "../../etc/passwd", "..", "/", "CON", "con.txt", "a:b", "a|b", "a#b", "a^b", "[[a]]", "a\nb", "\x1b[31m",
    "é", "e\u0301", " .hidden. ", "x" * 400, "ក" * 200, "Timeline", "%%", "\u202egpj", "Straße", "STRASSE",
]  # fmt: skip


def test_names_of_files_are_safe_and_unique() -> None:
    names = Names()
    found = [names.of(type_, name) for type_ in ("actor", "site") for name in NAMES]
    assert found == [names.of(type_, name) for type_ in ("actor", "site") for name in NAMES]
    assert len({unicodedata.normalize("NFD", one.casefold()) for one in found}) == len(found)
    for one in found:
        assert one == one.strip(" .")
        assert one
        assert not re.search(r'[\x00-\x1f\\/:*?"<>|#^\[\]]', one)
        assert len(one.encode()) <= 150
        assert not re.fullmatch(r"(con|nul)(\..*)?", one, re.IGNORECASE)


def test_nothing_leaves_the_folder_or_acts(empty_db: Path, tmp_path: Path, folder: Path) -> None:
    hostile = "../../x [[y]] %%hidden%% ==m== #tag <script>"
    named = {"actors": [{"name": hostile}], "sites": ["../a/b"], "title": hostile, "summary": f"---\n{hostile}"}
    take(tmp_path, EVENT | named | {"note": hostile})
    before = set(folder.iterdir())
    notes = vault()
    assert set(folder.iterdir()) - before == {folder / "vault"}
    front, body = notes["events/e"]
    assert front["title"] == hostile
    for text in ("[[y]]", "%%", "==", "<script", " #tag"):
        assert text not in re.sub(r"\\(.)", "", body), text
    assert {path.name for path in Path("vault").glob("[!.]*")} == {"Timeline.md", "actors", "sites", "events"}


def test_two_exports_are_the_same(nasty_db: Path, folder: Path) -> None:
    assert vault() == vault()


def test_no_file_is_named_after_a_protected_person(empty_db: Path, tmp_path: Path, folder: Path) -> None:
    person = {"type": "actor", "name": "Vanna Invented", "kind": "person", "protected": True}
    take(tmp_path, person, EVENT | {"actors": [{"name": "Vanna Invented", "role": "victim"}]})
    notes = vault()
    assert not any("vanna" in name.lower() for name in notes)
    assert any(name.startswith("actors/protected-") for name in notes)


def test_terms_are_in_the_note_and_in_the_index(empty_db: Path, tmp_path: Path, folder: Path) -> None:
    take(tmp_path, EVENT | {"dataset": {"name": "acled", "disjoint": True}})
    notes = vault()
    for name in ("events/e", "Timeline"):
        assert "ACLED's terms of use" in notes[name][1]


@pytest.mark.thorough
def test_markdown_readers_see_the_figures(timeline: str, folder: Path) -> None:
    """Every list item of a note is one item for a reader of CommonMark, whatever the texts are."""
    render = need("markdown_it").MarkdownIt().render
    events = {event["id"]: event for event in records()}
    for front, body in vault().values():
        event = events.get(front.get("id", ""))
        if event is not None:
            html = render(body)
            assert html.count("<h1>") == 1
            assert html.count("<li>") == sum(
                len(event[key]) for key in ("figures", "actors", "linked_sites", "links", "sources")
            )
