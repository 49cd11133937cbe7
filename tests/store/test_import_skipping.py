"""``import --skip-invalid``: what can be taken is there, what cannot is told, and nothing of it stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, event, export, ok, records, run, take_in
from tests.helpers.undo_cases import both, changes, clean, last
from tests.store.test_import_refused import bring_in, good, mixed, told, write

if TYPE_CHECKING:
    from pathlib import Path

SKIP = ("--skip-invalid",)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline, with an actor whom nothing else names."""
    path = tmp_path / "small.db"
    take_in(path, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    return path


def test_the_rest_is_written_and_can_be_undone(db: Path, tmp_path: Path) -> None:
    before = both(db)
    file = write(tmp_path / "in.jsonl", [*mixed(1200, [1, 2, 733, 1204]), json.dumps(actor("A", kind="persn"))])
    answer = bring_in(db, file, flags=SKIP)
    assert (answer.code, answer.out) == (0, "")
    assert told(answer.err) == [1, 2, 733, 1204, 1205]
    assert (
        f'{file}:733: Figure "complaints" refers to figure "nothing-733", which this event does not have' in answer.err
    )
    assert answer.err.endswith("scamcli: 1,200 records added, 0 already present, 5 left out.\n")
    ids = [one["id"] for one in records(db) if one["type"] == "event"]
    assert sorted(ids) == sorted(["here-1", *(f"good-{n}" for n in range(1200))])
    assert "Odd" not in export(db)
    clean(db)
    written = changes(db, "--change", str(last(db)))
    assert sorted((one["type"], one["record"], one["action"]) for one in written) == sorted(
        ("event", f"good-{number}", "added") for number in range(1200)
    )
    assert run("undo", "--db", str(db)).code == 0
    assert both(db) == before
    clean(db)


def test_names_that_only_a_left_out_event_had(db: Path, tmp_path: Path) -> None:
    """Several new names of every kind; some of them are named again by events that are taken."""
    names: dict[str, Any] = {
        "actors": [{"name": "Odd One"}, {"name": "Odd Two", "role": "author"}], "places": [{"name": "Odd Town"}],
        "sources": [{"outlet": "Odd Daily", "via": "Odd Weekly"}], "tags": ["odd"], "sites": ["Odd Gate", "Odd Bar"],
    }  # fmt: skip
    bad = {"figures": [{"metric": "complaints", "stated": "4", "stated_by": "Odd Three", "part_of": "no"}]}
    again = [event("a-1", actors=names["actors"][:1]), event(None, title="Odd", sites=["Odd Gate"], tags=["odd"]),
             event("a-2", sources=[{"outlet": "Odd Daily"}, {"outlet": "K. P."}])]  # fmt: skip
    lines = [json.dumps(event("x-1") | names | bad), good(2), *map(json.dumps, again), good(3),
             json.dumps(event("x-2") | names | bad), json.dumps(event(None) | names | bad)]  # fmt: skip
    answer = bring_in(db, write(tmp_path / "in.jsonl", lines), flags=SKIP)
    assert (answer.code, told(answer.err)) == (0, [1, 7, 8])
    new = sorted(line.removeprefix("scamcli: New ") for line in answer.err.splitlines() if ": New " in line)
    assert new == ['actor: "Odd Daily".', 'actor: "Odd One".', 'site: "Odd Gate".']
    plain = tmp_path / "plain.db"
    take_in(plain, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    ok("import", "-", "--db", str(plain), stdin="".join(f"{line}\n" for line in lines[1:6]))
    assert export(db) == export(plain)
    clean(db)


def test_protected_names_are_withexport(tmp_path: Path) -> None:
    db, name = tmp_path / "in.db", "Vanna Invented"
    take_in(db, actor(name, protected=True))
    person: dict[str, Any] = {"actors": [{"name": name, "role": "victim"}]}
    given = [
        event("e-1", kind=name), event("e-2", figures=[{"metric": name, "stated": "4"}]),
        event("vanna-invented", **person), event("e-3", provinces=[name]), actor(name, kind="person", protected=True),
        {"type": "site", "name": "S", "kind": name},
        event("e-4", figures=[{"metric": "deaths", "stated": "4", "of": ["x"]}], **person), event("e-5", **person),
    ]  # fmt: skip
    lines = [json.dumps(one) for one in given]
    answer = bring_in(db, write(tmp_path / "in.jsonl", lines), flags=SKIP)
    assert (answer.code, sorted(told(answer.err))) == (0, [1, 2, 3, 4, 5, 6, 7])
    assert "anna" not in answer.err.lower()
    assert "vented" not in answer.err.lower()
    assert [one["id"] for one in records(db) if one["type"] == "event"] == ["e-5"]
