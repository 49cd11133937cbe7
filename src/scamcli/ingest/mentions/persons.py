"""Names of people that an article brings up: by their post, by what they say, own, lead or are accused of.

A name of somebody who only suffers is never proposed: what marks one is read first, and bars the name for the whole
article unless a post stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.bodies import is_shouted
from scamcli.ingest.mentions.exact_matches import PLACES, TITLES, Line, run
from scamcli.ingest.mentions.known_names import ADJECTIVE
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

_LED = listed("owned led headed run founded controlled operated chaired owner")
_ACCUSING = listed(
    """
    arrested sanctioned indicted extradited sentenced convicted charged jailed prosecuted
    """
)
_OF_WHOM = frozenset({",", "of", "for", "at", "in", "to", "who"})
_NAMED = frozenset({"named", "called", "nicknamed", "as"})
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


def people(line: Line) -> Iterator[Person]:
    """The people of a sentence."""
    if is_shouted(line):
        return
    for at in range(len(line.seen.low)):
        if line.seen.low[at] in TITLES:
            yield from _after_post(line, at)
    at = 0
    while at < len(line.seen.low):
        last = run(line, at)
        if 2 <= last - at <= 5 and not _is_body(line, at, last):
            yield from _judged(line, at, last)
        at = max(last, at + 1)


def _after_post(line: Line, at: int) -> Iterator[Person]:
    first = _past_office(line, at)
    last = run(line, first)
    if last == first or _is_body(line, first, last) or last - first > 5:
        return
    if last - first > 1 or first == at + 1:
        grade = Grade.LIKELY if last - first > 1 else Grade.UNSURE
        if last - first == 1 and (line.seen.low[at] not in _OFFICES or line.seen.words[at].text.islower()):
            return
        yield _person(line, first, last, "after a post", grade)


_OFFICES = listed("minister premier president governor mayor senator ambassador secretary")


def _past_office(line: Line, at: int) -> int:
    """The word after a post, its dot, and what it is of: Minister of Interior, secretary of state, Gen."""
    low, first = line.seen.low, at + 1
    if line.seen.word(first) in ("of", "for"):
        first += 1
        while first < len(low) and (low[first] in _OF or low[first] in DOMAINS or line.owner[first] in PLACES):
            first += 1
    while first < len(low) and (low[first] == "." or low[first] in TITLES or low[first] in POST_PARTS):
        first += 1
    return first


_OF = frozenset({"the", "and", "state", "province", "city", "police"})


_ADDRESSES = listed(
    """
    sangkat khan street jalan barangay house villa road soi village district commune km building
    """
)


def _is_body(line: Line, first: int, last: int) -> bool:
    low = line.seen.low
    if low[first] in _ADDRESSES or any(word in HEADS for word in low[first:last]):
        return True
    if any(word in SITE_HEADS for word in low[first:last]):
        return True
    if any(word.text.isupper() and len(word.text) > 1 for word in line.seen.words[first:last]):
        return True
    after = line.seen.word(last)
    return line.seen.cap(last) and (after in HEADS or after in ("street", "road", "boulevard"))


def _judged(line: Line, first: int, last: int) -> Iterator[Person]:
    """The name of a run of capitalised words, if something around it says that it is a person's."""
    if line.seen.low[first] in PRIVATE:
        yield _person(line, first + 1, last, "private", Grade.SURE)._replace(private=True)
        return
    if _is_private(line, first, last):
        yield _person(line, first, last, "private", Grade.SURE)._replace(private=True)
        return
    rule = _of_post_behind(line, first, last) or _of_deed(line, first, last) or _of_speech(line, first, last)
    if rule:
        yield _person(line, first, last, rule, Grade.UNSURE if rule == "speaks" else Grade.LIKELY)


def _person(line: Line, first: int, last: int, rule: str, grade: Grade) -> Person:
    if line.seen.low[last - 1] in ("jr", "sr") and line.seen.word(last) == ".":
        last += 1
    return Person(line.seen.text(first, last), tuple(line.seen.low[first:last]), rule, grade)


def _is_private(line: Line, first: int, last: int) -> bool:
    low, seen = line.seen.low, line.seen
    before = [word for word in low[max(0, first - 4) : first] if word not in ('"', "“", "'", "‘", ",", ":")]
    if first and line.owner[first - 1] == ADJECTIVE:
        return True  # Kenyan so-and-so, without a post
    if before and (before[-1] in PRIVATE or (before[-1] in _NAMED and _names_somebody(before))):
        return True
    if seen.word(last) in (",", "(") and seen.word(last + 1).isdigit() and len(seen.word(last + 1)) < 3:
        return not (_is_accused(line, last) or _post_at(line, last + 3))
    after = low[last : last + 5]
    return after[:2] in ([",", "the"], [",", "a"], [",", "one"], [",", "who"]) and bool(_HARMED & set(after))


def _names_somebody(before: list[str]) -> bool:
    return before[-1] != "as" or "identified" in before


def _is_accused(line: Line, at: int) -> bool:
    if line.seen.word(at + 1).isdigit():
        at += 3  # an age
    return any(word in ACCUSED for word in line.seen.low[at : at + 4])


def _of_post_behind(line: Line, first: int, last: int) -> str | None:
    """A comma and a post behind it: X, a spokesperson for; or before it: the director of Y, X."""
    low = line.seen.low
    if line.seen.word(last) == ",":
        behind = last + (3 if line.seen.word(last + 1).isdigit() else 1)
        if _post_at(line, behind):
            return "post behind the name"
        if line.seen.word(behind) == "of" and _names_body(line, behind):
            return "of a body"
    if first > 1 and low[first - 1] == "," and line.seen.word(last) in (",", ".", ";", *SPEAKING, ""):
        for at in range(first - 2, max(first - 12, -1), -1):
            if low[at] in TITLES and low[at + 1] in _OF_WHOM:
                return "post before the name"
            if (low[at] in SPEAKING and low[at - 1] != "of") or low[at] in (",", "."):
                break
    return None


def _post_at(line: Line, first: int) -> bool:
    """Whether a post comes before the next verb or comma: a former village head."""
    for word in line.seen.low[first : first + 8]:
        if word in POSTS or word in RANKS:
            return True
        if word in PRIVATE or word in SPEAKING or word in AUXILIARIES or word in (",", "and"):
            return False
    return False


def _names_body(line: Line, at: int) -> bool:
    return any(
        line.seen.cap(other) and line.seen.low[other] in HEADS for other in range(at, min(at + 7, len(line.seen.low)))
    )


def _of_deed(line: Line, first: int, last: int) -> str | None:
    low = line.seen.low
    before = low[max(0, first - 2) : first]
    if before[-1:] == ["by"] and before[0] in _LED:
        return "owner or leader"
    if _is_accused(line, last) and any(word in AUXILIARIES for word in low[last : last + 6]):
        return "accused"
    return "accused" if before[-1:] and before[-1] in _ACCUSING else None


def _of_speech(line: Line, first: int, last: int) -> str | None:
    low = line.seen.low
    at = last + 1 if line.seen.word(last) in AUXILIARIES else last
    if line.seen.word(at) in SPEAKING and not line.seen.cap(at):
        return "speaks"
    before = low[max(0, first - 2) : first]
    if before == ["according", "to"] or (before and before[-1] in ("said", "says", "told", "tells", "added")):
        return "speaks"
    return None
