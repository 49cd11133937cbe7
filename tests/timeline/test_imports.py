"""``Timeline.import_`` does from Python what ``scamcli import`` does: the same refusals, policies and notices."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import DataError
from scamcli.timeline import Timeline
from scamcli.timeline.imports import TableOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scamcli.timeline.imports import Conflict

RAIDS = TableOptions(
    pairs=("No=id", "Day=date", "Town=place", "Rescued=figure.rescues"), constants=("kind=raid", "title=Raid in {Town}")
)
EVENT = {"type": "event", "id": "e", "date": "2023-01-02", "kind": "raid", "title": "A raid"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "raids.csv"
    path.write_text("No,Day,Town,Rescued\n1,2022-05-14,Bavet,12\n2,2022-05-15,Poipet,30\n")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "case.db", create=True) as timeline:
        yield timeline


def event(**keys: str) -> io.BytesIO:
    return io.BytesIO(json.dumps(EVENT | keys).encode())


def test_a_table_by_its_columns_and_again_by_the_mapping_that_was_saved(case: Timeline, table: Path) -> None:
    saved = table.with_name("raids.json")
    first = case.import_(table, tables=RAIDS, save_mapping=saved, author="ana", reason="Sent by a source")
    assert (first.added, first.unchanged, first.change) == (2, 0, 1)
    assert first.notes == (
        f"Created {case.path}, a new timeline.",
        "Figures that do not say what they count: counted 2 as incident. Set `count` in the file to change it.",
    )
    again = case.import_(table, tables=TableOptions(mapping=saved))
    assert (again.added, again.unchanged, again.change) == (0, 2, None)
    assert first.mapping is not None
    assert case.import_(table, tables=TableOptions(mapping=first.mapping)).unchanged == 2
    assert [(row["by"], row["reason"]) for row in case.log()] == [("ana", "Sent by a source")]


def test_a_function_is_asked_about_each_that_differs(case: Timeline) -> None:
    case.import_(event())
    asked: list[Conflict] = []

    def answer(conflict: Conflict) -> str:
        asked.append(conflict)
        return "update"

    assert case.import_(event(title="Another"), on_conflict=answer).updated == 1
    [conflict] = asked
    assert (conflict.type, conflict.name, conflict.before["title"]) == ("event", "e", "A raid")
    assert [(one["key"], one["after"]) for one in conflict.differences] == [("title", "Another")]


def test_protected_names_are_masked_in_what_comes_back(case: Timeline, table: Path) -> None:
    actor = {"type": "actor", "name": "Nita Example", "protected": True}
    case.import_(io.BytesIO(json.dumps(actor).encode()), event(title="Nita Example is freed"))
    found = case.import_(event(title="Nita Example is held"), on_conflict="skip", dry_run=True)
    seen: list[Conflict] = []

    def answer(conflict: Conflict) -> str:
        seen.append(conflict)
        return "skip"

    case.import_(event(title="Nita Example is held"), on_conflict=answer)
    assert len(seen) == 1
    table.write_text("No,Day,Town,Nita Example\n1,nowhen,Bavet,x\n")
    with pytest.raises(DataError):
        case.import_(table, tables=RAIDS._replace(pairs=RAIDS.pairs[:3]))
    assert "Columns left out: " in str(case.notes)
    assert "Nita" not in f"{found}{seen}{case.notes}"
