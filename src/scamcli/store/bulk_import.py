"""Taking in JSON lines: all of them or none, with the lines of what is wrong.

A file is read more than once, first for its metrics, actors and sites, then for its events, so that their order in
it does not matter: an event may name an alias that a later line explains. Of events, those that can be taken just as
they stand are written many at once; `Writer.take` takes the others one by one, and would take all of them alike.
"""

from __future__ import annotations

import re
from contextlib import closing
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from scamcli.errors import DataError
from scamcli.records import normalise
from scamcli.store import batch_encoder
from scamcli.store.duplicate_records import Seen
from scamcli.store.fast_path import Easy
from scamcli.store.import_worker import LARGE, Aside
from scamcli.store.jsonl_input import read_lines, rewound, size
from scamcli.store.refusals import EnoughError, Refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from scamcli.store.batch_encoder import Batch
    from scamcli.store.jsonl_input import Input
    from scamcli.store.writer import Writer

TEXT_BUFFER, USUAL_TEXT_BUFFER = 16 * 1024 * 1024, 1024 * 1024
"""Bytes of words that full text gathers before it writes them: the more, the fewer parts it has to merge."""


class Kind(Enum):
    """Records in the order in which they are taken in: ids that are made must be free of those that are given."""

    ENTITY = "entity"
    EVENT = "event"
    EVENT_WITHOUT_ID = "event without an id"


class How(NamedTuple):
    """How to take records in.

    Attributes:
        skip_invalid: leave out what cannot be taken, instead of taking nothing.
        one_by_one: take every event by itself, which is slow and does the same.
        progress: told how many bytes of an input were read, and how many it has.
    """

    skip_invalid: bool = False
    one_by_one: bool = False
    progress: Callable[[int, int], None] = lambda read, size: None


def load(writer: Writer, inputs: list[Input], how: How = How()) -> None:  # noqa: B008 - it never changes
    """Take in every record of every input, inside the caller's transaction.

    Raises:
        DataError: a line cannot be taken; the message names the input and the line, and others that cannot.
    """
    large = next((given for given in inputs if size(given) >= LARGE), None)
    if large is not None:
        _gather_text(writer, TEXT_BUFFER)
    with closing(Aside()) as aside:
        if large is not None:
            aside.begin(large)
        _Load(writer, inputs, how, aside).run()
    if large is not None:
        _gather_text(writer, USUAL_TEXT_BUFFER)


class _Load:
    """One load."""

    def __init__(self, writer: Writer, inputs: list[Input], how: How, aside: Aside) -> None:
        self._aside = aside
        self._writer = writer
        self._inputs = inputs
        self._how = how
        self._seen = Seen(writer)
        self._easy = Easy(writer)
        self._refused = Refusals(writer, skip=how.skip_invalid)
        self._without_id = False

    def run(self) -> None:
        fatal = None
        try:
            self._passes()
        except EnoughError:
            pass
        except DataError as error:
            fatal = error
        self._refused.tell(self._inputs, fatal)

    def _passes(self) -> None:
        for given in self._inputs:
            for number, error in given.refused:
                self._refused.refuses(f"{given.name}:{number}", partial(_raise, error))
        for given in self._inputs:
            self._pass(given, Kind.ENTITY)
        self._settle()
        for given in self._inputs:
            if self._how.one_by_one:
                self._pass(given, Kind.EVENT)
            else:
                self._events(given)
        if self._without_id:
            for given in self._inputs:
                self._pass(given, Kind.EVENT_WITHOUT_ID)

    def _settle(self) -> None:
        """Make the actors that new actors and sites name; one whose are refused goes, and so may who names that one."""
        left, is_stable = self._writer.unsettled(), False
        while not is_stable:
            is_stable = True
            for place, record in list(left):
                if self._refused.refuses(place, partial(self._writer.settle_one, record)):
                    left.remove((place, record))
                    self._writer.entities.take_back(record.model_dump())
                    self._writer.changes.added -= 1
                    is_stable = False

    def _pass(self, given: Input, kind: Kind) -> None:
        for number, text in read_lines(rewound(given), batch_encoder.OURS if kind is Kind.ENTITY else None):
            if kind is not Kind.ENTITY or not re.match(batch_encoder.EVENT, text):
                self._line(given, number, text, kind)

    def _line(self, given: Input, number: int, text: str, kind: Kind) -> None:
        """Take the record of a line, if it is of this kind."""
        place = self._writer.place = f"{given.name}:{number}"
        with self._refused.at(place):
            value = _read(text, kind)
            if value is None:
                return
            found = _kind_of(value)
            self._without_id = self._without_id or found is Kind.EVENT_WITHOUT_ID
            if found is kind:
                self._seen.once(value, place)
                self._writer.take(value)

    def _events(self, given: Input) -> None:
        whole = size(given)
        for batch in self._aside.batches(given):
            self._batch(given, batch)
            self._how.progress(batch.read, whole)

    def _batch(self, given: Input, batch: Batch) -> None:
        """Write the events that are ready, in their order with those that are not."""
        start, columns = 0, batch.columns
        for at in self._easy.not_easy(columns):
            self._put(batch, start, at)
            text = batch.given[at] or columns.events[at][-1]
            self._line(given, batch.numbers[at], text, Kind.EVENT)
            start = at + 1
        self._put(batch, start, len(batch.numbers))
        if batch.other:
            self._line(given, *batch.other, Kind.EVENT)
        if batch.error:
            raise DataError(*batch.error)

    def _put(self, batch: Batch, start: int, end: int) -> None:
        if start < end:
            self._writer.events.insert_all(batch.columns.part(start, end))
            self._writer.changes.added += end - start


def _raise(error: DataError) -> None:
    raise error


def _kind_of(value: dict[str, object]) -> Kind:
    if value.get("type") != "event":
        return Kind.ENTITY
    return Kind.EVENT if value.get("id") is not None else Kind.EVENT_WITHOUT_ID


def _read(text: str, kind: Kind) -> dict[str, Any] | None:
    """The object of a line; ``None`` where it is no JSON, and an earlier pass has refused it."""
    begins = re.match(batch_encoder.EVENT, text)  # so begins what the first pass leaves to the second
    try:
        return normalise.read_json(text)
    except DataError:
        if kind is Kind.ENTITY or (kind is Kind.EVENT and begins):
            raise
    return None


def _gather_text(writer: Writer, size: int) -> None:
    writer.connection.execute("INSERT INTO event_text (event_text, rank) VALUES ('hashsize', ?)", [size])
