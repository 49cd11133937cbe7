"""Escape texts so that they have no effect on a terminal, in Markdown, as a link or in a spreadsheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Patterns stay text, which `re` compiles and caches at first use, because most commands need none of them: no character
# of `_UNSAFE` or `_SPACES` is printable, and `str.isprintable` needs no pattern.
_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]"
_SPACES = r"[\n\t\r\u2028\u2029]+"
_BLANK_LINES = r"(?:\r?\n[^\S\n]*){2,}"
_MARKDOWN = r"([\\`*_{}\[\]<>#|~&$])"
_ADDRESS = r"https?://[^\s\"'<>\\^`{|}]+"
_NUMBER = r"[+-]?\d[\d,]*(\.\d+)?"
_RISKY = frozenset("=+-@＝＋－＠")  # Excel also accepts the wide forms where East Asian languages are typed
_BREAKS = frozenset("\t\r\n")
_INVISIBLE = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1), 0xAD, *range(0x2000, 0x2010), *range(0x2028, 0x2030),
                               *range(0x205F, 0x2070), 0x3000, 0xFEFF)))  # fmt: skip
"""Characters that some spreadsheets drop at the beginning of a cell."""
_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}
_UNSAFE_IN_TSV = rf"[\t\n\\]|{_UNSAFE}"
_TSV_ESCAPE = r"\\(?:[tnr\\]|u([0-9a-f]{4}))"
_CSV_DIVIDERS = "\r\n;\t"


def escape_controls(text: str) -> str:
    r"""Write out control characters and bidirectional marks (``\u202e``), so that they do not affect a terminal."""
    return text if text.isprintable() else re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """Put a text on one line, and escape its control characters."""
    return text if text.isprintable() else escape_controls(re.sub(_SPACES, " ", text))


def paragraphs(text: str) -> list[str]:
    """Split a text into paragraphs, each on one line, and escape their control characters."""
    return [one_line(part) for part in re.split(_BLANK_LINES, text) if part.strip()]


def escape_markdown(text: str) -> str:
    """Escape everything that Markdown or HTML would interpret."""
    return re.sub(_MARKDOWN, r"\\\1", text)


def is_web_address(text: str | None) -> bool:
    """Say whether a text can become a link: http or https, without hidden characters."""
    if text is None or (not text.isprintable() and re.search(_UNSAFE, text)):
        return False
    return re.fullmatch(_ADDRESS, text, re.IGNORECASE) is not None


def guard_formula(text: str) -> str:
    """Put a quote before a cell that a spreadsheet would run as a formula (OWASP, CSV injection).

    Such a cell begins with a tab or a line break, or its first visible character is ``=``, ``+``, ``-`` or ``@``, or
    the wide form of one of these.
    """
    risky = text[:1] in _BREAKS or (text.lstrip(_INVISIBLE)[:1] in _RISKY and not re.fullmatch(_NUMBER, text))
    return f"'{text}" if risky or text.startswith("'") else text


def unguard_formula(text: str) -> str:
    """Undo `guard_formula`. A quote that `guard_formula` would not have added stays."""
    return text[1:] if text.startswith("'") and guard_formula(text[1:]) == text else text


def csv_row_writer(out: TextIO) -> Callable[[Iterable[object]], object]:
    r"""Return a function that writes a row as CSV (RFC 4180) with LF at the end of lines.

    Cells with a semicolon, a tab or a carriage return are quoted as well. Spreadsheets, such as LibreOffice with its
    proposed settings, would otherwise split the cell there, and the rest could be a formula.
    """
    import csv  # not at the top: a table in a pipe is tab-separated, and short commands start faster without it

    return csv.writer(_LfLines(out), lineterminator=_CSV_DIVIDERS).writerow


class _LfLines:
    """A stream for the csv module that ends lines with LF.

    The module quotes the characters of its line end, so it gets a longer line end, which is replaced here.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, line: str) -> int:
        return self._out.write(line.removesuffix(_CSV_DIVIDERS) + "\n")


def escape_tsv(text: str) -> str:
    r"""Escape a cell of tab-separated text: ``\t``, ``\n``, ``\\``, and control characters as ``\u001b``.

    A quote at the beginning becomes ``\u0022``. Spreadsheets would take what follows, up to the next quote, for one
    cell: the rows between would be lost, and the content could be a formula.
    """
    if not text.isprintable() or "\\" in text:
        text = re.sub(_UNSAFE_IN_TSV, lambda found: _ESCAPES.get(found[0]) or escape_controls(found[0]), text)
    return rf"\u0022{text[1:]}" if text.startswith('"') else text


def unescape_tsv(text: str) -> str:
    """Undo `escape_tsv`. A backslash that `escape_tsv` would not have added stays."""
    return re.sub(_TSV_ESCAPE, _unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1]
    if code is None:
        return next(char for char, written in _ESCAPES.items() if written == escape[0])
    return chr(int(code, 16)) if re.match(f'"|{_UNSAFE}', chr(int(code, 16))) else escape[0]
