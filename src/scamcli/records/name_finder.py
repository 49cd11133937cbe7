"""Find names in texts in any order, form and encoding.

The words of a name are found in any order, with initials for all but one of them, with a middle name or initial between
them, and joined into one word. Words of a text are looked up in an index of the words of all names. Words that are next
to each other are then compared with the names that have these words and initials. Building this index is much faster
than building an automaton (Aho and Corasick's) of all forms: a name of three words has 42 forms.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from scamcli.language import folding, scripts
from scamcli.language.folding import Token, View

SHORTEST_JOINED = 6
"""The fewest letters of a name that is found as one word in a handle. Shorter names are often ordinary words."""

SHORTEST_WITHIN = 8
"""The fewest letters of a joined name that is found anywhere, even inside a longer word."""

SHORTEST_BESIDE = 5
"""The fewest letters of a name that is found directly beside a number, or joined with an initial."""

LONGEST_MIDDLE = 12
"""The most letters of a middle name in a script without capitals, whose words can be whole phrases."""

MOST_REMEMBERED = 100_000
"""How many words are cached with the names that they contain."""

PIECE, OVERLAP = 100_000, 10_000
"""The size of a piece of text, and the overlap of two pieces, in characters. Pieces keep memory small."""

_DIGRAPHS = frozenset(["ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "sh", "th", "tr", "ts", "tz", "zh"])
"""Initials of two letters, which occur in Khmer, Thai, Vietnamese and Chinese names."""

_JOINING = frozenset(["and", "or", "of", "the", "with", "for", "to", "vs", "by", "und", "et", "y", "e", "dan"])
"""Words that can be between two names without being middle names."""

_NUMBERS = frozenset((
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "dozen", "hundred", "thousand", "million",
))  # fmt: skip
"""Numbers that may be words of a name, such as Auntie Seven. Masked in small letters, they would take away a number."""

_LINK = r"(?i)(?<!\S)[adscw]/[lpokc](?!\S)"
"""Son of, daughter of, wife of and care of, as names in Malaysia, Singapore and India have them."""

_BETWEEN_NAMES = r"\s[@/]\s"
"""What stands between two names of one person."""

_HANDLE = r"[@/\\_=%#:0-9]|\w\.\w"
"""Characters that occur in addresses, handles and file names but not in words of a sentence."""


class Match(NamedTuple):
    """A name in a text: its span, and the number of the person."""

    start: int
    end: int
    number: int


class _Name(NamedTuple):
    words: tuple[str, ...]
    number: int


class _Found(NamedTuple):
    """A name among words: its number, whether all of its words are present in order, and which are initials."""

    number: int
    is_exact: bool
    initials: tuple[str, ...]


class _Joined(NamedTuple):
    """A name inside a word.

    Attributes:
        start, end: its span in the word.
        number: its number.
        is_only_in_handles: whether it counts only in handles, addresses and file names.
        is_ordinary: whether its words are ordinary ones, which marks may join: "a penny-wise plan".
    """

    start: int
    end: int
    number: int
    is_only_in_handles: bool
    is_ordinary: bool = False


class _Candidate(NamedTuple):
    """A possible match. If two overlap, the one with more letters counts, then an exact one."""

    start: int
    end: int
    letters: int
    is_exact: bool
    number: int

    def moved(self, by: int) -> "_Candidate":
        """Return the candidate with its position in the whole text, given where its piece begins."""
        return self._replace(start=self.start + by, end=self.end + by)


class NameFinder:
    """Finds a set of names in texts.

    Args:
        names: each name with the number of the person.
        are_words: whether they are single words to find wherever they are, even if they are ordinary ones.
    """

    def __init__(self, names: Iterable[tuple[str, int]], *, are_words: bool = False) -> None:
        self._are_words = are_words
        self._uses: dict[str, int] = {}
        """The words of all names, each with the number of names that have it."""
        self._names: dict[tuple[str, str], list[_Name]] = {}
        """Names by each of their words, with the sorted initials of the whole name."""
        self._numbers: dict[tuple[str, ...], int] = {}
        """Numbers of people by all words of a name, in order."""
        self._in_small_letters: set[tuple[str, ...]] = set()
        """The words of names that are given without capitals."""
        self._sizes: set[int] = set()
        self._joined: dict[str, tuple[_Joined, ...]] = {}
        """A cache of the joined names in a word."""
        self._free: set[str] = set()
        """A cache of words that contain no word of a name."""
        self._longest = 0
        self._beginnings: set[str] = set()
        for name, number in names:
            self.add(name, number)

    def add(self, name: str, number: int) -> None:
        """Add a name to find."""
        for written in {name, *_without_links(name)}:
            for words in folding.readings(written):
                self._add(words, number)
                if written.islower() and not self._are_words:
                    self._in_small_letters.add(words)
        self._joined.clear()
        self._free.clear()

    def _add(self, words: tuple[str, ...], number: int) -> None:
        if not words:
            return
        whole = tuple(word for word in words if _is_whole(word))
        if 1 < len(whole) < len(words):
            self._add(whole, number)  # an initial may be left out
        name, letters = _Name(words, number), _letters(words)
        self._sizes.add(len(words))
        self._numbers[words] = number
        for word in set(whole or words):
            self._longest = max(self._longest, len(word))
            self._beginnings.add(word[:2])
            self._uses[word] = self._uses.get(word, 0) + 1
            self._names.setdefault((letters, word), []).append(name)

    def touches(self, text: str) -> bool:
        """Return whether a text may contain a name, because it contains a word of one or a joined name."""
        if len(text) > PIECE:
            return bool(self._uses)
        words = folding.words_in_any_reading(text)
        if not self._uses or self._free.issuperset(words):
            return False
        free = [word for word in words if word not in self._uses and not self._may_hold(word)]
        if len(self._free) < MOST_REMEMBERED:
            self._free.update(free)
        return len(free) < len(words)

    def find(self, text: str) -> list[Match]:
        """Return the names in a text, in order."""
        candidates = list[_Candidate]()
        for start in range(0, max(1, len(text) - OVERLAP), PIECE - OVERLAP):
            piece = text[start : start + PIECE]
            # A word may be cut at the beginning or end of a piece, where the other piece counts.
            first = OVERLAP // 2 if start else 0
            last = PIECE - OVERLAP // 2 if start + PIECE < len(text) else PIECE
            for view in folding.views(piece) if self.touches(piece) else ():
                candidates += [one.moved(start) for one in self._candidates(view) if first <= one.start < last]
        return _chosen(candidates)

    def _candidates(self, view: View) -> Iterator[_Candidate]:
        tokens = view.tokens()
        yield from self._windows(view, tokens)
        for word, start, _ in tokens:
            for one in self._joined_in(word) if not _is_embedded(word) else ():
                span = view.origin(*view.source(start + one.start, start + one.end))
                is_divided = one.is_ordinary and not view.written[slice(*span)].isalpha()
                has_capitals = is_divided and _has_capitals(view, span)
                if not (one.is_only_in_handles or is_divided) or has_capitals or _is_in_handle(view.written, *span):
                    yield _Candidate(*span, one.end - one.start, False, one.number)
        for group in _embedded_groups(tokens):
            yield from self._within(view, group)

    # Separate words

    def _windows(self, view: View, tokens: Sequence[Token]) -> Iterator[_Candidate]:
        """Yield names whose words or initials are separate words of the text, perhaps with one more in between."""
        words = [token[0] for token in tokens]
        can_count = [word in self._uses or len(word) == 1 or word in _DIGRAPHS for word in words]
        for at, word in enumerate(words):
            if word in self._uses:
                for places in self._places(at, words, can_count):
                    found = self._named([words[place] for place in places])
                    if found and _is_written_so(view, tokens, places, found) and self._is_name(view, tokens, places):
                        span = view.origin(*view.source(tokens[places[0]][1], tokens[places[-1]][2]))
                        letters = sum(len(words[place]) for place in places)
                        is_exact = found.is_exact and places[-1] - places[0] < len(places)
                        yield _Candidate(*span, letters, is_exact, found.number)

    def _is_ordinary(self, words: Sequence[str]) -> bool:
        """Return whether words of the text may be no name. "Witness A" is one, although it has ordinary words."""
        if self._are_words:
            return _NUMBERS.issuperset(words)
        if tuple(words) in self._numbers and any(map(_is_initial, words)):
            return False
        return all(word in ordinary_words() or _is_initial(word) for word in words)

    def _is_name(self, view: View, tokens: Sequence[Token], places: Sequence[int]) -> bool:
        """Return whether words are a name and no ordinary words, as in "a long grace period" for Grace Long.

        Ordinary words are a name if all begin with a capital, if the name was given without capitals, or in addresses,
        handles and file names.
        """
        words = [tokens[place][0] for place in places]
        if not self._is_ordinary(words):
            return True
        spans = [view.source(*tokens[place][1:]) for place in places]
        between = [view.text[end:start] for (_, end), (start, _) in pairwise(spans)]
        if all(view.text[start].isupper() for start, _ in spans):
            is_over_an_end = any(re.match(r"[.!?:;]\s", one) for one in between)
            return not is_over_an_end or any(map(_is_initial, words))
        is_joined = len(words) > 1 and all(len(one) <= 1 and not one.isspace() for one in between)
        return tuple(words) in self._in_small_letters or (
            is_joined and _is_in_handle(view.written, *view.origin(spans[0][0], spans[-1][1]))
        )

    def _places(self, at: int, words: Sequence[str], can_count: Sequence[bool]) -> Iterator[list[int]]:
        """Yield places of words that may form a name. Its first word, apart from initials, is ``at`` a place."""
        if 1 in self._sizes:
            yield [at]
        if not any((*can_count[max(0, at - 2) : at], *can_count[at + 1 : at + 3])):
            return
        for size in self._sizes - {1}:
            for start in filter(can_count.__getitem__, range(max(0, at - size), at + 1)):
                window = list(range(start, min(start + size + 1, len(words))))
                for places in _with_one_left_out(window, size, can_count):
                    if at in places and not any(words[place] in self._uses for place in places if place < at):
                        yield places

    def _named(self, words: Sequence[str]) -> _Found | None:
        """Return the person with this name, preferring one whose name has exactly these words."""
        exact = self._numbers.get(tuple(words))
        if exact is not None:
            return _Found(exact, is_exact=True, initials=())
        rarest = min((word for word in words if word in self._uses), key=self._uses.__getitem__)
        for name in self._names.get((_letters(words), rarest), ()):
            initials = _initials_of(name.words, words)
            if initials is not None:
                return _Found(name.number, is_exact=False, initials=initials)
        return None

    # Joined words

    def _may_hold(self, word: str) -> bool:
        if _is_embedded(word):
            return any(
                word[at : at + 2] in self._beginnings or char in self._beginnings for at, char in enumerate(word)
            )
        return bool(self._joined_in(word))

    def _joined_in(self, word: str) -> tuple[_Joined, ...]:
        """Return the names of several words that a word of the text contains."""
        if len(word) < SHORTEST_JOINED or self._sizes == {1}:
            return ()
        if word not in self._joined:
            if len(self._joined) >= MOST_REMEMBERED:
                self._joined.clear()
            self._joined[word] = (*self._whole_words_in(word), *self._around(word), *self._with_initials(word))
        return self._joined[word]

    def _whole_words_in(self, word: str) -> Iterator[_Joined]:
        for start in range(len(word) - SHORTEST_JOINED + 1):
            for end, parts in self._parts(word, start, ()):
                is_long = end - start >= (SHORTEST_JOINED if end - start == len(word) else SHORTEST_WITHIN)
                found = self._named(parts) if is_long and len(parts) > 1 else None
                if found and not found.initials:
                    is_short = end - start < SHORTEST_WITHIN
                    yield _Joined(start, end, found.number, is_short, self._is_ordinary(parts))

    def _around(self, word: str) -> Iterator[_Joined]:
        """Yield names of two words that a longer word begins and ends with. Anything between them is a middle name."""
        most = range(2, min(len(word), self._longest + 1))
        ends = [word[-count:] for count in most if word[-count:] in self._uses]
        for first in [word[:count] for count in most if ends and word[:count] in self._uses]:
            for last in ends:
                if SHORTEST_WITHIN <= len(first) + len(last) <= len(word):
                    found = self._named([first, last])
                    if found and not found.initials:
                        yield _Joined(0, len(word), found.number, False, self._is_ordinary([first, last]))

    def _with_initials(self, word: str) -> Iterator[_Joined]:
        for count in (1, 2):
            for rest, initials in ((word[count:], word[:count]), (word[:-count], word[-count:])):
                if len(rest) >= SHORTEST_BESIDE and rest in self._uses:
                    found = self._named([rest, *initials])
                    if found:
                        yield _Joined(0, len(word), found.number, is_only_in_handles=True)

    def _parts(self, text: str, at: int, parts: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield sequences of words of names from a place on, with the place where they end."""
        if text[at : at + 2] not in self._beginnings and text[at : at + 1] not in self._beginnings:
            return
        for end in range(at + 1, min(len(text), at + self._longest) + 1):
            if text[at:end] in self._uses:
                yield end, (*parts, text[at:end])
                if len(parts) + 1 < max(self._sizes):
                    yield from self._parts(text, end, (*parts, text[at:end]))

    def _within(self, view: View, group: Sequence[Token]) -> Iterator[_Candidate]:
        """Yield the names within words of scripts that do not, or not always, separate words."""
        text = "".join(word for word, _, _ in group)
        places = [place for _, start, end in group for place in range(start, end)]
        for start in range(len(text)):
            for end, parts in self._parts(text, start, ()):
                found = self._named(parts)
                if found and not found.initials:
                    span = view.origin(*view.source(places[start], places[end - 1] + 1))
                    yield _Candidate(*span, end - start, found.is_exact, found.number)


@cache
def ordinary_words() -> frozenset[str]:
    """Return English words that are names, too."""
    lines = Path(__file__).with_name("ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _without_links(name: str) -> list[str]:
    """Return a name without the links of Malaysian names (Kumar a/l Rajan), and both names of Tan Ah Kow @ Lim Beng."""
    if "/" not in name and "@" not in name:
        return []
    several = [one.strip() for one in re.split(_BETWEEN_NAMES, name)]
    found = [" ".join(re.sub(_LINK, " ", one).split()) for one in several]
    return [one for one in found if " " in one and one != name]


def _is_embedded(word: str) -> bool:
    return not word.isascii() and (scripts.is_unspaced(word[0]) or "\uac00" <= word[0] <= "\ud7a3")


def _is_whole(word: str) -> bool:
    """Return whether a word of a name is more than an initial."""
    return len(word) > 1 or _is_embedded(word)


def _letters(words: Iterable[str]) -> str:
    return "".join(sorted(word[0] for word in words))


def _initials_of(name: Iterable[str], words: Sequence[str]) -> tuple[str, ...] | None:
    """Return the initials among some words, or ``None`` unless each is a word of a name or its initial."""
    left, initials = list(name), list[str]()
    for word in sorted(words, key=len, reverse=True):
        if word not in left:
            whole = next((one for one in left if _is_initial(word) and one.startswith(word)), None)
            if whole is None:
                return None
            initials.append(word)
            left.remove(whole)
        else:
            left.remove(word)
            if _is_initial(word) and word not in _JOINING:  # "y" in Ibáñez y Soto is no initial
                initials.append(word)
    return tuple(initials)


def _is_initial(word: str) -> bool:
    return (len(word) == 1 and word.isalpha() and not _is_embedded(word)) or word in _DIGRAPHS


def _with_one_left_out(window: list[int], size: int, can_count: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the first places of a window, and its places with one inner place left out, if all of them can count."""
    if len(window) >= size and all(can_count[place] for place in window[:size]):
        yield window[:size]
    if len(window) > size and can_count[window[0]] and can_count[window[-1]]:
        wrong = [place for place in window if not can_count[place]]
        for out in wrong if wrong else window[1:-1]:
            if len(wrong) <= 1:
                yield [place for place in window if place != out]


def _is_written_so(view: View, tokens: Sequence[Token], places: Sequence[int], found: _Found) -> bool:
    """Return whether the initials look like initials and the name is not cut out of a word with digits."""
    first, last = places[0], places[-1]
    letters = sum(len(tokens[place][0]) for place in places)
    if letters < SHORTEST_BESIDE and (_touch_digits(tokens, first - 1) or _touch_digits(tokens, last)):
        return False
    initials = [place for place in places if tokens[place][0] in found.initials]
    between = [place for place in range(first, last) if place not in places]
    return all(_is_name_like(view, tokens, place, first, last) for place in (*initials, *between)) and not any(
        tokens[place][0] in _JOINING for place in between
    )


def _touch_digits(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a word and the next are written together and one of them is a number."""
    if not 0 <= place < len(tokens) - 1:
        return False
    (one, _, end), (other, start, _) = tokens[place], tokens[place + 1]
    return end == start and one.isdecimal() != other.isdecimal()


def _is_name_like(view: View, tokens: Sequence[Token], place: int, first: int, last: int) -> bool:
    """Return whether an initial or middle name has a capital, a full stop, or no space beside it.

    A middle name in a script without capitals is any short word.
    """
    word, start, end = tokens[place]
    if first < place < last and 1 < len(word) <= LONGEST_MIDDLE and word.lower() == word.upper():
        return not word.isdecimal()
    start, end = view.source(start, end)
    before, after = view.text[start - 1 : start], view.text[end : end + 1]
    if "'" in (before, after) or "’" in (before, after):
        return False
    if view.text[start].isupper() or (after == "." and place != last and _is_initial(tokens[place][0])):
        return True
    start, end = view.origin(start, end)
    sides = [view.written[start - 1 : start]] * (place > first) + [view.written[end : end + 1]] * (place < last)
    return not any(side.isspace() for side in sides)


def _has_capitals(view: View, span: tuple[int, int]) -> bool:
    """Return whether joined words show by their capitals that they are a name: GraceLong, but not Longgrace."""
    written = view.written[slice(*span)]
    return written[:1].isupper() and any(map(str.isupper, written[1:])) and not written.isupper()


def _is_in_handle(text: str, start: int, end: int) -> bool:
    """Return whether a span is in an address, a handle or a file name."""
    before, after = text[max(0, start - 100) : start].split(" ")[-1], text[end : end + 100].split(" ")[0]
    return re.search(_HANDLE, before + text[start:end] + after) is not None


def _embedded_groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield groups of words of scripts without spaces that only separators divide."""
    group: list[Token] = []
    for token in tokens:
        if _is_embedded(token[0]):
            group.append(token)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _chosen(candidates: Iterable[_Candidate]) -> list[Match]:
    """Return the candidates that count, in order and without overlaps."""
    chosen = list[Match]()  # in order
    for one in sorted(candidates, key=lambda one: (-one.letters, not one.is_exact, one.start)):
        first = bisect_right(chosen, one.start, key=lambda match: match.end)
        last = bisect_left(chosen, one.end, key=lambda match: match.start)
        if first == last:
            chosen.insert(first, Match(one.start, one.end, one.number))
        elif one.is_exact:  # no part of an exact name may be left beside another name
            start, end = min(one.start, chosen[first].start), max(one.end, chosen[last - 1].end)
            chosen[first:last] = [Match(start, end, chosen[first].number)]
    return chosen
