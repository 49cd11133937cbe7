"""Withholding the names of victims and witnesses from everything that is printed or written.

A protected name is found after folding case, diacritics and zero-width characters: by whole word, and anywhere in
scripts that are written without spaces. In a record that has the actor, each word of the name is masked too. Only the
database holds the name. It knows no database: who is protected is given to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError
from scamcli.language import scripts
from scamcli.records.text_edits import Edit, Rewriting, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Protected(NamedTuple):
    """A protected actor: the number of its placeholder, its name, and all of its names."""

    number: int
    name: str
    forms: tuple[str, ...]


CLOSED = frozenset({
    "type", "kind", "role", "status", "count", "split", "precision", "country", "countries", "province", "provinces",
    "date", "period", "published", "accessed", "metric", "match", "start", "end",
})  # fmt: skip
"""Keys whose words come from a closed list, or are dates: they name nobody, and a masked one could not be taken in."""

IDS = frozenset({"id", "part_of", "of", "event", "figure"})
"""Keys that hold ids: their placeholder has no brackets, so that it is an id as well."""

NAMES = frozenset({"name", "aliases", "member_of", "stated_by", "outlet", "via", "by"})
"""Keys that hold somebody's whole name: a word that it shares with a protected one does not make it that name."""

_KEY_OF = {"actors": "name", "sources": "outlet", "figures": "figure", "links": "event"}
"""Of the lists of a record whose parts are named in a path: the key whose value names them there."""

_PLACEHOLDER = r"\[?protected-(\d{1,9})\]?"


class Masker:
    """Masks the names of the protected actors of one timeline.

    Args:
        people: who is protected.
        ids: ids of events that hold a word of a name of theirs, as they are printed.
        word: what a placeholder begins with.
        also: of events, by their ids: the people whose every word goes, though the record does not name them.
    """

    def __init__(
        self,
        people: Sequence[Protected],
        ids: Mapping[str, str] | None = None,
        word: str = "protected",
        also: Mapping[str, frozenset[int]] | None = None,
    ) -> None:
        self._word = word
        self._also = also or {}
        self.names = {person.number: person.name for person in people}
        self.ids = dict(ids or {})
        self._numbers = {form: person.number for person in people for form in person.forms}
        self._whole = _Forms(self._numbers.items(), word)
        self._words: dict[frozenset[int], _Forms] = {}

    def text(self, text: str) -> str:
        """The text with every protected name as ``[protected-N]``."""
        return self._whole.mask(self._without_ids(text))

    def text_in(self, record: dict[str, Any], text: str) -> str:
        """A text from a record, or about it: the words of the names of its actors are masked as well."""
        return self.without(text, self.present(record))

    def rewrite(self, found: Rewriting, numbers: frozenset[int]) -> None:
        """Withhold every protected name in a text, and each word of the names of these people."""
        for id_, printed in self.ids.items():
            if id_ in found.text:
                matches = re.finditer(_whole_id(id_), found.text)
                found.replace([Edit(*match.span(), printed) for match in matches])
        found.replace(self._whole.edits(found.text))
        found.replace(self.words_of(numbers).edits(found.text))

    def without(self, text: str, numbers: frozenset[int]) -> str:
        """A text without them, where nothing counts its characters."""
        return self.words_of(numbers).mask(self.text(text))

    def named_in(self, text: str) -> frozenset[int]:
        """The people whose names stand in a text, by their numbers."""
        return frozenset(number for _, _, number in self._whole.found(text))

    def present(self, record: dict[str, Any]) -> frozenset[int]:
        """The people whom a record names, by their numbers."""
        also = self._also.get(record.get("id", ""), frozenset())
        return also.union(self._numbers[name] for name in _actors_of(record) if name in self._numbers)

    def field(self, record: dict[str, Any], path: str) -> str:
        """The path of a field of a record, in which a name or an id may stand: ``actors.NAME``."""
        first, dot, rest = path.partition(".")
        words = self.words_of(self.present(record))
        return first + dot + str(self._walk(rest, _KEY_OF.get(first, first), words))

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record, masked in every text that it holds."""
        words = self.words_of(self.present(record))
        masked: dict[str, Any] = self._walk(record, "", words)
        if isinstance(record.get("id"), str):
            masked["id"] = words.mask(masked["id"], bare=True)
        return masked

    def part(self, value: Any, key: str, numbers: frozenset[int]) -> Any:
        """What stands under a key in a record that names these people, masked."""
        return self._walk(value, key, self.words_of(numbers))

    def words_of(self, numbers: frozenset[int]) -> _Forms:
        """What masks each word of the names of these people."""
        if numbers not in self._words:
            forms = ((word, number) for form, number in self._numbers.items() for word in _words(form))
            mine = ((word, number) for word, number in forms if number in numbers)
            self._words[numbers] = _Forms(mine, self._word)
        return self._words[numbers]

    def _without_ids(self, text: str) -> str:
        for id_, printed in self.ids.items():
            if id_ in text:
                text = re.sub(_whole_id(id_), printed.replace("\\", ""), text)  # an id has no backslash
        return text

    def _walk(self, value: Any, key: str, words: _Forms) -> Any:
        if isinstance(value, list):
            return [self._walk(one, key, words) for one in value]
        if isinstance(value, dict):
            return {name: self._walk(one, name, words) for name, one in value.items()}
        if not isinstance(value, str) or key in CLOSED:
            return value
        if key in IDS:
            bare = self._whole.mask(self.ids.get(value, value), bare=True)
            return bare if key == "event" else words.mask(bare, bare=True)
        return self._whole.mask(value) if key in NAMES else words.mask(self.text(value))


class _Forms:
    """Names or words, and whose they are; compiled when the first text is masked."""

    def __init__(self, forms: Iterable[tuple[str, int]], word: str) -> None:
        self._word = word
        self._numbers = {_folded(form)[0].strip(): number for form, number in forms}
        self._numbers.pop("", None)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Over folded text, in which a single space stands for all that is no letter, mark or digit."""
        return re.compile("|".join(_bounded(form) for form in sorted(self._numbers, key=len, reverse=True)))

    @cached_property
    def _by_letters(self) -> dict[str, int]:
        return {form.replace(" ", ""): number for form, number in self._numbers.items()}

    def mask(self, text: str, *, bare: bool = False) -> str:
        """The text with each of these forms as its placeholder, for an id a bare one."""
        return apply_edits(text, self.edits(text, bare=bare))

    def edits(self, text: str, *, bare: bool = False) -> list[Edit]:
        """What `mask` replaces, in its order."""
        shape = "{}-{}" if bare else "[{}-{}]"
        return [Edit(start, end, shape.format(self._word, number)) for start, end, number in self.found(text)]

    def found(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Where these forms stand in a text, and whose they are; what is masked already stays."""
        if not self._numbers:
            return
        if self._word not in text:
            yield from self._found(text, 0)
            return
        own, start = "|".join(str(number) for number in set(self._numbers.values())), 0
        for at, part in enumerate(re.split(rf"(\[?{self._word}-(?:{own})(?!\d)\]?)", text)):
            if at % 2 == 0:
                yield from self._found(part, start)
            start += len(part)

    def _found(self, text: str, offset: int) -> Iterator[tuple[int, int, int]]:
        folded, places = _folded(text)
        for match in self._pattern.finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Cf"}:
                end += 1
            yield start + offset, end + offset, self._by_letters[match.group().replace(" ", "")]


def _whole_id(id_: str) -> str:
    return rf"(?<![\w.-]){re.escape(id_)}(?![\w-])"


def check_names(forms: Iterable[str]) -> None:
    """Refuse to protect a name that is too short to be told from other words.

    Raises:
        DataError: a name has fewer than two letters.
    """
    for form in forms:
        if len(re.sub(r"\s", "", scripts.plain(form))) < 2:
            raise DataError(f"the name {form!r} is too short to be protected: it would mask every such letter")


def restored(value: dict[str, Any], before: dict[str, Any] | None, masker: Masker | None) -> dict[str, Any]:
    """A record that was printed masked, with what is stored wherever it says what was printed.

    Where a text was changed around a placeholder, the placeholder becomes the actor's name again.
    """
    if masker is None:
        return value
    found: dict[str, Any] = _restore(value, masker.record(before) if before else None, before, masker.names)
    return found


def without_placeholders(text: str) -> str:
    """A masked text without its placeholders: of it an id can be made."""
    return re.sub(_PLACEHOLDER, " ", text)


def bare_id(text: str) -> str:
    """An id as it is printed in a record, from one as it is printed in a sentence."""
    return re.sub(_PLACEHOLDER, r"protected-\1", text)


def _restore(given: Any, printed: Any, stored: Any, known: dict[int, str]) -> Any:
    if printed is not None and given == printed:
        return stored
    if isinstance(given, dict):
        alike = isinstance(printed, dict)
        return {
            key: _restore(one, printed.get(key) if alike else None, stored.get(key) if alike else None, known)
            for key, one in given.items()
        }
    if isinstance(given, list):
        pairs = list(zip(printed, stored, strict=True)) if isinstance(printed, list) else []
        return [
            _restore(one, *next((pair for pair in pairs if pair[0] == one), _beside(pairs, at)), known)
            for at, one in enumerate(given)
        ]
    if isinstance(given, str) and "[protected-" in given:
        return re.sub(_PLACEHOLDER, lambda found: known.get(int(found[1]), found[0]), given)
    return given


def _beside(pairs: list[tuple[Any, Any]], at: int) -> tuple[Any, Any]:
    return pairs[at] if at < len(pairs) else (None, None)


def _words(form: str) -> list[str]:
    return [word for word in scripts.plain(form).split() if len(word) > 1]


def _actors_of(record: dict[str, Any]) -> list[str | None]:
    named = [person["name"] for person in record.get("actors") or []]
    for owner in record.get("owners") or []:
        named += [owner["name"], owner["stated_by"]]
    return [*named, record.get("name"), *(record.get("aliases") or [])]


def _bounded(form: str) -> str:
    inside = "".join(
        " ?"
        if char == " " and scripts.is_unspaced(form[at - 1]) and scripts.is_unspaced(form[at + 1])
        else re.escape(char)
        for at, char in enumerate(form)
    )
    before = "" if scripts.is_unspaced(form[0]) else rf"(?:(?<={scripts.UNSPACED})|(?<![^\W_]))"
    after = "" if scripts.is_unspaced(form[-1]) else rf"(?!(?!{scripts.UNSPACED})[^\W_])"
    return before + inside + after


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place in the text that it came from."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(re.sub("%(20|2B|2D|5F)", "   ", text, flags=re.IGNORECASE) if "%" in text else text):
        for folded in char.lower() if char.isascii() else scripts.plain(char) or _mark(char):
            plain = folded if folded.isalnum() or unicodedata.category(folded)[0] == "M" else " "
            if plain == " " and out and out[-1] == " ":
                continue
            out.append("\u178a" if plain == "\u178f" and out and out[-1] == "\u17d2" else plain)
            places.append(place)
    return "".join(out), places


def _mark(char: str) -> str:
    """Nothing for what is invisible or a diacritic, else a space."""
    return "" if not scripts.clean(char) or unicodedata.category(char) in {"Mn", "Cf"} else " "
