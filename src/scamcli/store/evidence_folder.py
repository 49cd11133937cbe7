"""The folder beside a database in which evidence files are kept, each under its SHA-256.

Files and rows of the database change together, although only the rows are in a transaction. A process first copies
files into a temporary folder of its own. For each file that it is about to put in its final place or to delete, it
leaves a mark there. If it is killed, the next process that writes evidence finds the marks, asks the database what was
committed, and finishes or reverts the rest (`settle`). Files without a mark are never deleted, because they may belong
to a newer copy of the database.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from contextlib import contextmanager, suppress
from errno import ELOOP, ENOENT, ENXIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError, DataError, quote
from scamcli.language.scripts import storable
from scamcli.records import limits
from scamcli.store.media_types import media_type
from scamcli.store.temporary import PREFIX, SUFFIX, make_locked, orphans, sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

CHUNK = 1024 * 1024
"""Bytes read at a time, so that memory does not depend on the size of a file."""

_WAITING = 8
"""How many files are being stored by the disk at the same time."""

_OF_FILE_MANAGERS = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])
"""Names of files that macOS and Windows put into each folder that somebody looks at."""

_SHA256 = "[0-9a-f]{64}"

_PUT, _DROP = ".put", ".drop"
"""Endings of the marks, which are empty files that are named after the SHA-256 of a file."""


class FilesLeftError(DatabaseError):
    """Rows were changed, but files could not be deleted."""


class Copied(NamedTuple):
    """A file that was copied into a temporary folder.

    Attributes:
        sha256: of its content.
        size: in bytes.
        media_type: by its content.
        name: the name that it had.
        path: where the copy is.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    path: Path


def folder_of(database: Path) -> Path:
    """Return the folder for the evidence of a database: ``NAME.evidence`` beside ``NAME.db``."""
    real = Path(os.path.realpath(database))  # so that a link to a database leads to the same folder
    return real.with_name(folder_name(real.name))


def folder_name(database: str) -> str:
    """Return the name of the folder for a database of this name, unless that is a link."""
    return f"{database.removesuffix('.db')}.evidence"


def own_folder_of(database: Path) -> Path:
    """Return the folder for the evidence of a database in order to change it.

    Raises:
        DatabaseError: another database has the same folder, so one could delete the files of the other.
    """
    real = Path(os.path.realpath(database))
    other = real.with_name(real.name.removesuffix(".db") if real.name.endswith(".db") else f"{real.name}.db")
    folder = folder_of(database)
    if _is_database(other):
        message = f"{real.name} and {other.name} would have the same folder of evidence, {folder}."
        raise DatabaseError(message, "Rename one of the two.")
    return folder


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as stream:
        return stream.read(15) == b"SQLite format 3"
    return False


def file_of(folder: Path, sha256: str) -> Path:
    """Return the place of a file in the folder.

    Raises:
        DatabaseError: the database has something else instead of the SHA-256, so the place could be anywhere.
    """
    if not re.fullmatch(_SHA256, sha256):
        raise DatabaseError(f"{quote(sha256)} is not the SHA-256 of an evidence file.", "The database was altered.")
    return folder / sha256[:2] / sha256


def open_kept(path: Path) -> IO[bytes]:
    """Open a file in the folder, to read it without a buffer.

    Raises:
        FileNotFoundError: it is missing, or was replaced by something that is not a file, such as a link or a pipe.
        DatabaseError: it cannot be read.
    """
    wrong = FileNotFoundError(ENOENT, os.strerror(ENOENT), path)
    try:
        stream = open(path, "rb", buffering=0, opener=_open_at_once)  # noqa: SIM115 - the caller closes it
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise wrong from None
    except OSError as error:
        if error.errno in (ELOOP, ENXIO):  # a link, or a socket
            raise wrong from None
        message = f"The evidence file {path.name[:12]} cannot be read: {error.strerror}."
        raise DatabaseError(message, "`scamcli evidence verify` lists such files.") from None
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise wrong
    return stream


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without following a link, and without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def files_in(folder: Path) -> Iterator[Path]:
    """Yield every file in the folder, except those that a process is still copying, and those of file managers."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for entry in sorted(folder.iterdir()):
            inner = [entry]
            if entry.is_dir() and not entry.is_symlink():
                inner = [] if _is_temporary(entry) else sorted(entry.iterdir())
            yield from (one for one in inner if one.name not in _OF_FILE_MANAGERS)


def _is_temporary(path: Path) -> bool:
    return path.name.startswith(PREFIX) and path.name.endswith(SUFFIX)


@contextmanager
def translate_errors(folder: Path) -> Iterator[None]:
    """Translate errors of the file system inside the block.

    Raises:
        DatabaseError: the folder or the disk cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        message = f"The evidence in {folder} cannot be read or written: {error.strerror}."
        raise DatabaseError(message, "Nothing was changed.") from error


class Staging:
    """A temporary folder in the evidence folder, where files are copied before they are in the database."""

    def __init__(self, folder: Path, own: Path) -> None:
        self.folder = folder
        self.own = own
        self._copies = 0
        self.is_marked = False
        """Whether files may have to be deleted if the transaction fails."""
        self.has_drops = False
        """Whether files have to be deleted if it succeeds."""
        self.is_committed = False
        self._dropped: list[str] = []
        self.unsound: set[str] = set()
        """The SHA-256 of each copied file that the folder does not have, or whose file there was altered."""

    def copy(self, source: Path | bytes, name: str) -> Copied:
        """Copy a file, or bytes, and return the copy with the digest of the copied bytes.

        Raises:
            DataError: the file cannot be read.
            DatabaseError: the copy cannot be written.
        """
        from hashlib import sha256  # not at the top, because readers need no digest

        self._copies += 1
        target = self.own / f"{self._copies}.copy"
        digest, size = sha256(), 0
        with translate_errors(self.folder), target.open("xb") as out:
            for part in [source] if isinstance(source, bytes) else _parts(source):
                digest.update(part)
                out.write(part)
                size += len(part)
            target.chmod(0o400)
        with translate_errors(self.folder):
            copied = Copied(digest.hexdigest(), size, media_type(target, name), storable(name), target)
            if not _is_sound(file_of(self.folder, copied.sha256), copied):
                self.unsound.add(copied.sha256)
        return copied

    def copy_all(self, files: Sequence[Path], progress: Callable[[int, int], None]) -> list[Copied]:
        """Copy files, and have the disk store them before the write transaction, because that takes a while.

        Threads wait for the disk meanwhile. One after the other, 10,000 files of 1 MB would take twice as long.

        Args:
            files: the files.
            progress: called with the number of bytes that were copied, and with the total.

        Raises:
            DataError, DatabaseError: as for `copy`.
        """
        from concurrent.futures import ThreadPoolExecutor

        sizes = [_size(one) for one in files]
        total = sum(sizes)
        done, copies, stored = 0, [], []
        with translate_errors(self.folder), ThreadPoolExecutor(_WAITING) as pool:
            for file, size in zip(files, sizes, strict=True):
                progress(done, total)
                copies.append(self.copy(file, file.name))
                stored.append(pool.submit(sync, copies[-1].path))
                done += size
            for one in stored:
                one.result()
        return copies

    def put(self, copies: Iterable[Copied]) -> None:
        """Put copies in their final places. Call this inside the write transaction that adds their rows."""
        found = {one.sha256: one for one in copies}
        with translate_errors(self.folder):
            # A file that is there without a row may belong to a newer copy of the database, so it is not marked.
            self._mark(_PUT, [sha256 for sha256 in found if not file_of(self.folder, sha256).exists()])
            parents = {file_of(self.folder, sha256).parent for sha256 in found}
            for parent in parents:
                parent.mkdir(0o700, exist_ok=True)
            for one in found.values():
                one.path.replace(file_of(self.folder, one.sha256))
            for folder in (*parents, self.folder):
                sync(folder)

    def drop(self, sha256s: Iterable[str]) -> None:
        """Delete files after the write transaction in which this is called. Nothing is deleted if it fails."""
        self.has_drops = True
        self._dropped += sha256s
        with translate_errors(self.folder):
            self._mark(_DROP, self._dropped)

    def require_dropped(self) -> None:
        """Check that the files are gone.

        Raises:
            FilesLeftError: some are still there, because their folder cannot be written or the disk reported an error.
        """
        left = [place for one in self._dropped if _is_left(place := file_of(self.folder, one))]
        if left:
            what = "An evidence file" if len(left) == 1 else f"{len(left):,} evidence files"
            message = f"{what} could not be deleted: {', '.join(map(str, left))}."
            raise FilesLeftError(message, "The database no longer lists it. Delete it yourself, and look for copies.")

    def _mark(self, ending: str, sha256s: Iterable[str]) -> None:
        self.is_marked = True
        for sha256 in sha256s:
            (self.own / f"{file_of(self.folder, sha256).name}{ending}").touch(0o600)
        sync(self.own)


@contextmanager
def staging(folder: Path, settled: Callable[[Staging], None]) -> Iterator[Staging]:
    """Yield a new staging folder, and delete it at the end.

    Args:
        folder: the evidence folder, which is made if it does not exist.
        settled: called at the end if anything was marked, also after an error. It calls `settle`, or leaves the
            staging folder for the next process.

    Raises:
        DatabaseError: the folder cannot be made.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise DatabaseError(f"{folder} is not a folder.", "Evidence is kept there. Put the folder back.")
    with translate_errors(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(0o700, exist_ok=True)
        own, lock = make_locked(folder)
    made = Staging(folder, own)
    try:
        yield made
    finally:
        if made.has_drops if made.is_committed else made.is_marked:
            settled(made)
        else:
            shutil.rmtree(own, ignore_errors=True)
        if lock is not None:
            os.close(lock)
        with suppress(OSError):  # it has files, unless the command failed or removed the last one
            folder.rmdir()
    made.require_dropped()


def recover(folder: Path, is_kept: Callable[[str], bool]) -> bool:
    """Settle what killed processes left. Call this inside a write transaction, before it changes anything.

    Returns:
        Whether anything was left.
    """
    found = False
    for orphan in orphans(folder):
        found = True
        settle(folder, orphan, is_kept)
    return found


def has_orphans(folder: Path) -> bool:
    """Return whether killed processes left anything."""
    return next(orphans(folder), None) is not None


def settle(folder: Path, staged: Path, is_kept: Callable[[str], bool]) -> None:
    """Delete the files with a mark that the database does not keep, and then the marks.

    If a file cannot be deleted, the marks stay, so that the next command tries again. Call this inside a write
    transaction. Otherwise another process could add the same file meanwhile.
    """
    is_done = True
    for mark in [*staged.glob(f"*{_PUT}"), *staged.glob(f"*{_DROP}")]:
        if re.fullmatch(_SHA256, mark.stem) and not is_kept(mark.stem):
            path = file_of(folder, mark.stem)
            try:
                if path.is_file() or path.is_symlink():  # anything else is not ours, and `verify` reports it
                    path.unlink()
            except OSError:
                is_done = False
    if is_done:
        shutil.rmtree(staged)


def _parts(source: Path) -> Iterator[bytes]:
    """Yield the content of a file.

    Raises:
        DataError: the file cannot be read, or somebody writes to it meanwhile.
    """
    from hashlib import file_digest, sha256

    digest = sha256()
    try:
        with source.open("rb", buffering=0) as stream:
            before = _state(stream)
            while part := stream.read(CHUNK):
                digest.update(part)
                yield part
            stream.seek(0)
            again = file_digest(stream, "sha256").digest()  # what is written through memory may change no time
            after = _state(stream)
    except OSError as error:
        raise DataError(f"Cannot read {source}: {error.strerror}.", "Expected a file.") from None
    if before != after or digest.digest() != again:
        raise DataError(f"{source} was changed while it was copied.", "Add it when the program that writes it is done.")


def _state(stream: IO[bytes]) -> tuple[int, int, int]:
    """Return the size of a file and its times. A program can set the first time back, but not the second (POSIX)."""
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _size(path: Path) -> int:
    limits.require_file(path)
    try:
        return path.stat().st_size
    except OSError as error:
        raise DataError(f"Cannot read {path}: {error.strerror}.", "Expected a file.") from None


def digest_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size of a file, in constant memory.

    Raises:
        OSError: the file cannot be read.
    """
    from hashlib import file_digest

    with path.open("rb", buffering=0) as stream:
        return file_digest(stream, "sha256").hexdigest(), os.fstat(stream.fileno()).st_size


def _is_left(path: Path) -> bool:
    """Return whether a file that should have been deleted is still there, as far as anybody can tell."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _is_sound(path: Path, copied: Copied) -> bool:
    """Return whether a file in the folder has the content of a copy."""
    try:
        found = path.lstat()
        return stat.S_ISREG(found.st_mode) and found.st_size == copied.size and digest_of(path)[0] == copied.sha256
    except OSError:
        return False
