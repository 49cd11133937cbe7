"""Protected names in what is said on stderr, and in ids. The person is invented."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, entity, event, lines, run, take_in

if TYPE_CHECKING:
    from pathlib import Path

TRACES = re.compile(r"dara[\W_]*(veasna|spare)(?!\w)", re.IGNORECASE)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A timeline with a protected person, named by an event and by nobody else."""
    db = tmp_path / "kept.db"
    take_in(
        db,
        actor("Dara Veasna", kind="person", protected=True),
        actor("Sparrow Finch", kind="person", protected=True, aliases=["Dara Spare"]),
        actor("Known Body"),
        event("p-1", actors=[{"name": "Dara Veasna", "role": "victim"}]),
        event("p-2", tags=["Dara Veasna"]),
    )
    return db


TALK: list[list[str]] = [
    ["search", "--actor", "Dara Veasnaa"],
    ["search", "--actor", "Dara Veazna"],
    ["search", "--actor", "Darra Veasna"],
    ["search", "--tag", "dara veasnaa"],
    ["search", "Dara Veasna", "--during", "1999"],
    ["search", "--actor", "Dara Veasna", "--kind", "court"],
    ["actors", "Dara Veasnaa"],
    ["show", "Dara Veasna"],
    ["edit", "p-1", "--remove", "actor: dara veasna"],
    ["edit", "p-1", "--actor", "dara veasna"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "DARA VEASNA"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "DARA VEASNA", "--new-actor"],
    [
        "add",
        "--date",
        "2023",
        "--kind",
        "raid",
        "--title",
        "T",
        "--figure",
        "rescues: Dara Veasna and 4; low: 9; high: 2",
    ],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", "dara-veasna"],
    ["names", "alias", "Known Body", "Dara Veasna"],
    ["remove", "--actor", "dara veasna"],
    ["remove", "--actor", "Dara Spare"],
]


@pytest.mark.parametrize("args", TALK, ids=" ".join)
def test_what_is_said_about_a_command(kept: Path, args: list[str]) -> None:
    answer = run(*args, "--db", str(kept))
    assert "Internal error" not in answer.err, answer
    assert not TRACES.search(answer.out + answer.err), answer


RECORDS = [
    [actor("Dara Veasna", kind="court")],
    [actor("Other", aliases=["Dara Veasna"])],
    [actor("Dara Veasna", kind="persn")],
    [event("p-3", actors=[{"name": "Darra Veasna"}])],
    [event("p-3", actors=[{"name": "Dara Veasna", "role": "Dara Veasna"}])],
    [event("p-3", figures=[{"metric": "Dara Veasna", "stated": "4"}])],
    [event("p-3", figures=[{"metric": "cases", "stated": "Dara Veasna and 4", "low": 9}])],
    [event("p-3") | {"Dara Veasna": 1}],
]  # fmt: skip


@pytest.mark.parametrize("rows", RECORDS, ids=lambda rows: lines(rows)[:70])
@pytest.mark.parametrize("args", [["import", "-"], ["add", "-"]])
def test_what_is_said_about_a_record(kept: Path, rows: list[dict[str, object]], args: list[str]) -> None:
    answer = run(*args, "--db", str(kept), stdin=lines(rows))
    assert not TRACES.search(answer.out + answer.err), answer


def test_a_partial_record_protects_still(kept: Path) -> None:
    """A whole record replaces; one that does not say ``protected`` must not lay a name open."""
    run("edit", "Dara Veasna", "-", "--db", str(kept), stdin=lines([{"type": "actor", "note": "N"}]))
    assert entity(kept, "actor", "Dara Veasna")["protected"] is True


LONG = "Police said that on that day in May 45 people and {} were freed from the compound"


@pytest.mark.parametrize("key", ["date", "kind", "status"])
@pytest.mark.parametrize("more", ["", "xxx", "xx xx"])
def test_a_quotation_that_is_cut_within_a_name_is_masked(tmp_path: Path, key: str, more: str) -> None:
    db = tmp_path / "t.db"
    take_in(db, actor("Quorv Zyxbra Vanxam", protected=True))
    wrong = {"type": "event", "date": "2024", "kind": "raid", "title": "T"}
    wrong[key] = LONG.format(f"{more} Quorv Zyxbra Vanxam")
    for answer in (
        run("import", "-", "--db", str(db), stdin=json.dumps(wrong)),
        run("search", f"--{'from' if key == 'date' else key}", wrong[key], "--db", str(db)),
    ):
        assert answer.code in {2, 4}
        assert not re.search(r"uorv|yxb|anx|\bQ|\bZ|\bV", answer.err), answer.err
