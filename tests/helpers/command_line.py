"""Running scamcli in this process, through its real entry point."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from typer.testing import CliRunner

from scamcli.cli.app import app


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def ids(self) -> list[str]:
        """The ids of the events in a JSON array."""
        return [row["id"] for row in self.json]


def run(*arguments: str, stdin: str | bytes | None = None) -> Outcome:
    """Run a command; a defect (exit 70) or a traceback fails the test at once."""
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    assert result.exit_code != 70, result.stderr
    assert "Traceback" not in result.stderr
    return Outcome(result.exit_code, result.stdout, result.stderr)


def done(*arguments: str, stdin: str | bytes | None = None) -> Outcome:
    """Run a command that must succeed."""
    outcome = run(*arguments, stdin=stdin)
    assert outcome.code == 0, outcome.err
    return outcome


def rows(*arguments: str) -> list[dict[str, Any]]:
    """The rows of a command's JSON."""
    found = done(*arguments, "--json").json
    assert isinstance(found, list)
    return found


def ids(*arguments: str) -> set[str]:
    """Return the ids that a search finds, and check that none occurs twice."""
    found = done("search", *arguments, "--json").ids
    assert len(found) == len(set(found))
    return set(found)
