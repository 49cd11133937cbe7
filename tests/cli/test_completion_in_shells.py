"""What a completion leaves on the command line of a real shell: one word, whatever characters a name has."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the shells are those of POSIX systems")

SITES = ("Golden Fortune (Chrey Thom)", "O'Smach Resort", 'The "Wall" $1', "Bokor: north & south", "ខេត្ត ក", "Plain")

SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "PS1='READY> '; bind 'set enable-bracketed-paste off'; source {}",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "PS1='READY> '; autoload -U compinit; compinit -D -u; source {}; unsetopt zle_bracketed_paste",
    ),
    "fish": (["fish", "--no-config", "-i"], "function fish_prompt; echo 'READY> '; end; source {}"),
}
"""How each shell starts without the user's settings, and what makes it complete."""


@pytest.fixture
def bench(tmp_path: Path, empty_db: Path) -> Path:
    """A folder with a `scamcli` that completes as the real one, and otherwise prints its arguments.

    Each time that it has completed, it leaves a line in the file `completed`.
    """
    done("import", "-", stdin="\n".join(json.dumps({"type": "site", "name": name}) for name in SITES))
    program = tmp_path / "bin" / "scamcli"
    program.parent.mkdir()
    real = f'"{sys.executable}" -m scamcli "$@"; echo >> "{tmp_path / "completed"}"; exit'
    program.write_text(f'#!/bin/sh\nif [ -n "$_SCAMCLI_COMPLETE" ]; then {real}; fi\nprintf "<%s>" "$@"; echo END\n')
    program.chmod(0o755)
    return tmp_path


def script_of(shell: str, bench: Path) -> Path:
    """What makes a shell complete, in a file."""
    asked = os.environ | {"_SCAMCLI_COMPLETE": f"source_{shell}"}
    script = subprocess.run([sys.executable, "-m", "scamcli"], env=asked, capture_output=True, text=True, check=True)
    path = bench / f"complete.{shell}"
    path.write_text(script.stdout)
    return path


def typed(shell: str, bench: Path, line: str) -> str:
    """The arguments that scamcli gets when this is typed, with its tabs, and Enter."""
    command, setup = SHELLS[shell]
    ours, theirs = pty.openpty()
    environment = os.environ | {
        "PATH": f"{bench / 'bin'}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb", "LC_ALL": "C.UTF-8",
        "SHELL": command[0], "fish_greeting": "",
    }  # fmt: skip
    # Fish needs a controlling terminal.
    process = subprocess.Popen(command, env=environment, cwd=bench, preexec_fn=lambda: os.login_tty(theirs))
    os.close(theirs)
    try:
        os.write(ours, f"{setup.format(script_of(shell, bench))}; echo SET''UP\n".encode())
        read_until(ours, "SETUP")
        for part in re.split("(\t)", line):
            os.write(ours, part.encode())
            if part == "\t":
                wait_for(bench / "completed")
            read_until(ours, None, quiet=0.3)
        os.write(ours, b"\n")
        seen = read_until(ours, ">END")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    arguments: list[str] = re.findall(r"(<.*>)END", seen.replace("\r", "").replace("\n", ""))
    return arguments[-1]


def wait_for(path: Path) -> None:
    """Until there is a file."""
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until, f"no {path}"
        time.sleep(0.02)


def read_until(stream: int, end: str | None, *, quiet: float = PATIENCE) -> str:
    """What a terminal shows, up to a word, or until nothing more comes for a while."""
    seen, until = b"", time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not select.select([stream], [], [], quiet)[0]:
            break
        seen += os.read(stream, 65536)
        if end is not None and end in seen.decode("utf-8", "replace"):
            return seen.decode("utf-8", "replace")
    assert end is None, f"no {end} in {seen!r}"
    return seen.decode("utf-8", "replace")


LINES = [
    ("scamcli sites G\t", "<sites><Golden Fortune (Chrey Thom)>"),
    ("scamcli sites O\t", "<sites><O'Smach Resort>"),
    ("scamcli sites The\t", '<sites><The "Wall" $1>'),
    ("scamcli sites Bok\t", "<sites><Bokor: north & south>"),
    ("scamcli sites Pl\t", "<sites><Plain>"),
    ("scamcli search --site Golden\\ F\t--count", "<search><--site><Golden Fortune (Chrey Thom)><--count>"),
]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("line", "arguments"), LINES, ids=[line.strip() for line, _ in LINES])
def test_a_completed_name_is_one_argument(shell: str, line: str, arguments: str, bench: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert typed(shell, bench, line) == arguments


def test_a_name_completes_within_quotes_in_bash(bench: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    assert typed("bash", bench, 'scamcli sites "Golden F\t') == "<sites><Golden Fortune (Chrey Thom)>"
