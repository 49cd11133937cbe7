"""Help of every command, and what completion offers, even if there is no database yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scamcli.cli.command_table import COMMANDS
from tests.helpers.command_line import done, run
from tests.helpers.terminals import on_terminal, piped

if TYPE_CHECKING:
    from pathlib import Path

WIDEST = 80
"""Columns of help: the test runner makes it as wide as it may be, a terminal two less."""

NAMES = [command.name for command in COMMANDS]


@pytest.mark.parametrize("name", NAMES)
def test_help_of_every_command(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", "/nonexistent/no.db")
    seen = done(name, "--help")
    assert seen.err == ""
    assert seen.out.startswith(f"Usage: scamcli {name} ")
    assert [line for line in seen.out.splitlines() if len(line) > WIDEST] == []
    assert done(name, "-h").out == seen.out
    assert "\x1b" not in seen.out


def test_help_says_every_command_in_a_line() -> None:
    seen = done("--help")
    assert [name for name in NAMES if f"\n  {name} " not in seen.out] == []
    assert [line for line in seen.out.splitlines() if len(line) > WIDEST] == []
    assert done().out == seen.out


@pytest.mark.parametrize(("name", "columns"), [("search", 60), ("stats", 60), ("add", 200)])
def test_help_fits_a_terminal(name: str, columns: int) -> None:
    seen = on_terminal(name, "--help", columns=columns)
    assert seen.code == 0
    assert [line for line in seen.out.splitlines() if len(line) > columns] == []


HINTS = [
    ("redo", "undo"),
    ("revert", "`scamcli undo N`"),
    ("history", "`scamcli log`"),
    ("restore", "--db"),
    ("delete", "`scamcli remove`"),
]


@pytest.mark.parametrize(("word", "hint"), HINTS)
def test_a_word_of_other_programs_is_answered_with_ours(word: str, hint: str) -> None:
    seen = run(word)
    assert (seen.code, seen.out) == (2, "")
    assert hint in seen.err.splitlines()[1]


def offered(line: str, *, shell: str = "bash", env: dict[str, str] | None = None) -> list[str]:
    """What completion offers at the end of a line."""
    words = line.split(" ")
    asked = {
        "_SCAMCLI_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    seen = piped(env=asked | (env or {}))
    assert (seen.code, seen.err) == (0, "")
    return [line for line in seen.out.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("scamcli sta", {"stats"}),
        ("scamcli search --actor Sar", {r"Sar\ Kheng"}),
        (
            "scamcli search --province Kam",
            {r"Kampong\ Cham", r"Kampong\ Chhnang", r"Kampong\ Speu", r"Kampong\ Thom", "Kampot"},
        ),
        ("scamcli show 2022-09-1", {"2022-09-13-propublica-investigation", "2022-09-19-complaints-by-province"}),
        ("scamcli stats complaints --by pro", {"province"}),
        ("scamcli export js", {"jsonl"}),
        ("scamcli search --actor Nobody", set()),
    ],
)
def test_completion_offers(line: str, words: set[str]) -> None:
    assert set(offered(line)) == words


def test_completion_on_a_pristine_home_makes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAMCLI_DB")
    assert offered("scamcli search --province Kam")[0] == r"Kampong\ Cham"
    offered("scamcli search --actor Sar")
    offered("scamcli show 2022")
    assert "complaints" in offered("scamcli stats comp")
    assert list(home.iterdir()) == []


def test_completion_offers_no_protected_name(own_db: Path) -> None:
    actor = '{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}'
    done("import", "-", stdin=actor)
    assert [name for name in offered("scamcli search --actor Inv") if "Invented" in name] == []
    assert "Invented" not in "\n".join(offered("scamcli search --actor "))
