"""Relate counts that add up: the items of a list to their sum in the same sentence or in an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.count import UNDECIDED, Kind
from scamcli.ingest.counts.parts import CALLED, as_part, opens_division
from scamcli.ingest.lexicon import GRAMMAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count, SentenceView

_FEWEST_ITEMS = 2
"""How many items make a list that can divide a number of an earlier sentence."""


def add_up(view: SentenceView, entry: list[Count], start: int) -> None:
    """If a number of the sentence is the sum of the items of a list, make the items its parts."""
    for at in range(start, len(entry)):
        total, after = entry[at], view.pair(entry[at].amount.last)
        adds_up = " ".join(after) in GRAMMAR.adding_up or after[0] == "altogether"
        if adds_up and (total.kind in UNDECIDED or not total.noun):
            _join_sum(entry, start, at)
    for at in range(start, len(entry)):
        if entry[at].is_figure and entry[at].kind is Kind.PEOPLE:
            _divide(entry, at, _items_after(view, entry, at))


def divide_earlier(view: SentenceView, entry: list[Count], start: int, remembered: int) -> None:
    """Relate a list to a number of an earlier sentence that it adds up to, or that its sentence says it divides.

    "Police freed 183 people. Those found inside: 97 Vietnamese, 41 Indonesians …"
    """
    items = [one for one in entry[start:] if _is_loose(one)]
    if len(items) < _FEWEST_ITEMS or not all(one.nationalities or one.group or one.is_other for one in items):
        return
    total = sum(one.value for one in items)
    said = opens_division(view, items[0])
    for whole in reversed(entry[max(0, start - remembered) : start]):
        if (
            whole.kind is Kind.PEOPLE
            and whole.is_combined
            and whole.whole is None
            and not _is_within_list(whole, items)
        ):
            if whole.value == total or (said and whole.size >= total):
                for item in items:
                    entry[item.id] = as_part(item, whole, entry)
                return
            if said:
                return


def _is_loose(count: Count) -> bool:
    """Return whether people are only mentioned, so that they can be some of those before."""
    return count.kind is Kind.PEOPLE and count.whole is None and count.metric in ("people", *CALLED)


def _is_within_list(whole: Count, items: Sequence[Count]) -> bool:
    return any(whole.nationalities and whole.nationalities == item.nationalities for item in items)


def _join_sum(entry: list[Count], start: int, at: int) -> None:
    """Relate the counts in "nine Kenyans and two Ugandans, eleven in all"."""
    parts = [one for one in entry[start:at] if one.is_figure and one.whole is None and one.kind is Kind.PEOPLE]
    if _is_sum(entry[at], parts):
        rule = "the sum of the numbers before"
        entry[at] = entry[at]._replace(kind=Kind.PEOPLE, metric=parts[0].metric, rule=rule)
        _divide(entry, at, parts)


def _divide(entry: list[Count], at: int, parts: Sequence[Count]) -> None:
    """Relate the counts in "eight suspects, six Thais and two Chinese"."""
    if _is_sum(entry[at], parts):
        for part in parts:
            entry[part.id] = as_part(part, entry[at], entry)


def _is_sum(total: Count, parts: Sequence[Count]) -> bool:
    return len(parts) > 1 and 0 < total.value == sum(part.value for part in parts)


def _items_after(view: SentenceView, entry: Sequence[Count], at: int) -> list[Count]:
    """Return the counts of people in the list directly after a count."""
    found: list[Count] = []
    end = entry[at].end
    for count in entry[at + 1 :]:
        between = view.between(end, count.amount.first)
        joined = between and all(word in GRAMMAR.joints or word == ":" for word in between)
        if not joined or count.kind is not Kind.PEOPLE or count.whole is not None:
            break
        found.append(count)
        end = count.end
    return found
