"""Timestamps of heads on the command line: ask for one, keep one, and write the kept ones out."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from scamcli.cli.output import Output, print_line, print_result, say, say_notes
from scamcli.errors import DataError
from scamcli.output.formats import Format, Result
from scamcli.records import limits
from scamcli.timeline import ReadOnlyTimeline
from scamcli.timeline.timestamps import Timestamps

if TYPE_CHECKING:
    from pathlib import Path


def write_request(output: Output, path: Path) -> None:
    """Write a request for a timestamp of the head, and say how to send it."""
    with Timestamps(output.db, include_protected=output.include_protected) as timeline:
        change = timeline.write_timestamp_request(path)
        say_notes(timeline)
    say(
        f"This asks for a timestamp of change {change}. Send it to an authority, for example with curl:",
        f"curl -H 'Content-Type: application/timestamp-query' --data-binary {quote(f'@{path}')} URL -o REPLY.tsr",
        "Then check and keep the reply: scamcli log --timestamp REPLY.tsr",
    )
    print_line(str(path))


def keep_reply(output: Output, path: Path, trusted: Path | None) -> None:
    """Check and keep a reply, and say what was checked and what was not."""
    limits.require_no_device(path)
    try:
        reply = path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        with Timestamps(output.db, include_protected=output.include_protected) as timeline:
            kept = timeline.add_timestamp(reply, trusted)
            say_notes(timeline)
    except DataError as error:
        error.message = f"{path}: {error.message}"
        raise
    say(
        *(f"Checked: {clause}." for clause in kept.checked), *(f"Not checked: {clause}." for clause in kept.not_checked)
    )
    say("The timestamp was kept." if kept.is_new else "The same timestamp is kept already.")
    print_result(Result([kept._asdict()], ("change", "at", "authority"), single=output.format is Format.JSON), output)


def write_all(output: Output, folder: Path) -> None:
    """Write all kept timestamps and their heads to files, and print their paths."""
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        written = timeline.write_timestamps(folder)
        say_notes(timeline)
    for one in written:
        print_line(str(one.reply))
    if written:
        head, reply = written[0]
        say(f"Check one with OpenSSL: openssl ts -verify -data {head} -in {reply} -CAfile ROOT.pem")
    else:
        say("No timestamps are kept. `scamcli log --timestamp-request FILE` begins one.")
