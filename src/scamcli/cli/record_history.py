"""Print the history of one record for ``log`` and ``show --history``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.cli.options import LARGEST_CHANGE
from scamcli.cli.output import print_result, print_text, say, say_notes
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import ReadOnlyTimeline

if TYPE_CHECKING:
    from scamcli.cli.output import Output

COLUMNS = ("change", "at", "by", "command", "action", "what", "reason")


def print_history(output: Output, type_: str, name: str, limit: int | None = None, after: int | None = None) -> None:
    """Print at most ``limit`` changes of one record that are older than change ``after``, newest first."""
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        every = [row for row in timeline.history(type_, name)[::-1] if after is None or row["change"] < after]
        say_notes(timeline)
    page = every[:limit]
    if output.format is None and not output.fields:
        print_text("\n\n".join(change_text.version(row) for row in page))
    else:
        rows = (row | {"what": change_text.one_line(row)} for row in page)
        print_result(Result(rows, COLUMNS), output)
    if len(page) < len(every):
        say(f"Showing {len(page)} of {len(every)}. Next page: --after {page[-1]['change'] if page else LARGEST_CHANGE}")
