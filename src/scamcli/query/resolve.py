"""Look up names: exact names, aliases, normalised forms, and the only name that folds equally or has these words.

Titles that can be parts of names (Ko, Ma) are left out only if that gives the full name of one person.

Similarity never decides who somebody is: it only orders the suggestions in an error. If a name was taken for another
spelling, ``notes`` says so. Protected names are masked, even in errors.
"""

from __future__ import annotations

import json
import os.path
from typing import TYPE_CHECKING, TypeGuard, cast

from scamcli.errors import NotFoundError, WrongUsageError, quote
from scamcli.language import names
from scamcli.language.scripts import plain
from scamcli.language.vocabulary import METRICS
from scamcli.store import terms
from scamcli.store.history import RemovedRecord, find_removed, successor
from scamcli.store.keys import HIDDEN, Level

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scamcli.language import gazetteer
    from scamcli.records.masking import Masker

UNUSED_TERM = (0,)
"""The id for a term that no event refers to: a province or metric that this timeline does not have yet."""

_ARTICLE = {"actor": "an actor", "site": "a site"}


class Resolved:
    """The terms that a name refers to, and how the name is printed."""

    def __init__(self, terms: tuple[int, ...], label: str) -> None:
        self.terms = terms
        self.label = label


class Answer:
    """A form that finds an actor or a site.

    Attributes:
        form: the form itself.
        kind: ``name``, ``alias``, ``without title``, ``transliteration`` or ``whole word``.
        of: the name or alias that it comes from.
    """

    def __init__(self, form: str, kind: str, of: str) -> None:
        self.form = form
        self.kind = kind
        self.of = of


class Lookup:
    """Finds the terms that typed names refer to in one database, and adds its assumptions to ``notes``."""

    def __init__(self, connection: sqlite3.Connection, masker: Masker | None, notes: list[str] | None = None) -> None:
        self.connection = connection
        self.masker = masker
        self.notes = [] if notes is None else notes

    def find(self, type_: str, text: str, called: str | None = None) -> tuple[int, str]:
        """Return the term (id, name) that a name refers to. A note about an assumption can call it by another word.

        Raises:
            NotFoundError: the name is unknown or ambiguous.
        """
        for level, form in _forms(type_, text):
            found = terms.by_form(self.connection, type_, level, form)
            if len(found) > 1 and type_ in terms.NAMED:
                raise self._ambiguous(type_, text, found)
            if found:
                if level == Level.FOLDED:
                    self._assume(called or type_, found[0][1], text)
                return found[0]
        placeholder = terms.by_placeholder(self.connection, text) if type_ == "actor" else None
        merged_into = successor(self.connection, type_, text) if type_ in terms.NAMED else None
        if merged_into is not None:
            self.notes.append(f"{quote(self.shown(text))} was merged into {quote(self.shown(merged_into))}.")
            return self.find(type_, merged_into, called)
        if placeholder is not None:
            return placeholder
        within = self._likely(type_, text)
        if len(within) != 1:
            raise self._ambiguous(type_, text, within) if within else self._unknown(type_, text)
        self._assume(called or type_, within[0][1], text)
        return within[0]

    def _likely(self, type_: str, text: str) -> list[tuple[int, str]]:
        """Return the people whose name a text is after a title, or else the actors or sites with all of its words."""
        titled = terms.without_titles(self.connection, text) if type_ == "actor" else []
        if titled or type_ not in terms.NAMED:
            return titled
        from scamcli.query.whole_words import with_words  # here, because most names are written in full

        return with_words(self.connection, type_, text)

    def answers_to(self, type_: str, text: str) -> list[Answer]:
        """Return every form that finds an actor or a site. For a protected actor, this is only the name.

        Raises:
            NotFoundError: the name is unknown or ambiguous.
        """
        term, name = self.find(type_, text)
        record = terms.record_of(self.connection, term) or {}
        if self.shown(name) != name or (self.masker and terms.is_protected(record)):
            return [Answer(self.shown(name), "name", self.shown(name))]
        written = {name: "name"} | dict.fromkeys(cast("list[str]", record.get("aliases", [])), "alias")
        found = [Answer(self.shown(form), kind, self.shown(form)) for form, kind in written.items()]
        listed = {_letters(form) for form in written}
        forms = [form for form in written if self.shown(form) == form]  # a part of a masked name could reveal it
        for form in forms:
            bare = names.bare(form)
            for kind, derived in (("without title", bare), ("transliteration", names.fold_words(bare))):
                if _letters(derived) not in listed:
                    found.append(Answer(derived, kind, form))
                    listed.add(_letters(derived))
        for form in forms:
            for word in names.bare(form).split():
                if word not in listed and self._means(type_, word, term):
                    found.append(Answer(word, "whole word", form))
                    listed.add(word)
        return found

    def _means(self, type_: str, text: str, term: int) -> bool:
        """Say whether a query would take a text for this term."""
        try:
            return Lookup(self.connection, self.masker).find(type_, text)[0] == term
        except NotFoundError:
            return False

    def outlet(self, text: str) -> Resolved:
        """Return the terms of an outlet, for a filter by source. Outlets are actors."""
        return self.term("actor", text, "outlet")

    def term(self, type_: str, text: str, called: str | None = None) -> Resolved:
        """Return the terms that a name refers to, for a filter. Names other than of actors and sites ignore case.

        Args:
            type_: the type of the terms.
            text: the name.
            called: what a note about an assumption calls it, if not by its type.
        """
        term, name = self.find(type_, text, called)
        if type_ in terms.NAMED:
            return Resolved((term,), self.shown(name))
        same = terms.by_form(self.connection, type_, Level.NORMALISED, names.normalise(name))
        return Resolved(tuple(id_ for id_, _ in same) or (term,), self.shown(name))

    def nationality(self, text: str) -> Resolved:
        """Return the terms of a nationality, including other demonyms of the same country: Nepali and Nepalese."""
        found = self.same_people(text)
        terms_of = (
            terms.by_form(self.connection, "nationality", Level.NORMALISED, names.normalise(one)) for one in found
        )
        return Resolved(tuple(term for same in terms_of for term, _ in same), self.shown(found[0]))

    def same_people(self, text: str) -> list[str]:
        """Return the nationality that a text names, and other words for the same people that the timeline has.

        Raises:
            NotFoundError: it has none of them.
        """
        from scamcli.language.countries import words_for_people  # only a filter by nationality needs the table

        others = [name for word in sorted(words_for_people(text)) if (name := self._nationality_spelt(word))]
        try:
            return list(dict.fromkeys((self.find("nationality", text)[1], *others)))
        except NotFoundError:
            if not others:
                raise
        return others

    def _nationality_spelt(self, word: str) -> str | None:
        found = terms.by_form(self.connection, "nationality", Level.NORMALISED, names.normalise(word))
        return found[0][1] if found else None

    def metric(self, text: str) -> Resolved:
        """Return the term of a metric."""
        name = self.metric_name(text)
        found = terms.by_form(self.connection, "metric", Level.NAME, name)
        return Resolved((found[0][0],) if found else UNUSED_TERM, self.shown_metric(name))

    def metric_name(self, text: str) -> str:
        """Return the name of a metric as typed, ignoring case.

        Raises:
            WrongUsageError: the metric does not exist.
        """
        for name in (text, text.lower()):
            if terms.metric(self.connection, name):
                return name
        from scamcli.store import printed_ids

        printed = printed_ids.name_printed_as(self.connection, "metric", text, self.masker)
        if printed is not None:
            return printed
        rows = self.connection.execute("SELECT name FROM term WHERE type = 'metric'")
        own = [self.shown_metric(name) for (name,) in rows]
        near = names.suggest(text, [*METRICS, *own])
        hint = names.did_you_mean(near, "`scamcli schema --vocabulary` lists the metrics.")
        raise WrongUsageError(f"No metric {quote(text[:80])}.", hint)

    def province_name(self, text: str) -> str:
        """Return the official name of a province, where a town is not allowed.

        Raises:
            NotFoundError: the province does not exist.
            WrongUsageError: the name is a town's.
        """
        place = self._gazetteer(text)
        if _is_town(place):
            hint = f"Use its province: --province {quote(place.province)}."
            raise WrongUsageError(f"{place.name} is a town; figures are given by province.", hint)
        return place.name

    def country_code(self, text: str) -> str:
        """Return the code of a country.

        Raises:
            NotFoundError: there is no such country.
        """
        from scamcli.language import countries  # only a filter by country needs the table

        code = countries.resolve_country(text)
        if code is None:
            every = [name for one in countries.countries().values() for name in one.names]
            hint = names.did_you_mean(names.suggest(text, every), "Use a name, or a code such as KH or KHM.")
            raise NotFoundError(f"No country named {quote(self.shown(text)[:80])}.", hint)
        return code

    def country(self, text: str) -> Resolved:
        """Return the term of a country."""
        code = self.country_code(text)
        found = terms.by_form(self.connection, "country", Level.NAME, code)
        return Resolved(tuple(term for term, _ in found), code)

    def province(self, text: str) -> Resolved:
        """Return the terms of a province, or of a town; then a note names its province."""
        place = self._gazetteer(text)
        if _is_town(place):
            whole = f"For the whole province, use --province {quote(place.province)}."
            self.notes.append(f"{place.name} is a town in {place.province}. {whole}")
            return Resolved(self._town_terms(place), place.name)
        found = terms.by_form(self.connection, "province", Level.NAME, place.name)
        return Resolved(tuple(term for term, _ in found), place.name)

    def other_meanings(self, text: str) -> list[str]:
        """Return hints for a text without hits: it may be misspelt, or the name of an actor or a site."""
        if not text:
            return []
        from scamcli.query.near_words import corrected  # most searches find something

        near = corrected(self.connection, self.masker, text)
        return [
            *([names.did_you_mean([near])] if near else []),
            *(
                f"There is {_ARTICLE[type_]} of that name: --{type_} {quote(self.shown(text))}."
                for type_ in terms.NAMED
                if terms.known(self.connection, type_, text) or terms.similar(self.connection, type_, text)
            ),
        ]

    def shown(self, text: str) -> str:
        """Return a text with protected names masked."""
        return self.masker.text(text) if self.masker else text

    def is_free(self, text: str) -> bool:
        """Return whether a text has no word of a protected name."""
        return self.masker is None or self.masker.without(text, frozenset(self.masker.names)) == text

    def shown_about(self, metric: str, text: str) -> str:
        """Return a text about a metric, such as its unit, with the words of protected names in its name masked."""
        return self.masker.about_metric(metric, text) if self.masker else text

    def shown_metric(self, name: str) -> str:
        """Return the printable name of a metric."""
        return self.masker.metric(name) if self.masker else name

    def _gazetteer(self, text: str) -> gazetteer.Place:
        from scamcli.language import gazetteer  # takes half a millisecond, which only a filter by province should pay

        if (exact := gazetteer.resolve(text)) is not None:
            return exact
        if several := gazetteer.candidates(text):
            hint = f"Use one of: {'; '.join(several[:20])}."
            raise NotFoundError(f"{quote(self.shown(text)[:80])} is the name of several provinces.", hint)
        if (near := gazetteer.near(text)) is not None:
            self.notes.append(f"Assuming {near.name} for {quote(text)}.")
            return near
        provinces = gazetteer.suggest_provinces(text)
        elsewhere = "`scamcli schema --vocabulary` lists those of Cambodia; elsewhere, write the country: Kayin, MM."
        hint = names.did_you_mean(provinces, elsewhere)
        raise NotFoundError(f"No province named {quote(self.shown(text)[:80])}.", hint)

    def _town_terms(self, town: gazetteer.Town) -> tuple[int, ...]:
        from scamcli.language import gazetteer

        forms = {names.normalise(spelling) for spelling in gazetteer.spellings(town)}
        found = (terms.by_form(self.connection, "place", Level.NORMALISED, form) for form in forms)
        return tuple(term for rows in found for term, _ in rows)

    def _assume(self, type_: str, name: str, text: str) -> None:
        shown = self.shown(name)
        # A spelling that is nearly a protected name is not masked, and would give the name away beside its placeholder.
        given = HIDDEN if shown != name else quote(self.shown(text))
        self.notes.append(f"Assuming {type_} {quote(shown)} for {given}.")

    def _ambiguous(self, type_: str, text: str, found: list[tuple[int, str]]) -> NotFoundError:
        """Return the error for a name that fits several records; it lists up to five."""
        near = [self.shown(name) for _, name in found]
        hint = (
            names.did_you_mean(near) if len(near) < 6 else f"{', '.join(map(quote, near[:5]))} and more have that word."
        )
        return NotFoundError(f"More than one {type_} is called {quote(self.shown(text)[:120])}.", hint)

    def _unknown(self, type_: str, text: str) -> NotFoundError:
        """Return the error for an unknown name, with suggestions."""
        near = terms.suggestions(self.connection, type_, text, protected=self.masker is None)
        if type_ == "tag":  # beside no record, a word of a tag may be that of any protected person
            near = [name for name in near if self.is_free(name)]
        hint = names.did_you_mean(map(self.shown, near))
        for other in ("site", "actor"):
            if type_ in terms.NAMED and other != type_ and terms.similar(self.connection, other, text):
                hint = f"There is {_ARTICLE[other]} of that name: use --{other}."
        hint = hint or (f"`scamcli {type_}s` lists them." if type_ in terms.NAMED else "")
        return NotFoundError(f"No {type_} named {quote(self.shown(text)[:120])}.", hint)


def event_id(connection: sqlite3.Connection, text: str, masker: Masker | None = None) -> str:
    """Return the id of an event, given the id, the beginning of it, or its printed form with a placeholder.

    Raises:
        NotFoundError: no id matches, or more than one begins with the text.
    """
    if connection.execute("SELECT 1 FROM event WHERE id = ?", [text]).fetchone():
        return text
    removed = find_removed(connection, "event", text)
    if removed is not None:  # an id that has been used is never read as the beginning of a different id
        return _merged_into(connection, text, removed)
    rows = connection.execute(
        "SELECT id FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT 6", [text, text + "\U0010ffff"]
    ).fetchall()
    if len(rows) == 1 and text:
        return str(rows[0][0])
    if rows and text:
        listed = ", ".join(row[0] for row in rows[:5]) + (" …" if len(rows) > 5 else "")
        raise NotFoundError(f'More than one event\'s id begins with "{text[:120]}".', f"It could be {listed}.")
    from scamcli.store import printed_ids  # here and above, because most ids and metrics are written exactly

    printed = printed_ids.event_printed_as(connection, text, masker)
    if printed is None:
        raise NotFoundError(
            f"No event with the id {quote(text[:120])}.", "`scamcli search` lists events and their ids."
        )
    return printed


def prefix_length(connection: sqlite3.Connection, id_: str) -> int:
    """Return how many leading characters of an id are enough for `event_id` to find the event.

    An id that no event has, such as a masked one, needs all of its characters.
    """
    row = connection.execute(
        "SELECT (SELECT max(id) FROM event WHERE id < ?1), (SELECT min(id) FROM event WHERE id > ?1)"
        " FROM event WHERE id = ?1",
        [id_],
    ).fetchone()
    if row is None:
        return len(id_)
    shared = max(len(os.path.commonprefix([id_, other or ""])) for other in row)  # noqa: RUF071 - by character
    prefixes = json.dumps([id_[:length] for length in range(shared + 1, len(id_))])
    (removed,) = connection.execute(  # the id of a removed event is never read as the beginning of a different id
        "SELECT max(length(name)) FROM change_record WHERE type = 'event' AND after IS NULL"
        " AND name IN (SELECT value FROM json_each(?))",
        [prefixes],
    ).fetchone()
    return min(max(shared, removed or 0) + 1, len(id_))


def _merged_into(connection: sqlite3.Connection, id_: str, removed: RemovedRecord) -> str:
    """Return the event that a removed one was merged into."""
    into = successor(connection, "event", id_)
    if into is not None and connection.execute("SELECT 1 FROM event WHERE id = ?", [into]).fetchone():
        return into
    last = (find_removed(connection, "event", into) if into else None) or removed
    hint = f"Change {last.change} removed it; `scamcli undo {last.change}` brings it back."
    raise NotFoundError(f"No event with the id {quote(id_[:120])}.", hint)


def _forms(type_: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the forms of a name one by one: most names are exact, and normalising takes longer than the search."""
    yield Level.NAME, text
    yield Level.ALIAS, text
    yield Level.NORMALISED, names.normalise(text)
    if type_ in terms.NAMED:
        yield Level.FOLDED, names.fold(text)


def _letters(text: str) -> str:
    return plain(text).replace(" ", "")


def _is_town(place: gazetteer.Place) -> TypeGuard[gazetteer.Town]:
    return not hasattr(place, "other_names")
