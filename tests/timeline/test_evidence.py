"""Evidence files: what is kept of them, who may see it, and what is found when they are changed by hand."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import DatabaseError, DataError, NotFoundError, WrongUsageError
from scamcli.store.evidence_folder import file_of, files_in, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "t.db", create=True) as made:
        made.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid at the Blue Gate"})
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "interview.txt"
    made.write_text("What she saw.\n", encoding="utf-8")
    return made


def stored(timeline: Timeline) -> list[str]:
    return sorted(path.name for path in files_in(folder_of(timeline.path)))


def wrong(timeline: Timeline) -> list[str]:
    return [str(row["reason"]) for row in timeline.verify_evidence()]


def test_a_file_is_copied_with_everything_about_it(timeline: Timeline, file: Path) -> None:
    before = file.stat()
    added = timeline.add_evidence(
        [file], source="Example Daily", events=["raid"], url="https://example.org/a", collected_by="R. Mara",
        collected_at="2024-05-02T09:30:00+07:00", method="download", tool="curl 8.5", note="first copy", author="mara",
    )  # fmt: skip
    digest = sha256(file.read_bytes()).hexdigest()
    assert [(one.sha256, one.name, one.is_new) for one in added.files] == [(digest, "interview.txt", True)]
    row = timeline.evidence_file("interview.txt")
    assert row["sources"] == [
        {
            "name": "interview.txt", "source": "Example Daily", "url": "https://example.org/a",
            "collected_by": "R. Mara", "collected_at": "2024-05-02T02:30:00Z", "method": "download",
            "tool": "curl 8.5", "note": "first copy",
        }
    ]  # fmt: skip
    assert (row["media_type"], row["size"], row["events"], row["removed"]) == ("text/plain", 14, ["raid-1"], None)
    assert [(one["change"], one["by"], one["action"]) for one in row["custody"]] == [(added.change, "mara", "added")]
    kept = Path(row["file"] or "")
    assert kept.read_bytes() == file.read_bytes()
    assert file.stat()[:6] == before[:6]
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o400
        assert stat.S_IMODE(kept.parent.stat().st_mode) == stat.S_IMODE(kept.parents[1].stat().st_mode) == 0o700
    assert wrong(timeline) == []


def test_the_same_content_again_adds_its_source_and_its_events(timeline: Timeline, file: Path) -> None:
    timeline.add_evidence([file], source="Example Daily")
    again = timeline.add_evidence([file], source="A reader", events=["raid-1"])
    assert "its new source was added and linked to raid-1" in again.notes[0]
    row = timeline.evidence_file("interview.txt")
    assert [one["source"] for one in row["sources"]] == ["Example Daily", "A reader"]
    assert row["events"] == ["raid-1"]
    third = timeline.add_evidence([file], source="A reader", events=["raid-1"])
    assert "nothing was changed" in third.notes[0]
    assert third.change is None
    assert len(stored(timeline)) == 1


def test_a_working_copy_points_to_its_original(timeline: Timeline, file: Path, tmp_path: Path) -> None:
    timeline.add_evidence([file], source="Example Daily", events=["raid-1"])
    copy = tmp_path / "blurred.txt"
    copy.write_text("What [she] saw.\n", encoding="utf-8")
    timeline.derive_evidence("interview.txt", copy, note="name removed", tool="sed")
    original, derived = timeline.evidence_file("interview.txt"), timeline.evidence_file("blurred.txt")
    assert derived["derived_from"] == original["sha256"]
    assert original["copies"] == [derived["sha256"]]
    assert derived["events"] == ["raid-1"]
    with pytest.raises(DataError, match="the original itself"):
        timeline.derive_evidence("interview.txt", file, note="the same")
    with pytest.raises(DataError, match="is there as a working copy"):
        timeline.add_evidence([copy], source="A reader")


def test_of_a_removed_file_the_hash_and_the_reason_stay(timeline: Timeline, file: Path) -> None:
    timeline.add_evidence([file], source="Example Daily")
    timeline.remove_evidence(["interview.txt"], reason="The source withdrew consent.", author="mara")
    assert stored(timeline) == []
    assert list(timeline.evidence()) == []
    (row,) = timeline.evidence(removed=True)
    assert (row["removed"], row["file"]) == ("The source withdrew consent.", None)
    assert [one["action"] for one in row["custody"]] == ["added", "removed"]
    assert wrong(timeline) == []
    with pytest.raises(NotFoundError, match="was removed"):
        timeline.remove_evidence(["interview.txt"], reason="again")
    timeline.add_evidence([file], source="Example Daily")
    assert len(stored(timeline)) == 1
    assert timeline.evidence_file("interview.txt")["removed"] is None


def flip(path: Path) -> None:
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)


def swap(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"she", b"him"))


def link(path: Path) -> None:
    elsewhere = Path(shutil.copy(path, path.parents[2] / "elsewhere"))
    path.unlink()
    path.symlink_to(elsewhere)


CHANGED = [
    (flip, "interview.txt was altered: its SHA-256 is now"),
    (swap, "interview.txt was altered: its SHA-256 is now"),
    (lambda path: path.chmod(0o600) or path.write_bytes(b""), "interview.txt was altered: it has 0 bytes, not 14"),
    (Path.unlink, "interview.txt is missing"),
    (link, "interview.txt was replaced by something that is not a file"),
    (lambda path: path.with_name("f" * 64).write_bytes(b"x"), "the database does not list it"),
    (lambda path: (path.parents[1] / "note.txt").write_bytes(b"x"), "note.txt is in the folder"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGED)
def test_what_is_done_to_a_file_by_hand_is_found(change: object, reason: str, timeline: Timeline, file: Path) -> None:
    added = timeline.add_evidence([file], source="Example Daily")
    change(file_of(folder_of(timeline.path), added.files[0].sha256))  # type: ignore[operator]
    (found,) = wrong(timeline)
    assert reason in found


WRONG = [
    ({"source": " "}, WrongUsageError, "--source is empty"),
    ({"note": "x" * 10_001}, WrongUsageError, "--note has more than 10,000"),
    ({"collected_at": "2024-13"}, WrongUsageError, "--collected-at"),
    ({"collected_at": "2024-05-01T09:30"}, WrongUsageError, "no time zone"),
    ({"events": ["nowhere"]}, NotFoundError, "nowhere"),
]


@pytest.mark.parametrize(("given", "kind", "message"), WRONG)
def test_of_what_is_refused_nothing_stays(
    given: dict[str, object], kind: type[Exception], message: str, timeline: Timeline, file: Path
) -> None:
    arguments = {"source": "Example Daily", **given}
    with pytest.raises(kind, match=message):
        timeline.add_evidence([file], **arguments)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="Cannot read"):
        timeline.add_evidence([file, file.with_name("absent")], source="Example Daily")
    assert not folder_of(timeline.path).exists()
    assert list(timeline.evidence()) == []


def test_what_is_said_about_a_protected_person_is_masked(timeline: Timeline, tmp_path: Path) -> None:
    timeline.add({"type": "actor", "name": "Dara Veasna", "protected": True})
    timeline.edit("raid-1", add={"actors": [{"name": "Dara Veasna", "role": "victim"}]})
    file = tmp_path / "veasna-at-the-gate.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0 picture")
    other = tmp_path / "other.txt"
    other.write_text("x", encoding="utf-8")
    timeline.add_evidence([file], source="Dara Veasna", note="handed over by Veasna", events=["raid-1"])
    timeline.add_evidence([other], source="Example Daily")
    row = timeline.evidence_file(sha256(file.read_bytes()).hexdigest()[:12])
    assert "veasna" not in str({key: value for key, value in row.items() if key != "file"}).lower()
    assert timeline.protected_evidence() == [row["sha256"]]
    with Timeline(timeline.path, include_protected=True) as unmasked:
        assert unmasked.evidence_file("veasna-at-the-gate.jpg")["source"] == "Dara Veasna"


def test_copies_are_handed_over_under_their_names_and_this_is_noted(
    timeline: Timeline, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "below" / file.name
    other.parent.mkdir()
    other.write_bytes(b"another file of the same name")
    timeline.add_evidence([file, other], source="Example Daily", events=["raid-1"])
    target = tmp_path / "for the lawyer"
    exported = timeline.export_evidence([], target, event="raid-1", recipient="R. Mara, lawyer", author="mara")
    sums = dict(line.split("  ") for line in (target / "sha256sums.txt").read_text("utf-8").splitlines())
    assert {digest: sha256((target / name).read_bytes()).hexdigest() for digest, name in sums.items()} == {
        one.sha256: one.sha256 for one in exported.files
    }
    assert len(sums) == 2
    about = json.loads((target / "evidence.json").read_text("utf-8"))
    assert sorted(one["copy"] for one in about) == sorted(sums.values())
    last = timeline.evidence_file(exported.files[0].sha256)["custody"][-1]
    assert (last["change"], last["action"], last["detail"]) == (exported.change, "handed over", "R. Mara, lawyer")
    with pytest.raises(WrongUsageError, match="already exists"):
        timeline.export_evidence([], target, event="raid-1")


def test_an_altered_file_and_one_of_a_protected_person_are_not_handed_over(
    timeline: Timeline, file: Path, tmp_path: Path
) -> None:
    added = timeline.add_evidence([file], source="Example Daily", events=["raid-1"])
    flip(file_of(folder_of(timeline.path), added.files[0].sha256))
    with pytest.raises(DatabaseError, match="was altered"):
        timeline.export_evidence([file.name], tmp_path / "out")
    flip(file_of(folder_of(timeline.path), added.files[0].sha256))
    timeline.add({"type": "actor", "name": "Dara Veasna", "protected": True})
    timeline.edit("raid-1", add={"actors": [{"name": "Dara Veasna", "role": "victim"}]})
    with pytest.raises(WrongUsageError, match="protected person"):
        timeline.export_evidence([file.name], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert [one["action"] for one in timeline.evidence_file(file.name)["custody"]] == ["added"]
    timeline.export_evidence([file.name], tmp_path / "out", include_evidence_of_protected=True)
    assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()


ROWS = [
    "DELETE FROM evidence_source",
    "DELETE FROM evidence_event",
    "DELETE FROM custody",
    "DELETE FROM evidence_source; DELETE FROM evidence_event; DELETE FROM custody; DELETE FROM evidence",
    "UPDATE evidence_source SET source = 'Another Daily'",
    "UPDATE evidence_source SET collected_at = '2023'",
    "UPDATE evidence SET removed = 'a reason'",
    "UPDATE evidence SET media_type = 'image/png'",
    "UPDATE custody SET detail = 'somebody'",
    "UPDATE evidence_event SET event = 'raid-2'",
    "INSERT INTO evidence SELECT replace(sha256, 'a', 'b'), size, media_type, NULL, NULL FROM evidence",
]


@pytest.mark.parametrize("change", ROWS)
def test_what_is_done_to_rows_by_hand_is_found(change: str, timeline: Timeline, file: Path) -> None:
    timeline.add_evidence([file], source="Example Daily", events=["raid-1"])
    timeline.close()
    with closing(sqlite3.connect(timeline.path)) as connection:
        connection.executescript(change)
    assert list(timeline.verify()), change


def test_a_swapped_file_and_row_are_found(timeline: Timeline, file: Path) -> None:
    """Whoever swaps a file and makes the row fit it changes what was sealed."""
    added = timeline.add_evidence([file], source="Example Daily")
    timeline.close()
    other = b"What he saw.\n"
    digest, folder = sha256(other).hexdigest(), folder_of(timeline.path)
    old = file_of(folder, added.files[0].sha256)
    new = file_of(folder, digest)
    new.parent.mkdir(exist_ok=True)
    old.rename(new)
    new.chmod(0o600)
    new.write_bytes(other)
    with closing(sqlite3.connect(timeline.path)) as connection:
        connection.execute("UPDATE evidence SET sha256 = ?, size = ?", [digest, len(other)])
        connection.execute("UPDATE evidence_source SET evidence = ?", [digest])
        connection.execute("UPDATE custody SET evidence = ?", [digest])
        connection.commit()
    assert wrong(timeline) == []
    assert any(
        str(row["record"]).startswith(added.files[0].sha256[:12]) or "gone" in str(row["reason"])
        for row in timeline.verify()
    )


def test_a_file_of_a_newer_copy_survives_a_failure(timeline: Timeline, file: Path) -> None:
    timeline.add_evidence([file], source="Example Daily")
    kept = file_of(folder_of(timeline.path), sha256(file.read_bytes()).hexdigest())
    older = timeline.path.with_name("older.db")
    with Timeline(older, create=True) as other:
        other.add({"id": "raid-1", "date": "2024-05-01", "kind": "raid", "title": "Raid at the Blue Gate"})
    timeline.close()
    older.replace(timeline.path)
    for suffix in ("-wal", "-shm"):
        timeline.path.with_name(f"{timeline.path.name}{suffix}").unlink(missing_ok=True)
    with Timeline(timeline.path) as again, pytest.raises(NotFoundError):
        again.add_evidence([file], source="Example Daily", events=["nowhere"])
    assert kept.exists()
