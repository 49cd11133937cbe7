"""The noun that a number counts: which of the words after it, or the nationality that stands for one."""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.counts.sentence_view import Reader

NOUNS = frozenset(lexicon.headings("counted.people")).union(
    lexicon.words("counted.persons"),
    lexicon.headings("counted.things"),
    lexicon.words("counted.premises"),
    lexicon.words("counted.other_things"),
)
CONJOINED = lexicon.words("grammar.conjoined")
DETERMINERS = lexicon.words("grammar.determiners")
STOPS = lexicon.words("grammar.stops")

_FARTHEST = 8
"""Words after a number in which its noun is looked for: "12 newly rescued young Vietnamese women"."""

_COMPLETE = ("others", "people")
"""Nouns that begin no row of nouns."""


class Head(NamedTuple):
    """What a number counts."""

    at: int
    """The index of its last word."""
    noun: str
    """In lower case; empty where a nationality stands for it: "12 Kenyans"."""


def head(reader: Reader, start: int) -> Head | None:
    """What the number counts after which a word stands, or what those are of whom a verb before it tells."""
    at, nationality = start + (reader.lower(start) == "of"), None
    end = min(start + _FARTHEST, len(reader.sentence))
    while at < end:
        if (found := reader.nationality(at)) is not None:
            nationality, at = found.last - 1, found.last
            at += reader.lower(at) in CONJOINED and reader.nationality(at + 1) is not None
        elif is_noun(reader, at):
            return _last_of_row(reader, at)
        elif nationality is None and at > start and reader.lower(at) in (",", "and") and is_noun(reader, at + 1):
            return _last_of_row(reader, at + 1)  # 31 piers and warehouses
        elif _is_end(reader, at) or (nationality is not None and not _is_adjective(reader, at)):
            break
        else:
            at += 1
    return None if nationality is None else Head(nationality, "")


def is_noun(reader: Reader, at: int) -> bool:
    """Whether a word is a noun of something that is counted, and no part of a name."""
    return reader.lower(at) in NOUNS and reader.text(at) == reader.lower(at)


def _is_end(reader: Reader, at: int) -> bool:
    """Whether no noun can follow: at the end of a phrase, at a name, and at another number."""
    if reader.lower(at) in STOPS or at in reader.by_first:
        return True
    return at in reader.cores and reader.lower(at - 1) != "the"


def _is_adjective(reader: Reader, at: int) -> bool:
    """Whether a noun follows so closely that a word after a nationality is one of its adjectives."""
    follows = is_noun(reader, at + 1) or (is_noun(reader, at + 2) and reader.lower(at + 1) not in DETERMINERS)
    return follows and reader.text(at).islower() and at + 1 not in reader.cores


def _last_of_row(reader: Reader, at: int) -> Head:
    """Of nouns in a row the last: "trafficking victims", "police officers", "criminal gang members"."""
    while is_noun(reader, at + 1) and reader.lower(at) not in _COMPLETE and at + 1 not in reader.by_first:
        at += 1
    return Head(at, reader.lower(at))
