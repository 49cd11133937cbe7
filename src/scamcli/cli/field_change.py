"""Parse a change of one field of a draft, typed on one line: ``kind: raid``, ``figure: rescues: 46``, ``-actor: NAME``.

A line has the grammar of the flags and of the template. If a list already has the entry, only the values on the line
change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli.cli import grammar, template
from scamcli.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scamcli.cli.grammar import Parsed

NAMED_BY = {"actors": "name", "places": "name", "figures": "id", "sources": "outlet"}
"""The key that names an entry of a list; entries of other lists are only added or removed."""

BOUNDS = ("low", "best", "high")


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
        return {"values": {listed: _with_entry(record[listed], key, listed, entry)}}
    return {"add": {listed: [entry]}}


def _with_entry(entries: list[Parsed], key: str, listed: str, entry: Parsed) -> list[Parsed]:
    """Return entries with one of them changed, or with a new one if none has its name.

    A figure without an id means the only figure with its metric.
    """
    by = "metric" if listed == "figures" and not entry.get("id") else NAMED_BY[listed]
    same = [at for at, one in enumerate(entries) if one[by] == entry[by]]
    if len(same) > 1:
        ids = " or ".join(f"`; id: {one['id']}`" for one in entries if listed == "figures" and one[by] == entry[by])
        hint = f"Say which one with {ids}." if ids else "Press e to change one of them in an editor."
        raise WrongUsageError(f"The draft has {len(same)} entries for {key} {entry[by]}.", hint)
    if not same:
        return [*entries, entry]
    return [_updated(one, entry) if at in same else one for at, one in enumerate(entries)]


def _updated(old: Parsed, new: Parsed) -> Parsed:
    """Return an entry with new values, where an empty text removes a value.

    Old bounds are dropped if the wording, metric or unit changes, and the old country if a province is given.
    """
    given = {name: None if value == "" else value for name, value in new.items() if (name, value) != ("stated", None)}
    dropped = set[str]()
    if any(name in given and given[name] != old.get(name) for name in ("stated", "metric", "unit")):
        dropped |= set(BOUNDS)
    if given.get("province"):
        dropped.add("country")
    return {**{name: value for name, value in old.items() if name not in dropped}, **given}
