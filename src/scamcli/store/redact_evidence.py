"""Find the evidence files that may hold a name, and redact what is noted about files.

Files with a text are read, also inside e-mails and archives (`file_search`). Pictures and recordings cannot be
searched. A file cannot be rewritten either, because it would no longer be evidence; it can only be deleted.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from typing import TYPE_CHECKING, NamedTuple

from scamcli.language import folding, scripts
from scamcli.store import evidence, sealed_content
from scamcli.store.evidence_folder import file_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from scamcli.records.masking import Masker
    from scamcli.store.history import History

TOMBSTONE = "redacted"
"""The reason of a file that a redaction deleted, unless the redaction has a reason itself."""

_COLOURS = r"\x1b\[[\d;]*m"
"""What switches colours in the recording of a terminal, also between the letters of a name."""

HOLDS, LINKED, UNSEARCHED = "holds", "linked", "unsearched"


class FoundFile(NamedTuple):
    """A file that may hold what is redacted.

    Attributes:
        sha256: of the file.
        name: its name, redacted.
        media_type: its type.
        how: ``holds`` if its text contains the name, ``linked`` if it cannot be searched whole but belongs to a record
            or a text that does, ``unsearched`` if it cannot be searched whole.
        problem: what cannot be searched, in words.
    """

    sha256: str
    name: str
    media_type: str
    how: str
    problem: str = ""


class FileRedaction:
    """Redacts evidence in the transaction of a redaction.

    Args:
        folder: the evidence folder.
        drop: deletes files after the transaction; ``None`` if files are only listed.
        temporary: where large parts of a file are unpacked.
        progress: called with the number of bytes of files that were searched, and with the total.
    """

    def __init__(
        self, folder: "Path", drop: "Callable[[Iterable[str]], None] | None", temporary: "Path",
        progress: "Callable[[int, int], None]",
    ) -> None:  # fmt: skip
        self.folder = folder
        self._drop = drop
        self._temporary = temporary
        self._progress = progress
        self.found: list[FoundFile] = []

    def search(self, connection: "sqlite3.Connection", masker: "Masker", out: frozenset[str]) -> None:
        """Find the files that may hold a name, or that belong only to removed events. Call this first."""
        done, (total,) = 0, connection.execute("SELECT sum(size) FROM evidence WHERE removed IS NULL").fetchone()
        for sha256, content in sealed_content.evidence_contents(connection):
            if content["removed"] is None:
                self._progress(done, total)
                done += content["size"]
                how, problem = (
                    (_belongs(connection, content, out), "") if out else self._how(connection, masker, content)
                )
                if how:
                    name = _masked(masker, evidence.name_of(connection, sha256))
                    self.found.append(FoundFile(sha256, name, content["media_type"], how, problem))

    def _how(
        self, connection: "sqlite3.Connection", masker: "Masker", content: "Mapping[str, object]"
    ) -> tuple[str | None, str]:
        """Return how a file concerns the name, if it does, and what of it cannot be searched."""
        from scamcli.store.file_search import FileSearch

        people = evidence.people_in(connection, masker, dict(content))
        sha256 = str(content["sha256"])
        search, names = FileSearch(self._temporary), _words_of_names(masker)
        missing = {words: set(words) for words in names}
        for piece in search.texts(file_of(self.folder, sha256), evidence.name_of(connection, sha256)):
            text = re.sub(_COLOURS, "", piece) if "\x1b" in piece else piece
            if masker.named_in(text) or (people and masker.without(text, people) != text):
                return HOLDS, ""
            if masker.touches(text):
                found = folding.words_in_any_reading(text)
                for words in missing.values():
                    words.difference_update(found)
        problems = list(search.problems)
        if not all(missing.values()):  # in fields of their own, in two subtitles, with a footnote in between
            problems.append("the words of the name are in it, but apart")
        if not problems:
            return None, ""
        return LINKED if people else UNSEARCHED, ", ".join(problems)

    def rewrite(self, connection: "sqlite3.Connection", masker: "Masker", out: frozenset[str]) -> int:
        """Redact what is noted about files, and return how many texts change or are deleted."""
        for event_id in out:
            connection.execute("DELETE FROM evidence_event WHERE event = ?", [event_id])
        for old, new in masker.ids.items():
            connection.execute("UPDATE OR IGNORE evidence_event SET event = ? WHERE event = ?", [new, old])
        columns = [("evidence_source", column) for column in sealed_content.DESCRIPTION]
        columns += [("evidence", "removed"), ("custody", "detail")]
        deleted = 0 if self._drop is None else sum(one.how == HOLDS for one in self.found)
        return deleted + sum(_column(connection, masker, *one) for one in columns)

    def remove(self, connection: "sqlite3.Connection", history: "History") -> None:
        """Replace the files that hold it or belong to it by tombstones, unless files are only listed."""
        gone = [one.sha256 for one in self.found if one.how in (HOLDS, LINKED)]
        if self._drop is None or not gone:
            return
        self._drop(gone)
        rows = evidence.EvidenceWriter(connection, history)
        for sha256 in gone:
            rows.remove(sha256, history.cause.reason or TOMBSTONE)


def _words_of_names(masker: "Masker") -> set[frozenset[str]]:
    """Return the words of each name that has several, without initials."""
    forms = {form for forms in masker.forms.values() for form in forms}
    found = (frozenset(word for word in scripts.plain(form).split() if len(word) > 1) for form in forms)
    return {words for words in found if len(words) > 1}


def _belongs(connection: "sqlite3.Connection", content: dict[str, object], out: frozenset[str]) -> str | None:
    """Return whether a file is evidence of a removed event and of no other."""
    sql = (
        "SELECT event FROM evidence_event WHERE evidence = ?1 UNION SELECT event FROM origin"
        " JOIN evidence_text ON evidence_text.snapshot = origin.snapshot WHERE evidence = ?1"
    )
    events = {event for (event,) in connection.execute(sql, [content["sha256"]])}
    return LINKED if events & out and not events - out else None


def _masked(masker: "Masker", text: str) -> str:
    """Redact a text, which may be about anybody, so every single word of the name is masked too."""
    return masker.words_of(frozenset(masker.names)).mask(masker.text(text))


def _column(connection: "sqlite3.Connection", masker: "Masker", table: str, column: str) -> int:
    key = "evidence, change, action" if table == "custody" else "rowid"
    rows = connection.execute(f"SELECT {column}, {key} FROM {table} WHERE {column} IS NOT NULL").fetchall()  # noqa: S608 - our words
    changed = [(found, *keys) for text, *keys in rows if (found := _masked(masker, text)) != text]
    where = " AND ".join(f"{one} = ?" for one in key.split(", "))
    connection.executemany(f"UPDATE {table} SET {column} = ? WHERE {where}", changed)  # noqa: S608 - our words
    return len(changed)
