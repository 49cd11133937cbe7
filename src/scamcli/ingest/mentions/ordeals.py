"""Recognise whose ordeal a text tells, in the sentence that names somebody and in those that follow.

"Mary Achieng left Nairobi for a job. Two weeks later the 24-year-old was sold to a compound."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import GRAMMAR, MENTIONS, TITLES
from scamcli.ingest.mentions.names import HEADS, NO_NAME, SITE_HEADS
from scamcli.ingest.words import is_past_form

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from scamcli.ingest.mentions.names import TaggedSentence

    Bounds = tuple[int, int]
    """The indices of the first word of a name, and after its last."""

_STRONG = (MENTIONS.ordeals | MENTIONS.harmed | MENTIONS.hurt) - {"held", "died", "forced"}
_SINGULAR = frozenset(
    word for word in TITLES.private | MENTIONS.sufferers if not word.endswith(("s", "men", "people", "children"))
) - (MENTIONS.relatives | {"dead", "deceased", "missing", "injured", "body", "male", "female"})
_REFERRING = (_SINGULAR | MENTIONS.occupations) - {"victim", "survivor"}
_PRONOUNS = frozenset(["he", "she", "i"])
_OBJECTS = frozenset(["him", "her", "me", "us"])
_OWN = ("'s", "’s")
_ITSELF = frozenset(["he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our", "my"])
_POSSESSIVES = frozenset(["his", "her", "my"])
_PERSONAL = _PRONOUNS | {"him", "her", "his", "me", "my"}
_INDEFINITE = frozenset(["a", "an", "another", "one"])
_BY_POLICE = frozenset(["police", "authorities", "immigration"])
_OF_SUSPECTS = (TITLES.accused | MENTIONS.justice | MENTIONS.suspicion) - _BY_POLICE - {"country", "abroad", "overseas"}
_BEFORE_PEOPLE = TITLES.any_title | TITLES.private | TITLES.people | NO_NAME | MENTIONS.occupations | MENTIONS.trades
_ACTIVE = MENTIONS.fleeing | MENTIONS.losing | MENTIONS.enduring | MENTIONS.being_held
_NEAR, _LONGEST_ASIDE, _MOST_ASIDES = 8, 16, 3
_REACH, _PATIENCE = 6, 2
"""How many sentences after a name its story can go on, and how many of them can say nothing of a single person."""


def suffers(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether the words behind a name tell an ordeal: X, a waiter from Kerala, spent five months in a compound.

    One word with a capital can also be a noun that begins a sentence: Residents fled.
    """
    if not is_subject(tagged, first, last):
        return False
    if last - first > 1:
        return _was_captive(tagged, last) or any(suffers_at(tagged, at) for at in _verb_places(tagged, last))
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


def _was_captive(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody comes from captivity, or is a witness: came home after a year in captivity."""
    near = tagged.lower[last : last + 2 * _NEAR]
    if {"testified", "testifies", "testify"} & set(near[:3]):
        return not MENTIONS.courts.isdisjoint(near)
    at = near.index("captivity") if "captivity" in near else 0
    return at > 0 and TITLES.speaking.isdisjoint(near[:at]) and near[at - 1] in ("in", "from", "of", "his", "her")


def is_pseudonym(lower: Sequence[str], last: int) -> bool:
    """Return whether a text says that a name is not the real one: X (not his real name), X, a pseudonym."""
    near = lower[last + 1 : last + 1 + _NEAR] if last < len(lower) and lower[last] in (",", "(") else []
    return "pseudonym" in near or ("name" in near and not {"real", "changed"}.isdisjoint(near))


def is_subject(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether a name can be that of a person who acts or suffers, by the words beside it.

    It is not in "from Yeongju", "the Harbour Lane" and "National Referral Mechanism", nor is "Rohingya women".
    """
    before, after = tagged.word(first - 1), tagged.word(last)
    if before in TITLES.speaking or (before in ("from", "of") and tagged.word(first - 2) in MENTIONS.signs_of_life):
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
        or (after in _ACTIVE or after in ("and", "who", "from") or after in MENTIONS.leaving)
    )


def _verb_places(tagged: TaggedSentence, last: int) -> Iterator[int]:
    """Yield where the verb of a name can be: right behind it, behind "who", or behind asides."""
    at = last
    for _ in range(_MOST_ASIDES):
        yield at
        if tagged.word(at) not in (",", "("):
            return
        yield at + 1
        closing = ")" if tagged.word(at) == "(" else ","
        end = next((end for end in range(at + 1, at + _LONGEST_ASIDE) if tagged.word(end) == closing), None)
        if end is None or not _describes(tagged, at + 1, end):
            return
        at = end + 1 if closing == ")" or tagged.word(end + 1) not in ("from", "who", "a", "an", "the") else end


def _describes(tagged: TaggedSentence, first: int, end: int) -> bool:
    """Return whether words between commas describe a person: not a firm, a site, or somebody with a post."""
    words = tagged.lower[first:end]
    if not (TITLES.posts - MENTIONS.occupations).isdisjoint(words) or not _OF_SUSPECTS.isdisjoint(words):
        return False
    if words[:1] in (["a"], ["an"], ["the"]):
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
    if verb == "among" and not GRAMMAR.be.isdisjoint(tagged.lower[start:at]):
        return _is_one_of_many(tagged, at)
    is_passive = tagged.word(at - 1) in GRAMMAR.passive or not GRAMMAR.be.isdisjoint(tagged.lower[start:at])
    if is_passive and at > start:
        return _is_ordeal(verb, near) or (verb in MENTIONS.moved and _is_captive(tagged, at))
    return _is_deed_of_victim(tagged, at, verb, near)


def _is_ordeal(participle: str, near: Sequence[str]) -> bool:
    """Return whether a participle after "was" tells an ordeal. Some do only if nothing near tells of suspects."""
    if participle in _STRONG:
        return participle not in ("freed", "rescued") or "bail" not in near
    if not _OF_SUSPECTS.isdisjoint(near):
        return False
    if participle == "found":
        return not MENTIONS.found_so.isdisjoint(near[:1])
    if participle == "forced":
        return near[1:2] not in (["resign"], ["step"], ["quit"], ["close"], ["shut"])
    if participle in ("made", "told", "taught", "ordered"):
        return near[:1] == ["to"] and not MENTIONS.scamming.isdisjoint(near)
    return participle in MENTIONS.captured and _BY_POLICE.isdisjoint(near[:4])


def _is_deed_of_victim(tagged: TaggedSentence, at: int, verb: str, near: Sequence[str]) -> bool:
    """Return whether only somebody who suffers does this: escaped, lost a leg, spent a year at KK Park."""
    if verb in MENTIONS.fleeing:
        is_free = verb.startswith("escape") or "country" not in tagged.kinds[at : at + _NEAR]
        return is_free and MENTIONS.justice.isdisjoint(near)
    if verb in ("went", "goes", "gone", "remains", "remained", "disappeared", "vanished"):
        return "missing" in near[:1] or verb in ("disappeared", "vanished")
    if verb in MENTIONS.losing:
        return not MENTIONS.limbs.isdisjoint(near[:4])
    if verb in MENTIONS.enduring:
        return _is_captive(tagged, at) or not MENTIONS.of_captivity.isdisjoint(near)
    if verb == "pleaded":
        return near[:1] in (["with"], ["for"])
    return (
        verb in MENTIONS.being_held
        and near[:1] != ["with"]
        and _OF_SUSPECTS.isdisjoint(near)
        and _is_captive(tagged, at)
    )


def _is_captive(tagged: TaggedSentence, at: int) -> bool:
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
    return not (_STRONG | {"victims", "survivors", "dead", "captives", "hostages", "missing"}).isdisjoint(after)


def tells_own_ordeal(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody says to have suffered: X told reporters that she had been beaten."""
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
    """Return whether somebody suffers whom nothing else introduces: Lina's ordeal; Lina fled; Lina said she was beaten.

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
        return not (_ITSELF.isdisjoint(after[:3]) or MENTIONS.ordeals.isdisjoint(after))
    return tagged.word(at) in MENTIONS.fleeing


def tells_ordeal(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a sentence, from an index, tells what a single person suffers whom it does not name."""
    for at in range(first, len(tagged.lower)):
        end = _after_subject(tagged, at)
        if (
            (end and suffers_at(tagged, end))
            or (tagged.lower[at] in _OBJECTS and _is_object_of_harm(tagged, at))
            or (tagged.lower[at] in _POSSESSIVES and _is_possession_of_victim(tagged, at))
        ) and not _is_about_other(tagged, first, at):
            return True
    return False


def _after_subject(tagged: TaggedSentence, at: int) -> int:
    """Return the index after a subject that refers to a person named before: she, the 24-year-old; 0 for none."""
    if tagged.lower[at] in _PRONOUNS:
        return at + 1
    if tagged.lower[at] != "the" or tagged.word(at - 1) in ("of", "to", "by", "from", "with", "for"):
        return 0
    end = at + 1
    if tagged.word(end).isdigit() and tagged.word(end + 1) in ("-", "year"):
        while tagged.word(end) in ("-", "year", "old") or tagged.word(end).isdigit():
            end += 1
    while tagged.word(end) and (tagged.kinds[end] == "adjective" or tagged.word(end) in MENTIONS.of_age):
        end += 1
    if tagged.word(end) in _REFERRING:
        return end + 1
    return end if tagged.word(end - 1) == "old" else 0


def _is_object_of_harm(tagged: TaggedSentence, at: int) -> bool:
    """Return whether somebody else harmed or rescued a person: two agents had sold her, but not "he freed her"."""
    verb, after = at - 1, tagged.word(at + 1)
    is_shared = tagged.word(verb) in ("with", "alongside")  # 40 people were held with her
    if not is_shared and (tagged.word(verb) not in MENTIONS.harming or tagged.is_cap(at)):
        return False
    if tagged.lower[at] == "her" and after.isalpha() and after not in TITLES.ends_noun | MENTIONS.after_object:
        return False  # sold her phone
    if is_shared:
        return not (MENTIONS.captured | _STRONG).isdisjoint(tagged.lower[max(0, verb - _NEAR) : verb])
    while tagged.word(verb - 1) in TITLES.auxiliaries:
        verb -= 1
    return tagged.word(verb - 1) not in (*_PRONOUNS, "we") and not (
        tagged.is_cap(verb - 1) and verb > 1 and not tagged.kinds[verb - 1]
    )


def _is_possession_of_victim(tagged: TaggedSentence, at: int) -> bool:
    """Return whether something belongs only to somebody who suffers: her captors; her family paid a ransom."""
    owned = tagged.word(at + 1)
    near = tagged.lower[at + 2 : at + 6]
    if owned == "name":
        return "changed" in near
    is_worried = owned in MENTIONS.relatives and not MENTIONS.relatives_do.isdisjoint(near)
    return is_worried or owned in MENTIONS.owned_by_victims


def _is_about_other(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Return whether somebody speaks of another person before an index: said a woman had called, and that she was."""
    if tagged.lower[at] in _OBJECTS:
        return False  # a woman had sold her
    said = next((one for one in range(first, at) if tagged.lower[one] in TITLES.speaking), None)
    return said is not None and _brings_somebody(tagged, said, at)


def _brings_somebody(tagged: TaggedSentence, first: int, last: int, articles: Container[str] = _INDEFINITE) -> bool:
    """Return whether a stretch of words tells of a person without a name: a woman, one survivor, a Kenyan of 24."""
    for at in range(first, min(last, len(tagged.lower))):
        if tagged.lower[at] in articles and tagged.word(at - 1) not in ("as", "is", "was", "become", "be", "for"):
            for other, word in enumerate(tagged.lower[at + 1 : at + 5], at + 1):
                if word in _SINGULAR or word in ("year", "old"):
                    return True
                if tagged.kinds[other] == "adjective" and tagged.word(other + 1) in (",", "who", "of", "in", "from"):
                    return True
                if not word.isalnum() and word != "-":
                    break
    return False


def heroes(told: Sequence[tuple[TaggedSentence, Sequence[Bounds]]]) -> Iterator[tuple[int, Bounds]]:
    """Yield the names whose story, in their sentence or the next ones, is that of somebody who suffers.

    Args:
        told: the sentences in order, and the names in each that can be those of victims.

    Yields:
        the index of a sentence, and a name in it.
    """
    current: list[tuple[int, Bounds]] = []
    since = idle = 0
    for index, (tagged, named) in enumerate(told):
        names = [one for one in named if _may_be_hero(tagged, *one)]
        pronoun = next((at for at, word in enumerate(tagged.lower) if word in _PERSONAL), None)
        since, idle = since + 1, idle + 1 if pronoun is None else 0
        if current and (since > _REACH or idle > _PATIENCE or _brings_somebody(tagged, 0, _before(tagged, pronoun))):
            current = []
        if current and tells_ordeal(tagged, 0) and (not names or _tells_before(tagged, names[0][0])):
            yield from current
            current = []
        if names:
            here = [(index, one) for one in names]
            if tells_ordeal(tagged, min(last for _, last in names)) or _is_own_quote(tagged, names):
                yield from here
            current, since, idle = [one for one in here if not _speaks_of_other(tagged, one[1][1])], 0, 0


def _may_be_hero(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether somebody can be whose story follows: not an official, nor somebody who studies others."""
    has_title = tagged.word(first - 1) in TITLES.any_title - TITLES.of_anybody
    return not has_title and is_subject(tagged, first, last) and not helps(tagged, last)


def _before(tagged: TaggedSentence, pronoun: int | None) -> int:
    return len(tagged.lower) if pronoun is None else pronoun


def helps(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody helps or studies others: X, who studies the zone."""
    at = last + 1 if tagged.word(last) == "," else last
    at += tagged.word(at) in ("who", "of", "from", "with")
    while tagged.word(at) in TITLES.auxiliaries:
        at += 1
    is_habit = tagged.word(at).endswith("s") or "who" in tagged.lower[last:at]
    works_with = tagged.lower[at : at + 2] in (["works", "with"], ["worked", "with"])
    return is_habit and (works_with or tagged.word(at) in MENTIONS.helpers_do)


def _tells_before(tagged: TaggedSentence, end: int) -> bool:
    return any((after := _after_subject(tagged, at)) and after < end and suffers_at(tagged, after) for at in range(end))


def _is_own_quote(tagged: TaggedSentence, names: Sequence[Bounds]) -> bool:
    """Return whether a quotation of the only one named tells an ordeal in the first person: "They beat me," said X."""
    if len(names) != 1:
        return False
    first, last = names[0]
    speaks = {tagged.word(first - 1), tagged.word(last), tagged.word(last + 1)} & TITLES.speaking
    if not speaks or tagged.lower[0] not in "\"“‘'":
        return False
    return any(
        (tagged.lower[at] in ("me", "us") and tagged.word(at - 1) in MENTIONS.harming)
        or (tagged.lower[at] in ("i", "we") and suffers_at(tagged, at + 1))
        for at in range(first)
    )


def _speaks_of_other(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody speaks of a person without a name, whom a pronoun in the next sentence can mean."""
    said = next((at for at in range(last, len(tagged.lower)) if tagged.lower[at] in TITLES.speaking), None)
    return said is not None and _brings_somebody(tagged, said, len(tagged.lower), _INDEFINITE | {"the"})
