"""Change single values of a part of a record, such as a figure or a source, before the record is validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDS = ("low", "best", "high")


def updated_part(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Return a part with new values, where an empty text removes a value.

    Old bounds are dropped if the wording, metric or unit changes, and the old country if a province is given.
    """
    given = {name: None if value == "" else value for name, value in new.items() if (name, value) != ("stated", None)}
    dropped = set[str]()
    if any(name in given and given[name] != old.get(name) for name in ("stated", "metric", "unit")):
        dropped |= set(BOUNDS)
    if given.get("province"):
        dropped.add("country")
    return {**{name: value for name, value in old.items() if name not in dropped}, **given}
