"""Stems of English words as SQLite's own tokenizer gives them, one word at a time."""

from __future__ import annotations

import sqlite3
from functools import cache


@cache
def _words() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5 (text, tokenize = 'porter unicode61')")
    connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (word, row)")
    return connection


@cache
def stem(word: str) -> str:
    """Return the stem of a word, or the word itself if the tokenizer finds no word in it."""
    connection = _words()
    connection.execute("DELETE FROM word")
    connection.execute("INSERT INTO word VALUES (?)", [word])
    found = connection.execute("SELECT term FROM stems").fetchall()
    return str(found[0][0]) if len(found) == 1 else word
