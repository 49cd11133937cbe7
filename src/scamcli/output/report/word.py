"""Turn a report in Markdown into a Word file with pandoc."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from scamcli.errors import WrongUsageError, install_command
from scamcli.output.escaping import one_line

STYLES = Path(__file__).with_name("reference.docx")
"""The styles, the size of the page and its footer. `scripts/generate_word_styles.py` writes it."""

READER = "commonmark+pipe_tables+bracketed_spans-raw_html"
"""What pandoc reads: tables, and the attributes of anchors and languages. Anything else stays text."""

INSTALL = f"Run {install_command('docx')}, or install pandoc 2.15 or later from https://pandoc.org."

EPOCH = b"1970-01-01T00:00:00Z"

KILLED = -9
"""How a process ends that the system stops because memory is short."""

TOO_LONG = "Choose fewer events, write .html or .md, or raise the limit: SCAMCLI_LIMITS=memory=16G"


def write(markdown: str, path: Path, language: str) -> None:
    """Write a report as a Word file.

    pandoc runs without a shell, and in its sandbox: it reads nothing but the text and the styles, and loads nothing.

    Args:
        markdown: the report, with the marks for pandoc.
        path: the file to write.
        language: the language of the report, as a BCP 47 tag.

    Raises:
        WrongUsageError: pandoc is not installed, or fails.
    """
    with TemporaryDirectory() as empty:
        command = [
            pandoc(), "--sandbox", f"--data-dir={empty}", f"--from={READER}", "--to=docx", f"--reference-doc={STYLES}",
            "--shift-heading-level-by=-1", f"--metadata=lang:{language}", f"--output={path}", "-",
        ]  # fmt: skip
        done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=False)
    if (done.returncode and b"memory" in done.stderr) or done.returncode == KILLED:
        raise WrongUsageError("The report is too long for a Word file: pandoc ran out of memory.", TOO_LONG)
    if done.returncode:
        said = (
            one_line(done.stderr.decode(errors="replace").strip())[:300].rstrip(".")
            or f"it ended with {done.returncode}"
        )
        raise WrongUsageError(f"pandoc could not write the Word file: {said}.", INSTALL)
    _set_date(path)


def _set_date(path: Path) -> None:
    """Give a Word file the current time. In its sandbox, pandoc has no clock, and writes 1970."""
    now = datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(path) as written:
        parts = [(part, written.read(part)) for part in written.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as dated:
        for part, data in parts:
            dated.writestr(part, data.replace(EPOCH, now) if part.filename == "docProps/core.xml" else data)


def pandoc() -> str:
    """Return the path of pandoc: from the package ``pypandoc_binary``, or from the system.

    Raises:
        WrongUsageError: there is none.
    """
    found = _from_package() or shutil.which("pandoc")
    if found is None:
        raise WrongUsageError("A Word file needs pandoc, which is not installed.", INSTALL)
    return found


def _from_package() -> str | None:
    """Return the path of the pandoc that the package has, without importing it, which would look for others."""
    from importlib.util import find_spec

    spec = find_spec("pypandoc")
    folders = spec.submodule_search_locations if spec is not None else None
    files = [Path(folder) / "files" for folder in folders or ()]
    return next(filter(None, (shutil.which("pandoc", path=str(folder)) for folder in files)), None)
