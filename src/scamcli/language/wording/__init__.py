"""A number in words and its bounds: what a wording says at least, most likely and at most, and how bounds are written.

Rule 1 of `docs/honest-numbers.md`. Pure and light: nothing but the standard library.
"""

from __future__ import annotations

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number, render_bounds, render_number
from scamcli.language.wording.parsing import bounds_in, parse_wording, since

__all__ = ["UNKNOWN", "Bounds", "Number", "bounds_in", "parse_wording", "render_bounds", "render_number", "since"]
