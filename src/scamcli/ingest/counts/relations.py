"""Which count is part of which: the rules in the order in which they are tried.

Only words that say so make a part ("including", "of them", a colon before a list), or a list that adds up to its head.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.count import last_figure
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.listing import relate_listed, take_subject
from scamcli.ingest.counts.parts import relate_part
from scamcli.ingest.counts.sums import add_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

TOTALS = lexicon.words("trends.totals")

_TOTAL_NEAR = 5
"""Words before "as high as" in which "number" stands."""
_LED_IN = 2
"""Words before it that its wording keeps: "could be as high as 900"."""
_DIVISIBLE = (Kind.PEOPLE, Kind.THING, Kind.PREMISES, Kind.BARE, Kind.UNREAD)
_PLACES = ("country", "province", "town", "place")


def relate(reader: Reader, counts: Sequence[Count], before: Sequence[Count]) -> None:
    """Find the wholes of a sentence's counts.

    Args:
        reader: of the sentence.
        counts: its counts, in order, with their metrics.
        before: those of the entry's earlier sentences.
    """
    for at, count in enumerate(counts):
        _take_upper_end(reader, count, [*before, *counts[:at]])
    for at, count in enumerate(counts):
        take_subject(reader, count)
        if count.kind is Kind.LISTED:
            relate_listed(reader, count, [*before, *counts[:at]])
        elif count.kind in _DIVISIBLE:
            relate_part(reader, count, counts[:at], counts[at + 1 : at + 2], before)
            _relate_parallel(reader, count, counts[:at])
    add_up(reader, counts)
    for count in counts:
        if not count.is_figure and count.kind in (Kind.BARE, Kind.COMPARED, Kind.LISTED):
            count.kind = Kind.UNREAD


def _take_upper_end(reader: Reader, count: Count, before: Sequence[Count]) -> None:
    """A number may be how high an earlier one could be: "the number could be as high as 900"."""
    first = count.amount.first
    if not count.amount.wording.lower().startswith("as high as") or not reader.has(TOTALS, first - _TOTAL_NEAR, first):
        return
    earlier = last_figure(before)
    if earlier is not None:
        told = reader.joined(max(0, first - _LED_IN), count.amount.last)
        earlier.high = count.amount._replace(wording=told)
        count.explain("the upper end of the number before")


def _relate_parallel(reader: Reader, count: Count, earlier: Sequence[Count]) -> None:
    """A number in another place counts the same: "100,000 are held in Cambodia and some 120,000 in Myanmar"."""
    if count.kind is not Kind.BARE or reader.lower(count.amount.first - 1) not in ("and", ","):
        return
    mention = reader.by_first.get(count.amount.last + 1)
    last = last_figure(earlier, lambda one: one.kind is Kind.PEOPLE)
    if last is not None and mention is not None and mention.kind in _PLACES:
        count.counts_as(last, "as many in another place")
        count.nationalities = []
    elif (
        last is not None and reader.lower(count.amount.last) == "in" and reader.text(count.amount.last + 1).isdecimal()
    ):
        count.counts_as(last, "as many in another year")
