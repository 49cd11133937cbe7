"""Lines of an import that cannot be taken: the first of them told, and nothing written; or left out, where asked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError
from scamcli.store.duplicate_records import TwiceError, first_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scamcli.store.jsonl_input import Input
    from scamcli.store.writer import Writer

MOST = 100
"""How many are told."""

NOTHING = "nothing was written"


class EnoughError(Exception):
    """So many lines cannot be taken that it is no use to go on."""


class Refused(NamedTuple):
    """A line that cannot be taken, and why."""

    place: str
    error: DataError

    def order(self, inputs: Mapping[str, int]) -> tuple[int, int]:
        """Where it stands among the lines of all inputs, which are read more than once."""
        name, _, number = self.place.rpartition(":")
        return inputs.get(name, 0), int(number)

    def told(self, inputs: list[Input]) -> tuple[str, str]:
        """What is said of it, and what to do."""
        message, hint = self.error.message, self.error.hint
        if isinstance(self.error, TwiceError):
            message += f", first at {self.error.first or first_place(inputs, self.error.id)}"
        return f"{self.place}: {message}", hint


class Refusals:
    """Those of one import.

    Args:
        writer: whose transaction it is.
        skip: whether they are left out.
    """

    def __init__(self, writer: Writer, *, skip: bool) -> None:
        self._writer = writer
        self._skip = skip
        self._found: list[Refused] = []
        self._number = 0

    def refuses(self, place: str, run: Callable[[], None]) -> bool:
        """Whether what is done is refused, as `at` notes it."""
        before = self._number
        with self.at(place):
            run()
        return self._number > before

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Note what is refused inside; where it is to be left out, it is as if it had not been tried.

        Raises:
            EnoughError: there is no use in going on.
        """
        try:
            if self._skip:
                with self._writer.attempt():
                    yield
            else:
                yield
        except DataError as error:
            self._number += 1
            if self._number <= MOST:
                self._found.append(Refused(place, error))
            if self._number == MOST and not self._skip:
                raise EnoughError from None

    def tell(self, inputs: list[Input], fatal: DataError | None = None) -> None:
        """Tell what was found.

        Args:
            inputs: to look for places in.
            fatal: why nothing more could be read.

        Raises:
            DataError: something was refused, and is not to be left out.
        """
        order = {given.name: at for at, given in enumerate(inputs)}
        self._found.sort(key=lambda refused: refused.order(order))
        found = [refused.told(inputs) for refused in self._found]
        own = [(told, hint.removeprefix(NOTHING).removeprefix("; ")) for told, hint in found]
        lines = [f"{told} ({hint})" if hint else told for told, hint in own]
        if fatal is not None:
            raise DataError(fatal.message, fatal.hint, tuple(lines))
        if self._skip:
            self._writer.changes.left_out, self._writer.changes.told_out = self._number, lines
        elif len(found) == 1:
            raise DataError(*found[0])
        elif found:
            enough = "the first" if self._number == MOST else "in all"
            raise DataError(lines[-1], f"{enough} {self._number} lines that cannot be taken; {NOTHING}", (*lines[:-1],))
