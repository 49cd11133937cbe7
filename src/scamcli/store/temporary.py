"""Temporary folders for incomplete files, which are cleaned up even if their process is killed.

Only their owner can open them, because their content includes names. A process holds a lock on its folder. Before
another folder is made in the same place, folders of the same user that nobody has locked are deleted.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # not available on Windows, where such folders stay when a process is killed
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX, SUFFIX = ".scamcli-", ".part"
"""The prefix and suffix of the names of these folders."""

REPLACED = "replaced"
"""The inner folder for a file that the result is about to replace, which is put back if the process is killed."""


@contextmanager
def temporary_folder(parent: Path | None = None) -> Iterator[Path]:
    """Yield a new folder and delete it at the end.

    Args:
        parent: where to make the folder, for example beside the final file; by default where the system keeps temporary
            files.

    Raises:
        OSError: the folder cannot be made there.
    """
    if parent is None:
        import tempfile  # not at the top, because only some commands need it

        parent = Path(tempfile.gettempdir())
    remove_orphans(parent)
    folder, lock = make_locked(parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def make_locked(parent: Path) -> tuple[Path, int | None]:
    """Make a folder, and return it with its lock: a file descriptor to close, or ``None`` if there are no locks.

    Raises:
        OSError: the folder cannot be made there.
    """
    while True:
        folder = parent / f"{PREFIX}{token_hex(8)}{SUFFIX}"
        folder.mkdir(0o700)
        if fcntl is None:
            return folder, None
        with suppress(FileNotFoundError):  # another process deleted it as an orphan before it was locked
            lock = os.open(folder, os.O_RDONLY)
            with suppress(OSError):  # a file system without locks, where no process will delete it as an orphan either
                fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def orphans(parent: Path) -> Iterator[Path]:
    """Yield the folders that killed processes of the same user left, each locked while it is yielded."""
    for folder in parent.glob(f"{PREFIX}*{SUFFIX}") if fcntl is not None else ():
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(lock).st_uid == os.getuid():
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    yield folder
            finally:
                os.close(lock)


def remove_orphans(parent: Path) -> None:
    """Delete the folders that killed processes left, and put back what they were about to replace."""
    for folder in orphans(parent):
        with suppress(OSError):
            _put_back(folder)
            shutil.rmtree(folder)


def put_into_place(draft: Path, target: Path) -> None:
    """Have the disk store a finished file or folder, and then give it its name, so that what has the name is whole.

    Raises:
        OSError: it cannot be stored or renamed.
    """
    store(draft)
    draft.replace(target)
    sync_folder(target.parent)


def store(draft: Path) -> None:
    """Have the disk store a finished file, or a folder with all files in it."""
    inside = draft.rglob("*") if draft.is_dir() else ()
    for path in (draft, *inside):
        if path.is_dir():
            sync_folder(path)
        else:
            sync(path)


def sync_folder(path: Path) -> None:
    """Have the disk store the names in a folder now, if its file system can: network drives and Windows cannot."""
    with suppress(OSError):
        sync(path)


def sync(path: Path) -> None:
    """Have the disk store a file or a folder now, so that a power failure cannot take it from what refers to it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_back(folder: Path) -> None:
    for replaced in (folder / REPLACED).glob("*"):
        target = folder.parent / replaced.name
        if not os.path.lexists(target):
            replaced.rename(target)
