"""Numbers beside a place or a nationality: "Thailand (12)", "China 58", "83 in Kandal and 30 in Pursat"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.naming import name
from scamcli.ingest.counts.non_counts import AGE
from scamcli.ingest.counts.sentence_view import OF_PEOPLE
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader
    from scamcli.ingest.mentions import Mention

PEOPLE = lexicon.optional_headings("counted.people")
THINGS = lexicon.headings("counted.things")

_LISTED = (*OF_PEOPLE, "country", "province", "town", "place")
_FAR = 6
"""Words before a bracket in which the place stands to which it belongs: "Vietnam sent the most (58)"."""


def read_bracketed(reader: Reader, count: Count) -> bool:
    """Thailand (12), complaints (289), Somchai (24)."""
    amount, opening = count.amount, count.amount.core - 1
    if reader.text(opening) != "(" or reader.text(amount.last) != ")":
        return False
    count.in_brackets, count.end = True, amount.last + 1
    before = reader.lower(opening - 1)
    mention = reader.by_last.get(opening) or reader.by_last.get(opening - (before in ("province", "city", "town")))
    if mention is not None and mention.kind in _LISTED:
        _belong(count, mention)
        count.reads(Kind.LISTED, "a number in brackets after what it belongs to")
    elif before == "others":
        count.reads(Kind.LISTED, "a number in brackets after others")
    elif before in PEOPLE or before in THINGS:
        name(reader, count, before)
    elif (far := _far(reader, opening)) is not None:
        _belong(count, far)
        count.reads(Kind.LISTED, "a number in brackets after what it tells of", Grade.UNSURE)
    elif reader.text(opening - 1)[:1].isupper():
        count.explain(AGE)
    elif before.endswith("s"):
        count.explain("a number of things")
    return True


def read_after_place(reader: Reader, count: Count) -> bool:
    """An item of a list that names the place first: "(China 58, Vietnam 22)"."""
    mention = reader.by_last.get(count.amount.first)
    if mention is None or mention.kind not in _LISTED:
        return False
    if reader.text(mention.first - 1) not in ("(", "[", ",", ":", ";"):
        return False
    _belong(count, mention)
    count.reads(Kind.LISTED, "a number after the place that it belongs to")
    return True


def take_place_after(reader: Reader, count: Count) -> None:
    """Take the place of a number that has no noun: "83 in Kandal and 30 in Pursat", "12 from China"."""
    preposition, mention = reader.lower(count.amount.last), reader.by_first.get(count.amount.last + 1)
    if mention is None or preposition not in ("in", "from", "at"):
        return
    if mention.kind in ("province", "town") or (mention.kind in ("country", "people") and preposition == "from"):
        _belong(count, mention)
        count.end, count.rule = mention.last, "a number before the place that it belongs to"


def _far(reader: Reader, opening: int) -> Mention | None:
    """The last name before a bracket that does not stand right after it."""
    far = next((reader.by_last[at] for at in range(opening - 1, opening - 1 - _FAR, -1) if at in reader.by_last), None)
    fits = far is not None and far.kind in ("people", "country", "province")
    return far if fits and reader.text(opening - 1).islower() else None


def _belong(count: Count, mention: Mention) -> None:
    """Take the nationality or the province by which a list divides what it counts."""
    if mention.kind in OF_PEOPLE:
        count.nationalities, count.by = [mention.name], "nationality"
    elif mention.kind == "country":
        demonym = countries()[mention.name].demonym
        count.nationalities, count.by = [demonym] if demonym else [], "nationality"
    else:
        count.by = "province"
        if mention.kind != "place":  # abroad there are none
            count.province = mention.within if mention.kind == "town" else mention.name
