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

    def gone(self) -> list[str]:
        """What its lists have no more when it comes in: ``figures.arrests``, ``sources.BBC``."""
        lists = [key for key in self.keys if isinstance(self.before[key], list)]
        left = {(key, _named(one)) for key in lists for one in self.after[key]}
        every = dict.fromkeys((key, _named(one)) for key in lists for one in self.before[key])
        return [f"{key}.{name}" for key, name in every if (key, name) not in left]


def _named(part: Any) -> str:
    """How a part of a list is called."""
    if not isinstance(part, dict):
        return str(part)
    return str(next((part[key] for key in ("id", "name", "outlet", "event") if part.get(key)), ""))


BOUNDS = ("low", "best", "high")


def reworded(given: dict[str, Any], before: dict[str, Any], derived: Callable[[dict[str, Any]], Any]) -> list[str]:
    """Take the bounds of those figures out that have another wording now, and the bounds of the old one still.

    They are derived anew: who changes a number in a sheet may see only its wording.

    Args:
        given: an event as it comes in; it is changed.
        before: as it is here.
        derived: the bounds of a figure's wording, low, best and high.

    Returns:
        The ids of those figures.
    """
    here, found = {figure["id"]: figure for figure in before["figures"]}, []
    for figure in given.get("figures") or ():
        old = here.get(figure.get("id"))
        bounds = [figure.get(key) for key in BOUNDS]
        if old is None or not figure.get("stated") or figure["stated"] == old["stated"]:
            continue
        if bounds == [old[key] for key in BOUNDS] == list(derived(old)) and bounds != list(derived(figure)):
            found.append(figure["id"])
            for key in BOUNDS:
                figure.pop(key, None)
    return found


Decide = Callable[[Differing], Choice]
