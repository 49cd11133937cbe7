"""Random edits of exported tables, and what each must change in the records: an expectation that uses none of our code.

Each edit takes an event or an actor of its own, so that no two meet. It says which cells it changes, and applies the
same change to the records.
"""

from __future__ import annotations

import copy
import json
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Cells = dict[str, Any]
Record = dict[str, Any]

TEXTS = ("007", "1/2", "2022-09", "TRUE", "5 %", "ខ្មែរ 西港", "two\nlines", 'He said "no"', "it's", "-5", "1e5", "3.10")
NATIONALITIES = ("Kenyan", "Lao", "Filipino")

NEW_EVENT: Record = {
    "type": "event", "id": "added-in-a-sheet", "date": "2024-05", "kind": "raid", "title": "A raid", "summary": None,
    "status": "reviewed", "actors": [], "provinces": ["Kandal"], "places": [], "sites": [], "linked_sites": [],
    "countries": ["KH"], "nationalities": ["Lao"], "tags": [], "figures": [], "sources": [], "links": [],
    "dataset": None, "note": None,
}  # fmt: skip
NEW_FIGURE: Record = {
    "id": "added", "metric": "rescues", "unit": None, "stated": "12", "low": 12, "best": 12, "high": 12,
    "country": None, "province": None, "nationality": "Lao", "group": None, "period": None, "count": "none",
    "stated_by": None, "part_of": None, "split": None, "of": None, "note": None,
}  # fmt: skip


class Edits(NamedTuple):
    """Edits of tables: cells to set, and rows to add and to delete. Rows have the numbers that a spreadsheet shows.

    Attributes:
        cells: the new value by sheet, row and column; `None` clears a cell.
        added: the sheet and the cells of each new row.
        deleted: sheets and rows.
        messages: how notices of the import must begin.
    """

    cells: dict[tuple[str, int, str], str | float | None]
    added: list[tuple[str, Cells]]
    deleted: set[tuple[str, int]]
    messages: list[str]


class Sheets:
    """Exported tables: the rows of each sheet, of which the first is its header."""

    def __init__(self, tables: dict[str, list[list[Any]]]) -> None:
        self.rows = {
            name: [dict(zip(table[0], row, strict=True)) for row in table[1:]] for name, table in tables.items()
        }

    def find(self, sheet: str, **where: str) -> list[int]:
        """Return the numbers of the rows with these values."""
        found = enumerate(self.rows[sheet], 2)
        return [number for number, row in found if all(row[key] == value for key, value in where.items())]


def random_edits(seed: int, sheets: Sheets, records: list[Record], most: int = 12) -> tuple[Edits, list[Record]]:
    """Return random edits, and the records after them."""
    rng, edits = Random(seed), Edits({}, [], set(), [])
    after = copy.deepcopy(records)
    left = [record for record in after if record["type"] in {"event", "actor", "site"}]
    rng.shuffle(left)
    for edit in rng.choices(EDITS, k=most):
        for record in left:
            if edit(rng, sheets, record, edits, after):
                left.remove(record)
                break
    return edits, after


def by_name(records: list[Record]) -> dict[tuple[str, str], str]:
    """Return each record as JSON, by its type and its id or name. The order of figures has no meaning."""
    records = [
        one | {"figures": sorted(one["figures"], key=lambda figure: str(figure["id"]))} if "figures" in one else one
        for one in records
    ]
    return {(one["type"], one["id" if one["type"] == "event" else "name"]): json.dumps(one) for one in records}


def _row(sheets: Sheets, event: Record) -> int:
    (row,) = sheets.find("events", id=event["id"])
    return row


def _figure_row(sheets: Sheets, event: Record, figure: Record) -> int:
    (row,) = sheets.find("figures", event=event["id"], id=figure["id"])
    return row


def _set_text(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if event["type"] != "event":
        return False
    column, text = rng.choice(["title", "summary", "note"]), rng.choice(TEXTS)
    if column == "title":
        text = text.replace("\n", " ")
    edits.cells["events", _row(sheets, event), column] = event[column] = text
    return True


def _clear(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    filled = [column for column in ("summary", "note", "tags", "linked_sites", "links") if event.get(column)]
    if event["type"] != "event" or not filled:
        return False
    column = rng.choice(filled)
    edits.cells["events", _row(sheets, event), column] = None
    event[column] = None if column in {"summary", "note"} else []
    return True


def _change_date(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if event["type"] != "event":
        return False
    event["date"] = rng.choice(["2024-02-03", "2024-02", "2024", "2024-02~", "2024-02-03/2024-02-05"])
    edits.cells["events", _row(sheets, event), "date"] = event["date"]
    return True


def _add_nationality(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if event["type"] != "event":
        return False
    event["nationalities"].append(rng.choice(NATIONALITIES))
    edits.cells["events", _row(sheets, event), "nationalities"] = "; ".join(event["nationalities"])
    return True


def _remove_nationality(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    """Remove one from an event. If a figure has it, it stays, and the import says so."""
    if not event.get("nationalities"):
        return False
    gone = rng.choice(event["nationalities"])
    kept = [one for one in event["nationalities"] if one != gone]
    edits.cells["events", _row(sheets, event), "nationalities"] = "; ".join(kept) or None
    holders = [figure["id"] for figure in event["figures"] if figure["nationality"] == gone]
    if holders:
        # Figures add theirs in their order, after those that are left in the cell.
        own = dict.fromkeys([*kept, *(figure["nationality"] for figure in event["figures"] if figure["nationality"])])
        event["nationalities"] = list(own)
        edits.messages.append(f'{event["id"]}: "{gone}" stays among the nationalities, because the figure')
    else:
        event["nationalities"] = kept
    return True


def _remove_from_figure(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    """Clear the nationality of a figure and of its event: both are gone."""
    found = [figure for figure in event.get("figures", []) if figure["nationality"]]
    if not found:
        return False
    gone = found[0]["nationality"]
    for figure in found:
        if figure["nationality"] == gone:
            edits.cells["figures", _figure_row(sheets, event, figure), "nationality"] = figure["nationality"] = None
    event["nationalities"].remove(gone)
    edits.cells["events", _row(sheets, event), "nationalities"] = "; ".join(event["nationalities"]) or None
    return True


def _change_bounds(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if not event.get("figures"):
        return False
    figure = rng.choice(event["figures"])
    row = _figure_row(sheets, event, figure)
    for column, value in zip(("low", "best", "high"), (3, 4.5, 1234567), strict=True):
        edits.cells["figures", row, column] = figure[column] = value
    return True


def _remove_source(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if len(event.get("sources", [])) < 2:
        return False
    del event["sources"][rng.randrange(len(event["sources"]))]
    edits.cells["events", _row(sheets, event), "sources"] = json.dumps(event["sources"], ensure_ascii=False)
    return True


def _remove_actor(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    """Remove an actor from an event. Whoever stated one of its figures stays, and the import says so."""
    if not event.get("actors"):
        return False
    gone = rng.choice(event["actors"])
    kept = [one for one in event["actors"] if one["name"] != gone["name"]]
    edits.cells["events", _row(sheets, event), "actors"] = json.dumps(kept, ensure_ascii=False) if kept else None
    stated = [figure["id"] for figure in event["figures"] if figure["stated_by"] == gone["name"]]
    event["actors"] = kept
    if stated:
        outlets = {source["outlet"] for source in event["sources"]}
        kept.append({"name": gone["name"], "role": "author" if gone["name"] in outlets else "speaker"})
        edits.messages.append(f'{event["id"]}: "{gone["name"]}" stays among the actors, because it stated')
    return True


def _delete_figure(rng: Random, sheets: Sheets, event: Record, edits: Edits, after: list[Record]) -> bool:
    named = {id_ for figure in event.get("figures", []) for id_ in [figure["part_of"], *(figure["of"] or [])]}
    named |= {link["figure"] for other in after for link in other.get("links", []) if link["event"] == event.get("id")}
    free = [figure for figure in event.get("figures", []) if figure["id"] not in named]
    if not free:
        return False
    gone = rng.choice(free)
    edits.deleted.add(("figures", _figure_row(sheets, event, gone)))
    event["figures"].remove(gone)
    return True


def _add_figure(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    if event["type"] != "event":
        return False
    figure = NEW_FIGURE | {"country": None}
    edits.added.append(
        ("figures", {"event": event["id"]} | {key: one for key, one in figure.items() if key != "split"})
    )
    event["figures"].append(figure)
    if figure["nationality"] not in event["nationalities"]:
        event["nationalities"].append(figure["nationality"])
    return True


def _add_event(rng: Random, sheets: Sheets, _: Record, edits: Edits, after: list[Record]) -> bool:
    if any(one.get("id") == NEW_EVENT["id"] for one in after):
        return False
    row = {"id": NEW_EVENT["id"], "date": "2024-05", "kind": "raid", "title": "A raid", "provinces": "Kandal"}
    edits.added.append(("events", row))
    edits.added.append(("figures", {"event": NEW_EVENT["id"], "id": "added", "metric": "rescues", "stated": "12",
                                    "nationality": "Lao", "count": "none"}))  # fmt: skip
    after.append(copy.deepcopy(NEW_EVENT) | {"figures": [dict(NEW_FIGURE)]})
    return True


def _delete_event(rng: Random, sheets: Sheets, event: Record, edits: Edits, _: list[Record]) -> bool:
    """Delete the rows of an event. The timeline keeps it: an export may have been of only some events."""
    if event["type"] != "event":
        return False
    edits.deleted.add(("events", _row(sheets, event)))
    edits.deleted.update(("figures", row) for row in sheets.find("figures", event=event["id"]))
    return True


def _add_alias(rng: Random, sheets: Sheets, entity: Record, edits: Edits, _: list[Record]) -> bool:
    if entity["type"] == "event":
        return False
    table = f"{entity['type']}s"
    (row,) = sheets.find(table, name=entity["name"])
    entity["aliases"].append(f"Alias of {entity['name']}")
    edits.cells[table, row, "aliases"] = "; ".join(entity["aliases"])
    edits.cells[table, row, "note"] = entity["note"] = rng.choice(TEXTS)
    return True


EDITS = (
    _set_text, _clear, _change_date, _add_nationality, _remove_nationality, _remove_nationality, _remove_from_figure,
    _change_bounds, _remove_source, _remove_actor, _delete_figure, _add_figure, _add_event, _delete_event, _add_alias,
)  # fmt: skip


def edited(rows: list[list[Any]], sheet: str, edits: Edits) -> Iterator[list[Any]]:
    """Yield the rows of a sheet below its header with edits. ``rows`` includes the header."""
    header = rows[0]
    for number, row in enumerate(rows[1:], 2):
        if (sheet, number) not in edits.deleted:
            yield [edits.cells.get((sheet, number, name), value) for name, value in zip(header, row, strict=True)]
    for table, cells in edits.added:
        if table == sheet:
            yield [cells.get(name) for name in header]
