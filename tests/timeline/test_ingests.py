"""``Timeline.ingest``: what the command ``ingest`` does, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scamcli import Timeline
from tests.helpers.command_line import done

if TYPE_CHECKING:
    from pathlib import Path

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


def test_protected_names_are_masked(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    done("init", str(path))
    actor = '{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}'
    done("import", "-", "--db", str(path), stdin=actor)
    found = ingest(path, outlet="Invented Person News", dry_run=True)
    assert "Person" not in str((found.drafts, found.new_names, found.notes))
    with Timeline(path, include_protected=True) as timeline:
        assert "Invented Person" in str(timeline.ingest(TEXT, dry_run=True).drafts)
