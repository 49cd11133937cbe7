"""Find what typed names refer to in a lake."""

from __future__ import annotations

from collections.abc import Sequence

from scamcli.errors import NotFoundError, WrongUsageError, quote
from scamcli.language import names
from scamcli.language.vocabulary import METRICS, Metric
from scamcli.query.resolve import Lookup
from scamcli.stats.lake.manifest import Manifest


class LakeLookup(Lookup):
    """Finds what typed names refer to in a lake. Its names are masked already.

    Args:
        nationalities: The nationalities of all figures.
        manifest: What the lake holds.
        notes: Gets assumptions about names.
    """

    def __init__(self, nationalities: Sequence[str], manifest: Manifest, notes: list[str]) -> None:
        self.masker = None
        self.notes = notes
        self._nationalities = nationalities
        self._manifest = manifest

    def find(self, type_: str, text: str, called: str | None = None) -> tuple[int, str]:
        """Return a nationality as it is written in the lake.

        Raises:
            NotFoundError: No figure has it.
        """
        name = self._nationality_spelt(text)
        if name is not None:
            return 0, name
        hint = names.did_you_mean(names.suggest(text, self._nationalities))
        raise NotFoundError(f"No {type_} named {quote(text[:120])}.", hint)

    def _nationality_spelt(self, word: str) -> str | None:
        alike = (name for name in self._nationalities if names.normalise(word) == names.normalise(name))
        return word if word in self._nationalities else next(alike, None)

    def metric_name(self, text: str) -> str:
        """Return the name of a metric as typed, ignoring case.

        Raises:
            WrongUsageError: The lake has no such metric.
        """
        known = [*self._manifest.metrics, *METRICS]
        for name in (text, text.lower()):
            if name in known:
                return name
        hint = names.did_you_mean(names.suggest(text, known), "`scamcli stats` lists the metrics of a timeline.")
        raise WrongUsageError(f"No metric {quote(text[:80])}.", hint)

    def metric_of(self, name: str) -> Metric:
        """Return a metric by its name."""
        if name not in self._manifest.metrics:
            return METRICS[name]
        unit, split, count = self._manifest.metrics[name]
        return Metric(name, unit, split, count, "")
