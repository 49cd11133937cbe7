"""``Timeline`` reviews: what ``scamcli review`` does, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.errors import ChangedError, DataError, NotFoundError
from scamcli.timeline.draft_rows import draft_row, passage_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = """Police statements of March 2024

2024-03-05: Police freed 45 Thai workers from a compound in Kandal, the police said.

2024-03-07: Officers arrested 30 suspects in Poipet.

2024-03-09: Police freed 12 Indonesians in Kampot.
"""


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "case.db", create=True) as opened:
        opened.ingest(TEXT, outlet="Example Daily")
        yield opened


def ids(timeline: Timeline) -> list[str]:
    return [draft.record["id"] for draft in timeline.pending()]


def test_accept_all_or_none(timeline: Timeline) -> None:
    first, second, third = ids(timeline)
    with pytest.raises(NotFoundError):
        timeline.accept([first, "nobody-has-this"])
    assert ids(timeline) == [first, second, third]
    decided = timeline.accept([first, second], author="ana")
    assert decided.ids == (first, second)
    assert ids(timeline) == [third]
    assert next(timeline.log())["command"] == "review"
    with pytest.raises(DataError, match=first):
        timeline.accept(first)


def test_accept_with_changes(timeline: Timeline) -> None:
    first = next(timeline.pending())
    timeline.accept(first.record["id"], first.record | {"title": "Corrected"}, expect=first.digest)
    record = timeline.show(first.record["id"])
    assert (record["title"], record["status"]) == ("Corrected", "reviewed")
    with pytest.raises(DataError):
        timeline.accept(first.record["id"], {**first.record, "title": "Again"})
    assert timeline.show(first.record["id"])["title"] == "Corrected"


def test_accept_refuses_faults_unless_forced(timeline: Timeline) -> None:
    first = next(timeline.pending())
    (figure,) = first.record["figures"]
    wrong = first.record | {"figures": [figure | {"low": 99, "best": 1, "high": 1}]}
    with pytest.raises(DataError, match="F01"):
        timeline.accept(first.record["id"], wrong)
    decided = timeline.accept(first.record["id"], wrong, force=True)
    assert any("F01" in note for note in decided.notes)


def test_a_draft_that_has_changed_is_not_decided_on(timeline: Timeline) -> None:
    first = next(timeline.pending())
    id_ = first.record["id"]
    timeline.edit(id_, values={"note": "changed"})
    for decide in (timeline.accept, timeline.reject):
        with pytest.raises(ChangedError, match="has changed since"):
            decide(id_, expect=first.digest)
    now = timeline.draft(id_)
    assert now is not None
    timeline.reject(id_, expect=now.digest)
    assert timeline.draft(id_) is None
    with pytest.raises(ChangedError, match="Somebody else has decided"):
        timeline.accept(id_, expect=now.digest)


def test_merge_a_draft_into_an_event(timeline: Timeline) -> None:
    first, second, _ = ids(timeline)
    timeline.accept(first)
    draft = timeline.draft(second)
    assert draft is not None
    assert timeline.same_days(draft) == []
    assert timeline.merge_draft(second, first).ids == (second,)
    assert timeline.show(second)["id"] == first
    assert [origin.text[:10] for origin in timeline.origins(first)] == ["2024-03-05", "2024-03-07"]
    assert [passage_row(origin)["outlet"] for origin in timeline.origins(first)] == ["Example Daily"] * 2


def test_accept_names_an_event_that_reports_the_same(timeline: Timeline) -> None:
    first = ids(timeline)[0]
    timeline.accept(ids(timeline))
    again = timeline.ingest(TEXT.replace("statements", "notes"), outlet="Other Daily").drafts
    decided = timeline.accept(again[0]["id"])
    suspected, note = decided.notes
    assert note.startswith(f"{again[0]['id']} seems to report the same as {first}. ")
    # Its number would count twice, so it is also a suspected duplicate.
    assert suspected.startswith(f"{again[0]['id']} may report the same incident as {first}: ")


def test_rows(timeline: Timeline) -> None:
    id_ = timeline.add(date="2024", kind="report", title="Typed in", status="draft").name
    rows: list[dict[str, Any]] = [draft_row(draft) for draft in timeline.pending()]
    assert [row["id"] for row in rows][-1] == id_
    assert (rows[-1]["passage"], rows[-1]["source"]["outlet"]) == (None, None)
    assert rows[0]["source"]["outlet"] == "Example Daily"
    assert {span["field"] for span in rows[0]["spans"]} >= {"date", "kind"}
