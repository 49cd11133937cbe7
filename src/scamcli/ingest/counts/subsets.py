"""Numbers of some of those who were counted before: "nine of them were Vietnamese", "31 women among them"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.counts.cues import PHRASES
from scamcli.ingest.counts.heads import head, is_noun
from scamcli.ingest.counts.kind import Kind
from scamcli.ingest.counts.naming import group
from scamcli.ingest.counts.nationality import take_more_nationalities, take_nationalities, take_origin

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count
    from scamcli.ingest.counts.sentence_view import Reader

OWN_METRIC = lexicon.headings("counted.own_metric")
PEOPLE = lexicon.optional_headings("counted.people")
BE = lexicon.words("grammar.be")
BEFORE_COMPLEMENT = lexicon.words("grammar.before_complement")
OPENING_CLAUSE = lexicon.words("grammar.opening_clause")
STOPS = lexicon.words("grammar.stops")
THEM = lexicon.words("grammar.them")
MINOR_AGES = lexicon.words("measures.minor_ages")
FURTHER = lexicon.words("numbers.further")
ACTING = lexicon.words("outcomes.acting")
CUES = lexicon.headings("outcomes.cues")

OF_THOSE = "a number of those before"
_VERB_NEAR = 4
"""Words after "of the" in which "were" is looked for: "six of the nine dead were Thai"."""
_COMPLEMENT_NEAR = 4
"""Words after "were" in which the noun ends that says what those are."""


def read_of_them(reader: Reader, count: Count) -> bool:
    """Nine of them …, five of the Kenyans …, six were …, six of the dead were Thai."""
    last = count.amount.last
    after, second = reader.pair(last)
    if after in BE or after in ("had", "have"):
        return not reader.has(FURTHER, count.amount.first, count.amount.core) and _read_some(reader, count, last)
    if after != "of":
        return False
    if second in THEM:
        return _read_some(reader, count, last + 2)
    if second == "the" and reader.nationality(last + 2) is not None:
        return _read_some_of_nationality(reader, count)
    if second == "the":
        nouns = range(last + 2, last + 2 + _VERB_NEAR)
        verb = next((at for at in nouns if reader.lower(at) in BE), None)
        said = reader.lower(verb + 1) if verb is not None else ""
        if verb is not None and (said in PEOPLE or said == "under" or reader.nationality(verb + 1) is not None):
            count.noun = reader.lower(verb - 1) if reader.lower(verb - 1) in OWN_METRIC else ""
            return _read_some(reader, count, verb)
    return False


def is_actor(reader: Reader, count: Count) -> bool:
    """Whether a number alone does something: "Eleven slipped out", "and 12 asked to remain"."""
    after, before = reader.lower(count.amount.last), reader.lower(count.amount.first - 1)
    is_first = reader.at == 0 and reader.lower(0) != "of"
    is_further = reader.has(FURTHER, count.amount.first, count.amount.core)
    if is_first or is_further or (count.amount.first and before not in OPENING_CLAUSE):
        return False
    return after in PHRASES or after in ACTING or (after.endswith("ed") and after not in CUES)


def take_reference(reader: Reader, count: Count) -> None:
    """Take that it is of those before, where words around it say so: "of whom 12", "the other 12", "12 among them"."""
    before, after = reader.pair(count.amount.first - 2), reader.pair(count.end + (reader.lower(count.end) in BE))
    is_rest = before in (("the", "other"), ("the", "remaining"))
    if is_rest or any(of in ("of", "among") and them in THEM for of, them in (before, after)):
        count.is_anaphoric = True


def _read_some(reader: Reader, count: Count, at: int) -> bool:
    """Take what a sentence says that some of those are; what it says after `at` may be what happened to them."""
    count.reads(Kind.PEOPLE, OF_THOSE)
    count.is_anaphoric, count.end = True, at
    at = _complement(reader, at)
    if reader.lower(at) == "from":
        count.end = at
        take_origin(reader, count)
    elif reader.lower(at) == "under" and reader.text(at + 1) in MINOR_AGES:
        count.group, count.end, count.has_complement = "minors", at + 2, True
    elif at > count.end or is_noun(reader, at) or reader.nationality(at) is not None:
        _take_complement(reader, count, at)
    return True


def _complement(reader: Reader, at: int) -> int:
    """Where it begins what those are: after "were", "had all been", ", also"."""
    at += reader.text(at) == ","
    while reader.lower(at) in BEFORE_COMPLEMENT:
        at += 1
    return at


def _take_complement(reader: Reader, count: Count, at: int) -> None:
    """Take what those are: Vietnamese; Thai women; minors."""
    found = head(reader, at)
    if found is None or found.at - at >= _COMPLEMENT_NEAR or reader.lower(at) in STOPS:
        return
    count.end, count.has_complement = found.at + 1, True
    take_nationalities(reader, count, at, count.end)
    if not found.noun:
        take_more_nationalities(reader, count)
    elif found.noun in PEOPLE:
        count.noun = found.noun
        count.group = group(reader, count)


def _read_some_of_nationality(reader: Reader, count: Count) -> bool:
    """Twelve of the Vietnamese are minors."""
    mention = reader.by_first[count.amount.last + 2]
    count.reads(Kind.PEOPLE, "a number of those of a nationality")
    count.is_anaphoric, count.nationalities, count.end = True, [mention.name], mention.last
    verb, noun = reader.pair(mention.last)
    if verb in BE and noun in PEOPLE:
        count.noun, count.group, count.end = noun, PEOPLE[noun], mention.last + 2
    return True
