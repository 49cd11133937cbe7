"""The entry point: find the command, load only its module, and report every failure in one or two plain lines.

Options before the command, such as ``--db``, are passed on to it. If an option is in both places, the later one counts.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

import typer
from typer.core import TyperGroup

from scamcli.cli.app import APPS, OUTPUT_OPTIONS, CommandGroup, Group, takes
from scamcli.cli.output import Scope, say
from scamcli.errors import DatabaseError, ScamcliError, WrongUsageError, quote, sentence
from scamcli.output.formats import Format
from scamcli.records import limits

if TYPE_CHECKING:
    from typer._click import Command as ClickCommand
    from typer._click import Context, HelpFormatter


class Command:
    """A command, the module to load when it is called, and its section and summary in the help."""

    # Not a named tuple, because defining one takes 0.1 ms, and this module is loaded at every start
    def __init__(self, name: str, module: str, section: str, summary: str) -> None:
        self.name = name
        self.module = module
        self.section = section
        self.help = summary


COMMANDS = (
    Command("search", "search", "Read a timeline", "List matching events."),
    Command("show", "show", "Read a timeline", "Show one event in full."),
    Command(
        "timeline", "timeline", "Read a timeline", "Show matching events with their figures and sources, oldest first."
    ),
    Command("stats", "stats", "Read a timeline", "Add up figures without counting anything twice."),
    Command("conflicts", "conflicts", "Read a timeline", "List numbers that contradict or may duplicate each other."),
    Command("responses", "responses", "Read a timeline", "List allegations, who answered them, and when."),
    Command("actors", "actors_sites", "Read a timeline", "List actors, or show one with its events."),
    Command("sites", "actors_sites", "Read a timeline", "List sites, or show one with its events."),
    Command("sql", "sql", "Read a timeline", "Run a SQL query over public views."),
    Command("add", "add", "Write and review", "Add an event from flags or from a record on stdin."),
    Command("edit", "edit", "Write and review", "Change an event."),
    Command("remove", "remove", "Write and review", "Remove an event, or an actor or site without events."),
    Command("names", "names", "Write and review", "Add aliases to an actor or site, or merge two of them."),
    Command("protect", "protect", "Write and review", "Mask the name of a victim or a witness."),
    Command("unprotect", "protect", "Write and review", "Stop masking an actor's name."),
    Command("check", "check", "Write and review", "Find mistakes and explain how to fix them."),
    Command("ingest", "ingest", "Write and review", "Read an article or report and draft its events."),
    Command("review", "review", "Write and review", "Accept, edit, merge or reject drafts."),
    Command("import", "import_", "Exchange data", "Import records from JSON lines, tables and other files."),
    Command("export", "export", "Exchange data", "Export all or matching events."),
    Command("report", "report", "Exchange data", "Write a report on all or matching events as one HTML file."),
    Command("merge", "merge", "Exchange data", "Merge another timeline into this one."),
    Command("diff", "diff", "Exchange data", "Show the differences between two timelines."),
    Command("init", "init_info", "Maintain", "Create a database."),
    Command("info", "init_info", "Maintain", "Show which database is used and what it holds."),
    Command("log", "log", "Maintain", "List who changed what, when, and why."),
    Command("undo", "undo", "Maintain", "Undo a change."),
    Command("backup", "backup", "Maintain", "Copy the whole database, even while others write."),
    Command("redact", "redact", "Maintain", "Erase a name or an event for good, history included."),
    Command("schema", "schema", "Maintain", "Print the JSON Schema or the vocabulary of records."),
)


EDITS = tuple(
    Command(f"{kind}s {verb}", "edit_entities", "Write and review", f"{about} {article} {kind}.")
    for kind, article in (("actor", "an"), ("site", "a"))
    for verb, about in (("add", "Add"), ("edit", "Change"), ("remove", "Remove"))
)
"""Commands of two words. The first alone is a command, too, and takes a name: only these names are taken for verbs."""


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


class LazyGroup(CommandGroup):
    """The ``scamcli`` command, which loads the module of a subcommand only when the subcommand is called."""

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the names of all commands in the order of `COMMANDS`."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: "Context | None", cmd_name: str) -> "ClickCommand | None":
        """Load the module of a command, and return the command."""
        module = next((command.module for command in (*COMMANDS, *EDITS) if command.name == cmd_name), None)
        if module is None:
            return None
        import_module(f"scamcli.cli.commands.{module}")
        return typer.main.get_command(APPS[cmd_name])

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, ClickCommand | None, list[str]]":
        """Return the command that the first argument names, and the remaining arguments."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            raise WrongUsageError(f"No command {quote(args[0][:80])}.", _hint_for(args[0]))
        if " ".join(args[:2]) in {command.name for command in EDITS}:
            args = [" ".join(args[:2]), *args[2:]]
        name, command, rest = super().resolve_command(ctx, args)
        return name, command, _with_options_before(ctx, command, rest)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the table of commands, section by section."""
        width = max(len(command.name) for command in COMMANDS)
        for section in dict.fromkeys(command.section for command in COMMANDS):
            with formatter.section(section):
                formatter.write_dl([(f"{one.name:<{width}}", one.help) for one in COMMANDS if one.section == section])

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Parse the arguments; without any, show the help."""
        return super().parse_args(ctx, args or ["--help"])

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: object
    ) -> "Context":
        """Make a context as typer does, but treat a closed pipe as success."""
        with _closed_pipe_is_no_error():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: "Context") -> object:
        """Run the command as typer does, but treat a closed pipe as success."""
        with _closed_pipe_is_no_error():
            return super().invoke(ctx)

    def main(self, *args: object, **extra: object) -> object:
        """Run the command line, and exit with the code for its outcome."""
        settings = {"prog_name": "scamcli", **extra, "standalone_mode": False}
        arguments = args[0] if args else extra.get("args")
        Scope.begin(sys.argv[1:] if arguments is None else cast("Sequence[str]", arguments))
        if "_SCAMCLI_COMPLETE" in os.environ:
            from scamcli.cli import shells

            shells.register()
        raise SystemExit(_exit_code_of(lambda: super(LazyGroup, self).main(*args, **settings)))  # type: ignore[arg-type] # handed on


def _hint_for(word: str) -> str:
    """Say what to use instead of a command that does not exist."""
    if word in OTHER_WORDS:
        return OTHER_WORDS[word]
    from scamcli.language.names import did_you_mean, suggest

    near = suggest(word, [command.name for command in COMMANDS if command.name not in NEVER_SUGGESTED])
    return did_you_mean(near, "`scamcli --help` lists the commands.")


def _with_options_before(ctx: "Context", command: "ClickCommand | None", rest: list[str]) -> list[str]:
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


class _ClosedPipeError(Exception):
    """Raised if nobody reads the output any more. This is not a failure, but typer would exit with code 1."""


@contextmanager
def _closed_pipe_is_no_error() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise _ClosedPipeError from None


def _exit_code_of(run: Callable[[], object]) -> int:
    try:
        code = run()
    except ScamcliError as error:
        return _report(error)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except limits.TimeIsOverError:
        return _report(limits.exceeded("seconds", "The command takes"))
    except MemoryError:
        return _report(limits.exceeded("memory", "The command needs"))
    except _ClosedPipeError:
        _discard_output()
        return 0
    except Exception as error:
        return _report_unexpected(error)
    return code if isinstance(code, int) else 0


def _report_unexpected(error: Exception) -> int:
    """Report an error that no command has handled, and return its exit code."""
    if hasattr(error, "format_message"):  # a usage error of typer, whichever copy of click it uses
        context = getattr(error, "ctx", None)
        hint = f"`{context.command_path if context else 'scamcli'} --help` lists what it takes."
        return _report(WrongUsageError(_in_double_quotes(error.format_message()), hint))
    if "SCAMCLI_DEBUG" in os.environ:
        raise error
    if isinstance(
        error, OSError
    ):  # commands handle errors of their files and databases, so this one is about the output
        _discard_output()
        return _report(DatabaseError(f"{error.filename or 'The output'} cannot be written: {error.strerror}."))
    damage = _find_damage()
    if damage is not None:
        return _report(damage)
    say(f"Internal error: {type(error).__name__}: {error}.", "SCAMCLI_DEBUG=1 shows where; please report it.")
    return 70


def _in_double_quotes(message: str) -> str:
    """Return a message of click with its values in double quotes, as in our own messages."""
    return sentence(re.sub(r"'([^']*)'", r'"\1"', message))


def _find_damage() -> ScamcliError | None:
    """Return an error if a database of the command is damaged, because a damaged record can cause any error."""
    from scamcli.timeline.verify import damage_of

    try:
        found = (damage_of(path) for path in (Scope.path, *Scope.others) if path is not None)
        return next(filter(None, found), None)
    except ScamcliError as error:
        return error


def _report(error: ScamcliError) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    say(*(line for line in (*error.more, error.message, error.hint) if line))
    return error.exit_code


def _discard_output() -> None:
    """Discard the rest of the output, so that Python's flush at exit raises nothing."""
    with suppress(OSError, ValueError):  # a stream without a file descriptor does not need this
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"scamcli {version('scamcli')}\n")
        raise typer.Exit


@takes(output=Group(OUTPUT_OPTIONS, dict))
def _root(
    output: dict[str, object],
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Research timelines of human trafficking and scam compounds: who said what, where, when, and how many.

    You can give output and database options before or after the command. If you give both, the one after it is used.
    """


app = typer.Typer(
    name="scamcli", cls=LazyGroup, callback=_root, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def main() -> None:
    """Run the command line."""
    Scope.begin(sys.argv[1:])
    _set_up_streams()
    try:
        _limit_process()
        app()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        # Nothing is open any more, and shutting down the interpreter takes 9 % of the CPU time of a short command
        # (`search --json` on the shipped timeline, 60 paired runs).
        os._exit(code)


def _limit_process() -> None:
    """Limit the memory and processor time of this process, on systems that support it (getrlimit(2) of Linux)."""
    if sys.platform != "linux":
        return
    import resource
    import signal

    try:
        memory, seconds = limits.value("memory"), limits.value("seconds")
    except WrongUsageError as error:
        raise SystemExit(_report(error)) from None
    signal.signal(signal.SIGXCPU, _end_in_time)
    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, seconds)):
        soft, hard = resource.getrlimit(kind)
        if most < limits.UNLIMITED and all(one == resource.RLIM_INFINITY or one > most for one in (soft, hard)):
            resource.setrlimit(kind, (most, hard))


def _end_in_time(_number: int, _frame: object) -> None:
    raise limits.TimeIsOverError


def _set_up_streams() -> None:
    """Make the streams usable even if one is closed or not UTF-8, and refuse arguments that are not text."""
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        if (
            getattr(sys, name) is None
        ):  # otherwise the database could get this file number, and output would be written into it
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for argument in sys.argv[1:]:
        if not argument.isascii() and any("\udc80" <= char <= "\udcff" for char in argument):
            say(f"This argument is not UTF-8 text: {argument.encode('utf-8', 'backslashreplace').decode()[:80]}")
            raise SystemExit(2)
