"""Whether the name of a country says where people are from: people from Kenya, nationals of Nepal, Laos (three)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed

if TYPE_CHECKING:
    from scamcli.ingest.mentions.record import Mention, Seen

PEOPLE = lexicon.words("titles.people")
QUANTITIES = lexicon.words("titles.quantities")

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
_COUNTED = listed("rest others them whom year")
_LISTED = frozenset({"people of a country", "country with a count"})
_ADVERBS = listed("mostly mainly all largely originally")
_BACK, _LONGEST = 14, 12


def origin(seen: Seen, first: int, last: int, code: str, after: Mention | None) -> str | None:
    """Why the name of a country says where people are from, if it does."""
    if seen.word(last) in PEOPLE and seen.word(last) not in ("leader", "leaders"):
        return "country before people"
    if is_counted(seen, last):
        return "country with a count"
    if after and after.kind == "people" and after.rule in _LISTED and is_listed(seen, last, after.first):
        return after.rule
    return "people of a country" if _of_people(seen, first, code) else None


def is_listed(seen: Seen, last: int, other: int) -> bool:
    """Whether only commas, "and" and the like stand before the next of a list."""
    return 0 < other - last < 3 and all(word in (",", "and", "or", "&", "/", "-") for word in seen.low[last:other])


def is_counted(seen: Seen, last: int) -> bool:
    """Whether a number stands behind: Kenya (eight), Uganda 6."""
    if seen.word(last) == "(":
        number = seen.word(last + 1)
        return (number[:1].isdigit() or number in QUANTITIES) and seen.word(last + 2) == ")"
    number = seen.word(last)
    return number.isdigit() and len(number) < 4 and seen.word(last + 1) in (",", ")", "]", ";", ".", "and", "")


def _of_people(seen: Seen, first: int, code: str) -> bool:
    """Nationals of Nepal, Ghana and Peru; people from Kenya: also for what follows in the list."""
    at = first - 1
    while at > 0 and _in_list(seen, at):
        at -= 1
    link = seen.word(at)
    if link not in ("of", "from") or first - at > _LONGEST:
        return False
    before = [word for word in seen.low[max(0, at - 4) : at] if word not in _ADVERBS]
    noun = before[-1] if before else ""
    if link == "of":
        return noun in _OF_WHERE
    if code in _HOSTS and not _REMOVING.isdisjoint(seen.low[max(0, at - _BACK) : at]):
        return False
    return _are_people(noun) or (noun in (",", "old") and not _COUNTED.isdisjoint(seen.low[max(0, at - 8) : at]))


def _are_people(noun: str) -> bool:
    if noun in PEOPLE or noun in _COMING or noun in _COUNTED or noun in ("were", "are", "foreigners"):
        return True
    return noun in QUANTITIES or noun[:1].isdigit()


def _in_list(seen: Seen, at: int) -> bool:
    word = seen.low[at]
    return seen.caps[at] or word in (",", "and", "or", "the", "(", ")", "both") or word[:1].isdigit()
