"""The first use of the default database: it is created and seeded once, and complete whatever happens meanwhile."""

from __future__ import annotations

import signal
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import COMMAND, ok, process, refused, run
from tests.helpers.paths import SEED
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path


def default(home: Path) -> Path:
    return home / "data" / "scamcli" / "timeline.db"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "args", [["search", "--count"], ["stats"], ["export", "jsonl"], ["actors", "Sar Kheng"], ["timeline"], ["info"]]
)
def test_any_command_makes_it_and_says_so_once(home: Path, args: list[str]) -> None:
    first, second = run(*args), run(*args)
    assert first.code == second.code == 0
    assert first.err == f"scamcli: Created {default(home)} with the shipped timeline.\n"
    assert second.err == ""
    assert first.out == second.out or args == ["info"]
    assert mode(default(home)) == 0o600


def test_a_named_one_is_never_seeded_by_itself(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(tmp_path / "mine.db"))
    refused(run("search"), 5, "scamcli init")
    ok("add", "--date", "2023-01-02", "--kind", "raid", "--title", "A new raid")
    assert ok("search", "--count") == "1\n"
    assert mode(tmp_path / "mine.db") == 0o600
    assert not default(home).exists()


def test_init_empty_of_the_default_is_not_seeded_later(home: Path) -> None:
    ok("init", "--empty")
    assert ok("search", "--count") == "0\n"
    assert default(home).exists()


@pytest.mark.parametrize("again", range(3))
def test_six_at_once_seed_once(home: Path, again: int) -> None:
    command = [*COMMAND, "search", "--count"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    answers = [(one.communicate(timeout=PATIENCE), one.returncode) for one in running]
    assert [code for _, code in answers] == [0] * 6, answers
    assert {out for (out, _), _ in answers} == {b"50\n"}
    assert sum(b"with the shipped timeline" in err for (_, err), _ in answers) == 1, answers
    assert ok("export", "jsonl") == SEED.read_text(encoding="utf-8")


MAKERS = """
import os, sys
from pathlib import Path
from scamcli.store import connection, setup
import sqlite_utils, scamcli.store.writer
failed = 0
for n in range(30):
    path, children, (wait, go) = Path(sys.argv[1]) / f"{n}.db", [], os.pipe()
    for _ in range(8):
        children.append(os.fork())
        if children[-1] == 0:
            os.close(go)
            os.read(wait, 1)
            try:
                setup.make(path, seed=False)
                connection.open_file(path, write=True).execute("BEGIN IMMEDIATE")
            except BaseException as error:
                print(error)
                os._exit(1)
            os._exit(0)
    os.close(go)
    failed += sum(os.waitpid(child, 0)[1] != 0 for child in children)
print("failed:", failed)
"""


def test_eight_makers_of_the_same_file_at_the_same_moment(home: Path) -> None:
    """Several processes set the journal mode of one file at once, and open it while another creates its tables."""
    done = subprocess.run([COMMAND[0], "-c", MAKERS, str(home)], check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("failed: 0\n", "")


@pytest.mark.parametrize("moment", ["made", "opened", "in the transaction"])
def test_stopped_at_a_moment_of_the_first_use(home: Path, moment: str) -> None:
    """The same, stopped at each moment that leaves something behind."""
    at = {
        "made": "scamcli.store.setup.inode",
        "opened": "scamcli.store.writer.Writer.transaction",
        "in the transaction": "scamcli.store.bulk_import.load",
    }[moment]
    module, name = at.rsplit(".", 1)
    code = f"""
import importlib, os, signal
from scamcli.store import setup, connection, writer
def stop(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
if {moment!r} == 'made': setup.inode = stop
elif {moment!r} == 'opened': writer.Writer.transaction = stop
else: setup.load = stop
from scamcli import Timeline
Timeline()
"""
    done = subprocess.run([COMMAND[0], "-c", code], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, (done, module, name)
    assert default(home).exists()
    answer = process("search", "--count")
    assert (answer.code, answer.out) == (0, "50\n"), answer
