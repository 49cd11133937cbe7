"""Compare names of people and organisations: decide which spellings are the same name, and which are only similar.

`normalise` drops differences that never distinguish two people: case, diacritics, honorifics, word order and invisible
characters. `fold` also drops differences between romanisations of Khmer, so a match after folding counts only if it is
the only one. `suggest` ranks names by similarity for error messages: Sar Sokha and Sao Sokha are different people.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import islice

from scamcli.errors import quote
from scamcli.language.scripts import RUN, fold_word, plain

_NEAR = 0.6
_LONGEST = 100
_MOST = 20_000


@cache
def name_words() -> dict[str, list[str]]:
    """Return the lists of titles, ranks and words of bodies in ``name_words.txt``, which explains them."""
    from pathlib import Path  # most commands resolve no name and need not pay for the import

    lines = Path(__file__).with_name("name_words.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("|") for line in lines if not line.startswith("#"))
    return {kind: words.split(";") for kind, _, words in rows}


def normalise(name: str) -> str:
    """Return a key that is the same for all spellings of a name, and different for different people.

    The key is in lower case, without diacritics, punctuation and honorifics, and its words are sorted. Words in scripts
    without spaces are joined in their order (ស ខេង and សខេង have the same key), because a space there is only a typing
    habit, and names are never reversed. A name that consists only of titles keeps them. The key is empty only for a
    name without letters and digits. Never raises.
    """
    key = plain(name)
    if key.isascii():
        return " ".join(sorted(_without_titles(key.split())))
    joined, before = "".join(re.findall(RUN, key)), ""
    while joined != before:
        before, joined = joined, _after_title(joined)
    words = _without_titles(re.sub(RUN, " ", key).split())
    return " ".join(sorted([*words, joined] if joined else words))


def fold(name: str) -> str:
    """Return a key that is the same for romanisations of a name: for Sar Keng and Sar Kheng, not for Sar and Sao Sokha.

    Names with equal keys from `normalise` have equal keys here. Names in other scripts get the key of `normalise`.
    """
    key, before = normalise(name), ""
    while key != before:  # folding may have turned a word into a title
        before, key = key, normalise(" ".join(map(fold_word, key.split())))
    return key


def _without_titles(words: list[str]) -> list[str]:
    titles, pairs, ranks, bodies = _title_words()
    if not bodies.isdisjoint(words):
        return words
    present = set(words)
    gone = titles.union(*(pair for pair in pairs if pair <= present))
    rest = [word for word in words if word not in gone] or words
    bare = [word for word in rest if word not in ranks]
    return bare if len(bare) > 1 else rest


@cache
def _title_words() -> tuple[frozenset[str], tuple[frozenset[str], ...], frozenset[str], frozenset[str]]:
    titles = [frozenset(plain(title).split()) for title in name_words()["honorifics"]]
    single = frozenset(word for title in titles if len(title) == 1 for word in title)
    pairs = tuple(title for title in titles if len(title) > 1)
    bodies = name_words()["body words"]
    return single, pairs, frozenset(map(plain, name_words()["ranks"])), frozenset((*bodies, *map(fold_word, bodies)))


def _after_title(name: str) -> str:
    """Remove the longest title at the beginning of a name, if the rest can begin a word."""
    for title in _khmer_titles():
        rest = name.removeprefix(title)
        if rest and rest != name and unicodedata.category(rest[0]) == "Lo":
            return rest
    return name


@cache
def _khmer_titles() -> tuple[str, ...]:
    return tuple(sorted(map(plain, name_words()["khmer honorifics"]), key=len, reverse=True))


def suggest(name: str, candidates: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return up to `limit` candidates that may have been meant, likeliest first; empty if none is similar.

    Candidates with every typed word come first. The others are ordered by the similarity of the folded keys (difflib's
    Ratcliff/Obershelp ratio, at least 0.6). Use this only for error messages: similarity never decides who somebody is.
    Only the first 100 characters of a name and the first 20,000 candidates are compared.
    """
    from difflib import SequenceMatcher  # only errors need it, but every start would pay

    typed = fold(name[:_LONGEST])
    if not typed:
        return []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)
    ranked: list[tuple[bool, float, str]] = []
    for candidate in dict.fromkeys(islice(candidates, _MOST)):
        key = fold(candidate[:_LONGEST])
        holds = _holds(key, typed)
        matcher.set_seq1(key)
        if holds or (matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR):
            ranked.append((not holds, -matcher.ratio(), candidate))
    near = [row for row in sorted(ranked) if not row[0] or -row[1] >= _NEAR]
    return [candidate for _, _, candidate in near[:limit]]


def did_you_mean(near: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest words, or `otherwise` if there are none."""
    words = " or ".join(quote(word) for word in near)
    return f"Did you mean {words}?" if words else otherwise


def _holds(key: str, typed: str) -> bool:
    """Say whether all typed words are words of the key, or parts of it in a script without spaces."""
    words = key.split()
    return all(word in words or (re.fullmatch(RUN, word) is not None and word in key) for word in typed.split())
