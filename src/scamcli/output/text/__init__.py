"""Texts for people, on a terminal or on paper. Nothing here queries or prints.

The functions take rows with the keys of the JSON output (``docs/json.md``), already masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]  # made in higher layers, which describe its keys
