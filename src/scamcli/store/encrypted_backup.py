"""Make a copy of a database that is encrypted with age, for the owners of some public keys (age-encryption.org/v1).

SQLite can copy a database that others use only to another database, so there has to be a plain copy for a moment. It is
made in the folder of the database, where the data are in plain form anyway, and never beside the target, which may be a
memory stick or a cloud folder. It loses its name before anything is written to it. So the system frees its space
when the process ends in whatever way, and no later command needs to clean up.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from scamcli.errors import DatabaseError, WrongUsageError, quote, require_installed
from scamcli.records import limits
from scamcli.store import backup
from scamcli.store.connection import translate_sqlite_errors
from scamcli.store.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import BufferedReader
    from pathlib import Path

    from pyrage import ssh, x25519

    Key = x25519.Recipient | ssh.Recipient

SUFFIX = ".age"

LONGEST_KEY = 10_000
"""The longest public key, in characters. One of RSA with 16,384 bits has 2,800."""


def recipients(keys: Sequence[str], files: Sequence[Path]) -> list[Key]:
    """Return the keys of those who can decrypt a copy, from public keys and from files with one in each line.

    Raises:
        WrongUsageError: a key or file cannot be read, a file has no key, or pyrage is not installed.
    """
    require_installed("age", "Encryption needs", "pyrage")
    found = [_key(word, "--encrypt") for word in keys]
    for path in files:
        lines = enumerate(_lines(path), start=1)
        listed = [_key(line, f"{path}:{number}") for number, line in lines if line and not line.startswith("#")]
        if not listed:
            raise WrongUsageError(f"{path} holds no public key.", "Expected one in each line, as for `age -R`.")
        found += listed
    return found


def _lines(path: Path) -> list[str]:
    limits.require_no_device(path)
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except OSError as error:
        raise WrongUsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongUsageError(f"{path} is not a text; expected one public key in each line.") from error


def _key(word: str, place: str) -> Key:
    """Return a public key. A message never quotes what may be a secret one."""
    import pyrage

    word = word.strip()
    if "SECRET-KEY" in word.upper() or "PRIVATE KEY" in word.upper():
        raise WrongUsageError(
            f"{place}: This is a secret key; expected a public one.", "`age-keygen -y FILE` prints the public key."
        )
    try:
        if len(word) > LONGEST_KEY:
            raise pyrage.RecipientError("too long")
        if word.startswith("age1"):
            return pyrage.x25519.Recipient.from_str(word)
        if word.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(word)
    except pyrage.RecipientError as error:
        raise WrongUsageError(f"{place}: {quote(word[:80])} is not a valid public key.", _EXPECTED) from error
    raise WrongUsageError(f"{place}: {quote(word[:80])} is not a public key.", _EXPECTED)


_EXPECTED = 'Expected a key of age ("age1…", from `age-keygen`) or of ssh ("ssh-ed25519 …" or "ssh-rsa …").'


def copy(source: sqlite3.Connection, target: Path, *, database: Path, keys: Sequence[Key]) -> None:
    """Encrypt the database as a connection sees it to a new file, which appears when complete.

    Args:
        source: a connection to the database.
        target: the file to make.
        database: the path of the database.
        keys: who can decrypt it.

    Raises:
        WrongUsageError: something exists at the target.
        DatabaseError: the copy cannot be made, or the source is damaged. No partial copy is left.
    """
    backup.require_new(target)
    try:
        with temporary_folder(target.parent) as folder, plain_copy(source, database) as plain:
            part = folder / "copy.age"
            encrypt(plain, part, keys, target)
            backup.publish(part, target)
    except OSError as error:
        raise DatabaseError(f"{target} cannot be created: {error.strerror}.", "Name another file.") from error


def encrypt(plain: BufferedReader, part: Path, keys: Sequence[Key], target: Path) -> None:
    """Encrypt a stream to a new file, which gets the name of the target later.

    Raises:
        DatabaseError: it cannot be encrypted.
        OSError: the file cannot be written.
    """
    import pyrage

    part.touch(0o600)
    try:
        with part.open("wb") as stream:
            pyrage.encrypt_io(plain, stream, keys)
    except pyrage.EncryptError as error:
        raise DatabaseError(f"{target} cannot be encrypted: {error}.", "Nothing was written.") from error


@contextmanager
def plain_copy(source: sqlite3.Connection, database: Path) -> Iterator[BufferedReader]:
    """Yield a plain copy of a database, in a file without a name."""
    try:
        with temporary_folder(database.parent) as folder:
            part = folder / "copy.db"
            part.touch(0o600)
            with part.open("rb") as stream, translate_sqlite_errors(database):
                with closing(sqlite3.connect(part, isolation_level=None)) as copied:
                    copied.execute("PRAGMA journal_mode = OFF")  # a journal would be a second file, with a name
                    if os.name == "posix":  # elsewhere, an open file keeps its name until the folder is deleted
                        part.unlink()
                    source.backup(copied)
                backup.require_sound(source)  # SQLite does not read from a file without a name
                yield stream
    except PermissionError as error:
        raise DatabaseError(
            f"The copy passes through {database.parent}, which cannot be written: {error.strerror}.",
            "Copy the database to a folder of your own that is encrypted, and use that copy.",
        ) from error
