"""The registry of export formats, read from ``formats.toml``."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from scamcli.errors import WrongUsageError
from scamcli.exchange.exporters.dump import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.exchange.exporters.dump import Dump, ExportOptions, Losses

    Writer = Callable[[Dump, TextIO | Path, Losses, ExportOptions], None]


class ExportFormat(NamedTuple):
    """A format that timelines are exported to. The head of ``formats.toml`` describes the fields."""

    name: str
    description: str
    writer: str
    keys: frozenset[str]
    shape: Shape = Shape.TEXT
    library: str = ""

    def load_writer(self) -> Writer:
        """Return the function that writes the format.

        Raises:
            WrongUsageError: its library is not installed; the hint says how to install it.
        """
        if self.library and find_spec(self.library) is None:
            hint = f"Install it: pip install 'scamcli[{self.name}]'"
            raise WrongUsageError(f"The format {self.name} needs {self.library}, which is not installed.", hint)
        module, _, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(f"{__package__}.{module}"), function)
        return writer


_CONTENT = tomllib.loads(Path(__file__).with_name("formats.toml").read_text(encoding="utf-8"))

EXPORT_FORMATS = {
    entry["name"]: ExportFormat(
        **entry | {"keys": frozenset(_CONTENT["keys"][entry["keys"]]), "shape": Shape(entry.get("shape", "text"))}
    )
    for entry in _CONTENT["formats"]
}
"""Every format by its name."""
