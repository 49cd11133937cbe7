"""Replace parts of a text and keep track of positions, for masking and redaction."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """A replacement: the span it covers (end excluded) and the new text."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with each span replaced. The edits are in order and do not overlap."""
    parts, at = list[str](), 0
    for edit in edits:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


class Rewriting:
    """A text that is edited in rounds, and that maps positions of the original to the current text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._rounds: list[tuple[list[int], list[int], list[int]]] = []

    def replace(self, edits: Sequence[Edit]) -> None:
        """Apply another round of edits, whose positions refer to the current text."""
        if not edits:
            return
        self.text = apply_edits(self.text, edits)
        shifts = [0]
        for edit in edits:
            shifts.append(shifts[-1] + len(edit.text) - (edit.end - edit.start))
        self._rounds.append(([edit.start for edit in edits], [edit.end for edit in edits], shifts))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the original to the current text. An overlapping replacement is included as a whole."""
        for starts, ends, shifts in self._rounds:
            first = bisect_right(ends, start)  # the edits that end before it
            last = bisect_left(starts, end)  # and those that begin before its end
            if first < len(starts) and starts[first] < start:
                start = starts[first]
            new_start = start + shifts[first]
            new_end = max(end, ends[last - 1] if last > first else end) + shifts[last]
            start, end = new_start, max(new_start, new_end)
        return start, end
