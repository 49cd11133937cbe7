"""``scamcli merge``."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import timelines
from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, cause_of, takes
from scamcli.cli.output import Output, ask, listed, print_page, print_text, say
from scamcli.cli.progress import Progress
from scamcli.errors import DataError, WrongUsageError
from scamcli.merge.timelines.merge import How, counted, touched, unite
from scamcli.merge.timelines.other_timeline import same_file
from scamcli.merge.timelines.report import NAMES, Told
from scamcli.output.formats import Result
from scamcli.output.text import merge_text
from scamcli.output.text.words import plural
from scamcli.store.history import Cause
from scamcli.store.naming import NewNames
from scamcli.timeline.open import default_path, masking_errors, named_path, writing

if TYPE_CHECKING:
    from scamcli.merge.timelines.other_timeline import Other
    from scamcli.merge.timelines.report import Decide
    from scamcli.store.writer import Writer

WORDS = ("ask", "ours", "theirs", "fail")

QUESTION = "[o]urs, [t]heirs, all the rest: [O]urs, [T]heirs; [q]uit, and nothing is written: "


class _TriedError(Exception):
    """All was done, to see what comes of it: it is taken back."""


@command("merge")
@takes(cause=cause_of("merge"), output=OUTPUT)
def merge(
    cause: Cause,
    output: Output,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="A database, or JSON lines; - is stdin. Only read.")],
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="PATH", help="What both began with, where their histories do not tell."),
    ] = None,
    on_conflict: Annotated[
        str,
        typer.Option(
            "--on-conflict",
            metavar="|".join(WORDS),
            help="Where both changed one thing in different ways: by default ours stays, and it is told.",
        ),
    ] = "ours",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do it all, print what becomes of each record, and take it back.")
    ] = False,
) -> None:
    """Bring what was entered, changed and removed in another timeline into this one.

    What only one side has changed is taken; what both have changed in different ways is printed, field by field, and
    with such conflicts left the exit code is 1. New events that one of ours seems to tell already come in as drafts,
    for `scamcli review`.
    """
    _see(on_conflict, other, base, output)
    with ExitStack() as stack:
        found = [timelines.read(path, stack) for path in (other, base) if path is not None]
        for one in found:
            stack.enter_context(masking_errors(one.shown))
        done = _Merge(found, output, on_conflict, dry_run=dry_run)
        try:
            with writing(named_path(output.db), NewNames.TAKEN, cause, create=True) as writer:
                done.run(writer)
        except _TriedError:
            pass
        done.tell()
    if done.told.open:
        raise typer.Exit(1)


class _Merge:
    """One merge.

    Args:
        found: the other timeline, and where it is given what both began with.
        output: how to print.
        on_conflict: one of ``WORDS``.
        dry_run: whether it is taken back.
    """

    told: Told

    def __init__(self, found: list[Other], output: Output, on_conflict: str, *, dry_run: bool) -> None:
        self._found = found
        self._output = output
        self._on_conflict = on_conflict
        self._dry_run = dry_run
        self._lines: list[str] = []
        self._warnings: list[str] = []

    def run(self, writer: Writer) -> None:
        """Merge, in the writer's transaction.

        Raises:
            DataError: there are conflicts, and there may be none.
            _TriedError: it is not to be written.
        """
        other, base = self._found[0], self._found[1] if len(self._found) > 1 else None
        with Progress("merging") as progress, timelines.sound(self._found):
            decide = _decider(self._on_conflict)
            how = How(base, decide, self._output.include_protected, progress.share)
            self.told = unite(writer, other, how)
        writer.masker()  # while it can be read: what is said afterwards is masked too
        self._warnings = writer.changes.warnings  # to which the end of the transaction can add
        self._lines = [*self._notes(writer), self._summary(counted(writer))]
        if self.told.open and self._on_conflict == "ours":
            self._lines.append("the same again with --on-conflict theirs, or ask, decides them; so does `scamcli edit`")
        elif self.told.open:
            self._lines.append("these no option decides: look at both, and use `scamcli edit` or `scamcli names merge`")
        if self._on_conflict == "fail" and len(self.told):
            self._print_conflicts()
            raise DataError(f"{plural(len(self.told), 'conflict')}", "nothing was written; --on-conflict decides them")
        if self._dry_run:
            if self._is_text:
                for found in touched(writer, self.told):
                    print_text(merge_text.difference(timelines.row(found)))
            self._print_conflicts()
            raise _TriedError

    def tell(self) -> None:
        """Print the conflicts, and say what was done."""
        if not self._dry_run:
            self._print_conflicts()
        say(*map(self.told.shown, [*self._warnings, *self._lines]))

    @property
    def _is_text(self) -> bool:
        return self._output.format is None and not self._output.fields

    def _print_conflicts(self) -> None:
        if not self._is_text:
            print_page(Result(self.told.rows(), NAMES, keys=NAMES), self._output)
        elif self._on_conflict != "ask":  # else they were shown
            for row in self.told.rows():
                print_text(merge_text.conflict(row))

    def _notes(self, writer: Writer) -> list[str]:
        """What to look at."""
        told = [f"new {type_}: {name}" for type_, name in writer.changes.new]
        shown = [f"{self.told.shown_id(one)} ({self.told.shown_id(other)})" for one, other in self.told.proposed]
        told += listed("came in as drafts, since an event here seems to tell the same", shown)
        told += listed("removed there, and still named here", [name for _, name in self.told.kept])
        return told

    def _summary(self, counts: dict[str, int]) -> str:
        done = ", ".join(f"{number:,} {action}" for action, number in counts.items() if number)
        told = [done or ("nothing was changed" if len(self.told) else "nothing to merge: all of it is here")]
        if len(self.told):
            how = "left, in which ours stays" if self.told.open else "decided"
            told.append(f"{plural(len(self.told), 'conflict')} {how}")
        return "; ".join(told) + ("; nothing was written" if self._dry_run else "")


def _see(on_conflict: str, other: str, base: str | None, output: Output) -> None:
    """See that what is asked for can be done.

    Raises:
        WrongUsageError: it cannot.
    """
    if on_conflict not in WORDS:
        raise WrongUsageError(f"--on-conflict takes {', '.join(WORDS)}, not {on_conflict[:80]!r}")
    if on_conflict == "ask" and ("-" in (other, base) or not (sys.stdin.isatty() and sys.stdout.isatty())):
        raise WrongUsageError("--on-conflict ask asks on a terminal, and this is none", "use ours, theirs or fail")
    if other == base == "-":
        raise WrongUsageError("stdin can be read once; expected another file for --base")
    place = named_path(output.db) or default_path()
    if same_file(place, other):
        raise WrongUsageError(
            f"{other} is this timeline itself", "expected another to merge, or name this one with --db"
        )


def _decider(word: str) -> Decide | None:
    """Who decides conflicts; nobody, where ours stays and they are left to look at."""
    if word == "ask":
        return _Asking().decide
    return (lambda _: True) if word == "theirs" else None


class _Asking:
    """Asks about each conflict, until the answer is for all the rest."""

    def __init__(self) -> None:
        self._rest: bool | None = None

    def decide(self, row: dict[str, Any]) -> bool:
        """Whether theirs comes in the place of ours.

        Raises:
            KeyboardInterrupt: the user leaves.
        """
        if self._rest is not None:
            return self._rest
        print_text(f"\n{merge_text.conflict(row)}")
        while True:
            answer = ask(QUESTION)
            letter = "q" if answer is None else answer.lower()[:1]
            if letter == "q":
                raise KeyboardInterrupt
            if letter in {"o", "t"}:
                self._rest = (letter == "t") if answer and answer[:1].isupper() else None
                return letter == "t"
