"""``backup --encrypt``: only the owners of the keys can read it, and nothing of it is ever on a disk in plain form."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from tests.helpers.driver import COMMAND, actor, event, export, ok, process, refused, run, take_in

pyrage = pytest.importorskip("pyrage")

NAME = "Dara Veasna"
OWNER, OTHER = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
KEY, OTHER_KEY = str(OWNER.to_public()), str(OTHER.to_public())
MAGIC = b"SQLite format 3"


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


def test_another_key_decrypts_nothing(named: Path, tmp_path: Path) -> None:
    made = encrypted(named, tmp_path / "copy.age", KEY)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made, [OTHER])
    at = len(made) // 2
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :], [OWNER])


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")
def test_age_decrypts_it_with_its_own_and_with_ssh_keys(named: Path, tmp_path: Path) -> None:
    secret, ssh = tmp_path / "key.txt", tmp_path / "id"
    public = subprocess.run(["age-keygen", "-o", secret], check=True, capture_output=True, text=True).stderr.split()[-1]
    keys = [secret]
    listed = tmp_path / "recipients.txt"
    listed.write_text(f"# the newsroom\n\n{public}\n", encoding="utf-8")
    if shutil.which("ssh-keygen"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ssh], check=True)
        listed.write_text(listed.read_text() + ssh.with_suffix(".pub").read_text(), encoding="utf-8")
        keys.append(ssh)
    made = ok("backup", str(tmp_path), "--encrypt-to", str(listed), "--db", str(named)).rstrip("\n")
    assert made.endswith(".db.age")
    for key in keys:
        plain = subprocess.run(["age", "-d", "-i", key, made], check=True, capture_output=True).stdout
        (tmp_path / "again.db").write_bytes(plain)
        assert export(tmp_path / "again.db") == export(named)


WRONG = {
    "age1qqqqqq": "not a valid public key",
    KEY[:-1] + ("q" if KEY[-1] != "q" else "p"): "not a valid public key",
    "ssh-ed25519 AAAA": "not a valid public key",
    "someone@example.org": "not a public key",
    "": "not a public key",
    "ssh-rsa " + "A" * 20_000: "not a valid public key",
    str(OWNER): "secret key",
    "-----BEGIN OPENSSH PRIVATE KEY-----": "secret key",
}


@pytest.mark.parametrize("key", WRONG, ids=range(len(WRONG)))  # some keys are random, and differ between processes
def test_what_is_no_public_key_is_refused(db: Path, tmp_path: Path, key: str) -> None:
    listed = tmp_path / "keys.txt"
    listed.write_text(f"{KEY}\n{key or 'x'}\n", encoding="utf-8")
    for answer in (
        run("backup", str(tmp_path / "c.age"), "--encrypt", KEY, f"--encrypt={key}", "--db", str(db)),
        run("backup", str(tmp_path / "c.age"), "--encrypt-to", str(listed), "--db", str(db)),
    ):
        refused(answer, 2, WRONG[key])
        assert str(OWNER)[20:40] not in answer.err
    assert "keys.txt:2: " in answer.err
    assert not (tmp_path / "c.age").exists()


def test_files_without_keys_are_refused(db: Path, tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary"
    empty.write_text("# nobody yet\n", encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    for path, words in ((empty, "no public key"), (binary, "not a text"), (tmp_path / "no", "cannot be read")):
        refused(run("backup", str(tmp_path / "c.age"), "--encrypt-to", str(path), "--db", str(db)), 2, words)
    assert not (tmp_path / "c.age").exists()


def test_it_writes_over_nothing_and_is_listed(named: Path, tmp_path: Path) -> None:
    encrypted(named, tmp_path / "copy.age", KEY)
    again = run("backup", str(tmp_path / "copy.age"), "--encrypt", KEY, "--db", str(named))
    refused(again, 2, "already exists")
    told = process("redact", NAME, "--yes", "--db", str(named))
    assert f"This copy still exists and may still contain it: {tmp_path / 'copy.age'}" in told.err


def test_a_copy_that_is_opened_in_spite_of_its_encryption(named: Path, tmp_path: Path) -> None:
    encrypted(named, tmp_path / "copy.age", KEY)
    refused(run("search", "--db", str(tmp_path / "copy.age")), 5, "encrypted with age", "age -d -i")


@pytest.mark.thorough
@pytest.mark.parametrize("room", [0, 4096, 65536])
def test_a_full_disk_leaves_nothing(seeded: Path, tmp_path: Path, room: int) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    before = {one.name for one in seeded.parent.iterdir()}
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room))
    command = [*COMMAND, "backup", str(folder / "copy.age"), "--encrypt", KEY, "--db", str(seeded)]
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # half-written bytecode would stay
    done = subprocess.run(command, capture_output=True, preexec_fn=limit, check=False, text=True, env=env)
    assert (done.returncode, done.stdout) == (5, ""), done
    assert len(done.stderr.splitlines()) <= 2, done.stderr
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []
    assert {one.name for one in seeded.parent.iterdir()} - {f"{seeded.name}-shm", f"{seeded.name}-wal"} <= before


def plain_files(*folders: Path) -> set[str]:
    """The files in plain form in some folders, while others come and go."""
    found = set()
    for root, _, names in (walked for folder in folders for walked in os.walk(folder)):
        for name in names:
            path = Path(root, name)
            with suppress(OSError), path.open("rb") as stream:  # it may lose its name before anything is written to it
                found |= {name} if stream.read(len(MAGIC)) == MAGIC and path.exists() else set()
    return found


@pytest.mark.thorough
def test_no_file_holds_it_in_plain_form_meanwhile(seeded: Path, tmp_path: Path) -> None:
    """Every file that appears anywhere, read again and again while copies are made."""
    target, seen, done = tmp_path / "target", set[str](), threading.Event()
    target.mkdir()

    def watch() -> None:
        while not done.is_set():
            seen.update(plain_files(target, seeded.parent))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for number in range(5):
            encrypted(seeded, target / f"{number}.age", KEY)
    finally:
        done.set()
        watcher.join()
    assert seen == {seeded.name}
    assert {one.name for one in target.iterdir()} == {f"{number}.age" for number in range(5)}
