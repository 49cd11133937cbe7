"""The picture of the report in the README, and the program that makes it."""

from __future__ import annotations

import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.helpers.paths import ROOT
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import program

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = ROOT / "scripts" / "picture_of_report.py"
LARGEST = 250_000


def size(picture: Path) -> tuple[int, int]:
    """The width and height that a PNG file has in its header."""
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_the_picture_is_there_and_small() -> None:
    picture = ROOT / "docs" / "report.png"
    assert size(picture)[0] == 1200
    assert picture.stat().st_size <= LARGEST
    for page in (ROOT / "README.md", ROOT / "docs" / "report.md"):
        assert "report.png)" in page.read_text(encoding="utf-8")


@pytest.mark.thorough
def test_a_page_becomes_a_picture(tmp_path: Path) -> None:
    program("chromium", "chromium-browser", "google-chrome")
    (tmp_path / "page.html").write_text("<!doctype html><title>x</title><h1>A report</h1>", encoding="utf-8")
    command = [sys.executable, str(SCRIPT), "page.html", "picture.png"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    assert size(tmp_path / "picture.png")[0] == 1200
