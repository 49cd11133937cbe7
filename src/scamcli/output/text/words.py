"""Wrap lines at the width of the terminal; write labels and plurals."""

from __future__ import annotations

import os
import re
import shutil
import textwrap

from scamcli.language import scripts

MAX_WIDTH = 100
"""The most characters per line: longer lines are hard to read (Bringhurst recommends 45 to 75; here is a margin)."""


def width() -> int:
    """Return the characters per line: the width of the terminal, up to a readable limit."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, MAX_WIDTH))


def is_ascii_terminal() -> bool:
    """Say whether the environment asks for ASCII: ``TERM=dumb``, or a locale or an encoding that is not UTF-8.

    Without a locale, as in most containers, Python and terminals use UTF-8.
    """
    locale = next(filter(None, map(os.environ.get, ("PYTHONIOENCODING", "LC_ALL", "LC_CTYPE", "LANG"))), "utf-8")
    return os.environ.get("TERM") == "dumb" or not re.search("utf-?8", locale, re.IGNORECASE)


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Wrap a paragraph. ``first`` begins the first line, if it is not the ``indent`` of the other lines."""
    start = indent if first is None else first
    if re.search(scripts.UNSPACED, text):
        return _wrap_unspaced(text, indent, start)
    return textwrap.fill(
        text, width(), initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def wrap_labelled(label: str, text: str, indent: int = 12) -> str:
    """Wrap a paragraph to the right of a label."""
    first = f"{label:<{indent}}" if len(label) < indent else f"{label}  "
    return wrap(text, " " * indent, first)


def _wrap_unspaced(text: str, indent: str, first: str) -> str:
    """Wrap a text in a script without spaces or with wide letters."""
    room = max(width() - max(len(indent), len(first)), 20)
    lines = fold(" ".join(text.split()), room)
    starts = [first, *[indent] * (len(lines) - 1)]
    return "\n".join(start + line for start, line in zip(starts, lines, strict=True))


def fold(text: str, room: int) -> list[str]:
    """Return the lines of a text that is wrapped at spaces, and inside words that are wider than the room.

    The room is in columns of the terminal: letters of some scripts, such as Chinese, take two, and others none.
    """
    from rich.cells import cell_len, chop_cells  # here, because most texts are in scripts with spaces

    lines, line = [], ""
    for word in re.findall(r"\s*\S+\s*", text):
        size = cell_len(word.rstrip())
        if cell_len(line) + size <= room:
            line += word
            continue
        if line:
            lines.append(line)
        *folded, line = chop_cells(word, room) if size > room else [word]
        lines += folded
    return [one.rstrip() for one in [*lines, line]]


def plural(number: int, word: str) -> str:
    """Return a number with its noun: ``1 record``, ``2 records``."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def without_commands(text: str) -> str:
    """Return a text without the sentences that name a command, which readers of a chart or a report cannot run."""
    return " ".join(one for one in re.split(r"(?<=[.;:]) (?=[A-Z`])", text) if "`" not in one)
