"""``scamcli ingest FILE…``: several files and folders, each in a change of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done, run

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "March 5, 2024: Police in Kandal freed 45 Thai workers.\n"
SECOND = "March 7, 2024: Officers in Poipet arrested 30 suspects.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two texts, a file that only looks like a text, and files that are none."""
    folder = tmp_path / "notes"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "deep" / "z.MD").write_text(SECOND, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("table.csv", ".notes.txt", ".hidden/c.txt"):
        (folder / name).write_text("March 9, 2024: Police in Kampot freed 3 workers.", encoding="utf-8")
    (folder / "deep" / "again").symlink_to(folder, target_is_directory=True)
    return folder


def test_a_file_that_fails_stops_no_other(own_db: Path, folder: Path) -> None:
    seen = run("ingest", str(folder), "--outlet", "Example Daily")
    assert seen.code == 4
    assert [line.split("\t")[0] for line in seen.out.splitlines()] == ["date", "2024-03-05", "2024-03-07"]
    said = seen.err.replace(f"{folder}/", "").splitlines()
    assert "scamcli: a.txt: 1 draft." in said
    assert any("b.txt is a PNG" in line for line in said)
    assert said[-5:] == [
        "scamcli: 2 files read: 2 drafts.",
        "scamcli: 1 file in the folder was not read: table.csv. Save documents as text or PDF."
        " A text with another ending is read if you name the file itself.",
        "scamcli: Next step: `scamcli review`.",
        "scamcli: 1 of 3 files could not be read.",
        "scamcli: The reasons are above.",
    ]


def test_what_is_left_out_of_a_folder_is_listed(own_db: Path, tmp_path: Path) -> None:
    place = tmp_path / "case"
    place.mkdir()
    for name in ("a.txt", "mail.eml", "note.rtf", "raid.docx", "statement", ".DS_Store"):
        (place / name).write_text(FIRST, encoding="utf-8")
    database = ("--db", str(place / "own.db"))
    for _ in range(2):  # the second time, the database and its evidence are in the folder
        seen = done("ingest", str(place), *database)
        said = seen.err.replace(f"{place}/", "")
        assert "4 files in the folder were not read: mail.eml, note.rtf, raid.docx, statement." in said
        assert "1 file read: " in said
    assert "not read" not in done("ingest", str(place / "a.txt"), str(place / "statement"), *database).err
