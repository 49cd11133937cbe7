"""Whether what stands before a word in a sentence is its subject: a verb of speaking or acting comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed

if TYPE_CHECKING:
    from scamcli.ingest.mentions.record import Seen

ACTING = lexicon.words("titles.acting")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")

_BETWEEN = listed(
    """
    in at near of and from on officers officer the province city staff soldiers units unit nationwide 's here there
    troops forces prosecutors
    """
)
_REACH = 14


def acts_next(seen: Seen, at: int, reach: int = _REACH) -> bool:
    """Whether such a verb comes at this word, or after adverbs and a place: police in Johor and Penang arrested."""
    if seen.word(at) == "," and seen.word(at + 1) == "who":
        at = next((other + 1 for other in range(at + 1, len(seen.low)) if seen.low[other] == ","), at)
    for word_at in range(at, min(at + reach, len(seen.low))):
        word = seen.low[word_at]
        if word in SPEAKING or word in ACTING:
            return True
        if not (word in AUXILIARIES or word in _BETWEEN or word.endswith("ly") or seen.caps[word_at]):
            return False
    return False
