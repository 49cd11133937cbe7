"""Canonical JSON: a record on one line, and digests that identify versions of records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHOWN = 12
"""How many digits of a digest are shown, and the fewest that are enough to look it up."""

SUM_BITS = 3072
"""The size of the sums that digests of sets are made from."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def line(record: Mapping[str, object]) -> str:
    """Return the canonical JSON of a record, with the keys in the given order and without a newline."""
    return _ENCODER.encode(record)


def digest(line: str) -> str:
    """Return the SHA-256 of a canonical line, as 64 hexadecimal digits."""
    from hashlib import sha256  # most reads need no digest

    return sha256(line.encode()).hexdigest()


def shortened(digest: str) -> str:
    """Return the beginning of a digest, as prose and tables show it. Compare whole digests only."""
    return digest[:SHOWN]


def digest_of_set(events: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a set of events, given as pairs of id and canonical line in any order."""
    return digest_of_sum(sum(summand(id_, digest(record)) for id_, record in events))


def summand(id_: str, record_digest: str) -> int:
    """Return the number that an event adds to the digest of a set.

    The digest of a set is made from a sum (Bellare and Micciancio, 1997), so the order does not matter, and an event
    can be removed or replaced without reading the others. The numbers are so long because somebody who may choose many
    events could make two sets with the same sum of 256 bits (Wagner, 2002).
    """
    from hashlib import shake_256

    return int.from_bytes(shake_256(f"{id_} {record_digest}".encode()).digest(SUM_BITS // 8), "big")


def digest_of_sum(total: int) -> str:
    """Return the digest of a set from the sum over its events."""
    from hashlib import sha256

    return sha256((total % (1 << SUM_BITS)).to_bytes(SUM_BITS // 8, "big")).hexdigest()
