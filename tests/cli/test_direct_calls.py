"""A call that is made without typer has the values that typer reads from the same line."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from scamcli.cli.app import application
from scamcli.cli.command_table import COMMANDS, EDITS
from scamcli.cli.declarations import Argument, Declaration, Option, Parameter
from scamcli.cli.direct_calls import direct_call, find, parse

WORDS = (
    "", "-", "--", "-1", "0", "7", " 8 ", "1_0", "x", "2022-09", "a=b", "CSV", "json", "Format.CSV", "é", "/",
    "/absent", "-h", "--help", "--absent", "-x", "-fcsv", "-n5", "--limit=3", "--json=yes", "--fields=", "--format=tsv",
    "9" * 30,
)  # fmt: skip
"""Words that occur as values, and those that are unusual."""

NAMES = [
    *(one.name for one in (*COMMANDS, *EDITS)), "names alias", "names merge", "review accept", "review reject",
    "review merge", "review split",
]  # fmt: skip
DECLARED = {name: one for name in NAMES if (one := find(name.split(" "))[0]) is not None}


class Recording(Declaration):
    """A command that only keeps the values of its parameters."""

    def __init__(self, declaration: Declaration) -> None:
        self.parameters = declaration.parameters
        self.help = ""
        self.seen: dict[str, object] | None = None

    def call(self, values: dict[str, object]) -> None:
        self.seen = values


@cache
def recorded(declaration: Declaration) -> tuple[Recording, Any]:
    recording = Recording(declaration)
    return recording, typer.main.get_command(application("command", recording))


def read_by_typer(declaration: Declaration, words: list[str]) -> dict[str, object] | None:
    """Return the values that typer reads, or ``None`` if it refuses the line or shows the help."""
    recording, command = recorded(declaration)
    recording.seen = None
    try:
        command.main(words, prog_name="command", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
    return recording.seen


def read_directly(parameters: tuple[Parameter, ...], words: list[str]) -> dict[str, object] | None:
    try:
        return parse(parameters, words)
    except ValueError:
        return None


def words_of(parameters: tuple[Parameter, ...]) -> st.SearchStrategy[list[str]]:
    """Return lines with flags of a command, with and without values, and with other words."""
    flags = [flag for one in parameters if isinstance(one.kind, Option) for flag in one.kind.flags]
    word = st.sampled_from(WORDS)
    flag = st.sampled_from(flags)
    usual = st.tuples(flag, word) | st.tuples(flag, word, word) | st.tuples(flag) | st.tuples(word)
    joined = st.builds("{}={}".format, flag, word).map(lambda one: (one,))
    return st.lists(usual | joined, max_size=5).map(lambda parts: [one for part in parts for one in part])


@pytest.mark.parametrize("name", DECLARED)
@settings(max_examples=30)
@given(data=st.data())
def test_typer_reads_the_same_values(name: str, data: st.DataObject) -> None:
    declaration = DECLARED[name]
    words = data.draw(words_of(declaration.parameters))
    values = read_directly(declaration.parameters, words)
    if values is not None:
        assert read_by_typer(declaration, words) == values


@pytest.mark.parametrize("name", DECLARED)
def test_only_the_last_argument_is_a_list(name: str) -> None:
    arguments = [str(one.type) for one in DECLARED[name].parameters if isinstance(one.kind, Argument)]
    assert not any("list" in type_ for type_ in arguments[:-1])


DIRECT = [
    "search", "search raid police --kind raid --kind death --limit 5 -n 6", "search --actor=Sar --format CSV -f json",
    "search - --db /absent --actor --json", "show 2022-09-19 --at 2023", "stats complaints --by kind --min-cell 3",
    "stats complaints --compare 2022 2023", "stats complaints --chart /absent.svg", "export jsonl raid", "sites --new",
    "sites edit Somewhere --status raided", "actors remove Nobody", "check --k 11", "add - --tag x --force", "log -n 0",
    "names alias a b c --site", "review --json -n 3", "review accept x y --repeats z",
]  # fmt: skip


@pytest.mark.parametrize("line", DIRECT)
def test_a_usual_line_needs_no_typer(line: str) -> None:
    declaration, words = find(line.split(" "))
    assert declaration is not None
    assert parse(declaration.parameters, words) == read_by_typer(declaration, list(words))
    assert direct_call(line.split(" ")) is not None


BY_TYPER = [
    "", "--help", "--version", "absent", "search --help", "search -h", "search -n5", "search -n x", "search -- raid",
    "search --json=yes", "search --absent", "search --format xml", "show", "show a b", "log -n -1", "--json search",
    "names", "names alias a", "review x", "review --json accept x", "review -- accept x", "stats --compare 2022",
    "search --limit",
]  # fmt: skip


@pytest.mark.parametrize("line", BY_TYPER)
def test_typer_reads_every_other_line(line: str) -> None:
    assert direct_call(line.split(" ")) is None


def test_a_command_of_two_words_is_not_one_word_with_a_space() -> None:
    assert direct_call(["actors add", "Nobody"]) is None


def test_a_shell_that_completes_asks_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SCAMCLI_COMPLETE", "complete_bash")
    assert direct_call(["search"]) is None
