"""``scamcli conflicts``."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Annotated

from scamcli.cli import complete
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.filter_options import FILTERS
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, chosen, print_result, print_text, say, say_notes
from scamcli.output.formats import Format, Result
from scamcli.output.text import conflict_text
from scamcli.output.text.words import plural
from scamcli.timeline import Query, ReadOnlyTimeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scamcli.stats.conflicts import Row

COLUMNS = (
    "conflict", "kind", "certainty", "metric", "event", "date", "figure", "stated", "low", "best", "high", "province",
    "stated_by", "source", "resolve",
)  # fmt: skip

METRICS = Argument(
    metavar="[METRIC]...", help="Metrics, such as rescues (default: all).", autocompletion=complete.metrics
)
ONLY = Option(
    "--only", metavar="KIND", autocompletion=complete.conflicts,
    help="Show only one kind: disputed, contradicts, exceeded, decreasing, parts or duplicate.",
)  # fmt: skip


@command("conflicts")
@takes(query=FILTERS, output=OUTPUT)
def conflicts(
    query: Query,
    output: Output,
    metrics: Annotated[list[str] | None, METRICS] = None,
    only: Annotated[list[str] | None, ONLY] = None,
) -> None:
    """List numbers that contradict or may duplicate each other, with the commands that settle them.

    disputed: one event disputes another. contradicts: linked numbers cannot all be true. exceeded: incidents add up to
    more than a total for the same time and place. decreasing: a running total goes down. parts: parts and their whole
    cannot all be true. duplicate: two events may report the same incident or statement; low counts one of them, and
    high both, until you decide.

    A conflict is listed if the filters match at least one of its events. Drafts are never compared.
    """
    with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
        rows = timeline.each_conflict(*(metrics or ()), query=query, only=only or ())
        first = next(rows, None)
        say_notes(timeline)
        number = _print(() if first is None else chain([first], rows), tuple(first or ()), output)
    say(plural(number, "conflict") if number else "No conflicts.")


def _print(rows: Iterable[Row], keys: tuple[str, ...], output: Output) -> int:
    """Print the rows, which have these keys, and return how many there were."""
    numbers = count()
    counted = (row for row, _ in zip(rows, numbers, strict=False))  # takes a number for each row
    if chosen(output) in {Format.JSON, Format.JSONL} or (output.fields and keys):
        print_result(Result(counted, keys), output)
    elif chosen(output) is not Format.TABLE:
        print_result(Result(_lines(counted), COLUMNS), output)
    elif keys:
        print_text("\n\n".join(conflict_text.block({**row}) for row in counted))
    return next(numbers)


def _lines(rows: Iterable[Row]) -> Iterator[dict[str, object]]:
    """Yield a line for each figure of each conflict, for formats without lists."""
    return ({"conflict": number, **row, **figure} for number, row in enumerate(rows, 1) for figure in row["figures"])
