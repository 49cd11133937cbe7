"""The commands of docs/custody.md that sign a head and check the signature, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.driver import ok

PAGE = Path(__file__).parents[2] / "docs" / "custody.md"
KEYS = {
    "ssh-keygen": ("ssh-keygen -q -t ed25519 -N '' -C newsroom -f newsroom",),
    "minisign": ("minisign -G -W -p newsroom-minisign.pub -s newsroom.key",),
}
"""What makes the keys that the examples use."""


def commands(tool: str) -> list[str]:
    """The commands of the example that uses a program."""
    section = PAGE.read_text(encoding="utf-8").partition("\n## Signatures\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```console\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    (found,) = [block for block in blocks if f"$ {tool} " in block]
    return re.findall(r"^\$ (.*)$", found, re.MULTILINE)


@pytest.mark.parametrize("tool", KEYS)
def test_a_signature_fits_its_head_alone(db: Path, tmp_path: Path, tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"SCAMCLI_DB": str(db), "PATH": path, "HOME": str(tmp_path)}

    def code(command: str) -> int:
        return subprocess.run(["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, check=False).returncode

    typed = [*KEYS[tool], *commands(tool)]
    assert [code(command) for command in typed] == [0] * len(typed)
    head = tmp_path / "head.txt"
    assert head.read_text() == ok("log", "--head", "--db", str(db))
    verify, signed = typed[-1], head.read_text()
    for changed in (signed.replace("-1 ", "-1 1"), signed + "\n", signed.rstrip("\n"), ""):
        head.write_text(changed)
        assert code(verify) != 0
    head.write_text(signed)
    assert code(verify) == 0
