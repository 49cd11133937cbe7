"""``scamcli stats``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from scamcli.cli import complete
from scamcli.cli.app import command
from scamcli.cli.options import FILTERS, OUTPUT, takes
from scamcli.cli.output import Output, print_result, say_notes
from scamcli.cli.stats_output import print_comparison, print_table
from scamcli.errors import WrongUsageError
from scamcli.output.formats import Result
from scamcli.query.filters import Query
from scamcli.timeline import Timeline

SPLITS = "province, nationality, group, actor, source, kind, month, quarter, year or none; two with a comma."


@command("stats")
@takes(query=FILTERS, output=OUTPUT)
def stats(
    query: Query,
    output: Output,
    what: Annotated[
        str | None,
        typer.Argument(metavar="[METRIC]", help="Such as complaints; or events.", autocompletion=complete.metrics),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="SPLIT", help=SPLITS, autocompletion=complete.splits)
    ] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option("--compare", metavar="DATE DATE", help="The change between two periods.")
    ] = None,
    undisputed: Annotated[bool, typer.Option("--undisputed", help="Without what another event disputes.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="How each number came about, figure by figure.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="End with a line to quote.")] = False,
) -> None:
    """Figures of a metric with their bounds, none counted twice; alone, the metrics that there are.

    low is what is proved, best and high what is known; unknown is never a guess. implied is what parts and wholes say
    of each other, sum low what it would be if nothing overlapped. --province and --nationality are those of the
    figure, dates those of its period. `stats events --by month` counts events.
    """
    metric = query.metric[0] if what is None and len(query.metric) == 1 else what
    with Timeline(output.db, include_protected=output.include_protected) as timeline:
        if metric is None:
            _metrics(timeline, query, output, anything=bool(by or compare))
        elif compare is not None:
            if explain:
                hint = f"`scamcli stats {metric} --during {compare[0]} --explain` explains one of them"
                raise WrongUsageError("--compare and --explain go one at a time", hint)
            found = timeline.compare(metric, *compare, query, by=by, undisputed=undisputed, cite=cite)
            say_notes(timeline)
            print_comparison(found, output, _citation(found.caption, found.basis) if cite else "")
        else:
            table = timeline.stats(metric, query, by=by, undisputed=undisputed, explain=explain, cite=cite)
            say_notes(timeline)
            print_table(table, output, _citation(table.caption, table.basis) if cite else "")


def _metrics(timeline: Timeline, query: Query, output: Output, *, anything: bool) -> None:
    if query != Query() or anything:
        hint = "such as `scamcli stats complaints --during 2022`; `scamcli stats` alone lists them"
        raise WrongUsageError("filters need a METRIC", hint)
    say_notes(timeline)
    columns = ("metric", "figures", "events", "unit", "split", "about")
    print_result(Result(timeline.metrics(), columns, numeric=frozenset({"figures", "events"})), output)


def _citation(caption: str, basis: str) -> str:
    from importlib.metadata import version

    today = datetime.now(tz=UTC).date().isoformat()
    return f"cite: {caption}; {basis}; scamcli {version('scamcli')}, {today}"
