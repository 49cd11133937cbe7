"""DOC outlets"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.names import ADJECTIVE, PLURAL, TaggedSentence
from scamcli.ingest.mentions.tagged_sentence import NO_NAME, TITLES, is_place
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator


HEADS = lexicon.headings("bodies.heads")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")
OUTLET_NOUNS = lexicon.words("outlets.outlet_nouns")
STRONG_OUTLET_HEADS = lexicon.words("outlets.strong_outlet_heads")
AUXILIARIES = lexicon.words("titles.auxiliaries")
SPEAKING = lexicon.words("titles.speaking")


class Outlet(NamedTuple):
    """An outlet, and the words by which it stands in the text."""

    name: str
    words: tuple[str, ...]
    rule: str
    grade: Grade


_CITING = (["according", "to"], ["published", "by"], ["reported", "by"], ["obtained", "by"], ["seen", "by"])
_TELLS = listed("reports report reported writes wrote")
_ALONE = frozenset({"newspaper", "outlet", "broadcaster", "magazine", "daily"})
_OF_NEWS = frozenset({"news", "media", "state", "tv", "television", "radio", "online"})


def outlets(tagged: TaggedSentence) -> Iterator[Outlet]:
    """The outlets of a sentence."""
    low, caps = tagged.lower, tagged.caps
    for at, word in enumerate(low):
        if caps[at] and word in OUTLET_HEADS:
            yield from _by_head(tagged, at)
        elif word == "media" and not caps[at]:
            yield from _of_country(tagged, at)
        elif word in OUTLET_NOUNS and not caps[at] and (word in _ALONE or tagged.word(at - 1) in _OF_NEWS):
            yield from _after_noun(tagged, at)
        elif word in _TELLS and tagged.word(at + 1) in (".", "", ",", ")", ";"):
            yield from _reporting(tagged, at)


def _by_head(tagged: TaggedSentence, at: int) -> Iterator[Outlet]:
    if tagged.is_cap(at + 1) and tagged.lower[at + 1] in OUTLET_HEADS:
        return
    first = _name_start(tagged, at)
    if first == at:
        return
    if tagged.lower[at] in STRONG_OUTLET_HEADS:
        yield _outlet(tagged, first, at + 1, "name of an outlet", Grade.LIKELY)
    elif is_cited(tagged, first, at + 1):
        yield _outlet(tagged, first, at + 1, "cited by that name", Grade.LIKELY)


def is_cited(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Whether these words publish something there."""
    low = tagged.lower
    after = last + 1 if tagged.word(last) in AUXILIARIES else last
    before = [word for word in low[max(0, first - 3) : first] if word != "the"]
    return (
        tagged.word(after) in SPEAKING
        or tagged.word(after) in ("put", "puts")
        or before[-2:] in _CITING
        or before[-1:] in (["told"], ["tells"])
    )


def _after_noun(tagged: TaggedSentence, at: int) -> Iterator[Outlet]:
    last = at + 1
    while (tagged.is_cap(last) or _continues(tagged, at, last)) and tagged.lower[last] not in TITLES:
        last += 1
    if last > at + 1:
        yield _outlet(tagged, at + 1, last, "called an outlet", Grade.LIKELY)
    elif tagged.lower[at] == "newspaper" and (first := _name_start(tagged, at)) < at:
        yield _outlet(tagged, first, at, "called an outlet", Grade.LIKELY)


def _of_country(tagged: TaggedSentence, at: int) -> Iterator[Outlet]:
    """Vietnamese media report: outlets that are not named."""
    first = at - 1 if tagged.word(at - 1) in ("state", "local") else at
    if first and tagged.kinds[first - 1] == ADJECTIVE and is_cited(tagged, first - 1, at + 1):
        start = next(match.first for match in tagged.matches if match.last == first)
        yield _outlet(tagged, start, at + 1, "media of a country", Grade.UNSURE)


def _continues(tagged: TaggedSentence, at: int, last: int) -> bool:
    return last > at + 1 and tagged.word(last) == "of" and tagged.is_cap(last + 1)


def _reporting(tagged: TaggedSentence, at: int) -> Iterator[Outlet]:
    """At the end of a sentence: …, the Bangkok Post reports."""
    first = _name_start(tagged, at)
    before = tagged.word(first - 1) if tagged.word(first - 1) != "the" else tagged.word(first - 2)
    if first < at and before in (",", "”", '"') and not any(word in HEADS for word in tagged.lower[first:at]):
        yield _outlet(tagged, first, at, "reports", Grade.LIKELY)


def _name_start(tagged: TaggedSentence, at: int) -> int:
    first = at
    while first > 0 and tagged.caps[first - 1] and tagged.lower[first - 1] not in TITLES:
        if (
            not tagged.kinds[first - 1]
            and tagged.lower[first - 1] in NO_NAME
            and tagged.lower[first - 1] not in ("today", "sun", "new")
        ):
            break
        if tagged.kinds[first - 1] in ("actor", "outlet", "site"):
            break
        first -= 1
    return first


def _outlet(tagged: TaggedSentence, first: int, last: int, rule: str, grade: Grade) -> Outlet:
    return Outlet(tagged.text(first, last), tuple(tagged.lower[first:last]), rule, grade)


SITE_HEADS = lexicon.headings("bodies.site_heads")


class Site(NamedTuple):
    """A site, the words by which it stands in the text, and its province where the text says it beside the name."""

    name: str
    words: tuple[str, ...]
    province: str | None
    grade: Grade


_SITE_KINDS = frozenset(
    {"special", "economic", "industrial", "casino", "hotel", "entertainment", "apartment", "commercial", "office"}
)
_VAGUE = frozenset(
    {"building", "buildings", "tower", "towers", "villa", "park", "plaza", "apartment", "apartments", "estate"}
)
_TRAPS = frozenset({"national", "car", "theme"})


def sites(tagged: TaggedSentence) -> Iterator[Site]:
    """The sites of a sentence."""
    for at, word in enumerate(tagged.lower):
        if word in SITE_HEADS and tagged.word(at + 1) not in SITE_HEADS and not _is_company(tagged, at):
            yield from _by_site_head(tagged, at)


def _is_company(tagged: TaggedSentence, at: int) -> bool:
    return tagged.is_cap(at + 1) and tagged.lower[at + 1] in HEADS


def _by_site_head(tagged: TaggedSentence, at: int) -> Iterator[Site]:
    first = at
    while first > 0 and tagged.lower[first - 1] in (*_SITE_KINDS, *SITE_HEADS):
        first -= 1
    kinds = first
    while first > 0 and (
        _is_in_name(tagged, first - 1) or (tagged.lower[first - 1] == "-" and tagged.glued(first) and first < at)
    ):
        first -= 1
    while first < kinds and (tagged.lower[first] in NO_NAME or tagged.words[first].text.isdigit()):
        first += 1
    own = [word for word in range(first, kinds) if not tagged.kinds[word]]
    capital = tagged.caps[at] or tagged.lower[at] in ("zone", "sez")
    if first == kinds or not (own or capital) or tagged.lower[kinds - 1] in _TRAPS or _is_vague(tagged, first, at):
        return
    grade = Grade.UNSURE if tagged.lower[at] in _VAGUE else Grade.LIKELY
    yield Site(tagged.text(first, at + 1), tuple(tagged.lower[first : at + 1]), _province(tagged, first, at + 1), grade)


def _is_vague(tagged: TaggedSentence, first: int, at: int) -> bool:
    """A single capitalised word before "building" may be anything."""
    return tagged.lower[at] in _VAGUE and not tagged.caps[at] and at - first < 2


def _is_in_name(tagged: TaggedSentence, at: int) -> bool:
    if tagged.kinds[at] in ("actor", "outlet", "people", ADJECTIVE, PLURAL) or tagged.lower[at] in TITLES:
        return False
    if tagged.lower[at] in HEADS or tagged.lower[at] in OUTLET_HEADS:
        return False
    return tagged.caps[at] or (tagged.lower[at].isdigit() and len(tagged.lower[at]) < 3 and tagged.is_cap(at - 1))


def _province(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """The province in the name, right before it, or right behind it."""
    for match in tagged.matches:
        inside = first <= match.first < last
        before = match.last == first or (match.last == first - 1 and tagged.word(first - 1) in ("'s", "’s"))
        behind = 0 < match.first - last <= 2 and tagged.word(last) in ("in", "at", ",")
        if (inside or before or behind) and is_place(tagged, match):
            if match.name.kind == "province":
                return match.name.name
            if match.name.kind == "town":
                return match.name.within
    return None
