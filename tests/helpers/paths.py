"""Where the files are that tests read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "seed.jsonl"
DOCS = ROOT / "docs"
GOLDEN = ROOT / "tests" / "golden"
SCHEMAS = GOLDEN / "schemas"
