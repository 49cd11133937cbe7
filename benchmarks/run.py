"""How long commands take as whole processes, against bare Python and the nearest peer, in the same run.

Runs are paired (A B A B …) and what is given are ratios of medians: absolute times mean nothing on a shared machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import generate

RUNS = 15
BIN = Path(sys.executable).parent
SCAMCLI, PEER = str(BIN / "scamcli"), str(BIN / "sqlite-utils")


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


def on_the_seed(folder: Path) -> list[str]:
    """A Markdown table of ratios on the shipped timeline."""
    db = str(folder / "timeline.db")
    subprocess.run([SCAMCLI, "init", db], check=True, stderr=subprocess.DEVNULL)
    peers = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "sqlite-utils query": [PEER, "query", db, "select 1"],
    }
    commands = {
        'search --actor "Sar Kheng" --json': ["search", "--actor", "Sar Kheng", "--json"],
        "stats complaints, as a table": ["stats", "complaints", "--format", "table"],
        "timeline": ["timeline"],
        "--help": ["--help"],
    }
    lines = [f"| command | {' | '.join(f'against {name}' for name in peers)} |", "| --- |" + " ---: |" * len(peers)]
    for name, arguments in commands.items():
        found = ratios([SCAMCLI, *arguments, *(["--db", db] if name != "--help" else [])], peers)
        lines.append(f"| {name} | {' | '.join(f'{ratio:.2f}' for ratio in found.values())} |")
    return lines


def on_many(folder: Path, events: int) -> list[str]:
    """The same for a made-up timeline, whose import is timed once against each step of the peer's."""
    data, db, other = folder / "events.jsonl", str(folder / "many.db"), str(folder / "other.db")
    with data.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in generate.records(events))
    only = folder / "only-events.jsonl"
    with data.open(encoding="utf-8") as every, only.open("w", encoding="utf-8") as out:
        out.writelines(line for line in every if line.startswith('{"type": "event"'))
    imported = seconds([SCAMCLI, "import", str(data), "--db", db])
    inserted = seconds([PEER, "insert", other, "events", str(only), "--nl", "--pk", "id"])
    inserted += seconds([PEER, "enable-fts", other, "events", "title", "summary"])
    query = "select * from events where actors like '%\"Prak Sok\"%' order by date desc limit 50"
    found = ratios(
        [SCAMCLI, "search", "--actor", "Prak Sok", "--limit", "50", "--json", "--db", db],
        {"query": [PEER, "query", other, query]},
    )
    return [
        f"import of {events:,} events, against sqlite-utils insert --nl and enable-fts: {imported / inserted:.2f}",
        f"search --actor --limit 50 --json there, against sqlite-utils query: {found['query']:.2f}",
    ]


def main() -> None:
    """Print what was measured; the argument is the number of events of the larger timeline."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        lines = [*on_the_seed(Path(folder)), "", *on_many(Path(folder), events)]
    sys.stdout.write("\n".join(lines) + "\n")


main()
