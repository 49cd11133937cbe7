"""What a fresh process loads: reading loads nothing heavy, no command loads another, and help loads neither."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scamcli.cli.command_table import COMMANDS
from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "scamcli.cli.commands."
HEAVY = {"pydantic", "pydantic_core", "rich", "sqlite_utils"}
WIDTHS = {"rich.cells", "rich._extension", "rich._cell_widths"}
MODULES = {f"{ROOT}{command.module}" for command in COMMANDS}
NAMES = [command.name for command in COMMANDS]

Arguments = tuple[str, ...]

READS: list[Arguments] = [
    ("search", "--json"),
    ("search", "trafficking", "--province", "KH-18", "--during", "2022", "--json"),
    ("search", "--actor", "Sar Keng", "--format", "csv"),
    ("search", "--format", "tsv"),
    ("search", "--format", "markdown"),
    ("search", "--kind", "raid", "--during", "2022", "--count"),
    ("search", "police", "--limit", "2", "--fields", "id"),
    ("show", "2022-09-19", "--json"),
    ("show", "2022-09-19"),
    ("show", "2022-09-19", "--history", "--json"),
    ("show", "2022-09-19", "--at", "2100", "--format", "csv"),
    ("timeline",),
    ("timeline", "--json"),
    ("stats", "--json"),
    ("stats", "complaints", "--json"),
    ("stats", "complaints", "--by", "kind,month", "--explain", "--format", "csv"),
    ("stats", "complaints", "--province", "Kandal", "--undisputed", "--cite", "--json"),
    ("stats", "requests", "--compare", "2022-Q1", "2023-Q1", "--json"),
    ("stats", "events", "--by", "month"),
    ("conflicts", "--json"),
    ("responses", "--json"),
    ("responses", "--by", "site", "--format", "csv"),
    ("check", "--json"),
    ("actors", "--json"),
    ("actors", "Sar Kheng", "--json"),
    ("sites", "--format", "tsv"),
    ("sites", "Huang Le compound", "--json"),
    ("log", "--json"),
    ("log", "--change", "1", "--format", "tsv"),
    ("log", "2022-09-19-complaints-by-province", "--json"),
    ("log", "--actor", "Sar Kheng", "--format", "csv"),
    ("info", "--json"),
    ("export", "jsonl"),
    ("export", "jsonl", "--output", "{folder}/all.jsonl"),
    ("report", "--output", "{folder}/report.html"),
    ("sql", "SELECT * FROM events", "--json"),
    ("sql", "--json"),
    ("backup", "{folder}/copy.db"),
    ("diff", "{folder}/own.db", "{folder}/own.db", "--json"),
    ("diff", "{folder}/own.db", "{folder}/own.db"),
    ("schema", "--vocabulary", "--json"),
    ("show", "2022-09-19", "--passage"),
    ("review", "--json"),
    ("review", "--format", "tsv"),
    ("evidence", "list", "--json"),
    ("ingest", "{folder}/article.txt", "--dry-run", "--json"),
    ("ingest", "{folder}/article.txt"),
]
"""Every way to read, in a pipe: none is a table, which loads a part of rich. ``ingest`` writes, but has nothing
validated: that is for who accepts a draft.

``schema`` alone is not among them: the JSON Schema is made of the models, and they are pydantic's.
"""

WRITES: list[Arguments] = [
    ("add", "--date", "2024-02-03", "--kind", "report", "--title", "New words", "--province", "Poipet"),
    ("edit", "2022-09-19", "--tag", "new"),
    ("protect", "Kuong Li"),
    ("unprotect", "Kuong Li", "--reason", "a public figure"),
    ("remove", "2022-09-22-vietnamese-rescued"),
    ("undo", "1"),
    ("names", "alias", "Sar Kheng", "The minister"),
    ("names", "merge", "VOD", "Vice World News"),
    ("import", "{folder}/records.jsonl"),
    ("merge", "{folder}/records.jsonl"),
    ("diff", "{folder}/own.db", "{folder}/records.jsonl"),
    ("redact", "Chou Bun Eng", "--yes"),
    ("check", "--fix", "--json"),
    ("init", "{folder}/made.db"),
    ("init", "{folder}/empty.db", "--empty"),
]
"""They validate what is given, so pydantic is loaded; making a database has the migrations of sqlite-utils."""


def first_of_each() -> list[Arguments]:
    every = [*READS, *WRITES]
    return [next(row for row in every if row[0] == name) for name in NAMES]


def code_of(arguments: Arguments) -> int:
    """How a command exits: ``check`` has findings on the shipped timeline."""
    return 1 if arguments[0] == "check" else 0


def in_folder(arguments: Arguments, folder: Path) -> Arguments:
    """The arguments with the folder in which they may write; what ``import`` and ``ingest`` read is there."""
    article = "2024-03-05: Police freed 45 Thai workers in Kandal.\n\n2024-03-07: Officers arrested 30 suspects.\n"
    (folder / "article.txt").write_text(article, encoding="utf-8")
    record = {"type": "actor", "name": "Somebody New"}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return tuple(argument.replace("{folder}", str(folder)) for argument in arguments)


def loaded(*arguments: str, code: int = 0, **environment: str) -> set[str]:
    """The modules that a fresh process imports, as the interpreter itself reports them, however it exits."""
    process = subprocess.run(
        [sys.executable, "-v", "-m", "scamcli", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        env=os.environ | environment,
        check=False,
    )
    if process.returncode != code:
        pytest.fail(f"exit code {process.returncode}: {process.stderr[-500:]}")
    modules = set(re.findall(r"^import '([\w.]+)' #", process.stderr, re.MULTILINE))
    if "scamcli.cli.main" not in modules:
        pytest.fail("the interpreter does not say what it imports")
    return modules


def heavy(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules} & HEAVY


def test_every_command_has_a_row() -> None:
    assert {row[0] for row in (*READS, *WRITES)} == set(NAMES)


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_reading_loads_nothing_heavy(own_db: Path, tmp_path: Path, arguments: Arguments) -> None:
    modules = loaded(*in_folder(arguments, tmp_path), code=code_of(arguments))
    assert heavy(modules) == set()
    assert "typer" not in modules


@pytest.mark.parametrize("arguments", [("search",), ("stats", "complaints"), ("sites",)], ids=" ".join)
def test_a_table_loads_only_the_widths_of_letters(arguments: Arguments) -> None:
    modules = loaded(*arguments, "--format", "table")
    assert "rich.cells" in modules
    assert {one for one in modules if one.startswith("rich.") and "unicode" not in one} <= WIDTHS


def test_verifying_loads_what_validates_records(own_db: Path) -> None:
    assert heavy(loaded("info", "--verify", "--json")) <= {"pydantic", "pydantic_core"}


@pytest.mark.parametrize("arguments", WRITES, ids=" ".join)
def test_writing_loads_no_tables_to_read(own_db: Path, tmp_path: Path, arguments: Arguments) -> None:
    modules = loaded(*in_folder(arguments, tmp_path), code=code_of(arguments))
    assert "typer" not in modules
    assert heavy(modules) <= {"pydantic", "pydantic_core"} | ({"sqlite_utils"} if arguments[0] == "init" else set())


def test_deciding_on_a_draft_loads_no_tables_to_read(own_db: Path) -> None:
    loaded("edit", "2022-09-19", "--status", "draft")
    assert heavy(loaded("review", "accept", "2022-09-19")) <= {"pydantic", "pydantic_core"}


WHOLE = {"backup", "diff", "import", "ingest", "init", "merge", "review"}
"""Commands that may load the whole of ``Timeline``."""


@pytest.mark.parametrize("arguments", [row for row in (*READS, *WRITES) if row[0] not in WHOLE], ids=" ".join)
def test_a_command_loads_only_its_part_of_the_timeline(own_db: Path, tmp_path: Path, arguments: Arguments) -> None:
    modules = loaded(*in_folder(arguments, tmp_path), code=code_of(arguments))
    assert "scamcli.timeline.timeline" not in modules


@pytest.mark.parametrize("arguments", first_of_each(), ids=" ".join)
def test_a_command_loads_no_other_command(own_db: Path, tmp_path: Path, arguments: Arguments) -> None:
    own = next(command.module for command in COMMANDS if command.name == arguments[0])
    assert loaded(*in_folder(arguments, tmp_path), code=code_of(arguments)) & MODULES == {f"{ROOT}{own}"}


@pytest.mark.parametrize("arguments", [("--help",), (), ("--version",)])
def test_help_loads_no_command(arguments: Arguments) -> None:
    modules = loaded(*arguments)
    assert heavy(modules) == set()
    assert modules & MODULES == set()
    assert "sqlite3" not in modules


@pytest.mark.parametrize("name", sorted({row[0] for row in READS}))
def test_help_of_what_reads_loads_nothing_heavy(name: str) -> None:
    assert heavy(loaded(name, "--help")) == set()


def test_completion_loads_nothing_heavy() -> None:
    for line in ("scamcli search --actor Sar", "scamcli show 2022", "scamcli stats compl"):
        place = str(len(line.split()) - 1)
        modules = loaded(_SCAMCLI_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=place)
        assert heavy(modules) == set(), line


def test_an_error_loads_nothing_heavy() -> None:
    assert heavy(loaded("search", "--actor", "Sar Sokha", code=3)) == set()
    assert heavy(loaded("search", "--during", "2022-13", code=2)) == set()
    assert heavy(loaded("serch", code=2)) == set()
