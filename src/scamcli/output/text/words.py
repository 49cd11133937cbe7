"""Words and widths that the texts share."""

from __future__ import annotations

import re
import shutil
import textwrap

from scamcli.language import scripts

WIDEST = 100
"""Columns: longer lines are hard to read (Bringhurst's 45 to 75 characters a line, and the margin)."""


def width() -> int:
    """The columns to fill: the terminal's, up to the widest line that reads well."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """A paragraph, broken into lines; the first may begin otherwise."""
    start = indent if first is None else first
    if re.search(scripts.UNSPACED, text):
        return _wrap_wide(text, indent, start)
    return textwrap.fill(
        text, width(), initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def wrap_labelled(label: str, text: str, indent: int = 12) -> str:
    """A line that begins with a label, broken into lines under it."""
    first = f"{label:<{indent}}" if len(label) < indent else f"{label}  "
    return wrap(text, " " * indent, first)


def _wrap_wide(text: str, indent: str, first: str) -> str:
    """As ``wrap``, for scripts without spaces and with wide letters, whose widths rich knows."""
    from rich.console import Console
    from rich.text import Text

    room = max(width() - max(len(indent), len(first)), 20)
    lines = Text(" ".join(text.split())).wrap(Console(width=room), room, overflow="fold")
    starts = [first, *[indent] * (len(lines) - 1)]
    return "\n".join(start + line.plain.rstrip() for start, line in zip(starts, lines, strict=True))


def plural(number: int, word: str) -> str:
    """So many of a thing: 1 record, 2 records."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
