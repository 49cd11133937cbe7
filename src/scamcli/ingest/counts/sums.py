"""Lists that add up to a number beside them, and so divide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import UNDECIDED, Kind
from scamcli.ingest.counts.parts import take_whole
from scamcli.ingest.counts.sizes import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

ADDING_UP = lexicon.words("grammar.adding_up")
JOINTS = lexicon.words("grammar.joints")


def add_up(reader: Reader, counts: Sequence[Count]) -> None:
    """Find the lists of a sentence that add up to their sum, or to their head.

    Args:
        reader: of the sentence.
        counts: its counts, in order.
    """
    for at, total in enumerate(counts):
        after = reader.pair(total.amount.last)
        if (total.kind in UNDECIDED or not total.noun) and (" ".join(after) in ADDING_UP or after[0] == "altogether"):
            _take_sum(total, counts[:at])
    for at, head in enumerate(counts):
        if head.is_figure and head.kind is Kind.PEOPLE:
            _divide(head, _items(reader, head, counts[at + 1 :]))


def _take_sum(total: Count, earlier: Sequence[Count]) -> None:
    """Nine Kenyans and two Ugandans, eleven in all."""
    parts = [one for one in earlier if one.is_figure and one.whole is None and one.kind is Kind.PEOPLE]
    if _is_sum(total, parts):
        total.kind, total.metric, total.rule = Kind.PEOPLE, parts[0].metric, "the sum of those before"
        _divide(total, parts)


def _divide(whole: Count, parts: Sequence[Count]) -> None:
    """Eight suspects, six Thais and two Chinese."""
    if _is_sum(whole, parts):
        for part in parts:
            take_whole(part, whole)


def _is_sum(total: Count, parts: Sequence[Count]) -> bool:
    return len(parts) > 1 and 0 < value(total) == sum(map(value, parts))


def _items(reader: Reader, head: Count, later: Sequence[Count]) -> list[Count]:
    """The people right after a count that one list joins."""
    found: list[Count] = []
    end = head.end
    for one in later:
        between = reader.between(end, one.amount.first)
        joined = between and all(word in JOINTS or word == ":" for word in between)
        if not joined or one.kind is not Kind.PEOPLE or one.whole is not None:
            break
        found.append(one)
        end = one.end
    return found
