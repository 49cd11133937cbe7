"""Find the country and the division where most of an article happens, and names of places where nothing happens.

Nothing happens where a text was sent from, and at the seats of embassies.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import PLACES, TITLES
from scamcli.ingest.mentions.names import HEADS, NO_NAME, PLAIN_HEADS, SITE_HEADS, country_of, division_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.ingest.mentions.names import Match, Name, TaggedSentence

_SHARE_OF_DIVISION = 0.75
"""The least share of all places that has to be in the division of an article."""
_FEWEST_PLACES, _MAIN_SHARE = 4, 0.45
"""The least evidence for the country of an article, and its least share: a place counts 2, a body 1."""
_MAX_DATELINE = 12
_DATELINE_ENDS = frozenset("—–-:")
_HEAD = 600
"""How many characters at the start of a text can hold its dateline."""
_LONGEST_SEATS = 10
"""How many words before the last seat of several embassies are searched for "in"."""
_EMBASSIES = frozenset(("embassy", "embassies", "consulate", "consulates"))


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
            elif match.name.kind == "adjective" and PLAIN_HEADS.get(tagged.word(match.last), "embassy") != "embassy":
                found[match.name.within or ""] += 1
    [(code, most)] = found.most_common(1) or [("", 0)]
    return code, code if most >= _FEWEST_PLACES and most >= _MAIN_SHARE * found.total() else ""


def main_division(tagged_sentences: Sequence[TaggedSentence], *, is_list: bool, fewest: int = 2) -> str:
    """Return the division that has nearly all of the places that sentences name, if at least `fewest`, or ``""``."""
    found = Counter(
        division
        for tagged in tagged_sentences
        for match in tagged.matches
        if (division := _division_of(match.name))
        and is_place(tagged, match)
        and not elsewhere(tagged, match, is_list=is_list)
    )
    [(division, most)] = found.most_common(1) or [("", 0)]
    return division if most >= fewest and most >= _SHARE_OF_DIVISION * found.total() else ""


def _division_of(name: Name) -> str | None:
    if name.kind == "place" and name.within:
        return division_at(name.name, name.within)
    return name.name if name.kind == "province" else name.within if name.kind == "town" else None


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
    at = first - 3 if lower[first - 2 : first - 1] == ["general"] else first - 2
    return at >= 0 and lower[first - 1] == "in" and lower[at] in _EMBASSIES


def is_place(tagged: TaggedSentence, match: Match) -> bool:
    """Return whether the name of a place means the place, and not a street, school, company or person of that name."""
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
