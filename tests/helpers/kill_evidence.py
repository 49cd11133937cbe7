"""Kill a command that changes evidence at each call that changes a file, or let a second one run there.

Run as a script of its own with LD_PRELOAD (``dying.c``). On stdin: a plan. On stdout: a line of JSON for each call:
its number, and what the folder is afterwards.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from tests.helpers.torture_driver import run

BETWEEN = 0.4
"""Seconds that the second command gets before the first goes on."""


def state(db: Path) -> list[dict[str, object]]:
    """Return everything that the timeline says about evidence, without times and numbers of changes."""
    from scamcli import Timeline

    with Timeline(db, include_protected=True) as timeline:
        return [
            {key: value for key, value in row.items() if key not in {"custody", "file"}}
            | {"custody": [[one["action"], one["detail"]] for one in row["custody"]]}
            for row in timeline.evidence(removed=True)
        ]


def wrong(db: Path) -> list[str]:
    """Return what is not as it should be after the next command, and what lies beside the files."""
    from scamcli import Timeline
    from scamcli.store.evidence_folder import folder_of
    from scamcli.timeline.bag_checks import verify_bag

    with Timeline(db, include_protected=True) as timeline:
        found = [str(row) for row in (*timeline.verify(), *timeline.verify_evidence())]
    if Path("out/bagit.txt").exists():
        found += map(str, verify_bag(Path("out")).problems)
    for copy in (Path("out/t.db"), Path("again/t.db")):
        if copy.exists():
            with Timeline(copy, include_protected=True) as timeline:
                found += [str(row) for row in (*timeline.verify(), *timeline.verify_evidence())]
    if Path("again").exists():  # the next backup, which deletes what a killed one left
        found += [path.name for path in Path().iterdir() if path.name.startswith(".")]
    folder = folder_of(db)
    return found + [path.name for path in (folder.iterdir() if folder.exists() else ()) if path.name.startswith(".")]


def child(args: list[str], library: Any, at: int, how: int) -> int:
    """Start a command in a process of its own that dies or stops at a call; return its id."""
    made = os.fork()
    if made == 0:
        library.dying_by(how)
        library.dying_after(at, int(how == signal.SIGKILL))  # of the write where it is killed, one byte
        code = run(*args).code
        Path(f"../calls-{os.getpid()}").write_text(str(library.dying_calls()), encoding="utf-8")
        os._exit(code)
    return made


def main() -> None:
    plan = json.load(sys.stdin)
    library, folder = ctypes.CDLL(None), Path(plan["folder"])
    work = folder.with_name("work")

    def fresh() -> None:
        os.chdir(folder.parent)
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(folder, work)
        os.chdir(work)

    fresh()
    db = Path("t.db")
    states = [state(db)]
    first = child(plan["args"], library, -1, signal.SIGKILL)
    assert os.waitpid(first, 0)[1] == 0
    calls = int(Path(f"../calls-{first}").read_text(encoding="utf-8"))
    states.append(state(db))
    assert plan["second"] or plan["args"][0] == "backup" or states[0] != states[1], "the command changes nothing"
    for at in range(1, calls + 1, plan["step"]):
        fresh()
        if plan["second"]:
            codes = list(two(plan, library, at))
        else:
            codes = [os.waitpid(child(plan["args"], library, at, signal.SIGKILL), 0)[1]]
            run(*plan["next"])
        found, after = wrong(db), state(db)
        there = (work / "out").exists()
        line = {
            "call": at, "codes": codes, "wrong": found, "state": states.index(after) if after in states else -1,
            "files": sorted(str(row["sha256"]) for row in after if row["removed"] is None), "out": there,
        }  # fmt: skip
        sys.stdout.write(f"{json.dumps(line)}\n")
        sys.stdout.flush()


def two(plan: dict[str, Any], library: Any, at: int) -> tuple[int, int]:
    """Stop the first command at a call, start the second, let the first go on, and return how both ended."""
    first = child(plan["args"], library, at, signal.SIGSTOP)
    status = os.waitpid(first, os.WUNTRACED)[1]
    is_stopped = os.WIFSTOPPED(status)  # else it made fewer calls than it did alone, and has ended
    second = child(plan["second"], library, -1, signal.SIGKILL)
    if is_stopped:
        time.sleep(BETWEEN)
        os.kill(first, signal.SIGCONT)
        status = os.waitpid(first, 0)[1]
    return os.waitstatus_to_exitcode(status), os.waitstatus_to_exitcode(os.waitpid(second, 0)[1])


if __name__ == "__main__":
    main()
