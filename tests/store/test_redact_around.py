"""Around a redaction: copies, readers that are in the way, the question on a terminal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.driver import export, ok, process, refused, run
from tests.helpers.raw_search import holds, raw, stored
from tests.helpers.redaction_cases import NAME, WORDS, clean, on_terminal


def test_copies_that_are_known_are_listed(plain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Zovanny Quexley copies"
    folder.mkdir()
    one = ok("backup", str(tmp_path / "one.db"), "--db", str(plain)).strip()
    two = ok("backup", str(folder), "--db", str(plain)).strip()
    gone = ok("backup", "--db", str(plain)).strip()
    Path(gone).unlink()
    assert "backup.path" in stored(plain, WORDS)
    answer = run("redact", "--yes", NAME, "--db", str(plain))
    assert answer.code == 0, answer
    assert one in answer.err
    assert "copies/kept." in answer.err
    assert gone not in answer.err
    assert Path(two).exists(), "it is told of, not touched"
    assert stored(Path(one), WORDS), "it is told of, not touched"
    assert "backup.path" not in stored(plain, WORDS)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("then", [["search", "--count"], ["edit", "e-other", "--note", "N"]], ids=" ".join)
def test_a_reader_is_in_the_way(plain: Path, then: list[str]) -> None:
    with closing(sqlite3.connect(plain, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        (before,) = reader.execute("SELECT count(*) FROM event WHERE record LIKE '%Zovanny%'").fetchone()
        answer = run("redact", "--yes", NAME, "--db", str(plain))
        assert answer.code == 5, answer
        assert "not finished" in answer.err
        assert stored(plain, WORDS) >= {"utf-8"}, "the bytes are there still"
        assert not holds(export(plain), WORDS), "though no record says it any more"
        assert "not finished" in run("search", "--db", str(plain)).err
        (after,) = reader.execute("SELECT count(*) FROM event WHERE record LIKE '%Zovanny%'").fetchone()
        assert after == before > 0
        reader.execute("ROLLBACK")
    answer = run(*then, "--db", str(plain))
    assert answer.code == 0, answer
    assert "not finished" not in answer.err
    clean(plain)


@pytest.mark.parametrize(("keys", "code"), [(b"y\n", 0), (b"n\n", 130), (b"\x03", 130)])
def test_on_a_terminal_it_asks(plain: Path, keys: bytes, code: int) -> None:
    before = raw(plain)
    answer = on_terminal(plain, keys)
    assert "cannot be undone" in answer.err
    assert "Traceback" not in answer.err
    assert answer.code == code
    if code == 0:
        clean(plain)
    else:
        assert (raw(plain), answer.out.strip()) == (before, "")


@pytest.mark.parametrize("said", [b"", b"y\n"])
def test_without_a_terminal_it_wants_to_be_told(plain: Path, said: bytes) -> None:
    before = raw(plain)
    refused(process("redact", NAME, "--db", str(plain), stdin=said), 2, "--yes")
    assert raw(plain) == before
    assert process("redact", NAME, "--yes", "--db", str(plain)).code == 0
    clean(plain)


# Defects, each as small as it gets.


@pytest.mark.usefixtures("impatient")
def test_a_copy_made_before_it_is_finished(plain: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(plain, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        assert run("redact", "--yes", NAME, "--db", str(plain)).code == 5
        answer = run("backup", str(tmp_path / "copy.db"), "--db", str(plain))
        reader.execute("ROLLBACK")
    assert answer.code == 5 or b"ovanny" not in (tmp_path / "copy.db").read_bytes()
