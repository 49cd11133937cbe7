"""``scamcli stats``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from scamcli.cli import complete
from scamcli.cli.charts import Chart, refuse_beside_chart, write_chart
from scamcli.cli.declarations import Argument, Option, command, takes
from scamcli.cli.filter_options import FILTERS
from scamcli.cli.options import OUTPUT
from scamcli.cli.output import Output, print_result, say_notes
from scamcli.cli.stats_output import print_comparison, print_table
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.timeline import Query, ReadOnlyTimeline

if TYPE_CHECKING:
    from scamcli.timeline.charts import RequestOptions

METRIC = Argument(
    metavar="[METRIC]",
    help="A metric such as complaints, several metrics (A,B), or events.",
    autocompletion=complete.metrics,
)
SPLITS = (
    "Group by country, province, site, nationality, group, actor, source, kind, month, quarter, year or none,"
    " or by two of them: A,B."
)
BY = Option("--by", metavar="SPLIT", help=SPLITS, autocompletion=complete.splits)
UNDISPUTED = Option("--undisputed", help="Leave out numbers that another event disputes.")
EXPLAIN = Option("--explain", help="Show how each number was computed.")
CITE = Option("--cite", help="Add sentences that you can quote, and what they are based on.")
MIN_CELL = Option("--min-cell", metavar="N", help="Suppress numbers of fewer than N people.")
LAKE = Option("--lake", metavar="DIR", help="Answer from a lake that `export lake` wrote, with DuckDB.")
COLUMNS = Option("--columns", help="Show low, best, high and other columns in the table.")
COMPARE = Option("--compare", metavar="DATE DATE", help="Show the change between two periods.")


@command("stats")
@takes(query=FILTERS, output=OUTPUT)
def stats(
    query: Query,
    output: Output,
    what: Annotated[str | None, METRIC] = None,
    by: Annotated[str | None, BY] = None,
    compare: Annotated[tuple[str, str] | None, COMPARE] = None,
    undisputed: Annotated[bool, UNDISPUTED] = False,
    explain: Annotated[bool, EXPLAIN] = False,
    cite: Annotated[bool, CITE] = False,
    columns: Annotated[bool, COLUMNS] = False,
    min_cell: Annotated[int | None, MIN_CELL] = None,
    chart: Chart = None,
    lake: Annotated[Path | None, LAKE] = None,
) -> None:
    """Add up the numbers of a metric without counting anything twice. Without a metric, list the metrics.

    Each row says how many, and in whose words. JSON, CSV, pipes and --columns also give low, best and high. The filters
    --province and --nationality apply to the numbers themselves, and dates to the days that each number covers. A
    number counts as a whole, or not at all.

    --min-cell suppresses numbers of few people, and other numbers from which they could be worked out; 0 suppresses
    none. `scamcli info --min-cell N` sets the default for the timeline.

    --chart writes a chart with its title, filters, notes and source to a file, and prints the numbers in words. Months,
    quarters and years become columns, everything else bars.

    For example, `scamcli stats complaints,rescues --by quarter` shows two metrics side by side, and `scamcli stats
    events --by month` counts events.
    """
    metric = what or ",".join(query.metric) or None
    request: RequestOptions = {
        "by": by, "undisputed": undisputed, "explain": explain, "cite": cite, "min_cell": min_cell,
    }  # fmt: skip
    if lake is not None:
        _refuse_beside_lake({"--compare": compare, "--chart": chart, "--db": output.db})
        _print_from_lake(lake, metric, query, output, request, all_columns=columns)
    elif chart is not None:
        refuse_beside_chart(output, {"--compare": compare, "--explain": explain, "--cite": cite})
        write_chart(output, lambda opened: opened.draw_stats(chart, _needed(metric), query, **request))
    else:
        with ReadOnlyTimeline(output.db, include_protected=output.include_protected) as timeline:
            _print(timeline, metric, compare, query, output, request, all_columns=columns)


def _print(
    timeline: ReadOnlyTimeline, metric: str | None, compare: tuple[str, str] | None, query: Query, output: Output,
    request: RequestOptions, *, all_columns: bool,
) -> None:  # fmt: skip
    if metric is None:
        _list_metrics(timeline, query, output, is_narrowed=bool(request["by"] or compare))
    elif compare is not None:
        comparison = timeline.compare(metric, *compare, query, **request)
        say_notes(timeline)
        print_comparison(comparison, output)
    else:
        table = timeline.stats(metric, query, **request)
        say_notes(timeline)
        print_table(table, output, all_columns=all_columns)


def _print_from_lake(
    folder: Path, metric: str | None, query: Query, output: Output, request: RequestOptions, *, all_columns: bool
) -> None:
    from scamcli.timeline.lakes import Lake  # here, because most totals are those of a timeline

    if metric is None:
        raise WrongUsageError("--lake needs a METRIC.", "For example: `scamcli stats rescues --lake DIR`")
    lake = Lake(folder)
    try:
        table = lake.stats(metric, query, **request)
    finally:
        say_notes(lake)
    print_table(table, output, all_columns=all_columns)


def _refuse_beside_lake(given: dict[str, object]) -> None:
    for flag in (flag for flag, value in given.items() if value is not None):
        raise WrongUsageError(f"{flag} cannot be used with --lake.")


def _needed(metric: str | None) -> str:
    if metric is None:
        raise WrongUsageError("--chart needs a METRIC.", "For example: `scamcli stats events --by month --chart FILE`")
    return metric


def _list_metrics(timeline: ReadOnlyTimeline, query: Query, output: Output, *, is_narrowed: bool) -> None:
    if query != Query() or is_narrowed:
        hint = "For example: `scamcli stats complaints --during 2022`. `scamcli stats` lists the metrics."
        raise WrongUsageError("Filters need a METRIC.", hint)
    say_notes(timeline)
    columns = ("metric", "figures", "events", "unit", "split", "about")
    print_result(Result(timeline.metrics(), columns, numeric=frozenset({"figures", "events"})), output)
