"""The text layer of a PDF, in paragraphs.

A PDF has no paragraphs, only lines on pages; they are joined again in `paragraphs`. A scan has no text at all, and
is refused. Streams of a PDF are compressed and may call each other, so a small file can ask for endless work: pypdf
bounds each stream, and what is left is bounded here by pages, by characters and by time.
"""

from __future__ import annotations

import logging
import time
from io import BytesIO
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.decoding import shown
from scamcli.ingest.reading.paragraphs import joined

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000
MAX_SECONDS = 30.0
"""After which no further page is begun. A report of 300 pages takes a few."""

_STREAM = 16_000_000
_LIMITS = {
    "zlib_maximum_output_length": _STREAM,
    "lzw_maximum_output_length": _STREAM,
    "run_length_maximum_output_length": _STREAM,
    "array_based_stream_maximum_output_length": _STREAM,
    "stream_decoding_work_maximum_length": 2 * _STREAM,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 200,
    "page_tree_maximum_entries": 2 * MAX_PAGES,
}
_SOURCES = ("microsoft word", "untitled", "powerpoint")
_ENDINGS = (".doc", ".docx", ".indd", ".pdf", ".odt", ".rtf", ".pub")


def read_pdf(data: bytes, name: str) -> Document:
    """Read the text of a PDF and its title; raises DataError for one that is locked, damaged, huge or a scan."""
    try:
        import pypdf
    except ImportError:
        raise DataError(
            f"{shown(name)} is a PDF, and what reads these is not installed",
            "install it with: pip install 'scamcli[pdf]'; or save it as text",
        ) from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # what it warns of is said here in plain words
    with pypdf.apply_configuration(pypdf.get_configuration().with_overwrites(**_LIMITS)):
        try:
            reader = _opened(pypdf.PdfReader(BytesIO(data)), name)
            count = len(reader.pages)
            title = _title(reader)
        except DataError:
            raise
        except Exception as error:  # a damaged file fails in as many ways as there are kinds of damage
            raise _damaged(name, error) from None
        if count > MAX_PAGES:
            raise DataError(f"{shown(name)} has {count:,} pages, and at most {MAX_PAGES:,} are read", "split it")
        return _document(*_pages(reader, name), title, name)


def _opened(reader: PdfReader, name: str) -> PdfReader:
    """Open one that anybody may read and only its author may change; refuse one that asks for a password."""
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except Exception:  # also where the library for its cipher is absent
            opened = False
        if not opened:
            raise DataError(f"{shown(name)} is encrypted", "open it with its password and print it to a new PDF")
    return reader


def _pages(reader: PdfReader, name: str) -> tuple[list[str], list[int]]:
    """Give the text of each page, and the numbers of those that could not be read."""
    texts: list[str] = []
    failed: list[int] = []
    length, until = 0, time.monotonic() + MAX_SECONDS
    for number, page in enumerate(reader.pages, start=1):
        try:
            texts.append(page.extract_text())
        except Exception:  # one bad page is no reason to lose the others; it is named in a note
            texts.append("")
            failed.append(number)
        length += len(texts[-1])
        if length > MAX_CHARACTERS:
            raise DataError(
                f"{shown(name)} has more text than the {MAX_CHARACTERS:,} characters that are read", "split it"
            )
        if time.monotonic() > until:
            raise DataError(
                f"{shown(name)} takes too long to read: {number:,} pages in {MAX_SECONDS:.0f} seconds",
                "save it as text",
            )
    return texts, failed


def _document(texts: list[str], failed: list[int], title: str | None, name: str) -> Document:
    empty = [number for number, text in enumerate(texts, start=1) if not text.strip() and number not in failed]
    if len(failed) == len(texts):
        raise DataError(f"{shown(name)} could not be read: it is damaged, or made to be endless", "save it as text")
    if len(empty) + len(failed) == len(texts):
        raise DataError(
            f"{shown(name)} has no text layer, only pictures of pages",
            "run a text recognition over it, such as ocrmypdf",
        )
    text, running = joined(texts)
    notes = [f"pages without text: {_listed(empty)}"] if empty else []
    notes += [f"pages that could not be read: {_listed(failed)}"] if failed else []
    notes += [f"lines repeated on most pages were left out: {running[0]!r}"] if running else []
    return Document(text, Metadata(title=title), tuple(notes))


def _listed(numbers: list[int]) -> str:
    first = ", ".join(map(str, numbers[:10]))
    return first if len(numbers) <= 10 else f"{first} and {len(numbers) - 10:,} more"


def _title(reader: PdfReader) -> str | None:
    """Give the title that the author gave; programs put the name of their file there."""
    try:
        title = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except Exception:  # a damaged title is no reason to lose the text
        return None
    lower = title.lower()
    return title if 3 < len(title) <= 250 and not lower.startswith(_SOURCES) and not lower.endswith(_ENDINGS) else None


def _damaged(name: str, error: Exception) -> DataError:
    said = " ".join(str(error).split())[:100]
    return DataError(f"{shown(name)} is a PDF that cannot be read: {said or type(error).__name__}", "save it as text")
