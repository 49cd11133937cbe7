"""Names for tests that need no timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scamcli.language.vocabulary import METRICS

if TYPE_CHECKING:
    from scamcli.language.vocabulary import Metric


class Names:
    """A timeline that knows every name unchanged."""

    def actor(self, name: str, *, outlet: bool = False) -> str:
        return name

    def site(self, name: str) -> str:
        return name

    def metric(self, name: str) -> Metric | None:
        return METRICS.get(name)
