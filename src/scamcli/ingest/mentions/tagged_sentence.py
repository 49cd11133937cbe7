"""Sentences with their known names, and the questions about words that several rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import BODIES, MENTIONS, PLACES, TITLES
from scamcli.ingest.mentions.names import PLACE_KINDS, Match, NameTable, TaggedSentence, known_names

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence

HEADS = lexicon.headings("bodies.heads")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")

_DATE_WORDS = (*lexicon.numbers("calendar.months", 1), *lexicon.numbers("calendar.weekdays", 0))
NO_NAME = frozenset(word for word in _DATE_WORDS if len(word) > 3 and word != "march") | (TITLES.ordinary - {"new"})
"""Words that begin a sentence with a capital but begin no name. "March" and "new" begin some."""

_MAX_WORDS_TO_VERB = 14


def tag(sentence: Sentence, names: NameTable) -> TaggedSentence:
    """Find the known names in a sentence from left to right, the longest that begin at each word.

    Args:
        sentence: as it was split off the text.
        names: the names of the article, which take precedence over `known_names` of the same length.
    """
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
    """Return the index after the person's name that may begin at a word, or that of the word if none does."""
    at = first
    while at < len(tagged.lower):
        if _may_be_in_name(tagged, at) and (not tagged.kinds[at] or _is_also_personal(tagged, first, at)):
            at += 1
        elif at > first and tagged.lower[at] == "-" and _is_hyphen_in_name(tagged, at):
            at += 2
        elif (
            at > first and tagged.is_cap(at + 1) and (tagged.lower[at] in MENTIONS.particles or _is_initial(tagged, at))
        ):
            at += 1
        else:
            break
    return at


def _may_be_in_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    if not tagged.caps[at] or word in TITLES.any_title or word in BODIES.domains or not word[:1].isalpha():
        return False
    return word not in NO_NAME or (len(word) == 1 and tagged.word(at + 1) == ".") or _is_surname(tagged, at)


def _is_surname(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a common word is a surname because it follows a post: Minister He Jianhua."""
    return tagged.lower[at] in MENTIONS.surnames and tagged.word(at - 1) in TITLES.any_title and tagged.is_cap(at + 1)


def _is_also_personal(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Tell whether the name of a place is part of a person's name.

    It is after another part of the name, or as the first part if people bear that name.
    """
    if tagged.kinds[at] not in PLACE_KINDS:
        return False
    return at > first or (tagged.lower[at] in PLACES.also_people and tagged.is_cap(at + 1) and not tagged.kinds[at + 1])


def _is_initial(tagged: TaggedSentence, at: int) -> bool:
    return tagged.lower[at] == "." and len(tagged.lower[at - 1]) == 1


def _is_hyphen_in_name(tagged: TaggedSentence, at: int) -> bool:
    """Tell whether a hyphen joins two parts of one name: Ming-hsun, but not Kong-owned."""
    after = tagged.word(at + 1)
    return tagged.glued(at) and tagged.glued(at + 1) and after.isalpha() and after not in MENTIONS.no_suffix


def is_place(tagged: TaggedSentence, match: Match) -> bool:
    """Tell whether the name of a place means it, and not a street, school, company or person of that name."""
    return not (_names_what_follows(tagged, match.last) or _ends_longer_name(tagged, match.first))


def _names_what_follows(tagged: TaggedSentence, last: int) -> bool:
    """Tell whether the next word makes it the name of something else: Kampot Street, Sokha Kandal Group."""
    after = tagged.word(last)
    adjectives = ("international", "national", "central", "new", "old", "royal", "royale")
    if after in adjectives and tagged.word(last + 1) in PLACES.named_after:
        return True
    if after in PLACES.named_after:
        return not (after in ("village", "hamlet") and not tagged.is_cap(last) and tagged.kinds[last - 1] == "town")
    if not tagged.is_cap(last) or (last < len(tagged.lower) and tagged.lower[last - 1] == "."):
        return False
    if after in PLACES.named_after_capital:
        return True
    known = (PLACES.after_place, HEADS, PLAIN_HEADS, TITLES.any_title, NO_NAME, SITE_HEADS)
    return not (tagged.kinds[last] or len(after) == 1 or any(after in words for words in known))


def _ends_longer_name(tagged: TaggedSentence, first: int) -> bool:
    """Tell whether the word before makes it part of a longer name: Hotel Kampot, the village of Battambang."""
    before = tagged.word(first - 1)
    if before in PLACES.before_named or (before == "of" and tagged.word(first - 2) in ("village", "hamlet", "street")):
        return True
    if first == 0 or not tagged.caps[first - 1]:
        return False
    known = (PLACES.before_place, NO_NAME, TITLES.any_title, HEADS)
    if tagged.kinds[first - 1] or any(before in words for words in known):
        return False
    return first > 1 or before in PLACES.before_street or tagged.lower[first] in PLACES.also_people


def acts_next(tagged: TaggedSentence, at: int, reach: int = _MAX_WORDS_TO_VERB) -> bool:
    """Tell whether what stands before a word is a subject: a verb of speaking or acting comes there.

    Adverbs and a place may come first: "police in Johor and Penang arrested".
    """
    if tagged.word(at) == "," and tagged.word(at + 1) == "who":
        at = next((other + 1 for other in range(at + 1, len(tagged.lower)) if tagged.lower[other] == ","), at)
    for word_at in range(at, min(at + reach, len(tagged.lower))):
        word = tagged.lower[word_at]
        if word in TITLES.speaking or word in TITLES.acting:
            return True
        if not (
            word in TITLES.auxiliaries or word in MENTIONS.before_verb or word.endswith("ly") or tagged.caps[word_at]
        ):
            return False
    return False
