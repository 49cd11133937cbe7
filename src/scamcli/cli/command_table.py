"""The table of commands: the module that declares each, and what the list of commands says about it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from scamcli.cli.declarations import DECLARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.cli.declarations import Declaration, Subcommands


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
    Command("evidence", "evidence", "Write and review", "Keep evidence files, and check that they have not changed."),
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

_MODULES = {tuple(command.name.split()): command.module for command in (*COMMANDS, *EDITS)}


def split_command(words: Sequence[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """Return the words that name the command at the beginning of a line, which are one or two, and the others."""
    size = 2 if tuple(words[:2]) in _MODULES else 1
    return tuple(words[:size]), words[size:]


def load(name: tuple[str, ...]) -> Declaration | Subcommands | None:
    """Load the module of a command, and return its declaration; ``None`` if there is no such command."""
    if name not in _MODULES:
        return None
    import_module(f"scamcli.cli.commands.{_MODULES[name]}")
    return DECLARED[" ".join(name)]
