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

from tests.helpers.patience import PATIENCE, take_signals

SCRIPT = str(Path(sys.executable).with_name("scamcli"))


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


class Conversation:
    """A process with its keyboard and its screen on a terminal of this size; stderr is on the screen as well."""

    def __init__(self, *arguments: str, columns: int = 80, lines: int = 24, env: dict[str, str] | None = None) -> None:
        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        inherited = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES"}}
        self.process = subprocess.Popen(
            [SCRIPT, *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=inherited | {"TERM": "xterm-256color"} | (env or {}),
            start_new_session=True,
            preexec_fn=_before_it_runs,
        )
        os.close(follower)
        self.screen = ""
        self._told = 0

    def until(self, words: str) -> str:
        """What was shown since the last time, up to these words."""
        begun, latest = self._told, time.monotonic() + PATIENCE
        while words not in self.screen[begun:]:
            if time.monotonic() > latest:
                self.kill()
                raise AssertionError(f"no {words!r} in {self.screen[begun:]!r}")
            if select.select([self._leader], [], [], 0.5)[0]:
                self.screen += self._read()
        self._told = self.screen.index(words, begun) + len(words)
        return self.screen[begun : self._told]

    def type(self, line: str) -> None:
        """Type a line, and send it."""
        self.press(f"{line}\n")

    def press(self, keys: str) -> None:
        """Press keys, such as Control-C."""
        self.press_bytes(keys.encode())

    def press_bytes(self, keys: bytes) -> None:
        """Send what need not be text."""
        os.write(self._leader, keys)

    def interrupt(self) -> Seen:
        """Press Control-C, and return all that was shown once the process has ended."""
        self.press("\x03")
        return self.end()

    def end(self) -> Seen:
        """All that was shown, once the process has ended."""
        self.screen += _until_closed(self._leader).decode().replace("\r\n", "\n")
        return Seen(self.process.wait(PATIENCE), self.screen, "")

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self._leader)

    def _read(self) -> str:
        try:
            block = os.read(self._leader, 65536)
        except OSError:
            block = b""
        if not block:
            self.kill()
            raise AssertionError(f"it ended: {self.screen!r}")
        return block.decode(errors="replace").replace("\r\n", "\n")


def _before_it_runs() -> None:
    take_signals()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Control-C reaches it


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
