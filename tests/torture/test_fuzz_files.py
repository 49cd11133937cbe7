"""Database files with bits, bytes and pages that are not as they were: an answer, or that it is damaged."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.fuzzing import Bench
from tests.helpers.measure import dice, share
from tests.helpers.torture_driver import OLD_SCHEMA, contents, ok, plain, with_wal
from tests.torture.test_faults import CHANGES, READS

if TYPE_CHECKING:
    import random

    from tests.helpers.measure import Tally
    from tests.helpers.torture_driver import Answer

PARTS = 8
PAGE = 4096
ASKED = [
    *READS, ("search", "Kheng"), ("search", "--actor", "Sar Kheng", "-f", "csv"), ("show", "2022-09-19",
    "--history"), ("stats",),
    ("show", "2022-09-19", "--at", "2030-01-01"), ("stats", "complaints", "--by", "province", "--explain"),
    ("actors", "Sar Kheng"),
    ("log", "2022-09-19"), ("log", "--change", "1"), ("sql", "SELECT * FROM events"), ("search", "គ"), ("backup",
    "copy.db"),
    ("export", "jsonl", "--include-protected"), ("export", "jsonl", "-o", "out.jsonl"),
]  # fmt: skip


class File(NamedTuple):
    """A database, and its WAL if it has one."""

    name: str
    raw: bytes
    wal: bytes


def files(pristine: Path, folder: Path) -> list[File]:
    """Databases of several kinds: fresh, with a history, crashed, of the first schema, empty."""
    lived, crashed, empty = folder / "lived.db", folder / "crashed.db", folder / "empty.db"
    shutil.copy(pristine, lived)
    ok("import", "-", "--db", str(lived), stdin='{"type": "actor", "name": "Sok Dara", "protected": true}')
    for change in CHANGES[:4]:
        ok(*(("undo",) if change.what == "undo" else change.args), "--db", str(lived))
    with_wal(Path(shutil.copy(lived, folder / "x.db")), crashed, CHANGES[4].args)
    ok("init", str(empty), "--empty")
    found = [
        File("fresh", pristine.read_bytes(), b""), File("lived", lived.read_bytes(), b""),
        File("crashed", crashed.read_bytes(), Path(f"{crashed}-wal").read_bytes()), File("empty",
        empty.read_bytes(), b""),
        File("old", gzip.decompress(OLD_SCHEMA.read_bytes()), b""),
    ]  # fmt: skip
    assert found[2].wal
    return found


def page(chance: random.Random, raw: bytes | bytearray) -> slice:
    """Where one of the pages is."""
    at = chance.randrange(max(1, len(raw) // PAGE)) * PAGE
    return slice(at, at + PAGE)


def bit(chance: random.Random, bad: bytearray, _: bytes) -> None:
    bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)


def byte(chance: random.Random, bad: bytearray, _: bytes) -> None:
    bad[chance.randrange(len(bad))] = chance.randrange(256)


def head(chance: random.Random, bad: bytearray, _: bytes) -> None:
    bad[chance.randrange(min(100, len(bad)))] = chance.choice([0, 1, 2, 64, 127, 128, 255])


def head_of_a_page(chance: random.Random, bad: bytearray, _: bytes) -> None:
    at = min(page(chance, bad).start + chance.randrange(12), len(bad) - 1)
    bad[at] = chance.choice([0, 1, 2, 5, 10, 13, 127, 255])


def stretch(chance: random.Random, bad: bytearray, _: bytes) -> None:
    at, length = chance.randrange(len(bad)), chance.choice([4, 64, PAGE])
    bad[at : at + length] = chance.randbytes(len(bad[at : at + length]))


def own_page(chance: random.Random, bad: bytearray, _: bytes) -> None:
    bad[page(chance, bad)] = bad[page(chance, bad)]


def page_of_another(chance: random.Random, bad: bytearray, other: bytes) -> None:
    if other:
        bad[page(chance, bad)] = other[page(chance, other)]


def longer(chance: random.Random, bad: bytearray, _: bytes) -> None:
    bad += chance.randbytes(chance.choice([1, PAGE, 3 * PAGE]))


def shorter(chance: random.Random, bad: bytearray, _: bytes) -> None:
    kept = chance.choice([chance.randrange(len(bad)), page(chance, bad).start, 1, 15, 16, 99, 100, 512])
    del bad[kept:]


HARMS = [bit, bit, bit, byte, head, head_of_a_page, stretch, own_page, page_of_another, longer, shorter]


def harmed(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    """Bytes that are not as they were."""
    bad = bytearray(raw)
    for _ in range(chance.choice([1, 1, 1, 2, 20])):
        if bad:
            chance.choice(HARMS)(chance, bad, other)
    return bytes(bad)


@pytest.mark.parametrize("part", range(PARTS))
def test_files(part: int, pristine: Path, tmp_path: Path, home: Path, tally: Tally) -> None:
    chance, kinds, db = dice("files", part), files(pristine, tmp_path), tmp_path / "t.db"
    db.write_bytes(kinds[0].raw)
    bench, told = Bench(db), 0
    for _ in range(share(10_000 // PARTS)):
        one, other = chance.choice(kinds), chance.choice(kinds)
        in_wal = bool(one.wal) and chance.random() < 0.5
        bench.raw = one.raw if in_wal else harmed(chance, one.raw, other.raw)
        bench.put_back()
        wal = harmed(chance, one.wal, other.raw) if in_wal else one.wal
        if wal:
            Path(f"{db}-wal").write_bytes(wal)
        before, args = contents(db), chance.choice(ASKED)
        try:
            answer = bench.run([*args, "--db", str(db)])
            told += answer.code == 5
            judge(answer, args, one.name)
            if not wal and one.name not in {"old", "crashed"} and bench.raw[60:64] == bytes(4) and args[0] != "backup":
                assert contents(db) == before, "a reader changed it"
        except Exception as error:
            keep(tmp_path, bench.raw, wal)
            raise AssertionError(one.name, args) from error
        for left in home.iterdir():
            left.unlink()
        for left in tmp_path.glob("t.before-*"):
            left.unlink()
    assert told, "no damage was found"
    tally.add("fuzzed database files", bench.tried, bench.note())


def judge(answer: Answer, args: tuple[str, ...], what: str) -> None:
    """An answer about a file that may be damaged: any, as long as it is one, or that it is damaged."""
    codes = {0, 5}
    codes |= {1} if args[0] == "check" else set()
    codes |= {3} if args[0] in {"show", "log", "search", "actors"} else set()
    plain(answer, codes, (what, args))


def keep(folder: Path, raw: bytes, wal: bytes) -> None:
    """What a test fell over, to look at."""
    (folder / "bad.db").write_bytes(raw)
    (folder / "bad.db-wal").write_bytes(wal)
