"""``scamcli stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from scamcli.cli import complete
from scamcli.cli.options import FILTERS, OUTPUT, Output, takes
from scamcli.cli.output import chosen, print_result, print_table_notes, say, say_notes
from scamcli.errors import WrongUsageError
from scamcli.filters import Query
from scamcli.formats import NOT_GIVEN, UNKNOWN, Format, Result
from scamcli.timeline import Timeline

if TYPE_CHECKING:
    from scamcli.stats import Table

BOUNDS = ("low", "best", "high", "sum_low")
COLUMNS = ("low", "best", "high", "implied", "sum_low", "unit", "figures", "possible", "disputed", "stated")
HEADINGS = {"sum_low": "sum low"}

APPS = {"stats": typer.Typer(rich_markup_mode=None, add_completion=False)}


@APPS["stats"].command("stats")
@takes(query=FILTERS, output=OUTPUT)
def stats(
    query: Query,
    output: Output,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[METRIC]", help="Such as complaints; or events.", autocompletion=complete.metrics),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="SPLIT",
            help="province, nationality, group, actor, source, kind, month, quarter, year or none.",
        ),
    ] = None,
    undisputed: Annotated[bool, typer.Option("--undisputed", help="Without what another event disputes.")] = False,
) -> None:
    """Figures of a metric with their bounds, none counted twice; alone, the metrics that there are.

    low is what is proved, best and high what is known; unknown is never a guess. implied is what parts and wholes
    say of each other. --province and --nationality are those of the figure, dates those of its period. `stats events
    --by month` counts events.
    """
    metric = query.metric[0] if what is None and len(query.metric) == 1 else what
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        if metric is None:
            _metrics(timeline, query, output, by)
            return
        table = timeline.stats(metric, query, by=by, undisputed=undisputed)
        say_notes(timeline)
    _print(table, output)


def _metrics(timeline: Timeline, query: Query, output: Output, by: str | None) -> None:
    if query != Query() or by:
        raise WrongUsageError(
            "filters need a METRIC", "`scamcli stats` alone lists the metrics; `stats events` counts events"
        )
    say_notes(timeline)
    columns = ("metric", "figures", "events", "unit", "split", "about")
    print_result(Result(timeline.metrics(), columns, numeric=frozenset({"figures", "events"})), output)


def _print(table: Table, output: Output) -> None:
    to_read = chosen(output) in {Format.TABLE, Format.MARKDOWN}
    rows = table.rows if not to_read else [*table.rows, *(row | {"stated": []} for row in table.total)]
    head = () if table.by == "none" else (table.by,)
    columns = (*head, *(_telling(rows) if to_read else COLUMNS))
    blanks = dict.fromkeys(BOUNDS, UNKNOWN) | {table.by: NOT_GIVEN}
    result = Result(rows, columns, HEADINGS, blanks, frozenset(BOUNDS) | {"implied", "figures", "possible", "disputed"})
    if not rows:
        say(f"no figures: {table.caption}")
    elif to_read:
        print_table_notes(table.caption, [])
    print_result(result, output)
    if to_read and rows:
        print_table_notes("", table.notes)
    else:
        say(*table.notes)


def _telling(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The columns that tell something in a table to read: no unit that all share, no empty column."""
    dull = {
        "unit": len({row["unit"] for row in rows}) < 2,
        "implied": not any(row["implied"] for row in rows),
        "sum_low": all(row["sum_low"] in {None, row["low"]} for row in rows),
        "figures": all(row["figures"] in {0, 1} for row in rows),
        "possible": len({row["possible"] == row["figures"] for row in rows}) < 2,
        "disputed": not any(row["disputed"] for row in rows),
    }
    return tuple(column for column in COLUMNS if not dull.get(column))
