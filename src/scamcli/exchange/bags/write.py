"""Write a bag (BagIt 1.0, RFC 8493): hash each file while it is written, then write the manifests.

The library ``bagit`` checks the result, but does not write it. Its ``make_bag`` changes the working directory of the
whole process, reads every file once more, and writes tag manifests in the order of the file system, with a single space
that ``shasum`` of macOS does not take.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO

from scamcli.exchange.bags import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_BLOCK = 1 << 20


class WrittenFile(NamedTuple):
    """A file in a bag: its path with slashes, its size in bytes, and its digests by algorithm."""

    path: str
    size: int
    digests: Mapping[str, str]


def read_blocks(path: Path) -> Iterator[bytes]:
    """Yield the content of a file in blocks, so that memory does not grow with its size."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def digested(path: str, blocks: Iterable[bytes], algorithms: Iterable[str]) -> WrittenFile:
    """Return a file with its digests, given its path in the bag and its content."""
    hashes, size = {name: hashlib.new(name) for name in algorithms}, 0
    for block in blocks:
        size += len(block)
        for one in hashes.values():
            one.update(block)
    return WrittenFile(path, size, {name: one.hexdigest() for name, one in hashes.items()})


def _passed_through(blocks: Iterable[bytes], out: BinaryIO) -> Iterator[bytes]:
    for block in blocks:
        out.write(block)
        yield block


class BagWriter:
    """Writes the files of one bag into an empty folder.

    Args:
        folder: The folder, which becomes the bag.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, WrittenFile] = {}

    def write(self, path: str, blocks: Iterable[bytes]) -> WrittenFile:
        """Write a file, and remember its digests."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            return self._note(path, _passed_through(blocks, out))

    def _note(self, path: str, blocks: Iterable[bytes]) -> WrittenFile:
        self.files[path] = digested(path, blocks, layout.ALGORITHMS)
        return self.files[path]

    def write_lines(self, path: str, lines: Iterable[str]) -> WrittenFile:
        """Write lines of text, and a newline after each."""
        return self.write(path, (f"{line}\n".encode() for line in lines))

    @contextmanager
    def text(self, path: str) -> Iterator[TextIO]:
        """Yield a stream for a text file, whose digests are computed at the end."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as out:
            yield out
        self._note(path, read_blocks(target))

    def payload(self) -> list[WrittenFile]:
        """Return the files in ``data/``, in order of their paths."""
        return [file for path, file in sorted(self.files.items()) if path.startswith("data/")]

    def finish(self, info: Mapping[str, str]) -> str:
        """Write the declaration, the metadata and the manifests, and return the digest that stands for the bag.

        Args:
            info: Tags of ``bag-info.txt``. ``Payload-Oxum`` is added.
        """
        payload = self.payload()
        oxum = f"{sum(file.size for file in payload)}.{len(payload)}"
        self.write_lines(layout.DECLARATION, ("BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"))
        tags = {**info, "Payload-Oxum": oxum}
        self.write_lines(layout.INFO, (f"{tag}: {' '.join(value.split())}" for tag, value in tags.items()))
        for name in layout.ALGORITHMS:
            self.write_lines(layout.manifest(name), manifest_lines(payload, name))
        others = [file for path, file in sorted(self.files.items()) if not path.startswith("data/")]
        for name in layout.ALGORITHMS:
            self.write_lines(layout.tag_manifest(name), manifest_lines(others, name))
        return self.files[layout.ANCHOR].digests["sha256"]


def manifest_lines(files: Iterable[WrittenFile], algorithm: str) -> Iterator[str]:
    """Yield the lines of a manifest, in the form that ``sha256sum -c`` reads."""
    return (f"{file.digests[algorithm]}  {file.path}" for file in files)
