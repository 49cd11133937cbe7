"""Redact evidence together with records, and say which files may hold what was redacted."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from scamcli.errors import ScamcliError
from scamcli.output.text.words import plural
from scamcli.store import evidence, evidence_folder
from scamcli.store.redact_evidence import HOLDS, LINKED, UNSEARCHED, FileRedaction, FoundFile
from scamcli.timeline.evidence_staging import recover_killed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scamcli.store.evidence_folder import Staging
    from scamcli.store.transaction import Transaction


@contextmanager
def redacting(database: Path, progress: Callable[[int, int], None], *, delete: bool) -> Iterator[FileRedaction]:
    """Yield what redacts evidence. Files are deleted at the end, after the caller's transaction has ended.

    `progress` is called with the number of bytes of files that were searched, and with the total.
    """
    folder = evidence_folder.folder_of(database)
    if not delete or not folder.is_dir():  # nothing is written to the folder, which may be read-only
        yield FileRedaction(folder, None, folder.parent, progress)
        return
    evidence_folder.own_folder_of(database)

    def settled(staging: Staging) -> None:
        with suppress(ScamcliError, sqlite3.Error, OSError):  # if the database is busy, the next command settles it
            evidence.settle_staging(database, staging)

    with evidence_folder.staging(folder, settled) as staging:
        yield FileRedaction(folder, staging.drop if delete else None, staging.own, progress)
        staging.is_committed = True


def recover(writer: Transaction, files: FileRedaction) -> None:
    """Finish or revert what killed processes left."""
    recover_killed(writer, files.folder)


def notes(files: FileRedaction, *, is_deleted: bool = False) -> Iterator[str]:
    """Yield a note for each group of files that may hold what was redacted."""
    done = "were deleted" if is_deleted else "are still there"
    for how, about in ((HOLDS, "contain it"), (LINKED, "belong to it, and cannot be searched whole")):
        named = [f"{one.name} ({one.sha256[:12]})" for one in files.found if one.how == how]
        if named:
            verb = done if len(named) > 1 else done.replace("were", "was").replace("are", "is")
            number = (
                f"{plural(len(named), 'evidence file')} that {about if len(named) > 1 else _singular(about)} {verb}"
            )
            yield f"{number}: {', '.join(named)}."
    yield from _not_searched(files.found)
    if not is_deleted and any(one.how in (HOLDS, LINKED) for one in files.found):
        yield "--remove-evidence, or `scamcli evidence remove`, deletes files and keeps their hashes."


def _not_searched(found: list[FoundFile]) -> Iterator[str]:
    """Yield a note for each reason why files were not searched whole. Each file is named, because it may hold it."""
    by_problem: dict[str, list[str]] = {}
    for one in found:
        if one.how == UNSEARCHED:
            by_problem.setdefault(one.problem, []).append(f"{one.name} ({one.sha256[:12]})")
    for problem, named in by_problem.items():
        many, them = plural(len(named), "other evidence file"), "them" if len(named) > 1 else "it"
        yield f"{many} could not be searched whole ({problem}), so look at {them} yourself: {', '.join(named)}."


def _singular(about: str) -> str:
    return about.replace("contain", "contains").replace("belong", "belongs")
