"""Killed with SIGKILL at any moment: the file is whole, and says what it said before or what it says afterwards."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scamcli.store.connection import open_file
from tests.helpers.kill_repeatedly import WRITING
from tests.helpers.measure import IS_FULL, SEED, dice, share
from tests.helpers.paths import ROOT
from tests.helpers.patience import PATIENCE
from tests.helpers.torture_driver import environment, leave_in_free_pages, many, ok

if TYPE_CHECKING:
    from tests.helpers.measure import Tally

LARGE = share(20_000) // (1 if IS_FULL else 2)
"""Events of the large import. A kill is followed by an export and a check of all of them."""

ACTOR, OTHER = "Sar Kheng", "Cambodian police"


class Kill(NamedTuple):
    """A command to kill, so many times in the full size, on which database; and what stands for its own data."""

    what: str
    number: int
    args: tuple[str, ...]
    stdin: bool = False
    base: str = "seed"
    name: str = ""
    same: bool = False


KILLS = [
    Kill(
        "add", 30, ("add", "--date", "2023-01-02", "--kind", "raid", "--title", "New", "--actor", "Somebody: subject")
    ),
    Kill("edit", 30, ("edit", "2022-09-19", "--date", "2022-09-20", "--note", "It was the day after.")),
    Kill("remove", 20, ("remove", "2022-09-19")),
    Kill("undo", 30, ("undo", "--as", "someone"), base="edited"),
    Kill("undo of the large import", 30, ("undo", "--as", "someone"), base="large"),
    Kill("import, large", 30, ("import", "-"), stdin=True),
    Kill("import, large, of a new file", 20, ("import", "-"), stdin=True, base="empty"),
    Kill("names merge", 30, ("names", "merge", OTHER, ACTOR)),
    Kill("redact", 40, ("redact", ACTOR, "--yes"), base="slack", name=ACTOR),
    Kill("redact, finished by a reader", 20, ("search", "--count"), base="unfinished", name=ACTOR, same=True),
    Kill("backup", 20, ("backup", "copy.db"), same=True),
    Kill("export", 20, ("export", "jsonl", "-o", "events.jsonl"), same=True),
    Kill("first use", 20, ("search", "--count"), base="nothing", same=True),
]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """What counts the calls that change a file; ``None`` without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    made = tmp_path_factory.mktemp("library") / "dying.so"
    source = Path(__file__).with_name("dying.c")
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=False)
    return made if done.returncode == 0 else None


def base(kind: str, pristine: Path, folder: Path, text: Path) -> Path:
    """A folder with the database that a command is to change; where its database is, from there."""
    folder.mkdir()
    db = folder / "t.db"
    if kind == "nothing":
        return Path("scamcli/timeline.db")
    if kind == "empty":
        ok("init", str(db), "--empty")
    else:
        shutil.copy(pristine, db)
        db.chmod(0o600)
    before = {
        "edited": ("edit", "2022-09-19", "--date", "2022-09-20", "--as", "someone"),
        "large": ("import", str(text), "--as", "someone"),
    }
    if kind in before:
        ok(*before[kind], "--db", str(db))
    if kind in {"slack", "unfinished"}:
        leave_in_free_pages(db, ACTOR)
    if kind == "unfinished":
        unfinished(db)
    return Path("t.db")


def unfinished(db: Path) -> None:
    """A redaction that was killed before the file was rebuilt, while another process was reading."""
    work = db.with_name("w.db")
    stop = (
        "from scamcli.cli import main; from scamcli.store import redaction as r; r.finish = lambda _: None; main.main()"
    )
    shutil.move(db, work)
    with closing(open_file(work, write=False)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        argv = [sys.executable, "-c", stop, "redact", ACTOR, "--yes", "--db", str(work)]
        subprocess.run(argv, check=True, capture_output=True)
        shutil.copy(work, db)
        shutil.copy(f"{work}-wal", f"{db}-wal")
    for one in db.parent.glob("w.db*"):
        one.unlink()
    assert ACTOR.encode() in db.read_bytes()


@pytest.mark.parametrize("kill", KILLS, ids=[one.what for one in KILLS])
def test_killed_during(kill: Kill, tmp_path: Path, pristine: Path, library: Path | None, tally: Tally) -> None:
    text = tmp_path / "large.jsonl"
    text.write_text(many(LARGE if "large" in (kill.what, kill.base) or kill.stdin else 1), encoding="utf-8")
    db = base(kill.base, pristine, tmp_path / "base", text)
    named = () if kill.base == "nothing" else ("--db", str(db))
    plan = kill._asdict() | {
        "folder": str(tmp_path / "base"), "db": str(db), "args": [*kill.args, *named], "number": share(kill.number, 2),
        "stdin": str(text) if kill.stdin else "", "seed": dice("killed", kill.what).getrandbits(32),
    }  # fmt: skip
    found = carried_out(plan, tmp_path, library)
    assert len(found) == plan["number"]
    wrong = [one for one in found if one["state"] not in {"before", "after"}]
    assert not wrong, (SEED, wrong[:2])
    assert not [one for one in found if one.get("raw")], "the name is still in the file after one more command"
    hit = [one for one in found if one["hit"]]
    early = sum((one["progress"] or one["state"]) == "before" for one in hit)
    note = f"{early} hit before, {len(hit) - early} after"
    missed = f", {len(found) - len(hit)} too late" * (len(hit) < len(found))
    tally.add(f"kill -9: {kill.what}", len(found), note + missed)
    judge_files(kill, found)


def judge_files(kill: Kill, found: list[dict[str, Any]]) -> None:
    """Beside the database lies nothing that nobody knows of."""
    allowed = {"t.db", "t.db-wal", "t.db-shm", "t.db-journal"}
    allowed |= {"timeline.db", "timeline.db-wal", "timeline.db-shm", "timeline.db-journal"}
    if kill.what in WRITING:
        for one in found:
            assert not [name for name in one["next"] if name.startswith(".")], one
            assert {*one["next"]} <= {*WRITING.values(), "events.jsonl", *allowed}, one
        return
    for one in found:
        assert {*one["left"]} <= allowed, one


def carried_out(plan: dict[str, Any], tmp_path: Path, library: Path | None) -> list[dict[str, Any]]:
    preload = {} if library is None else {"LD_PRELOAD": str(library)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.kill_repeatedly"], cwd=ROOT,
        input=json.dumps(plan), capture_output=True, text=True, check=False, timeout=12 * PATIENCE,
        env=environment(tmp_path) | preload,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_kill_is_one(tmp_path: Path, pristine: Path, library: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine kills where it says: the first call leaves the file as it was, and no call after the last one is."""
    if library is None:
        pytest.skip("no compiler")
    folder = tmp_path / "base"
    base("seed", pristine, folder, tmp_path)
    plan: dict[str, Any] = {
        "folder": str(folder), "db": "t.db", "args": [*KILLS[0].args, "--db", "t.db"], "number": 8, "stdin": "",
        "seed": 1, "name": "", "same": False, "what": "add",
    }  # fmt: skip
    found = [one for one in carried_out(plan, tmp_path, library) if one["moment"].startswith("call")]
    assert len(found) >= 4
    assert all(one["hit"] for one in found), found
    assert {one["state"] for one in found} == {"before", "after"}, "the moments do not surround the commit"
