"""Walk through a file and everything that is packed inside it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from contextlib import closing
from time import process_time
from typing import IO, TYPE_CHECKING, cast

from scamcli.errors import DatabaseError, DataError, ScamcliError
from scamcli.records import limits
from scamcli.store import media_types
from scamcli.store.bounded_reads import TooMuchAtOnceError
from scamcli.store.evidence_folder import open_kept
from scamcli.store.file_search import archives, documents, messages, text_pieces
from scamcli.store.file_search.parts import NotSearchedError, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CHUNK = 1 << 20

_IN_MEMORY = 8 << 20
"""The largest part that is kept in memory, in bytes. Larger ones are unpacked into a file without a name."""

_PDF = "application/pdf"
_READERS = {
    _PDF: documents.of_pdf,
    "message/rfc822": messages.of_message,
    "message/x-emlx": messages.of_apple_message,
    "multipart/related": messages.of_message,  # a page that a browser saved as MHTML
    "application/zip": archives.of_zip,
    "application/x-tar": archives.of_tar,
    "application/gzip": archives.of_gzip,
    "application/x-bzip2": archives.of_bzip2,
    "application/warc": archives.of_warc,
    "application/mbox": messages.of_mailbox,
}


class FileSearch:
    """Reads the texts of one file.

    Args:
        temporary: a folder for large parts while they are read.

    Attributes:
        problems: what could not be read, in words, each once.
    """

    def __init__(self, temporary: Path) -> None:
        self._temporary = temporary
        self.problems: dict[str, None] = {}
        self._bytes = 0
        self._parts = 0
        self._started = process_time()

    def texts(self, path: Path, name: str) -> Iterator[str]:
        """Yield the texts of a file, in pieces that overlap. What could not be read is in ``problems`` afterwards.

        Args:
            path: the file.
            name: the name that it had, whose ending decides what its content leaves open.
        """
        try:
            with open_kept(path) as raw, io.BufferedReader(cast("io.RawIOBase", raw)) as stream:
                yield from self._walk(Part(name, stream), stream, 0)
        except FileNotFoundError:
            self._report("the file is missing")
        except DatabaseError:
            self._report("the file cannot be read")
        except DataError as error:  # a limit
            self._report(error.message)

    def _walk(self, part: Part, stream: IO[bytes], depth: int) -> Iterator[str]:
        """Yield the texts of a part, whose content is in a stream that can be read anywhere."""
        head = stream.read(media_types.HEAD)
        stream.seek(0)
        try:
            yield from self._read(part, stream, head, depth) if head else ()
        except ScamcliError:
            raise
        except Exception as error:  # libraries raise many kinds of errors for files that are damaged or hostile
            self._report(_problem_of(error))

    def _read(self, part: Part, stream: IO[bytes], head: bytes, depth: int) -> Iterator[str]:
        kind = media_types.of_head(head, part.name)
        if kind in _READERS:
            yield from self._contents(_READERS[kind](stream, part.name), depth)
        elif _is_readable(kind, head, part.name):
            for piece in text_pieces.pieces(stream, part.encoding):
                self._spend_time()
                yield from self._inside(piece, depth)
        else:
            self._report(kind)
        if kind != "application/zip" and zipfile.is_zipfile(stream):  # a file may be of two kinds at once
            yield from self._contents(archives.members_of_zip(stream), depth)
        if kind != _PDF and documents.STARTS_PDF in head:
            stream.seek(0)
            yield from self._contents(documents.of_pdf(stream, part.name), depth)

    def _contents(self, found: Iterable[Part | str | NotSearchedError], depth: int) -> Iterator[str]:
        if depth >= limits.value("nested"):
            raise limits.exceeded("nested", "has")
        for one in found:
            yield from self._inside(one, depth)

    def _inside(self, part: Part | str | NotSearchedError, depth: int) -> Iterator[str]:
        """Yield the texts of what is in a container: a part, a text, or something that cannot be read."""
        if isinstance(part, NotSearchedError):
            self._report(str(part))
        elif isinstance(part, str):
            yield part
        else:
            self._parts += 1
            if self._parts > limits.value("parts"):
                raise limits.exceeded("parts", "has")
            self._spend_time()
            yield part.name
            with closing(part.stream), tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(self._temporary)) as copy:
                if self._unpack(part, copy):
                    yield from self._walk(part, copy, depth + 1)

    def _unpack(self, part: Part, copy: IO[bytes]) -> bool:
        """Copy a part, and return whether it is worth reading; the head of a recording shows that it is not."""
        try:
            chunk = part.stream.read(media_types.HEAD)
            kind = media_types.of_head(chunk, part.name)
            if chunk and not _is_readable(kind, chunk, part.name):
                self._report(kind)
                return False
            while chunk:
                self._bytes += len(chunk)
                if self._bytes > limits.value("unpacked-evidence"):
                    raise limits.exceeded("unpacked-evidence", "unpacks to")
                copy.write(chunk)
                chunk = part.stream.read(CHUNK)
        except ScamcliError:
            raise
        except Exception as error:
            self._report(_problem_of(error))  # what was unpacked until then is searched
        copy.seek(0)
        return True

    def _spend_time(self) -> None:
        if process_time() - self._started > limits.value("search-seconds"):
            raise limits.exceeded("search-seconds", "takes")

    def _report(self, problem: str) -> None:
        self.problems[problem.removesuffix(".")] = None


def _is_readable(kind: str, head: bytes, name: str) -> bool:
    return kind in _READERS or media_types.is_text(head, name)


def _problem_of(error: Exception) -> str:
    """Return what an error means. Libraries also raise `OSError`, without a number, for data that are damaged."""
    if isinstance(error, (NotSearchedError, TooMuchAtOnceError)):
        return str(error)
    if isinstance(error, MemoryError):
        return "needs too much memory"
    if isinstance(error, OSError) and error.errno is not None:
        return f"cannot be unpacked: {error.strerror}"
    return "damaged"
