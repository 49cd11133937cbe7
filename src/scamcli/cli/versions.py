"""The history of one record, as `log` and `show` print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.cli.output import print_result, print_text, say, say_notes
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from scamcli.cli.output import Output

LARGEST = 2**63 - 1
"""The largest number of a change that SQLite can hold."""

OF_ONE = ("change", "at", "by", "command", "action", "what", "reason")


def show_versions(output: Output, type_: str, name: str, limit: int | None = None, after: int | None = None) -> None:
    """The changes of one record, newest first; at most so many, and those before the change of this number."""
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        every = [row for row in timeline.history(type_, name)[::-1] if after is None or row["change"] < after]
        found = every[:limit]
        say_notes(timeline)
    if output.format is None and not output.fields:
        print_text("\n\n".join(change_text.version(row) for row in found))
    else:
        rows = (row | {"what": change_text.what(row)} for row in found)
        print_result(Result(rows, OF_ONE), output)
    if len(found) < len(every):
        say(f"{len(found)} of {len(every)}; the next: --after {found[-1]['change'] if found else LARGEST}")
