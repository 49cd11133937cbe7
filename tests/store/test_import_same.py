"""``import`` in batches gives the same result as importing events one by one: the same rows, words and seal."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from scamcli.records.models import Event
from tests.helpers.driver import event, export, ok, process, records, run, stored
from tests.helpers.import_ways import WAYS, bring_in, copied, held, same, sound, timeline, write

if TYPE_CHECKING:
    from pathlib import Path

LOST = ("lost-1", "lost-2", "undone-1")
MERGED, SURVIVOR = "merged-1", "survivor-1"


def fill(path: Path, lines: list[str]) -> list[str]:
    """Put a part of a timeline into a database, with events that are then lost; the lines to import after that."""
    ids = (*LOST, MERGED, SURVIVOR)
    whole = [Event(**event(id_, title=f"Of {id_}", actors=[{"name": "Lost Person"}])).line() for id_ in ids]
    for some in ([*lines[: len(lines) // 2], *whole[:2], *whole[3:]], [whole[2]]):
        ok("import", "-", "--db", str(path), stdin="".join(f"{line}\n" for line in some))
    ok("undo", "--db", str(path))
    ok("remove", LOST[0], "--db", str(path))
    ok("remove", LOST[1], "--db", str(path))
    ok("remove", MERGED, "--same-as", SURVIVOR, "--db", str(path))
    links = [{"type": "follows", "event": MERGED}, {"type": "disputes", "event": LOST[0]}]
    linked = [Event(**event("linked-1", links=links)).line(), json.dumps(event(None, title="Linked", links=links))]
    return [*lines, *whole[:4], *linked]


BASES = [
    ("none", 1, False), ("none", 2, True), ("empty", 3, False), ("filled", 4, False), ("filled", 5, True),
]  # fmt: skip


@pytest.mark.parametrize(("base", "seed", "protected"), BASES)
def test_every_way_is_the_plain_one(tmp_path: Path, base: str, seed: int, protected: bool) -> None:
    lines, begun = timeline(170, seed, protected=protected), None if base == "none" else tmp_path / "begun.db"
    if begun is not None:
        ok("init", str(begun), "--empty")
    if begun is not None and base == "filled":
        lines = fill(begun, lines)
    file = write(tmp_path / "in.jsonl", lines)
    plain = copied(begun, tmp_path / "plain.db")
    expected = bring_in("one by one", plain, file)
    assert expected.code == 0, expected.err[:3000]
    for how in ("batches", "small batches"):
        db = copied(begun, tmp_path / f"{how}.db")
        assert bring_in(how, db, file) == expected
        same(db, plain)
        sound(db)
    db = copied(begun, tmp_path / "stdin.db")
    assert bring_in("batches", db, "-", stdin=file.read_bytes()) == expected
    same(db, plain)
    before, file = held(plain), write(file, [line for line in lines if MERGED not in line.partition('"links"')[2]])
    for how in WAYS[1:]:
        again = bring_in(how, plain, file)
        assert "0 records added" in again.err, again
        assert held(plain) == before


def test_a_timeline_of_thousands(tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", timeline(1900, 6))
    assert file.stat().st_size > 2 * 1024 * 1024
    answer = process("import", "-", "--db", str(tmp_path / "fast.db"), stdin=file.read_bytes())
    expected = bring_in("one by one", tmp_path / "plain.db", "-", stdin=file.read_bytes())
    assert answer._replace(err=answer.err.replace(str(tmp_path / "fast.db"), "DB")) == expected
    same(tmp_path / "fast.db", tmp_path / "plain.db")
    sound(tmp_path / "fast.db")


def test_several_files_of_which_some_are_large(tmp_path: Path) -> None:
    lines = timeline(120, 7)
    files = [write(tmp_path / f"{n}.jsonl", lines[n::3]) for n in range(3)]
    for how in WAYS:
        bring_in(how, tmp_path / f"{how}.db", files[0], "-", files[2], stdin=files[1].read_bytes())
    same(tmp_path / "batches.db", tmp_path / "one by one.db")
    same(tmp_path / "small batches.db", tmp_path / "one by one.db")
    assert "0 records added" in bring_in("batches", tmp_path / "small batches.db", *files[::-1]).err


def test_events_of_one_date_and_title(tmp_path: Path) -> None:
    """Some are equal, some name an actor by an alias or one that is new, and some have an id that others would get."""
    random.seed(8)
    actor = {"type": "actor", "name": "Kampot Police", "kind": "police", "aliases": ["KP"]}
    lines = [json.dumps(actor)]
    for at in range(400):
        title, note = random.choice(["Raid", "Search"]), random.choice([None, "again", "by night"])
        name = random.choice(["Kampot Police", "KP", f"New Actor {random.randrange(9)}"])
        id_ = "2024-03-05-raid-4" if at == 60 else None
        actors = [{"name": "Kampot Police" if title == "Search" else name}]
        told = event(id_, date="2024-03-05", title=title, note=note, actors=actors)
        lines.append(json.dumps(told))
    files = [write(tmp_path / f"{at}.jsonl", some) for at, some in enumerate((lines[:250], lines[150:]))]
    plain = tmp_path / "plain.db"
    expected = [bring_in("one by one", plain, file, flags=("--on-conflict", "skip")) for file in files]
    assert [answer.code for answer in expected] == [0, 0]
    for how in ("batches", "small batches"):
        db = tmp_path / f"{how}.db"
        assert [bring_in(how, db, file, flags=("--on-conflict", "skip")) for file in files] == expected
        same(db, plain)
        sound(db)


@pytest.mark.parametrize("how", WAYS)
def test_links_follow_what_was_merged(tmp_path: Path, how: str) -> None:
    db = tmp_path / "in.db"
    lines = fill(db, [])
    assert bring_in(how, db, write(tmp_path / "in.jsonl", lines)).code == 0
    targets = [one["links"][0]["event"] for one in records(db) if one.get("links")]
    assert targets == [SURVIVOR, SURVIVOR]
    assert [one["id"] for one in records(db) if one.get("id") in LOST] == sorted(LOST)
    assert run("show", MERGED, "--db", str(db)).code == 0


@pytest.mark.parametrize("how", WAYS[1:])
def test_links_that_followed_may_come_again(tmp_path: Path, how: str) -> None:
    db = tmp_path / "in.db"
    file = write(tmp_path / "in.jsonl", fill(db, []))
    assert bring_in(how, db, file).code == 0
    assert "0 records added" in bring_in(how, db, file).err


@pytest.mark.parametrize("how", WAYS[1:])
@pytest.mark.parametrize("id_", [MERGED, LOST[0]])
def test_an_id_that_was_somebodys_is_not_anothers(tmp_path: Path, how: str, id_: str) -> None:
    db = tmp_path / "in.db"
    fill(db, [])
    before = export(db)
    answer = bring_in(how, db, write(tmp_path / "in.jsonl", [Event(**event(id_, title="Another")).line()]))
    if id_ == MERGED:
        assert (answer.code, export(db)) == (4, before)
        assert f'leads to "{SURVIVOR}"' in answer.err
    else:
        assert (answer.code, stored(db, id_)["title"]) == (0, "Another")  # an import may


NUMBERS = (
    "5.0", "1e2", "1E+2", "-0", "-0.0", "0.1", "0.30000000000000004", "12345678.123456789123456789", "5e-324", "1e-400",
    "9007199254740992", "9007199254740993", "9007199254740992.5", "1.7976931348623157e308", "1e999", "01", ".5", "5.",
    "+5", "0x5", "1_000", "NaN", "-Infinity", "true", '"5"', "null", "[5]", "9" * 400,
)  # fmt: skip
TEXTS = (
    r'"\u00e9 \/ \b \ud83d\ude00"', r'"\ud800"', r'"\ude00\ud83d"', r'"\u0000"', '"\t"', '"\x01"', '"\x7f\u2028"',
    "'a'", r'"\x"', '" a "', '""', '"a", "type": "actor"', '"a", "summary": "b"', '"a",', "5",
    '"a", "title": "Again"', '"e\u0301"', '"\ufeff"',
    '"a", "\ud7ff": 1', r'"a", "t\u0069tle": "Again"', r'"a", "not\u0065": "N"', '"a"} {', '"a" /* b */',
    '"' + "a" * 100_001 + '"',
)  # fmt: skip


def test_json_is_understood_alike(tmp_path: Path) -> None:
    """Two readers of JSON are at work: what one of them takes, and as what, is what the other does."""
    figure = '"figures": [{"id": "a", "metric": "deaths", "stated": "4", "low": %s}]'
    place = '"places": [{"name": "A", "lat": %s}]'
    bodies = [
        *(form % number for form in (figure, place) for number in NUMBERS),
        *(f'"summary": {text}' for text in TEXTS),
    ]
    file, taken = tmp_path / "in.jsonl", 0
    for number, body in enumerate(bodies):
        head = f'"id": "e-{number}", "date": "2023-01-02", "kind": "report", "title": "T"'
        write(file, [f'{{"type": "event", {head}, {body}}}'])
        answers = [bring_in(how, tmp_path / f"{how}.db", file) for how in WAYS[1:]]
        assert answers[0] == answers[1], body
        taken += answers[0].code == 0
    assert 20 < taken < len(bodies) - 20
    same(tmp_path / "small batches.db", tmp_path / "one by one.db")
