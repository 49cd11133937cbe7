"""Options for the output and the database, which most commands have. Each group is parsed into one value.

Options that filter are in ``filter_options.py``, and those of commands that write are in ``write_options.py``, because
making the options of a command that is not called would take up to a millisecond.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scamcli.cli import complete
from scamcli.cli.declarations import DB, OUTPUT_OPTIONS, PROTECTED, Argument, Group, Option
from scamcli.cli.output import Output, Scope
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format
from scamcli.timeline.session import default_path, named_path

LARGEST_CHANGE = 2**63 - 1
"""The largest number that SQLite can store for a change."""


def _output(format_: Format | None, json_: bool, fields: str, include_protected: bool, db: Path | None) -> Output:
    if json_ and format_ not in {None, Format.JSON}:
        raise WrongUsageError(f"--json and --format {format_.value if format_ else ''} ask for two formats.")
    Scope.set(named_path(db) or default_path(), include_protected=include_protected)
    keys = tuple(key.strip() for key in fields.split(",") if key.strip())
    return Output(Format.JSON if json_ else format_, keys, include_protected, db)


def parse_database(db: Path | None) -> Path | None:
    """Make a database the one of the command, and return its path; ``None`` means the default database."""
    path = named_path(db)
    Scope.set(path or default_path(), include_protected=Scope.include_protected)
    return path


def _include_protected(include_protected: bool) -> bool:
    Scope.include_protected = include_protected
    return include_protected


INCLUDE_PROTECTED = Group((PROTECTED,), _include_protected)
"""Whether to print protected names, for a command without other output options."""


DATABASE = Group((DB,), parse_database)
"""The database to read; ``None`` means the default database."""


OUTPUT = Group(OUTPUT_OPTIONS, _output)
"""How to print, and which database to read."""


def event_argument(metavar: str = "ID", about: str = "Id of the event, or the beginning of an id.") -> Any:
    """Return an argument that takes the id of an event."""
    return Argument(metavar=metavar, help=about, autocompletion=complete.events)


def name_option(type_: str, about: str) -> Any:
    """Return ``--actor NAME`` or ``--site NAME``."""
    return Option(f"--{type_}", metavar="NAME", help=about, autocompletion=complete.BY_OPTION[type_])
