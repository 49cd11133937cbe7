"""Answer from a lake, which holds a timeline in files for larger engines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from scamcli.query.filters import Query

if TYPE_CHECKING:
    from scamcli.stats import Table
    from scamcli.stats.inquiry import RequestOptions

EVERYTHING = Query()


class Lake:
    """A lake that ``Timeline.export_lake`` wrote. Its names are masked already.

    Args:
        path: its folder.

    Attributes:
        notes: assumptions about names.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.notes: list[str] = []

    def stats(self, metric: str, query: Query = EVERYTHING, **request: Unpack[RequestOptions]) -> Table:
        """Return the table that ``Timeline.stats`` gives for the timeline of the lake.

        Args:
            metric: A metric, or several separated by commas.
            query: The filters: country, province, nationality, kind and dates.
            request: ``by`` groups by anything but site and source. ``undisputed=True`` leaves out figures that another
                event disputes.

        Raises:
            DataError: The lake follows other rules.
            DatabaseError: The folder is not a lake, or is damaged.
            NotFoundError: A name is unknown.
            WrongUsageError: A filter or split is invalid, or needs what a lake does not have.
        """
        from scamcli.stats.inquiry import Request
        from scamcli.stats.lake import read

        return read.table(self.path, Request(metric, **request), query, self.notes)
