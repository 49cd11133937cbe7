"""Lines of JSON made ready for the tables, apart from the database: the half of an import that a second process does.

Only what can be taken just as it stands is made ready here: a whole event with an id. Whatever else a line holds, a
mistake too, goes through as it is, to be taken one by one. Run as a module, it reads stdin and writes batches to
stdout.
"""

from __future__ import annotations

import marshal
import re
import sys
from typing import IO, TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from scamcli.errors import DataError
from scamcli.language.vocabulary import METRICS
from scamcli.records import canonical, normalise
from scamcli.records.models import Event
from scamcli.store import derived
from scamcli.store.jsonl_input import Input, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scamcli.language.vocabulary import Metric

BATCH = 500
"""Events that are written at once: enough for SQLite to be quick, few enough to hold in memory twice."""

HELD = 4 * 1024 * 1024
"""Characters of lines from which on a batch of fewer is written."""

LARGEST = 256 * 1024 * 1024
"""Bytes of a batch that another process may send: more than a line of the greatest length comes to."""

EVENT = r'\{\s*"type"\s*:\s*"event"\s*[,}]'
"""How the line of an event begins, as this program writes it: it need not be read to know that it is no actor."""

OURS = b'{"type": "event", '
"""The same, as this program always writes it."""

_NO_EVENT = r'\{\s*"type"\s*:\s*"(actor|site|metric)"'


class Batch(NamedTuple):
    """Events that are ready, and then perhaps one line that is not.

    Attributes:
        numbers: of the lines of the events.
        given: the lines themselves, where they differ from the records.
        columns: what the tables hold of the events.
        other: number and text of a line that must be taken by itself.
        read: bytes of the input that were read so far.
        error: message and hint of what cannot be read.
    """

    numbers: list[int]
    given: list[str | None]
    columns: derived.Columns
    other: tuple[int, str] | None
    read: int
    error: tuple[str, str] | None = None


class AsWritten:
    """What is known without a database: every name is taken for one's own, and who writes will see whether it is."""

    def actor(self, name: str, *, outlet: bool = False) -> str:
        """The name itself."""
        del outlet
        return name

    def site(self, name: str) -> str:
        """The same."""
        return name

    def metric(self, name: str) -> Metric | None:
        """A metric that is built in."""
        return METRICS.get(name)


_AS_WRITTEN = AsWritten()


def batches(given: Input) -> Iterator[Batch]:
    """The events of an input, in their order, from where its stream stands."""
    made, held, tell = _empty(), 0, given.stream.tell
    try:
        for number, text in read_lines(given):
            if re.match(_NO_EVENT, text):
                continue
            if _add(made, number, text):
                held += len(text)
                if len(made.numbers) >= BATCH or held > HELD:
                    yield made._replace(read=tell())
                    made, held = _empty(), 0
            elif _is_event(text):
                yield made._replace(other=(number, text), read=tell())
                made, held = _empty(), 0
    except DataError as error:
        yield made._replace(read=tell(), error=(error.message, error.hint))
        return
    yield made._replace(read=tell())


def _empty() -> Batch:
    return Batch([], [], derived.columns(), None, 0)


def _add(made: Batch, number: int, text: str) -> bool:
    """Add the event of a line, if it can be taken as it stands."""
    try:
        event = Event.model_validate_json(text)
        if event.id is None or "type" not in event.model_fields_set:
            return False
        record = event.model_dump()
        line = canonical.line(record)
        if line != text or not normalise.is_whole(record):
            record = normalise.complete(event, _AS_WRITTEN).model_dump()
            line = canonical.line(record)
    except (ValidationError, DataError):
        return False
    if line != text and not _is_plain(text):
        return False
    made.numbers.append(number)
    made.given.append(None if line == text else text)
    derived.add(made.columns, record, line)
    return True


def _is_plain(text: str) -> bool:
    """Whether no key stands twice in it."""
    try:
        normalise.read_json(text)
    except DataError:
        return False
    return True


def _is_event(text: str) -> bool:
    """Whether a line is of an event, or of nothing that can be read: both are for who takes lines one by one."""
    if re.match(EVENT, text):
        return True
    try:
        return normalise.read_json(text).get("type") == "event"
    except DataError:
        return False  # it was refused when the actors and sites were read


def send(given: Input, out: IO[bytes]) -> None:
    """Write batches as another process reads them with `received`."""
    for batch in batches(given):
        sent = marshal.dumps((*batch[:2], tuple(batch.columns), *batch[3:]))
        out.write(len(sent).to_bytes(4, "little") + sent)
    out.write(bytes(4))
    out.flush()


def received(stream: IO[bytes]) -> Iterator[Batch]:
    """The batches that another process sends.

    Raises:
        EOFError: it ended before it had sent them all, or sent something else.
    """
    while size := int.from_bytes(_exactly(stream, 4), "little"):
        try:
            numbers, given, columns, *rest = marshal.loads(_exactly(stream, size))
            batch = Batch(numbers, given, derived.Columns(*columns), *rest)
        except (ValueError, TypeError):
            raise EOFError from None
        yield batch


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size) if size <= LARGEST else b""
    if len(found) < size:
        raise EOFError
    return found


def main() -> None:
    """Send what stdin holds, until it ends or nobody reads any more."""
    import gc
    import os

    gc.disable()  # nothing here has cycles
    try:
        send(Input(sys.argv[1], sys.stdin.buffer), sys.stdout.buffer)
        code = 0
    except (BrokenPipeError, KeyboardInterrupt):
        code = 1
    os._exit(code)


if __name__ == "__main__":
    main()
