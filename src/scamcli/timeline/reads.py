"""Read a timeline: events, actors and sites, allegations and answers, and SQL queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.errors import quote
from scamcli.language.vocabulary import RESPONSE_GROUPINGS, SITE_GROUPINGS, SITE_STATUSES, STANCES
from scamcli.query import resolve, search
from scamcli.query.filters import Query, match_word, where
from scamcli.query.search import Page
from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scamcli.ingest.proposal import Known
    from scamcli.query.filters import CompiledQuery
    from scamcli.records.models import Event, Hit
    from scamcli.records.types import HitDict, JsonObject, WholeEventDict

EVERYTHING, FIRST_PAGE = Query(), Page()

MANY = 1000
"""Events that a wider search finds are counted up to this number."""


class Responses:
    """A row for each allegation and answer, or for each group of allegations.

    It also has the number of allegations, the number without a recorded answer, and the number of answers that name
    different sites from their allegation.
    """

    def __init__(
        self, rows: Sequence[Mapping[str, object]], allegations: int, without_answer: int, about_other_sites: int
    ) -> None:
        self.rows = rows
        self.allegations = allegations
        self.without_answer = without_answer
        self.about_other_sites = about_other_sites


class Reads(Session):
    """The methods of ``Timeline`` that read records."""

    def search(
        self, text: str = "", *, limit: int | None = None, **filters: str | Iterable[str] | bool
    ) -> Iterator[Hit]:
        """Yield matching events as models, newest first.

        Args:
            text: Search terms, all of which must match.
            limit: Yield at most this many.
            filters: The filters of the command line by name: ``actor="Sar Kheng"``, ``province=["Kandal", "KH-18"]``,
                ``from_="2022-09"``, ``certain=True``.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A date, range, kind, role or metric is invalid, or there is no such filter.
        """
        from scamcli.records.models import Hit

        yield from map(Hit.model_validate, self.find(where(text, **filters), Page(limit=limit)))

    def event(self, id_: str) -> Event:
        """Return one event as a model.

        Args:
            id_: Its id, or the beginning of its id.

        Raises:
            NotFoundError: No event matches, or more than one does.
        """
        from scamcli.records.models import Event

        return Event.model_validate({key: value for key, value in self.show(id_).items() if key in Event.model_fields})

    def find(self, query: Query, page: Page = FIRST_PAGE) -> Iterator[HitDict]:
        """Yield matching events as rows, newest first.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter is invalid.
        """
        with self._asking():
            compiled = self.compiled(query)
            after = None if page.after is None else resolve.event_id(self._connection, page.after, self._masker)
        return self._hits(compiled, page._replace(after=after))

    def _hits(self, compiled: CompiledQuery, page: Page) -> Iterator[HitDict]:
        with self._asking():
            yield from search.hits(self._connection, compiled, page, self._masker)

    def count(self, query: Query) -> int:
        """Return how many events match."""
        with self._asking():
            return search.count(self._connection, self.compiled(query))

    def wider(self, query: Query, found: int) -> list[str]:
        """Return hints for a search that found few events: the wider searches that find more, and how many.

        They look for other forms of the words (without ``exact``), and for words that begin with them.
        """
        from scamcli.language.scripts import as_prefixes

        prefixes = as_prefixes(query.text)
        searches = {
            "Without --exact, the search": query._replace(exact=False),
            f"A search for {quote(self.shown(prefixes))}": query._replace(text=prefixes, exact=False),
        }
        hints = []
        with self._asking():
            for subject, wider in searches.items():
                number = search.count_up_to(self._connection, self.compiled(wider), MANY) if wider != query else 0
                if number > found:
                    more = " or more" if number == MANY else ""
                    hints.append(f"{subject} finds {number:,} event{'s' * (number > 1)}{more}.")
        return hints

    def prefix_length(self, id_: str) -> int:
        """Return how many leading characters of an event's id are now enough to identify it."""
        with self._asking():
            return resolve.prefix_length(self._connection, id_)

    def show(self, id_: str) -> WholeEventDict:
        """Return one event as a row, with the ``digest`` of its record.

        Args:
            id_: Its id, or the beginning of its id.

        Raises:
            NotFoundError: No event matches, or more than one does.
        """
        with self._asking():
            found = resolve.event_id(self._connection, id_, self._masker)
            (text,) = self._connection.execute("SELECT record FROM event WHERE id = ?", [found]).fetchone()
        return search.whole_event(text, self._masker)

    def responses(
        self,
        query: Query = EVERYTHING,
        *,
        by: str | None = None,
        only_open: bool = False,
        answered_by: str | None = None,
        stance: str | None = None,
    ) -> Responses:
        """Return allegations, who answered them, and the stance of each answer.

        Args:
            query: Chooses the allegations.
            by: ``site``, ``country``, ``province`` or ``actor``: count allegations by this instead of listing them.
            only_open: Leave out allegations with a recorded answer.
            answered_by: Keep only the answers of this actor.
            stance: Keep only answers with this stance.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter, the stance or the split is invalid.
        """
        from scamcli.query import responses

        split = match_word(by, RESPONSE_GROUPINGS, "split") if by else None
        wanted = match_word(stance, STANCES, "stance") if stance else None
        with self._asking():
            answerer = self.shown(self._lookup.find("actor", answered_by)[1]) if answered_by else None
            found = responses.rows(self._connection, self.compiled(query), self._masker)
            rows = [row for row in found if responses.is_wanted(row, answerer, wanted)]
        rows = [row for row in rows if not (only_open and row["answer"])]
        allegations = {row["allegation"] for row in rows}
        without = {row["allegation"] for row in rows if row["answer"] is None}
        elsewhere = sum(map(responses.is_about_another_site, rows))
        return Responses(responses.group(rows, split) if split else rows, len(allegations), len(without), elsewhere)

    def entities(self, type_: str, *, only_new: bool = False) -> Iterator[JsonObject]:
        """Yield all records of one type, ``actor`` or ``site``, with the number of their events.

        With ``only_new``, yield those that the last change that added any has added.
        """
        from scamcli.query import profiles

        with self._asking():
            yield from profiles.list_entities(self._connection, type_, self._masker, only_new=only_new)

    def sites(
        self, *, status: Sequence[str] = (), country: Sequence[str] = (), province: Sequence[str] = (),
        raided_and_reopened: bool = False, by: str | None = None,
    ) -> list[JsonObject]:  # fmt: skip
        """Return sites with the number of their events, and in ``status`` the statuses of the latest claims.

        A claim is the latest unless another begins after it has ended. If claims cannot be ordered, all of them are
        latest: the site is found by each.

        Args:
            status: Keep only sites with one of these statuses: ``operating``, ``raided`` …
            country: Keep only sites in one of these countries, given as codes or names.
            province: Keep only sites in one of these provinces or towns.
            raided_and_reopened: Keep only sites that somebody says were raided, and somebody says were open afterwards.
            by: ``country``, ``province`` or ``status``: count the sites by this instead of listing them.

        Raises:
            NotFoundError: A country or province is unknown or ambiguous.
            WrongUsageError: A status or the split is invalid.
        """
        from scamcli.query import sites

        split = match_word(by, SITE_GROUPINGS, "split") if by else None
        with self._asking():
            query = sites.SiteQuery(
                tuple(match_word(word.replace(" ", "_"), SITE_STATUSES, "status") for word in status),
                tuple(map(self._lookup.country_code, country)),
                tuple(self._lookup.province(name).label for name in province),
                raided_and_reopened,
            )
            rows = list(sites.chosen(map(sites.with_status, self.entities("site")), query))
        return sites.group(rows, split) if split else rows

    def profile(self, type_: str, name: str) -> JsonObject:
        """Return one ``actor`` or ``site`` with its events.

        Raises:
            NotFoundError: The name is unknown or ambiguous.
        """
        from scamcli.query import profiles

        with self._asking():
            term, _ = self._lookup.find(type_, name)
            return profiles.profile(self._connection, term, self._masker)

    def aliases(self, type_: str, name: str) -> list[JsonObject]:
        """Return every form that finds an ``actor`` or ``site``, as rows with form, kind and name.

        The kind is ``name``, ``alias``, ``without title``, ``transliteration`` or ``whole word``; ``of`` is the name or
        alias that the form comes from. Of a protected actor, only the placeholder is returned.

        Raises:
            NotFoundError: The name is unknown or ambiguous.
        """
        with self._asking():
            return [vars(answer) for answer in self._lookup.answers_to(type_, name)]

    def known(self) -> Known:
        """Return the names of actors and sites that ``ingest`` looks for, except protected actors."""
        from scamcli.store import drafts

        with self._asking():
            return drafts.known(self._connection).without(lambda name: self.shown(name) != name)

    def names(self, type_: str, prefix: str = "", limit: int = 50) -> list[str]:
        """Return names of one type that begin with a prefix, or ids of events, for completion.

        The printed form of the name must begin with the prefix, so that nobody can guess a masked name letter by
        letter.
        """
        from scamcli.query import profiles

        with self._asking():
            names = profiles.names_with_prefix(self._connection, type_, prefix, limit)
            found: Iterable[str]
            if type_ == "metric":
                found = map(self._lookup.shown_metric, names)
            elif type_ == "tag":  # beside no record, a word of a tag may be that of any protected person
                found = filter(self._lookup.is_free, names)
            else:
                found = map(self.shown, names)
            return sorted(name for name in found if name.lower().startswith(prefix.lower()))

    def other_meanings(self, text: str) -> list[str]:
        """Return hints for a search text without matches: it may be the name of an actor or a site."""
        with self._asking():
            return self._lookup.other_meanings(text)

    def sizes(self) -> dict[str, int]:
        """Return the numbers of events, drafts, ingested texts, figures, actors and sites."""
        from scamcli.query import profiles

        with self._asking():
            return profiles.sizes(self._connection)

    def span(self) -> tuple[str, str] | None:
        """Return the first days of the earliest and of the latest event; ``None`` if there are no events."""
        from scamcli.query import profiles

        with self._asking():
            return profiles.span(self._connection)
