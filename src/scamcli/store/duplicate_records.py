"""That no record stands twice in an import, told without holding the names of all of them in memory."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scamcli.errors import DataError
from scamcli.records import normalise
from scamcli.store.jsonl_input import read_lines, rewound

if TYPE_CHECKING:
    from scamcli.store.jsonl_input import Input
    from scamcli.store.writer import Writer


class TwiceError(DataError):
    """A record stands twice.

    Attributes:
        id: its id or name.
        first: the place where it stands first; empty for an event that was written among many.
    """

    def __init__(self, what: str, name: str, first: str) -> None:
        super().__init__(f"the {what} {name[:120]!r} stands twice", "nothing was written")
        self.id = name
        self.first = first


class Seen:
    """The records that one import took one by one, in a table of its own; of the others the history tells."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        writer.connection.execute("DROP TABLE IF EXISTS temp.seen")
        writer.connection.execute(
            "CREATE TEMP TABLE seen (type TEXT, name TEXT, place TEXT, PRIMARY KEY (type, name)) WITHOUT ROWID"
        )

    def once(self, value: dict[str, Any], place: str) -> None:
        """Remember a record.

        Raises:
            TwiceError: its id or name was met before.
        """
        type_, what = str(value.get("type")), "id" if value.get("type") == "event" else "name"
        name = value.get(what)
        if not isinstance(name, str) or not normalise.is_text(type_ + name):
            return  # it is refused for that
        run = self._writer.connection.execute
        first = run("SELECT place FROM temp.seen WHERE type = ? AND name = ?", [type_, name]).fetchone()
        if first is not None or (what == "id" and self._is_written(name)):
            raise TwiceError(what, name, first[0] if first else "")
        run("INSERT INTO temp.seen VALUES (?, ?, ?)", [type_, name, place])

    def _is_written(self, id_: str) -> bool:
        row = self._writer.connection.execute(
            "SELECT 1 FROM change_record WHERE change = ? AND type = 'event' AND name = ?",
            [self._writer.history.number, id_],
        ).fetchone()
        return row is not None


def first_place(inputs: list[Input], event_id: str) -> str:
    """The first line of an event, where only its id is known."""
    for given in inputs:
        for number, text in read_lines(rewound(given)):
            with suppress(DataError):
                if (event_id in text or "\\u" in text) and normalise.read_json(text).get("id") == event_id:
                    return f"{given.name}:{number}"
    return "an earlier line"
