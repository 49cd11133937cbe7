"""What is done with each fuzzed input, and what inputs are made of."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.helpers.torture_driver import Answer, contents, plain, run

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

LIMIT = 2.0
"""Seconds of processor time that any input may take."""
TIMES = 45
"""The same limit for slow or busy machines: a multiple of the time that creating the shipped timeline takes there."""

TEXTS = [
    "", " ", "\t", "a", "0", "-1", "1e400", "289", "more than 200", "T" * 5_000, "é" * 300, "\u202e\u2066evil\u2069",
    "\x1b[31m\x1b]0;title\x07", "a\x00b", "\x7f\x80\x9b31m", "\ufeff", "\u200b\u200d", "\ud7ff\ue000\uffff", "🇰🇭" * 50,
    "ស ខេង", "ព្រះសីហនុ", "西港", "ไทย", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "'x", "-x",
    "\"'`;--", "'; DROP TABLE event;--", "NEAR(a b)", "a AND", "OR", "NOT x", "\"", "a*", "^a", "{a b}: c", "col:x",
    "(",
    "[protected-123456]", "[redacted-123456]", "protected-1", "%s%n{0}", "../../x", "null", "NaN", "Infinity",
    "2022-09-19", "2022-09", "2022", "2022-09-19/2022-09-22", "2022-08-18/..", "../2022", "2022~", "2022-09-19?",
    "0000-00-00", "0000", "9999-12-31", "10000-01-01", "-0001", "2023-02-30", "2023-13", "2022-XX", "2022-21",
    "2022/2021",
    "2022-Q3", "2022-Q5", "２０２２", "2022-09-19T00:00:00Z", "Sar Kheng", "sar  kheng", "Kheng Sar",
    "Cambodian police",
    "Kandal", "Sihanoukville", "KH", "KHM", "Vietnamese", "complaints", "rescues", "total", "report", "raid", "speaker",
    "disputes: 2022-09-19", "complaints: more than 40; province: Kandal; by: Sar Kheng", "complaints: ; ; :", ":",
    ";", "a:b",
    "VOD; url: https://example.org; published: 2022-09-20; via: CamboJA", "Mae Sot; country: TH",
    "2022-09-19-complaints",
    "province", "nationality", "none", "any", "all", "json", "jsonl", "csv", "table", "markdown", "id,title",
    "id,,nope",
]  # fmt: skip

NUMBERS: list[Any] = [
    0, 1, -1, 2**31, 2**53, 2**53 + 1, -(2**63), 2**64, 10**30, 10**400, 0.5, -0.0, 1e-300, 1e308, float("nan"),
    float("inf"), float("-inf"), True, False, None,
]  # fmt: skip


def nested(depth: int, kind: str) -> Any:
    """Lists or objects in one another."""
    value: Any = 1
    for _ in range(depth):
        value = [value] if kind == "list" else {"a": value}
    return value


def hostile(chance: random.Random) -> Any:
    """A value that is not expected."""
    kind = chance.randrange(10)
    if kind < 5:
        return chance.choice(TEXTS)
    if kind < 8:
        return chance.choice(NUMBERS)
    return chance.choice([[], {}, [None], [[]], {"name": None}, ["a"] * 200, nested(30, "list"), nested(30, "object"),
                          {"name": "a", "role": "speaker"}, [1, "a", None, {}], "\ud800", "a\udfffb"])  # fmt: skip


class Bench:
    """One database on which inputs are tried, put back after each that changed it.

    Args:
        db: the database.
    """

    def __init__(self, db: Path) -> None:
        self.db = db
        self.raw = db.read_bytes()
        self.tried = self.accepted = 0
        self.slowest = 0.0

    def put_back(self) -> None:
        """The database as it was: another file, so that nothing that still holds the last one open touches it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.db}{suffix}").unlink(missing_ok=True)
        self.db.write_bytes(self.raw)

    def run(self, args: list[str], stdin: bytes = b"") -> Answer:
        """One input: in time, also where the machine is busy with something else."""
        self.tried += 1
        answer, seconds = timed(args, stdin)
        if seconds > LIMIT:
            self.put_back()
            answer, seconds = timed(args, stdin)
            assert seconds <= self.limit(), (seconds, shown(args), shown(stdin))
        self.slowest = max(self.slowest, seconds)
        return answer

    @staticmethod
    def limit() -> float:
        """Return the limit for this machine at this moment."""
        with tempfile.TemporaryDirectory() as folder:
            pace = min(timed(["init", f"{folder}/{number}.db"])[1] for number in range(3))
        return max(LIMIT, TIMES * pace)

    def take(self, args: list[str], stdin: bytes = b"", *, codes: Iterable[int], changes: bool) -> Answer:
        """Try an input that may change the database where it is taken, and must not where it is refused."""
        answer = self.run(args, stdin)
        plain(answer, codes, (shown(args), shown(stdin)))
        if changes and answer.code == 0:
            self.accepted += 1
        else:
            assert contents(self.db) == self.raw, ("it changed the database", answer.code, shown(args), shown(stdin))
        return answer

    def note(self) -> str:
        """What to say of it all: how many were taken, and how long the slowest took."""
        told = [f"{self.accepted} taken"] if self.accepted else []
        return ", ".join([*told, f"slowest {self.slowest:.2f} s"])


def timed(args: list[str], stdin: bytes = b"") -> tuple[Answer, float]:
    """What a command answers, and the seconds of processor time that it takes."""
    begun = time.process_time()
    answer = run(*args, stdin=stdin)
    return answer, time.process_time() - begun


def shown(value: object) -> str:
    """An input to print, so that it can be tried again."""
    text = repr(value)
    return text if len(text) < 4_000 else f"{text[:2_000]} … {len(text)} characters"


def dumped(chance: random.Random, value: Any) -> bytes:
    """A value as a line of JSON, in one of the ways to write one."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.3)
    return text.encode("utf-8", "surrogatepass" if chance.random() < 0.5 else "backslashreplace")
