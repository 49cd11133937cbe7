"""The command line as the torture drives it, and what every answer of it must be."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from typer.testing import CliRunner

from scamcli.cli.app import app
from scamcli.store.connection import open_file
from tests.helpers.paths import SCHEMAS
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMMAND = [sys.executable, "-m", "scamcli"]

OLD_SCHEMA = SCHEMAS / "m0016_timestamps.db.gz"
CODES = {0, 1, 2, 3, 4, 5}


class Answer(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


class _Runner(CliRunner):
    """A runner whose stdout escapes what UTF-8 cannot hold, as the command sets it for its process."""

    @contextmanager
    def isolation(self, *args: Any, **settings: Any) -> Iterator[Any]:
        with super().isolation(*args, **settings) as streams:
            if isinstance(sys.stdout, io.TextIOWrapper):
                sys.stdout.reconfigure(errors="backslashreplace")
            yield streams


def run(*args: str, stdin: str | bytes | None = None) -> Answer:
    """Run a command in this process, through its entry point; an exception that comes out of it fails the test."""
    result = _Runner().invoke(app, list(args), input=stdin, prog_name="scamcli")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Answer(result.exit_code, result.stdout, result.stderr)


def process(*args: str, stdin: bytes = b"", timeout: float = PATIENCE, **more: Any) -> Answer:
    """Run a command in a process of its own."""
    done = subprocess.run([*COMMAND, *args], input=stdin, capture_output=True, timeout=timeout, check=False, **more)
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def ok(*args: str, stdin: str | bytes | None = None) -> str:
    """Run a command that must succeed; its stdout."""
    answer = run(*args, stdin=stdin)
    assert answer.code == 0, (args, shortened(answer))
    return answer.out


def shortened(answer: Answer) -> Answer:
    """An answer to print."""
    return Answer(answer.code, answer.out[:500], answer.err[:2000])


def plain(answer: Answer, codes: Iterable[int] = CODES, what: object = "") -> None:
    """An answer of any kind but a defect: an expected code, no traceback, and no more than a screen of talk."""
    assert answer.code in set(codes), (what, shortened(answer))
    assert "Traceback" not in answer.err, (what, shortened(answer))
    assert "Internal error: " not in answer.err, (what, shortened(answer))
    assert "sqlite3." not in answer.err, (what, shortened(answer))


def refused(answer: Answer, code: int = 5, *words: str, what: object = "") -> None:
    """An error as the design wants it: one or two plain lines on stderr, its exit code, nothing on stdout."""
    plain(answer, {code}, what)
    lines = answer.err.splitlines()
    assert answer.out == "", (what, shortened(answer))
    assert 1 <= len(lines) <= 2, (what, shortened(answer))
    assert all(line.startswith("scamcli: ") for line in lines), (what, shortened(answer))
    for word in words:
        assert word in answer.err, (what, word, shortened(answer))


def export(db: Path) -> str:
    """The whole timeline, the names of protected actors and all."""
    return ok("export", "jsonl", "--include-protected", "--db", str(db))


def log(db: Path) -> list[dict[str, Any]]:
    """The history, newest first, without its times."""
    rows = json.loads(ok("log", "--json", "--include-protected", "--db", str(db)))
    return [{key: value for key, value in row.items() if key != "at"} for row in rows]


def state(db: Path) -> str:
    """All that a database says, but for times, and for numbers that are drawn."""
    text = export(db) + json.dumps(log(db), ensure_ascii=False)
    return re.sub(r"(redacted|protected)-\d{6}", r"\1-N", text)


def whole(db: Path) -> None:
    """Nothing is wrong with a database."""
    answer = run("info", "--verify", "--include-protected", "--db", str(db))
    assert answer.code == 0, shortened(answer)
    assert "\nproblems" in answer.out, shortened(answer)


def contents(db: Path) -> bytes:
    """The bytes of a database and of what belongs to it."""
    found = b""
    for suffix in ("", "-wal", "-journal"):
        path = Path(f"{db}{suffix}")
        found += path.read_bytes() if path.exists() else b""
    return found


def with_wal(db: Path, target: Path, *commands: tuple[str, ...]) -> list[str]:
    """Run commands while the file is held open, and copy it as a crash would leave it: with what its WAL holds.

    Returns:
        What it said before, and after each of the commands.
    """
    states = [state(db)]
    with closing(open_file(db, write=False)) as held:
        held.execute("BEGIN")
        held.execute("SELECT count(*) FROM event").fetchone()  # no checkpoint can pass this reader
        for command in commands:
            ok(*command, "--db", str(db))
            states.append(state(db))
        target.write_bytes(db.read_bytes())
        Path(f"{target}-wal").write_bytes(Path(f"{db}-wal").read_bytes())
    return states


def lines(values: Iterable[dict[str, Any]]) -> str:
    """Records as JSON lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def many(number: int) -> str:
    """So many records of events, after the records of some of their actors; the last of them have no id."""
    actors = [{"type": "actor", "name": f"Speaker {n}", "kind": "person", "aliases": [f"S. {n}"]} for n in range(10)]
    events = [
        {
            "type": "event", "id": f"many-{n}", "date": f"{1990 + n % 30}-{1 + n % 12:02}-{1 + n % 28:02}",
            "kind": "report", "title": f"Report {n} of many", "summary": f"What was said in report {n}.",
            "actors": [{"name": f"Speaker {n % 50}", "role": "speaker"}], "provinces": ["Kandal"], "tags": ["many"],
            "figures": [{"metric": "complaints", "stated": f"more than {n}", "stated_by": f"Speaker {n % 50}"}],
            "sources": [{"outlet": "VOD", "url": f"https://example.org/{n}"}],
        }
        for n in range(number)
    ]  # fmt: skip
    for event in events[number - number // 50 :]:
        del event["id"]
    return lines([*actors, *events])


def environment(home: Path) -> dict[str, str]:
    """The environment of a process with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCAMCLI_", "XDG_", "COV_"))}
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "NO_COLOR": "1", "COLUMNS": "100"}


def leave_in_free_pages(db: Path, name: str = "Sar Kheng") -> None:
    """A name in pages that are free: many builds of SQLite leave there what was deleted, others wipe it."""
    with closing(sqlite3.connect(db, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("CREATE TABLE slack (text TEXT)")
        raw.execute("INSERT INTO slack VALUES (?)", [f"{name} was here. " * 30_000])
        raw.execute("DROP TABLE slack")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert f"{name} was here".encode() in db.read_bytes()
