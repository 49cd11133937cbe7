"""The mappings that come with scamcli, of data sets whose columns are known: ``mappings/NAME.json`` beside this."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scamcli.exchange.importers.mapped import bind_columns, mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.exchange.importers.mapped.mapping import Mapping

_FOLDER = Path(__file__).with_name("mappings")

NAMES = ("ged", "acled")
"""How they are called on the command line."""


@cache
def shipped(name: str) -> Mapping:
    """The mapping of one of ``NAMES``."""
    text = (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
    return mapping.parse(json.loads(text))._replace(name=name)


def recognised(header: Sequence[str]) -> Mapping | None:
    """The mapping whose columns a table has; ``None`` where that is none."""
    return next((found for found in map(shipped, NAMES) if bind_columns.fits(found, header)), None)
