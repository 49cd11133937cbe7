"""``Timeline``, the public Python API: everything that the command line can do, as methods.

A timeline opens its file when it is needed, masks protected names unless told otherwise, and hands each question to the
module that answers it. It prints nothing; assumptions that it made are in ``notes``.

Each of its base classes is a complete timeline with fewer methods. A command that needs only one of them opens that
one, because it loads faster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Unpack

from scamcli.timeline.charts import Charts
from scamcli.timeline.edits import Edits
from scamcli.timeline.imports import Imports
from scamcli.timeline.ingests import Ingests
from scamcli.timeline.merges import Merges
from scamcli.timeline.reports import Reports
from scamcli.timeline.review_pages import ReviewPages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from scamcli.store.history import ChangeInfo


class FixedBounds(NamedTuple):
    """The ids of events whose bounds were derived from their wordings again, and notices about this. All are masked."""

    events: tuple[str, ...]
    notes: tuple[str, ...]


class Timeline(Reports, Charts, Edits, ReviewPages, Imports, Ingests, Merges):
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

    def fix_bounds(self, **info: Unpack[ChangeInfo]) -> FixedBounds:
        """Derive the bounds of figures from their wordings again, and update those that differ. Nothing else changes.

        Raises:
            DatabaseError: The file does not exist or cannot be written.
        """
        from scamcli.timeline.check import derive_bounds
        from scamcli.timeline.session import notes_of

        with self._writing("check --fix", **info) as writer:
            events = tuple(writer.shown(event) for event in derive_bounds(writer))
        return FixedBounds(events, notes_of(writer))

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

    def min_cell(self) -> int:
        """Return the default for ``min_cell``: statistics suppress numbers of fewer people. 0 means that none are."""
        from scamcli.store import settings

        with self._asking():
            return settings.min_cell(self._connection)

    def set_min_cell(self, least: int) -> None:
        """Set the default for ``min_cell``, below which the statistics of this timeline suppress numbers of people.

        The history does not record this, since no record changes.

        Args:
            least: The smallest number of people that is printed; 0 to suppress none.

        Raises:
            WrongUsageError: The number is negative or 2.
            DatabaseError: The file does not exist or cannot be written.
        """
        from scamcli.stats import Request
        from scamcli.store import settings

        Request("", min_cell=least).completed(self._connection)
        with self._writing("info --min-cell") as writer:
            settings.set_min_cell(writer.connection, least)

    def backup(self, target: Path | None = None) -> Path:
        """Copy the whole database to a new file, and return its path.

        Other processes may write meanwhile.

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
