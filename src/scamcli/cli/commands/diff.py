"""``scamcli diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli.declarations import Argument, Group, command, takes
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, Progress, Scope, print_page, print_text, say
from scamcli.errors import sentence
from scamcli.output.formats import Result
from scamcli.output.text import change_text
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.records.types import JsonObject

COLUMNS = ("action", "type", "record", "what")
KEYS = ("type", "record", "action", "differences", "what")

FORMAT = Group(OUTPUT.parameters[:-1], lambda **values: OUTPUT.build(db=None, **values))
"""The output options without --db, because the command names the two timelines that it reads."""


@command("diff")
@takes(output=FORMAT)
def diff(
    output: Output,
    before: Annotated[str, Argument(metavar="A", help="Database or JSON lines file (- for stdin); it is not changed.")],
    after: Annotated[str, Argument(metavar="B", help="The same, to compare with A.")],
) -> None:
    """Compare two timelines record by record: show what B has added, changed and removed."""
    Scope.set(Path(before), Path(after), include_protected=output.include_protected)
    with Progress("reading") as progress:
        rows = Timeline.diff(before, after, include_protected=output.include_protected, progress=progress.share)
    counts = dict.fromkeys(("added", "changed", "removed"), 0)

    def counted() -> Iterator[JsonObject]:
        for row in rows:
            counts[row["action"]] += 1
            yield {**row, "what": change_text.one_line(dict(row))}

    if output.format is None and not output.fields:
        for row in counted():
            print_text(change_text.difference(row))
    else:
        print_page(Result(counted(), COLUMNS, keys=KEYS), output)
    found = ", ".join(f"{number:,} {action}" for action, number in counts.items() if number)
    say(sentence(found or "No differences"))
