"""``Timeline.import_`` does from Python what ``scamcli import`` does: the same refusals, policies and notices."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from scamcli.errors import DataError, WrongUsageError
from scamcli.timeline import Timeline
from scamcli.timeline.imports import TableOptions
from tests.helpers.command_line import done

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


def test_the_same_notices_as_the_command(case: Timeline, table: Path, tmp_path: Path) -> None:
    table.write_text("No,Day,Town,Whom,Rescued\n1,2022-05-14,Bavet,,several\n")
    found = case.import_(table, tables=RAIDS).notes
    words = [*(f"--map={pair}" for pair in RAIDS.pairs), *(f"--set={one}" for one in RAIDS.constants)]
    told = done("import", str(table), *words, "--db", str(tmp_path / "other.db")).err
    expected = told.replace("other.db", "case.db").splitlines()
    assert [*(f"scamcli: {note}" for note in found), "scamcli: 1 record added, 0 already present."] == expected


def test_a_table_without_a_mapping_is_refused_with_a_suggestion(case: Timeline, table: Path) -> None:
    with pytest.raises(WrongUsageError, match="Check this, and run it again with --yes") as caught:
        case.import_(table)
    assert any(line.split()[:3] == ["Rescued", "figure.rescues", "sure"] for line in caught.value.more)
    assert not case.path.exists()


def test_what_differs_stops_it_unless_a_policy_says_otherwise(case: Timeline) -> None:
    case.import_(event())
    with pytest.raises(DataError, match="a different `title`"):
        case.import_(event(title="Another"))
    kept = case.import_(event(title="Another"), on_conflict="skip")
    assert (kept.kept, kept.notes) == (1, ("Kept as in this timeline, not as in the file: e.",))
    assert case.show("e")["title"] == "A raid"
    assert case.import_(event(title="Another"), on_conflict="update").updated == 1
    assert case.show("e")["title"] == "Another"


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


def test_a_policy_that_is_none_is_refused(case: Timeline) -> None:
    with pytest.raises(WrongUsageError, match=r'`on_conflict` is fail, skip, update or a function, not "ask"\.'):
        case.import_(event(), on_conflict="ask")
    assert not case.path.exists()


def test_rows_are_counted_from_one(case: Timeline, table: Path) -> None:
    with pytest.raises(WrongUsageError, match="--header-row counts rows from 1, not 0"):
        case.import_(table, tables=RAIDS._replace(header_row=0))


def test_a_dry_run_writes_nothing_and_says_what_would_become_of_each(case: Timeline, table: Path) -> None:
    tried = case.import_(table, tables=RAIDS, dry_run=True)
    assert [(record["action"], record["id"]) for record in tried.preview] == [
        ("added", "raids-1"),
        ("added", "raids-2"),
    ]
    assert list(tried.preview) == list(tried.preview), "it can be read again"
    assert not case.path.exists()
    case.import_(event())
    tried = case.import_(event(title="B"), on_conflict="update", dry_run=True)
    assert [(record["action"], record["title"]) for record in tried.preview] == [("updated", "B")]
    assert case.show("e")["title"] == "A raid"


def test_invalid_records_are_left_out_and_reported_if_asked(case: Timeline) -> None:
    lines = io.BytesIO(b"".join(json.dumps(one).encode() + b"\n" for one in (EVENT, EVENT | {"id": "f", "kind": "x"})))
    found = case.import_(lines, skip_invalid=True)
    assert (found.added, found.left_out) == (1, 1)
    assert any(note.startswith("stdin:2: ") for note in found.notes)


def test_names_that_nobody_has_are_refused_if_asked(case: Timeline) -> None:
    given = EVENT | {"actors": [{"name": "Somebody", "role": "rescuer"}]}
    with pytest.raises(DataError, match="Somebody"):
        case.import_(io.BytesIO(json.dumps(given).encode()), strict_names=True)


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


def test_progress_is_reported(case: Timeline, table: Path) -> None:
    rows = "".join(f"{number},2022-05-14,Bavet {number},{number}\n" for number in range(2500))
    table.write_text(f"No,Day,Town,Rescued\n{rows}")
    reports: list[tuple[int, int | None]] = []
    case.import_(table, tables=RAIDS, progress=lambda read, total: reports.append((read, total)))
    assert reports == [(1000, None), (2000, None)]
