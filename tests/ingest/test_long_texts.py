"""A text that is four times as long takes about four times as long to read, whatever its form."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from scamcli.ingest.dated_entries import Entries, Entry, EntryMerger
from scamcli.ingest.entry_dates import EntryDate
from scamcli.ingest.pipeline import extract
from scamcli.ingest.proposal import Document, Grade, Known, Metadata, Span
from scamcli.ingest.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

SHORT, LONG = 75, 300
"""How many items the texts have."""
ABOUT = Metadata(title="Raids", published="2026-05-01")
FIRST = date(2019, 1, 1)


def spelled(at: int) -> str:
    day = FIRST + timedelta(days=at)
    return f"{day.day} {day:%B} {day.year}"


FORMS = {
    "timeline": lambda at: f"{spelled(at)}: Police in Kandal freed {at + 2} Thai workers, the ministry said.\n\n",
    "story": lambda at: f"On {spelled(at)}, police in Kandal freed {at + 2} workers. Officials praised it.\n\n",
    "short lines": lambda at: f"On {spelled(at)}, police in\nKandal freed {at + 2} workers.\n12 of them were ill.\n\n",
    "rows": lambda at: f"- {spelled(at)} – Bavet: Vietnamese {at + 2}, Chinese 12\n",
    "labels": lambda at: f"Suspects arrested in Kandal: {at + 2}\n",
    "one entry": lambda at: f"{'1 May 2024' * (at == 0)}\n\nPolice freed {at + 2} workers. Officials praised it.\n\n",
    "tables": lambda at: f"Arrests in area {at}\n\n| Province | Arrests |\n|---|---|\n| Tak | {at + 4} |\n\n",
    "rows of a table": lambda at: "| Date | Freed |\n|---|---|\n" * (at == 0) + f"| {spelled(at)} | {at + 4} |\n",
    "captions": lambda at: f"Police freed {at + 2} workers on {spelled(at)}.\n\nPhoto: {at} workers wait. (AFP)\n\n",
}


def calls(text: str) -> int:
    """How many functions are called while a text is read."""
    return calls_of(lambda: extract(Document(text, ABOUT), Known()))


def calls_of(action: Callable[[], object]) -> int:
    """How many functions an action calls."""
    made = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("form", FORMS)
def test_time_grows_with_the_length_of_a_text(form: str) -> None:
    short, long = ("".join(map(FORMS[form], range(size))) for size in (SHORT, LONG))
    extract(Document(short, ABOUT), Known())  # reads the lists of words
    assert calls(long) <= 1.15 * LONG / SHORT * calls(short)


def adding(size: int) -> int:
    """How many functions are called while entries of different days are added to a text."""
    word = words("Police")[0]
    entries = [
        Entry(EntryDate((FIRST + timedelta(days=at)).isoformat(), "", Grade.SURE), span, span, ((moved,),))
        for at in range(size)
        for moved in [word._replace(start=8 * at)]
        for span in [Span(moved.start, moved.end)]
    ]

    def add() -> None:
        merger = EntryMerger(Entries((), (), ()))
        for entry in entries:
            merger.add(entry)
        assert merger.entries.dated == tuple(entries)

    return calls_of(add)


def test_time_to_add_entries_grows_with_their_number() -> None:
    assert adding(LONG * 4) <= 1.5 * 4 * adding(LONG)
