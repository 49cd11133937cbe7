"""Write the file or folder of an export in full or not at all, so that a reader never sees half of it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TextIO

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.exchange.exporters.dump import Shape
from scamcli.store.connection import is_database, require_no_journal
from scamcli.store.temporary import REPLACED, put_into_place, store, sync_folder, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Write = Callable[[Any], None]  # takes a text stream or a path, depending on the shape

MANIFEST = ".scamcli-export"
"""The file in an exported folder that lists the others. If one was added or changed, the folder is not replaced."""


def require_other_file(
    path: Path, database: Path, copies: Iterable[str], hint: str = "Name another file with -o."
) -> None:
    """Raise `WrongUsageError` if a path is the database that is being exported, its journal, or a copy of it."""
    target = Path(os.path.realpath(path))  # `resolve` fails on a circle of links
    require_no_journal(path)
    for kept, what in ((database, "the database itself"), *((Path(copy), "a copy of the database") for copy in copies)):
        with suppress(OSError):  # a copy that no longer exists
            if target.samefile(kept):
                raise WrongUsageError(f"{path} is {what}.", hint)


def write_stream(out: TextIO, write: Write) -> None:
    """Write to a temporary file first, and copy it to the stream only if that succeeds."""
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as spool:
        write(spool)
        spool.seek(0)
        shutil.copyfileobj(spool, out)


def write_path(shape: Shape, path: Path, write: Write) -> None:
    """Write a file or a folder that only its owner can read. Pipes and devices are written to directly.

    Raises:
        DatabaseError: the target cannot be written, is a database, or is a folder with other files.
        WrongUsageError: the path is for the journal of a database.
    """
    require_no_journal(path)
    target = Path(os.path.realpath(path))
    try:
        if shape is Shape.FOLDER:
            _write_folder(path, target, write)
        elif target.is_dir():
            raise DatabaseError(f"{path} is a folder, not a file.", "Name another file.")
        elif target.exists() and not target.is_file():
            if shape is not Shape.TEXT:
                raise DatabaseError(f"{path} is not a regular file, and can only take text.", "Name another file.")
            with target.open("w", encoding="utf-8", newline="\n") as out:
                write(out)
        else:
            _write_file(shape, path, target, write)
    except BrokenPipeError:
        return
    except OSError as error:
        raise DatabaseError(f"Cannot write {path}: {error.strerror}.", "Name another file.") from None


def _write_file(shape: Shape, path: Path, target: Path, write: Write) -> None:
    if is_database(target):  # it may be another timeline, with its whole history
        raise DatabaseError(f"{path} is a database.", "Name another file.")
    with temporary_folder(target.parent) as folder:
        draft = folder / "new"
        draft.touch(0o600)
        if shape is Shape.TEXT:
            with draft.open("w", encoding="utf-8", newline="\n") as out:
                write(out)
        else:
            write(draft)
        put_into_place(draft, target)


def _write_folder(path: Path, target: Path, write: Write) -> None:
    """Write a new folder beside the target, and let it replace an earlier export of the same place."""
    with temporary_folder(target.parent) as folder:
        exists = target.exists()
        if exists:
            _require_exported_folder(path, target)
        draft = folder / "new"
        draft.mkdir(0o700)
        write(draft)
        manifest = "".join(f"{line}\n" for line in sorted(_contents(draft)))
        (draft / MANIFEST).write_text(manifest, encoding="utf-8")
        for file in draft.rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        if not exists:
            put_into_place(draft, target)
            return
        # A folder cannot be replaced by another in one step, so all that takes time comes before.
        store(draft)
        old = folder / REPLACED / target.name
        old.parent.mkdir()
        target.replace(old)
        try:
            draft.replace(target)
        except BaseException:
            old.replace(target)
            raise
        sync_folder(target.parent)


def _require_exported_folder(path: Path, target: Path) -> None:
    """Refuse to replace a folder that contains anything other than an unchanged earlier export."""
    manifest = target / MANIFEST
    exported = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    others = sorted(_contents(target) - {*exported}) if target.is_dir() else [path.name]
    if others:
        name = others[0].partition("\t")[0]
        raise DatabaseError(f"{path} holds a file that no export wrote: {name}.", "Name a new folder with -o.")


def _contents(folder: Path) -> set[str]:
    """Return a line for each file and folder in a folder: name, size in bytes, and time of the last change."""
    found = {file.relative_to(folder): file.stat() for file in folder.rglob("*") if file.name != MANIFEST}
    return {f"{name}\t{status.st_size}\t{status.st_mtime_ns}" for name, status in found.items()}


def write_new_folder(path: Path, write: Callable[[Path], None]) -> None:
    """Write a folder that only its owner can read, where nothing exists yet.

    Raises:
        WrongUsageError: something exists at the path.
        DatabaseError: it cannot be written.
    """
    require_no_journal(path)
    if os.path.lexists(path):
        raise WrongUsageError(f"{path} already exists.", "Name a new folder with -o; this one was left as it is.")
    target = Path(os.path.realpath(path))
    try:
        with temporary_folder(target.parent) as folder:
            draft = folder / "new"
            draft.mkdir(0o700)
            write(draft)
            for file in draft.rglob("*"):
                file.chmod(0o700 if file.is_dir() else 0o600)
            put_into_place(draft, target)
    except OSError as error:
        raise DatabaseError(f"Cannot write {path}: {error.strerror}.", "Name another folder.") from None
