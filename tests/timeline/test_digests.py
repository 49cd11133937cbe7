"""``info --digest``: the meaning of a digest that was printed earlier."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.small_timelines import copied, done, rows, run, seeded

if TYPE_CHECKING:
    from pathlib import Path


def cited(db: Path, *asked: str) -> str:
    found = re.search(r"data ([0-9a-f]{12})", done(db, "stats", *asked, "--cite", "--json").err)
    assert found
    return found[1]


def meaning(db: Path, digest: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done(db, "info", "--digest", digest, "--json").out)
    return found


ASKED = [
    ("events",), ("rescues",), ("complaints",), ("captives",), ("rescues", "--nationality", "Indonesian"),
    ("complaints", "--province", "Kandal"), ("rescues", "--by", "month"), ("complaints", "--by", "none"),
    ("events", "--province", "Kandal"), ("events", "--nationality", "Vietnamese"), ("events", "--metric", "rescues"),
    *(
        (counted, flag, name)
        for counted in ("events", "rescues")
        for flag, name in (
            ("--kind", "raid"), ("--actor", "Cambodian police"), ("--source", "Tempo"), ("--tag", "relocation"),
        )
    ),
    ("events", "--site", "Bokor compound"), ("complaints", "--site", "Bokor compound"),
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_every_question_without_dates_is_found_again(asked: tuple[str, ...]) -> None:
    found = meaning(seeded(), cited(seeded(), *asked))
    assert found["is_current"]
    assert any(what.split()[1] == asked[0] for what in found["what"])
    for what in found["what"]:
        assert cited(seeded(), *shlex.split(what)[1:]) == found["digest"][:12]


def test_every_metric_of_the_shipped_timeline_is_found() -> None:
    for row in rows(seeded(), "stats"):
        found = meaning(seeded(), cited(seeded(), row["metric"], "--by", "none"))
        assert (found["events"], found["is_current"]) == (row["events"], True)


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


def test_the_digest_of_one_record_is_found_too() -> None:
    shown = json.loads(done(seeded(), "show", "2022-08-01", "--json").out)
    for digest in (shown["digest"], shown["digest"][:12], shown["digest"][:20]):
        found = meaning(seeded(), digest)
        assert (found["what"], found["digest"]) == ([f"event {shown['id']}"], shown["digest"])


WRONG = [("abc", 2, "is not a digest"), ("0123456789ab", 3, "Nothing has the digest 0123456789ab")]


@pytest.mark.parametrize(("digest", "code", "words"), WRONG)
def test_what_is_not_found(digest: str, code: int, words: str) -> None:
    found = run(seeded(), "info", "--digest", digest)
    assert (found.code, found.out) == (code, "")
    assert words in found.err
