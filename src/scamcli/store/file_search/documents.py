"""Read PDFs."""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.records import limits
from scamcli.store.file_search import pdf_objects
from scamcli.store.file_search.parts import NotSearchedError, Part, outside

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHAPES = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff\u0590-\u109f\u1780-\u17ff]")
"""Letters that programs do not know, and those of scripts such as Khmer, Thai, Burmese and Arabic.

A PDF keeps shapes from left to right, not letters. Chromium 156 writes Khmer vowels that stand before their consonant
first, and letters below others as unknown ones, so that four of six names were not found in what it printed.
"""

_STREAM = re.compile(rb"(\bstream\r?\n)|\bendstream\b")

STARTS_PDF, _END = b"%PDF-", b"%%EOF"


def of_pdf(stream: IO[bytes], _name: str) -> Iterator[str | Part | NotSearchedError]:
    """Yield the texts of a PDF, by the reader of ``ingest``, and what else is in it, before it and after it."""
    from scamcli.ingest.reading.pdf import all_texts

    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    try:
        limits.require("pdf", size, "a PDF")
        data = stream.read()
        with limits.deadline("text-seconds", "a PDF", size):
            texts, problems, noted = all_texts(data, "a PDF", pdf_objects.read)
    except DataError as error:
        raise NotSearchedError(error.message) from None
    yield from texts
    if any(map(_SHAPES.search, texts)):
        yield NotSearchedError("letters whose order in a PDF is not certain")
    yield from noted
    yield b"\n".join(outside(data, _STREAM)).decode(errors="replace")  # with comments, which no reader shows
    yield from map(NotSearchedError, problems)
    before, after = data.partition(STARTS_PDF)[0], data.rpartition(_END)[2]
    for beside in (before, after if _END in data else b""):
        if beside.strip(b"\0 \r\n\t"):
            yield Part("", io.BytesIO(beside))
    is_for_the_web = re.search(rb"/Linearized\b", data[:2048]) is not None  # it has two ends
    if data.count(_END) > 1 + is_for_the_web:
        yield NotSearchedError("earlier versions of a PDF")
