"""Canonical JSON: a record as one line, and the digest that identifies a version of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def line(record: Mapping[str, object]) -> str:
    """Return the canonical JSON of a record, keys in their given order, without a newline."""
    return _ENCODER.encode(record)


def digest(line: str) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of a canonical line."""
    from hashlib import sha256  # most reads need no digest

    return sha256(line.encode()).hexdigest()[:12]
