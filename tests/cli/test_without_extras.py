"""Commands that need an optional package say which extra brings it. All other commands work without any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.patience import PATIENCE
from tests.helpers.pdf_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

OPTIONAL = (
    "asn1crypto", "bagit", "bibtexparser", "citeproc", "cryptography", "duckdb", "datasette", "followthemoney",
    "icalendar", "jinja2", "lxml", "markdown_it", "markupsafe", "mdformat", "networkx", "numpy", "openpyxl", "pyarrow",
    "pypandoc", "pypdf", "pyrage", "resvg_py", "rispy", "trafilatura", "warcio", "yaml",
)  # fmt: skip
"""Modules of the packages that the extras bring. Without extras, none can be imported."""

BLOCKED = (
    f"import sys\nsys.modules.update(dict.fromkeys({OPTIONAL}))\nfrom scamcli.__main__ import run\n"
    "sys.argv[0] = 'scamcli'\nrun()\n"
)
"""A program that runs scamcli in a process where no optional module can be found."""


@pytest.fixture
def folder(own_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files that need packages, a timeline with a draft, and no pandoc on the path."""
    place = tmp_path / "files"
    place.mkdir()
    (place / "page.html").write_text("<html><body><p>Police freed 45 workers.</p></body></html>", encoding="utf-8")
    (place / "file.pdf").write_bytes(pdf(["March 5, 2024: Police freed 45 workers."]))
    (place / "note.txt").write_text("March 5, 2024: Police in Kandal freed 45 Thai workers.\n", encoding="utf-8")
    (place / "bin").mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("PATH", str(place / "bin"))
    done("ingest", "note.txt", "--outlet", "Example Daily")
    done("export", "xlsx", "-o", "table.xlsx")
    return place


def without_extras(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *arguments],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=dict(os.environ), timeout=PATIENCE,
        check=False,
    )  # fmt: skip


NEEDS = {
    "report": "report -o r.html",
    "html": "ingest page.html",
    "pdf": "ingest file.pdf",
    "xlsx": "import table.xlsx",
    "parquet": "export parquet -o new",
    "bagit": "export bagit -o new",
    "ftm": "export ftm -o new",
    "graphml": "export graphml -o new",
}


@pytest.mark.parametrize(("extra", "command"), NEEDS.items())
def test_the_extra_is_named(folder: Path, extra: str, command: str) -> None:
    found = without_extras(*command.split())
    assert found.returncode in {2, 4}, found.stderr
    assert re.search(rf"`pip install '\.\[{extra}\]'` in your clone of scamcli", found.stderr), found.stderr
    assert "not installed" in found.stderr


@pytest.mark.parametrize(
    "command",
    [
        "ingest note.txt", "search --during 2024", "stats rescues", "export jsonl -o new.jsonl", "backup copy.db",
    ],
)  # fmt: skip
def test_nothing_else_needs_one(folder: Path, command: str) -> None:
    found = without_extras(*command.split())
    assert "Internal error" not in found.stderr
    assert "not installed" not in found.stderr
