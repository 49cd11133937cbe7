"""Results of auto-archiver (Bellingcat) that come in: its CSV database and the folder of its local storage.

The columns are ``status``, ``metadata`` and ``media``. The last two hold a dictionary and a list as Python prints them,
with times as calls of ``datetime.datetime``, so they are parsed, and nothing in them is ever run. A medium has
``filename``, ``_key``, ``urls`` and ``properties``, of which ``hash`` is ``SHA-256:…`` or ``SHA3-512:…``; other media,
such as thumbnails, lie in its properties.
"""

from __future__ import annotations

import ast
import csv
import hashlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.exchange.incoming import Incoming, host_of, refuse
from scamcli.records import limits
from scamcli.records.plain_files import is_plain_file, kind_within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS = ["status", "metadata", "media"]

_BLOCK = 1 << 20
_ALGORITHMS = {"SHA-256": "sha256", "SHA3-512": "sha3_512"}


class Result(NamedTuple):
    """The files of a CSV file, and how many were left out because they are stored elsewhere, or have no hash.

    A file without a hash may be any file beside the CSV file, which somebody else has written.
    """

    files: list[Incoming]
    elsewhere: int
    unhashed: int


def is_result(path: Path) -> bool:
    """Return whether a file is a CSV database of auto-archiver."""
    with suppress(OSError, UnicodeDecodeError), path.open(encoding="utf-8-sig", newline="") as file:
        return file.readline(200).strip().split(",") == COLUMNS
    return False


def read(path: Path, source: str | None) -> Result:
    """Check the files that a CSV file lists, and return those that lie below its folder.

    Args:
        path: The CSV file.
        source: Who handed it over; by default the host of each address.

    Raises:
        DataError: A file is missing or differs from its hash, or the CSV file cannot be read.
    """
    files, problems, elsewhere, unhashed = list[Incoming](), list[str](), 0, 0
    for number, row in enumerate(_rows(path), 2):
        described = _described(row, source)
        for medium in _media(_parsed(row["media"], path, number)):
            place = _place(path.parent, medium)
            if place is None:
                elsewhere += 1
                continue
            algorithm, _, wanted = str(_properties(medium).get("hash") or "").partition(":")
            if not wanted:
                unhashed += 1
                continue
            if not is_plain_file(place):
                problems.append(f"row {number}: {place.relative_to(path.parent)} is missing")
                continue
            digest, sha256 = _digests(place, algorithm)
            if digest != wanted.lower():
                problems.append(f"row {number}: {place.relative_to(path.parent)} differs from its {algorithm}")
            else:  # with the hash of what was compared, because the file may change before it is copied
                files.append(Incoming(place, place.name, sha256, [described]))
                limits.require("files", len(files), str(path))
    refuse(path, problems)
    return Result(files, elsewhere, unhashed)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    before = csv.field_size_limit(limits.value("media"))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file, restval="")
    except csv.Error as error:
        if "field limit" in str(error):
            raise limits.exceeded("media", f"{path} has a cell of") from None
        raise DataError(f"{path} cannot be read: {error}.", "Expected the CSV database of auto-archiver.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path} cannot be read: {error}.", "Expected the CSV database of auto-archiver.") from None
    finally:
        csv.field_size_limit(before)


def _described(row: Mapping[str, str], source: str | None) -> dict[str, str | None]:
    metadata = _parsed(row["metadata"])
    known: Mapping[str, object] = metadata if isinstance(metadata, dict) else {}
    url = str(known.get("url") or "") or None
    return {
        "source": source or host_of(url) or "auto-archiver", "url": url,
        "collected_at": str(known.get("_processed_at") or "") or None, "method": row["status"] or None,
        "tool": "auto-archiver", "note": str(known.get("title") or "")[:9000] or None,
    }  # fmt: skip


def _parsed(text: str, path: Path | None = None, number: int = 0) -> object:
    """Return the value of a cell; ``None`` for what is neither data nor a time.

    Raises:
        DataError: the cell is not Python's form of a value, and a path was given to say so.
    """
    try:
        return _value(ast.parse(text.strip() or "None", mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        if path is None:
            return None
        raise DataError(f"{path}: row {number} has no list of media that can be read.", "Nothing was added.") from None


def _value(node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [_value(one) for one in node.elts]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {_value(key): _value(value) for key, value in pairs if isinstance(key, ast.Constant)}
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "datetime.datetime":
        year, month, day, *time = [value for value in map(_value, node.args) if isinstance(value, int)]
        return datetime(year, month, day, *time[:3], tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[arg-type,misc]  # at most six
    return None


def _media(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the media in a value, and those in their properties."""
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict) and "filename" in one:
            yield one
            for inner in _properties(one).values():
                yield from _media(inner if isinstance(inner, list) else [inner])


def _properties(medium: Mapping[str, object]) -> Mapping[str, object]:
    found = medium.get("properties")
    return found if isinstance(found, dict) else {}


def _place(folder: Path, medium: Mapping[str, object]) -> Path | None:
    """Return where a medium lies below the folder of the CSV file, or ``None`` if it is stored elsewhere alone."""
    urls = medium.get("urls")
    named = [str(one) for one in (*(urls if isinstance(urls, list) else ()), medium.get("_key")) if one]
    local = [one.replace("\\", "/") for one in named if "://" not in one]
    for one in local:
        parts = [part for part in one.split("/") if part not in {"", ".", ".."}]
        for start in range(len(parts)):  # the paths may begin with that of another machine
            if kind_within(folder, "/".join(parts[start:])) == "file":
                return folder.joinpath(*parts[start:])
    return folder / Path(local[0]).name if local and len(local) == len(named) else None


def _digests(path: Path, algorithm: str) -> tuple[str, str]:
    """Return the hash of a file by an algorithm (``unknown`` by an unknown one), and its SHA-256."""
    found = [hashlib.new(name) for name in (_ALGORITHMS.get(algorithm, "sha256"), "sha256")]
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            for one in found:
                one.update(block)
    return found[0].hexdigest() if algorithm in _ALGORITHMS else "unknown", found[1].hexdigest()
