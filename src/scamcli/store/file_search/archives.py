"""Read archives: zip (also office files and WACZ), tar, gzip, bzip2 and WARC."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
from typing import IO, TYPE_CHECKING, cast

from scamcli.errors import install_command
from scamcli.store.bounded_reads import BoundedReader, Unclosed
from scamcli.store.file_search.parts import NotSearchedError, Part

if TYPE_CHECKING:
    from collections.abc import Iterator


def of_zip(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield the members of a zip file, its comments, and its names as UTF-8 if they are not marked as such."""
    with zipfile.ZipFile(BoundedReader(stream)) as archive:
        yield archive.comment.decode(errors="replace")
        for member in archive.infolist():
            yield member.comment.decode(errors="replace")
            if not member.flag_bits & 0x800:
                yield member.filename.encode("cp437", "replace").decode(errors="replace")
            if member.is_dir() or member.flag_bits & 1:
                yield member.filename
                yield from () if member.is_dir() else [NotSearchedError("encrypted")]
                continue
            try:
                opened = archive.open(member)
            except NotImplementedError:
                yield member.filename
                yield NotSearchedError("packed in an unknown way")
                continue
            except Exception:  # a damaged header leads to many kinds of errors
                yield member.filename
                yield NotSearchedError("damaged")
                continue
            yield Part(member.filename, opened)


def of_tar(stream: IO[bytes], _name: str) -> Iterator[Part | str]:
    """Yield the files in a tar archive, and all names in it."""
    with tarfile.open(fileobj=BoundedReader(stream), mode="r:") as archive:
        for member in archive:
            yield "\n".join([member.name, member.linkname, member.uname, *map(str, member.pax_headers.values())])
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield Part(member.name, content)
        end = archive.offset
    _require_end(stream, end)


def _require_end(stream: IO[bytes], end: int) -> None:
    """Require that a tar archive ends with zeros, because the library takes a damaged header for its end."""
    stream.seek(end)
    rest = stream.read(tarfile.BLOCKSIZE)
    if not rest:
        raise NotSearchedError("damaged")
    while rest:
        if rest.strip(b"\0"):
            raise NotSearchedError("damaged")
        rest = stream.read(1 << 20)


def of_gzip(stream: IO[bytes], name: str) -> Iterator[Part | str]:
    """Yield what a gzip file holds, and the name of the file that it was made from."""
    head = stream.read(300)
    stream.seek(0)
    if head[3] & 0b1100 == 0b1000:  # it has a name, and nothing else before it
        yield head[10:].split(b"\0")[0].decode(errors="replace")
    yield Part(_unpacked_name(name), cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb")))


def of_bzip2(stream: IO[bytes], name: str) -> Iterator[Part]:
    """Yield what a bzip2 file holds."""
    yield Part(_unpacked_name(name), bz2.BZ2File(stream))


def _unpacked_name(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.tar" if ending.lower() in {"tgz", "tbz", "tbz2"} else stem


def of_warc(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield the headers and the contents of the records in a WARC file."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise NotSearchedError(f"web archives need {install_command('warc')}") from None
    try:
        for record in ArchiveIterator(stream):
            for headers in (record.rec_headers, record.http_headers):
                yield "\n".join(f"{key}: {value}" for key, value in headers.headers) if headers else ""
            content = io.BufferedReader(Unclosed(record.content_stream()))  # closing it would close the archive
            yield Part(_address(record.rec_headers.get_header("WARC-Target-URI")), content)
            if getattr(record.raw_stream, "limit", 0):  # what the record declares and the file lacks
                yield NotSearchedError("damaged")
    except ArchiveLoadFailed:
        raise NotSearchedError("damaged") from None


def _address(url: str | None) -> str:
    """Return an address as a name, without what follows its path, so that its ending is that of a file."""
    return (url or "").split("?")[0].split("#")[0]
