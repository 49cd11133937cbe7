"""Look at every row of a table before its columns are interpreted: a column may be empty in the first thousands."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from scamcli.errors import DataError
from scamcli.exchange.importers import sheets

if TYPE_CHECKING:
    from pathlib import Path

    from scamcli.exchange.importers import Row
    from scamcli.exchange.importers.sheets import Sheet

_SPREAD = 200
"""At most twice as many rows are taken at equal distances from all over the table."""

_RARE = 50
"""How many rows are kept for each column that is filled in few of them."""


def of_all_rows(sheet: Sheet, path: Path, header_row: int | None, header_rows: int) -> Sheet:
    """Return a sheet whose sample is from all of its rows, with the number of filled cells in each column.

    The file is read once more, unless the sample has all rows already.

    Raises:
        AnotherTableError: another table begins below this one.
    """
    if sheet.another is not None:
        raise sheet.another
    if len(sheet.sample) < sheets.PREVIEW:
        return sheet
    with ExitStack() as stack:
        again = sheets.open_sheets(path, stack, header_row, header_rows)
        same = next((one for one in again if (one.title, one.header) == (sheet.title, sheet.header)), None)
        try:
            return sheet if same is None else _surveyed(sheet, same)
        except sheets.AnotherTableError:
            raise
        except DataError:
            return sheet  # the import itself reports what cannot be read


def _surveyed(sheet: Sheet, same: Sheet) -> Sheet:
    filled = [0] * len(sheet.header)
    spread: dict[int, Row] = {}
    rare: dict[int, Row] = {}
    step = 1
    for at, (_, row) in enumerate(same.rows):
        if isinstance(row, DataError):
            continue
        for column, cell in enumerate(row):
            if cell and not cell.isspace():
                filled[column] += 1
                if filled[column] <= _RARE:
                    rare[at] = row
        if at % step == 0:
            spread[at] = row
            if len(spread) > 2 * _SPREAD:
                step *= 2
                spread = {at: row for at, row in spread.items() if at % step == 0}
    first = dict(enumerate(sheet.sample))
    sample = (first | rare | spread).items()
    return sheet._replace(sample=tuple(row for _, row in sorted(sample)), filled=tuple(filled))
