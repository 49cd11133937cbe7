"""How long commands take as whole processes, against bare Python and the nearest peer, in the same run.

Runs are paired (A B A B …) and what is given are ratios of medians: absolute times mean nothing on a shared machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 15
BIN = Path(sys.executable).parent


def seconds(command: list[str]) -> float:
    """The wall time of one run, in seconds."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def ratios(command: list[str], peers: dict[str, list[str]]) -> dict[str, float]:
    """The median time of a command over that of each peer, over paired runs."""
    times: dict[str, list[float]] = {"": [], **{name: [] for name in peers}}
    for _ in range(RUNS):
        for name, run in {"": command, **peers}.items():
            times[name].append(seconds(run))
    return {name: median(times[""]) / median(times[name]) for name in peers}


def main() -> None:
    """Print a Markdown table of ratios on the shipped timeline."""
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "timeline.db")
        os.environ["SCAMCLI_DB"] = db
        scamcli, peer = str(BIN / "scamcli"), str(BIN / "sqlite-utils")
        subprocess.run([scamcli, "init", db], check=True, stderr=subprocess.DEVNULL)
        peers = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "sqlite-utils query": [peer, "query", db, "select 1"],
        }
        commands = {
            'search --actor "Sar Kheng" --json': ["search", "--actor", "Sar Kheng", "--json"],
            "stats complaints, as a table": ["stats", "complaints", "--format", "table"],
            "timeline": ["timeline"],
            "--help": ["--help"],
        }
        lines = [f"| command | {' | '.join(f'against {name}' for name in peers)} |", "| --- |" + " ---: |" * len(peers)]
        for name, arguments in commands.items():
            found = ratios([scamcli, *arguments], peers)
            lines.append(f"| {name} | {' | '.join(f'{ratio:.2f}' for ratio in found.values())} |")
    sys.stdout.write("\n".join(lines) + "\n")


main()
