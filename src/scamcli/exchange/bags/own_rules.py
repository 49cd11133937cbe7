"""What holds for bags of this tool beyond BagIt, so that every flipped bit is found and its file is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from scamcli.exchange.bags import layout
from scamcli.exchange.bags.write import WrittenFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class BagProblem(NamedTuple):
    """A file of a bag, by its path in the bag, and what is wrong with it."""

    file: str
    reason: str


class Listed(NamedTuple):
    """A file as a manifest lists it."""

    manifest: str
    algorithm: str
    digest: str


def differences(
    folder: Path, files: Mapping[str, WrittenFile | str], listed: Mapping[str, Sequence[Listed]]
) -> Iterator[BagProblem]:
    """Yield where a bag differs from one that this tool writes.

    Args:
        folder: The bag.
        files: Its files, each with its digests or the reason why it cannot be read.
        listed: The entries of all manifests by path.
    """
    whole = {path: file for path, file in files.items() if isinstance(file, WrittenFile)}
    payload = {path: file for path, file in whole.items() if path.startswith("data/")}
    last = {layout.tag_manifest(name) for name in layout.ALGORITHMS}
    others = {path: file for path, file in whole.items() if path not in payload and path not in last}
    yield from _manifests(folder, [layout.manifest(name) for name in layout.ALGORITHMS], payload, listed)
    yield from _manifests(folder, sorted(last), others, listed)
    for path in others:
        if path not in listed:
            yield BagProblem(path, "is in no manifest, so it was added later")
    yield from _inventory(folder, whole)


def _manifests(
    folder: Path, names: Sequence[str], files: Mapping[str, WrittenFile], listed: Mapping[str, Sequence[Listed]]
) -> Iterator[BagProblem]:
    """Yield what is wrong with the manifests of some files themselves.

    If only one of the manifests agrees with the files, the files are as they were, and the other manifest is not.
    """
    fitting: list[str] = []
    for name in names:
        if not (folder / name).is_file():
            yield BagProblem(name, "is missing")
            continue
        own = {path: one for path, entries in sorted(listed.items()) for one in entries if one.manifest == name}
        text = "".join(f"{one.digest}  {path}\n" for path, one in own.items())
        if (folder / name).read_bytes() != text.encode():
            yield BagProblem(name, "is not written as this tool writes it")
        found = {path: file.digests.get(own[path].algorithm) for path, file in files.items() if path in own}
        if own.keys() == files.keys() and all(found[path] == one.digest for path, one in own.items()):
            fitting.append(name)
    if fitting:
        yield from (BagProblem(name, "does not agree with the files") for name in names if name not in fitting)


def _inventory(folder: Path, files: Mapping[str, WrittenFile]) -> Iterator[BagProblem]:
    """Yield where ``data/evidence.json`` and ``data/head.txt`` differ from the files and from ``bag-info.txt``."""
    try:
        entries = json.loads((folder / layout.EVIDENCE).read_bytes())
        wanted = {entry["file"]: (entry["sha256"], entry["size"]) for entry in entries if entry["file"]}
        head = (folder / layout.HEAD).read_text(encoding="utf-8").strip()
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        reason = f"the list of evidence or {layout.HEAD} cannot be read: {type(error).__name__}"
        yield BagProblem(layout.EVIDENCE, reason)
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
    if layout.read_info(folder).get(layout.HEAD_TAG) != head:
        yield BagProblem(layout.HEAD, f"differs from {layout.HEAD_TAG} in {layout.INFO}")
