"""Find the files to ingest, among them those in folders."""

from __future__ import annotations

from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from scamcli.errors import DataError
from scamcli.records.plain_files import is_plain_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".pdf")
"""Endings of the files that are read in a folder. A file that is named itself can have any name."""

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif")
"""Endings of the files that are read in a folder, too, if a program turns files into text."""

_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
"""Names, in lower case, of files that Windows puts in folders. On other systems such files are hidden."""


class FoundFiles(NamedTuple):
    """The files to read, and the files in folders that are not read: those with other endings, links and pipes."""

    files: list[Path | BinaryIO]
    left_out: list[Path]


def is_folder(source: object) -> TypeGuard[Path]:
    """Return whether a source is a folder. A name that is too long, or cannot be looked up, is not a folder."""
    return isinstance(source, Path) and isdir(source)  # noqa: PTH112 - Path.is_dir() raises for such names


def files_in(sources: Iterable[Path | BinaryIO], *, pictures: bool = False) -> FoundFiles:
    """Replace each folder by its files, in the order of their paths, and drop repeated paths.

    Files with other endings than `ENDINGS` are left out. With ``pictures``, the endings in `PICTURES` are read, too.
    What is no plain file is left out as well: a link could lead to any file of this machine, and a pipe may never end.
    Hidden files and folders are not even mentioned.

    Raises:
        DataError: a folder cannot be read, or has no file that can be read.
    """
    endings = ENDINGS + PICTURES * pictures
    found: dict[Path | BinaryIO, None] = {}
    left_out: dict[Path, None] = {}
    for source in sources:
        if is_folder(source):
            files = _in_folder(source)
            texts = [path for path in files if path.suffix.lower() in endings and is_plain_file(path)]
            if not texts:
                raise DataError(f"{source} has no file to read.", f"Expected files that end in {', '.join(endings)}.")
            found |= dict.fromkeys(texts)
            left_out |= dict.fromkeys(path for path in files if path not in found)
        else:
            found[source] = None
    return FoundFiles(list(found), [path for path in left_out if path not in found])


def _in_folder(folder: Path) -> list[Path]:
    try:
        return sorted(_walk(folder))
    except OSError as error:
        raise DataError(f"Cannot read {error.filename}: {error.strerror}.") from None


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders. Links to folders are not followed, because they can form circles."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name.lower() in _OF_THE_SYSTEM:
            continue
        if path.is_dir():
            yield from () if path.is_symlink() else _walk(path)
        else:
            yield path
