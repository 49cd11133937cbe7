"""The linter of a timeline, which takes events and yields findings, each with a code, record, reason and remedy.

It is pure and uses no database. ``add`` and ``edit`` refuse records with findings whose codes are marked as refused.
``import`` accepts everything, so that nothing from a source is lost, and ``check`` lists the findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.checks import context, figures
from scamcli.checks.figures import bounds_of_wording
from scamcli.checks.finding import CODES, Code, Finding, KnownRecords
from scamcli.checks.near_names import find_near_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.models import Event

__all__ = ["CODES", "Code", "Finding", "KnownRecords", "bounds_of_wording", "check_event", "find_near_names"]


def check_event(event: Event, known: KnownRecords) -> Iterator[Finding]:
    """Yield the findings about one event."""
    for code, place, reason in (*figures.check(event, known), *context.check(event, known)):
        yield Finding(code, event.id or "", place, reason)
