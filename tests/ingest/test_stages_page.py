"""The page on the stages of ingest names the modules that there are."""

from __future__ import annotations

import re
from pathlib import Path

import scamcli.ingest

FOLDER = Path(scamcli.ingest.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "ingest-stages.md"
NAMED = re.compile(r"`((?:\w+/)?\w+\.py)`")


def test_every_module_of_ingest_is_on_the_page_and_no_other() -> None:
    modules = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.py") if path.name != "__init__.py"}
    assert set(NAMED.findall(PAGE.read_text(encoding="utf-8"))) - {"test_gold_floors.py"} == modules
