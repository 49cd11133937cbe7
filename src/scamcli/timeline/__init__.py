"""``Timeline``, the public Python API: everything that the command line can do, as methods.

A timeline opens its file when it is needed, masks protected names unless told otherwise, and hands each question to the
module that answers it. It prints nothing: what was assumed on the way is in ``notes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Unpack

from scamcli.errors import masking_errors
from scamcli.query.filters import OPTIONS as FILTER_OPTIONS
from scamcli.query.filters import Query, where
from scamcli.query.search import KEYS as EVENT_KEYS
from scamcli.query.search import Page
from scamcli.records.canonical import digest
from scamcli.timeline.edits import Edits
from scamcli.timeline.exports import Exports
from scamcli.timeline.imports import Imports
from scamcli.timeline.ingests import Ingests
from scamcli.timeline.merges import Merges
from scamcli.timeline.past import Past
from scamcli.timeline.queries import Queries
from scamcli.timeline.reads import EVERYTHING, Reads
from scamcli.timeline.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scamcli.records.types import JsonObject
    from scamcli.stats import Comparison, Table
    from scamcli.stats.inquiry import RequestOptions
    from scamcli.timeline.session import ChangeInfo

__all__ = ["EVENT_KEYS", "FILTER_OPTIONS", "Page", "Query", "Timeline", "digest", "where"]


class FixedBounds(NamedTuple):
    """The ids of events whose bounds were derived from their wordings again, and notices about it, all masked."""

    events: tuple[str, ...]
    notes: tuple[str, ...]


class Timeline(Reads, Queries, Past, Edits, Review, Imports, Exports, Ingests, Merges):
    """A timeline of events in a SQLite file.

    ``with Timeline() as timeline: ...`` closes the file at the end.

    Args:
        path: Database file. By default ``$SCAMCLI_DB``, then the timeline in the user's data folder, which is created
            with the shipped data on first use.
        include_protected: Show the names of protected actors.
        create: Let the first write create a named file that does not exist.

    Raises:
        DatabaseError: A named file does not exist, is not a timeline, or cannot be opened.
    """

    def stats(self, metric: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]) -> Table:
        """Return the figures of one metric with their bounds, counting nothing twice.

        Args:
            metric: Such as ``complaints``; ``scamcli schema --vocabulary`` lists them. ``events`` counts events.
            query: The filters.
            request: ``by="province"`` groups by province, nationality, group, actor, source, kind, month, quarter,
                year or none, or by two of them separated by a comma; by default, by the metric's own split.
                ``undisputed=True`` leaves out what another event disputes, ``explain=True`` says for each row how its
                numbers came about, and ``cite=True`` adds what the table rests on.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter or split is invalid.
        """
        from scamcli import stats

        with self._asking():
            return stats.table(self._connection, self._lookup, stats.Request(metric, **request), query)

    def compare(
        self, metric: str, before: str, after: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]
    ) -> Comparison:
        """Return the change of a metric between two periods, in percent, beside what somebody claimed it to be.

        Args:
            metric: Such as ``requests``.
            before: A day, month, quarter or year, such as ``2022-Q1``.
            after: Another one.
            query: The filters, without dates.
            request: As for ``stats``.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter, split or period is invalid.
        """
        from scamcli import stats

        with self._asking():
            wanted = stats.Request(metric, **request)
            return stats.compare(self._connection, self._lookup, wanted, query, (before, after))

    def metrics(self) -> Iterator[JsonObject]:
        """Yield the metrics that have figures, with the number of these."""
        from scamcli.query import profiles

        with self._asking():
            yield from profiles.list_metrics(self._connection)

    def check(self, select: Sequence[str] = ()) -> Iterator[dict[str, str]]:
        """Yield likely mistakes as rows of code, record, place, reason and remedy.

        Args:
            select: Codes, or how they begin: ``F02``, or ``F`` for all that begin so. By default all.

        Raises:
            WrongUsageError: There is no such code.
        """
        from scamcli.checks import CODES
        from scamcli.timeline import check

        codes = check.codes_of(select)
        with self._asking():
            for finding in check.findings(self._connection, self._masker):
                if finding.code in codes:
                    about = CODES[finding.code]
                    yield finding._asdict() | {"title": about.title, "remedy": about.remedy}

    def fix_bounds(self, **info: Unpack[ChangeInfo]) -> FixedBounds:
        """Derive the bounds of figures from their wordings again wherever they differ. Nothing else changes.

        Raises:
            DatabaseError: The file does not exist or cannot be written.
        """
        from scamcli.store.naming import NewNames
        from scamcli.timeline.check import derive_bounds
        from scamcli.timeline.session import notes_of

        with self._writing("check --fix", new_names=NewNames.TAKEN, **info) as writer:
            events = tuple(writer.shown(event) for event in derive_bounds(writer))
        return FixedBounds(events, notes_of(writer))

    def verify(self) -> Iterator[dict[str, str | None]]:
        """Yield what is damaged in the file, or was changed by another program, as rows of part, record and reason.

        Raises:
            DatabaseError: The database is busy.
        """
        from scamcli.timeline import verify

        with masking_errors(self.shown):
            for problem in verify.problems(self._connection, self._masker):
                yield problem._asdict()

    def backup(self, target: Path | None = None) -> Path:
        """Copy the whole database, as it is at this moment, to a new file, and return its path.

        Others may write meanwhile.

        Args:
            target: The file, or the folder to create it in; by default beside the database.

        Raises:
            WrongUsageError: The file exists already.
            DatabaseError: The file cannot be written, or the database is damaged.
        """
        from scamcli.store import backup

        with self._asking():
            path, notes = backup.make(self._connection, self.path, target)
        self.notes += notes
        return path
