"""Events that an import made, and that say the same as others under other ids: perhaps one table under two names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Doubles(NamedTuple):
    """What a change made twice.

    Attributes:
        number: of events that it made.
        one: the id of one of them.
        other: the id of an event that says the same.
    """

    number: int
    one: str
    other: str


def doubles(connection: sqlite3.Connection, change: int) -> Doubles | None:
    """The events that a change made which say the same as another but for the id; ``None`` where there are none.

    All events of their days are read once, and of each a hash is kept.
    """
    sql = (
        "SELECT e.id, json_remove(e.record, '$.id'), r.name IS NOT NULL FROM event e"
        " LEFT JOIN change_record r ON r.change = ?1 AND r.type = 'event' AND r.name = e.id AND r.before IS NULL"
        " WHERE e.start IN (SELECT m.start FROM change_record c JOIN event m ON m.id = c.name"
        " WHERE c.change = ?1 AND c.type = 'event' AND c.before IS NULL) ORDER BY r.name IS NOT NULL"
    )
    met: dict[int, str] = {}
    number, found = 0, None
    for id_, said, is_new in connection.execute(sql, [change]):
        other = met.setdefault(hash(said), id_)
        if is_new and other != id_:
            number += 1
            found = found or (id_, other)
    return Doubles(number, *found) if found else None
