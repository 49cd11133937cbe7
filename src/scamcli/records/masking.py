"""Masking: the names of victims and witnesses are replaced in everything that is printed or written.

A protected name is found after folding case, diacritics and zero-width characters: as a whole word, and anywhere inside
scripts that are written without spaces. In a record that names the actor, each single word of the name is masked too.
Only the database holds the name. This module knows no database: the caller says who is protected.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from scamcli.errors import DataError, quote
from scamcli.language import scripts
from scamcli.language.vocabulary import METRICS
from scamcli.records.text_edits import Edit, Rewriting, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Protected(NamedTuple):
    """A protected actor: the number of its placeholder, its name, and every form of its name."""

    number: int
    name: str
    forms: tuple[str, ...]


AnyRecord = TypeVar("AnyRecord", bound="Mapping[str, object]")

CLOSED_KEYS = frozenset({
    "type", "kind", "role", "status", "count", "split", "precision", "country", "countries", "province", "provinces",
    "date", "period", "published", "accessed", "match", "start", "end",
})  # fmt: skip
"""Keys whose values are dates or closed words: they name nobody, and a masked value could not be imported."""

ID_KEYS = frozenset({"id", "part_of", "of", "event", "figure", "metric"})
"""Keys that hold ids. Their placeholder has no brackets, so that it is a valid id too."""

NAME_KEYS = frozenset({"name", "aliases", "member_of", "stated_by", "outlet", "via", "by"})
"""Keys that hold a whole name. Sharing one word with a protected name does not make it that name."""

_NAMING_KEY = {"actors": "name", "sources": "outlet", "figures": "figure", "links": "event"}
"""For lists of a record whose items a path names: the key whose value names them."""

_PLACEHOLDER = r"\[?protected-(\d{1,9})\]?"


class Masker:
    """Masks the names of the protected actors of one timeline.

    Args:
        people: the protected actors.
        ids: event ids that contain a word of a protected name, with the form in which they are printed.
        word: the first part of every placeholder.
        also: by event id, further people whose every word is masked although the record does not name them.
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
        """Return the text with every protected name replaced by ``[protected-N]``."""
        return self._whole.mask(self._without_ids(text))

    def text_in(self, record: Mapping[str, object], text: str) -> str:
        """Mask a text from a record or about it, including every word of the names of its protected actors."""
        return self.without(text, self.present(record))

    def rewrite(self, rewriting: Rewriting, numbers: frozenset[int]) -> None:
        """Mask every protected name in a text in place, and each word of the names of the given people."""
        for id_, printed in self.ids.items():
            if id_ in rewriting.text:
                matches = re.finditer(_whole_id(id_), rewriting.text)
                rewriting.replace([Edit(*match.span(), printed) for match in matches])
        rewriting.replace(self._whole.edits(rewriting.text))
        rewriting.replace(self.words_of(numbers).edits(rewriting.text))

    def without(self, text: str, numbers: frozenset[int]) -> str:
        """Return the text with every protected name, and each word of the names of the given people, masked."""
        return self.words_of(numbers).mask(self.text(text))

    def named_in(self, text: str) -> frozenset[int]:
        """Return the numbers of the people whose names occur in a text."""
        return frozenset(number for _, _, number in self._whole.find(text))

    def present(self, record: Mapping[str, object]) -> frozenset[int]:
        """Return the numbers of the protected people whom a record names."""
        also = self._also.get(str(record.get("id", "")), frozenset())
        return also.union(self._numbers[name] for name in _actor_names(record) if name in self._numbers)

    def field(self, record: Mapping[str, object], path: str) -> str:
        """Mask the path of a field of a record, which may contain a name or an id: ``actors.NAME``."""
        first, dot, rest = path.partition(".")
        words = self.words_of(self.present(record))
        return first + dot + str(self._walk(rest, _NAMING_KEY.get(first, first), words))

    def record(self, record: AnyRecord) -> AnyRecord:
        """Return a copy of a record with every text in it masked."""
        words = self.words_of(self.present(record))
        masked = cast("dict[str, object]", self._walk(record, "", words))
        if isinstance(record.get("id"), str):
            masked["id"] = words.mask(str(masked["id"]), bare=True)
        if record.get("type") == "metric":
            masked["name"] = self.metric(str(record["name"]))
        return cast("AnyRecord", masked)

    def values(self, row: AnyRecord) -> AnyRecord:
        """Return a row, such as a record, with every protected name in its values masked."""
        return cast("AnyRecord", self.part(row, "", frozenset()))

    def metric(self, name: str) -> str:
        """Mask the name of a metric. The names of those that are not built in are ids, and anybody may choose them."""
        return str(self.part(name, "metric", frozenset()))

    def part(self, value: object, key: str, numbers: frozenset[int]) -> object:
        """Mask the value of a key in a record that names the given people."""
        return self._walk(value, key, self.words_of(numbers))

    def words_of(self, numbers: frozenset[int]) -> _Forms:
        """Return the forms that mask each single word of the names of the given people."""
        if numbers not in self._words:
            forms = [(form, number) for form, number in self._numbers.items() if number in numbers]
            self._words[numbers] = _Forms(
                ((word, number) for form, number in forms for word in _words(form)), self._word
            )
        return self._words[numbers]

    def _without_ids(self, text: str) -> str:
        for id_, printed in self.ids.items():
            if id_ in text:
                text = re.sub(_whole_id(id_), printed.replace("\\", ""), text)  # no escapes: ids have no backslash
        return text

    def _walk(self, value: object, key: str, words: _Forms) -> object:
        if isinstance(value, list):
            return [self._walk(one, key, words) for one in value]
        if isinstance(value, dict):
            return {name: self._walk(one, name, words) for name, one in value.items()}
        if not isinstance(value, str) or key in CLOSED_KEYS:
            return value
        if key in ID_KEYS:
            bare = self._whole.mask(self.ids.get(value, value), bare=True)
            if key == "metric" and value in METRICS:
                return value  # built in, so it names nobody
            return bare if key in {"event", "metric"} else words.mask(bare, bare=True)
        return self._whole.mask(value) if key in NAME_KEYS else words.mask(self.text(value))


class _Forms:
    """Names or words with the number of their owner. The pattern is compiled when the first text is masked."""

    def __init__(self, forms: Iterable[tuple[str, int]], word: str) -> None:
        self._word = word
        self._numbers = {_fold(form)[0].strip(): number for form, number in forms}
        self._numbers.pop("", None)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A pattern over folded text, in which one space replaces whatever is not a letter, mark or digit."""
        return re.compile("|".join(_bounded(form) for form in sorted(self._numbers, key=len, reverse=True)))

    @cached_property
    def _by_letters(self) -> dict[str, int]:
        """Owners by form without spaces, since a match may lack the spaces of the form."""
        return {form.replace(" ", ""): number for form, number in self._numbers.items()}

    def mask(self, text: str, *, bare: bool = False) -> str:
        """Replace each form by its placeholder, which is without brackets where ``bare``."""
        return apply_edits(text, self.edits(text, bare=bare))

    def edits(self, text: str, *, bare: bool = False) -> list[Edit]:
        """Return the replacements that `mask` makes, in order."""
        shape = "{}-{}" if bare else "[{}-{}]"
        return [Edit(start, end, shape.format(self._word, number)) for start, end, number in self.find(text)]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the start, end and owner of each form in a text; existing placeholders are left alone."""
        if not self._numbers:
            return
        if self._word not in text:
            yield from self._find(text, 0)
            return
        # A protected name may itself contain the word of the placeholder, so existing ones are split off first.
        own, start = "|".join(str(number) for number in set(self._numbers.values())), 0
        for at, part in enumerate(re.split(rf"(\[?{self._word}-(?:{own})(?!\d)\]?)", text)):
            if at % 2 == 0:
                yield from self._find(part, start)
            start += len(part)

    def _find(self, text: str, offset: int) -> Iterator[tuple[int, int, int]]:
        folded, places = _fold(text)
        for match in self._pattern.finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Cf"}:
                end += 1
            yield start + offset, end + offset, self._by_letters[match.group().replace(" ", "")]


def _whole_id(id_: str) -> str:
    return rf"(?<![\w.-]){re.escape(id_)}(?![\w-])"


def check_names(forms: Iterable[str]) -> None:
    """Refuse names that are too short to be protected.

    Raises:
        DataError: a name has fewer than two letters or digits.
    """
    for form in forms:
        if len(re.sub(r"\s", "", scripts.plain(form))) < 2:
            raise DataError(f"The name {quote(form)} is too short to be protected: every such letter would be masked.")


def restored(value: AnyRecord, before: Mapping[str, object] | None, masker: Masker | None) -> AnyRecord:
    """Undo the masking of a record that was printed and then edited.

    Every value that still equals what was printed becomes the stored value again. In a text that was changed, each
    placeholder becomes the name of its actor. ``before`` is the stored record, if there is one.
    """
    if masker is None:
        return value
    return cast("AnyRecord", _restore(value, masker.record(before) if before else None, before, masker.names))


def without_placeholders(text: str) -> str:
    """Remove the placeholders from a masked text, so that an id can be made from it."""
    return re.sub(_PLACEHOLDER, " ", text)


def bare_id(text: str) -> str:
    """Return an id as records print it, given the form in which sentences print it."""
    return re.sub(_PLACEHOLDER, r"protected-\1", text)


def _restore(given: object, printed: object, stored: object, names: dict[int, str]) -> object:
    if printed is not None and given == printed:
        return stored
    if isinstance(given, dict):
        printed_items = printed if isinstance(printed, dict) else {}
        stored_items = stored if isinstance(printed, dict) and isinstance(stored, dict) else {}
        return {key: _restore(one, printed_items.get(key), stored_items.get(key), names) for key, one in given.items()}
    if isinstance(given, list):
        pairs: list[tuple[object, object]] = []
        if isinstance(printed, list) and isinstance(stored, list):
            pairs = list(zip(printed, stored, strict=True))
        restored_items = []
        for at, one in enumerate(given):
            # An item is the one that was printed like it, wherever it is now, or else the one in its place.
            in_place = pairs[at] if at < len(pairs) else (None, None)
            was_printed, was_stored = next((pair for pair in pairs if pair[0] == one), in_place)
            restored_items.append(_restore(one, was_printed, was_stored, names))
        return restored_items
    if isinstance(given, str) and "[protected-" in given:
        return re.sub(_PLACEHOLDER, lambda match: names.get(int(match[1]), match[0]), given)
    return given


def _words(form: str) -> list[str]:
    return [word for word in scripts.plain(form).split() if len(word) > 1]


def _actor_names(record: Mapping[str, object]) -> list[str]:
    people = [one for key in ("actors", "owners") for one in cast("list[dict[str, str]]", record.get(key) or [])]
    names = [person[key] for person in people for key in ("name", "stated_by") if key in person]
    return [*names, str(record.get("name")), *cast("list[str]", record.get("aliases") or [])]


def _bounded(form: str) -> str:
    """Return a pattern for a form that ends at word boundaries, except next to scripts without spaces."""
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
def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text as it is compared, and for each of its characters the position it came from."""
    out: list[str] = []
    places: list[int] = []
    for place, char in enumerate(re.sub("%(20|2B|2D|5F)", "   ", text, flags=re.IGNORECASE) if "%" in text else text):
        for folded in char.lower() if char.isascii() else scripts.plain(char) or _separator(char):
            plain = folded if folded.isalnum() or unicodedata.category(folded)[0] == "M" else " "
            if plain == " " and out and out[-1] == " ":
                continue
            out.append("\u178a" if plain == "\u178f" and out and out[-1] == "\u17d2" else plain)
            places.append(place)
    return "".join(out), places


def _separator(char: str) -> str:
    """Return an empty text for an invisible character or a diacritic, and a space for any other."""
    return "" if not scripts.clean(char) or unicodedata.category(char) in {"Mn", "Cf"} else " "
