"""Keeping what was read out of a text: drafts, the text itself, new names; nothing twice."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.errors import DataError
from scamcli.ingest.proposal import Document, Metadata
from scamcli.records import similarity
from scamcli.records.models import Actor, Site
from scamcli.store import drafts
from scamcli.store.naming import NOTHING_ELSE
from scamcli.timeline.session import reading
from tests.helpers.draft_cases import (
    ABOUT,
    FIRST,
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
from tests.helpers.driver import actor, entity, event, export, found, ok, records, stored, take_in

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


def test_it_is_one_change_of_the_command(db: Path) -> None:
    ingest(db)
    (last, *_) = changes(db)
    assert (last["command"], last["by"], last["added"]) == ("ingest", "reader", 2 + 2 + 1)


def test_a_draft_is_what_a_person_could_have_added(db: Path) -> None:
    """What is written without the models is what they take, and give back the same."""
    ingest(db)
    before = export(db)
    assert "0 records added" in take_in(db, *records(db)).err
    assert export(db) == before


@pytest.mark.parametrize("model", [Actor, Site])
def test_a_new_name_is_written_as_its_model_writes_it(model: Any) -> None:
    whole = model(name="N").model_dump()
    type_ = whole["type"]
    assert list({"type": type_, "name": "N", "kind": None} | NOTHING_ELSE[type_]) == list(whole)
    assert {"type": type_, "name": "N", "kind": None} | NOTHING_ELSE[type_] == whole


def test_new_names_are_made_with_their_kind(db: Path) -> None:
    ingest(db)
    assert entity(db, "actor", "Ly Marady")["kind"] == "person"
    assert entity(db, "actor", "The Border Post")["kind"] == "media"
    assert entity(db, "site", "Grey Wall")["kind"] == "compound"


def test_a_kind_that_is_none_is_left_out(db: Path) -> None:
    ingest(db, kinds={"Ly Marady": "hero", "Grey Wall": "person"})
    assert entity(db, "actor", "Ly Marady")["kind"] is None
    assert entity(db, "site", "Grey Wall")["kind"] is None


def test_who_publishes_further_down_is_media(db: Path) -> None:
    told: dict[str, Any] = {"date": "2024-05-02", "actors": [{"name": "River Radio", "role": "author"}]}
    heard: dict[str, Any] = {"date": "2024-05-05", "sources": [{"outlet": "The Border Post", "via": "River Radio"}]}
    ingest(db, [proposal(TEXT, FIRST, **told), proposal(TEXT, SECOND, **heard)])
    assert entity(db, "actor", "River Radio")["kind"] == "media"


def test_an_alias_is_somebody_who_is_known(db: Path) -> None:
    take_in(db, actor("Ly Marady Sok", aliases=["Ly Marady"]))
    ingest(db)
    assert "Ly Marady" not in names(db, "actor")
    assert stored(db, ONE)["actors"] == [{"name": "Ly Marady Sok", "role": "speaker"}]
    assert stored(db, ONE)["figures"][0]["stated_by"] == "Ly Marady Sok"
    assert [one.field for one in origins(db, ONE)[0].reasons] == ["date", "figures.rescues", "actors.Ly Marady Sok"]


def test_two_names_of_one_are_one_actor(db: Path) -> None:
    both = [{"name": "MoI", "role": "speaker"}, {"name": "Ministry of Interior", "role": "speaker"}]
    (id_,) = ingest(db, [proposal(TEXT, FIRST, date="2024-05-02", actors=both)]).ids
    assert stored(db, id_)["actors"] == [{"name": "Ministry of Interior", "role": "speaker"}]


def test_a_link_to_another_entry_leads_to_its_id(db: Path) -> None:
    take_in(db, event(ONE, "2024-05-02", title="Something else"))
    assert ingest(db).ids == (f"{ONE}-2", TWO)
    assert stored(db, TWO)["links"][0]["event"] == f"{ONE}-2"


def test_a_link_to_what_is_not_there_is_left_out(db: Path) -> None:
    link = {"type": "follows", "event": "2020-01-01-nothing"}
    (id_,) = ingest(db, [proposal(TEXT, FIRST, date="2024-05-02", links=[link])]).ids
    assert stored(db, id_)["links"] == []


def test_two_entries_of_one_title_have_two_ids(db: Path) -> None:
    kept = ingest(db, [proposal(TEXT, passage, date="2024-05-02", title="A raid") for passage in (FIRST, SECOND)])
    assert kept.ids == ("2024-05-02-a-raid", "2024-05-02-a-raid-2")


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


def test_what_was_removed_by_hand_is_not_proposed_again(db: Path) -> None:
    ingest(db)
    ok("remove", ONE, "--db", str(db))
    assert ingest(db).already == 2


def test_what_was_undone_is_proposed_again_under_its_id(db: Path) -> None:
    ingest(db)
    before = export(db)
    undo(db)
    assert waiting(db) == []
    assert ingest(db).ids == (ONE, TWO)
    assert export(db) == before
    sound(db)


def test_what_was_undone_is_kept_again_with_what_is_known_by_then(db: Path) -> None:
    ingest(db, about=Metadata())
    undo(db)
    ingest(db, about=ABOUT)
    assert {draft.origin.snapshot.about for draft in waiting(db) if draft.origin} == {ABOUT}


@pytest.mark.parametrize("decided", ["accept", "reject", "merge"])
def test_what_is_known_of_a_text_stays_while_an_event_comes_of_it(db: Path, decided: str) -> None:
    first, second = week()
    ingest(db, [first])
    decide(db, decided, ONE, *(["2023-01-02-first"] if decided == "merge" else []))
    ingest(db, [first, second], about=Metadata())
    assert [draft.origin.snapshot.about for draft in waiting(db) if draft.origin] == [ABOUT]


def test_an_undone_rejection_that_is_done_again_is_one(db: Path) -> None:
    ingest(db)
    decide(db, "reject", TWO)
    undo(db)
    assert ingest(db).already == 2
    undo(db)
    assert [draft.record["id"] for draft in waiting(db)] == [ONE]
    assert ingest(db).already == 2


def test_an_undone_undo_of_an_ingest_is_there(db: Path) -> None:
    ingest(db)
    undo(db)
    undo(db)
    assert ingest(db).already == 2
    assert len(waiting(db)) == 2


def test_another_text_is_another(db: Path) -> None:
    ingest(db)
    text = TEXT.replace("Number 77", "Number 78")
    kept = ingest(db, [proposal(text, SECOND.replace("77", "78"), date="2024-05-05")], text)
    assert len(kept.ids) == 1
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)


def test_a_link_to_an_entry_that_was_kept_before(db: Path) -> None:
    first, second = week()
    ingest(db, [first])
    decide(db, "accept", ONE)
    assert ingest(db, [first, second]).already == 1
    assert stored(db, TWO)["links"] == [{"type": "disputes", "event": ONE, "figure": None, "note": None}]


def test_a_link_to_an_entry_that_was_rejected_is_left_out(db: Path) -> None:
    first, second = week()
    ingest(db, [first])
    decide(db, "reject", ONE)
    ingest(db, [first, second])
    assert stored(db, TWO)["links"] == []


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


def test_a_text_that_cannot_be_kept_is_refused(db: Path) -> None:
    with pytest.raises(DataError, match="surrogate"):
        ingest(db, [], "half a pair: \ud800")


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


def test_every_name_is_known(db: Path) -> None:
    take_in(db, actor("MoI's Bureau", kind="police", aliases=["The Bureau"]))
    with Timeline(db) as timeline:
        known = timeline.known()
    assert known.actors == {
        "Ministry of Interior": "Ministry of Interior", "MoI": "Ministry of Interior", "Sar Kheng": "Sar Kheng",
        "MoI's Bureau": "MoI's Bureau", "The Bureau": "MoI's Bureau",
    }  # fmt: skip
    assert known.sites == {"Blue Gate": "Blue Gate"}
    assert known.kinds == {"Ministry of Interior": "government", "Sar Kheng": "person", "MoI's Bureau": "police"}
    assert known.places == {"Blue Gate": "Kandal"}


def test_an_event_that_tells_it_already_is_offered(db: Path) -> None:
    told: dict[str, Any] = {
        "kind": "rescue", "title": "Freed", "sites": ["Grey Wall"], "figures": [{"metric": "rescues", "stated": "43"}],
    }  # fmt: skip
    take_in(db, *(event(f"{date}-kenyans", date) | told for date in ("2024-05-03", "2024-05-09")))
    kept = ingest(db)
    assert kept.same_as == {ONE: "2024-05-03-kenyans"}
    assert [origin.same_as for origin in origins(db, ONE)] == ["2024-05-03-kenyans"]


def test_an_event_with_an_open_end_is_offered(db: Path) -> None:
    told = week()[0].record
    take_in(db, told | {"id": "kenyans", "date": "2024-05-02/..", "status": "reviewed"})
    assert ingest(db).same_as == {ONE: "kenyans"}


def test_periods_are_compared_with_periods(db: Path) -> None:
    told = week()[0].record
    dates = {"days": "2024-05-02/2024-06-02", "months": "2024-05-02/2024-06-03", "open": "2024-05-02/.."}
    take_in(db, *(told | {"id": id_, "date": date} for id_, date in dates.items()))
    with closing(sqlite3.connect(db)) as connection:
        for date, near in (("2024-05-02", ["days", "open"]), ("2024-05-03/2024-06-04", ["months"])):
            found = [one["id"] for one in drafts.candidates(connection, told | {"date": date})]
            assert [id_ for id_ in found if id_ in dates] == near


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


def test_neither_pydantic_nor_sqlite_utils_is_loaded(db: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from scamcli.timeline.session import transaction\n"
        "from scamcli.ingest.proposal import Document, Metadata, Proposal, Span\n"
        "from scamcli.store import drafts, review_drafts, snapshots; from scamcli.store.history import Cause\n"
        "from scamcli.store.naming import NewNames; from scamcli.store.transaction import Transaction\n"
        f"record = {week()[0].record!r}\n"
        f"with transaction(Path({str(db)!r}), Transaction, NewNames.TAKEN, Cause('ingest')) as session:\n"
        "    drafts.known(session.connection)\n"
        "    drafts.keep(session, Document('some text', Metadata()), [Proposal(record, Span(0, 4), (), ())])\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'pydantic', 'sqlite_utils', 'rich', 'typer'})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
    assert len(waiting(db)) == 1


def test_the_text_is_kept_once_and_whole(db: Path) -> None:
    ingest(db)
    draft = waiting(db)[1]
    assert draft.origin is not None
    assert draft.origin.snapshot.text == TEXT
    assert draft.origin.snapshot.about == ABOUT
    assert draft.origin.text == SECOND
    assert [draft.origin.words(one.span) for one in draft.origin.reasons] == ["May 5, 2024", "denied"]
    assert [draft.origin.words(one) for one in draft.origin.unread] == ["77"]
