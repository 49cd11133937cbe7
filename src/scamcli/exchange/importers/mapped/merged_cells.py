"""Settle what cells of a workbook mean that are merged over several rows, once it is known what their columns mean.

The reader of workbooks repeats merged texts and leaves merged numbers in their first row, because it does not know
which numbers count something. A count belongs to the first row, even in words, and a date to all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.exchange.importers import Rows
    from scamcli.exchange.importers.mapped.bound_rows import Binding, Notices

_COUNTS = frozenset({"", "low", "best", "high"})
"""The parts of a figure that are numbers."""


def settle_rows(rows: Rows, binding: Binding, spans: Mapping[int, Mapping[int, int]], notices: Notices) -> Rows:
    """Yield rows with the dates of merged cells, and without the counts of earlier rows.

    Args:
        rows: the rows of a table.
        binding: the mapping bound to its columns.
        spans: the last rows of merged cells, by their first row and their column.
        notices: receives a notice about merged counts.
    """
    fields = [(one.at, one.use.field) for one in binding.uses]
    counts = {at for at, field in fields if field.key == "figure" and field.part in _COUNTS}
    dates = {at for at, field in fields if field.key == "date"}
    merged: dict[int, tuple[int, str]] = {}
    for number, cells in rows:
        if isinstance(cells, DataError):
            yield number, cells
            continue
        settled = list(cells)
        for at, (last, text) in merged.items():
            if number <= last:
                settled[at] = "" if at in counts else settled[at] or text
        for at, last in spans.get(number, {}).items():
            if at in counts | dates and cells[at].strip():
                merged[at] = last, cells[at]
                if at in counts:
                    notice = "a number that is merged over several rows is counted in the first of them"
                    notices.count(notice, number, cells[at])
        yield number, tuple(settled)
