"""DOC nat"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.names import ADJECTIVE, PLURAL, Mention, known_names
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.names import Match, TaggedSentence


BETWEEN = lexicon.words("titles.between")
ENDS_NOUN = lexicon.words("titles.ends_noun")
NOT_PEOPLE = lexicon.words("titles.not_people")
PEOPLE = lexicon.words("titles.people")
QUANTITIES = lexicon.words("titles.quantities")

OF_LISTS = frozenset({"body of a place", "body in a list", "known name in other words"})
"""Rules of bodies that may share their head with the demonym before: Lao and Chinese police."""

_OF_PEOPLE, _OF_ELSE, _ALONE = "of people", "of something else", "alone"
_LANGUAGE = listed("in into speak speaks speaking spoke spoken fluent mandarin language translated written")
_LEADS = (
    listed("a an the old of and or be others rest them were are was is as by to from for between with")
    | set(",(:")
    | {""}
)
"""Words after which a demonym without a noun is one of people: most of them are Chinese, a Filipino."""
_YOUNG = listed("young elderly fellow stranded trapped rescued captive detained freed missing unnamed")
_NOT_COUNTING = listed("one both all other most")
_POSSESSIVES = frozenset({"its", "own"})
_CITIZENS = frozenset({"citizens", "nationals"})
_REACH = 7


def read_nationalities(tagged: TaggedSentence, matches: list[Match]) -> list[Mention]:
    """The demonyms and countries among the spots as mentions; the spots of other kinds as they are."""
    found: list[Mention] = []
    for at in range(len(matches) - 1, -1, -1):  # from the end: in a list the last decides
        found.append(_read_match(tagged, matches, at, found[-1] if found else None))
    return sorted([*found, *_own_citizens(tagged)], key=lambda mention: mention.first)


def _read_match(tagged: TaggedSentence, matches: list[Match], at: int, after: Mention | None) -> Mention:
    first, last, name = matches[at]
    if name.kind == PLURAL:
        return Mention("people", name.name, first, last, None, name.rule, Grade.SURE)
    if name.kind == ADJECTIVE:
        mention = _demonym(tagged, first, last, name.name, after)
        return mention._replace(kind="people", rule="one more of a list") if _adds_one(tagged, matches, at) else mention
    if name.kind == "country":
        rule, demonym = origin(tagged, first, last, name.name, after), countries()[name.name].demonym
        if rule and demonym:
            return Mention("people", demonym, first, last, None, rule, Grade.LIKELY)
    return name.at(first, last)


def _adds_one(tagged: TaggedSentence, matches: list[Match], at: int) -> bool:
    """Three Kenyans and a Ugandan."""
    return (
        at > 0
        and matches[at - 1].name.kind == PLURAL
        and tagged.lower[matches[at - 1].last : matches[at].first] in _AND_ONE
    )


_AND_ONE = (["and", "a"], ["and", "an"])


def _demonym(tagged: TaggedSentence, first: int, last: int, demonym: str, after: Mention | None) -> Mention:
    if after and is_listed(tagged, last, after.first) and (after.kind in _DECIDED or after.rule in OF_LISTS):
        rule, people = "as the last of the list", after.kind == "people"
    else:
        rule = _what_noun_says(tagged, first, last)
        people = rule == _OF_PEOPLE or (rule == _ALONE and _counts_people(tagged, first, last))
    grade = Grade.SURE if rule == _OF_PEOPLE else Grade.LIKELY
    return Mention("people" if people else "adjective", demonym, first, last, None, rule, grade)


_DECIDED = frozenset({"people", "adjective"})


def _what_noun_says(tagged: TaggedSentence, first: int, last: int) -> str:
    """What the noun after a demonym is: of people, of something else, or the demonym stands alone."""
    for at in range(last, min(last + _REACH, len(tagged.lower))):
        word = tagged.lower[at]
        if (word in PEOPLE and not tagged.caps[at]) or (at > last and word in ("who", "whose")):
            return _OF_PEOPLE
        if word in NOT_PEOPLE or word in PEOPLE or word in ("language", "speaking"):
            return _OF_ELSE
        if word in ENDS_NOUN or not (word.isalpha() or (word == "-" and tagged.glued(at))) or word in (",", "and"):
            return _ALONE if at == last or _is_counted_before(tagged, first) else _OF_ELSE
        if _is_plural(word) or (at > last and _is_verb(tagged, at)):
            return _OF_ELSE
    return _ALONE if _is_counted_before(tagged, first) else _OF_ELSE


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "'s")) and word not in QUANTITIES


def _is_verb(tagged: TaggedSentence, at: int) -> bool:
    """Whether a form in -ed or -ing is no part of the noun: a Chinese firm lured, but a Chinese-owned firm."""
    word = tagged.lower[at]
    return word.endswith(("ing", "ed")) and word not in BETWEEN and tagged.lower[at - 1] != "-"


def _is_counted_before(tagged: TaggedSentence, first: int) -> bool:
    """258 Vietnamese cross: what is counted there has no plural of its own behind it."""
    word = tagged.word(first - 1)
    return word.isdigit() or (word in QUANTITIES and word not in _NOT_COUNTING)


def _counts_people(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Whether a demonym without a noun is one of people: 2,000 Taiwanese, a Filipino, most of them Chinese."""
    while tagged.word(first - 1) in _YOUNG:
        first -= 1
    before, after = tagged.word(first - 1), tagged.word(last)
    if after == "-" or (before in _LANGUAGE and after != "who"):
        return False
    return before[:1].isdigit() or before in QUANTITIES or before in _LEADS or is_counted(tagged, last)


def _own_citizens(tagged: TaggedSentence) -> Iterator[Mention]:
    """Kenya brought back 40 of its citizens: those of the country last named."""
    for at in range(1, len(tagged.lower)):
        if tagged.lower[at] in _CITIZENS and tagged.lower[at - 1] in _POSSESSIVES:
            codes = [code for first in range(at) if (code := _country_at(tagged, first))]
            if codes and (demonym := countries()[codes[-1]].demonym):
                yield Mention("people", demonym, at, at + 1, None, "citizens of the country last named", Grade.UNSURE)


def _country_at(tagged: TaggedSentence, first: int) -> str | None:
    found = known_names().at(tagged, first) if tagged.caps[first] else None
    if found is None:
        return None
    name = found[1]
    return name.within if name.kind == ADJECTIVE else name.name if name.kind == "country" else None


_REMOVING = listed(
    """
    rescue rescued rescues repatriate repatriated repatriates return returned returns bring brings brought deport
    deported evacuate evacuated free freed fly flown flew pull pulled send sent extract extracted release released
    escape escaped fled flee take taken transfer transferred expel expelled back home
    """
)
_HOSTS = frozenset({"KH", "MM", "LA"})
"""Where people are brought out of: there "from" says of such a sentence where they were."""
_OF_WHERE = listed("nationals national citizens citizen natives native passports passport papers")
_COMING = listed("came come comes hail hailed hails hailing originating originate those")
_STANDING_FOR_PEOPLE = listed("rest others them whom year")
_RULES_OF_LISTS = frozenset({"people of a country", "country with a count"})
_ADVERBS = listed("mostly mainly all largely originally")
_BACK, _LONGEST_LIST = 14, 12


def origin(tagged: TaggedSentence, first: int, last: int, code: str, after: Mention | None) -> str | None:
    """Why the name of a country says where people are from, if it does."""
    if tagged.word(last) in PEOPLE and tagged.word(last) not in ("leader", "leaders"):
        return "country before people"
    if is_counted(tagged, last):
        return "country with a count"
    if after and after.kind == "people" and after.rule in _RULES_OF_LISTS and is_listed(tagged, last, after.first):
        return after.rule
    return "people of a country" if _of_people(tagged, first, code) else None


def is_listed(tagged: TaggedSentence, last: int, other: int) -> bool:
    """Whether only commas, "and" and the like stand before the next of a list."""
    return 0 < other - last < 3 and all(word in (",", "and", "or", "&", "/", "-") for word in tagged.lower[last:other])


def is_counted(tagged: TaggedSentence, last: int) -> bool:
    """Whether a number stands behind: Kenya (eight), Uganda 6."""
    if tagged.word(last) == "(":
        number = tagged.word(last + 1)
        return (number[:1].isdigit() or number in QUANTITIES) and tagged.word(last + 2) == ")"
    number = tagged.word(last)
    return number.isdigit() and len(number) < 4 and tagged.word(last + 1) in (",", ")", "]", ";", ".", "and", "")


def _of_people(tagged: TaggedSentence, first: int, code: str) -> bool:
    """Nationals of Nepal, Ghana and Peru; people from Kenya: also for what follows in the list."""
    at = first - 1
    while at > 0 and _in_list(tagged, at):
        at -= 1
    link = tagged.word(at)
    if link not in ("of", "from") or first - at > _LONGEST_LIST:
        return False
    before = [word for word in tagged.lower[max(0, at - 4) : at] if word not in _ADVERBS]
    noun = before[-1] if before else ""
    if link == "of":
        return noun in _OF_WHERE
    if code in _HOSTS and not _REMOVING.isdisjoint(tagged.lower[max(0, at - _BACK) : at]):
        return False
    return _is_noun_for_people(noun) or (
        noun in (",", "old") and not _STANDING_FOR_PEOPLE.isdisjoint(tagged.lower[max(0, at - 8) : at])
    )


def _is_noun_for_people(noun: str) -> bool:
    if noun in PEOPLE or noun in _COMING or noun in _STANDING_FOR_PEOPLE or noun in ("were", "are", "foreigners"):
        return True
    return noun in QUANTITIES or noun[:1].isdigit()


def _in_list(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    return tagged.caps[at] or word in (",", "and", "or", "the", "(", ")", "both") or word[:1].isdigit()
