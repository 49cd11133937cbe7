"""Whatever somebody alters in a file is found, by ``info --verify`` alone or with a head that was kept elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from scamcli.store import heads
from tests.helpers import timestamp_authority
from tests.helpers.driver import event, ok, refused, run, take_in
from tests.helpers.manipulations import INDEXES, NAMED, Manipulation, alter, finders, generated, made, tables

CUSTODY = Path(__file__).parents[2] / "docs" / "custody.md"


class Kept(NamedTuple):
    """A timeline, and the head that somebody kept elsewhere."""

    path: Path
    head: heads.Head


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    if timestamp_authority.OPENSSL is None:
        pytest.skip("OpenSSL is not installed")
    path = made(tmp_path_factory.mktemp("sealed") / "sealed.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Kept(path, heads.head(connection))


def found(sealed: Kept, what: Manipulation, folder: Path) -> set[str]:
    """Return what finds a manipulation in a copy of the timeline."""
    copy = Path(shutil.copy(sealed.path, folder / "copy.db"))
    with closing(sqlite3.connect(copy)) as connection:
        alter(connection, what)
    return finders(copy, sealed.head)


def test_nothing_is_found_where_nothing_was_altered(sealed: Kept) -> None:
    assert finders(*sealed) == set()


@pytest.mark.parametrize("what", NAMED, ids=lambda what: what.words.replace(" ", "-"))
def test_each_is_found_by_what_the_documentation_says(sealed: Kept, what: Manipulation, tmp_path: Path) -> None:
    finder = "`--verify`" if "--verify" in found(sealed, what, tmp_path) else "`--verify --against`"
    assert found(sealed, what, tmp_path), what.words
    assert f"| {what.words[0].upper()}{what.words[1:]} | {finder} |" in CUSTODY.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_whatever_is_altered_in_any_table_is_found(sealed: Kept, tmp_path: Path) -> None:
    """What is not found in an index must be without effect on what a search finds."""
    missed, tried = [], Counter[str]()
    with closing(sqlite3.connect(sealed.path)) as connection:
        cases = {table: list(generated(connection, table)) for table in tables(connection)}
    for table, what in [(table, what) for table, altered in cases.items() for what in altered]:
        try:
            finder = found(sealed, what, tmp_path)
        except sqlite3.IntegrityError:  # SQLite refuses it by itself
            continue
        tried[table] += 1
        if not finder and not (table.startswith(INDEXES) and words(tmp_path / "copy.db") == words(sealed.path)):
            missed.append(what.words)
    assert missed == []
    assert set(tried) == set(cases)
    assert tried.total() > 300, "as docs/custody.md says"


def words(path: Path) -> list[list[tuple[int]]]:
    """Return what each index finds for each word of the timeline."""
    with closing(sqlite3.connect(path)) as connection:
        text = " ".join(str(one) for row in connection.execute("SELECT * FROM event_text") for one in row)
        return [
            connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", [word]).fetchall()
            for index in ("event_text", "event_stem")
            for word in sorted(set(re.findall(r"\w+", text)))
        ]


def test_a_head_proves_the_history_up_to_it(tmp_path: Path) -> None:
    db = ["--db", str(tmp_path / "a.db")]
    take_in(tmp_path / "a.db", event("e-1"))
    (tmp_path / "head.txt").write_text(head := ok("log", "--head", *db))
    ok("backup", str(tmp_path / "older.db"), *db)
    later = ok("log", "--head", *db)
    for given in (head, str(tmp_path / "head.txt"), later):
        assert "problems    0" in ok("info", "--verify", "--against", given, *db)


def test_a_head_that_does_not_fit_is_explained(tmp_path: Path) -> None:
    """An intact file is not called damaged because of a head: the head may be of another timeline."""
    db, older, other = (tmp_path / f"{name}.db" for name in ("a", "older", "other"))
    take_in(db, event("e-1"))
    ok("backup", str(older), "--db", str(db))
    take_in(other, event("e-1"))
    later = heads.parse(ok("log", "--head", "--db", str(db)))
    ended = f"the history ends with change {later.change - 1}, and the head is of change {later.change}"
    for path, given, words in (
        (older, later, ended),
        (other, later, ended),
        (db, later._replace(seal="0" * 64), f"change {later.change} has another seal than the head"),
    ):
        answer = run("info", "--verify", "--against", str(given), "--json", "--db", str(path))
        (row,) = json.loads(answer.out)
        assert (answer.code, row["part"], "damaged" in answer.err) == (5, "head", False)
        assert words in row["reason"]
        assert f"{path} does not have the history that this head is of." in answer.err
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM change WHERE id = 1")
    answer = run("info", "--verify", "--against", f"{heads.FORM} 1 {'0' * 64}", "--json", "--db", str(db))
    assert "change 1, which the head is of, is missing" in answer.out
    assert f"{db} is damaged" in answer.err


WRONG = [
    (["--verify", "--against", "nowhere.txt"], "neither a head nor a file"),
    (["--verify", "--against", "scamcli-head-1 0 " + "0" * 64], "is not a head"),
    (["--against", "scamcli-head-1 1 " + "0" * 64], "--against needs --verify"),
]


@pytest.mark.parametrize(("flags", "words"), WRONG)
def test_what_is_no_head_is_refused(db: Path, flags: list[str], words: str) -> None:
    refused(run("info", *flags, "--db", str(db)), 2, words)
