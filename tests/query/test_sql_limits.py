"""``scamcli sql`` streams, and ends in time, even if nobody reads on, or SQLite itself would not stop."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.patience import PATIENCE, take_signals
from tests.helpers.terminals import SCRIPT, piped

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


def refused(*arguments: str) -> str:
    """The message of a refusal."""
    seen = run("sql", *arguments)
    assert (seen.code, seen.out) == (2, ""), seen
    return seen.err


@pytest.mark.parametrize("format_", ["tsv", "csv", "json", "jsonl", "markdown"])
def test_rows_are_streamed_and_a_closed_pipe_is_no_error(format_: str) -> None:
    command = [SCRIPT, "sql", COUNTING + "SELECT i FROM n", "--format", format_]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert len([process.stdout.readline() for _ in range(3)]) == 3
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 0


MEMORY = """
import os, resource, sys
from scamcli.cli.app import app
sys.stdout = open(os.devnull, "w")
sys.argv = ["scamcli", "sql", sys.argv[1]]
try:
    app()
finally:
    sys.stderr.write(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
"""


def test_streaming_takes_no_memory() -> None:
    def peak(rows: int) -> int:
        query = f"{COUNTING}SELECT i, printf('%100d', i) FROM n LIMIT {rows}"
        seen = piped("-c", MEMORY, query, command=(sys.executable,))
        return int(seen.err.split()[-1])

    assert peak(300_000) < peak(10) + 8_000


def test_a_query_is_stopped_in_time() -> None:
    for query in (COUNTING + "SELECT count(*) FROM n", COUNTING + "SELECT i FROM n ORDER BY 1"):
        said = refused(query, "--timeout", "0.2")
        assert "stopped after 0.2 seconds" in said
        assert "--timeout" in said


def test_a_time_is_positive() -> None:
    for seconds in ("0", "-1", "nan"):
        assert "more than 0" in refused("SELECT 1", "--timeout", seconds)
    assert done("sql", "SELECT 1 AS a", "--timeout", "inf", "--json").json == [{"a": 1}]


LONG = [
    "SELECT instr(hex(zeroblob(8000000)), hex(zeroblob(4000000)) || 'b')",
    "WITH c0 AS (SELECT 1 AS x)"
    + "".join(f", c{n + 1} AS (SELECT a.x FROM c{n} a, c{n} b)" for n in range(30))
    + " SELECT * FROM c30",
]


@pytest.mark.parametrize("query", LONG, ids=["in one call of a function", "before it runs"])
def test_what_cannot_be_stopped_is_ended(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine, the second query needs more than the usual limit before its time is looked at.
    monkeypatch.setenv("SCAMCLI_LIMITS", "sqlite-memory=4G,memory=6G")
    seen = piped("sql", query, "--timeout", "0.1")
    assert (seen.code, seen.out) == (2, "")
    assert seen.err == "scamcli: The query was stopped after 0.1 seconds.\n"


def test_a_slow_reader_is_no_reason_to_stop() -> None:
    command = [SCRIPT, "sql", COUNTING + "SELECT i FROM n LIMIT 60000", "--timeout", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        time.sleep(6)
        assert len(process.stdout.readlines()) == 60_000
        assert process.stderr.read() == b""


def test_an_interrupt_ends_it() -> None:
    query = f"{COUNTING}SELECT count(*) FROM n{' ' * 500_000}"
    pipe = subprocess.PIPE
    command = [SCRIPT, "sql", "-"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=take_signals) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        # This is more than a pipe holds: it is written once the command has started to read.
        process.stdin.write(query.encode())
        process.stdin.close()
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 130
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")
