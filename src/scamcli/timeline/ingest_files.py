"""Find the files to ingest, among them those in folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml", ".pdf")
"""Endings of the files that are read in a folder. A file that is named itself can have any name."""


def files_in(sources: Iterable[Path | BinaryIO]) -> list[Path | BinaryIO]:
    """Replace each folder by its files, in the order of their paths, and drop repeated paths.

    Hidden files and folders, and files with other endings than `ENDINGS`, are left out.

    Raises:
        DataError: a folder cannot be read, or has no file that can be read.
    """
    found: dict[Path | BinaryIO, None] = {}
    for source in sources:
        if isinstance(source, Path) and source.is_dir():
            found |= dict.fromkeys(_in_folder(source))
        else:
            found[source] = None
    return list(found)


def _in_folder(folder: Path) -> list[Path]:
    try:
        files = sorted(_walk(folder))
    except OSError as error:
        raise DataError(f"Cannot read {error.filename}: {error.strerror}.") from None
    if not files:
        raise DataError(f"{folder} has no file to read.", f"Expected files that end in {', '.join(ENDINGS)}.")
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders. Links to folders are not followed, because they can form circles."""
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from () if path.is_symlink() else _walk(path)
        elif path.suffix.lower() in ENDINGS:
            yield path
