"""What is learnt from a whole article before its sentences are read: who and what it names, and by which forms."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from scamcli.ingest import lexicon
from scamcli.ingest.mentions.acronyms import acronyms
from scamcli.ingest.mentions.anaphora import Named, nouns
from scamcli.ingest.mentions.bodies import bodies
from scamcli.ingest.mentions.canonical_forms import fullest_forms
from scamcli.ingest.mentions.coreference import Register, body_key, short_forms
from scamcli.ingest.mentions.exact_matches import Line, line
from scamcli.ingest.mentions.known_names import static
from scamcli.ingest.mentions.outlets import outlets
from scamcli.ingest.mentions.persons import people
from scamcli.ingest.mentions.record import Name, Phrases, split
from scamcli.ingest.mentions.sites import sites
from scamcli.ingest.proposal import Grade

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scamcli.ingest.mentions.persons import Person
    from scamcli.ingest.proposal import Known, Metadata
    from scamcli.ingest.words import Sentence

PLAIN_HEADS = lexicon.headings("bodies.plain_heads")
UNNAMED = lexicon.phrases("bodies.unnamed")
OUTLET_HEADS = lexicon.words("outlets.outlet_heads")


class Cast(NamedTuple):
    """What is learnt from a whole article.

    Attributes:
        names: the forms of everything that it names, and whose they are.
        full: of names that the field knows in several forms, which one the article means.
        own: names in lower case, as the timeline writes them.
        country: where most of it happens; empty where it names none.
        named: the bodies that it names, in its order.
    """

    names: Phrases
    full: dict[str, str]
    own: dict[str, str]
    country: str
    named: tuple[Named, ...]


def cast(sentences: Sequence[Sequence[Sentence]], known: Known, about: Metadata) -> Cast:
    """Read all entries of an article, a list of sentences an entry, for the names that it brings up."""
    spoken = {word.lower for word in chain(*chain(*sentences))}
    register = Register(known, spoken)
    names = register.names
    _add_publication(names, about)
    lines = [line(sentence, names) for sentence in chain(*sentences)]
    country = _country(lines)
    plain = {word.text for word in chain(*chain(*sentences)) if word.text.islower()}
    _add_outlets(names, lines)
    ends = _add_bodies(register, lines, country)
    _add_people(register, lines, plain)
    _add_sites(names, lines)
    for form in UNNAMED:
        names.add(
            split(form), Name("actor", form.capitalize(), "ngo", "group without a name", Grade.UNSURE, lower=True)
        )
    full = fullest_forms(lines, register.own)
    return Cast(names, full, register.own, country, tuple(_named(lines, ends, full)))


def _add_publication(names: Phrases, about: Metadata) -> None:
    """The article's own publisher: "told the Observer"."""
    if about.outlet and (words := split(about.outlet)):
        first = static().of(tuple(words))
        is_outlet = words[-1] in OUTLET_HEADS or (first is not None and first.kind == "outlet")
        names.add(
            words, Name("outlet" if is_outlet else "actor", about.outlet, None if is_outlet else "ngo", "the publisher")
        )


def _country(lines: Sequence[Line]) -> str:
    """Where most of it happens: the country of most places and bodies in it; empty where it names none."""
    found: Counter[str] = Counter()
    for one in lines:
        for spot in one.spots:
            if code := code_of(spot.name):
                found[code] += 2
            elif spot.name.kind == "adjective" and one.seen.word(spot.last) in PLAIN_HEADS:
                found[spot.name.within or ""] += 1
    return found.most_common(1)[0][0] if found else ""


def code_of(name: Name) -> str | None:
    """The country of a place's name."""
    if name.kind in ("province", "town"):
        return "KH"
    if name.kind == "place":
        return name.within
    return name.name if name.kind == "country" else None


def _add_outlets(names: Phrases, lines: Sequence[Line]) -> None:
    for one in lines:
        for outlet in outlets(one):
            names.add(outlet.words, Name("outlet", outlet.name, None, outlet.rule, outlet.grade))


def _add_people(register: Register, lines: Sequence[Line], plain: set[str]) -> None:
    names = register.names
    found = list(chain.from_iterable(map(people, lines)))
    private = {person.words for person in found if person.private}
    taken: dict[tuple[str, ...], Person] = {}
    for person in sorted(found, key=lambda person: (-len(person.words), person.rule != "after a post")):
        if not person.private and (person.words not in private or person.rule == "after a post"):
            taken.setdefault(person.words, person)
    longer = [form for form, name in names.every() if name.within != "person" and len(form) > 1]
    taken = {words: person for words, person in taken.items() if not any(_holds(form, words) for form in longer)}
    full = {words: register.person(person) for words, person in taken.items()}
    present = {
        tuple(split(spot.name.name)): spot.name for one in lines for spot in one.spots if spot.name.within == "person"
    }
    for form, name in short_forms({**full, **present}, plain, private):
        register.names.add(form, name._replace(rule="short form", grade=Grade.LIKELY))
    for words, name in full.items():
        register.names.add(words, name)


def _holds(form: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(form[at : at + len(words)] == words for at in range(len(form) - len(words) + 1))


def _add_bodies(register: Register, lines: Sequence[Line], country: str) -> list[dict[int, Name]]:
    found = [(one, body) for one in lines for body in bodies(one)]
    fullest: dict[tuple[str, ...], str] = {}
    for _, body in found:
        key = body_key(body.words)
        fullest[key] = max(fullest.get(key, ""), body.name, key=len)
    every, named = {body.words: body for _, body in found}, {}
    for one, body in found:
        whole = _whole(body.words, every)
        name = register.body(every[whole], fullest[body_key(whole)], country)
        named[id(one), body.first + len(body.words)] = name
        register.names.add(body.words, name)
    ends = [_ends(one, named) for one in lines]
    for form, name in chain.from_iterable(map(acronyms, lines, ends)):
        register.names.add(form, name)
    register.add_beginnings()
    return ends


def _named(lines: Sequence[Line], ends: Sequence[dict[int, Name]], full: dict[str, str]) -> Iterator[Named]:
    """The bodies of an article that it may call by a noun later."""
    for one, bodies_in in zip(lines, ends, strict=True):
        for last, name in bodies_in.items():
            if name.kind == "actor" and (called := nouns(name.name, name.within)):
                yield Named(one.seen.words[last - 1].start, called, full.get(name.name, name.name), name.within or "")


def _whole(words: tuple[str, ...], every: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """The one longer name that begins with these words, two or more, or the words themselves."""
    longer = [other for other in every if len(words) > 1 and len(other) > len(words) and other[: len(words)] == words]
    fullest = max(longer, key=len, default=words)
    return fullest if all(fullest[: len(other)] == other for other in longer) else words


def _ends(one: Line, named: dict[tuple[int, int], Name]) -> dict[int, Name]:
    """The names of bodies in a sentence by the word after them."""
    own = {spot.last: spot.name for spot in one.spots if spot.name.kind in ("actor", "outlet")}
    return own | {last: name for (line_id, last), name in named.items() if line_id == id(one)}


def _add_sites(names: Phrases, lines: Sequence[Line]) -> None:
    for one in lines:
        for site in sites(one):
            if static().of(site.words) is None:
                names.add(site.words, Name("site", site.name, site.province, "name of a site", site.grade))
