"""Canonical JSON: a record on one line, and digests that identify versions of records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def line(record: Mapping[str, object]) -> str:
    """Return the canonical JSON of a record, with the keys in the given order and without a newline."""
    return _ENCODER.encode(record)


def digest(line: str) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of a canonical line."""
    from hashlib import sha256  # most reads need no digest

    return sha256(line.encode()).hexdigest()[:12]


def digest_of_set(events: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a set of events, given as pairs of id and canonical line in any order."""
    return digest_of_sum(sum(summand(id_, digest(record)) for id_, record in events))


def summand(id_: str, record_digest: str) -> int:
    """Return the number that an event adds to the digest of a set.

    The digest of a set is a sum (Bellare and Micciancio, 1997), so the order does not matter, and an event can be
    removed or replaced without reading the others.
    """
    from hashlib import sha256

    return int.from_bytes(sha256(f"{id_} {record_digest}".encode()).digest(), "big")


def digest_of_sum(total: int) -> str:
    """Return the digest of a set from the sum over its events."""
    return f"{total % (1 << 256):064x}"[:12]
