# ruff: noqa: E501 - tables
"""Each word of a protected name, in records that have the actor, in every answer about them. The person is invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, ok, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

WORD = "mealea"
ID = "2023-01-01-mealea-escapes"

ASKED: list[list[str]] = [
    ["search"], ["show", "2023-01-01"], ["timeline"], ["stats", "rescues"], ["stats", "rescues", "--explain"],
    ["stats", "rescues", "--by", "group"], ["stats", "rescues", "--by", "actor", "--cite"], ["stats", "events"],
    ["stats", "rescues", "--during", "2020"], ["stats", "cases", "--compare", "2022", "2023"], ["responses"],
    ["responses", "--by", "actor"], ["conflicts"], ["check"], ["actors"], ["actors", "Sok Mealea"], ["actors", "Sok Kong"],
    ["sites"], ["sites", "Gate"], ["export", "jsonl"], ["report"], ["report", "-f", "md"],
    ["edit", "2023-01-01", "--note", "N"],
    ["remove", "--actor", "VOD"], ["show", "2023"], ["add", "--date", "2023", "--kind", "raid", "--title", "T",
    "--actor", "Sok Mealea: victim", "--figure", "rescues: 4 with Mealea; low: 9; high: 3"],
    ["sql", "SELECT * FROM events"], ["search", "--actor", "Sok Mealia"], ["names", "alias", "VOD", "Sok Mealea"],
    ["log"], ["log", "2023-01-01"], ["log", "--actor", "Sok Mealea"], ["log", "--change", "1"], ["show", "2023-01-01", "--history"],
    ["show", "2023-01-01", "--at", "9998"], ["undo", "1"], ["undo", "2"], ["names", "merge", "Sok Kong", "Sok Mealea"],
    ["remove", "2023-01-01", "--same-as", "later"], ["edit", "2023-01-01", "--note", "N", "--expect", "000000000000"], ["backup"],
    ["redact", "--yes", "Sok Kong"], ["info", "--verify"], ["protect", "Sok Mealea"], ["protect", "Sok Kong"],
    ["unprotect", "Sok Kong", "--reason", "Sok Mealea asked"], ["unprotect", "Sok Mealea"],
]  # fmt: skip
"""Every command that prints something of a record, at least once."""
OF_DRAFTS: list[list[str]] = [
    ["review"], ["show", "2023-03-03", "--passage"], ["review", "accept", "2023-03-03"], ["review", "reject", "2023-03-03", "2023-01-01"],
    ["review", "merge", "2023-03-03", "2023-01-01"], ["ingest", "{text}"], ["ingest", "{text}", "--dry-run", "--title", "Sok Mealea speaks"],
    ["search", "--drafts"], ["log"], ["export", "jsonl"],
]  # fmt: skip
"""What prints something of a draft, or of the text that it came from."""
TEXT = """2023-03-03: Police freed 45 Thai workers, Sok Mealea said. Mealea has 17 letters.

2023-03-04: Officers arrested 30 suspects.
"""
WITHOUT_FORMAT = {
    "export",
    "report",
    "edit",
    "remove",
    "add",
    "names",
    "undo",
    "backup",
    "redact",
    "protect",
    "unprotect",
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    db = tmp_path / "kept.db"
    take_in(
        db,
        {"type": "metric", "name": "mealea_calls", "unit": "calls"},
        actor("Sok Mealea", kind="person"),
        actor("Sok Kong", kind="person"),
        {"type": "site", "name": "Gate", "owners": [{"name": "Sok Kong", "event": ID, "note": "told by Sok Mealea"}]},
        event(
            ID, "2023-01-01", "report",
            title="Mealea escapes", summary="Of Mealea.", note="MEALEA's own words",
            actors=[{"name": "Sok Mealea", "role": "alleges"}, {"name": "Sok Kong", "role": "speaker"}],
            sites=["Gate"],
            figures=[
                {"id": "r", "metric": "rescues", "stated": "Mealea and 4 others", "low": 5, "stated_by": "Sok Kong",
                 "group": "friends of Mealea", "note": "so Mealea"},
                {"id": "c", "metric": "cases", "stated": "2", "period": "2022", "stated_by": "Sok Mealea"},
                {"id": "d", "metric": "cases", "stated": "4", "period": "2023", "stated_by": "Sok Mealea"},
                {"id": "p", "metric": "change", "stated": "Mealea says 100% more", "best": 100, "of": ["c", "d"]},
            ],
            sources=[{"outlet": "VOD", "passage": "Mealea said"}],
        ),
        event("later", "2023-02-02", "denial", title="A denial", tags=["mealea", "other"],
              figures=[{"metric": "mealea_calls", "stated": "3"}], links=[{"type": "disputes", "event": ID}]),
    )  # fmt: skip
    record = {"type": "actor", "name": "Sok Mealea", "protected": True}
    ok("edit", "Sok Mealea", "-", "--db", str(db), stdin=json.dumps(record))
    return db


@pytest.mark.parametrize("format_", ["", "json"])
@pytest.mark.parametrize("asked", OF_DRAFTS, ids=" ".join)
def test_no_word_of_the_name_is_printed_of_a_text(kept: Path, tmp_path: Path, asked: list[str], format_: str) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT if asked[0] != "ingest" else TEXT.replace("45", "46"), encoding="utf-8")
    ok("ingest", "-", "--db", str(kept), stdin=TEXT)
    is_list = asked[0] not in WITHOUT_FORMAT and asked[1:2] not in (["accept"], ["reject"], ["merge"])
    flags = ["--format", format_] if format_ and is_list else []
    answer = run(*(one.replace("{text}", str(text)) for one in asked), *flags, "--db", str(kept))
    assert WORD not in (answer.out + answer.err).casefold(), answer
    assert asked[0] == "review" or answer.code == 0


@pytest.mark.parametrize("format_", ["", "json", "jsonl"])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_no_word_of_the_name_is_printed(kept: Path, asked: list[str], format_: str) -> None:
    flags = ["--format", format_] if format_ and asked[0] not in WITHOUT_FORMAT else []
    answer = run(*asked, *flags, "--db", str(kept))
    assert WORD not in (answer.out + answer.err).casefold(), answer


@pytest.fixture
def in_text(tmp_path: Path) -> Path:
    """A timeline with an event that names her in full only in its summary, and once more by one word everywhere."""
    db = tmp_path / "text.db"
    about = event(
        "e", "2023-01-01", "rescue", title="Freed with Mealea", summary="Sok Mealea and others were freed.",
        figures=[{"metric": "rescues", "stated": "5, with Mealea", "low": 5, "group": "friends of Mealea"}],
        sources=[{"outlet": "VOD", "url": "https://example.org/mealea-freed", "author": "Mealea"}],
    )  # fmt: skip
    take_in(db, about, {"type": "actor", "name": "Sok Mealea", "protected": True})
    return db


@pytest.mark.parametrize(
    "asked",
    [
        ["show", "e"], ["search", "--json"], ["timeline"], ["stats", "rescues", "--by", "group", "--explain", "--cite"],
        ["stats", "rescues", "--json"], ["sql", "SELECT * FROM figures"], ["export", "jsonl"], ["export", "markdown"],
    ],
)  # fmt: skip
def test_a_name_in_a_text_masks_its_words_in_the_whole_record(in_text: Path, asked: list[str]) -> None:
    answer = run(*asked, "--db", str(in_text))
    assert answer.code == 0, answer
    assert WORD not in (answer.out + answer.err).casefold(), answer


NEAR: list[list[str]] = [
    ["search", "--actor", "Sok Mealia"], ["stats", "rescues", "--actor", "Sok Mealia"], ["actors", "Sok Mealia"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "Sok Mealia"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "Sok Mealia", "--new-actor"],
]  # fmt: skip


@pytest.mark.parametrize("asked", NEAR)
def test_no_spelling_is_printed_beside_the_placeholder_that_it_gives_away(kept: Path, asked: list[str]) -> None:
    answer = run(*asked, "--db", str(kept))
    for line in answer.err.splitlines():
        assert "mealia" not in line.casefold() or "[protected-" not in line, answer


@pytest.mark.parametrize(
    "asked",
    [
        ["edit", "2023-01-01", "--remove", "actor: Sok Mealia"],
        ["actors", "edit", "Sok Kong", "--remove", "member_of: Sok Mealia"],
        ["review", "split", "2023-03-03", "--actor", "Sok Mealia"],
    ],
    ids=" ".join,
)
def test_no_spelling_is_printed_above_the_placeholders_that_it_gives_away(
    kept: Path, tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    ok("ingest", str(tmp_path / "text.txt"), "--outlet", "VOD", "--db", str(kept))
    ok("actors", "edit", "Sok Kong", "--member-of", "Sok Mealea", "--db", str(kept))
    answer = run(*asked, "--db", str(kept))
    assert "It has [protected-" in answer.err, answer
    assert "mealia" not in answer.err.casefold()
    other = run("edit", "later", "--remove", "actor: Sok Mealia", "--db", str(kept))
    assert 'no actor "Sok Mealia"' in other.err  # nothing is beside it


def test_many_protected_people_are_masked_at_once(tmp_path: Path) -> None:
    """Each name becomes its own placeholder, even if one name is the beginning of another."""
    db = tmp_path / "many.db"
    people = [f"Person Number{chr(97 + n // 20)}{chr(97 + n % 20)}" for n in range(400)]
    take_in(db, *[actor(name, protected=True) for name in people], event("e-1", summary=" and ".join(people)))
    summary = json.loads(ok("show", "e-1", "--json", "--db", str(db)))["summary"].split(" and ")
    assert len(set(summary)) == 400
    assert all(word.startswith("[protected-") for word in summary)
