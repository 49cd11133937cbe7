"""On a real terminal and in a real pipe: tables or tabs, colours, screenfuls, closed pipes, interruption."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess

import pytest
from rich.cells import cell_len

from tests.helpers.command_line import done
from tests.helpers.patience import PATIENCE, take_signals
from tests.helpers.terminals import SCRIPT, on_terminal, piped

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3|4|9|10)\d(?:;\d+)*m")


def plain(text: str) -> str:
    return ESCAPE.sub("", text)


SAME = [
    (("search", "--kind", "report"), True),
    (("timeline",), False),
    (("show", "2022-09-19"), False),
    (("actors", "Sar Kheng"), False),
]


@pytest.mark.parametrize("columns", [60, 200])
@pytest.mark.parametrize(("arguments", "tabular"), SAME, ids=[" ".join(arguments) for arguments, _ in SAME])
def test_a_terminal_gets_the_text_of_its_width(
    arguments: tuple[str, ...], tabular: bool, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = on_terminal(*arguments, columns=columns, lines=60)
    monkeypatch.setenv("COLUMNS", str(columns))
    expected = done(*arguments, *(("--format", "table") if tabular else ()))
    assert (real.code, plain(real.out)) == (0, expected.out)
    assert "\t" not in real.out


@pytest.mark.parametrize("columns", [60, 101, 200])
def test_figures_on_a_terminal(columns: int) -> None:
    out = plain(on_terminal("stats", "complaints", columns=columns, lines=60).out)
    numbers = ("more than 200", "212", "more than 600", "not stated", "18", "Sar Kheng")
    assert [number for number in numbers if number not in out] == []
    assert [line for line in out.splitlines() if cell_len(line) > columns] == []


def test_a_table_on_a_terminal_and_tabs_in_a_pipe() -> None:
    terminal, pipe = on_terminal("search", columns=120, lines=60), piped("search")
    assert "─" in terminal.out
    assert pipe.out.splitlines()[0] == "date\tkind\ttitle\tprovinces\tmatch\tid"
    assert len(pipe.out.splitlines()) == 51
    assert "\x1b" not in pipe.out + pipe.err


@pytest.mark.parametrize("arguments", [("search", "--json"), ("stats", "complaints", "--json")], ids=" ".join)
def test_json_does_not_depend_on_the_terminal(arguments: tuple[str, ...]) -> None:
    expected = piped(*arguments).out
    json.loads(expected)
    assert on_terminal(*arguments, columns=40, lines=10).out == expected
    assert piped(*arguments, env={"COLUMNS": "20", "LINES": "5", "TERM": "dumb"}).out == expected


PLAIN = [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}]


@pytest.mark.parametrize("env", PLAIN, ids=str)
@pytest.mark.parametrize("arguments", [("search",), ("stats", "complaints")], ids=" ".join)
def test_no_colour_where_it_is_not_wanted(arguments: tuple[str, ...], env: dict[str, str]) -> None:
    out = on_terminal(*arguments, env=env).out
    assert COLOUR.findall(out) == []
    if env.get("TERM") == "dumb":
        assert "\x1b" not in out


@pytest.mark.parametrize(
    "arguments", [("search",), ("stats", "complaints", "--format", "table"), ("--help",)], ids=" ".join
)
def test_no_colour_codes_in_a_pipe(arguments: tuple[str, ...]) -> None:
    seen = piped(*arguments, env={"TERM": "xterm-256color", "COLORTERM": "truecolor", "CLICOLOR_FORCE": "1"})
    assert "\x1b" not in seen.out + seen.err


def test_a_list_stops_at_a_screenful_and_says_of_how_many() -> None:
    seen = on_terminal("search", columns=160, lines=24)
    shown = re.findall(r"(?m)^20\d\d-\d\d-\d\d", plain(seen.out))
    assert 10 <= len(shown) < 24
    last = seen.err.splitlines()[-1]
    assert f"{len(shown)} of 50" in last
    assert done("search", "--limit", str(len(shown)), "--json").ids[-1] == last.rpartition("--after ")[2]


UNCUT = [("search", "--format", "tsv"), ("search", "--limit", "50"), ("timeline",)]


@pytest.mark.parametrize("arguments", UNCUT, ids=" ".join)
def test_only_a_table_on_a_terminal_is_cut(arguments: tuple[str, ...]) -> None:
    seen = on_terminal(*arguments, columns=120, lines=15)
    assert seen.err == ""
    assert len(re.findall(r"(?m)^20\d\d-\d\d-\d\d", plain(seen.out))) == 50


@pytest.mark.parametrize("arguments", [("actors",), ("stats", "events", "--by", "actor")], ids=" ".join)
def test_other_long_lists_are_never_cut_silently(arguments: tuple[str, ...]) -> None:
    seen = on_terminal(*arguments, columns=200, lines=15)
    names = [str(row.get("name") or row.get("actor") or "not stated") for row in done(*arguments, "--json").json]
    shown = [name for name in names if name in plain(seen.out)]
    assert len(shown) == len(names) or f"of {len(names)}" in seen.err


CLOSED = [
    ("export jsonl", "head -n 1"), ("search --json", "head -n 1"), ("timeline", "head -n 1"),
    ("export jsonl", "true"), ("search --format csv", "true"), ("search --format table", "true"),
    ("stats complaints --json", "true"), ("show 2022-09-19", "true"), ("schema", "true"), ("--help", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "reader"), CLOSED)
def test_a_closed_pipe_is_no_error(arguments: str, reader: str) -> None:
    script = f"({SCRIPT} {arguments}; echo code $? >&2) | {reader} > /dev/null"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert ran.stderr == "code 0\n"


def test_interrupted_is_130_and_says_little() -> None:
    process = subprocess.Popen(
        [SCRIPT, "import", "-", "--db", os.environ["HOME"] + "/new.db"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=take_signals,
    )  # fmt: skip
    assert process.stdin is not None
    # This is more than a pipe holds: it is written once the command has started to read.
    process.stdin.write(b'{"type": "event"' + b" " * 500_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert len(err.splitlines()) <= 1


@pytest.mark.parametrize("command", [("search",), ("actors",)])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_screenful_fills_the_screen(command: tuple[str, ...], columns: int) -> None:
    shown = plain(on_terminal(*command, columns=columns, lines=40).out).splitlines()
    assert 24 <= len(shown) <= 40, len(shown)
