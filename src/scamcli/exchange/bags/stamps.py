"""The timestamps in a bag: each reply must be for a head that the seals of the bag lead to."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from scamcli.errors import DataError, install_command
from scamcli.exchange import rfc3161
from scamcli.exchange.bags import layout
from scamcli.exchange.bags.own_rules import BagProblem
from scamcli.records import limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def notes(folder: Path) -> Iterator[str]:
    """Yield a sentence for each timestamp of a bag that is whole."""
    replies = sorted((folder / layout.TIMESTAMPS).glob("*.tsr"))
    if replies and (name := rfc3161.missing()):
        yield f"The timestamps were not checked, because {name} is not installed. Run {install_command('timestamp')}."
        return
    for path in replies:
        from scamcli.exchange.rfc3161 import reply

        found = reply.read(path.read_bytes())
        yield (
            f"{path.name} states {found.at:%Y-%m-%dT%H:%M:%SZ}, by {found.authority}. Who that is was not checked; the"
            " README of the bag says how."
        )
        if found.is_in_future():
            yield f"{path.name} states a time that has not come yet, by the clock of this machine."


def problems(folder: Path) -> Iterator[BagProblem]:
    """Yield what is wrong with the timestamps of a bag."""
    replies = sorted((folder / layout.TIMESTAMPS).glob("*.tsr"))
    if not replies or rfc3161.missing():
        return
    lines = limits.lines(folder / layout.SEALS)
    seals = {" ".join(line.decode("ascii", "replace").split()[1:]) for line in lines if line.startswith(b"seal ")}
    for path in replies:
        name = f"{layout.TIMESTAMPS}/{path.name}"
        stamped = path.with_name(f"{path.stem.rpartition('-')[0]}.txt")
        try:
            yield from _reply_problems(name, path, stamped, seals)
        except DataError as error:
            yield BagProblem(name, error.message)


def _reply_problems(name: str, path: Path, stamped: Path, seals: set[str]) -> Iterator[BagProblem]:
    from scamcli.exchange.rfc3161 import reply

    content = stamped.read_bytes() if stamped.is_file() else b""
    if reply.read(path.read_bytes()).imprint != sha256(content).digest():
        yield BagProblem(name, f"is not for {stamped.name}")
    if " ".join(content.decode(errors="replace").split()[1:]) not in seals:
        yield BagProblem(f"{layout.TIMESTAMPS}/{stamped.name}", f"is no head in {layout.SEALS}")
