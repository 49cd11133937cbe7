"""A figure in the form that the arithmetic needs: what was counted, by whom, where, on which days, as part of what.

These are plain tuples, so that this package stays pure and quick to import. `scamcli.records.models` has the models
that validate records.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from typing import NamedTuple

from scamcli.language.dates import Period
from scamcli.language.wording.bounds import Bounds, Number

Key = tuple[str, str]
"""What identifies a figure everywhere: the id of its event, and its own id within it."""


class Split(NamedTuple):
    """How a whole is divided into its parts: by ``province``, ``nationality`` or ``group``.

    ``complete`` says whether all parts are recorded; it is ``None`` if the source does not say.
    """

    by: str
    complete: bool | None = None


class Figure(NamedTuple):
    """One number that somebody stated. Amounts are in the figure's unit, and ``None`` is unknown.

    The caller must write out ``unit``: here, ``None`` and the metric's own unit are two different units. ``count`` is
    ``incident``, ``aggregate``, ``cumulative``, ``stock`` or ``none``. ``day`` is the date of the event, and
    ``country`` an ISO 3166-1 code. ``dataset`` is set only if the event is a row of a data set that was declared to
    have a different incident in every row; it is the name of that data set.
    """

    event: str
    id: str
    metric: str
    unit: str | None
    stated: str | None
    low: Number | None
    best: Number | None
    high: Number | None
    province: str | None
    nationality: str | None
    group: str | None
    period: Period | None
    count: str  # type: ignore[assignment]  # the name in records; nobody needs the method of tuples here
    stated_by: str | None
    part_of: str | None
    split: Split | None
    of: tuple[str, ...] = ()
    day: Period | None = None
    country: str | None = None
    dataset: str | None = None

    @property
    def key(self) -> Key:
        """The identity of the figure: its event and its id."""
        return self.event, self.id

    @property
    def whole(self) -> Key | None:
        """The key of the figure that this one is a part of, in the same event."""
        return None if self.part_of is None else (self.event, self.part_of)

    @property
    def bounds(self) -> Bounds:
        """The recorded bounds."""
        return Bounds(self.low, self.best, self.high)


class Link(NamedTuple):
    """A link from one event to another event, or to one of its figures."""

    type: str
    event: str
    target: str
    figure: str | None = None
