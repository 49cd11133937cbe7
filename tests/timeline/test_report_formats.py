"""In which format ``scamcli report`` writes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docx import Document

from scamcli.errors import WrongUsageError
from scamcli.timeline.reports import ReportOptions, Reports
from tests.helpers.driver import ok, refused, run

if TYPE_CHECKING:
    from pathlib import Path

BEGINS = {"html": b"<!doctype html>", "md": b"# Timeline", "docx": b"PK"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def left_in(folder: Path) -> set[str]:
    """The names of what is in a folder besides the home of the test."""
    return {file.name for file in folder.iterdir()} - {"home"}


@pytest.mark.parametrize(
    ("name", "flags", "format_"),
    [
        ("report.html", [], "html"), ("report.HTM", [], "html"), ("report.md", [], "md"), ("report.markdown", [], "md"),
        ("report.docx", [], "docx"), ("report", [], "html"), ("report.2023", [], "html"),
        ("report", ["--format", "md"], "md"), ("report.txt", ["--format", "md"], "md"),
        ("Report.DOCX", ["--format", "docx"], "docx"), ("report.part", ["--format", "docx"], "docx"),
    ],
)  # fmt: skip
def test_the_name_of_the_file_says_the_format(
    pristine: Path, tmp_path: Path, name: str, flags: list[str], format_: str
) -> None:
    target = tmp_path / name
    assert ok("report", "-o", str(target), *flags, "--site", "Huang Le compound", "--db", str(pristine)) == ""
    assert target.read_bytes().startswith(BEGINS[format_].replace(b"# Timeline", b"# Timeline: site Huang Le"))
    assert target.stat().st_mode & 0o777 == 0o600
    assert left_in(tmp_path) == {name}


@pytest.mark.parametrize(
    ("name", "flags", "words"),
    [
        ("report.docx", ["--format", "html"], '--format html and the file name contradict each other: ".docx"'),
        ("report.html", ["--format", "md"], "Leave out --format to write html, or name another file."),
        ("report.pdf", [], 'A report is .html, .md or .docx, not ".pdf".'),
        ("report.doc", [], "Use one of these suffixes, or give --format."),
        ("report.html", ["--format", "word"], '--format takes html, md, docx, not "word".'),
        ("report.md", ["--css", "house.css"], "--css applies to html only, not to md."),
        ("-", ["--format", "docx"], "A docx report is a file, which cannot go to stdout."),
    ],
)
def test_what_does_not_fit_is_refused(folder: Path, pristine: Path, name: str, flags: list[str], words: str) -> None:
    (folder / "house.css").write_text("p { color: red }")
    target = ["-o", name] if name != "-" else []
    refused(run("report", *target, *flags, "--db", str(pristine)), 2, words)
    assert left_in(folder) == {"house.css"}


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


def test_without_pandoc_it_says_what_to_install(
    tmp_path: Path, pristine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scamcli.output.report.word._from_package", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = run("report", "-o", str(tmp_path / "report.docx"), "--db", str(pristine))
    refused(answer, 2, "A Word file needs pandoc, which is not installed.", "pip install '.[docx]'")


def test_private_persons_are_called_by_their_roles_in_all_formats(seeded: Path, tmp_path: Path) -> None:
    for format_ in ("md", "docx"):
        target = tmp_path / f"report.{format_}"
        ok("report", "--redact-actors", "-o", str(target), "--db", str(seeded))
        if format_ == "md":
            text = target.read_text(encoding="utf-8").replace("\\", "")
        else:
            text = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
        assert "[alleged owner 1]" in text
        assert "Kuong" not in text
        assert "Sar Kheng" in text


def test_in_python_too(pristine: Path, tmp_path: Path) -> None:
    with Reports(pristine) as timeline:
        timeline.write_report(tmp_path / "report.docx", options=ReportOptions(title="Raids"))
        with pytest.raises(WrongUsageError, match="contradict"):
            timeline.write_report(tmp_path / "report.md", options=ReportOptions(format="docx"))
    assert Document(str(tmp_path / "report.docx")).core_properties.title == "Raids"
