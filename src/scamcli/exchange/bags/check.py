"""Check a bag: every file against every manifest, the manifests against each other, and the structure with ``bagit``.

A bag of this tool is also compared with its own inventory, and its manifests must be exactly what the export writes, so
that a flipped bit is found even where BagIt would not mind it, such as in the case of a hexadecimal digit.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DatabaseError
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.write import WrittenFile, digested, manifest_lines, read_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_MANIFEST = re.compile(r"(tag)?manifest-(\w+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)\s+\*?(.+)")


class BagProblem(NamedTuple):
    """A file of a bag, by its path in the bag, and what is wrong with it."""

    file: str
    reason: str


class Listed(NamedTuple):
    """A file as a manifest lists it."""

    manifest: str
    algorithm: str
    digest: str


def check_bag(folder: Path, progress: Callable[[Iterable[str]], Iterable[str]]) -> Iterator[BagProblem]:
    """Yield what is wrong with a bag; nothing if it is as it was made.

    Args:
        folder: The bag.
        progress: Passes the paths of files through, to show how far the check has got.
    """
    problems: list[BagProblem] = []
    present = sorted(_files(folder))
    listed = _listed(folder, present, problems)
    with ThreadPoolExecutor() as threads:  # hashing releases the lock of the interpreter
        hashed = threads.map(lambda path: _hashed(folder, path, listed.get(path, ())), present)
        files = dict(zip(progress(present), hashed, strict=True))
    problems += _differences(files, listed)
    if is_ours(folder) or layout.CRATE in files:
        problems += _own_rules(folder, files, listed)
    # The library cannot say which file is at fault if it cannot parse one, so it judges only what is unchanged.
    yield from dict.fromkeys(problems or _structure(folder))


def require_structure(folder: Path) -> None:
    """Let the library check a bag that was just written.

    Raises:
        DatabaseError: It finds something wrong.
    """
    for problem in _structure(folder):
        raise DatabaseError(f"The bag that was written is wrong: {problem.reason}.", "Nothing was kept.")


def is_ours(folder: Path) -> bool:
    """Return whether this tool made a bag."""
    return layout.FORMAT_TAG in read_info(folder)


def read_info(folder: Path) -> dict[str, str]:
    """Return the tags of ``bag-info.txt``; an empty dictionary if it cannot be read."""
    with suppress(OSError, UnicodeDecodeError):
        lines = (folder / layout.INFO).read_text(encoding="utf-8").splitlines()
        return {tag: value.strip() for tag, found, value in (line.partition(":") for line in lines) if found}
    return {}


def digest_of_bag(folder: Path) -> str:
    """Return the digest that stands for a whole bag."""
    return hashlib.sha256((folder / layout.ANCHOR).read_bytes()).hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for at, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(at, name), folder).replace(os.sep, "/")  # noqa: PTH118 - as os.walk


def _listed(folder: Path, present: Iterable[str], problems: list[BagProblem]) -> dict[str, list[Listed]]:
    """Return the entries of all manifests by path, and add lines that cannot be read to the problems."""
    found: dict[str, list[Listed]] = {}
    for name in present:
        kind = _MANIFEST.fullmatch(name)
        if kind is None:
            continue
        algorithm = kind[2]
        if algorithm not in hashlib.algorithms_available:
            problems.append(BagProblem(name, f"no algorithm is called {algorithm}"))
            continue
        for number, line in enumerate((folder / name).read_bytes().split(b"\n"), 1):
            parsed = _LINE.fullmatch(line.rstrip(b"\r").decode(errors="replace"))
            if parsed:
                path = parsed[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
                found.setdefault(path, []).append(Listed(name, algorithm, parsed[1].lower()))
            elif line.strip():
                problems.append(BagProblem(name, f"line {number} is not a hash and a path"))
    return found


def _hashed(folder: Path, path: str, listed: Iterable[Listed]) -> WrittenFile | str:
    """Return a file with its digests by the algorithms that list it, or why it cannot be read."""
    if (folder / path).is_symlink():
        return "is a link, which a bag cannot hold"
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


def _own_rules(
    folder: Path, files: dict[str, WrittenFile | str], listed: dict[str, list[Listed]]
) -> Iterator[BagProblem]:
    """Yield where a bag differs from one that this tool writes."""
    whole = [file for _, file in sorted(files.items()) if isinstance(file, WrittenFile)]
    for name in layout.ALGORITHMS:
        for manifest, is_tag in ((layout.manifest(name), False), (layout.tag_manifest(name), True)):
            if manifest not in files:
                yield BagProblem(manifest, "is missing")
                continue
            wanted = [file for file in whole if file.path.startswith("data/") != is_tag and name in file.digests]
            text = "".join(f"{line}\n" for line in manifest_lines(wanted, name))
            if (folder / manifest).read_bytes() != text.encode():
                yield BagProblem(manifest, "is not as it was written")
    for file in whole:
        if file.path not in listed and not _MANIFEST.fullmatch(file.path):
            yield BagProblem(file.path, "is in no manifest, so it was added later")
    yield from _inventory(folder, {file.path: file for file in whole})


def _inventory(folder: Path, files: dict[str, WrittenFile]) -> Iterator[BagProblem]:
    """Yield where ``data/evidence.json`` and ``data/head.txt`` differ from the files and from ``bag-info.txt``."""
    try:
        entries = json.loads((folder / layout.EVIDENCE).read_bytes())
        wanted = {entry["file"]: (entry["sha256"], entry["size"]) for entry in entries if entry["file"]}
        head = (folder / layout.HEAD).read_text(encoding="utf-8").strip()
    except (OSError, ValueError, TypeError, KeyError) as error:
        yield BagProblem(layout.EVIDENCE, f"the list of evidence or the head cannot be read: {type(error).__name__}")
        return
    for path, (sha256, size) in wanted.items():
        file = files.get(path)
        if file is None:
            yield BagProblem(path, "is missing, although the list of evidence names it")
        elif (file.digests.get("sha256"), file.size) != (sha256, size):
            yield BagProblem(path, "differs from the list of evidence")
    for path in files:
        if path.startswith(f"{layout.EVIDENCE_FOLDER}/") and path not in wanted:
            yield BagProblem(path, "is not in the list of evidence")
    if read_info(folder).get(layout.HEAD_TAG) != head:
        yield BagProblem(layout.HEAD, f"differs from {layout.HEAD_TAG} in {layout.INFO}")


def _structure(folder: Path) -> Iterator[BagProblem]:
    """Yield what the library finds wrong with the structure."""
    import bagit

    with _quiet():
        try:
            bagit.Bag(str(folder)).validate(completeness_only=True)
        except (bagit.BagError, ValueError, LookupError) as error:  # it parses numbers and encodings without a check
            yield BagProblem(layout.DECLARATION, f"not a valid bag: {error}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library, which logs what it also raises, from printing on stderr."""
    logger = logging.getLogger("bagit")
    was, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was
