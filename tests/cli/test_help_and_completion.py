"""Help of every command, and what completion offers, even if there is no database yet."""

from __future__ import annotations

import sys
from importlib.metadata import version
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


@pytest.mark.parametrize("arguments", [("--help",), ("search", "--help"), ("edit", "--help")], ids=" ".join)
def test_help_is_shorter_than_80_columns_in_a_wide_pipe(arguments: tuple[str, ...]) -> None:
    out = piped(*arguments, env={"COLUMNS": "200"}).out
    assert [line for line in out.splitlines() if len(line) >= 80] == []


@pytest.mark.parametrize(("name", "columns"), [("search", 60), ("stats", 60), ("add", 200)])
def test_help_fits_a_terminal(name: str, columns: int) -> None:
    seen = on_terminal(name, "--help", columns=columns)
    assert seen.code == 0
    assert [line for line in seen.out.splitlines() if len(line) > columns] == []


def test_help_of_a_command_within_a_command() -> None:
    assert done("names", "alias", "--help").out.startswith("Usage: scamcli names alias ")
    assert "alias" in done("names", "--help").out


def test_version_by_every_door() -> None:
    said = f"scamcli {version('scamcli')}\n"
    assert done("--version").out == said
    assert piped("--version").out == said
    assert piped("--version", command=(sys.executable, "-m", "scamcli")).out == said


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


BEFORE = [
    (("--json", "search", "--limit", "1"), ("search", "--limit", "1", "--json")),
    (("--format", "csv", "actors"), ("actors", "--format", "csv")),
    (("-f", "csv", "--fields", "id", "search"), ("search", "-f", "csv", "--fields", "id")),
    (("--format", "csv", "search", "--json"), ("search", "--json")),
    (("--json", "search", "--format", "csv"), ("search", "--format", "csv")),
    (("--fields", "id", "search", "--fields", "date"), ("search", "--fields", "date")),
    (("--json", "review"), ("review", "--json")),
]


@pytest.mark.parametrize(("before", "after"), BEFORE, ids=[" ".join(before) for before, _ in BEFORE])
def test_output_options_may_stand_before_the_command(
    seeded: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    assert done(*before) == done(*after)


def test_the_database_may_be_named_before_the_command(seeded: Path, home: Path) -> None:
    other = home / "case.db"
    done("init", str(other), "--empty")
    assert done("--db", str(other), "search", "--count").out == "0\n"
    assert done("--db", str(other), "search", "--count", "--db", str(seeded)).out != "0\n"
    done("--db", str(other), "names", "alias", "Nobody", "Noone", "--help")
    assert "case.db" in done("--db", str(other), "info").out
    done("--db", str(home / "made.db"), "init", "--empty")
    assert (home / "made.db").exists()


@pytest.mark.parametrize("arguments", [("--json", "undo"), ("--fields", "id", "add")], ids=" ".join)
def test_an_option_that_the_command_lacks_is_refused_before_it_too(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_two_formats_before_the_command_are_refused() -> None:
    seen = run("--json", "--format", "csv", "search")
    assert seen.code == 2
    assert "two formats" in seen.err


def test_limit_shows_no_range() -> None:
    assert "<=" not in done("search", "--help").out
    assert run("search", "--limit", "-1").code == 2


WRONG = [
    (("serach",), 'Did you mean "search"'),
    (("search", "--acter", "x"), "--acter"),
    (("show",), "ID"),
    (("nothing-like-it",), "No command"),
    (("export",), "FORMAT"),
    (("export", "xml"), 'No export format "xml"'),
    (("names",), ""),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_wrong_usage_is_two_plain_lines(arguments: tuple[str, ...], words: str) -> None:
    seen = run(*arguments)
    assert (seen.code, seen.out) == (2, "")
    assert words in seen.err
    assert 1 <= len(seen.err.splitlines()) <= 2
    assert all(line.startswith("scamcli: ") for line in seen.err.splitlines())


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


OFFERS: list[tuple[str, set[str]]] = [
    ("scamcli sta", {"stats"}),
    ("scamcli search --actor Sar", {r"Sar\ Kheng"}),
    ("scamcli search --source Vi", {r"Vice\ World\ News", r"Vietnamese\ media"}),
    (
        "scamcli search --province Kam",
        {r"Kampong\ Cham", r"Kampong\ Chhnang", r"Kampong\ Speu", r"Kampong\ Thom", "Kampot"},
    ),
    ("scamcli search --kind re", {"report", "rescue", "repatriation"}),
    ("scamcli search --role all", {"alleges", "alleged_perpetrator", "alleged_owner"}),
    ("scamcli search --metric comp", {"complaints"}),
    ("scamcli search --nationality Viet", {"Vietnamese"}),
    ("scamcli search --tag reloc", {"relocation"}),
    ("scamcli search --site Thansur", {r"Thansur\ Sokha"}),
    ("scamcli show 2022-09-1", {"2022-09-13-propublica-investigation", "2022-09-19-complaints-by-province"}),
    ("scamcli edit 2022-07-20", {"2022-07-20-tier-3-downgrade"}),
    ("scamcli stats comp", {"complaints"}),
    ("scamcli stats eve", {"events"}),
    ("scamcli stats complaints --by pro", {"province"}),
    ("scamcli stats complaints --by s", {"site", "source"}),
    ("scamcli stats complaints --by t", set()),
    ("scamcli stats events --by s", {"source", "site"}),
    ("scamcli stats events --by t", {"tag"}),
    ("scamcli responses --by s", {"site"}),
    ("scamcli conflicts --only d", {"disputed", "decreasing", "duplicate"}),
    ("scamcli responses --stance a", {"acknowledges", "acts"}),
    ("scamcli responses --answered-by Chou", {r"Chou\ Bun\ Eng"}),
    ("scamcli search --format mark", {"markdown"}),
    ("scamcli export js", {"jsonl"}),
    ("scamcli actors Try", {r"Try\ Pheap"}),
    ("scamcli search --actor Nobody", set()),
]


# Each starts a command, so two of three are left to the thorough tests.
@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param(*offer, id=offer[0], marks=[pytest.mark.thorough] if at % 3 else [])
        for at, offer in enumerate(OFFERS)
    ],
)
def test_completion_offers(line: str, words: set[str]) -> None:
    found = offered(line)
    if line.endswith("Thansur"):
        assert found
        assert all(name.startswith("Thansur") for name in found)
        return
    assert set(found) == words


def test_completion_looks_at_the_database_that_the_line_names(seeded: Path, home: Path) -> None:
    line = f"scamcli search --db {seeded} --actor Sar"
    assert offered(line, env={"SCAMCLI_DB": ""}) == [r"Sar\ Kheng"]
    line = f"scamcli --db {seeded} search --actor Sar"
    assert offered(line, env={"SCAMCLI_DB": ""}) == [r"Sar\ Kheng"]


def test_completion_on_a_pristine_home_makes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAMCLI_DB")
    assert offered("scamcli search --province Kam")[0] == r"Kampong\ Cham"
    offered("scamcli search --actor Sar")
    offered("scamcli show 2022")
    assert "complaints" in offered("scamcli stats comp")
    assert list(home.iterdir()) == []


def test_completion_never_fails(home: Path) -> None:
    broken = home / "broken.db"
    broken.write_text("no database")
    for place in (broken, home, home / "absent" / "x.db"):
        assert offered("scamcli search --actor Sar", env={"SCAMCLI_DB": str(place)}) == []


def test_completion_offers_no_protected_name(own_db: Path) -> None:
    actor = '{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}'
    done("import", "-", stdin=actor)
    assert [name for name in offered("scamcli search --actor Inv") if "Invented" in name] == []
    assert "Invented" not in "\n".join(offered("scamcli search --actor "))
