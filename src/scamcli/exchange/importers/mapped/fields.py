"""What a column of a table can mean: the language of mappings, one word a field of an event.

A field is a key of the records, and below it a part: ``date``, ``place.lat``, ``actor.rescuer``,
``figure.deaths.low``. A second figure of one metric has a label of its own: ``figure.deaths[women].low``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scamcli.errors import WrongUsageError
from scamcli.language import names
from scamcli.language.vocabulary import METRICS, ROLES

TEXTS = ("id", "kind", "title", "summary", "status", "note", "updated")
"""What an event has once. Several columns may be notes; ``updated`` is when the row was last changed by its makers."""

LISTS = ("provinces", "countries", "nationalities", "tags", "sites")
"""What it may have more of, separated in a cell by ``;`` or by lines."""

PARTS = {
    "date": ("start", "end", "precision"),
    "place": ("name", "lat", "lon", "precision", "country", "admin1", "province"),
    "figure": (
        "low", "best", "high", "period", "nationality", "province", "group", "stated_by", "unit", "count", "note",
    ),
    "source": ("outlet", "title", "url", "published", "passage", "archived", "accessed", "via", "citation"),
}  # fmt: skip
"""What has parts. A figure alone is its wording, a place alone its name, a date alone the whole of it."""

_FIGURE = re.compile(r"figure\.([^.\[\]]+)(?:\[([^\[\]]+)\])?(?:\.(\w+))?")


class Field(NamedTuple):
    """One field.

    Attributes:
        key: of the event: ``date``, ``actor``, ``figure``.
        part: below it; empty where there is none. Of an actor, the role.
        metric: of a figure.
        label: of a figure, where the metric has more than one; its id.
    """

    key: str
    part: str = ""
    metric: str = ""
    label: str = ""

    def __str__(self) -> str:
        """As it is written."""
        if self.key != "figure":
            return f"{self.key}.{self.part}" if self.part else self.key
        label = f"[{self.label}]" if self.label else ""
        return f"figure.{self.metric}{label}" + (f".{self.part}" if self.part else "")

    @property
    def is_list(self) -> bool:
        """Whether several columns can be it, and several values stand in a cell."""
        return self.key in {*LISTS, "actor"}

    @property
    def is_joined(self) -> bool:
        """Whether several columns can be it, one below the other."""
        return self.key == "note" or self.part in {"note", "citation"}

    @property
    def is_date(self) -> bool:
        """Whether its values are dates."""
        return str(self) in {"date", "date.start", "date.end", "updated"} or self.part in {
            "published", "accessed", "period",
        }  # fmt: skip


def every() -> list[str]:
    """The fields as they are written, for the built-in metrics."""
    parts = [f"{key}.{part}" for key in ("date", "place", "source") for part in PARTS[key]]
    figures = [f"figure.{metric}" for metric in METRICS]
    return [*TEXTS, *LISTS, "date", "place", "actor", *parts, *(f"actor.{role}" for role in ROLES), *figures]


def parse(text: str) -> Field:
    """The field that a word names.

    Raises:
        WrongUsageError: it names none; the hint has the nearest.
    """
    figure = _FIGURE.fullmatch(text)
    if figure is not None:
        return _figure(text, figure[1], figure[2] or "", figure[3] or "")
    if text in TEXTS or text in LISTS or text == "date":
        return Field(text)
    key, dot, part = text.partition(".")
    if dot and not part:
        raise _unknown(text, every())
    if key == "place" and part in {"", *PARTS["place"]}:
        return Field("place", part or "name")
    if key == "actor" and part in {"", *ROLES}:
        return Field("actor", part or "mentioned")
    if key in {"date", "source"} and part in PARTS[key]:
        return Field(key, part)
    raise _unknown(text, every())


def _figure(text: str, metric: str, label: str, part: str) -> Field:
    if part and part not in PARTS["figure"]:
        raise _unknown(text, [f"figure.{metric}.{one}" for one in PARTS["figure"]])
    if not re.fullmatch(r"(\w[\w.\-]*)?", label):
        raise WrongUsageError(f"{text[:80]!r}: the label of a figure is a word, such as women")
    return Field("figure", part, metric, label)


def _unknown(text: str, words: list[str]) -> WrongUsageError:
    near = (
        names.suggest(text.replace(".", " "), words)
        or [word for word in words if word.startswith(text.partition(".")[0])][:5]
    )
    hint = f"did you mean {', '.join(near)}?" if near else "docs/import-tables.md lists the fields"
    return WrongUsageError(f"no field {text[:80]!r}", hint)
