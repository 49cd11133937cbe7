"""A research toolkit for timelines of human trafficking and scam compounds.

``from scamcli import Timeline`` gives the answers of the command line as Python values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scamcli.errors import ScamcliError as ScamcliError
    from scamcli.timeline import Timeline as Timeline

__all__ = ["ScamcliError", "Timeline"]


def __getattr__(name: str) -> object:
    if name == "Timeline":
        from scamcli.timeline import Timeline

        return Timeline
    if name == "ScamcliError":
        from scamcli.errors import ScamcliError

        return ScamcliError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
