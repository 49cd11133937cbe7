"""Parse a change of one field of a draft, typed on one line: ``kind: raid``, ``figure: rescues: 46``, ``-actor: NAME``.

A line has the grammar of the flags and of the template. If a list already has the entry, only the values on the line
change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.cli import grammar, template
from scamcli.errors import WrongUsageError
from scamcli.records.part_updates import BOUNDS, updated_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.cli.grammar import Parsed

NAMED_BY = {"actors": "name", "places": "name", "figures": "id", "sources": "outlet"}
"""The key that names an entry of a list; entries of other lists are only added or removed."""


def field_change(line: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of ``Timeline.edit`` for a line.

    Raises:
        WrongUsageError: the line cannot be parsed, or fits several entries of the record.
    """
    if line.startswith("-"):
        listed, name = grammar.EVENT.removal(line[1:])
        return {"remove": {listed: [name]}}
    key, value = template.parse_line(line, grammar.EVENT)
    if key not in grammar.EVENT.listed:
        return {"values": {key: template.parsed(grammar.EVENT.value, key, value)}}
    listed = grammar.EVENT.listed[key]
    entry = template.parsed(grammar.EVENT.parse, key, value)
    if isinstance(entry, dict) and listed in NAMED_BY:
        entries = _with_entry(record[listed], key, listed, entry)
        change: dict[str, Any] = {"values": {listed: entries}}
        if listed == "figures" and entry.get("count") and len(entries) == len(record[listed]):
            # Named once more, so that this count is kept even if another would follow from the record.
            counts = [one for one, old in zip(entries, record[listed], strict=True) if one is not old]
            change["figures"] = [{"id": one["id"], "count": entry["count"]} for one in counts]
        return change
    return {"add": {listed: [entry]}}


def _with_entry(entries: list[Parsed], key: str, listed: str, entry: Parsed) -> list[Parsed]:
    """Return entries with one of them changed, or with a new one if none has its name.

    A figure without an id means the only figure with its metric.

    Raises:
        WrongUsageError: several entries have its name, or none has the name of a figure without a number.
    """
    by = "metric" if listed == "figures" and not entry.get("id") else NAMED_BY[listed]
    same = [at for at, one in enumerate(entries) if one[by] == entry[by]]
    if len(same) > 1:
        ids = " or ".join(f"`; id: {one['id']}`" for one in entries if listed == "figures" and one[by] == entry[by])
        hint = f"Say which one with {ids}." if ids else "Press e to change one of them in an editor."
        raise WrongUsageError(f"The draft has {len(same)} entries for {key} {entry[by]}.", hint)
    if not same:
        if listed == "figures" and not any(entry.get(name) not in {None, ""} for name in ("stated", *BOUNDS)):
            raise WrongUsageError(
                f"The draft has no figure {entry[by]}.",
                f"It has {', '.join(str(one['id']) for one in entries) or 'none'}. A new figure needs a number.",
            )
        return [*entries, entry]
    return [updated_part(one, entry) if at in same else one for at, one in enumerate(entries)]
