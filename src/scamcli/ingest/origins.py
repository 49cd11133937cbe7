"""Tell places where something happens from those where people come from, go to or speak, and from those nearby."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.counts.nouns import PEOPLE, THINGS
from scamcli.ingest.lexicon import COUNTED, GRAMMAR, PLACES, SPEECH
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
_ABROAD = frozenset({"country", "place"})
_IN = frozenset({"in", "from"})
_OF_CAPITAL = frozenset({"the", "capital", "city", ","})
_LONGEST_ADDRESS = 4
"""How many words before the name of a town are searched for a street."""
_MAX_TO_DISTANCE = 8
"""How many words before a place are searched for "kilometres"."""
_MAX_TO_WISH = 4
"""How many words before a place are searched for "trying", or before a name for "said"."""
_AT_ONCE = 2
"""Within how many words after another place "near" has to come."""
_MAX_TO_TRIP = 7
"""How many words before a place are searched for what a trip there costs or is called."""


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


def is_elsewhere(words: Sentence, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Return whether a place is only where somebody speaks, where people want to go, or on their way.

    "Joel Example said in Geneva", "trying to reach Greece", "a boat bound for Italy", "flown there via Dubai".
    """
    before = lower_at(words, mention.first - 1)
    address = words[max(0, mention.first - _LONGEST_ADDRESS) : mention.first] if before == "," else ()
    if any(word.lower in PLACES.streets for word in address):
        return True  # Room 304, 14 Example Boulevard, Phnom Penh
    if before == "of" and lower_at(words, mention.first - 2) in PLACES.compared:
        return True
    if before == "in" and lower_at(words, mention.first - 2) in PLACES.listeners:
        return True
    if is_like_one_before(words, mentions, mention, _is_passed) or _is_beside(words, mentions, mention):
        return True
    if before in _IN:
        return any(one.last == mention.first - 1 and _speaks(words, one, mention) for one in mentions)
    return False


def _is_passed(words: Sentence, _: Sequence[Mention], mention: Mention) -> bool:
    """Return whether people want to go to a place, travel through it, or have paid to get there or away from it."""
    first = mention.first
    before = lower_at(words, first - 1)
    if before in PLACES.routes:
        return True
    trip = {word.lower for word in words[max(0, first - _MAX_TO_TRIP) : first - 1]}
    if before == "through" and not PLACES.travelling.isdisjoint(trip):
        return True
    if before in PLACES.ends_of_trips and not PLACES.trips.isdisjoint(trip):
        return True
    near = [word.lower for word in words[max(0, first - _MAX_TO_WISH) : first - 1]]
    is_wish = not PLACES.wishing.isdisjoint(near) and GRAMMAR.be.isdisjoint(near)
    is_planned = "being" in near and not PLACES.moved.isdisjoint(near)
    is_goal = before in PLACES.goals or (before in PLACES.towards and (is_wish or is_planned))
    return mention.kind in _ABROAD and is_goal


def _is_beside(words: Sentence, mentions: Sequence[Mention], mention: Mention) -> bool:
    """Return whether a place only says where one of another country is: "Myawaddy, opposite the town of Mae Sot"."""
    at = mention.first - 1
    while at > 0 and (words[at].lower in PLACES.before_neighbours or any(at == one.first for one in mentions)):
        at -= 1
    if words[at].lower == "from":
        at = next((one for one in range(at - 1, max(0, at - _MAX_TO_WISH) - 1, -1) if words[one].lower == "across"), at)
    if words[at].lower not in PLACES.beside:
        return False
    return any(one.country not in (None, mention.country) and 0 <= at - one.last < _AT_ONCE for one in mentions)


def is_only_near(words: Sentence, mention: Mention) -> bool:
    """Return whether a place only says where another one is: "north of the capital Manila", "3 km from Tak"."""
    at = mention.first
    while lower_at(words, at - 1) in _OF_CAPITAL:
        at -= 1
    before, word = lower_at(words, at - 1), lower_at(words, at - 2)
    if before == "of" and word in PLACES.directions and lower_at(words, at - 3) != "the":
        return mention.kind != "country"
    distance = (lower_at(words, one) for one in range(max(0, at - _MAX_TO_DISTANCE), at))
    return before in ("from", "of") and not PLACES.distances.isdisjoint(distance)


def _speaks(words: Sentence, somebody: Mention, place: Mention) -> bool:
    """Return whether a person or an organisation says something beside its name or beside the place behind it."""
    if somebody.within not in ("person", "ngo"):
        return False
    beside = (*words[max(0, somebody.first - _MAX_TO_WISH) : somebody.first], *words[place.last : place.last + 2])
    return any(word.lower in SPEECH.said for word in beside)
