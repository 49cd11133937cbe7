"""Read what a PDF holds besides the text of its pages: notes, form fields, bookmarks, links and attached files.

All of these, and metadata, are texts or streams in the objects of a PDF (ISO 32000-2, sections 7.3 and 7.5), so all
objects are read.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from scamcli.store import media_types
from scamcli.store.file_search.parts import NotSearchedError, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

Found = str | Part | NotSearchedError

_DESCRIBED = re.compile(rb"/(?:ActualText|Alt|E)\b")
"""What a page says of letters and pictures that are drawn: what they stand for (ISO 32000-2, section 14.9)."""

MOST_BYTES = 64 << 20
"""How much of the streams of one PDF is kept in memory until it is searched."""


def read(reader: PdfReader) -> list[Found]:
    """Return the texts and streams in all objects of a PDF, and what cannot be read."""
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    found: dict[Found, None] = {}
    problems: dict[str, None] = {}
    found.update(dict.fromkeys(_in_object(reader.trailer, reader)))
    left = MOST_BYTES
    for number, generation in sorted(numbers):
        try:
            value = reader.get_object(IndirectObject(number, generation, reader))
            for one in _in_object(value, reader):
                if isinstance(one, Part):
                    left -= len(one.stream.getbuffer())  # type: ignore[attr-defined]  # it is in memory
                if isinstance(one, NotSearchedError):
                    problems[str(one)] = None
                elif left < 0:
                    problems[f"more than {MOST_BYTES >> 20} MiB of streams"] = None
                else:
                    found[one] = None
        except Exception:  # damaged files raise many kinds of exceptions
            problems["objects that cannot be read"] = None
    return [*found, *map(NotSearchedError, problems), *_as_laid_out(reader)]


def _as_laid_out(reader: PdfReader) -> Iterator[Found]:
    """Yield the text of each page by its places, because letters may be drawn in another order than they are read."""
    for page in reader.pages:
        try:
            yield page.extract_text(extraction_mode="layout")
        except Exception:  # damaged files raise many kinds of exceptions
            yield NotSearchedError("pages whose order of letters is unknown")


def _in_object(value: Any, reader: PdfReader) -> Iterator[Found]:
    """Yield the texts in an object, and its stream. Objects that it refers to have their own turn."""
    from pypdf.generic import IndirectObject, StreamObject

    if isinstance(value, IndirectObject):
        return
    if isinstance(value, bytes):
        yield value.decode(errors="replace")
        yield value.decode("utf-16", errors="replace")
    elif isinstance(value, str):
        yield str(value)
    elif isinstance(value, (list, dict)):
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        for one in inside:
            yield from _in_object(one, reader)
    if _hides_its_letters(value):
        yield NotSearchedError("a font that does not say what its letters are")
    if isinstance(value, StreamObject):
        yield from _in_stream(value, reader)


def _hides_its_letters(value: Any) -> bool:
    """Return whether a font says neither by a table nor by a common encoding what its letters are."""
    if not isinstance(value, dict) or value.get("/Type") != "/Font" or "/ToUnicode" in value:
        return False
    encoding = value.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    if value.get("/Subtype") in {"/Type0", "/Type3"} or isinstance(encoding, dict):
        return True
    return "/FontDescriptor" in value and encoding is None


def _in_stream(value: Any, reader: PdfReader) -> Iterator[Found]:
    if value.get("/Subtype") == "/Image" or {"/Width", "/Height"} <= value.keys():
        yield NotSearchedError("pictures")
    elif value.get("/Type") not in {"/XRef", "/ObjStm"}:
        data = value.get_data()
        if value.get("/Type") == "/EmbeddedFile" or media_types.is_text(data[: media_types.HEAD], ""):
            yield Part("", io.BytesIO(data))
        if _DESCRIBED.search(data):
            yield from _descriptions(value, reader)
        if value.get("/Subtype") == "/Form":  # such as the appearance of a note or of a form field
            yield reader.pages[0].extract_xform_text(value)


def _descriptions(value: Any, reader: PdfReader) -> Iterator[Found]:
    """Yield the texts that a page gives for what it draws, which may be written as numbers."""
    from pypdf.generic import ContentStream

    for operands, operator in ContentStream(value, reader).operations:
        if operator in {b"BDC", b"DP"}:
            yield from _in_object(operands, reader)
