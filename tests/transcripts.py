"""Console transcripts: the examples of README and docs, and the stories in ``tests/stories``.

A transcript is a ```` ```console ```` block of a Markdown page::

    $ scamcli search --province Kandla --fields date
    scamcli: Assuming Kandal for "Kandla".
    ...
    $ scamcli serach
    scamcli: No command "serach".
    scamcli: Did you mean "search"?
    [2]

- A line that starts with ``$ `` is a command for the shell; lines that start with ``> `` continue it.
- The lines below are what it prints, without trailing spaces: stdout and stderr, each in one piece, in either order.
- A line ``...`` stands for any lines, also for none.
- A last line ``[2]`` is the exit code, where it is not 0.

Stdout of scamcli is a terminal of 80 columns, unless the command has a pipe. Each command starts in the same folder, in
a shell of its own. Questions of ``scamcli review`` are answered as the transcript shows. A block that has
``<!-- not run: reason -->`` above it is not run.

``make examples`` writes what the commands print into the pages, and leaves outputs that still match as they are.
"""

from __future__ import annotations

import difflib
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.patience import PATIENCE

NOT_RUN = "<!-- not run: "
FENCE = re.compile(r"^```(\w*)[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
EXIT_CODE = re.compile(r"\[(\d+)\]")
STYLE = re.compile(r"\x1b\[\d*m")
"""The codes for bold letters. A dumb terminal would need none, but gets no Unicode bars."""

QUESTION = re.compile(r"^(?:.*\[\?\]|into which event .*\)):(.*)$")
"""A question of ``scamcli review``, and the answer in the transcript."""

PROMPTS = (b"[?]: ", b"): ")
END_OF_INPUT = b"\x04"
ANY_LINES = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, and the line at which it starts."""

    page: Path
    line: int
    language: str
    text: str
    is_run: bool

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}"


@dataclass(frozen=True)
class Command:
    """A command of a transcript, and what it prints there."""

    text: str
    printed: list[str]
    exit_code: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    stdout: list[str]
    stderr: list[str]
    exit_code: int

    def fits(self, command: Command) -> bool:
        """Return whether it is what the transcript shows."""
        orders = (self.stdout + self.stderr, self.stderr + self.stdout)
        return self.exit_code == command.exit_code and any(lines_match(command.printed, lines) for lines in orders)

    def lines(self, command: Command) -> list[str]:
        """Return what a transcript shows, with the stream first that the transcript of before has first."""
        printed_first = command.printed[0] if command.printed else None
        stderr_first = printed_first in self.stderr and printed_first not in self.stdout
        lines = self.stderr + self.stdout if stderr_first else self.stdout + self.stderr
        return [*lines, f"[{self.exit_code}]"] if self.exit_code else lines


def read_blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    blocks = []
    for fence in FENCE.finditer(text):
        line_above = text[: fence.start()].rstrip().rpartition("\n")[2]
        line_number = text[: fence.start()].count("\n") + 1
        blocks.append(Block(page, line_number, fence[1], fence[2], not line_above.startswith(NOT_RUN)))
    return blocks


def read_transcripts(page: Path) -> list[Block]:
    """Return the blocks of a page that are run."""
    return [block for block in read_blocks(page) if block.language == "console" and block.is_run]


def read_commands(block: Block) -> list[Command]:
    """Return the commands of a transcript. Output above the first command is an error."""
    commands: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            commands.append(Command(line[2:], []))
        elif not commands:
            raise ValueError(f"{block.name} does not start with a command")
        elif (line == ">" or line.startswith("> ")) and not commands[-1].printed:
            commands[-1] = Command(f"{commands[-1].text}\n{line[2:]}", [])
        else:
            commands[-1].printed.append(line.rstrip())
    return [_with_exit_code(command) for command in commands]


def _with_exit_code(command: Command) -> Command:
    exit_code = EXIT_CODE.fullmatch(command.printed[-1]) if command.printed else None
    if exit_code is None:
        return command
    return Command(command.text, command.printed[:-1], int(exit_code[1]))


def lines_match(pattern: list[str], lines: list[str]) -> bool:
    """Return whether lines are those of a pattern, in which ``...`` stands for any lines.

    >>> lines_match(["a", "...", "d"], ["a", "b", "c", "d"])
    True
    """
    expression = "".join(r"(?:.*\n)*" if line == ANY_LINES else re.escape(line) + r"\n" for line in pattern)
    return re.fullmatch(expression, "".join(f"{line}\n" for line in lines)) is not None


@dataclass(frozen=True)
class Desk:
    """Where the commands of a transcript run.

    Attributes:
        folder: The folder in which each command starts.
        home: The home of the researcher.
        program: The folder of another program ``scamcli`` than that of this environment: see ``tests/fork_server.py``.
    """

    folder: Path
    home: Path
    program: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the researcher."""
        places = [self.program, Path(sys.executable).parent, Path(__file__).parent / "stories" / "tools"]
        inherited = {key: value for key, value in os.environ.items() if key in {"SYSTEMROOT", "TMPDIR"}}
        return inherited | {
            "PATH": os.pathsep.join([*(str(place) for place in places if place), os.environ["PATH"]]),
            "HOME": str(self.home),
            "LOGNAME": "sophea",
            "XDG_DATA_HOME": str(self.home / "data"),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm",
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "LINES": "24",
            "PYTHONUTF8": "1",
        }

    def run(self, command: Command) -> Outcome:
        """Run a command in a shell.

        Raises:
            TimeoutError: It, or what it started in the background, does not end.
        """
        import pty

        on_terminal = "scamcli" in command.text and not re.search(r" \|\s", command.text)
        answers = [question[1].strip() for line in command.printed if (question := QUESTION.search(line))]
        reading_end, writing_end = pty.openpty() if on_terminal else os.pipe()
        with subprocess.Popen(
            ["sh", "-c", command.text],
            cwd=self.folder,
            env=self.environment,
            stdin=writing_end if answers else subprocess.DEVNULL,
            stdout=writing_end,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            os.close(writing_end)
            assert process.stderr is not None
            try:
                stdout, stderr = _read(reading_end, process.stderr.fileno(), answers)
            except TimeoutError:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        os.close(reading_end)
        exit_code = process.returncode if process.returncode >= 0 else 128 - process.returncode
        return Outcome(_lines(stdout), _lines(stderr), exit_code)


def _read(stdout: int, stderr: int, answers: list[str]) -> tuple[bytes, bytes]:
    """Read two streams to their ends, and answer each prompt on the way. Where no answer is left, the input ends."""
    deadline = time.monotonic() + PATIENCE
    output = {stdout: b"", stderr: b""}
    answers_left = list(answers)
    with selectors.DefaultSelector() as selector:
        for stream in output:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError(output[stdout].decode("utf-8", "replace"))
            for key, _ in ready:
                chunk = _read_chunk(key.fd)
                output[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fd)
                elif key.fd == stdout and answers and output[stdout].endswith(PROMPTS):
                    os.write(stdout, f"{answers_left.pop(0)}\n".encode() if answers_left else END_OF_INPUT)
    return output[stdout], output[stderr]


def _read_chunk(stream: int) -> bytes:
    try:
        return os.read(stream, 65536)
    except OSError:  # Linux raises this once nobody writes to the terminal any more
        return b""


def _lines(output: bytes) -> list[str]:
    return [line.rstrip() for line in STYLE.sub("", output.decode("utf-8")).splitlines()]


def run_block(block: Block, desk: Desk) -> str:
    """Run the commands of a block to the end or to the first that prints something else.

    Returns:
        What is different, for a person to read, or "".
    """
    for command in read_commands(block):
        outcome = desk.run(command)
        if not outcome.fits(command):
            expected = [*command.printed, *([f"[{command.exit_code}]"] if command.exit_code else [])]
            difference = difflib.unified_diff(expected, outcome.lines(command), "the page", "the program", lineterm="")
            return "\n".join([f"{block.name}", f"$ {command.text}", *difference])
    return ""


def rewrite_block(block: Block, desk: Desk) -> None:
    """Run the commands of a block, and write into its page what they print."""
    lines = []
    for command in read_commands(block):
        outcome = desk.run(command)
        lines += ("$ " + command.text.replace("\n", "\n> ")).split("\n")
        if outcome.fits(command):
            lines += [*command.printed, *([f"[{command.exit_code}]"] if command.exit_code else [])]
        else:
            lines += outcome.lines(command)
    page_text = block.page.read_text(encoding="utf-8")
    old = f"```console\n{block.text}```"
    new = "\n".join(["```console", *(line.rstrip() for line in lines), "```"])
    if page_text.count(old) != 1:
        raise ValueError(f"{block.name} occurs twice on its page")
    block.page.write_text(page_text.replace(old, new), encoding="utf-8")
