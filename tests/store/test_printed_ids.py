"""Printed forms of ids are read once, and again when something has changed; one of two events is never meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path


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
    "show {}", "edit {} --note new", "redact {} --yes",
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
