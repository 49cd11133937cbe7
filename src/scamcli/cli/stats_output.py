"""How ``stats`` answers: a table to read with its notes, or rows for machines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scamcli.cli.output import Output, chosen, print_above, print_below, print_lines, print_result, say
from scamcli.figures import Bounds, render_bounds
from scamcli.output.formats import NOT_GIVEN, UNKNOWN, Format, Result
from scamcli.output.text import explanation_text
from scamcli.stats.explanation import COLUMNS as EXPLAINED

if TYPE_CHECKING:
    from scamcli.stats import Comparison, Table

ENDS = ("low", "best", "high", "sum_low")
COLUMNS = ("low", "best", "high", "implied", "sum_low", "unit", "figures", "possible", "disputed", "stated")
NUMERIC = frozenset(ENDS) | {"implied", "figures", "possible", "disputed"}
HEADINGS = {"sum_low": "sum low", "stated_by": "said by"}
BAR = 10
"""Columns of the longest bar."""


def print_table(table: Table, output: Output, cite: str) -> None:
    """The table, its notes, the derivation where it was asked for, and the line to quote."""
    format_ = chosen(output)
    if format_ in {Format.JSON, Format.JSONL} or output.fields:
        print_result(Result(table.rows, COLUMNS), output)
    elif format_ in {Format.CSV, Format.TSV}:
        _print_data(table, output)
    else:
        _print_to_read(table, output, cite)
        return
    empty = "" if table.rows else "no figures: "
    say(f"{empty}{table.caption}", *table.notes, *([cite] if cite else []))


def print_comparison(found: Comparison, output: Output, cite: str) -> None:
    """Two periods side by side, and what was claimed of them; then the line to quote."""
    told = [*found.notes, *([cite] if cite else [])]
    if chosen(output) in {Format.JSON, Format.JSONL} or output.fields:
        print_result(Result(found.rows, ()), output)
        say(found.caption, *told)
        return
    columns = (*found.splits, "before", "after", "change", "claimed", "claimed_by", "agrees")
    headings = {"change": "change %", "claimed_by": "claimed by"}
    flat = [_compared(row, found.splits) for row in found.rows]
    result = Result(flat, columns, headings, dict.fromkeys(found.splits, NOT_GIVEN))
    if chosen(output) in {Format.TABLE, Format.MARKDOWN}:
        print_above(found.caption, output)
        print_result(result, output)
        print_below(found.notes, output)
        if cite:
            print_lines(cite, output)
    else:
        print_result(result, output)
        say(found.caption, *told)


def _blanks(table: Table) -> dict[str, str]:
    return dict.fromkeys(ENDS, UNKNOWN) | dict.fromkeys(table.splits, NOT_GIVEN)


def _print_data(table: Table, output: Output) -> None:
    explained = [_explained(row, table) for row in table.rows if "explain" in row]
    if explained:
        rows = [line for lines in explained for line in lines]
        print_result(Result(rows, (*table.splits, *EXPLAINED), blanks=_blanks(table)), output)
    else:
        print_result(Result(table.rows, (*table.splits, *COLUMNS), blanks=_blanks(table)), output)


def _print_to_read(table: Table, output: Output, cite: str) -> None:
    rows = [*table.rows, *(row | {"stated": []} for row in table.total)]
    if not rows:
        say(f"no figures: {table.caption}", *table.notes, *([cite] if cite else []))
        return
    print_above(table.caption, output)
    print_result(_two_way(table) if len(table.splits) == 2 else _one_way(table, rows, output), output)
    print_below(table.notes, output)
    for row in rows:
        if "explain" in row:
            _print_explained(row, table, output)
    if cite:
        print_lines(cite, output)


def _one_way(table: Table, rows: list[dict[str, Any]], output: Output) -> Result:
    columns = (*table.splits, *_telling(rows))
    if chosen(output) is Format.TABLE and sys.stdout.isatty() and len(table.rows) > 1:
        largest = max((_size(row) for row in rows), default=0)
        rows = [row | {"bar": bar(row["low"], row["best"], row["high"], largest)} for row in rows]
        columns = (*columns, "bar")
    return Result(rows, columns, HEADINGS | {"bar": ""}, _blanks(table), NUMERIC, spare=("bar",))


def _two_way(table: Table) -> Result:
    """One split down, the other across; each cell the row's bounds in words."""
    down, across = table.splits
    heads = list(dict.fromkeys(NOT_GIVEN if row[across] is None else row[across] for row in table.rows))
    heads = [head for head in sorted(heads) if head != NOT_GIVEN] + ([NOT_GIVEN] if NOT_GIVEN in heads else [])
    cells: dict[str | None, dict[str, Any]] = {}
    for row in table.rows:
        column = NOT_GIVEN if row[across] is None else row[across]
        line = cells.setdefault(row[down], {down: row[down]})
        told = render_bounds(Bounds(row["low"], row["best"], row["high"]))
        line[column] = f"{line[column]}; {told}" if column in line else told
    return Result(list(cells.values()), (down, *heads), blanks={down: NOT_GIVEN})


def _telling(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The columns that tell something in a table to read: no unit that all share, no empty column."""
    dull = {
        "unit": len({row["unit"] for row in rows}) < 2,
        "implied": not any(row["implied"] for row in rows),
        "sum_low": all(row["sum_low"] in {None, row["low"]} for row in rows),
        "figures": all(row["figures"] in {0, 1} for row in rows),
        "possible": len({row["possible"] == row["figures"] for row in rows}) < 2,
        "disputed": not any(row["disputed"] for row in rows),
        "stated": not any(row["stated"] for row in rows),
    }
    return tuple(column for column in COLUMNS if not dull.get(column))


def _explained(row: dict[str, Any], table: Table) -> list[dict[str, Any]]:
    head = {split: row[split] for split in table.splits}
    return [head | line for line in row["explain"]]


def _print_explained(row: dict[str, Any], table: Table, output: Output) -> None:
    named = ", ".join(str(NOT_GIVEN if row[split] is None else row[split]) for split in table.splits) or row["metric"]
    print_lines(explanation_text.cell(row, named), output)


def _size(row: dict[str, Any]) -> float:
    return max(row["low"] or 0, row["best"] or 0, row["high"] or 0)


def bar(low: float | None, best: float | None, high: float | None, largest: float) -> str:
    """A bar: solid up to what is proved or best known, light up to what is possible; an arrow where that is open."""
    if not largest:
        return ""
    solid = round(BAR * (low or 0) / largest)
    light = round(BAR * max(best or 0, high or 0) / largest) - solid
    return "█" * solid + "░" * max(light, 0) + ("→" if high is None else "")


def _compared(row: dict[str, Any], splits: tuple[str, ...]) -> dict[str, Any]:
    head = {split: row[split] for split in splits}
    sides = {name: render_bounds(Bounds(**row[name])) for name in ("before", "after", "change")}
    claims = row["claimed"]
    return {
        **head,
        **sides,
        "claimed": [claim["stated"] for claim in claims],
        "claimed_by": [claim["stated_by"] or "speaker not recorded" for claim in claims],
        "agrees": [claim["agrees"] for claim in claims],
    }
