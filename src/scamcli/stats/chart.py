"""Draw a table of statistics as one chart with all that a reader needs: title, filters, notes and source."""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scamcli.errors import WrongUsageError, quote
from scamcli.figures import Bounds, render_bounds
from scamcli.language.vocabulary import MEASURES
from scamcli.output.charts.bars import Bar, bars_chart
from scamcli.output.charts.columns import Column, columns_chart
from scamcli.output.charts.standalone import Drawing, Words, standalone
from scamcli.output.charts.svg import Chart
from scamcli.output.formats import NOT_GIVEN
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural
from scamcli.stats import captions, rows
from scamcli.stats.selection import BUCKETS
from scamcli.stats.suppression import SUPPRESSED

if TYPE_CHECKING:
    from scamcli.stats import Table
    from scamcli.stats.rows import Row

MOST_METRICS = 4
MOST_IN_WORDS = 60
"""How many rows the description says in words."""
NOT_FOR_READERS = ("To narrow the range: ", "Figures that may overlap")
"""Words in notes for whoever keeps the timeline, and of one about a column that a chart lacks."""


def draw(table: "Table", about: Mapping[str, str], today: date, shown: Callable[[str], str]) -> Drawing:
    """Return the chart of a table.

    Args:
        table: Its rows are drawn. Withheld numbers are neither drawn nor used for the scale.
        about: What each metric counts.
        today: The date in the source line.
        shown: Masks protected names in the texts that the user typed.

    Raises:
        WrongUsageError: The table has two splits, too many metrics, or no rows.
    """
    if len(table.splits) > 1:
        raise WrongUsageError("A chart shows one split.", "Use --by with one split, such as --by month.")
    if len(table.metrics) > MOST_METRICS:
        raise WrongUsageError(f"A chart shows at most {MOST_METRICS} metrics, not {len(table.metrics)}.")
    if not table.rows:
        raise WrongUsageError(f"There is nothing to draw: no figures for {quote(table.caption)}.")
    found = {name: _of_one_kind([row for row in table.rows if row["metric"] == name]) for name in table.metrics}
    panels = [(name, chart) for name, (drawn, _) in found.items() if (chart := _panel(table, drawn)) is not None]
    if not panels:
        raise WrongUsageError(f"No figure lies in one {table.splits[0]}, so there is nothing to draw.")
    title, subtitle = _title(table), shown(_subtitle(table, about))
    words = Words(
        title,
        subtitle,
        list(map(shown, _notes(table, found))),
        f"Source: a scamcli timeline with {table.basis}; {today.isoformat()}",
        " ".join([f"{title}.", subtitle, *(_in_words(table, name, drawn) for name, (drawn, _) in found.items())]),
    )
    headed = [(name.capitalize() if len(panels) > 1 else "", chart) for name, chart in panels]
    return standalone(headed, words)


def _of_one_kind(found: "list[Row]") -> "tuple[list[Row], list[Row]]":
    """Return the rows that one scale can show, and the others: those in another unit, or at one moment."""
    kinds = Counter(_kind(row) for row in found)
    chosen = max(kinds, key=lambda kind: kinds[kind], default=None)
    return [row for row in found if _kind(row) == chosen], [row for row in found if _kind(row) != chosen]


def _kind(row: "Row") -> tuple[str | None, bool]:
    return row["unit"], row["count"] == "stock"


def _panel(table: "Table", drawn: "Sequence[Row]") -> Chart | None:
    if not any(split in BUCKETS for split in table.splits):
        return bars_chart([_bar(row, _label(table, row)) for row in drawn], "", "")
    dated = [row for row in drawn if row[table.splits[0]] is not None]
    if not dated:
        return None
    names = ("certain", "possible") if table.metrics == ("events",) else ()
    return columns_chart([_column(row, row[table.splits[0]]) for row in dated], "", "", names)


def _label(table: "Table", row: "Row") -> str:
    if not table.splits:
        return str(row["metric"])
    return NOT_GIVEN if row[table.splits[0]] is None else str(row[table.splits[0]])


def _bar(row: "Row", label: str) -> Bar:
    if row.get(SUPPRESSED):
        return Bar(label, None, SUPPRESSED)
    bounds, possible = rows.bounds(row), _possible(row)
    if possible is None:
        return Bar(label, bounds, render_bounds(bounds))
    words = f"possibly {render_bounds(possible)}"
    if bounds == Bounds():
        return Bar(label, possible, words, is_possible=True)
    return Bar(label, bounds, f"{render_bounds(bounds)}; {words}")


def _column(row: "Row", label: str) -> Column:
    if row.get(SUPPRESSED):
        return Column(label, None, words="*")
    bounds = rows.bounds(row)
    if row["metric"] == "events":
        certain = Bounds(row["low"], row["low"], row["low"])
        written = f"{row['low']}–{row['high']}" if row["possible"] else render_bounds(bounds)
        return Column(label, certain, row["possible"], written)
    possible = _possible(row)
    if possible is not None and bounds == Bounds():
        return Column(label, possible, words=render_bounds(possible), is_possible=True)
    return Column(label, bounds, words=render_bounds(bounds))


def _possible(row: "Row") -> Bounds | None:
    """Return the bounds of the figures that possibly belong to a row, or ``None`` if there are none."""
    if not row["possible"] or row["metric"] == "events":
        return None
    low, high = row["possible_low"], row["possible_high"]
    return Bounds(low, low if low == high else None, high)


def _title(table: "Table") -> str:
    names = table.metrics
    words = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{words[:1].upper()}{words[1:]}" + "".join(f" by {split}" for split in table.splits)


def _subtitle(table: "Table", about: Mapping[str, str]) -> str:
    """Return what is counted, its unit, and the filters."""
    counted = "; ".join(dict.fromkeys(about.get(name, "") for name in table.metrics))
    units = {row["unit"] for row in table.rows if row["unit"]} & MEASURES
    asked = table.caption.removeprefix(captions.caption(", ".join(table.metrics), table.splits, "")).removeprefix(": ")
    sentences = [counted + "".join(f", in {unit}" for unit in sorted(units)), asked]
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in sentences if one)


def _notes(table: "Table", found: "Mapping[str, tuple[list[Row], list[Row]]]") -> list[str]:
    drawn = [row for shown, _ in found.values() for row in shown]
    others = [row for _, rest in found.values() for row in rest]
    by_time = any(split in BUCKETS for split in table.splits)
    notes = [f"{plural(len(others), 'row')} in another unit or of another kind: not drawn"] if others else []
    if by_time:
        undated = sum(row[table.splits[0]] is None for row in drawn)
        notes += [f"{plural(undated, 'row')} without a certain {table.splits[0]}: not drawn"] if undated else []
        more = sum(_possible(row) is not None and rows.bounds(row) != Bounds() for row in drawn)
        notes += [f"{plural(more, 'column')}: more is possible than what is drawn"] if more else []
        suppressed = sum(bool(row.get(SUPPRESSED)) for row in drawn)
        notes += [f"*: {plural(suppressed, 'suppressed number')}"] if suppressed else []
    notes += [note for note in map(_for_readers, table.notes) if note]
    return [". ".join(notes) + "."] if notes else []


def _for_readers(note: str) -> str:
    """Return a note as readers of a chart need it: without ids, and without advice to whoever keeps the timeline."""
    if any(words in note for words in NOT_FOR_READERS):
        return ""
    found = re.sub(r" \([^()]*\)$", "", note) if "Left out: " in note else note
    return f"{found[:1].upper()}{found[1:]}"


def _in_words(table: "Table", name: str, drawn: "Sequence[Row]") -> str:
    """Return the numbers of the rows of a metric in words."""
    said = [f"{_label(table, row)}: {_number_in_words(row)}" for row in drawn[:MOST_IN_WORDS]]
    more = [f"and {plural(len(drawn) - MOST_IN_WORDS, 'more row')}"] if len(drawn) > MOST_IN_WORDS else []
    head = f"{name.capitalize()}: " if len(table.metrics) > 1 else ""
    return f"{head}{'; '.join([*said, *more])}." if said else ""


def _number_in_words(row: "Row") -> str:
    if row.get(SUPPRESSED):
        return SUPPRESSED
    bounds, possible = rows.bounds(row), _possible(row)
    text = "unknown" if bounds == Bounds() else in_words(bounds)
    if possible is None:
        return text
    words = "an unknown number" if possible == Bounds() else in_words(possible)
    return f"possibly {words}" if bounds == Bounds() else f"{text}, possibly also {words}"
