"""Decide what places and demonyms mean in an article: where it happens, and of whom or what a demonym is said.

Most of an article happens in one country, and often in one division of it. Nothing happens where it was sent from, and
at the seats of embassies. A demonym or a country is the nationality of people, or belongs to a state, a thing or a
language.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import MENTIONS, PLACES, SPEECH, TITLES
from scamcli.ingest.mentions.names import (
    HEADS,
    NO_NAME,
    PLACE_KINDS,
    PLAIN_HEADS,
    SITE_HEADS,
    Mention,
    country_of,
    division_at,
    known_names,
)
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.mentions.names import Match, Name, TaggedSentence

_SHARE_OF_DIVISION = 0.75
"""The least share of all places that has to be in the division of an article."""
_FEWEST_PLACES, _MAIN_SHARE = 4, 0.45
"""The least evidence for the country of an article, and its least share: a place counts 2, a body 1."""
_MAX_DATELINE = 12
_DATELINE_ENDS = frozenset("—–-:")
_HEAD = 600
"""How many characters at the start of a text can hold its dateline."""
_OPENING = 4
"""Among how many words after a dateline its authorities are the subject: "JAKARTA – Police arrested"."""
_LONGEST_SEATS = 10
"""How many words before the last seat of several embassies are searched for "in"."""
_LONGEST_OF_COUNTRY = 6
"""How many words before a place are searched for "of" and a country: "the Embassy of Sri Lanka in"."""
_EMBASSIES = frozenset(("embassy", "embassies", "consulate", "consulates", "mission", "missions"))

SHARED_HEAD_RULES = frozenset({"body of a place", "body in a list", "known name in other words"})
"""Rules for bodies that may share their head with the demonym before: Lao and Chinese police."""

_WEEKDAYS = frozenset(lexicon.numbers("calendar.weekdays", 0))
_AUTHORITIES = lexicon.headings("mentions.authorities")

_OF_PEOPLE, _OF_OTHER_THINGS, _ALONE = "of people", "of something else", "alone"
_BEFORE_PEOPLE = MENTIONS.before_people | {""}
_DECIDED = frozenset({"people", "adjective"})
_AND_ONE = (["and", "a"], ["and", "an"])
_MAX_NOUN_PHRASE = 7

_HOSTS = frozenset({"KH", "MM", "LA"})
"""Countries that people are rescued from. For these, "rescued from" says where people were, not who they are."""
COUNTRY_WITH_COUNT = "country with a count"
"""Rule of a country beside a number, which can also be where people were."""
_RULES_OF_LISTS = frozenset({"people of a country", COUNTRY_WITH_COUNT})
_MAX_TO_VERB, _MAX_LIST = 14, 12


def main_country(tagged_sentences: Sequence[TaggedSentence]) -> tuple[str, str]:
    """Return the country that an article names most, and the same one if about half of it happens there, else ``""``.

    A place counts twice as much as a body. Embassies do not count. A country that is named only a few times, or among
    others, says nothing about entries that name none.
    """
    found: Counter[str] = Counter()
    for tagged in tagged_sentences:
        for match in tagged.matches:
            if code := country_of(match.name):
                found[code] += 2
            elif match.name.kind == "adjective" and _is_of_body(tagged, match.last):
                found[match.name.within or ""] += 1
    [(code, most)] = found.most_common(1) or [("", 0)]
    return code, code if most >= _FEWEST_PLACES and most >= _MAIN_SHARE * found.total() else ""


def country_of_dateline(tagged_sentences: Sequence[TaggedSentence]) -> str:
    """Return the country that a story was sent from if its first sentence shows that it happens there, or ``""``.

    Correspondents also report from abroad. So a place or a body of that country has to follow, or an authority without
    a name ("JAKARTA – Police arrested"), and no body of another country.
    """
    for tagged in tagged_sentences:
        for match in tagged.matches:
            code = country_of(match.name)
            if code and match.name.kind in PLACE_KINDS and elsewhere(tagged, match, is_list=False) == "dateline":
                return code if _happens_in(tagged, match.last, code) else ""
    return ""


def _happens_in(tagged: TaggedSentence, start: int, code: str) -> bool:
    """Return whether the words after a dateline name places or authorities of its country, and of no other country."""
    start = next((at for at in range(start, len(tagged.lower)) if tagged.lower[at] in _DATELINE_ENDS), start)
    behind = [match for match in tagged.matches if match.first > start]
    acting = {one.name.within for one in behind if one.name.kind == "adjective" and _is_of_body(tagged, one.last)}
    if not acting <= {code}:
        return False
    places = {country_of(one.name) for one in behind if one.name.kind in PLACE_KINDS}
    if code in acting | places or _come_home(tagged, behind, code):
        return True
    ends = {one.last for one in behind}
    return any(tagged.word(at) in _AUTHORITIES and at not in ends for at in range(start, start + _OPENING))


def _come_home(tagged: TaggedSentence, behind: Sequence[Match], code: str) -> bool:
    """Return whether people of a country come home: "SEOUL – Sixty-four South Koreans arrived home"."""
    is_people = any(one.name.kind in ("adjective", "plural") and one.name.within == code for one in behind)
    return is_people and not PLACES.homecoming.isdisjoint(tagged.lower)


def _is_of_body(tagged: TaggedSentence, at: int) -> bool:
    return PLAIN_HEADS.get(tagged.word(at), "embassy") != "embassy"


def main_division(tagged_sentences: Sequence[TaggedSentence], *, is_list: bool, fewest: int = 2) -> str:
    """Return the division that has nearly all of the places that sentences name, if at least `fewest`, or ``""``."""
    found = Counter(
        division
        for tagged in tagged_sentences
        for match in tagged.matches
        if match.name.kind != "site"
        and (division := province_of(match.name))
        and is_place(tagged, match)
        and not elsewhere(tagged, match, is_list=is_list)
    )
    [(division, most)] = found.most_common(1) or [("", 0)]
    return division if most >= fewest and most >= _SHARE_OF_DIVISION * found.total() else ""


def province_of(name: Name | Mention) -> str | None:
    """Return the first-level division of a place or a site, as records write it, if the gazetteer knows it."""
    if name.kind == "place" and name.within:
        return division_at(name.name, name.within)
    return name.name if name.kind == "province" else name.within if name.kind in ("town", "site") else None


def elsewhere(tagged: TaggedSentence, match: Match, *, is_list: bool) -> str | None:
    """Return the rule that says that nothing happens at a place, or ``None``. In a list, a place may head its item."""
    opening = tagged.lower[: match.last + _MAX_DATELINE]
    if match.first == 0 and tagged.words[0].text.isupper() and not {"—", "–", "-"}.isdisjoint(opening):
        return "dateline"
    if not is_list and _is_dateline(tagged, match):
        return "dateline"
    return "seat of an embassy" if _is_seat(tagged.lower, match.first) else None


def _is_dateline(tagged: TaggedSentence, match: Match) -> bool:
    """Return whether a place at the beginning of a text is where the text was sent from: "Geneva – ", "New Delhi: "."""
    if tagged.words[0].start > _HEAD or "here" in tagged.lower:
        return False
    if not all(word.text in "(,." or word.text[0].isupper() for word in tagged.words[: match.last]):
        return False
    for at in range(match.last, min(len(tagged.words), match.first + _MAX_DATELINE)):
        word = tagged.words[at]
        if word.text in _DATELINE_ENDS:
            is_row = tagged.word(at + 1)[:1].isdigit()
            return not is_row if word.text == ":" else not tagged.glued(at)
        if not (word.text in "(),." or word.text[0].isupper() or word.text[0].isdigit()):
            return False
    return False


def _is_seat(lower: Sequence[str], first: int) -> bool:
    """Return whether the name at an index is the seat of an embassy: "the embassies in Yangon and Bangkok"."""
    if first > 2 and lower[first - 1] in ("and", ","):
        at = next((at for at in range(first - 2, max(first - _LONGEST_SEATS, 0), -1) if lower[at] == "in"), 0)
        return at > 0 and lower[at - 1] in _EMBASSIES
    if first < 2 or lower[first - 1] != "in":
        return False
    if lower[first - 2] in _EMBASSIES or lower[first - 3 : first - 1] == ["consulate", "general"]:
        return True
    of = next((at for at in range(first - 2, max(first - _LONGEST_OF_COUNTRY, 0), -1) if lower[at] == "of"), 0)
    return lower[of - 1] in _EMBASSIES and SPEECH.said.isdisjoint(lower[of:first])  # the Embassy of Ghana in Cairo


def is_place(tagged: TaggedSentence, match: Match) -> bool:
    """Return whether the name of a place means the place, and not a street, school, company or person of that name."""
    if tagged.lower[match.first] in _WEEKDAYS and tagged.word(match.last)[:1].isdigit():
        return False  # Mon 12 Dec
    return not (_names_what_follows(tagged, match.last) or _ends_longer_name(tagged, match.first))


def _names_what_follows(tagged: TaggedSentence, last: int) -> bool:
    """Return whether the next word makes a place's name part of a longer one: Kampot Street, Sokha Kandal Group."""
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
    """Return whether the word before shows that it is part of a longer one: Hotel Kampot, the village of Battambang."""
    before = tagged.word(first - 1)
    if before in PLACES.before_named or (before == "of" and tagged.word(first - 2) in ("village", "hamlet", "street")):
        return True
    if first == 0 or not tagged.caps[first - 1]:
        return False
    known = (PLACES.before_place, NO_NAME, TITLES.any_title, HEADS)
    if tagged.kinds[first - 1] or any(before in words for words in known):
        return False
    return first > 1 or before in PLACES.before_street or tagged.lower[first] in PLACES.also_people


def read_nationalities(tagged: TaggedSentence, matches: list[Match]) -> list[Mention]:
    """Return the mentions for matches: demonyms and countries with their meaning here, others unchanged."""
    found: list[Mention] = []
    for at in range(len(matches) - 1, -1, -1):  # backwards, because the last name of a list decides for the whole list
        found.append(_read_match(tagged, matches, at, found[-1] if found else None))
    own = [one for one in _own_citizens(tagged) if not any(other.first <= one.first < other.last for other in found)]
    return sorted([*found, *own], key=lambda mention: mention.first)


def _read_match(tagged: TaggedSentence, matches: list[Match], at: int, after: Mention | None) -> Mention:
    first, last, name = matches[at]
    if name.kind == "plural":
        return Mention("people", name.name, first, last, None, name.rule, Grade.SURE)
    if name.kind == "adjective":
        mention = _read_demonym(tagged, first, last, name.name, after)
        return mention._replace(kind="people", rule="one more of a list") if _adds_one(tagged, matches, at) else mention
    if name.kind == "country":
        rule, demonym = _origin_rule(tagged, first, last, name.name, after), countries()[name.name].demonym
        if rule and demonym:
            return Mention("people", demonym, first, last, None, rule, Grade.LIKELY)
    return name.at(first, last)


def _adds_one(tagged: TaggedSentence, matches: list[Match], at: int) -> bool:
    """Return whether an adjective continues a list of people: three Kenyans and a Ugandan."""
    before = matches[at - 1] if at else None
    return (
        before is not None
        and before.name.kind == "plural"
        and tagged.lower[before.last : matches[at].first] in _AND_ONE
    )


def _read_demonym(tagged: TaggedSentence, first: int, last: int, demonym: str, after: Mention | None) -> Mention:
    if after and _is_in_list(tagged, last, after.first) and (after.kind in _DECIDED or after.rule in SHARED_HEAD_RULES):
        rule, people = "as the last of the list", after.kind == "people"
    else:
        rule = _what_noun_says(tagged, first, last)
        people = rule == _OF_PEOPLE or (rule == _ALONE and _means_people_alone(tagged, first, last))
    grade = Grade.SURE if rule == _OF_PEOPLE else Grade.LIKELY
    return Mention("people" if people else "adjective", demonym, first, last, None, rule, grade)


def _what_noun_says(tagged: TaggedSentence, first: int, last: int) -> str:
    """Return whether the noun after a demonym means people or something else, or whether there is no noun."""
    for at in range(last, min(last + _MAX_NOUN_PHRASE, len(tagged.lower))):
        word = tagged.lower[at]
        if (
            (word in TITLES.people and not tagged.caps[at])
            or (at > last and word in ("who", "whose"))
            or word == "nationality"
        ):
            return _OF_PEOPLE
        if word in TITLES.not_people or word in TITLES.people or word in ("language", "speaking"):
            return _OF_OTHER_THINGS
        is_word = word.isalpha() or (word == "-" and tagged.glued(at))
        if word in TITLES.ends_noun or not is_word or word in (",", "and"):
            return _ALONE if at == last or _has_count_before(tagged, first) else _OF_OTHER_THINGS
        if at == last and tagged.caps[at] and tagged.words[last - 1].text.isupper():
            return _OF_OTHER_THINGS  # part of a name: 8 U.S. Code
        is_plural = word.endswith("s") and not word.endswith(("ss", "us", "'s")) and word not in TITLES.quantities
        if is_plural or (at > last and _is_verb(tagged, at)):
            return _OF_OTHER_THINGS
    return _ALONE if _has_count_before(tagged, first) else _OF_OTHER_THINGS


def _is_verb(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a form in -ed or -ing follows the noun: a Chinese firm lured, but not a Chinese-owned firm."""
    word = tagged.lower[at]
    return word.endswith(("ing", "ed")) and word not in TITLES.between and tagged.lower[at - 1] != "-"


def _has_count_before(tagged: TaggedSentence, first: int) -> bool:
    """Return whether a number counts the demonym itself, so that it has no noun: 258 Vietnamese cross."""
    word = tagged.word(first - 1)
    return word.isdigit() or (word in TITLES.quantities and word not in MENTIONS.not_counting)


def _means_people_alone(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether a demonym without a noun means people: 2,000 Taiwanese, a Filipino, most of them Chinese."""
    while tagged.word(first - 1) in MENTIONS.between_count_and_people:
        first -= 1
    before, after = tagged.word(first - 1), tagged.word(last)
    if after == "-" or (before in MENTIONS.language and after != "who"):
        return False
    return before[:1].isdigit() or before in TITLES.quantities or before in _BEFORE_PEOPLE or _is_counted(tagged, last)


def _own_citizens(tagged: TaggedSentence) -> Iterator[Mention]:
    """Yield the citizens of the country that was named last: Kenya brought back 40 of its citizens."""
    for at in range(1, len(tagged.lower)):
        if tagged.lower[at] in {"citizens", "nationals"} and tagged.lower[at - 1] in {"its", "own"}:
            codes = [code for first in range(at) if (code := _country_at(tagged, first))]
            if codes and (demonym := countries()[codes[-1]].demonym):
                yield Mention("people", demonym, at, at + 1, None, "citizens of the country last named", Grade.UNSURE)


def _country_at(tagged: TaggedSentence, first: int) -> str | None:
    found = known_names().at(tagged, first) if tagged.caps[first] else None
    if found is None:
        return None
    name = found[1]
    return name.within if name.kind == "adjective" else name.name if name.kind == "country" else None


def _origin_rule(tagged: TaggedSentence, first: int, last: int, code: str, after: Mention | None) -> str | None:
    """Return the rule that makes the name of a country say where people are from, or ``None`` if it does not."""
    if tagged.word(last) in TITLES.people and tagged.word(last) not in ("leader", "leaders"):
        return "country before people"
    if _is_counted(tagged, last):
        return COUNTRY_WITH_COUNT
    if after and after.kind == "people" and after.rule in _RULES_OF_LISTS and _is_in_list(tagged, last, after.first):
        return after.rule
    return "people of a country" if _follows_people(tagged, first, code) else None


def _is_in_list(tagged: TaggedSentence, last: int, other: int) -> bool:
    """Return whether only commas, "and" and the like separate a name from the next one."""
    return 0 < other - last < 3 and all(word in (",", "and", "or", "&", "/", "-") for word in tagged.lower[last:other])


def _is_counted(tagged: TaggedSentence, last: int) -> bool:
    """Return whether a number follows a name: Kenya (eight), Uganda 6."""
    if tagged.word(last) == "(":
        number = tagged.word(last + 1)
        return (number[:1].isdigit() or number in TITLES.quantities) and tagged.word(last + 2) == ")"
    number = tagged.word(last)
    return number.isdigit() and len(number) < 4 and tagged.word(last + 1) in (",", ")", "]", ";", ".", "and", "")


def _are_moved(tagged: TaggedSentence, at: int, noun: str) -> bool:
    """Return whether people are moved from a place: "rescued 12 men from Laos", "770 from Laos were handed over"."""
    is_vague = noun in MENTIONS.anybody or noun in TITLES.quantities or noun[:1].isdigit()
    near = tagged.lower[max(0, at - _MAX_TO_VERB) : at + _MAX_TO_VERB if is_vague else at]
    return not MENTIONS.removing.isdisjoint(near)


def _follows_people(tagged: TaggedSentence, first: int, code: str) -> bool:
    """Return whether people precede a country or its list: people from Kenya; nationals of Nepal and Peru."""
    at = first - 1
    in_list = (",", "and", "or", "the", "(", ")", "both")
    while at > 0 and (tagged.caps[at] or tagged.lower[at] in in_list or tagged.lower[at][:1].isdigit()):
        at -= 1
    link = tagged.word(at)
    if link not in ("of", "from") or first - at > _MAX_LIST:
        return False
    before = [word for word in tagged.lower[max(0, at - 4) : at] if word not in MENTIONS.adverbs]
    noun = before[-1] if before else ""
    if link == "of":
        return noun in MENTIONS.of_where
    if code in _HOSTS and _are_moved(tagged, at, noun):
        return False
    if (
        noun in TITLES.people
        or noun in MENTIONS.coming
        or noun in MENTIONS.standing_for_people
        or noun in ("were", "are", "foreigners")
    ):
        return True
    if noun in TITLES.quantities or noun[:1].isdigit():
        return True
    return noun in (",", "old") and not MENTIONS.standing_for_people.isdisjoint(tagged.lower[max(0, at - 8) : at])
