"""In which format ``scamcli report`` writes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import ok, refused, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def left_in(folder: Path) -> set[str]:
    """The names of what is in a folder besides the home of the test."""
    return {file.name for file in folder.iterdir()} - {"home"}


def test_markdown_goes_to_stdout(pristine: Path) -> None:
    text = ok("report", "--format", "md", "--title", "On *raids*", "--db", str(pristine))
    assert text.startswith("# On \\*raids\\*\n\nThis report has 50 events")


def test_what_fails_leaves_the_old_file(tmp_path: Path, pristine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scamcli.output.report.word.READER", "no-such-reader")
    target = tmp_path / "report.docx"
    target.write_bytes(b"old")
    refused(run("report", "-o", str(target), "--db", str(pristine)), 2, "pandoc could not write the Word file")
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == {target.name}


def test_private_persons_are_called_by_their_roles(seeded: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    ok("report", "--redact-actors", "-o", str(target), "--db", str(seeded))
    text = target.read_text(encoding="utf-8").replace("\\", "")
    assert "[alleged owner 1]" in text
    assert "Kuong" not in text
    assert "Sar Kheng" in text
