"""Print statistics: a table with notes for people, or rows for programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scamcli.cli.output import Output, chosen, print_above, print_below, print_lines, print_result, say
from scamcli.figures import Bounds, render_bounds
from scamcli.output.formats import NOT_GIVEN, UNKNOWN, Format, Result
from scamcli.output.text.words import is_ascii_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.stats import Table
    from scamcli.stats.comparison import Comparison
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
SUPPRESSED = "suppressed"
"""The key that marks a row with withheld numbers, and the text that a table shows in their place."""
LONGEST_BAR = 10
"""The width of the longest bar in columns."""
LONGEST_OVER_TIME = 24
"""The same for events over time, whose table has few other columns, in a terminal of 60 columns."""
TIMES = frozenset({"month", "quarter", "year"})


def print_table(table: Table, output: Output) -> None:
    """Print a table with its notes, and explanations and citations of its rows if these were asked for."""
    format_ = chosen(output)
    if format_ in {Format.JSON, Format.JSONL} or output.fields:
        rows = table.rows if format_ in {Format.JSON, Format.JSONL} else _marked(table.rows)
        print_result(Result(rows, COLUMNS), output)
    elif format_ in {Format.CSV, Format.TSV}:
        _print_data(table, output)
    else:
        _print_to_read(table, output)
        return
    empty = "" if table.rows else "No figures: "
    say(f"{empty}{table.caption}", *table.notes, *_citation(table))


def _print_explanation(row: Row, label: str, output: Output) -> None:
    from scamcli.output.text import explanation_text  # here, because most tables are not explained

    print_lines([explanation_text.cell(row, label)], output)


def _citation(found: Table | Comparison) -> list[str]:
    """Return the citable sentences and a line on their basis, or nothing if they were not asked for."""
    if not found.basis:
        return []
    today = datetime.now(tz=UTC).date().isoformat()
    cited = dict.fromkeys(row["cite"] for row in (*found.rows, *found.total) if row["cite"])
    return [*cited, f"Based on {found.caption}; {found.basis}; {today}"]


def print_comparison(comparison: Comparison, output: Output) -> None:
    """Print two periods side by side with the changes that were claimed."""
    if chosen(output) in {Format.JSON, Format.JSONL} or output.fields:
        print_result(Result(comparison.rows, ()), output)
        say(comparison.caption, *comparison.notes, *_citation(comparison))
        return
    is_claimed = any(row["claimed"] for row in comparison.rows)
    claimed = ("claimed", "claimed_by", "agrees") if is_claimed or chosen(output) in {Format.CSV, Format.TSV} else ()
    columns = (*comparison.splits, "before", "after", "change", *claimed)
    headings = {"change": "change %", "claimed_by": "claimed by"}
    flat = [_flattened(row, comparison.splits) for row in comparison.rows]
    flat = [
        row | dict.fromkeys(("before", "after", "change"), SUPPRESSED) if row["suppressed"] else row for row in flat
    ]
    result = Result(flat, columns, headings, dict.fromkeys(comparison.splits, NOT_GIVEN))
    if chosen(output) in {Format.TABLE, Format.MARKDOWN}:
        print_above(comparison.caption, output)
        print_result(result, output)
        print_below(comparison.notes, output)
        for row in comparison.rows:
            for side in row.get("explain", ()):
                _print_explanation(side, _label(side, (*comparison.splits, "period")), output)
        print_lines(_citation(comparison), output)
    else:
        print_result(result, output)
        say(comparison.caption, *comparison.notes, *_citation(comparison))


def _label(row: Row, splits: Sequence[str]) -> str:
    """Return the values of a row's splits, so that a reader finds the row in the table."""
    return ", ".join(str(NOT_GIVEN if row[split] is None else row[split]) for split in splits) or row["metric"]


def _blanks(table: Table) -> dict[str, str]:
    return dict.fromkeys(ENDS, UNKNOWN) | dict.fromkeys(table.splits, NOT_GIVEN)


def _worded(rows: list[Row]) -> list[Row]:
    """Return rows with "unknown" for missing bounds of possible figures; without such figures, they stay blank."""
    return [
        row | {end: UNKNOWN for end in POSSIBLE if row[end] is None} if row.get("possible") else row
        for row in _marked(rows)
    ]


def _marked(rows: list[Row]) -> list[Row]:
    """Return rows that say where numbers are suppressed."""
    return [row | dict.fromkeys((*ENDS, "claims"), SUPPRESSED) if row.get(SUPPRESSED) else row for row in rows]


def _print_data(table: Table, output: Output) -> None:
    rows, columns = _worded(table.rows), COLUMNS
    if any("explain" in row for row in table.rows):
        heads = _heads(table)
        suppressed = [{"how": SUPPRESSED}]
        rows = [
            {head: row[head] for head in heads} | line for row in table.rows for line in row["explain"] or suppressed
        ]
        columns = EXPLAINED_COLUMNS
    print_result(Result(rows, (*_heads(table), *columns), blanks=_blanks(table)), output)


def _heads(table: Table) -> tuple[str, ...]:
    """Return the keys that tell rows apart: the splits, and the metric if there are several."""
    return (*table.splits, "metric") if len(table.metrics) > 1 else table.splits


def _print_to_read(table: Table, output: Output) -> None:
    """Print a table for people, with its caption above and its notes, explanations and citation below."""
    rows = _worded([*table.rows, *(row | {"stated": []} for row in table.total)])
    if not rows:
        say(f"No figures: {table.caption}", *table.notes, *_citation(table))
        return
    print_above(table.caption, output)
    if len(table.metrics) > 1:
        result = _across(rows, table.splits, "metric", table.metrics)
    elif len(table.splits) == 2:
        down, across = table.splits
        named = sorted({row[across] for row in rows if row[across] is not None})
        result = _across(
            rows, (down,), across, [*named, NOT_GIVEN] if any(row[across] is None for row in rows) else named
        )
    else:
        result = _one_way(table, rows, output)
    print_result(result, output)
    say(*_left_out(result, output))
    print_below(table.notes, output)
    for index, row in enumerate(rows):
        # If the table has a single row, the "all" row has the same figures, which are explained once.
        if row.get("explain") and all(row["explain"] != earlier["explain"] for earlier in rows[:index]):
            _print_explanation(row, _label(row, _heads(table)), output)
    print_lines(_citation(table), output)


def _one_way(table: Table, rows: list[Row], output: Output) -> Result:
    columns = (*table.splits, *_informative(rows))
    if chosen(output) is Format.TABLE and sys.stdout.isatty() and len(table.rows) > 1:
        numbers = [_numbers(row) for row in rows]
        largest = max(number or 0 for found in numbers for number in found)
        is_over_time = table.metrics == ("events",) and not TIMES.isdisjoint(table.splits)
        length = LONGEST_OVER_TIME if is_over_time else LONGEST_BAR
        rows = [row | {"bar": bar(*found, largest, length)} for row, found in zip(rows, numbers, strict=True)]
        # Bars say how many events are possible, and have no room beside two more columns.
        columns = (*(column for column in columns if not (is_over_time and column in POSSIBLE)), "bar")
    blanks = _blanks(table)
    if any(row.get("possible") for row in rows):
        # A row without figures that certainly lie within the dates has no bounds, which differs from unknown bounds.
        rows = [row | dict.fromkeys(ENDS, "") if row["possible"] and _is_empty(row) else row for row in rows]
    return Result(rows, columns, HEADINGS | {"bar": ""}, blanks, NUMERIC, spare=("bar", "stated", "claims"))


def _left_out(result: Result, output: Output) -> list[str]:
    """Return a message on columns that a narrow terminal has no room for."""
    if chosen(output) is not Format.TABLE:
        return []
    from scamcli.output.formats.as_table import left_out  # here, because only tables for people need it

    names = ", ".join(key for key in left_out(result) if key != "bar")
    return [f"Left out for lack of room: {names}. A wider terminal or --json shows them."] if names else []


def _numbers(row: Row) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high, or zeros, which draw no bar, if they are suppressed."""
    return (0, 0, 0) if row.get(SUPPRESSED) else (row["low"], row["best"], row["high"])


def _is_empty(row: Row) -> bool:
    return all(row[end] is None for end in ENDS)


def _across(rows: Sequence[Row], down: tuple[str, ...], across: str, heads: Sequence[str]) -> Result:
    """Return a table with the values of one key as columns; each cell has the bounds of a row in words."""
    cells: dict[tuple[str | None, ...], Row] = {}
    for row in rows:
        column = NOT_GIVEN if row[across] is None else row[across]
        line = cells.setdefault(tuple(row[key] for key in down), {key: row[key] for key in down})
        text = _cell(row)
        line[column] = f"{line[column]}; {text}" if column in line else text
    return Result(list(cells.values()), (*down, *heads), blanks=dict.fromkeys(down, NOT_GIVEN))


def _cell(row: Row) -> str:
    """Return the bounds of a row in words, with the bounds of figures that only possibly belong to it."""
    if row.get(SUPPRESSED):
        return SUPPRESSED
    text = render_bounds(Bounds(row["low"], row["best"], row["high"]))
    if not row["possible"] or row["metric"] == "events":
        return text
    ends = (None if row[end] == UNKNOWN else row[end] for end in POSSIBLE)
    low, high = ends
    possible = f"possibly {render_bounds(Bounds(low, low if low == high else None, high))}"
    return possible if _is_empty(row) else f"{text}; {possible}"


def _informative(rows: list[Row]) -> tuple[str, ...]:
    """Return the columns that are worth showing: those that are not empty or the same in all rows."""
    is_redundant = {
        "unit": len({row["unit"] for row in rows}) < 2,
        "implied": not any(row["implied"] for row in rows),
        "possible_low": not any(row["possible"] for row in rows),
        "possible_high": not any(row["possible"] for row in rows),
        "unadjusted": all(row["unadjusted"] in {None, row["low"]} for row in rows),
        "claims": all(row["claims"] in {0, 1, None, SUPPRESSED} for row in rows),
        "contested": not any(row["contested"] for row in rows),
        "stated": not any(row["stated"] for row in rows),
    }
    return tuple(column for column in COLUMNS if not is_redundant.get(column))


def bar(low: float | None, best: float | None, high: float | None, largest: float, longest: int = LONGEST_BAR) -> str:
    """Return a bar that is solid up to the low and light up to the best or high; an arrow marks an unknown high."""
    if not largest:
        return ""
    full, pale, arrow = "#->" if is_ascii_terminal() else "█░→"
    solid = round(longest * (low or 0) / largest)
    light = round(longest * max(best or 0, high or 0) / largest) - solid
    return full * solid + pale * max(light, 0) + (arrow if high is None else "")


def _flattened(row: Row, splits: tuple[str, ...]) -> Row:
    """Return a row of a comparison with its bounds and claims as texts."""
    claims = row["claimed"]
    return {
        SUPPRESSED: row.get(SUPPRESSED),
        **{split: row[split] for split in splits},
        **{name: render_bounds(Bounds(**row[name])) for name in ("before", "after", "change")},
        "claimed": [claim["stated"] for claim in claims],
        "claimed_by": [claim["stated_by"] or "speaker not recorded" for claim in claims],
        "agrees": [claim["agrees"] for claim in claims],
    }
