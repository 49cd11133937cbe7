"""How much of the torture is done, and what was done.

``SCAMCLI_TORTURE`` is the size: 1 is all of it (``make torture``), 0.1 is what every run of the tests does. The seed
of what is random is ``SCAMCLI_TORTURE_SEED``, and always the same where nobody gives another.
"""

from __future__ import annotations

import os
import random
import time
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = float(os.environ.get("SCAMCLI_TORTURE") or 0.1)
IS_FULL = SIZE >= 1
SEED = int(os.environ.get("SCAMCLI_TORTURE_SEED") or 41)

KEY = "torture"


def share(full: int, least: int = 1) -> int:
    """As much of a full size as is done now."""
    return max(least, round(full * SIZE))


def dice(*what: object) -> random.Random:
    """A source of chance that is the same for the same seed and the same name."""
    return random.Random(zlib.crc32(repr((SEED, *what)).encode()))


class Tally:
    """What one test did, for the table at the end.

    Args:
        record: keeps a property of the test, also where another process runs it.
    """

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record
        self._begun = time.monotonic()

    def add(self, what: str, number: int, note: str = "") -> None:
        """So many of these were done, and what there is to say of it."""
        self._record(KEY, [what, number, time.monotonic() - self._begun, note])
        self._begun = time.monotonic()
