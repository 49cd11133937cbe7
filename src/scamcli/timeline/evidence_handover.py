"""Copy evidence files to a folder for somebody else, and note that they were handed over."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, WrongUsageError
from scamcli.output.text.words import plural
from scamcli.store.connection import require_no_journal
from scamcli.store.evidence_folder import CHUNK, open_kept
from scamcli.store.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager

    from scamcli.timeline.evidence_rows import EvidenceRow

SUMS = "sha256sums.txt"
"""The file with the hashes, which ``sha256sum --check`` verifies."""

ABOUT = "evidence.json"
"""The file with everything about the files."""

_LONGEST = 120
"""The most characters of a file name, so that it fits every file system in any script."""


def require_unprotected(rows: Sequence[EvidenceRow], protected: Collection[str]) -> None:
    """Refuse to hand over files of protected persons.

    Raises:
        WrongUsageError: there are some; the hint says how to hand them over all the same.
    """
    found = [f"{row['sha256'][:12]} {row['name']}" for row in rows if row["sha256"] in protected]
    if found:
        message = f"{plural(len(found), 'file')} may name or show a protected person: {', '.join(found[:5])}"
        hint = "Files cannot be masked. Hand them over with --include-evidence-of-protected, or leave them out."
        raise WrongUsageError(f"{message}{' …' if len(found) > 5 else ''}.", hint)


def copied(rows: Sequence[EvidenceRow], target: Path) -> AbstractContextManager[Path]:
    """Copy files with their hashes and what is known about them into a temporary folder, which the caller renames.

    Raises:
        WrongUsageError: something is at the target, or it is for files of a timeline.
        DatabaseError: a file was altered or is missing, or the folder cannot be written.
    """
    from contextlib import contextmanager

    require_no_journal(target)

    @contextmanager
    def made() -> Iterator[Path]:
        try:
            with temporary_folder(target.absolute().parent) as folder:
                own = folder / "copies"
                own.mkdir(0o700)
                _fill(rows, own)
                yield own
        except OSError as error:
            raise DatabaseError(f"{target} cannot be written: {error.strerror}.", "Name another folder.") from error

    return made()


def _fill(rows: Sequence[EvidenceRow], folder: Path) -> None:
    names = _names(rows)
    for row in rows:
        _copy(row, folder / names[row["sha256"]])
    sums = "".join(f"{row['sha256']}  {names[row['sha256']]}\n" for row in rows)
    about = [{"copy": names[row["sha256"]], **row, "file": None} for row in rows]
    (folder / SUMS).write_text(sums, encoding="utf-8")
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _names(rows: Sequence[EvidenceRow]) -> dict[str, str]:
    """Return a name for each copy: its own, with only characters that all systems take, and with a hash if needed."""
    found: dict[str, str] = {}
    taken = {SUMS, ABOUT}
    for row in rows:
        name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", row["name"]).strip(". ")[-_LONGEST:] or "file"
        if name.casefold() in taken:
            name = f"{row['sha256'][:12]}-{name}"
        taken.add(name.casefold())
        found[row["sha256"]] = name
    return found


def _copy(row: EvidenceRow, target: Path) -> None:
    """Copy a file, and compare it with its hash meanwhile."""
    digest = sha256()
    try:
        stream = open_kept(Path(row["file"] or ""))
    except FileNotFoundError:
        raise DatabaseError(f"{row['name']} is missing.", "`scamcli evidence verify` lists such files.") from None
    with stream, target.open("xb") as out:
        target.chmod(0o600)
        while part := stream.read(CHUNK):
            digest.update(part)
            out.write(part)
    if digest.hexdigest() != row["sha256"]:
        raise DatabaseError(f"{row['name']} was altered, so it cannot be handed over.", "Restore it from a backup.")
