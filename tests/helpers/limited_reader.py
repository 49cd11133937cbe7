"""What the tests of the readers share."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.helpers.paths import ROOT
from tests.helpers.patience import PATIENCE

_LIMITED = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20, {megabytes} << 20))
from scamcli.errors import DataError
from scamcli.ingest.reading import plain_view, read
{made}
try:
    document = read(data, {name!r})
    answer = {{"length": len(document.text), "notes": document.notes, "view": len(plain_view(document.text))}}
except DataError as error:
    answer = {{"error": str(error), "hint": error.hint}}
json.dump(answer, sys.stdout)
"""


def read_limited(made: str, name: str, *, seconds: int = 30, megabytes: int = 1500) -> dict[str, Any]:
    """Read what ``made`` makes as ``data``, in a process that is ended when it takes more time or memory."""
    script = _LIMITED.format(made=made, name=name, seconds=seconds, megabytes=megabytes)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
