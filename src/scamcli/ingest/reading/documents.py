"""Turn bytes into text: detect the kind of file and its encoding.

The content decides what a file is; its name decides only what the content leaves open. An encoding is accepted only if
it is certain, because a wrong guess would stay in stored texts and quotations forever. Notes say what was assumed.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.ingest.proposal import Document, Metadata
from scamcli.ingest.reading.publication import dateline_day, metadata_of_text, override
from scamcli.language.dates import Period, parse_date
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_METADATA = Metadata()
_HEAD = 4096
_PAGE_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_TEXT_NAMES = (".md", ".markdown", ".txt", ".text")
_PAGE = r"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
_FRAGMENT = r"(?i)\s*<(?:article|main|section|div|header|table|title|meta|script|style|h[1-6]|p|ul|ol|!--)\b"
_TAG = r"<[a-zA-Z!/]"
_OTHER_XML = r"\s*<(?:\?xml\b|rss\b|feed\b|svg\b)"
_EXPECTED = "expected text, Markdown, HTML or PDF"

_KINDS = Path(__file__).with_name("file_kinds.toml")
"""First bytes of files that are not text."""
_MHTML = (b"from: <saved by", b"mime-version:", b"snapshot-content-location:")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # before UTF-16, because the mark of UTF-32 begins with that of UTF-16
    *((mark, "utf-32") for mark in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)),
    *((mark, "utf-16") for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)),
)
_CHARSET = rb"(?i)<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})"
# Encodings of pages, by the start of their names. Python has others that are slow or not for text.
_PAGE_ENCODINGS = (
    *("big5", "cp1", "cp8", "cp9", "euc_", "gb", "iso2022"),
    *("iso8859", "koi8", "shift_jis", "tis-620", "utf-8"),
)
_MAX_ABOVE_ASCII = 0.3
"""The largest share of characters above ASCII in the languages that Windows-1252 was made for."""
_UNUSED = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that Windows-1252 does not use, and that Latin-1 uses only for control characters."""
_DIVIDED_WORD = "([^\\W\\d_])([-‐‑¬\u00ad])([ \\t]*[\n\v\f\x85\u2028\u2029][ \\t>]*)([^\\W\\d_]\\S*)"
_CONTROLS = bytes(range(9)) + b"\x0b" + bytes(range(0x0E, 0x1A)) + bytes(range(0x1C, 0x20)) + b"\x7f"


def read(data: bytes, name: str, given: Metadata = _NO_METADATA) -> Document:
    """Return the text in the bytes of a file or a stream, and what is known about its publication.

    Line ends become ``\\n``, and one that divides a word at a hyphen is put after the word; plain text and Markdown are
    not changed otherwise. The text of a web page is its article, and that of a PDF its text layer. The same bytes
    always give the same document.

    Args:
        data: all bytes.
        name: name of the file, for messages and for its extension; ``-`` is stdin.
        given: what the user knows about the publication. It replaces what the text says.

    Raises:
        DataError: the bytes are not a text, page or PDF, are too many, or contain no words.
    """
    name = "The text on stdin" if name == "-" else name
    if _is_pdf(data, name):
        document = _read_pdf(data, name)
    else:
        limits.require("page", len(data), name)
        _refuse_binary(data, name)
        document = _read_text(data, name)
    limits.require("text", len(document.text), name)
    if not any(map(str.isalnum, document.text)):
        raise DataError(f"{name} has no words.")
    notes = (*document.notes, *_on_other_date(document, given.published))
    about = document.about
    if about.published is None and given.published is None:
        about = about._replace(published=dateline_day(document.text))
    return document._replace(about=override(about, given), notes=notes)


def _on_other_date(document: Document, given: str | None) -> Iterator[str]:
    """Yield a note if a text gives another date of publication than the user."""
    found = document.about.published
    if given and found and not _overlap(parse_date(given), parse_date(found)):
        yield f"The text says that it was published on {found}, but --date says {given}, which was used."


def _overlap(one: Period, other: Period) -> bool:
    """Return whether two dates have a day in common. An open end has no bound."""
    return all(
        first.start is None or second.end is None or first.start <= second.end
        for first, second in ((one, other), (other, one))
    )


def _is_pdf(data: bytes, name: str) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf\0\t\n\r ")
    return head.startswith(b"%PDF-") or (name.lower().endswith(".pdf") and b"%PDF-" in head)


def _read_pdf(data: bytes, name: str) -> Document:
    limits.require("pdf", len(data), name)
    from scamcli.ingest.reading.pdf import read_pdf

    document = read_pdf(data, name)
    about = metadata_of_text(document.text)
    return document._replace(about=override(about, Metadata(title=document.about.title)))


def _read_text(data: bytes, name: str) -> Document:
    if _is_page(_first_characters(data[:_HEAD]), name):
        from scamcli.ingest.reading.html import read_page

        document = read_page(*_decode(data, name, page=True), name)
        return document._replace(about=override(metadata_of_text(document.text)._replace(title=None), document.about))
    limits.require("text", len(data), name)
    text, notes = _decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(_DIVIDED_WORD, _undivided, text)
    return Document(text, metadata_of_text(text), notes)


def _undivided(found: re.Match[str]) -> str:
    """Put a line end after the word that it divides, so that the numbers of lines and all later offsets stay."""
    before, hyphen, line_end, after = found.groups()
    if not (after[0].islower() or before.isupper()):
        return found[0]
    is_of_line = hyphen in "¬\u00ad"  # no such sign is a part of the word
    return f"{before}{after}{hyphen}{line_end}" if is_of_line else f"{before}-{after}{line_end}"


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
        raise DataError(f"{name} is an XML file; {_EXPECTED}.", "Save it as text.")
    return re.match(_FRAGMENT, head) is not None


def _refuse_binary(data: bytes, name: str) -> None:
    if not data:
        raise DataError(f"{name} is empty; {_EXPECTED}.")
    found = _kind_of(data, "binary") or ("a film or a HEIC picture" if data[4:8] == b"ftyp" else None)
    if found:
        raise _not_text(name, found)
    if data[:40].lower().startswith(_MHTML):
        raise DataError(f"{name} is a page saved as MHTML; {_EXPECTED}.", "Save the page as HTML only, or as text.")
    if b"\0" in data and not data.startswith(tuple(mark for mark, _ in _MARKS[1:])):
        _refuse_nul(data, name)


def _first_characters(data: bytes) -> str:
    """Return roughly the beginning of a text, enough to look for tags, which are ASCII in every encoding."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "latin-1")
    return data.decode(encoding, errors="ignore").removeprefix("\ufeff")


def _decode(data: bytes, name: str, *, page: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the characters of a text, and what was assumed. The encoding that a page states is used."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, name), ()
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        stated = _stated_encoding(data) if page else None
        if stated:
            return _decode_as_stated(data, stated)
        if not page:  # most of a page is markup, so the share of letters proves nothing
            _refuse_not_western(data, name, error)
    text = data.decode("cp1252", errors="replace")
    return text, ("The text is not UTF-8. It was read as Windows-1252, so check names with accents.",)


def _kind_of(data: bytes, table: str) -> str | None:
    """Return the kind of file that begins with these bytes, by a table of `_KINDS`."""
    for kind, beginnings in tomllib.loads(_KINDS.read_text(encoding="utf-8"))[table].items():
        if data.startswith(tuple(begin.encode("latin-1") for begin in beginnings)):
            return str(kind)
    return None


def _not_text(name: str, found: str) -> DataError:
    return DataError(f"{name} is {found}; {_EXPECTED}.", "Save it as text.")


def _refuse_nul(data: bytes, name: str) -> None:
    """Refuse NUL bytes: they occur in UTF-16 without its mark (every other byte) and in binary files."""
    head = data[:2000]
    if min(head[::2].count(0), head[1::2].count(0)) == 0 and head.count(0) > len(head) // 4:
        raise DataError(f"{name} looks like UTF-16 without its byte order mark.", "Save it as UTF-8.")
    raise _not_text(name, _kind_of(data, "also_text") or "a binary file (it has NUL bytes)")


def _decode_marked(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"{name} begins like {encoding.upper()} but is not valid at byte {error.start:,}.", "Save it as UTF-8."
        ) from None
    if "\0" in text:
        raise DataError(f"{name} has NUL characters; {_EXPECTED}.", "Save it as UTF-8.")
    return text.removeprefix("\ufeff")


def _stated_encoding(data: bytes) -> str | None:
    found = re.search(_CHARSET, data[:4096])
    if found is None:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    # Browsers read both of these as Windows-1252, and pages rely on that.
    encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
    return encoding if encoding.startswith(_PAGE_ENCODINGS) else None


def _decode_as_stated(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    known = "Windows-1252" if encoding == "cp1252" else encoding.upper()
    note = f"Read as {known}, as the page says"
    lost = text.count("\ufffd")
    return text, (f"{note}, without {lost:,} characters that are not valid in it." if lost else f"{note}.",)


def _refuse_not_western(data: bytes, name: str, error: UnicodeDecodeError) -> None:
    """Refuse bytes that are nonsense in Windows-1252: binary files, and other scripts in old encodings."""
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 1000:
        raise _not_text(name, _kind_of(data, "also_text") or "a binary file (it has control characters)")
    letters = data.translate(None, b" \t\r\n")
    above = len(letters) - len(letters.translate(None, bytes(range(0x80, 0x100))))
    unused = len(letters) - len(letters.translate(None, _UNUSED))
    if above > _MAX_ABOVE_ASCII * len(letters) or unused > len(letters) // 1000:
        raise DataError(
            f"{name} is not UTF-8 (byte {error.start:,}), and does not look like Latin-1 or Windows-1252.",
            "Save it as UTF-8.",
        )
