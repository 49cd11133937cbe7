"""Printed forms of ids are read once, and again when something has changed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from scamcli.records.masking import Masker, Protected
from scamcli.store.printed_ids import PrintedIds
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path


def test_ids_are_read_again_only_after_a_change(db: Path) -> None:
    at = ("--db", str(db))
    done("add", *at, "--date", "2022-05-14", "--kind", "raid", "--title", "Grevan Solmarsh is freed")
    done(
        "add", *at, "--date", "2022-05-15", "--kind", "raid", "--title", "Solmarsh is heard", "--id", "hearing-solmarsh"
    )
    connection = sqlite3.connect(db)
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    ids = PrintedIds(connection, Masker([Protected(7, "Grevan Solmarsh", ("Grevan Solmarsh",))]), {}, has_history=True)
    freed = "2022-05-14-grevan-solmarsh-is-freed"
    assert dict(ids)[freed] == "2022-05-14-protected-7-is-freed"
    number = len(asked)
    assert number
    assert freed in set(ids)
    assert len(asked) == number
    connection.execute("UPDATE event SET id = 'grevan-solmarsh' WHERE id = ?", [freed])
    number = len(asked)
    ids.read_all()
    assert len(asked) > number
    connection.close()
