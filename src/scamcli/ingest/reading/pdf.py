"""Read the text layer of a PDF, and join its lines into paragraphs.

A PDF has no paragraphs, only lines on pages. A full line continues in the next one, unless that starts a new item. Page
numbers and running heads are left out, because a date there would start an entry on each page. A scan has no text and
is refused.

The streams of a PDF are compressed and may call each other, so that a small file can demand endless work: pypdf limits
each stream, this module limits pages and characters, and the caller limits the time.
"""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, TypeVar

from scamcli.errors import DataError, install_command, quote
from scamcli.ingest.lexicon import GRAMMAR
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.publication import is_dated_heading, is_only_a_date
from scamcli.language.scripts import UNSPACED
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PdfReader

_About = TypeVar("_About")

_STREAM = 16_000_000
_CODED = ("zlib", "lzw", "run_length", "array_based_stream")
_LIMITS = {
    **{f"{coding}_maximum_output_length": _STREAM for coding in _CODED},
    "stream_decoding_work_maximum_length": 2 * _STREAM,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 200,
}
_SOURCES = ("microsoft word", "untitled", "powerpoint")
_ENDINGS = (".doc", ".docx", ".indd", ".pdf", ".odt", ".rtf", ".pub")


def read_pdf(data: bytes, name: str) -> Document:
    """Return the text of a PDF and its title.

    Raises:
        DataError: the PDF is locked, damaged, too large or a scan, or pypdf is not installed.
    """
    return _document(*_extract(data, name, _title), name)


def all_texts(data: bytes, name: str, about: Callable[[PdfReader], _About]) -> tuple[list[str], list[str], _About]:
    """Return everything that is written on the pages of a PDF, what cannot be read of them, and what is noted about it.

    The text of `read_pdf` is first. The pages as they are follow, with running heads.

    Raises:
        DataError: as for `read_pdf`, except that a scan has no texts.
    """
    texts, failed, noted = _extract(data, name, about)
    empty = [text for text in texts if not text.strip()]
    problems = ["pages that cannot be read"] if failed else []
    problems += ["pages without text"] if len(empty) > len(failed) else []
    return [join_pages(texts)[0], *texts] if len(empty) < len(texts) else [], problems, noted


def _extract(data: bytes, name: str, about: Callable[[PdfReader], _About]) -> tuple[list[str], list[int], _About]:
    """Return the text of each page, the numbers of pages that could not be read, and what is known about the file."""
    try:
        import pypdf
    except ImportError:
        raise DataError(
            f"{name} is a PDF, which needs a package that is not installed.",
            f"Run {install_command('pdf')}, or save it as text.",
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings are repeated below in plain words
    most = limits.value("pages")
    pages = {"page_tree_maximum_entries": min(2 * most, sys.maxsize)}
    with pypdf.apply_configuration(pypdf.get_configuration().with_overwrites(**_LIMITS, **pages)):
        try:
            reader = _opened(pypdf.PdfReader(BytesIO(data)), name)
            count = len(reader.pages)
            known = about(reader)
        except DataError:
            raise
        except Exception as error:  # damaged files raise many kinds of exceptions
            message = " ".join(str(error).split())[:100] or type(error).__name__
            raise DataError(f"{name} is a PDF that cannot be read: {message}.", "Save it as text.") from None
        limits.require("pages", count, name)
        return *_pages(reader, name), known


def _opened(reader: PdfReader, name: str) -> PdfReader:
    """Unlock a PDF that only restricts changes. Refuse one that needs a password."""
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except Exception:  # also if the package for its cipher is missing
            opened = False
        if not opened:
            raise DataError(f"{name} is encrypted.", "Open it with its password and print it to a new PDF.")
    return reader


def _pages(reader: PdfReader, name: str) -> tuple[list[str], list[int]]:
    """Return the text of each page, and the numbers of pages that could not be read."""
    texts, failed = list[str](), list[int]()
    length = 0
    for number, page in enumerate(reader.pages, start=1):
        try:
            texts.append(page.extract_text())
        except Exception:  # keep the other pages; a note names this one
            texts.append("")
            failed.append(number)
        length += len(texts[-1])
        limits.require("text", length, name)
    return texts, failed


def _document(texts: list[str], failed: list[int], title: str | None, name: str) -> Document:
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip() and number not in failed]
    if len(failed) == len(texts):
        raise DataError(f"{name} could not be read: it is damaged, or designed to take forever.", "Save it as text.")
    if len(empty) + len(failed) == len(texts):
        raise DataError(
            f"{name} has no text layer, only pictures of pages.",
            "Run text recognition on it, for example with ocrmypdf.",
        )
    text, running, starts = join_pages(texts)
    notes = [f"Pages without text: {_listed(empty)}."] if empty else []
    notes += [f"Pages that could not be read: {_listed(failed)}."] if failed else []
    notes += [f"Left out lines that are repeated on most pages: {quote(running[0])}."] if running else []
    return Document(text, Metadata(title=title), tuple(notes), starts)


def _listed(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:10]))
    return first if len(numbers) <= 10 else f"{first} and {len(numbers) - 10:,} more"


def _title(reader: PdfReader) -> str | None:
    """Return the title that the author gave, unless it is the name of a file or a program."""
    try:
        title = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except Exception:  # keep the text without its title
        return None
    lower = title.lower()
    return title if 3 < len(title) <= 250 and not lower.startswith(_SOURCES) and not lower.endswith(_ENDINGS) else None


_EDGE = 2  # lines at the head and at the foot of a page that may be running heads
_LONGEST = 100  # characters of a running head
_FULL = 0.75  # a line that takes this share of the width of the text is full
_SHORT = 0.5  # share of the width below which a line may be a heading
_PAGE_NUMBER = r"(?i)[-–—|\s]*(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?[-–—|\s]*"
_BULLET = r"[-–—•●▪◦‣■]\s|\(?\d{1,2}[.)]\s"
_ENDS = (".", "!", "?", ":", ";", "”", '"', "»", "។", "。")
_BROKEN = r"([^\W\d_]+)[-\u2010\u00ad]$"
_NEXT = r"([^\W\d_]+)"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"


def join_pages(pages: list[str]) -> tuple[str, list[str], tuple[int, ...]]:
    """Return the text of pages, with blank lines between paragraphs, the running heads that were left out, and offsets.

    The offsets say where each page begins in the text. A page without lines begins where the next one does.
    """
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    running = _running(lines)
    left = [_without(page, running) for page in lines]
    if not any(map(any, left)):  # all lines are repeated, so they are the text
        running, left = {}, lines
    kept = [line for page in left for line in page]
    lengths = sorted(len(line) for line in kept if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0  # nine in ten lines are not longer than a full line
    known = {word.lower() for line in kept for word in re.findall(_WORD, line)}
    parts: list[str] = []
    before = ""
    places: list[int | None] = []  # for each line that is not empty, which part it is
    for line in kept:
        if before and line:
            parts += _join(parts.pop(), line, known) if _goes_on(before, line, width) else ["\n\n", line]
        elif line:
            parts += ["\n\n", line] if parts else [line]
        before = line
        places.append(len(parts) - 1 if line else None)
    return "".join(parts) + "\n", sorted(running.values()), _page_starts(left, places, parts)


def _page_starts(pages: list[list[str]], places: list[int | None], parts: list[str]) -> tuple[int, ...]:
    """Return the offset where each page begins in the joined parts, by its first line that is not empty."""
    offsets = list(accumulate(map(len, parts), initial=0))
    firsts = accumulate(map(len, pages[:-1]), initial=0)
    found = (next((place for place in places[first:] if place is not None), len(parts)) for first in firsts)
    return tuple(offsets[place] for place in found)


def _edges(page: list[str]) -> set[str]:
    filled = [line for line in page if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _running(pages: list[list[str]]) -> dict[str, str]:
    """Map each line that is at the edge of most pages, without its numbers, to one example of it."""
    seen: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for page in pages:
        for form, line in {_form(line): line for line in _edges(page) if len(line) <= _LONGEST}.items():
            seen[form] += any(map(str.isalpha, form))
            examples.setdefault(form, line)
    most = max(2, len(pages) // 2)
    return {form: examples[form] for form, pages_seen in seen.items() if pages_seen > most}


def _form(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _without(page: list[str], running: dict[str, str]) -> list[str]:
    edges = _edges(page)
    return [
        line
        for line in page
        if line not in edges or (_form(line) not in running and not re.fullmatch(_PAGE_NUMBER, line))
    ]


def _goes_on(before: str, line: str, width: int) -> bool:
    if _is_open(before):
        return True
    if re.match(_BULLET, line) or is_dated_heading(line):
        return False
    if is_only_a_date(before):
        return False
    ended = before.endswith(_ENDS)
    if len(before) < _FULL * width:
        return not ended and line[0].islower()
    heading = len(line) < _SHORT * width and not line.endswith(_ENDS)
    return not (ended and heading)


def _join(before: str, line: str, known: set[str]) -> list[str]:
    """Join two lines of a paragraph. A word that is split between them is joined too, unless it keeps its hyphen."""
    broken, following = re.search(_BROKEN, before[-60:]), re.match(_NEXT, line)
    if broken and following:
        return [before[:-1] if _is_broken(broken, following[1], known) else before, line]
    if _is_open(before):
        return [before, line]
    unspaced = re.match(UNSPACED, before[-1]) and re.match(UNSPACED, line)
    return [before, line] if unspaced else [before, " ", line]


def _is_open(line: str) -> bool:
    """Return whether a line ends at a hyphen or dash that joins words, as in "June–" before "December"."""
    return len(line) > 1 and line.endswith(("-", "–", "—")) and not line[-2].isspace()


def _is_broken(broken: re.Match[str], following: str, known: set[str]) -> bool:
    first, second = broken[1].lower(), following.lower()
    if broken[0].endswith("\u00ad") or f"{first}{second}" in known:
        return True
    return following[0].islower() and f"{first}-{second}" not in known and first not in GRAMMAR.hyphened
