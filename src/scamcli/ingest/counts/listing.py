"""Numbers of lists by place or nationality: what they count, and of which whole they are parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import last_figure
from scamcli.ingest.counts.cues import first_cue
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.outcome import take_told
from scamcli.ingest.counts.sizes import size
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

THINGS = lexicon.headings("counted.things")

_OPENING = 2
"""Words of a sentence in which its subject begins: "The Indonesians were the largest group"."""


def relate_listed(reader: Reader, count: Count, before: Sequence[Count]) -> None:
    """Take what a list counts: what the last figure counts, or what the sentence names before the list.

    Args:
        reader: of the sentence.
        count: of an item of the list.
        before: the counts before it.
    """
    model = last_figure(before, lambda one: one.kind in (Kind.PEOPLE, Kind.THING) and one.is_combined)
    named = reversed(reader.between(0, count.amount.first - 1))
    metric = next((THINGS[word] for word in named if word in THINGS), None)
    if model is not None and (metric in (None, model.metric) or model.kind is Kind.PEOPLE):
        count.kind, count.metric, count.group = model.kind, model.metric, model.group
    elif metric is not None:
        count.kind, count.metric = Kind.THING, metric
    else:
        _relate_alone(reader, count)
        return
    whole = _whole_of(model, count) or last_figure(
        before, lambda one: one.metric == count.metric and _divides(count, one)
    )
    if whole is not None:
        count.whole, count.group = whole, None


def take_subject(reader: Reader, count: Count) -> None:
    """Take those with whom a sentence begins: "Indonesians were the largest group, with 157"."""
    if count.kind is not Kind.BARE or reader.lower(count.amount.first - 1) not in ("with", "at"):
        return
    people = (one for one in reader.mentions if one.kind == "people" and one.last <= count.amount.first)
    mention = next(people, None)
    if mention is not None and mention.first < _OPENING:
        count.nationalities, count.by, count.kind = [mention.name], "nationality", Kind.LISTED
        count.rule = "a number of the subject of the sentence"


def _relate_alone(reader: Reader, count: Count) -> None:
    """An item of a list without a head: of nationalities it counts people, and those of whom the sentence tells."""
    if count.by == "nationality":
        count.kind, count.grade = Kind.PEOPLE, Grade.UNSURE
        take_told(count, first_cue(reader, range(count.amount.first)), "before the list")
    else:
        count.kind = Kind.UNREAD


def _whole_of(model: Count | None, count: Count) -> Count | None:
    """The whole of the item before, if this item divides it by the same."""
    if model is None or model.whole is None or model.by != count.by:
        return None
    return model.whole if _divides(count, model.whole) else None


def _divides(part: Count, whole: Count) -> bool:
    """Whether a count can be the whole of a part: it says nothing of what the part is divided by, and is larger."""
    if whole.whole is not None:
        return False
    if (part.by == "province" and whole.province) or (part.by == "nationality" and whole.nationalities):
        return False
    return size(whole) >= size(part)
