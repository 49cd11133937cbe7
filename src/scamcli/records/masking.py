"""Mask the names of victims and witnesses in everything that is printed or written.

A protected name is found in every form that `name_finder` knows. In a record that names the actor, even if only in a
text, each single word of the name is masked too; a word that several of them share is masked without a number, because
nobody knows whom it means. Only the database contains the real name. This module uses no database: the caller says who
is protected.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from scamcli.errors import DataError, quote
from scamcli.language import folding, scripts
from scamcli.language.vocabulary import METRICS
from scamcli.records.claims import CLAIMS
from scamcli.records.name_finder import Match, NameFinder
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
"""Keys whose values are dates or words of closed lists. They name nobody, and masked values could not be imported."""

ID_KEYS = frozenset({"id", "part_of", "of", "event", "figure", "metric"})
"""Keys of ids. Placeholders in them have no brackets, so that the result is a valid id."""

_FIGURE_ID_KEYS = frozenset({"figure", "part_of", "of"})

NAME_KEYS = frozenset({"name", "aliases", "member_of", "stated_by", "outlet", "via", "by"})
"""Keys of whole names. A name that shares only a word with a protected name is a different name."""

_NAMING_KEY = {"actors": "name", "sources": "outlet", "figures": "figure", "links": "event"}
"""For lists of a record, the key whose value identifies an item in the path of a field."""

_ID = r"(?<![\w.-])[\w.-]+"
"""A pattern for what may be the id of an event in a text."""

PLACEHOLDER = r"\[?protected-(\d{1,9})\]?"
"""A pattern for the placeholder of a person, with its number."""

_QUOTATION, _MAY_BE_CUT = r'"([^"]*)"', 30
"""What a message quotes, and how many characters it has at least if it is the beginning of a long value."""

_SIGN = r"[@/\\_:]"
"""Signs in addresses, handles and paths. They are in some names, too: Kumar a/l Rajan, Tan Ah Kow @ Lim Beng."""

ANYBODY = 0
"""The number for a word of a name that several people share."""


class Masker:
    """Masks the names of the protected actors of one timeline.

    Args:
        people: the protected actors.
        ids: printed forms by event id, for ids that contain a word of a protected name.
        word: the first part of every placeholder.
        also: by event id, further people, each word of whose names is masked although the record does not name them.
        kept: names of others that stay, although they are a form of a protected name: "K. Sok", recorded for Kim Sok.
    """

    def __init__(
        self,
        people: Sequence[Protected],
        ids: Mapping[str, str] | None = None,
        word: str = "protected",
        also: Mapping[str, frozenset[int]] | None = None,
        kept: Iterable[str] = (),
    ) -> None:
        self.word = word
        self._also = also or {}
        self.names = {person.number: person.name for person in people}
        self.ids: Mapping[str, str] = ids or {}
        self._numbers = {form: person.number for person in people for form in person.forms}
        self.forms = {person.number: person.forms for person in people}
        self._kept = frozenset(kept)
        self._whole = Names(self._numbers.items(), word, kept=self._kept)
        self._words: dict[frozenset[int], Names] = {}
        self._metric_numbers: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return the text with every protected name replaced by ``[protected-N]``."""
        return self._whole.mask(apply_edits(text, self._id_edits(text)))

    def text_in(self, record: Mapping[str, object], text: str) -> str:
        """Mask a text from a record or about it, including every word of the names of its protected actors."""
        return self.without(text, self.present(record))

    def rewrite(self, rewriting: Rewriting, numbers: frozenset[int]) -> None:
        """Mask in place every protected name in a text, and each word of the names of the given people."""
        rewriting.replace(self._id_edits(rewriting.text))
        rewriting.replace(self._whole.edits(rewriting.text))
        rewriting.replace(self.words_of(numbers).edits(rewriting.text))

    def without(self, text: str, numbers: frozenset[int]) -> str:
        """Return the text with every protected name, and each word of the names of the given people, masked."""
        return self.words_of(numbers).mask(self.text(text))

    def named_in(self, text: str) -> frozenset[int]:
        """Return the numbers of the people whose names occur in a text."""
        return frozenset(number for _, _, number in self._whole.find(text))

    def present(self, record: Mapping[str, object]) -> frozenset[int]:
        """Return the numbers of the protected people whom a record names, as an actor or in full in any text."""
        also = self._also.get(str(record.get("id", "")), frozenset())
        return also.union(
            (self._numbers[name] for name in _actor_names(record) if name in self._numbers),
            # A sentence between two texts keeps the end of one and the beginning of the next from being one name.
            self.named_in("\n\n.\n\n".join(texts_of(record, ""))),
            self._named_by_metrics(record),
        )

    def field(self, record: Mapping[str, object], path: str) -> str:
        """Mask the path of a field of a record, which may contain a name or an id: ``actors.NAME``."""
        first, dot, rest = path.partition(".")
        words = self.words_of(self.present(record))
        return first + dot + str(self._walk(rest, _NAMING_KEY.get(first, first), words))

    def record(self, record: AnyRecord) -> AnyRecord:
        """Return a copy of a record with every text in it masked."""
        words = self.words_of(self.present(record))
        masked = cast("dict[str, object]", self._walk(record, "", words))
        if record.get("type") == "metric":
            masked["name"] = self.metric(str(record["name"]))
        return cast("AnyRecord", masked)

    def values(self, row: AnyRecord) -> AnyRecord:
        """Return a row, such as a record, with every protected name in its values masked."""
        return cast("AnyRecord", self.part(row, "", frozenset()))

    def metric(self, name: str) -> str:
        """Mask the name of a metric, which is a freely chosen id unless the metric is built in.

        No record says whom a metric is about, so each word of every protected name is masked.
        """
        if name in METRICS or not self.touches(name):
            return name
        printed = self._all_words().mask(self._whole.mask(name, bare=True), bare=True)
        return printed if printed == name else printed + self._metric_numbers.get(name, "")

    def about_metric(self, name: str, text: str) -> str:
        """Mask a text about a metric, such as its unit, with each word of a name that is in the name of the metric."""
        return self.without(text, self._named_by_metrics({"figures": [{"metric": name}]}))

    def figure_id(self, id_: str) -> str:
        """Mask the id of a figure, also where another event refers to it, with each word of every protected name."""
        return self._all_words().mask(self._whole.mask(id_, bare=True), bare=True) if self.touches(id_) else id_

    def number_metrics(self, names: Iterable[str]) -> None:
        """Give numbers to metrics that only a masked word tells apart, so that each is printed under its own name."""
        printed = Counter[str]()
        for name in sorted(names):
            masked = self.metric(name)
            printed[masked] += 1
            if masked != name and printed[masked] > 1:
                self._metric_numbers[name] = f"-{printed[masked]}"

    def part(self, value: object, key: str, numbers: frozenset[int]) -> object:
        """Mask the value of a key in a record that names the given people."""
        return self._walk(value, key, self.words_of(numbers))

    def add(self, person: Protected) -> None:
        """Also mask the names of a further person, or further names of a person."""
        self.names[person.number] = person.name
        self.forms[person.number] = (*self.forms.get(person.number, ()), *person.forms)
        for form in person.forms:
            self._numbers[form] = person.number
            self._whole.add(form, person.number)
        self._words.clear()

    def knows(self, name: str) -> bool:
        """Return whether somebody of this name is protected."""
        return name in self._numbers

    def read_ids(self) -> None:
        """Look up all ids that are printed differently now, before the database is closed."""
        self.ids = dict(self.ids)

    def touches(self, text: str) -> bool:
        """Return whether a text may contain a protected name or a word of one."""
        return self._whole.touches(text)

    def whole_id(self, id_: str) -> str:
        """Mask whole names in an id."""
        return self._whole.mask(id_, bare=True)

    def own_id(self, record: Mapping[str, object]) -> str:
        """Return the printable form of an event's id."""
        return self.words_of(self.present(record)).mask(self.whole_id(str(record["id"])), bare=True)

    def words_of(self, numbers: frozenset[int]) -> Names:
        """Return the forms that mask each single word of the names of the given people."""
        if numbers not in self._words:
            forms = [(form, number) for number in sorted(numbers) for form in self.forms[number]]
            words = [(word, number) for form, number in forms for word in words_in(form)]
            self._words[numbers] = Names(words, self.word, are_words=True, kept=self._kept)
        return self._words[numbers]

    def cut(self, message: str) -> str:
        """Mask the long quotations in a message, which may have been cut within a name.

        There, each word of every name counts, and so does the beginning of one at the end.
        """
        return re.sub(
            _QUOTATION, lambda found: f'"{self._cut(found[1])}"' if len(found[1]) >= _MAY_BE_CUT else found[0], message
        )

    def _cut(self, text: str) -> str:
        """Mask a text that may end within a name."""
        rest, space, last = self._all_words().mask(self.text(text)).rpartition(" ")
        beginning = scripts.plain(last.rstrip("…"))
        words = (word for forms in self.forms.values() for form in forms for word in words_in(form))
        is_of_name = beginning and any(word.startswith(beginning) for word in words)
        return f"{rest}{space}{f'[{self.word}]' if is_of_name else last}"

    def _all_words(self) -> Names:
        return self.words_of(frozenset(self.names))

    def _named_by_metrics(self, record: Mapping[str, object]) -> frozenset[int]:
        """Return the people a word of whose name is in the metric of a figure, and so perhaps in the figure's id."""
        figures = cast("list[Mapping[str, object]]", record.get("figures") or [])
        names = {str(figure.get("metric")) for figure in figures} - METRICS.keys()
        own = [name for name in names if self.touches(name)]
        return frozenset(number for name in own for number in self._all_words().people(name))

    def _id_edits(self, text: str) -> list[Edit]:
        """Return the edits that replace event ids which are printed differently in a text."""
        # Such an id contains a word of a name, unless the event itself was removed.
        if not self.ids or not (self.touches(text) or not self.names):
            return []
        found = []
        for match in re.finditer(_ID, text):
            ends = [*(dot.start() for dot in re.finditer(r"\.", match[0])), len(match[0])]
            for end in reversed(ends):  # the id may be "1999-a.b", or "1999-a" at the end of a sentence
                printed = self.ids.get(match[0][:end])
                if printed is not None:
                    found.append(Edit(match.start(), match.start() + end, printed))
                    break
        return found

    def _walk(self, value: object, key: str, words: Names) -> object:
        if isinstance(value, list):
            return [self._walk(one, key, words) for one in value]
        if isinstance(value, dict):
            own_id = "figure" if "metric" in value else "id"  # of a figure or of an event
            return {name: self._walk(one, own_id if name == "id" else name, words) for name, one in value.items()}
        if not isinstance(value, str) or key in CLOSED_KEYS:
            return value
        if key in ID_KEYS:
            if key == "metric" or value in self._metric_numbers:  # an id of a figure is often that of its metric
                return self.metric(value)
            if key in _FIGURE_ID_KEYS:
                return self.figure_id(value)
            bare = self._whole.mask(self.ids.get(value, value), bare=True)
            return bare if key == "event" else words.mask(bare, bare=True)
        return self._whole.mask(value) if key in NAME_KEYS else words.mask(self.text(value))


class Names:
    """Names or words to mask, with the numbers of the people they belong to.

    Args:
        forms: the names or words, with the number of a person.
        word: the first part of every placeholder.
        are_words: whether they are single words of names, which several people may share.
        kept: names of others, in which nothing is masked.
    """

    def __init__(
        self, forms: Iterable[tuple[str, int]], word: str, *, are_words: bool = False, kept: Iterable[str] = ()
    ) -> None:
        forms = list(forms)
        self._kept = "|".join(map(_as_pattern, sorted(kept, key=len, reverse=True)))
        self._are_words = are_words
        self._shared: dict[tuple[str, ...], set[int]] = {}
        if are_words:
            for form, number in forms:
                for reading in folding.readings(form):
                    self._shared.setdefault(reading, set()).add(number)
            forms = [(form, ANYBODY if len(self._sharing(form)) > 1 else number) for form, number in forms]
        self._forms = dict(forms)
        self._owners = set(self._forms.values())
        self._word = word

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self._forms.items(), are_words=self._are_words)

    def add(self, form: str, number: int) -> None:
        """Mask another name."""
        if form not in self._forms:
            self._finder.add(form, number)
            self._owners.add(number)
        self._forms[form] = number

    def touches(self, text: str) -> bool:
        """Return whether a text may contain any of them, or one of their words."""
        return self._finder.touches(text)

    def mask(self, text: str, *, bare: bool = False) -> str:
        """Replace each name by its placeholder, which has no brackets if ``bare``."""
        return apply_edits(text, self.edits(text, bare=bare))

    def edits(self, text: str, *, bare: bool = False) -> list[Edit]:
        """Return the replacements that `mask` makes, in order."""
        shape, anybody = ("{}-{}", f"{self._word}-{ANYBODY}") if bare else ("[{}-{}]", f"[{self._word}]")
        return [
            Edit(start, end, shape.format(self._word, number) if number != ANYBODY else anybody)
            for start, end, number in self.find(text)
        ]

    def people(self, text: str) -> Iterator[int]:
        """Yield the numbers of the people whose names or words are in a text."""
        for start, end, number in self.find(text):
            yield from (number,) if number != ANYBODY else sorted(self._sharing(text[start:end]))

    def _sharing(self, form: str) -> set[int]:
        return set[int]().union(*(self._shared.get(reading, ()) for reading in folding.readings(form)))

    def find(self, text: str) -> Iterator[Match]:
        """Yield the names in a text in order, ignoring existing placeholders."""
        if not self._forms:
            return
        start = 0
        # A protected name may itself contain the word of the placeholder, so existing ones are split off first.
        for placeholder in re.finditer(rf"\[?{self._word}-(\d+)\]?", text) if self._word in text else ():
            if int(placeholder[1]) in self._owners:
                yield from self._find(text, start, placeholder.start())
                start = placeholder.end()
        yield from self._find(text, start, len(text))

    def _find(self, text: str, start: int, end: int) -> Iterator[Match]:
        kept = [one.span() for one in re.finditer(f"(?i:{self._kept})", text)] if self._kept else []
        for match in self._finder.find(text[start:end]):
            if any(first <= match.start + start and match.end + start <= last for first, last in kept):
                continue
            yield Match(match.start + start, match.end + start, match.number)


def check_names(forms: Iterable[str]) -> None:
    """Refuse names that are too short to be protected.

    Raises:
        DataError: a name has fewer than two letters or digits.
    """
    for form in forms:
        if len(re.sub(r"\s", "", scripts.plain(form))) < 2:
            raise DataError(f"The name {quote(form)} is too short to be protected: every such letter would be masked.")


def without_placeholders(text: str) -> str:
    """Remove the placeholders from a masked text, so that an id can be made from it."""
    return re.sub(PLACEHOLDER, " ", text)


def is_placeholder(text: str) -> bool:
    """Return whether a text is the placeholder of a name and nothing else."""
    return text.startswith("[protected-") and re.fullmatch(r"\[protected-\d+\]", text) is not None


def bare_id(text: str) -> str:
    """Return an id in the form used in records, given the form used in sentences."""
    return re.sub(PLACEHOLDER, r"protected-\1", text)


def _as_pattern(name: str) -> str:
    """Return a pattern for a name that is no part of a longer word, in scripts that separate words."""
    before = "" if re.match(folding.EMBEDDED, name[0]) else r"(?<!\w)"
    after = "" if re.match(folding.EMBEDDED, name[-1]) else r"(?!\w)"
    return before + re.escape(name) + after


def words_in(form: str) -> list[str]:
    """Return the words of a name, without initials and numbers; those with marks in them both divided and whole.

    An address, a handle or a telephone number has none: it is only found whole. Masked by itself, each "com" of an
    address and each "12" of "Witness 12" would take something else out of a record.
    """
    pieces = form.split()
    if len(pieces) == 1 and re.search(r"\d", form):
        return []
    form = " ".join(piece.rstrip(":") for at, piece in enumerate(pieces) if _is_of_name(piece, is_first=at == 0))
    whole = (word for reading in folding.readings(form)[1:] for word in reading)
    words = dict.fromkeys([*scripts.plain(form).split(), *whole])
    return [word for word in words if len(word) > 1 and not word.isdecimal()]


def _is_of_name(piece: str, *, is_first: bool) -> bool:
    """Return whether a piece of a name between spaces is of the name itself, and no address, handle, label or "s/o"."""
    if (is_first and piece.endswith(":")) or piece.startswith("@") or not any(map(str.isalpha, piece)):
        return False
    parts = re.split(_SIGN, re.sub(rf"^{_SIGN}+|{_SIGN}+$", "", piece))
    are_words = all(part.isalpha() and part[0] == part[0].upper() for part in parts)
    return len(parts) == 1 or (are_words and max(map(len, parts)) > 1)


def texts_of(value: object, key: str) -> Iterator[str]:
    """Yield the texts of a record that may contain a name."""
    if isinstance(value, str):
        if key not in CLOSED_KEYS:
            yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one, key)


def _actor_names(record: Mapping[str, object]) -> list[str]:
    lists = ("actors", *CLAIMS)
    people = [one for key in lists for one in cast("list[dict[str, str]]", record.get(key) or [])]
    names = [person[key] for person in people for key in ("name", "stated_by") if key in person]
    return [*names, str(record.get("name")), *cast("list[str]", record.get("aliases") or [])]
