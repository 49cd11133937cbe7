"""The public Python API. ``Timeline`` reads and writes; ``ReadOnlyTimeline`` reads, and loads in less time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.query.filters import OPTIONS as FILTER_OPTIONS
    from scamcli.query.filters import Query, where
    from scamcli.query.search import KEYS as EVENT_KEYS
    from scamcli.query.search import Page
    from scamcli.records.canonical import digest
    from scamcli.timeline.lakes import Lake
    from scamcli.timeline.read_only import ReadOnlyTimeline
    from scamcli.timeline.results import FixedBounds
    from scamcli.timeline.timeline import Timeline

__all__ = [
    "EVENT_KEYS", "FILTER_OPTIONS", "FixedBounds", "Lake", "Page", "Query", "ReadOnlyTimeline", "Timeline", "digest",
    "where",
]  # fmt: skip

_HOMES = {
    "EVENT_KEYS": ("scamcli.query.search", "KEYS"),
    "FILTER_OPTIONS": ("scamcli.query.filters", "OPTIONS"),
    "FixedBounds": ("scamcli.timeline.results", "FixedBounds"),
    "Lake": ("scamcli.timeline.lakes", "Lake"),
    "Page": ("scamcli.query.search", "Page"),
    "Query": ("scamcli.query.filters", "Query"),
    "ReadOnlyTimeline": ("scamcli.timeline.read_only", "ReadOnlyTimeline"),
    "Timeline": ("scamcli.timeline.timeline", "Timeline"),
    "digest": ("scamcli.records.canonical", "digest"),
    "where": ("scamcli.query.filters", "where"),
}
"""The module of each name. Loading all modules for every command would make a search 10% slower."""


def __getattr__(name: str) -> object:
    """Load a name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
