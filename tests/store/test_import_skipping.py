"""``import --skip-invalid``: what can be taken is there, what cannot is told, and nothing of it stays."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, event, export, ok, records, run, take_in
from tests.helpers.import_ways import WAYS, bring_in, copied, held, same, sound, timeline, write
from tests.helpers.undo_cases import both, changes, last
from tests.store.test_import_refused import good, mixed, spoiled, told, wrong

if TYPE_CHECKING:
    from pathlib import Path

SKIP = ("--skip-invalid",)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small timeline, with an actor whom nothing else names."""
    path = tmp_path / "small.db"
    take_in(path, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    return path


@pytest.mark.parametrize("how", WAYS)
def test_the_rest_is_written_and_can_be_undone(db: Path, tmp_path: Path, how: str) -> None:
    before = both(db)
    file = write(tmp_path / "in.jsonl", [*mixed(1200, [1, 2, 733, 1204]), json.dumps(actor("A", kind="persn"))])
    answer = bring_in(how, db, file, flags=SKIP)
    assert (answer.code, answer.out) == (0, "")
    assert told(answer.err) == [1, 2, 733, 1204, 1205]
    assert (
        f'{file}:733: Figure "complaints" refers to figure "nothing-733", which this event does not have' in answer.err
    )
    assert answer.err.endswith("scamcli: 1,200 records added, 0 already present, 5 left out.\n")
    ids = [one["id"] for one in records(db) if one["type"] == "event"]
    assert sorted(ids) == sorted(["here-1", *(f"good-{n}" for n in range(1200))])
    assert "Odd" not in export(db)
    sound(db)
    written = changes(db, "--change", str(last(db)))
    assert sorted((one["type"], one["record"], one["action"]) for one in written) == sorted(
        ("event", f"good-{number}", "added") for number in range(1200)
    )
    assert run("undo", "--db", str(db)).code == 0
    assert both(db) == before
    sound(db)


@pytest.mark.parametrize("how", WAYS)
def test_a_hundred_are_told_of_all_that_are_left_out(db: Path, tmp_path: Path, how: str) -> None:
    places = [5 * n for n in range(1, 251)]
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", mixed(1000, places)), flags=SKIP)
    assert (answer.code, told(answer.err)) == (0, places[:100])
    assert answer.err.endswith("scamcli: 1,000 records added, 0 already present, 250 left out.\n")


@pytest.mark.parametrize("how", WAYS[1:])
def test_nothing_wrong(db: Path, tmp_path: Path, how: str) -> None:
    file = write(tmp_path / "in.jsonl", [good(number) for number in range(3)])
    assert bring_in(how, db, file, flags=SKIP).err == "scamcli: 3 records added, 0 already present, 0 left out.\n"


@pytest.mark.parametrize("how", WAYS[1:])
def test_everything_wrong(db: Path, tmp_path: Path, how: str) -> None:
    """Nothing is changed then. A new database is created all the same, and is empty."""
    before, file = held(db), write(tmp_path / "in.jsonl", [wrong(number) for number in range(3)])
    for target in (db, tmp_path / "new.db"):
        answer = bring_in(how, target, file, flags=SKIP)
        assert (answer.code, told(answer.err)) == (0, [1, 2, 3])
        assert answer.err.endswith("scamcli: 0 records added, 0 already present, 3 left out.\n")
    assert held(db) == before
    assert export(tmp_path / "new.db") == ""
    sound(tmp_path / "new.db")


@pytest.mark.parametrize("how", WAYS)
def test_names_that_only_a_left_out_event_had(db: Path, tmp_path: Path, how: str) -> None:
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
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", lines), flags=SKIP)
    assert (answer.code, told(answer.err)) == (0, [1, 7, 8])
    new = sorted(line.removeprefix("scamcli: New ") for line in answer.err.splitlines() if ": New " in line)
    assert new == ['actor: "Odd Daily".', 'actor: "Odd One".', 'site: "Odd Gate".']
    plain = tmp_path / "plain.db"
    take_in(plain, actor("Known Person", aliases=["K. P."]), event("here-1", actors=[{"name": "Known Person"}]))
    ok("import", "-", "--db", str(plain), stdin="".join(f"{line}\n" for line in lines[1:6]))
    same(db, plain)
    sound(db)


@pytest.mark.parametrize("how", WAYS[1:])
def test_the_id_of_what_was_left_out_is_free(db: Path, tmp_path: Path, how: str) -> None:
    lines = [wrong(1), good(2), wrong(1).replace(', "part_of": "nothing-1"', ""), good(2)]
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", lines), flags=SKIP)
    assert (answer.code, told(answer.err)) == (0, [1, 4])
    assert [one["id"] for one in records(db) if one["type"] == "event"] == ["good-2", "here-1", "wrong-1"]


@pytest.mark.parametrize("seed", [1, 2])
def test_as_if_the_left_out_lines_were_not_there(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    lines, begun = timeline(150, seed, protected=seed == 2), tmp_path / "begun.db"
    ok("import", "-", "--db", str(begun), stdin="".join(f"{line}\n" for line in lines[::7]))
    lines = spoiled(lines, rng, 0.08)
    file = write(tmp_path / "in.jsonl", lines)
    answers = [bring_in(how, copied(begun, tmp_path / f"{how}.db"), file, flags=SKIP) for how in WAYS]
    assert answers == [answers[0]] * len(WAYS)
    left_out = set(told(answers[0].err))
    assert (answers[0].code, 5 < len(left_out) < 100) == (0, True)
    rest = write(tmp_path / "rest.jsonl", [line for n, line in enumerate(lines, 1) if n not in left_out])
    plain = copied(begun, tmp_path / "plain.db")
    assert bring_in("one by one", plain, rest).code == 0
    for how in WAYS:
        same(tmp_path / f"{how}.db", plain)
        sound(tmp_path / f"{how}.db")


@pytest.mark.parametrize("how", WAYS)
def test_protected_names_are_withheld(tmp_path: Path, how: str) -> None:
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
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", lines), flags=SKIP)
    assert (answer.code, sorted(told(answer.err))) == (0, [1, 2, 3, 4, 5, 6, 7])
    assert "anna" not in answer.err.lower()
    assert "vented" not in answer.err.lower()
    assert [one["id"] for one in records(db) if one["type"] == "event"] == ["e-5"]


@pytest.mark.parametrize("how", WAYS)
def test_what_is_no_text_is_still_refused(db: Path, tmp_path: Path, how: str) -> None:
    before, file = held(db), write(tmp_path / "in.jsonl", mixed(3, [2]))
    file.write_bytes(file.read_bytes() + b'{"type": "actor", "name": "S\xe3r"}\n')
    answer = bring_in(how, db, file, flags=SKIP)
    assert (answer.code, held(db)) == (4, before)
    assert f"{file}:5: This is not UTF-8 text" in answer.err


@pytest.mark.parametrize("how", WAYS[1:])
def test_an_actor_who_is_left_out_for_a_name(db: Path, tmp_path: Path, how: str) -> None:
    file = write(tmp_path / "in.jsonl", [json.dumps(actor("Member", member_of=["Nobody"])), good(2)])
    answer = bring_in(how, db, file, flags=(*SKIP, "--strict-names"))
    assert (answer.code, told(answer.err)) == (0, [1])
    assert "Member" not in export(db)
    assert answer.err.endswith("scamcli: 1 record added, 0 already present, 1 left out.\n")


def test_that_nothing_was_written_is_not_said(db: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", [good(1), json.dumps(event("here-1", kind="raid"))])
    answer = bring_in("small batches", db, file, flags=SKIP)
    assert (answer.code, told(answer.err)) == (0, [2])
    assert "Nothing was written" not in answer.err
