"""Find the files to ingest, among them those in folders."""

from __future__ import annotations

from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".pdf")
"""Endings of the files that are read in a folder. A file that is named itself can have any name."""

PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif")
"""Endings of the files that are read in a folder, too, if a program turns files into text."""


def is_folder(source: object) -> TypeGuard[Path]:
    """Return whether a source is a folder. A name that is too long, or cannot be looked up, is not a folder."""
    return isinstance(source, Path) and isdir(source)  # noqa: PTH112 - Path.is_dir() raises for such names


def files_in(sources: Iterable[Path | BinaryIO], *, pictures: bool = False) -> list[Path | BinaryIO]:
    """Replace each folder by its files, in the order of their paths, and drop repeated paths.

    Hidden files and folders, and files with other endings than `ENDINGS`, are left out. With ``pictures``, the endings
    in `PICTURES` are read, too.

    Raises:
        DataError: a folder cannot be read, or has no file that can be read.
    """
    found: dict[Path | BinaryIO, None] = {}
    for source in sources:
        if is_folder(source):
            found |= dict.fromkeys(_in_folder(source, ENDINGS + PICTURES * pictures))
        else:
            found[source] = None
    return list(found)


def _in_folder(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    try:
        files = sorted(_walk(folder, endings))
    except OSError as error:
        raise DataError(f"Cannot read {error.filename}: {error.strerror}.") from None
    if not files:
        raise DataError(f"{folder} has no file to read.", f"Expected files that end in {', '.join(endings)}.")
    return files


def _walk(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Yield the files in a folder and its folders. Links to folders are not followed, because they can form circles."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from () if path.is_symlink() else _walk(path, endings)
        elif path.suffix.lower() in endings:
            yield path
