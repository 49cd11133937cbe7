"""Years that somebody has to spend in prison, which is the one length of time that is a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.non_counts import unit_at

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

GIVEN = lexicon.words("measures.given")
GIVEN_FOR = lexicon.words("measures.given_for")
PRISON = lexicon.words("measures.prison")
THREATENED = lexicon.words("measures.threatened")

_BEFORE, _AFTER = 14, 4
"""Words around years in which prison is looked for: who was convicted often stands far before them."""


def read_sentence(reader: Reader, count: Count) -> bool:
    """Sentenced to five years; handed a 12-year term."""
    at, amount = unit_at(reader, count.amount), count.amount
    unit = reader.lower(at)
    if unit not in ("year", "years") or not _is_of_prison(reader, amount.first, at + 1):
        return False
    joint = "-" if at > amount.last else " "
    count.reads(Kind.SENTENCE, "years of prison")
    count.metric, count.end = "sentences", at + 1
    count.amount = amount._replace(last=at + 1, wording=f"{amount.wording}{joint}{unit}")
    return True


def _is_of_prison(reader: Reader, first: int, end: int) -> bool:
    before, after = (first - _BEFORE, first), (end, end + _AFTER)
    if reader.has(THREATENED, *before) or reader.lower(end) in ("ago", "old"):
        return False
    given = reader.has(GIVEN, *before) and reader.has(GIVEN_FOR, *after)
    return given or reader.has(PRISON, *before) or reader.has(PRISON, *after)
