"""Honest numbers: bounds and their arithmetic. Rules 1, 2 and 3 of ``docs/honest-numbers.md``.

This package is pure: it knows no database and no terminal, and needs only the standard library. It turns wordings into
bounds (`parse_wording`) and bounds into wordings (`render_bounds`), estimates a group of figures without counting an
occurrence twice (`estimate`), lets parts and wholes inform each other (`propagate`), and computes the change between
two numbers (`change`).
"""

from __future__ import annotations

from scamcli.figures.ancestry import resolved
from scamcli.figures.change import change, claim_agrees
from scamcli.figures.estimation import HOW, Entry, Estimate, How, estimate
from scamcli.figures.propagation import Contradiction, Implied, Interval, propagate, propagate_event, with_implied
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
    "HOW", "UNKNOWN", "Bounds", "Contradiction", "Entry", "Estimate", "Figure", "How", "Implied", "Interval", "Key",
    "Number", "Period", "Split", "bounds_in", "change", "claim_agrees", "estimate", "parse_wording", "propagate",
    "propagate_event", "render_bounds", "render_number", "resolved", "since", "with_implied",
]  # fmt: skip
