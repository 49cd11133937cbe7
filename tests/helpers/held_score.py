"""What scamcli proposes for a table, whether that is right, and what an import of it gives."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.helpers.command_line import rows, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.held_tables import Held


class Proposed(NamedTuple):
    """A field that was proposed for a column."""

    column: str
    field: str
    certain: bool


class Score(NamedTuple):
    """How many proposed fields have each verdict, with what is wrong."""

    verdicts: dict[str, int]
    wrong: list[str]
    false_and_certain: list[str]
    missed: list[str]
    needed: int

    @property
    def share(self) -> float:
        """The share of the proposed fields that are right."""
        return (self.verdicts["right"] + self.verdicts["may"]) / sum(self.verdicts.values())

    def __str__(self) -> str:
        return "\n".join([
            f"{self.share:.1%} of {sum(self.verdicts.values())} proposed fields are right: {dict(self.verdicts)}",
            f"{self.needed - len(self.missed)} of {self.needed} columns that have a field were found one",
            "wrong or false:", *self.wrong, "not proposed:", *self.missed,
        ])  # fmt: skip


def plain(name: str) -> str:
    """The letters and digits of a column's name; two rows of headers can be joined with any sign between them."""
    return re.sub(r"[\W_]+", " ", name).strip().casefold() or name


def proposal(table: Held, folder: Path) -> list[Proposed]:
    """What the first import of a table proposes, as it prints it in a pipe: nothing if its columns are recognised."""
    outcome = run("import", table.put_into(folder).name, "--db", f"{table.name}-proposed.db")
    lines = re.findall(r"^scamcli:   (.+?) {2,}(\S.*?) {2,}(sure|likely) ", outcome.err, re.MULTILINE)
    return [
        Proposed(column, field.partition(":")[0], certainty == "sure")
        for column, fields, certainty in lines
        for field in re.split(r", (?=[a-z])", fields)
    ]


def scored(proposals: list[tuple[Held, list[Proposed]]]) -> Score:
    """Compare what was proposed with what the columns mean."""
    verdicts: dict[str, int] = defaultdict(int)
    wrong, false, missed = [], [], []
    needed = 0
    for table, proposed in proposals:
        columns = {plain(name): column for name, column in table.columns.items()}
        found = set()
        for one in proposed:
            column = columns.get(plain(one.column))
            verdict = column.judge(one.field) if column else "wrong"
            verdicts[verdict] += 1
            found |= {plain(one.column)} if verdict == "right" else set()
            said = f"{table.name}: {one.column} = {one.field}, which is {verdict}"
            wrong += [said] if verdict in {"wrong", "false"} else []
            false += [said] if verdict == "false" and one.certain else []
        asked = {name for name, column in columns.items() if column.right}
        needed += len(asked)
        missed += [f"{table.name}: {name}" for name in sorted(asked - found)]
    return Score(verdicts, wrong, false, missed, needed)


def imported(table: Held, folder: Path) -> list[list[str]]:
    """Import a table with at most two commands, and return how what each way of doing so gives differs from the table.

    The first command proposes or, if it recognises the columns, imports. The second takes the proposal as it is, or
    with what a reader of it changes. The list ends with the first way that gives what the table has. A table that may
    be refused is imported in all ways, and what differs in any of them is at the end.
    """
    file = table.put_into(folder).name
    refusable = bool(table.never) or not table.events
    differing: list[list[str]] = []
    for number, options in enumerate(([], ["--yes"], ["--yes", *table.fix])):
        db = f"{table.name}-{number}.db"
        outcome = run("import", file, *options, "--db", db)
        if outcome.code:
            differing.append([] if refusable else [outcome.err])
        else:
            differing.append(unlike(table, db))
        if not refusable and not differing[-1]:
            break
    return sorted(differing) if refusable else differing


def unlike(table: Held, db: str) -> list[str]:
    """How the events of a database differ from those that the table has."""
    events = [event for event in rows("search", "--db", db) if event["dataset"]]
    said = []
    if len(events) != table.events:
        said.append(f"{len(events)} events, not {table.events}")
    if "*" not in table.kinds and (others := {event["kind"] for event in events} - set(table.kinds)):
        said.append(f"kinds {sorted(others)}, not {table.kinds}")
    days = sorted(event["date"] for event in events)
    if table.dates and (found := (*days[:1], *days[-1:])) != table.dates:
        said.append(f"dates {found}, not {table.dates}")
    lands = {land for event in events for land in event["countries"]}
    if table.countries is not None and (others := lands - set(table.countries)):
        said.append(f"countries {sorted(others)}")
    if table.never and any(table.never in event["date"] for event in events):
        said.append(f"dates of {table.never}")
    sums = totals(events)
    for metrics, expected in table.totals.items():
        if (total := sum(sums[metric] for metric in metrics.split("|"))) != expected:
            said.append(f"{metrics}: {total}, not {expected}")
    return said


def totals(events: list[dict[str, Any]]) -> dict[str, int]:
    """Add the numbers of each metric; what is a part of another number is left out."""
    sums: dict[str, int] = defaultdict(int)
    for event in events:
        for figure in event["figures"]:
            if figure["part_of"] is None and figure["group"] is None:
                number = figure["best"] if figure["best"] is not None else figure["low"]
                sums[figure["metric"]] += number or 0
    return sums
