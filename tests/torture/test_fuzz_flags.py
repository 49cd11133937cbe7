"""Command lines that nobody would type: every command, its own options, values that do not fit."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
import typer

from scamcli.cli.app import app
from scamcli.cli.command_table import COMMANDS, EDITS
from scamcli.cli.commands import sql
from tests.helpers.fuzzing import TEXTS, Bench, dumped
from tests.helpers.measure import dice, share
from tests.helpers.torture_driver import CODES, process, whole
from tests.torture.test_fuzz_records import LINES, mutated

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from tests.helpers.measure import Tally

PARTS = 8
WRITES = {
    "add",
    "edit",
    "remove",
    "undo",
    "names",
    "import",
    "redact",
    "check",
    "backup",
    "ingest",
    "review",
    "protect",
    "unprotect",
}
IDS = [
    "2022-09-19",
    "2022-08-18",
    "2022",
    "2",
    "2023-06-16-tier-3-kept",
    "1",
    "2",
    "0",
    "-1",
    "99999999999999999999",
    "x",
]
INTEGERS = [
    "0",
    "1",
    "2",
    "50",
    "-1",
    "99999999999999999999",
    "9223372036854775807",
    "1e3",
    "0x1",
    "١",
    "",
    "NaN",
    "1_0",
]
PATHS = ["x.db", "sub/x.db", "nowhere/x/y", ".", "..", "", "/dev/null", "/proc/version", "in.jsonl", "-", "a\nb.db",
"\u202edb.x",
         "=x.db", "%2e.db", "?x.db", "#x.db", "x.db?mode=memory", ":memory:", "file:x.db"]  # fmt: skip
QUERIES = [
    "SELECT 1", "SELECT * FROM events", "SELECT * FROM event", "SELECT * FROM sqlite_schema", "DELETE FROM events", "",
    ";", "SELECT 1; SELECT 2", "PRAGMA user_version = 9", "ATTACH 'x.db' AS y",
    "SELECT load_extension('x')", "VALUES (1)",
    "SELECT zeroblob(1000000000)", "SELECT randomblob(1000000000)", "SELECT hex(zeroblob(400000000))", "SELECT :x",
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n", "EXPLAIN SELECT 1",
    "SELECT printf('%.*c', 2000000000, 'x')", "SELECT " + "(" * 2000 + "1" + ")" * 2000, "CREATE TABLE x (y)", "BEGIN",
    "SELECT 1" + " UNION ALL SELECT 1" * 700, "SELECT count(*) FROM events a, events b, events c, events d, events e",
    "SELECT x'00ff'", "SELECT 1e999", "SELECT title FROM events WHERE title REGEXP '(a+)+b'", "SELECT fts5(1)",
    "SELECT title FROM events WHERE title LIKE '%a%b%c%d%e%f%g%'", "SELECT writefile('x', 'y')", "VACUUM INTO 'x.db'",
    "SELECT json_each('[')", "SELECT * FROM pragma_table_info('event')",
]  # fmt: skip


def commands() -> list[tuple[list[str], list[Any]]]:
    """Every command and sub-command, with its parameters."""
    group: Any = typer.main.get_command(app)
    found: list[tuple[list[str], list[Any]]] = []
    for command in (*COMMANDS, *EDITS):
        one = group.get_command(None, command.name)
        subs = getattr(one, "commands", None)
        found += (
            [([command.name, name], sub.params) for name, sub in subs.items()]
            if subs
            else [(command.name.split(), one.params)]
        )
    return found


ALL = commands()


def value(chance: random.Random, command: str, parameter: Any) -> str:
    """A value for a parameter: one that fits it, or not."""
    name, kind = str(parameter.name), str(getattr(parameter.type, "name", ""))
    if kind in {"path", "file"} or (command, name) in {("import", "paths"), ("ingest", "path")}:
        return chance.choice(PATHS)
    pools: list[list[str]] = [TEXTS]
    if command == "sql" and name == "query":
        pools += [QUERIES] * 6
    if command == "sql" and name == "timeout":
        return chance.choice(["-1", "0", "nan", "x", "0.2", "1e-9", "-inf", ""])
    if kind in {"integer", "float"} or "int" in kind:
        pools += [INTEGERS] * 3
    if kind == "choice":
        pools += [[str(getattr(one, "value", one)) for one in parameter.type.choices]] * 3
    if name in {"id_", "stdin", "same_as", "after", "change", "at", "name"}:
        pools += [IDS, ["-", "Sar Kheng", "Kuong Li"]] * 2
    text = chance.choice(chance.choice(pools))
    return text.replace("\x00", "")  # no argument of a process can hold it


def given(chance: random.Random, command: str, parameter: Any) -> list[str]:
    """What a command line says of one parameter: nothing, once, or too often."""
    if parameter.name == "db":
        return []
    if parameter.param_type_name == "argument":
        needed = parameter.required or chance.random() < 0.5
        return [value(chance, command, parameter) for _ in range(needed * chance.choice([1, 1, 1, 1, 2, 0]))]
    args = []
    for _ in range(chance.choice([0, 0, 0, 1]) * chance.choice([1, 1, 1, 2, 5])):
        args.append(chance.choice([*parameter.opts, *parameter.secondary_opts]))
        args += [] if parameter.is_flag else [value(chance, command, parameter)]
    return args


def command_line(chance: random.Random, db: Path) -> list[str]:
    """One command line: some of a command's options, and its arguments, more or fewer than it takes."""
    names, parameters = chance.choice(ALL)
    args = [one for parameter in parameters for one in given(chance, names[0], parameter)]
    if chance.random() < 0.05:
        odd = chance.choice(["--", "--nope", "-", "-z", "--json=1", "--limit", *TEXTS[:40]]).replace("\x00", "")
        args.insert(chance.randrange(len(args) + 1), odd)
    if chance.random() < 0.3:
        chance.shuffle(args)
    if names == ["sql"]:
        args = ["--timeout", "0.2", *args]
    if names == ["init"]:
        return [*names, *args]
    return [*names, "--db", str(db) if chance.random() < 0.98 else chance.choice(PATHS), *args]


@pytest.fixture
def _no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends a process that is stuck would end the tests."""
    monkeypatch.setattr(sql, "_watched", lambda _: nullcontext())


def may_write(args: list[str]) -> bool:
    if args[0] in {"actors", "sites"}:
        return args[1:2] in (["add"], ["edit"], ["remove"])
    if args[0] == "log":  # a request for a timestamp is remembered, so that its reply can be checked
        return any(arg.startswith("--timestamp-request") for arg in args)
    return args[0] in WRITES or (args[0] == "info" and any(arg.startswith("--min-cell") for arg in args))


@pytest.mark.usefixtures("_no_watch")
@pytest.mark.parametrize("part", range(PARTS))
def test_command_lines(part: int, seeded: Path, home: Path, tally: Tally) -> None:
    chance, bench = dice("flags", part), Bench(seeded)
    met: set[tuple[str, int]] = set()
    for n in range(share(25_000 // PARTS)):
        args = command_line(chance, seeded)
        stdin = b"" if chance.random() < 0.5 else chance.choice([*LINES[-40:], dumped(chance, mutated(chance))])
        writes = may_write(args)
        answer = bench.take(args, stdin, codes=CODES, changes=writes)
        met.add((args[0], answer.code))
        if answer.code not in {0, 1}:
            most = 2
            if args[0] == "import":  # which names up to a hundred wrong lines
                most = 102
            elif args[0] == "ingest":  # a line on each file, two on all, and one on who gets the text
                most = 3 + len(args)
            assert len(answer.err.splitlines()) <= most, (args, answer.err)
            assert len(answer.err) < 4_000 + sum(map(len, args)), (args, answer.err[:4_000])
        if answer.code == 0 and writes:
            if n % 20 == 0:
                whole(seeded)
            bench.put_back()
        clear(home)
    assert {name for name, _ in met} == {command.name for command in COMMANDS}
    tally.add("fuzzed command lines", bench.tried, bench.note())


def clear(home: Path) -> None:
    for one in home.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()


RAW = [b"\xff", b"\xed\xa0\x80", b"a\xc3", b"\xf4\x90\x80\x80", b"\x80" * 1000]


@pytest.mark.parametrize("raw", RAW)
def test_arguments_that_are_no_text(raw: bytes, seeded: Path) -> None:
    for args in (["search", raw], [raw], ["search", b"--actor", raw], ["search", "--db", raw]):
        answer = process(*args, "--db", str(seeded))
        assert answer.code in {2, 3, 5}, answer
        assert "Traceback" not in answer.err, answer
        assert "Internal error" not in answer.err, answer
