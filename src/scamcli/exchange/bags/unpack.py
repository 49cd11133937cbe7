"""Find a bag in a folder or in a zip file, which is unpacked into a temporary folder first."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scamcli.errors import DataError, NotFoundError
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.own_rules import BagProblem
from scamcli.records import limits
from scamcli.records.plain_files import require_plain_folder
from scamcli.store.bounded_reads import BoundedReader
from scamcli.store.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_HINT = f"Expected a folder with {layout.DECLARATION}, or a zip file of one."


@contextmanager
def opened(path: Path) -> Iterator[tuple[Path, list[BagProblem]]]:
    """Yield the folder of a bag, and the files that are damaged in the zip file.

    Raises:
        NotFoundError: there is no such file or folder.
        DataError: it is no bag, holds links or other things that are not plain files, or cannot be unpacked.
    """
    if not path.exists():
        raise NotFoundError(f"There is no file or folder {path}.", _HINT)
    if path.is_dir():
        folder = _bag_in(path, path)
        require_plain_folder(folder)
        yield folder, []
        return
    limits.require_file(path)
    if not zipfile.is_zipfile(path):
        raise DataError(f"{path} is not a bag.", _HINT)
    with temporary_folder() as folder:
        try:
            damaged = list(_unpack(path, folder))
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
            raise DataError(
                f"{path} cannot be unpacked: {error}.", "Unpack it yourself, and name the folder."
            ) from None
        yield _bag_in(folder, path), damaged


def _bag_in(folder: Path, given: Path) -> Path:
    """Return the folder if it is a bag, or the only folder in it that is one."""
    inner = [one for one in folder.iterdir() if one.is_dir()]
    candidates: list[Path] = [folder, *(inner if len(inner) == 1 else ())]
    for one in candidates:
        if (one / layout.DECLARATION).is_file() or any(one.glob("*manifest-*.txt")):
            return one
    raise DataError(f"{given} is not a bag.", _HINT)


def _unpack(path: Path, folder: Path) -> Iterator[BagProblem]:
    with path.open("rb") as stream, zipfile.ZipFile(BoundedReader(stream)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        limits.require_unpacked(path, members)
        size, room = sum(one.file_size for one in members), shutil.disk_usage(folder).free
        if size > room:
            raise ValueError(f"it needs {size:,} bytes, and {room:,} are free")
        for one in members:
            name = PurePosixPath(one.filename)
            if name.is_absolute() or ".." in name.parts or "\\" in one.filename:
                raise ValueError(f"it holds a file outside itself, {one.filename}")
            target = folder / name
            if target.exists():
                raise ValueError(f"it holds {one.filename} twice")
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with archive.open(one) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out)
            except (zipfile.BadZipFile, zlib.error, EOFError):
                yield BagProblem(one.filename, "is damaged in the zip file")
