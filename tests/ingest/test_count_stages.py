"""The stages of ``counts``, each with what it takes and gives: amounts, described, resolved and related counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from evaluation.cases import gold_cases
from scamcli.ingest.counts.amounts import amounts
from scamcli.ingest.counts.classify import describe
from scamcli.ingest.counts.count import Count, Kind, SentenceView
from scamcli.ingest.counts.relations import relate
from scamcli.ingest.counts.resolve import resolve
from scamcli.ingest.pipeline import counts_of
from scamcli.ingest.words import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXTS = [case.path for case in gold_cases()]


def view_of(text: str) -> SentenceView:
    (sentence,) = sentences(text)
    return SentenceView(sentence, 0, (), (), amounts(sentence, text, frozenset()))


def described(text: str) -> tuple[SentenceView, list[Count]]:
    (sentence,) = sentences(text)
    view = view_of(text)
    return view, [describe(view, amount, id_) for id_, amount in enumerate(amounts(sentence, text, frozenset()))]


def related(text: str, before: Sequence[Count] = ()) -> list[Count]:
    view, counts = described(text)
    counts = [count._replace(id=len(before) + count.id, at=len(before)) for count in counts]
    return relate(view, before, resolve(view, counts, before))


DESCRIBED = [
    ("Police freed 45 workers.", [(Kind.PEOPLE, "workers", "workers", None)]),
    ("Police freed 45.", [(Kind.BARE, "", None, None)]),
    ("Police freed 12 foreign nationals.", [(Kind.PEOPLE, "nationals", "foreigners", None)]),
    ("They received 18 complaints.", [(Kind.THING, "complaints", None, "complaints")]),
    ("They searched three casinos.", [(Kind.PREMISES, "casinos", None, None)]),
    ("They paid $300.", [(Kind.MONEY, "", None, None)]),
    ("He got a 12-year sentence.", [(Kind.SENTENCE, "", None, "sentences")]),
    ("They drove 30 km.", [(Kind.OTHER, "", None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), DESCRIBED)
def test_described_is_what_stands_beside_the_number(text: str, expected: list[object]) -> None:
    _, counts = described(text)
    assert [(count.kind, count.noun, count.group, count.metric) for count in counts] == expected


def test_resolved_is_what_happened() -> None:
    view, counts = described("Police freed 45 workers and arrested nine suspects.")
    assert [count.metric for count in counts] == [None, None]
    assert [count.metric for count in resolve(view, counts, ())] == ["rescues", "arrests"]


def test_resolved_may_refer_to_an_earlier_count() -> None:
    before = related("Police freed 158 workers.")
    found = related("Of the 158, nine were women.", before)
    assert [count.refers for count in found] == [None, 0, None]
    assert not found[1].is_figure


def test_related_is_which_is_part_of_which() -> None:
    whole, part = related("Police freed 45 workers, 12 of them women.")
    assert (whole.whole, part.whole, part.metric, part.divided_by) == (None, whole.id, "rescues", "group")


def test_a_later_sentence_can_give_the_upper_end_of_an_earlier_count() -> None:
    before = related("Police freed 158 workers.")
    found = related("The number could be as high as 900.", before)
    assert found[0].high is not None
    assert found[0].high.wording == "could be as high as 900"
    assert before[0].high is None


def test_a_stage_leaves_what_it_takes_as_it_is() -> None:
    view, counts = described("Police freed 45 workers, 12 of them women, nine people in all.")
    kept = list(counts)
    resolved = resolve(view, counts, ())
    assert counts == kept
    kept = list(resolved)
    relate(view, (), resolved)
    assert resolved == kept


def test_a_count_cannot_be_changed() -> None:
    (count,) = related("Police freed 45 workers.")
    with pytest.raises(AttributeError):
        count.metric = "arrests"  # type: ignore[misc]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_counts_refer_to_others_by_their_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    entry = sentences(text)
    counts = counts_of(entry, [()] * len(entry), text)
    assert [count.id for count in counts] == list(range(len(counts)))
    for count in counts:
        assert count.sentence is entry[count.at]
        assert count.refers is None or (count.refers < count.id and not count.is_figure)
        assert count.whole != count.id
        assert count.whole is None or not count.is_figure or counts[count.whole].is_figure
