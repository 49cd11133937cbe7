"""``scamcli log``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from scamcli.cli.declarations import Group, Option, command, option, takes
from scamcli.cli.options import LARGEST_CHANGE, OUTPUT, event_argument, name_option
from scamcli.cli.output import Output, print_page, print_text, say, say_notes
from scamcli.cli.record_history import print_history
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import ReadOnlyTimeline
from scamcli.timeline.history import KEYS

COLUMNS = ("change", "at", "by", "command", "what", "reason")


class TimestampFiles:
    """The files to write or to read instead of listing changes: a request, a reply, or a folder for all timestamps."""

    def __init__(self, request: Path | None, reply: Path | None, ca: Path | None, folder: Path | None) -> None:
        if ca is not None and reply is None:
            raise WrongUsageError(
                "--ca needs --timestamp.", "It names the authorities to trust when a reply is checked."
            )
        self.request, self.reply, self.ca, self.folder = request, reply, ca, folder
        self.given = sum(one is not None for one in (request, reply, folder))

    def use(self, output: Output) -> None:
        """Do what was asked for."""
        from scamcli.cli import timestamps  # here, because `log` usually only reads

        if self.request is not None:
            timestamps.write_request(output, self.request)
        elif self.reply is not None:
            timestamps.keep_reply(output, self.reply, self.ca)
        elif self.folder is not None:
            timestamps.write_all(output, self.folder)


TIMESTAMPS = Group(
    (
        option(
            "request", Path | None, None, "--timestamp-request", heading="Timestamps", metavar="FILE",
            help="Write a request for an RFC 3161 timestamp of the head, for you to send.",
        ),
        option(
            "reply", Path | None, None, "--timestamp", heading="Timestamps", metavar="FILE",
            help="Check the reply to such a request, and keep it."
        ),
        option(
            "ca", Path | None, None, "--ca", heading="Timestamps", metavar="FILE",
            help="With --timestamp: certificates of the authorities that you trust.",
        ),
        option(
            "folder", Path | None, None, "--write-timestamps", heading="Timestamps", metavar="FOLDER",
            help="Write the kept timestamps and their heads to files.",
        ),
    ),
    TimestampFiles,
)  # fmt: skip
"""What to do with timestamps of heads, instead of listing changes."""


@command("log")
@takes(timestamps=TIMESTAMPS, output=OUTPUT)
def log(
    timestamps: TimestampFiles,
    output: Output,
    id_: Annotated[str | None, event_argument("[ID]", "Only changes of this event, even if it was removed.")] = None,
    actor: Annotated[str | None, name_option("actor", "Only changes of this actor.")] = None,
    site: Annotated[str | None, name_option("site", "Only changes of this site.")] = None,
    change: Annotated[
        int | None,
        Option("--change", metavar="N", max=LARGEST_CHANGE, help="List every record that change N touched."),
    ] = None,
    head: Annotated[
        bool, Option("--head", help="Print one line that, kept elsewhere, proves what the history contains so far.")
    ] = False,
    limit: Annotated[int | None, Option("--limit", "-n", min=0, help="Show at most N changes.")] = None,
    after: Annotated[
        int | None,
        Option("--after", metavar="N", max=LARGEST_CHANGE, help="Continue with changes older than change N."),
    ] = None,
) -> None:
    """List the changes, newest first, with who changed what, when, with which command, and why.

    --head prints the number and the seal of the newest change. Keep the line outside the file: send it to somebody, or
    publish it. `info --verify --against` compares a file with it later.

    A timestamp of the head (RFC 3161) proves that it existed at a time. scamcli never uses the network: send the file
    of --timestamp-request to any authority, and give its reply to --timestamp. `info --verify` checks kept replies
    again.
    """
    named = {"event": id_, "actor": actor, "site": site}
    records = [(type_, name) for type_, name in named.items() if name is not None]
    if len(records) + (change is not None) + head + timestamps.given > 1:
        listed = "an event's ID, --actor, --site, --change, --head and the options for timestamps"
        raise WrongUsageError(f"Expected only one of {listed}.")
    if timestamps.given:
        timestamps.use(output)
        return
    if records:
        print_history(output, *records[0], limit, after)
        return
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        say_notes(timeline)
        if head:
            print_text(str(timeline.head()))
            return
        if change is not None:
            shortened = {"record": timeline.prefix_length}
            result = Result(timeline.change(change), ("type", "record", "action"), prefix_lengths=shortened)
            print_page(result, output, limit)
            return
        _list(timeline, output, limit, after)


def _list(timeline: ReadOnlyTimeline, output: Output, limit: int | None, after: int | None) -> None:
    rows = (row | {"what": change_text.summary(row)} for row in timeline.log(after))
    printed = print_page(Result(rows, COLUMNS, numeric=frozenset({"change"}), keys=(*KEYS, "what")), output, limit)
    if printed.more and printed.last is not None:
        say(f"There are more. Next page: --after {printed.last['change']}")
