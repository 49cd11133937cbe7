"""A file with a damaged page, or a journal that is cut, damaged, gone, or another's: said, or answered rightly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers.measure import dice, share
from tests.helpers.torture_driver import state, whole, with_wal
from tests.torture.test_faults import CHANGES

if TYPE_CHECKING:
    from tests.helpers.measure import Tally


def garbage(page: bytes, n: int) -> bytes:
    return dice("garbage", n).randbytes(len(page))


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
