"""A report as a Word file, read back with python-docx."""

from __future__ import annotations

import zipfile
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.oxml.ns import qn

from scamcli.output.report import write_word
from tests.helpers import report_contents as contents
from tests.output.report.test_page import EMPTY

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as Word

    from scamcli.output.report.contents import Report

REPORTS = {
    "small": contents.report(intro="# Why\n\n![A picture](https://e.example/p.png) and `code`."),
    "hostile": contents.hostile(),
    "empty": contents.report(**EMPTY),
}


@pytest.fixture(scope="module", params=REPORTS)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    path = tmp_path_factory.mktemp("word") / "report.docx"
    write_word(REPORTS[request.param], path)
    return REPORTS[request.param], path


def small(folder: Path) -> Word:
    write_word(REPORTS["small"], folder / "small.docx")
    return Document(str(folder / "small.docx"))


def test_headings_follow_each_other_below_one_title(written: tuple[Report, Path]) -> None:
    report, path = written
    styles = [paragraph.style.name or "" for paragraph in Document(str(path)).paragraphs if paragraph.style]
    assert Counter(styles)["Title"] == 1
    assert Counter(styles)["Heading 3"] == len(report.entries)
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[:1] in ([], [1])
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_nothing_is_loaded_or_run(written: tuple[Report, Path]) -> None:
    with zipfile.ZipFile(written[1]) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            ET.fromstring(text)
            assert "TargetMode" not in text or "/hyperlink" in text
        assert not any("media" in name or "vba" in name or "embed" in name for name in archive.namelist())
        fields = ET.fromstring(archive.read("word/document.xml")).iter(qn("w:instrText"))
        assert list(fields) == [], "a field could load something"
