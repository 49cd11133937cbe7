"""Drafts of two readers of one text: what both found is graded higher, and what one found is kept."""

from __future__ import annotations

from typing import Any

import pytest

from scamcli.ingest.comparison import ComparedDraft, Comparison, compare
from scamcli.ingest.proposal import Extraction, Grade, Proposal, Reason, Span


def figure(id_: str, number: int, **more: Any) -> dict[str, Any]:
    bounds = {"low": number, "best": number, "high": number}
    none = dict.fromkeys(("unit", "part_of", "split", "of", "nationality", "group", "stated_by"))
    return {"id": id_, "metric": id_.partition("-")[0], "stated": str(number), **bounds, **none, **more}


def proposal(grade: Grade, date: str = "2022-09-19", passage: tuple[int, int] = (0, 50), **parts: Any) -> Proposal:
    record: dict[str, Any] = {
        "date": date, "kind": "rescue", "title": "T", "actors": [], "sites": [], "provinces": [], "countries": [],
        "nationalities": [], "figures": [],
    }  # fmt: skip
    record |= parts
    paths = ["date", "kind", *(f"actors.{one['name']}" for one in record["actors"])]
    paths += [f"provinces.{name}" for name in record["provinces"]]
    paths += [f"figures.{one['id']}" for one in record["figures"]]
    paths += [f"figures.{one['id']}.metric" for one in record["figures"]]
    reasons = tuple(Reason(path, Span(at, at + 1), "a rule", grade) for at, path in enumerate(paths))
    return Proposal(record, Span(*passage), reasons, (Span(40, 42),))


def compared(first: list[Proposal], second: list[Proposal]) -> Comparison:
    return compare(Extraction(first, (), {}, 0), Extraction(second, (), {}, 0), "other 1")


def grades(draft: Proposal) -> dict[str, str]:
    return {reason.field: str(reason.grade) for reason in draft.reasons}


@pytest.mark.parametrize(("before", "after"), [(Grade.UNSURE, "likely"), (Grade.LIKELY, "sure"), (Grade.SURE, "sure")])
def test_what_both_found_is_graded_higher(before: Grade, after: str) -> None:
    parts: dict[str, Any] = {"provinces": ["Kandal"], "figures": [figure("rescues", 45)]}
    first, second = proposal(before, **parts), proposal(Grade.UNSURE, **parts)
    merged, entries = compared([first], [second])
    (draft,) = merged.drafts
    assert set(grades(draft).values()) == {after}
    assert {reason.rule for reason in draft.reasons} == {"a rule; also found by other 1"}
    assert draft.record == first.record
    both = ("date 2022-09-19", "kind rescue", "province Kandal", "figure rescues “45”")
    assert entries == (ComparedDraft("2022-09-19 T", both, (), ()),)


def test_what_only_one_found_keeps_its_grade() -> None:
    first = proposal(Grade.LIKELY, provinces=["Kandal"], figures=[figure("rescues", 45)])
    second = proposal(
        Grade.UNSURE, kind="raid", actors=[{"name": "Chea Invented", "role": "speaker"}],
        figures=[figure("rescues", 12), figure("rescues-2", 45), figure("arrests", 3, part_of="rescues")],
    )  # fmt: skip
    merged, (entry,) = compared([first], [second])
    (draft,) = merged.drafts
    assert [(one["id"], one["best"]) for one in draft.record["figures"]] == [
        ("rescues", 45), ("rescues-2", 12), ("arrests", 3),
    ]  # fmt: skip
    assert draft.record["figures"][2]["part_of"] is None
    assert draft.record["kind"] == "rescue"
    assert grades(draft) == {
        "date": "sure", "kind": "likely", "provinces.Kandal": "likely", "figures.rescues": "sure",
        "figures.rescues.metric": "sure", "actors.Chea Invented": "unsure", "figures.rescues-2": "unsure",
        "figures.rescues-2.metric": "unsure", "figures.arrests": "unsure", "figures.arrests.metric": "unsure",
    }  # fmt: skip
    assert entry.first == ("kind rescue", "province Kandal")
    assert entry.second == (
        "kind raid", "actor Chea Invented (speaker)", "figure rescues “12”", "figure arrests “3”",
    )  # fmt: skip


def test_drafts_of_other_passages_or_dates_are_other_entries() -> None:
    first = proposal(Grade.LIKELY)
    for other in (proposal(Grade.UNSURE, passage=(50, 90)), proposal(Grade.UNSURE, date="2022-09-20")):
        merged, entries = compared([first], [other])
        assert merged.drafts == [first, other]
        assert [bool(entry.both) for entry in entries] == [False, False]
    merged, _ = compared([first], [proposal(Grade.UNSURE, date="2022-09")])
    assert len(merged.drafts) == 1


def test_a_draft_is_compared_once() -> None:
    drafts = [proposal(Grade.LIKELY), proposal(Grade.LIKELY, figures=[figure("rescues", 45)])]
    merged, entries = compared(drafts, [proposal(Grade.UNSURE)])
    assert len(merged.drafts) == 2
    assert [bool(entry.both) for entry in entries] == [True, False]
