"""Whether a demonym or a country tells the nationality of people, or something of a state, a thing or a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.known_names import ADJECTIVE, PLURAL, static
from scamcli.ingest.mentions.origins import is_counted, is_listed, origin
from scamcli.ingest.mentions.record import Mention
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.exact_matches import Spot
    from scamcli.ingest.mentions.record import Seen

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
_OWN = frozenset({"its", "own"})
_CITIZENS = frozenset({"citizens", "nationals"})
_REACH = 7


def read(seen: Seen, spots: list[Spot]) -> list[Mention]:
    """The demonyms and countries among the spots as mentions; the spots of other kinds as they are."""
    found: list[Mention] = []
    for at in range(len(spots) - 1, -1, -1):  # from the end: in a list the last decides
        found.append(_read(seen, spots, at, found[-1] if found else None))
    return sorted([*found, *_own_citizens(seen)], key=lambda mention: mention.first)


def _read(seen: Seen, spots: list[Spot], at: int, after: Mention | None) -> Mention:
    first, last, name = spots[at]
    if name.kind == PLURAL:
        return Mention("people", name.name, first, last, None, name.rule, Grade.SURE)
    if name.kind == ADJECTIVE:
        mention = _demonym(seen, first, last, name.name, after)
        return mention._replace(kind="people", rule="one more of a list") if _adds_one(seen, spots, at) else mention
    if name.kind == "country":
        rule, demonym = origin(seen, first, last, name.name, after), countries()[name.name].demonym
        if rule and demonym:
            return Mention("people", demonym, first, last, None, rule, Grade.LIKELY)
    return name.at(first, last)


def _adds_one(seen: Seen, spots: list[Spot], at: int) -> bool:
    """Three Kenyans and a Ugandan."""
    return at > 0 and spots[at - 1].name.kind == PLURAL and seen.low[spots[at - 1].last : spots[at].first] in _AND_ONE


_AND_ONE = (["and", "a"], ["and", "an"])


def _demonym(seen: Seen, first: int, last: int, demonym: str, after: Mention | None) -> Mention:
    if after and is_listed(seen, last, after.first) and (after.kind in _DECIDED or after.rule in OF_LISTS):
        rule, people = "as the last of the list", after.kind == "people"
    else:
        rule = _noun(seen, first, last)
        people = rule == _OF_PEOPLE or (rule == _ALONE and _counts_people(seen, first, last))
    grade = Grade.SURE if rule == _OF_PEOPLE else Grade.LIKELY
    return Mention("people" if people else "adjective", demonym, first, last, None, rule, grade)


_DECIDED = frozenset({"people", "adjective"})


def _noun(seen: Seen, first: int, last: int) -> str:
    """What the noun after a demonym is: of people, of something else, or the demonym stands alone."""
    for at in range(last, min(last + _REACH, len(seen.low))):
        word = seen.low[at]
        if (word in PEOPLE and not seen.caps[at]) or (at > last and word in ("who", "whose")):
            return _OF_PEOPLE
        if word in NOT_PEOPLE or word in PEOPLE or word in ("language", "speaking"):
            return _OF_ELSE
        if word in ENDS_NOUN or not (word.isalpha() or (word == "-" and seen.glued(at))) or word in (",", "and"):
            return _ALONE if at == last or _is_counted_before(seen, first) else _OF_ELSE
        if _is_plural(word) or (at > last and _is_verb(seen, at)):
            return _OF_ELSE
    return _ALONE if _is_counted_before(seen, first) else _OF_ELSE


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "'s")) and word not in QUANTITIES


def _is_verb(seen: Seen, at: int) -> bool:
    """Whether a form in -ed or -ing is no part of the noun: a Chinese firm lured, but a Chinese-owned firm."""
    word = seen.low[at]
    return word.endswith(("ing", "ed")) and word not in BETWEEN and seen.low[at - 1] != "-"


def _is_counted_before(seen: Seen, first: int) -> bool:
    """258 Vietnamese cross: what is counted there has no plural of its own behind it."""
    word = seen.word(first - 1)
    return word.isdigit() or (word in QUANTITIES and word not in _NOT_COUNTING)


def _counts_people(seen: Seen, first: int, last: int) -> bool:
    """Whether a demonym without a noun is one of people: 2,000 Taiwanese, a Filipino, most of them Chinese."""
    while seen.word(first - 1) in _YOUNG:
        first -= 1
    before, after = seen.word(first - 1), seen.word(last)
    if after == "-" or (before in _LANGUAGE and after != "who"):
        return False
    return before[:1].isdigit() or before in QUANTITIES or before in _LEADS or is_counted(seen, last)


def _own_citizens(seen: Seen) -> Iterator[Mention]:
    """Kenya brought back 40 of its citizens: those of the country last named."""
    for at in range(1, len(seen.low)):
        if seen.low[at] in _CITIZENS and seen.low[at - 1] in _OWN:
            codes = [code for first in range(at) if (code := _code(seen, first))]
            if codes and (demonym := countries()[codes[-1]].demonym):
                yield Mention("people", demonym, at, at + 1, None, "citizens of the country last named", Grade.UNSURE)


def _code(seen: Seen, first: int) -> str | None:
    found = static().at(seen, first) if seen.caps[first] else None
    if found is None:
        return None
    name = found[1]
    return name.within if name.kind == ADJECTIVE else name.name if name.kind == "country" else None
