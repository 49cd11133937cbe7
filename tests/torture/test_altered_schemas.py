"""Databases whose schema another program has altered: refused, and left as they were, or used if that does no harm."""

from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers.altered_schemas import alter
from tests.helpers.bounded import MEGABYTES, bounded
from tests.helpers.measure import IS_FULL, dice, share
from tests.helpers.paths import SCHEMAS
from tests.helpers.torture_driver import contents, plain, refused
from tests.torture.test_altered_records import OTHERS, READS, STDIN, WRITES, put

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.measure import Tally

PARTS = 8
EACH = 4 if IS_FULL else 2
"""Commands that are tried on each altered database."""


@pytest.mark.parametrize("part", range(PARTS))
def test_altered_schemas(part: int, pristine: Path, tmp_path: Path, home: Path, tally: Tally) -> None:
    files = [pristine.read_bytes(), *(gzip.decompress(path.read_bytes()) for path in sorted(SCHEMAS.glob("*.db.gz")))]
    db, good = tmp_path / "t.db", tmp_path / "good.db"
    tried = allowed = turn = 0
    while tried < (share(1000 // PARTS) if IS_FULL else 3):
        turn += 1
        chance = dice("altered schemas", part, turn)
        raw = files[0] if chance.random() < 0.6 else chance.choice(files)
        put(db, raw)
        altered = alter(db, chance)
        if altered is None:
            continue
        tried += 1
        allowed += bool(altered.is_allowed)
        before = contents(db)
        for args in chance.sample([*READS, *WRITES, *OTHERS], EACH):
            put(db, before)
            shutil.copy(pristine, good)
            target = [] if args[0] == "diff" else ["--db", str(good if args in OTHERS else db)]
            answer, megabytes = bounded(*(arg.format(db=db, good=good) for arg in args), *target, stdin=STDIN)
            told = (part, turn, altered, args)
            assert megabytes <= MEGABYTES, told
            if altered.is_allowed is False:
                refused(answer, 5, what=told)
            plain(answer, {0, 1, 2, 3, 4} if altered.is_allowed else {0, 1, 2, 3, 4, 5}, told)
            if answer.code > 1 and args[0] != "backup":
                assert contents(db) == before or answer.code < 5, told
                assert good.read_bytes() == files[0], told
            for left in home.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    tally.add("altered schemas", tried * EACH, f"{allowed} allowed")
