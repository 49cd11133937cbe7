"""Collect the names of a whole article, and their forms, before its sentences are read one by one.

Forms become one name when they are the same words in another order (Interior Ministry, Ministry of the Interior), the
short form of a longer name, an acronym that the text explains, or an alias in the timeline.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import BODIES, MENTIONS, OUTLETS, PLACES
from scamcli.ingest.mentions.bodies import bodies, speaking_acronyms
from scamcli.ingest.mentions.candidates import AFTER_POST, PRIVATE, WEAK_RULES, is_cited, outlets, people, sites
from scamcli.ingest.mentions.countries import country_of_dateline, main_country, main_division
from scamcli.ingest.mentions.names import (
    HEADS,
    NO_NAME,
    PLACE_KINDS,
    PUBLISHER,
    Name,
    NamedBody,
    NameTable,
    divisions_of,
    is_acronym,
    known_names,
    nouns_for,
    split,
    tag,
)
from scamcli.ingest.proposal import Grade
from scamcli.ingest.words import sentences
from scamcli.language.countries import body_adjective, countries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.names import Form, Match, TaggedSentence
    from scamcli.ingest.proposal import Known, Metadata
    from scamcli.ingest.words import Sentence

_SPELLED_AS = lexicon.headings("bodies.spelled_as")
_WITHOUT_NAMES = lexicon.phrases("bodies.unnamed")
_MAX_EXPANSION = 14


class NameInventory(NamedTuple):
    """The names of a whole article."""

    names: NameTable
    canonical: dict[str, str]
    """The name that the article means, by each name that is known in several forms."""
    timeline_names: dict[str, str]
    """Names in lower case, and how the timeline writes them."""
    country: str
    """Code of the country that the article names most, or ``""``."""
    home: str
    """Code of the country where nearly all of the article happens, even entries that name none, or ``""``."""
    named: tuple[NamedBody, ...]
    """The bodies that the article names, in order."""
    division: str = ""
    """The first-level division where nearly all of the article happens, as records write it, or ``""``."""
    is_list: bool = False
    """Whether dates head the entries of the article, so that a place before a sign is where something happened."""
    sent_from: str = ""
    """Code of the country of the dateline if the story happens there, or ``""``."""
    withheld: tuple[str, ...] = ()
    """Names of people who may be victims, which are no actors and in no title."""


def take_inventory(
    entries: Sequence[Sequence[Sentence]], known: Known, about: Metadata, *, is_list: bool = False
) -> NameInventory:
    """Collect the names that an article uses, from the sentences of each entry. Its own outlet is one of them."""
    words_used = {word.lower for word in chain(*chain(*entries))}
    register = Register(known, words_used)
    names = register.names
    _add_publication(names, about)
    tagged_sentences = [tag(sentence, names) for sentence in chain(*entries)]
    if _add_divisions(names, tagged_sentences, words_used):
        tagged_sentences = [tag(sentence, names) for sentence in chain(*entries)]
    headline = [tag(sentence, names) for sentence in sentences(about.title or "")]
    country, home = main_country([*headline, *tagged_sentences])
    sent_from = "" if is_list else country_of_dateline(tagged_sentences)
    division = main_division([*headline, *tagged_sentences], is_list=is_list)
    if is_list and not division:
        division = main_division(headline, is_list=True, fewest=1)  # the title says where all of a list happened
    plain = {word.text for word in chain(*chain(*entries)) if word.text.islower()}
    for outlet in chain.from_iterable(map(outlets, tagged_sentences)):
        names.add(outlet.words, outlet.name)
    # The order matters, because a form keeps its first name: a body before a person, both before a site.
    ends = _add_bodies(register, tagged_sentences, country)
    private = _add_people(register, tagged_sentences, plain)
    for body in chain.from_iterable(map(speaking_acronyms, tagged_sentences)):
        names.add(body.words, body.name)
    for site in chain.from_iterable(map(sites, tagged_sentences)):
        if known_names().of(site.words) is None:
            names.add(site.words, site.name)
    for form in _WITHOUT_NAMES:
        rule = "group without a name"
        names.add(split(form), Name("actor", form.capitalize(), "ngo", rule, Grade.UNSURE, lower=True))
    canonical = _canonical_forms(tagged_sentences, register.timeline_names)
    named = tuple(_bodies_named(tagged_sentences, ends, canonical))
    return NameInventory(
        names,
        canonical,
        register.timeline_names,
        country,
        sent_from or home,
        named,
        division,
        is_list,
        sent_from,
        private,
    )


def _add_publication(names: NameTable, about: Metadata) -> None:
    """Add the publisher of the article, which the article may mention: "told the Observer"."""
    if about.outlet and (words := split(about.outlet)):
        known = known_names().of(tuple(words))
        is_outlet = words[-1] in OUTLETS.outlet_heads or (known is not None and known.kind == "outlet")
        kind, within = ("outlet", None) if is_outlet else ("actor", "ngo")
        name = Name(kind, about.outlet, within, PUBLISHER)
        names.add(words, name)
        for form in known.name.split(";") if known is not None and known.kind in ("actor", "outlet") else ():
            names.add(split(form), name._replace(exact=is_acronym(form)))


def _add_divisions(names: NameTable, tagged_sentences: Sequence[TaggedSentence], words_used: set[str]) -> bool:
    """Add the divisions of the countries that an article names. Return whether the article may mention one of them."""
    codes = {
        match.name.name if match.name.kind == "country" else match.name.within or ""
        for tagged in tagged_sentences
        for match in tagged.matches
        if match.name.kind in ("country", "place", "adjective", "plural")
    }
    is_any = False
    for form, name in divisions_of(sorted(codes - PLACES.divided - {"", "KH"})):
        words = split(form)
        if words and words_used.issuperset(words) and known_names().of(tuple(words)) is None:
            names.add(words, name)
            is_any = True
    return is_any


def _add_people(register: Register, tagged_sentences: Sequence[TaggedSentence], plain: set[str]) -> tuple[str, ...]:
    """Add the people of an article. Return the names of those who may be victims, which are not added."""
    names = register.names
    found = list(chain.from_iterable(map(people, tagged_sentences)))
    private = {person.words for person in found if person.name.rule == PRIVATE}
    taken: dict[tuple[str, ...], Form] = {}
    for person in sorted(found, key=_by_certainty):
        if person.name.rule != PRIVATE and (person.words not in private or person.name.rule == AFTER_POST):
            taken.setdefault(person.words, person)
    longer = [form for form, name in names.every() if name.within != "person" and len(form) > 1]
    taken = {words: person for words, person in taken.items() if not any(_holds(form, words) for form in longer)}
    full = {words: register.person(person) for words, person in taken.items()}
    matches = (match.name for tagged in tagged_sentences for match in tagged.matches)
    present = {tuple(split(name.name)): name for name in matches if name.within == "person"}
    for form, name in _short_forms({**full, **present}, plain, private):
        names.add(form, name._replace(rule="short form", grade=Grade.LIKELY))
    for words, name in full.items():
        names.add(words, name)
    return tuple(
        dict.fromkeys(one.name.name for one in found if one.name.rule == PRIVATE and one.words not in {*full, *longer})
    )


def _by_certainty(person: Form) -> tuple[int, bool, bool]:
    return -len(person.words), person.name.rule != AFTER_POST, person.name.rule in WEAK_RULES


def _holds(form: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(form[at : at + len(words)] == words for at in range(len(form) - len(words) + 1))


def _add_bodies(register: Register, tagged_sentences: Sequence[TaggedSentence], country: str) -> list[dict[int, Name]]:
    """Add the bodies of an article. Return for each sentence the bodies in it, by the index after their last word."""
    found = [(tagged, body) for tagged in tagged_sentences for body in bodies(tagged)]
    fullest: dict[tuple[str, ...], str] = {}
    for _, body in found:
        key = _body_key(body.words)
        fullest[key] = max(fullest.get(key, ""), body.name.name, key=len)
    by_words = {body.words: body for _, body in found}
    ends = {
        id(tagged): {match.last: match.name for match in tagged.matches if match.name.kind in ("actor", "outlet")}
        for tagged in tagged_sentences
    }
    for tagged, body in found:
        whole = _longer_name(body.words, by_words)
        name = register.body(by_words[whole], fullest[_body_key(whole)], country)
        ends[id(tagged)][body.first + len(body.words)] = name
        register.names.add(body.words, name)
    for form, name in chain.from_iterable(map(_acronyms, tagged_sentences, ends.values())):
        register.names.add(form, name)
    register.add_beginnings()
    return list(ends.values())


def _longer_name(words: tuple[str, ...], every: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the one longer name that begins with these words (two or more), or that a country begins, or the words."""
    longer = [other for other in every if len(words) > 1 and len(other) > len(words) and other[: len(words)] == words]
    longer = longer or [other for other in every if len(words) > 1 and _adds_country(words, other)]
    fullest = max(longer, key=len, default=words)
    return fullest if all(fullest[: len(other)] == other for other in longer) else words


def _adds_country(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether the other name is the same with a country before it: [Bangladesh] Coast Guard."""
    added = other[: -len(words)]
    name = known_names().of(added) if added and other[-len(words) :] == words else None
    return name is not None and name.kind in {"country", "adjective"}


def _bodies_named(
    tagged_sentences: Sequence[TaggedSentence], ends: Sequence[dict[int, Name]], canonical: dict[str, str]
) -> Iterator[NamedBody]:
    """Yield the bodies that the article may refer to by a noun later."""
    for tagged, bodies_in in zip(tagged_sentences, ends, strict=True):
        for last, name in bodies_in.items():
            if name.kind == "actor" and (nouns := nouns_for(name.name, name.within)):
                own = canonical.get(name.name, name.name)
                yield NamedBody(tagged.words[last - 1].start, nouns, own, name.within or "")


def _body_key(words: Sequence[str]) -> tuple[str, ...]:
    """Return the key that all forms of one body share: Interior Ministry, Ministry of the Interior."""
    return tuple(sorted({_SPELLED_AS.get(word, word) for word in words if word not in MENTIONS.small_words}))


class Register:
    """The names of a timeline that an article may use, and the names that the article adds.

    Args:
        known: the names that the timeline has.
        words_used: all words of the article in lower case. Names with none of these words are left out, for speed.
    """

    def __init__(self, known: Known, words_used: set[str]) -> None:
        self.names = NameTable()
        self.timeline_names: dict[str, str] = {}
        """Names of actors in lower case, and how the timeline writes them."""
        self._known = known
        self._near: list[tuple[str, str, list[str]]] = []
        for form, own in known.actors.items():
            self.timeline_names[form.lower()] = own
            if not words_used.isdisjoint(words := split(form)):
                self._near.append((form, own, words))
                self._add(form, words, self._actor(own))
        for form, own in known.sites.items():
            if (words := split(form)) and words[0] in words_used:
                self._add(form, words, Name("site", own, known.places.get(own), "known site"))
        self._bodies: dict[tuple[str, ...], str] = {}
        for _, own, words in self._near:
            if known.kinds.get(own) != "person":
                self._bodies.setdefault(_body_key(words), own)

    def _add(self, form: str, words: list[str], name: Name) -> None:
        if words:
            lower = len(words) > 1 and form[1:].islower()
            self.names.add(words, name._replace(exact=is_acronym(form), lower=lower))

    def _actor(self, own: str) -> Name:
        heads = (HEADS[word] for word in reversed(split(own)) if word in HEADS)
        kind = self._known.kinds.get(own) or next(heads, "person")
        return Name("outlet" if kind == "media" else "actor", own, kind, "known name")

    def person(self, person: Form) -> Name:
        """Return the name of a person: the one in the timeline if it is certainly the same person."""
        from scamcli.language.names import normalise

        key = normalise(person.name.name)
        for form, own, words in self._near:
            if not set(words).isdisjoint(person.words) and normalise(form) == key:
                return self._actor(own)
        return person.name

    def body(self, body: Form, fullest: str, country: str) -> Name:
        """Return the name of a body: the one in the timeline if it has the same words, else its fullest form."""
        key = _body_key(body.words)
        own = self._bodies.get(key)
        if own is None and country:
            home = set(split(body_adjective(country))) | set(split(countries()[country].names[0]))
            own = self._bodies.get(tuple(word for word in key if word not in home))
        if own is not None:
            return self._actor(own)._replace(rule="known name in other words")
        return body.name._replace(name=fullest)

    def add_beginnings(self) -> None:
        """Add the short forms of bodies that consist of their first words: the Task Force, Lotus Bridge."""
        found: dict[tuple[str, ...], list[Name]] = {}
        for form, name in list(self.names.every()):
            if name.kind != "actor" or name.within == "person" or form[0] in NO_NAME or known_names().begins(form[0]):
                continue
            for length in range(2, len(form)):
                if form[length - 1] not in BODIES.joiners and form[length - 1] not in MENTIONS.small_words:
                    found.setdefault(form[:length], []).append(name)
        for form, names in found.items():
            if len({name.name for name in names}) == 1:
                self.names.add(form, names[0]._replace(rule="short form", grade=Grade.LIKELY, lower=False))


def _short_forms(
    persons: Mapping[tuple[str, ...], Name], plain: set[str], private: set[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield the parts of persons' names that can mean only one person.

    Args:
        persons: by the words of their names.
        plain: words that the article also writes in lower case.
        private: names that must not be proposed, nor any part of them.
    """
    found: dict[tuple[str, ...], dict[str, Name]] = {}
    for words, name in persons.items():
        for form in {words[at:] for at in range(1, len(words))} | {words[:1]}:
            if len(form) < len(words) and len(form[0]) > 1:
                found.setdefault(form, {})[name.name] = name
    barred = {part for words in private for part in (words, *((word,) for word in words))}
    for form, names in found.items():
        longest = max(names, key=len)
        is_common = len(form) == 1 and (form[0] in plain or form[0] in NO_NAME)
        if all(name in longest for name in names) and form not in barred and not is_common:
            yield form, names[longest]


def _canonical_forms(tagged_sentences: Sequence[TaggedSentence], timeline_names: Mapping[str, str]) -> dict[str, str]:
    """Map each name that is known in several forms to its name in the timeline, or to the fullest form used."""
    used: dict[str, set[tuple[str, ...]]] = {}
    for tagged in tagged_sentences:
        for match in tagged.matches:
            if _is_of_field(tagged, match):
                used.setdefault(match.name.name, set()).add(tuple(tagged.lower[match.first : match.last]))
    return {names: _canonical_form(names.split(";"), forms, timeline_names) for names, forms in used.items()}


def _is_of_field(tagged: TaggedSentence, match: Match) -> bool:
    """Return whether a match is a known outlet or body. An outlet with a common word for a name must be cited."""
    name = match.name
    if name.kind == "site" or not name.rule.endswith("of the field"):
        return False
    return name.grade != Grade.UNSURE or is_cited(tagged, match.first, match.last)


def _canonical_form(every: Sequence[str], used: set[tuple[str, ...]], timeline_names: Mapping[str, str]) -> str:
    own = next((timeline_names[form.lower()] for form in every if form.lower() in timeline_names), None)
    if own:
        return own
    in_article = [form.removeprefix("The ") for form in every if tuple(split(form)) in used]
    if every[0].removeprefix("The ") in in_article:
        return every[0]
    return next((form for form in in_article if not is_acronym(form)), in_article[0] if in_article else every[0])


def _acronyms(tagged: TaggedSentence, ends: Mapping[int, Name]) -> Iterator[tuple[tuple[str, ...], Name]]:
    """Yield the acronyms that a sentence explains, and their long forms. `ends` has its bodies by their end.

    Three ways are understood: National Committee (NC), NC (National Committee), NC = National Committee.
    """
    for at in range(len(tagged.lower) - 2):
        if tagged.lower[at] == "(" and tagged.lower[at + 2] == ")" and _is_short(tagged.words[at + 1].text):
            short = tagged.lower[at + 1]
            name = ends.get(at) or _name_by_initials(tagged, at, short)
            if name:
                yield (short,), name._replace(rule="acronym in brackets", exact=True)
                first = _expansion_start(tagged, at, short)
                yield tuple(tagged.lower[first if first is not None else at - 1 : at]), name
        elif tagged.lower[at + 1] in ("(", "=") and _is_short(tagged.words[at].text):
            for last, name in ends.items():
                if last > at + 3 and _initials(tagged, at + 2, last) == tagged.lower[at]:
                    yield (tagged.lower[at],), name._replace(rule="acronym explained", exact=True)


def _is_short(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return 2 <= len(text) <= 8 and text.isalnum() and not text.isdigit() and capitals > len(text) // 2


def _initials(tagged: TaggedSentence, first: int, last: int) -> str:
    return "".join(word[0] for word in tagged.lower[first:last] if word not in MENTIONS.no_initials)


def _expansion_start(tagged: TaggedSentence, last: int, short: str) -> int | None:
    """Return the index of the first of the words before a bracket whose initials form the acronym."""
    for first in range(last - 1, max(last - _MAX_EXPANSION, -1), -1):
        if tagged.caps[first] and _initials(tagged, first, last) == short:
            return first
    return None


def _name_by_initials(tagged: TaggedSentence, last: int, short: str) -> Name | None:
    first = _expansion_start(tagged, last, short)
    if first is None or (tagged.kinds[last - 1] in PLACE_KINDS and last - first == 1):
        return None
    kinds = [HEADS[word] for word in tagged.lower[first:last] if word in HEADS]
    kind = kinds[-1] if kinds else "group"
    return Name("actor", tagged.text(first, last), kind, "long form of an acronym", Grade.LIKELY)
