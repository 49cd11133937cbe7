"""``scamcli ingest``: propose drafts of events from a text. It must start as fast as a command that only reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from scamcli.cli.app import Group, command, option, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, Progress, print_page, say
from scamcli.cli.write_options import CHANGE_INFO, ChangeInfo
from scamcli.errors import WrongUsageError, quote
from scamcli.output.formats import Result
from scamcli.timeline import EVENT_KEYS
from scamcli.timeline.ingests import Ingests

COLUMNS = ("date", "kind", "title", "id")
KEYS = tuple(key for key in EVENT_KEYS if key not in {"start", "end", "match"})
"""The keys of a draft: those of a printed event, except the ones that only a search adds."""

PUBLICATION = Group(
    (
        option("title", str | None, None, "--title", metavar="TEXT", help="Title (default: as in the file)."),
        option("outlet", str | None, None, "--outlet", metavar="NAME", help="Publisher."),
        option("published", str | None, None, "--date", metavar="DATE", help="Date of publication, as in 2022-09-19."),
        option("url", str | None, None, "--url", metavar="URL", help="Web address."),
    ),
    dict[str, str | None],
)


@command("ingest")
@takes(publication=PUBLICATION, output=OUTPUT, cause=CHANGE_INFO)
def ingest(
    publication: dict[str, str | None],
    output: Output,
    cause: ChangeInfo,
    path: Annotated[str, typer.Argument(metavar="FILE", help="Text, Markdown, HTML or PDF file; - is stdin.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be proposed, and write nothing.")] = False,
) -> None:
    """Propose draft events from an article, a press review or a statement, and store them with its text.

    Drafts do not count in any total until you accept them with `scamcli review`. Each draft shows the words that it was
    read from, and the numbers that no rule could interpret. If you read the same text again, nothing is proposed twice.
    Nothing is sent over the network.
    """
    unknown = [field for field in output.fields if field not in KEYS]
    if unknown:
        raise WrongUsageError(f"No field {quote(unknown[0])}.", f"Expected some of {', '.join(KEYS)}.")
    source = sys.stdin.buffer if path == "-" else Path(path)
    with (
        Ingests(output.db, include_protected=output.include_protected, create=True) as timeline,
        Progress("reading") as progress,
    ):
        found = timeline.ingest(source, **publication, dry_run=dry_run, progress=progress.share, **cause)
    printed = print_page(Result(map(dict, found.drafts), COLUMNS, keys=KEYS), output)
    if printed.more:
        say(f"Showing {printed.rows:,} of {len(found.drafts):,}; --format tsv prints all.")
    say(*found.notes)
    if dry_run:
        say("Nothing was written.")
    elif found.drafts:
        say(f"Next step: `scamcli review{f' --db {output.db}' if output.db else ''}`.")
