"""Distinguish the places where people come from, also in lists, from those where something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.nouns import PEOPLE, THINGS
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, PLACES
from scamcli.ingest.mentions.names import PLACE_KINDS
from scamcli.ingest.words import lower_at
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scamcli.ingest.mentions import Mention
    from scamcli.ingest.words import Sentence

_PEOPLE_NEAR = 5
"""How many words before a place are searched for the nationality of the people who are from there."""
_SUBJECT_NEAR = 8
"""How many words before a place are searched for what "were from" is about."""
_BETWEEN = frozenset({",", "and", "or", "then", "the"})
"""Words between the places of a list: "via Dubai, Nairobi and then Lagos"."""
_MAX_TO_RETURN = 12
"""How many words before "from" are searched for a verb that says that people left the place: "repatriated"."""
_MAX_IN_LIST = 4
"""The most words between two places of a list of origins: ", three from"."""


def is_like_one_before(
    words: Sentence,
    mentions: Sequence[Mention],
    mention: Mention,
    rule: Callable[[Sentence, Sequence[Mention], Mention], bool],
) -> bool:
    """Return whether a rule is true of a place, or of the first place of the list that it continues."""
    if rule(words, mentions, mention):
        return True
    between = [one for one in mentions if one.last <= mention.first and one.kind in PLACE_KINDS]
    if mention.kind not in PLACE_KINDS or not between:
        return False
    last = between[-1]
    joined = {word.lower for word in words[last.last : mention.first]}
    return bool(joined) and joined <= _BETWEEN and is_like_one_before(words, mentions, last, rule)


def before_place(words: Sentence, mention: Mention) -> int:
    """Return the index of the word before a place and its kind: "in" of "in the western province of Pursat"."""
    at = mention.first - 1
    if lower_at(words, at) == "of" and lower_at(words, at - 1) in PLACES.divisions:
        at -= 2
        while lower_at(words, at) in PLACES.parts:
            at -= 1
    return at


def is_origin(words: Sentence, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Return whether somebody comes from a place: a woman from Tay Ninh; residents of Kampot and Takeo."""
    return is_like_one_before(words, mentions, mention, _follows_people)


def _follows_people(words: Sentence, mentions: Sequence[Mention], mention: Mention) -> bool:
    first = mention.first
    before, noun = lower_at(words, first - 1), lower_at(words, first - 2)
    if before == "of":
        return noun in PLACES.inhabitants
    if before != "from" or first == 1 or lower_at(words, mention.last) in PLACES.before_sites:
        return False
    if _are_foreign(words, mentions, mention):
        return False  # the 34 Indians from Kampot were freed there
    if noun in GRAMMAR.be:  # but: most of the requests were from Kandal
        return not any(word.lower in THINGS for word in words[max(0, first - _SUBJECT_NEAR) : first])
    if noun in PLACES.coming or noun in COUNTED.one_person:
        return True
    if any(word.lower in PLACES.returning for word in words[max(0, first - _MAX_TO_RETURN) : first - 1]):
        return False  # Kenya brought back 40 workers from Tak
    if noun in PEOPLE or any(one.last == first - 1 and one.kind in {"people", "adjective"} for one in mentions):
        return True
    earlier = [one for one in mentions if one.last < first and one.kind in PLACE_KINDS]
    is_next = bool(earlier) and first - earlier[-1].last <= _MAX_IN_LIST
    return is_next and _follows_people(words, mentions, earlier[-1])


def _are_foreign(words: Sentence, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Return whether the people before "from" and a place are foreign there, so that it is no place of origin."""
    begin = max(0, mention.first - _PEOPLE_NEAR)
    near = [one for one in mentions if one.kind in ("people", "adjective") and begin <= one.first < mention.first]
    home = countries()[mention.country].demonym if mention.country else None
    if any(one.name != home for one in near):
        return True
    return not near and any(word.lower in PLACES.foreign for word in words[begin : mention.first])
