"""Recognise words that tell what victims suffer, behind a name or a pronoun: was sold, spent a year at KK Park."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import GRAMMAR, MENTIONS, NUMBERS, TITLES
from scamcli.ingest.mentions.names import HEADS, NO_NAME, SITE_HEADS
from scamcli.ingest.words import is_past_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from scamcli.ingest.mentions.names import TaggedSentence
STRONG = (MENTIONS.ordeals | MENTIONS.harmed | MENTIONS.hurt) - {"held", "died", "forced"}
_OWN = ("'s", "’s")
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our", "my"])
_BY_POLICE = frozenset(["police", "authorities", "immigration"])
_OF_SUSPECTS = (TITLES.accused | MENTIONS.justice | MENTIONS.suspicion) - _BY_POLICE - {"country", "abroad", "overseas"}
_BEFORE_PEOPLE = TITLES.any_title | TITLES.private | TITLES.people | NO_NAME | MENTIONS.occupations | MENTIONS.trades
_TELLING = {
    **dict.fromkeys(MENTIONS.losing, MENTIONS.limbs),
    **dict.fromkeys(["went", "goes", "gone", "remains", "remained"], frozenset(["missing"])),
    **dict.fromkeys(["paid", "pays"], frozenset(["ransom"])),
    "became": frozenset(["die", "victim", "survivor"]),
    "pleaded": frozenset(["with", "for"]),
}
"""Words by which verbs tell an ordeal: lost a leg, went missing, became the 12th Kenyan to die."""
_JOINED = STRONG | {"smuggled", "locked"}
_COMPANIONS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "others", "another"}
_POSSESSIVES = frozenset(["his", "her"])
QUOTES = frozenset("\"“”‘’'")
DASHES = ("-", "–", "—")
_ACTIVE = MENTIONS.fleeing | MENTIONS.losing | MENTIONS.enduring | MENTIONS.being_held
_PUBLIC_VERBS = TITLES.acting | TITLES.speaking | MENTIONS.doing_harm | MENTIONS.public_verbs | MENTIONS.fleeing
_NEAR, _LONGEST_ASIDE, _MOST_ASIDES = 8, 16, 3


def suffers(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether the words behind a name tell an ordeal: X, a waiter from Kerala, spent five months in a compound.

    One word with a capital can also be a noun that begins a sentence: Residents fled.
    """
    if not is_subject(tagged, first, last):
        return False
    if last - first > 1:
        return _was_captive(tagged, first, last) or any(suffers_at(tagged, at) for at in _verb_places(tagged, last))
    if _was_captive(tagged, first, last):
        return True
    places = (at for at in _verb_places(tagged, last) if tagged.word(at) not in MENTIONS.fleeing)
    return any(
        suffers_at(tagged, at) and (at > last or MENTIONS.captured.isdisjoint(tagged.lower[at : at + 3]))
        for at in places
    )


def _is_beside(tagged: TaggedSentence, first: int) -> bool:
    return tagged.word(first - 1) in MENTIONS.before_others


def is_doer(words: Sequence[str]) -> bool:
    """Return whether the first words behind a name say what somebody did to others: had sold her."""
    return words[0] in GRAMMAR.have and words[1:2] != [] and words[1] in MENTIONS.harming


def _was_captive(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether somebody comes from captivity, or is a witness: came home after a year in captivity."""
    near = tagged.lower[last : last + 2 * _NEAR]
    if {"testified", "testifies", "testify"} & set(near[:3]) or "witness" in near[:5]:
        return not MENTIONS.courts.isdisjoint(near)
    if near[:1] == [","] and near[1:2] in (["the"], ["his"], ["her"]) and tagged.word(first - 1) == "for":
        return near[2] in MENTIONS.losses  # for X, the ordeal ended
    freed_at = next((at for at in range(len(near) - 2) if near[at : at + 2] == ["after", "being"]), None)
    if freed_at is not None and near[freed_at + 2] in STRONG:
        return True  # said after being freed
    since = near.index("after") if "after" in near else near.index("inside") if "inside" in near[:2] else -1
    if since >= 0 and TITLES.speaking.isdisjoint(near[:since]) and is_captive(tagged, last + since):
        return True  # was deported after a year in a scam centre
    at = near.index("captivity") if "captivity" in near else 0
    return at > 0 and TITLES.speaking.isdisjoint(near[:at]) and near[at - 1] in ("in", "from", "of", "his", "her")


def is_harmed_by_others(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether others harm somebody: for selling X to a compound; agents promised X a job."""
    before, after = tagged.word(first - 1), tagged.lower[last : last + 4]
    if before in MENTIONS.offering:
        return "job" in after or "work" in after
    is_passive = tagged.word(first - 2) in GRAMMAR.passive
    return before in MENTIONS.doing_harm and not is_passive and not tagged.is_cap(first - 1)


def is_object_of_arrest(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a name is that of somebody who was arrested, alone or in a list.

    "Arrested a Chinese man named X", "arrested two men, X and Y", "the suspects were identified as X and Y".
    """
    for at in range(first - 1, max(-1, first - _LONGEST_ASIDE), -1):
        word = tagged.lower[at]
        if word in MENTIONS.accusing or word in TITLES.suspects:
            return tagged.word(at - 1) not in GRAMMAR.passive and tagged.word(at - 1) != "not"
        is_people = word in TITLES.people and word not in MENTIONS.victims
        is_between = tagged.caps[at] or word.isdigit() or word in NUMBERS.units or word in MENTIONS.between_named
        if not (is_between or is_people or tagged.kinds[at] == "adjective"):
            return False  # arrested two men over the death of X
    return False


def is_in_list_of_victims(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a name is in a list of those who were freed or suffered: "three were rescued: X, Y and Z"."""
    at = first - 1
    while at > 0 and (
        tagged.caps[at] or tagged.lower[at].isdigit() or tagged.lower[at] in MENTIONS.between_named - {":"}
    ):
        at -= 1
    if tagged.word(at) != ":":
        return False
    before = tagged.lower[:at]
    return not (STRONG | MENTIONS.brought_back).isdisjoint(before) and _OF_SUSPECTS.isdisjoint(before)


def is_harmed_in_spite_of_job(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody with an ordinary job suffers: X, a bank officer, was trafficked."""
    end = next((at for at in range(last + 1, last + _LONGEST_ASIDE) if tagged.word(at) == ","), last)
    words = set(tagged.lower[last:end])
    is_job = tagged.word(last) == "," and tagged.word(last + 1) in ("a", "an") and MENTIONS.of_offices.isdisjoint(words)
    return is_job and (words & TITLES.posts) <= MENTIONS.ordinary_posts and suffers_at(tagged, end + 1)


def is_pseudonym(lower: Sequence[str], last: int) -> bool:
    """Return whether a text says that a name is not the real one: X (not his real name), X, a pseudonym."""
    near = lower[last + 1 : last + 1 + _NEAR] if last < len(lower) and lower[last] in (",", "(") else []
    return "pseudonym" in near or ("name" in near and not {"real", "changed"}.isdisjoint(near))


def is_subject(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether a name can be that of a person who acts or suffers, by the words beside it.

    It is not in "from Yeongju", "the Harbour Lane" and "National Referral Mechanism", nor is "Rohingya women".
    """
    before, after = tagged.word(first - 1), tagged.word(last)
    if before in TITLES.speaking or (
        before in ("from", "of", "by") and tagged.word(first - 2) in MENTIONS.signs_of_life
    ):
        return True
    if before in MENTIONS.before_others or (first and tagged.is_cap(first - 1) and before not in _BEFORE_PEOPLE):
        return False
    if last - first > 1:
        return tagged.lower[first] not in MENTIONS.undertakings
    if not first and tagged.lower[first].endswith("s") and after != ",":
        return False
    return (
        not after.isalpha()
        or after in TITLES.auxiliaries
        or after in TITLES.speaking
        or is_past_form(after)
        or after in _ACTIVE
        or after in MENTIONS.leaving
        or after in ("and", "who", "from")
    )


def _verb_places(tagged: TaggedSentence, last: int) -> Iterator[int]:
    """Yield where the verb of a name can be: right behind it, behind "who", or behind asides."""
    at = last
    for _ in range(_MOST_ASIDES):
        yield at
        if tagged.word(at) == "and":
            yield from _past_companions(tagged, at)
        if tagged.word(at) not in (",", "(", *DASHES) or (tagged.word(at) in DASHES and tagged.glued(at)):
            return
        yield at + 1
        closing = {"(": ")"}.get(tagged.word(at), tagged.word(at))
        end = next((end for end in range(at + 1, at + _LONGEST_ASIDE) if tagged.word(end) == closing), None)
        if end is None or not _describes(tagged, at + 1, end):
            return
        at = end + 1 if closing == ")" or tagged.word(end + 1) not in ("from", "who", "a", "an", "the") else end


def _past_companions(tagged: TaggedSentence, at: int) -> Iterator[int]:
    """Yield where the verb is behind others without a name: X and her husband were sold, X and 11 others were freed."""
    if tagged.word(at + 1) in _POSSESSIVES or tagged.word(at + 1).isdigit() or tagged.word(at + 1) in _COMPANIONS:
        yield from (end for end in range(at + 2, at + _NEAR) if tagged.word(end) in GRAMMAR.be)


def _describes(tagged: TaggedSentence, first: int, end: int) -> bool:
    """Return whether words between commas describe a person: not a firm, a site, or somebody with a post."""
    words = tagged.lower[first:end]
    if not (TITLES.posts - MENTIONS.occupations).isdisjoint(words) or not _OF_SUSPECTS.isdisjoint(words):
        return False
    if words[:1] in (["a"], ["an"], ["the"], ["one"]):
        to = next((at for at, word in enumerate(words) if word in ("from", "in", "of", "at", "who")), len(words))
        return not any(word in HEADS or word in SITE_HEADS or word in MENTIONS.firms for word in words[:to])
    return words[:1] in (["from"], ["who"], ["of"], ["now"], ["then"], ["aged"], ["only"]) or words[0].isdigit()


def suffers_at(tagged: TaggedSentence, at: int) -> bool:
    """Return whether the verb at an index, whose subject is one person, tells an ordeal: was later found dead."""
    start = at
    while tagged.word(at) in TITLES.auxiliaries or (tagged.word(at).endswith("ly") and not tagged.is_cap(at)):
        at += 1
    verb, near = tagged.word(at), tagged.lower[at + 1 : at + 1 + _NEAR]
    if tagged.is_cap(at):
        return False
    has_be = not GRAMMAR.be.isdisjoint(tagged.lower[start:at])
    if has_be and verb in ("a", "an", "the"):
        return not {"victim", "survivor", "captive", "hostage"}.isdisjoint(near[:3])
    if has_be and (verb == "among" or (verb == "one" and near[:1] == ["of"])):
        return _is_one_of_many(tagged, at)
    is_passive = has_be or tagged.word(at - 1) in GRAMMAR.passive
    if is_passive and at > start:
        joined = (one in ("and", ",") and other in _JOINED for one, other in pairwise(near))
        is_taken = any(joined) or (verb in MENTIONS.moved and (is_captive(tagged, at) or "instead" in tagged.lower))
        return is_taken or _is_ordeal(verb, near) or (verb in ("in", "inside") and is_captive(tagged, at))
    return _is_deed_of_victim(tagged, at, verb, near)


def _is_ordeal(participle: str, near: Sequence[str]) -> bool:
    """Return whether a participle after "was" tells an ordeal. Some do only if nothing near tells of suspects."""
    if participle in STRONG:
        return participle not in ("freed", "rescued") or "bail" not in near
    if not _OF_SUSPECTS.isdisjoint(near):
        return False
    if participle == "found":
        return not MENTIONS.found_so.isdisjoint(near[:1])
    if participle in ("seen", "shown", "filmed", "left"):
        return not STRONG.isdisjoint(near[:1])
    if participle == "forced":
        return near[1:2] not in (["resign"], ["step"], ["quit"], ["close"], ["shut"])
    if participle in ("made", "taught", "ordered"):
        return near[:1] == ["to"] and not MENTIONS.scamming.isdisjoint(near)
    return participle in MENTIONS.captured and _BY_POLICE.isdisjoint(near[:4])


def _is_deed_of_victim(tagged: TaggedSentence, at: int, verb: str, near: Sequence[str]) -> bool:
    """Return whether only somebody who suffers does this: escaped, lost a leg, spent a year at KK Park."""
    if verb in MENTIONS.fleeing:
        is_free = verb.startswith("escape") or "country" not in tagged.kinds[at : at + _NEAR]
        return is_free and MENTIONS.justice.isdisjoint(near)
    if verb in MENTIONS.enduring:
        return is_captive(tagged, at) or not MENTIONS.of_captivity.isdisjoint(near)
    if verb in _TELLING:
        return not _TELLING[verb].isdisjoint(near[:5])
    if verb in MENTIONS.wounds or verb in ("disappeared", "vanished"):
        return True  # still has scars
    is_there = verb in MENTIONS.being_held and near[:1] != ["with"] and _OF_SUSPECTS.isdisjoint(near)
    return is_there and is_captive(tagged, at)


def is_captive(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a compound or captivity follows: spent five months in a compound."""
    places = range(at + 1, min(len(tagged.lower), at + 1 + 2 * _NEAR))
    for place in places:
        word = tagged.word(place)
        if word in (".", ",", ";", "who", "that", "said") or (word.endswith("ing") and word not in MENTIONS.while_held):
            return False  # spent six years getting people out of compounds
        if tagged.kinds[place] == "site" or word in MENTIONS.captive_places:
            return True
    return False


def _is_one_of_many(tagged: TaggedSentence, at: int) -> bool:
    """Return whether somebody is among those who were freed or suffer: was among 23 Kenyans rescued."""
    after = tagged.lower[at + 1 : at + 2 + 2 * _NEAR]
    if not _OF_SUSPECTS.isdisjoint(after):
        return False
    return not (STRONG | MENTIONS.brought_back | MENTIONS.victims).isdisjoint(after)


def is_private(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether all that is said of a person is ordinary: X boarded a plane; X, 24, from Kerala, flew.

    Suspects and officials are known by their verbs, so people of whom nothing else is known count as possible victims.
    """
    is_name = last - first > 1 and MENTIONS.no_persons.isdisjoint(tagged.lower[first:last])
    is_official = tagged.word(first - 1) in TITLES.any_title - TITLES.of_anybody
    if not is_name or is_official or not is_subject(tagged, first, last) or helps(tagged, last):
        return False
    return any(_is_everyday(tagged, at) for at in _verb_places(tagged, last))


def _is_everyday(tagged: TaggedSentence, at: int) -> bool:
    while tagged.word(at) in TITLES.auxiliaries or (tagged.word(at).endswith("ly") and not tagged.is_cap(at)):
        at += 1
    verb = tagged.word(at)
    if tagged.is_cap(at) or not _OF_SUSPECTS.isdisjoint(tagged.lower[at : at + _NEAR]):
        return False
    if verb == "left":
        return tagged.word(at + 1) == "home" or tagged.kinds[at + 1 : at + 2] in (["place"], ["country"], ["town"])
    return verb in MENTIONS.everyday or (verb not in _PUBLIC_VERBS and is_past_form(verb))


def tells_own_ordeal(tagged: TaggedSentence, last: int) -> bool:
    """Return whether a person says that he or she suffered: X told reporters that she had been beaten."""
    if tagged.word(last) not in TITLES.speaking:
        return False
    for at in range(last + 1, min(last + _NEAR, len(tagged.lower))):
        if tagged.lower[at] in ("he", "she"):
            end = at + 1
            while tagged.word(end) in TITLES.auxiliaries:
                end += 1
            return tagged.word(end - 1) in ("was", "been") and tagged.word(end) in MENTIONS.ordeals | MENTIONS.harmed
    return False


def is_story_of(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether a name without an introduction is that of a victim: Lina's ordeal; Lina fled; Lina was beaten.

    Suspects flee too, but from justice, or to another country.
    """
    if last - first == 1 and (tagged.lower[first].endswith("s") if not first else _is_beside(tagged, first)):
        return False  # Residents fled, Acts of Mercy said
    if tagged.word(last) in _OWN:
        return tagged.word(last + 1) in (MENTIONS.losses if last - first > 1 else MENTIONS.of_sufferers)
    at = last + (tagged.word(last) in TITLES.auxiliaries)
    after = tagged.lower[at + 1 : at + 1 + _NEAR]
    if tagged.is_cap(at):
        return False
    if tagged.word(at) in MENTIONS.dying:
        return last - first > 1
    if tells_own_ordeal(tagged, last):
        return True
    if last - first > 1:
        flees = tagged.word(at) in MENTIONS.fleeing and MENTIONS.justice.isdisjoint(after)
        return flees and (tagged.word(at).startswith("escape") or "country" not in tagged.kinds[at : at + _NEAR])
    if tagged.word(at) in TITLES.speaking:
        return not (PRONOUNS.isdisjoint(after[:3]) or MENTIONS.ordeals.isdisjoint(after))
    return tagged.word(at) in MENTIONS.fleeing


def is_of_another(lower: Sequence[str], first: int, last: int, others: Set[str] = MENTIONS.relatives) -> bool:
    """Return whether a name only says whose relative or friend somebody else is: the mother of X, X's friend.

    Args:
        lower: the words of a sentence in lower case.
        first: the index of the first word of a name.
        last: the index after its last word.
        others: nouns for somebody else.
    """
    if first > 1 and lower[first - 1] in ("of", "to", "for") and lower[first - 2] in others:
        return True
    return last < len(lower) and lower[last] in _OWN and not others.isdisjoint(lower[last + 1 : last + 4])


def helps(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody helps or studies others: X, who studies the zone."""
    at = last + 1 if tagged.word(last) == "," else last
    at += tagged.word(at) in ("who", "of", "from", "with")
    while tagged.word(at) in TITLES.auxiliaries:
        at += 1
    is_habit = tagged.word(at).endswith("s") or "who" in tagged.lower[last:at]
    works_with = tagged.lower[at : at + 2] in (["works", "with"], ["worked", "with"])
    return is_habit and (works_with or tagged.word(at) in MENTIONS.helpers_do)
