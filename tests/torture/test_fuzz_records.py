"""Records that nobody would write: taken or refused, in time, and the database is as it was where they are refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.fuzzing import Bench, dumped, hostile, nested
from tests.helpers.measure import dice, share
from tests.helpers.paths import SEED as SEED_FILE
from tests.helpers.torture_driver import export, ok, run, whole

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.helpers.measure import Tally

PARTS = 8
LINES = SEED_FILE.read_bytes().splitlines()
RECORDS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
EVENTS = [record for record in RECORDS if record["type"] == "event"]
RECORDS += [
    {"type": "metric", "name": "kidnappings", "unit": "people", "split": None, "count": "aggregate", "about": "A test"}
]
KEYS = sorted(
    {key for record in RECORDS for key in record} | {"start", "end", "match", "digest", "figure", "low", "best"}
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place inside a value: its container, and the key or index there."""
    inside: list[tuple[Any, Any]] = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        inside += [(value, key), *places(one)]
    return inside


def mutated(chance: random.Random) -> dict[str, Any]:
    """A valid record with something changed in it."""
    record: dict[str, Any] = json.loads(json.dumps(chance.choice(EVENTS if chance.random() < 0.7 else RECORDS)))
    if chance.random() < 0.5 and record["type"] == "event":
        record["id"] = chance.choice([f"new-{chance.randrange(1000)}", None, record["id"]])
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        container, key = chance.choice(places(record))
        kind = chance.randrange(8)
        if kind < 5:
            container[key] = hostile(chance)
        elif kind == 5:
            del container[key]
        elif isinstance(container, list):
            container.extend([container[key]] * chance.choice([1, 2, 50]))
        else:
            container[chance.choice(KEYS)] = container.get(chance.choice(KEYS), hostile(chance))
        if not record:
            break
    return record


def bytes_changed(chance: random.Random, line: bytes) -> bytes:
    """A line with some of its bytes changed."""
    raw = bytearray(line)
    for _ in range(chance.choice([1, 1, 2, 10])):
        at = chance.randrange(len(raw) or 1)
        kind = chance.randrange(7)
        if kind == 0:
            raw[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del raw[at : at + chance.choice([1, 2, 30])]
        elif kind == 2:
            raw[at:at] = raw[at : at + chance.choice([1, 5, 100])]
        elif kind == 3:
            raw[at:at] = chance.choice(
                [b"\x00", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\xff", b"\xc3", b"\xe1\x9e", b"\n", b"\r",
                 b"\x1b[2J",
                 b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"NaN", b"-", b"1e999", b"9" * 5000, b"\xef\xbb\xbf"]
            )  # fmt: skip
        elif kind == 4:
            del raw[at:]
        elif kind == 5:
            raw[at : at + 1] = bytes([raw[at] ^ (1 << chance.randrange(8))]) if raw else b""
        else:
            raw += chance.choice(LINES)
    return bytes(raw)


def gigantic(chance: random.Random) -> bytes:
    """A line that is large, or deep."""
    size = chance.choice([200_000, 1_000_000, 10_000_000])
    name = chance.choice(["a", "é", "ក", "kh", " ", "\u200b", "a ", "Sar Kheng ", "more than "])
    text = (name * (size // len(name.encode())))[:size]
    record: dict[str, Any] = {"type": "event", "id": "big-1", "date": "2023", "kind": "raid", "title": "T"}
    kind = chance.randrange(6)
    if kind == 0:
        record = {"type": "actor", "name": text}
    elif kind == 1:
        record[chance.choice(["title", "summary", "note", "date", "kind", "id"])] = text
    elif kind == 2:
        record["figures"] = [{"metric": "complaints", "stated": text[:90_000] if chance.random() < 0.5 else text}]
    elif kind == 3:
        record["tags"] = [f"t{n}" for n in range(20_000)]
    elif kind == 4:
        record["title"] = nested(chance.choice([500, 900]), chance.choice(["list", "object"]))
    else:
        return b'{"type": "event", "title": ' + chance.choice([b"[", b'{"a":']) * (size // 5)
    return json.dumps(record, ensure_ascii=chance.random() < 0.5).encode()


def made(chance: random.Random) -> bytes:
    """One input."""
    kind = chance.random()
    if kind < 0.0008:
        return gigantic(chance)
    if kind < 0.6:
        one = dumped(chance, mutated(chance))
        if chance.random() < 0.05:  # a key twice
            one = one.rstrip()[:-1] + b', "title": "Again"}'
        return one
    if kind < 0.95:
        return bytes_changed(chance, chance.choice(LINES))
    return b"\n".join(dumped(chance, mutated(chance)) for _ in range(3)) + b"\n"


def asked(chance: random.Random, db: Path) -> tuple[list[str], set[int]]:
    """A command that takes a record, and the codes that it may end with.

    2 is for a record with so many mistakes that it could be a table of another program.
    """
    kind = chance.random()
    if kind < 0.7:
        return ["import", "-", "--db", str(db), *(["--strict-names"] if kind < 0.1 else [])], {0, 2, 4}
    force = ["--force"] if chance.random() < 0.5 else []
    if kind < 0.85:
        return ["add", "-", "--db", str(db), *force], {0, 4}
    return ["edit", chance.choice(EVENTS)["id"], "-", "--db", str(db), *force], {0, 3, 4}


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_records(part: int, seeded: Path, tally: Tally) -> None:
    chance, bench = dice("records", part), Bench(seeded)
    for n in range(share(60_000 // PARTS)):
        args, codes = asked(chance, seeded)
        answer = bench.take(args, made(chance), codes=codes, changes=True)
        if answer.code == 0:
            if n % 40 == 0:
                whole(seeded)
                again(seeded, chance)
            bench.put_back()
    assert bench.accepted > 0
    assert bench.accepted < bench.tried
    tally.add("fuzzed records", bench.tried, bench.note())


def again(db: Path, chance: random.Random) -> None:
    """What was taken is printed harmlessly, and goes out and in again unchanged."""
    text = export(db)
    copy = db.with_name("again.db")
    ok("import", "-", "--db", str(copy), stdin=text)
    assert export(copy) == text
    for one in copy.parent.glob("again.db*"):
        one.unlink()
    args = chance.choice(
        [("search",), ("search", "--json"), ("timeline",), ("stats",), ("actors",), ("search", "-f", "csv")]
    )
    answer = run(*args, "--db", str(db))
    assert answer.code == 0, (args, answer.err)
    assert not [char for char in answer.out if ord(char) < 32 and char not in "\n\t\r"], args
