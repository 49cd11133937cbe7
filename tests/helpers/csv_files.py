"""CSV files of made rows."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def written(
    path: Path, rows: Sequence[Mapping[str, str]], titles: str = "", *, columns: Sequence[str] | None = None
) -> str:
    """Write rows below titles, with a header, and return the path as a text.

    The columns are those of the first row, unless they are given. A cell that a row lacks is empty.
    """
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(titles)
        writer = csv.DictWriter(stream, columns or list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)
