"""``Timeline.ingest``: what the command ``ingest`` does, from Python."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import ScamcliError, Timeline
from scamcli.errors import DatabaseError, DataError, WrongUsageError
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from scamcli.timeline.ingest_notes import Ingested

TEXT = """Police statements of March 2024

2024-03-05: Police freed 45 Thai workers from a compound in Kandal, the police said.

2024-03-07: Officers arrested 30 suspects in Poipet. Invented Person spoke of 17 letters.
"""
DATES = ["2024-03-05", "2024-03-07"]


def ingest(path: Path, source: Any = TEXT, **options: Any) -> Ingested:
    with Timeline(path, create=True) as timeline:
        return timeline.ingest(source, **options)


def dates(found: Ingested) -> list[str]:
    return [draft["date"] for draft in found.drafts]


def test_the_drafts_are_kept_with_author_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    found = ingest(path, outlet="Example Daily", author="ana", reason="the March statements")
    assert dates(found) == DATES
    assert found.notes == (
        f"Created {path}, a new timeline.",
        "2 drafts.",
        'New actors: "Example Daily", "Cambodian police", "Cambodian authorities", "Invented Person".',
        "1 number in the drafts is in no figure; `scamcli review` shows them.",
    )
    with Timeline(path) as timeline:
        assert [draft.record["id"] for draft in timeline.pending()] == [draft["id"] for draft in found.drafts]
        (last,) = list(timeline.log())[:1]
    assert (last["command"], last["by"], last["reason"]) == ("ingest", "ana", "the March statements")


def test_names_of_people_who_may_be_victims_are_listed_but_are_in_no_draft(tmp_path: Path) -> None:
    text = "On 5 March 2024 Invented Person, 23, told reporters that she was sold. Person was freed in Kandal.\n"
    found = ingest(tmp_path / "case.db", text)
    assert (
        'This text may name victims: "Invented Person". Others may be named, above all by a first name only. '
        "`scamcli protect NAME`, or h in `scamcli review`, hides a name everywhere."
    ) in found.notes
    assert "Person" not in str(found.drafts)
    with Timeline(tmp_path / "case.db") as timeline:
        timeline.protect("Invented Person")
    again = ingest(tmp_path / "case.db", text + "The end.\n")
    assert not any("may name victims" in note for note in again.notes)


def test_every_kind_of_source_gives_the_same(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    first = ingest(tmp_path / "0.db", TEXT).drafts
    for number, source in enumerate((TEXT.encode(), file, BytesIO(TEXT.encode())), 1):
        assert ingest(tmp_path / f"{number}.db", source).drafts == first


def test_the_same_text_again_gives_no_drafts(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    ingest(path)
    again = ingest(path)
    assert (again.drafts, again.already, again.new_names) == ((), 2, ())
    assert "This text was read before: its 2 drafts are already here." in again.notes
    assert again.notes[-1] == "Nothing was changed."


def test_a_dry_run_shows_the_drafts_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    shown = ingest(path, dry_run=True)
    assert not path.exists()
    assert shown.drafts == ingest(path).drafts
    before = path.read_bytes()
    more = ingest(path, TEXT.replace("45", "46"), dry_run=True)
    assert dates(more) == DATES
    assert path.read_bytes() == before


def test_a_file_that_does_not_exist_is_made_only_on_request(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    with pytest.raises(DatabaseError), Timeline(path) as timeline:
        timeline.ingest(TEXT)
    assert not path.exists()


def test_undated_phrases_and_duplicates_are_reported(tmp_path: Path) -> None:
    text = "On 5 March, police in Kandal freed 45 Thai workers.\n\nOn 7 March, officers arrested 30 men in Poipet.\n"
    found = ingest(tmp_path / "undated.db", text)
    assert found.undated == ("5 March", "7 March")
    assert any("cannot be worked out" in note for note in found.notes)
    path = tmp_path / "case.db"
    first = ingest(path)
    second = ingest(path, TEXT.replace("Police statements", "More police statements"))
    assert len(first.drafts) == second.similar == len(second.drafts) == 2


@pytest.mark.parametrize(
    ("source", "options", "failure"),
    [
        (TEXT, {"published": "2024-13"}, WrongUsageError),
        (TEXT, {"author": " "}, WrongUsageError),
        (TEXT, {"reason": "x" * 10_001}, WrongUsageError),
        (" \n", {}, DataError),
        ("\ud800", {}, DataError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", {}, DataError),
        (Path("/nonexistent/file.txt"), {}, DataError),
    ],
    ids=str,
)
def test_refusals_leave_no_file(
    tmp_path: Path, source: Any, options: dict[str, Any], failure: type[ScamcliError]
) -> None:
    path = tmp_path / "case.db"
    with pytest.raises(failure):
        ingest(path, source, **options)
    assert not path.exists()


def test_protected_names_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    done("init", str(path))
    actor = '{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}'
    done("import", "-", "--db", str(path), stdin=actor)
    found = ingest(path, outlet="Invented Person News", dry_run=True)
    assert "Person" not in str((found.drafts, found.new_names, found.notes))
    with Timeline(path, include_protected=True) as timeline:
        assert "Invented Person" in str(timeline.ingest(TEXT, dry_run=True).drafts)
