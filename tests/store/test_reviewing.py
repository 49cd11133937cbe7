"""What a person decides of a draft, and that it can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DataError, NotFoundError
from tests.helpers.draft_cases import FIRST, TEXT, decide, ingest, origins, proposal, sound, undo, waiting, week
from tests.helpers.driver import event, export, found, ok, records, refused, run, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = "2024-05-02-police-freed-43-kenyans-at-the", "2024-05-05-ly-marady-denied-that-anybody-was"
OLD = "2023-01-02-first"


def names(db: Path) -> set[str]:
    return {one["name"] for one in records(db) if one["type"] != "event"}


def back_and_forth(db: Path, before: str) -> None:
    """The last change undone, done again, undone."""
    after = export(db)
    for expected in (before, after, before):
        undo(db)
        assert export(db) == expected
        sound(db)


def test_what_is_accepted_counts(db: Path) -> None:
    ingest(db)
    before = export(db)
    decide(db, "accept", ONE)
    assert stored(db, ONE)["status"] == "reviewed"
    assert found(db)[0] == ONE
    assert json.loads(ok("stats", "rescues", "--json", "--db", str(db)))[0]["low"] == 43
    assert [draft.record["id"] for draft in waiting(db)] == [TWO]
    assert origins(db, ONE)[0].text == FIRST
    back_and_forth(db, before)


def test_what_is_accepted_is_validated(db: Path) -> None:
    bad = proposal(TEXT, FIRST, date="2024-05-02", title="T")
    bad.record["kind"] = "festival"
    ingest(db, [bad])
    with pytest.raises(DataError, match="festival"):
        decide(db, "accept", "2024-05-02-t")
    assert stored(db, "2024-05-02-t")["status"] == "draft"


def test_what_is_rejected_goes_with_the_names_that_came_with_it(db: Path) -> None:
    start = names(db)
    ingest(db)
    before = export(db)
    decide(db, "reject", ONE)
    assert "Ly Marady" in names(db), "the other draft names it as well"
    back_and_forth(db, before)
    decide(db, "reject", ONE, TWO)
    assert names(db) == start
    back_and_forth(db, before)


def test_a_name_that_somebody_has_worked_on_stays(db: Path) -> None:
    ingest(db)
    ok("names", "alias", "Ly Marady", "The Chief", "--db", str(db))
    decide(db, "reject", ONE, TWO)
    assert "Ly Marady" in names(db)


def test_no_draft_links_to_what_is_rejected(db: Path) -> None:
    ingest(db)
    links = [{"type": "follows", "event": OLD}, {"type": "follows", "event": ONE}, {"type": "disputes", "event": ONE}]
    take_in(db, event("typed", "2024-05-06", status="draft", links=links))
    before = export(db)
    assert decide(db, "reject", ONE) == []
    assert stored(db, TWO)["links"] == []
    assert [link["event"] for link in stored(db, "typed")["links"]] == [OLD]
    back_and_forth(db, before)


def test_what_was_reviewed_keeps_its_link_to_what_is_rejected(db: Path) -> None:
    ingest(db)
    decide(db, "accept", TWO)
    before = export(db)
    assert decide(db, "reject", ONE) == [f"{TWO} links to {ONE}, which was removed."]
    assert [link["event"] for link in stored(db, TWO)["links"]] == [ONE]
    back_and_forth(db, before)


def test_what_is_merged_gives_its_source(db: Path) -> None:
    ingest(db)
    before = export(db)
    assert decide(db, "merge", ONE, OLD) == ["These figures were added to the kept event, with a note: rescues: 43."]
    assert stored(db, OLD)["sources"] == week()[0].record["sources"]
    assert json.loads(ok("show", ONE, "--json", "--db", str(db)))["id"] == OLD
    assert stored(db, TWO)["links"][0]["event"] == OLD
    assert [(one.event, one.text) for one in origins(db, OLD)] == [(ONE, FIRST)]
    assert [(one.event, one.text) for one in origins(db, ONE)] == [(ONE, FIRST)]
    back_and_forth(db, before)
    assert [one.event for one in origins(db, ONE)] == [ONE]
    assert origins(db, OLD) == []


def test_a_draft_that_was_edited_is_undone_before_its_ingest(db: Path) -> None:
    ingest(db)
    ok("edit", ONE, "--note", "N", "--db", str(db))
    with Timeline(db) as timeline:
        number = next(one["change"] for one in timeline.log() if one["command"] == "ingest")
    refused(run("undo", str(number), "--db", str(db)), 4, "edit")
    assert len(waiting(db)) == 2


@pytest.mark.parametrize("what", ["accept", "reject", "merge"])
def test_only_a_draft_is_reviewed(db: Path, what: str) -> None:
    ingest(db)
    into = [TWO] if what == "merge" else []
    before = export(db)
    with pytest.raises(DataError, match="not a draft"):
        decide(db, what, OLD, *into)
    with pytest.raises(NotFoundError):
        decide(db, what, "2020-01-01-nothing", *into)
    if what == "merge":
        with pytest.raises(NotFoundError):
            decide(db, what, ONE, "2020-01-01-nothing")
        with pytest.raises(DataError):
            decide(db, what, ONE, ONE)
    assert export(db) == before


def step(db: Path, what: str, pick: int) -> None:
    """One step of who reads and reviews; there may be nothing to do."""
    drafts = [draft.record["id"] for draft in waiting(db)]
    if what.startswith("ingest"):
        ingest(db, week()[: 1 if what == "ingest half" else 2])
    elif what == "undo":
        with Timeline(db) as timeline:
            is_first = next(timeline.log())["change"] == 1
        if not is_first:
            undo(db)
    elif drafts:
        decide(db, what, drafts[pick % len(drafts)], *([OLD] if what == "merge" else []))
