"""The chain of seals in a bag, so that anybody can recompute the head without seeing what is sealed.

``data/seals.txt`` has a line ``leaf HASH`` for each leaf of a change in order, and then ``seal CHANGE SEAL``. A seal is
the SHA-256 of the seal before as hexadecimal digits (``None`` for the first) and a newline, of the leaves as 32 bytes
each, and of their number in decimal digits. A leaf is the hash of a salt and a row, so it tells nothing about the row.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from scamcli.exchange.bags import layout
from scamcli.exchange.bags.own_rules import BagProblem
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LINE = re.compile(r"leaf (?P<leaf>[0-9a-f]{64})|seal (?P<change>[0-9]{1,18}) (?P<seal>[0-9a-f]{64})")
HEAD_FORM = "scamcli-head-1"
NO_HEAD = "none"
"""The head of a history without a change."""


def lines(changes: Iterable[tuple[int, str, Iterable[bytes]]]) -> Iterator[str]:
    """Yield the lines of the file for changes, oldest first: number, seal, leaves."""
    for number, seal, leaves in changes:
        yield from (f"leaf {leaf.hex()}" for leaf in leaves)
        yield f"seal {number} {seal}"


def problems(folder: Path) -> Iterator[BagProblem]:
    """Yield where the seals do not follow from their leaves, or do not lead to the head of the bag."""
    found, count = sha256(b"None\n"), 0
    head, before = NO_HEAD, 0
    for number, line in enumerate(limits.lines(folder / layout.SEALS), 1):
        parsed = _LINE.fullmatch(line.decode("ascii", "replace").rstrip("\n"))
        if parsed is None:
            yield BagProblem(layout.SEALS, f"line {number} is neither a leaf nor a seal")
            return
        if parsed["leaf"]:
            found.update(bytes.fromhex(parsed["leaf"]))
            count += 1
            continue
        found.update(str(count).encode())
        change, seal = int(parsed["change"]), parsed["seal"]
        if found.hexdigest() != seal or change <= before:
            yield BagProblem(layout.SEALS, f"the seal of change {change} is not that of its leaves")
        head, before = f"{HEAD_FORM} {change} {seal}", change
        found, count = sha256(f"{seal}\n".encode()), 0
    if head != (folder / layout.HEAD).read_text(encoding="utf-8", errors="replace").strip():
        yield BagProblem(layout.HEAD, f"is not the last seal in {layout.SEALS}")
