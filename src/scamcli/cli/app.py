"""Declare commands: their applications, the headings in their help, and groups of shared options.

``takes`` lets a command name the groups of options that it has: ``@takes(query=FILTERS, output=OUTPUT)``. Typer reads
the options from the signature that the decorator makes; the function gets one argument per group.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from scamcli.output.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer._click import Context, HelpFormatter

WIDEST_NAME = 30
"""Width of the column of option names in a help text. After a longer name, the explanation starts on the next line."""

APPS: dict[str, typer.Typer] = {}
"""The application of each command whose module is loaded, by the command's name."""


def write_options(command: TyperCommand | TyperGroup, ctx: Context, formatter: HelpFormatter) -> None:
    """Write the arguments and options of a command under their headings.

    The heading is the option's ``rich_help_panel``, which typer itself shows only when it uses rich for help.
    """
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None:
            name = record[0].replace("<int range>", "N")
            text = record[1].partition("  [x>=")[0]  # drop the range of numbers that click appends
            default = "Arguments" if param.param_type_name == "argument" else "Options"
            sections.setdefault(getattr(param, "rich_help_panel", None) or default, []).append((name, text))
    # All sections have the same width, so that the explanations form one column.
    width = min(max(len(name) for records in sections.values() for name, _ in records), WIDEST_NAME)
    for heading, records in sections.items():
        if records:
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<{width}}", text) for name, text in records], col_max=WIDEST_NAME)


class _Command(TyperCommand):
    """A command whose help has headings."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the options under headings."""
        write_options(self, ctx, formatter)


class CommandGroup(TyperGroup):
    """A command with subcommands, whose help has headings."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the options under headings, then the subcommands."""
        write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the subcommands, with untruncated explanations."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(limit=200)) for name, one in self.commands.items()])


def command_group(name: str, help: str | None = None) -> typer.Typer:  # noqa: A002 - typer's own name
    """Register a command with subcommands, and return its application."""
    settings = {} if help is None else {"help": help}  # without it, typer takes the docstring of the callback
    APPS[name] = typer.Typer(cls=CommandGroup, rich_markup_mode=None, add_completion=False, **settings)  # type: ignore[arg-type] # a str
    return APPS[name]


def command(name: str, group: typer.Typer | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that registers a function as a command, or as a subcommand of a group."""
    return (group or command_group(name)).command(name, cls=_Command)


class Group:
    """A group of options that becomes one argument of a command; ``build`` makes it from their values by keyword."""

    def __init__(self, parameters: tuple[inspect.Parameter, ...], build: Callable[..., object]) -> None:
        self.parameters = parameters
        self.build = build


def takes(**groups: Group) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that adds groups of options to a command, one for each parameter named."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = [p for p in inspect.signature(function, eval_str=True).parameters.values() if p.name not in groups]

        def run(**values: object) -> None:
            for name, group in groups.items():
                values[name] = group.build(**{p.name: values.pop(p.name) for p in group.parameters})
            function(**values)

        parameters = [*own, *(p for group in groups.values() for p in group.parameters)]
        parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        vars(run)["__signature__"] = inspect.Signature(parameters)
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__doc__, run.__name__ = function.__doc__, function.__name__
        return run

    return decorate


def option(
    name: str, type_: Any, default: object, *flags: str, heading: str | None = None, **settings: object
) -> inspect.Parameter:
    """Return an option as a parameter of a command, under a heading of the help.

    Further ``settings`` are passed to ``typer.Option``.
    """
    made = typer.Option(*flags, rich_help_panel=heading, **settings)  # type: ignore[call-overload] # handed on
    annotation = Annotated[type_, made]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


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
