"""Edit a workbook in LibreOffice as a person does: a macro types into cells, deletes rows and sorts them."""

from __future__ import annotations

import subprocess
from html import escape
from typing import TYPE_CHECKING

from tests.helpers.patience import PATIENCE
from tests.helpers.validators import program

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.spreadsheet_edits import Edits

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{}</script:module>
"""

SORT = """Dim fields(0) As New com.sun.star.table.TableSortField
fields(0).Field = {column}
fields(0).IsAscending = False
Dim order(1) As New com.sun.star.beans.PropertyValue
order(0).Name = "SortFields"
order(0).Value = fields()
order(1).Name = "ContainsHeader"
order(1).Value = True
doc.Sheets.getByName("{sheet}").getCellRangeByPosition(0, 0, {width}, {height}).sort(order())"""


TYPING = """Sub Type_(doc, sheet, column, row, text)
Dim given(0) As New com.sun.star.beans.PropertyValue
given(0).Name = "StringName"
given(0).Value = text
doc.CurrentController.setActiveSheet(doc.Sheets.getByName(sheet))
doc.CurrentController.select(doc.Sheets.getByName(sheet).getCellByPosition(column, row))
dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:EnterString", "", 0, given())
End Sub
"""


def edit(
    book: Path, out: Path, edits: Edits, tables: dict[str, list[list[object]]], sorted_by: tuple[str, str]
) -> None:
    """Open a workbook in LibreOffice, make the edits, sort a sheet by a column, and save it as another file."""
    lines = [f'doc = StarDesktop.loadComponentFromURL("{book.as_uri()}", "_blank", 0, none())']
    columns = {name: {head: at for at, head in enumerate(rows[0])} for name, rows in tables.items()}
    heights = {name: len(rows) for name, rows in tables.items()}
    lines += [_typed(sheet, row - 1, columns[sheet][name], value) for (sheet, row, name), value in edits.cells.items()]
    for sheet, cells in edits.added:
        lines += [_typed(sheet, heights[sheet], columns[sheet][name], value) for name, value in cells.items()]
        heights[sheet] += 1
    for sheet, row in sorted(edits.deleted, reverse=True):
        lines.append(f'doc.Sheets.getByName("{sheet}").Rows.removeByIndex({row - 1}, 1)')
        heights[sheet] -= 1
    sheet, column = sorted_by
    at = columns[sheet]
    lines.append(SORT.format(sheet=sheet, column=at[column], width=len(at) - 1, height=heights[sheet] - 1))
    lines += [
        "Dim saved(0) As New com.sun.star.beans.PropertyValue",
        'saved(0).Name = "FilterName"',
        'saved(0).Value = "Calc MS Excel 2007 XML"',
        f'doc.storeToURL("{out.as_uri()}", saved())',
        "doc.close(True)",
    ]
    _run(lines, book.parent / "profile")


def _typed(sheet: str, row: int, column: int, value: object) -> str:
    """Return code that types a value into a cell, where the format of the cell decides what becomes of it."""
    if value is None:
        return f'doc.Sheets.getByName("{sheet}").getCellByPosition({column}, {row}).clearContents(1023)'
    quoted = str(value).replace('"', '""').replace("\n", '" & Chr(10) & "')
    return f'Type_ doc, "{sheet}", {column}, {row}, "{quoted}"'


def _run(lines: list[str], profile: Path) -> None:
    """Run a macro. The first start of LibreOffice makes the module that it is written into."""
    command = [program("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=PATIENCE)
    code = "\n".join(["Sub Main", "Dim none()", "Dim doc", *lines, "End Sub", TYPING])
    (profile / "user/basic/Standard/Module1.xba").write_text(MACRO.format(escape(code)), "utf-8")
    run = [*command, "macro:///Standard.Module1.Main"]
    subprocess.run(run, check=True, capture_output=True, timeout=PATIENCE)
