"""How a figure, and who published an event, are told in words: the same wherever a story is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.sources import originals

if TYPE_CHECKING:
    from collections.abc import Mapping


def figure_line(figure: Mapping[str, Any]) -> str:
    """A figure on a line: its metric, its wording, whom it counts, where, when, and who said it."""
    told = f"“{figure['stated']}” ({bounds(figure)})" if figure["stated"] else bounds(figure)
    parts = [f"{figure['metric']}: {told}"]
    parts += [figure[key] for key in ("group", "nationality", "province") if figure[key]]
    if figure["period"]:
        parts.append(f"in {figure['period']}")
    if figure["part_of"]:
        parts.append(f"part of {figure['part_of']}")
    parts.append(f"said by {figure['stated_by']}" if figure["stated_by"] else "speaker not recorded")
    return ", ".join(parts)


def bounds(figure: Mapping[str, Any]) -> str:
    """A figure's bounds in words: what is not known is said to be unknown."""
    low, best, high = figure["low"], figure["best"], figure["high"]
    if low is not None and low == best == high:
        return f"{low:,}"
    parts = [f"{name} {value:,}" for name, value in (("low", low), ("best", best), ("high", high)) if value is not None]
    return ", ".join(parts) or "unknown"


def sources(event: Mapping[str, Any]) -> str:
    """Who published an event, and through whom it was seen."""
    said = [outlet(source) for source in originals(event["sources"])]
    return "; ".join(dict.fromkeys(said)) or "no source recorded"


def outlet(source: Mapping[str, Any]) -> str:
    """Who published a source, and through whom it was seen."""
    return f"{source['outlet']}, via {source['via']}" if source["via"] else str(source["outlet"])
