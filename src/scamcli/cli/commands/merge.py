"""``scamcli merge``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from scamcli.cli import editor
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.on_conflict import ask_about_each
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, Progress, Scope, print_page, print_text, say
from scamcli.cli.write_options import CHANGE_INFO, ChangeInfo
from scamcli.errors import WrongUsageError, quote, sentence
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.output.text.words import plural
from scamcli.timeline import Timeline
from scamcli.timeline.merges import POLICIES, ConflictError, Merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.merge.timelines.report import ConflictDict, Decide
    from scamcli.timeline.merges import Policy

WORDS = ("ask", *POLICIES)

KEYS = ("type", "record", "key", "base", "ours", "theirs")

QUESTION = "[o]urs, [t]heirs, for all the rest: [O]urs, [T]heirs; [q]uit without writing: "

QUESTION_ON_FIGURE = (
    "[o]urs, [t]heirs, [b]oth as statements about one incident, for all the rest: [O]urs, [T]heirs, [B]oth;"
    " [q]uit without writing: "
)

UNDECIDED = "To resolve conflicts, repeat with --on-conflict theirs or ask, or use `scamcli edit`."

UNDECIDABLE = "No option resolves these conflicts: look at both sides, and use `scamcli edit` or `scamcli names merge`."


@command("merge")
@takes(cause=CHANGE_INFO, output=OUTPUT)
def merge(
    cause: ChangeInfo,
    output: Output,
    other: Annotated[
        str,
        Argument(metavar="OTHER", help="Database or JSON lines file to merge (- for stdin); it is not changed."),
    ],
    base: Annotated[
        str | None,
        Option("--base", metavar="PATH", help="Timeline that both started from (default: found in their histories)."),
    ] = None,
    on_conflict: Annotated[
        str, Option("--on-conflict", metavar="|".join(WORDS), help="What to do if both changed the same value.")
    ] = "ours",
    dry_run: Annotated[
        bool, Option("--dry-run", help="Print what would happen to each record, and write nothing.")
    ] = False,
) -> int:
    """Apply the additions, changes and removals of another timeline to this one.

    If only one side changed a value, that change is taken. If both sides changed it in different ways, the conflict is
    shown field by field; the exit code is 1 if any conflict is left open. New events that may be the same as one of
    yours become drafts that you can `scamcli review`.
    """
    Scope.others = tuple(Path(path) for path in (other, base) if path)
    decide = _decider(on_conflict, [other, base])
    with Timeline(output.db, include_protected=output.include_protected, create=True) as timeline:
        try:
            with Progress("merging") as progress:
                done = timeline.merge(
                    other, base=base, on_conflict=decide, dry_run=dry_run, progress=progress.share, **cause
                )
        except ConflictError as error:
            _print_conflicts(error.conflicts, output)
            raise
    if _is_text(output):
        for row in done.differences:
            print_text(change_text.difference(dict(row)))
    if not (on_conflict == "ask" and _is_text(output)):  # with ask, they have already been shown
        _print_conflicts(done.conflicts, output)
    say(*done.notes, _summary(done, dry_run=dry_run))
    if done.open:
        say(UNDECIDED if on_conflict == "ours" else UNDECIDABLE)
    return 1 if done.open else 0


def _decider(word: str, paths: list[str | None]) -> Policy | Decide:
    """Return the policy or function that decides conflicts."""
    if word not in WORDS:
        raise WrongUsageError(f"--on-conflict takes {', '.join(WORDS)}, not {quote(word[:80])}.")
    if word != "ask":
        return word  # type: ignore[return-value]  # one of the policies
    if "-" in paths or not editor.is_at_terminal():
        raise WrongUsageError("--on-conflict ask needs a terminal.", f"Use {', '.join(POLICIES)}.")
    from scamcli.merge.timelines.report import can_keep_both

    def asked(conflict: ConflictDict) -> tuple[str, Sequence[str]]:
        return (QUESTION_ON_FIGURE, ("o", "t", "b")) if can_keep_both(conflict) else (QUESTION, ("o", "t"))

    choose = ask_about_each(_conflict_text, asked)
    answers: dict[str, bool | Literal["both"]] = {"o": False, "t": True, "b": "both"}
    return lambda conflict: answers[choose(conflict)]


def _is_text(output: Output) -> bool:
    return output.format is None and not output.fields


def _conflict_text(conflict: ConflictDict) -> str:
    return change_text.conflict(dict(conflict))


def _print_conflicts(conflicts: Sequence[ConflictDict], output: Output) -> None:
    if _is_text(output):
        for conflict in conflicts:
            print_text(_conflict_text(conflict))
    else:
        print_page(Result([dict(conflict) for conflict in conflicts], KEYS, keys=KEYS), output)


def _summary(done: Merged, *, dry_run: bool) -> str:
    counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
    changes = ", ".join(f"{number:,} {action}" for action, number in counts.items() if number)
    if not changes and not done.conflicts:
        return "Nothing to merge: everything is already here."
    parts = [changes or "Nothing changed"]
    if done.conflicts:
        outcome = "left open, with your value kept" if done.open else "decided"
        parts.append(f"{plural(len(done.conflicts), 'conflict')} {outcome}")
    return sentence(*parts, *["nothing was written"] * dry_run)
