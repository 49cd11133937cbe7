"""Which of an event's sources are originals: the rule, in one place. It knows nothing but a record's sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def originals(sources: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that were seen through another, and those through which no other source was seen, in their order."""
    passed_on = {source["via"] for source in sources if source["via"]}
    return [source for source in sources if source["via"] or source["outlet"] not in passed_on]
