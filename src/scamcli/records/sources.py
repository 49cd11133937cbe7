"""Decide which sources of an event are originals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scamcli.records.types import SourceDict


def originals(sources: Sequence[SourceDict]) -> list[SourceDict]:
    """Return the original sources, in their order.

    A source seen ``via`` a publication is an original. The publication itself counts only if no other source was seen
    through it: a press review that quotes five newspapers is five originals, not six.
    """
    passed_on = {source["via"] for source in sources if source["via"]}
    return [source for source in sources if source["via"] or source["outlet"] not in passed_on]
