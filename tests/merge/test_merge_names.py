"""Matching actors and sites of two timelines by exact names, also after some were merged or split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.command_line import done
from tests.helpers.merge_cases import actor, conflicts, event, merge, records, take

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Records that both timelines start from."""
    return take(
        tmp_path / "begun.db",
        actor("Sok Dara", kind="person", aliases=["Dara"]), actor("Dara Sok", note="As VOD writes."),
        actor("Grey Company", kind="company", aliases=["Grey Holding"]),
        {"type": "site", "name": "Blue Gate", "kind": "compound", "owners": [{"name": "Dara Sok", "outlet": "VOD"}]},
        event("one", "Dara Sok"), event("two", "Sok Dara", sites=["Blue Gate"]), event("three", "Grey Holding"),
    )  # fmt: skip


def named_in(path: Path, id_: str) -> list[str]:
    return [person["name"] for person in records(path)[id_]["actors"]]


def test_somebody_known_here_by_another_name_is_one(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", actor("National Committee", kind="government", aliases=["NCCT"], positions=["p"]))
    theirs = take(
        tmp_path / "theirs.db", actor("NCCT", aliases=["The Committee"], positions=["q"], note="n"), event("e", "NCCT")
    )
    assert merge(ours, theirs).code == 0
    found = records(ours)
    assert found["National Committee"]["aliases"] == ["NCCT", "The Committee"]
    assert found["National Committee"] | {"aliases": []} == {
        "type": "actor", "name": "National Committee", "kind": "government", "aliases": [], "positions": ["p", "q"],
        "member_of": [], "topics": [], "protected": False, "note": "n",
    }  # fmt: skip
    assert "NCCT" not in found
    assert named_in(ours, "e") == ["National Committee"]
    assert merge(ours, theirs).err == "scamcli: Nothing to merge: everything is already here.\n"


def test_nobody_is_another_because_the_name_is_like(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", actor("Sar Sokha"))
    theirs = take(tmp_path / "theirs.db", actor("Sao Sokha"), actor("SAR SOKHA"))
    assert merge(ours, theirs).code == 0
    assert {"Sar Sokha", "Sao Sokha", "SAR SOKHA"} <= records(ours).keys()


def test_an_alias_of_theirs_that_is_another_here_is_a_conflict(tmp_path: Path) -> None:
    ours = take(tmp_path / "ours.db", actor("A"), actor("B", aliases=["C"]))
    theirs = take(tmp_path / "theirs.db", actor("A", aliases=["C", "D"]))
    outcome = merge(ours, theirs)
    assert (outcome.code, conflicts(outcome)) == (1, [("A", "aliases.C", "B", "A")])
    assert (records(ours)["A"]["aliases"], records(ours)["B"]["aliases"]) == (["D"], ["C"])
    assert merge(ours, theirs, "--on-conflict", "theirs").code == 1, "no key decides whose name it is"


def test_two_whom_they_made_one_are_made_one(ours: Path, theirs: Path) -> None:
    take(ours, event("four", "Dara Sok"))
    done("names", "merge", "Dara Sok", "Sok Dara", "--db", str(theirs))
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json) == (0, [])
    found = records(ours)
    assert "Dara Sok" not in found
    assert found["Sok Dara"] == records(theirs)["Sok Dara"]
    assert named_in(ours, "four") == named_in(ours, "one") == ["Sok Dara"]
    assert found["Blue Gate"]["owners"][0]["name"] == "Sok Dara"
    assert merge(ours, theirs).err == "scamcli: Nothing to merge: everything is already here.\n"


def test_one_whom_they_made_two_is_two(ours: Path, theirs: Path) -> None:
    take(
        theirs, actor("Grey Company", aliases=[]), actor("Grey Holding", kind="company"), event("four", "Grey Holding")
    )
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json) == (0, [])
    assert records(ours)["Grey Company"]["aliases"] == []
    assert named_in(ours, "four") == ["Grey Holding"]


def test_what_both_say_of_a_site_is_told_field_by_field(ours: Path, theirs: Path) -> None:
    owner = {"name": "Sok Dara", "stated_by": None, "outlet": "BBC", "event": "two", "note": None}
    first = {"name": "Dara Sok", "stated_by": None, "outlet": "VOD", "event": None, "note": None}
    take(ours, {"type": "site", "name": "Blue Gate", "kind": "casino", "owners": [first | {"note": "rents it"}]})
    take(theirs, {"type": "site", "name": "Blue Gate", "kind": "hotel", "aliases": ["Azure"],
                  "owners": [first | {"note": "owns it"}, owner]})  # fmt: skip
    outcome = merge(ours, theirs)
    assert conflicts(outcome) == [
        ("Blue Gate", "kind", "casino", "hotel"), ("Blue Gate", "owners.Dara Sok.note", "rents it", "owns it"),
    ]  # fmt: skip
    assert outcome.json[0]["base"] == "compound"
    found = records(ours)["Blue Gate"]
    assert (found["kind"], found["aliases"]) == ("casino", ["Azure"])
    assert found["owners"] == [first | {"note": "rents it"}, owner]


def test_two_people_who_share_a_nickname_stay_two(tmp_path: Path) -> None:
    """Allegations against one actor are not transferred to another."""
    ours = take(tmp_path / "a.db", actor("Li Wei", aliases=["Ah Long"], note="A lawyer."), event("ea", "Li Wei"))
    theirs = take(
        tmp_path / "b.db", actor("Chen Hao", aliases=["Ah Long"], note="Alleged boss."), event("eb", "Chen Hao")
    )
    outcome = merge(ours, theirs)
    assert outcome.code == 1
    assert conflicts(outcome) == [("Chen Hao", "aliases.Ah Long", "Li Wei", "Chen Hao")]
    found = records(ours)
    assert (found["Li Wei"]["aliases"], found["Li Wei"]["note"]) == (["Ah Long"], "A lawyer.")
    assert (found["Chen Hao"]["aliases"], found["Chen Hao"]["note"]) == ([], "Alleged boss.")
    assert [person["name"] for person in found["eb"]["actors"]] == ["Chen Hao"]
