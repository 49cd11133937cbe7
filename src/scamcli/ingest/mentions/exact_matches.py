"""A sentence with the names in it that need no rule: what the other rules start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.known_names import static
from scamcli.ingest.mentions.record import Name, Phrases, Seen, see

if TYPE_CHECKING:
    from scamcli.ingest.words import Sentence

DOMAINS = lexicon.words("bodies.domains")
MONTHS = lexicon.numbers("calendar.months", 1)
WEEKDAYS = lexicon.numbers("calendar.weekdays", 0)
ALSO_PEOPLE = lexicon.words("places.also_people")
COURTESY = lexicon.words("titles.courtesy")
ORDINARY = lexicon.words("titles.ordinary")
POSTS = lexicon.words("titles.posts")
RANKS = lexicon.words("titles.ranks")


class Spot(NamedTuple):
    """A name found by its spelling."""

    first: int
    last: int
    name: Name


class Line(NamedTuple):
    """A sentence, the spots in it, and for each word the kind of the name that it belongs to, if any."""

    seen: Seen
    spots: list[Spot]
    owner: list[str]


PLACES = frozenset({"province", "town", "place", "country"})
TITLES = POSTS | RANKS | COURTESY
NO_NAME = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 3 and word != "march") | ORDINARY - {"new"}


def line(sentence: Sentence, names: Phrases) -> Line:
    """Find the known names of a sentence from left to right, the longest of those that begin at a word."""
    seen, known = see(sentence), static()
    spots, owner = [], [""] * len(sentence)
    at = 0
    while at < len(sentence):
        best = names.at(seen, at)
        if seen.caps[at] or not sentence[at].text.isascii():
            other = known.at(seen, at)
            if other and (best is None or other[0] > best[0]):
                best = other
        if best is None:
            at += 1
            continue
        last, name = best
        spots.append(Spot(at, last, name))
        owner[at:last] = [name.kind] * (last - at)
        at = last
    return Line(seen, spots, owner)


def run(line: Line, first: int) -> int:
    """The word after a person's name that may begin here; the same word where none does."""
    at, seen = first, line.seen
    while at < len(seen.low):
        if _in_name(line, at) and (not line.owner[at] or _is_name_too(line, first, at)):
            at += 1
        elif at > first and seen.low[at] == "-" and _joins(seen, at):
            at += 2
        elif at > first and seen.cap(at + 1) and (seen.low[at] in PARTICLES or _is_initial(seen, at)):
            at += 1
        else:
            break
    return at


PARTICLES = listed("bin binti bint al el de da dela del van von der la ibn ul")
_NO_SUFFIX = listed(
    """
    led run owned based backed born speaking language linked controlled made registered operated related affiliated
    style
    """
)


def _in_name(line: Line, at: int) -> bool:
    word = line.seen.low[at]
    if not line.seen.caps[at] or word in TITLES or word in DOMAINS or not word[:1].isalpha():
        return False
    return word not in NO_NAME or (len(word) == 1 and line.seen.word(at + 1) == ".") or _is_surname(line, at)


_SURNAMES = listed("he she you so an in on my to do no our")


def _is_surname(line: Line, at: int) -> bool:
    """He Jianhua, after a post, begins no sentence."""
    seen = line.seen
    return seen.low[at] in _SURNAMES and seen.word(at - 1) in TITLES and seen.cap(at + 1)


def _is_name_too(line: Line, first: int, at: int) -> bool:
    """Whether a place's name is a part of a person's: after another part, or before one if people are called so."""
    if line.owner[at] not in PLACES:
        return False
    return at > first or (line.seen.low[at] in ALSO_PEOPLE and line.seen.cap(at + 1) and not line.owner[at + 1])


def _is_initial(seen: Seen, at: int) -> bool:
    return seen.low[at] == "." and len(seen.low[at - 1]) == 1


def _joins(seen: Seen, at: int) -> bool:
    """Whether a hyphen joins two parts of one name: Ming-hsun, but not Kong-owned."""
    return seen.glued(at) and seen.glued(at + 1) and seen.word(at + 1).isalpha() and seen.word(at + 1) not in _NO_SUFFIX
