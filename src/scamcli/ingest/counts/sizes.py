"""How large a count is, as far as its wording says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language.wording import parse_wording

if TYPE_CHECKING:
    from scamcli.ingest.counts.count import Count


def size(count: Count) -> float:
    """A number to compare: the most that its wording says, else the least."""
    wording = count.amount.wording
    if wording.isdecimal():
        return int(wording)  # most are; the parser of wordings takes its time
    bounds = parse_wording(wording)
    return next((bound for bound in (bounds.high, bounds.best, bounds.low) if bound is not None), 0)


def value(count: Count) -> int:
    """A number to add up: what its wording says is best; 0 where it says none."""
    wording = count.amount.wording
    return int(wording) if wording.isdecimal() else int(parse_wording(wording).best or 0)
