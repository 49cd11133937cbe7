"""``scamcli review``: the drafts that nobody has reviewed, for a person to walk through and for scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import complete, editor, origins
from scamcli.cli.app import command, command_group
from scamcli.cli.options import CARE, OUTPUT, TARGET, Care, Target, cause_of, takes
from scamcli.cli.output import Output, print_line, print_page, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.store.history import Cause
from scamcli.timeline import Timeline
from scamcli.timeline.open import named_path, writing

if TYPE_CHECKING:
    from scamcli.store.snapshots import Origin
    from scamcli.store.writer import Writer

COLUMNS = ("date", "kind", "title", "unread", "same_as", "id")

GROUP = command_group("review")

Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Its id, or how it begins.", autocompletion=complete.events),
]


@GROUP.callback(invoke_without_command=True)
@takes(output=OUTPUT, care=CARE, cause=cause_of("review"))
def review(
    context: typer.Context,
    output: Output,
    care: Care,
    cause: Cause,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", metavar="SHA256", help="Only drafts of this text, or how it begins.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=0, help="At most so many.")] = None,
) -> None:
    """Look through the drafts that nobody has reviewed; without a word, one by one on a terminal.

    There a key and Enter decide each: accept it, edit it first, merge it with an event that tells the same, reject it,
    skip it, or undo the last decision. Each decision is kept at once, so a review can be left and gone on with.
    --json lists the drafts, for scripts: each with its record, its passage, and the words and rule of every field.
    """
    if context.invoked_subcommand is not None:
        _see_nothing_given(context)
        return
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        drafts = timeline.pending()
        chosen = islice((draft for draft in drafts if snapshot is None or _is_of(draft.origin, snapshot)), limit)
        if output.format is not None or output.fields:
            _list((origins.draft(*draft) for draft in chosen), output)
        elif editor.is_at_terminal():
            from scamcli.cli.review_loop import Walk

            Walk(
                timeline,
                {draft.record["id"]: draft.same_as for draft in chosen},
                Target(named_path(output.db), cause.by, cause.reason),
                care,
            ).run()
        else:
            hint = "`scamcli review --json` lists the drafts, `scamcli review accept ID` takes one"
            raise WrongUsageError("review needs a terminal, to ask about each draft", hint)


@command("accept", GROUP)
@takes(care=CARE, target=TARGET)
def accept(care: Care, target: Target, ids: Ids) -> None:
    """Accept drafts as they are: from now on they count.

    All that are named, or none; what looks wrong is refused, as by add.
    """
    from scamcli.cli.accept_draft import accept_and_tell

    _decide(target, care, ids, lambda writer, event_id: accept_and_tell(writer, event_id, care))


@command("reject", GROUP)
@takes(target=TARGET)
def reject(target: Target, ids: Ids) -> None:
    """Reject drafts: they are gone.

    All that are named, or none. The same text does not propose them again.
    """
    from scamcli.store import review_drafts

    _decide(target, Care(force=False, new_actor=True), ids, review_drafts.reject)


@command("merge", GROUP)
@takes(target=TARGET)
def merge(
    target: Target,
    id_: Annotated[str, typer.Argument(metavar="ID", help="The draft.", autocompletion=complete.events)],
    into: Annotated[
        str, typer.Argument(metavar="INTO", help="The event that tells the same.", autocompletion=complete.events)
    ],
) -> None:
    """Merge a draft with an event that tells the same.

    INTO takes its sources over, and its passage; the draft's id leads there. All else of INTO stays.
    """
    from scamcli.cli.event_flags import id_of
    from scamcli.store import review_drafts

    def decide(writer: Writer, event_id: str) -> None:
        review_drafts.merge(writer, event_id, id_of(writer, into))

    _decide(target, Care(force=False, new_actor=True), [id_], decide)


def _decide(target: Target, care: Care, ids: list[str], decide: Callable[[Writer, str], object]) -> None:
    """Decide on each in one transaction, and print their ids."""
    from scamcli.cli.event_flags import id_of, say_changes

    with writing(target.path, care.new_names, target.cause("review")) as writer:
        found = list(dict.fromkeys(id_of(writer, id_) for id_ in ids))
        printed = [writer.shown(id_) for id_ in found]
        for event_id in found:
            decide(writer, event_id)
    say_changes(writer)
    for id_ in printed:
        print_line(id_)


def _see_nothing_given(context: typer.Context) -> None:
    """See that no option stands where it would be lost.

    Raises:
        WrongUsageError: one does.
    """
    word = context.invoked_subcommand
    given = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name and str(context.get_parameter_source(parameter.name)).endswith("COMMANDLINE")
    ]
    if given:
        raise WrongUsageError(f"{given[0]} goes after {word}", f"`scamcli review {word} --help` says what it takes")


def _is_of(origin: Origin | None, snapshot: str) -> bool:
    return origin is not None and origin.snapshot.sha256.startswith(snapshot.lower())


def _list(rows: Iterator[dict[str, Any]], output: Output) -> None:
    printed = print_page(Result(rows, COLUMNS, keys=COLUMNS), output)
    if printed.last is None:
        say("no drafts to review")
    elif printed.more:
        say(f"{printed.rows:,} shown, and there are more; --format tsv has all")
