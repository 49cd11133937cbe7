"""Honest numbers: bounds and their arithmetic. The rules are in ``docs/honest-numbers.md``.

This package is pure: it knows no database and no terminal, and needs only the standard library. It turns bounds
into wordings (`render_bounds`), puts statements about the same occurrences together (`together`), works out what a
group of figures comes to without counting an occurrence twice (`total`), and lets parts and wholes inform each other
(`propagate`). Each module is loaded when one of its names is first used, because most commands need only a few.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.figures import scope, series
    from scamcli.figures.ancestry import resolved
    from scamcli.figures.claims import together
    from scamcli.figures.context import Context
    from scamcli.figures.propagation import Contradiction, Implied, Interval, propagate, propagate_event, with_implied
    from scamcli.figures.records import Figure, Key, Link, Split
    from scamcli.figures.totals import Total, total
    from scamcli.language.dates import Period
    from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number, render_bounds, render_number

RULES_VERSION = "2.4"
"""The version of the rules in ``docs/honest-numbers.md``. It changes whenever a rule changes a number."""

__all__ = [
    "RULES_VERSION", "UNKNOWN", "Bounds", "Context", "Contradiction", "Figure", "Implied", "Interval", "Key", "Link",
    "Number", "Period", "Split", "Total", "propagate", "propagate_event", "render_bounds",
    "render_number", "resolved", "scope", "series", "together", "total", "with_implied",
]  # fmt: skip

_NAMES = {
    "figures.ancestry": ("resolved",),
    "figures.claims": ("together",),
    "figures.context": ("Context",),
    "figures.propagation": (
        "Contradiction", "Implied", "Interval", "propagate", "propagate_event", "with_implied",
    ),
    "figures.records": ("Figure", "Key", "Link", "Split"),
    "figures.totals": ("Total", "total"),
    "language.dates": ("Period",),
    "language.wording.bounds": ("UNKNOWN", "Bounds", "Number", "render_bounds", "render_number"),
}  # fmt: skip
"""The names of each module."""

_HOMES = {name: f"scamcli.{module}" for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
