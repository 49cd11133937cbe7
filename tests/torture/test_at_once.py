"""Sixteen processes write the same database at once, while others read it and copy it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

from scamcli.store.history import user
from tests.helpers.measure import share
from tests.helpers.paths import ROOT
from tests.helpers.patience import PATIENCE
from tests.helpers.torture_driver import environment, export, log, ok, whole

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.measure import Tally

WRITERS = 16
ADDS, EDITS, REMOVALS = share(250), share(50), share(10)
REAL = 25
"""Every so many commands, one is a process of its own."""

WRITER = """
import json, sys
from tests.helpers.torture_driver import process, run
db, writer, adds, edits, removals, real = sys.argv[1], *(int(one) for one in sys.argv[2:])
done = 0
def command(*args):
    global done
    done += 1
    given = (*args, "--as", f"writer {writer}", "--db", db)
    answer = process(*given) if done % real == 0 else run(*given)
    if answer.code != 0:
        sys.exit(f"{given}: {answer}")
    return answer.out.strip()
ids = []
for n in range(adds):
    title = f"What writer {writer} says as number {n}"
    ids.append(command("add", "--date", f"2023-{n % 12 + 1:02}", "--kind", "report", "--title", title,
        "--actor", f"Person {writer} of {n}: speaker", "--new-actor",
        "--figure", f"complaints: more than {n + 1}; by: Person {writer} of {n}", "--source", "VOD"))
for n in range(edits):
    words = f"edited by writer {writer}, {n}"
    command("edit", ids[n % len(ids)], "--summary", words, "--note", words)
for n in range(removals):
    command("remove", ids.pop())
print(json.dumps(ids))
"""

KINDS, BACKUP = 3, 1
"""How many kinds of reads a reader takes in turn, and which of them makes a copy, which is a change by the user."""

READER = """
import json, sys
from pathlib import Path
from tests.helpers.torture_driver import ok, whole
db, work, which = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
def export():
    actors, events = set(), []
    for line in ok("export", "jsonl", "--db", db).splitlines():
        record = json.loads(line)
        actors |= {record["name"]} if record["type"] == "actor" else set()
        events += [record] if record["type"] == "event" else []
    for event in events:
        assert event["summary"] == event["note"] or event["note"] is None or "writer" not in event["title"], event
        assert {one["name"] for one in event["actors"]} <= actors, event
def backup():
    copy = work / f"copy-{which}-{done}.db"
    ok("backup", str(copy), "--db", db)
    whole(copy)
    copy.unlink()
def verify():
    whole(Path(db))
kinds, done = [export, backup, verify], 0
assert (len(kinds), kinds.index(backup)) == tuple(map(int, sys.argv[4:]))
while not (work / "stop").exists():
    kinds[(done + which) % len(kinds)]()
    done += 1
print(done)
"""


def started(script: str, home: Path, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, *map(str, args)],
        cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(home),
    )  # fmt: skip


def test_sixteen_writers_and_three_readers(seeded: Path, home: Path, tally: Tally) -> None:
    before = log(seeded)
    readers = [started(READER, home, seeded, home, n, KINDS, BACKUP) for n in range(3)]
    writers = [started(WRITER, home, seeded, n, ADDS, EDITS, REMOVALS, REAL) for n in range(WRITERS)]
    told = [one.communicate(timeout=12 * PATIENCE) for one in writers]
    (home / "stop").touch()
    read = [one.communicate(timeout=PATIENCE) for one in readers]
    assert [one.returncode for one in writers] == [0] * WRITERS, [err[-500:] for _, err in told if err]
    assert [one.returncode for one in readers] == [0] * len(readers), [err[-1500:] for _, err in read if err]
    answers = [json.loads(out) for out, _ in told]
    ids = {id_ for written in answers for id_ in written}
    assert len(ids) == WRITERS * (ADDS - REMOVALS), "two events were given one id"
    stored = {one["id"] for one in map(json.loads, export(seeded).splitlines()) if "writer" in one.get("title", "")}
    assert stored == ids
    changes = log(seeded)[: -len(before)]
    each = ADDS + EDITS + REMOVALS
    copies = sum((done + which) % KINDS == BACKUP for which, (out, _) in enumerate(read) for done in range(int(out)))
    assert copies, "nothing was copied"
    assert Counter((one["by"], one["command"]) for one in changes) == {
        (f"writer {n}", command): number
        for n in range(WRITERS)
        for command, number in {"add": ADDS, "edit": EDITS, "remove": REMOVALS}.items()
    } | {(user(), "backup"): copies}
    numbers = [one["change"] for one in changes]
    assert numbers == sorted(set(numbers), reverse=True)
    whole(seeded)
    assert ok("search", "--count", "--db", str(seeded)) == f"{50 + len(ids)}\n"
    count = sum(int(out) for out, _ in read)
    assert count >= len(readers)
    tally.add(
        "writes of 16 processes at once",
        WRITERS * each,
        f"{count} reads and copies meanwhile",
    )
