"""Which forms are one name: those of the timeline, other orders of a body's words, and short forms of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.ingest import lexicon
from scamcli.ingest.lexicon import listed
from scamcli.ingest.mentions.exact_matches import NO_NAME
from scamcli.ingest.mentions.known_names import static
from scamcli.ingest.mentions.record import Name, Phrases, is_acronym, split
from scamcli.ingest.proposal import Grade
from scamcli.language.countries import countries, of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scamcli.ingest.mentions.body import Body
    from scamcli.ingest.mentions.persons import Person
    from scamcli.ingest.proposal import Known

HEADS = lexicon.headings("bodies.heads")
JOINERS = lexicon.words("bodies.joiners")

_SMALL = listed("the of for and on & 's ’s - in , .")
_AS = {
    "province": "provincial", "municipality": "municipal", "u.s.": "us", "u.k.": "uk", "u.n.": "un", "centre": "center",
    "organisation": "organization", "labour": "labor", "defence": "defense",
}  # fmt: skip


def body_key(words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """What the forms of one body have in common: Interior Ministry, Ministry of the Interior."""
    return tuple(sorted({_AS.get(word, word) for word in words if word not in _SMALL}))


class Register:
    """The names of a timeline that an article may use, and what an article adds to them."""

    def __init__(self, known: Known, spoken: set[str]) -> None:
        """Take what may occur in a text of these words."""
        self.names = Phrases()
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
            home = set(split(of_body(country))) | set(split(countries()[country].names[0]))
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
                    if form[length - 1] not in JOINERS and form[length - 1] not in _SMALL:
                        found.setdefault(form[:length], []).append(name)
        for form, names in found.items():
            if len({name.name for name in names}) == 1:
                self.names.add(form, names[0]._replace(rule="short form", grade=Grade.LIKELY, lower=False))


def _may_shorten(form: tuple[str, ...]) -> bool:
    return form[0] not in NO_NAME and not static().begins(form[0])


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
        whose = _fullest(names)
        if whose and form not in barred and not (len(form) == 1 and (form[0] in plain or form[0] in NO_NAME)):
            yield form, whose


def _fullest(names: dict[str, Name]) -> Name | None:
    """The one name, or the one that holds all others."""
    longest = max(names, key=len)
    return names[longest] if all(name in longest for name in names) else None
