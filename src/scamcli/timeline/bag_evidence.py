"""Choose the evidence files for a bag, and copy them into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.output.text.words import plural
from scamcli.store.evidence import is_kept
from scamcli.store.evidence_folder import CHUNK, open_kept
from scamcli.store.history import successor
from scamcli.timeline import evidence_rows
from scamcli.timeline.history import printed_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator

    from scamcli.exchange.bags.evidence_list import EvidenceEntry
    from scamcli.exchange.bags.write import BagWriter
    from scamcli.records.masking import Masker

_LINKED = (
    "SELECT event FROM evidence_event WHERE evidence = ?1 UNION SELECT origin.event FROM evidence_text"
    " JOIN origin ON origin.snapshot = evidence_text.snapshot WHERE evidence_text.evidence = ?1 ORDER BY 1"
)


def chosen(
    connection: sqlite3.Connection,
    masker: Masker | None,
    database: Path,
    has: Callable[[str, str], bool],
    *,
    is_all: bool,
    only_copies: bool,
) -> Iterator[tuple[EvidenceEntry, Path | None]]:
    """Yield the evidence of the events in a bag, or all evidence, each with the path of the file if it is kept.

    Args:
        connection: The database, in a transaction.
        masker: Masks protected names.
        database: The path of the database.
        has: Whether a record, by its type and printed name, is in the bag.
        is_all: Take all evidence, also what is linked to no event.
        only_copies: Withhold originals that have working copies.
    """
    from scamcli.exchange.bags.evidence_list import path_in_bag

    for (sha256,) in connection.execute("SELECT sha256 FROM evidence ORDER BY sha256").fetchall():
        ids = [id_ for (id_,) in connection.execute(_LINKED, [sha256])]
        now = dict.fromkeys(successor(connection, "event", id_) or id_ for id_ in ids)
        events = [
            name for name in (printed_name(connection, "event", id_, masker) for id_ in now) if has("event", name)
        ]
        if not events and not is_all:
            continue
        row = evidence_rows.row(connection, masker, database, sha256)
        withheld = only_copies and any(is_kept(connection, copy) for copy in row["copies"])
        file = None if withheld or row["file"] is None else Path(row["file"])
        entry: EvidenceEntry = {
            "sha256": sha256, "size": row["size"], "media_type": row["media_type"], "name": row["name"],
            "derived_from": row["derived_from"], "sources": [dict(one) for one in row["sources"]], "events": events,
            "file": path_in_bag(sha256, row["name"]) if file else None, "removed": row["removed"],
            "withheld": withheld,
            "custody": [dict(one) for one in row["custody"]],
        }  # fmt: skip
        yield entry, file


def require_unprotected(entries: list[EvidenceEntry], protected: Collection[str], *, is_allowed: bool) -> list[str]:
    """Return a line for each file that concerns a protected person.

    Raises:
        WrongUsageError: there is one, although this is not allowed.
    """
    lines = [
        f"{entry['sha256'][:12]} {entry['name']}: {', '.join(entry['events']) or 'of no event'}"
        for entry in entries
        if entry["file"] and entry["sha256"] in protected
    ]
    if lines and not is_allowed:
        raise WrongUsageError(
            f"{plural(len(lines), 'evidence file')} may name or show a protected person, and cannot be masked.",
            "Nothing was written. Use filters, or hand them over with --include-evidence-of-protected.",
            tuple(lines),
        )
    return lines


def copy(bag: BagWriter, entry: EvidenceEntry, file: Path) -> None:
    """Copy a file into a bag, while comparing it with its hash.

    Raises:
        DatabaseError: it is missing or was altered.
    """
    hint = "`scamcli evidence verify` lists such files. Nothing was written."
    try:
        stream = open_kept(file)
    except FileNotFoundError:
        raise DatabaseError(f"The evidence file {entry['sha256'][:12]} is missing: {file}.", hint) from None
    with stream:
        written = bag.write(entry["file"] or "", iter(lambda: stream.read(CHUNK), b""))
    if written.digests["sha256"] != entry["sha256"]:
        raise DatabaseError(f"The evidence file {entry['sha256'][:12]} was altered.", hint)
