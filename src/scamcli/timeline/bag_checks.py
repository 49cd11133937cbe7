"""Check a bag that comes in, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scamcli.exchange.bags.own_rules import BagProblem


class BagReport(NamedTuple):
    """The result of checking a bag.

    Attributes:
        digest: the fingerprint of the bag, to compare with what the sender says; ``None`` if its file is missing.
        info: the tags of ``bag-info.txt``.
        problems: what differs, by file. Empty if the bag has not changed since it was made.
        files: how many files the bag has.
        notes: how many records fit the head, what its timestamps state, and what was not checked.
    """

    digest: str | None
    info: Mapping[str, str]
    problems: tuple[BagProblem, ...]
    files: int
    notes: tuple[str, ...]


def verify_bag(path: str | Path, progress: Callable[[Iterable[str]], Iterable[str]] = iter) -> BagReport:
    """Check every file of a bag against its manifests, and a bag of this tool against its inventory and head.

    Args:
        path: The folder, or a zip file of it.
        progress: An iterator over the paths of files that also reports progress.

    Raises:
        NotFoundError: There is no such file.
        DataError: It is not a bag, or cannot be unpacked.
        WrongUsageError: A library is missing.
    """
    from scamcli.exchange.bags import check, layout, leaves, stamps, unpack
    from scamcli.timeline.bags import require_bagit

    require_bagit()
    with unpack.opened(Path(path)) as (folder, damaged):
        problems = (*damaged, *check.check_bag(folder, progress))
        digest = check.digest_of_bag(folder)
        notes = () if problems else (*check.notes(folder), *leaves.notes(folder), *stamps.notes(folder))
        return BagReport(digest, layout.read_info(folder), problems, sum(1 for _ in check.files_in(folder)), notes)
