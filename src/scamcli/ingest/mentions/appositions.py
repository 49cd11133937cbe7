"""Bodies whose names show nothing, but for what the text calls them, or for the verb whose subject they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.body import Body, named
from scamcli.ingest.mentions.exact_matches import NO_NAME, PLACES, TITLES, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY_NOUNS = lexicon.headings("bodies.body_nouns")
HEADS = lexicon.headings("bodies.heads")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")
ACTING = lexicon.words("titles.acting")
SPEAKING = lexicon.words("titles.speaking")

_NOT_NAMES = NO_NAME | TITLES
_RELATIVES = listed("that which of behind ,")
_REACH = 9


def called(line: Line, at: int) -> Iterator[Body]:
    """The body that a noun is said of: the charity Haven for Migrants; Hope Bridge, a charity."""
    seen, kind = line.seen, BODY_NOUNS[line.seen.low[at]]
    if seen.cap(at + 1) and line.owner[at + 1] not in PLACES and (last := _run(line, at + 1)) > at + 1:
        yield named(line, at + 1, last, kind, "called a body")
    elif comma := _article_after_comma(line, at):
        yield from _before_comma(line, comma, kind)
    elif seen.word(at - 1) in ("the", "its", "their") and seen.word(at + 1) in _RELATIVES:
        yield from _behind_comma(line, at, kind)


def _article_after_comma(line: Line, at: int) -> int:
    """The comma of an apposition that ends in this noun: …, a Thai relief group; 0 where there is none."""
    low = line.seen.low
    for article in range(at - 1, max(at - 5, 1), -1):
        if low[article] in ("a", "an", "the"):
            return article - 1 if low[article - 1] == "," else 0
    return 0


def _before_comma(line: Line, last: int, kind: str) -> Iterator[Body]:
    seen, first = line.seen, last
    while first > 0 and seen.caps[first - 1] and seen.low[first - 1] not in _NOT_NAMES:
        first -= 1
    if last - first > 1 and not all(line.owner[first:last]):
        yield named(line, first, last, kind, "called a body")


def _behind_comma(line: Line, at: int, kind: str) -> Iterator[Body]:
    """The company that holds the concession, Thmor Sor Development, did not reply."""
    low = line.seen.low
    first = next((word + 1 for word in range(at + 1, min(at + _REACH, len(low))) if low[word] == ","), len(low))
    last = _run(line, first)
    if last - first > 1 and line.seen.word(last) in (",", ".") and line.owner[first] not in PLACES:
        yield named(line, first, last, kind, "called a body")


def subject(line: Line, first: int) -> Iterator[Body]:
    """The Mekong Fraud Observatory says: several capitalised words after "the", and a verb."""
    seen, last = line.seen, first
    while seen.cap(last) and seen.low[last] not in TITLES and (not line.owner[last] or line.owner[last] in PLACES):
        last += 1
    if last - first < 2 or line.owner[last - 1] in PLACES:
        return
    if any(word in HEADS or word in OUTLET_HEADS for word in seen.low[first:last]):
        return
    if seen.word(last) in SPEAKING or (last - first > 2 and seen.word(last) in ACTING):
        yield named(line, first, last, "group", "subject of a verb")


def _run(line: Line, first: int) -> int:
    """The word after the capitalised words that begin here, with "for" and "of" between them."""
    seen, at = line.seen, first
    while (seen.cap(at) and seen.low[at] not in TITLES) or (at > first and _joins(line, at)):
        at += 1
    return at


def _joins(line: Line, at: int) -> bool:
    return line.seen.word(at) in ("for", "of") and line.seen.cap(at + 1)
