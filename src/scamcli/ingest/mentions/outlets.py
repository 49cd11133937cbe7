"""Outlets that an article names and no list knows: by the last word of the name, or by what they publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.exact_matches import NO_NAME, TITLES, Line
from scamcli.ingest.mentions.known_names import ADJECTIVE
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS = lexicon.headings("bodies.heads")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")
OUTLET_NOUNS = lexicon.words("outlets.outlet_nouns")
STRONG_OUTLET_HEADS = lexicon.words("outlets.strong_outlet_heads")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")


class Outlet(NamedTuple):
    """An outlet, and the words by which it stands in the text."""

    name: str
    words: tuple[str, ...]
    rule: str
    grade: Grade


_CITING = (["according", "to"], ["published", "by"], ["reported", "by"], ["obtained", "by"], ["seen", "by"])
_TELLS = listed("reports report reported writes wrote")
_ALONE = frozenset({"newspaper", "outlet", "broadcaster", "magazine", "daily"})
_OF_NEWS = frozenset({"news", "media", "state", "tv", "television", "radio", "online"})


def outlets(line: Line) -> Iterator[Outlet]:
    """The outlets of a sentence."""
    low, caps = line.seen.low, line.seen.caps
    for at, word in enumerate(low):
        if caps[at] and word in OUTLET_HEADS:
            yield from _by_head(line, at)
        elif word == "media" and not caps[at]:
            yield from _of_country(line, at)
        elif word in OUTLET_NOUNS and not caps[at] and (word in _ALONE or line.seen.word(at - 1) in _OF_NEWS):
            yield from _called(line, at)
        elif word in _TELLS and line.seen.word(at + 1) in (".", "", ",", ")", ";"):
            yield from _reporting(line, at)


def _by_head(line: Line, at: int) -> Iterator[Outlet]:
    seen = line.seen
    if seen.cap(at + 1) and seen.low[at + 1] in OUTLET_HEADS:
        return
    first = _left(line, at)
    if first == at:
        return
    if seen.low[at] in STRONG_OUTLET_HEADS:
        yield _outlet(line, first, at + 1, "name of an outlet", Grade.LIKELY)
    elif is_cited(line, first, at + 1):
        yield _outlet(line, first, at + 1, "cited by that name", Grade.LIKELY)


def is_cited(line: Line, first: int, last: int) -> bool:
    """Whether these words publish something there."""
    low = line.seen.low
    after = last + 1 if line.seen.word(last) in AUXILIARIES else last
    before = [word for word in low[max(0, first - 3) : first] if word != "the"]
    return (
        line.seen.word(after) in SPEAKING
        or line.seen.word(after) in ("put", "puts")
        or before[-2:] in _CITING
        or before[-1:] in (["told"], ["tells"])
    )


def _called(line: Line, at: int) -> Iterator[Outlet]:
    last = at + 1
    while (line.seen.cap(last) or _goes_on(line, at, last)) and line.seen.low[last] not in TITLES:
        last += 1
    if last > at + 1:
        yield _outlet(line, at + 1, last, "called an outlet", Grade.LIKELY)
    elif line.seen.low[at] == "newspaper" and (first := _left(line, at)) < at:
        yield _outlet(line, first, at, "called an outlet", Grade.LIKELY)


def _of_country(line: Line, at: int) -> Iterator[Outlet]:
    """Vietnamese media report: outlets that are not named."""
    first = at - 1 if line.seen.word(at - 1) in ("state", "local") else at
    if first and line.owner[first - 1] == ADJECTIVE and is_cited(line, first - 1, at + 1):
        start = next(spot.first for spot in line.spots if spot.last == first)
        yield _outlet(line, start, at + 1, "media of a country", Grade.UNSURE)


def _goes_on(line: Line, at: int, last: int) -> bool:
    return last > at + 1 and line.seen.word(last) == "of" and line.seen.cap(last + 1)


def _reporting(line: Line, at: int) -> Iterator[Outlet]:
    """At the end of a sentence: …, the Bangkok Post reports."""
    first = _left(line, at)
    before = line.seen.word(first - 1) if line.seen.word(first - 1) != "the" else line.seen.word(first - 2)
    if first < at and before in (",", "”", '"') and not any(word in HEADS for word in line.seen.low[first:at]):
        yield _outlet(line, first, at, "reports", Grade.LIKELY)


def _left(line: Line, at: int) -> int:
    seen, first = line.seen, at
    while first > 0 and seen.caps[first - 1] and seen.low[first - 1] not in TITLES:
        if (
            not line.owner[first - 1]
            and seen.low[first - 1] in NO_NAME
            and seen.low[first - 1] not in ("today", "sun", "new")
        ):
            break
        if line.owner[first - 1] in ("actor", "outlet", "site"):
            break
        first -= 1
    return first


def _outlet(line: Line, first: int, last: int, rule: str, grade: Grade) -> Outlet:
    return Outlet(line.seen.text(first, last), tuple(line.seen.low[first:last]), rule, grade)
