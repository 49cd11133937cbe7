# ruff: noqa: E501 - tables
"""Look for a name where it must not be: every table, the full-text vocabulary, the raw bytes, the output."""

from __future__ import annotations

import sqlite3
import unicodedata
import zlib
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.language import names, scripts
from tests.helpers.driver import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIXES = ("", "-wal", "-shm", "-journal")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")

READING: list[list[str]] = [
    ["search"], ["timeline"], ["stats"], ["stats", "events"], ["stats", "events", "--by", "actor"], ["stats", "rescues"],
    ["stats", "rescues", "--by", "actor", "--explain"], ["stats", "rescues", "--by", "group", "--cite"], ["responses"],
    ["conflicts"], ["check"], ["actors"], ["sites"], ["log"], ["sql"], ["sql", "SELECT * FROM events"], ["sql", "SELECT * FROM figures"],
    ["sql", "SELECT * FROM actors"], ["info"], ["info", "--verify"], ["review"], ["search", "--drafts"],
    ["evidence", "list"], ["evidence", "list", "--removed"], ["evidence", "verify"],
]  # fmt: skip
"""Commands that print what a whole timeline holds; those of single records are added by ``printed``."""


def forms(word: str) -> set[str]:
    """How a word may be written: each case, composed or not, and as it is indexed and folded."""
    cases = {word, word.lower(), word.upper(), word.title(), word.casefold()}
    folded = {names.normalise(word), names.fold(word), scripts.plain(word), scripts.index_text(word)}
    found = {unicodedata.normalize(form, one) for one in cases | folded for form in ("NFC", "NFD")}
    return {one for one in found if one}


def raw(db: Path | str) -> bytes:
    """The bytes of a database and of the files beside it."""
    return b"".join(path.read_bytes() for suffix in SUFFIXES if (path := Path(f"{db}{suffix}")).exists())


def in_bytes(db: Path | str, words: Iterable[str]) -> set[str]:
    """Return the encodings in which one of the words is in the raw bytes, whatever its case."""
    data = raw(db)
    both = (data, data.lower())  # of UTF-16 as well: the other byte of an ASCII letter is 0
    return {
        encoding
        for encoding in ENCODINGS
        for word in words
        for form in forms(word)
        if any(form.encode(encoding) in one for one in both)
    }


def columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every column of every table, the shadow tables of full text included."""
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            yield table, column
        if table.endswith(("_content", "_data", "_idx", "_docsize", "_config")):
            assert connection.execute(f'PRAGMA table_info("{table}")').fetchall(), table


def in_tables(db: Path | str, words: Iterable[str]) -> set[str]:
    """The columns that hold one of the words: ``event.record``."""
    wanted = {form for word in words for form in forms(word)}
    encoded = {form.encode(encoding) for form in wanted for encoding in ENCODINGS}
    found = set()
    with closing(sqlite3.connect(db)) as connection:
        for table, column in columns(connection):
            for (value,) in connection.execute(f'SELECT "{column}" FROM "{table}"'):
                value = opened(value)
                text = value.casefold() if isinstance(value, str) else None
                if text is not None and (any(one in text or one in scripts.plain(text) for one in wanted)):
                    found.add(f"{table}.{column}")
                if isinstance(value, bytes) and any(one in value or one in value.lower() for one in encoded):
                    found.add(f"{table}.{column}")
    return found


def opened(value: object) -> object:
    """A value, or the text that is compressed in it: its raw bytes show no word."""
    if isinstance(value, bytes):
        with suppress(zlib.error, UnicodeDecodeError):
            return zlib.decompress(value).decode()
    return value


def vocabulary(db: Path | str) -> set[str]:
    """The terms of the full-text index."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, event_text, 'row')")
        return {term for (term,) in connection.execute("SELECT term FROM temp.vocabulary")}


def stored(db: Path | str, words: Iterable[str]) -> set[str]:
    """Return where in the files of a database one of the words is: columns, encodings, ``vocabulary``."""
    words = list(words)
    found = in_bytes(db, words) | in_tables(db, words)
    terms = vocabulary(db)  # one by one: side by side, two that belong to other words can look like a name
    if any(form in term for term in terms for word in words for form in forms(word)):
        found.add("vocabulary")
    return found


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of the words, whatever its case and accents."""
    plain = f"{text.casefold()} {scripts.plain(text)} {scripts.clean(text).casefold()}"
    return any(form in plain for word in words for form in forms(word))


def of_records(db: Path | str) -> list[list[str]]:
    """Commands about each event that is there or was, each actor, site, change and file; run with names shown."""
    with closing(sqlite3.connect(db)) as connection:
        ids = [id_ for (id_,) in connection.execute("SELECT id FROM event")]
        rows = connection.execute("SELECT DISTINCT type, name FROM change_record").fetchall()
        files = [sha256 for (sha256,) in connection.execute("SELECT sha256 FROM evidence")]
        numbers = connection.execute("SELECT id, at FROM change").fetchall()
        own = connection.execute("SELECT type, name FROM term WHERE type IN ('actor', 'site')").fetchall()
    asked = [[*show, id_] for id_ in ids for show in (["show"], ["show", "--passage"])]
    for type_, name in rows:
        if type_ == "event":
            asked += [["show", name, "--history"], ["log", name], ["evidence", "list", "--removed", "--event", name]]
            asked += [["show", name, "--at", at] for at in {at for _, at in numbers}]
        elif type_ in {"actor", "site"}:
            asked += [["log", f"--{type_}", name]]
    asked += [["log", "--change", str(number)] for number, _ in numbers]
    asked += [["evidence", "show", sha256] for sha256 in files]
    return asked + [[f"{type_}s", name] for type_, name in own]


def printed(db: Path | str, *flags: str, formats: Iterable[str] = ("", *FORMATS)) -> Iterator[tuple[list[str], str]]:
    """What every command prints about everything, in every format, with what it says on stderr.

    ``export`` and completion are apart.
    """
    for args in [*READING, *of_records(db)]:
        for format_ in formats:
            extra = ["--format", format_] if format_ else []
            asked = [*args, *extra, *flags, "--db", str(db)]
            answer = run(*asked)
            assert answer.code != 70, answer
            yield asked, answer.out + answer.err
