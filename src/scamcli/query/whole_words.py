"""Find the actors and sites that have certain whole words in a name, for queries only."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from scamcli.language import names
from scamcli.store.keys import PROTECTED, Level

if TYPE_CHECKING:
    import sqlite3

_MOST_WORDS = 8
"""The most words to look for within names."""


def with_words(connection: sqlite3.Connection, type_: str, text: str) -> list[tuple[int, str]]:
    """Return the terms (number, name) one of whose names has every word of a text, as whole words in any order.

    The text must contain every number of the name: Majestic does not find Majestic 2. Protected actors are left out, so
    that their names cannot be guessed word by word.
    """
    words = names.identifying_words(text)
    if not 0 < len(words) <= _MOST_WORDS:
        return []
    has_all = " AND ".join(["instr(' ' || form || ' ', ' ' || ? || ' ')"] * len(words))
    rows = connection.execute(
        "SELECT term.id, term.name, form FROM name CROSS JOIN term ON term.id = name.term"  # noqa: S608 - question marks
        f" WHERE name.type = ? AND level = ? AND {has_all} AND NOT ({PROTECTED})",
        [type_, Level.NORMALISED, *words],
    )
    wanted = Counter(words)
    found = {id_: name for id_, name, form in rows if _has_words(Counter(form.split()), wanted)}
    return sorted(found.items(), key=itemgetter(1))


def _has_words(form: Counter[str], wanted: Counter[str]) -> bool:
    """Say whether a form has all of the words, as often (Ko Ko Gyi is not Ko Gyi), and no other numbers."""
    return form >= wanted and not any(map(str.isdigit, form.keys() - wanted.keys()))
