"""Honest numbers: bounds, and their arithmetic. Rules 1, 2 and 3 of `docs/honest-numbers.md`.

Pure and light: no database, no terminal, nothing but the standard library. Wordings become bounds
(`parse_wording`) and bounds become wordings (`render_bounds`); a group of figures becomes one estimate that
counts no occurrence twice (`estimate`); parts and wholes inform each other (`propagate`); two numbers
become a signed change (`change`).
"""

from __future__ import annotations

from scamcli.figures.ancestry import resolved
from scamcli.figures.change import change, claim_agrees
from scamcli.figures.estimation import HOW, Entry, Estimate, How, estimate
from scamcli.figures.propagation import (
    Contradiction,
    Implied,
    Interval,
    propagate,
    propagate_event,
    with_implied,
)
from scamcli.figures.records import Figure, Key, Split
from scamcli.language.dates import Period
from scamcli.language.wording import (
    UNKNOWN,
    Bounds,
    Number,
    bounds_in,
    parse_wording,
    render_bounds,
    render_number,
    since,
)

__all__ = [
    "HOW",
    "UNKNOWN",
    "Bounds",
    "Contradiction",
    "Entry",
    "Estimate",
    "Figure",
    "How",
    "Implied",
    "Interval",
    "Key",
    "Number",
    "Period",
    "Split",
    "bounds_in",
    "change",
    "claim_agrees",
    "estimate",
    "parse_wording",
    "propagate",
    "propagate_event",
    "render_bounds",
    "render_number",
    "resolved",
    "since",
    "with_implied",
]
