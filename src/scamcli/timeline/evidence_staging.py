"""One transaction that changes evidence files as well as rows: all of it happens, or nothing, even after a kill."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import ScamcliError
from scamcli.store import evidence, evidence_folder, snapshots
from scamcli.store.evidence import Collected, EvidenceWriter
from scamcli.store.evidence_folder import Staging, file_of, own_folder_of
from scamcli.store.naming import NewNames
from scamcli.store.temporary import sync
from scamcli.store.transaction import Transaction
from scamcli.timeline.session import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from scamcli.ingest.proposal import Document
    from scamcli.store.evidence_folder import Copied
    from scamcli.store.history import Cause


class Place(NamedTuple):
    """A database: its path, the path that was named (``None`` for the default one), and whether to create it."""

    path: "Path"
    named: "Path | None"
    create: bool = False


class Staged:
    """A staging folder, and the transaction that goes with it."""

    def __init__(self, place: Place, cause: "Cause", staging: Staging) -> None:
        self._place = place
        self._cause = cause
        self.staging = staging

    @contextmanager
    def writing(self) -> "Iterator[Transaction]":
        """Open the transaction, after finishing what killed processes left."""
        named, _, create = self._place.named, self._place.path, self._place.create
        with transaction(named, Transaction, NewNames.TAKEN, self._cause, create=create) as writer:
            recover_killed(writer, self.staging.folder)
            yield writer
        self.staging.is_committed = True

    def put(self, rows: EvidenceWriter, copies: "Sequence[Copied]") -> set[str]:
        """Put the files that are not there yet, or not any more, in their places. Return those that are back."""
        folder, unsound = self.staging.folder, self.staging.unsound
        missing = [one for one in copies if one.sha256 in unsound or not file_of(folder, one.sha256).exists()]
        self.staging.put([one for one in copies if rows.is_needed(one) or one in missing])
        restored = {one.sha256 for one in missing if not rows.is_needed(one)}
        for sha256 in sorted(restored):
            rows.note_restored(sha256)
        return restored


@contextmanager
def staged(place: Place, cause: "Cause") -> "Iterator[Staged]":
    """Yield a staging folder, and what opens the transaction in which its files get their rows.

    Raises:
        DatabaseError: the folder or the database cannot be written.
    """

    def settled(staging: Staging) -> None:
        with suppress(ScamcliError, sqlite3.Error, OSError):  # if the database is busy, the next command settles it
            evidence.settle_staging(place.path, staging)

    with evidence_folder.staging(own_folder_of(place.path), settled) as staging:
        yield Staged(place, cause, staging)


def recover_killed(writer: Transaction, folder: "Path") -> None:
    """Finish or revert what killed processes left in an evidence folder."""
    evidence_folder.recover(folder, lambda sha256: evidence.is_kept(writer.connection, sha256))


@contextmanager
def ingesting(
    place: Place, cause: "Cause", document: "Document", original: tuple[str, bytes] | None
) -> "Iterator[tuple[Transaction, Callable[[], None]]]":
    """Open the transaction of an ingest.

    Args:
        place: the database.
        cause: what the history records.
        document: the text that was read.
        original: the name and the content of the file that it was read from; ``None`` if it is not kept.

    Yields:
        The transaction, and a function that keeps the original. Call it after the text is stored.
    """
    if original is None:
        with transaction(place.named, Transaction, NewNames.TAKEN, cause, create=place.create) as writer:
            yield writer, lambda: None
        return
    name, content = original
    with staged(place, cause) as stage:
        copied = stage.staging.copy(content, name)
        sync(copied.path)
        with stage.writing() as writer:
            yield writer, lambda: _keep_original(stage, writer, copied, document)


def _keep_original(stage: Staged, writer: Transaction, copied: "Copied", document: "Document") -> None:
    rows = EvidenceWriter(writer.connection, writer.history)
    stage.put(rows, [copied])
    of = evidence.original_of(writer.connection, copied.sha256)
    rows.put(copied, Collected(source=document.about.outlet, url=document.about.url), original=of)
    rows.read_from(copied.sha256, snapshots.key_of(document.text), document.pages)
