"""Events made ready by another process, while this one writes."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.store import batch_encoder
from scamcli.store.jsonl_input import rewound, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.store.batch_encoder import Batch
    from scamcli.store.jsonl_input import Input

LARGE = 2 * 1024 * 1024
"""Bytes of an input from which on a second process pays for its start."""


class Aside:
    """One other process at most, for one input after the other."""

    def __init__(self) -> None:
        self._given: Input | None = None
        self._process: Popen[bytes] | None = None

    def begin(self, given: Input) -> None:
        """Begin with an input, where it is large and there is a processor for it."""
        if given.twin is None or size(given) < LARGE or not sys.executable or (os.cpu_count() or 1) < 2:
            return
        command = [sys.executable, "-P", "-m", batch_encoder.__name__, given.name]
        self._given = given
        with suppress(OSError):  # it cannot be started: here, then
            self._process = Popen(command, stdin=given.twin, stdout=PIPE, stderr=DEVNULL)

    def batches(self, given: Input) -> Iterator[Batch]:
        """The events of an input.

        Raises:
            DataError: the other process was ended before it was done.
        """
        if given is not self._given:
            self.close()
            self.begin(given)
        stream = self._process.stdout if self._process else None
        if stream is None:
            yield from batch_encoder.batches(rewound(given))
        else:
            yield from _received(stream, given)

    def close(self) -> None:
        """End the process, whether it is done or not."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._given = self._process = None


def _received(stream: IO[bytes], given: Input) -> Iterator[Batch]:
    begun = False
    try:
        for batch in batch_encoder.received(stream):
            begun = True
            yield batch
    except EOFError:
        if begun:
            raise DataError(
                f"{given.name}: the process that read it was ended", "nothing was written; try again"
            ) from None
        yield from batch_encoder.batches(rewound(given))  # it could not be started: here, then
