"""The public face: one timeline in one file, for Python and for the command line.

It opens the file, hides protected names unless told otherwise, and hands each question to the module that answers
it. It prints nothing: what was assumed on the way stands in ``notes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.query import resolve, search
from scamcli.query.filters import Query, where
from scamcli.query.search import Page
from scamcli.records.canonical import digest
from scamcli.timeline.edits import Edits
from scamcli.timeline.exports import Exports
from scamcli.timeline.ingests import Ingests
from scamcli.timeline.merges import Merges
from scamcli.timeline.open import masking_errors
from scamcli.timeline.past import Past
from scamcli.timeline.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from scamcli.ingest.proposal import Known
    from scamcli.query.filters import CompiledQuery
    from scamcli.query.sql import Answer, Clock
    from scamcli.records.models import Event, Hit
    from scamcli.stats import Comparison, Table

EVERYTHING, FIRST_PAGE = Query(), Page()


class Timeline(Past, Edits, Review, Exports, Ingests, Merges):
    """A timeline of events in a SQLite file.

    Args:
        path: the file; by default ``$SCAMCLI_DB``, else the shipped timeline in the user's data folder, which the
            first use makes.
        include_protected: whether answers hold the names of protected actors.

    Raises:
        DatabaseError: a file that is named is not there, is no timeline, or cannot be opened.

    ``with Timeline() as timeline: ...`` closes the file at the end.
    """

    def search(self, text: str = "", *, limit: int | None = None, **asked: str | Iterable[str] | bool) -> Iterator[Hit]:
        """Events as models, newest first.

        Args:
            text: words that all occur, in any order.
            limit: at most so many.
            asked: the filters of the command line by name: ``actor="Sar Kheng"``, ``province=["Kandal", "KH-18"]``,
                ``from_="2022-09"``, ``certain=True``.

        Raises:
            NotFoundError: a name that nobody has, or that fits two.
            WrongUsageError: a bad date, range, kind, role, metric, or an unknown filter.
        """
        from scamcli.records.models import Hit

        yield from map(Hit.model_validate, self.find(where(text, **asked), Page(limit=limit)))

    def event(self, id_: str) -> Event:
        """The event with this id, or the one whose id begins so.

        Raises:
            NotFoundError: there is none, or more than one.
        """
        from scamcli.records.models import Event

        return Event.model_validate({key: value for key, value in self.show(id_).items() if key in Event.model_fields})

    def find(self, asked: Query, page: Page = FIRST_PAGE) -> Iterator[dict[str, Any]]:
        """Events as rows, streamed, newest first.

        Raises:
            NotFoundError, WrongUsageError: as ``search``.
        """
        with self._asking():
            compiled = self.compiled(asked)
            after = None if page.after is None else resolve.event_id(self._connection, page.after, self._masker)
        return self._hits(compiled, page._replace(after=after))

    def _hits(self, compiled: CompiledQuery, page: Page) -> Iterator[dict[str, Any]]:
        with self._asking():
            yield from search.hits(self._connection, compiled, page, self._masker)

    def count(self, asked: Query) -> int:
        """How many events match."""
        with self._asking():
            return search.count(self._connection, self.compiled(asked))

    def prefix_length(self, id_: str) -> int:
        """Return how many of the first characters of an event's id identify the event, now."""
        with self._asking():
            return resolve.prefix_length(self._connection, id_)

    def show(self, id_: str) -> dict[str, Any]:
        """One event as a row, with the ``digest`` of its record.

        Raises:
            NotFoundError: there is none with this id, or more than one whose id begins so.
        """
        with self._asking():
            found = resolve.event_id(self._connection, id_, self._masker)
            (text,) = self._connection.execute("SELECT record FROM event WHERE id = ?", [found]).fetchone()
        return search.whole_event(text, self._masker)

    def stats(self, metric: str, asked: Query = EVERYTHING, **request: Any) -> Table:
        """Figures of one metric with their bounds, none counted twice; ``events`` counts events.

        Args:
            metric: such as ``complaints``; ``schema --vocabulary`` lists them.
            asked: the filters.
            request: ``by="province"``: province, nationality, group, actor, source, kind, month, quarter, year or
                none, or two with a comma between them, by default the metric's natural split; ``undisputed=True``
                leaves out what another event disputes; ``explain=True`` gives every row its derivation.

        Raises:
            NotFoundError, WrongUsageError: as ``search``.
        """
        from scamcli import stats

        with self._asking():
            return stats.table(self._connection, self._lookup, stats.Request(metric, **request), asked)

    def compare(self, metric: str, before: str, after: str, asked: Query = EVERYTHING, **request: Any) -> Comparison:
        """The signed change of a metric's figures between two periods, in percent, beside what was claimed.

        Args:
            metric: such as ``requests``.
            before: a day, month, quarter or year: ``2022-Q1``.
            after: another.
            asked: the filters; their dates are not used.
            request: as ``stats``.

        Raises:
            NotFoundError, WrongUsageError: as ``search``.
        """
        from scamcli import stats

        with self._asking():
            wanted = stats.Request(metric, **request)
            return stats.compare(self._connection, self._lookup, wanted, asked, (before, after))

    def metrics(self) -> Iterator[dict[str, Any]]:
        """The metrics that have figures, and how many."""
        from scamcli.query import profiles

        with self._asking():
            yield from profiles.metrics(self._connection)

    def entities(self, type_: str) -> Iterator[dict[str, Any]]:
        """Every ``actor`` or ``site``, with the number of its events."""
        from scamcli.query import profiles

        with self._asking():
            yield from profiles.listed(self._connection, type_, self._masker)

    def profile(self, type_: str, name: str) -> dict[str, Any]:
        """One ``actor`` or ``site``, with its events.

        Raises:
            NotFoundError: nobody has the name, or two have.
        """
        from scamcli.query import profiles

        with self._asking():
            term, _ = self._lookup.find(type_, name)
            return profiles.profile(self._connection, term, self._masker)

    def responses(self, asked: Query = EVERYTHING) -> Iterator[dict[str, Any]]:
        """Allegations and what answered them, as rows.

        Raises:
            NotFoundError, WrongUsageError: as ``search``.
        """
        from scamcli.query import responses

        with self._asking():
            yield from responses.rows(self._connection, self.compiled(asked), self._masker)

    def check(self) -> Iterator[dict[str, Any]]:
        """What to look at again: rows of code, record, place, reason and remedy."""
        from scamcli.checks import CODES
        from scamcli.timeline import check

        with self._asking():
            for found in check.findings(self._connection, self._masker):
                yield found._asdict() | {"title": CODES[found.code].title, "remedy": CODES[found.code].remedy}

    def verify(self) -> Iterator[dict[str, Any]]:
        """What is damaged in the file, or was changed by another program: rows of part, record and reason.

        Raises:
            DatabaseError: it is busy.
        """
        from scamcli.timeline import verify

        with masking_errors(self.shown):
            for found in verify.problems(self._connection, self._masker):
                yield found._asdict()

    def known(self) -> Known:
        """The names of actors and sites, for who reads a text."""
        from scamcli.store import drafts

        with self._asking():
            return drafts.known(self._connection)

    def backup(self, target: Path | None = None) -> Path:
        """Copy the whole database to a new file, as it is at this moment, while others may write.

        Args:
            target: the file, or the folder to make it in; by default beside the database.

        Raises:
            WrongUsageError, DatabaseError: there is a file already; it cannot be made, or the database is damaged.
        """
        from scamcli.store import backup

        with self._asking():
            place, told = backup.make(self._connection, self.path, target)
        self.notes += told
        return place

    def sizes(self) -> dict[str, int]:
        """How many events, drafts, figures, actors and sites there are, and texts that were read."""
        from scamcli.query import profiles

        with self._asking():
            return profiles.sizes(self._connection)

    def span(self) -> tuple[str, str] | None:
        """The first day and the last first day of its events."""
        from scamcli.query import profiles

        with self._asking():
            return profiles.span(self._connection)

    def named_so(self, text: str) -> list[str]:
        """What else a text could mean that no event's text has: an actor's name, or a site's."""
        with self._asking():
            return self._lookup.other_meanings(text)

    def names(self, type_: str, prefix: str = "", limit: int = 50) -> list[str]:
        """Names of one type that begin so, for completion."""
        from scamcli.query import profiles

        with self._asking():
            return [self.shown(name) for name in profiles.beginning(self._connection, type_, prefix, limit)]

    def sql(
        self,
        query: str,
        parameters: Mapping[str, str] | None = None,
        *,
        clock: Clock | None = None,
        drafts: bool = False,
    ) -> Answer:
        """A question in SQL over the public views: the names of its columns, and its rows, streamed.

        Args:
            query: one SELECT.
            parameters: the values of ``:name`` in it.
            clock: how long it may take; by default 30 seconds of processor time.
            drafts: whether the views show drafts.

        Raises:
            WrongUsageError: it cannot be read, does more than read the views, or takes too long.
        """
        from scamcli.query import sql

        with self._asking():
            asked = sql.Question(query, parameters or {}, clock or sql.Clock(), drafts)
            return sql.answer(self._connection, self.path, self._masker, asked)


__all__ = ["Page", "Query", "Timeline", "digest", "where"]
