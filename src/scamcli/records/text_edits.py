"""A text in which stretches are replaced, and where each place of it is then: for withholding names and redacting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Edit(NamedTuple):
    """A stretch of a text, the end not included, and what stands for it."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with each of these stretches replaced; they are in order, and none reaches into another."""
    parts, at = list[str](), 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


class Rewriting:
    """A text, as it is after one round of edits after the other.

    Args:
        text: as it was.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._rounds: list[tuple[list[int], list[int], list[int]]] = []

    def replace(self, edits: Sequence[Edit]) -> None:
        """Make another round of edits, which count in the text as it is now."""
        if not edits:
            return
        self.text = applied(self.text, edits)
        shifts = [0]
        for edit in edits:
            shifts.append(shifts[-1] + len(edit.text) - (edit.end - edit.start))
        self._rounds.append(([edit.start for edit in edits], [edit.end for edit in edits], shifts))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text as it was is now; what reaches into a replaced one has all that stands for it."""
        for starts, ends, shifts in self._rounds:
            first = bisect_right(ends, start)  # the edits that end before it
            last = bisect_left(starts, end)  # and those that begin before its end
            if first < len(starts) and starts[first] < start:
                start = starts[first]
            new_start = start + shifts[first]
            new_end = max(end, ends[last - 1] if last > first else end) + shifts[last]
            start, end = new_start, max(new_start, new_end)
        return start, end
