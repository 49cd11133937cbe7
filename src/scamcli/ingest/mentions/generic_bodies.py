"""Bodies in lower case that a place or a nationality before them names: Thai police, Bavet city authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.body import Body, named
from scamcli.ingest.mentions.exact_matches import NO_NAME, PLACES, TITLES, Line, run
from scamcli.ingest.mentions.known_names import ADJECTIVE
from scamcli.ingest.mentions.verbs import acts_next
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

MODIFIERS = lexicon.words("bodies.modifiers")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
POST_PARTS = lexicon.words("titles.post_parts")

_ONLY_ACTING = listed(
    "soldiers guards officials investigators troops prosecutors immigration customs department bureau agency forces"
)
"""What is no body but where it does something."""
_OFFICES = listed("department bureau ministry police court")
_THINGS = listed("station stations custody checkpoint post car van uniform report reports ruling rulings")
_SPOKESPEOPLE = listed("spokesman spokesperson spokeswoman")


def seated(line: Line, head: int) -> Iterator[Body]:
    """The body of a head in lower case, with what stands before it."""
    seen, before = line.seen, head - 1
    while before >= 0 and seen.low[before] in MODIFIERS and not line.owner[before]:
        before -= 1
    owned = seen.word(before) == "'s"
    place = before - owned
    if place < 0:
        return
    if line.owner[place] in PLACES or line.owner[place] == ADJECTIVE:
        if _acts_as_body(line, head):
            yield _of_place(line, place, head, owned)
    else:
        yield from _of_name(line, place, head)


def _of_place(line: Line, at: int, head: int, owned: bool) -> Body:
    seen = line.seen
    spot = next(spot for spot in line.spots if spot.first <= at < spot.last)
    place = seen.text(spot.first, spot.last)
    rest = "authorities" if seen.low[head] == "officials" else seen.text(at + 1, head + 1)
    name = f"{place}{'' if owned else ' '}{rest}"
    words = tuple(seen.low[spot.first : head + 1])
    return Body(name, words, PLAIN_HEADS[seen.low[head]], "body of a place", Grade.LIKELY, spot.first)


def _of_name(line: Line, at: int, head: int) -> Iterator[Body]:
    """The Bukit Aman commercial crime department: a name, what it does, and a head in lower case."""
    seen, first = line.seen, at + 1
    while first > 0 and _is_plain_name(line, first - 1):
        first -= 1
    if first <= at < head - 1 and seen.low[head] in _OFFICES:
        yield named(line, first, head + 1, PLAIN_HEADS[seen.low[head]], "name of a body")


def _is_plain_name(line: Line, at: int) -> bool:
    word = line.seen.low[at]
    return line.seen.caps[at] and not line.owner[at] and word not in NO_NAME and word not in TITLES


def _acts_as_body(line: Line, head: int) -> bool:
    """Whether the head is the body itself, and no part of something else: a police station, a police chief by name."""
    seen, after = line.seen, line.seen.word(head + 1)
    if after in _THINGS or (seen.low[head] in _ONLY_ACTING and not _acts(line, head)):
        return False
    at = head + 1
    while seen.word(at) in POST_PARTS or seen.word(at) in TITLES or seen.word(at) == ".":
        at += 1
    return at == head + 1 or after in _SPOKESPEOPLE or run(line, at) == at


def _acts(line: Line, head: int) -> bool:
    return acts_next(line.seen, head + 1) or not {"by", "to", "with"}.isdisjoint(line.seen.low[max(0, head - 3) : head])
