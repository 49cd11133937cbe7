"""``Timeline`` reviews: what ``scamcli review`` does, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import ChangedError, DataError, NotFoundError
from scamcli.timeline.draft_rows import passage_row

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
