"""Whether a place's name is the place, or a street, school, company or person of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.exact_matches import NO_NAME, TITLES

if TYPE_CHECKING:
    from scamcli.ingest.mentions.exact_matches import Line, Spot

HEADS = lexicon.headings("bodies.heads")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")
AFTER_PLACE = lexicon.words("places.after_place")
ALSO_PEOPLE = lexicon.words("places.also_people")
BEFORE_NAMED = lexicon.words("places.before_named")
BEFORE_PLACE = lexicon.words("places.before_place")
NAMED_AFTER = lexicon.words("places.named_after")
NAMED_AFTER_CAPITAL = lexicon.words("places.named_after_capital")


def is_place(line: Line, spot: Spot) -> bool:
    """Whether the words name the place itself."""
    return not (_is_followed(line, spot.last) or _is_preceded(line, spot.first))


def _is_followed(line: Line, last: int) -> bool:
    """By a word that makes it the name of something else: Kampot Street, Sokha Kandal Group."""
    seen, after = line.seen, line.seen.word(last)
    if (
        after in ("international", "national", "central", "new", "old", "royal", "royale")
        and seen.word(last + 1) in NAMED_AFTER
    ):
        return True
    if after in NAMED_AFTER:
        return not (after in ("village", "hamlet") and not seen.cap(last) and line.owner[last - 1] == "town")
    if not seen.cap(last) or (last < len(seen.low) and seen.low[last - 1] == "."):
        return False
    if after in NAMED_AFTER_CAPITAL:
        return True
    return not (
        line.owner[last]
        or after in AFTER_PLACE
        or after in HEADS
        or after in PLAIN_HEADS
        or after in TITLES
        or after in NO_NAME
        or after in SITE_HEADS
        or len(after) == 1
    )


def _is_preceded(line: Line, first: int) -> bool:
    """By a word that makes it a part of a longer name, or of a street's: Hotel Kampot, the village of Battambang."""
    seen, before = line.seen, line.seen.word(first - 1)
    if before in BEFORE_NAMED or (before == "of" and seen.word(first - 2) in ("village", "hamlet", "street")):
        return True
    if first == 0 or not seen.caps[first - 1]:
        return False
    if line.owner[first - 1] or before in BEFORE_PLACE or before in NO_NAME or before in TITLES or before in HEADS:
        return False
    return first > 1 or before in _NAMES_BEFORE or seen.low[first] in ALSO_PEOPLE


_NAMES_BEFORE = frozenset({"new", "hotel", "jalan", "wat", "royal", "sokha", "street", "villa"})
