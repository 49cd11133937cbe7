"""Run a command without typer if its line is clear.

Loading typer takes more time than everything else that a short command does. So the usual lines are parsed here: a
command, and flags and values that are separate words or joined by ``=``. Everything else goes to typer: help,
completion, mistakes, ``-n5``, ``--``, options before the command, and subcommands. A test with random lines ensures
that a call made here is the same as typer's.
"""

from __future__ import annotations

import os
from itertools import chain
from math import inf
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, get_args, get_origin

from scamcli.cli.command_table import load, split_command
from scamcli.cli.declarations import Argument, Option, Subcommands
from scamcli.cli.outcome import closed_pipe_is_no_error, exit_code_of
from scamcli.output.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scamcli.cli.declarations import Declaration, Parameter


def run(words: Sequence[str], by_typer: Callable[[], object]) -> int:
    """Run a command line, by typer if it is not clear, and return the exit code."""

    def run_either() -> object:
        call = direct_call(words)
        if call is None:
            return by_typer()
        with closed_pipe_is_no_error():
            return call()

    return exit_code_of(run_either)


def direct_call(words: Sequence[str]) -> Callable[[], int | None] | None:
    """Return the call that a command line asks for, or ``None`` if typer has to read the line."""
    if "_SCAMCLI_COMPLETE" in os.environ or os.name == "nt":  # on Windows, typer expands wildcards
        return None
    declaration, rest = find(words)
    if declaration is None:
        return None
    parameters = declaration.parameters
    try:
        values = parse(parameters, rest)
    except ValueError:
        return None
    return lambda: declaration.call(values)


def find(words: Sequence[str]) -> tuple[Declaration | None, Sequence[str]]:
    """Return the command or subcommand at the beginning of a line, and the other words."""
    name, rest = split_command(words)
    found = load(name)
    if not isinstance(found, Subcommands):
        return found, rest
    subcommand = found.commands.get(rest[0]) if rest else None
    return (found.alone, rest) if subcommand is None else (subcommand, rest[1:])


def parse(parameters: Sequence[Parameter], words: Sequence[str]) -> dict[str, object]:
    """Return the values of all parameters, by name.

    Raises:
        ValueError: typer may read the line in another way, or refuses it.
    """
    by_flag = {flag: one for one in parameters if isinstance(one.kind, Option) for flag in one.kind.flags}
    given: dict[str, object] = {}
    arguments = []
    rest = iter(words)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            arguments.append(word)
            continue
        flag, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if flag not in by_flag or (equals and by_flag[flag].type is bool):
            raise ValueError(word)
        _set_option(given, by_flag[flag], chain([value], rest) if equals else rest)
    _set_arguments(given, [one for one in parameters if isinstance(one.kind, Argument)], arguments)
    values = {one.name: given.get(one.name, one.default) for one in parameters}
    if ... in values.values():
        raise ValueError(words)
    return values


def _set_option(given: dict[str, object], parameter: Parameter, words: Iterator[str]) -> None:
    """Set an option to the words after its flag, or add them to its list."""
    form, kinds = _form(parameter.type)
    if form is bool:
        given[parameter.name] = True
        return
    values = [_value(parameter, kind, next(words, None)) for kind in kinds]
    if form is list:
        before = given.get(parameter.name)
        given[parameter.name] = [*before, *values] if isinstance(before, list) else values
    else:
        given[parameter.name] = tuple(values) if form is tuple else values[0]


def _set_arguments(given: dict[str, object], parameters: Sequence[Parameter], words: list[str]) -> None:
    """Give each argument one word, or the last one all remaining words if it is a list."""
    for parameter in parameters:
        form, (kind, *_) = _form(parameter.type)
        taken = words if form is list else words[:1]
        values = [_value(parameter, kind, word) for word in taken]
        if values:
            given[parameter.name] = values if form is list else values[0]
        words = words[len(taken) :]
    if words:
        raise ValueError(words)


def _form(type_: object) -> tuple[object, tuple[object, ...]]:
    """Return ``list``, ``tuple`` or the type itself, without ``None``, and the types of its values."""
    if isinstance(type_, UnionType):
        (type_,) = (one for one in get_args(type_) if one is not NoneType)
    return get_origin(type_) or type_, get_args(type_) or (type_,)


def _value(parameter: Parameter, kind: object, word: str | None) -> object:
    """Return a word as a value of its type."""
    settings = parameter.kind.settings
    if word is not None and kind is str:
        return word
    if word is not None and kind is Path and (not settings.get("readable", True) or _can_be_read(word)):
        return Path(word)
    if word is not None and kind is Format:
        return Format(word.lower())
    if word is not None and kind is int and settings.get("min", -inf) <= int(word) <= settings.get("max", inf):
        return int(word)
    raise ValueError(word)


def _can_be_read(path: str) -> bool:
    return os.access(path, os.R_OK) or not os.access(path, os.F_OK)
