"""The settings of a benchmark run: the peers, the data, and the number of runs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.timing import FailedError, answer

if TYPE_CHECKING:
    from benchmarks.data import Data
    from benchmarks.peers import Peers
    from benchmarks.timing import Command


class Bench(NamedTuple):
    """One run of the benchmark.

    Attributes:
        peers: The programs to compare.
        data: The timelines and databases.
        small: Number of events of the smaller timeline.
        large: Number of events of the larger timeline.
        runs: Number of pairs for commands that take a second or less.
        imports: Number of pairs for imports of the smaller timeline.
    """

    peers: Peers
    data: Data
    small: int
    large: int
    runs: int
    imports: int


def ids(asked: Command) -> list[str]:
    """Run a command that prints events as JSON or JSON lines, and return their ids."""
    text = answer(asked)
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    return [row["id"] for row in rows]


def must_agree(what: str, ours: object, theirs: object) -> None:
    """Stop the benchmark if two programs give different answers.

    Raises:
        FailedError: The answers differ.
    """
    if ours != theirs:
        raise FailedError(f"{what}: the answers differ: {str(ours)[:300]} … and {str(theirs)[:300]} …")


def progress(text: str) -> None:
    """Report progress on stderr."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
