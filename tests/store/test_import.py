# ruff: noqa: E501 - tables
"""``import`` and ``export``: partial records, names in any order, existing records, and every form of input."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import (
    COMMAND,
    actor,
    entity,
    event,
    export,
    found,
    lines,
    ok,
    records,
    refused,
    run,
    stored,
    take_in,
)
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

FULL: list[dict[str, Any]] = [
    {"type": "metric", "name": "kidnappings", "unit": "people", "split": "nationality"},
    actor("Anti Trafficking Office", kind="police", aliases=["ATO"]),
    actor("Police Chief", kind="person", member_of=["ATO", "Unseen Body"]),
    {"type": "site", "name": "Red Gate", "kind": "casino", "province": "Kandal", "aliases": ["RG"],
     "owners": [{"name": "Some Owner", "stated_by": "ATO", "outlet": "The Paper", "event": "e-1"}]},
    event("e-1", "2023-01-02", actors=[{"name": "ATO", "role": "speaker"}], sites=["RG"],
          figures=[{"metric": "kidnappings", "stated": "more than 40", "stated_by": "ATO"}]),
    event("e-2", "2023-01-02", links=[{"type": "follows", "event": "e-1"}], sources=[{"outlet": "The Paper"}]),
]  # fmt: skip


def test_partial_records_become_whole(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    take_in(db, *FULL)
    owner = entity(db, "site", "Red Gate")["owners"][0]
    assert entity(db, "actor", "Police Chief")["member_of"] == ["Anti Trafficking Office", "Unseen Body"]
    assert (owner["name"], owner["stated_by"], owner["outlet"]) == (
        "Some Owner", "Anti Trafficking Office", "The Paper",
    )  # fmt: skip
    assert entity(db, "actor", "The Paper")["kind"] == "media"
    assert entity(db, "actor", "Unseen Body")["kind"] is None
    first = stored(db, "e-1")
    assert (first["sites"], first["actors"][0]["name"]) == (["Red Gate"], "Anti Trafficking Office")
    assert first["figures"] == [
        {"id": "kidnappings", "metric": "kidnappings", "unit": None, "stated": "more than 40", "low": 41, "best": None,
         "high": None, "country": None, "province": None, "nationality": None, "group": None, "period": None, "count": "aggregate",
         "stated_by": "Anti Trafficking Office", "part_of": None, "split": None, "of": None, "note": None}
    ]  # fmt: skip
    assert list(first) == [
        "type", "id", "date", "kind", "title", "summary", "status", "actors", "provinces", "places", "sites",
        "linked_sites", "countries", "nationalities", "tags", "figures", "sources", "links", "dataset", "note",
    ]  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(range(6)))[::60])
def test_the_order_of_lines_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    take_in(one, *FULL)
    take_in(other, *[FULL[n] for n in order])
    assert export(one) == export(other)


def test_the_order_does_not_matter_for_ids_that_are_made(tmp_path: Path) -> None:
    """An id that a line gives is its own, also when a line before it has none and would get the same."""
    rows = [event(None, "2023-01-02"), event("2023-01-02-a-short-title", "2023-01-02", kind="raid")]
    exports = []
    for n, order in enumerate((rows, rows[::-1])):
        take_in(tmp_path / f"{n}.db", *order)
        exports.append(export(tmp_path / f"{n}.db"))
    assert exports[0] == exports[1]


def test_a_second_import_changes_nothing(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    assert "6 records added, 0 already present" in take_in(db, *FULL).err
    before = export(db)
    again = take_in(db, *FULL)
    assert "0 records added, 6 already present" in again.err
    assert "New actor" not in again.err
    assert export(db) == before


def test_the_name_may_be_an_alias_of_what_is_there(db: Path) -> None:
    refused(run("import", "-", "--db", str(db), stdin=lines([actor("MoI")])), 4, "Ministry of Interior")


def test_a_spelling_like_a_known_name_is_new_with_a_warning(db: Path) -> None:
    answer = take_in(db, event("x-1", actors=[{"name": "sar kheng"}]))
    assert "is spelt nearly like" in answer.err
    assert "Sar Kheng" in answer.err
    assert {"Sar Kheng", "sar kheng"} <= {one["name"] for one in records(db) if one["type"] == "actor"}


def test_many_spellings_like_known_names_are_one_message_with_three_examples(db: Path) -> None:
    words = ("Amber", "Birch", "Copper", "Dune", "Elm", "Fern", "Garnet", "Heron", "Ivory", "Juniper", "Kelp", "Lotus")
    names = [name for word in words for name in (f"{word} Harbour", f"{word} HARBOUR")]
    answer = take_in(db, *(event(f"x-{number}", actors=[{"name": name}]) for number, name in enumerate(names)))
    (line,) = (line for line in answer.err.splitlines() if "spelt nearly like" in line)
    assert "12 new names" in line
    assert line.count("(like ") == 3
    assert "`scamcli check`" in line


STRICT: list[dict[str, Any]] = [
    event("x-1", actors=[{"name": "Nobody"}]),
    event("x-1", figures=[{"metric": "complaints", "stated": "4", "stated_by": "Nobody"}]),
]


@pytest.mark.parametrize("record", STRICT)
def test_strict_names(db: Path, record: dict[str, Any]) -> None:
    before = export(db)
    refused(run("import", "-", "--strict-names", "--db", str(db), stdin=lines([record])), 4, "Nobody", "stdin:1")
    assert export(db) == before
    take_in(db, actor("Nobody"), {"type": "site", "name": "Nobody"}, record, flags=("--strict-names",))


SHAPES: list[tuple[str, bytes]] = [
    ("a BOM", b"\xef\xbb\xbf" + lines(FULL).encode()),
    ("CRLF", lines(FULL).replace("\n", "\r\n").encode()),
    ("blank lines", ("\n\n" + lines(FULL).replace("\n", "\n \t\n")).encode()),
    ("no last newline", lines(FULL).rstrip("\n").encode()),
    ("ASCII escapes", "".join(json.dumps(one) + "\n" for one in FULL).encode()),
    ("spaces around", "".join(f"  {json.dumps(one)}\t\n" for one in FULL).encode()),
    ("other key order", lines([dict(reversed(one.items())) for one in FULL]).encode()),
]


@pytest.mark.parametrize("data", [row[1] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_shapes_of_input(tmp_path: Path, data: bytes) -> None:
    plain, other = tmp_path / "plain.db", tmp_path / "other.db"
    take_in(plain, *FULL)
    ok("import", "-", "--db", str(other), stdin=data)
    assert export(plain) == export(other)
    file = tmp_path / "in.jsonl"
    file.write_bytes(data)
    ok("import", str(file), "--db", str(tmp_path / "third.db"))
    assert export(plain) == export(tmp_path / "third.db")


def test_a_file_that_is_a_pipe(tmp_path: Path) -> None:
    """``scamcli import <(jq …)`` in a shell: it can be read once."""
    db = tmp_path / "new.db"
    reading, writing = os.pipe()
    os.write(writing, lines(FULL).encode())
    os.close(writing)
    command = [*COMMAND, "import", f"/dev/fd/{reading}", "--db", str(db)]
    done = subprocess.run(command, pass_fds=[reading], capture_output=True, timeout=PATIENCE, check=False)
    os.close(reading)
    assert done.returncode == 0, done
    assert found(db) == ["e-2", "e-1"]


def test_export_to_a_file(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    assert ok("export", "jsonl", "-o", str(out), "--db", str(db)) == ""
    assert out.read_text(encoding="utf-8") == export(db)
    ok("export", "jsonl", "--include-protected", "-o", str(tmp_path / "private"), "--db", str(db))
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []


def test_export_follows_a_link(db: Path, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    ok("export", "jsonl", "-o", str(tmp_path / "link"), "--db", str(db))
    assert (tmp_path / "real").read_text(encoding="utf-8") == export(db)


@pytest.mark.parametrize("key", ["title", "date", "figures"])
def test_what_differs_stops_the_import_and_is_named(db: Path, key: str) -> None:
    before = export(db)
    record = stored(db, "2023-01-02-first")
    record[key] = {"kind": "raid", "date": "2023-01-03", "note": "N", "title": "Other"}.get(key, [])
    rows = [event("fine"), record]
    refused(run("import", "-", "--db", str(db), stdin=lines(rows)), 4, "stdin:2", "2023-01-02-first", f"`{key}`")
    assert export(db) == before


def test_what_is_left_out_does_not_differ(db: Path) -> None:
    before = export(db)
    take_in(db, {key: value for key, value in stored(db, "2023-01-02-first").items()
                 if key in {"type", "id", "date", "kind", "title", "tags"}})  # fmt: skip
    assert export(db) == before


def test_text_of_any_script_comes_back(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    texts = ["ស\u200bខេង", "e\u0301 é", "\u202eevil\u202c", "\x1b[31mred", "a\tb\nc\r\nd", "=1+1", "'", '"', "\\", "\u2028", "🇰🇭",
             " space ", "\ufeff", "\x7f\x80"]  # fmt: skip
    rows = [event(f"t-{n}", summary=text) for n, text in enumerate(texts)]
    take_in(db, *rows)
    assert [stored(db, f"t-{n}")["summary"] for n in range(len(texts))] == texts
    assert set(re.findall(r"\\u....", export(db))) <= {r"\u001b", r"\u007f"}
