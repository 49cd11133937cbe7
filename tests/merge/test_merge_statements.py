"""Two statements of one figure: one question about all of it, and both can be kept as claims about one incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done
from tests.helpers.merge_cases import conflicts, event, merge, records, take
from tests.helpers.terminals import Conversation

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "Raid in Bavet frees workers"
RAID: dict[str, Any] = {"date": "2025-03-12", "kind": "rescue", "title": TITLE, "provinces": ["Svay Rieng"]}
KEPT = "2025-03-12-raid-in-bavet-frees-workers"
STATED = ["stated", "low", "best", "high", "stated_by"]


def stated(number: str, speaker: str | None, page: str) -> dict[str, Any]:
    source = {"outlet": "Example Daily", "url": f"https://example.org/{page}"}
    police = {"name": "Example Police", "role": "rescuer"}
    figure = {"metric": "rescues", "stated": number, "stated_by": speaker}
    return event("raid", **RAID, figures=[figure], sources=[source], actors=[police])


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two timelines that have never met, with one event, of which two sources give different numbers."""
    ours = take(tmp_path / "a.db", stated("62", "Example Police", "a"))
    return ours, take(tmp_path / "b.db", stated("70", "Example NGO", "b"))


def asked(ours: Path, theirs: Path, *answers: str) -> str:
    talk = Conversation("merge", str(theirs), "--db", str(ours), "--on-conflict", "ask")
    for answer in answers:
        talk.until("[q]uit without writing: ")
        talk.type(answer)
    seen = talk.end()
    assert seen.code == 0, seen.out
    return seen.out


def total(path: Path) -> tuple[Any, ...]:
    row = done("stats", "rescues", "--by", "none", "--json", "--db", str(path)).json[0]
    return row["low"], row["best"], row["high"], row["contested"]


def test_a_number_and_its_speaker_are_one_conflict(pair: tuple[Path, Path]) -> None:
    ((record, key, ours, theirs),) = conflicts(merge(*pair))
    assert (record, key, list(ours), list(theirs)) == ("raid", "figures.rescues", STATED, STATED)
    assert (ours["stated_by"], theirs["stated_by"]) == ("Example Police", "Example NGO")


@pytest.mark.parametrize(("answer", "number", "speaker"), [("t", "70", "Example NGO")])
def test_one_answer_takes_all_of_a_statement(pair: tuple[Path, Path], answer: str, number: str, speaker: str) -> None:
    shown = asked(*pair, answer)
    assert "  here   stated: 62; low: 62; best: 62; high: 62; stated by: Example Police" in shown
    assert "was" not in shown
    (figure,) = records(pair[0])["raid"]["figures"]
    assert (figure["stated"], figure["stated_by"]) == (number, speaker)


def test_both_are_kept_as_claims_about_one_incident(pair: tuple[Path, Path]) -> None:
    assert f"{KEPT} has their numbers (rescues: 70) and repeats raid" in " ".join(asked(*pair, "b").split())
    assert total(pair[0]) == (62, None, 70, 1)
    kept = records(pair[0])[KEPT]
    assert [one["url"] for one in kept["sources"]] == ["https://example.org/b"]
    assert [(one["type"], one["event"], one["figure"]) for one in kept["links"]] == [("repeats", "raid", "rescues")]
    assert "Nothing to merge" in merge(*pair).err
    done("undo", "--db", str(pair[0]))
    assert total(pair[0]) == (62, 62, 62, 0)


def figure(number: str) -> dict[str, Any]:
    return {"metric": "rescues", "stated": number, "count": "incident"}


def source(outlet: str) -> list[dict[str, Any]]:
    return [{"outlet": outlet}]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return take(tmp_path / "begun.db", stated("30", None, "a"))


def test_a_new_number_does_not_get_the_speaker_of_the_old_one(ours: Path, theirs: Path) -> None:
    done("edit", "raid", "--figure", "id: rescues; stated: 36", "--db", str(ours))
    done("edit", "raid", "--figure", "id: rescues; by: Example NGO", "--db", str(theirs))
    ((_, key, here, there),) = conflicts(merge(ours, theirs))
    assert key == "figures.rescues"
    assert (here["stated"], here["stated_by"], there["stated"], there["stated_by"]) == ("36", None, "30", "Example NGO")
