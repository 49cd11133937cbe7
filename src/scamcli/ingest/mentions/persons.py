"""Names of people that an article brings up: by their post, by what they say, own, lead or are accused of.

A name of somebody who only suffers is never proposed: what marks one is read first, and bars the name for the whole
article unless a post stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.bodies import is_shouted
from scamcli.ingest.mentions.names import ADJECTIVE, TaggedSentence
from scamcli.ingest.mentions.tagged_sentence import PLACES, TITLES, person_name_end
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAINS = lexicon.words("bodies.domains")
HEADS = lexicon.headings("bodies.heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")
ACCUSED = lexicon.words("titles.accused")
AUXILIARIES = lexicon.words("titles.auxiliaries")
POST_PARTS = lexicon.words("titles.post_parts")
POSTS = lexicon.words("titles.posts")
PRIVATE = lexicon.words("titles.private")
RANKS = lexicon.words("titles.ranks")
SPEAKING = lexicon.words("titles.speaking")

_LEADING = listed("owned led headed run founded controlled operated chaired owner")
_ACCUSING = listed(
    """
    arrested sanctioned indicted extradited sentenced convicted charged jailed prosecuted
    """
)
_OF_WHOM = frozenset({",", "of", "for", "at", "in", "to", "who"})
_CALLED = frozenset({"named", "called", "nicknamed", "as"})
_HARMED = PRIVATE | listed(
    """
    trafficked rescued escaped fled lured held trapped sold beaten tortured died killed drowned forced abducted
    kidnapped
    """
)


class Person(NamedTuple):
    """A name of a person, or of one who stays private."""

    name: str
    words: tuple[str, ...]
    rule: str
    grade: Grade
    private: bool = False


def people(tagged: TaggedSentence) -> Iterator[Person]:
    """The people of a sentence."""
    if is_shouted(tagged):
        return
    for at in range(len(tagged.lower)):
        if tagged.lower[at] in TITLES:
            yield from _after_post(tagged, at)
    at = 0
    while at < len(tagged.lower):
        last = person_name_end(tagged, at)
        if 2 <= last - at <= 5 and not _is_body(tagged, at, last):
            yield from _by_context(tagged, at, last)
        at = max(last, at + 1)


def _after_post(tagged: TaggedSentence, at: int) -> Iterator[Person]:
    first = _past_office(tagged, at)
    last = person_name_end(tagged, first)
    if last == first or _is_body(tagged, first, last) or last - first > 5:
        return
    if last - first > 1 or first == at + 1:
        grade = Grade.LIKELY if last - first > 1 else Grade.UNSURE
        if last - first == 1 and (tagged.lower[at] not in _OFFICES or tagged.words[at].text.islower()):
            return
        yield _person(tagged, first, last, "after a post", grade)


_OFFICES = listed("minister premier president governor mayor senator ambassador secretary")


def _past_office(tagged: TaggedSentence, at: int) -> int:
    """The word after a post, its dot, and what it is of: Minister of Interior, secretary of state, Gen."""
    low, first = tagged.lower, at + 1
    if tagged.word(first) in ("of", "for"):
        first += 1
        while first < len(low) and (low[first] in _OF_OFFICE or low[first] in DOMAINS or tagged.kinds[first] in PLACES):
            first += 1
    while first < len(low) and (low[first] == "." or low[first] in TITLES or low[first] in POST_PARTS):
        first += 1
    return first


_OF_OFFICE = frozenset({"the", "and", "state", "province", "city", "police"})


_ADDRESSES = listed(
    """
    sangkat khan street jalan barangay house villa road soi village district commune km building
    """
)


def _is_body(tagged: TaggedSentence, first: int, last: int) -> bool:
    low = tagged.lower
    if low[first] in _ADDRESSES or any(word in HEADS for word in low[first:last]):
        return True
    if any(word in SITE_HEADS for word in low[first:last]):
        return True
    if any(word.text.isupper() and len(word.text) > 1 for word in tagged.words[first:last]):
        return True
    after = tagged.word(last)
    return tagged.is_cap(last) and (after in HEADS or after in ("street", "road", "boulevard"))


def _by_context(tagged: TaggedSentence, first: int, last: int) -> Iterator[Person]:
    """The name of a run of capitalised words, if something around it says that it is a person's."""
    if tagged.lower[first] in PRIVATE:
        yield _person(tagged, first + 1, last, "private", Grade.SURE)._replace(private=True)
        return
    if _is_private(tagged, first, last):
        yield _person(tagged, first, last, "private", Grade.SURE)._replace(private=True)
        return
    rule = _of_post_behind(tagged, first, last) or _of_deed(tagged, first, last) or _of_speech(tagged, first, last)
    if rule:
        yield _person(tagged, first, last, rule, Grade.UNSURE if rule == "speaks" else Grade.LIKELY)


def _person(tagged: TaggedSentence, first: int, last: int, rule: str, grade: Grade) -> Person:
    if tagged.lower[last - 1] in ("jr", "sr") and tagged.word(last) == ".":
        last += 1
    return Person(tagged.text(first, last), tuple(tagged.lower[first:last]), rule, grade)


def _is_private(tagged: TaggedSentence, first: int, last: int) -> bool:
    low = tagged.lower
    before = [word for word in low[max(0, first - 4) : first] if word not in ('"', "“", "'", "‘", ",", ":")]
    if first and tagged.kinds[first - 1] == ADJECTIVE:
        return True  # Kenyan so-and-so, without a post
    if before and (before[-1] in PRIVATE or (before[-1] in _CALLED and _names_somebody(before))):
        return True
    if tagged.word(last) in (",", "(") and tagged.word(last + 1).isdigit() and len(tagged.word(last + 1)) < 3:
        return not (_is_accused(tagged, last) or _post_at(tagged, last + 3))
    after = low[last : last + 5]
    return after[:2] in ([",", "the"], [",", "a"], [",", "one"], [",", "who"]) and bool(_HARMED & set(after))


def _names_somebody(before: list[str]) -> bool:
    return before[-1] != "as" or "identified" in before


def _is_accused(tagged: TaggedSentence, at: int) -> bool:
    if tagged.word(at + 1).isdigit():
        at += 3  # an age
    return any(word in ACCUSED for word in tagged.lower[at : at + 4])


def _of_post_behind(tagged: TaggedSentence, first: int, last: int) -> str | None:
    """A comma and a post behind it: X, a spokesperson for; or before it: the director of Y, X."""
    low = tagged.lower
    if tagged.word(last) == ",":
        behind = last + (3 if tagged.word(last + 1).isdigit() else 1)
        if _post_at(tagged, behind):
            return "post behind the name"
        if tagged.word(behind) == "of" and _names_body(tagged, behind):
            return "of a body"
    if first > 1 and low[first - 1] == "," and tagged.word(last) in (",", ".", ";", *SPEAKING, ""):
        for at in range(first - 2, max(first - 12, -1), -1):
            if low[at] in TITLES and low[at + 1] in _OF_WHOM:
                return "post before the name"
            if (low[at] in SPEAKING and low[at - 1] != "of") or low[at] in (",", "."):
                break
    return None


def _post_at(tagged: TaggedSentence, first: int) -> bool:
    """Whether a post comes before the next verb or comma: a former village head."""
    for word in tagged.lower[first : first + 8]:
        if word in POSTS or word in RANKS:
            return True
        if word in PRIVATE or word in SPEAKING or word in AUXILIARIES or word in (",", "and"):
            return False
    return False


def _names_body(tagged: TaggedSentence, at: int) -> bool:
    return any(
        tagged.is_cap(other) and tagged.lower[other] in HEADS for other in range(at, min(at + 7, len(tagged.lower)))
    )


def _of_deed(tagged: TaggedSentence, first: int, last: int) -> str | None:
    low = tagged.lower
    before = low[max(0, first - 2) : first]
    if before[-1:] == ["by"] and before[0] in _LEADING:
        return "owner or leader"
    if _is_accused(tagged, last) and any(word in AUXILIARIES for word in low[last : last + 6]):
        return "accused"
    return "accused" if before[-1:] and before[-1] in _ACCUSING else None


def _of_speech(tagged: TaggedSentence, first: int, last: int) -> str | None:
    low = tagged.lower
    at = last + 1 if tagged.word(last) in AUXILIARIES else last
    if tagged.word(at) in SPEAKING and not tagged.is_cap(at):
        return "speaks"
    before = low[max(0, first - 2) : first]
    if before == ["according", "to"] or (before and before[-1] in ("said", "says", "told", "tells", "added")):
        return "speaks"
    return None
