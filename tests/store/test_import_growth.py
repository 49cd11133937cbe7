"""A long import says on a terminal how far it is, and takes no more memory for more events."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import generate
from tests.helpers.driver import event, export, ok, process
from tests.helpers.import_ways import timeline, write
from tests.helpers.patience import PATIENCE
from tests.store.test_import_refused import wrong

EAGER = """
from unittest.mock import patch
from scamcli.cli import output
from scamcli.store import event_batch
patch.object(event_batch, "BATCH", 50).start()  # unlike an assignment, it fails if there is no such name
patch.object(output, "PROGRESS_INTERVAL", 0).start()
from scamcli.__main__ import run
run()
"""
"""Every batch is small, and progress is shown after each."""


def on_terminal(*arguments: str) -> tuple[int, str]:
    """The exit code of a command whose output and talk are on a terminal, and what it wrote there."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", EAGER, *arguments], stdin=subprocess.DEVNULL, stdout=follower, stderr=follower
    ) as started:
        os.close(follower)
        out = b""
        try:
            while block := os.read(leader, 65536):
                out += block
        except OSError:
            pass  # so Linux says that nobody holds the other end
        os.close(leader)
        return started.wait(60), out.decode()


def seen(text: str) -> list[str]:
    """The lines that stay: what was written last over each."""
    found = []
    for line in text.split("\r\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        found.append(shown.rstrip())
    return found


def test_a_terminal_is_told_how_far_it_is(tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", timeline(300, 1))
    code, out = on_terminal("import", str(file), "--db", str(tmp_path / "new.db"))
    shares = [int(share) for share in re.findall(r"importing (\d+) %", out)]
    assert (code, shares == sorted(shares), shares[-1], len(set(shares)) > 3) == (0, True, 100, True)
    *said, end = seen(out)
    assert end == ""
    assert all(line.startswith("scamcli: ") for line in said)
    assert "importing" not in "".join(said)


def test_before_a_mistake_is_told_the_line_is_taken_away(tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", [*timeline(300, 1), wrong(1)])
    code, out = on_terminal("import", str(file), "--db", str(tmp_path / "new.db"))
    assert (code, "importing" in out) == (4, True)
    assert [line[:9] for line in seen(out)] == ["scamcli: ", ""]


def test_a_pipe_is_told_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", [json.dumps(event(f"e-{number}")) for number in range(20)])
    ok("init", str(tmp_path / "new.db"), "--empty")
    command = [sys.executable, "-c", EAGER, "import", str(file), "--db", str(tmp_path / "new.db")]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    said = b"scamcli: 20 records added, 0 already present.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", said)
    assert process("import", str(file), "--db", str(tmp_path / "new.db")).code == 0
    assert export(tmp_path / "new.db").count("\n") == 20


MEASURED = """
import re, sys
from scamcli.store import bulk_import, connection
connection.LOADING_CACHE = 1000
bulk_import.TEXT_BUFFER = 1024 * 1024
write, most = bulk_import._Import._write_batch, 0

def measured(self, *args):
    global most
    write(self, *args)
    found = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
    most = max(most, int(found[1]))

bulk_import._Import._write_batch = measured
from scamcli.cli.app import app
try:
    app()
finally:
    print(most)
"""
"""Prints the peak memory of an import in KiB, without caches."""


def peak(tmp_path: Path, events: int) -> int:
    """Return the peak memory of an import of a number of events, in KiB."""
    lines = (json.dumps(record, ensure_ascii=False) for record in generate.records(events))
    file = write(tmp_path / f"{events}.jsonl", list(lines))
    command = [sys.executable, "-c", MEASURED, "import", str(file), "--db", str(tmp_path / f"{events}.db")]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done
    return int(done.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Of the 7,000 events that are more, not even the lines are held: they alone are 9 MiB.

    The first thousands of events fill what is kept of names and words: 68 MiB after 2,000, 71 after 5,000, 75 after
    20,000, and 76 after 40,000.
    """
    few, many = peak(tmp_path, 5_000), peak(tmp_path, 12_000)
    assert 10_000 < few < many + 5_000
    assert many < few + 5_000, (few, many)
