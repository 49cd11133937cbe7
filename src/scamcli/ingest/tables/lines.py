"""Find out what separates the cells of each line of a text.

Each line is read in a time that grows with its length, because some texts are one line.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_LABEL = 9
"""The most words of a line that ends in numbers, and of a line that is a label of the rows below."""
_LONGEST_ROW = 400
"""The most characters of a line that ends in numbers."""
_MOST_NUMBERS = 12
"""The most numbers at the end of a row."""

SIGNS = {"pipe": "|", "slash": " / ", "semicolon": ";", "comma": ","}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|(?:0|[1-9]\d*)(?:\.\d+)?%?)[*†‡]?"
_EMPTY = r"[-–—]+|(?i:nil|n/?a|none|nd)"
_LABEL = r"[^\W\d_](?:.*?[^\s:,;])?"
_TRAILING = rf"(?:\d{{1,2}}[.)]\s+)?({_LABEL})((?:\s+(?:{_NUMBER}|{_EMPTY}))*\s+{_NUMBER})\s*"
_DASHES, _AROUND_DASHES = frozenset("-=+"), frozenset("|:")
"""The signs that a line between two rows has, and others that it can have."""
_LABELLED = r"\w\)?\s*:\s+\S*\d"
"""A label with a colon and a number, which `words.py` finds."""
_PATTERNS = (
    ("tab", r"\t", r"(?!)"),
    ("slash", r"\S / \S", r"[:()]"),
    ("gap", r"\S[ \u00a0]{2,}\S", r"(?!)"),
    ("semicolon", r"\S;\S", r"[.:!?]"),
    ("comma", r"\D,\S|\S,\D", r"[.:!?]|, "),
)
"""What separates cells, what lines with such cells have, and what they never have.

One pattern for both would need a time that grows with the square of the length of a line.
"""


class Line(NamedTuple):
    """A line of a text, and where it starts."""

    start: int
    text: str
    how: str
    """What separates its cells: a sign of `SIGNS`, ``tab``, ``gap``, ``trail`` (numbers at its end), or ``rule``."""


def lines_of(source: str, view: str) -> Iterator[Line]:
    """Yield the lines of a text. Signs between cells and rules are markup, but bullets belong to no cell."""
    at = 0
    for text in source.split("\n"):
        how = _how_by_signs(text)
        plain = text if how else view[at : at + len(text)]
        yield Line(at, plain, how or _how_by_words(plain))
        at += len(text) + 1


def _how_by_signs(line: str) -> str:
    body = line.strip()
    signs = set(body)
    is_rule = bool(signs & _DASHES) and all(sign.isspace() for sign in signs - _DASHES - _AROUND_DASHES)
    if is_rule and len(body) > 2 and ("|" in signs or "+" in signs or len(signs) < 3):
        return "rule"
    return "pipe" if "|" in body.strip("|") or (body.startswith("|") and len(body) > 2) else ""


def _how_by_words(line: str) -> str:
    body = line.strip()
    if re.search(_LABELLED, body):
        return ""
    for how, pattern, never in _PATTERNS:
        if re.search(pattern, body) and not re.search(never, body):
            return how
    is_short = len(body) <= _LONGEST_ROW and len(body.split()) <= LONGEST_LABEL + _MOST_NUMBERS
    return "trail" if is_short and re.fullmatch(_TRAILING, body) else ""


def trailing(line: Line) -> re.Match[str]:
    """Return the label of a row that ends in numbers as group 1, and the numbers as group 2."""
    found = re.fullmatch(_TRAILING, line.text.strip())
    assert found is not None, "only such lines are called so"
    return found
