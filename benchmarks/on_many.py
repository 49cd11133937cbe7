"""Searches and statistics on the larger timeline, compared with the seed and with other programs."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from benchmarks import on_the_seed
from benchmarks.bench import ids, must_agree
from benchmarks.report import Row, Target, row_of
from benchmarks.timing import Command, answer, command, ratios, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench
    from benchmarks.data import Data
    from benchmarks.timing import Ratios

ACTOR = "Prak Sok"
"""A typical actor, who takes part in about three of ten thousand events."""

LIMIT = 50

SEARCH_ROWS = """
SELECT * FROM events WHERE actors LIKE '%"name": "{actor}"%' ORDER BY date DESC, rowid DESC LIMIT {limit}
"""

SEARCH_COLUMNS = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as timeline:
    found = timeline.execute(
        "SELECT * FROM events WHERE list_contains([a.name for a in actors], ?) ORDER BY date DESC, rowid DESC LIMIT ?",
        [sys.argv[2], int(sys.argv[3])],
    )
    names = [column[0] for column in found.description]
    print(json.dumps([dict(zip(names, row)) for row in found.fetchall()], ensure_ascii=False, default=str))
"""

SEARCH_LINES = """
{found_by} -- "\\"name\\": \\"$1\\"" "$3" |
  jq -c -s --arg name "$1" --argjson limit "$2" '
    map(select(any(.actors[]; .name == $name))) | sort_by(.date) | reverse | .[:$limit][]'
"""

SUMS = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as timeline:
    print(timeline.execute(
        "SELECT sum(best), min(low), max(high), count(*) FROM figures WHERE metric = 'rescues'"
    ).fetchall())
"""

PLAIN_SUM = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as timeline:
    print(json.dumps(timeline.execute("SELECT sum(low) FROM figures WHERE metric = 'rescues'").fetchone()[0]))
"""
"""The plain sum of lows, which the table of one row has as ``unadjusted``."""

READ_CSV = """
import pandas, sys
figures = pandas.read_csv(sys.argv[1], low_memory=False)
rescues = figures[figures["metric"] == "rescues"]
print(rescues.groupby("nationality", dropna=False)[["low", "best", "high"]].sum().to_json())
"""

IN_SHELL = (
    "SELECT nationality, sum(low), sum(best), sum(high), count(*) FROM figures WHERE metric = 'rescues' GROUP BY 1"
)

AS_ROWS = """
import json, sqlite3, sys
place, source = sys.argv[1:]
to = sqlite3.connect(place)
to.execute("CREATE TABLE figures (metric TEXT, nationality TEXT, low, best, high)")
with open(source, encoding="utf-8") as lines:
    figures = (figure for line in lines for figure in json.loads(line)["figures"])
    rows = ((one["metric"], one["nationality"], one["low"], one["best"], one["high"]) for one in figures)
    to.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?)", rows)
to.execute("CREATE INDEX by_metric ON figures (metric)")
to.commit()
"""

BY_MONTH = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as timeline:
    print(json.dumps(timeline.execute(
        "SELECT country, left(date::VARCHAR, 7) AS month, sum(low)::BIGINT, sum(best)::BIGINT,"
        " sum(high)::BIGINT, count(*)"
        " FROM figures WHERE metric = 'deaths' GROUP BY ALL ORDER BY ALL"
    ).fetchall()))
"""


def search_command(bench: Bench) -> Command:
    """Return a search for the newest events of an actor."""
    return command(
        bench.peers.scamcli, "search", "--actor", ACTOR, "--limit", str(LIMIT), "--json",
        "--db", bench.data.timeline(bench.large),
    )  # fmt: skip


def search(bench: Bench) -> Iterator[Row]:
    """Compare a search for the newest events of an actor with the seed and with every peer."""
    ours = search_command(bench)
    expected = ids(ours)
    what = f'`search --actor "{ACTOR}" --limit {LIMIT} --json`, {bench.large:,} events'

    def against(peer: str, theirs: Command, target: Target | None) -> Row:
        return row_of(what, peer, target, _searching(bench, ours, expected, theirs), bench.runs)

    seed = on_the_seed.search_command(bench, "--limit", str(LIMIT))
    found = ratios(lambda: [ours], lambda: [seed], bench.runs)
    yield row_of(
        what, f'`search --actor "{on_the_seed.ACTOR}"`, the same on the seed', Target("≤", 1.2), found, bench.runs
    )
    query = SEARCH_ROWS.strip().format(actor=ACTOR, limit=LIMIT)
    peer = command(bench.peers.sqlite_utils, "query", bench.data.rows(bench.large), query)
    yield against("`sqlite-utils query` of the same rows", peer, Target("≤", 0.5))
    run(command(bench.peers.sqlite_utils, "create-index", bench.data.rows(bench.large), "events", "date"))
    yield against("the same with an index on the date", peer, None)
    run(command(bench.peers.sqlite_utils, "query", bench.data.rows(bench.large), "drop index idx_events_date"))
    yield from _of_lines(bench, what, against)
    columns = bench.data.columns(bench.large)
    peer = command(bench.peers.python("duckdb"), "-c", SEARCH_COLUMNS, columns, ACTOR, str(LIMIT))
    yield against("DuckDB, from Python", peer, Target("≤", 0.2))


def _searching(bench: Bench, ours: Command, expected: list[str], theirs: Command) -> Ratios:
    must_agree(f"search for {ACTOR}", expected, ids(theirs))
    return ratios(lambda: [ours], lambda: [theirs], bench.runs)


def _of_lines(bench: Bench, what: str, against: Callable[[str, Command, Target | None], Row]) -> Iterator[Row]:
    target, tools = Target("≤", 0.2), {"rg": "rg -F --no-line-number", "grep": "LC_ALL=C grep -F"}
    wanted = ["rg"] if shutil.which("rg") else ["rg", "grep"]
    for tool in wanted:
        name = "`rg -F` and `jq`" if tool == "rg" else "`grep -F` and `jq`, where there is no `rg`"
        missing = [program for program in (tool, "jq") if shutil.which(program) is None]
        if missing:
            yield Row(what, name, target, None, None, "", f"{' and '.join(missing)} not installed here")
            continue
        script = SEARCH_LINES.format(found_by=tools[tool])
        yield against(
            name, command("sh", "-c", script, "sh", ACTOR, str(LIMIT), bench.data.events(bench.large)), target
        )


def stats_command(bench: Bench) -> Command:
    """Return a table of the figures of one metric, as JSON."""
    return _rescues(bench, bench.data)


def _rescues(bench: Bench, data: Data, *more: str) -> Command:
    return command(bench.peers.scamcli, "stats", "rescues", *more, "--json", "--db", data.timeline(bench.large))


def stats(bench: Bench) -> Iterator[Row]:
    """Compare statistics with plain sums over the same figures."""
    yield _beside_plain_sums(bench, bench.data.of_few_totals, "one total in 100")
    yield _beside_plain_sums(bench, bench.data, "one total in five")
    ours = stats_command(bench)
    what = f"`stats rescues --json`, {bench.large:,} events"
    table = _exported_figures(bench)
    theirs = command(bench.peers.python("pandas"), "-c", READ_CSV, table)
    found = ratios(lambda: [ours], lambda: [theirs], bench.imports)
    table.unlink()
    yield row_of(what, "pandas: read the exported CSV, and add up", Target("≤", 0.1), found, bench.imports)
    if shutil.which("sqlite3") is None:
        yield Row(what, "`sqlite3`: the sums of a table of figures", None, None, None, "", "sqlite3 not installed here")
        return
    theirs = command("sqlite3", "-readonly", _figures_as_rows(bench), IN_SHELL)
    found = ratios(lambda: [ours], lambda: [theirs], bench.runs)
    yield row_of(what, "`sqlite3`: the sums of a table of figures, indexed by metric", None, found, bench.runs)


def _beside_plain_sums(bench: Bench, data: Data, share: str) -> Row:
    ours = _rescues(bench, data)
    duck, columns = bench.peers.python("duckdb"), data.columns(bench.large)
    theirs = command(duck, "-c", SUMS, columns)
    # A row of a nationality may hold a number that does not state it, but is linked to one that does. Only the table of
    # one row has each number once.
    (whole,) = json.loads(answer(_rescues(bench, data, "--by", "none")))
    must_agree("plain sum of rescues", whole["unadjusted"], json.loads(answer(command(duck, "-c", PLAIN_SUM, columns))))
    found = ratios(lambda: [ours], lambda: [theirs], bench.runs)
    what = f"`stats rescues --json`, {bench.large:,} events, {share} figures"
    against = "DuckDB, from Python: `sum(best), min(low), max(high), count(*)` of its figures"
    return row_of(what, against, Target("≤", 3), found, bench.runs)


def _exported_figures(bench: Bench) -> Path:
    place = bench.data.folder / "figures.csv"
    place.unlink(missing_ok=True)
    asked = ("export", "csv", "--rows", "figures", "--output", place, "--db", bench.data.timeline(bench.large))
    run(command(bench.peers.scamcli, *asked))
    return place


def _figures_as_rows(bench: Bench) -> Path:
    place = bench.data.folder / f"figures-{bench.large}.sqlite"
    if not place.exists():
        run(command(bench.peers.python("bare"), "-c", AS_ROWS, place, bench.data.events(bench.large)))
    return place


def months_command(bench: Bench) -> Command:
    """Return a table of the deaths of a data set by country and month, as JSON."""
    timeline = bench.data.of_incidents.timeline(bench.large)
    return command(bench.peers.scamcli, "stats", "deaths", "--by", "country,month", "--json", "--db", timeline)


def months(bench: Bench) -> Iterator[Row]:
    """Compare a table by two splits, of incidents only, with the same sums."""
    ours = months_command(bench)
    theirs = command(bench.peers.python("duckdb"), "-c", BY_MONTH, bench.data.of_incidents.columns(bench.large))
    keys = ("country", "month", "low", "best", "high", "entries")
    rows = sorted([row[key] for key in keys] for row in json.loads(answer(ours)))
    must_agree("deaths by country and month", rows, json.loads(answer(theirs)))
    found = ratios(lambda: [ours], lambda: [theirs], bench.runs)
    what = f"`stats deaths --by country,month --json`, a data set of {bench.large:,} incidents"
    yield row_of(what, "DuckDB, from Python: the same sums", Target("≤", 4), found, bench.runs)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {"search": search, "stats": stats, "months": months}

COMMANDS: dict[str, Callable[[Bench], Command]] = {
    "search": search_command, "stats": stats_command, "months": months_command,
}  # fmt: skip
