"""Limits on the input and resources of one command, with their defaults and a way to raise them.

The defaults allow far more than real timelines, tables and reports need. They stop files that are damaged, mistaken for
something else, or made to exhaust a machine. The environment variable ``SCAMCLI_LIMITS`` replaces any of them:
``SCAMCLI_LIMITS="cells=100M, memory=16G"``, or ``cells=none`` for no limit.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from scamcli.errors import DataError, ScamcliError, WrongUsageError, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from zipfile import ZipInfo

VARIABLE = "SCAMCLI_LIMITS"

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
UNLIMITED = sys.maxsize
"""The value of a limit that is switched off."""

BYTES = "bytes"

LONGEST_NAME = 300
"""The longest name in a record, in characters. Unlike the limits below, this is part of the definition of a record."""


class Limit:
    """A limit.

    Attributes:
        name: its name in ``SCAMCLI_LIMITS``.
        default: its value, in units.
        unit: what is counted: ``bytes``, ``bytes of memory``, ``cells``.
        about: what it limits, as a fragment of a sentence.
    """

    # Not a named tuple, because defining one takes 0.1 ms, and every command loads this module
    def __init__(self, name: str, default: int, unit: str, about: str) -> None:
        self.name = name
        self.default = default
        self.unit = unit
        self.about = about


LIMITS = {
    limit.name: limit
    for limit in (
        Limit("memory", 4 * GIB, "bytes of memory", "what one command uses (on Linux)"),
        Limit("sqlite-memory", GIB, "bytes of memory", "what SQLite uses in one command"),
        Limit("seconds", 4 * 3600, "seconds", "processor time of one command"),
        Limit("query-seconds", 30, "seconds", "processor time of a query of `sql`, unless `--timeout` is given"),
        Limit("temporary", 32 * GIB, "bytes of temporary files", "copies of what is piped in, and records that wait"),
        Limit("value", 32 * MIB, "bytes", "one value in a database or a query"),
        Limit("file", 16 * GIB, "bytes", "a file to import"),
        Limit("unpacked", 8 * GIB, "bytes once unpacked", "a workbook, a bag or a web archive"),
        Limit("ratio", 60, "times its packed size", "one of these, if it unpacks to more than 8 MiB"),
        Limit("strings", 256 * MIB, "bytes of shared texts", "a workbook"),
        Limit("sheets", 1_000, "sheets", "a workbook"),
        Limit("line", 16 * MIB, "bytes", "a line of a table or of JSON lines"),
        Limit("cell", 4 * MIB, "characters", "a cell of a table"),
        Limit("columns", 16_384, "columns", "a table"),
        Limit("rows", 20_000_000, "rows", "a table"),
        Limit("cells", 50_000_000, "cells", "a table, empty ones included"),
        Limit("arrays", 100, "arrays of objects", "a JSON file"),
        Limit("mapping", 4 * MIB, "bytes", "a file with a mapping"),
        Limit("pattern-seconds", 1, "seconds", "processor time to search a file's name, or to read a cell of HTML"),
        Limit("text", 8 * MIB, "bytes of text", "a text to ingest, and the text of a page or a PDF"),
        Limit("page", 20 * MIB, "bytes", "a saved web page"),
        Limit("pdf", 100 * MIB, "bytes", "a PDF"),
        Limit("pages", 2_000, "pages", "a PDF"),
        Limit("text-seconds", 7, "seconds", "processor time to read a text, page or PDF, for each 256 KiB of it"),
        Limit("drafts", 50_000, "drafts", "one text to ingest"),
        Limit("reader-seconds", 600, "seconds", "how long a program of `ingest --with` may run"),
        Limit("reader-memory", 8 * GIB, "bytes of memory", "what such a program uses (on Linux)"),
        Limit("reader-drafts", 5_000, "drafts", "what such a program returns, and a file of `ingest --drafts`"),
        Limit("reader-output", 16 * MIB, "bytes", "what such a program returns, and a file of `ingest --drafts`"),
        Limit("unpacked-evidence", 4 * GIB, "bytes", "what `redact` unpacks of one evidence file"),
        Limit("parts", 200_000, "files within it", "an evidence file that `redact` searches"),
        Limit("nested", 10, "archives within each other", "an evidence file that `redact` searches"),
        Limit("search-seconds", 600, "seconds", "processor time to search one evidence file"),
        Limit("folders", 100, "folders within each other", "a bag, and a folder of notes"),
        Limit("files", 50_000, "files", "a bag or a web archive"),
        Limit("list", 8 * MIB, "bytes", "a list of files in a bag or a web archive"),
        Limit("tags", 256 * KIB, "bytes", "any other file beside the manifests of a bag"),
        Limit("media", 384 * KIB, "characters", "a cell with the media of one result of auto-archiver"),
        Limit("header", 256 * KIB, "bytes of headers", "a record of a web archive"),
        Limit("figures", 2_000, "figures", "an event"),
        Limit("depth", 100, "levels", "figures of an event that are parts of parts, and so on"),
    )
}  # fmt: skip
"""All limits by name."""

PIECE = 256 * KIB
"""The size of a piece of a text, in bytes; see `deadline`."""
_BINARY = ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB"))
_FACTORS = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}
_BYTE_FACTORS = {"": 1, "k": KIB, "m": MIB, "g": GIB}


def value(name: str) -> int:
    """Return the value of a limit: its default, unless ``SCAMCLI_LIMITS`` sets another.

    Raises:
        WrongUsageError: ``SCAMCLI_LIMITS`` cannot be read.
    """
    return _parse(os.environ.get(VARIABLE, "")).get(name, LIMITS[name].default)


def require(name: str, number: int, what: str) -> None:
    """Require that a number is within a limit.

    Args:
        name: the name of the limit.
        number: the number, or a lower bound of it.
        what: the subject of the message, such as the path of a file.

    Raises:
        DataError: the number is larger than the limit.
    """
    if number > value(name):
        raise exceeded(name, f"{what} has")


def require_no_device(path: Path) -> None:
    """Refuse a device such as ``/dev/full``, because some devices never end. Pipes and terminals are allowed.

    Raises:
        DataError: the path is a device.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not _is_terminal(path)):
            raise DataError(f"{path} is a device; expected a file.")
    except OSError:
        return  # the code that opens the file reports the error


def require_file(path: Path) -> None:
    """Refuse what is not a file and might never end: a device, a pipe or a socket. A folder is not refused here.

    Raises:
        DataError: the path is one of them.
    """
    require_no_device(path)
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # the code that opens the file reports the error
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode):
        raise DataError(f"{path} is not a file, but a pipe, a socket or a terminal.", "Save what comes from it first.")


def _is_terminal(path: Path) -> bool:
    with path.open("rb", buffering=0) as stream:
        return stream.isatty()


def exceeded(name: str, has: str, kind: type[ScamcliError] = DataError) -> ScamcliError:
    """Return the error for exceeding a limit, which says how to raise it.

    Args:
        name: the name of the limit.
        has: the beginning of the message, before "more than": ``cases.csv has``.
        kind: the class of the error.
    """
    return kind(f"{has} more than {amount(name)}.", hint(name))


class TableBudget:
    """A budget of the rows and cells of a table that may still be read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._columns, self._rows, self._cells = map(value, ("columns", "rows", "cells"))

    def spend(self, cells: int) -> None:
        """Count a row with this many cells.

        Raises:
            DataError: the table is over a limit.
        """
        self._rows -= 1
        self._cells -= cells
        over = "columns" if cells > self._columns else "rows" if self._rows < 0 else "cells" if self._cells < 0 else ""
        if over:
            raise exceeded(over, f"{self._path} has")


def lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file.

    Raises:
        DataError: one is over the limit.
        OSError: the file cannot be read.
    """
    longest = value("line")
    with path.open("rb") as file:
        while line := file.readline(longest + 1):
            require("line", len(line), f"A line of {path}")
            yield line


DENSE = 8 * MIB
"""How many unpacked bytes tell something about a ratio. Tables and texts are packed to a tenth or a thirtieth."""


class Unpacking:
    """A budget of the bytes that a packed file may still unpack to."""

    def __init__(self, what: str, packed: int) -> None:
        self._what = what
        self._most = max(DENSE, value("ratio") * packed)
        self._unpacked = 0

    def spend(self, size: int) -> None:
        """Count some unpacked bytes.

        Raises:
            DataError: these are too many, as a whole or for the size of the file.
        """
        self._unpacked += size
        require("unpacked", self._unpacked, self._what)
        if self._unpacked > self._most:
            raise DataError(f"{self._what} unpacks to more than {amount('ratio')}.", hint("ratio"))


def require_unpacked(path: Path, members: Sequence[ZipInfo]) -> None:
    """Require that the members of a zip file are not too many, and do not unpack to too much.

    Raises:
        DataError: they do.
    """
    require("files", len(members), str(path))
    Unpacking(str(path), path.stat().st_size).spend(sum(one.file_size for one in members))


def amount(name: str, times: int = 1) -> str:
    """Return a limit, or some times as much, in words for a message: ``16,384 columns``, ``4 GiB of memory``."""
    number, unit = times * value(name), LIMITS[name].unit
    if not _is_in_bytes(name):
        return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"
    factor, word = next((one for one in _BINARY if number % one[0] == 0), (1, BYTES))
    return f"{number // factor:,} {unit.replace(BYTES, word, 1)}"


def hint(name: str) -> str:
    """Return a hint on how to raise a limit for legitimate input."""
    return f'This is the limit "{name}". To raise it, set {VARIABLE}={name}={_short(name, 2 * value(name))}.'


class TimeIsOverError(BaseException):
    """Raised to end code that takes too long. It is not an ``Exception``, so no library swallows it."""


@contextmanager
def deadline(name: str, what: str, size: int = 0) -> Iterator[None]:
    """End the block when it has used up the processor time of a limit.

    This works in the main thread on systems with timers; elsewhere, the time is not limited.

    Args:
        name: the name of the limit.
        what: the subject of the message.
        size: the size of what is read, in bytes. For each `PIECE` of it, the block may take the time of the limit.

    Raises:
        DataError: the block took longer.
    """
    import signal  # not at the top, like threading, because every command would pay for them
    import threading

    seconds, pieces = value(name), max(1, -(-size // PIECE))
    if seconds == UNLIMITED or threading.current_thread() is not threading.main_thread() or os.name == "nt":
        yield
        return

    def end(_number: int, _frame: object) -> None:
        raise TimeIsOverError

    before = signal.signal(signal.SIGVTALRM, end)
    # The timer fires again, in case the first exception is lost in a callback or a finaliser.
    signal.setitimer(signal.ITIMER_VIRTUAL, pieces * seconds, 0.5)
    try:
        yield
    except TimeIsOverError:
        raise DataError(f"{what} takes more than {amount(name, pieces)}.", hint(name)) from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _short(name: str, number: int) -> str:
    factors = _BYTE_FACTORS if _is_in_bytes(name) else _FACTORS
    letter = next((one for one in "gmk" if number % factors[one] == 0), "")
    return f"{number // factors[letter]}{letter.upper()}"


def _is_in_bytes(name: str) -> bool:
    return LIMITS[name].unit.startswith(BYTES)


@cache
def _parse(text: str) -> dict[str, int]:
    return dict(_parse_one(one) for one in text.replace(",", " ").replace(";", " ").split())


def _parse_one(text: str) -> tuple[str, int]:
    name, _, given = text.partition("=")
    if name not in LIMITS:
        raise WrongUsageError(f"{VARIABLE} has an unknown limit {quote(name[:80])}.", f"Known: {', '.join(LIMITS)}.")
    if given.lower() == "none":
        return name, UNLIMITED
    found = re.fullmatch(r"([0-9]{1,15})([kmg]?)(?:i?b)?", given.lower())
    if found is None or int(found[1]) == 0:
        raise WrongUsageError(
            f"{VARIABLE}: {name} cannot be {quote(given[:80])}.", f"Write a number such as {name}=200, 64K, 8M, 2G."
        )
    factors = _BYTE_FACTORS if _is_in_bytes(name) else _FACTORS
    return name, int(found[1]) * factors[found[2]]
