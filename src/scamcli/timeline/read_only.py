"""A timeline for commands that write nothing. It loads faster than ``Timeline``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from scamcli.errors import masking_errors
from scamcli.query.filters import match_word
from scamcli.timeline.history_reads import HistoryReads
from scamcli.timeline.queries import Queries
from scamcli.timeline.reads import EVERYTHING, Reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scamcli.query.filters import Query
    from scamcli.records.types import JsonObject
    from scamcli.stats import Table
    from scamcli.stats.comparison import Comparison
    from scamcli.stats.conflicts import Row as ConflictRow
    from scamcli.stats.inquiry import RequestOptions


class ReadOnlyTimeline(Reads, Queries, HistoryReads):
    """The methods of ``Timeline`` that answer questions."""

    def stats(self, metric: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]) -> Table:
        """Return the totals of a metric with their bounds. Nothing is counted twice.

        Args:
            metric: A metric, such as ``complaints``; ``scamcli schema --vocabulary`` lists them. ``events`` counts
                events.
            query: The filters.
            request: ``by="province"`` groups by country, province, site, nationality, group, actor, source, kind,
                month, quarter, year or none, or by two of them separated by a comma; by default, by the metric's own
                split. ``undisputed=True`` leaves out figures that another event disputes, ``explain=True`` says for
                each row how its numbers were computed, ``cite=True`` adds a sentence to quote and what the table is
                based on, and ``min_cell=10`` suppresses numbers of fewer than ten people.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter or split is invalid.
        """
        from scamcli import stats

        with self._asking():
            wanted = stats.Request(metric, **request).completed(self._connection)
            return stats.table(self._connection, self._lookup, wanted, query)

    def compare(
        self, metric: str, before: str, after: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]
    ) -> Comparison:
        """Return the change of a metric between two periods in percent, and any change that a source has claimed.

        Args:
            metric: Such as ``requests``.
            before: The earlier day, month, quarter or year, such as ``2022-Q1``.
            after: The later one.
            query: The filters, without dates.
            request: As for ``stats``.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter, split or period is invalid.
        """
        from scamcli.stats.comparison import compare
        from scamcli.stats.inquiry import Request

        with self._asking():
            wanted = Request(metric, **request).completed(self._connection)
            return compare(self._connection, self._lookup, wanted, query, (before, after))

    def conflicts(self, *metrics: str, query: Query = EVERYTHING, only: Sequence[str] = ()) -> list[ConflictRow]:
        """Return figures that cannot all be true, or that may count the same people, with one row per conflict.

        Args:
            metrics: The metrics to examine; by default all.
            query: Chooses events. A conflict is returned if at least one of its events matches.
            only: The kinds of conflicts to look for: disputed, contradicts, exceeded, decreasing, parts or duplicate;
                by default all.

        Raises:
            NotFoundError: A name is unknown or ambiguous.
            WrongUsageError: A filter or kind is invalid.
        """
        return list(self.each_conflict(*metrics, query=query, only=only))

    def each_conflict(
        self, *metrics: str, query: Query = EVERYTHING, only: Sequence[str] = ()
    ) -> Iterator[ConflictRow]:
        """Yield the rows of `conflicts`, which takes less memory if there are very many."""
        from scamcli.numbers.conflicts import KINDS
        from scamcli.stats import conflicts

        kinds = [kind for word in only for kind in KINDS if kind == match_word(word, KINDS, "kind of conflict")]
        with self._asking():
            wanted = conflicts.Wanted(metrics, kinds or KINDS)
            yield from conflicts.rows(self._connection, self._lookup, wanted, query)

    def metrics(self) -> Iterator[JsonObject]:
        """Yield the metrics that have figures, and how many figures each has."""
        from scamcli.query import profiles

        with self._asking():
            yield from profiles.list_metrics(self._connection, self._masker)

    def check(self, select: Sequence[str] = ()) -> Iterator[dict[str, str]]:
        """Yield likely mistakes as rows with code, record, place, reason and remedy.

        Args:
            select: Codes or their beginnings: ``F02``, or ``F`` for all codes that begin with F. By default all.

        Raises:
            WrongUsageError: No code begins with one of the texts.
        """
        from scamcli.checks import finding
        from scamcli.timeline import check

        codes = finding.select_codes(select)
        with self._asking():
            yield from finding.rows(check.findings(self._lookup, codes), codes)

    def check_before_publishing(self, select: Sequence[str] = (), *, k: int | None = None) -> Iterator[dict[str, str]]:
        """Yield details that could identify a protected person despite the masked name, as rows like those of `check`.

        Args:
            select: Codes or their beginnings; by default all.
            k: A combination of attributes that fewer than this many events share is rare; by default 11.

        Raises:
            WrongUsageError: No code begins with one of the texts, or ``k`` is less than 2.
        """
        from scamcli.checks import finding
        from scamcli.checks.publishing import PUBLISHING_CODES, K
        from scamcli.timeline import publishing

        codes = finding.select_codes(select, PUBLISHING_CODES)
        with self._asking():
            found = publishing.findings(self._connection, self.path, K if k is None else k)
            yield from finding.rows(found, codes)

    def verify(self, against: str | None = None) -> Iterator[dict[str, str | None]]:
        """Yield what is damaged or was changed by another program, as rows with part, record and reason.

        Of evidence files, only their presence and their sizes are checked; `verify_evidence` reads them.

        Args:
            against: A head that the history must continue: the line that `head` gave, or the name of a file with it.

        Raises:
            DatabaseError: The database is busy.
            WrongUsageError: ``against`` is neither a head nor a file that can be read.
        """
        from scamcli.store import heads
        from scamcli.timeline import evidence_check, timestamp_check, verify

        head = None if against is None else heads.read(against)
        with masking_errors(self.shown):
            self.notes += filter(None, [timestamp_check.unchecked(self._connection)])
            for problem in verify.problems(self._connection, self._masker, against=head):
                yield problem._asdict()
            for wrong in evidence_check.absent(self._connection, self.path, self._masker):
                yield {"part": "evidence", "record": wrong.sha256, "reason": self.shown(wrong.reason)}

    def min_cell(self) -> int:
        """Return the default for ``min_cell``: statistics suppress numbers of fewer people. 0 means that none are."""
        from scamcli.store import settings

        with self._asking():
            return settings.min_cell(self._connection)
