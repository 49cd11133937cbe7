"""Short commands load little: few modules, none that only other requests need, and few named tuples.

Loading takes most of the time of a short command. Defining a named tuple takes 0.1 ms, and 0.2 ms if its annotations
are text, which Python then compiles. docs/architecture.md says what takes their place.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """
import json, os, sys
from pathlib import Path
from typing import ForwardRef

from scamcli.__main__ import run

def report(code):
    ours = [one for one in tuple.__subclasses__() if one.__module__.startswith("scamcli.") and hasattr(one, "_fields")]
    named = {f"{one.__module__}.{one.__name__}": one.__annotations__.values() for one in ours}
    texts = [name for name, types in named.items() if any(isinstance(type_, ForwardRef) for type_ in types)]
    modules = sorted(name for name in sys.modules if name.partition(".")[0] == "scamcli")
    Path(target).write_text(json.dumps([code, modules, sorted(named), texts]))
    leave(code)

target, leave, os._exit = sys.argv.pop(1), os._exit, report
run()
"""
"""Runs a command, and writes what it loaded when it ends."""


class Start(NamedTuple):
    """A command, the most modules and named tuples of ours that it may load, and packages that it must not load."""

    words: tuple[str, ...]
    modules: int
    named_tuples: int
    unused: tuple[str, ...]


NO_WRITING = ("cli.write_options", "store.writer", "store.transaction", "store.derived", "records.models", "checks")
NO_NAMES = ("query.whole_words", "store.printed_ids", "records.masking")
NO_NUMBERS = ("numbers", "stats", "language.wording")
NO_TEXTS = ("ingest", "output.text", "output.phrases", "exchange", "merge")

STARTS = {
    "help": Start(("--help",), 18, 1, ("cli.options", "timeline", "query", "store", "language", *NO_NUMBERS)),
    "search": Start(
        ("search", "--json"), 41, 4, (*NO_WRITING, *NO_NAMES, *NO_NUMBERS, *NO_TEXTS, "query.date_ranges"),
    ),
    "search for an actor": Start(
        ("search", "--actor", "Sar Kheng", "--json"), 41, 4, (*NO_WRITING, *NO_NAMES, *NO_NUMBERS, *NO_TEXTS),
    ),
    "show": Start(
        ("show", "2022-09-19", "--json"), 41, 4,
        (*NO_WRITING, *NO_NUMBERS, *NO_TEXTS, "cli.filter_options", "cli.record_history"),
    ),
}  # fmt: skip


Started = tuple[Start, list[list[str]]]
"""A row, and what its command loaded: modules, named tuples, and those of them with annotations that are text."""


@pytest.fixture(scope="module", params=STARTS)
def started(request: pytest.FixtureRequest, seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Started:
    start = STARTS[request.param]
    target = tmp_path_factory.mktemp("start") / "loaded.json"
    words = start.words if start.words == ("--help",) else (*start.words, "--db", str(seeded))
    done = subprocess.run(
        [sys.executable, "-c", REPORT, str(target), *words], capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    code, *loaded = json.loads(target.read_text())
    assert code == 0
    return start, loaded


def test_only_what_a_command_needs_is_loaded(started: Started) -> None:
    start, (modules, _, _) = started
    unused = [f"scamcli.{one}" for one in start.unused]
    assert [one for one in modules if any(one == other or one.startswith(f"{other}.") for other in unused)] == []


def test_few_modules_are_loaded(started: Started) -> None:
    start, (modules, _, _) = started
    assert len(modules) <= start.modules, modules


def test_few_named_tuples_are_defined(started: Started) -> None:
    start, (_, named_tuples, _) = started
    assert len(named_tuples) <= start.named_tuples, named_tuples


def test_no_annotation_of_a_named_tuple_is_compiled(started: Started) -> None:
    _, (_, _, from_text) = started
    assert from_text == []
