"""The installation commands of the README work, in a copy of the checkout, and put `scamcli` on the PATH.

These tests install packages from PyPI, so they take minutes and need the network.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALL = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
DEMO, TESTS = INSTALL[0].splitlines()
ACTIVATE, PIPX, UV = (line.partition("#")[0].strip() for line in INSTALL[1].splitlines())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, in which an installation leaves no trace in the original."""
    copy = tmp_path_factory.mktemp("install") / "scamcli"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "dist", "build", "site"))
    return copy


def run(script: str, checkout: Path, home: Path) -> str:
    """Run lines of shell in a checkout, and return what they print to both streams.

    Args:
        script: The lines. The first that fails ends the script.
        checkout: The folder to run them in.
        home: The home directory, which is also where pipx and uv install commands to.
    """
    foreign = ("PYTHON", "SCAMCLI", "PIP", "UV", "XDG")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    env = inherited | {
        "HOME": str(home),
        "PATH": f"{home / '.local/bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_COMPILE": "0",  # pip reads it the other way round: what is imported is compiled then, and nothing else
        "PIP_CACHE_DIR": str(Path("~/.cache/pip").expanduser()),  # what was downloaded before need not be again
        "UV_CACHE_DIR": str(Path("~/.cache/uv").expanduser()),
    }
    done = subprocess.run(
        ["sh", "-ec", script], cwd=checkout, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=6 * PATIENCE, check=False, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_commands_are_the_ones_tested_here() -> None:
    assert DEMO.startswith("python3 -m venv ")
    assert "pytest" in TESTS
    assert (ACTIVATE, PIPX, UV) == (". .venv/bin/activate", "pipx install .", "uv tool install .")


@pytest.mark.thorough
def test_first_command_and_activation(checkout: Path, tmp_path: Path) -> None:
    assert "Sar Kheng claims a steep fall" in run(DEMO, checkout, tmp_path)
    shown = run(f"{ACTIVATE}\ncommand -v scamcli\nscamcli --version", checkout, tmp_path)
    assert shown.splitlines()[0] == str(checkout / ".venv" / "bin" / "scamcli")


@pytest.mark.thorough
@pytest.mark.parametrize("line", [PIPX, UV])
def test_tool_puts_the_command_on_the_path(line: str, checkout: Path, tmp_path: Path) -> None:
    tool = shlex.split(line)[0]
    run(f"python3 -m venv tools && tools/bin/pip install -q {tool}", tmp_path, tmp_path)
    shown = run(f'PATH="{tmp_path}/tools/bin:$PATH"\n{line} >&2\ncommand -v scamcli', checkout, tmp_path)
    assert shown.splitlines()[-1] == str(tmp_path / ".local" / "bin" / "scamcli")
    assert "Sar Kheng claims a steep fall" in run('scamcli search --actor "Sar Kheng"', checkout, tmp_path)


@pytest.mark.thorough
def test_upgraded_pip_installs_every_extra_without_a_warning(checkout: Path, tmp_path: Path) -> None:
    upgrade = TESTS.split(" && ")[1].replace(".venv", str(tmp_path / "venv"))
    install = f"{tmp_path}/venv/bin/pip install --no-compile '.[all]'"
    shown = run(f"python3 -m venv {tmp_path}/venv\n{upgrade}\n{install}", checkout, tmp_path)
    assert [line for line in shown.splitlines() if "warning" in line.lower()] == []
    assert "Successfully installed" in shown
