"""Print statistics: a table that is read in ten seconds for people, or rows for programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scamcli.cli.output import Output, chosen, print_above, print_below, print_lines, print_result, say
from scamcli.language.wording.bounds import Bounds
from scamcli.output.formats import Format, Result
from scamcli.output.text import explanation_text
from scamcli.output.text.nouns import country_name, form_of, in_words
from scamcli.output.text.words import is_ascii_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.stats import Table
    from scamcli.stats.comparison import Comparison
    from scamcli.stats.rows import Row

COLUMNS = (
    "label", "words", "low", "best", "high", "implied", "unadjusted", "unit", "said_by", "contested", "suspected",
    "not_added", "entries", "stated",
)  # fmt: skip
"""The columns of CSV and TSV, and of a table with ``--columns``, after the splits."""

EXPLAINED_COLUMNS = (
    "event", "date", "figure", "stated", "bounds", "implied", "period", "stated_by", "source", "entered", "how",
)  # fmt: skip
NUMERIC = frozenset({"low", "best", "high", "unadjusted", "implied", "contested", "suspected", "not_added", "entries"})
HEADINGS = {"words": "number", "said_by": "said by", "why": "said by"}
SUPPRESSED = "suppressed"
"""The key that marks a row with withheld numbers, and the text that a table shows in their place."""
LONGEST_BAR = 24
"""The width of the longest bar of events over time, in columns."""
TIMES = frozenset({"month", "quarter", "year"})
NOT_STATED = "not stated"


def print_table(table: Table, output: Output, *, all_columns: bool = False) -> None:
    """Print a table with its captions, and explanations and citations of its rows if these were asked for."""
    format_ = chosen(output)
    if format_ in {Format.JSON, Format.JSONL} or output.fields:
        rows = table.rows if format_ in {Format.JSON, Format.JSONL} else _marked(table.rows)
        print_result(Result(rows, COLUMNS), output)
    elif format_ in {Format.CSV, Format.TSV}:
        _print_data(table, output)
    else:
        _print_to_read(table, output, all_columns=all_columns)
        return
    empty = "" if table.rows else "No numbers: "
    say(f"{empty}{table.caption}", *table.captions, *_citation(table))


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
    units = {row["unit"] for row in comparison.rows}
    only_unit = units.pop() if len(units) == 1 else None
    flat = [_flattened(row, comparison.splits, only_unit) for row in comparison.rows]
    flat = [
        row | dict.fromkeys(("before", "after", "change"), SUPPRESSED) if row["suppressed"] else row for row in flat
    ]
    result = Result(flat, columns, headings, dict.fromkeys(comparison.splits, NOT_STATED))
    if chosen(output) in {Format.TABLE, Format.MARKDOWN}:
        print_above(comparison.caption, output)
        print_result(result, output)
        print_below(comparison.notes, output)
        for row in comparison.rows:
            for side in row.get("explain", ()):
                _print_explanation(side, f"{side['label']}, {side['period']}", output)
        print_lines(_citation(comparison), output)
    else:
        print_result(result, output)
        say(comparison.caption, *comparison.notes, *_citation(comparison))


def _print_explanation(row: Row, label: str, output: Output) -> None:
    print_lines([explanation_text.cell(row, label)], output)


def _marked(rows: list[Row]) -> list[Row]:
    """Return rows that say where numbers are suppressed."""
    numbers = ("low", "best", "high", "unadjusted", "entries")
    return [row | dict.fromkeys(numbers, SUPPRESSED) if row.get(SUPPRESSED) else row for row in rows]


def _print_data(table: Table, output: Output) -> None:
    rows: list[Row] = _marked(table.rows)
    columns: tuple[str, ...] = COLUMNS
    heads = _heads(table)
    if any("explain" in row for row in table.rows):
        suppressed = [{"how": SUPPRESSED}]
        rows = [
            {head: row[head] for head in heads} | line for row in table.rows for line in row["explain"] or suppressed
        ]
        columns = EXPLAINED_COLUMNS
    print_result(Result(rows, (*heads, *columns)), output)


def _heads(table: Table) -> tuple[str, ...]:
    """Return the keys that tell rows apart: the splits, and the metric if there are several."""
    return (*table.splits, "metric") if len(table.metrics) > 1 else table.splits


def _print_to_read(table: Table, output: Output, *, all_columns: bool) -> None:
    """Print a table for people, with its title above and its captions, explanations and citations below."""
    if not table.rows:
        say(f"No numbers: {table.caption}", *table.captions, *_citation(table))
        return
    totals = _marked(table.total) if len(table.rows) > 1 else []
    rows = [*_marked(table.rows), *totals]
    print_above(table.caption, output)
    print_result(_result(table, rows, all_columns=all_columns), output)
    total_lines = map(_total_in_words, totals) if _is_two_way(table) else ()
    print_below([*total_lines, *table.captions], output)
    explained = [row for row in rows if row.get("explain")]
    for row in explained:
        _print_explanation(row, row["label"] if table.splits else row["metric"], output)
    if explained:
        print_lines(table.notes, output)
    print_lines(_citation(table), output)


def _is_two_way(table: Table) -> bool:
    return len(table.splits) == 2 and len(table.metrics) == 1


def _result(table: Table, rows: list[Row], *, all_columns: bool) -> Result:
    """Return a table with a column for who said each number, or with the values of a metric or split as columns."""
    if len(table.metrics) > 1:
        return _across(rows, table.splits, "metric", table.metrics)
    if not _is_two_way(table):
        return _with_speakers(table, rows, all_columns=all_columns)
    down, across = table.splits
    cells = _marked(table.rows)
    named = sorted({_with_country_names(row)[across] for row in cells if row[across] is not None})
    is_open = any(row[across] is None for row in cells)
    return _across(cells, (down,), across, [*named, NOT_STATED] if is_open else named)


def _total_in_words(row: Row) -> str:
    """Return the total of a table that has no column for who said it."""
    if not row["said_by"]:
        return f"Total: {row['words']}."
    said = "according to" if row["entries"] == 1 else "based on numbers from"  # nobody stated a sum
    return f"Total: {row['words']}, {said} {_named(row['said_by'])}."


def _with_speakers(table: Table, rows: list[Row], *, all_columns: bool) -> Result:
    """Return a table with a number in words and who said it."""
    heading = {"label": table.metrics[0].capitalize() if table.splits else "", **HEADINGS}
    is_over_time = table.metrics == ("events",) and not TIMES.isdisjoint(table.splits)
    if is_over_time and sys.stdout.isatty():
        largest = max(row["high"] or 0 for row in rows)
        rows = [row | {"bar": bar(row["low"], row["high"], largest)} for row in rows]
    shown = [row | {"label": _label(row, table), "said_by": _said_by(row, table)} for row in rows]
    columns = ["label"] if table.splits else []
    columns += ["words", *(("bar",) if is_over_time and sys.stdout.isatty() else ())]
    if any(row["said_by"] for row in shown):
        columns.append("said_by")
    if all_columns:
        more = [name for name in COLUMNS if name not in {"label", "words", "said_by"}]
        columns += [name for name in more if any(row[name] not in (None, [], 0) for row in rows)]
    blanks = dict.fromkeys(("low", "best", "high"), "unknown")
    return Result(shown, tuple(columns), heading | {"bar": ""}, blanks, NUMERIC, spare=("bar", "stated"))


def _label(row: Row, table: Table) -> str:
    """Return the label of a row; in a table by one split, "not stated" is clear without naming the split."""
    is_unknown = len(table.splits) == 1 and row[table.splits[0]] is None
    return NOT_STATED if is_unknown else str(row["label"])


def _said_by(row: Row, table: Table) -> str:
    """Return who stated a number, or where it is from if nobody did."""
    if not row["said_by"]:
        return str(row.get("why") or "")
    return "" if "actor" in table.splits else _named(row["said_by"])


def _named(names: Sequence[str]) -> str:
    """Return one or two names, or the first of several."""
    return " and ".join(names) if len(names) < 3 else f"{names[0]}, and {len(names) - 1} others"


def _across(rows: Sequence[Row], down: tuple[str, ...], across: str, heads: Sequence[str]) -> Result:
    """Return a table with the values of one key as columns; each cell has the number of a row in words."""
    cells: dict[tuple[str | None, ...], Row] = {}
    for row in map(_with_country_names, rows):
        column = NOT_STATED if row[across] is None else row[across]
        line = cells.setdefault(tuple(row[key] for key in down), {key: row[key] for key in down})
        text = SUPPRESSED if row.get(SUPPRESSED) else row["words"]
        line[column] = f"{line[column]}; {text}" if column in line else text
    return Result(list(cells.values()), (*down, *heads), blanks=dict.fromkeys(down, NOT_STATED))


def _with_country_names(row: Row) -> Row:
    code = row.get("country")
    return row if code is None else row | {"country": country_name(code)}


def bar(low: float, high: float, largest: float) -> str:
    """Return a bar that is solid up to the low and light up to the high, drawn to scale."""
    if not largest:
        return ""
    full, pale = "#-" if is_ascii_terminal() else "█░"
    solid = round(LONGEST_BAR * low / largest)
    return full * solid + pale * (round(LONGEST_BAR * high / largest) - solid)


def _flattened(row: Row, splits: tuple[str, ...], only_unit: str | None) -> Row:
    """Return a row of a comparison with its bounds and claims as texts, and with its unit unless all have one."""
    claims, form = row["claimed"], form_of(row["unit"], only_unit)
    return {
        SUPPRESSED: row.get(SUPPRESSED),
        **{split: row[split] for split in splits},
        **{name: in_words(Bounds(**row[name]), form) for name in ("before", "after")},
        "change": in_words(Bounds(**row["change"])),
        "claimed": [claim["stated"] for claim in claims],
        "claimed_by": [claim["stated_by"] or "speaker not recorded" for claim in claims],
        "agrees": [claim["agrees"] for claim in claims],
    }
