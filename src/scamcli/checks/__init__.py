"""A linter for a timeline: events in, findings out, each with a code, a record, a reason and a remedy.

Pure: nothing here has a database. ``add`` and ``edit`` refuse what a code says is refused; ``import`` takes all, and
``check`` finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks import context, figures
from scamcli.checks.duplicates import check as near_duplicates
from scamcli.checks.figures import bounds_of_wording
from scamcli.checks.finding import CODES, Code, Finding, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.models import Event

__all__ = ["CODES", "Code", "Finding", "World", "bounds_of_wording", "check_event", "near_duplicates"]


def check_event(event: Event, world: World) -> Iterator[Finding]:
    """What to look at again in one event."""
    yield from figures.check(event, world)
    yield from context.check(event, world)
