"""Hostile files of every format: each ends by itself, within 1 GiB, with an error in plain words.

Each runs in a process of its own, which is forked from this one once all libraries are loaded; the system measures what
it used. ``SCAMCLI_TORTURE=1`` runs all 7,000.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
import warnings
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.helpers.hostile_inputs import FORMATS, Case
from tests.helpers.measure import IS_FULL, dice, share
from tests.helpers.torture_driver import ok

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.measure import Tally

resource = pytest.importorskip("resource", reason="only POSIX limits a process")

CASES, FEW = 7_000, 3
"""All, and those of each format in the small size."""

PATIENCE, MEMORY = 120, 1 << 20
"""After so much processor time a command is taken to be endless, and killed; and the KiB that one may use."""

CODES = frozenset({0, 1, 2, 3, 4, 5})


class Run(NamedTuple):
    """What a command did: its exit code (negative: the signal that ended it), its cost, and what it said."""

    code: int
    kib: int
    said: str


def load_libraries() -> None:
    """Import what the commands would import, so that each child begins with it."""
    import bagit  # noqa: F401
    import lxml.html  # noqa: F401
    import openpyxl  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import pypdf  # noqa: F401
    import trafilatura  # noqa: F401
    import warcio.archiveiterator  # noqa: F401

    from scamcli.cli.commands import diff, evidence, import_, ingest, merge, sql  # noqa: F401
    from scamcli.ingest import pipeline  # noqa: F401
    from scamcli.timeline import Timeline  # noqa: F401


def forked(args: list[str], folder: Path) -> Run:
    """Run a command in a child of this process, and say what it used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # threads that a library started before do nothing here
        child = os.fork()
    if child == 0:
        _run_here(args, folder)
    _, status, used = os.wait4(child, 0)
    said = (folder / "err").read_text(encoding="utf-8", errors="replace")
    return Run(os.waitstatus_to_exitcode(status), used.ru_maxrss, said)


def _run_here(args: list[str], folder: Path) -> None:
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        resource.setrlimit(resource.RLIMIT_DATA, (4 << 30, 4 << 30))
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(folder / "err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate(("r", "w", "w")))
        sys.argv = ["scamcli", *args]
        from scamcli.cli import main

        main.main()
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(99)


def tried(case: Case, folder: Path) -> Run:
    for name in ("table.csv", "a" * 90 + "!.csv"):  # the second makes patterns with (a+)+ endless
        (folder / name).write_text("date,title\n2024-01-02,A raid\n", encoding="utf-8")
    path = folder / case.name
    path.write_bytes(case.data)
    args = [part.replace("{}", str(path)) if part == "{}" else part for part in case.args]
    try:
        return forked([*args, "--db", str(folder / "t.db")], folder)
    finally:
        path.unlink()


@pytest.mark.parametrize("format_", FORMATS)
def test_a_hostile_file_costs_little_and_is_answered_in_plain_words(
    format_: str, tmp_path: Path, pristine: Path, tally: Tally
) -> None:
    load_libraries()
    chance, number = dice("hostile", format_), share(CASES // len(FORMATS) + 1) if IS_FULL else FEW
    largest = 0
    failed = list[str]()
    for at in range(number):
        case = FORMATS[format_](chance)
        (tmp_path / "t.db").write_bytes(pristine.read_bytes())
        run = tried(case, tmp_path)
        largest = max(largest, run.kib)
        is_plain = run.code in CODES and "Traceback" not in run.said and "Internal error" not in run.said
        if not is_plain or run.kib > MEMORY:
            kept = tmp_path / f"bad-{at}-{case.name}"
            kept.write_bytes(case.data)
            failed.append(f"{kept} {case.args}: {run._replace(said=run.said[-300:])}")
        for left in tmp_path.glob("t.db*"):
            left.unlink()
        shutil.rmtree(tmp_path / "t.evidence", ignore_errors=True)
    tally.add(f"hostile files: {format_}", number, f"{largest >> 10} MiB at most")
    assert not failed, "\n".join(failed)


def test_a_command_that_ends_badly_is_seen(tmp_path: Path) -> None:
    """The judge itself: a child's exit code, memory and words are told."""
    ok("init", str(tmp_path / "t.db"))
    run = tried(Case("a.csv", b"", ("import", "{}")), tmp_path)
    assert run.code == 4
    assert "is empty" in run.said
    assert 1_000 < run.kib < MEMORY
