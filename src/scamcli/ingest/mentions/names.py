"""Define mentions, look up names, and provide the names that are known before an article is read."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import MENTIONS, OUTLETS, PLACES, TITLES
from scamcli.ingest.proposal import Grade, Reason, Span
from scamcli.ingest.words import Sentence, words
from scamcli.language.countries import countries
from scamcli.language.gazetteer import Place, divisions, provinces, resolve

HEADS = lexicon.headings("bodies.heads")
PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
SITE_HEADS = lexicon.headings("bodies.site_heads")

DATE_WORDS = frozenset(lexicon.numbers("calendar.months", 1)).union(lexicon.numbers("calendar.weekdays", 0))
NO_NAME = frozenset(word for word in DATE_WORDS if len(word) > 3 and word != "march") | (TITLES.ordinary - {"new"})
"""Words whose capital at the start of a sentence does not begin a name. "March" and "new" can begin names."""

_MAX_WORDS_TO_VERB = 14

PUBLISHER = "the publisher"
"""Rule of the name of the text's own outlet, which does not act in what it reports."""

PLACE_KINDS = frozenset({"province", "town", "place", "country"})
"""The kinds of mentions that are places."""


_OUTLETS, _WEAK_OUTLETS = lexicon.phrases("outlets.outlets"), OUTLETS.weak_outlets
_BODIES = lexicon.headings("bodies.known")
_ABROAD = lexicon.headings("places.abroad")
SITES_ABROAD = lexicon.headings("places.sites_abroad")
"""Country codes of known sites outside Cambodia."""

_UNDOTTED = {"U.S.": "US", "U.K.": "UK", "U.N.": "UN", "U.S.A.": "USA", "U.A.E.": "UAE"}


class Mention(NamedTuple):
    """A name in a sentence.

    Attributes:
        kind: ``actor``, ``outlet``, ``site``, ``province``, ``town``, ``place`` (a town or region outside Cambodia),
            ``country``, ``people`` (a nationality of people) or ``adjective`` (a nationality of anything else). Before
            the words around a demonym are read, its kind is given by its form: ``plural`` or ``adjective``.
        name: name of an actor or a site in the timeline, or its fullest form in the text; name of a province, town or
            place; code of a country; demonym of a nationality as records write it.
        first: index of its first word in the sentence.
        last: index after its last word.
        within: province of a town or of a site (if known), country of a place, kind of an actor.
        rule: short name of the rule that found it. It is stored with the draft.
        grade: how reliable the rule is.
        holds: the place in the name of a body: Kandal in "Kandal provincial police".
    """

    kind: str
    name: str
    first: int
    last: int
    within: str | None
    rule: str
    grade: Grade
    holds: "tuple[Mention, ...]" = ()

    def span(self, sentence: Sentence) -> Span:
        """Return the position of the mention in the text."""
        return Span(sentence[self.first].start, sentence[self.last - 1].end)

    def reason(self, field: str, sentence: Sentence) -> Reason:
        """Return the reason for a field that has this mention as its value."""
        return Reason(field, self.span(sentence), self.rule, self.grade)

    @property
    def country(self) -> str | None:
        """Return the country code of a place."""
        return country_of(self)


class Name(NamedTuple):
    """The bearer of a name; the first fields are those of a `Mention`.

    Attributes:
        exact: only a form in capitals is accepted, as for WHO.
        lower: a form without a capital is accepted, too.
        title: the last word needs a capital as well as the first.
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
        """Return a mention of this name that consists of the given words."""
        return Mention(self.kind, self.name, first, last, self.within, self.rule, self.grade)


class Form(NamedTuple):
    """A name that a rule found, and its words in lower case. `first` is the index of the first word."""

    words: tuple[str, ...]
    name: Name
    first: int


class Match(NamedTuple):
    """A name that was found by its spelling."""

    first: int
    last: int
    name: Name


class NamedBody(NamedTuple):
    """A body that a text names at an offset, and may call later by one of several nouns alone.

    Its country is ``None`` if the name does not show it.
    """

    start: int
    nouns: frozenset[str]
    name: str
    kind: str
    country: str | None = None


class NameTable:
    """Names by their forms. Forms are found by their first word."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}

    def add(self, form: Sequence[str], name: Name) -> None:
        """Add a form in lower case. A form that is already there keeps its name."""
        forms = self.by_first.setdefault(form[0], [])
        key = tuple(form)
        at = 0
        for other, _ in forms:  # the longest first, so that `at` finds the longest
            if other == key:
                return
            if len(other) < len(key):
                break
            at += 1
        forms.insert(at, (key, name))

    def at(self, tagged: "TaggedSentence", first: int) -> tuple[int, Name] | None:
        """Return the index after the longest name that begins at a word, and the bearer of the name."""
        for form, name in self.by_first.get(tagged.lower[first], ()):
            last = first + len(form)
            if last - first > 1 and tuple(tagged.lower[first:last]) != form:
                continue
            if _is_written_so(tagged, first, last, name):
                return last, name
        return None

    def begins(self, word: str) -> bool:
        """Return whether a form begins with a word."""
        return word in self.by_first

    def of(self, form: tuple[str, ...]) -> Name | None:
        """Return the bearer of the name that has a form."""
        return next((name for other, name in self.by_first.get(form[0], ()) if other == form), None)

    def every(self) -> Iterator[tuple[tuple[str, ...], Name]]:
        """Yield all forms with their names."""
        return (entry for forms in self.by_first.values() for entry in forms)


class TaggedSentence(NamedTuple):
    """A sentence as the rules see it.

    Attributes:
        lower: the words in lower case, with straight apostrophes.
        caps: for each word, whether it begins with a capital.
        matches: the known names in it.
        kinds: for each word, the kind of the known name that it belongs to, or ``""``.
    """

    words: Sentence
    lower: list[str]
    caps: list[bool]
    matches: list[Match]
    kinds: list[str]

    def text(self, first: int, last: int) -> str:
        """Return a stretch of words as a name, with spaces as in the text, and US instead of U.S."""
        parts, end = [], None
        for word in self.words[first:last]:
            if end is not None and word.start > end:
                parts.append(" ")
            parts.append(_UNDOTTED.get(word.text, word.text))
            end = word.end
        return "".join(parts)

    def form(  # noqa: PLR0913 - the fields of a name
        self, first: int, last: int, kind: str, within: str | None, rule: str, grade: Grade = Grade.LIKELY
    ) -> Form:
        """Return a stretch of words as the form of a new name."""
        return Form(tuple(self.lower[first:last]), Name(kind, self.text(first, last), within, rule, grade), first)

    def glued(self, at: int) -> bool:
        """Return whether no space separates a word from the one before it."""
        return 0 < at < len(self.lower) and self.words[at - 1].end == self.words[at].start

    def word(self, at: int) -> str:
        """Return a word in lower case, or ``""`` outside the sentence."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def is_cap(self, at: int) -> bool:
        """Return whether a word begins with a capital. Outside the sentence, the answer is false."""
        return 0 <= at < len(self.caps) and self.caps[at]


def country_of(name: Name | Mention) -> str | None:
    """Return the country code of a place; ``None`` for anything else."""
    if name.kind in ("province", "town"):
        return "KH"
    if name.kind == "place":
        return name.within
    return name.name if name.kind == "country" else None


@lru_cache(maxsize=1024)
def found_abroad(name: str, country: str) -> Place | None:
    """Return the place outside Cambodia with a name, if the gazetteer knows it."""
    return resolve(name, country)


def division_at(name: str, country: str) -> str | None:
    """Return the first-level division of a place outside Cambodia, as records write it."""
    found = found_abroad(name, country)
    return found and found.province


def nouns_for(name: str, kind: str | None) -> frozenset[str]:
    """Return the nouns that a text may call a body after it has named it."""
    found = set(name.lower().replace(";", " ").split()) & MENTIONS.later_nouns
    if kind == "police":
        found.add("police")
    if kind == "company":
        found |= {"company", "firm"}
    return frozenset(found - ({"police"} if kind != "police" else set()))


def split(form: str) -> list[str]:
    """Return the words of a name in lower case, split as sentences are."""
    if form.replace(" ", "").replace("-", "").isalpha():  # most names, and much faster
        return form.lower().replace("-", " - ").split()
    return [word.lower.replace("’", "'") for word in words(form)]


def is_acronym(form: str) -> bool:
    """Return whether a form consists of at most six capitals."""
    return form.isupper() and form.isascii() and len(form) <= 6


def tag(sentence: Sentence, names: NameTable) -> TaggedSentence:
    """Find the known names in a sentence from left to right, the longest that begin at each word.

    The names of the article take precedence over `known_names` of the same length.
    """
    lower = [word.lower.replace("’", "'") for word in sentence]
    caps = [word.text[0].isupper() for word in sentence]
    tagged, known = TaggedSentence(sentence, lower, caps, [], [""] * len(sentence)), known_names()
    at = 0
    own_firsts, known_firsts = names.by_first, known.by_first
    while at < len(sentence):
        best = names.at(tagged, at) if lower[at] in own_firsts else None
        if lower[at] in known_firsts and (caps[at] or not sentence[at].text.isascii()):
            other = known.at(tagged, at)
            if other and (best is None or other[0] > best[0]):
                best = other
        if best is None:
            at += 1
            continue
        last, name = best
        tagged.matches.append(Match(at, last, name))
        tagged.kinds[at:last] = [name.kind] * (last - at)
        at = last
    return tagged


def acts_next(tagged: TaggedSentence, at: int, reach: int = _MAX_WORDS_TO_VERB) -> bool:
    """Return whether a verb of speaking or acting comes at a word, so that the name before it is a subject.

    Adverbs and a place may come first: "police in Johor and Penang arrested".
    """
    if tagged.word(at) == "," and tagged.word(at + 1) == "who":
        at = next((other + 1 for other in range(at + 1, len(tagged.lower)) if tagged.lower[other] == ","), at)
    for word_at in range(at, min(at + reach, len(tagged.lower))):
        word = tagged.lower[word_at]
        if word in TITLES.speaking or word in TITLES.acting:
            return True
        if not (
            word in TITLES.auxiliaries or word in MENTIONS.before_verb or word.endswith("ly") or tagged.caps[word_at]
        ):
            return False
    return False


def is_shouted(tagged: TaggedSentence) -> bool:
    """Return whether a sentence is all in capitals, as headings in a bulletin are. There, capitals show no names."""
    if not all(tagged.caps[at] for at, word in enumerate(tagged.lower) if word.isalpha()):
        return False
    letters = [word.text for word in tagged.words if word.text.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _is_written_so(tagged: "TaggedSentence", first: int, last: int, name: Name) -> bool:
    if name.exact:
        return tagged.words[first].text.isupper()
    if name.title and not tagged.caps[last - 1]:
        return False
    return name.lower or tagged.caps[first] or not tagged.words[first].text[0].isascii()


@cache
def known_names() -> NameTable:
    """Return the names that every article may use: places, nationalities, and outlets, bodies and sites of the field.

    They are read at first use. Of two names with the same spelling, the first is kept, so the order below matters.
    """
    found = NameTable()
    for form, name in (*_cambodian(), *_outlets(), *_bodies(), *_abroad(), *_demonyms()):
        found.add(split(form), name)
    return found


def _cambodian() -> Iterator[tuple[str, Name]]:
    for province in provinces():
        town = Name("town", "Sihanoukville", province.name, "town of the gazetteer")
        of_province = Name("province", province.name, None, "province of the gazetteer")
        for form in province.names:
            if form != province.iso:
                yield form, town if form in PLACES.also_a_town else of_province
        for form, place in province.town_spellings:
            yield form, Name("town", place.name, province.name, "town of the gazetteer")


def _outlets() -> Iterator[tuple[str, Name]]:
    for forms in _OUTLETS:
        for form in forms.split(";"):
            grade = Grade.UNSURE if form.casefold() in _WEAK_OUTLETS else Grade.SURE
            title = _is_title(form)
            yield form, Name("outlet", forms, None, "outlet of the field", grade, is_acronym(form), title=title)


def _bodies() -> Iterator[tuple[str, Name]]:
    for forms, kind in _BODIES.items():
        for form in forms.split(";"):
            title, acronym = _is_title(form), is_acronym(form)
            rule = "acronym of the field" if acronym else "body of the field"
            yield form, Name("actor", forms, kind, rule, Grade.SURE, acronym, title=title)


def _abroad() -> Iterator[tuple[str, Name]]:
    for form in SITES_ABROAD:
        yield form, Name("site", form, None, "site of the field", title=True)
    for country in countries().values():
        for form in country.names:
            yield form, Name("country", country.code, None, "name of a country", exact=is_acronym(form))
    for form, code in _ABROAD.items():
        yield form, Name("place", form, code, "place abroad", exact=is_acronym(form))
    yield from divisions_of(PLACES.divided)


def divisions_of(codes: Iterable[str]) -> Iterator[tuple[str, Name]]:
    """Yield the names of the divisions of countries, with their bearers."""
    for division in chain.from_iterable(map(divisions.of_country, codes)):
        for form in {division.plain_name, *division.other_names}:
            if form.lower() not in PLACES.no_divisions:
                yield form, Name("place", form, division.country, "division of the gazetteer")


def _demonyms() -> Iterator[tuple[str, Name]]:
    for country in countries().values():
        if country.demonym:
            adjective = Name("adjective", country.demonym, country.code, "demonym")
            plural = Name("plural", country.demonym, country.code, "people by their demonym")
            yield from ((form, adjective) for form in (country.demonym, *country.adjectives))
            yield from ((form, plural) for form in (*country.nouns, *country.plurals))


def _is_title(form: str) -> bool:
    """Return whether the last word begins with a capital."""
    return form[form.rfind(" ") + 1].isupper()
