"""Compare the evidence files with what the database says about them."""

from __future__ import annotations

import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from scamcli.store import evidence
from scamcli.store.connection import open_file
from scamcli.store.evidence_folder import digest_of, file_of, files_in, folder_of, translate_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scamcli.records.masking import Masker

_AT_WORK = 0.5
"""How many seconds another process may take to put a file into its place, or to delete it, before it is reported."""

_AT_ONCE = 64
"""How many files are handed to the threads before the results are read, so that stopping does not take long."""


class Problem(NamedTuple):
    """What is wrong with a file. ``sha256`` is the hash of the file that should be there; ``None`` if none should."""

    sha256: str | None
    reason: str


class _Kept(NamedTuple):
    sha256: str
    size: int
    name: str


def problems(
    connection: sqlite3.Connection,
    database: Path,
    masker: Masker | None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Problem]:
    """Yield each file that is missing, was altered or should not be there, masked. Every file is read.

    Threads are enough to use all cores, because Python hashes large blocks without holding its lock.
    """
    folder = folder_of(database)
    with translate_errors(folder):
        evidence.finish(database)
        yield from _problems(connection, database, masker, progress)


def _problems(
    connection: sqlite3.Connection, database: Path, masker: Masker | None, progress: Callable[[int, int], None]
) -> Iterator[Problem]:
    kept, folder = _kept(connection), folder_of(database)
    if kept and not folder.is_dir():
        yield _no_folder(folder, len(kept))
        return
    total, done = sum(one.size for one in kept), 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as pool:
        for start in range(0, len(kept), _AT_ONCE):
            some = kept[start : start + _AT_ONCE]
            for one, reason in zip(some, pool.map(lambda one: _wrong(folder, one), some), strict=True):
                if reason and (reason := _wrong_now(database, folder, one)):
                    yield Problem(one.sha256, f"{_shown(masker, one.name)} {reason}")
                done += one.size
                progress(done, total)
    yield from _extra(connection, database, masker)


def absent(connection: sqlite3.Connection, database: Path, masker: Masker | None) -> Iterator[Problem]:
    """Yield each file that is missing, has another size or should not be there, masked. No file is read."""
    folder = folder_of(database)
    with translate_errors(folder):
        evidence.finish(database)
        kept = _kept(connection)
        if kept and not folder.is_dir():
            yield _no_folder(folder, len(kept))
            return
        for one in kept:
            if _wrong_outside(folder, one) and (reason := _wrong_now(database, folder, one)):
                yield Problem(one.sha256, f"{_shown(masker, one.name)} {reason}")
        yield from _extra(connection, database, masker)


def _no_folder(folder: Path, number: int) -> Problem:
    files = f"{number:,} evidence file{'s' * (number > 1)}"
    return Problem(None, f"the folder with {files} is missing: {folder}")


def _shown(masker: Masker | None, name: str) -> str:
    """Return the name of a file without any word of a protected name.

    Whom the file shows is not asked here, because what the database says about that may be what is damaged.
    """
    return name if masker is None else masker.without(name, frozenset(masker.names))


def _kept(connection: sqlite3.Connection) -> list[_Kept]:
    sql = (
        "SELECT sha256, size, coalesce((SELECT name FROM evidence_source WHERE evidence = sha256 ORDER BY n LIMIT 1),"
        " 'a file without a source') FROM evidence WHERE removed IS NULL ORDER BY sha256"
    )
    return [_Kept(*row) for row in connection.execute(sql)]


def _wrong(folder: Path, one: _Kept) -> str:
    """Return what is wrong with a file, or an empty text. The file is read only if it looks right from outside."""
    outside = _wrong_outside(folder, one)
    if outside:
        return outside
    try:
        sha256, _ = digest_of(file_of(folder, one.sha256))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return "" if sha256 == one.sha256 else f"was altered: its SHA-256 is now {sha256}"


def _wrong_outside(folder: Path, one: _Kept) -> str:
    try:
        found = file_of(folder, one.sha256).lstat()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not stat.S_ISREG(found.st_mode):
        return "was replaced by something that is not a file"
    if found.st_size != one.size:
        return f"was altered: it has {found.st_size:,} bytes, not {one.size:,}"
    return ""


def _wrong_now(database: Path, folder: Path, one: _Kept) -> str:
    """Return what is wrong with a file that looked wrong, unless another process has removed it meanwhile."""
    with closing(open_file(database, write=False)) as connection:
        is_kept = evidence.is_kept(connection, one.sha256)
    return _wrong(folder, one) if is_kept else ""


def _extra(connection: sqlite3.Connection, database: Path, masker: Masker | None) -> Iterator[Problem]:
    """Yield the files in the folder that the database does not list, unless another process is just at work there."""
    folder = folder_of(database)
    found = list(_unlisted(connection, folder, masker))
    if found:
        time.sleep(_AT_WORK)
        with closing(open_file(database, write=False)) as now:
            still = set(_unlisted(now, folder, masker))
        yield from (one for one in found if one in still)


def _unlisted(connection: sqlite3.Connection, folder: Path, masker: Masker | None) -> Iterator[Problem]:
    rows = connection.execute("SELECT sha256, removed IS NOT NULL FROM evidence")
    is_removed = {sha256: bool(removed) for sha256, removed in rows}
    for path in files_in(folder):
        where = _shown(masker, str(path.relative_to(folder)))
        if path.name not in is_removed or path != file_of(folder, path.name):
            yield Problem(None, f"{where} is in the folder, but the database does not list it")
        elif is_removed[path.name]:
            yield Problem(path.name, f"{where} is in the folder, but it was removed")
