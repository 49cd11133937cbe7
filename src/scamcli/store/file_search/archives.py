"""Read archives: zip (also office files and WACZ), tar, gzip, bzip2 and WARC."""

from __future__ import annotations

import bz2
import gzip
import io
import re
import tarfile
import zipfile
from typing import IO, TYPE_CHECKING, cast

from scamcli.errors import install_command
from scamcli.store import warc_records
from scamcli.store.bounded_reads import LARGEST, BoundedReader, Unclosed
from scamcli.store.file_search.parts import NotSearchedError, Part
from scamcli.store.file_search.text_pieces import as_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_LOCAL_HEADER, _END_OF_LIST = 30, 22
_IN_EXTRA = 0xFFFFFFFF
"""Stands for a size that is in an extra field (ZIP64)."""

_LONGEST_TAIL = _END_OF_LIST + 65_535
"""The longest end of a zip file, with its comment, in bytes."""

_LITTLE = 1024
"""How much of a bzip2 file is unpacked at once, in bytes: at most 20 MiB come of it."""


_LONGEST_GZIP_HEADER = 1024
_GZIP_HEADER = re.compile(rb"\x1f\x8b\x08[\x04-\x1f]")
"""How a header of gzip begins that has an extra field, a name or a comment. A file may have several headers."""


def of_zip(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield what is in a zip file, and what is around it."""
    yield from members_of_zip(stream)
    yield from _outside_members(stream)


def members_of_zip(stream: IO[bytes]) -> Iterator[Part | str | NotSearchedError]:
    """Yield the members of a zip file, its comments, and its names in other encodings if they state none."""
    with zipfile.ZipFile(BoundedReader(stream)) as archive:
        yield from as_text(archive.comment)
        for member in archive.infolist():
            yield from as_text(member.comment)
            yield member.extra.decode(errors="replace")
            if not member.flag_bits & 0x800:
                yield from as_text(member.filename.encode("cp437", "replace"))
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


def _outside_members(stream: IO[bytes]) -> Iterator[Part | str | NotSearchedError]:
    """Yield what a zip file has before, between and after its members and its list of them (APPNOTE, section 4.3)."""
    archive = zipfile.ZipFile(BoundedReader(stream))
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - _LONGEST_TAIL)
    stream.seek(tail_at)
    tail = stream.read()
    end = tail.rfind(b"PK\5\6")
    spans = [(archive.start_dir, tail_at + end + _END_OF_LIST + int.from_bytes(tail[end + 20 : end + 22], "little"))]
    for member in archive.infolist():
        stream.seek(member.header_offset)
        header = stream.read(_LOCAL_HEADER)
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        sizes = [int.from_bytes(header[at : at + 4], "little") for at in (18, 22)]
        if not member.flag_bits & 8 and sizes not in ([member.compress_size, member.file_size], [_IN_EXTRA, _IN_EXTRA]):
            yield NotSearchedError("damaged")  # a program may read more of it than its list says
        stream.seek(member.header_offset + _LOCAL_HEADER)
        yield stream.read(names).decode(errors="replace")
        end_of_member = member.header_offset + _LOCAL_HEADER + names + member.compress_size
        stream.seek(end_of_member)
        spans.append((member.header_offset, end_of_member + _descriptor(stream.read(24), member)))
    yield from _between(stream, [*sorted(spans), (size, size)])


def _between(stream: IO[bytes], spans: Iterable[tuple[int, int]]) -> Iterator[Part | NotSearchedError]:
    """Yield the bytes between some spans of a file, which are in order."""
    at = 0
    for start, stop in spans:
        stream.seek(at)
        between = stream.read(min(max(0, start - at), LARGEST))
        if between.strip(b"\0"):
            yield Part("", io.BytesIO(between))
        if start - at > LARGEST:
            yield NotSearchedError(f"more than {LARGEST >> 20} MiB that belong to no file in an archive")
        at = max(at, stop)


def _descriptor(found: bytes, member: zipfile.ZipInfo) -> int:
    """Return the size of what follows a member, if that is its checksum and its sizes once more."""
    marked = found.removeprefix(b"PK\7\x08")
    for width in (4, 8):
        sizes = (member.compress_size.to_bytes(8, "little")[:width], member.file_size.to_bytes(8, "little")[:width])
        if marked.startswith(b"".join([member.CRC.to_bytes(4, "little"), *sizes])):
            return len(found) - len(marked) + 4 + 2 * width
    return 0


def of_tar(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield the files in a tar archive, and all names in it."""
    with tarfile.open(fileobj=BoundedReader(stream), mode="r:") as archive:
        for member in archive:
            names = [member.name, member.linkname, member.uname, member.gname, *map(str, member.pax_headers.values())]
            yield from as_text("\n".join(names).encode(errors="surrogateescape"))
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield Part(member.name, content)
                stream.seek(member.offset_data + member.size)
                yield stream.read(-member.size % tarfile.BLOCKSIZE).decode(errors="replace")
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


def of_gzip(stream: IO[bytes], name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield what a gzip file holds, and the names of the files that it was made from."""
    before = b""
    while chunk := stream.read(1 << 20):
        data = before + chunk
        for header in _GZIP_HEADER.finditer(data):
            yield from _texts_of_gzip(data[header.start() : header.start() + _LONGEST_GZIP_HEADER])
        before = chunk[-_LONGEST_GZIP_HEADER:]
    stream.seek(0)
    yield Part(_unpacked_name(name), cast("IO[bytes]", gzip.GzipFile(fileobj=stream, mode="rb")))


def _texts_of_gzip(header: bytes) -> Iterator[str | NotSearchedError]:
    """Yield the extra field, the name and the comment in a header of gzip (RFC 1952)."""
    flags = header[3]
    has_extra, has_name, has_comment = bool(flags & 4), bool(flags & 8), bool(flags & 16)
    after_extra = 12 + int.from_bytes(header[10:12], "little") if has_extra else 10
    yield header[10:after_extra].decode(errors="replace")
    for text in header[after_extra:].split(b"\0")[: has_name + has_comment]:
        yield from as_text(text)


def of_bzip2(stream: IO[bytes], name: str) -> Iterator[Part | NotSearchedError]:
    """Yield what a bzip2 file holds."""
    yield Part(_unpacked_name(name), bz2.BZ2File(stream))
    if not _is_bzip2_to_its_end(stream):  # the library ignores what follows
        yield NotSearchedError("damaged")


def _is_bzip2_to_its_end(stream: IO[bytes]) -> bool:
    stream.seek(0)
    reader = bz2.BZ2Decompressor()
    while data := (reader.unused_data if reader.eof else b"") or stream.read(_LITTLE):
        reader = bz2.BZ2Decompressor() if reader.eof else reader
        try:
            reader.decompress(data)
        except OSError:
            return False
    return reader.eof


def _unpacked_name(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.tar" if ending.lower() in {"tgz", "tbz", "tbz2"} else stem


def of_warc(stream: IO[bytes], _name: str) -> Iterator[Part | str | NotSearchedError]:
    """Yield the headers and the contents of the records in a WARC file."""
    try:
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise NotSearchedError(f"web archives need {install_command('warc')}") from None
    try:
        for record in warc_records.records(stream):
            for headers in (record.rec_headers, record.http_headers):
                yield "\n".join(f"{key}: {value}" for key, value in headers.headers) if headers else ""
            content = io.BufferedReader(Unclosed(record.content_stream()))  # closing it would close the archive
            yield Part(_address(record.rec_headers.get_header("WARC-Target-URI")), content)
            is_cut_off = getattr(record.raw_stream, "limit", 0) > 0  # it declares more than the file has
            if is_cut_off or not warc_records.has_length(record):
                yield NotSearchedError("damaged")
    except ArchiveLoadFailed:
        raise NotSearchedError("damaged") from None


def _address(url: str | None) -> str:
    """Return an address as a name, without what follows its path, so that its ending is that of a file."""
    return (url or "").split("?")[0].split("#")[0]
