"""Asking scamcli in this process, of small timelines in temporary files: never of the user's own."""

from __future__ import annotations

import json
import shutil
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from typer.testing import CliRunner

from scamcli.cli.app import app
from scamcli.store import setup

if TYPE_CHECKING:
    from collections.abc import Iterable

from tests.helpers.paths import ROOT

SEED = ROOT / "data" / "seed.jsonl"

Record = dict[str, Any]

_FOLDER = TemporaryDirectory(prefix="scamcli-honest-")
_NUMBERS = count()
_ENVIRONMENT = {
    "HOME": _FOLDER.name, "XDG_DATA_HOME": f"{_FOLDER.name}/data", "COLUMNS": "100", "LINES": "40", "NO_COLOR": "1",
    "SCAMCLI_DB": None, "SCAMCLI_DEBUG": None, "FORCE_COLOR": None,
}  # fmt: skip


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(db: Path, *arguments: str, stdin: str | None = None) -> Outcome:
    """Run a command on a database; a defect of the program (exit 70) fails the test at once."""
    environment = _ENVIRONMENT | {"SCAMCLI_DB": str(db)}
    result = CliRunner().invoke(app, list(arguments), input=stdin, env=environment)
    assert result.exit_code != 70, result.stderr
    assert "Traceback" not in result.stderr
    return Outcome(result.exit_code, result.stdout, result.stderr)


def done(db: Path, *arguments: str, stdin: str | None = None) -> Outcome:
    """Run a command that must succeed."""
    outcome = run(db, *arguments, stdin=stdin)
    assert outcome.code == 0, outcome.err
    return outcome


def rows(db: Path, *arguments: str) -> list[Record]:
    """The rows of a command's JSON."""
    found: list[Record] = json.loads(done(db, *arguments, "--json").out)
    return found


def one(db: Path, *arguments: str) -> Record:
    """The only row of a command's JSON."""
    (row,) = rows(db, *arguments)
    return row


def new_path() -> Path:
    """A path in a temporary folder, where nothing is yet."""
    return Path(_FOLDER.name) / f"{next(_NUMBERS)}.db"


@cache
def _empty() -> Path:
    path = new_path()
    assert setup.make(path, seed=False)
    return path


def empty() -> Path:
    """An empty timeline, to write."""
    return copied(_empty())


@cache
def seeded() -> Path:
    """The shipped timeline, to read."""
    path = new_path()
    assert setup.make(path, seed=True)
    return path


def copied(db: Path) -> Path:
    """A copy, to write."""
    path = new_path()
    shutil.copy(db, path)
    return path


def timeline(records: Iterable[Record]) -> Path:
    """A database of these records."""
    path = copied(_empty())
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    done(path, "import", "-", stdin=text)
    return path


def seed_records() -> list[Record]:
    """The records of the shipped timeline."""
    return [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]


def event(id_: str, date: str, *figures: Record, kind: str = "statement", **keys: Any) -> Record:
    """A reviewed event with a source."""
    given: Record = {"type": "event", "id": id_, "date": date, "kind": kind, "title": f"Event {id_}"}
    return given | {"sources": [{"outlet": "Lantern", "passage": "1"}], "figures": list(figures)} | keys


def figure(id_: str, stated: str, metric: str = "arrests", **keys: Any) -> Record:
    """A figure said by Ada Brel."""
    return {"id": id_, "metric": metric, "stated": stated, "stated_by": "Ada Brel"} | keys


def link(type_: str, event_id: str, figure_id: str | None = None) -> Record:
    return {"type": type_, "event": event_id, "figure": figure_id}
