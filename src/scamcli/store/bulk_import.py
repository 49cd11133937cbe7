"""Import the records of files, either all of them or none, and report each problem with its place.

The order of the records does not matter: an event may use an alias that a later record defines. So the actors, sites
and metrics of all inputs are stored first, then the events with ids, and last the events without ids, because generated
ids must differ from all given ones. Events wait for this in a file, unless no event of their input has an id.
"""

from __future__ import annotations

import json
import re
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

from scamcli.errors import DataError, quote
from scamcli.language import scripts
from scamcli.records import normalise
from scamcli.records.models import Event
from scamcli.store.event_batch import EventBatch
from scamcli.store.record_writers import PostponedIndexes
from scamcli.store.writer import Place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from scamcli.records.types import JsonObject
    from scamcli.store.writer import Writer

    Progress = Callable[[int, int], None]

Row = tuple[int, "JsonObject | str | DataError"]
"""A record and the number of its line or row, as an editor or a spreadsheet counts them.

In place of the record there may be its JSON text, or an error that says why the row has no record.
"""

MANY = 2_000
"""From this number of events on, the full-text index collects more words in memory before it writes them."""

TEXT_BUFFER, USUAL_TEXT_BUFFER = 16 * 1024 * 1024, 1024 * 1024
"""How many bytes of words the full-text index collects. With more, it has fewer parts to merge."""

IN_MEMORY = 8 * 1024 * 1024
"""How many bytes of records may wait in memory before further ones go to a temporary file."""

REPORTED, MOST_REFUSED = 100, 10_000
"""How many mistakes are reported, and how many refused records are counted, before the import stops.

Records that are refused for the same reason, apart from the value in a column, have the same mistake.
Imports that skip refused records do not stop.
"""

LISTED_APART, EXAMPLES = 3, 3
"""Up to how many records with one mistake are reported line by line, and how many of more records are named."""

_VALUE = r'((?:^C|c)olumn "[^"]*"|^`[^`]*`): "[^"]*"(?=; expected| has the year last)'
"""The value of a column or a key in the message about a record."""

NOTHING_WRITTEN = "Nothing was written."


class Input(NamedTuple):
    """Records to import: the rows of one file, or of one table in it.

    A message about a row begins with its place, ``NAME:NUMBER``. Both iterables are read once, the ``entities`` of all
    inputs before any ``events``. They may be generators that read a file, and may raise `DataError` if it cannot be
    read further; nothing is written then.

    Attributes:
        name: the name of the file or table in messages: ``cases.csv``, ``book.xlsx:figures``.
        entities: actors, sites and metrics. Events are allowed here too, but wait on disk until it is their turn.
        events: only events, which go straight to the writer.
        position: a function that returns how many bytes were read, and the total; ``None`` if that is not known.
        has_ids: whether events may have ids. If not, the input is read after those whose events may have ids.
    """

    name: str
    entities: Iterable[Row] = ()
    events: Iterable[Row] = ()
    position: Callable[[], tuple[int, int]] | None = None
    has_ids: bool = True


def load(writer: Writer, inputs: list[Input], *, skip_invalid: bool = False, progress: Progress | None = None) -> None:
    """Import every record of every input, inside the caller's transaction.

    Args:
        writer: a writer inside its transaction.
        inputs: the records.
        skip_invalid: skip and report invalid records, instead of importing nothing.
        progress: called with the position in the current input, if it has one.

    Raises:
        DataError: a record is refused. The message names its place, and up to 99 more refused records.
    """
    _Import(writer, inputs, progress, skip_invalid=skip_invalid).run()


class Duplicates(NamedTuple):
    """How many imported events duplicate others, and the ids of one such event and of its duplicate."""

    number: int
    one: str
    other: str


def find_duplicates(connection: sqlite3.Connection, change: int) -> Duplicates | None:
    """Find new events of a change that differ from another event only in the id and the table.

    All events on the same days are read once, and a hash of each is kept in memory.
    """
    sql = (
        "SELECT e.id, json_remove(e.record, '$.id', '$.dataset'), r.name IS NOT NULL FROM event e"
        " LEFT JOIN change_record r ON r.change = ?1 AND r.type = 'event' AND r.name = e.id AND r.before IS NULL"
        " WHERE e.start IN (SELECT m.start FROM change_record c JOIN event m ON m.id = c.name"
        " WHERE c.change = ?1 AND c.type = 'event' AND c.before IS NULL) ORDER BY r.name IS NOT NULL"
    )
    ids: dict[int, str] = {}
    number, first = 0, None
    for id_, text, is_new in connection.execute(sql, [change]):
        other = ids.setdefault(hash(text), id_)
        if is_new and other != id_:
            number += 1
            first = first or (id_, other)
    return Duplicates(number, *first) if first else None


class _Import:
    """One import: it reads the inputs in the order that the records need, and gathers what is refused."""

    def __init__(self, writer: Writer, inputs: list[Input], progress: Progress | None, *, skip_invalid: bool) -> None:
        self._writer = writer
        self._inputs = inputs
        self._progress = progress
        self._seen = _SeenRecords(writer.connection)
        self._batch = EventBatch(writer)
        self._indexes = PostponedIndexes(writer.connection)
        self._refusals = _Refusals(writer, skip=skip_invalid)
        self._text_buffer = USUAL_TEXT_BUFFER

    def run(self) -> None:
        fatal = None
        try:
            with ExitStack() as stack:
                self._take_all(stack)
        except _TooManyError:
            pass
        except DataError as error:
            fatal = error
        self._refusals.report(fatal)
        self._indexes.build()
        if self._text_buffer != USUAL_TEXT_BUFFER:
            self._gather_text(USUAL_TEXT_BUFFER)

    def _take_all(self, stack: ExitStack) -> None:
        self._without_id = _WaitingRows(stack)
        late = [_WaitingRows(stack) for _ in self._inputs]
        for index, given in enumerate(self._inputs):
            for number, value in given.entities:
                self._take_entity(Place(index, given.name, number), value, late[index])
        self._settle()
        for index, given in enumerate(self._inputs):
            if given.has_ids:
                self._take_events(chain(late[index], _events(index, given)), given, may_wait=True)
        self._take_events(self._without_id)
        for index, given in enumerate(self._inputs):
            if not given.has_ids:
                self._take_events(_events(index, given), given)

    def _take_entity(self, place: Place, value: JsonObject | str | DataError, late: _WaitingRows) -> None:
        with self._refusals.at(place):
            record = _read(value)
            if record.get("type") == "event":
                late.add(place, record)
            else:
                self._take(place, record)

    def _settle(self) -> None:
        """Create the actors that new actors and sites name.

        A record whose names are refused is withdrawn. In the next round, this may apply to a record that names it.
        """
        unsettled, is_stable = self._writer.unsettled(), False
        while not is_stable:
            is_stable = True
            for place, record in list(unsettled):
                refused = self._refusals.number
                with self._refusals.at(place):
                    self._writer.settle_one(record)
                if self._refusals.number > refused:
                    unsettled.remove((place, record))
                    self._writer.entities.take_back(record.model_dump())
                    self._writer.changes.added -= 1
                    is_stable = False

    def _take_events(
        self,
        events: Iterable[tuple[Place, JsonObject | str | DataError]],
        given: Input | None = None,
        *,
        may_wait: bool = False,
    ) -> None:
        """Import events. With ``may_wait``, those without an id wait until all events with ids are stored."""
        batch = self._batch
        for place, value in events:
            if isinstance(value, DataError) or not batch.add(place, value, gives_ids=not may_wait):
                self._write_batch(given)  # first, so that events keep the order of their rows
                self._take_one(place, value, may_wait=may_wait)
            elif batch.is_full:
                self._write_batch(given)
        self._write_batch(given)

    def _take_one(self, place: Place, value: JsonObject | str | DataError, *, may_wait: bool = False) -> None:
        self._indexes.build()
        with self._refusals.at(place):
            record = _read(value)
            if may_wait and record.get("id") is None:
                self._without_id.add(place, record)
            else:
                self._take(place, record)

    def _take(self, place: Place, record: JsonObject) -> None:
        self._writer.place = place
        self._seen.add(record, place)
        taken = self._writer.take(record)
        if isinstance(taken, Event):
            self._seen.add_stored(self._writer.ids.into(str(taken.id)), place)

    def _write_batch(self, given: Input | None = None) -> None:
        """Write the events that are ready in order, including those that must be imported one by one."""
        batch, start = self._batch, 0
        if batch.is_full:
            self._indexes.drop()
        for at in batch.exceptions() if batch.places else ():
            self._write(start, at)
            self._take_one(batch.places[at], batch.values[at])
            start = at + 1
        self._write(start, len(batch.places))
        batch.clear()
        if self._progress and given is not None and given.position:
            self._progress(*given.position())

    def _write(self, start: int, end: int) -> None:
        self._batch.write(start, end)
        self._seen.add_events(self._batch.ids()[start:end], self._batch.places[start:end])
        if self._writer.changes.added > MANY and self._text_buffer != TEXT_BUFFER:
            self._gather_text(TEXT_BUFFER)

    def _gather_text(self, size: int) -> None:
        for table in ("event_text", "event_stem"):
            sql = f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)"  # noqa: S608 - our words
            self._writer.connection.execute(sql, [size])
        self._text_buffer = size


def _read(value: JsonObject | str | DataError) -> JsonObject:
    if isinstance(value, DataError):
        raise value
    return normalise.read_json(value) if isinstance(value, str) else value


def _events(index: int, given: Input) -> Iterator[tuple[Place, JsonObject | str | DataError]]:
    return ((Place(index, given.name, number), value) for number, value in given.events)


class _WaitingRows:
    """Rows to import later, kept in memory while they are few, then in a temporary file that the stack closes."""

    def __init__(self, stack: ExitStack) -> None:
        self._file = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - the stack closes it
        self._inputs: dict[int, str] = {}

    def add(self, place: Place, record: JsonObject) -> None:
        self._inputs[place.input] = place.name
        self._file.write(f"{place.input} {place.number} {json.dumps(record)}\n".encode())

    def __iter__(self) -> Iterator[tuple[Place, JsonObject]]:
        self._file.seek(0)
        for line in self._file:
            index, number, text = line.decode().split(" ", 2)
            yield Place(int(index), self._inputs[int(index)], int(number)), json.loads(text)


class _SeenRecords:
    """Finds records that occur twice in an import. They are kept in a table, because there may be millions.

    `replaced_rows` reads the table after the import, to find events whose rows are not in the files.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("DROP TABLE IF EXISTS temp.seen")
        connection.execute(
            "CREATE TEMP TABLE seen (type TEXT, name TEXT, place TEXT, PRIMARY KEY (type, name)) WITHOUT ROWID"
        )

    def add(self, record: JsonObject, place: Place) -> None:
        """Add a record, or refuse it if one with the same id or name has occurred."""
        type_, key = str(record.get("type")), "id" if record.get("type") == "event" else "name"
        name = record.get(key)
        if not isinstance(name, str) or not normalise.is_text(type_ + name):
            return  # the record is refused for this elsewhere
        run = self._connection.execute
        first = run("SELECT place FROM temp.seen WHERE type = ? AND name = ?", [type_, name]).fetchone()
        if first is not None:
            raise DataError(f"The {key} {quote(name[:120])} occurs twice, first at {first[0]}.", NOTHING_WRITTEN)
        run("INSERT INTO temp.seen VALUES (?, ?, ?)", [type_, name, _text_of(place)])

    def add_stored(self, event_id: str, place: Place) -> None:
        """Add the event that a record became: it may have had no id, or lead to another event by now."""
        self._connection.execute("INSERT OR IGNORE INTO temp.seen VALUES ('event', ?, ?)", [event_id, _text_of(place)])

    def add_events(self, ids: list[str], places: list[Place]) -> None:
        """Add events whose ids are known to be new."""
        rows = zip(ids, map(_text_of, places), strict=True)
        self._connection.executemany("INSERT INTO temp.seen VALUES ('event', ?, ?)", rows)


class _TooManyError(Exception):
    """Raised when too many records were refused to continue."""


class _Mistake:
    """The records that were refused for the same reason: the first of them, and how many there are."""

    def __init__(self) -> None:
        self._first: list[tuple[Place, DataError]] = []
        self._number = 0

    def add(self, place: Place, error: DataError) -> None:
        """Add a refused record."""
        self._number += 1
        if len(self._first) < LISTED_APART:
            self._first.append((place, error))

    def lines(self) -> Iterator[tuple[Place, str, str]]:
        """Yield places, messages and hints: one for each record, or one for all if there are many."""
        self._first.sort(key=lambda refused: refused[0])  # inputs are read more than once
        if self._number <= LISTED_APART:
            for place, error in self._first:
                yield place, f"{place}: {error.message}", error.hint
            return
        place, error = self._first[0]
        rows = ", ".join(f"{one.number:,}" for one, _ in self._first[1:EXAMPLES])
        message = f"{place}: {error.message} The same is wrong in {self._number - 1:,} more rows, such as {rows}."
        yield place, message, error.hint


class _Refusals:
    """The refused records of an import. With ``skip``, they are left out, and the others are imported."""

    def __init__(self, writer: Writer, *, skip: bool) -> None:
        self._writer = writer
        self._skip = skip
        self._mistakes: dict[tuple[int, str], _Mistake] = {}
        self.number = 0

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """Record a `DataError` raised inside the block; if refused records are skipped, undo what was done inside."""
        try:
            with self._writer.attempt() if self._skip else nullcontext():
                yield
        except DataError as error:
            self.number += 1
            key = place.input, re.sub(_VALUE, r"\1", error.message)
            if key in self._mistakes or len(self._mistakes) < REPORTED:
                self._mistakes.setdefault(key, _Mistake()).add(place, error)
            if not self._skip and (len(self._mistakes) == REPORTED or self.number == MOST_REFUSED):
                raise _TooManyError from None

    def report(self, fatal: DataError | None = None) -> None:
        """Raise one error for all refused records, or report them in the writer's changes if they are skipped.

        Args:
            fatal: the error that stopped the reading.
        """
        found = sorted(line for mistake in self._mistakes.values() for line in mistake.lines())
        own = [(message, hint.removeprefix(NOTHING_WRITTEN).lstrip()) for _, message, hint in found]
        lines = [f"{message} {hint}" if hint else message for message, hint in own]
        if fatal is not None:
            raise DataError(fatal.message, fatal.hint, tuple(lines))
        if self._skip:
            self._writer.changes.left_out, self._writer.changes.left_out_messages = self.number, lines
        elif self.number == 1:
            raise DataError(*found[0][1:])
        elif found:
            is_all = len(self._mistakes) < REPORTED and self.number < MOST_REFUSED
            first = REPORTED if self.number <= REPORTED else self.number
            which = (
                f"{self.number:,} records were refused" if is_all else f"These are the first {first:,} refused records"
            )
            raise DataError(lines[-1], f"{which}. {NOTHING_WRITTEN}", tuple(lines[:-1]))


def _text_of(place: Place) -> str:
    """Return a place as text that a database accepts, though the name of its file may not be UTF-8."""
    return scripts.storable(str(place))
