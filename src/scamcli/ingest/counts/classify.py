"""What an amount counts: the rules in the order in which they are tried; what became of those is not looked at.

A rule, `read_…`, describes a count where it holds, and says whether it did; a `take_…` adds to what is described. A new
rule is one such function, and its place among `_RULES`: what is only a part of something else comes before nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.adjacent import read_after_place, read_bracketed, take_place_after
from scamcli.ingest.counts.amounts import bound_behind
from scamcli.ingest.counts.count import Count
from scamcli.ingest.counts.heads import head
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.naming import name
from scamcli.ingest.counts.nationality import (
    take_more_nationalities,
    take_nationalities,
    take_of_all,
    take_origin,
    take_own_country,
)
from scamcli.ingest.counts.non_counts import read_hyphenated, read_label, read_measure
from scamcli.ingest.counts.prison import read_sentence
from scamcli.ingest.counts.subsets import OF_THOSE, is_actor, read_of_them, take_reference
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from scamcli.ingest.counts.amounts import Amount
    from scamcli.ingest.counts.sentence_view import Reader

OTHER_THINGS = lexicon.words("counted.other_things")
BE = lexicon.words("grammar.be")
HAVE = lexicon.words("grammar.have")
INCLUDE = lexicon.words("grammar.include")
NO_NOUN = lexicon.words("grammar.no_noun")
FURTHER = lexicon.words("numbers.further")
CUES = lexicon.headings("outcomes.cues")


def describe(reader: Reader, amount: Amount) -> Count:
    """The amount with what it counts."""
    count = Count(amount, reader.sentence, reader.at)
    if amount.kind is not Kind.PLAIN:
        count.kind = amount.kind
    elif not any(rule(reader, count) for rule in _RULES):
        _read_without_noun(reader, count)
    return count


def _read_known(reader: Reader, count: Count) -> bool:
    """Whether a number stands for all that were counted before: "the 60 are in custody"."""
    amount, after = count.amount, reader.lower(count.amount.last)
    if reader.lower(amount.first - 1) != "the" or amount.first < amount.core:
        return False
    if after in BE or after in HAVE or after in INCLUDE or after in ("still", "who"):
        count.kind = Kind.BARE
        return True
    return False


def _read_of_number(reader: Reader, count: Count) -> bool:
    """Whether a number follows of which it is some: "26 of the 70"; "157 of 12 nationalities" are not of those."""
    after = count.amount.last + 1
    if reader.lower(after - 1) != "of" or not reader.cores & {after, after + 1}:
        return False
    count.kind, count.is_anaphoric = Kind.BARE, after not in reader.cores
    return True


def _read_noun(reader: Reader, count: Count) -> bool:
    """Whether a noun follows, or a nationality that stands for one: "12 rescued Kenyan women", "12 Kenyans"."""
    start = count.amount.last
    found = head(reader, start)
    if found is None:
        return False
    count.end = found.at + 1
    take_nationalities(reader, count, start, count.end)
    if found.noun:
        name(reader, count, found.noun)
    else:
        count.noun = reader.lower(found.at)
        count.reads(Kind.PEOPLE, "a number of people of a nationality")
        take_more_nationalities(reader, count)
    take_origin(reader, count)
    take_own_country(reader, count)
    take_of_all(reader, count)
    _take_bound(reader, count)
    take_reference(reader, count)
    return True


def _take_bound(reader: Reader, count: Count) -> None:
    """Take what bounds a number after its noun: "five hundred people at the most"."""
    amount, end = count.amount, bound_behind(reader.sentence, count.end, shortest=2)
    if end > count.end and amount.first == amount.core:
        wording = f"{amount.wording} {reader.joined(amount.last, end)}"
        count.amount, count.end = amount._replace(last=end, wording=wording), end


def _read_without_noun(reader: Reader, count: Count) -> None:
    """Take a number that no noun follows: others, a subject, or what the words around it have to say."""
    amount, after = count.amount, reader.lower(count.amount.last)
    if after in ("more", "fewer", "less") and reader.lower(amount.last + 1) == "than":
        count.explain("no count, or a difference")
        return
    if after in OTHER_THINGS:
        count.explain("a number of things")
        return
    if after in ("others", "more"):
        count.reads(Kind.PEOPLE, "a number of others")
        count.end = amount.last + 1
    elif is_actor(reader, count):
        count.reads(Kind.PEOPLE, OF_THOSE, Grade.UNSURE)
        count.is_anaphoric = True
    elif not _is_unknown(reader, amount.last):
        count.kind = Kind.BARE
        take_place_after(reader, count)
        if reader.has(FURTHER, amount.first, amount.core):
            count.reads(Kind.PEOPLE, "a number of others", Grade.UNSURE)
    take_reference(reader, count)


def _is_unknown(reader: Reader, at: int) -> bool:
    """Whether a word after a number is most likely the noun of something that no table has."""
    word = reader.text(at)
    return word.isalpha() and word == reader.lower(at) and word not in NO_NOUN and word not in CUES


_RULES = (
    read_label,
    read_bracketed,
    read_sentence,
    read_measure,
    read_after_place,
    _read_known,
    read_hyphenated,
    read_of_them,
    _read_of_number,
    _read_noun,
)
