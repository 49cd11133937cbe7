"""A file with a damaged page, or a journal that is cut, damaged, gone, or another's: said, or answered rightly."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.measure import IS_FULL, dice, share
from tests.helpers.torture_driver import contents, export, ok, plain, run, state, whole, with_wal
from tests.torture.test_faults import CHANGES, PAGE, READS, changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.measure import Tally


def garbage(page: bytes, n: int) -> bytes:
    return dice("garbage", n).randbytes(len(page))


def zeros(page: bytes, _: int) -> bytes:
    return bytes(len(page))


def flipped(page: bytes, n: int) -> bytes:
    raw, chance = bytearray(page), dice("flip", n)
    for _ in range(chance.choice([1, 1, 3])):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def swapped(page: bytes, _: int) -> bytes:
    return page[len(page) // 2 :] + page[: len(page) // 2]


@pytest.mark.parametrize("harm", [garbage, zeros, flipped, swapped], ids=lambda one: one.__name__)
@pytest.mark.parametrize("part", range(2))
def test_each_page_damaged(
    harm: Callable[[bytes, int], bytes], part: int, seeded: Path, tmp_path: Path, tally: Tally
) -> None:
    """A reader says that it is damaged, or gives the right answer; what differs is found by ``info --verify``."""
    raw, right = seeded.read_bytes(), export(seeded)
    changes = [CHANGES[0], CHANGES[1], CHANGES[6]]
    pages = [n for n in range(len(raw) // PAGE) if n % 2 == part]
    pages = pages if IS_FULL else dice(harm.__name__, part).sample(pages, share(len(pages)))
    told, db = 0, tmp_path / "damaged.db"
    for n in pages:
        page = raw[n * PAGE : (n + 1) * PAGE]
        bad = raw[: n * PAGE] + harm(page, n) + raw[(n + 1) * PAGE :]
        db.write_bytes(bad)
        for args in READS:
            answer = run(*args, "--db", str(db))
            plain(answer, {0, 1, 3, 5} if args[0] in {"check", "show"} else {0, 5}, (n, args))
            told += answer.code == 5
            if args == ("export", "jsonl") and answer.code == 0 and answer.out != right:
                assert run("info", "--verify", "--db", str(db)).code == 5, (n, "another export, and nobody says so")
        assert contents(db) == bad, "a reader changed it"
        for change in changes if IS_FULL else changes[:1]:
            plain(changed(db, change), {0, 3, 4, 5}, (n, change.what))
            for one in tmp_path.glob("damaged.db*"):
                one.unlink()
            db.write_bytes(bad)
    assert told
    tally.add("pages damaged, each in turn", len(pages), "garbage, zeros, bits, halves swapped")


def test_a_wal_that_is_cut_damaged_or_gone(seeded: Path, tmp_path: Path, tally: Tally) -> None:
    """A database is as it was after one of its transactions, whatever is left of the journal."""
    crashed = tmp_path / "crashed.db"
    states = with_wal(seeded, crashed, *(change.args for change in CHANGES[:3]), ("undo",), CHANGES[5].args)
    raw, wal = crashed.read_bytes(), Path(f"{crashed}-wal").read_bytes()
    chance, met, rounds = dice("wal"), set(), share(400)
    for n in range(rounds):
        for one in tmp_path.glob("t.db*"):
            one.unlink()
        (tmp_path / "t.db").write_bytes(raw)
        bad = bytearray(wal)
        if n == 0:
            bad = bytearray()
        elif n % 3 == 0:
            del bad[chance.randrange(len(bad)) :]
        elif n % 3 == 1:
            at = chance.randrange(len(bad))
            bad[at : at + 100] = chance.randbytes(len(bad[at : at + 100]))
        else:
            bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        if n:
            (tmp_path / "t.db-wal").write_bytes(bad)
        whole(tmp_path / "t.db")
        found = state(tmp_path / "t.db")
        assert found in states, n
        met.add(states.index(found))
    assert len(met) > 2, met
    tally.add("a WAL cut, damaged or gone", rounds, f"{len(met)} of {len(states)} states met")


def test_a_wal_of_another_database(seeded: Path, tmp_path: Path) -> None:
    crashed, other = tmp_path / "crashed.db", tmp_path / "other.db"
    with_wal(seeded, crashed, CHANGES[0].args)
    ok("init", str(other), "--empty")
    shutil.copy(f"{crashed}-wal", f"{other}-wal")
    answer = run("export", "jsonl", "--db", str(other))
    plain(answer, {0, 5})
    if answer.code == 0 and answer.out:
        assert run("info", "--verify", "--db", str(other)).code == 5
