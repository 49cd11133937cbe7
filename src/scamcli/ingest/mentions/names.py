"""DOC names"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import words
from scamcli.language.countries import countries
from scamcli.language.gazetteer import provinces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.ingest.words import Sentence


class Mention(NamedTuple):
    """A name in a sentence.

    Attributes:
        kind: ``actor``, ``outlet``, ``site``, ``province``, ``town``, ``place`` (a town or region abroad), ``country``,
            ``people`` (a nationality of people) or ``adjective`` (of anything else).
        name: of an actor or site its own name, or the fullest form in the text; of a province, town or place its name;
            of a country its code; of people and an adjective the demonym as records write it.
        first: its first word in the sentence.
        last: the word after its last.
        within: a town's province, a place's country, a site's province if known, an actor's kind.
        rule: why it is one, in a few words.
        grade: how far that can be relied on.
        holds: the place that its own name names: Kandal in "Kandal provincial police".
    """

    kind: str
    name: str
    first: int
    last: int
    within: str | None
    rule: str
    grade: Grade
    holds: tuple[Mention, ...] = ()

    @property
    def code(self) -> str | None:
        """The country of a place."""
        if self.kind in ("province", "town"):
            return "KH"
        if self.kind == "place":
            return self.within
        return self.name if self.kind == "country" else None


class Name(NamedTuple):
    """Whose name a form is; the fields are those of a mention. ``exact`` forms are in capitals, as WHO
    is, a ``title`` has one at its last word too, and a ``lower`` form may have none.
    """

    kind: str
    name: str
    within: str | None = None
    rule: str = "known name"
    grade: Grade = Grade.SURE
    exact: bool = False
    lower: bool = False
    title: bool = False

    def at(self, first: int, last: int) -> Mention:
        """The mention of it by these words."""
        return Mention(self.kind, self.name, first, last, self.within, self.rule, self.grade)


class NameTable:
    """Names of one word or more, found by their first."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}

    def add(self, form: Sequence[str], name: Name) -> None:
        """Take a form, in lower case; one that is there already stays."""
        forms = self._by_first.setdefault(form[0], [])
        key = tuple(form)
        at = 0
        for other, _ in forms:
            if other == key:
                return
            if len(other) < len(key):
                break
            at += 1
        forms.insert(at, (key, name))

    def at(self, tagged: TaggedSentence, first: int) -> tuple[int, Name] | None:
        """The word after the longest name that begins here, and whose it is."""
        for form, name in self._by_first.get(tagged.lower[first], ()):
            last = first + len(form)
            if (last - first == 1 or tuple(tagged.lower[first:last]) == form) and _is_written_so(
                tagged, first, last, name
            ):
                return last, name
        return None

    def begins(self, word: str) -> bool:
        """Whether a form begins with that word."""
        return word in self._by_first

    def of(self, form: tuple[str, ...]) -> Name | None:
        """Whose a form is."""
        return next((name for other, name in self._by_first.get(form[0], ()) if other == form), None)

    def every(self) -> Iterator[tuple[tuple[str, ...], Name]]:
        """All forms."""
        return (entry for forms in self._by_first.values() for entry in forms)


class Match(NamedTuple):
    """DOC Match"""

    first: int
    last: int
    name: Name


class TaggedSentence(NamedTuple):
    """DOC TaggedSentence"""

    words: Sentence
    lower: list[str]
    caps: list[bool]
    matches: list[Match]
    kinds: list[str]

    def text(self, first: int, last: int) -> str:
        """DOC text"""
        parts, end = [], None
        for word in self.words[first:last]:
            if end is not None and word.start > end:
                parts.append(" ")
            parts.append(_UNDOTTED.get(word.text, word.text))
            end = word.end
        return "".join(parts)

    def glued(self, at: int) -> bool:
        """Whether nothing stands between a word and the one before it."""
        return 0 < at < len(self.lower) and self.words[at - 1].end == self.words[at].start

    def word(self, at: int) -> str:
        """The word in lower case; empty where there is none."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def is_cap(self, at: int) -> bool:
        """Whether the word there has a capital."""
        return 0 <= at < len(self.caps) and self.caps[at]


_UNDOTTED = {"U.S.": "US", "U.K.": "UK", "U.N.": "UN", "U.S.A.": "USA", "U.A.E.": "UAE"}


def split(form: str) -> list[str]:
    """The words of a name, in lower case, as sentences have them."""
    if form.replace(" ", "").replace("-", "").isalpha():
        return form.lower().replace("-", " - ").split()
    return [word.lower.replace("’", "'") for word in words(form)]


def is_acronym(form: str) -> bool:
    """Whether a form is written in capitals alone."""
    return form.isupper() and form.isascii() and len(form) <= 6


def _is_written_so(tagged: TaggedSentence, first: int, last: int, name: Name) -> bool:
    if name.exact:
        return tagged.words[first].text.isupper()
    if name.title and not tagged.caps[last - 1]:
        return False
    return name.lower or tagged.caps[first] or not tagged.words[first].text[0].isascii()


BODIES = lexicon.headings("bodies.known")
OUTLETS = lexicon.phrases("outlets.outlets")
WEAK_OUTLETS = lexicon.words("outlets.weak_outlets")
ABROAD = lexicon.headings("places.abroad")
SITES_ABROAD = lexicon.headings("places.sites_abroad")

PLURAL, ADJECTIVE = "plural", "adjective"
"""The two kinds of demonym, until the words around it are read."""


@cache
def known_names() -> NameTable:
    """All of them; of two that are spelled alike the first stays."""
    found = NameTable()
    for form, name in (*_cambodian(), *_outlets(), *_bodies(), *_sites(), *_countries(), *_abroad(), *_demonyms()):
        found.add(split(form), name)
    return found


def _demonyms() -> Iterator[tuple[str, Name]]:
    for country in countries().values():
        if country.demonym:
            adjective = Name(ADJECTIVE, country.demonym, country.code, "demonym")
            plural = Name(PLURAL, country.demonym, country.code, "people by their demonym")
            yield from ((form, adjective) for form in (country.demonym, *country.adjectives))
            yield from ((form, plural) for form in (*country.nouns, *country.plurals))


def _cambodian() -> Iterator[tuple[str, Name]]:
    for province in provinces():
        town = Name("town", "Sihanoukville", province.name, "town of the gazetteer")
        of_province = Name("province", province.name, None, "province of the gazetteer")
        for form in province.names:
            if form != province.iso:
                yield form, town if form in _TOWNS_TOO else of_province
        for form, place in province.town_spellings:
            yield form, Name("town", place.name, province.name, "town of the gazetteer")


_TOWNS_TOO = frozenset(
    {"Sihanoukville", "S'ville", "Kampong Saom", "Kampong Som", "Kompong Som", "Preah Sihanouk town"}
)
"""Names of a province that are its town's first."""


def _countries() -> Iterator[tuple[str, Name]]:
    for country in countries().values():
        name, exact = (Name("country", country.code, None, "name of a country", exact=flag) for flag in (False, True))
        for form in country.names:
            yield form, exact if is_acronym(form) else name


def _abroad() -> Iterator[tuple[str, Name]]:
    for form, code in ABROAD.items():
        yield form, Name("place", form, code, "place abroad", exact=is_acronym(form))


def _sites() -> Iterator[tuple[str, Name]]:
    return ((form, Name("site", form, None, "site of the field", title=True)) for form in SITES_ABROAD)


def _outlets() -> Iterator[tuple[str, Name]]:
    for entry in OUTLETS:
        for form in entry.split(";"):
            grade = Grade.UNSURE if form.casefold() in WEAK_OUTLETS else Grade.SURE
            yield (
                form,
                Name("outlet", entry, None, "outlet of the field", grade, is_acronym(form), title=_is_title(form)),
            )


def _bodies() -> Iterator[tuple[str, Name]]:
    for names, kind in BODIES.items():
        for form in names.split(";"):
            title = _is_title(form)
            yield form, Name("actor", names, kind, "body of the field", Grade.SURE, is_acronym(form), title=title)


def _is_title(form: str) -> bool:
    """Whether the last word has a capital."""
    return form[form.rfind(" ") + 1].isupper()
