"""Short commands on the shipped timeline. Most of their time is start-up."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.bench import ids, must_agree
from benchmarks.data import AN_EVENT, remove
from benchmarks.peers import CHECKOUT
from benchmarks.report import Target, row_of
from benchmarks.timing import Command, answer, command, ratios, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.bench import Bench
    from benchmarks.report import Row

ACTOR = "Sar Kheng"


def search_command(bench: Bench, *more: str) -> Command:
    """Return a search on the seed."""
    return command(bench.peers.scamcli, "search", "--actor", ACTOR, *more, "--json", "--db", bench.data.seed())


def search(bench: Bench) -> Iterator[Row]:
    """Compare a search with an empty query of sqlite-utils, and with a bare start of Python."""
    ours = search_command(bench)
    lines = (CHECKOUT / "data" / "seed.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines if line.startswith(AN_EVENT)]
    named = {event["id"] for event in events if ACTOR in {person["name"] for person in event["actors"]}}
    must_agree("search on the seed", set(ids(ours)), named)
    what = f'`search --actor "{ACTOR}" --json` on the seed'
    found = ratios(lambda: [ours], lambda: [_nothing(bench)], bench.runs)
    yield row_of(what, "`sqlite-utils query DB 'select 1'`", Target("≤", 0.45), found, bench.runs)
    bare = command(bench.peers.python("bare"), "-c", "pass")
    found = ratios(lambda: [ours], lambda: [bare], bench.runs)
    yield row_of(what, "`python -c pass`", Target("≤", 5.0), found, bench.runs)


def stats_command(bench: Bench, *, terminal: bool = True) -> Command:
    """Return the command that shows the table of complaints."""
    more = () if terminal else ("--format", "table")
    return command(bench.peers.scamcli, "stats", "complaints", *more, "--db", bench.data.seed(), terminal=terminal)


def stats(bench: Bench) -> Iterator[Row]:
    """Compare a table of figures on a terminal with an empty query of sqlite-utils."""
    ours = stats_command(bench)
    shown = answer(stats_command(bench, terminal=False))
    must_agree("stats on the seed", "more than 200 (at most 212)" in shown, True)
    found = ratios(lambda: [ours], lambda: [_nothing(bench, terminal=True)], bench.runs)
    what = "`stats complaints` as a table on a terminal of 100 columns"
    yield row_of(what, "`sqlite-utils query DB 'select 1'` there", Target("≤", 0.7), found, bench.runs)


def help_command(bench: Bench) -> Command:
    """Return the command that lists all commands."""
    return command(bench.peers.scamcli, "--help")


def show_help(bench: Bench) -> Iterator[Row]:
    """Compare the help of both programs."""
    ours, theirs = help_command(bench), command(bench.peers.sqlite_utils, "--help")
    must_agree("--help", "search" in answer(ours) and "insert" in answer(theirs), True)
    found = ratios(lambda: [ours], lambda: [theirs], bench.runs)
    yield row_of("`--help`", "`sqlite-utils --help`", Target("≤", 0.5), found, bench.runs)


def add_command(bench: Bench) -> Command:
    """Return the addition of an event to a new copy of the seed."""
    return next(_additions(bench, _copy(bench)))


def add(bench: Bench) -> Iterator[Row]:
    """Compare adding an event with inserting a row into a table whose full-text index is kept by triggers.

    Each run adds another event.
    """
    db, rows = _copy(bench), bench.data.folder / "add.sqlite"
    remove(rows)
    for step in bench.data.inserting(_seed_events(bench), rows, "--create-triggers"):
        run(step)
    before = _count(bench, rows)
    adding, inserting = _additions(bench, db), _insertions(bench, rows)
    found = ratios(lambda: [next(adding)], lambda: [next(inserting)], bench.runs)
    shown = json.loads(answer(command(bench.peers.scamcli, "info", "--json", "--db", db)))
    must_agree("events after adding", shown["events"], before + bench.runs + 1)
    must_agree("rows after inserting", _count(bench, rows), before + bench.runs + 1)
    against = "`sqlite-utils insert DB events event.json --pk id`, FTS kept by triggers"
    yield row_of("`add - < event.json` to the seed", against, Target("≤", 1.5), found, bench.runs)


def _nothing(bench: Bench, *, terminal: bool = False) -> Command:
    return command(bench.peers.sqlite_utils, "query", bench.data.seed(), "select 1", terminal=terminal)


def _copy(bench: Bench) -> Path:
    place = bench.data.place("add")
    remove(place)
    run(command(bench.peers.scamcli, "init", place))
    return place


def _count(bench: Bench, rows: Path) -> int:
    asked = command(bench.peers.sqlite_utils, "query", rows, "select count(*) as n from events")
    return int(json.loads(answer(asked))[0]["n"])


def _seed_events(bench: Bench) -> Path:
    place = bench.data.folder / "seed-events.jsonl"
    lines = (CHECKOUT / "data" / "seed.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if line.startswith(AN_EVENT)), encoding="utf-8")
    return place


def _additions(bench: Bench, db: Path) -> Iterator[Command]:
    for place in _records(bench, "added"):
        yield command(bench.peers.scamcli, "add", "-", "--db", db, stdin=place)


def _insertions(bench: Bench, rows: Path) -> Iterator[Command]:
    for place in _records(bench, "inserted"):
        yield command(bench.peers.sqlite_utils, "insert", rows, "events", place, "--pk", "id", "--silent")


def _records(bench: Bench, name: str) -> Iterator[Path]:
    """Yield files with one record each, all different, with people and places of the seed."""
    place = bench.data.folder / f"{name}.json"
    for number in count():
        place.write_text(json.dumps(_event(number), ensure_ascii=False), encoding="utf-8")
        yield place


def _event(number: int) -> dict[str, object]:
    day = f"{2024 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    figure = {
        "id": "complaints", "metric": "complaints", "unit": None, "stated": f"more than {number + 40}",
        "low": number + 41, "best": None, "high": None, "province": "Kandal", "nationality": None, "group": None,
        "period": day, "count": "aggregate", "stated_by": ACTOR, "part_of": None, "split": None, "of": None,
        "note": None,
    }  # fmt: skip
    source = {
        "outlet": "VOD", "title": None, "url": f"https://example.org/{number}", "published": day, "passage": None,
        "archived": None, "accessed": None, "via": None,
    }  # fmt: skip
    return {
        "type": "event", "id": f"{day}-complaints-{number}", "date": day, "kind": "statement",
        "title": f"Sar Kheng gives the complaints of day {number}",
        "summary": "The minister names the number of complaints that the police received in the province on one day.",
        "status": "reviewed", "actors": [{"name": ACTOR, "role": "speaker"}], "provinces": ["Kandal"], "places": [],
        "sites": [], "linked_sites": [], "countries": ["KH"], "nationalities": [], "tags": [],
        "figures": [figure], "sources": [source], "links": [], "dataset": None, "note": None,
    }  # fmt: skip


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "search-seed": search,
    "stats-seed": stats,
    "help": show_help,
    "add": add,
}

COMMANDS: dict[str, Callable[[Bench], Command]] = {
    "search-seed": search_command,
    "stats-seed": lambda bench: stats_command(bench, terminal=False),
    "help": help_command,
    "add": add_command,
}
