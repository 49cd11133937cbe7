"""A research toolkit for timelines of human trafficking and scam compounds.

``from scamcli import Timeline, where`` gives access from Python to everything that the command line does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.errors import ScamcliError as ScamcliError
    from scamcli.timeline import Timeline as Timeline
    from scamcli.timeline import where as where

__all__ = ["ScamcliError", "Timeline", "where"]

_MODULES = {"ScamcliError": "scamcli.errors", "Timeline": "scamcli.timeline", "where": "scamcli.timeline"}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that the command line does not load all of them at every start."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
