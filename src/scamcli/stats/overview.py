"""Everything that a report says about the figures of one metric, from one reading of them.

These are the rows of several tables of `scamcli.stats`, with the same rules, explained and cited, and a sentence about
each figure.
"""

# No `from __future__ import annotations` here: Python would compile the annotations of named tuples at every start.

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from scamcli.figures.derivation import Entry
from scamcli.query.filters import Query
from scamcli.query.resolve import Lookup
from scamcli.stats import ALL, basis, captions, citation, explanation, rows, suppression, working
from scamcli.stats.explanation import Explanation
from scamcli.stats.inquiry import Inquiry, Request, inquire
from scamcli.stats.rows import Row
from scamcli.stats.selection import Chosen

SPLITS = ("country", "province", "nationality")
"""The splits that a report shows tables by, because their rows count different occurrences."""

MOST_SPEAKERS = 10
"""How many speakers a row names."""


class Overview(NamedTuple):
    """The figures of one metric.

    Attributes:
        name: The metric as it may be printed.
        about: What it counts, or an empty text.
        totals: Its rows without a split. Each row has ``explain`` with the figures that contribute most, ``figures``
            with the number of all of them, ``working``, ``cite``, ``added`` with the number of figures that were added
            up, ``speakers`` of the figures that make up the low, most figures first, and in ``sides`` the figures that
            contradict each other.
        tables: Its rows for each split that has at least two values.
        notes: How to read the totals and what was left out; under the split, for each table.
        sentences: A citable sentence for each figure, by the ids of its event and of the figure, as they are printed.
        keys: The keys of the events of these figures.
    """

    name: str
    about: str
    totals: list[Row]
    tables: dict[str, list[Row]]
    notes: dict[str, list[str]]
    sentences: dict[tuple[str, str | None], str]
    keys: set[int]


def overview(
    connection: sqlite3.Connection, lookup: Lookup, metric: str, asked: Query, most: tuple[int, int]
) -> Overview:
    """Return everything about the figures of one metric.

    Args:
        connection: An open connection.
        lookup: Resolves and masks names.
        metric: The name of the metric.
        asked: The filters.
        most: How many figures a total explains, and how many a row of a table.

    Raises:
        NotFoundError: A name is unknown or ambiguous.
        WrongUsageError: A filter is invalid.
    """
    whole = inquire(connection, lookup, Request(metric, by="none").completed(connection), asked)
    choice = whole.choose()
    totals, notes = _rows(whole, choice.chosen, most[0]), {"": list[str]()}
    tables: dict[str, list[Row]] = {}
    for split in SPLITS:
        inquiry = whole._replace(splits=(split,))
        if len({values for values in inquiry.group(choice.chosen) if values[0] is not None}) < 2:
            continue
        found = _rows(inquiry, choice.chosen, most[1])
        if whole.min_cell:
            with_split = [(unit, {split: ALL} | row) for unit, row in totals]
            shown, with_split_shown, notes[split] = suppression.suppress(found, with_split, (split,), whole.min_cell)
            totals = [(unit, row) for (unit, _), row in zip(totals, with_split_shown, strict=True)]
        else:
            shown = [row for _, row in found]
        tables[split] = sorted(shown, key=lambda row: _order(row, split))
        notes.setdefault(split, []).extend(captions.notes(inquiry, choice, tables[split]))
    shown = [row for _, row in totals]
    if whole.min_cell:
        shown, _, notes[""] = suppression.suppress(totals, (), (), whole.min_cell)
    notes[""] += captions.notes(whole, choice, shown)
    sentences = {_printed_key(whole, one): citation.figure_sentence(whole, one) for one in choice.chosen if not one.of}
    keys = {one.entry.key for one in choice.chosen}
    about = lookup.shown(whole.metric.about or "")
    return Overview(whole.name, about, shown, tables, notes, sentences, keys)


def _printed_key(inquiry: Inquiry, one: Chosen) -> tuple[str, str | None]:
    if inquiry.lookup.masker is None:
        return one.figure.key
    record, at = explanation.masked_record(inquiry, one.figure.event, one.figure.id)
    return record["id"], record["figures"][at]["id"]


def _rows(inquiry: Inquiry, chosen: Sequence[Chosen], most: int) -> list[tuple[str | None, Row]]:
    return [
        (part[0].figure.unit, _row(inquiry, part, inquiry.head(key), most))
        for key, group in inquiry.group(chosen).items()
        for part in rows.combinable(group)
    ]


def _row(inquiry: Inquiry, part: Sequence[Chosen], head: dict[str, str | None], most: int) -> Row:
    totals = rows.totals_of(part, inquiry.read)
    row = rows.make(part, head, inquiry.name, inquiry.read, totals)
    entries = basis.entered(part, inquiry.read, totals)
    row["explain"] = explanation.explanations(inquiry, part, entries, most)
    row["figures"] = len(part)
    row["working"] = working.working(inquiry, part, row, entries, totals)
    row["cite"] = citation.sentence(inquiry, part, row, entries)
    used = citation.counted_figures(part, entries)
    counts = Counter(one.figure.stated_by for one in used if one.figure.stated_by)
    row["speakers"] = [inquiry.lookup.shown(name) for name, _ in counts.most_common(MOST_SPEAKERS)]
    row["added"] = sum(entry.how == "added" for entry in entries)
    row["sides"] = _sides(inquiry, part, entries) if row["contested"] else []
    return suppression.without_details(row) | {"speakers": [], "sides": []} if inquiry.is_of_few(part) else row


def _sides(inquiry: Inquiry, part: Sequence[Chosen], entries: Sequence[Entry]) -> list[Explanation]:
    """Return the figures whose statements contradict each other."""
    keys = {one.key for claim in rows.contested(part, inquiry.read) for one in claim.everywhere}
    found = [one for one in part if one.figure.key in keys]
    return explanation.explanations(inquiry, found, [entry for entry in entries if entry.figure in keys])


def _order(row: Row, split: str) -> tuple[object, ...]:
    size = next((row[key] for key in ("low", "best", "high") if row[key] is not None), -1)
    return row[split] is None, -size, row[split] or ""
