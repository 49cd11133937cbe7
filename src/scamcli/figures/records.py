"""A figure as the arithmetic needs it: who counted what, where, over which days, as a part of what.

These are plain tuples, so that this package stays pure and light; `scamcli.records.models` holds the validated
records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scamcli.language.wording.bounds import Bounds, Number

if TYPE_CHECKING:
    from scamcli.language.dates import Period

Key = tuple[str, str]
"""What identifies a figure everywhere: the id of its event, and its own id in it."""


class Split(NamedTuple):
    """How a whole says that its parts divide it, and whether they are all there (`None`: it does not say)."""

    by: str
    """`province`, `nationality` or `group`."""
    complete: bool | None = None


class Figure(NamedTuple):
    """One number that somebody stated. Periods are in days, amounts in the figure's unit, `None` is unknown.

    `unit` must be written out by the caller: `None` and a metric's own unit are two different units here.
    `count` is `new`, `cumulative`, `stock` or `none`.
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
    count: str  # type: ignore[assignment]  # the records' word; nobody counts in a figure as in a tuple
    stated_by: str | None
    part_of: str | None
    split: Split | None
    of: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """The figure's identity: its event and its id."""
        return self.event, self.id

    @property
    def whole(self) -> Key | None:
        """The key of the figure that this one is a part of, in the same event."""
        return None if self.part_of is None else (self.event, self.part_of)

    @property
    def bounds(self) -> Bounds:
        """Its bounds as recorded."""
        return Bounds(self.low, self.best, self.high)
