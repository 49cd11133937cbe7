"""Compounds, casinos, hotels and zones that an article calls by a name; a casino without one is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.exact_matches import NO_NAME, TITLES, Line
from scamcli.ingest.mentions.known_names import ADJECTIVE, PLURAL
from scamcli.ingest.mentions.places import is_place
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS = lexicon.headings("bodies.heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")


class Site(NamedTuple):
    """A site, the words by which it stands in the text, and its province where the text says it beside the name."""

    name: str
    words: tuple[str, ...]
    province: str | None
    grade: Grade


_KINDS = frozenset(
    {"special", "economic", "industrial", "casino", "hotel", "entertainment", "apartment", "commercial", "office"}
)
_VAGUE = frozenset(
    {"building", "buildings", "tower", "towers", "villa", "park", "plaza", "apartment", "apartments", "estate"}
)
_TRAPS = frozenset({"national", "car", "theme"})


def sites(line: Line) -> Iterator[Site]:
    """The sites of a sentence."""
    for at, word in enumerate(line.seen.low):
        if word in SITE_HEADS and line.seen.word(at + 1) not in SITE_HEADS and not _is_company(line, at):
            yield from _site(line, at)


def _is_company(line: Line, at: int) -> bool:
    return line.seen.cap(at + 1) and line.seen.low[at + 1] in HEADS


def _site(line: Line, at: int) -> Iterator[Site]:
    seen, first = line.seen, at
    while first > 0 and seen.low[first - 1] in (*_KINDS, *SITE_HEADS):
        first -= 1
    kinds = first
    while first > 0 and (
        _is_named(line, first - 1) or (seen.low[first - 1] == "-" and seen.glued(first) and first < at)
    ):
        first -= 1
    while first < kinds and (seen.low[first] in NO_NAME or seen.words[first].text.isdigit()):
        first += 1
    own = [word for word in range(first, kinds) if not line.owner[word]]
    capital = seen.caps[at] or seen.low[at] in ("zone", "sez")
    if first == kinds or not (own or capital) or seen.low[kinds - 1] in _TRAPS or _is_vague(line, first, at):
        return
    grade = Grade.UNSURE if seen.low[at] in _VAGUE else Grade.LIKELY
    yield Site(seen.text(first, at + 1), tuple(seen.low[first : at + 1]), _province(line, first, at + 1), grade)


def _is_vague(line: Line, first: int, at: int) -> bool:
    """A single capitalised word before "building" may be anything."""
    return line.seen.low[at] in _VAGUE and not line.seen.caps[at] and at - first < 2


def _is_named(line: Line, at: int) -> bool:
    seen = line.seen
    if line.owner[at] in ("actor", "outlet", "people", ADJECTIVE, PLURAL) or seen.low[at] in TITLES:
        return False
    if seen.low[at] in HEADS or seen.low[at] in OUTLET_HEADS:
        return False
    return seen.caps[at] or (seen.low[at].isdigit() and len(seen.low[at]) < 3 and seen.cap(at - 1))


def _province(line: Line, first: int, last: int) -> str | None:
    """The province in the name, right before it, or right behind it."""
    for spot in line.spots:
        inside = first <= spot.first < last
        before = spot.last == first or (spot.last == first - 1 and line.seen.word(first - 1) in ("'s", "’s"))
        behind = 0 < spot.first - last <= 2 and line.seen.word(last) in ("in", "at", ",")
        if (inside or before or behind) and is_place(line, spot):
            if spot.name.kind == "province":
                return spot.name.name
            if spot.name.kind == "town":
                return spot.name.within
    return None
