"""What a fresh process loads: reading loads nothing heavy, and help loads no command."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from cli.terminals import PATIENCE

HEAVY = {"pydantic", "pydantic_core", "rich", "sqlite_utils"}

LEAN = [
    ("search", "--json"),
    ("search", "trafficking", "--province", "KH-18", "--during", "2022", "--json"),
    ("search", "--actor", "Sar Keng", "--format", "csv"),
    ("search", "--format", "tsv"),
    ("search", "--format", "markdown"),
    ("show", "2022-09-19", "--json"),
    ("timeline",),
    ("stats", "--json"),
    ("stats", "complaints", "--json"),
    ("stats", "events", "--by", "month"),
    ("actors", "Sar Kheng", "--json"),
    ("info", "--json"),
    ("export", "jsonl"),
    ("sql", "SELECT * FROM events", "--json"),
    ("sql", "--json"),
]

COMMANDS = (
    "search", "show", "story", "stats", "entities", "add", "edit", "remove", "names", "transfer", "database", "schema",
    "sql",
)  # fmt: skip


def loaded(*arguments: str, code: int = 0) -> set[str]:
    """The modules that a fresh process imports, as the interpreter itself reports them, however it exits."""
    process = subprocess.run(
        [sys.executable, "-v", "-m", "scamcli", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    assert process.returncode == code, process.stderr[-500:]
    modules = set(re.findall(r"^import '([\w.]+)' #", process.stderr, re.MULTILINE))
    assert "scamcli.cli.main" in modules
    return modules


def heavy(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules} & HEAVY


@pytest.mark.parametrize("arguments", LEAN, ids=" ".join)
def test_reading_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert heavy(loaded(*arguments)) == set()


@pytest.mark.parametrize("arguments", [("--help",), (), ("--version",)])
def test_help_loads_no_command(arguments: tuple[str, ...]) -> None:
    modules = loaded(*arguments)
    assert heavy(modules) == set()
    assert {f"scamcli.cli.{command}" for command in COMMANDS} & modules == set()
    assert "sqlite3" not in modules


def test_a_command_loads_no_other_command() -> None:
    commands = {f"scamcli.cli.{command}" for command in COMMANDS} & loaded("search", "--json")
    assert commands == {"scamcli.cli.search"}


def test_an_error_loads_nothing_heavy() -> None:
    assert heavy(loaded("search", "--actor", "Sar Sokha", code=3)) == set()
    assert heavy(loaded("search", "--during", "2022-13", code=2)) == set()
