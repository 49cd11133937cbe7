"""``scamcli diff``."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import timelines
from scamcli.cli.app import command
from scamcli.cli.options import OUTPUT, Group, takes
from scamcli.cli.output import Output, print_page, print_text, say
from scamcli.errors import WrongUsageError
from scamcli.merge.timelines.diff import differing
from scamcli.output.formats import Result
from scamcli.output.text import change_text, merge_text
from scamcli.timeline.open import masking_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("action", "type", "record", "what")


FORMAT = Group(OUTPUT.parameters[:-1], lambda **given: OUTPUT.build(db=None, **given))
"""How to print, of no database but the two that are named."""


@command("diff")
@takes(output=FORMAT)
def diff(
    output: Output,
    one: Annotated[str, typer.Argument(metavar="A", help="A database, or JSON lines; - is stdin. Only read.")],
    two: Annotated[str, typer.Argument(metavar="B", help="Another.")],
) -> None:
    """Compare two timelines: what B has added, changed and removed, record by record, value by value."""
    if one == two == "-":
        raise WrongUsageError("stdin can be read once; expected two timelines")
    with ExitStack() as stack:
        found = [timelines.read(path, stack) for path in (one, two)]
        for other in found:
            stack.enter_context(masking_errors(other.shown))
        stack.enter_context(timelines.sound(found))
        rows = map(timelines.row, differing(found[0], found[1], include_protected=output.include_protected))
        _print(rows, output)


def _print(rows: Iterator[dict[str, Any]], output: Output) -> None:
    counts = dict.fromkeys(("added", "changed", "removed"), 0)

    def counted() -> Iterator[dict[str, Any]]:
        for row in rows:
            counts[row["action"]] += 1
            yield row | {"what": change_text.one_line(row)}

    if output.format is None and not output.fields:
        for row in counted():
            print_text(merge_text.difference(row))
    else:
        print_page(Result(counted(), COLUMNS, keys=(*timelines.KEYS, "what")), output)
    told = ", ".join(f"{number:,} {action}" for action, number in counts.items() if number)
    say(told or "nothing differs")
