"""Running the installed command as a process: in a pipe, and on a pseudo-terminal of a given size."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

SCRIPT = str(Path(sys.executable).with_name("scamcli"))
PATIENCE = 30.0


class Seen(NamedTuple):
    """What a process wrote, and its exit code."""

    code: int
    out: str
    err: str


def piped(
    *arguments: str, command: tuple[str, ...] = (SCRIPT,), stdin: str | None = None, env: dict[str, str] | None = None
) -> Seen:
    """Run in a pipe."""
    done = subprocess.run(
        [*command, *arguments],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | (env or {}),
        timeout=PATIENCE,
        check=False,
    )
    return Seen(done.returncode, done.stdout, done.stderr)


def on_terminal(*arguments: str, columns: int = 80, lines: int = 24, env: dict[str, str] | None = None) -> Seen:
    """Run with stdout on a terminal of this size; stderr stays apart."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    inherited = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES"}}
    process = subprocess.Popen(
        [SCRIPT, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=inherited | {"TERM": "xterm-256color"} | (env or {}),
    )
    os.close(follower)
    out = _until_closed(leader)
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.stderr.close()
    return Seen(process.wait(PATIENCE), out.decode().replace("\r\n", "\n"), err)


def _until_closed(leader: int) -> bytes:
    """All that is written until nobody holds the other end; Linux then says EIO, others give nothing."""
    out, latest = b"", time.monotonic() + PATIENCE
    try:
        while time.monotonic() < latest:
            if not select.select([leader], [], [], 0.5)[0]:
                continue
            block = os.read(leader, 65536)
            if not block:
                break
            out += block
    except OSError:
        pass
    finally:
        os.close(leader)
    return out
