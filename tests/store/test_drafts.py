"""Keeping what was read out of a text: drafts, the text itself, new names; nothing twice."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.ingest.proposal import Document
from scamcli.records import similarity
from scamcli.store import drafts
from scamcli.timeline.session import reading
from tests.helpers.draft_cases import (
    ABOUT,
    SECOND,
    TEXT,
    decide,
    ingest,
    origins,
    proposal,
    sound,
    undo,
    waiting,
    week,
)
from tests.helpers.driver import actor, event, export, found, ok, records, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = "2024-05-02-police-freed-43-kenyans-at-the", "2024-05-05-ly-marady-denied-that-anybody-was"


def changes(db: Path) -> list[dict[str, Any]]:
    with Timeline(db, include_protected=True) as timeline:
        return [dict(row) for row in timeline.log()]


def names(db: Path, type_: str) -> set[str]:
    return {one["name"] for one in records(db) if one["type"] == type_}


def test_each_entry_becomes_a_draft(db: Path) -> None:
    kept = ingest(db)
    assert kept.ids == (ONE, TWO)
    assert (kept.already, kept.same_as) == (0, {})
    assert [draft.record["id"] for draft in waiting(db)] == [ONE, TWO]
    assert stored(db, ONE) | {"id": None} == week()[0].record
    assert found(db) == ["2023-02-03-second", "2023-01-02-first"]
    assert found(db, "--drafts")[:2] == [TWO, ONE]
    assert json.loads(ok("stats", "rescues", "--json", "--db", str(db))) == []
    sound(db)


def test_a_draft_is_what_a_person_could_have_added(db: Path) -> None:
    """What is written without the models is what they take, and give back the same."""
    ingest(db)
    before = export(db)
    assert "0 records added" in take_in(db, *records(db)).err
    assert export(db) == before


def test_an_alias_is_somebody_who_is_known(db: Path) -> None:
    take_in(db, actor("Ly Marady Sok", aliases=["Ly Marady"]))
    ingest(db)
    assert "Ly Marady" not in names(db, "actor")
    assert stored(db, ONE)["actors"] == [{"name": "Ly Marady Sok", "role": "speaker"}]
    assert stored(db, ONE)["figures"][0]["stated_by"] == "Ly Marady Sok"
    assert [one.field for one in origins(db, ONE)[0].reasons] == ["date", "figures.rescues", "actors.Ly Marady Sok"]


def test_a_link_to_another_entry_leads_to_its_id(db: Path) -> None:
    take_in(db, event(ONE, "2024-05-02", title="Something else"))
    assert ingest(db).ids == (f"{ONE}-2", TWO)
    assert stored(db, TWO)["links"][0]["event"] == f"{ONE}-2"


# Nothing twice.


def test_the_same_text_twice_proposes_nothing_twice(db: Path) -> None:
    ingest(db)
    before, log = export(db), len(changes(db))
    kept = ingest(db)
    assert (kept.ids, kept.already) == ((), 2)
    assert export(db) == before
    assert len(changes(db)) == log


@pytest.mark.parametrize("decided", ["accept", "reject", "merge"])
def test_what_was_reviewed_is_not_proposed_again(db: Path, decided: str) -> None:
    ingest(db)
    decide(db, decided, TWO, *(["2023-01-02-first"] if decided == "merge" else []))
    for _ in range(2):
        assert ingest(db).already == 2
    sound(db)


def test_what_was_undone_is_proposed_again_under_its_id(db: Path) -> None:
    ingest(db)
    before = export(db)
    undo(db)
    assert waiting(db) == []
    assert ingest(db).ids == (ONE, TWO)
    assert export(db) == before
    sound(db)


def test_a_link_to_an_entry_that_was_merged_leads_on(db: Path) -> None:
    first, second = week()
    ingest(db, [first])
    decide(db, "merge", ONE, "2023-01-02-first")
    ingest(db, [first, second])
    assert stored(db, TWO)["links"][0]["event"] == "2023-01-02-first"


def test_all_or_nothing(db: Path) -> None:
    before, bad = export(db), week()
    bad[1].record["date"] = "no date"
    with pytest.raises(ValueError, match="no date"):
        ingest(db, bad)
    assert export(db) == before
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM snapshot").fetchone() == (0,)


def test_who_is_protected_and_gone_is_foreseen_and_not_made(db: Path) -> None:
    """By reading alone, also where a text names somebody whose record was removed."""
    take_in(db, actor("Sok Mealea", protected=True))
    ok("remove", "--actor", "Sok Mealea", "--include-protected", "--db", str(db))
    passage = "May 5, 2024\nMealea told of 30 others."
    text = f"Sok Mealea escaped.\n\n{passage}\n"
    read = [proposal(text, passage, date="2024-05-05", title="Mealea told of others")]
    before = export(db)
    with reading(db) as session:
        (record,), kept = drafts.preview(session, Document(text, ABOUT), read)
    assert record["actors"] == [{"name": "Sok Mealea", "role": "mentioned"}]
    assert export(db) == before
    assert ingest(db, read, text).ids == kept.ids
    assert stored(db, kept.ids[0])["actors"] == record["actors"]


# What is known, and what reports the same thing.


def test_an_event_that_tells_it_already_is_offered(db: Path) -> None:
    told: dict[str, Any] = {
        "kind": "rescue", "title": "Freed", "sites": ["Grey Wall"], "figures": [{"metric": "rescues", "stated": "43"}],
    }  # fmt: skip
    take_in(db, *(event(f"{date}-kenyans", date) | told for date in ("2024-05-03", "2024-05-09")))
    kept = ingest(db)
    assert kept.same_as == {ONE: "2024-05-03-kenyans"}
    assert [origin.same_as for origin in origins(db, ONE)] == ["2024-05-03-kenyans"]


@pytest.mark.thorough
def test_no_event_with_near_dates_is_missed(db: Path) -> None:
    chance, told = Random(1), week()[0].record
    dates = [some_dates(chance) for _ in range(150)]
    take_in(db, *(told | {"id": f"e-{number}", "date": one} for number, one in enumerate(dates)))
    with closing(sqlite3.connect(db)) as connection:
        for one in dates:
            found = {record["id"] for record in drafts.candidates(connection, told | {"date": one})}
            near = {f"e-{number}" for number, other in enumerate(dates) if similarity._dates(one, other) is not None}
            assert near <= found, one
    assert len(near) < len(dates) / 2  # so the days matter


def some_dates(chance: Random) -> str:
    first = date(2023, 11, 1) + timedelta(days=chance.randrange(400))
    last = first + timedelta(days=chance.choice((1, 6, 30, 31, 32, 33, 40, 90, 200, 365)))
    return chance.choice((f"{first}", f"{first:%Y-%m}", f"{first:%Y}", f"{first}/..", *[f"{first}/{last}"] * 4))


def test_a_reviewed_event_is_offered_before_a_draft(db: Path) -> None:
    told = week()[0].record | {"id": "x-draft"}
    take_in(db, told, told | {"id": "x-reviewed", "status": "reviewed"})
    assert ingest(db).same_as[ONE] == "x-reviewed"


def test_the_text_is_kept_once_and_whole(db: Path) -> None:
    ingest(db)
    draft = waiting(db)[1]
    assert draft.origin is not None
    assert draft.origin.snapshot.text == TEXT
    assert draft.origin.snapshot.about == ABOUT
    assert draft.origin.text == SECOND
    assert [draft.origin.words(one.span) for one in draft.origin.reasons] == ["May 5, 2024", "denied"]
    assert [draft.origin.words(one) for one in draft.origin.unread] == ["77"]
