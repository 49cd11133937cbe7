"""The entry point: finds a command without loading the others, and turns every failure into one or two plain lines."""

# Annotations that are text, the fields of named tuples, would be compiled at every start: they are none here.

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from scamcli.cli.output import Talk, say
from scamcli.errors import DatabaseError, ScamcliError, WrongUsageError
from scamcli.language.names import suggest


class Command(NamedTuple):
    """A command, and the module that is loaded when it is called."""

    name: str
    module: str
    help: str


COMMANDS = (
    Command("search", "search", "List the events that match."),
    Command("show", "show", "Show one event, whole."),
    Command("timeline", "timeline", "Tell the story, oldest first."),
    Command("stats", "stats", "Figures with their bounds, none counted twice."),
    Command("responses", "responses", "Allegations, what answered them, and after how many days."),
    Command("check", "check", "Find what is wrong, each with its reason and remedy."),
    Command("actors", "actors_sites", "List actors, or show one with its events."),
    Command("sites", "actors_sites", "List sites, or show one with its events."),
    Command("add", "add", "Add an event, from flags or as a record on stdin."),
    Command("edit", "edit", "Change an event."),
    Command("remove", "remove", "Remove an event, or an actor or site that no event has."),
    Command("undo", "undo", "Undo a change, your own last one or one by its number."),
    Command("log", "log", "Who changed what, when, and why."),
    Command("names", "names", "Give an actor or a site another name, or merge two of one."),
    Command("ingest", "ingest", "Read drafts of events out of an article or a report."),
    Command("review", "review", "Look through the drafts: accept, edit, merge or reject each."),
    Command("import", "import_", "Take in records, from files of many kinds: all, or none."),
    Command("export", "export", "Write the timeline, or what matches, for other programs."),
    Command("merge", "merge", "Bring another timeline into this one, what both changed told field by field."),
    Command("diff", "diff", "What differs between two timelines."),
    Command("init", "init_info", "Make a database."),
    Command("info", "init_info", "Which database this is, and what is in it."),
    Command("sql", "sql", "Ask in SQL, over public views."),
    Command("backup", "backup", "Copy the whole database while others write."),
    Command("redact", "redact", "Take a name, or an event, out of everything, for good."),
    Command("schema", "schema", "The JSON Schema of the records, or the vocabulary."),
)


OTHER_WORDS = {
    "redo": "`scamcli undo` of an undo does it again",
    "revert": "`scamcli undo N` undoes the change N of the log",
    "history": "`scamcli log` lists the changes, `scamcli show ID --history` those of one event",
    "restore": "a backup is a database: name it with --db, or copy it to the place of the other",
    "delete": "`scamcli remove` takes an event out, and `scamcli undo` brings it back",
}
"""What people call these things elsewhere."""


class LazyGroup(TyperGroup):
    """Loads a command's module when it is called; its help needs none of them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the table."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, its module loaded."""
        module = next((command.module for command in COMMANDS if command.name == cmd_name), None)
        if module is None:
            return None
        loaded = import_module(f"scamcli.cli.commands.{module}")
        return typer.main.get_command(loaded.APPS[cmd_name])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names.

        Raises:
            WrongUsageError: there is none; the hint names the nearest.
        """
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            near = suggest(args[0], [name for name in names if name not in {"redact", "remove"}])  # not by a slip
            hint = (
                OTHER_WORDS.get(args[0]) or f"did you mean {' or '.join(near)}?"
                if near
                else "`scamcli --help` lists them"
            )
            raise WrongUsageError(f"no command {args[0][:80]!r}", hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in COMMANDS])

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Without arguments, the help."""
        return super().parse_args(ctx, args or ["--help"])

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """As typer does; that nobody reads any more is ours to answer."""
        with _reader_may_leave():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        """As typer does; that nobody reads any more is ours to answer."""
        with _reader_may_leave():
            return super().invoke(ctx)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and exit with the code of what happened."""
        extra = {"prog_name": "scamcli", **extra, "standalone_mode": False}
        raise SystemExit(_outcome(lambda: super(LazyGroup, self).main(*args, **extra)))


class _ReaderLeftError(Exception):
    """Nobody reads our output any more: no error. Typer would make it exit code 1."""


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise _ReaderLeftError from None


def _outcome(run: Callable[[], Any]) -> int:
    try:
        code = run()
    except ScamcliError as error:
        return _told(error)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except _ReaderLeftError:
        _drop_output()
        return 0
    except Exception as error:
        return _unforeseen(error)
    return code if isinstance(code, int) else 0


def _unforeseen(error: Exception) -> int:
    """The exit code of what no command answers itself."""
    if hasattr(error, "format_message"):  # typer's own usage errors, whichever click it carries
        return _told(WrongUsageError(error.format_message().rstrip("."), _help_of(error)))
    if "SCAMCLI_DEBUG" in os.environ:
        raise error
    if isinstance(error, OSError):  # what reads and writes files and databases has its own errors: this is the output
        _drop_output()
        return _told(DatabaseError(f"{error.filename or 'the output'} cannot be written: {error.strerror}"))
    damage = _damage()
    if damage is not None:
        return _told(damage)
    say(f"a defect of scamcli: {type(error).__name__}: {error}", "SCAMCLI_DEBUG=1 shows where; please report it")
    return 70


def _damage() -> ScamcliError | None:
    """What is wrong with the database that the command was about: what nobody foresaw may be a damaged record."""
    from scamcli.store.connection import open_file
    from scamcli.timeline.verify import problems

    if Talk.path is None or not Talk.path.exists():
        return None
    try:
        with closing(open_file(Talk.path, write=False)) as connection:
            found = next(problems(connection, None, text=False), None)
    except ScamcliError as error:
        return error
    if found is None:
        return None
    return DatabaseError(f"{Talk.path} is damaged", "`scamcli info --verify` says where; restore a backup")


def _told(error: ScamcliError) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    say(*(line for line in (*error.more, error.message, error.hint) if line))
    return error.exit_code


def _help_of(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "scamcli"
    return f"`{path} --help` says what it takes"


def _drop_output() -> None:
    """Nobody reads any more: what is left goes nowhere, and leaving raises nothing."""
    with suppress(OSError, ValueError):  # a stream without a file needs none
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"scamcli {version('scamcli')}\n")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Timelines of human trafficking and scam compounds: who said what, where, when, how many, and how sure is that."""


app = typer.Typer(
    name="scamcli", cls=LazyGroup, callback=_root, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def main() -> None:
    """Run the command line, and leave at once: nothing is open any more, and taking Python down costs a sixth of it."""
    _utf8()
    try:
        app()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _utf8() -> None:
    """Data is UTF-8 wherever it goes, also where a stream is closed; an argument that is no text is said to be none."""
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:  # or a database would be opened under its number
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, number)
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for argument in sys.argv[1:]:
        if not argument.isascii() and any("\udc80" <= char <= "\udcff" for char in argument):
            say(f"not UTF-8 text: {argument.encode('utf-8', 'backslashreplace').decode()[:80]}")
            raise SystemExit(2)
