"""How far the name of a body reaches on both sides of the word that shows it: Ministry, Court, Group, Co."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.exact_matches import NO_NAME, PLACES, TITLES

if TYPE_CHECKING:
    from scamcli.ingest.mentions.exact_matches import Line

COMPANY_ENDS = lexicon.words("bodies.company_ends")
DOMAINS = lexicon.words("bodies.domains")
HEADS = lexicon.headings("bodies.heads")
JOINERS = lexicon.words("bodies.joiners")

_OWNERS = listed("women children men people workers king girls")
_TITLES_TOO = listed("general justice secretary prosecutor representative")
_NOT_NAMES = NO_NAME - HEADS.keys() - DOMAINS
_SUBJECTS = listed("police customs prosecution international technology trading construction")
"""Heads that may be what another body is about: Ministry of Foreign Affairs and International Cooperation."""
_OTHERS = frozenset({"outlet", "site", "plural"})


def left(line: Line, head: int) -> int:
    """The first word of the name that ends in this head."""
    first = head
    while first > 0:
        step = 1 if _may_belong(line, first - 1) else _joined(line, first - 1)
        if not step:
            break
        first -= step
    while first < head and line.seen.low[first] in _NOT_NAMES and (first == 0 or not line.seen.caps[first - 1]):
        first += 1
    return first


def _may_belong(line: Line, at: int) -> bool:
    word, owner = line.seen.low[at], line.owner[at]
    if not line.seen.caps[at] or _is_shouted(line, at) or owner in _OTHERS or (at > 0 and word in _NOT_NAMES):
        return False
    if word in TITLES and not owner and word not in _TITLES_TOO:
        return False
    return not (owner == "actor" and at and _ends_person(line, at))


def _is_shouted(line: Line, at: int) -> bool:
    """Whether the word is of a heading in capitals that runs into the text: SUMMARY OF THE WEEK Police units."""
    words = line.seen.words[max(0, at - 1) : at + 1]
    return (
        len(words) == 2
        and all(word.text.isupper() and word.text.isalpha() for word in words)
        and len(words[1].text) > 3
    )


def _ends_person(line: Line, at: int) -> bool:
    return any(spot.last == at + 1 and spot.name.within == "person" for spot in line.spots)


def _joined(line: Line, at: int) -> int:
    """How many words a sign or a small word joins to the name: Anti-Cyber, Lucky 99, Women's, Prosecutors', X and Y."""
    seen = line.seen
    if not seen.cap(at - 1):
        return 0
    word, before = seen.low[at], seen.low[at - 1]
    if word == "-" and seen.glued(at + 1):
        return 2
    if word.isdigit() and len(word) < 4:
        return 1
    if (word == "'s" and before in _OWNERS) or (word == "'" and seen.glued(at) and before.endswith("s")):
        return 2
    return 1 if word in ("and", "&") and before in DOMAINS and seen.word(at + 1) in DOMAINS else 0


def right(line: Line, head: int) -> int:
    """The word after a name that goes on behind its head: Ministry of …, Committee for …"""
    seen, last, at = line.seen, head + 1, head + 1
    while at < len(seen.low):
        if _goes_on(line, at):
            at += 2 if seen.word(at + 1) in ("the", "and") else 1
            if not seen.cap(at) or _starts_other(line, head, at):
                break
        elif (seen.low[at] == "in" and seen.word(at + 1) == "persons") or (seen.low[at] == "-" and seen.cap(at + 1)):
            at += 1
        elif at == head + 1 or not seen.caps[at] or _starts_other(line, head, at):
            break
        at += 1
        last = at
    return _without_country(line, head, last)


def _goes_on(line: Line, at: int) -> bool:
    word, seen = line.seen.low[at], line.seen
    return word in JOINERS or (word in ("and", "&", ",") and seen.word(at + 1) in DOMAINS and seen.cap(at + 1))


def _starts_other(line: Line, head: int, at: int) -> bool:
    """Whether another name begins: an office is of whom it may be, a ministry is of no other body."""
    seen = line.seen
    if line.owner[at] in _OTHERS:
        return True
    if seen.low[head] == "office":
        return False
    if (seen.low[at] in TITLES and seen.low[at] != "justice") or seen.low[at] in _NOT_NAMES:
        return True
    for other in range(at, min(at + 4, len(seen.low))):
        if not seen.caps[other]:
            break
        if seen.low[other] in HEADS and seen.low[other] not in _SUBJECTS:
            return True
    return False


def _without_country(line: Line, head: int, last: int) -> int:
    """A ministry of a country is called by its subject alone."""
    if line.seen.low[head] not in ("ministry", "department") or line.owner[last - 1] != "country":
        return last
    first = last - 1
    while first > head and (line.owner[first - 1] == "country" or line.seen.low[first - 1] in ("of", "the")):
        first -= 1
    return first if first > head + 1 else last


def company_end(line: Line, last: int) -> int:
    """Past Co., Ltd. and the like."""
    seen, at = line.seen, last
    while seen.word(at) in COMPANY_ENDS or seen.word(at) in (".", ","):
        if seen.low[at] == "," and seen.word(at + 1) not in COMPANY_ENDS:
            break
        if seen.low[at] == "." and not (seen.glued(at) and seen.word(at - 1) in COMPANY_ENDS):
            break
        at += 1
        last = at
    return last


def region(line: Line, last: int) -> int:
    """Past the part of the world that a name ends in: Exodus Watch Asia."""
    while line.seen.cap(last) and (line.owner[last] in PLACES or line.seen.low[last] in _WORLDS):
        last += 1
    return last


_WORLDS = frozenset({"asia", "international", "global"})
