"""Copy a database together with its evidence files, as a folder or as an encrypted tar archive.

Nothing is locked meanwhile. A file of evidence never changes, and it is in the folder before its row is committed and
until the removal of its row is. So the copy belongs together if every file that the copied database lists was found. If
one was removed after the database was copied, everything is copied again.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from contextlib import ExitStack, contextmanager
from itertools import chain
from time import time
from typing import IO, TYPE_CHECKING

from scamcli.errors import DatabaseError
from scamcli.store import backup, encrypted_backup, evidence
from scamcli.store.evidence_folder import CHUNK, file_of, folder_name, folder_of, open_kept
from scamcli.store.temporary import put_into_place, temporary_folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from scamcli.store.encrypted_backup import Key

SUFFIX = ".tar.age"

_ATTEMPTS = 5
"""How often everything is copied again because evidence was removed meanwhile."""


class _RemovedError(Exception):
    """A file of evidence was removed after the database was copied."""


class FullBackup:
    """Copies one database with its evidence.

    Args:
        database: the path of the database.
        keys: who can decrypt the copy; if there are none, it is a folder.
        progress: called with the number of bytes of evidence that were copied, and with the total.

    Attributes:
        wrong: the SHA-256 of each file that is missing, altered or unreadable. What can be read is copied as it is.
    """

    def __init__(self, database: Path, keys: Sequence[Key], progress: Callable[[int, int], None]) -> None:
        self._database = database
        self._folder = folder_of(database)
        self._keys = keys
        self._progress = progress
        self._total = 0
        self._done = 0
        self.wrong: list[str] = []

    def copy(self, source: sqlite3.Connection, target: Path) -> None:
        """Copy the database and its evidence; the copy appears when it is complete, and only its owner can read it.

        Raises:
            WrongUsageError: something exists at the target.
            DatabaseError: the copy cannot be made, or the database is damaged. No partial copy is left.
        """
        backup.require_new(target)
        for _ in range(_ATTEMPTS):
            self.wrong, self._done = [], 0
            try:
                self._copy_once(source, target)
            except _RemovedError:
                continue
            except OSError as error:
                raise DatabaseError(f"{target} cannot be created: {error.strerror}.", "Name another place.") from error
            return
        raise DatabaseError("Evidence was removed again and again while it was copied.", "Try again later.")

    def _copy_once(self, source: sqlite3.Connection, target: Path) -> None:
        with temporary_folder(target.absolute().parent) as folder, ExitStack() as stack:
            part = folder / target.name
            if self._keys:
                with _one_moment(source):
                    files = self._list(source)
                    plain = stack.enter_context(encrypted_backup.plain_copy(source, self._database))
                archive = _Pulled(self._archive(source, plain, files, _stem(target)))
                try:
                    encrypted_backup.encrypt(io.BufferedReader(archive), part, self._keys, target)
                except DatabaseError as error:
                    raise archive.error or error from None
                backup.publish(part, target)
                return
            part.mkdir(0o700)
            with _one_moment(source):
                files = self._list(source)
                backup.copy(source, part / self._database.name)
            self._fill(source, part / folder_name(self._database.name), files)
            put_into_place(part, target)

    def _list(self, source: sqlite3.Connection) -> list[str]:
        rows = source.execute("SELECT sha256, size FROM evidence WHERE removed IS NULL ORDER BY sha256").fetchall()
        self._total = sum(size for _, size in rows)
        return [sha256 for sha256, _ in rows]

    def _fill(self, source: sqlite3.Connection, folder: Path, files: Iterable[str]) -> None:
        for sha256 in files:
            stream = self._open(source, sha256)
            if stream is not None:
                copied = file_of(folder, sha256)
                for parent in (folder, copied.parent):
                    parent.mkdir(0o700, exist_ok=True)
                with stream, copied.open("xb") as out:
                    copied.chmod(0o400)
                    for chunk in self._chunks(stream, sha256):
                        out.write(chunk)

    def _archive(
        self, source: sqlite3.Connection, plain: IO[bytes], files: Iterable[str], name: str
    ) -> Iterator[bytes]:
        """Yield a tar archive of the folder that would be made without encryption."""
        folder = folder_name(self._database.name)
        yield _header(name, None, 0o700)
        yield from _member(f"{name}/{self._database.name}", plain, 0o600, iter(lambda: plain.read(CHUNK), b""))
        parents = set[str]()
        for sha256 in files:
            stream = self._open(source, sha256)
            if stream is None:
                continue
            with stream:
                for parent in (f"{name}/{folder}", f"{name}/{folder}/{sha256[:2]}"):
                    yield from () if parent in parents else [_header(parent, None, 0o700)]
                    parents.add(parent)
                chunks = self._chunks(stream, sha256)
                yield from _member(f"{name}/{folder}/{sha256[:2]}/{sha256}", stream, 0o400, chunks)
        yield bytes(2 * tarfile.BLOCKSIZE)

    def _open(self, source: sqlite3.Connection, sha256: str) -> IO[bytes] | None:
        """Open a file; return ``None`` if it is missing or cannot be read.

        Raises:
            _RemovedError: it was removed from the database, too.
        """
        try:
            return open_kept(file_of(self._folder, sha256))
        except (FileNotFoundError, DatabaseError):
            if not evidence.is_kept(source, sha256):
                raise _RemovedError from None
            self.wrong.append(sha256)
            return None

    def _chunks(self, stream: IO[bytes], name: str) -> Iterator[bytes]:
        """Yield as many bytes as the file has now, and compare them with its hash."""
        digest, left = hashlib.sha256(), _size(stream)
        while left and (chunk := _read(stream, left)):
            digest.update(chunk)
            left -= len(chunk)
            self._done += len(chunk)
            self._progress(self._done, self._total)
            yield chunk
        if digest.hexdigest() != name:
            self.wrong.append(name)
        while left:  # it was cut meanwhile, or the disk cannot read it
            chunk = bytes(min(CHUNK, left))
            left -= len(chunk)
            yield chunk


@contextmanager
def _one_moment(source: sqlite3.Connection) -> Iterator[None]:
    """Have a connection read from the same version of the database in the block."""
    source.execute("BEGIN")
    try:
        yield
    finally:
        source.execute("ROLLBACK")


def _stem(target: Path) -> str:
    """Return the name of the folder in an archive."""
    return target.name.removesuffix(".age").removesuffix(".tar") or "backup"


def _read(stream: IO[bytes], left: int) -> bytes:
    """Return the next bytes of a file; none if the disk cannot read them."""
    try:
        return stream.read(min(CHUNK, left))
    except OSError:
        return b""


def _size(stream: IO[bytes]) -> int:
    return os.fstat(stream.fileno()).st_size


def _header(name: str, size: int | None, mode: int) -> bytes:
    """Return the header of a file in a tar archive, or of a folder, which has no size."""
    info = tarfile.TarInfo(name)
    info.type = tarfile.DIRTYPE if size is None else tarfile.REGTYPE
    info.size, info.mode, info.mtime = size or 0, mode, int(time())
    return info.tobuf(tarfile.PAX_FORMAT)


def _member(name: str, stream: IO[bytes], mode: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = _size(stream)
    yield from chain([_header(name, size, mode)], chunks, [bytes(-size % tarfile.BLOCKSIZE)])


class _Pulled(io.RawIOBase):
    """A stream of what an iterator yields."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""
        self.error: Exception | None = None
        """What the iterator raised. Who reads the stream may raise an error of another kind."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self._rest:
            try:
                self._rest = next(self._chunks)
            except StopIteration:
                return 0
            except Exception as error:
                self.error = error
                raise
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
