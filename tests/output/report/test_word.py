"""A report as a Word file, read back with python-docx."""

from __future__ import annotations

import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from docx.oxml.ns import qn

from scamcli.errors import WrongUsageError
from scamcli.output.report import word, write_word
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


def test_every_link_leads_somewhere(written: tuple[Report, Path]) -> None:
    document = Document(str(written[1]))
    bookmarks = Counter(str(mark.get(qn("w:name"))) for mark in document.element.iter(qn("w:bookmarkStart")))
    links = list(document.element.iter(qn("w:hyperlink")))
    inside = {str(link.get(qn("w:anchor"))) for link in links if link.get(qn("w:anchor"))}
    assert inside <= set(bookmarks)
    assert {name for name in inside if bookmarks[name] > 1} == set()
    outside = [document.part.rels[str(link.get(qn("r:id")))].target_ref for link in links if link.get(qn("r:id"))]
    assert all(address.startswith(("http://", "https://")) for address in outside)


def test_nothing_is_loaded_or_run(written: tuple[Report, Path]) -> None:
    with zipfile.ZipFile(written[1]) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            ET.fromstring(text)
            assert "TargetMode" not in text or "/hyperlink" in text
        assert not any("media" in name or "vba" in name or "embed" in name for name in archive.namelist())
        fields = ET.fromstring(archive.read("word/document.xml")).iter(qn("w:instrText"))
        assert list(fields) == [], "a field could load something"


def test_tables_and_texts(tmp_path: Path) -> None:
    document = small(tmp_path)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Province", "Number", "Who said it"],
        ["Kandal", "18", "According to Sar Kheng"],
        ["Preah Sihanouk", "more than 200", "According to Sar Kheng"],
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "A test report"
    assert document.core_properties.title == "A test report"
    created = document.core_properties.created
    assert created is not None
    assert abs((datetime.now(tz=UTC) - created.replace(tzinfo=UTC)).days) < 2
    for words in (
        "A picture and code.",
        "Answer: The owner answers",
        "8, according to VOD, in VOD",
        "Drafts are left out.",
    ):
        assert words in texts


def test_pages_have_numbers_and_scripts_their_language(tmp_path: Path) -> None:
    document = small(tmp_path)
    footer = document.sections[0].footer._element
    assert [field.text for field in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    languages = {str(mark.get(qn("w:val"))) for mark in document.element.iter(qn("w:lang"))}
    assert languages >= {"km", "th", "zh"}


def test_a_pandoc_of_the_system_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "_from_package", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongUsageError, match=r"A Word file needs pandoc.*not installed"):
        word.pandoc()
    (tmp_path / "pandoc").write_text(f"#!{sys.executable}\nimport sys\nsys.exit('Unknown option --sandbox.')\n")
    (tmp_path / "pandoc").chmod(0o700)
    assert word.pandoc() == str(tmp_path / "pandoc")
    with pytest.raises(
        WrongUsageError, match=r"pandoc could not write the Word file: Unknown option --sandbox\.$"
    ) as raised:
        write_word(REPORTS["small"], tmp_path / "report.docx")
    assert "pandoc 2.15 or later" in str(raised.value.hint)
    assert not (tmp_path / "report.docx").exists()


@pytest.mark.parametrize("end", ["sys.exit('Unable to commit 1048576 bytes of memory')", "os.kill(os.getpid(), 9)"])
def test_a_report_that_is_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f"#!{sys.executable}\nimport os, sys\n{end}\n")
    program.chmod(0o700)
    monkeypatch.setattr(word, "pandoc", lambda: str(program))
    with pytest.raises(WrongUsageError, match="too long for a Word file: pandoc ran out of memory") as raised:
        write_word(REPORTS["small"], tmp_path / "report.docx")
    assert "SCAMCLI_LIMITS=memory=16G" in str(raised.value.hint)
