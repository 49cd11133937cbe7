"""Read a folder of notes in Markdown, as Obsidian and other programs keep them, as a table with a row for each note.

The columns are the keys of the front matter, and the text, the title (the name of the file) and the path of the note.
Front matter is YAML, whose values stay as they are written. It needs PyYAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, require_installed
from scamcli.exchange.importers import NOTE_SUFFIXES, DecimalText
from scamcli.exchange.importers.json_files.flatten import cells, flatten
from scamcli.records import limits
from scamcli.records.plain_files import is_plain_file, walk
from scamcli.records.row_names import RowNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.exchange.importers import Row, Rows

PATH, TITLE, BODY, TAGS = "note path", "note title", "body", "tags"
"""The columns that every note has. Tags come from the front matter and the text."""

PREVIEW = 200
"""How many notes are read ahead."""

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[\[([^\[\]|]+?)(?:\\?\|([^\[\]]*))?\]\]")
_TAG = re.compile(r"(?<![\w/#&\\])#([^\W\d_][\w/-]*)")
_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*(?:\r?\n|\Z)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~=%$^&])")


class NoteTable(NamedTuple):
    """The table of a folder; see `Sheet`."""

    name: RowNames
    header: Row
    rows: Rows
    sample: tuple[Row, ...]
    notices: tuple[str, ...]


def are_notes(path: Path) -> bool:
    """Return whether a path is a folder with notes, or a note with front matter."""
    if path.is_dir():
        return next(_paths(path), None) is not None
    if path.suffix.lower() not in NOTE_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            return re.match(rb"(\xef\xbb\xbf)?---[ \t]*\r?\n", stream.read(8)) is not None
    except OSError:
        return False


def open_table(path: Path) -> NoteTable:
    """Open the notes of a folder with its subfolders, or a single note. Hidden folders and links are not followed.

    Raises:
        WrongUsageError: PyYAML is not installed.
        DataError: no note has front matter.
    """
    require_installed("notes", "Notes need", "yaml")
    paths = [path] if path.is_file() else sorted(_paths(path))
    budget = limits.TableBudget(path)
    columns: dict[str, None] = {}
    kept, without = [], []
    first: list[dict[str, str]] = []
    for note in paths:
        found = _read(note, path)
        if found is None:
            without.append(note)
            continue
        kept.append(note)
        if not isinstance(found, DataError):
            columns.update(dict.fromkeys(found))
            first += [found] if len(first) < PREVIEW else []
        budget.spend(len(columns))
    if not kept:
        hint = "Front matter stands between two lines with ---. `scamcli ingest` reads texts without it."
        raise DataError(f"No note in {path} has front matter, so there are no columns.", hint)
    header = tuple(dict.fromkeys((*columns, TITLE, BODY, PATH)))
    sample = tuple(_row(one, header) for one in first)
    notices: tuple[str, ...] = ()
    if without:
        notices = (f"notes without front matter are left out: {len(without):,}, the first {without[0]}",)
    name = RowNames(str(path), "note", tuple(map(str, kept)))
    return NoteTable(name, header, _rows(kept, path, header), sample, notices)


def _paths(folder: Path) -> Iterator[Path]:
    """Yield the notes in a folder and its subfolders, but not in hidden ones such as ``.obsidian`` and ``.trash``."""
    for root, folders, files in walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (root / name).is_symlink())
        for name in sorted(files):
            path = root / name
            if name.lower().endswith(NOTE_SUFFIXES) and not name.startswith(".") and is_plain_file(path):
                yield path


def _rows(paths: list[Path], folder: Path, header: Row) -> Iterator[tuple[int, Row | DataError]]:
    for number, path in enumerate(paths, 1):
        found = _read(path, folder)
        if isinstance(found, DataError):
            yield number, found
        elif found is not None:
            yield number, _row(found, header)


def _row(found: dict[str, str], header: Row) -> Row:
    return tuple(found.get(name, "") for name in header)


def _read(path: Path, folder: Path) -> dict[str, str] | DataError | None:
    """Return the cells of a note, an error, or ``None`` if it has no front matter."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(limits.value("text") + 1)
        limits.require("text", len(raw), "This note")
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return DataError(f"This is not UTF-8 text, from byte {error.start + 1:,} on.", "Save the note as UTF-8.")
    except OSError as error:
        return DataError(f"This cannot be read: {error.strerror}.")
    except DataError as error:
        return error
    found = _FRONT_MATTER.match(text)
    if found is None:
        return None
    from scamcli.exchange.importers import front_matter

    try:
        given = front_matter.parse(found[1])
        pairs = flatten(given)
        front = cells((name, value if isinstance(value, DecimalText) else plain(value)) for name, value in pairs)
    except DataError as error:
        return error
    return front | _around(path, folder, front, text[found.end() :])


def _around(path: Path, folder: Path, front: dict[str, str], body: str) -> dict[str, str]:
    """Return the columns of a note that do not come from its front matter."""
    heading = _HEADING.match(body)
    named = heading and plain(_ESCAPE.sub(r"\1", heading[1]))
    title = named or path.stem
    if heading and named in {path.stem, front.get("title"), front.get("name"), title}:
        body = body[heading.end() :]
    tags = [*re.split(r"[;,\s]+", front.get(TAGS, "")), *_TAG.findall(body)]
    place = path.relative_to(folder).with_suffix("").as_posix() if folder.is_dir() else path.stem
    found = {TITLE: title, BODY: plain(_ESCAPE.sub(r"\1", body)).strip(), PATH: place}
    distinct = dict.fromkeys(tag.removeprefix("#") for tag in tags if tag.strip("#"))
    return found | ({TAGS: "; ".join(distinct)} if distinct else {})


def plain(text: str) -> str:
    """Return a text with wiki links replaced by the names in them, and tags by their words."""
    return _TAG.sub(r"\1", _LINK.sub(_link_text, text))


def _link_text(link: re.Match[str]) -> str:
    alias = (link[2] or "").strip()
    return alias or re.split(r"[#^]", link[1])[0].rpartition("/")[2].strip() or link[1].lstrip("#^ ")
