"""``scamcli review``: decide on drafts, on a terminal or in scripts."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli import editor
from scamcli.cli.declarations import Option, command, command_group, takes
from scamcli.cli.filter_options import MOST_ROWS
from scamcli.cli.options import OUTPUT, event_argument
from scamcli.cli.output import Output, print_line, print_page, say, say_notes
from scamcli.cli.write_options import CHANGE_INFO, LINKS, TARGET, WRITE_OPTIONS, ChangeInfo, Target, WriteOptions
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.output.text.words import plural
from scamcli.timeline import Timeline
from scamcli.timeline.draft_rows import draft_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.store.review_drafts import Draft
    from scamcli.timeline.results import Decided

COLUMNS = ("date", "kind", "title", "unread", "same_as", "id")

GROUP = command_group("review")

Ids = Annotated[list[str], event_argument("ID...", "Id of a draft, or the beginning of an id.")]


@GROUP.itself
@takes(output=OUTPUT, options=WRITE_OPTIONS, cause=CHANGE_INFO)
def review(
    output: Output,
    options: WriteOptions,
    cause: ChangeInfo,
    snapshot: Annotated[
        str | None,
        Option(
            "--snapshot", metavar="SHA256", help="Only drafts from the text with this hash, or beginning of a hash."
        ),
    ] = None,
    limit: Annotated[int | None, Option("--limit", "-n", min=0, help="Show at most N drafts.")] = None,
    html: Annotated[
        Path | None,
        Option("--html", metavar="FILE", help="Write the drafts as an HTML page for a second reader."),
    ] = None,
) -> None:
    """Decide on the drafts, one after the other.

    This needs a terminal. Type a key and Enter to accept a draft, edit it first, merge it into an event that reports
    the same thing, reject it, skip it, hide a name in it, or undo your last decision. Each decision is saved at once,
    so you can stop at any time and continue later.

    With --json, list the drafts for scripts instead. Each has its record, its passage, and the words and rule behind
    every field. With --html, write them as a page that can be read offline and printed.
    """
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        most = None if limit is None else min(limit, MOST_ROWS)
        drafts = islice((draft for draft in timeline.pending() if snapshot is None or _is_of(draft, snapshot)), most)
        if html is not None:
            if output.format is not None or output.fields:
                raise WrongUsageError("--html writes a page, so it cannot be used with --json, --format or --fields.")
            written = timeline.write_review(html, drafts)
            say(f"Wrote {plural(written, 'draft')} to {html}.")
        elif output.format is not None or output.fields:
            _list(timeline, drafts, output)
        elif editor.is_at_terminal():
            from scamcli.cli.review_loop import ReviewLoop

            ReviewLoop(timeline, list(drafts), options, cause).run()
        else:
            hint = "`scamcli review --json` lists the drafts, and `scamcli review accept ID` accepts one."
            raise WrongUsageError("`review` asks about each draft, which needs a terminal.", hint)


@command("accept", GROUP)
@takes(options=WRITE_OPTIONS, links=LINKS, target=TARGET)
def accept(options: WriteOptions, links: list[dict[str, object]], target: Target, ids: Ids) -> None:
    """Accept drafts unchanged, so that they count in totals.

    Either all of them are accepted or none. As in `scamcli add`, records with warnings are refused.
    """
    with Timeline(target.path) as timeline:
        _print(timeline, timeline.accept(ids, links=links, **options, **target.cause))


@command("reject", GROUP)
@takes(target=TARGET)
def reject(target: Target, ids: Ids) -> None:
    """Remove drafts for good: they are not proposed from the same text again.

    Either all of them are rejected or none.
    """
    with Timeline(target.path) as timeline:
        _print(timeline, timeline.reject(ids, **target.cause))


@command("merge", GROUP)
@takes(target=TARGET)
def merge(
    target: Target,
    id_: Annotated[str, event_argument("ID", "The draft.")],
    into: Annotated[str, event_argument("INTO", "The event that reports the same thing.")],
) -> None:
    """Merge a draft into an event that reports the same thing.

    INTO gets the sources and the passage of the draft, and the figures that it lacks; a note says where they are
    from. The draft's id redirects to INTO. If both give different numbers of the same people, nothing is
    merged: `scamcli review accept ID --repeats INTO` keeps both numbers for one incident, and with `--updates INTO` the
    number of the draft, which is later, replaces the other one.
    """
    with Timeline(target.path) as timeline:
        _print(timeline, timeline.merge_draft(id_, into, **target.cause))


@command("split", GROUP)
@takes(target=TARGET)
def split(
    target: Target,
    id_: Annotated[str, event_argument("ID", "The draft.")],
    figures: Annotated[
        list[str] | None, Option("--figure", metavar="ID", help="Figure to move, with its parts.")
    ] = None,
    actors: Annotated[list[str] | None, Option("--actor", metavar="NAME", help="Actor to move.")] = None,
    title: Annotated[
        str | None, Option("--title", metavar="TEXT", help="Title of the new draft (default: the same).")
    ] = None,
) -> None:
    """Split a draft into two if its passage describes two events.

    Figures and actors that you name move to a new draft. Both drafts keep the passage, the date, the places and the
    sources. The ids of both are printed, the new one last.
    """
    with Timeline(target.path) as timeline:
        done = timeline.split_draft(id_, actors=actors or (), figures=figures or (), title=title, **target.cause)
        _print(timeline, done)


def _print(timeline: Timeline, decided: Decided) -> None:
    say_notes(timeline, decided.notes)
    for id_ in decided.ids:
        print_line(id_)


def _is_of(draft: Draft, snapshot: str) -> bool:
    return draft.origin is not None and draft.origin.snapshot.sha256.startswith(snapshot.lower())


def _list(timeline: Timeline, drafts: Iterator[Draft], output: Output) -> None:
    rows = (draft_row(draft) for draft in drafts)
    shortened = dict.fromkeys(("same_as", "id"), timeline.prefix_length)
    printed = print_page(Result(rows, COLUMNS, keys=COLUMNS, prefix_lengths=shortened), output)
    if printed.last is None:
        say("There are no drafts to review.")
    elif printed.more:
        say(f"Showing {printed.rows:,}, and there are more; --format tsv prints all.")
