"""What becomes of a record that comes in, where it is here already and says something else."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple


class Choice(Enum):
    """What to do about it."""

    FAIL = "fail"
    """Nothing is taken in."""
    SKIP = "skip"
    """It stays as it is here."""
    UPDATE = "update"
    """The keys that are given become what they say; the history has what they were."""


class Differing(NamedTuple):
    """A record that comes in, and the one that is here.

    Attributes:
        type: event, actor, site or metric.
        name: its id, or its name.
        keys: which of those that are given differ.
        before: the record that is here.
        after: the same, with these keys as they come in.
    """

    type: str
    name: str
    keys: tuple[str, ...]
    before: dict[str, Any]
    after: dict[str, Any]


Decide = Callable[[Differing], Choice]


def always(choice: Choice) -> Decide:
    """Decide alike on all of them."""

    def decide(_: Differing) -> Choice:
        return choice

    return decide
