"""Make one count a part of another, and tell whether a sentence says that it divides an earlier count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.count import UNDECIDED
from scamcli.ingest.lexicon import GRAMMAR
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count, SentenceView

OPENING = 6
"""How many words at the start of a sentence can say that it divides a count of the sentence before."""
CALLED = ("victims", "suspects", "survivors", "charged")
"""Metrics that come from what people are called. If they are part of a whole, its metric replaces theirs."""


def as_part(count: Count, whole: Count | None, entry: Sequence[Count]) -> Count:
    """Return a count as part of a whole. It counts the same things, and keeps only the fields that the whole lacks."""
    if whole is None or whole.metric is None or whole.size < count.size or is_within(whole, count, entry):
        return count
    if count.metric != whole.metric:
        if count.metric not in (None, "people") and (count.metric not in CALLED or count.noun == ""):
            return count  # something else happened to them
        kind = whole.kind if count.kind in UNDECIDED else count.kind
        group = None if count.group == whole.metric else count.group
        count = count._replace(metric=whole.metric, kind=kind, group=group)
    if count.is_origin and whole.nationalities:
        count = count._replace(nationalities=())  # 2,259 Indonesians, 1,310 of them from Cambodia
    divided_by = "nationality" if count.nationalities else "group" if count.group else count.divided_by
    return count._replace(whole=whole.id, grade=Grade.LIKELY, divided_by=divided_by)


def is_within(one: Count, other: Count, entry: Sequence[Count]) -> bool:
    """Return whether the first count equals the second, or is a part of it at any depth."""
    at: int | None = one.id
    while at is not None and at != other.id:
        at = entry[at].whole
    return at is not None


def opens_division(view: SentenceView, count: Count) -> bool:
    """Return whether the beginning of a sentence divides an earlier count: "Among them …", "They included …"."""
    opening = 0, min(OPENING, count.amount.first)
    if view.lower(0) in GRAMMAR.they:
        return view.has(GRAMMAR.comprise, *opening)
    if view.has(GRAMMAR.consisting, 0, count.amount.first) and _is_of_group(view, count.amount.first):
        return True
    return view.lower(0) in GRAMMAR.among or (
        view.has(GRAMMAR.groups, *opening) and view.has(GRAMMAR.include, *opening)
    )


def _is_of_group(view: SentenceView, first: int) -> bool:
    """Return whether people who were reported before are the subject: "the victims", "those freed", "the group"."""
    return any(
        view.lower(at) in ("those", "they") or (view.lower(at) == "the" and view.lower(at + 1) in GRAMMAR.same)
        for at in range(first)
    )
