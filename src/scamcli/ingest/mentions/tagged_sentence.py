"""DOC tagged"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.names import Match, NameTable, TaggedSentence, known_names

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence


DOMAINS = lexicon.words("bodies.domains")
MONTHS = lexicon.numbers("calendar.months", 1)
WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)
ALSO_PEOPLE = lexicon.words("places.also_people")
COURTESY = lexicon.words("titles.courtesy")
ORDINARY = lexicon.words("titles.ordinary")
POSTS = lexicon.words("titles.posts")
RANKS = lexicon.words("titles.ranks")


PLACES = frozenset({"province", "town", "place", "country"})
TITLES = POSTS | RANKS | COURTESY
NO_NAME = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3 and word != "march") | ORDINARY - {"new"}


def tag(sentence: Sentence, names: NameTable) -> TaggedSentence:
    """DOC tag"""
    lower = [word.lower.replace("’", "'") for word in sentence]
    caps = [word.text[0].isupper() for word in sentence]
    tagged, known = TaggedSentence(sentence, lower, caps, [], [""] * len(sentence)), known_names()
    at = 0
    while at < len(sentence):
        best = names.at(tagged, at)
        if caps[at] or not sentence[at].text.isascii():
            other = known.at(tagged, at)
            if other and (best is None or other[0] > best[0]):
                best = other
        if best is None:
            at += 1
            continue
        last, name = best
        tagged.matches.append(Match(at, last, name))
        tagged.kinds[at:last] = [name.kind] * (last - at)
        at = last
    return tagged


def person_name_end(tagged: TaggedSentence, first: int) -> int:
    """The word after a person's name that may begin here; the same word where none does."""
    at = first
    while at < len(tagged.lower):
        if _in_name(tagged, at) and (not tagged.kinds[at] or _is_name_too(tagged, first, at)):
            at += 1
        elif at > first and tagged.lower[at] == "-" and _joins(tagged, at):
            at += 2
        elif at > first and tagged.is_cap(at + 1) and (tagged.lower[at] in PARTICLES or _is_initial(tagged, at)):
            at += 1
        else:
            break
    return at


PARTICLES = listed("bin binti bint al el de da dela del van von der la ibn ul")
_NO_SUFFIX = listed(
    """
    led run owned based backed born speaking language linked controlled made registered operated related affiliated
    style
    """
)


def _in_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    if not tagged.caps[at] or word in TITLES or word in DOMAINS or not word[:1].isalpha():
        return False
    return word not in NO_NAME or (len(word) == 1 and tagged.word(at + 1) == ".") or _is_surname(tagged, at)


_SURNAMES = listed("he she you so an in on my to do no our")


def _is_surname(tagged: TaggedSentence, at: int) -> bool:
    """He Jianhua, after a post, begins no sentence."""
    return tagged.lower[at] in _SURNAMES and tagged.word(at - 1) in TITLES and tagged.is_cap(at + 1)


def _is_name_too(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Whether a place's name is a part of a person's: after another part, or before one if people are called so."""
    if tagged.kinds[at] not in PLACES:
        return False
    return at > first or (tagged.lower[at] in ALSO_PEOPLE and tagged.is_cap(at + 1) and not tagged.kinds[at + 1])


def _is_initial(tagged: TaggedSentence, at: int) -> bool:
    return tagged.lower[at] == "." and len(tagged.lower[at - 1]) == 1


def _joins(tagged: TaggedSentence, at: int) -> bool:
    """Whether a hyphen joins two parts of one name: Ming-hsun, but not Kong-owned."""
    return (
        tagged.glued(at)
        and tagged.glued(at + 1)
        and tagged.word(at + 1).isalpha()
        and tagged.word(at + 1) not in _NO_SUFFIX
    )


HEADS = lexicon.headings("bodies.heads")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")
AFTER_PLACE = lexicon.words("places.after_place")
BEFORE_NAMED = lexicon.words("places.before_named")
BEFORE_PLACE = lexicon.words("places.before_place")
NAMED_AFTER = lexicon.words("places.named_after")
NAMED_AFTER_CAPITAL = lexicon.words("places.named_after_capital")


def is_place(tagged: TaggedSentence, match: Match) -> bool:
    """Whether the words name the place itself."""
    return not (_is_followed(tagged, match.last) or _is_preceded(tagged, match.first))


def _is_followed(tagged: TaggedSentence, last: int) -> bool:
    """By a word that makes it the name of something else: Kampot Street, Sokha Kandal Group."""
    after = tagged.word(last)
    if (
        after in ("international", "national", "central", "new", "old", "royal", "royale")
        and tagged.word(last + 1) in NAMED_AFTER
    ):
        return True
    if after in NAMED_AFTER:
        return not (after in ("village", "hamlet") and not tagged.is_cap(last) and tagged.kinds[last - 1] == "town")
    if not tagged.is_cap(last) or (last < len(tagged.lower) and tagged.lower[last - 1] == "."):
        return False
    if after in NAMED_AFTER_CAPITAL:
        return True
    return not (
        tagged.kinds[last]
        or after in AFTER_PLACE
        or after in HEADS
        or after in PLAIN_HEADS
        or after in TITLES
        or after in NO_NAME
        or after in SITE_HEADS
        or len(after) == 1
    )


def _is_preceded(tagged: TaggedSentence, first: int) -> bool:
    """By a word that makes it a part of a longer name, or of a street's: Hotel Kampot, the village of Battambang."""
    before = tagged.word(first - 1)
    if before in BEFORE_NAMED or (before == "of" and tagged.word(first - 2) in ("village", "hamlet", "street")):
        return True
    if first == 0 or not tagged.caps[first - 1]:
        return False
    if tagged.kinds[first - 1] or before in BEFORE_PLACE or before in NO_NAME or before in TITLES or before in HEADS:
        return False
    return first > 1 or before in _NAMES_BEFORE or tagged.lower[first] in ALSO_PEOPLE


_NAMES_BEFORE = frozenset({"new", "hotel", "jalan", "wat", "royal", "sokha", "street", "villa"})


ACTING = lexicon.words("titles.acting")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")

_BEFORE_VERB = listed(
    """
    in at near of and from on officers officer the province city staff soldiers units unit nationwide 's here there
    troops forces prosecutors
    """
)
_REACH = 14


def acts_next(tagged: TaggedSentence, at: int, reach: int = _REACH) -> bool:
    """Whether such a verb comes at this word, or after adverbs and a place: police in Johor and Penang arrested."""
    if tagged.word(at) == "," and tagged.word(at + 1) == "who":
        at = next((other + 1 for other in range(at + 1, len(tagged.lower)) if tagged.lower[other] == ","), at)
    for word_at in range(at, min(at + reach, len(tagged.lower))):
        word = tagged.lower[word_at]
        if word in SPEAKING or word in ACTING:
            return True
        if not (word in AUXILIARIES or word in _BEFORE_VERB or word.endswith("ly") or tagged.caps[word_at]):
            return False
    return False
