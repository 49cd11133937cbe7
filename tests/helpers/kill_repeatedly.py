"""Run one command again and again, and kill it each time at another moment. Run as a script of its own.

It loads the command line once and forks for each run, so that no run pays for the start, and no thread is there to be
forked. Half of the kills come at a moment of the clock, half at a call that changes a file (``dying.c``, loaded with
LD_PRELOAD, where there is a compiler). On stdin: a plan. On stdout: a line of JSON a kill.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from scamcli.store.schema import STEPS

CODE = 99

WRITING = {
    "backup": "copy.db",
    "export": "events.jsonl",
}
"""Commands that do not change the database, and what they write."""


def in_a_child(work: Any) -> tuple[str, int]:
    """What a function says, in a process that may die of it; and how that ended."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        code = 0
        try:
            said = work() or ""
        except BaseException as error:
            said, code = f"{type(error).__name__}: {error}", CODE
        with os.fdopen(into, "w") as stream:
            stream.write(said)
        os._exit(code)
    os.close(into)
    with os.fdopen(out) as stream:
        said = stream.read()
    return said, os.waitpid(child, 0)[1]


def killed(work: Any, seconds: float) -> int:
    """Run a function in a child and kill it after so long; how it ended."""
    done, doing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(done)
        try:
            work()
        except BaseException:
            os._exit(CODE)
        os._exit(0)
    os.close(doing)
    select.select([done], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.close(done)
    return os.waitpid(child, 0)[1]


class Killing:
    """One command, on copies of one folder.

    Args:
        plan: folder, args, stdin, number, seed, and whether calls can be counted.
    """

    def __init__(self, plan: dict[str, Any]) -> None:
        from tests.helpers import torture_driver

        self.driving = torture_driver
        self.plan = plan
        self.dice = random.Random(plan["seed"])
        self.work = Path(plan["folder"]).with_name("work")
        self.db = self.work / plan["db"]
        self.calls = self.library()

    def library(self) -> Any:
        try:
            return ctypes.CDLL(None).dying_after and ctypes.CDLL(None)
        except AttributeError:
            return None

    def fresh(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.plan["folder"], self.work)
        os.environ["XDG_DATA_HOME"] = str(self.work)
        os.chdir(self.work)

    def command(self, at_call: int = -1, part: int = 0) -> str:
        stdin = Path(self.plan["stdin"]).read_bytes() if self.plan["stdin"] else b""
        if self.calls:
            self.calls.dying_after(at_call, part)
        answer = self.driving.run(*self.plan["args"], stdin=stdin)
        if answer.code != 0:
            raise AssertionError(f"{self.plan['args']}: {answer}")
        return str(self.calls.dying_calls() if self.calls else 0)

    def looked_at(self) -> str:
        """What is there now: whole, and what it says."""
        if self.plan["what"] == "first use":
            self.driving.ok("search", "--count")
        self.driving.whole(self.db)
        for copy in [one for one in self.work.glob("*.db") if one != self.db]:
            self.driving.whole(copy)
        return self.driving.state(self.db)

    def progress(self) -> str:
        """How far a command had come that does not change the content of the database."""
        if self.plan["what"] in WRITING:
            return "after" if (self.work / WRITING[self.plan["what"]]).exists() else "before"
        if not self.db.exists():
            return "before"
        with closing(sqlite3.connect(self.db)) as raw:
            if not raw.execute("SELECT 1 FROM sqlite_schema").fetchone():
                return "before"
            (step,) = raw.execute("SELECT max(name) FROM _sqlite_migrations").fetchone()
            (mark,) = raw.execute("PRAGMA user_version").fetchone()
        return "before" if mark or step != STEPS[-1].__name__ else "after"

    def after_one_more_export(self) -> str:
        """The files and folders that are there after the same export as was killed, or after an export if none was."""
        again = (
            self.plan["args"] if self.plan["what"].startswith("export") else ["export", "jsonl", "-o", "events.jsonl"]
        )
        self.driving.ok(*again, *([] if "--db" in again else ["--db", str(self.db)]))
        return "\n".join(sorted(str(one.relative_to(self.work)) for one in self.work.rglob("*")))

    def after_one_more_command(self) -> str:
        self.driving.ok("search", "--count", "--db", str(self.db))
        return self.driving.contents(self.db).decode("latin-1").casefold()

    def go(self) -> None:
        states = self.allowed()
        for n in range(self.plan["number"]):
            self.fresh()
            by_call = bool(self.calls) and (n % 2 == 0 or self.seconds < 0.02)
            share = (n // 2 + self.dice.random()) / ((self.plan["number"] + 1) // 2)
            if by_call:
                at, part = self.call(n, share), self.dice.choice([0, 0, 1, 24, 512, 4096])
                _, status = in_a_child(lambda at=at, part=part: self.command(at, part))
                moment = f"call {at} of {self.count}"
            else:
                status = killed(self.command, share * self.seconds * 1.05)
                moment = f"{share:.2f} of {self.seconds:.3f} s"
            self.judge(states, moment, status)

    def call(self, n: int, share: float) -> int:
        """Which call to die at: spread over all, and each second time among the last, where the commit is."""
        if n % 4 == 0:
            return self.count - self.dice.randrange(min(self.count, 25))
        return 1 + min(int(share * self.count), self.count - 1)

    def allowed(self) -> dict[str, str]:
        """The permitted contents of a database: before and after the command; and how long the command takes."""
        self.fresh()
        before, status = in_a_child(self.looked_at)
        assert status == 0, before
        times = []
        for _ in range(2):
            self.fresh()
            begun = time.monotonic()
            calls, status = in_a_child(self.command)
            times.append(time.monotonic() - begun)
            assert status == 0, calls
        self.seconds, self.count = min(times), int(calls)
        after, status = in_a_child(self.looked_at)
        assert status == 0, after
        assert before != after or self.plan["same"], "the command changes nothing"
        return {after: "after", before: "before"}

    def judge(self, states: dict[str, str], moment: str, status: int) -> None:
        hit = os.WIFSIGNALED(status)
        files = [one for one in self.work.rglob("*") if one.is_file()]
        left = sorted(one.name for one in files)
        plain = [one.name for one in files if one != self.db and one.read_bytes().startswith(b"SQLite format 3")]
        so_far = in_a_child(self.progress)[0] if self.plan["same"] else None
        found, code = in_a_child(self.looked_at)
        told = {"moment": moment, "hit": hit, "left": left, "plain": plain, "progress": so_far}
        told["state"] = states.get(found, f"neither: {found[:3000]}") if code == 0 else f"damaged: {found[:3000]}"
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
            told["state"] = f"the command failed: {status}"
        if self.plan["name"] and told["state"] == "after":
            raw, _ = in_a_child(self.after_one_more_command)
            told["raw"] = any(
                self.plan["name"].casefold().encode(code).decode("latin-1") in raw for code in ("utf-8", "utf-16-le")
            )
        if self.plan["what"] in WRITING:
            told["next"] = in_a_child(self.after_one_more_export)[0].splitlines()
        print(json.dumps(told), flush=True)  # noqa: T201


if __name__ == "__main__":
    Killing(json.load(sys.stdin)).go()
