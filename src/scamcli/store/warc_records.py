"""Read the records of a WARC file whose headers have a sensible size.

warcio joins the lines of a header one by one, so that 20 MB of them take it hours.
"""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stderr
from typing import IO, TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord


def records(stream: IO[bytes], *, check_digests: bool = False) -> Iterator[ArcWarcRecord]:
    """Yield the records of a WARC file, packed or not.

    Raises:
        DataError: A header is over the limit, or the file ends within that of a record.
        ImportError: warcio is not installed.
    """
    from warcio.archiveiterator import ArchiveIterator

    logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)  # it quotes addresses, which may name a person
    iterator = ArchiveIterator(stream, check_digests=check_digests)
    loader = iterator.loader
    for name in ("warc_parser", "http_parser", "http_req_parser"):
        setattr(loader, name, _BoundedParser(getattr(loader, name), must_end=name == "warc_parser"))
    return _quietly(iter(iterator))


def _quietly(records_: Iterator[ArcWarcRecord]) -> Iterator[ArcWarcRecord]:
    """Yield records without what warcio writes to stderr: it quotes the rest of a record, which may name a person."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records_, None)
        if record is None:
            return
        yield record


class _BoundedParser:
    """A parser of headers that reads only as many bytes of them as the limit allows.

    warcio says nothing about a last record that is cut off within its header. Those of WARC end with an empty line.
    """

    def __init__(self, parser: Any, *, must_end: bool) -> None:
        self._parser, self._must_end = parser, must_end

    def parse(self, stream: Any, *rest: Any) -> Any:
        return self._parser.parse(_BoundedLines(stream, must_end=self._must_end), *rest)


class _BoundedLines:
    def __init__(self, stream: Any, *, must_end: bool) -> None:
        self._stream = stream
        self._left = limits.value("header")
        self._is_within = False
        self._must_end = must_end

    def readline(self) -> bytes:
        line: bytes = self._stream.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise limits.exceeded("header", "A record of a web archive has")
        if not line and self._is_within and self._must_end:
            raise DataError("A web archive ends within the header of a record.", "Nothing was added.")
        self._is_within = bool(line.strip())
        return line


def has_length(record: ArcWarcRecord) -> bool:
    """Return whether a record states a length that can be: warcio takes any other one for 0."""
    return str(record.rec_headers.get_header("Content-Length") or "").strip().isdecimal()
