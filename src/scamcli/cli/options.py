"""Options that commands share, each group parsed once into one value.

``takes`` lets a command say which groups it has: ``@takes(query=FILTERS, output=OUTPUT)``. Typer reads the options
from the signature that it makes; the command gets one argument a group.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from scamcli.cli import complete
from scamcli.cli.output import Output, Talk
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Format
from scamcli.query import filters
from scamcli.query.search import Page
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.timeline.open import default_path, named_path


class Group:
    """Options that become one argument."""

    def __init__(self, parameters: tuple[inspect.Parameter, ...], build: Callable[..., Any]) -> None:
        self.parameters = parameters
        self.build = build


def takes(**groups: Group) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the command's arguments of these names are parsed from the groups' options."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = [p for p in inspect.signature(function, eval_str=True).parameters.values() if p.name not in groups]

        def command(**values: Any) -> None:
            for name, group in groups.items():
                values[name] = group.build(**{p.name: values.pop(p.name) for p in group.parameters})
            function(**values)

        every = [*own, *(p for group in groups.values() for p in group.parameters)]
        every = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in every]
        vars(command)["__signature__"] = inspect.Signature(every)
        command.__annotations__ = {p.name: p.annotation for p in every}
        command.__doc__, command.__name__ = function.__doc__, function.__name__
        return command

    return decorate


def option(name: str, kind: Any, default: Any, *flags: str, **settings: Any) -> inspect.Parameter:
    """One option, as an argument of a command."""
    annotation = Annotated[kind, typer.Option(*flags, **settings)]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _output(format_: Format | None, json_: bool, fields: str, include_protected: bool, db: Path | None) -> Output:
    if json_ and format_ not in {None, Format.JSON}:
        raise WrongUsageError(f"--json and --format {format_.value if format_ else ''} ask for two formats")
    Talk.about(named_path(db) or default_path(), include_protected=include_protected)
    keys = tuple(key.strip() for key in fields.split(",") if key.strip())
    return Output(Format.JSON if json_ else format_, keys, include_protected, db)


DB = option(
    "db",
    Path | None,
    None,
    "--db",
    metavar="PATH",
    readable=False,
    help="The database; else $SCAMCLI_DB, else your own.",
)

PROTECTED = option(
    "include_protected", bool, False, "--include-protected", help="Print the names of protected actors."
)  # fmt: skip


def _database(db: Path | None) -> Path | None:
    path = named_path(db)
    Talk.about(path or default_path())
    return path


DATABASE = Group((DB,), _database)
"""Which database to read; ``None`` is the default one."""


class Target(NamedTuple):
    """Which database a command changes, and what the history says of the change."""

    path: Path | None
    """``None`` is the default one."""
    by: str | None
    reason: str | None

    def cause(self, command: str) -> Cause:
        """What the history says of a change by this command."""
        return Cause(command, self.by, self.reason)


def _target(by: str | None, reason: str | None, db: Path | None) -> Target:
    return Target(_database(db), *_who(by, reason))


def _who(by: str | None, reason: str | None) -> tuple[str | None, str | None]:
    return _said("--as", by, 200), _said("--reason", reason, 10_000)


def _said(flag: str, text: str | None, longest: int) -> str | None:
    if text is not None and not (len(text.strip()) > 0 and len(text) <= longest):
        raise WrongUsageError(f"{flag} takes 1 to {longest:,} characters, not {len(text):,}")
    return text if text is None else text.strip()


WRITING = (
    option("by", str | None, None, "--as", metavar="NAME", help="Whose change it is; else the user's name."),
    option("reason", str | None, None, "--reason", metavar="TEXT", help="Why, for the history."),
)


def cause_of(command: str) -> Group:
    """What the history says of a change by this command, for one that has its database from ``OUTPUT``."""
    return Group(WRITING, lambda by, reason: Cause(command, *_who(by, reason)))


TARGET = Group((*WRITING, DB), _target)
"""Which database to change, who changes it, and why."""

OUTPUT = Group(
    (
        option("json_", bool, False, "--json", help="The same as --format json."),
        option("format_", Format | None, None, "--format", "-f", help="How to print it.", case_sensitive=False),
        option("fields", str, "", "--fields", metavar="A,B", help="Only these keys, in this order."),
        PROTECTED,
        DB,
    ),
    _output,
)


def _query(certain: bool, drafts: bool, match: str, **values: list[str] | None) -> filters.Query:
    if match not in {"any", "all"}:
        raise WrongUsageError(f"--match takes any or all, not {match!r}")
    given: dict[str, Any] = {name: tuple(value or ()) for name, value in values.items()}
    return filters.Query(certain=certain, drafts=drafts, match=match, **given)


def _filter(one: filters.Option) -> inspect.Parameter:
    words = complete.BY_OPTION.get(one.name)
    return option(one.name, list[str], [], one.flag, metavar=one.metavar, help=one.help, autocompletion=words)


FILTERS = Group(
    (
        *(_filter(one) for one in filters.OPTIONS),
        option("certain", bool, False, "--certain", help="Only what surely lies within the dates."),
        option("drafts", bool, False, "--drafts", help="Drafts too, which nobody has reviewed."),
        option(
            "match",
            str,
            "any",
            "--match",
            metavar="any|all",
            help="What a repeated option means: either, or both.",
        ),
    ),
    _query,
)


def _page(limit: int | None, after: str | None, reverse: bool) -> Page:
    return Page(limit, after, reverse)


PAGE = Group(
    (
        option("limit", int | None, None, "--limit", "-n", min=0, max=10**15, help="At most so many."),
        option("after", str | None, None, "--after", metavar="CURSOR", help="Go on after the event with this id."),
        option("reverse", bool, False, "--reverse", help="The other order of time."),
    ),
    _page,
)


class Care(NamedTuple):
    """How careful to be."""

    force: bool
    new_actor: bool

    @property
    def new_names(self) -> NewNames:
        """What becomes of a name that nobody has."""
        return NewNames.TAKEN if self.new_actor else NewNames.CAREFUL


CARE = Group(
    (
        option("force", bool, False, "--force", help="Take it in spite of what looks wrong in it."),
        option(
            "new_actor",
            bool,
            False,
            "--new-actor",
            help="Make new actors and sites although one is spelt alike.",
        ),
    ),
    Care,
)
