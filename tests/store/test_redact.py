# ruff: noqa: E501 - tables
"""Redacting: before it a name is found everywhere, after it nowhere, and nothing brings it back. All are invented."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scamcli.records.canonical import digest
from tests.helpers.driver import entity, export, ok, records, refused, run
from tests.helpers.raw_search import holds, printed, raw, stored
from tests.helpers.redaction_cases import NAME, WORDS, clean, number_of, redact

WHERE = {
    "utf-8", "vocabulary", "event.record", "event.id", "term.record", "term.name", "name.form", "figure.stated", "figure.id",
    "figure.group", "figure.stated_by", "link.target", "event_text_content.c0", "event_text_content.c1",
    "event_text_content.c2", "event_text_data.block", "change.author", "change.reason", "change_record.name", "change_record.before",
    "snapshot.text", "snapshot.title", "snapshot.outlet", "snapshot.url", "origin.event", "origin.reasons",
}  # fmt: skip
"""Where the name is before: the search that finds nothing afterwards finds it here."""


@pytest.mark.parametrize(
    "given", [NAME, "Wuppo", "ដារា វាសនា", "สมหญิง ใจดี", "李小龍", "Zövánny Quéxley Jr.", "[protected-N]"]
)
def test_nothing_of_it_is_left(kept: Path, given: str) -> None:
    if given == "[protected-N]":
        if not entity(kept, "actor", NAME)["protected"]:
            return
        given = number_of(kept)
    assert stored(kept, WORDS) >= WHERE
    plain = [one for one in records(kept) if one.get("id") == "e-plain"]
    placeholder = redact(kept, given)
    clean(kept)
    assert placeholder in export(kept)
    assert [one for one in records(kept) if one.get("id") == "e-plain"] == plain


def test_no_digest_confirms_a_guess(kept: Path) -> None:
    """Whoever guesses the old text of a record or a source can compute its digest, but does not find it."""
    with closing(sqlite3.connect(kept)) as connection:
        texts = connection.execute(
            "SELECT record FROM event UNION SELECT record FROM term WHERE record NOT NULL"
            " UNION SELECT before FROM change_record WHERE before NOT NULL"
        ).fetchall()
        keys = [key for (key,) in connection.execute("SELECT sha256 FROM snapshot")]
    named = [digest(text) for (text,) in texts if holds(text, WORDS)]
    before = kept.read_bytes()
    assert sum(one.encode() in before for one in named) > 5
    redact(kept, NAME)
    after = kept.read_bytes()
    assert [one for one in (*named, *keys) if one.encode() in after or bytes.fromhex(one) in after] == []


def test_no_command_prints_it_any_more(kept: Path) -> None:
    assert any(holds(text, WORDS) for _, text in printed(kept, "--include-protected", formats=["json"]))
    redact(kept, NAME)
    for asked, text in printed(kept, "--include-protected"):
        assert not holds(text, WORDS), asked


def test_no_undo_brings_it_back(kept: Path) -> None:
    redact(kept, NAME)
    changes = [row["change"] for row in json.loads(ok("log", "--json", "--db", str(kept)))]
    refused(run("undo", str(changes[0]), "--db", str(kept)), 4, "cannot be undone")
    refused(run("undo", "--db", str(kept)), {3, 4})
    done = [run("undo", str(number), "--db", str(kept)).code for number in (*changes, *reversed(changes))]
    assert done.count(0) > 3
    for number in range(changes[0] + 1, changes[0] + 1 + done.count(0)):
        run("undo", str(number), "--db", str(kept))
    clean(kept)
    for asked, text in printed(kept, "--include-protected", formats=["", "json"]):
        assert not holds(text, WORDS), asked


def test_the_change_that_it_leaves_names_nobody(kept: Path) -> None:
    redact(kept, NAME, "--as", "Wuppo Quexley, or zovanny quexley", "--reason", "ដារាវាសនា, known as Zovanny Quexley")
    last = json.loads(ok("log", "--json", "--include-protected", "--db", str(kept)))[0]
    assert last["command"] == "redact"
    assert last["records"] == []
    assert last["by"].startswith("[redacted-")
    assert not holds(json.dumps(last, ensure_ascii=False), [*WORDS[:1], *WORDS[3:]]), last


def test_the_own_record_is_emptied(kept: Path) -> None:
    placeholder = redact(kept, "Wuppo")
    assert entity(kept, "actor", placeholder) == {
        "type": "actor", "name": placeholder, "kind": "person", "aliases": [], "positions": [], "member_of": [], "topics": [],
        "protected": False, "note": None,
    }  # fmt: skip


def test_what_refers_to_it_still_does(kept: Path) -> None:
    placeholder = redact(kept, NAME)
    (hit,) = json.loads(ok("search", "--actor", placeholder, "--json", "--db", str(kept)))
    assert hit["figures"][0]["stated_by"] == placeholder
    (other,) = json.loads(ok("search", "helped", "--json", "--db", str(kept)))
    assert other["links"][0]["event"] == hit["id"]
    assert json.loads(ok("show", hit["id"], "--json", "--db", str(kept)))["id"] == hit["id"]
    (site,) = [one for one in records(kept) if one["type"] == "site"]
    assert site["owners"][0]["event"] == hit["id"]


def test_the_journal_holds_it_before_and_not_after(plain: Path) -> None:
    """A second connection keeps the journal from going away with the last one."""
    with closing(sqlite3.connect(plain)) as other:
        other.execute("SELECT count(*) FROM event").fetchone()
        ok("edit", "e-other", "--note", "Quintessa Brodnik was there", "--db", str(plain))
        wal = Path(f"{plain}-wal")
        assert b"rodnik" in wal.read_bytes()
        redact(plain, "Quintessa Brodnik")
        assert wal.exists()
        assert stored(plain, ["uintessa", "rodnik"]) == set()


def test_pages_that_are_free_hold_it_before_and_not_after(plain: Path) -> None:
    """What was deleted before stays in the file where SQLite does not overwrite it, as many builds do not."""
    with closing(sqlite3.connect(plain)) as other:
        other.execute("PRAGMA secure_delete = OFF")
        other.execute("CREATE TABLE once (a TEXT)")
        other.executemany("INSERT INTO once VALUES (?)", [("Quintessa Brodnik" * 200,) for _ in range(40)])
        other.execute("DROP TABLE once")
        other.commit()
    ok("edit", "e-other", "--note", "Quintessa Brodnik", "--db", str(plain))
    words = ["uintessa", "rodnik"]
    assert raw(plain).count(b"rodnik") > 1000
    redact(plain, "Quintessa Brodnik")
    assert stored(plain, words) == set()


# Whose name it is, and where it stands.
