"""Organisations that an article names, each by the word that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.appositions import called, subject
from scamcli.ingest.mentions.body import Body, named
from scamcli.ingest.mentions.exact_matches import NO_NAME, Line
from scamcli.ingest.mentions.generic_bodies import seated
from scamcli.ingest.mentions.name_spans import company_end, left, region, right

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY_NOUNS = lexicon.headings("bodies.body_nouns")
COMPANY_ENDS = lexicon.words("bodies.company_ends")
DOMAINS = lexicon.words("bodies.domains")
HEADS = lexicon.headings("bodies.heads")
OPENS = lexicon.words("bodies.opens")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
POST_PARTS = lexicon.words("titles.post_parts")

_FUNCTIONS = (POST_PARTS & NO_NAME) - DOMAINS
_GANGS = listed("gang syndicate triad")


def bodies(line: Line) -> Iterator[Body]:
    """The organisations of a sentence."""
    if is_shouted(line):
        return
    low, caps = line.seen.low, line.seen.caps
    for at, word in enumerate(low):
        if word in HEADS and caps[at]:
            yield from _named(line, at)
        elif word in PLAIN_HEADS:
            yield from seated(line, at)
        elif word in BODY_NOUNS and not caps[at]:
            yield from called(line, at)
        elif word in COMPANY_ENDS and caps[at]:
            yield from _company(line, at)
        elif word == "the" and line.seen.cap(at + 1):
            yield from subject(line, at + 1)


def is_shouted(line: Line) -> bool:
    """Whether a line is all in capitals, as headings in a bulletin are: there capitals tell nothing."""
    if not all(line.seen.caps[at] for at, word in enumerate(line.seen.low) if word.isalpha()):
        return False
    letters = [word.text for word in line.seen.words if word.text.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _named(line: Line, head: int) -> Iterator[Body]:
    """A capitalised head with what belongs to it on both sides."""
    low, after = line.seen.low, line.seen.word(head + 1)
    if after in HEADS and line.seen.caps[head + 1] and after not in COMPANY_ENDS:
        return  # the next one is the head
    if low[head] == "international" and line.seen.cap(head + 1):
        return
    kind = _kind(line, head)
    first, last = left(line, head), _last(line, head, kind)
    if first == head and (last == head + 1 or low[head] not in OPENS):
        return
    if line.owner[head] in ("actor", "outlet") and last - first <= line.owner.count("actor"):
        return
    if all(map(str.isupper, line.seen.text(first, last).split())):
        return  # a heading in capitals
    if last == head + 1 and _FUNCTIONS.issuperset(low[first:head]):
        return  # nothing of a name: the first group
    if not (kind == "police" and line.seen.word(first - 1) in ("deputy", "vice")):
        yield named(line, first, last, kind, "name of a body")


def _last(line: Line, head: int, kind: str) -> int:
    last = right(line, head) if line.seen.low[head] in OPENS or line.seen.low[head] == "force" else head + 1
    if kind == "company":
        last = company_end(line, last)
    return region(line, last) if kind in ("ngo", "company") and last == head + 1 else last


def _kind(line: Line, head: int) -> str:
    """The kind that the head says, or the words around it."""
    low, kind = line.seen.low, HEADS[line.seen.low[head]]
    before = low[max(0, head - 3) : head]
    if line.seen.word(head + 1) in _GANGS:
        return "gang"
    if low[head] in ("centre", "center") and not DOMAINS.isdisjoint(before):
        return "government"
    if low[head] == "force" and before[-1:] == ["task"]:
        return "government"
    return "police" if kind in ("government", "group") and "police" in before else kind


def _company(line: Line, at: int) -> Iterator[Body]:
    """A run of names before Ltd., Inc., Plc."""
    if COMPANY_ENDS.isdisjoint(line.seen.low[max(0, at - 2) : at]) and (first := left(line, at)) < at:
        yield named(line, first, company_end(line, at), "company", "name of a company")
