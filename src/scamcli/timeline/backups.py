"""Copy a timeline, with its evidence or without it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from scamcli.errors import IncompleteCopyError, WrongUsageError
from scamcli.output.text.words import plural
from scamcli.store import backup, evidence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scamcli.store.encrypted_backup import Key

MOST_NAMED = 20
"""How many files a note names."""


def keys_of(words: Sequence[str], files: Sequence[Path]) -> list[Key]:
    """Return public keys, from their texts and from files with one in each line.

    Raises:
        WrongUsageError: one is not valid, or pyrage is not installed.
    """
    if not words and not files:
        return []
    from scamcli.store import encrypted_backup

    return encrypted_backup.recipients(words, files)


def make(
    source: sqlite3.Connection, path: Path, target: Path | None, *, keys: list[Key], with_evidence: bool,
    progress: Callable[[int, int], None],
) -> tuple[Path, list[str]]:  # fmt: skip
    """Copy a database, and return the path of the copy and messages about it, which are not masked.

    Args:
        source: a connection to the database.
        path: the path of the database.
        target: what to make, or a folder to make it in; by default that of the database.
        keys: who can decrypt the copy.
        with_evidence: also copy the evidence.
        progress: called with the number of bytes of evidence that were copied, and with the total.

    Raises:
        WrongUsageError: something exists at the target.
        DatabaseError: the copy cannot be made, or the database is damaged.
        IncompleteCopyError: the copy was made, but evidence files are missing or altered.
    """
    if with_evidence:
        return _make_full(source, path, target, keys, progress)
    if keys:
        from scamcli.store import encrypted_backup

        write = partial(encrypted_backup.copy, database=path, keys=keys)
        made, notes = backup.make(source, path, target, write, f"{path.suffix}{encrypted_backup.SUFFIX}")
    else:
        made, notes = backup.make(source, path, target)
    return made, [*notes, *_left_out(source)]


def _left_out(source: sqlite3.Connection) -> list[str]:
    sql = "SELECT count(*), sum(size) FROM evidence WHERE removed IS NULL"
    number, size = source.execute(sql).fetchone()
    if not number:
        return []
    verb = "is" if number == 1 else "are"
    return [
        f"{plural(number, 'evidence file')} ({plural(size, 'byte')}) {verb} not in the copy."
        " `scamcli backup --with-evidence` copies both."
    ]


def _make_full(
    source: sqlite3.Connection, path: Path, target: Path | None, keys: list[Key], progress: Callable[[int, int], None]
) -> tuple[Path, list[str]]:
    from scamcli.store import full_backup

    if not keys and target is not None and target.suffix == ".db" and not target.is_dir():
        raise WrongUsageError(
            f"With its evidence, a copy is a folder, not a file such as {target.name}.", "Name a folder."
        )
    copier = full_backup.FullBackup(path, keys, progress)
    made, notes = backup.make(source, path, target, copier.copy, full_backup.SUFFIX if keys else "")
    wrong = [f"{evidence.name_of(source, sha256)} ({sha256[:12]})" for sha256 in copier.wrong]
    if wrong:
        more = f" and {len(wrong) - MOST_NAMED:,} more" if len(wrong) > MOST_NAMED else ""
        listed = f"{', '.join(wrong[:MOST_NAMED])}{more}"
        raise IncompleteCopyError(
            f"{plural(len(wrong), 'evidence file')} missing, altered or unreadable, here as in the copy: {listed}.",
            "`scamcli evidence verify` says what is wrong with them. The copy was kept.",
            made,
        )
    return made, notes
