"""Honest numbers: bounds and their arithmetic. The rules are in ``docs/honest-numbers.md``.

This package is pure: it knows no database and no terminal, and needs only the standard library. It turns bounds
into wordings (`render_bounds`), puts statements about the same occurrences together (`together`), works out what a
group of figures comes to without counting an occurrence twice (`total`), and lets parts and wholes inform each other
(`propagate`). Two modules are not loaded here, because only some commands need them: `scamcli.figures.change` computes
the change between two numbers, and `scamcli.language.wording.parsing` turns wordings into bounds.
"""

from __future__ import annotations

from scamcli.figures import scope, series
from scamcli.figures.ancestry import resolved
from scamcli.figures.claims import together
from scamcli.figures.context import Context
from scamcli.figures.propagation import Contradiction, Implied, Interval, propagate, propagate_event, with_implied
from scamcli.figures.records import Figure, Key, Link, Split
from scamcli.figures.totals import Total, total
from scamcli.language.dates import Period
from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number, render_bounds, render_number

RULES_VERSION = "2.0"
"""The version of the rules in ``docs/honest-numbers.md``. It changes whenever a rule changes a number."""

__all__ = [
    "RULES_VERSION", "UNKNOWN", "Bounds", "Context", "Contradiction", "Figure", "Implied", "Interval", "Key", "Link",
    "Number", "Period", "Split", "Total", "propagate", "propagate_event", "render_bounds",
    "render_number", "resolved", "scope", "series", "together", "total", "with_implied",
]  # fmt: skip
