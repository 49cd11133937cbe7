"""Draw a table of statistics as one chart with all that a reader needs: title, filters, captions and source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from scamcli.errors import WrongUsageError, quote
from scamcli.language.vocabulary import MEASURES
from scamcli.language.wording.bounds import Bounds
from scamcli.numbers.tables import BUCKETS
from scamcli.output.charts.bars import Bar, bars_chart
from scamcli.output.charts.columns import EVENTS, Column, columns_chart
from scamcli.output.charts.standalone import Drawing, Words, standalone
from scamcli.output.charts.svg import Chart
from scamcli.output.text.words import plural, without_commands
from scamcli.stats import captions, rows
from scamcli.stats.suppression import SUPPRESSED

if TYPE_CHECKING:
    from scamcli.stats import Table
    from scamcli.stats.rows import Row

MOST_METRICS = 4
MOST_IN_WORDS = 60
"""How many rows the description says in words."""


def draw(table: Table, about: Mapping[str, str], today: date, shown: Callable[[str], str]) -> Drawing:
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
        raise WrongUsageError(f"There is nothing to draw: no numbers for {quote(table.caption)}.")
    drawn = {name: _of_one_scale([row for row in table.rows if row["metric"] == name]) for name in table.metrics}
    panels = {name: _panel(table, found) for name, found in drawn.items()}
    charts = {name: chart for name, chart in panels.items() if chart is not None}
    if not charts:
        raise WrongUsageError(f"No number lies in one {table.splits[0]}, so there is nothing to draw.")
    title, subtitle = _title(table), shown(_subtitle(table, about))
    words = Words(
        title,
        subtitle,
        list(map(shown, _notes(table, [row for found in drawn.values() for row in found]))),
        f"Source: a scamcli timeline with {table.basis}; {today.isoformat()}",
        " ".join([f"{title}.", subtitle, *(_in_words(table, name, found) for name, found in drawn.items())]),
    )
    headed = [(name.capitalize() if len(charts) > 1 else "", chart) for name, chart in charts.items()]
    return standalone(headed, words)


def _of_one_scale(found: Sequence[Row]) -> list[Row]:
    """Return the rows that one scale can show: most have one unit, and are not of one moment, or all are."""
    scales = Counter(_scale(row) for row in found)
    chosen = max(scales, key=lambda scale: scales[scale], default=None)
    return [row for row in found if _scale(row) == chosen]


def _scale(row: Row) -> tuple[str | None, bool]:
    return row["unit"], row["count"] == "stock"


def _is_over_time(table: Table) -> bool:
    return any(split in BUCKETS for split in table.splits)


def _panel(table: Table, drawn: Sequence[Row]) -> Chart | None:
    if not _is_over_time(table):
        return bars_chart([_bar(row, _label(table, row)) for row in drawn], "", "")
    dated = [row for row in drawn if row[table.splits[0]] is not None]
    if not dated:
        return None
    names = EVENTS if table.metrics == ("events",) else ()
    return columns_chart([_column(row, row[table.splits[0]]) for row in dated], "", "", names)


def _label(table: Table, row: Row) -> str:
    return str(row["label"] if table.splits else row["metric"])


def _bar(row: Row, label: str) -> Bar:
    if row.get(SUPPRESSED):
        return Bar(label, None, SUPPRESSED)
    return Bar(label, rows.bounds(row), row["words"])


def _column(row: Row, label: str) -> Column:
    if row.get(SUPPRESSED):
        return Column(label, None, words="*")
    if row["metric"] == "events":
        low, high = row["low"], row["high"]
        return Column(label, Bounds(low, low, low), high - low, row["words"])
    return Column(label, rows.bounds(row), words=row["words"])


def _title(table: Table) -> str:
    names = table.metrics
    words = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{words[:1].upper()}{words[1:]}" + "".join(f" by {split}" for split in table.splits)


def _subtitle(table: Table, about: Mapping[str, str]) -> str:
    """Return what is counted, its unit, and the filters."""
    counted = "; ".join(dict.fromkeys(about.get(name, "") for name in table.metrics))
    units = {row["unit"] for row in table.rows if row["unit"]} & MEASURES
    asked = table.caption.removeprefix(captions.caption(", ".join(table.metrics), table.splits, "")).removeprefix(": ")
    sentences = [counted + "".join(f", in {unit}" for unit in sorted(units)), asked]
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in sentences if one)


def _notes(table: Table, drawn: Sequence[Row]) -> list[str]:
    """Return what is not drawn, and the captions of the table."""
    others = len(table.rows) - len(drawn)
    notes = [f"{plural(others, 'row')} in another unit or of another kind: not drawn."] if others else []
    if _is_over_time(table):
        undated = sum(row[table.splits[0]] is None for row in drawn)
        notes += [f"{plural(undated, 'row')} without a {table.splits[0]}: not drawn."] if undated else []
        suppressed = sum(bool(row.get(SUPPRESSED)) for row in drawn)
        notes += [f"*: {plural(suppressed, 'suppressed number')}."] if suppressed else []
    notes += filter(None, map(without_commands, table.captions))
    return [" ".join(notes)] if notes else []


def _in_words(table: Table, name: str, drawn: Sequence[Row]) -> str:
    """Return the numbers of the rows of a metric in words."""
    said = [f"{_label(table, row)}: {_number_in_words(row)}" for row in drawn[:MOST_IN_WORDS]]
    more = [f"and {plural(len(drawn) - MOST_IN_WORDS, 'more row')}"] if len(drawn) > MOST_IN_WORDS else []
    head = f"{name.capitalize()}: " if len(table.metrics) > 1 else ""
    return f"{head}{'; '.join([*said, *more])}." if said else ""


def _number_in_words(row: Row) -> str:
    return SUPPRESSED if row.get(SUPPRESSED) else str(row["words"])
