"""A record as one canonical line of JSON, and the digest by which two versions of it are told apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def line(record: Mapping[str, Any]) -> str:
    """The canonical JSON of a record, its keys in the order that they have, without the newline."""
    return _ENCODER.encode(record)


def digest(line: str) -> str:
    """Twelve hexadecimal digits of the SHA-256 of a canonical record: it changes when the record does."""
    from hashlib import sha256  # not on the way of every reader

    return sha256(line.encode()).hexdigest()[:12]
