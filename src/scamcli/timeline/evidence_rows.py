"""The printable row of an evidence file, with protected names masked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict, cast

from scamcli.store import evidence, sealed_content
from scamcli.store.evidence_folder import file_of, folder_of
from scamcli.timeline.history import printed_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from scamcli.records.masking import Masker


class SourceRow(TypedDict):
    """How a file was collected."""

    name: str
    source: str | None
    url: str | None
    collected_by: str | None
    collected_at: str | None
    method: str | None
    tool: str | None
    note: str | None


class TextRow(TypedDict):
    """A text that was read from a file, and where each page begins in it, in characters."""

    sha256: str
    pages: list[int]


class CustodyRow(TypedDict):
    """What a change did to a file. ``detail`` names the recipient, or the original of a working copy."""

    change: int
    at: str
    by: str
    command: str
    action: str
    detail: str | None
    reason: str | None


class EvidenceRow(TypedDict):
    """An evidence file. ``file`` is its path, or ``None`` if it was removed; then ``removed`` is the reason.

    ``name`` and ``source`` are those of the first of ``sources``. ``copies`` are the working copies that
    were derived from it.
    """

    sha256: str
    name: str
    source: str | None
    media_type: str
    size: int
    file: str | None
    removed: str | None
    derived_from: str | None
    copies: list[str]
    sources: list[SourceRow]
    events: list[str]
    texts: list[TextRow]
    custody: list[CustodyRow]


KEYS = tuple(EvidenceRow.__annotations__)
"""The keys of an evidence file."""


def working_copies(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the working copies of each file that has any."""
    found: dict[str, list[str]] = {}
    sql = "SELECT derived_from, sha256 FROM evidence WHERE derived_from IS NOT NULL ORDER BY sha256"
    for original, sha256 in connection.execute(sql):
        found.setdefault(original, []).append(sha256)
    return found


def row(
    connection: sqlite3.Connection,
    masker: Masker | None,
    database: Path,
    sha256: str,
    copies: Mapping[str, list[str]] | None = None,
) -> EvidenceRow:
    """Return the row of a file. In texts about it, each word of the names of the persons that it shows is masked."""
    content = sealed_content.evidence_content(connection, sha256)
    shown = masking(connection, masker, content)
    sources = [
        cast("SourceRow", {key: shown(value) for key, value in zip(sealed_content.DESCRIPTION, one, strict=True)})
        for one in content["sources"]
    ]
    return {
        "sha256": sha256,
        "name": sources[0]["name"] if sources else sha256,
        "source": sources[0]["source"] if sources else None,
        "media_type": content["media_type"],
        "size": content["size"],
        "file": None if content["removed"] is not None else str(file_of(folder_of(database), sha256)),
        "removed": shown(content["removed"]),
        "derived_from": content["derived_from"],
        "copies": (working_copies(connection) if copies is None else copies).get(sha256, []),
        "sources": sources,
        "events": [printed_name(connection, "event", id_, masker) for (id_,) in content["events"]],
        "texts": [{"sha256": key, "pages": json.loads(pages or "[]")} for key, pages in content["texts"]],
        "custody": _custody(connection, shown, sha256),
    }


def masking(
    connection: sqlite3.Connection, masker: Masker | None, content: dict[str, object]
) -> Callable[[str | None], str | None]:
    """Return what masks a text about a file, given its `content`: each word of the names of whom it shows."""
    if masker is None:
        return lambda text: text
    people = evidence.people_in(connection, masker, content)
    return lambda text: text and masker.without(text, people)


def _custody(
    connection: sqlite3.Connection, shown: Callable[[str | None], str | None], sha256: str
) -> list[CustodyRow]:
    rows = connection.execute(
        "SELECT change, at, author, command, action, detail, reason FROM custody JOIN change ON id = change"
        " WHERE evidence = ? ORDER BY change, action",
        [sha256],
    ).fetchall()
    return [
        {
            "change": change, "at": at, "by": shown(by) or "", "command": command, "action": action,
            "detail": shown(detail), "reason": shown(reason),
        }
        for change, at, by, command, action, detail, reason in rows
    ]  # fmt: skip
