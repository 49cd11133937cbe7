"""Blank Markdown's markup without changing the length of the text, so that offsets stay valid.

Stars, bullets and link addresses would disturb the rules that read words and dates, and digits in an address count
nothing, so each of these characters becomes a space. This is not a Markdown parser: it knows the marks that writers
use, leaves uncertain ones alone, and looks at each character a bounded number of times.
"""

from __future__ import annotations

import re

_FRONT_MATTER = r"\A---[ \t]*\n(?:[^\n]*\n){1,60}?---[ \t]*(?:\n|\Z)"
_KEY = r"(?m)^[A-Za-z_]+:"
_IMAGE = r"!\[[^\[\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])"
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)|\[[^\[\]\n]{0,200}\]"
_LINK = rf"(\[)(?!\d{{1,3}}\])((?:[^\[\]\n]|\n(?!\s)){{1,500}})(\](?:{_TARGET}))"
_DEFINITION = r"(?m)^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*(?:<?(?:[a-z]+:|[./#])[^\n]*$)?"
_CITATION = r"\[(?<=\S\[)(?:\^[^\]\s]{1,30}|\d{1,3})\]"
_ADDRESS = r"<?\b(?:https?://|www\.)[^\s<>]{0,2000}[^\s<>.,;:!?()\[\]'\"’”*_]/?>?"
_TAG = r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:[\s/][^<>]{0,500})?>"
_FENCE = r"(?m)^[ \t]{0,12}(?:```|~~~)[^\n]*$"
_BLOCK = r"(?m)^[ \t]*(?:(?:>[ \t]?)+[ \t]*(?:[-*+][ \t]+|#{1,6}[ \t]+)?|[-*+][ \t]+(?:\[[ xX]\][ \t])?|#{1,6}[ \t]+)"
_BULLET = r"(?m)^[ \t]*[•●▪◦‣■○➢·][ \t]*"
_RULE = r"(?m)^[ \t]{0,3}([-=*_])(?:[ \t]?\1){2,}[ \t]*$"
_TABLE = r"(?m)^[ \t]*\|[^\n]*$"
_STARS = r"\*(?<!\d\*)\**(?=\S)|\*(?<=\S\*)\**(?!\d)"  # the lookbehind comes second, so that the search is for the star
_UNDERLINES = r"(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)"
_TICKS = r"`+|~~"
_LEADERS = r"\.{4,}|(?<= )(?:\. ){4,}"
_ESCAPE = r"\\(?=[!-/:-@\[-`{-~\n])"


def plain_view(text: str) -> str:
    """Return the text with each character of markup replaced by a space. Its length and its lines stay the same."""
    matter = front_matter(text)
    view = _spaces(matter) + text[len(matter) :]
    if "<" in view:
        view = re.sub(_TAG, _blank, _without_comments(view))
    if "[" in view:
        view = re.sub(_IMAGE, _blank, view) if "![" in view else view
        view = (
            re.sub(_LINK, lambda found: f" {found[2]}{' ' * len(found[3])}", view)
            if "](" in view or "][" in view
            else view
        )
        view = re.sub(_DEFINITION, _blank, view) if "]:" in view else view
        view = re.sub(_CITATION, _blank, view)
    if "://" in view or "www." in view:
        view = re.sub(_ADDRESS, _blank, view)
    begin = {line.lstrip(" \t")[:1] for line in view.split("\n")}
    for marks, pattern in _OF_LINES:
        view = view if begin.isdisjoint(marks) else re.sub(pattern, _blank, view)
    if "...." in view or ". . . ." in view:
        view = re.sub(_LEADERS, lambda found: ":" + " " * (len(found[0]) - 1), view)
    for marks, pattern in _ANYWHERE:
        if any(mark in view for mark in marks):
            view = re.sub(pattern, _row if pattern is _TABLE else _blank, view)
    return view


def front_matter(text: str) -> str:
    """Return the front matter of a text: the lines of keys between ``---`` at its start, or ``""``."""
    found = re.match(_FRONT_MATTER, text) if text.startswith("---") else None
    return found[0] if found and re.search(_KEY, found[0]) else ""


def _without_comments(text: str) -> str:
    """Blank ``<!-- … -->``. A pattern would search for the end again from each beginning, which can take forever."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], _spaces(text[start : end + 3])]
        at = end + 3
    return "".join([*parts, text[at:]])


def _spaces(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _blank(found: re.Match[str]) -> str:
    return _spaces(found[0])


def _row(found: re.Match[str]) -> str:
    """Keep the cells of a table, and blank the line below its head."""
    cells = found[0].replace("|", " ")
    return cells if cells.strip(" \t:-") else _spaces(found[0])


# Each pattern with the marks that it needs. Most texts have few marks, and compiling a pattern takes time.
# Marks of whole lines come first, because a line of stars is not emphasis.
_OF_LINES = (("`~", _FENCE), ("-=*_", _RULE), (">-*+#", _BLOCK))
_ANYWHERE = (("•●▪◦‣■○➢·", _BULLET), ("|", _TABLE), ("\\", _ESCAPE), ("*", _STARS), ("_", _UNDERLINES), ("`~", _TICKS))
