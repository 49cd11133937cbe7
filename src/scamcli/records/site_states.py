"""What the dated claims about a site say of its state: the latest of them, and whether it reopened after a raid.

The dates of claims are days, months, years or intervals, so not every two of them have an order. A claim is superseded
only by one that begins after it has ended, and a claim without a date by every claim with one. Nothing is inferred
from events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.records.types import SiteStatusDict

RAIDED = "raided"
_REOPENED, _OPERATING = "reopened", "operating"


def in_order(claims: Sequence[SiteStatusDict]) -> list[SiteStatusDict]:
    """Return claims in the order of their first days, then of their last days. Claims without a date are last."""
    return sorted(claims, key=lambda claim: (claim["date"] is None, *dates.stored_days(claim["date"] or "9999")[:2]))


def latest(claims: Sequence[SiteStatusDict]) -> list[SiteStatusDict]:
    """Return the claims that no other claim supersedes, in order. There are several if they may describe one time."""
    dated = [claim for claim in claims if claim["date"] is not None] or list(claims)
    starts = [
        start for claim in dated if claim["date"] and (start := dates.parse_date(claim["date"]).start) is not None
    ]
    newest = max(starts, default=None)
    return [claim for claim in in_order(dated) if newest is None or not _ends_before(claim["date"], newest)]


def latest_statuses(claims: Sequence[SiteStatusDict]) -> list[str]:
    """Return the statuses of the latest claims without repetition. Several are a conflict, or a change."""
    return list(dict.fromkeys(claim["status"] for claim in latest(claims)))


def was_reopened(claims: Sequence[SiteStatusDict]) -> bool:
    """Return whether a site was raided according to one claim, and open again afterwards according to another.

    A claim of ``reopened`` counts unless it is certainly older than the raid, because the word itself says that the
    site had been closed. A claim of ``operating`` counts if it begins after the raid has ended.
    """
    raids = [claim["date"] for claim in claims if claim["status"] == RAIDED and claim["date"]]
    return any(_is_open_after(claim, raid) for claim in claims for raid in raids)


def _is_open_after(claim: SiteStatusDict, raid: str) -> bool:
    if claim["date"] is None or claim["status"] not in {_REOPENED, _OPERATING}:
        return False
    start, raid_start = dates.parse_date(claim["date"]).start, dates.parse_date(raid).start
    if claim["status"] == _OPERATING:
        return start is not None and _ends_before(raid, start)
    return raid_start is None or not _ends_before(claim["date"], raid_start)


def _ends_before(date: str | None, day: int) -> bool:
    """Return whether a date has certainly ended before a day. An open end and a missing date have not."""
    end = dates.parse_date(date).end if date is not None else None
    return end is not None and end < day
