"""The terms of use of data sets, which are repeated wherever their rows are exported.

Records keep the name of the table that they are a row of, not its terms. A data set that a shipped mapping recognises
has its terms in that mapping.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

MAPPINGS = Path(__file__).parent / "importers" / "mapped" / "mappings"


@cache
def known() -> dict[str, str]:
    """Return the titles and the terms of data sets by the name that records have for them."""
    found: dict[str, str] = {}
    for path in sorted(MAPPINGS.glob("*.json")):
        mapping = json.loads(path.read_bytes())
        dataset = mapping.get("dataset") or {}
        name = mapping.get("name") or mapping.get("prefix")  # as the import names the table in its records
        if name and dataset.get("terms"):
            found[name] = f"{dataset['title']}: {dataset['terms']}"
    return found
