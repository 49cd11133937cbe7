# ruff: noqa: E501 - tables
"""stdout is data, stderr is talk, and JSON is JSON whatever is asked and however it is started."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli.cli.command_table import COMMANDS
from tests.helpers import paths
from tests.helpers.command_line import done, run
from tests.helpers.terminals import piped

if TYPE_CHECKING:
    from pathlib import Path

SEED = str(paths.SEED)

JSON = [
    ("search",), ("search", "zebra"), ("search", "--limit", "3"), ("search", "--actor", "Sar Keng"),
    ("search", "--province", "Poipet"), ("timeline",), ("timeline", "--kind", "raid"), ("show", "2022-09-19"),
    ("stats",),
    ("stats", "complaints"), ("stats", "events"), ("stats", "deaths"), ("stats", "complaints", "--by", "none"),
    ("stats", "rescues", "--explain"), ("stats", "cases", "--compare", "2021", "2022"),
    ("stats", "complaints", "--cite"), ("conflicts",), ("responses",), ("responses", "--by", "actor"),
    ("responses", "--open"), ("actors",),
    ("actors", "Sar Kheng"), ("sites",), ("sites", "Thansur Sokha"), ("info",), ("schema",), ("schema", "--vocabulary"),
    ("sql",), ("sql", "SELECT * FROM figures"), ("sql", "SELECT 1 WHERE 0"), ("log",), ("log", "2022-09-19"), ("log", "--limit", "0"),
    ("log", "--actor", "Sar Kheng"), ("log", "--change", "1"), ("show", "2022-09-19", "--history"), ("show", "2022-09-19", "--at", "9998"),
    ("info", "--verify"), ("review",), ("show", "2022-09-19", "--passage"), ("ingest", "--dry-run", __file__), ("diff", SEED, SEED),
]  # fmt: skip

ONE_OBJECT = [
    ("show", "2022-09-19"), ("show", "2022-09-19", "--at", "9998"), ("actors", "Sar Kheng"), ("sites", "Thansur Sokha"), ("info",),
    ("info", "--verify"), ("schema",),
]  # fmt: skip


@pytest.mark.parametrize("arguments", JSON, ids=" ".join)
def test_json_parses_and_nothing_else_is_on_stdout(arguments: tuple[str, ...]) -> None:
    seen = done(*arguments, "--json")
    value = json.loads(seen.out)
    assert isinstance(value, dict if arguments in ONE_OBJECT else list)
    assert seen.out.endswith("\n")
    assert done(*arguments, "--format", "json").out == seen.out
    assert all(line.startswith("scamcli: ") for line in seen.err.splitlines())


def test_every_reading_command_is_tried() -> None:
    writing = {"add", "edit", "remove", "names", "import", "export", "merge", "init"}
    tried = {"check"} | {arguments[0] for arguments in JSON}
    missing = {command.name for command in COMMANDS} - writing - tried
    takes_json = {name for name in missing if "--json" in done(name, "--help").out}
    assert takes_json == set()


def test_output_is_utf8_in_any_locale() -> None:
    expected = piped("actors", "Sar Kheng").out
    assert "ស ខេង" in expected
    for env in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}):
        assert piped("actors", "Sar Kheng", env=env).out == expected


def test_the_first_use_says_so_once_and_only_on_stderr(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAMCLI_DB")
    first, again = run("stats", "complaints", "--json"), run("stats", "complaints", "--json")
    assert first.out == again.out
    made = [line for line in first.err.splitlines() if "Created" in line]
    assert len(made) == 1
    assert first.err.replace(made[0] + "\n", "") == again.err
    assert [path.name for path in (home / "data" / "scamcli").iterdir()] == ["timeline.db"]


def test_reading_a_named_database_that_is_not_there_makes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absent = tmp_path / "absent.db"
    for arguments in (("search",), ("stats",), ("export", "jsonl"), ("info",)):
        seen = run(*arguments, "--db", str(absent))
        assert (seen.code, seen.out) == (5, "")
        assert "init" in seen.err
    monkeypatch.setenv("SCAMCLI_DB", str(absent))
    assert run("search").code == 5
    assert not absent.exists()


def test_reading_leaves_nothing_beside_the_database(own_db: Path) -> None:
    before = own_db.read_bytes()
    for arguments in (("search", "--json"), ("stats", "complaints"), ("show", "2022-09-19"), ("export", "jsonl")):
        piped(*arguments)
    assert own_db.read_bytes() == before
    assert [path.name for path in own_db.parent.iterdir() if path.name.startswith("own.db")] == ["own.db"]
