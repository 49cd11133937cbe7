"""Protected names in what is said on stderr, and in ids. The person is invented."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, entity, event, export, lines, ok, run, stored, take_in

if TYPE_CHECKING:
    from pathlib import Path

TRACES = re.compile(r"dara[\W_]*(veasna|spare)(?!\w)", re.IGNORECASE)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A timeline with a protected person, named by an event and by nobody else."""
    db = tmp_path / "kept.db"
    take_in(
        db,
        actor("Dara Veasna", kind="person", protected=True),
        actor("Sparrow Finch", kind="person", protected=True, aliases=["Dara Spare"]),
        actor("Known Body"),
        event("p-1", actors=[{"name": "Dara Veasna", "role": "victim"}]),
        event("p-2", tags=["Dara Veasna"]),
    )
    return db


TALK: list[list[str]] = [
    ["search", "--actor", "Dara Veasnaa"],
    ["search", "--actor", "Dara Veazna"],
    ["search", "--actor", "Darra Veasna"],
    ["search", "--site", "Dara Veasna"],
    ["search", "--tag", "dara veasnaa"],
    ["search", "--province", "Dara Veasna"],
    ["search", "--metric", "Dara Veasna"],
    ["search", "Dara Veasna", "--during", "1999"],
    ["search", "--actor", "Dara Veasna", "--during", "1999"],
    ["search", "--actor", "Dara Veasna", "--kind", "court"],
    ["timeline", "Dara Veasna", "--during", "1999"],
    ["timeline", "--actor", "Dara Veasna"],
    ["stats", "rescues", "--actor", "Dara Veasna"],
    ["actors", "Dara Veasnaa"],
    ["actors", "dara veasna"],
    ["sites", "Dara Veasna"],
    ["show", "Dara Veasna"],
    ["edit", "Dara Veasna", "--title", "T"],
    ["edit", "p-1", "--remove", "actor: dara veasna"],
    ["edit", "p-2", "--remove", "actor: Dara Veasna"],
    ["edit", "p-1", "--actor", "dara veasna"],
    ["edit", "p-1", "--actor", "Darra Veasna: victim"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "DARA VEASNA"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "DARA VEASNA", "--new-actor"],
    [
        "add",
        "--date",
        "2023",
        "--kind",
        "raid",
        "--title",
        "T",
        "--figure",
        "rescues: Dara Veasna and 4; low: 9; high: 2",
    ],
    [
        "add",
        "--date",
        "2023",
        "--kind",
        "raid",
        "--title",
        "T",
        "--link",
        "follows: p-3",
        "--figure",
        "cases: 4; by: VEASNA DARA",
    ],
    ["add", "--date", "2023", "--kind", "raid", "--title", "Dara Veasna freed"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", "dara-veasna"],
    ["names", "alias", "dara veasna", "X Y"],
    ["names", "alias", "Dara Veasna", "Veasna D."],
    ["names", "alias", "Known Body", "Dara Veasna"],
    ["names", "alias", "Dara Veasna", "Known Body"],
    ["remove", "--actor", "Dara Veasna"],
    ["remove", "--actor", "dara veasna"],
    ["remove", "--actor", "Dara Spare"],
    ["remove", "p-1"],
    ["remove", "Dara Veasna"],
]


@pytest.mark.parametrize("args", TALK, ids=" ".join)
def test_what_is_said_about_a_command(kept: Path, args: list[str]) -> None:
    answer = run(*args, "--db", str(kept))
    assert "Internal error" not in answer.err, answer
    assert not TRACES.search(answer.out + answer.err), answer


RECORDS = [
    [actor("Dara Veasna", kind="court")],
    [actor("Other", aliases=["Dara Veasna"])],
    [actor("dara veasna", protected=True)],
    [actor("Dara Veasna", kind="persn")],
    [actor("New", member_of=["dara veasna"])],
    [actor("Dara Veasna"), actor("Dara Veasna")],
    [event("p-3", actors=[{"name": "Darra Veasna"}])],
    [event("p-3", actors=[{"name": "Dara Veasna", "role": "Dara Veasna"}])],
    [event("p-3", provinces=["Dara Veasna"])],
    [event("p-3", figures=[{"metric": "Dara Veasna", "stated": "4"}])],
    [event("p-3", figures=[{"metric": "cases", "stated": "4", "id": "a", "part_of": "dara-veasna"}])],
    [event("p-3", figures=[{"metric": "cases", "stated": "Dara Veasna and 4", "low": 9}])],
    [event("p-3") | {"Dara Veasna": 1}],
    [{"type": "site", "name": "G", "owners": [{"name": "dara veasna"}]}],
]  # fmt: skip


@pytest.mark.parametrize("rows", RECORDS, ids=lambda rows: lines(rows)[:70])
@pytest.mark.parametrize(
    "args", [["import", "-"], ["import", "--strict-names", "-"], ["add", "-"], ["edit", "p-1", "-"]]
)
def test_what_is_said_about_a_record(kept: Path, rows: list[dict[str, object]], args: list[str]) -> None:
    answer = run(*args, "--db", str(kept), stdin=lines(rows))
    assert not TRACES.search(answer.out + answer.err), answer


def test_a_person_protected_and_named_in_one_file(tmp_path: Path) -> None:
    rows = [
        event("p-1", actors=[{"name": "Dara Veasna"}, {"name": "dara  veasna"}]),
        actor("Dara Veasna", protected=True),
    ]
    answer = take_in(tmp_path / "new.db", *rows)
    assert not TRACES.search(answer.out + answer.err), answer


@pytest.mark.parametrize("id_", ["dara-veasna-freed", "dara-freed", "x-veasna"])
def test_ids_may_not_hold_it(kept: Path, id_: str) -> None:
    """An id is printed as it is, or it could not be used: so it holds neither the name nor a word that is masked."""
    record = event(id_, actors=[{"name": "Dara Veasna", "role": "victim"}])
    answer = run("import", "-", "--db", str(kept), stdin=lines([record]))
    if answer.code == 0:
        shown = [json.loads(line)["id"] for line in ok("search", "--format", "jsonl", "--db", str(kept)).splitlines()]
        assert all(re.fullmatch(r"\w[\w.\-]*", one) for one in shown), shown
    else:
        assert answer.code == 4
        assert not TRACES.search(answer.err), answer


def test_ids_of_figures_may_not_hold_it(kept: Path) -> None:
    figure = {"metric": "cases", "stated": "4", "id": "dara-veasna"}
    answer = run("import", "-", "--db", str(kept), stdin=lines([event("p-3", figures=[figure])]))
    assert answer.code in {0, 4}
    masked = export(kept, "--db", str(kept))
    assert not TRACES.search(masked)
    ok("import", "-", "--db", str(kept), stdin=masked)


def test_protecting_somebody_whom_an_id_names(kept: Path) -> None:
    """Protected later: the ids that hold the name are said, or nothing prints them; the event can still be shown."""
    take_in(kept, actor("Late Person", kind="person"), event("late-person-freed", actors=[{"name": "Late Person"}]))
    record = entity(kept, "actor", "Late Person") | {"protected": True}
    answer = run("edit", "Late Person", "-", "--db", str(kept), stdin=lines([record]))
    assert not re.search("late.person", answer.out + answer.err, re.IGNORECASE), answer
    if answer.code == 0:
        shown = json.loads(ok("search", "--actor", "Late Person", "--json", "--db", str(kept)))
        assert not re.search("late.person", json.dumps(shown), re.IGNORECASE)
        ok("show", shown[0]["id"], "--db", str(kept))
        clash = run("show", "late", "--db", str(kept))
        assert not re.search("late.person", clash.out + clash.err, re.IGNORECASE), clash
    else:
        assert answer.code == 4


def test_an_ambiguous_prefix_lists_no_name(kept: Path) -> None:
    take_in(kept, actor("Late Person"), *[event(f"late-person-{n}") for n in range(2)])
    record = entity(kept, "actor", "Late Person") | {"protected": True}
    run("edit", "Late Person", "-", "--db", str(kept), stdin=lines([record]))
    if entity(kept, "actor", "Late Person")["protected"]:
        answer = run("show", "late-p", "--db", str(kept))
        assert not re.search("late.person", answer.err, re.IGNORECASE), answer


def test_a_partial_record_protects_still(kept: Path) -> None:
    """A whole record replaces; one that does not say ``protected`` must not lay a name open."""
    run("edit", "Dara Veasna", "-", "--db", str(kept), stdin=lines([{"type": "actor", "note": "N"}]))
    assert entity(kept, "actor", "Dara Veasna")["protected"] is True


def test_no_longer_protected(kept: Path) -> None:
    record = entity(kept, "actor", "Dara Veasna") | {"protected": False}
    ok("edit", "Dara Veasna", "-", "--reason", "he agreed", "--db", str(kept), stdin=lines([record]))
    assert "Dara Veasna" in ok("show", "p-1", "--db", str(kept))
    assert stored(kept, "p-1")["actors"][0]["name"] == "Dara Veasna"


LONG = "Police said that on that day in May 45 people and {} were freed from the compound"


@pytest.mark.parametrize("key", ["date", "kind", "status"])
@pytest.mark.parametrize("more", ["", "x", "xx", "xxx", "x xx", "xx xx", "xxx xx", "xxxx xx"])
def test_a_quotation_that_is_cut_within_a_name_is_masked(tmp_path: Path, key: str, more: str) -> None:
    db = tmp_path / "t.db"
    take_in(db, actor("Quorv Zyxbra Vanxam", protected=True))
    wrong = {"type": "event", "date": "2024", "kind": "raid", "title": "T"}
    wrong[key] = LONG.format(f"{more} Quorv Zyxbra Vanxam")
    for answer in (
        run("import", "-", "--db", str(db), stdin=json.dumps(wrong)),
        run("search", f"--{'from' if key == 'date' else key}", wrong[key], "--db", str(db)),
    ):
        assert answer.code in {2, 4}
        assert not re.search(r"uorv|yxb|anx|\bQ|\bZ|\bV", answer.err), answer.err
