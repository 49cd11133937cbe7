"""Finding what a typed name stands for: exact, alias, normalised, then one spelling that is equal after folding.

Likeness never decides who somebody is; it only orders the suggestions of an error. What was taken for what is said
in ``notes``. A protected name is shown as its placeholder, also in an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from scamcli.errors import NotFoundError, WrongUsageError
from scamcli.language import names
from scamcli.language.vocabulary import METRICS
from scamcli.query.filters import NOBODYS, Found
from scamcli.store import terms
from scamcli.store.history import Gone, gone, successor
from scamcli.store.keys import Level

if TYPE_CHECKING:
    import sqlite3

    from scamcli.language import gazetteer
    from scamcli.records.masking import Masker


class Lookup:
    """The ``Resolver`` of one database."""

    def __init__(self, connection: sqlite3.Connection, masker: Masker | None) -> None:
        self.connection = connection
        self.masker = masker
        self.notes: list[str] = []

    def one(self, type_: str, text: str) -> tuple[int, str]:
        """The term (id, name) that a name stands for.

        Raises:
            NotFoundError: it is nothing, or two things.
        """
        for level in (Level.NAME, Level.ALIAS, Level.NORMALISED, Level.FOLDED):
            if level is Level.FOLDED and type_ not in terms.NAMED:
                break
            found = terms.by_form(self.connection, type_, level, _form(level, text))
            if len(found) > 1 and type_ in terms.NAMED:
                both = " or ".join(repr(self.shown(name)) for _, name in found)
                raise NotFoundError(f"{self.shown(text)!r} fits more than one {type_}", f"did you mean {both}?")
            if found:
                if level is Level.FOLDED:
                    self.notes.append(f"taking {self.shown(text)!r} for the {type_} {self.shown(found[0][1])!r}")
                return found[0]
        placeholder = terms.by_placeholder(self.connection, text) if type_ == "actor" else None
        merged = successor(self.connection, type_, text) if type_ in terms.NAMED else None
        if merged is not None:
            self.notes.append(f"{self.shown(text)!r} was merged into {self.shown(merged)!r}")
            return self.one(type_, merged)
        return placeholder or self._none(type_, text)

    def term(self, type_: str, text: str) -> Found:
        """What a name stands for, for a filter; what is no name of somebody is one whatever its case."""
        term, name = self.one(type_, text)
        if type_ in terms.NAMED:
            return Found((term,), self.shown(name))
        alike = terms.by_form(self.connection, type_, Level.NORMALISED, names.normalise(name))
        return Found(tuple(one for one, _ in alike) or (term,), self.shown(name))

    def outlet(self, text: str) -> Found:
        """An actor that publishes."""
        return self.term("actor", text)

    def metric(self, text: str) -> Found:
        """A metric.

        Raises:
            WrongUsageError: nobody knows it.
        """
        name = self.metric_name(text)
        found = terms.by_form(self.connection, "metric", Level.NAME, name)
        return Found((found[0][0],) if found else NOBODYS, name)

    def metric_name(self, text: str) -> str:
        """A metric's name, as it was typed or in lower case.

        Raises:
            WrongUsageError: nobody knows it.
        """
        for name in (text, text.lower()):
            if terms.metric(self.connection, name):
                return name
        own = [name for (name,) in self.connection.execute("SELECT name FROM term WHERE type = 'metric'")]
        near = names.suggest(text, [*METRICS, *own])
        hint = f"did you mean {' or '.join(near)}?" if near else "`scamcli schema --vocabulary` lists the metrics"
        raise WrongUsageError(f"no metric {text[:80]!r}", hint)

    def province_name(self, text: str) -> str:
        """A province's official name, for what has provinces but no towns.

        Raises:
            NotFoundError: the gazetteer has no such province.
            WrongUsageError: it is a town.
        """
        place = self._gazetteer(text)
        if _is_town(place):
            hint = f"the province is --province {place.province!r}"
            raise WrongUsageError(f"{place.name} is a town; figures are given by province", hint)
        return place.name

    def province(self, text: str) -> Found:
        """A province; a town finds the town only, and a note names its province."""
        place = self._gazetteer(text)
        if _is_town(place):
            self.notes.append(
                f"{place.name} is a town of {place.province}; the whole province is --province {place.province!r}"
            )
            return Found(self._town(place), place.name)
        found = terms.by_form(self.connection, "province", Level.NAME, place.name)
        return Found(tuple(term for term, _ in found), place.name)

    def named_so(self, text: str) -> list[str]:
        """What else a text could mean that no event's text has: an actor's name, or a site's."""
        return [
            f"there is {'an' if type_ == 'actor' else 'a'} {type_} of that name: --{type_} {self.shown(text)!r}"
            for type_ in terms.NAMED
            if text and (terms.known(self.connection, type_, text) or terms.similar(self.connection, type_, text))
        ]

    def shown(self, text: str) -> str:
        """A text as it may be shown."""
        return self.masker.text(text) if self.masker else text

    def _gazetteer(self, text: str) -> gazetteer.Place:
        from scamcli.language import gazetteer  # half a millisecond that only a province pays

        place = gazetteer.resolve(text)
        if place is None:
            place = gazetteer.near(text)
            if place is not None:
                self.notes.append(f"taking {text!r} for {place.name}")
        if place is None:
            near = gazetteer.suggest_provinces(text)
            hint = f"did you mean {' or '.join(near)}?" if near else "`scamcli schema --vocabulary` lists the provinces"
            raise NotFoundError(f"no province of Cambodia {self.shown(text)[:80]!r}", hint)
        return place

    def _town(self, town: gazetteer.Town) -> tuple[int, ...]:
        from scamcli.language import gazetteer

        spellings = {town.name} | {
            spelling
            for province in gazetteer.provinces()
            for spelling, other in province.town_spellings
            if other == town
        }
        forms = {names.normalise(spelling) for spelling in spellings}
        found = (terms.by_form(self.connection, "place", Level.NORMALISED, form) for form in forms)
        return tuple(term for rows in found for term, _ in rows)

    def _none(self, type_: str, text: str) -> tuple[int, str]:
        forms = dict(
            self.connection.execute(
                "SELECT form, term FROM name WHERE type = ? AND level IN (0, 1) LIMIT 20000", [type_]
            ).fetchall()
        )
        one_each = {forms[form]: form for form in reversed(names.suggest(text, forms))}
        near = [self.shown(form) for form in reversed(one_each.values())]
        hint = f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
        for other, flag in (("site", "--site"), ("actor", "--actor")):
            if type_ in terms.NAMED and other != type_ and terms.similar(self.connection, other, text):
                hint = f"there is {'an' if other == 'actor' else 'a'} {other} of that name: {flag}"
        hint = hint or (f"`scamcli {type_}s` lists them" if type_ in terms.NAMED else "")
        raise NotFoundError(f"no {type_} named {self.shown(text)[:120]!r}", hint)


def event_id(connection: sqlite3.Connection, text: str, masker: Masker | None = None) -> str:
    """The id that a text is, or begins; also an id as it was printed, with a placeholder in it.

    Raises:
        NotFoundError: no event has it, or it begins more than one.
    """
    if connection.execute("SELECT 1 FROM event WHERE id = ?", [text]).fetchone():
        return text
    was = gone(connection, "event", text)
    if was is not None:  # an id that was given once is never the beginning of another
        return _merged(connection, text, was)
    rows = connection.execute(
        "SELECT id FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT 6", [text, text + "\U0010ffff"]
    ).fetchall()
    if len(rows) == 1 and text:
        return str(rows[0][0])
    if rows and text:
        listed = ", ".join(row[0] for row in rows[:5]) + (" …" if len(rows) > 5 else "")
        raise NotFoundError(f"{text[:120]!r} begins more than one event's id", f"it could be {listed}")
    printed = terms.masked_id(connection, text, masker)
    if printed is None:
        raise NotFoundError(f"no event with the id {text[:120]!r}", "`scamcli search` lists them")
    return printed


def _merged(connection: sqlite3.Connection, id_: str, was: Gone) -> str:
    """The event that one which is gone was merged into.

    Raises:
        NotFoundError: it was removed, or what it was merged into was.
    """
    into = successor(connection, "event", id_)
    if into is not None and connection.execute("SELECT 1 FROM event WHERE id = ?", [into]).fetchone():
        return into
    last = (gone(connection, "event", into) if into else None) or was
    hint = f"change {last.change} took it out; `scamcli undo {last.change}` brings it back"
    raise NotFoundError(f"no event with the id {id_[:120]!r}", hint)


def _is_town(place: gazetteer.Place) -> TypeGuard[gazetteer.Town]:
    return hasattr(place, "province")


def _form(level: Level, text: str) -> str:
    if level in {Level.NAME, Level.ALIAS}:
        return text
    return names.normalise(text) if level is Level.NORMALISED else names.fold(text)
