"""Recognise names of people, and who of them may be a victim, by the words around the names.

These people are no actors, and no title has their names.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import BODIES, COUNTED, GRAMMAR, MENTIONS, NUMBERS, PLACES, TITLES
from scamcli.ingest.mentions.names import DATE_WORDS, HEADS, NO_NAME, PLACE_KINDS, SITE_HEADS, is_shouted
from scamcli.ingest.mentions.ordeals import (
    DASHES,
    QUOTES,
    is_doer,
    is_harmed_by_others,
    is_object_of_arrest,
    is_of_another,
    is_pseudonym,
    is_story_of,
    suffers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from scamcli.ingest.mentions.names import TaggedSentence

_NUMBER_WORDS = NUMBERS.units | NUMBERS.scales | NUMBERS.plurals | TITLES.quantities
_COMMON = DATE_WORDS.union(
    NO_NAME, HEADS, SITE_HEADS, BODIES.domains, COUNTED.persons, COUNTED.premises, COUNTED.other_things,
    TITLES.people, TITLES.not_people, TITLES.private, TITLES.any_title, MENTIONS.no_persons,
)  # fmt: skip
_SUFFERERS = TITLES.private | MENTIONS.sufferers
_BEFORE_NAME = (_SUFFERERS | TITLES.people | MENTIONS.occupations | MENTIONS.trades) - {"national", "nationals"}
"""Nouns that can begin a sentence before a name: Nurses Grace Achieng and Joy Mwende."""
_NEVER_PERSONAL = TITLES.any_title | BODIES.domains | NUMBERS.units
_PLACING = frozenset(["in", "at", "near", "from", "around", "outside", "on", "of"])
_OF_VICTIMS = MENTIONS.rescuing | MENTIONS.ordeals | MENTIONS.victims
_PUBLIC = TITLES.accused | TITLES.posts
_IN_DESCRIPTION = (TITLES.people | _SUFFERERS | GRAMMAR.determiners | {",", "-", "year", "years", "old", "aged"}) - {
    "of"
}
_GOES_ON = (TITLES.auxiliaries | _PLACING | {"and", "or", "aged", "with", "to", "alias", "aka"}) - TITLES.speaking
_IN_LIST = frozenset([",", "and", "&", "(", ")"])
_TELLS_MORE = TITLES.speaking - TITLES.accused | {".", ";", "that", "who", "after", "because"}
"""Words after which it is somebody else who is accused."""
_NO_ACCUSATIONS = {("wanted", "to"), ("pleaded", "with"), ("pleaded", "for")}
_LONGEST_NAME, _LONGEST_ASIDE, _MOST_ASIDES = 6, 12, 8
_FAR = 8
"""How many words before "named" or "identified as" are searched for who has the name."""
_MOSTLY, _FEWEST_CAPS = 0.6, 5
"""The share of capitalised words, and their number, above which capitals do not show names, as in a headline."""


def person_name_end(tagged: TaggedSentence, first: int) -> int:
    """Return the index after the person's name that begins at a word, or the index of the word if none does."""
    at = first
    while at < len(tagged.lower):
        if _may_be_in_name(tagged, at) and (not tagged.kinds[at] or _is_also_personal(tagged, first, at)):
            at += 1
        elif at > first and tagged.lower[at] == "-" and _is_hyphen_in_name(tagged, at):
            at += 2
        elif at > first and at < (after := _past_joints(tagged, at)) and tagged.is_cap(after):
            at = after
        else:
            break
    return at


def _may_be_in_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    if not tagged.caps[at] or word in _NEVER_PERSONAL or not word[:1].isalpha():
        return False
    if word not in NO_NAME or (len(word) == 1 and tagged.word(at + 1) == "."):
        return True  # a common word is a surname after a post: Minister He Jianhua
    return word in MENTIONS.surnames and tagged.word(at - 1) in TITLES.any_title and tagged.is_cap(at + 1)


def _is_also_personal(tagged: TaggedSentence, first: int, at: int) -> bool:
    """Return whether a place's name is part of a person's name; as the first part only if people bear that name."""
    if tagged.kinds[at] not in PLACE_KINDS:
        return False
    return at > first or (tagged.lower[at] in PLACES.also_people and tagged.is_cap(at + 1) and not tagged.kinds[at + 1])


def _past_joints(tagged: TaggedSentence, at: int) -> int:
    """Return the index after particles, or after the dot of an initial: Juan de la Cruz, Omar al-Amin."""
    if tagged.lower[at] == "." and len(tagged.lower[at - 1]) == 1:
        return at + 1
    while tagged.word(at) in MENTIONS.particles:
        at += 1
    return at + (tagged.word(at) == "-" and tagged.word(at - 1) in MENTIONS.particles)


def _is_hyphen_in_name(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a hyphen joins two parts of one name: Ming-hsun, but not Kong-owned."""
    after = tagged.word(at + 1)
    return tagged.glued(at) and tagged.glued(at + 1) and after.isalpha() and after not in MENTIONS.no_suffix


def is_other_name(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether capitalised words are the name of a body, a site or an address, or an acronym."""
    lower = tagged.lower[first:last]
    first_head = last - first > 1 and lower[0] in MENTIONS.site_surnames  # Park Min-ho, but not KK Park
    is_place = lower[0] in MENTIONS.addresses or lower[-1] in PLACES.divisions
    if is_place or any(word in HEADS or word in SITE_HEADS for word in lower[first_head:]):
        return True
    if any(word.text.isupper() and word.text.isalpha() and len(word.text) > 1 for word in tagged.words[first:last]):
        return True
    after = tagged.word(last)
    return tagged.is_cap(last) and (after in HEADS or after in ("street", "road", "boulevard"))


def is_common(words: Sequence[str]) -> bool:
    """Return whether words with capitals are no name of a person: Forty-five, Red Crescent."""
    return words[0] in _NUMBER_WORDS or all(word in _COMMON for word in words)


def names_of_people(tagged: TaggedSentence) -> list[tuple[int, int]]:
    """Return the bounds of words in a sentence that can be the names of people whom nothing else introduces."""
    if is_shouted(tagged):
        return []
    at, names = 0, list[tuple[int, int]]()
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        is_noun = tagged.lower[at] in (TITLES.private if at else _BEFORE_NAME)
        at += last - at > 1 and is_noun  # Survivor Patience
        if _is_name(tagged, at, last):
            names.append((at, last))
        at = max(last, at + 1)
    return names


def sufferers(tagged: TaggedSentence, named: Set[str], names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield those of the names in a sentence whose words show that these people may be victims.

    Somebody with a word of `named` in the name is introduced elsewhere, so only clear signs count.
    """
    found = {one for one in names if _may_suffer(tagged, *one, is_known=tagged.lower[one[0]] in named)}
    for pairs in (pairwise(names), pairwise(reversed(names))):  # Maria, Rosa and Brenda were freed
        for one, other in pairs:
            is_listed = one in found and _is_list(tagged, *sorted((one, other)))
            if is_listed and not has_title(tagged, other[0]) and not is_accused(tagged, *other):
                found.add(other)
    yield from sorted(found)


def _is_list(tagged: TaggedSentence, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether only signs, ages and "and" separate two names."""
    between = tagged.lower[one[1] : other[0]]
    return bool(between) and all(word in _IN_LIST or word.isdigit() for word in between)


def _is_name(tagged: TaggedSentence, first: int, last: int) -> bool:
    words, is_short = tagged.lower[first:last], 0 < last - first <= _LONGEST_NAME
    return is_short and not is_other_name(tagged, first, last) and len(words[0]) > 1 and not is_common(words)


def has_title(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a post or a rank, which a victim rarely has, comes right before a name."""
    return tagged.word(first - 1) in TITLES.any_title - TITLES.of_anybody


def _may_suffer(tagged: TaggedSentence, first: int, last: int, *, is_known: bool) -> bool:
    if not is_known and is_of_another(tagged.lower, first, last):
        return True
    first, last = _with_quotes(tagged, first, last)
    is_suffix = tagged.word(last) == "-" and tagged.glued(last)
    if is_harmed_by_others(tagged, first, last) and not has_title(tagged, first):
        return True
    if is_accused(tagged, first, last) or is_suffix or has_title(tagged, first):
        return False
    return (
        _has_age(tagged, first, last)
        or _is_called(tagged, first)
        or (_is_named_as_sufferer(tagged, first) and not is_only_speaker(tagged, first, last))
        or (last - first > 1 and is_of_nationality(tagged, first, last))
        or _is_harmed(tagged, first, last)
        or _is_one_of_victims(tagged, first, last)
        or is_pseudonym(tagged.lower, last)
        or (not is_known and (is_story_of(tagged, first, last) or suffers(tagged, first, last)))
    )


def _with_quotes(tagged: TaggedSentence, first: int, last: int) -> tuple[int, int]:
    """Return the bounds of a name with the quotation marks around it: "Maria", 31."""
    if tagged.word(first - 1) in QUOTES and tagged.word(last) in QUOTES:
        return first - 1, last + 1
    return first, last


def description(tagged: TaggedSentence, first: int, last: int) -> list[str]:
    """Return the words that describe somebody before a name: a 30-year-old Bangladeshi, X; a girl of 16, X."""
    if is_only_speaker(tagged, first, last):
        return []
    at = first
    while at > 0 and first - at < _LONGEST_ASIDE:
        before = tagged.lower[at - 1]
        is_age = before.isdigit() or (before == "of" and tagged.lower[at].isdigit())
        is_noun = before in _IN_DESCRIPTION and not tagged.is_cap(at - 1)
        if not (is_age or is_noun or tagged.kinds[at - 1] == "adjective" or before in QUOTES):
            break
        at -= 1
    return tagged.lower[at:first]


def is_only_speaker(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether what comes before a name and its comma is about others: freed 12 workers, X said."""
    after = tagged.word(last)
    return tagged.word(first - 1) == "," and after.isalpha() and not tagged.is_cap(last) and after not in _GOES_ON


def has_age_before(words: Sequence[str]) -> bool:
    """Return whether a description of somebody without a post has an age: a 30-year-old Bangladeshi, a girl of 16."""
    has_age = "old" in words or any(
        one in ("of", "aged") and other.isdigit() and len(other) < 3 for one, other in pairwise(words)
    )
    return has_age and TITLES.posts.isdisjoint(words)


def _has_age(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether an age is beside a name, and no post: Maria, 31, was; Grace (24) was; 24-year-old Grace."""
    if has_age_before(description(tagged, first, last)):
        return True
    behind = past_age(tagged, last)
    if behind is None or tagged.word(first - 1) in _PLACING or has_office(tagged, first, behind):
        return False
    sign = tagged.word(behind - 1)
    if tagged.word(last) == "(":  # "Bavet (12), Poipet (31)" is a list of numbers
        after = tagged.word(behind)
        is_person = after in TITLES.auxiliaries or after in TITLES.speaking or after in ("who", "from")
        return sign == ")" and (is_person or _is_named_as_sufferer(tagged, first))
    return sign in (",", ".", ";", "-", "year", "years", "and", "")


def _is_called(tagged: TaggedSentence, first: int) -> bool:
    """Return whether somebody who may be a victim is called so: a girl named Thida; who gave her name as Thida."""
    before = [word for word in tagged.lower[max(0, first - _FAR - 2) : first] if word not in QUOTES | {",", "only"}]
    if before[-2:] in (["name", "as"], ["name", "is"], ["name", "was"]):
        return not TITLES.accused & set(before)
    if before[-3:] in (["whom", "we", "call"], ["we", "are", "calling"]):
        return True
    if before[-1:] == ["as"]:
        if not {"identified", "known", "named"} & set(before[-5:-1]):
            return False
        before.pop()
    elif not before or before[-1] not in MENTIONS.called:
        return False
    if before[-4:-1] == ["asked", "to", "be"]:
        return True  # who asked to be called Dewi
    bearers = (word for word in reversed(before) if word in _COMMON or word in _SUFFERERS)
    bearer = next((word for word in bearers if word not in TITLES.ordinary and word not in _NUMBER_WORDS), "")
    return bearer in _SUFFERERS


def _is_named_as_sufferer(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a noun before a name says that it is a private person: her sister Brenda."""
    at = first - (2 if tagged.word(first - 1) in (",", ":") else 1)
    if tagged.is_cap(at) and _is_in_title_case(tagged):
        return False
    return tagged.word(at) in _SUFFERERS or tagged.word(first - 1) == "late"


def _is_one_of_victims(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether a text says who a victim was: the dead man was X; found X dead."""
    before, after = tagged.word(first - 1), tagged.word(last)
    if before in ("found", "find", "discovered"):
        return after in MENTIONS.found_so - _PLACING
    subject = tagged.lower[: first - 1]
    if tagged.lower[:2] in (["as", "a"], ["as", "one"]) and before == ",":
        return not {"survivor", "victim"}.isdisjoint(subject)
    if before in ("including", "included", "include") or (before == "," and subject[-2:] == ["among", "them"]):
        return _PUBLIC.isdisjoint(subject) and not _OF_VICTIMS.isdisjoint(subject)
    if before not in ("was", "is", "were", "are") or not subject or subject[-1] not in _SUFFERERS:
        return False
    goes_on = not after.isalpha() or after in _GOES_ON or after == "who"
    return goes_on and _PUBLIC.isdisjoint(subject[-_FAR:])


def is_of_nationality(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether only a nationality introduces a name: Kenyan Ann Example; two Kenyans, Ann Example and …"""
    if first > 1 and tagged.word(first - 1) == ",":
        return tagged.kinds[first - 2] in ("adjective", "plural") and not is_only_speaker(tagged, first, last)
    return first > 0 and tagged.kinds[first - 1] in ("adjective", "plural")


def _is_harmed(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether words beside a name say that somebody harmed or rescued this person: Ms Achieng was trafficked."""
    before = tagged.lower[max(0, first - 2) : first]
    if before[-1:] == ["of"] and before[0] in MENTIONS.losses:
        return True  # the body of Ann Example
    if tagged.word(first - 1) in MENTIONS.rescuing and not tagged.is_cap(first - 1):
        return True
    address = first - (2 if tagged.word(first - 1) == "." else 1)
    is_person = last - first > 1 or first > 0 or tagged.word(address) in TITLES.of_anybody
    is_person |= tagged.word(last) == "," and not tagged.lower[first].endswith("s")
    if not (is_person or tagged.word(last) in ("was", "is", "has")):
        return False  # a noun that begins a sentence is in the plural
    texts = [word.text for word in tagged.words[last : last + 1 + _FAR]]  # words with capitals may be a headline's
    if texts[:1] in ([","], ["("], *([sign] for sign in DASHES)):
        clause = texts = texts[1:]
        if clause[:1] in (["a"], ["an"], ["the"], ["one"], ["who"]):
            ends = [at for at, word in enumerate(clause) if at and word in (",", ")", ";", ".")]
            clause = clause[: ends[0]] if ends else clause
            is_private = clause[0] != "who" and any(word in _SUFFERERS for word in clause)
            is_private |= clause[:2] == ["one", "of"] and "plural" in tagged.kinds[last : last + 1 + len(clause)]
            if is_private or not MENTIONS.ordeals.isdisjoint(clause):
                return TITLES.posts.isdisjoint(clause)
        if not MENTIONS.ordeals.isdisjoint(clause[:1]):
            return True
    is_passive = bool(texts) and texts[0] in TITLES.auxiliaries and not is_doer(texts)
    return is_passive and not MENTIONS.ordeals.isdisjoint(texts[1:3])


def _is_in_title_case(tagged: TaggedSentence) -> bool:
    caps = [tagged.caps[at] for at, word in enumerate(tagged.lower) if word.isalpha()]
    return len(caps) >= _FEWEST_CAPS and sum(caps) > _MOSTLY * len(caps)


def past_age(tagged: TaggedSentence, last: int) -> int | None:
    """Return the index after an age behind a name, and the sign after it: ", 23,", "(23)", ", a 23-year-old"."""
    if tagged.word(last) not in (",", "("):
        return None
    at = last + 1
    while tagged.word(at) in ("a", "an", "aged", "who", "is", "was"):
        at += 1
    age = tagged.word(at)
    return at + 2 if age.isdigit() and len(age) < 3 and tagged.word(at + 1) not in TITLES.people else None


def is_accused(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether the words around a name, or around a list with it, say that the person is accused of something."""
    before = first - len(description(tagged, first, last)) - 1
    if (tagged.word(before) in MENTIONS.accusing and not tagged.is_cap(before)) or is_object_of_arrest(tagged, first):
        return True  # police arrested a 34-year-old Chinese, X
    if tagged.lower[max(0, first - 3) : first] == ["the", "accused", ","]:
        return True
    return any(_tells_accusation(tagged, at) for at in _ways_to_verb(tagged, last))


def _ways_to_verb(tagged: TaggedSentence, last: int) -> Iterator[int]:
    """Yield where the verb of a name can be: right behind it, or behind an age, an aside, or other names in a list."""
    at = last
    for _ in range(_MOST_ASIDES):
        yield at
        opens = tagged.word(at)
        if opens not in (",", "(", "and"):
            return
        at += 2 if tagged.word(at + 1) == "and" else 1
        if opens != "(":
            yield at
        end = person_name_end(tagged, at)
        if end == at:
            closes = (at for at in range(at, at + _LONGEST_ASIDE) if tagged.word(at) == {"(": ")"}.get(opens, ","))
            end = next(closes, at) + (opens == "(")
            if end == at or not MENTIONS.ordeals.isdisjoint(tagged.lower[at:end]):
                return
        at = end


def _tells_accusation(tagged: TaggedSentence, at: int) -> bool:
    near = tagged.lower[at + (tagged.word(at) == ",") :][:_FAR]
    more = next((place for place, word in enumerate(near) if word in _TELLS_MORE), len(near))
    near = near[:more]
    if near[:1] and near[0] in MENTIONS.getting:
        return not MENTIONS.punishments.isdisjoint(near)  # received a sentence of four years
    if "bail" in near:
        return True  # was released on bail
    return any(
        word in TITLES.accused and (word, after) not in _NO_ACCUSATIONS
        for word, after in zip(near[:4], [*near[1:], ""], strict=False)
    )


def has_post(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a post comes before the next verb or comma: a former village head."""
    for word in tagged.lower[first : first + 8]:
        if word in TITLES.posts or word in TITLES.ranks:
            return True
        if word in TITLES.private or word in TITLES.speaking or word in TITLES.auxiliaries or word in (",", "and"):
            return False
    return False


def has_office(tagged: TaggedSentence, first: int, behind: int) -> bool:
    """Return whether a post and a comma come before a name, or a post behind its age: the owner, X, 71."""
    is_post = tagged.word(first - 1) == "," and tagged.word(first - 2) in TITLES.posts
    return is_post or has_post(tagged, behind) or leads(tagged, behind)


def leads(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a verb of leading comes next: has headed the consular section."""
    at = first + (tagged.word(first) == ",")
    at += tagged.word(at) in TITLES.auxiliaries
    return tagged.word(at) in TITLES.leads
