"""Names that either timeline protects are never printed, and stay protected. All names are invented."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import Outcome, done, run
from tests.helpers.merge_cases import actor, event, exported, records, take

NAME, WORD = "Chenda Prak", "Prak"
VICTIM: dict[str, Any] = actor(NAME, protected=True, aliases=["ចិន្តា"])

FORMATS = ((), ("--json",), ("--format", "csv"))


def leaks(outcome: Outcome) -> list[str]:
    return re.findall(r"(?i)chenda|prak|ចិន្តា", outcome.out + outcome.err)


def told(title: str, note: str) -> dict[str, Any]:
    return event(
        "case", title=title, note=note, figures=[{"id": "victims", "metric": "victims", "stated": "3", "note": note}]
    )


@pytest.fixture
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """Two copies of one timeline that differ in texts with a name, which ours, theirs or both protect."""
    begun = take(tmp_path / "begun.db", actor(NAME), told("A case", "As said.") | {"actors": [{"name": NAME}]})
    found = Path(shutil.copy(begun, tmp_path / "ours.db")), Path(shutil.copy(begun, tmp_path / "theirs.db"))
    for number, path in enumerate(found):
        who = [{"name": NAME, "role": ("victim", "subject")[number]}]
        take(path, told(f"{NAME} tells {number}", f"{WORD} was held, {number}") | {"actors": who})
        if number in request.param:
            take(path, VICTIM)
    return found


EITHER = pytest.mark.parametrize("pair", [(0,), (1,), (0, 1)], indirect=True, ids=["ours", "theirs", "both"])


@EITHER
@pytest.mark.parametrize("flags", FORMATS, ids=" ".join)
@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--on-conflict", "fail")], ids=" ".join)
def test_no_conflict_says_a_name(pair: tuple[Path, Path], flags: tuple[str, ...], more: tuple[str, ...]) -> None:
    outcome = run("merge", str(pair[1]), "--db", str(pair[0]), *flags, *more)
    assert outcome.code in {0, 1, 4}
    assert "protected-" in outcome.out
    if flags == ("--json",) and not more:
        assert re.search(r'"actors\.\[protected-\d+\]\.role"', outcome.out), "the key says whose role"
    assert leaks(outcome) == []


@EITHER
@pytest.mark.parametrize("flags", FORMATS, ids=" ".join)
def test_no_difference_says_a_name(pair: tuple[Path, Path], flags: tuple[str, ...]) -> None:
    for paths in (pair, pair[::-1]):
        outcome = run("diff", *map(str, paths), *flags)
        assert outcome.code == 0
        assert "protected-" in outcome.out
        assert leaks(outcome) == []


@EITHER
def test_protection_is_carried_over(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    run("merge", str(theirs), "--db", str(ours))
    assert records(ours)[NAME]["protected"]
    assert records(ours)[NAME]["aliases"] == ["ចិន្តា"]
    assert leaks(done("search", "--db", str(ours), "--json")) == []


def test_the_end_of_protection_is_not_carried_over(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", VICTIM)
    theirs = Path(shutil.copy(ours, tmp_path / "theirs.db"))
    take(theirs, VICTIM | {"protected": False})
    done("merge", str(theirs), "--db", str(ours))
    assert records(ours)[NAME]["protected"]


def test_an_export_without_names_brings_what_was_changed_and_leaves_the_names(tmp_path: Path) -> None:
    ours = take(
        tmp_path / "ours.db",
        VICTIM,
        told("A case", f"{WORD} was held") | {"actors": [{"name": NAME, "role": "victim"}]},
    )
    before = records(ours)
    printed = done("export", "jsonl", "--db", str(ours)).out
    assert NAME not in printed
    file = tmp_path / "theirs.jsonl"
    file.write_text(printed, encoding="utf-8")
    assert done("merge", str(file), "--db", str(ours)).err == "scamcli: Nothing to merge: everything is already here.\n"
    assert done("diff", str(ours), str(file)).err == "scamcli: No differences.\n"
    base = tmp_path / "base.jsonl"
    base.write_text(printed, encoding="utf-8")
    file.write_text(printed.replace("A case", "Another case"), encoding="utf-8")
    outcome = run("merge", str(file), "--base", str(base), "--db", str(ours))
    assert (outcome.code, leaks(outcome)) == (0, [])
    assert records(ours) == before | {"case": before["case"] | {"title": "Another case"}}


def test_an_id_that_holds_a_name_comes_in_and_is_printed_without(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", VICTIM)
    theirs = take(tmp_path / "theirs.db", event("2023-01-02-chenda-prak-freed", NAME))
    outcome = run("merge", str(theirs), "--db", str(ours))
    assert (outcome.code, leaks(outcome)) == (0, [])
    assert "2023-01-02-chenda-prak-freed" in exported(ours)
    assert leaks(done("search", "--db", str(ours), "--json")) == []
    take(theirs, event("2023-01-02-chenda-prak-freed", NAME) | {"title": "T"})
    take(ours, event("2023-01-02-chenda-prak-freed", NAME) | {"title": "O"})
    outcome = run("merge", str(theirs), "--db", str(ours), "--json")
    assert (outcome.code, leaks(outcome)) == (1, [])
    assert "protected-" in outcome.json[0]["record"]


def test_an_error_says_no_name(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", event("other"))
    lines = [VICTIM, event("case", NAME, figures=[{"metric": NAME, "stated": "3"}])]
    file = tmp_path / "theirs.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    for args in (("merge", str(file), "--db", str(ours)), ("diff", str(ours), str(file))):
        outcome = run(*args)
        assert (outcome.code, leaks(outcome)) == (4, [])
        assert "theirs.jsonl:2" in outcome.err


@pytest.mark.parametrize("flags", [(), ("--dry-run",)], ids=str)
def test_a_copy_from_before_a_redaction_is_pointed_out(tmp_path: Path, flags: tuple[str, ...]) -> None:
    ours = take(tmp_path / "ours.db", actor(NAME), told("A case", "As said."))
    theirs = Path(shutil.copy(ours, tmp_path / "theirs.db"))
    done("redact", NAME, "--yes", "--db", str(ours))
    later = Path(shutil.copy(ours, tmp_path / "later.db"))
    other = tmp_path / "other.db"
    done("init", str(other))  # by another command, because it may begin in the same second
    for path, id_ in ((theirs, "new-1"), (later, "new-2")):
        take(path, event(id_, NAME))
    for path, is_older in ((theirs, True), (later, False), (other, False)):
        outcome = run("merge", str(path), "--db", str(ours), *flags)
        assert ("from before a redaction here (change 2 of " in outcome.err) is is_older, outcome
