"""Print statistics: a table with notes for people, or rows for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scamcli.cli.output import Output, chosen, print_above, print_below, print_lines, print_result, say
from scamcli.figures import Bounds, render_bounds
from scamcli.output.formats import NOT_GIVEN, UNKNOWN, Format, Result
from scamcli.output.text import explanation_text

if TYPE_CHECKING:
    from scamcli.stats import Comparison, Table
    from scamcli.stats.rows import Row

ENDS = ("low", "best", "high", "unadjusted")
POSSIBLE = ("possible_low", "possible_high")
COLUMNS: tuple[str, ...] = (
    "low", "best", "high", "implied", "possible_low", "possible_high", "unadjusted", "unit", "claims", "contested",
    "stated",
)  # fmt: skip
EXPLAINED_COLUMNS = (
    "event", "date", "figure", "stated", "bounds", "implied", "period", "stated_by", "source", "entered", "how",
)  # fmt: skip
NUMERIC = frozenset(ENDS) | frozenset(POSSIBLE) | {"implied", "claims", "contested"}
HEADINGS = {"possible_low": "possible low", "possible_high": "possible high", "stated_by": "said by"}
LONGEST_BAR = 10
"""How many columns the longest bar takes."""


def print_table(table: Table, output: Output, cite: list[str]) -> None:
    """Print a table with its notes, the explanation of its rows if it has any, and the line to cite, if any."""
    format_ = chosen(output)
    if format_ in {Format.JSON, Format.JSONL} or output.fields:
        print_result(Result(table.rows, COLUMNS), output)
    elif format_ in {Format.CSV, Format.TSV}:
        _print_data(table, output)
    else:
        _print_to_read(table, output, cite)
        return
    empty = "" if table.rows else "No figures: "
    say(f"{empty}{table.caption}", *table.notes, *cite)


def print_comparison(comparison: Comparison, output: Output, cite: list[str]) -> None:
    """Print two periods side by side with what was claimed about them, and the line to cite, if any."""
    if chosen(output) in {Format.JSON, Format.JSONL} or output.fields:
        print_result(Result(comparison.rows, ()), output)
        say(comparison.caption, *comparison.notes, *cite)
        return
    columns = (*comparison.splits, "before", "after", "change", "claimed", "claimed_by", "agrees")
    headings = {"change": "change %", "claimed_by": "claimed by"}
    flat = [_flattened(row, comparison.splits) for row in comparison.rows]
    result = Result(flat, columns, headings, dict.fromkeys(comparison.splits, NOT_GIVEN))
    if chosen(output) in {Format.TABLE, Format.MARKDOWN}:
        print_above(comparison.caption, output)
        print_result(result, output)
        print_below(comparison.notes, output)
        print_lines(cite, output)
    else:
        print_result(result, output)
        say(comparison.caption, *comparison.notes, *cite)


def _blanks(table: Table) -> dict[str, str]:
    return dict.fromkeys(ENDS, UNKNOWN) | dict.fromkeys(table.splits, NOT_GIVEN)


def _worded(rows: list[Row]) -> list[Row]:
    """Return rows that say "unknown" where possible figures have no bound; a row without such figures has a blank."""
    return [
        row | {end: UNKNOWN for end in POSSIBLE if row[end] is None} if row.get("possible") else row for row in rows
    ]


def _print_data(table: Table, output: Output) -> None:
    rows, columns = table.rows, COLUMNS
    if any("explain" in row for row in rows):
        rows = [{split: row[split] for split in table.splits} | line for row in rows for line in row["explain"]]
        columns = EXPLAINED_COLUMNS
    print_result(Result(_worded(rows), (*table.splits, *columns), blanks=_blanks(table)), output)


def _print_to_read(table: Table, output: Output, cite: list[str]) -> None:
    rows = _worded([*table.rows, *(row | {"stated": []} for row in table.total)])
    if not rows:
        say(f"No figures: {table.caption}", *table.notes, *cite)
        return
    print_above(table.caption, output)
    print_result(_two_way(table) if len(table.splits) == 2 else _one_way(table, rows, output), output)
    print_below(table.notes, output)
    for row in rows:
        if "explain" in row:
            heads = [str(NOT_GIVEN if row[split] is None else row[split]) for split in table.splits]
            print_lines([explanation_text.cell(row, ", ".join(heads) or row["metric"])], output)
    print_lines(cite, output)


def _one_way(table: Table, rows: list[Row], output: Output) -> Result:
    columns = (*table.splits, *_informative(rows))
    if chosen(output) is Format.TABLE and sys.stdout.isatty() and len(table.rows) > 1:
        largest = max(row[end] or 0 for row in rows for end in ("low", "best", "high"))
        rows = [row | {"bar": bar(row["low"], row["best"], row["high"], largest)} for row in rows]
        columns = (*columns, "bar")
    return Result(rows, columns, HEADINGS | {"bar": ""}, _blanks(table), NUMERIC, spare=("bar",))


def _two_way(table: Table) -> Result:
    """Return a table with one split down and the other across. Each cell has the bounds of a row in words."""
    down, across = table.splits
    heads = list(dict.fromkeys(NOT_GIVEN if row[across] is None else row[across] for row in table.rows))
    heads = [head for head in sorted(heads) if head != NOT_GIVEN] + ([NOT_GIVEN] if NOT_GIVEN in heads else [])
    cells: dict[str | None, Row] = {}
    for row in table.rows:
        column = NOT_GIVEN if row[across] is None else row[across]
        line = cells.setdefault(row[down], {down: row[down]})
        text = render_bounds(Bounds(row["low"], row["best"], row["high"]))
        line[column] = f"{line[column]}; {text}" if column in line else text
    return Result(list(cells.values()), (down, *heads), blanks={down: NOT_GIVEN})


def _informative(rows: list[Row]) -> tuple[str, ...]:
    """Return the columns worth showing to people: no column that is empty or the same in all rows."""
    is_redundant = {
        "unit": len({row["unit"] for row in rows}) < 2,
        "implied": not any(row["implied"] for row in rows),
        "possible_low": not any(row["possible"] for row in rows),
        "possible_high": not any(row["possible"] for row in rows),
        "unadjusted": all(row["unadjusted"] in {None, row["low"]} for row in rows),
        "claims": all(row["claims"] in {0, 1} for row in rows),
        "contested": not any(row["contested"] for row in rows),
        "stated": not any(row["stated"] for row in rows),
    }
    return tuple(column for column in COLUMNS if not is_redundant.get(column))


def bar(low: float | None, best: float | None, high: float | None, largest: float) -> str:
    """Return a bar: solid up to the low, light up to the best or high, with an arrow if the high is unknown."""
    if not largest:
        return ""
    solid = round(LONGEST_BAR * (low or 0) / largest)
    light = round(LONGEST_BAR * max(best or 0, high or 0) / largest) - solid
    return "█" * solid + "░" * max(light, 0) + ("→" if high is None else "")


def _flattened(row: Row, splits: tuple[str, ...]) -> Row:
    """Return a row of a comparison with texts in place of bounds and claims."""
    claims = row["claimed"]
    return {
        **{split: row[split] for split in splits},
        **{name: render_bounds(Bounds(**row[name])) for name in ("before", "after", "change")},
        "claimed": [claim["stated"] for claim in claims],
        "claimed_by": [claim["stated_by"] or "speaker not recorded" for claim in claims],
        "agrees": [claim["agrees"] for claim in claims],
    }
