"""What is found, and how names are looked up; nothing here reads a sentence by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import words

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


class Phrases:
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

    def at(self, seen: Seen, first: int) -> tuple[int, Name] | None:
        """The word after the longest name that begins here, and whose it is."""
        for form, name in self._by_first.get(seen.low[first], ()):
            last = first + len(form)
            if (last - first == 1 or tuple(seen.low[first:last]) == form) and _is_written_so(seen, first, last, name):
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


class Seen(NamedTuple):
    """A sentence as the rules look at it: its words, in lower case, and which of them have a capital."""

    words: Sentence
    low: list[str]
    caps: list[bool]

    def text(self, first: int, last: int) -> str:
        """These words as a name: spaces as in the text, abbreviations of countries without dots."""
        parts, end = [], None
        for word in self.words[first:last]:
            if end is not None and word.start > end:
                parts.append(" ")
            parts.append(_UNDOTTED.get(word.text, word.text))
            end = word.end
        return "".join(parts)

    def glued(self, at: int) -> bool:
        """Whether nothing stands between a word and the one before it."""
        return 0 < at < len(self.low) and self.words[at - 1].end == self.words[at].start

    def word(self, at: int) -> str:
        """The word in lower case; empty where there is none."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def cap(self, at: int) -> bool:
        """Whether the word there has a capital."""
        return 0 <= at < len(self.caps) and self.caps[at]


_UNDOTTED = {"U.S.": "US", "U.K.": "UK", "U.N.": "UN", "U.S.A.": "USA", "U.A.E.": "UAE"}


def see(sentence: Sentence) -> Seen:
    """Look at a sentence."""
    return Seen(
        sentence, [word.lower.replace("’", "'") for word in sentence], [word.text[0].isupper() for word in sentence]
    )


def split(form: str) -> list[str]:
    """The words of a name, in lower case, as sentences have them."""
    if form.replace(" ", "").replace("-", "").isalpha():
        return form.lower().replace("-", " - ").split()
    return [word.lower.replace("’", "'") for word in words(form)]


def is_acronym(form: str) -> bool:
    """Whether a form is written in capitals alone."""
    return form.isupper() and form.isascii() and len(form) <= 6


def _is_written_so(seen: Seen, first: int, last: int, name: Name) -> bool:
    if name.exact:
        return seen.words[first].text.isupper()
    if name.title and not seen.caps[last - 1]:
        return False
    return name.lower or seen.caps[first] or not seen.words[first].text[0].isascii()
