"""The title of a table, and captions: what is counted, and what was not added and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scamcli.language.dates import Period
from scamcli.language.wording.bounds import Bounds, is_ordered, render_number, total
from scamcli.numbers.combining import together
from scamcli.numbers.entries import Entry
from scamcli.numbers.records import Figure
from scamcli.numbers.rises import rise_within
from scamcli.numbers.tables import BUCKETS
from scamcli.numbers.tables import Row as NumberRow
from scamcli.output.text import date_text
from scamcli.output.text.nouns import in_words
from scamcli.output.text.words import plural
from scamcli.stats.inquiry import Combined, Inquiry
from scamcli.stats.rows import Cell, statement_in_words, that_state_it

TWICE = {
    "arrests": "arrested", "convictions": "convicted", "deportations": "deported", "detentions": "detained",
    "escapes": "who escaped", "injuries": "injured", "repatriations": "repatriated", "rescues": "rescued",
}  # fmt: skip
"""How a caption calls a person who is counted, by metric: "somebody rescued twice counts twice"."""

AT_ONE_MOMENT = "Counts people at one moment, so numbers are not added: the same people may be in several."

MOST_CAPTIONS = 2
"""How many captions a table has. ``--explain`` shows the others."""

MOST_NAMED = 4
"""How many numbers a caption names."""


def caption(name: str, splits: Sequence[str], sentence: str) -> str:
    """Return the request in words."""
    words = f"{name} by {' and '.join(splits)}" if splits else name
    return f"{words}: {sentence}" if sentence else words


def captions(inquiry: Inquiry, tables: Sequence[Combined], cells: Sequence[Cell]) -> list[str]:
    """Return what a reader has to know about a table, the most important first, one or two sentences each."""
    everything = [combined.table.everything for combined in tables if combined.table.everything is not None]
    found = [
        *(why for combined in tables if (why := _why(inquiry, combined, cells))),
        *_suspected(inquiry, everything, cells),
        *_exceeded(inquiry, everything),
        *_contradicting(everything),
        *_in_no_row(inquiry, tables),
        *_straddling(tables),
        *_not_stated(inquiry, tables),
        *_rises(inquiry, tables),
        *(_of_one_row(inquiry, everything) if len(cells) < 2 else []),
    ]
    counted = what_is_counted(inquiry, cells)
    found[MOST_CAPTIONS - 1 : MOST_CAPTIONS - 1] = counted if len(found) < MOST_CAPTIONS else []
    found += [] if counted and counted[0] in found else counted
    if inquiry.drafts:
        found.append(f"Left out: {plural(inquiry.drafts, 'figure')} in drafts.")
    return found


def _why(inquiry: Inquiry, combined: Combined, cells: Sequence[Cell]) -> str:
    everything, rows = combined.table.everything, [cell for cell in cells if cell.unit == combined.unit]
    if everything is None or combined.is_never_added:
        return ""
    if any(entry.kind == "moment" for entry in everything.entries):
        return _number_without_minimum(inquiry, everything, everything.of(everything.total.not_added)).lstrip()
    return why_not_the_sum(inquiry, everything, rows, combined.table.in_no_row)


def what_is_counted(inquiry: Inquiry, cells: Sequence[Cell]) -> list[str]:
    """Return what the numbers of a table of people count."""
    kinds = {cell.row["count"] for cell in cells} - {"none"}
    if inquiry.metric.unit != "people" or not kinds:
        return []
    if "stock" in kinds:
        return [AT_ONE_MOMENT]
    if inquiry.name == "deaths":  # nobody dies twice
        return []
    return [occurrences(inquiry.name)]


def occurrences(name: str) -> str:
    """Return the caption on somebody to whom the same happened twice, given the metric as it may be printed."""
    if name not in TWICE:
        return "Counts occurrences, not people: the same person may count more than once."
    return f"Counts {name}, not people: somebody {TWICE[name]} twice counts twice."


def why_not_the_sum(inquiry: Inquiry, found: NumberRow, rows: Sequence[Cell], in_no_row: Sequence[Entry]) -> str:
    """Return what a total is if it is not the sum of its rows, and what a sum leaves out, or an empty text."""
    counted = found.of(found.total.counted)
    if len(rows) < 2:
        return ""
    if found.total.bounds.low == total(cell.found.total.bounds.low for cell in rows):
        return _number_without_minimum(inquiry, found, counted).lstrip()
    number_inside = sum(entry.size for entry in found.of(found.total.inside))
    includes = f"{plural(number_inside, 'other report')} (rule 7)"
    not_added = found.of(found.total.not_added)
    if in_no_row and not not_added and not number_inside:
        number = sum(entry.size for entry in in_no_row)
        return (
            f"The total also counts {plural(number, 'report')} that may belong to several rows, which say “at least”."
        )
    if len(counted) == 1 and counted[0].size == 1:
        text = f"The total is the number from {_speaker(inquiry, counted[0])}"
        text += f", which scamcli assumes to include {includes}." if number_inside else " alone."
    else:
        text = f"The total adds up only what cannot overlap{_as_sum(inquiry, found, counted)}."
        if number_inside:
            text += f" scamcli assumes that it includes {includes}."
    if not_added:
        text += _overlapping(inquiry, found, not_added)
    return text + _number_without_minimum(inquiry, found, [*not_added, *counted])


def _as_sum(inquiry: Inquiry, found: NumberRow, counted: Sequence[Entry]) -> str:
    """Return the sum that makes the total, or at least its low, if it is short: ``: 37 + 20 = 57``."""
    lows = sorted((entry.bounds.low for entry in counted if entry.bounds.low), reverse=True)
    low, _, high = found.total.bounds
    if inquiry.withholds or low is None or not 1 < len(lows) <= MOST_NAMED or total(lows) != low:
        return ""
    return f": {'' if low == high else 'at least '}{' + '.join(map(render_number, lows))} = {render_number(low)}"


def _speaker(inquiry: Inquiry, entry: Entry) -> str:
    names = dict.fromkeys(figure.stated_by for figure in that_state_it(entry) if figure.stated_by is not None)
    return " and ".join(map(inquiry.lookup.shown, names)) or "one report"


def _overlapping(inquiry: Inquiry, found: NumberRow, not_added: Sequence[Entry]) -> str:
    """Say that some numbers were not added, and how many numbers have no dates."""
    number = sum(entry.size for entry in not_added)
    same = f"may count the same {inquiry.name}"
    if number == 1:
        text = f" 1 other report {same}, so it is not added (rule 9)."
    else:
        text = f" {number:,} other reports {same}, so they are not added (rule 9)."
    undated = [entry for entry in found.entries if entry.scope.days == "not stated" and entry.kind == "total"]
    if not undated:
        return text
    have = "has" if len(undated) == 1 else "have"
    return f"{text} {len(undated):,} of {sum(entry.size for entry in found.entries):,} reports {have} no dates."


def _number_without_minimum(inquiry: Inquiry, found: NumberRow, among: Sequence[Entry]) -> str:
    """Return a sentence on a number that looks larger than the total but has no minimum, or an empty text."""
    low, best, high = found.total.bounds
    if inquiry.withholds or best is not None or high is not None:
        return ""
    for figure in _without_minimum(among):
        if (figure.best or figure.high or 0) > (low or 0):
            number = statement_in_words(inquiry, figure)
            speaker = inquiry.lookup.shown(figure.stated_by) if figure.stated_by else "one report"
            quoted = f"“{number[:1].upper()}{number[1:]}” ({speaker})"
            return f" {quoted} gives no minimum, so it does not raise the total."
    return ""


def _without_minimum(entries: Iterable[Entry]) -> Iterator[Figure]:
    """Yield the statements that have no low and share their entry with none that has one."""
    for entry in entries:
        is_sum = entry.size > 1  # of plain incidents, each of which counts for itself
        if is_sum or entry.bounds.low is None:
            yield from (figure for figure in entry.statements if figure.low is None)


def _suspected(inquiry: Inquiry, rows: Iterable[NumberRow], cells: Sequence[Cell]) -> list[str]:
    suspected = [entry for row in rows for entry in row.entries if entry.is_suspected]
    if not suspected:
        return []
    if len(suspected) > 1:
        reports = sum(len(entry.events) for entry in suspected)
        return [
            f"{reports:,} reports may be of {len(suspected):,} events: the lowest number if they are, the highest if"
            " not. `scamcli conflicts` lists them."
        ]
    (entry,) = suspected
    of_row = [cell for cell in cells if any(one.is_suspected for one in cell.found.entries)]
    where = f"{of_row[0].row['label']}: " if len(cells) > 1 and len(of_row) == 1 else ""
    low, high = entry.bounds.low, entry.bounds.high
    numbers = ""
    if low is not None and high is not None and not inquiry.withholds:
        as_one, _ = together([figure.bounds for figure in entry.statements])
        numbers = f" ({in_words(Bounds(low, None, as_one.high))} if so, {render_number(high)} if not)"
    return [
        f"{where}{len(entry.events)} reports may be of one event{numbers}. `scamcli conflicts` shows how to settle it."
    ]


def _exceeded(inquiry: Inquiry, rows: Iterable[NumberRow]) -> list[str]:
    exceeded = [entry for row in rows for entry in row.of(row.total.exceeded)]
    if not exceeded:
        return []
    return [f"Smaller than what lies inside: {_named(inquiry, exceeded)}. `scamcli conflicts` lists the numbers."]


def _contradicting(rows: Iterable[NumberRow]) -> list[str]:
    figures = [figure for row in rows for entry in row.entries for figure in entry.statements]
    number = sum(not is_ordered(figure.bounds) for figure in figures)
    if not number:
        return []
    text = "1 row contradicts itself" if number == 1 else f"{number:,} rows contradict themselves"
    example = "such as by a best below the low"
    return [
        f"{text}, {example}, but {'is' if number == 1 else 'are'} counted: `scamcli check --select F01` lists them."
    ]


def _in_no_row(inquiry: Inquiry, tables: Sequence[Combined]) -> list[str]:
    left = [entry for combined in tables for entry in combined.table.in_no_row]
    if not left:
        return []
    split = next((split for split in inquiry.splits if split in BUCKETS), inquiry.splits[0])
    number = sum(entry.size for entry in left)
    named = "" if inquiry.withholds else f": {_named(inquiry, left)}"
    return [f"Not in any row: {plural(number, 'report')} of no single {split} or no certain day{named}."]


def _straddling(tables: Sequence[Combined]) -> list[str]:
    number = sum(entry.size for combined in tables for entry in combined.table.straddling)
    if not number:
        return []
    return [f"Not added: {plural(number, 'report')} only partly within these filters."]


def _not_stated(inquiry: Inquiry, tables: Sequence[Combined]) -> list[str]:
    number = sum(entry.size for combined in tables for entry in combined.table.not_stated)
    if not number:
        return []
    wanted = inquiry.wanted
    asked = {
        "country": wanted.countries,
        "province": wanted.places,
        "nationality": wanted.nationalities,
        "dates": wanted.ranges,
    }
    names = " or ".join(name for name, values in asked.items() if values)
    verb = "does" if number == 1 else "do"
    text = f"Not added: {plural(number, 'report')} that {verb} not state the {names}"
    if wanted.ranges:
        text += ": `scamcli edit ID --figure 'id: FIGURE; period: 2024-03'` adds them"
    return [f"{text}."]


def _rises(inquiry: Inquiry, tables: Sequence[Combined]) -> list[str]:
    """Name the rises of running totals, each with its own days (rule 11)."""
    if inquiry.withholds:
        return []
    found = []
    for combined in tables:
        rows = [*combined.table.rows, *filter(None, [combined.table.everything])]
        for series, first, last in {
            (row_rise.series, row_rise.first, row_rise.last): None for row in rows for row_rise in row.rises
        }:
            rise = rise_within(series, first, last)
            if rise is None or rise.earlier is None or rise.bounds.high == 0:  # 0 if it was said again
                continue
            when = date_text.when(Period(rise.first, rise.last, sure=True))
            numbers = [statement_in_words(inquiry, entry.statements[0]) for entry in (rise.earlier, rise.later)]
            more = f"{in_words(rise.bounds)} more ({numbers[0]}, then {numbers[1]})"
            found.append(f"{when[:1].upper()}{when[1:]}: {more}.")
    return found


def _of_one_row(inquiry: Inquiry, rows: Iterable[NumberRow]) -> list[str]:
    """Return what was not added of a table of one row, which has no sum to be explained."""
    for row in rows:
        if any(entry.kind == "moment" for entry in row.entries):
            continue
        not_added = row.of(row.total.not_added & ~row.total.exceeded)
        number = sum(entry.size for entry in not_added)
        text = f"Not added: {plural(number, 'report')} that may count the same as what is counted." if number else ""
        text += _number_without_minimum(inquiry, row, [*not_added, *row.of(row.total.counted)])
        return [text.lstrip()] if text else []
    return []


def _named(inquiry: Inquiry, entries: Sequence[Entry]) -> str:
    """Return the largest of some entries: ``26,900 (since 7 October 2023, M)``, or how many if they are withheld."""
    if inquiry.withholds:
        return plural(sum(entry.size for entry in entries), "number")
    ordered = sorted(entries, key=lambda entry: -(entry.bounds.low or entry.bounds.best or entry.bounds.high or 0))
    words = [_in_detail(inquiry, entry) for entry in ordered if entry.statements]
    named = list(dict.fromkeys(words))[:MOST_NAMED]
    more = sum(one not in named for one in words)
    return "; ".join(named) + (f"; and {plural(more, 'more report')}" if more else "")


def _in_detail(inquiry: Inquiry, entry: Entry) -> str:
    figure = entry.statements[0]
    details = [days_of(entry), figure.stated_by and inquiry.lookup.shown(figure.stated_by)]
    known = ", ".join(filter(None, details))
    return in_words(entry.bounds, stated=inquiry.read.wording(figure)) + (f" ({known})" if known else "")


def days_of(entry: Entry) -> str:
    """Return the days that an entry states, or an empty text."""
    scope = entry.scope
    if scope.days == "not stated":
        return ""
    return date_text.span(Period(scope.start, scope.stated_end, sure=scope.days == "stated"))
