"""A redaction lists the evidence files that may hold a name, and deletes them if told so. Invented names only."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.errors import NotFoundError
from scamcli.store.evidence_folder import files_in, folder_of
from tests.helpers.driver import event, ok, run, take_in
from tests.helpers.pdf_files import pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "Dara Veasna"


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "What I saw"
    message.set_content(f"I met {NAME} – in Poipet.", cte="base64")
    return bytes(message)


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def mail_with(content: bytes) -> bytes:
    message = EmailMessage()
    message.set_content("See the attachment.")
    message.add_attachment(content, "application", "zip", filename="a.zip")
    return bytes(message)


PICTURE = b"\xff\xd8\xff\xe0\0 a street"

FILES = {
    "page.html": f"<!DOCTYPE html><html><body><p>{NAME} was freed.</p></body></html>".encode(),
    "menu.html": f"<!DOCTYPE html><html><body><nav>{NAME}</nav><p>Nobody is named here.</p></body></html>".encode(),
    "report.pdf": pdf([f"On 5 March 2024, police freed {NAME}, the ministry said."]),
    "mail.eml": mail(),
    "note.txt": f"{NAME}, by telephone".encode(),
    "short.txt": b"Veasna called again.",
    "other.txt": b"Somebody else called.",
    "veasna.jpg": b"\xff\xd8\xff\xe0 a picture of the event",
    "street.jpg": PICTURE,
    "nested.eml": mail_with(packed(("inner.zip", packed(("a.txt", f"{NAME} wrote.".encode()))))),
    "album.zip": packed(("a.txt", b"Somebody."), ("a.jpg", PICTURE)),
    "linked.zip": packed(("b.txt", b"Somebody."), ("b.jpg", PICTURE)),
    "empty.txt": b"",
}
HOLDING = {"page.html", "menu.html", "report.pdf", "mail.eml", "note.txt", "short.txt", "nested.eml"}
LINKED = {"veasna.jpg", "short.txt", "linked.zip"}


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Timeline]:
    with Timeline(tmp_path / "t.db", create=True) as made:
        made.add({"type": "actor", "name": NAME})
        made.add(
            {
                "id": "raid-1",
                "date": "2024-05-01",
                "kind": "raid",
                "title": "Raid",
                "actors": [{"name": NAME, "role": "subject"}],
            }
        )
        for name, content in FILES.items():
            file = tmp_path / name
            file.write_bytes(content)
            linked = ["raid-1"] if name in LINKED else []
            made.add_evidence([file], source="Example Daily", note=f"of {NAME}" if linked else None, events=linked)
        yield made


def hows(timeline: Timeline, *, remove: bool = False) -> dict[str, str]:
    erased = timeline.redact(NAME, confirmed=True, remove_evidence=remove)
    known = {digest: name for name, digest in originals(timeline).items()}
    return {known[one[0]]: one[3] for one in erased.files}


def originals(timeline: Timeline) -> dict[str, str]:
    from hashlib import sha256

    return {name: sha256(content).hexdigest() for name, content in FILES.items()}


@pytest.mark.thorough
def test_files_that_may_hold_the_name_are_listed(timeline: Timeline) -> None:
    found = hows(timeline)
    assert {name for name, how in found.items() if how == "holds"} == HOLDING
    assert found["veasna.jpg"] == found["linked.zip"] == "linked"
    assert found["album.zip"] == "unsearched"
    assert "empty.txt" not in found
    assert found["street.jpg"] == "unsearched"
    assert "other.txt" not in found
    assert len(list(files_in(folder_of(timeline.path)))) == len(FILES)
    assert "Veasna" not in json.dumps(list(timeline.evidence()))
    assert not list(timeline.verify())


@pytest.mark.thorough
def test_progress_is_told_in_bytes(timeline: Timeline) -> None:
    told: list[tuple[int, int]] = []
    timeline.redact(NAME, confirmed=True, progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert told[0] == (0, sum(map(len, FILES.values())))
    assert len(told) == len(FILES)


def test_what_could_not_be_searched_is_said(timeline: Timeline) -> None:
    notes = timeline.redact(NAME, confirmed=True).notes
    album, street = (originals(timeline)[name][:12] for name in ("album.zip", "street.jpg"))
    (note,) = [note for note in notes if "could not be searched whole (image/jpeg), so look at them yourself" in note]
    assert f"album.zip ({album})" in note
    assert f"street.jpg ({street})" in note


@pytest.mark.thorough
def test_those_files_are_deleted_and_their_hashes_stay(timeline: Timeline) -> None:
    hows(timeline, remove=True)
    left = {path.name for path in files_in(folder_of(timeline.path))}
    known = originals(timeline)
    assert left == {known[name] for name in ("other.txt", "street.jpg", "album.zip", "empty.txt")}
    removed = {row["sha256"]: row["removed"] for row in timeline.evidence(removed=True) if row["removed"]}
    assert removed == {known[name]: "redacted" for name in HOLDING | LINKED}
    assert "Veasna" not in json.dumps(list(timeline.evidence(removed=True)))
    assert b"Veasna" not in timeline.path.read_bytes()
    assert not list(timeline.verify())
    assert not list(timeline.verify_evidence())


@pytest.mark.thorough
def test_a_name_that_is_only_in_files_can_be_removed_from_them(timeline: Timeline) -> None:
    timeline.redact(NAME, confirmed=True)
    with pytest.raises(NotFoundError) as refused:
        timeline.redact(NAME, confirmed=True)
    assert any("evidence files that contain it are still there" in line for line in refused.value.more)
    erased = timeline.redact(NAME, confirmed=True, remove_evidence=True)
    assert any("were deleted" in note for note in erased.notes)
    assert len(list(files_in(folder_of(timeline.path)))) == len(FILES) - len(HOLDING - LINKED)


@pytest.mark.thorough
def test_with_an_event_go_the_files_that_are_evidence_of_it_alone(timeline: Timeline, tmp_path: Path) -> None:
    timeline.add({"id": "raid-2", "date": "2024-06-01", "kind": "raid", "title": "Another raid"})
    timeline.add_evidence([tmp_path / "short.txt"], source="Example Daily", events=["raid-2"])
    erased = timeline.redact("raid-1", confirmed=True, remove_evidence=True)
    assert {one[0] for one in erased.files} == {originals(timeline)[name] for name in LINKED - {"short.txt"}}
    assert timeline.evidence_file("short.txt")["events"] == ["raid-2"]
    assert not list(timeline.verify())


@pytest.mark.thorough
def test_where_pages_begin_moves_with_the_text(timeline: Timeline, tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(
        pdf(
            [f"On 5 March 2024, police freed {NAME} and 44 others in Poipet."],
            ["On 9 March 2024, police freed 12 Indonesians in Kampot."],
        )
    )
    drafts = timeline.ingest(file).drafts
    timeline.redact(NAME, confirmed=True)
    (origin,) = timeline.origins(str(drafts[1]["id"]))
    assert [one.page_at(origin.passage.start) for one in origin.snapshot.files] == [2]
    assert origin.snapshot.files[0].pages == (0, origin.passage.start)
    assert not list(timeline.verify())


APART = {
    "a.json": b'{"first_name": "Zorvath", "last_name": "Quillmere"}',
    "b.xml": b'<p first_name="Zorvath" last_name="Quillmere"/>',
    "c.txt": b"Surname: Quillmere\nGiven names: Zorvath\n",
    "d.csv": b"id,first,dob,last\n1,Zorvath,1990-01-01,Quillmere\n",
    "e.srt": b"1\n00:00:01,000 --> 00:00:02,000\nI am Zorvath\n\n2\n00:00:02,000 --> 00:00:03,000\nQuillmere\n",
}


def test_a_file_with_the_words_of_the_name_apart_is_listed(tmp_path: Path) -> None:
    """It may be the name: in fields of their own, or in two subtitles."""
    db = tmp_path / "t.db"
    take_in(db, event("e", actors=[{"name": "Zorvath Quillmere", "role": "victim"}]))
    spoken = b"<ruby>Zorvath<rt>zor</rt></ruby> <ruby>Quillmere<rt>quill</rt></ruby>"
    files = APART | {
        "f.html": spoken,
        "g.txt": b"Zorvath came",
        "h.txt": b"\x1b[1mZorvath\x1b[0m \x1b[1mQuillmere\x1b[0m",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    ok("evidence", "add", *(str(tmp_path / name) for name in files), "--source", "S", "--db", str(db))
    told = run("redact", "Zorvath Quillmere", "--yes", "--remove-evidence", "--db", str(db)).err
    [line] = [line for line in told.splitlines() if "2 evidence files that contain it were deleted" in line]
    assert [name for name in files if name in line] == ["f.html", "h.txt"]
    [line] = [line for line in told.splitlines() if "the words of the name are in it, but apart" in line]
    assert [name for name in files if name in line] == list(APART)
