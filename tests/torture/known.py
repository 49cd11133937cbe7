"""Defects that were found and are not mended yet: what the fuzzing steps over. ``test_finds`` shows each by itself.

When one is mended its test there passes, which is an error until both lines are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

KNOWN: tuple[tuple[str, str], ...] = ()
"""A name, and a pattern of the command, an arrow, and what came of it."""


def known(args: Iterable[str], outcome: str) -> str | None:
    """The name of the known defect that this is."""
    text = " ".join(args) + " → " + outcome
    return next((name for name, pattern in KNOWN if re.search(pattern, text, re.DOTALL)), None)
