"""Find whose ordeal a text tells over several sentences.

"Mary Achieng left Nairobi for a job. Two weeks later the 24-year-old was sold to a compound."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import MENTIONS, TITLES
from scamcli.ingest.mentions.ordeals import QUOTES, STRONG, helps, is_captive, is_subject, suffers_at

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from scamcli.ingest.mentions.names import TaggedSentence

    Bounds = tuple[int, int]
    """The indices of the first word of a name, and after its last."""

_SINGULAR = frozenset(
    word for word in TITLES.private | MENTIONS.sufferers if not word.endswith(("s", "men", "people", "children"))
) - (MENTIONS.relatives | {"dead", "deceased", "missing", "injured", "body", "male", "female"})
_REFERRING = (_SINGULAR | MENTIONS.occupations) - {"victim", "survivor"}
_PRONOUNS = frozenset(["he", "she", "i"])
_OBJECTS = frozenset(["him", "her", "me", "us"])
_POSSESSIVES = frozenset(["his", "her", "my"])
_PERSONAL = _PRONOUNS | {"him", "her", "his", "me", "my"}
_INDEFINITE = frozenset(["a", "an", "another", "one"])
_NEAR = 8
_REACH, _PATIENCE = 6, 2
"""How many sentences after a name its story can go on, and how many of them can say nothing of a single person."""


def tells_ordeal(tagged: TaggedSentence, first: int, *, are_several: bool = False) -> bool:
    """Return whether a sentence, from an index on, tells of the suffering of one person without naming that person.

    If `are_several`, "they" can be those who suffer.
    """
    for at in range(first, len(tagged.lower)):
        end = _after_subject(tagged, at, are_several=are_several)
        if (
            (end and suffers_at(tagged, end))
            or (tagged.lower[at] in _OBJECTS and _is_object_of_harm(tagged, at))
            or (tagged.lower[at] in _POSSESSIVES and _is_possession_of_victim(tagged, at))
        ) and not _is_about_other(tagged, first, at):
            return True
    return False


def _after_subject(tagged: TaggedSentence, at: int, *, are_several: bool = False) -> int:
    """Return the index after a subject that refers to a person named before: she, the 24-year-old; 0 for none."""
    if tagged.lower[at] in _PRONOUNS:
        return at + 1
    if tagged.lower[at] == "they":
        return at + 1 if are_several else 0
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
    is_taken = tagged.word(verb) in MENTIONS.taking and (
        is_captive(tagged, at) or not MENTIONS.takers.isdisjoint(tagged.lower[max(0, verb - _NEAR) : verb])
    )
    if not (is_shared or is_taken) and (tagged.word(verb) not in MENTIONS.harming or tagged.is_cap(at)):
        return False
    if tagged.lower[at] == "her" and after.isalpha() and after not in TITLES.ends_noun | MENTIONS.after_object:
        return False  # sold her phone
    if is_shared:
        return not (MENTIONS.captured | STRONG).isdisjoint(tagged.lower[max(0, verb - _NEAR) : verb])
    while tagged.word(verb - 1) in TITLES.auxiliaries:
        verb -= 1
    return tagged.word(verb - 1) not in (*_PRONOUNS, "we") and not (
        tagged.is_cap(verb - 1) and verb > 1 and not tagged.kinds[verb - 1]
    )


def _is_possession_of_victim(tagged: TaggedSentence, at: int) -> bool:
    """Return whether something belongs only to somebody who suffers: her captors; her family paid a ransom."""
    owned = tagged.word(at + 1)
    near = tagged.lower[at + 2 : at + 6]
    if owned in ("name", "way"):  # on her way to a scam hub
        return "changed" in near if owned == "name" else is_captive(tagged, at)
    if owned in MENTIONS.limbs and not MENTIONS.wounds.isdisjoint(tagged.lower[:at]):
        return True
    end = at + 2
    while tagged.is_cap(end):
        end += 1
    if owned in MENTIONS.relatives and (suffers_at(tagged, end) or is_captive(tagged, at + 1)):
        return True  # her sister Joy had been held
    is_worried = owned in MENTIONS.relatives and not MENTIONS.relatives_do.isdisjoint(near)
    return is_worried or owned in MENTIONS.owned_by_victims | MENTIONS.wounds


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
    """Yield the names of people whose suffering is told in their own sentence or in the next ones.

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
        are_several = index > 0 and _is_pair(told[index - 1][0], [one for at, one in current if at == index - 1])
        is_theirs = not names or _tells_before(tagged, names[0][0])
        if current and is_theirs and tells_ordeal(tagged, 0, are_several=are_several):
            yield from current
            current = []
        if names:
            here = [(index, one) for one in names]
            if index and _are_victims(told[index - 1][0]):
                yield from (one for one in here if _is_one_of_them(tagged, *one[1]))
            if tells_ordeal(tagged, min(last for _, last in names)) or _is_own_quote(tagged, names):
                yield from here
            current, since, idle = [one for one in here if not _speaks_of_other(tagged, one[1][1])], 0, 0


def _is_pair(tagged: TaggedSentence, names: Sequence[Bounds]) -> bool:
    """Return whether a sentence is about two people, and not about what they do to others: X and her sister left."""
    is_joined = any(tagged.word(last) == "and" for _, last in names)
    return is_joined and MENTIONS.doing_harm.isdisjoint(tagged.lower)


def _are_victims(tagged: TaggedSentence) -> bool:
    """Return whether a sentence is about several people who suffer or were freed, and not about suspects."""
    sufferers = STRONG | MENTIONS.brought_back | MENTIONS.victims
    return TITLES.accused.isdisjoint(tagged.lower) and not sufferers.isdisjoint(tagged.lower)


def _is_one_of_them(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether somebody is one of the people in the sentence before: one of them, X; they include X."""
    before, after = tagged.lower[max(0, first - 4) : first], tagged.lower[last : last + 4]
    is_included = before[-2:] in (["they", "include"], ["they", "included"], ["them", "were"], ["them", "was"])
    return is_included or before[:3] == ["one", "of", "them"] or after[1:] == ["one", "of", "them"]


def _may_be_hero(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether the story that follows can be this person's, who is no official and does not study others."""
    has_title = tagged.word(first - 1) in TITLES.any_title - TITLES.of_anybody
    return not has_title and is_subject(tagged, first, last) and not helps(tagged, last)


def _before(tagged: TaggedSentence, pronoun: int | None) -> int:
    return len(tagged.lower) if pronoun is None else pronoun


def _tells_before(tagged: TaggedSentence, end: int) -> bool:
    return any((after := _after_subject(tagged, at)) and after < end and suffers_at(tagged, after) for at in range(end))


def _is_own_quote(tagged: TaggedSentence, names: Sequence[Bounds]) -> bool:
    """Return whether the only person named tells of an ordeal in the first person: "They beat me," said X."""
    if len(names) != 1:
        return False
    first, last = names[0]
    speaks = {tagged.word(first - 1), tagged.word(last), tagged.word(last + 1)} & (TITLES.speaking | {":"})
    if not speaks or QUOTES.isdisjoint(tagged.lower):
        return False
    return any(
        (tagged.lower[at] in ("me", "us") and tagged.word(at - 1) in MENTIONS.harming)
        or (tagged.lower[at] in ("i", "we") and suffers_at(tagged, at + 1))
        for at in range(len(tagged.lower))
    )


def _speaks_of_other(tagged: TaggedSentence, last: int) -> bool:
    """Return whether somebody speaks of an unnamed person, whom a pronoun in the next sentence can mean."""
    said = next((at for at in range(last, len(tagged.lower)) if tagged.lower[at] in TITLES.speaking), None)
    return said is not None and _brings_somebody(tagged, said, len(tagged.lower), _INDEFINITE | {"the"})
