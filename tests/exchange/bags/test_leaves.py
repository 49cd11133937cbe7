"""The records of a bag are those that the sealed history commits to, and anybody can recompute it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scamcli import Timeline, where
from scamcli.exchange.bags import layout
from scamcli.timeline.bag_checks import verify_bag
from tests.exchange.bags.test_bags import fill
from tests.helpers.driver import ok

if TYPE_CHECKING:
    from pathlib import Path

EARLIER = "An earlier wording"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timeline with an event that was edited, one that names a protected person, and one that was redacted."""
    path = tmp_path_factory.mktemp("cases") / "cases.db"
    with Timeline(path, create=True) as timeline:
        fill(timeline, path.parent)
        timeline.add(
            {"date": "2023-06-07", "kind": "raid", "title": "A visit", "note": EARLIER}, reason="heard by phone"
        )
        timeline.add({"date": "2023-07-08", "kind": "raid", "title": "Visit of Nobody Else"})
    for argv in (
        ("edit", "2023-06-07-a-visit", "--note", "A later wording", "--reason", "heard by phone"),
        ("redact", "--yes", "Nobody Else"),
    ):
        ok(*argv, "--db", str(path))
    return path


def made(cases: Path, target: Path, text: str | None = None, *, names: bool = False) -> Path:
    with Timeline(cases, include_protected=names) as timeline:
        query = where(text) if text else where()
        timeline.export_bag(target, query, include_evidence_of_protected=True)
    return target


@pytest.fixture(scope="module")
def bag(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(cases, tmp_path_factory.mktemp("bag") / "bag")


def checked(bag: Path) -> tuple[int, list[str]]:
    """Run the program in the README, which has only the standard library, and return its exit code and its lines."""
    (program,) = re.findall(r"^import hashlib, json$.*?^print\(.*?$", (bag / layout.README).read_text(), re.S | re.M)
    done = subprocess.run([sys.executable, "-I", "-c", program], cwd=bag, capture_output=True, text=True, check=False)
    return done.returncode, re.sub(r"(protected|redacted)-\d+", r"\1-N", done.stdout).splitlines()


def test_the_program_of_the_readme_ties_the_records_to_the_head(cases: Path, tmp_path: Path) -> None:
    bag = made(cases, tmp_path / "bag")
    code, said = checked(bag)
    assert (code, said[-1]) == (0, "3 records match the history.")
    assert sorted(said[:-1]) == [
        "not tied to the history: actor [protected-N]",
        "not tied to the history: event 2023-05-04-raid-on-a-guest-house",
        "not tied to the history: event 2023-07-08-visit-of-redacted-N",
    ]
    assert layout.read_info(bag)["Scamcli-Tied-Records"] == "3"
    head = (bag / layout.HEAD).read_text()
    assert (
        ok("info", "--verify", "--against", head, "--json", "--fields", "problems", "--db", str(cases))
        == '{"problems": 0}\n'
    )
    notes = verify_bag(bag).notes
    assert notes[0] == "3 records in data/records.jsonl fit the head of the history."
    assert "for 3 records: actor " in notes[1]
