"""What every case is given: the peers, the data, and how often to run."""

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
        small: the events of the smaller timeline.
        large: those of the larger.
        runs: how many pairs of what takes a second or less.
        imports: how many pairs of imports of the smaller timeline.
    """

    peers: Peers
    data: Data
    small: int
    large: int
    runs: int
    imports: int


def ids(asked: Command) -> list[str]:
    """The ids of the events that a command prints, as a JSON array or a line each."""
    text = answer(asked)
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    return [row["id"] for row in rows]


def must_agree(what: str, ours: object, theirs: object) -> None:
    """Stop where two programs do not answer the same.

    Raises:
        FailedError: they do not.
    """
    if ours != theirs:
        raise FailedError(f"{what}: the answers differ: {str(ours)[:300]} … and {str(theirs)[:300]} …")


def progress(text: str) -> None:
    """Say on stderr what is going on."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
