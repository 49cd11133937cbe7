"""Files that come from somebody else: only plain files inside the folder that came are read.

A list in a bag can name any file of this machine, and a folder can hold links to them. Whatever is read through them
would be kept as evidence, and handed over with the next export. Named pipes and devices never end.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Literal

from scamcli.errors import DataError, quote
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LISTED = 10
"""How many files an error lists."""

_HINT = "Nothing was read. Ask the sender for a copy with plain files only."


Kind = Literal["file", "folder", "missing", "link", "named pipe", "other", "outside"]

_IS: dict[Kind, str] = {
    "folder": "is a folder",
    "missing": "is not there",
    "link": "is a link",
    "named pipe": "is a named pipe",
    "other": "is a socket or a device",
    "outside": "is not a path within its folder",
}


def file_within(folder: Path, name: object, list_name: str) -> Path:
    """Return a file that a list from somebody else names.

    Args:
        folder: The folder that came.
        name: What the list says: a relative path of plain parts, with slashes.
        list_name: What the list is called, for the error.

    Raises:
        DataError: The name is no such path, no file in the folder has it, or it leads through a link.
    """
    kind = kind_within(folder, name)
    if kind != "file":
        raise DataError(f"{list_name} names {quote(str(name)[:200])}, which {_IS[kind]}.", _HINT)
    return folder / str(name)


def kind_within(folder: Path, name: object) -> Kind:
    """Return what a name stands for in a folder. A path that leads through a link is one."""
    if not isinstance(name, str) or not _is_plain(name):
        return "outside"
    path, kind = folder, kind_of(folder)
    for part in name.split("/"):
        path /= part
        kind = kind_of(path)
        if kind not in {"file", "folder"}:
            return kind
    return kind


def _is_plain(name: str) -> bool:
    """Say whether a path is relative, and has no empty parts, no dots, and nothing that Windows reads otherwise."""
    has_plain_parts = all(part not in {"", ".", ".."} for part in name.split("/"))
    return has_plain_parts and not PureWindowsPath(name).drive and not set(name) & {"\\", "\0"}


def require_plain_folder(folder: Path) -> None:
    """Require that everything in a folder, at any depth, is a folder or a plain file.

    Raises:
        DataError: There is a link, a named pipe, a socket or a device in it, or it cannot be read.
    """
    others = []
    for path, kind in _others_in(folder):
        others.append(f"{path.relative_to(folder).as_posix()} {_IS[kind]}")
        if len(others) > MOST_LISTED:
            others[-1] = "…"
            break
    if others:
        raise DataError(f"{folder} holds what is not a plain file.", _HINT, tuple(others))


def is_plain_file(path: Path) -> bool:
    """Say whether a path is a file itself: no link to one, and nothing that may never end."""
    return kind_of(path) == "file"


def kind_of(path: Path) -> Kind:
    """Return what is at a path, without following a link."""
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return "missing"
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISFIFO(mode):
        return "named pipe"
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) else "other"


def walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Walk through a folder as `os.walk` does.

    Raises:
        DataError: a folder cannot be read, or too many folders are within each other.
    """

    def fail(error: OSError) -> None:
        raise DataError(f"Cannot read {error.filename}: {error.strerror}.") from None

    most = limits.value("folders")
    for at, folders, files in os.walk(folder, onerror=fail):
        path = Path(at)
        if len(path.relative_to(folder).parts) > most:
            raise limits.exceeded("folders", f"{folder} has")
        yield path, folders, files


def _others_in(folder: Path) -> Iterator[tuple[Path, Kind]]:
    for at, folders, files in walk(folder):
        for name in (*folders, *files):
            kind = kind_of(at / name)
            if kind not in {"file", "folder"}:
                yield at / name, kind
