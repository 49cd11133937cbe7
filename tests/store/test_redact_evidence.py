"""A redaction lists the evidence files that may hold a name, and deletes them if told so. Invented names only."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline
from scamcli.store.evidence_folder import files_in, folder_of
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
def test_with_an_event_go_the_files_that_are_evidence_of_it_alone(timeline: Timeline, tmp_path: Path) -> None:
    timeline.add({"id": "raid-2", "date": "2024-06-01", "kind": "raid", "title": "Another raid"})
    timeline.add_evidence([tmp_path / "short.txt"], source="Example Daily", events=["raid-2"])
    erased = timeline.redact("raid-1", confirmed=True, remove_evidence=True)
    assert {one[0] for one in erased.files} == {originals(timeline)[name] for name in LINKED - {"short.txt"}}
    assert timeline.evidence_file("short.txt")["events"] == ["raid-2"]
    assert not list(timeline.verify())
