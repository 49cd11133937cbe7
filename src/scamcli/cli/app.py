"""The command line as typer runs it: help, completion, mistakes, and every line that `direct_calls.py` does not take.

Only the module of the command that is called is loaded. Options before the command, such as ``--db``, are passed on to
it. If an option is in both places, the later one counts.
"""

from __future__ import annotations

import inspect
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from scamcli.cli.command_table import COMMANDS, load, split_command
from scamcli.cli.declarations import OUTPUT_OPTIONS, Declaration, Group, Option, Parameter, Subcommands, takes
from scamcli.cli.direct_calls import run
from scamcli.cli.outcome import closed_pipe_is_no_error
from scamcli.cli.output import Scope
from scamcli.errors import WrongUsageError, quote
from scamcli.output.formats import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from typer._click import Command as ClickCommand
    from typer._click import Context, HelpFormatter

WIDEST_NAME = 30
"""Width of the column of option names in a help text. After a longer name, the explanation starts on the next line."""


OTHER_WORDS = {
    "redo": "`scamcli undo --redo` redoes the change that you undid last.",
    "revert": "`scamcli undo N` undoes change N of `scamcli log`.",
    "history": "`scamcli log` lists all changes, `scamcli show ID --history` those of one event.",
    "restore": "A backup is a database: name it with --db, or copy it over the damaged file.",
    "delete": "`scamcli remove` removes an event, and `scamcli undo` brings it back.",
}
"""Names that other programs use for these actions, with the command to use here."""

NEVER_SUGGESTED = frozenset({"redact", "remove"})
"""Commands that destroy data, which are never suggested for a mistyped word."""


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


def application(name: str, declaration: Declaration | Subcommands) -> typer.Typer:
    """Return the application of a command."""
    made = typer.Typer(cls=CommandGroup, rich_markup_mode=None, add_completion=False)
    if isinstance(declaration, Declaration):
        made.command(name, cls=_Command)(_function(declaration))
        return made
    first = _function_alone(declaration.alone) if declaration.alone else lambda: None
    made.callback(help=declaration.help, invoke_without_command=declaration.alone is not None)(first)
    for word, subcommand in declaration.commands.items():
        made.command(word, cls=_Command)(_function(subcommand))
    return made


def _function(declaration: Declaration) -> Callable[..., int | None]:
    """Return a function that calls a command, and from whose signature typer reads the parameters."""
    run = _with_signature(lambda **values: declaration.call(values), map(_parameter, declaration.parameters))
    run.__doc__ = declaration.help
    return run


def _function_alone(declaration: Declaration) -> Callable[..., int | None]:
    """Return a function that calls a command with subcommands if none of them is given."""

    def run(context: Context, **values: object) -> int | None:
        if context.invoked_subcommand is None:
            return declaration.call(values)
        _require_no_options(context, context.invoked_subcommand)
        return None

    own = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    return _with_signature(run, (own, *map(_parameter, declaration.parameters)))


def _require_no_options(context: Context, word: str) -> None:
    """Require that no option is given before the subcommand, where it would have no effect."""
    for parameter in context.command.params:
        if parameter.name and str(context.get_parameter_source(parameter.name)).endswith("COMMANDLINE"):
            hint = f"`{context.command_path} {word} --help` lists its options."
            raise WrongUsageError(f"{parameter.opts[0]} must come after {word}.", hint)


def _with_signature(
    function: Callable[..., int | None], parameters: Iterable[inspect.Parameter]
) -> Callable[..., int | None]:
    signature = inspect.Signature(list(parameters))
    vars(function)["__signature__"] = signature
    function.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
    return function


def _parameter(declared: Parameter) -> inspect.Parameter:
    default = inspect.Parameter.empty if declared.default is ... else declared.default
    annotation: Any
    if isinstance(declared.kind, Option):
        annotation = Annotated[declared.type, typer.Option(*declared.kind.flags, **declared.kind.settings)]
    else:
        annotation = Annotated[declared.type, typer.Argument(**declared.kind.settings)]
    return inspect.Parameter(declared.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


class LazyGroup(CommandGroup):
    """The ``scamcli`` command, which loads the module of a subcommand only when the subcommand is called."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands in the order of `COMMANDS`."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Context | None, cmd_name: str) -> ClickCommand | None:
        """Load the module of a command, and return the command."""
        declaration = load(tuple(cmd_name.split(" ")))
        return None if declaration is None else typer.main.get_command(application(cmd_name, declaration))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, ClickCommand | None, list[str]]:
        """Return the command that the first argument names, and the remaining arguments."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise WrongUsageError(f"No command {quote(args[0][:80])}.", _hint_for(args[0]))
        words, rest = split_command(args)
        name, command, rest = super().resolve_command(ctx, [" ".join(words), *rest])
        return name, command, _with_options_before(ctx, command, rest)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the table of commands, section by section."""
        width = max(len(command.name) for command in COMMANDS)
        for section in dict.fromkeys(command.section for command in COMMANDS):
            with formatter.section(section):
                formatter.write_dl([(f"{one.name:<{width}}", one.help) for one in COMMANDS if one.section == section])

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments; without any, show the help."""
        return super().parse_args(ctx, args or ["--help"])

    def make_context(
        self, info_name: str | None, args: list[str], parent: Context | None = None, **extra: object
    ) -> Context:
        """Make a context as typer does, but treat a closed pipe as success."""
        with closed_pipe_is_no_error():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Context) -> object:
        """Run the command as typer does, but treat a closed pipe as success."""
        with closed_pipe_is_no_error():
            return super().invoke(ctx)

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> NoReturn:
        """Run a command line as the ``scamcli`` program does, and exit with the code for its outcome."""
        words = sys.argv[1:] if args is None else args
        Scope.begin(words)
        raise SystemExit(run(words, lambda: self.run_by_typer(args, *others, **settings)))

    def run_by_typer(self, *args: Any, **settings: Any) -> object:
        """Let typer read the command line and run the command, and return its exit code."""
        if "_SCAMCLI_COMPLETE" in os.environ:
            from scamcli.cli import shells

            shells.register()
        try:
            return super().main(*args, **{"prog_name": "scamcli", **settings, "standalone_mode": False})
        except typer.Abort:
            return 130


def _hint_for(word: str) -> str:
    """Say what to use instead of a command that does not exist."""
    if word in OTHER_WORDS:
        return OTHER_WORDS[word]
    from scamcli.language.names import did_you_mean, suggest

    near = suggest(word, [command.name for command in COMMANDS if command.name not in NEVER_SUGGESTED])
    return did_you_mean(near, "`scamcli --help` lists the commands.")


def _with_options_before(ctx: Context, command: ClickCommand | None, rest: list[str]) -> list[str]:
    """Return the arguments of a command, preceded by the options that were given before it.

    The later of two options wins, so an option after the command overrides the same one before it.
    """
    given = ctx.params
    options = ["--include-protected"] if given.get("include_protected") else []
    for key, flag in (("db", "--db"), ("fields", "--fields")):
        if given.get(key):
            options += [flag, str(given[key])]
    format_ = given.get("format_")
    if format_ and given.get("json_"):
        options.append("--json")  # the command must see both formats to refuse them
    elif given.get("json_"):
        format_ = Format.JSON
    if format_ and "--json" not in rest:
        options += ["--format", Format(format_).value]
    subcommands = command.commands if isinstance(command, TyperGroup) else {}
    at = 1 if rest and rest[0] in subcommands else 0
    return [*rest[:at], *options, *rest[at:]]


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"scamcli {version('scamcli')}\n")
        raise typer.Exit


@takes(output=Group(OUTPUT_OPTIONS, dict))
def _root(
    output: dict[str, object],
    version: Annotated[
        bool, Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Research timelines of human trafficking and scam compounds: who said what, where, when, and how many.

    You can give output and database options before or after the command. If you give both, the one after it is used.
    """


app = typer.Typer(
    name="scamcli", cls=LazyGroup, callback=_function(_root), rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def run_by_typer() -> object:
    """Let typer read the command line of this process and run the command, and return its exit code."""
    command = typer.main.get_command(app)
    assert isinstance(command, LazyGroup)
    return command.run_by_typer()
