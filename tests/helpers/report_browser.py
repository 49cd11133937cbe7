"""Chromium, which opens reports and says what it found, and the validators of their HTML."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.helpers.npm_packages import installed
from tests.helpers.patience import PATIENCE
from tests.helpers.validators import program

if TYPE_CHECKING:
    from collections.abc import Sequence

DRIVER = Path(__file__).with_name("report_browser.mjs")
PLAYWRIGHT, AXE = "playwright-core@1.65.1", "axe-core@4.14.1"
HTML_VALIDATE = "html-validate@9.7.1"
"""The last version for Node 20."""
VNU = "vnu-jar@26.9.27"
"""The Nu validator, which needs Java."""


def looked_at(page: Path, checks: Sequence[str], folder: Path) -> dict[str, Any]:
    """Return what the checks of ``report_browser.mjs`` found in a page, by the name of the check.

    Args:
        page: the page.
        checks: the names of the checks.
        folder: where PDF files are written, as ``NAME.pdf`` and ``NAME-filtered.pdf``.
    """
    task = {
        "modules": str(installed(PLAYWRIGHT, AXE)),
        "browser": program("chromium", "chromium-browser", "google-chrome"),
        "folder": str(folder),
        "page": {"name": page.stem, "path": str(page)},
        "checks": checks,
    }
    done = subprocess.run(
        [program("node"), str(DRIVER)], input=json.dumps(task), capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def complaints(pages: Sequence[Path], folder: Path) -> list[str]:
    """Return what validators of HTML say against pages: html-validate, and the Nu validator if there is Java."""
    config = folder / "html-validate.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}))
    command = [program("node"), str(installed(HTML_VALIDATE) / "html-validate" / "bin" / "html-validate.mjs")]
    found = _said([*command, "-c", str(config), "-f", "text", *map(str, pages)])
    if java := shutil.which("java"):
        jar = next((installed(VNU) / "vnu-jar").rglob("vnu.jar"))
        found += _said([java, "-jar", str(jar), "--errors-only", *map(str, pages)])
    return found


def _said(command: list[str]) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert said or done.returncode == 0
    return said
