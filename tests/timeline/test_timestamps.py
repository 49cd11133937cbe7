"""Timestamps of heads: asked for, given by an authority of our own, checked, kept, checked again and written out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.helpers import timestamp_authority
from tests.helpers.driver import ok, refused, run
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
