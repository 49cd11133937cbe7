"""Where an export goes: a file or a folder as it was, or as it is to be, and never half of it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TextIO

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.exchange.exporters import Shape
from scamcli.store.connection import MAGIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Run = Callable[[object], None]

MARK = ".scamcli-export"
"""A file in each folder that was exported, which lists the others: where one was added or changed, it stays."""


def see_that_it_is_another(path: Path | None, database: Path) -> None:
    """See that a path is not that of the database.

    Raises:
        WrongUsageError: it is.
    """
    if path is not None and path.exists() and path.resolve().samefile(database):
        raise WrongUsageError(f"{path} is the database itself", "name another file with -o")


def first_aside(out: TextIO, run: Run) -> None:
    """Write to a file without a name, and then to where it goes: nothing, where it fails."""
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as spool:
        run(spool)
        spool.seek(0)
        shutil.copyfileobj(spool, out)


def put(shape: Shape, path: Path, run: Run, *, private: bool) -> None:
    """Make a file or a folder, whole or not at all; what is neither (a pipe, a device) is written as it comes.

    Raises:
        DatabaseError: it cannot be written: there is a folder where a file is to be, or one that was not exported.
    """
    target = path.resolve()
    try:
        if shape is Shape.FOLDER:
            _folder(path, target, run, private=private)
        elif target.is_dir():
            raise DatabaseError(f"{path} is a folder; expected a file", "name another file")
        elif target.exists() and not target.is_file():
            if shape is not Shape.TEXT:
                raise DatabaseError(f"{path} is no regular file, and takes text alone", "name another file")
            with target.open("w", encoding="utf-8", newline="\n") as out:
                run(out)
        else:
            _see_that_it_is_no_database(path, target)
            _file(shape, target, run, private=private)
    except BrokenPipeError:
        return
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}", "name another file") from None


def _file(shape: Shape, target: Path, run: Run, *, private: bool) -> None:
    with _beside(target) as made:
        made.touch(0o600 if private else 0o666, exist_ok=False)
        if shape is Shape.TEXT:
            with made.open("w", encoding="utf-8", newline="\n") as out:
                run(out)
        else:
            run(made)
        made.replace(target)


def _folder(path: Path, target: Path, run: Run, *, private: bool) -> None:
    is_there = target.exists()
    if is_there:
        _see_that_it_was_exported(path, target)
    with _beside(target) as made:
        made.mkdir(0o700 if private else 0o777)
        run(made)
        for one in made.rglob("*") if private else ():
            one.chmod(0o600)
        (made / MARK).write_text("".join(f"{line}\n" for line in sorted(_held(made))), encoding="utf-8")
        if not is_there:
            made.replace(target)
            return
        with _beside(target, "old") as old:
            target.replace(old)
            try:
                made.replace(target)
            except BaseException:
                old.replace(target)
                raise


def _see_that_it_was_exported(path: Path, target: Path) -> None:
    """See that nothing in a folder is somebody's own: all of it is replaced.

    Raises:
        DatabaseError: something is.
    """
    mark = target / MARK
    exported = mark.read_text(encoding="utf-8").splitlines() if mark.is_file() else []
    others = sorted(_held(target) - {*exported}) if target.is_dir() else [path.name]
    if others:
        what = others[0].partition("\t")[0]
        raise DatabaseError(f"{path} is there with what was not exported so: {what}", "name a new folder with -o")


def _held(folder: Path) -> set[str]:
    """What a folder holds, folders within it too: of each the name, how large it is, and when it was last changed."""
    found = {one.relative_to(folder): one.stat() for one in folder.rglob("*") if one.name != MARK}
    return {f"{name}\t{about.st_size}\t{about.st_mtime_ns}" for name, about in found.items()}


def _see_that_it_is_no_database(path: Path, target: Path) -> None:
    """See that no database is written over: it may be another timeline, with all that its history has.

    Raises:
        DatabaseError: it is one.
    """
    if target.is_file():
        with target.open("rb") as stream:
            if stream.read(len(MAGIC)) == MAGIC:
                raise DatabaseError(f"{path} is a database", "name another file")


@contextmanager
def _beside(target: Path, word: str = "new") -> Iterator[Path]:
    """A path beside another; what is left there is taken away."""
    path = target.with_name(f".{target.name}.{os.getpid()}.{word}")
    try:
        yield path
    finally:
        with suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
