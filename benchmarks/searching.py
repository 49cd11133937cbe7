"""Searches in one process, each timed.

    python benchmarks/searching.py timeline.db 50 < searches.jsonl

prints a JSON array with the wall time, the processor time and the number of hits of each search, of which the first 50
are read. It must run in an environment in which scamcli is installed, where nothing else of the benchmark can be
imported.
"""

from __future__ import annotations

import json
import sys
import time

from scamcli.timeline import Page, Timeline, where


def main() -> None:
    """Run the searches that stdin gives on a timeline."""
    place, limit = sys.argv[1:]
    asked = [json.loads(line) for line in sys.stdin]
    took = []
    with Timeline(place) as timeline:
        for one in asked:
            wall, cpu = time.perf_counter(), time.process_time()
            hits = sum(1 for _ in timeline.find(where(**one), Page(limit=int(limit))))
            took.append((time.perf_counter() - wall, time.process_time() - cpu, hits))
    sys.stdout.write(json.dumps(took))


if __name__ == "__main__":
    main()
