"""Compare names of people and organisations: decide which spellings are the same name, and which are only similar.

`normalise` drops differences that never distinguish two people: case, diacritics, honorifics, word order and invisible
characters. `fold` also drops differences between romanisations of Khmer, so a match after folding counts only if it is
the only one. `without_titles` leaves out titles that can be parts of names as well, such as the Burmese Ma, so it is
only for queries. `suggest` ranks names by similarity for error messages: Sar Sokha and Sao Sokha are different people.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from scamcli.errors import quote
from scamcli.language.scripts import RUN, clean, fold_word, is_unspaced, plain

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_NEAR, _NEAR_BEGINNING = 0.6, 0.8
_LONGEST = 100
_MOST = 20_000


@cache
def name_words() -> dict[str, list[str]]:
    """Return the lists of titles, ranks and words of bodies in ``name_words.txt``, which explains them."""
    from pathlib import Path  # most commands resolve no name and need not pay for the import

    lines = Path(__file__).with_name("name_words.txt").read_text(encoding="utf-8").splitlines()
    found = dict[str, list[str]]()
    for kind, _, words in (line.partition("|") for line in lines if not line.startswith("#")):
        found.setdefault(kind, []).extend(words.split(";"))
    return found


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
        before, key = key, normalise(fold_words(key))
    return key


def fold_words(text: str) -> str:
    """Return plain words, each folded except words that are names of their own, such as Zhou and Zhu."""
    kept = _word_set("own words")
    return " ".join(fold_word(word, kept) for word in text.split())


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
    titles = _words_of("honorifics")
    single = frozenset(title[0] for title in titles if len(title) == 1)
    pairs = tuple(frozenset(title) for title in titles if len(title) > 1)
    bodies = name_words()["body words"]
    return single, pairs, _word_set("ranks"), frozenset((*bodies, *map(fold_word, bodies)))


def _words_of(kind: str) -> list[list[str]]:
    """Return the words of each title in a list, in lower case and without dots."""
    # Much faster than `plain` for each title, and every command that looks up a name pays for it.
    joined = ";".join(name_words()[kind]).casefold()
    return [title.split() for title in joined.replace(".", " ").replace("/", " ").split(";")]


def _after_title(name: str) -> str:
    """Remove the longest title at the beginning of a name, if the rest can begin a word."""
    for title in _khmer_titles():
        rest = name.removeprefix(title)
        if rest and rest != name and unicodedata.category(rest[0]) == "Lo":
            return rest
    return name


def bare(name: str) -> str:
    """Return the words of a name in their order, in lower case, without the titles that `normalise` leaves out."""
    key, left = plain(name), normalise(name)
    if re.search(RUN, key):
        return left
    words, kept = left.split(), []
    for word in key.split():
        if word in words:
            words.remove(word)
            kept.append(word)
    return " ".join(kept)


@cache
def _khmer_titles() -> tuple[str, ...]:
    titles = (plain(title).replace(" ", "") for title in name_words()["khmer honorifics"])
    return tuple(sorted(titles, key=len, reverse=True))


@cache
def _word_set(kind: str) -> frozenset[str]:
    return frozenset(word for words in _words_of(kind) for word in words)


def identifying_words(text: str) -> list[str]:
    """Return the words of a name that may find it, without ranks; empty if they can identify nobody."""
    words = normalise(text).split()
    bare = [word for word in words if word not in _word_set("ranks")]
    if bare and _word_set("body words").isdisjoint(words):
        words = bare
    small = _word_set("small words")
    return (
        [] if all(word in small or (word.isascii() and (len(word) < 2 or word.isdigit())) for word in words) else words
    )


Untitled = tuple[str, str]
"""What is left of a name without the titles before it, and whose titles they were: ``m``, ``f`` or unknown."""


def without_titles(name: str) -> list[Untitled]:
    """Return a name without the titles before it, also those that can be parts of names; most titles last.

    The list is empty if there is no such title, or if too little is left: U Thant, Ma Zhaoxu, Ko Ko Gyi. Each result
    can still be the name of somebody else. Use it only for queries, and only if it is exactly the name of a person.
    """
    name = clean(name).strip()
    if name.isascii() and len(name.replace(".", " ").split()) < 3:  # most names, without any regular expression
        return []
    if name and (is_unspaced(name[0]) or is_unspaced(name[-1])):
        return _without_script_titles(name)
    words = [(match[0].casefold(), match.start()) for match in re.finditer(_WORD, name)]
    keys, found, at, sex = [word for word, _ in words], list[Untitled](), 0, ""
    is_leading = False
    while (title := _title_at(keys[at:])) is not None:
        at += len(title.words)
        rest = keys[at:]
        if len(rest) < 2 or _title_at(rest) == title or (title.is_burmese and not _is_burmese(rest)):
            break
        sex, is_leading = title.sex or sex, is_leading or not title.is_honorific
        if is_leading:
            found.append((name[words[at][1] :], sex))
    return found


_WORD = r"[^\s.,/]+\.?"


class _Title:
    def __init__(
        self,
        words: tuple[str, ...],
        sex: str = "",
        *,
        is_burmese: bool = False,
        is_honorific: bool = False,
        is_dotted: bool = False,
    ) -> None:
        self.words = words
        self.sex = sex
        self.is_burmese = is_burmese
        self.is_honorific = is_honorific
        self.is_dotted = is_dotted


@cache
def _leading_titles() -> dict[str, list[_Title]]:
    """Return the titles by their first word, longest first."""
    kinds: dict[str, Callable[[tuple[str, ...]], _Title]] = {
        "honorifics": partial(_Title, is_honorific=True), "ranks": partial(_Title, is_honorific=True),
        "leading titles": _Title, "dotted titles": partial(_Title, is_dotted=True),
        "before men": partial(_Title, sex="m"), "before women": partial(_Title, sex="f"),
        "burmese men": partial(_Title, sex="m", is_burmese=True),
        "burmese women": partial(_Title, sex="f", is_burmese=True),
    }  # fmt: skip
    found = dict[str, list[_Title]]()
    for kind, make in kinds.items():
        for words in _words_of(kind):
            found.setdefault(words[0], []).append(make(tuple(words)))
    return {word: sorted(titles, key=lambda title: -len(title.words)) for word, titles in found.items()}


def _title_at(words: list[str]) -> _Title | None:
    """Return the longest title at the beginning of these words. Dots and apostrophes do not matter: Dato' Sri."""
    if not words:
        return None
    bare = [word.rstrip(".'’") for word in words[:5]]
    for title in _leading_titles().get(bare[0], ()):
        if tuple(bare[: len(title.words)]) == title.words and (words[0].endswith(".") or not title.is_dotted):
            return title
    return None


def _is_burmese(words: list[str]) -> bool:
    return not _word_set("burmese words").isdisjoint(words)


def _without_script_titles(name: str) -> list[Untitled]:
    found, rest, sex = list[Untitled](), name, ""
    while rest:
        for title, whose in _script_titles():
            after = rest.removeprefix(title).lstrip(" .·")
            if after != rest and not after.startswith(title) and _can_be_name(after):
                rest, sex = after, whose or sex
                break
        else:
            break
        found.append((rest, sex))
    for ending in name_words()["script endings"]:
        before = rest.removesuffix(ending).rstrip()
        if before != rest and _can_be_name(before):
            return [*found, (before, sex)]
    return found


def _can_be_name(text: str) -> bool:
    """Say whether a text is long enough for the full name of somebody: two Chinese characters, or three letters."""
    letters = [char for char in text if unicodedata.category(char) == "Lo"]
    is_chinese = all("\u3400" <= char <= "\u9fff" for char in letters)
    return bool(letters) and text[0] == letters[0] and len(letters) >= (2 if is_chinese else 3)


@cache
def _script_titles() -> list[tuple[str, str]]:
    kinds = (("script titles", ""), ("script men", "m"), ("script women", "f"))
    titles = [(clean(title), sex) for kind, sex in kinds for title in name_words()[kind]]
    return sorted(titles, key=lambda title: -len(title[0]))


def suggest(name: str, candidates: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return up to `limit` candidates that may have been meant, likeliest first; empty if none is similar.

    Candidates with every typed word come first. The others are ordered by the similarity of the folded keys (difflib's
    Ratcliff/Obershelp ratio, at least 0.6). Of a candidate with more words, the first ones are also compared, and must
    be more similar: "Hwang Le" may mean "Huang Le compound". Use this only for error messages: similarity never decides
    who somebody is.
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
        similarity = _similarity(matcher, key, 0 if holds else _NEAR)
        similarity = max(similarity, _similarity(matcher, _beginning(candidate[:_LONGEST], typed), _NEAR_BEGINNING))
        if holds or similarity:
            ranked.append((not holds, -similarity, candidate))
    return [candidate for _, _, candidate in sorted(ranked)[:limit]]


def _similarity(matcher: "SequenceMatcher[str]", key: str, least: float) -> float:
    """Return how similar a key is to what was typed, or 0 if it is less than the least."""
    matcher.set_seq1(key)
    is_near = matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least
    return ratio if is_near and (ratio := matcher.ratio()) >= least else 0


def _beginning(name: str, typed: str) -> str:
    """Return the folded key of as many words of a longer name as were typed, if these are at least two."""
    number, words = len(typed.split()), name.split()
    return fold(" ".join(words[:number])) if 1 < number < len(words) else ""


def did_you_mean(near: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest words, or `otherwise` if there are none."""
    words = " or ".join(quote(word) for word in near)
    return f"Did you mean {words}?" if words else otherwise


def _holds(key: str, typed: str) -> bool:
    """Say whether all typed words are words of the key, or parts of it in a script without spaces."""
    words = key.split()
    return all(word in words or (re.fullmatch(RUN, word) is not None and word in key) for word in typed.split())
