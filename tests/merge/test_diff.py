"""``scamcli diff``: what differs between two timelines, in words and as rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers import two_researchers as two
from tests.helpers.command_line import done
from tests.helpers.merge_cases import actor, event, exported, take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def one(tmp_path: Path) -> Path:
    figure = {"id": "total", "metric": "rescues", "stated": "12", "note": None}
    return take(tmp_path / "one.db", actor("A"), actor("B"), event("x", tags=["a"], figures=[figure]), event("y"))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    figure = {"id": "total", "metric": "rescues", "stated": "12", "note": "n"}
    return take(
        tmp_path / "other.db", actor("A", note="n"), actor("C"), event("x", tags=["b"], figures=[figure]), event("z")
    )


def test_in_words(one: Path, other: Path) -> None:
    outcome = done("diff", str(one), str(other))
    assert outcome.out == (
        "changed actor A\n  note: nothing → n\nremoved actor B\nadded actor C\n"
        "changed event x\n  tags: − a\n  tags: + b\n  figures.total.note: nothing → n\nremoved event y\nadded event z\n"
    )
    assert outcome.err == "scamcli: 2 added, 2 changed, 2 removed.\n"


def test_as_rows(one: Path, other: Path) -> None:
    rows = done("diff", str(one), str(other), "--json").json
    assert [(row["type"], row["record"], row["action"]) for row in rows] == [
        ("actor", "A", "changed"), ("actor", "B", "removed"), ("actor", "C", "added"),
        ("event", "x", "changed"), ("event", "y", "removed"), ("event", "z", "added"),
    ]  # fmt: skip
    assert rows[0]["differences"] == [{"key": "note", "before": None, "after": "n"}]
    assert rows[1]["differences"] == []
    assert done("diff", str(one), str(other), "--fields", "action,record").out.splitlines()[1] == "changed\tA"


def test_json_lines_and_a_database_alike(one: Path, other: Path, tmp_path: Path) -> None:
    paths = {}
    for name, path in (("one", one), ("other", other)):
        paths[name] = tmp_path / f"{name}.jsonl"
        paths[name].write_text(exported(path), encoding="utf-8")
    expected = done("diff", str(one), str(other)).out
    assert done("diff", str(paths["one"]), str(other)).out == expected
    assert done("diff", str(one), str(paths["other"])).out == expected
    assert done("diff", str(one), "-", stdin=paths["other"].read_bytes()).out == expected
    assert done("diff", str(one), str(paths["one"])).err == "scamcli: No differences.\n"
    assert done("diff", str(one), str(paths["one"]), "--json").out == "[]\n"


def test_against_two_researchers(tmp_path: Path, own_db: Path) -> None:
    deeds = two.plan(3)
    begun, end = two.seed(), two.applied(two.seed(), deeds.theirs)
    (tmp_path / "begun.jsonl").write_text(two.lines(begun), encoding="utf-8")
    (tmp_path / "end.jsonl").write_text(two.lines(end), encoding="utf-8")
    rows = done("diff", str(tmp_path / "begun.jsonl"), str(tmp_path / "end.jsonl"), "--json").json
    found = {(row["type"], row["record"]): row["action"] for row in rows}
    expected = dict.fromkeys(end.keys() - begun.keys(), "added") | dict.fromkeys(begun.keys() - end.keys(), "removed")
    expected |= {key: "changed" for key in begun.keys() & end.keys() if json.dumps(begun[key]) != json.dumps(end[key])}
    assert found == expected


@pytest.mark.parametrize(("changes", "key"), [({"kind": "police"}, "kind"), ({"protected": False}, "protected")])
def test_who_is_protected_is_compared_too(tmp_path: Path, changes: dict[str, object], key: str) -> None:
    whom = actor("Vanna Invented", kind="person", protected=True)
    one, other = take(tmp_path / "one.db", whom), take(tmp_path / "other.db", whom | changes)
    outcome = done("diff", str(one), str(other), "--json")
    assert [(row["action"], [each["key"] for each in row["differences"]]) for row in outcome.json] == [
        ("changed", [key])
    ]
    assert "Vanna" not in outcome.out + outcome.err
    assert done("diff", str(one), str(one)).err == "scamcli: No differences.\n"
