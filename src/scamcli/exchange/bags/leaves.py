"""The rows of the history that made the records in a bag, with their salts: each ties a record to the seals.

A line of ``data/leaves.jsonl`` has the number of a change, a leaf, its salt and its row. The leaf is the SHA-256 of the
salt and the row, and is among the leaves of that change in ``data/seals.txt``. Rows are JSON arrays:

- of a record: "record", type, id or name, SHA-256 of the line in ``data/records.jsonl``, and two values that are mostly
  null. A null precedes the hash if the change is from before rows were sealed without earlier versions.
- of a change: "change", two empty texts, number, time, author, command, reason, the change that it undoes, and flags.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import quote
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.own_rules import BagProblem
from scamcli.output.text.words import plural
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMED = 5
"""How many records without a row a notice names."""

_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What a line raises that is not as this tool writes it."""

Key = tuple[str, str]
"""A record: its type, and its id or name."""


class Made(NamedTuple):
    """What a change made of a record: the number of the change, and the SHA-256 of the record."""

    change: int
    digest: str


def line(change: int, salt: bytes, row: bytes) -> str:
    """Return the line of a row."""
    leaf = sha256(salt + row).hexdigest()
    return json.dumps({"change": change, "leaf": leaf, "salt": salt.hex(), "row": row.decode()})


def problems(folder: Path) -> Iterator[BagProblem]:
    """Yield where rows, records and changes of a bag do not fit its seals."""
    if not (folder / layout.LEAVES).is_file():
        return
    for found in (_without_seal, _altered_records, _altered_changes):
        path = layout.HISTORY if found is _altered_changes else layout.RECORDS
        try:
            yield from found(folder)
        except _UNREADABLE:
            yield BagProblem(path, "has a line that is not one of a bag")


def notes(folder: Path) -> Iterator[str]:
    """Yield sentences that say how many records of a bag without problems have a row, and which ones have none."""
    if not (folder / layout.LEAVES).is_file():
        if not (folder / layout.RECORDS).is_file():
            return  # another program made the bag
        has_seals = (folder / layout.SEALS).is_file()
        missing = f"{layout.LEAVES} is" if has_seals else f"{layout.SEALS} and {layout.LEAVES} are"
        yield f"Nothing ties the records to the head of the history, because {missing} missing."
        return
    known = {(row[1], row[2]) for _, _, row in _rows(folder) if row[0] == "record"}
    others = [key for key, _ in _records(folder) if key not in known]
    yield f"{plural(len(known), 'record')} in {layout.RECORDS} fit the head of the history."
    if others:
        named = ", ".join(f"{type_} {quote(name)}" for type_, name in others[:_NAMED])
        more = f", and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        yield f"The bag cannot show this for {plural(len(others), 'record')}: {named}{more}. Its README says why."


class _Parsed(NamedTuple):
    change: int
    leaf: bytes
    row: list[object]


def _parsed(text: bytes) -> _Parsed:
    """Parse a line, and check its leaf. If it is not such a line, one of `_UNREADABLE` is raised."""
    one = json.loads(text)
    leaf = bytes.fromhex(one["leaf"])
    row = json.loads(one["row"])
    if sha256(bytes.fromhex(one["salt"]) + one["row"].encode()).digest() != leaf or not isinstance(row, list):
        raise ValueError("another leaf")
    return _Parsed(int(one["change"]), leaf, row)


def _rows(folder: Path) -> Iterator[_Parsed]:
    """Yield the lines that can be read."""
    for text in limits.lines(folder / layout.LEAVES):
        with suppress(*_UNREADABLE):
            yield _parsed(text)


def _without_seal(folder: Path) -> Iterator[BagProblem]:
    """Yield lines that cannot be read, and leaves that are not among those of their change.

    The seals themselves have been checked.
    """
    left, of_change = dict[bytes, int](), list[bytes]()
    for number, text in enumerate(limits.lines(folder / layout.LEAVES), 1):
        try:
            one = _parsed(text)
            left[one.leaf] = one.change
        except _UNREADABLE:
            yield BagProblem(layout.LEAVES, f"line {number} is not a row with its salt and its leaf")
    for text in limits.lines(folder / layout.SEALS):
        kind, *words = text.decode("ascii").split()
        if kind == "leaf":
            of_change.append(bytes.fromhex(words[0]))
            continue
        for leaf in of_change:
            if left.get(leaf) == int(words[0]):
                del left[leaf]
        of_change.clear()
    for leaf, change in left.items():
        yield BagProblem(layout.LEAVES, f"{leaf.hex()} is not a leaf of change {change} in {layout.SEALS}")


def _altered_records(folder: Path) -> Iterator[BagProblem]:
    rows = (one for one in _rows(folder) if one.row[0] == "record")
    made = {(str(one.row[1]), str(one.row[2])): Made(one.change, str(one.row[-3])) for one in rows}
    missing = set(made)
    for key, digest in _records(folder):
        missing.discard(key)
        if key in made and made[key].digest != digest:
            reason = f"the {key[0]} {quote(key[1])} is not what change {made[key].change} made of it"
            yield BagProblem(layout.RECORDS, reason)
    for type_, name in missing:
        yield BagProblem(layout.RECORDS, f"the {type_} {quote(name)} is missing, although {layout.LEAVES} has its row")


def _altered_changes(folder: Path) -> Iterator[BagProblem]:
    headers = {one.change: one.row[4:9] for one in _rows(folder) if one.row[0] == "change"}
    for text in limits.lines(folder / layout.HISTORY):
        change = json.loads(text)
        values = [change[key] for key in ("at", "by", "command", "reason", "undoes")]
        if headers.pop(change["change"], values) != values:
            yield BagProblem(layout.HISTORY, f"change {change['change']} has another author, time or reason")
    for change in headers:
        yield BagProblem(layout.HISTORY, f"change {change} is missing, although {layout.LEAVES} has its row")


def _records(folder: Path) -> Iterator[tuple[Key, str]]:
    """Yield each record of a bag: type and id or name, and the SHA-256 of its line."""
    for text in limits.lines(folder / layout.RECORDS):
        record = json.loads(text)
        yield (record["type"], record.get("id") or record["name"]), sha256(text.rstrip(b"\n")).hexdigest()
