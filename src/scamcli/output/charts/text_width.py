"""Estimate how wide texts are, without the fonts of the reader, and cut texts to the room that they have.

The estimates are for DejaVu Sans, which is wider than the usual sans-serif fonts, so that texts that do not overlap
here do not overlap on the page.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDTHS = {
    0.30: "iljI'", 0.34: " ,.;:/\\|", 0.37: "f", 0.42: "tr()[]!-·‘’", 0.47: '"', 0.54: "sz“”", 0.57: "cJ",
    0.62: "akvxyLFT_*?", 0.84: "wOQ#&~×", 0.89: "+<=>M^≥≤≈±", 1.02: "mW@%—…",
}  # fmt: skip
"""The widths of characters in ems, except the most frequent widths, of small letters and of capitals."""
_WIDTH_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_SMALL, _CAPITAL = 0.64, 0.78
_OF_SCRIPTS = ((0x0E00, 0x0EFF, 0.68), (0x1000, 0x109F, 0.95), (0x1780, 0x17FF, 0.8), (0x0900, 0x0DFF, 0.85))
"""First and last code point of Thai and Lao, Burmese, Khmer, and the scripts of India, and the width of a letter."""
_COENG = "\u17d2"
"""The sign that puts the next Khmer consonant below the one before it."""
ELLIPSIS = "…"


def width_of(text: str, size: float) -> float:
    """Return the estimated width of a line of text in a font size."""
    return size * sum(map(_ems, text))


def cut(text: str, room: float, size: float) -> str:
    """Return a text that fits a width, with an ellipsis if it was cut; an empty text if nothing fits."""
    used = 0.0
    keeps = 0
    for index, char in enumerate(text):
        used += size * _ems(char)
        if used > room:
            return _cut_at(text, keeps)
        if used + size * _ems(ELLIPSIS) <= room:
            keeps = index + 1
    return text


def _cut_at(text: str, keeps: int) -> str:
    """Cut before a letter, never between a letter and the marks on it."""
    while keeps and (unicodedata.category(text[keeps])[0] == "M" or text[keeps - 1] == _COENG):
        keeps -= 1
    kept = text[:keeps].rstrip()
    return f"{kept}{ELLIPSIS}" if kept else ""


@lru_cache(maxsize=4096)
def _ems(char: str) -> float:
    if char in _WIDTH_OF:
        return _WIDTH_OF[char]
    if char.isascii():
        return _CAPITAL if char.isupper() else _SMALL
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.05
    code = ord(char)
    return next((width for first, last, width in _OF_SCRIPTS if first <= code <= last), 0.8)


def wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """Return a text as lines that fit a width; what does not fit into ``most`` lines is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            if len(lines) == most:
                lines[-1] = longer + ELLIPSIS
                break
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut(line, room, size) for line in lines if line]
