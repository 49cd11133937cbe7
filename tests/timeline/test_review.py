"""``Timeline`` reviews: what ``scamcli review`` does, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from scamcli.errors import ChangedError, DataError, NotFoundError, WrongUsageError
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
    *suspected, note = decided.notes
    assert note.startswith(f"{again[0]['id']} seems to report the same as {first}. ")
    # Its number would count twice, so it is also a suspected duplicate.
    assert suspected[0].startswith(f"{again[0]['id']} may be the same event as {first}: ")
    assert suspected[1] == f"  scamcli edit {again[0]['id']} --repeats {first}"


def test_rows(timeline: Timeline) -> None:
    id_ = timeline.add(date="2024", kind="report", title="Typed in", status="draft").name
    rows: list[dict[str, Any]] = [draft_row(draft) for draft in timeline.pending()]
    assert [row["id"] for row in rows][-1] == id_
    assert (rows[-1]["passage"], rows[-1]["source"]["outlet"]) == (None, None)
    assert rows[0]["source"]["outlet"] == "Example Daily"
    assert {span["field"] for span in rows[0]["spans"]} >= {"date", "kind"}


TWO_EVENTS = """5 March 2024: Police in Kandal freed 45 workers, 12 of them women, and arrested 30 suspects. Invented
Person denied it.
"""


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "mixed.db", create=True) as opened:
        opened.add(type="actor", name="Invented Person", kind="person", aliases=["Inv. P."])
        opened.ingest(TWO_EVENTS, outlet="Example Daily")
        yield opened


def figures(timeline: Timeline, id_: str) -> list[str | None]:
    return [figure["id"] for figure in timeline.show(id_)["figures"]]


def test_split_a_draft(mixed: Timeline) -> None:
    (before,) = mixed.pending()
    id_ = before.record["id"]
    assert figures(mixed, id_) == ["rescues", "rescues-2", "arrests"]
    decided = mixed.split_draft(id_, figures=["arrests"], actors=["Inv. P."], title="30 arrested", expect=before.digest)
    assert decided.ids == (id_, "2024-03-05-30-arrested")
    first, second = mixed.pending()
    assert (figures(mixed, id_), figures(mixed, decided.ids[1])) == (["rescues", "rescues-2"], ["arrests"])
    assert "Invented Person" not in {one["name"] for one in first.record["actors"]}
    assert [one["name"] for one in second.record["actors"]] == ["Invented Person"]
    for draft in (first, second):
        assert draft.origin is not None
        assert before.origin is not None
        assert (draft.origin.text, draft.origin.reasons) == (before.origin.text, before.origin.reasons)
        row: dict[str, Any] = draft_row(draft)
        fields = {span["field"] for span in row["spans"]}
        assert {"figures.rescues" in fields, "figures.arrests" in fields} == {True, False}
    kept = ("date", "kind", "provinces", "countries", "sources", "status")
    assert [first.record[key] for key in kept] == [second.record[key] for key in kept]
    assert next(mixed.log())["command"] == "review"
    assert list(mixed.verify()) == []
    assert mixed.ingest(TWO_EVENTS, outlet="Example Daily").drafts == ()
    mixed.accept(decided.ids)


def test_a_split_can_be_undone_and_repeated(mixed: Timeline) -> None:
    (before,) = mixed.pending()
    id_ = before.record["id"]
    new = mixed.split_draft(id_, figures=["arrests"]).ids[1]
    assert new == f"{id_}-2"
    mixed.undo()
    assert [draft.record for draft in mixed.pending()] == [before.record]
    assert mixed.split_draft(id_, figures=["rescues"]).ids[0] == id_
    assert figures(mixed, id_) == ["arrests"]  # a figure takes its parts along
    assert list(mixed.verify()) == []


@pytest.mark.parametrize(
    ("moved", "error", "said"),
    [
        ({}, WrongUsageError, "You named nothing to move"),
        ({"figures": ["deaths"]}, NotFoundError, 'no figure "deaths"'),
        ({"actors": ["Nobody"]}, NotFoundError, 'no actor "Nobody"'),
        ({"figures": ["rescues-2"]}, WrongUsageError, 'is a part of "rescues"'),
        ({"figures": ["arrests"], "title": "  "}, DataError, "title"),
        ({"figures": ["arrests"], "expect": "0" * 64}, ChangedError, "has changed"),
    ],
)
def test_a_split_is_refused(mixed: Timeline, moved: dict[str, Any], error: type[Exception], said: str) -> None:
    (before,) = mixed.pending()
    with pytest.raises(error, match=said):
        mixed.split_draft(before.record["id"], **moved)
    names = [one["name"] for one in before.record["actors"]]
    with pytest.raises(WrongUsageError, match="would leave the old draft without figures and actors"):
        mixed.split_draft(before.record["id"], figures=["rescues", "arrests"], actors=names)
    assert [draft.record for draft in mixed.pending()] == [before.record]


def test_a_reviewed_event_is_not_split(mixed: Timeline) -> None:
    (before,) = mixed.pending()
    mixed.accept(before.record["id"])
    with pytest.raises(DataError, match="not a draft"):
        mixed.split_draft(before.record["id"], figures=["arrests"])


def test_a_split_takes_masked_names_and_keeps_them_masked(mixed: Timeline) -> None:
    mixed.edit("Invented Person", type_="actor", values={"protected": True})
    (before,) = mixed.pending()
    (masked,) = [one["name"] for one in before.record["actors"] if one["name"].startswith("[protected-")]
    id_, new = mixed.split_draft(before.record["id"], actors=[masked], title=f"{masked} denies it").ids
    assert masked not in {one["name"] for one in mixed.show(id_)["actors"]}
    assert [one["name"] for one in mixed.show(new)["actors"]] == [masked]
    assert "invented" not in new
    with Timeline(mixed.path, include_protected=True) as opened:
        assert opened.show(new)["title"] == "Invented Person denies it"
