"""Run SQL queries over the public views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.timeline.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.query.sql import Answer, Clock, View


class Queries(Session):
    """The methods of ``Timeline`` that answer questions in SQL."""

    def sql(
        self,
        query: str,
        parameters: Mapping[str, str] | None = None,
        *,
        clock: Clock | None = None,
        drafts: bool = False,
    ) -> Answer:
        """Run a query over the public views. Return the names of its columns, and its rows as a stream.

        Args:
            query: One SELECT statement.
            parameters: The values of its parameters, such as ``:name``.
            clock: Limits its processor time; by default to 30 seconds.
            drafts: Include drafts in the views.

        Raises:
            WrongUsageError: The query is invalid, does more than read the views, or takes too long.
            DatabaseError: The file is damaged.
        """
        from scamcli.query import sql

        def is_damaged() -> bool:
            from scamcli.timeline.verify import problems  # only needed to explain an error

            return any(True for _ in problems(self._connection, self._masker))

        with self._asking():
            question = sql.Question(query, parameters or {}, clock or sql.Clock(), drafts)
            return sql.answer(self._connection, self.path, self._masker, question, is_damaged)


def public_views() -> tuple[View, ...]:
    """Return the views that queries can read, with their columns."""
    from scamcli.query.sql import VIEWS

    return VIEWS


def time_limit(seconds: float | None = None) -> Clock:
    """Return a clock that limits one query to a number of seconds of processor time, by default 30.

    Raises:
        WrongUsageError: The number is not positive.
    """
    from scamcli.query.sql.guard import Clock

    return Clock(seconds)
