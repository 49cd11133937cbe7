"""Outlets and sites (compounds, casinos, hotels, zones) that an article names and that are not known beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import word_set
from scamcli.ingest.mentions.names import ADJECTIVE, PLURAL
from scamcli.ingest.mentions.tagged_sentence import AUXILIARIES, HEADS, NO_NAME, SITE_HEADS, SPEAKING, TITLES, is_place
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.names import Form, TaggedSentence

OUTLET_HEADS = lexicon.words("outlets.outlet_heads")
OUTLET_NOUNS = lexicon.words("outlets.outlet_nouns")
STRONG_OUTLET_HEADS = lexicon.words("outlets.strong_outlet_heads")

_CITING = (["according", "to"], ["published", "by"], ["reported", "by"], ["obtained", "by"], ["seen", "by"])
_REPORTING = word_set("reports report reported writes wrote")
_NOUNS_ALONE = frozenset({"newspaper", "outlet", "broadcaster", "magazine", "daily"})
_BEFORE_NOUN = frozenset({"news", "media", "state", "tv", "television", "radio", "online"})

_SITE_KINDS = lexicon.words("mentions.site_kinds")
_VAGUE_SITES = lexicon.words("mentions.vague_sites")
_NOT_SITES = frozenset({"national", "car", "theme"})
"""Words before "park" and the like that make it no site: national park, car park."""


def outlets(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the outlets in a sentence: by the last word of the name, or by what they publish."""
    lower, caps = tagged.lower, tagged.caps
    for at, word in enumerate(lower):
        if caps[at] and word in OUTLET_HEADS:
            yield from _by_head(tagged, at)
        elif word == "media" and not caps[at]:
            yield from _media_of_country(tagged, at)
        elif word in OUTLET_NOUNS and not caps[at] and (word in _NOUNS_ALONE or tagged.word(at - 1) in _BEFORE_NOUN):
            yield from _after_noun(tagged, at)
        elif word in _REPORTING and tagged.word(at + 1) in (".", "", ",", ")", ";"):
            yield from _at_sentence_end(tagged, at)


def is_cited(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Tell whether the sentence cites these words as a source: they report something, or somebody told them."""
    after = last + 1 if tagged.word(last) in AUXILIARIES else last
    before = [word for word in tagged.lower[max(0, first - 3) : first] if word != "the"]
    return (
        tagged.word(after) in SPEAKING
        or tagged.word(after) in ("put", "puts")
        or before[-2:] in _CITING
        or before[-1:] in (["told"], ["tells"])
    )


def _by_head(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    if tagged.is_cap(at + 1) and tagged.lower[at + 1] in OUTLET_HEADS:
        return
    first = _outlet_start(tagged, at)
    if first == at:
        return
    if tagged.lower[at] in STRONG_OUTLET_HEADS:
        yield tagged.form(first, at + 1, "outlet", None, "name of an outlet")
    elif is_cited(tagged, first, at + 1):
        yield tagged.form(first, at + 1, "outlet", None, "cited by that name")


def _media_of_country(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield outlets without a name: Vietnamese media reported."""
    first = at - 1 if tagged.word(at - 1) in ("state", "local") else at
    if first and tagged.kinds[first - 1] == ADJECTIVE and is_cited(tagged, first - 1, at + 1):
        start = next(match.first for match in tagged.matches if match.last == first)
        yield tagged.form(start, at + 1, "outlet", None, "media of a country", Grade.UNSURE)


def _after_noun(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield the name beside a noun: the newspaper Border Post; the Border Post newspaper."""
    last = at + 1
    while (
        tagged.is_cap(last) or (last > at + 1 and tagged.word(last) == "of" and tagged.is_cap(last + 1))
    ) and tagged.lower[last] not in TITLES:
        last += 1
    if last > at + 1:
        yield tagged.form(at + 1, last, "outlet", None, "called an outlet")
    elif tagged.lower[at] == "newspaper" and (first := _outlet_start(tagged, at)) < at:
        yield tagged.form(first, at, "outlet", None, "called an outlet")


def _at_sentence_end(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield the outlet of a final clause: …, the Bangkok Post reports."""
    first = _outlet_start(tagged, at)
    before = tagged.word(first - 1) if tagged.word(first - 1) != "the" else tagged.word(first - 2)
    if first < at and before in (",", "”", '"') and not any(word in HEADS for word in tagged.lower[first:at]):
        yield tagged.form(first, at, "outlet", None, "reports")


def _outlet_start(tagged: TaggedSentence, at: int) -> int:
    first = at
    while first > 0 and tagged.caps[first - 1] and tagged.lower[first - 1] not in TITLES:
        word, kind = tagged.lower[first - 1], tagged.kinds[first - 1]
        if not kind and word in NO_NAME and word not in ("today", "sun", "new"):
            break
        if kind in ("actor", "outlet", "site"):
            break
        first -= 1
    return first


def sites(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the sites in a sentence. A casino without a name is none."""
    for at, word in enumerate(tagged.lower):
        is_company = tagged.is_cap(at + 1) and tagged.lower[at + 1] in HEADS
        if word in SITE_HEADS and tagged.word(at + 1) not in SITE_HEADS and not is_company:
            yield from _by_site_head(tagged, at)


def _by_site_head(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    lower, first = tagged.lower, at
    while first > 0 and (lower[first - 1] in _SITE_KINDS or lower[first - 1] in SITE_HEADS):
        first -= 1
    kinds = first
    while first > 0 and (
        _may_be_in_site_name(tagged, first - 1) or (lower[first - 1] == "-" and tagged.glued(first) and first < at)
    ):
        first -= 1
    while first < kinds and (lower[first] in NO_NAME or tagged.words[first].text.isdigit()):
        first += 1
    has_own_words = not all(tagged.kinds[first:kinds])
    has_capital = tagged.caps[at] or lower[at] in ("zone", "sez")
    is_vague = lower[at] in _VAGUE_SITES and not tagged.caps[at] and at - first < 2
    if first == kinds or not (has_own_words or has_capital) or lower[kinds - 1] in _NOT_SITES or is_vague:
        return
    grade = Grade.UNSURE if lower[at] in _VAGUE_SITES else Grade.LIKELY
    yield tagged.form(first, at + 1, "site", _province_of_site(tagged, first, at + 1), "name of a site", grade)


def _may_be_in_site_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    if tagged.kinds[at] in ("actor", "outlet", "people", ADJECTIVE, PLURAL) or word in TITLES:
        return False
    if word in HEADS or word in OUTLET_HEADS:
        return False
    return tagged.caps[at] or (word.isdigit() and len(word) < 3 and tagged.is_cap(at - 1))


def _province_of_site(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """Return the province in the name of a site, right before it, or right behind it."""
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
