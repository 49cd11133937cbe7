"""``info --digest``: the meaning of a digest that was printed earlier."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.helpers.small_timelines import copied, done, rows, seeded

if TYPE_CHECKING:
    from pathlib import Path


def cited(db: Path, *asked: str) -> str:
    found = re.search(r"data ([0-9a-f]{12})", done(db, "stats", *asked, "--cite", "--json").err)
    assert found
    return found[1]


def meaning(db: Path, digest: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done(db, "info", "--digest", digest, "--json").out)
    return found


def test_an_earlier_state_is_named_by_its_change() -> None:
    db = copied(seeded())
    before = cited(db, "rescues")
    done(db, "edit", "2022-08-01", "--note", "Checked.")
    after = cited(db, "rescues")
    done(db, "edit", "2022-08-01", "--note", "Checked again.")
    changes = [row["change"] for row in rows(db, "log")]
    assert before != after
    assert meaning(db, before)["change"] == changes[2]
    assert meaning(db, after)["change"] == changes[1]
    assert meaning(db, cited(db, "rescues"))["is_current"]
