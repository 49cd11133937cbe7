"""Withhold the small cells of a table: remove their numbers, and everything else that reveals them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scamcli.language.vocabulary import METRICS
from scamcli.numbers.suppression import TOTAL, Numbers, Place, Withheld, choose, is_small

Row = dict[str, Any]

SUPPRESSED = "suppressed"
"""The text that a table shows in place of a number, which is also the key that marks a row."""

COUNTS = ("low", "best", "high")
ABOUT_ENTRIES = ("entries", "contested", "suspected", "not_added")
OF_OTHER_THINGS = frozenset(metric.unit for metric in METRICS.values()) - {"people"}
"""Units that certainly do not count people. Any other unit may count people, as ``women`` does."""
NO_CELLS = Withheld(frozenset(), frozenset())
"""Of a table whose numbers are in no row, so that it has only a total."""


def numbers_of(row: Mapping[str, Any]) -> Numbers:
    """Return the numbers of people in a row of a table or of a comparison."""
    found = {key: row.get(key) for key in COUNTS}
    for inner in ("implied", "before", "after"):
        found |= {f"{inner}_{end}": number for end, number in (row.get(inner) or {}).items()}
    return {key: number for key, number in found.items() if number is not None}


def is_of_people(unit: str | None) -> bool:
    """Say whether a unit may count people."""
    return unit not in OF_OTHER_THINGS


class Suppressed(NamedTuple):
    """A table with cells withheld: its rows, its "all" rows, and notes."""

    rows: list[Row]
    total: list[Row]
    notes: list[str]


def suppress(
    rows: Sequence[tuple[str | None, Row]],
    total: Sequence[tuple[str | None, Row, bool]],
    splits: Sequence[str],
    least: int,
) -> Suppressed:
    """Withhold the small cells of a table.

    Args:
        rows: The rows, each with its unit.
        total: The rows for all figures, each with its unit, and whether a statement behind it may be about few people.
        splits: The keys of a row that give its place in the table.
        least: The threshold.
    """
    hidden: set[int] = set()
    found: dict[object, Withheld] = {}
    for kind, numbered in _by_kind(rows).items():
        places = {_place(row, splits): number for number, row in numbered}
        found[kind] = choose({place: numbers_of(rows[number][1]) for place, number in places.items()}, least)
        hidden.update(places[place] for place in found[kind].cells)
        hidden.update(number for number, row in numbered if not _has_number(row))
    shown = [blank(row) if number in hidden else row | {SUPPRESSED: False} for number, (_, row) in enumerate(rows)]
    for unit, row, is_of_few in total:
        kind = _kind(unit, row)
        cells = [at for at, (of, cell) in enumerate(rows) if _kind(of, cell) == kind and cell["count"] != "none"]
        is_revealing = is_of_few or not hidden.isdisjoint(cells)
        if is_revealing and not _is_sum(row, [rows[at][1] for at in cells]):
            withheld = found.get(kind, NO_CELLS)
            found[kind] = withheld._replace(totals=withheld.totals | {(TOTAL, TOTAL)})
    totals = [_total(unit, row, found.get(_kind(unit, row), NO_CELLS), least) for unit, row, _ in total]
    return Suppressed(shown, totals, _notes([*shown, *totals], found.values(), splits, least))


def _by_kind(rows: Sequence[tuple[str | None, Row]]) -> dict[object, list[tuple[int, Row]]]:
    """Return the rows that count people, each with its position, grouped by what can be added up."""
    kinds: dict[object, list[tuple[int, Row]]] = {}
    for number, (unit, row) in enumerate(rows):
        if is_of_people(unit):
            kind = number if row.get("count") == "none" else _kind(unit, row)
            kinds.setdefault(kind, []).append((number, row))
    return kinds


def _kind(unit: str | None, row: Row) -> object:
    return unit, row.get("count") == "stock"


def _place(row: Row, splits: Sequence[str]) -> Place:
    first, second, *_ = (*(row[split] for split in splits), None, None)
    return first, second


def _has_number(row: Row) -> bool:
    """Say whether a row has a number of its own, and not only the ends that other rows imply."""
    return any(not key.startswith("implied") for key in numbers_of(row))


def _is_sum(total: Row, cells: Sequence[Row]) -> bool:
    """Say whether a total is the sum of its rows, so that withholding some of these protects them."""
    rows = [numbers_of(cell) for cell in cells]
    numbers = {key: number for key, number in numbers_of(total).items() if key in COUNTS}
    return all(number == sum(row.get(key, 0) for row in rows) for key, number in numbers.items())


def _total(unit: str | None, row: Row, withheld: Withheld, least: int) -> Row:
    """Return an "all" row, without its numbers or at least without details if some of its cells are withheld."""
    if not is_of_people(unit):
        return row | {SUPPRESSED: False}
    if not _has_number(row) or withheld.totals or is_small(numbers_of(row).values(), least):
        return blank(row)
    if not withheld.cells:
        return row | {SUPPRESSED: False}
    return without_details(row) | {SUPPRESSED: False} | dict.fromkeys(ABOUT_ENTRIES)


def _notes(rows: Sequence[Row], found: Iterable[Withheld], splits: Sequence[str], least: int) -> list[str]:
    if not any(row[SUPPRESSED] for row in rows):
        return []
    notes = [
        f"Suppressed: numbers of fewer than {least} people or without bounds,"
        " and others from which they could be worked out."
    ]
    totals = [place for withheld in found for place in withheld.totals] if splits else []
    if totals:
        of = {split for place in totals for split, value in zip(splits, place, strict=False) if value is not TOTAL}
        by = f" by {' or '.join(split for split in splits if split in of)}" if of and len(splits) > 1 else ""
        notes.append(f"Do not publish totals{by} beside this table: the suppressed numbers could be worked out.")
    return notes


def blank(row: Row) -> Row:
    """Return a row without its numbers and everything that reveals something about them."""
    nothing: Row = dict.fromkeys((*COUNTS, *ABOUT_ENTRIES, "implied", "cite")) | {"words": SUPPRESSED}
    kept = {key: nothing.get(key, value) for key, value in row.items()}
    sides: Row = {side: dict.fromkeys(row[side]) for side in ("before", "after", "change") if side in row}
    return without_details(kept | sides) | {SUPPRESSED: True}


def without_details(row: Row) -> Row:
    """Return a row without the statements behind it, because any of them may be about few people."""
    empty: Row = {"stated": [], "events": [], "said_by": [], "explain": [], "working": {}, "claimed": [], "why": ""}
    return {key: empty.get(key, value) for key, value in row.items()}
