"""``Timeline`` writes: what ``add``, ``edit``, ``remove``, ``undo``, ``names`` and ``redact`` do, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import ScamcliError, Timeline, where
from scamcli.errors import DataError, NotFoundError, WrongUsageError
from tests.helpers.driver import ok

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BARE: dict[str, Any] = {"date": "2023-07-01", "kind": "statement", "title": "Police name a number"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.db"


@pytest.fixture
def timeline(path: Path) -> Iterator[Timeline]:
    with Timeline(path, create=True) as opened:
        yield opened


# add


def test_a_file_that_could_not_be_written_to_is_not_left(path: Path, timeline: Timeline) -> None:
    with pytest.raises(DataError, match="`title` is missing"):
        timeline.add(date="2023", kind="raid")
    assert not path.exists()


# edit


def test_edit_sets_adds_and_removes(timeline: Timeline) -> None:
    id_ = timeline.add(BARE, tags=["old"], actors=[{"name": "A Person"}]).name
    edited = timeline.edit(id_[:12], values={"title": "Other"}, add={"tags": ["new"]}, remove={"tags": ["OLD"]})
    assert edited[:3] == ("event", id_, 2)
    record = timeline.show(id_)
    assert (record["title"], record["tags"], record["actors"][0]["name"]) == ("Other", ["new"], "A Person")
    with pytest.raises(NotFoundError, match='no tag "old"'):
        timeline.edit(id_, remove={"tags": ["old"]})


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


# names


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
