"""The environments of the programs that are compared, each with one program and nothing else."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from benchmarks.timing import ENVIRONMENT, FailedError, answer, command

CHECKOUT = Path(__file__).resolve().parent.parent
INSTALLED = {
    "bare": "", "scamcli": str(CHECKOUT), "sqlite-utils": "sqlite-utils", "duckdb": "duckdb", "jinja2": "jinja2",
    "pandas": "pandas", "pandoc": "pypandoc_binary",
}  # fmt: skip
"""What pip installs in each environment, as a user of the program would."""

SOURCES = {".py", ".json", ".toml", ".jinja", ".css", ".js"}

VERSIONS = """
import importlib.metadata, sqlite3, sys
print(sys.version.split()[0], sqlite3.sqlite_version)
for found in importlib.metadata.distributions():
    print(found.name, found.version)
"""


class Peers(NamedTuple):
    """The programs of every environment.

    Attributes:
        folder: The folder of the environments.
        fresh: Whether scamcli was installed again, because it has changed.
    """

    folder: Path
    fresh: bool

    def python(self, name: str) -> Path:
        """Return the Python of an environment."""
        return self.folder / name / "bin" / "python"

    @property
    def scamcli(self) -> Path:
        """The command ``scamcli``."""
        return self.folder / "scamcli" / "bin" / "scamcli"

    @property
    def sqlite_utils(self) -> Path:
        """The command ``sqlite-utils``, the closest peer."""
        return self.folder / "sqlite-utils" / "bin" / "sqlite-utils"

    @property
    def pandoc(self) -> Path:
        """The command ``pandoc``."""
        (found,) = (self.folder / "pandoc").glob("lib/python*/site-packages/pypandoc/files/pandoc")
        return found


def make(folder: Path) -> Peers:
    """Make the environments that do not exist yet, and that of scamcli again if the checkout has changed.

    Raises:
        FailedError: pip cannot install a program.
    """
    fresh = {name: _environment(folder / name, what) for name, what in INSTALLED.items()}
    return Peers(folder, fresh["scamcli"])


def versions(peers: Peers) -> dict[str, str]:
    """Return the versions of Python, SQLite, the peers and the tools of the shell."""
    found = {}
    for name in ("scamcli", "sqlite-utils", "duckdb", "jinja2", "pandas"):
        first, *lines = answer(command(peers.python(name), "-c", VERSIONS)).splitlines()
        found["Python"], found["SQLite"] = first.split()
        found[name] = dict(line.lower().split() for line in lines)[name]
    found["pandoc"] = answer(command(peers.pandoc, "--version")).split()[1]
    return found | {name: _version(name) for name in ("rg", "grep", "jq")}


def _version(tool: str) -> str:
    if shutil.which(tool) is None:
        return "not installed here"
    words = answer(command(tool, "--version")).splitlines()[0].split()
    return words[1] if tool == "rg" else words[-1].removeprefix("jq-")


def _environment(place: Path, package: str) -> bool:
    """Make an environment, unless it exists and is up to date. Return whether it was made."""
    mark, wanted = place / "installed", _fingerprint(package)
    if mark.exists() and mark.read_text() == wanted:
        return False
    shutil.rmtree(place, ignore_errors=True)
    _must([sys.executable, "-m", "venv", "--without-pip", str(place)])
    if package:
        pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python")]
        extra = "[parquet,report]" if package == str(CHECKOUT) else ""
        _must([*pip, "install", "--quiet", "--compile", package + extra])
    mark.write_text(wanted)
    return True


def _fingerprint(package: str) -> str:
    """Return a text that changes when the checkout does; for other packages, their name."""
    if package != str(CHECKOUT):
        return package
    found = hashlib.sha256()
    sources = sorted(path for path in (CHECKOUT / "src").rglob("*") if path.suffix in SOURCES)
    for path in [CHECKOUT / "pyproject.toml", CHECKOUT / "data" / "seed.jsonl", *sources]:
        found.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _must(arguments: list[str]) -> None:
    environment = ENVIRONMENT | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(arguments, check=False, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise FailedError(f"{' '.join(arguments[1:6])} …: {done.stderr[-800:]}")
