"""Make the rows of a table as they are printed: a number in words and as bounds, who said it, and what is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from scamcli.language.wording.bounds import UNKNOWN, Bounds, Number, render_number, total
from scamcli.numbers.combining import in_order, rivals
from scamcli.numbers.entries import Entry
from scamcli.numbers.records import Figure, Key
from scamcli.numbers.rises import behind
from scamcli.numbers.tables import Row as NumberRow
from scamcli.output.text.nouns import country_name, form_of, in_words
from scamcli.stats.inquiry import Inquiry
from scamcli.stats.read import MOST_LISTED

Row = dict[str, Any]
"""A row of a table as it is in the JSON output: a key for each split, and the keys that `make` adds."""

SOURCES_DIFFER = ", sources differ"

LEFT = "what the other rows leave"
"""Who said a number: nobody, if it is what the parts of a whole leave of it."""

NOT_RECORDED = "speaker not recorded"

TOTAL = "Total"
"""The label of the row for everything."""


class Cell(NamedTuple):
    """A row with what it was made from.

    Attributes:
        unit: The unit of its figures.
        found: The entries of the row, and what they come to.
        row: The row as it is printed.
    """

    unit: str | None
    found: NumberRow
    row: Row


def make(inquiry: Inquiry, unit: str | None, found: NumberRow, *, is_total: bool = False) -> Cell:
    """Return a row of a table, or with ``is_total`` the row for everything."""
    head = dict.fromkeys(inquiry.splits, TOTAL) if is_total else inquiry.head(found.label)
    entries = found.entries
    figures = sorted((figure for entry in entries for figure in entry.statements), key=_in_time)
    listed = [figure for figure in figures if figure.dataset is None]  # a data set may have a million rows
    bounds = found.total.bounds
    shown_unit = inquiry.read.unit(figures) if figures else unit or ""
    row = {
        **head,
        "label": TOTAL if is_total else label_of(inquiry, found),
        "metric": inquiry.name,
        "words": words_of(inquiry, found, shown_unit),
        "low": bounds.low,
        "best": bounds.best,
        "high": bounds.high,
        "unit": shown_unit,
        "count": _count(figures),
        "implied": _implied(found),
        "unadjusted": None if inquiry.withholds else _unadjusted(entries),  # the rest would give what was not added
        "said_by": said_by(inquiry, found),
        "why": LEFT if all(entry.label == "rest" for entry in entries) else "",
        "contested": sum(entry.is_contested for entry in entries),
        "suspected": sum(entry.is_suspected for entry in entries),
        "not_added": sum(entry.size for entry in found.of(found.total.not_added)),
        "entries": sum(entry.size if not entry.is_suspected else 1 for entry in entries),
        "stated": [inquiry.read.wording(figure) for figure in listed[:MOST_LISTED]],
        "events": list(map(inquiry.lookup.shown, _events(listed))),
    }
    return Cell(unit, found, row)


def label_of(inquiry: Inquiry, found: NumberRow) -> str:
    """Return what a row is about, as people read it, with protected names masked."""
    return label_of_values(inquiry.splits, tuple(inquiry.head(found.label).values()))


def label_of_values(splits: Sequence[str], values: Sequence[str | None]) -> str:
    """Return what a row with these values is about: names of countries instead of codes."""
    if not splits:
        return TOTAL
    words = []
    for split, value in zip(splits, values, strict=True):
        if value is None:
            words.append(f"{split} not stated")
        else:
            words.append(country_name(value) if split == "country" else value)
    return ", ".join(words)


def words_of(inquiry: Inquiry, found: NumberRow, unit: str) -> str:
    """Return the number of a row in words."""
    bounds = found.total.bounds
    stated = only_statement(found)
    words = in_words(bounds, form_of(unit, inquiry.metric.unit), stated=stated and inquiry.read.wording(stated))
    if stated is not None and stated.stated is not None and not any(map(str.isdigit, stated.stated)):
        words = inquiry.read.wording(stated)  # "more than a dozen" says it better than "more than 12"
    if bounds == UNKNOWN:
        contested = [entry for entry in found.entries if entry.is_contested]
        if len(found.entries) == 1 and contested:
            words = answers_of(inquiry, contested[0])
        elif stated is not None and stated.stated:
            words = f"“{inquiry.read.wording(stated)}”"
    if found.implied is not None and bounds.high is None and found.implied.high is not None and bounds.low is not None:
        words += f" (at most {in_words(Bounds(found.implied.high, None, found.implied.high))})"
    is_of_rise = any(entry.label == "rise" for entry in found.entries)
    if is_of_rise and bounds.low is not None and bounds.high is not None and bounds.low != bounds.high:
        words = f"at least {render_number(bounds.low)}, at most {render_number(bounds.high)}"
    return words + SOURCES_DIFFER if _contested_by(found) else words


def _contested_by(found: NumberRow) -> list[Entry]:
    """Return the contested entries on which the number of a row depends: sources differ in what they say of them."""
    bounds = found.total.bounds
    if bounds.low is not None and bounds.low == bounds.high:
        return []
    # A contested number that gives no bound changes nothing.
    decisive = found.entries if bounds.high is not None else found.of(found.total.counted)
    return [entry for entry in decisive if entry.is_contested]


def answers_of(inquiry: Inquiry, entry: Entry) -> str:
    """Return all answers to a question: ``120 or about 300``."""
    figures = sorted(entry.statements, key=lambda figure: _size(figure.bounds))
    return " or ".join(dict.fromkeys(statement_in_words(inquiry, figure) for figure in figures))


def statement_in_words(inquiry: Inquiry, figure: Figure) -> str:
    """Return the number that somebody stated in words."""
    form = form_of(inquiry.read.unit([figure]), inquiry.metric.unit)
    return in_words(figure.bounds, form, stated=inquiry.read.wording(figure))


def only_statement(found: NumberRow) -> Figure | None:
    """Return the statement that gives the number of a row, if a single one does."""
    counted = found.of(found.total.counted) or list(found.entries)
    if len(counted) != 1 or len(counted[0].statements) == 0:
        return None
    (entry,) = counted
    same = [figure for figure in entry.statements if figure.bounds == found.total.bounds]
    if same and not entry.label and entry.size == 1:
        return same[0]
    low = found.total.bounds.low
    only_low = Bounds(low, None, None) == found.total.bounds
    of_low = [figure for figure in entry.statements if figure.low == low]
    return of_low[0] if only_low and of_low and not entry.label and entry.size == 1 else None


def said_by(inquiry: Inquiry, found: NumberRow) -> list[str]:
    """Return who stated the number of a row, the largest first, and then those who give its high and contest it.

    A speaker who is not recorded is said to be one if others are named, because these did not say the whole number.
    """
    counted = found.of(found.total.counted)
    low, best, high = found.total.bounds
    if low is not None and best is None and high is None:
        counted = [entry for entry in counted if entry.bounds.low] or counted
    of_rises = [entry for rises in found.rises for entry in behind(rises.series, rises.first, rises.last)]
    names: dict[str | None, None] = {}
    for entries in (counted, found.of(found.total.around), of_rises, _contested_by(found)):
        for entry in sorted(entries, key=lambda one: -_size(one.bounds)):
            is_left_over = entry.label == "rest"  # nobody states what the other parts leave
            for figure in () if is_left_over else that_state_it(entry):
                names[inquiry.read.speaker(figure)] = None
    named = [name for name in names if name is not None]
    return [*named, NOT_RECORDED] if named and None in names else named


def that_state_it(entry: Entry) -> Sequence[Figure]:
    """Return the statements that give a bound of an entry: whoever said "at least 40" beside a "62" did not say 62.

    Of a contested entry, they are those that contradict another one.
    """
    if entry.is_contested or entry.is_suspected:
        answers = entry.statements
        if not entry.is_suspected:
            answers = tuple(answers[at] for at in rivals([in_order(figure.bounds) for figure in answers]))
        return sorted(answers, key=lambda figure: _size(figure.bounds))  # as the number is written: "14 to 40"
    if entry.size > 1:
        is_minimum = entry.bounds.low is not None and entry.bounds.high is None and entry.bounds.best is None
        with_low = [figure for figure in entry.statements if figure.low] if is_minimum else []
        return with_low or entry.statements
    known = {number for number in entry.bounds if number is not None}
    stating = [figure for figure in entry.statements if known.intersection(figure.bounds)]
    return stating or entry.statements


def _size(bounds: Bounds) -> Number:
    return next((number for number in (bounds.low, bounds.best, bounds.high) if number is not None), 0)


def _implied(found: NumberRow) -> dict[str, Number | None] | None:
    """Return the ends that parts, wholes and totals around a row imply, if they are narrower than its own."""
    low, high = found.total.bounds.low, found.total.bounds.high
    implied, limit = found.implied, found.total.limit
    if implied is not None:
        low, high = implied.low, implied.high
    if limit is not None and (high is None or limit < high):
        high = max(limit, low or 0)
    return None if (low, high) == (found.total.bounds.low, found.total.bounds.high) else {"low": low, "high": high}


def _unadjusted(entries: Iterable[Entry]) -> Number | None:
    """Return the plain sum of the lows of all statements."""
    lows = [figure.low for entry in entries for figure in (*entry.statements, *entry.replaced)]
    lows += [entry.bounds.low for entry in entries if not entry.statements]
    return total(lows)


def _in_time(figure: Figure) -> tuple[int, Key]:
    day = figure.day
    return (0 if day is None or day.start is None else day.start), figure.key


def _count(figures: Sequence[Figure]) -> str:
    """Return what the figures of a row count: their one ``count``, or ``mixed``."""
    counts = {figure.count for figure in figures}
    return counts.pop() if len(counts) == 1 else "mixed" if counts else "cumulative"


def _events(figures: Iterable[Figure]) -> list[str]:
    events: dict[str, None] = {}
    for figure in figures:
        events[figure.event] = None
        if len(events) == MOST_LISTED:
            break
    return list(events)


def bounds(row: Row) -> Bounds:
    """Return low, best and high of a row."""
    return Bounds(row["low"], row["best"], row["high"])
