"""Check web archives that come in, and list their pages: WACZ (1.1.1, Webrecorder) and WARC (ISO 28500)."""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
import zlib
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ValidationError

from scamcli.errors import DataError, require_installed
from scamcli.exchange.incoming import Incoming, host_of, problem_of, refuse
from scamcli.records import limits
from scamcli.store import warc_records
from scamcli.store.bounded_reads import BoundedReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

DATA_PACKAGE, DIGEST, PAGES = "datapackage.json", "datapackage-digest.json", "pages/pages.jsonl"

MOST_NAMED = 50
"""How many pages the note about an archive names."""

_UNREADABLE = (
    OSError, EOFError, OverflowError, zipfile.BadZipFile, zlib.error, ValueError, TypeError, KeyError, AttributeError,
)  # fmt: skip
"""What the libraries raise for files of another form; warcio expects every record to have all its headers."""

_BLOCK = 1 << 20
_ALGORITHMS = {one for one in hashlib.algorithms_guaranteed if not one.startswith("shake")}


class _Digest(BaseModel):
    hash: str


class _Resource(_Digest):
    path: str


class _Package(BaseModel):
    """What ``datapackage.json`` says that is used here."""

    resources: list[_Resource]
    software: str | None = None


class _ListedPage(BaseModel):
    """A line of the list of pages. The first one only says what the list is."""

    url: str | None = None
    ts: str | None = None


class Page(NamedTuple):
    """A page in an archive: its address, and when it was saved, in UTC."""

    url: str
    at: str


def is_archive(path: Path) -> bool:
    """Return whether a file is a WACZ or WARC file, by its name."""
    return re.search(r"\.(wacz|warc|warc\.gz)$", path.name.lower()) is not None


class Archive(NamedTuple):
    """What is in an archive: its pages, how many hashes of its files or records were compared, and what wrote it."""

    pages: list[Page]
    hashes: int
    tool: str | None


def read(path: Path, source: str | None) -> tuple[Incoming, Archive]:
    """Check an archive, and return it as a file to be kept, with what is in it.

    Args:
        path: The file.
        source: Who handed it over; by default the host of its first page.

    Raises:
        DataError: A hash in it is wrong, or it cannot be read.
        WrongUsageError: warcio is not installed.
    """
    try:
        archive = _read_wacz(path) if path.name.lower().endswith(".wacz") else _read_warc(path)
    except ValidationError as error:
        said = problem_of(error)
        raise DataError(f"{path} cannot be read as a web archive: {said}.", "Nothing was added.") from None
    except _UNREADABLE as error:
        raise DataError(f"{path} cannot be read as a web archive: {error}.", "Nothing was added.") from None
    pages = archive.pages
    named = [f"{page.url} ({page.at})" for page in pages[:MOST_NAMED]]
    named += [f"and {len(pages) - MOST_NAMED:,} more"] if len(pages) > MOST_NAMED else []
    first = min(pages, key=lambda page: page.at, default=None)
    described = {
        "source": source or (host_of(first.url) if first else None) or path.name,
        "url": first.url if first else None, "collected_at": first.at if first else None,
        "method": "web archive", "tool": archive.tool, "note": "; ".join(named)[:9000] or None,
    }  # fmt: skip
    return Incoming(path, path.name, "", [described]), archive


def _read_wacz(path: Path) -> Archive:
    with path.open("rb") as stream, zipfile.ZipFile(BoundedReader(stream)) as archive:
        limits.require_unpacked(path, archive.infolist())
        for listing in (DATA_PACKAGE, DIGEST, PAGES):
            if listing in archive.namelist():
                limits.require("list", archive.getinfo(listing).file_size, f"{listing} in {path}")
        package = _Package.model_validate_json(archive.read(DATA_PACKAGE))
        refuse(path, list(_wacz_problems(archive, package)))
        lines = archive.read(PAGES).splitlines() if PAGES in archive.namelist() else ()
        rows = [_ListedPage.model_validate_json(line) for line in lines if line.strip()]
        pages = [Page(row.url, moment(row.ts)) for row in rows if row.url and row.ts]
        return Archive(pages, len(package.resources), package.software)


def _wacz_problems(archive: zipfile.ZipFile, package: _Package) -> Iterator[str]:
    names = {info.filename for info in archive.infolist() if not info.is_dir()}
    listed = {one.path: one.hash for one in package.resources}
    if DIGEST in names:
        listed[DATA_PACKAGE] = _Digest.model_validate_json(archive.read(DIGEST)).hash
    for name, wanted in listed.items():
        algorithm, _, digest = wanted.partition(":")
        if name not in names:
            yield f"{name} is missing, although {DATA_PACKAGE} lists it"
        elif algorithm not in _ALGORITHMS or _digest(archive, name, algorithm) != digest.lower():
            yield f"{name} differs from its hash in {DIGEST if name == DATA_PACKAGE else DATA_PACKAGE}"
    for name in sorted(names - {*listed, DATA_PACKAGE, DIGEST}):
        yield f"{name} is not listed in {DATA_PACKAGE}"


def _digest(archive: zipfile.ZipFile, name: str, algorithm: str) -> str:
    found = hashlib.new(algorithm)
    try:
        with archive.open(name) as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return "damaged"
    return found.hexdigest()


def _read_warc(path: Path) -> Archive:
    require_installed("warc", "WARC files need", "warcio")
    if path.name.lower().endswith(".gz"):
        _require_whole(path)  # warcio says nothing about a last record that is cut off
    with path.open("rb") as file:
        archive, problems = _warc_records(file)
    refuse(path, problems)
    return archive


def _require_whole(path: Path) -> None:
    """Raise `EOFError`, `OSError` or `zlib.error` if a gzip file is cut off or its checksums are wrong."""
    unpacked = limits.Unpacking(str(path), path.stat().st_size)
    with gzip.open(path) as file:
        while block := file.read(_BLOCK):
            unpacked.spend(len(block))


def _warc_records(file: IO[bytes]) -> tuple[Archive, list[str]]:
    """Return what is in a file, and what is wrong."""
    from warcio.exceptions import ArchiveLoadFailed

    pages, problems, tool, number, hashes = list[Page](), list[str](), None, 0, 0
    try:
        for number, record in enumerate(warc_records.records(file, check_digests=True), 1):
            stream, start = record.content_stream(), b""
            while block := stream.read(_BLOCK):
                start = start or block
            hashes += record.digest_checker.passed is True
            url = record.rec_headers.get_header("WARC-Target-URI")
            if problem := _problem_of(record):
                problems.append(f"record {number}, {url or record.rec_type}, {problem}")
            if record.rec_type == "warcinfo":
                found = re.search(rb"^software:\s*(.+?)\s*$", start, re.MULTILINE)
                tool = found[1].decode(errors="replace") if found else None
            elif record.rec_type == "response" and url and _is_page(record.http_headers):
                pages.append(Page(url, moment(record.rec_headers.get_header("WARC-Date"))))
    except ArchiveLoadFailed as error:
        problems.append(f"record {number + 1} cannot be read: {error}")
    return Archive(pages, hashes, tool), problems if number or problems else ["it has no record"]


def _problem_of(record: ArcWarcRecord) -> str:
    """Return what is wrong with a record that was read to its end; empty if nothing is."""
    if not warc_records.has_length(record):
        return "does not say how long it is"
    if getattr(record.raw_stream, "limit", 0):  # what the record declares and the file lacks
        return "is cut off"
    return "differs from its digest" if record.digest_checker.passed is False else ""


def _is_page(headers: object) -> bool:
    status, header = getattr(headers, "get_statuscode", None), getattr(headers, "get_header", None)
    return bool(status and header and status() == "200" and str(header("Content-Type")).startswith("text/html"))


def moment(text: str) -> str:
    """Return a time in UTC, to the second, in the form of the history."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
