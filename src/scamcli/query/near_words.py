"""Suggest words of the timeline for search terms that no event has."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from scamcli.language.scripts import plain

if TYPE_CHECKING:
    import sqlite3

    from scamcli.records.masking import Masker

SHORTEST = 4
"""The fewest letters of a term for which another word is suggested; shorter ones are like too many words."""

MOST_COMPARED = 20_000
"""How many words with the same first letter are compared, those of most events first."""

NEAREST = 0.8
"""The least similarity of a suggestion (difflib's ratio): "rescud" and "rescued" have 0.92."""


def corrected(connection: sqlite3.Connection, masker: Masker | None, text: str) -> str | None:
    """Return a search text with similar words of events in place of terms that no event has, if there are any.

    Phrases in quotes and beginnings such as ``casin*`` stay as they are. Words of protected names are not suggested.
    """
    found = text
    for word in re.sub(r'"[^"]*"', " ", text).split():
        if word.isalpha() and len(word) >= SHORTEST and (near := _near(connection, masker, plain(word))):
            found = found.replace(word, near)
    return None if found == text else found


def _near(connection: sqlite3.Connection, masker: Masker | None, word: str) -> str | None:
    """Return the most similar word of the events, or ``None`` if an event has the word itself or none is similar."""
    (was,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")  # it is on for readers, but the view of the index must be created
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.event_word USING fts5vocab('main', 'event_text', 'row')"
        )
    finally:
        connection.execute(f"PRAGMA query_only = {was}")
    sql = "SELECT term FROM temp.event_word WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?"
    rows = connection.execute(sql, [word[0], word[0] + "\U0010ffff", MOST_COMPARED])
    everybody = frozenset(masker.names) if masker else frozenset()
    terms = [term for (term,) in rows]
    # Another hint tells how to find longer words that begin with this one.
    other = [term for term in terms if not term.startswith(word)]
    near = [] if word in terms else get_close_matches(word, other, cutoff=NEAREST)
    shown = (term for term in near if masker is None or masker.without(term, everybody) == term)
    return next(shown, None)
