"""The command line as the tests drive it: arguments in, exit code, data and talk out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from typer.testing import CliRunner

from scamcli.cli.app import app
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COMMAND = [sys.executable, "-m", "scamcli"]


class Answer(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


def run(*args: str, stdin: str | bytes | None = None) -> Answer:
    """Run a command in this process, through its real entry point."""
    result = CliRunner().invoke(app, list(args), input=stdin)
    return Answer(result.exit_code, result.stdout, result.stderr)


def ok(*args: str, stdin: str | bytes | None = None) -> str:
    """Run a command that must succeed; its stdout."""
    answer = run(*args, stdin=stdin)
    assert answer.code == 0, answer
    return answer.out


def process(*args: str, stdin: bytes = b"", timeout: float = PATIENCE, **env: str) -> Answer:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *args], input=stdin, capture_output=True, timeout=timeout, env={**os.environ, **env}, check=False
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(answer: Answer, code: int | set[int], *words: str, most: int = 2) -> None:
    """An error as the design wants it: one or two plain lines on stderr, its exit code, nothing on stdout."""
    assert answer.code in ({code} if isinstance(code, int) else code), answer
    assert answer.out == "", answer
    lines = answer.err.splitlines()
    assert 1 <= len(lines) <= most, answer
    assert all(line.startswith("scamcli: ") for line in lines), answer
    assert "Traceback" not in answer.err, answer
    assert "Internal error: " not in answer.err, answer
    for word in words:
        assert word in answer.err, (word, answer)


def export(db: Path | str, *flags: str) -> str:
    """The whole timeline, names of protected actors and all."""
    return ok("export", "jsonl", "--db", str(db), *(flags or ("--include-protected",)))


def stored(db: Path | str, event_id: str) -> dict[str, Any]:
    """The record of one event."""
    return next(record for record in records(db) if record.get("id") == event_id)


def records(db: Path | str, *flags: str) -> list[dict[str, Any]]:
    """The records of a whole timeline."""
    return [json.loads(line) for line in export(db, *flags).split("\n")[:-1]]


def entity(db: Path | str, type_: str, name: str) -> dict[str, Any]:
    """The record of one actor, site or metric."""
    return next(one for one in records(db) if one["type"] == type_ and one["name"] == name)


def lines(values: Iterable[dict[str, Any]]) -> str:
    """Records as JSON lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def take_in(db: Path | str, *values: dict[str, Any], flags: tuple[str, ...] = ()) -> Answer:
    """Import records into a database."""
    answer = run("import", "-", "--db", str(db), *flags, stdin=lines(values))
    assert answer.code == 0, answer
    return answer


def event(id_: str | None = None, date: str = "2023-01-02", kind: str = "report", **more: Any) -> dict[str, Any]:
    """The least record of an event, and what else is given."""
    named = {} if id_ is None else {"id": id_}
    return {"type": "event", **named, "date": date, "kind": kind, "title": "A short title", **more}


def actor(name: str, **more: Any) -> dict[str, Any]:
    """A record of an actor."""
    return {"type": "actor", "name": name, **more}


def found(db: Path | str, *args: str) -> list[str]:
    """The ids that a search gives, in its order."""
    return [row["id"] for row in json.loads(ok("search", *args, "--json", "--db", str(db)))]


def offered(line: str) -> list[str]:
    """What completion offers after a line, in bash."""
    count = str(len(line.split(" ")) - 1)
    answer = process(_SCAMCLI_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=count)
    assert (answer.code, answer.err) == (0, ""), answer
    return [word for word in answer.out.splitlines() if word]  # with nothing to offer, an empty line
