"""Printed forms of ids are read once, and again when something has changed; one of two events is never meant."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from scamcli.records.masking import Masker, Protected
from scamcli.store.printed_ids import PrintedIds
from tests.helpers.command_line import done, run

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


@pytest.fixture
def alike(tmp_path: Path) -> tuple[Path, str]:
    """A database with two events whose ids are printed alike, and the printed id."""
    path = tmp_path / "alike.db"
    done("init", str(path), "--empty")
    for title in ("Grevan Solmarsh freed", "Solmarsh freed"):
        done("add", "--date", "2022-05-14", "--kind", "rescue", "--title", title, "--actor", "Grevan Solmarsh: victim",
             "--db", str(path))  # fmt: skip
    done("protect", "Grevan Solmarsh", "--db", str(path))
    [printed] = set(re.findall(r"2022-05-14-protected-[0-9]+-freed", done("search", "--json", "--db", str(path)).out))
    return path, printed


COMMANDS = [
    "show {}", "edit {} --note new", "remove {}", "redact {} --yes", "log {}", "search --after {}",
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS)
def test_an_id_that_two_events_are_printed_with_names_neither(alike: tuple[Path, str], words: str) -> None:
    path, printed = alike
    before = done("export", "jsonl", "--include-protected", "--db", str(path)).out
    for _ in range(3):
        outcome = run(*words.format(printed).split(), "--db", str(path))
        assert outcome.code != 0
        assert f'The ids of 2 events are printed as "{printed}", because they differ only in a name.' in outcome.err
        assert "olmarsh" not in outcome.err
    assert done("export", "jsonl", "--include-protected", "--db", str(path)).out == before


def test_the_ids_themselves_name_either(alike: tuple[Path, str]) -> None:
    path, printed = alike
    done("edit", "2022-05-14-solmarsh-freed", "--note", "the second", "--db", str(path))
    done("remove", "2022-05-14-grevan-solmarsh-freed", "--db", str(path))
    assert done("show", printed, "--json", "--db", str(path)).json["note"] == "the second"


def test_a_report_has_both(alike: tuple[Path, str]) -> None:
    path, printed = alike
    text = done("report", "--format", "md", "--db", str(path)).out
    assert text.count(printed) >= 2
    assert "olmarsh" not in text


def test_a_link_to_a_printed_id_leads_to_the_event(alike: tuple[Path, str], tmp_path: Path) -> None:
    path, printed = alike
    done("remove", "2022-05-14-grevan-solmarsh-freed", "--db", str(path))
    words = ("--date", "2022-06-01", "--kind", "report", "--title", "R", "--repeats", printed)
    made = done("add", *words, "--db", str(path))
    later = tmp_path / "later.jsonl"
    later.write_text(
        '{"type": "event", "id": "later", "date": "2022-06-02", "kind": "report", "title": "Later",'
        f' "links": [{{"type": "follows", "event": "{printed}"}}]}}\n'
    )
    done("import", str(later), "--db", str(path))
    for id_ in (made.out.strip(), "later"):
        [link] = done("show", id_, "--json", "--include-protected", "--db", str(path)).json["links"]
        assert link["event"] == "2022-05-14-solmarsh-freed"
