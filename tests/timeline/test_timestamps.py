"""Timestamps of heads: asked for, given by an authority of our own, checked, kept, checked again and written out."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import timestamp_authority
from tests.helpers.driver import ok, process, refused, run
from tests.helpers.timestamp_authority import Authority

if TYPE_CHECKING:
    from pathlib import Path

if timestamp_authority.OPENSSL is None:
    pytest.skip("OpenSSL is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def head(db: Path) -> bytes:
    return ok("log", "--head", "--db", str(db)).encode()


def asked(db: Path, path: Path) -> bytes:
    assert ok("log", "--timestamp-request", str(path), "--db", str(db)) == f"{path}\n"
    return path.read_bytes()


def answered(db: Path, folder: Path, authority: Authority) -> Path:
    """The file with a reply to a new request."""
    folder.mkdir()
    path = folder / "reply.tsr"
    path.write_bytes(authority.reply(asked(db, folder / "q.tsq")))
    return path


def problems(db: Path) -> list[str]:
    answer = run("info", "--verify", "--json", "--db", str(db))
    return [row["reason"] for row in json.loads(answer.out)] if answer.code else []


def test_from_the_request_to_openssl(db: Path, tmp_path: Path, authority: Authority) -> None:
    before, row = head(db), json.loads(ok("log", "--json", "--limit", "1", "--db", str(db)))[0]
    reply = answered(db, tmp_path / "a", authority)
    assert head(db) == before, "a request is no change"
    assert (tmp_path / "a" / "q.tsq").stat().st_mode & 0o777 == 0o600
    told = run("log", "--timestamp", str(reply), "--ca", str(authority.ca), "--json", "--db", str(db))
    assert told.code == 0, told
    kept = json.loads(told.out)
    assert (kept["change"], kept["authority"]) == (row["change"], "Clock of the test")
    assert "the certificate leads to Root of the test" in kept["checked"]
    assert "it answers a request that was made here" in kept["checked"]
    assert [one for one in kept["not_checked"] if "revoked" in one] == kept["not_checked"]
    assert "Not checked: whether the certificate was revoked" in told.err
    rows = json.loads(ok("log", "--json", "--db", str(db)))
    assert (rows[0]["command"], rows[0]["timestamps"]) == ("log --timestamp", [])
    assert rows[1]["timestamps"] == [{"at": kept["at"], "authority": "Clock of the test"}]
    assert f"timestamp of {kept['at']} by Clock of the test" in ok("log", "--db", str(db)).replace("\n", " ")
    assert problems(db) == []
    again = run("log", "--timestamp", str(reply), "--db", str(db))
    assert (again.code, "kept already" in again.err) == (0, True)
    assert len(json.loads(ok("log", "--json", "--db", str(db)))) == len(rows), "nothing changed"
    out = tmp_path / "out"
    out.mkdir()
    (path,) = ok("log", "--write-timestamps", str(out), "--db", str(db)).splitlines()
    name = f"change-{row['change']}"
    assert {one.name for one in out.iterdir()} == {f"{name}.tsr", f"{name}.head.txt"}
    assert (out / f"{name}.head.txt").read_bytes() == before
    assert authority.accepts((out / f"{name}.tsr").read_bytes(), (out / f"{name}.head.txt").read_bytes())
    assert path == str(out / f"{name}.tsr")
    refused(run("log", "--write-timestamps", str(out), "--db", str(db)), 2, "already exists")
    refused(run("log", "--timestamp-request", str(reply), "--db", str(db)), 2, "already exists")


def test_an_earlier_head_and_a_second_authority(db: Path, tmp_path: Path, authority: Authority) -> None:
    first = answered(db, tmp_path / "a", authority)
    other = Authority(tmp_path / "other")
    second = tmp_path / "second.tsr"
    second.write_bytes(other.reply((tmp_path / "a" / "q.tsq").read_bytes()))
    ok("add", "--date", "2023-01-02", "--kind", "raid", "--title", "Later", "--db", str(db))
    for path in (first, second):
        told = run("log", "--timestamp", str(path), "--db", str(db))
        assert (told.code, "give the certificate of its root with --ca" in told.err) == (0, True), told
    (tmp_path / "out").mkdir()
    assert len(ok("log", "--write-timestamps", str(tmp_path / "out"), "--db", str(db)).splitlines()) == 2
    assert len({path.name for path in (tmp_path / "out").iterdir()}) == 4
    assert problems(db) == []


def test_a_time_that_has_not_come_yet_is_named(
    db: Path, tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = answered(db, tmp_path / "a", authority)
    monkeypatch.setattr("scamcli.exchange.rfc3161.reply.CLOCKS_DIFFER", timedelta(days=-31))  # as if a month later
    told = run("log", "--timestamp", str(reply), "--db", str(db))
    assert (told.code, "has not come yet, by the clock of this machine" in told.err.replace("\n", " ")) == (0, True), (
        told
    )


def test_a_request_that_was_made_elsewhere(db: Path, tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "head.txt").write_bytes(head(db))
    argv = ["openssl", "ts", "-query", "-data", str(tmp_path / "head.txt"), "-sha256", "-cert", "-no_nonce"]
    query = subprocess.run(argv, check=True, capture_output=True).stdout
    (tmp_path / "r.tsr").write_bytes(authority.reply(query))
    kept = json.loads(ok("log", "--timestamp", str(tmp_path / "r.tsr"), "--json", "--db", str(db)))
    assert any("none was made here" in one for one in kept["not_checked"])


def test_a_request_that_cannot_be_written_is_not_remembered(db: Path, tmp_path: Path) -> None:
    refused(run("log", "--timestamp-request", str(tmp_path / "no" / "q.tsq"), "--db", str(db)), 5, "cannot be written")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM timestamp_request").fetchone() == (0,)


def test_replies_that_are_refused(db: Path, tmp_path: Path, authority: Authority) -> None:
    """Each with a plain reason, and the file stays as it was."""
    from scamcli.exchange.rfc3161 import request

    good = answered(db, tmp_path / "a", authority).read_bytes()
    imprint, other = sha256(head(db)).digest(), Authority(tmp_path / "other")
    cases: dict[str, tuple[bytes, str]] = {
        "other imprint": (authority.reply(request.request(sha256(b"x").digest(), 1)), "other than a head"),
        "other nonce": (authority.reply(request.request(imprint, 5)), "its nonce differs"),
        "flipped": (good[:-1] + bytes([good[-1] ^ 1]), "its signature does not belong to it"),
        "cut": (good[:-1], "cannot be read"),
        "other root": (other.reply((tmp_path / "a" / "q.tsq").read_bytes()), "does not lead to"),
        "page": (b"<html>404</html>", "cannot be read"),
    }
    before = ok("log", "--json", "--db", str(db))
    for name, (content, words) in cases.items():
        path = tmp_path / f"{name}.tsr"
        path.write_bytes(content)
        answer = run("log", "--timestamp", str(path), "--ca", str(authority.ca), "--db", str(db))
        refused(answer, 4, f"{path}: ", words)
    refused(run("log", "--timestamp", str(tmp_path / "no.tsr"), "--db", str(db)), 4, "cannot be read")
    refused(run("log", "--ca", str(authority.ca), "--db", str(db)), 2, "--ca needs --timestamp")
    refused(run("log", "--head", "--timestamp", "x.tsr", "--db", str(db)), 2, "only one of")
    assert ok("log", "--json", "--db", str(db)) == before


ALTERED = {
    "reply": ("UPDATE timestamp SET reply = zeroblob(2000)", "not valid any more"),
    "time": ("UPDATE timestamp SET at = '2020-01-01T00:00:00Z'", "another time or authority"),
    "authority": ("UPDATE timestamp SET authority = 'Somebody'", "another time or authority"),
    "change": ("UPDATE timestamp SET change = change - 1", "for another head"),
    "seal": ("UPDATE change SET seal = '0' WHERE id = (SELECT change FROM timestamp)", "for another head"),
    "gone": ("DELETE FROM timestamp", "it is gone"),
}  # fmt: skip


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> bytes:
    """A database with a timestamp, as bytes."""
    folder = tmp_path_factory.mktemp("stamped")
    path = folder / "t.db"
    ok("init", str(path), "--empty")
    for title in ("First", "Second"):
        ok("add", "--date", "2023-01-02", "--kind", "raid", "--title", title, "--db", str(path))
    ok("log", "--timestamp", str(answered(path, folder / "a", authority)), "--db", str(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.mark.parametrize("what", ALTERED)
def test_altered_timestamps_are_found(stamped: bytes, tmp_path: Path, what: str) -> None:
    path, (sql, words) = tmp_path / "t.db", ALTERED[what]
    path.write_bytes(stamped)
    assert problems(path) == []
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)
    assert any(words in one for one in problems(path)), problems(path)


def test_without_the_libraries(stamped: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.write_bytes(stamped)
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "sitecustomize.py").write_text(
        "import importlib.util as u\nreal = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'asn1crypto' else real(name, *more)\n",
        encoding="utf-8",
    )
    env: dict[str, Any] = {"PYTHONPATH": str(tmp_path / "hidden")}
    for flag in ("--timestamp-request", "--timestamp"):
        answer = process("log", flag, str(tmp_path / "hidden" / "sitecustomize.py"), "--db", str(path), **env)
        refused(answer, 2, "asn1crypto, which is not installed", "pip install '.[timestamp]'")
    answer = process("info", "--verify", "--db", str(path), **env)
    assert (answer.code, "The timestamps were not checked" in answer.err) == (0, True), answer
