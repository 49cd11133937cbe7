"""Wrong inputs: a plain error, its exit code, no traceback, and the database as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import event, export, lines, refused, run

if TYPE_CHECKING:
    from pathlib import Path

FIGURE = {"metric": "complaints", "stated": "40"}


def with_figure(**keys: Any) -> dict[str, Any]:
    return event("x-1", figures=[{**FIGURE, **keys}])


USAGE: list[tuple[str, list[str], int, list[str]]] = [
    ("a bad month", ["search", "--during", "2022-13"], 2, ["2022-13", "month"]),
    ("a bad day", ["search", "--from", "2022-02-30"], 2, ["--from", "2022-02-30"]),
    ("a reversed range", ["search", "--from", "2022-09", "--to", "2022-08"], 2, ["--from", "--to"]),
    ("an unknown province", ["search", "--province", "Atlantis"], 3, ["Atlantis"]),
    ("an unknown metric", ["search", "--metric", "complaintz"], 2, ["complaintz", "complaints"]),
    ("an unknown kind", ["search", "--kind", "reprot"], 2, ["reprot", "report"]),
    ("an unknown role", ["search", "--role", "speeker"], 2, ["speeker", "speaker"]),
    ("an unknown actor", ["search", "--actor", "Sar Sokha"], 3, ["Sar Sokha"]),
    ("an unknown site", ["search", "--site", "Nowhere Palace"], 3, ["Nowhere Palace"]),
    ("an unknown tag", ["search", "--tag", "no-such"], 3, ["no-such"]),
    ("an unknown event", ["show", "1999-nothing"], 3, ["1999-nothing"]),
    ("an id that begins two", ["show", "2023"], 3, ["2023-01-02-first", "2023-02-03-second"]),
    ("an unknown option", ["search", "--provinse", "Kandal"], 2, ["--provins"]),
    ("an unknown command", ["serach"], 2, ["serach", "search"]),
    ("an unknown format", ["search", "--format", "xml"], 2, ["xml"]),
    ("an unknown field", ["search", "--fields", "titel"], 2, ["titel"]),
    ("a negative limit", ["search", "--limit", "-1"], 2, ["limit"]),
    ("two formats", ["search", "--json", "--format", "csv"], 2, ["--json", "csv"]),
    ("a cursor that is not there", ["search", "--after", "nope"], 3, ["nope"]),
    ("an unknown split", ["stats", "complaints", "--by", "colour"], 2, ["colour"]),
    ("an unknown export", ["export", "jsonld"], 2, ["jsonld", "jsonl"]),
    ("add without a title", ["add", "--date", "2023-01-01", "--kind", "raid"], 2, ["--title"]),
    ("add with a bad date", ["add", "--date", "2023-13-1", "--kind", "raid", "--title", "T"], 4, ["2023-13-1"]),
    ("edit of nothing", ["edit", "2023-01-02-first"], 2, ["needs options that say what to change"]),
    ("edit of what is not there", ["edit", "1999", "--title", "T"], 3, ["1999"]),
    ("remove of an actor in use", ["remove", "--actor", "Sar Kheng"], 4, ["Sar Kheng"]),
    ("remove of an unknown list", ["edit", "2023-01-02", "--remove", "colour: red"], 2, ["colour"]),
    ("remove of what it has not", ["edit", "2023-01-02", "--remove", "tag: two"], 3, ["two", "one"]),
    ("an alias that another has", ["names", "alias", "Sar Kheng", "MoI"], 4, ["MoI"]),
    ("search for punctuation", ["search", "!?"], 2, ["!?"]),
    ("import of no file", ["import", "not-there.jsonl"], 4, ["not-there.jsonl"]),
]


@pytest.mark.parametrize(("args", "code", "words"), [row[1:] for row in USAGE], ids=[row[0] for row in USAGE])
def test_wrong_usage(db: Path, args: list[str], code: int, words: list[str]) -> None:
    before = export(db)
    refused(run(*args, "--db", str(db)), code, *words)
    assert export(db) == before


RECORDS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("no type", {"id": "x-1", "date": "2023", "kind": "raid", "title": "T"}, ["type"]),
    ("an unknown type", {"type": "evnt", "name": "x"}, ["evnt", "event"]),
    ("a type that is no word", {"type": ["event"]}, ["type"]),
    ("no date", {"type": "event", "kind": "raid", "title": "T"}, ["date"]),
    ("no name", {"type": "actor", "kind": "person"}, ["name"]),
    ("a bad date", event("x-1", date="2023-02-30"), ["date", "2023-02-30"]),
    ("a reversed interval", event("x-1", date="2023-02/2023-01"), ["date", "ends before it begins"]),
    ("an unknown role", event("x-1", actors=[{"name": "A", "role": "speeker"}]), ["role", "speaker"]),
    ("an unknown province of a site", {"type": "site", "name": "A", "province": "Atlantis"}, ["Atlantis"]),
    ("an unknown metric", with_figure(metric="complaintz"), ["complaintz"]),
    ("a part of nothing", with_figure(part_of="total"), ["total"]),
    ("a mistyped key of a figure", with_figure(provinc="Kandal"), ["provinc", "did you mean `province`"]),
    ("an id that looks like a flag", event("-x"), ["id"]),
    ("an id with a newline", event("x-1\n"), ["id"]),
    ("yes for a number", with_figure(low=True), ["low"]),
    ("a huge number", with_figure(low=10**400), ["low"]),
    ("a number beyond 2^53", with_figure(low=2**53 + 1), ["low", "2^53"]),
    ("a built-in metric", {"type": "metric", "name": "complaints"}, ["built in"]),
    ("NUL in a name", {"type": "actor", "name": "a\x00b"}, ["name", "NUL"]),
    ("a very long text", event("x-1", summary="a" * 100_001), ["summary"]),
    ("a line that differs", event("2023-01-02-first", kind="raid"), ["2023-01-02-first", "kind"]),
    ("a name that is another's alias", {"type": "actor", "name": "Other", "aliases": ["MoI"]}, ["MoI"]),
]  # fmt: skip


@pytest.mark.parametrize(("record", "words"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_wrong_record(db: Path, tmp_path: Path, record: dict[str, Any], words: list[str]) -> None:
    before = export(db)
    file = tmp_path / "in.jsonl"
    file.write_text(lines([event("fine-1"), record, event("fine-2")]), encoding="utf-8")
    refused(run("import", str(file), "--db", str(db)), 4, f"{file}:2: ", *words)
    assert export(db) == before


@pytest.mark.parametrize("record", [event("x-1", date="2023-02-30"), with_figure(part_of="total"), event("x-1\n")])
def test_add_and_edit_refuse_the_same(db: Path, record: dict[str, Any]) -> None:
    before = export(db)
    refused(run("add", "-", "--db", str(db), stdin=lines([record])), 4)
    refused(run("edit", "2023-01-02-first", "-", "--db", str(db), stdin=lines([record])), 4)
    assert export(db) == before


BYTES: list[tuple[str, bytes, list[str]]] = [
    ("empty", b"", ["empty"]),
    ("binary", bytes(range(256)), [":1"]),
    ("UTF-16", '{"type": "actor", "name": "A"}'.encode("utf-16"), [":1"]),
    ("Latin-1", '{"type": "actor", "name": "Sãr"}'.encode("latin-1"), [":1", "UTF-8"]),
    ("an array that is cut off", b'[{"type": "actor", "name": "A"}\n', [":2", "cut off"]),
    ("an array with a wrong record", b'[\n{"type": "actor", "name": ""}\n]\n', [": item 1", "name"]),
    ("a bare value", b"5\n", [":1"]),
    ("a key twice", b'{"type": "actor", "name": "A", "name": "B"}\n', [":1", "name"]),
    ("a nested bomb", b'{"type": "event", "title": ' + b"[" * 200_000, [":1"]),
    ("nested within the limit", b'{"type": "actor", "name": ' + b"[" * 800 + b"]" * 800 + b"}", [":1", "name"]),
    ("NaN", lines([event("x-1")]).replace('"A short', 'NaN, "A short').encode(), [":1"]),
    ("1e999", b'{"type": "event", "date": "2023", "kind": "raid", "title": "T", "figures": '
     b'[{"metric": "complaints", "low": 1e999}]}\n', [":1", "low"]),
    ("5000 digits", b'{"type": "actor", "name": ' + b"9" * 5000 + b"}\n", [":1"]),
    ("a lone surrogate", b'{"type": "actor", "name": "\\ud800"}\n', [":1", "name"]),
    ("a surrogate as a key", b'{"type": "actor", "name": "A", "\\ud800": 1}\n', [":1"]),
    ("a surrogate as a kind", b'{"type": "actor", "name": "A", "kind": "\\udfff"}\n', [":1"]),
    ("a surrogate as the type", b'{"type": "\\ud800", "name": "A"}\n', [":1"]),
    ("a line of 17 MB", b'{"type": "actor", "name": "' + b"a" * 17_000_000 + b'"}\n', [":1", "16 MiB"]),
    ("a key of a megabyte", b'{"type": "actor", "name": "A", "' + b"k" * 1_000_000 + b'": 1}\n', [":1"]),
    ("malformed after good lines", lines([event("fine-1"), event("fine-2")]).encode() + b"{oops}\n", [":3"]),
    ("an id twice", lines([event("x-1"), event("x-2"), event("x-1")]).encode(), [":3", "x-1", ":1"]),
    ("a name twice", b'{"type": "site", "name": "A"}\n{"type": "site", "name": "A"}\n', [":2", ":1"]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), [row[1:] for row in BYTES], ids=[row[0] for row in BYTES])
def test_wrong_bytes(db: Path, data: bytes, words: list[str], tmp_path: Path) -> None:
    before = export(db)
    file = tmp_path / "in.jsonl"
    file.write_bytes(data)
    from_file = run("import", str(file), "--db", str(db))
    refused(from_file, 4, str(file), *words, most=3)  # a binary file has two lines, and both are wrong
    assert len(from_file.err) < 2000
    refused(run("import", "-", "--db", str(db), stdin=data), 4, "stdin", *words, most=3)
    refused(run("add", "-", "--db", str(db), stdin=data), 4)
    assert export(db) == before


def test_many_files_are_all_or_nothing(db: Path, tmp_path: Path) -> None:
    before = export(db)
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(lines([event("x-1")]), encoding="utf-8")
    bad.write_text(lines([event("x-2"), event("x-1")]), encoding="utf-8")
    refused(run("import", str(good), str(bad), "--db", str(db)), 4, f"{bad}:2", f"{good}:1")
    assert export(db) == before
