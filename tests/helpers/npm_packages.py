"""Packages of npm that tests need: installed once, outside the repository, for all processes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from tests.helpers.patience import PATIENCE
from tests.helpers.validators import absent, program


def installed(*packages: str) -> Path:
    """Return the folder ``node_modules`` with these packages, each with its version."""
    npm = program("npm")
    digest = sha256(" ".join(packages).encode()).hexdigest()[:12]
    kept = Path(tempfile.gettempdir()) / f"npm-{digest}-{os.getuid()}"
    if not kept.is_dir():
        with tempfile.TemporaryDirectory(dir=kept.parent) as made:
            place = Path(made) / "place"
            options = [
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--cache",
                f"{made}/cache",
                "--prefix",
                str(place),
            ]
            done = subprocess.run([npm, "install", *options, *packages], capture_output=True, timeout=PATIENCE)
            if done.returncode:
                absent(f"{', '.join(packages)} of npm")
            with suppress(OSError):  # another process has it there by now
                place.rename(kept)
    return kept / "node_modules"
