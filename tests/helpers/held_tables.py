"""Tables that were put together without looking at the code that proposes mappings, and what each column means.

``exchange/importers/held_headers/NAME.toml`` describes a table: which fields are ``right`` for a column, which others
it ``may`` have, and which would store something ``false``. Any other field is wrong, but says nothing false. The names
of the columns are those of public data sets and in the manner of sheets that organisations keep; the rows are invented.

The set measures. A name of a column is added to the table of names because others use it, never because it is here.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tests.helpers.validators import need

HELD = Path(__file__).parents[1] / "exchange" / "importers" / "held_headers"


class Column(NamedTuple):
    """What a column means, in the words of docs/import-tables.md; ``*`` stands for any characters."""

    right: tuple[str, ...]
    may: tuple[str, ...]
    false: tuple[str, ...]

    def judge(self, field: str) -> str:
        """Return what it would mean if the column had this field: right, may, false or wrong."""
        for verdict, patterns in zip(("right", "may", "false"), self, strict=True):
            if any(matches(pattern, field) for pattern in patterns):
                return verdict
        return "wrong"


class Held(NamedTuple):
    """A table, with what its import has to give."""

    name: str
    file: str
    about: str
    events: int
    totals: dict[str, int]
    kinds: tuple[str, ...]
    fix: tuple[str, ...]
    columns: dict[str, Column]
    dates: tuple[str, ...]
    countries: tuple[str, ...] | None
    never: str

    def put_into(self, folder: Path) -> Path:
        """Write the file of the table into a folder: a copy, or a workbook made of its rows."""
        path = folder / self.file
        if path.suffix == ".xlsx":
            write_workbook(path, json.loads((HELD / f"{self.file}.json").read_text("utf-8")))
        else:
            shutil.copy(HELD / self.file, path)
        return path


def matches(pattern: str, field: str) -> bool:
    """Whether a field is one that a pattern means."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), field) is not None


def held_tables() -> list[Held]:
    return [read(path) for path in sorted(HELD.glob("*.toml"))]


def read(path: Path) -> Held:
    said = tomllib.loads(path.read_text("utf-8"))
    columns = {
        name: Column(*(tuple(each.get(key, ())) for key in Column._fields)) for name, each in said["columns"].items()
    }
    return Held(
        path.stem, said["file"], said["about"], said["events"], said["totals"], tuple(said["kinds"]),
        tuple(said.get("fix", ())), columns, tuple(said.get("dates", ())),
        tuple(said["countries"]) if "countries" in said else None, said.get("never", ""),
    )  # fmt: skip


def write_workbook(path: Path, said: dict[str, Any]) -> None:
    """Write a workbook of one sheet: its rows, merged cells and comments."""
    openpyxl = need("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = said["sheet"]
    for row in said["rows"]:
        sheet.append([date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell for cell in row])
    for area in said["merged"]:
        sheet.merge_cells(area)
    for cell, text in said["comments"].items():
        sheet[cell].comment = openpyxl.comments.Comment(text, "An editor")
    book.save(path)
