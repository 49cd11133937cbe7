"""``Timeline`` writes: what ``add``, ``edit``, ``remove``, ``undo``, ``names`` and ``redact`` do, from Python."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import ScamcliError, Timeline, where
from scamcli.errors import ChangedError, DatabaseError, DataError, NotFoundError, WrongUsageError
from tests.helpers.driver import ok

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BARE: dict[str, Any] = {"date": "2023-07-01", "kind": "statement", "title": "Police name a number"}
UMPTEEN = {"metric": "rescues", "stated": "umpteen"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.db"


@pytest.fixture
def timeline(path: Path) -> Iterator[Timeline]:
    with Timeline(path, create=True) as opened:
        yield opened


def last(timeline: Timeline) -> Any:
    return next(timeline.log())


# add


def test_add_creates_the_file_and_tells_what_is_new(path: Path, timeline: Timeline) -> None:
    assert not path.exists()
    added = timeline.add(
        **BARE,
        actors=[{"name": "Kandal police", "role": "Speaker"}],
        figures=[UMPTEEN],
    )
    assert tuple(added) == (
        "event", "2023-07-01-police-name-a-number", 1,
        (
            'Figure rescues: no number was read from "umpteen", so low, best and high are unknown.',
            f"Created {path}, a new timeline.",
            "rescues: counted as aggregate (the default for the kind statement). Change it with "
            f"`scamcli edit {added.name}`.",
            'New actor: "Kandal police".',
        ),
    )  # fmt: skip
    assert timeline.show(added.name)["actors"] == [{"name": "Kandal police", "role": "speaker"}]


def test_a_missing_file_is_not_created_unless_asked(path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"case\.db"):
        Timeline(path)
    assert not path.exists()


def test_a_file_that_could_not_be_written_to_is_not_left(path: Path, timeline: Timeline) -> None:
    with pytest.raises(DataError, match="`title` is missing"):
        timeline.add(date="2023", kind="raid")
    assert not path.exists()


def test_add_refuses_faults_unless_forced(timeline: Timeline) -> None:
    bounds = {"metric": "rescues", "stated": "4", "low": 5, "best": 4, "high": 4}
    with pytest.raises(DataError, match=r"F01 figure rescues") as caught:
        timeline.add(BARE, figures=[bounds])
    assert caught.value.hint == "Nothing was written. Fix it, or accept it with --force."
    added = timeline.add(BARE, figures=[bounds], force=True)
    assert any(note.startswith("F01 figure rescues") for note in added.notes)


def test_add_refuses_similar_names_unless_told_that_they_are_new(timeline: Timeline) -> None:
    timeline.add({"type": "actor", "name": "Sar Kheng"})
    with pytest.raises(DataError, match="Sar Keng"):
        timeline.add(BARE, actors=[{"name": "Sar Keng"}])
    added = timeline.add(BARE, actors=[{"name": "Sar Keng"}], new_actor=True)
    assert any("Sar Keng" in note and "Sar Kheng" in note for note in added.notes)


def test_links_may_name_the_beginning_of_an_id(timeline: Timeline) -> None:
    first = timeline.add(BARE).name
    second = timeline.add(
        BARE, date="2023-07-02", title="An answer", links=[{"type": "disputes", "event": first[:14]}]
    ).name
    assert timeline.show(second)["links"][0]["event"] == first


def test_author_and_reason_are_recorded(timeline: Timeline) -> None:
    timeline.add(BARE, author=" ana ", reason="a call")
    row = last(timeline)
    assert (row["command"], row["by"], row["reason"]) == ("add", "ana", "a call")
    wrong: list[dict[str, Any]] = [{"author": ""}, {"author": "x" * 201}, {"reason": " "}]
    for options in wrong:
        with pytest.raises(WrongUsageError, match="must have 1 to"):
            timeline.add(BARE, title="Another", **options)


# edit


def test_edit_sets_adds_and_removes(timeline: Timeline) -> None:
    id_ = timeline.add(BARE, tags=["old"], actors=[{"name": "A Person"}]).name
    edited = timeline.edit(id_[:12], values={"title": "Other"}, add={"tags": ["new"]}, remove={"tags": ["OLD"]})
    assert edited[:3] == ("event", id_, 2)
    record = timeline.show(id_)
    assert (record["title"], record["tags"], record["actors"][0]["name"]) == ("Other", ["new"], "A Person")
    with pytest.raises(NotFoundError, match='no tag "old"'):
        timeline.edit(id_, remove={"tags": ["old"]})


def test_edit_takes_a_whole_record_and_its_digest(timeline: Timeline) -> None:
    id_ = timeline.add(BARE).name
    record = timeline.show(id_)
    timeline.edit(id_, record | {"note": "seen"})
    with pytest.raises(ChangedError, match="note: nothing → seen"):
        timeline.edit(id_, record | {"note": "other"})
    with pytest.raises(ChangedError, match="The record has changed"):
        timeline.edit(id_, values={"note": "other"}, expect=record["digest"])
    assert timeline.show(id_)["note"] == "seen"


def test_edit_wants_one_kind_of_change(timeline: Timeline) -> None:
    id_ = timeline.add(BARE).name
    with pytest.raises(WrongUsageError):
        timeline.edit(id_)
    with pytest.raises(WrongUsageError):
        timeline.edit(id_, BARE, values={"note": "x"})
    with pytest.raises(WrongUsageError):
        timeline.edit(id_, values={"note": "x"}, expect=" ")


@pytest.mark.parametrize("figure", [{"period": "2024-03"}, "rescues", None])
def test_edit_wants_the_id_of_a_figure(timeline: Timeline, figure: Any) -> None:
    id_ = timeline.add(BARE, figures=[{"metric": "rescues", "stated": "12"}]).name
    with pytest.raises(WrongUsageError, match="does not say which figure it changes"):
        timeline.edit(id_, figures=[figure])


def test_an_actor_is_edited_by_its_name(timeline: Timeline) -> None:
    timeline.add(BARE, actors=[{"name": "A Person"}])
    assert timeline.edit("A Person", {"name": "A Person", "note": "known"})[:2] == ("actor", "A Person")
    assert timeline.profile("actor", "A Person")["note"] == "known"


# remove, undo, redo


def test_remove_undo_and_redo(timeline: Timeline) -> None:
    first = timeline.add(BARE).name
    second = timeline.add(BARE, title="It again", links=[{"type": "follows", "event": first}]).name
    removed = timeline.remove(first)
    assert removed.record["id"] == first
    assert removed.notes == (f"{second} still links to it.",)
    assert timeline.sizes()["events"] == 1
    assert timeline.undo()[:3] == (4, 3, "remove")
    assert timeline.undo()[:3] == (5, 2, "add")
    assert [event["id"] for event in timeline.find(where())] == [first]
    assert timeline.redo()[:3] == (6, 2, "add")
    assert timeline.redo()[:3] == (7, 3, "remove")
    with pytest.raises(NotFoundError, match="no undo to redo"):
        timeline.redo()
    assert [event["id"] for event in timeline.find(where())] == [second]


def test_remove_of_a_name_that_is_used(timeline: Timeline) -> None:
    id_ = timeline.add(BARE, actors=[{"name": "A Person"}]).name
    with pytest.raises(DataError, match=id_):
        timeline.remove("A Person", type_="actor")
    timeline.remove(id_)
    timeline.remove("A Person", type_="actor")
    with pytest.raises(WrongUsageError):
        timeline.remove("scams", type_="metric")


# names


def test_aliases_and_merged_names(timeline: Timeline) -> None:
    id_ = timeline.add(BARE, actors=[{"name": "Sar Kheng"}, {"name": "The Minister"}]).name
    added = timeline.add_alias("actor", "Sar Kheng", ["Samdech", "S. Kheng"])
    assert (added.new, added.known) == (("Samdech", "S. Kheng"), ())
    assert timeline.add_alias("actor", "Sar Kheng", ["Samdech"])[:3] == ((), ("Samdech",), None)
    merged = timeline.merge_names("actor", "The Minister", "Sar Kheng")
    assert merged.events == 1
    assert [one["name"] for one in timeline.show(id_)["actors"]] == ["Sar Kheng"]


def test_protect_masks_at_once_and_ends(path: Path, timeline: Timeline) -> None:
    id_ = timeline.add(BARE, actors=[{"name": "Vic Tim"}]).name
    assert timeline.show(id_)["actors"][0]["name"] == "Vic Tim"
    edited = timeline.protect("Vic Tim")
    assert edited.name.startswith("[protected-")
    assert timeline.show(id_)["actors"][0]["name"] == edited.name
    with pytest.raises(ScamcliError) as caught:
        timeline.add_alias("actor", "Vic Tim", ["police"]) and timeline.remove("Vic Tim", type_="actor")
    assert "Vic Tim" not in f"{caught.value} {caught.value.hint}"
    with Timeline(path, include_protected=True) as whole:
        assert whole.show(id_)["actors"][0]["name"] == "Vic Tim"
        for reason in (None, "", " "):
            with pytest.raises(WrongUsageError, match=r"needs a reason|reason .* must have"):
                whole.unprotect("Vic Tim", reason=reason)
        assert whole.unprotect("Vic Tim", reason="she agreed to be named").name == "Vic Tim"
        commands = [one["command"] for one in whole.log()]
        assert [command for command in commands if "protect" in command] == ["unprotect", "protect"]
    assert "Vic Tim" in ok("show", id_, "--db", str(path))


def test_a_name_is_looked_for_in_one_event_at_a_time(timeline: Timeline) -> None:
    for number in range(20):
        timeline.add(BARE | {"title": f"Statement {number}", "note": "x" * 96_000})
    for call in (tracemalloc.start, tracemalloc.reset_peak):  # the first time, caches of folded words are filled
        call()
        with pytest.raises(NotFoundError):
            timeline.protect("Vic Tim")
        before, _ = tracemalloc.get_traced_memory()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - before < 10 * 96_000  # bytes: ten of the twenty notes


def test_a_name_that_is_not_there_is_answered_with_similar_ones(timeline: Timeline) -> None:
    timeline.add(BARE, actors=[{"name": "Vic Tim"}], sites=["Blue Gate"])
    for write in (
        lambda: timeline.protect("Vick Tim"),
        lambda: timeline.add_alias("actor", "Vick Tim", ["V"]),
        lambda: timeline.merge_names("actor", "Vick Tim", "Vic Tim"),
        lambda: timeline.remove("Vick Tim", type_="actor"),
    ):
        with pytest.raises(NotFoundError) as caught:
            write()
        assert (str(caught.value), caught.value.hint) == ('No actor named "Vick Tim".', 'Did you mean "Vic Tim"?')
    with pytest.raises(NotFoundError) as caught:
        timeline.add_alias("site", "Xyzzy", ["X"])
    assert caught.value.hint == "`scamcli sites` lists them."


def test_redact_must_be_confirmed(path: Path, timeline: Timeline) -> None:
    id_ = timeline.add(BARE, summary="So said Zovanny Quexley.").name
    assert timeline.show(id_)["summary"] == "So said Zovanny Quexley."
    with pytest.raises(WrongUsageError, match="confirmed"):
        timeline.redact("Zovanny Quexley")
    copy = timeline.backup(path.with_name("copy.db"))
    erased = timeline.redact("Zovanny Quexley", confirmed=True)
    assert (erased.records, erased.copies) == (1, (str(copy),))
    assert any(str(copy) in note for note in erased.notes)
    assert timeline.show(id_)["summary"] == f"So said {erased.placeholder}."
    assert b"Quexley" not in path.read_bytes()
    with pytest.raises(NotFoundError):
        timeline.redact("Zovanny Quexley", confirmed=True)


def test_a_read_sees_what_was_written(timeline: Timeline) -> None:
    timeline.add(BARE)
    assert timeline.sizes()["events"] == 1
    timeline.add(BARE, title="Another")
    assert timeline.sizes()["events"] == 2


def test_a_record_without_an_id_is_refused_in_words(seeded: Path) -> None:
    with Timeline(seeded) as timeline:
        record = {**timeline.show("2022-08-18-koh-thom-escape"), "id": None}
        with pytest.raises(DataError, match="ids are permanent"):
            timeline.edit("2022-08-18-koh-thom-escape", record)
