"""``backup --encrypt``: only the owners of the keys can read it, and nothing of it is ever on a disk in plain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, event, export, ok, take_in

if TYPE_CHECKING:
    from pathlib import Path

pyrage = pytest.importorskip("pyrage")

NAME = "Dara Veasna"
OWNER, OTHER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
KEY, OTHER_KEY = str(OWNER.to_public()), str(OTHER.to_public())


@pytest.fixture
def named(db: Path) -> Path:
    take_in(db, actor(NAME, protected=True), event("e-9", actors=[{"name": NAME, "role": "victim"}]))
    return db


def encrypted(db: Path, target: Path, *keys: str) -> bytes:
    ok("backup", str(target), *(word for key in keys for word in ("--encrypt", key)), "--db", str(db))
    return target.read_bytes()


@pytest.mark.parametrize("identity", [OWNER, OTHER])
def test_each_key_decrypts_the_whole(named: Path, tmp_path: Path, identity: object) -> None:
    made = encrypted(named, tmp_path / "copy.age", KEY, OTHER_KEY)
    assert (tmp_path / "copy.age").stat().st_mode & 0o777 == 0o600
    assert made.startswith(b"age-encryption.org/v1\n")
    assert NAME.encode() not in made
    (tmp_path / "again.db").write_bytes(pyrage.decrypt(made, [identity]))
    assert export(tmp_path / "again.db") == export(named)
    assert '"problems": 0' in ok("info", "--verify", "--json", "--db", str(tmp_path / "again.db"))
