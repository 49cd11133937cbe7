"""Check a bag: every file against every manifest, the manifests against each other, and the structure with ``bagit``.

A bag of this tool is also compared with its own inventory, and its manifests must be exactly what the export writes, so
that a flipped bit is found even where BagIt would not mind it, such as in the case of a hexadecimal digit.
"""

from __future__ import annotations

import hashlib
import logging
import re
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError
from scamcli.exchange.bags import layout, leaves, own_rules, seals, stamps
from scamcli.exchange.bags.own_rules import BagProblem, Listed
from scamcli.exchange.bags.write import WrittenFile, digested, read_blocks
from scamcli.records import limits
from scamcli.records.plain_files import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_MANIFEST = re.compile(r"(tag)?manifest-(\w+)\.txt")
_DECLARATION = re.compile(
    r"\s*BagIt-Version\s*:\s*(?P<version>[0-9]+\.[0-9]+)\s+Tag-File-Character-Encoding\s*:\s*(?P<encoding>\S+)"
)
_STRICT_DECLARATION = re.compile(r"BagIt-Version: [0-9]+\.[0-9]+\r?\nTag-File-Character-Encoding: \S+(?:\r?\n)?")
_ENCODING = re.compile(r"(?i)utf-?(?:8|16|32)(?:[lb]e)?|iso-?8859-?[0-9]{1,2}|(?:us-)?ascii|windows-125[0-8]")
"""The encodings that a bag may name. Some others that Python knows are slow, or are not for texts."""

_BROKEN = {"md5", "sha1"}
"""Algorithms for which two files with one sum have been made."""

_LISTS = (layout.EVIDENCE, layout.HEAD)
"""Files of the payload that are read as a whole, as those beside it are."""

_LINE = re.compile(r"([0-9A-Fa-f]+)\s+\*?(.+)")


def check_bag(folder: Path, progress: Callable[[Iterable[str]], Iterable[str]]) -> Iterator[BagProblem]:
    """Yield what is wrong with a bag; nothing if it has not changed since it was made.

    Args:
        folder: The bag.
        progress: Passes the paths of files through, to show how far the check has got.

    Raises:
        DataError: It is over a limit.
    """
    problems: list[BagProblem] = []
    present = sorted(files_in(folder))
    limits.require("files", len(present), str(folder))
    for name in present:
        if "/" not in name or name in _LISTS:
            kind = "list" if name in _LISTS or _MANIFEST.fullmatch(name) else "tags"
            limits.require(kind, (folder / name).stat().st_size, name)
    encoding = _encoding(folder, problems)
    listed = _listed(folder, present, encoding, problems)
    with ThreadPoolExecutor() as threads:  # hashing releases the lock of the interpreter
        hashed = threads.map(lambda path: _hashed(folder, path, listed.get(path, ())), present)
        files = dict(zip(progress(present), hashed, strict=True))
    problems += _differences(files, listed)
    if is_ours(folder) or layout.CRATE in files:
        problems += own_rules.differences(folder, files, listed)
    # The library cannot say which file is at fault if it cannot parse one, so it judges only what is unchanged.
    yield from dict.fromkeys(problems or _structure(folder))
    if not problems and layout.SEALS in files:
        yield from seals.problems(folder)
        yield from leaves.problems(folder)
        yield from stamps.problems(folder)


def require_structure(folder: Path) -> None:
    """Let the library check a bag that was just written.

    Raises:
        DatabaseError: It finds something wrong.
    """
    for problem in _structure(folder):
        raise DatabaseError(f"The bag that was written is wrong: {problem.reason}.", "Nothing was kept.")


def is_ours(folder: Path) -> bool:
    """Return whether this tool made a bag."""
    return layout.FORMAT_TAG in layout.read_info(folder)


def digest_of_bag(folder: Path) -> str | None:
    """Return the digest that stands for a whole bag; ``None`` if it has no tag manifest with SHA-256."""
    if not (folder / layout.ANCHOR).is_file():
        return None
    return hashlib.sha256((folder / layout.ANCHOR).read_bytes()).hexdigest()


def files_in(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in a bag, with slashes."""
    for at, _, names in walk(folder):
        for name in names:
            yield (at / name).relative_to(folder).as_posix()


def _encoding(folder: Path, problems: list[BagProblem]) -> str:
    """Return the encoding of the manifests, as the declaration states it (RFC 8493, section 2.1.1)."""
    path = folder / layout.DECLARATION
    text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    found = _DECLARATION.match(text)
    if found is None:
        return "utf-8"  # the library says what is wrong
    if found["version"] >= "1" and not _STRICT_DECLARATION.fullmatch(text):
        problems.append(BagProblem(layout.DECLARATION, "is not written as BagIt 1.0 demands"))
    if not _ENCODING.fullmatch(found["encoding"]):
        problems.append(BagProblem(layout.DECLARATION, f"names the unknown encoding {found['encoding'][:40]}"))
        return "utf-8"
    return found["encoding"]


def notes(folder: Path) -> Iterator[str]:
    """Yield what a check of a bag cannot show."""
    algorithms = {kind[2] for path in folder.iterdir() if (kind := _MANIFEST.fullmatch(path.name)) and not kind[1]}
    if not algorithms - _BROKEN:
        named = " and ".join(sorted(algorithms)).upper()
        yield f"Its manifests have only {named}. They show damage, but not forgery: two files can have the same sum."


def _listed(folder: Path, present: Iterable[str], encoding: str, problems: list[BagProblem]) -> dict[str, list[Listed]]:
    """Return the entries of all manifests by path, and add lines that cannot be read to the problems."""
    found: dict[str, list[Listed]] = {}
    for name in present:
        kind = _MANIFEST.fullmatch(name)
        if kind is None:
            continue
        algorithm = kind[2]
        if algorithm not in hashlib.algorithms_available or algorithm.startswith("shake"):  # has no length of its own
            problems.append(BagProblem(name, f"no algorithm is called {algorithm}"))
            continue
        text = (folder / name).read_bytes().decode(encoding, "replace").removeprefix("\ufeff")
        for number, line in enumerate(text.split("\n"), 1):
            parsed = _LINE.fullmatch(line.rstrip("\r"))
            if parsed:
                path = parsed[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
                listed = Listed(name, algorithm, parsed[1].lower())
                found.setdefault(re.sub(r"^(?:\./+)+", "", path), []).append(listed)
            elif line.strip():
                problems.append(BagProblem(name, f"line {number} is not a hash and a path"))
    return found


def _hashed(folder: Path, path: str, listed: Iterable[Listed]) -> WrittenFile | str:
    """Return a file with its digests by the algorithms that list it, or why it cannot be read."""
    try:
        return digested(path, read_blocks(folder / path), {one.algorithm for one in listed})
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _differences(files: dict[str, WrittenFile | str], listed: dict[str, list[Listed]]) -> Iterator[BagProblem]:
    for path, entries in listed.items():
        file = files.get(path)
        if file is None:
            yield BagProblem(path, f"is missing, although {entries[0].manifest} lists it")
        elif isinstance(file, str):
            yield BagProblem(path, file)
        else:
            for one in entries:
                if file.digests[one.algorithm] != one.digest:
                    yield BagProblem(path, f"differs from its {one.algorithm} in {one.manifest}")
    for path in files:
        if path.startswith("data/") and path not in listed:
            yield BagProblem(path, "is in no manifest, so it was added later")


def _structure(folder: Path) -> Iterator[BagProblem]:
    """Yield what the library finds wrong with the structure."""
    import bagit

    with _quiet():
        try:
            bagit.Bag(str(folder)).validate(completeness_only=True)
        # The library parses numbers, and opens files in any encoding that the bag names, without a check.
        except (bagit.BagError, ValueError, LookupError, TypeError, zlib.error) as error:
            yield BagProblem(layout.DECLARATION, f"not a valid bag: {error}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library from printing on stderr: it logs what it also raises, and Python 3.13 warns of a call in it."""
    logger = logging.getLogger("bagit")
    was, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.disabled = was
