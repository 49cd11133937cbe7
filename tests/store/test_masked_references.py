"""Words of protected names stay masked where another record refers to what they name: metrics, figures, places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import lines, ok, run

if TYPE_CHECKING:
    from pathlib import Path

RECORDS: list[dict[str, Any]] = [
    {"type": "actor", "name": "Zorvath Quillimane", "kind": "person"},
    {"type": "metric", "name": "zorvath-quillimane-visits", "unit": "Quillimane", "about": "visits to Quillimane"},
    {"type": "event", "id": "n1", "date": "2023-01-01", "kind": "rescue", "title": "One",
     "actors": [{"name": "Zorvath Quillimane", "role": "victim"}], "sources": [{"outlet": "VOD"}],
     "figures": [
         {"id": "quillimane-1", "metric": "rescues", "stated": "3", "group": "Quillimane", "nationality": "Thai"},
         {"id": "v", "metric": "zorvath-quillimane-visits", "stated": "5"},
     ]},
    {"type": "event", "id": "n2", "date": "2023-01-01", "kind": "denial", "title": "Two",
     "links": [{"type": "disputes", "event": "n1", "figure": "quillimane-1"}],
     "figures": [{"metric": "rescues", "stated": "2"}]},
    {"type": "event", "id": "n3", "date": "2023-02-01", "kind": "report", "title": "Three",
     "figures": [{"metric": "zorvath-quillimane-visits", "stated": "8"}]},
]  # fmt: skip

COMMANDS = [
    "stats rescues --json --explain", "conflicts", "search --json", "show n2",
    "sql 'SELECT * FROM links'", "check --before-publishing", "export jsonl",
    "export csv", "report --format html",
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> str:
    name = str(tmp_path / "t.db")
    ok("init", name, "--empty")
    ok("import", "-", "--db", name, stdin=lines(RECORDS))
    ok("protect", "Zorvath Quillimane", "--db", name)
    return name


@pytest.mark.parametrize("command", COMMANDS)
def test_a_word_of_the_name_is_nowhere(command: str, db: str) -> None:
    asked = command.replace("'", "").split(" ", 1 if command.startswith("sql") else -1)
    answer = run(*asked, "--db", db)
    assert answer.code in {0, 1}, answer
    assert "quillimane" not in (answer.out + answer.err).lower()


def test_a_link_leads_to_the_figure_that_it_disputes(db: str) -> None:
    records = [json.loads(line) for line in ok("export", "jsonl", "--db", db).splitlines()]
    events = {record["id"]: record for record in records if record["type"] == "event"}
    assert events["n2"]["links"][0]["figure"] == events["n1"]["figures"][0]["id"]
