# ruff: noqa: E501 - tables
"""After any sequence of changes every index still follows the records: a new database of them answers the same."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import export, lines, offered, ok, records, run

if TYPE_CHECKING:
    from pathlib import Path

DATES = ["2023-01-02", "2023-01-02", "2023-01", "2022~", "1960-05-06", "2023-01-01/2023-02-03", "2022-08-18/.."]
WORDS = ["alpha", "beta", "ខេង", "西港", "Bêta", "gamma delta", "សខេងទៅ"]
PEOPLE = ["Ann Aa", "Bob Bb", "Cat Cc", "ស ខេង"]
QUERIES = [
    *[["search", word] for word in ("alpha", "beta", "ខេង", "西", "港", "gam*", '"gamma delta"', "Kandal", "Ann", "VOD")],
    *[["search", "--actor", name] for name in PEOPLE],
    ["search", "--province", "Kandal"], ["search", "--province", "Takeo"], ["search", "--tag", "t1"],
    ["search", "--source", "VOD"], ["search", "--via", "VOD"], ["search", "--metric", "cases"], ["search", "--during", "2023-01"],
    ["search", "--kind", "raid"], ["search", "--drafts"], ["search", "--role", "speaker"], ["search", "--nationality", "Thai"],
    ["stats"], ["stats", "cases"], ["stats", "events", "--by", "month"], ["stats", "events", "--by", "actor"], ["actors"], ["sites"],
]  # fmt: skip


def flags(rng: random.Random) -> list[str]:
    choices = [
        ["--title", rng.choice(WORDS)], ["--summary", " ".join(rng.sample(WORDS, 2))], ["--note", rng.choice(WORDS)],
        ["--date", rng.choice(DATES)], ["--kind", rng.choice(["raid", "court"])], ["--tag", rng.choice(["t1", "t2"])],
        ["--actor", f"{rng.choice(PEOPLE)}: {rng.choice(['speaker', 'victim'])}"], ["--province", rng.choice(["Kandal", "KH-21"])],
        ["--source", f"VOD; title: {rng.choice(WORDS)}; via: {rng.choice(['VOD', 'BBC'])}"], ["--place", "Bavet"],
        ["--figure", f"cases: {rng.randint(1, 99)}; nationality: {rng.choice(['Thai', 'Lao'])}; by: {rng.choice(PEOPLE)}"],
        ["--status", rng.choice(["draft", "reviewed"])], ["--site", rng.choice(["Gate", "Door"])],
    ]  # fmt: skip
    return [flag for pair in rng.sample(choices, rng.randint(1, 6)) for flag in pair]


def step(rng: random.Random, db: Path) -> None:  # noqa: C901 - a branch a kind of change
    """One change, of any kind; one that is refused changes nothing."""
    ids = [one["id"] for one in records(db) if one["type"] == "event"]
    at = ["--db", str(db)]
    kind = rng.choice(["add", "edit", "edit", "edit", "remove", "take out", "whole", "alias", "import"])
    if kind == "add" or not ids:
        ok("add", "--date", rng.choice(DATES), "--kind", "raid", "--title", rng.choice(WORDS), *at)
    elif kind == "edit":
        ok("edit", rng.choice(ids), *flags(rng), "--force", *at)
    elif kind == "remove":
        record = ok("remove", rng.choice(ids), *at)
        if rng.random() < 0.5:
            ok("add", "-", "--force", *at, stdin=record)
    elif kind == "take out":
        what = rng.choice(["tag: t1", f"actor: {rng.choice(PEOPLE)}", "source: VOD", "figure: cases", "site: Gate"])
        before = export(db)
        if run("edit", rng.choice(ids), "--remove", what, "--force", *at).code:
            assert export(db) == before
    elif kind == "whole":
        record = json.loads(ok("show", rng.choice(ids), "--json", *at))
        record |= {"date": rng.choice(DATES), "tags": ["t2"], "figures": []}
        ok("edit", record["id"], "-", "--force", *at, stdin=lines([record]))
    elif kind == "alias":
        run("names", "alias", rng.choice(PEOPLE), f"Alias {rng.randint(1, 9)}", *at)
    else:
        rows = [
            {"type": "event", "date": rng.choice(DATES), "kind": "raid", "title": rng.choice(WORDS)} for _ in range(3)
        ]
        ok("import", "-", *at, stdin=lines(rows))


def answers(db: Path) -> list[object]:
    """What the queries give, whatever order events of one day have."""
    told: list[object] = []
    for query in QUERIES:
        answer = run(*query, "--json", "--db", str(db))
        rows = json.loads(answer.out) if answer.code != 3 else []
        told.append((query, sorted(json.dumps(unordered(row), ensure_ascii=False) for row in rows)))
    return told


def unordered(row: object) -> object:
    """A row whose lists of events and wordings are sorted."""
    if not isinstance(row, dict):
        return row
    return {
        key: sorted(value) if key in {"events", "stated"} and isinstance(value, list) else value
        for key, value in row.items()
    }


def check(db: Path) -> None:
    """SQLite's own checks, and that no index has a row too many or too few."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("INSERT INTO event_text (event_text, rank) VALUES ('integrity-check', 1)")
        connection.execute("INSERT INTO event_stem (event_stem, rank) VALUES ('integrity-check', 1)")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for sql in (
            "SELECT rowid FROM event_text EXCEPT SELECT key FROM event", "SELECT key FROM event EXCEPT SELECT rowid FROM event_text",
            "SELECT event FROM event_term EXCEPT SELECT key FROM event", "SELECT event FROM figure EXCEPT SELECT key FROM event",
            "SELECT event FROM link EXCEPT SELECT key FROM event", "SELECT key FROM event WHERE key >> 20 != start",
            "SELECT id FROM event WHERE id != json_extract(record, '$.id')",
        ):  # fmt: skip
            assert connection.execute(sql).fetchall() == [], sql


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    db, again = tmp_path / "changed.db", tmp_path / "again.db"
    ok("add", "--date", "2023-01-02", "--kind", "raid", "--title", "alpha", "--db", str(db))
    for _ in range(30):
        step(rng, db)
    check(db)
    before = export(db)
    ok("import", "-", "--db", str(again), stdin=before)
    assert export(again) == before
    for one, other in zip(answers(db), answers(again), strict=True):
        assert one == other


def test_a_tag_that_no_event_has_is_no_tag(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken out of the last event, it is offered no more, and asked for it is unknown, as after export and import."""
    db = tmp_path / "new.db"
    ok("add", "--date", "2023", "--kind", "raid", "--title", "T", "--tag", "gone", "--id", "x-1", "--db", str(db))
    ok("edit", "x-1", "--remove", "tag: gone", "--db", str(db))
    monkeypatch.setenv("SCAMCLI_DB", str(db))
    assert offered("scamcli search --tag ") == []
    assert run("search", "--tag", "gone").code == 3
