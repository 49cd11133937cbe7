"""The lists of a site's record that contain claims: each says who makes it, and where it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLAIMS = ("owners", "operators", "statuses")
"""The keys of the lists, in the order of the record."""


def claims_of(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the claims in a record, which is no site's if it has none of the lists."""
    for key in CLAIMS:
        yield from record.get(key) or ()
