"""Bytes in, a text and what is known of its publication out: the input side of ingest.

What a file is, is told by its content; its name only decides where the content leaves it open. The text is what is
kept as a snapshot, and offsets count its characters, so plain text and Markdown stay as they were written, but for
line ends. Nothing here reads a file, reaches the network or keeps a day: the same bytes give the same document.
The readers of HTML and PDF, and what they need, are loaded only for a page and for a PDF.
"""

from __future__ import annotations

import re

from scamcli.errors import DataError
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.decoding import beginning, decoded, refuse_binary, shown
from scamcli.ingest.reading.markdown import plain_view
from scamcli.ingest.reading.metadata import in_first_lines, overlaid

__all__ = ["MAX_BYTES", "MAX_PDF_BYTES", "plain_view", "read"]

MAX_BYTES = 20 * 1024 * 1024
"""A text or a page above this is refused before any work; so is its text, once it is read."""
MAX_PDF_BYTES = 5 * MAX_BYTES
"""A PDF may be larger than its text, since it holds its pictures."""

_HEAD = 4096
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_TEXT_NAMES = (".md", ".markdown", ".txt", ".text")
_PAGE = r"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
_FRAGMENT = r"(?i)\s*<(?:article|main|section|div|header|table|title|meta|script|style|h[1-6]|p|ul|ol|!--)\b"
_TAG = r"<[a-zA-Z!/]"
_OTHER_XML = r"\s*<(?:\?xml\b|rss\b|feed\b|svg\b)"


def read(data: bytes, name: str, given: Metadata = Metadata()) -> Document:  # noqa: B008 - it cannot be changed
    """Read what a file or a stream holds; raises DataError for what is no text, page or PDF, or holds no words.

    Args:
        data: all of it.
        name: of the file, for messages and for its ending; ``-`` is a stream.
        given: what the user knows of the publication, which counts more than what the text says.
    """
    if _is_pdf(data, name):
        document = _pdf(data, name)
    else:
        _refuse_large(len(data), MAX_BYTES, name)
        refuse_binary(data, name)
        document = _text(data, name)
    _refuse_large(len(document.text), MAX_BYTES, name)
    if not any(map(str.isalnum, document.text)):
        raise DataError(f"{shown(name)} holds no words")
    return document._replace(about=overlaid(document.about, given))


def _refuse_large(size: int, most: int, name: str) -> None:
    if size > most:
        raise DataError(
            f"{shown(name)} is too large: {size / 2**20:,.1f} MiB, and at most {most // 2**20} are read",
            "split it, or save only the article as text",
        )


def _is_pdf(data: bytes, name: str) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf\0\t\n\r ")
    return head.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in head)


def _pdf(data: bytes, name: str) -> Document:
    _refuse_large(len(data), MAX_PDF_BYTES, name)
    from scamcli.ingest.reading.pdf import read_pdf

    document = read_pdf(data, name)
    about = in_first_lines(document.text)
    return document._replace(about=overlaid(about, Metadata(title=document.about.title)))


def _text(data: bytes, name: str) -> Document:
    if _is_page(beginning(data[:_HEAD]), name):
        from scamcli.ingest.reading.html import read_page

        document = read_page(*decoded(data, name, page=True), name)
        return document._replace(about=overlaid(in_first_lines(document.text)._replace(title=None), document.about))
    text, notes = decoded(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Document(text, in_first_lines(text), notes)


def _is_page(head: str, name: str) -> bool:
    ending = name.lower()
    is_marked = head.lstrip().startswith("<")
    if is_marked and re.match(_PAGE, head):
        return True
    if ending.endswith(_PAGE_NAMES):
        return re.search(_TAG, head) is not None
    if not is_marked or ending.endswith(_TEXT_NAMES):
        return False
    if re.match(_OTHER_XML, head):
        raise DataError(f"{shown(name)} is an XML file; expected text, Markdown, HTML or PDF", "save it as text")
    return re.match(_FRAGMENT, head) is not None
