"""Find people, outlets and sites (compounds, casinos, hotels, zones) that an article introduces.

People are found by their post, or by what they say, own, lead or are accused of. A person who only suffers is never
proposed: the words that show this are read first, and exclude the name from the whole article unless a post precedes
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest.lexicon import BODIES, MENTIONS, OUTLETS, SPEECH, TITLES
from scamcli.ingest.mentions.countries import is_place
from scamcli.ingest.mentions.names import HEADS, NO_NAME, PLACE_KINDS, SITE_HEADS, is_shouted
from scamcli.ingest.mentions.ordeals import (
    helps,
    is_doer,
    is_harmed_by_others,
    is_harmed_in_spite_of_job,
    is_in_list_of_victims,
    is_of_another,
    tells_own_ordeal,
)
from scamcli.ingest.mentions.victims import (
    description,
    has_age_before,
    has_office,
    has_post,
    is_accused,
    is_of_nationality,
    is_only_speaker,
    is_other_name,
    leads,
    past_age,
    person_name_end,
)
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.ingest.mentions.names import Form, TaggedSentence

PRIVATE = "private"
"""Rule of a name that must not be proposed."""
AFTER_POST = "after a post"
ADDRESSED = "after a form of address"
"""Rule of names after words such as "Ms", which are no posts."""
WEAK_RULES = frozenset({"speaks", "short form", ADDRESSED})
"""Rules of names of people who may still be victims."""

_HARMED = TITLES.private | MENTIONS.harmed
_ORDEALS = MENTIONS.harmed - {"held"}  # "has held talks"
_QUOTES = ('"', "“", "'", "‘", ",", ":")
_LONGEST_NAME, _LONGEST_RANK = 5, 5

_CITING = (["according", "to"], ["published", "by"], ["reported", "by"], ["obtained", "by"], ["seen", "by"])


def people(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the people in a sentence. Those who must not be proposed have the rule `PRIVATE`."""
    if is_shouted(tagged):
        return
    for at in range(len(tagged.lower)):
        if tagged.lower[at] in TITLES.any_title:
            yield from _after_post(tagged, at)
    at = 0
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        last += last - at > 1 and _is_courtesy(tagged, last)
        while last - at > 2 and _is_rank(tagged, at):
            at += 1
        if 2 <= last - at <= _LONGEST_NAME and not is_other_name(tagged, at, last):
            yield from _by_context(tagged, at, last)
        at = max(last, at + 1)


def _is_courtesy(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a form of address ends a name, because it is a name elsewhere: Nguyen Van Tuan."""
    return tagged.word(at) in TITLES.courtesy and tagged.is_cap(at) and not tagged.is_cap(at + 1)


def _after_post(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    first = _past_office(tagged, at)
    last = person_name_end(tagged, first)
    if last == first or is_other_name(tagged, first, last) or last - first > _LONGEST_NAME:
        return
    if last - first > 1:
        may_be_anybody = tagged.lower[at] in TITLES.of_anybody
        is_private = may_be_anybody and (_is_private(tagged, first, last) or _suffers(tagged, last))
        rule = PRIVATE if is_private else ADDRESSED if may_be_anybody else AFTER_POST
        yield _person(tagged, first, last, rule, Grade.LIKELY)
    elif first == at + 1 and tagged.lower[at] in MENTIONS.offices and not tagged.words[at].text.islower():
        yield _person(tagged, first, last, AFTER_POST, Grade.UNSURE)
    elif first == at + 1 and tagged.word(last) in SPEECH.before_speaker and tagged.lower[at] in SPEECH.speaking_posts:
        yield _person(tagged, first, last, AFTER_POST, Grade.UNSURE)  # police spokesman Winardy said


def _past_office(tagged: TaggedSentence, at: int) -> int:
    """Return the index after a post, its dot, and its office: Minister of Interior, secretary of state, Gen."""
    lower, first = tagged.lower, at + 1
    if lower[first : first + 2] == ["in", "charge"]:
        first += 2  # special agent in charge
    if tagged.word(first) in ("of", "for"):
        first += 1
        while first < len(lower) and (
            lower[first] in TITLES.of_office or lower[first] in BODIES.domains or tagged.kinds[first] in PLACE_KINDS
        ):
            first += 1
    while first < len(lower) and (
        lower[first] in (".", "'") or lower[first] in TITLES.any_title or lower[first] in TITLES.post_parts
    ):
        first += 1
    return first


def _is_rank(tagged: TaggedSentence, at: int) -> bool:
    """Return whether a word in capitals before a name is a rank or a body: DCP Azlina Mat Zin."""
    word = tagged.words[at].text
    return word.isupper() and 1 < len(word) <= _LONGEST_RANK and not tagged.words[at + 1].text.isupper()


def _by_context(tagged: TaggedSentence, first: int, last: int) -> Iterator[Form]:
    """Yield the name in capitalised words if the context shows that it is a person's."""
    is_named_so = tagged.lower[first] in TITLES.private
    if is_named_so or _is_private(tagged, first, last):
        yield _person(tagged, first + is_named_so, last, PRIVATE, Grade.SURE)
    elif rule := _by_post(tagged, first, last) or _by_deed(tagged, first, last) or _by_speech(tagged, first, last):
        yield _person(tagged, first, last, rule, Grade.UNSURE if rule == "speaks" else Grade.LIKELY)
    elif _suffers(tagged, last):
        yield _person(tagged, first, last, PRIVATE, Grade.SURE)


def _person(tagged: TaggedSentence, first: int, last: int, rule: str, grade: Grade) -> Form:
    if tagged.lower[last - 1] in ("jr", "sr") and tagged.word(last) == ".":
        last += 1
    is_withheld = len(tagged.lower[last - 1]) == 1 and tagged.lower[last - 1].isalpha()  # Sarah N.
    return tagged.form(first, last, "actor", "person", PRIVATE if is_withheld else rule, grade)


def _is_private(tagged: TaggedSentence, first: int, last: int) -> bool:
    lower = tagged.lower
    is_harmed = is_harmed_by_others(tagged, first, last) or is_harmed_in_spite_of_job(tagged, last)
    if is_harmed or is_of_another(lower, first, last) or is_in_list_of_victims(tagged, first):
        return True
    if is_accused(tagged, first, last):
        return False
    before = [word for word in lower[max(0, first - 4) : first] if word not in _QUOTES]
    is_noun = bool(before) and before[-1] in TITLES.private and not is_only_speaker(tagged, first, last)
    if is_noun or is_of_nationality(tagged, first, last) or tells_own_ordeal(tagged, last):
        return True
    if before and before[-1] in MENTIONS.called and (before[-1] != "as" or "identified" in before):
        return (TITLES.posts | TITLES.accused).isdisjoint(before[:-1])  # not a broker named Ann Example
    if has_age_before(description(tagged, first, last)):
        return True
    if (behind := past_age(tagged, last)) is not None:
        return not has_office(tagged, first, behind)
    if helps(tagged, last):
        return False
    after = lower[last : last + 5]
    return after[:2] in ([",", "the"], [",", "a"], [",", "one"], [",", "who"]) and bool(_HARMED & set(after))


def _suffers(tagged: TaggedSentence, last: int) -> bool:
    """Return whether the words after a name say that somebody harmed or rescued this person: X was trafficked."""
    after = tagged.lower[last : last + 3]
    return tagged.word(last) in TITLES.auxiliaries and not _ORDEALS.isdisjoint(after[1:]) and not is_doer(after)


def _by_post(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """Return a rule if a post precedes or follows the name: X, a spokesperson for Y; the director of Y, X."""
    lower = tagged.lower
    if tagged.word(last) == ",":
        behind = last + (3 if tagged.word(last + 1).isdigit() else 1)
        if has_post(tagged, behind):
            return "post behind the name"
        near = range(behind, min(behind + 7, len(tagged.lower)))
        if tagged.word(behind) == "of" and any(tagged.caps[at] and tagged.lower[at] in HEADS for at in near):
            return "of a body"
    if first > 1 and lower[first - 1] == "," and tagged.word(last) in (",", ".", ";", *TITLES.speaking, ""):
        for at in range(first - 2, max(first - 12, -1), -1):
            if lower[at] in TITLES.any_title and lower[at + 1] in TITLES.after_post:
                return "post before the name"
            if (lower[at] in TITLES.speaking and lower[at - 1] != "of") or lower[at] in (",", "."):
                break
    return None


def _by_deed(tagged: TaggedSentence, first: int, last: int) -> str | None:
    before = tagged.lower[max(0, first - 2) : first]
    behind = last + 2 if tagged.word(last) == "," and tagged.word(last + 1).isdigit() else last
    if (before[-1:] == ["by"] and before[0] in TITLES.leading) or leads(tagged, behind):
        return "owner or leader"
    return "accused" if is_accused(tagged, first, last) else None


def _by_speech(tagged: TaggedSentence, first: int, last: int) -> str | None:
    at = last + 1 if tagged.word(last) in TITLES.auxiliaries else last
    if tagged.word(at) in TITLES.speaking and not tagged.is_cap(at):
        return "speaks"
    before = tagged.lower[max(0, first - 2) : first]
    if before == ["according", "to"] or (before and before[-1] in ("said", "says", "told", "tells", "added")):
        return "speaks"
    return None


def outlets(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the outlets in a sentence: by the last word of the name, or by what they publish."""
    lower, caps = tagged.lower, tagged.caps
    for at, word in enumerate(lower):
        if caps[at] and word in OUTLETS.outlet_heads:
            yield from _by_head(tagged, at)
        elif word == "media" and not caps[at]:
            yield from _media_of_country(tagged, at)
        elif (
            word in OUTLETS.outlet_nouns
            and not caps[at]
            and (word in OUTLETS.nouns_alone or tagged.word(at - 1) in OUTLETS.before_noun)
        ):
            yield from _after_noun(tagged, at)
        elif word in OUTLETS.reporting and tagged.word(at + 1) in (".", "", ",", ")", ";"):
            yield from _at_sentence_end(tagged, at)


def is_cited(tagged: TaggedSentence, first: int, last: int) -> bool:
    """Return whether the sentence cites these words as a source: they report something, or somebody told them."""
    after = last + 1 if tagged.word(last) in TITLES.auxiliaries else last
    before = [word for word in tagged.lower[max(0, first - 3) : first] if word != "the"]
    return (
        tagged.word(after) in TITLES.speaking
        or tagged.word(after) in ("put", "puts")
        or before[-2:] in _CITING
        or before[-1:] in (["told"], ["tells"])
    )


def _by_head(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    if tagged.is_cap(at + 1) and tagged.lower[at + 1] in OUTLETS.outlet_heads:
        return
    first = _outlet_start(tagged, at)
    if first == at:
        return
    if tagged.lower[at] in OUTLETS.strong_outlet_heads:
        yield tagged.form(first, at + 1, "outlet", None, "name of an outlet")
    elif is_cited(tagged, first, at + 1):
        yield tagged.form(first, at + 1, "outlet", None, "cited by that name")


def _media_of_country(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield outlets without a name: Vietnamese media reported."""
    first = at - 1 if tagged.word(at - 1) in ("state", "local") else at
    if first and tagged.kinds[first - 1] == "adjective" and is_cited(tagged, first - 1, at + 1):
        start = next(match.first for match in tagged.matches if match.last == first)
        yield tagged.form(start, at + 1, "outlet", None, "media of a country", Grade.UNSURE)


def _after_noun(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    """Yield the name beside a noun: the newspaper Border Post; the Border Post newspaper."""
    last = at + 1
    while (
        tagged.is_cap(last) or (last > at + 1 and tagged.word(last) == "of" and tagged.is_cap(last + 1))
    ) and tagged.lower[last] not in TITLES.any_title:
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
    while first > 0 and tagged.caps[first - 1] and tagged.lower[first - 1] not in TITLES.any_title:
        word, kind = tagged.lower[first - 1], tagged.kinds[first - 1]
        if not kind and word in NO_NAME and word not in ("today", "sun", "new"):
            break
        if kind in ("actor", "outlet", "site"):
            break
        first -= 1
    return first


def sites(tagged: TaggedSentence) -> Iterator[Form]:
    """Yield the sites in a sentence. A casino without a name is not a site."""
    for at, word in enumerate(tagged.lower):
        is_company = tagged.is_cap(at + 1) and tagged.lower[at + 1] in HEADS
        if word in SITE_HEADS and tagged.word(at + 1) not in SITE_HEADS and not is_company:
            yield from _by_site_head(tagged, at)


def _by_site_head(tagged: TaggedSentence, at: int) -> Iterator[Form]:
    lower, first = tagged.lower, at
    while first > 0 and (lower[first - 1] in MENTIONS.site_kinds or lower[first - 1] in SITE_HEADS):
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
    is_vague = lower[at] in MENTIONS.vague_sites and not tagged.caps[at] and at - first < 2
    if first == kinds or not (has_own_words or has_capital) or lower[kinds - 1] in MENTIONS.not_sites or is_vague:
        return
    grade = Grade.UNSURE if lower[at] in MENTIONS.vague_sites else Grade.LIKELY
    yield tagged.form(first, at + 1, "site", _province_of_site(tagged, first, at + 1), "name of a site", grade)


def _may_be_in_site_name(tagged: TaggedSentence, at: int) -> bool:
    word = tagged.lower[at]
    if tagged.kinds[at] in ("actor", "outlet", "people", "adjective", "plural") or word in TITLES.any_title:
        return False
    if word in HEADS or word in OUTLETS.outlet_heads:
        return False
    return tagged.caps[at] or (word.isdigit() and len(word) < 3 and tagged.is_cap(at - 1))


def _province_of_site(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """Return the province in the name of a site, or directly before or after it."""
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
