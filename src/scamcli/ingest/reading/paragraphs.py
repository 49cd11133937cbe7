"""Lines of printed pages, joined into the paragraphs that they were.

A line that is full goes on in the next, unless that one begins something. Page numbers, and lines that come back at
the head or foot of most pages, are no part of the text: a date there would be an entry on each page.
"""

from __future__ import annotations

import re
from collections import Counter

from scamcli.ingest.reading.days import heads_entry, is_day
from scamcli.language.scripts import UNSPACED

_EDGE = 2  # lines at the head and at the foot of a page that may be running ones
_LONGEST = 100  # of running lines
_FULL = 0.75  # of the width of the text, from which a line is taken to be full
_SHORT = 0.5
_PAGE_NUMBER = r"(?i)[-–—|\s]*(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?[-–—|\s]*"
_BULLET = r"[-–—•●▪◦‣■]\s|\(?\d{1,2}[.)]\s"
_ENDS = (".", "!", "?", ":", ";", "”", '"', "»", "។", "。")
_BROKEN = r"([^\W\d_]+)[-\u2010\u00ad]$"
_NEXT = r"([^\W\d_]+)"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
# Words that are written with a hyphen more often than not.
_HYPHENED = (
    *("all", "anti", "co", "counter", "cross", "cyber", "ex", "full", "half", "high", "long", "low", "mid", "multi"),
    *("non", "part", "post", "pre", "pro", "re", "self", "semi", "short", "so", "vice", "well"),
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
)


def joined(pages: list[str]) -> tuple[str, list[str]]:
    """Give the text of the pages in paragraphs, a blank line between them, and the running lines left out."""
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    running = _running(lines)
    kept = [line for page in lines for line in _without(page, running)]
    if not any(kept):  # nothing but such lines: then they are the text
        running, kept = {}, [line for page in lines for line in page]
    width = _width(kept)
    known = {word.lower() for line in kept for word in re.findall(_WORD, line)}
    parts: list[str] = []
    before = ""
    for line in kept:
        if before and line:
            parts += _join(parts.pop(), line, known) if _goes_on(before, line, width) else ["\n\n", line]
        elif line:
            parts += ["\n\n", line] if parts else [line]
        before = line
    return "".join(parts) + "\n", sorted(running.values())


def _edges(page: list[str]) -> set[str]:
    filled = [line for line in page if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _running(pages: list[list[str]]) -> dict[str, str]:
    """Find the lines, but for their digits, at the edge of most pages: the form of each, and one as it stands."""
    seen: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for page in pages:
        for form, line in {_form(line): line for line in _edges(page) if len(line) <= _LONGEST}.items():
            seen[form] += any(map(str.isalpha, form))
            shown.setdefault(form, line)
    most = max(2, len(pages) // 2)
    return {form: shown[form] for form, pages_seen in seen.items() if pages_seen > most}


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _without(page: list[str], running: dict[str, str]) -> list[str]:
    """Leave out running lines and the page number, which only stand at the edges."""
    edges = _edges(page)
    return [
        line
        for line in page
        if line not in edges or (_form(line) not in running and not re.fullmatch(_PAGE_NUMBER, line))
    ]


def _width(lines: list[str]) -> int:
    """Give how long a full line is: what nine in ten of them do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    if _is_open(before):
        return True
    if re.match(_BULLET, line) or heads_entry(line):
        return False
    if is_day(before):
        return False
    ended = before.endswith(_ENDS)
    if len(before) < _FULL * width:
        return not ended and line[0].islower()
    heading = len(line) < _SHORT * width and not line.endswith(_ENDS)
    return not (ended and heading)


def _join(before: str, line: str, known: set[str]) -> list[str]:
    """Join two lines of a paragraph: a word broken between them is whole again, a hyphen of its own stays."""
    broken, following = re.search(_BROKEN, before[-60:]), re.match(_NEXT, line)
    if broken and following:
        return [before[:-1] if _is_broken(broken, following[1], known) else before, line]
    if _is_open(before):
        return [before, line]
    unspaced = re.match(UNSPACED, before[-1]) and re.match(UNSPACED, line)
    return [before, line] if unspaced else [before, " ", line]


def _is_open(line: str) -> bool:
    """Say whether a line ends at a hyphen or dash that joins words, as in "June–" before "December"."""
    return len(line) > 1 and line.endswith(("-", "–", "—")) and not line[-2].isspace()


def _is_broken(broken: re.Match[str], following: str, known: set[str]) -> bool:
    first, second = broken[1].lower(), following.lower()
    if broken[0].endswith("\u00ad") or f"{first}{second}" in known:
        return True
    return following[0].islower() and f"{first}-{second}" not in known and first not in _HYPHENED
