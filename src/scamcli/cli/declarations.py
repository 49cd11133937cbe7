"""Declare commands: their parameters, the headings in their help, and groups of shared options.

Declarations are plain data, so that a command whose line is clear runs without typer (`direct_calls.py`), which takes
most of the time of a short command to load. `app.py` makes typer's commands of the same declarations.

A command declares a parameter of its own by an annotation, ``count: Annotated[bool, Option("--count")] = False``, and
names the groups that it has in ``takes``: ``@takes(query=FILTERS, output=OUTPUT)``. It gets one argument per group.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from scamcli.output.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable


class Argument:
    """An argument. ``settings`` are those of ``typer.Argument``."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings


class Option:
    """An option and its flags, under a heading of the help. Further ``settings`` are those of ``typer.Option``."""

    def __init__(self, *flags: str, heading: str | None = None, **settings: Any) -> None:
        self.flags = flags
        self.settings: dict[str, Any] = {"rich_help_panel": heading, **settings}


class Parameter:
    """A parameter of a command.

    Attributes:
        name: the keyword that passes the value to the command.
        type: the type of the value, as in an annotation; ``list[...]`` if it can be repeated.
        kind: how it is written.
        default: the value if nothing is given; ``...`` if it is required.
    """

    def __init__(self, name: str, type_: object, kind: Argument | Option, default: object) -> None:
        self.name = name
        self.type = type_
        self.kind = kind
        self.default = default


def option(
    name: str, type_: object, default: object, *flags: str, heading: str | None = None, **settings: Any
) -> Parameter:
    """Return an option of a group."""
    return Parameter(name, type_, Option(*flags, heading=heading, **settings), default)


class Group:
    """A group of options that becomes one argument of a command; ``build`` makes it from their values by keyword."""

    def __init__(self, parameters: tuple[Parameter, ...], build: Callable[..., object]) -> None:
        self.parameters = parameters
        self.build = build


class Declaration:
    """A command: the function to call, the groups of parameters that become one argument each, and its help."""

    def __init__(self, function: Callable[..., int | None], groups: dict[str, Group]) -> None:
        self._function = function
        self._groups = groups
        self.help = function.__doc__ or ""

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the function itself, and then of its groups."""
        hints = get_type_hints(self._function, include_extras=True)
        hints.pop("return")
        defaults = self._function.__defaults__ or ()
        required = (...,) * (len(hints) - len(defaults))
        own = (
            _own(name, hint, default)
            for (name, hint), default in zip(hints.items(), (*required, *defaults), strict=True)
            if name not in self._groups
        )
        return (*own, *(parameter for group in self._groups.values() for parameter in group.parameters))

    def call(self, values: dict[str, object]) -> int | None:
        """Call the function with the values of all parameters, and return its exit code; ``None`` means success."""
        values = dict(values)
        for name, group in self._groups.items():
            values[name] = group.build(**{one.name: values.pop(one.name) for one in group.parameters})
        return self._function(**values)


def _own(name: str, hint: object, default: object) -> Parameter:
    type_, kind = get_args(hint)  # of Annotated
    return Parameter(name, type_, kind, default)


class Subcommands:
    """A command with subcommands, and what it does without one."""

    def __init__(self, help_: str) -> None:
        self.help = help_
        self.commands: dict[str, Declaration] = {}
        self.alone: Declaration | None = None

    def itself(self, declaration: Declaration) -> Declaration:
        """Declare what the command does without a subcommand."""
        self.alone, self.help = declaration, declaration.help
        return declaration


DECLARED: dict[str, Declaration | Subcommands] = {}
"""The commands of the modules that are loaded, by name."""


def takes(**groups: Group) -> Callable[[Callable[..., int | None]], Declaration]:
    """Return a decorator that makes a command of a function, with one group of options for each argument named."""
    return lambda function: Declaration(function, groups)


def command(name: str, group: Subcommands | None = None) -> Callable[[Declaration], Declaration]:
    """Return a decorator that registers a command, or a subcommand of a group."""

    def register(declaration: Declaration) -> Declaration:
        if group is None:
            DECLARED[name] = declaration
        else:
            group.commands[name] = declaration
        return declaration

    return register


def command_group(name: str, help_: str = "") -> Subcommands:
    """Register a command with subcommands. Its help may also be that of `Subcommands.itself`."""
    DECLARED[name] = group = Subcommands(help_)
    return group


DB = option(
    "db", Path | None, None, "--db", heading="Database", metavar="PATH", readable=False,
    help="Database file (default: $SCAMCLI_DB, then your personal one).",
)  # fmt: skip

PROTECTED = option(
    "include_protected", bool, False, "--include-protected", heading="Output",
    help="Print the names of protected actors.",
)  # fmt: skip

OUTPUT_OPTIONS = (
    option("json_", bool, False, "--json", heading="Output", help="Short for --format json."),
    option(
        "format_", Format | None, None, "--format", "-f", heading="Output", case_sensitive=False, metavar="FORMAT",
        help=f"Output format: {', '.join(Format)}.",
    ),
    option("fields", str, "", "--fields", heading="Output", metavar="A,B", help="Print only these keys, in order."),
    PROTECTED,
    DB,
)  # fmt: skip
"""How a command prints. These options can also be given before the command."""
