"""Read PDFs."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.records import limits
from scamcli.store.file_search.parts import NotSearchedError

if TYPE_CHECKING:
    from collections.abc import Iterator


def of_pdf(stream: IO[bytes]) -> Iterator[str | NotSearchedError]:
    """Yield the texts of a PDF, by the reader of ``ingest``."""
    from scamcli.ingest.reading.pdf import all_texts

    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    try:
        limits.require("pdf", size, "a PDF")
        with limits.deadline("text-seconds", "a PDF", size):
            texts, problems = all_texts(stream.read(), "a PDF")
    except DataError as error:
        raise NotSearchedError(error.message) from None
    yield from texts
    yield from map(NotSearchedError, problems)
