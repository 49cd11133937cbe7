"""DOC inventory"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.bodies import bodies
from scamcli.ingest.mentions.names import Name, NameTable, TaggedSentence, is_acronym, known_names, split
from scamcli.ingest.mentions.outlets_and_sites import is_cited, outlets, sites
from scamcli.ingest.mentions.persons import people
from scamcli.ingest.mentions.tagged_sentence import NO_NAME, PLACES, tag
from scamcli.ingest.mentions.unnamed_bodies import NamedBody, nouns_for
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import body_adjective, countries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from scamcli.ingest.mentions.bodies import Body
    from scamcli.ingest.mentions.names import Match, TaggedSentence
    from scamcli.ingest.mentions.persons import Person
    from scamcli.ingest.proposal import Known, Metadata
    from scamcli.ingest.words import Sentence


PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
UNNAMED = lexicon.phrases("bodies.unnamed")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")


class NameInventory(NamedTuple):
    """What is learnt from a whole article.

    Attributes:
        names: the forms of everything that it names, and whose they are.
        full: of names that the field knows in several forms, which one the article means.
        own: names in lower case, as the timeline writes them.
        country: where most of it happens; empty where it names none.
        named: the bodies that it names, in its order.
    """

    names: NameTable
    full: dict[str, str]
    own: dict[str, str]
    country: str
    named: tuple[NamedBody, ...]


def take_inventory(sentences: Sequence[Sequence[Sentence]], known: Known, about: Metadata) -> NameInventory:
    """Read all entries of an article, a list of sentences an entry, for the names that it brings up."""
    spoken = {word.lower for word in chain(*chain(*sentences))}
    register = Register(known, spoken)
    names = register.names
    _add_publication(names, about)
    tagged_sentences = [tag(sentence, names) for sentence in chain(*sentences)]
    country = _country(tagged_sentences)
    plain = {word.text for word in chain(*chain(*sentences)) if word.text.islower()}
    _add_outlets(names, tagged_sentences)
    ends = _add_bodies(register, tagged_sentences, country)
    _add_people(register, tagged_sentences, plain)
    _add_sites(names, tagged_sentences)
    for form in UNNAMED:
        names.add(
            split(form), Name("actor", form.capitalize(), "ngo", "group without a name", Grade.UNSURE, lower=True)
        )
    full = canonical_forms(tagged_sentences, register.own)
    return NameInventory(names, full, register.own, country, tuple(_bodies_called_later(tagged_sentences, ends, full)))


def _add_publication(names: NameTable, about: Metadata) -> None:
    """The article's own publisher: "told the Observer"."""
    if about.outlet and (words := split(about.outlet)):
        first = known_names().of(tuple(words))
        is_outlet = words[-1] in OUTLET_HEADS or (first is not None and first.kind == "outlet")
        names.add(
            words, Name("outlet" if is_outlet else "actor", about.outlet, None if is_outlet else "ngo", "the publisher")
        )


def _country(tagged_sentences: Sequence[TaggedSentence]) -> str:
    """Where most of it happens: the country of most places and bodies in it; empty where it names none."""
    found: Counter[str] = Counter()
    for one in tagged_sentences:
        for match in one.matches:
            if code := code_of(match.name):
                found[code] += 2
            elif match.name.kind == "adjective" and one.word(match.last) in PLAIN_HEADS:
                found[match.name.within or ""] += 1
    return found.most_common(1)[0][0] if found else ""


def code_of(name: Name) -> str | None:
    """The country of a place's name."""
    if name.kind in ("province", "town"):
        return "KH"
    if name.kind == "place":
        return name.within
    return name.name if name.kind == "country" else None


def _add_outlets(names: NameTable, tagged_sentences: Sequence[TaggedSentence]) -> None:
    for one in tagged_sentences:
        for outlet in outlets(one):
            names.add(outlet.words, Name("outlet", outlet.name, None, outlet.rule, outlet.grade))


def _add_people(register: Register, tagged_sentences: Sequence[TaggedSentence], plain: set[str]) -> None:
    names = register.names
    found = list(chain.from_iterable(map(people, tagged_sentences)))
    private = {person.words for person in found if person.private}
    taken: dict[tuple[str, ...], Person] = {}
    for person in sorted(found, key=lambda person: (-len(person.words), person.rule != "after a post")):
        if not person.private and (person.words not in private or person.rule == "after a post"):
            taken.setdefault(person.words, person)
    longer = [form for form, name in names.every() if name.within != "person" and len(form) > 1]
    taken = {words: person for words, person in taken.items() if not any(_holds(form, words) for form in longer)}
    full = {words: register.person(person) for words, person in taken.items()}
    present = {
        tuple(split(match.name.name)): match.name
        for one in tagged_sentences
        for match in one.matches
        if match.name.within == "person"
    }
    for form, name in short_forms({**full, **present}, plain, private):
        register.names.add(form, name._replace(rule="short form", grade=Grade.LIKELY))
    for words, name in full.items():
        register.names.add(words, name)


def _holds(form: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(form[at : at + len(words)] == words for at in range(len(form) - len(words) + 1))


def _add_bodies(register: Register, tagged_sentences: Sequence[TaggedSentence], country: str) -> list[dict[int, Name]]:
    found = [(one, body) for one in tagged_sentences for body in bodies(one)]
    fullest: dict[tuple[str, ...], str] = {}
    for _, body in found:
        key = body_key(body.words)
        fullest[key] = max(fullest.get(key, ""), body.name, key=len)
    every, named = {body.words: body for _, body in found}, {}
    for one, body in found:
        whole = _longer_name(body.words, every)
        name = register.body(every[whole], fullest[body_key(whole)], country)
        named[id(one), body.first + len(body.words)] = name
        register.names.add(body.words, name)
    ends = [_ends(one, named) for one in tagged_sentences]
    for form, name in chain.from_iterable(map(acronyms, tagged_sentences, ends)):
        register.names.add(form, name)
    register.add_beginnings()
    return ends


def _bodies_called_later(
    tagged_sentences: Sequence[TaggedSentence], ends: Sequence[dict[int, Name]], full: dict[str, str]
) -> Iterator[NamedBody]:
    """The bodies of an article that it may call by a noun later."""
    for one, bodies_in in zip(tagged_sentences, ends, strict=True):
        for last, name in bodies_in.items():
            if name.kind == "actor" and (called := nouns_for(name.name, name.within)):
                yield NamedBody(one.words[last - 1].start, called, full.get(name.name, name.name), name.within or "")


def _longer_name(words: tuple[str, ...], every: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The one longer name that begins with these words, two or more, or the words themselves."""
    longer = [other for other in every if len(words) > 1 and len(other) > len(words) and other[: len(words)] == words]
    fullest = max(longer, key=len, default=words)
    return fullest if all(fullest[: len(other)] == other for other in longer) else words


def _ends(one: TaggedSentence, named: dict[tuple[int, int], Name]) -> dict[int, Name]:
    """The names of bodies in a sentence by the word after them."""
    own = {match.last: match.name for match in one.matches if match.name.kind in ("actor", "outlet")}
    return own | {last: name for (line_id, last), name in named.items() if line_id == id(one)}


def _add_sites(names: NameTable, tagged_sentences: Sequence[TaggedSentence]) -> None:
    for one in tagged_sentences:
        for site in sites(one):
            if known_names().of(site.words) is None:
                names.add(site.words, Name("site", site.name, site.province, "name of a site", site.grade))


HEADS = lexicon.headings("bodies.heads")
JOINERS = lexicon.words("bodies.joiners")

_SMALL_WORDS = listed("the of for and on & 's ’s - in , .")
_SPELLED_AS = {
    "province": "provincial", "municipality": "municipal", "u.s.": "us", "u.k.": "uk", "u.n.": "un", "centre": "center",
    "organisation": "organization", "labour": "labor", "defence": "defense",
}  # fmt: skip


def body_key(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """What the forms of one body have in common: Interior Ministry, Ministry of the Interior."""
    return tuple(sorted({_SPELLED_AS.get(word, word) for word in words if word not in _SMALL_WORDS}))


class Register:
    """The names of a timeline that an article may use, and what an article adds to them."""

    def __init__(self, known: Known, spoken: set[str]) -> None:
        """Take what may occur in a text of these words."""
        self.names = NameTable()
        self.own = {}
        self._known = known
        self._near: list[tuple[str, str, list[str]]] = []
        for form, own in known.actors.items():
            self.own[form.lower()] = own
            if not spoken.isdisjoint(words := split(form)):
                self._near.append((form, own, words))
                self._add(form, words, self._actor(own))
        for form, own in known.sites.items():
            if (words := split(form)) and words[0] in spoken:
                self._add(form, words, Name("site", own, known.places.get(own), "known site"))
        self._bodies: dict[tuple[str, ...], str] = {}
        for _, own, words in self._near:
            if known.kinds.get(own) != "person":
                self._bodies.setdefault(body_key(words), own)

    def _add(self, form: str, words: list[str], name: Name) -> None:
        if words:
            lower = len(words) > 1 and form[1:].islower()
            self.names.add(words, name._replace(exact=is_acronym(form), lower=lower))

    def _actor(self, own: str) -> Name:
        kind = self._known.kinds.get(own) or next(
            (HEADS[word] for word in reversed(split(own)) if word in HEADS), "person"
        )
        return Name("outlet" if kind == "media" else "actor", own, kind, "known name")

    def person(self, person: Person) -> Name:
        """A person of an article: one of the timeline, if the names are surely one."""
        from scamcli.language.names import normalise

        key = normalise(person.name)
        for form, own, words in self._near:
            if not set(words).isdisjoint(person.words) and normalise(form) == key:
                return self._actor(own)
        return Name("actor", person.name, "person", person.rule, person.grade)

    def body(self, body: Body, fullest: str, country: str) -> Name:
        """A body of an article: one of the timeline, if its name has the same words."""
        key = body_key(body.words)
        own = self._bodies.get(key)
        if own is None and country:
            home = set(split(body_adjective(country))) | set(split(countries()[country].names[0]))
            own = self._bodies.get(tuple(word for word in key if word not in home))
        if own is not None:
            return self._actor(own)._replace(rule="known name in other words")
        return Name("actor", fullest, body.kind, body.rule, body.grade)

    def add_beginnings(self) -> None:
        """Short forms of bodies, their first words: the Task Force, Lotus Bridge."""
        found: dict[tuple[str, ...], list[Name]] = {}
        for form, name in list(self.names.every()):
            if name.kind == "actor" and name.within != "person" and len(form) > 2 and _may_shorten(form):
                for length in range(2, len(form)):
                    if form[length - 1] not in JOINERS and form[length - 1] not in _SMALL_WORDS:
                        found.setdefault(form[:length], []).append(name)
        for form, names in found.items():
            if len({name.name for name in names}) == 1:
                self.names.add(form, names[0]._replace(rule="short form", grade=Grade.LIKELY, lower=False))


def _may_shorten(form: tuple[str, ...]) -> bool:
    return form[0] not in NO_NAME and not known_names().begins(form[0])


def short_forms(
    people: Mapping[tuple[str, ...], Name], plain: set[str], private: set[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The parts of names by which an article goes on to call its people, where they can mean one of them only."""
    found: dict[tuple[str, ...], dict[str, Name]] = {}
    for words, name in people.items():
        for form in {words[at:] for at in range(1, len(words))} | {words[:1]}:
            if len(form) < len(words) and len(form[0]) > 1:
                found.setdefault(form, {})[name.name] = name
    barred = {part for words in private for part in (words, *((word,) for word in words))}
    for form, names in found.items():
        whose = _name_of_all(names)
        if whose and form not in barred and not (len(form) == 1 and (form[0] in plain or form[0] in NO_NAME)):
            yield form, whose


def _name_of_all(names: dict[str, Name]) -> Name | None:
    """The one name, or the one that holds all others."""
    longest = max(names, key=len)
    return names[longest] if all(name in longest for name in names) else None


def canonical_forms(tagged_sentences: Sequence[TaggedSentence], own: Mapping[str, str]) -> dict[str, str]:
    """For each such name in an article: its own name in the timeline, or the fullest form used."""
    used: dict[str, set[tuple[str, ...]]] = {}
    for tagged in tagged_sentences:
        for match in tagged.matches:
            if _is_of_field(tagged, match):
                used.setdefault(match.name.name, set()).add(tuple(tagged.lower[match.first : match.last]))
    return {names: _canonical_form(names.split(";"), forms, own) for names, forms in used.items()}


def _is_of_field(tagged: TaggedSentence, match: Match) -> bool:
    """Whether the spot is such a name; an outlet that is called by a common word must publish something."""
    name = match.name
    if name.rule not in ("outlet of the field", "body of the field"):
        return False
    return name.grade != Grade.UNSURE or is_cited(tagged, match.first, match.last)


def _canonical_form(every: Sequence[str], forms: set[tuple[str, ...]], own: Mapping[str, str]) -> str:
    mine = next((own[form.lower()] for form in every if form.lower() in own), None)
    if mine:
        return mine
    said = [form.removeprefix("The ") for form in every if tuple(split(form)) in forms]
    if every[0].removeprefix("The ") in said:
        return every[0]
    return next((form for form in said if not is_acronym(form)), said[0] if said else every[0])


_NO_INITIALS = listed("of the for and on in to against & - 's ’s")


def acronyms(tagged: TaggedSentence, ends: Mapping[int, Name]) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The forms that a sentence explains, short and long; ``ends`` are the bodies by the word after them."""
    for at in range(len(tagged.lower) - 2):
        if tagged.lower[at] == "(" and tagged.lower[at + 2] == ")" and _is_short(tagged.words[at + 1].text):
            short = tagged.lower[at + 1]
            name = ends.get(at) or _name_by_initials(tagged, at, short)
            if name:
                yield (short,), name._replace(rule="acronym in brackets", exact=True)
                yield tuple(_expansion(tagged, at, short)), name
        elif tagged.lower[at + 1] in ("(", "=") and _is_short(tagged.words[at].text):
            for last, name in ends.items():
                if last > at + 3 and _initials(tagged, at + 2, last) == tagged.lower[at]:
                    yield (tagged.lower[at],), name._replace(rule="acronym explained", exact=True)


def _is_short(text: str) -> bool:
    return (
        2 <= len(text) <= 8 and text.isalnum() and not text.isdigit() and sum(map(str.isupper, text)) > len(text) // 2
    )


def _initials(tagged: TaggedSentence, first: int, last: int) -> str:
    return "".join(word[0] for word in tagged.lower[first:last] if word not in _NO_INITIALS)


def _expansion(tagged: TaggedSentence, last: int, short: str) -> list[str]:
    """The words before the bracket whose initials are the acronym; those right before it where none are."""
    first = _expansion_start(tagged, last, short)
    return tagged.lower[first if first is not None else last - 1 : last]


def _expansion_start(tagged: TaggedSentence, last: int, short: str) -> int | None:
    for first in range(last - 1, max(last - 14, -1), -1):
        if tagged.caps[first] and _initials(tagged, first, last) == short:
            return first
    return None


def _name_by_initials(tagged: TaggedSentence, last: int, short: str) -> Name | None:
    first = _expansion_start(tagged, last, short)
    if first is None or (tagged.kinds[last - 1] in PLACES and last - first == 1):
        return None
    kinds = [HEADS[word] for word in tagged.lower[first:last] if word in HEADS]
    return Name(
        "actor", tagged.text(first, last), kinds[-1] if kinds else "group", "long form of an acronym", Grade.LIKELY
    )
