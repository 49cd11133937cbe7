# ruff: noqa: E501 - tables
"""``names merge`` and ``remove --same-as``: nothing that either said is lost, the old name or id leads on, for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.driver import actor, entity, event, export, found, lines, ok, records, refused, run, stored, take_in
from tests.helpers.undo_cases import clean, rows

if TYPE_CHECKING:
    from pathlib import Path

# Actors and sites.


@pytest.fixture
def two(db: Path) -> Path:
    """Two records of one woman, each in every place where an actor can be named; two of one site."""
    take_in(
        db,
        actor("Chea One", kind=None, aliases=["C1"], positions=["Mayor"], member_of=["MoI", "Chea Two"], topics=["a"], note="Note one"),
        actor("Chea Two", kind="person", aliases=["C2"], positions=["Mayor", "Governor"], member_of=["Sar Kheng"], topics=["b"], note="Note two"),
        actor("Follower", member_of=["Chea One", "Chea Two", "MoI"]),
        {"type": "site", "name": "Gate One", "kind": "casino", "aliases": ["G1"], "note": "First", "owners": [
            {"name": "Chea One", "stated_by": "Chea One", "outlet": "Chea One", "note": "N"}, {"name": "Chea Two", "stated_by": "Chea One", "outlet": "Chea One", "note": "N"}]},
        {"type": "site", "name": "Gate Two", "province": "Takeo", "owners": [{"name": "Sar Kheng"}]},
        event("a-1", actors=[{"name": "Chea One", "role": "speaker"}, {"name": "Chea Two", "role": "speaker"}, {"name": "Chea One", "role": "denies"}],
              figures=[{"id": "x", "metric": "cases", "stated": "5", "stated_by": "Chea One", "province": "Kandal"}], sites=["Gate One", "Gate Two"],
              title="Chea One said five", summary="Chea One"),
        event("a-2", date="2023-02-02", sources=[{"outlet": "Chea One"}, {"outlet": "BBC", "via": "Chea One"}], sites=["Gate One"]),
        event("a-3", date="2023-03-03", figures=[{"id": "x", "metric": "cases", "stated": "7", "stated_by": "Chea Two", "province": "Takeo"}]),
    )  # fmt: skip
    return db


def test_every_reference_is_renamed_and_nothing_said_is_lost(two: Path) -> None:
    before = {record.get("id", record.get("name")): record for record in records(two)}
    answer = run("names", "merge", "Chea One", "C2", "--db", str(two))
    assert (answer.code, answer.out) == (0, ""), answer
    assert "renamed in 2 events" in answer.err
    after = {record.get("id", record.get("name")): record for record in records(two)}
    assert set(before) - set(after) == {"Chea One"}
    assert after["Chea Two"] == before["Chea Two"] | {
        "aliases": ["C2", "Chea One", "C1"], "member_of": ["Sar Kheng", "Ministry of Interior"], "topics": ["b", "a"],
        "note": "Note two\nNote one",
    }  # fmt: skip
    assert after["Follower"]["member_of"] == ["Chea Two", "Ministry of Interior"]
    assert after["Gate One"]["owners"] == [
        {"name": "Chea Two", "stated_by": "Chea Two", "outlet": "Chea Two", "event": None, "note": "N"}
    ]
    assert after["a-1"]["actors"] == [{"name": "Chea Two", "role": "speaker"}, {"name": "Chea Two", "role": "denies"}]
    assert after["a-1"]["figures"][0]["stated_by"] == "Chea Two"
    assert (after["a-1"]["title"], after["a-1"]["summary"]) == ("Chea One said five", "Chea One")
    assert [(one["outlet"], one["via"]) for one in after["a-2"]["sources"]] == [("Chea Two", None), ("BBC", "Chea Two")]
    assert {key for key in before if key in after and before[key] != after[key]} == {
        "Chea Two",
        "Follower",
        "Gate One",
        "a-1",
        "a-2",
    }
    clean(two)


def test_a_site_is_merged(two: Path) -> None:
    ok("names", "merge", "G1", "Gate Two", "--site", "--db", str(two))
    site = entity(two, "site", "Gate Two")
    assert site["aliases"] == ["Gate One", "G1"]
    assert (site["kind"], site["province"], site["note"]) == ("casino", "Takeo", "First")
    assert [owner["name"] for owner in site["owners"]] == ["Sar Kheng", "Chea One", "Chea Two"]
    assert (stored(two, "a-1")["sites"], stored(two, "a-2")["sites"]) == (["Gate Two"], ["Gate Two"])
    assert found(two, "--site", "Gate One") == found(two, "--site", "Gate Two") == ["a-2", "a-1"]
    assert len(rows("sites", "Gate One", "--db", str(two))["events"]) == 2
    clean(two)


def test_values_that_differ_are_said(two: Path) -> None:
    take_in(two, {"type": "site", "name": "Gate Three", "kind": "hotel", "province": "Kandal"})
    answer = run("names", "merge", "Gate Three", "Gate One", "--site", "--db", str(two))
    assert answer.code == 0
    assert '`kind` remains "casino"; "Gate Three" had "hotel".' in answer.err
    assert entity(two, "site", "Gate One")["kind"] == "casino"
    assert entity(two, "site", "Gate One")["province"] == "Kandal"


def test_what_both_said_is_hers(two: Path) -> None:
    at = ["--db", str(two)]
    each = {name: found(two, "--actor", name) for name in ("Chea One", "Chea Two")}
    by = {row["actor"]: row["entries"] for row in rows("stats", "cases", "--by", "actor", *at)}
    ok("names", "merge", "Chea One", "Chea Two", *at)
    for name in ("Chea One", "Chea Two", "C1", "C2", "chea one"):
        assert set(found(two, "--actor", name)) == set(each["Chea One"]) | set(each["Chea Two"])
    now = {row["actor"]: row["entries"] for row in rows("stats", "cases", "--by", "actor", *at)}
    assert now["Chea Two"] == by["Chea One"] + by["Chea Two"]
    assert "Chea One" not in now
    assert found(two, "--via", "Chea One") == found(two, "--via", "Chea Two") == ["a-2"]


@pytest.mark.parametrize(("gone", "kept"), [("Vic Tim", "Per Son"), ("Per Son", "Vic Tim")])
def test_protected_if_either_is(db: Path, gone: str, kept: str) -> None:
    take_in(db, actor("Vic Tim", protected=True, aliases=["Secret"]), actor("Per Son"), actor("Zed Zed"), actor("Oth Er", protected=True),
            event("v-1", title=f"{gone} and Secret spoke", summary=f"{kept} too", actors=[{"name": gone, "role": "victim"}]))  # fmt: skip
    ok("names", "merge", gone, kept, "--db", str(db))
    assert entity(db, "actor", kept)["protected"] is True
    for args in (
        ["export", "jsonl"],
        ["show", "v-1"],
        ["actors"],
        ["log"],
        ["log", "--actor", gone],
        ["log", "--actor", kept],
        ["search", "--actor", gone],
    ):
        answer = run(*args, "--db", str(db))
        assert answer.code == 0
        assert not [word for word in (gone, kept, "Secret") if word in answer.out + answer.err], (args, answer)
    clean(db)


def test_a_placeholder_of_one_that_was_merged_still_finds_the_other(db: Path) -> None:
    take_in(
        db,
        actor("Vic Tim", protected=True),
        actor("Oth Er", protected=True),
        event("v-1", actors=[{"name": "Vic Tim"}]),
    )
    number = rows("show", "v-1", "--db", str(db))["actors"][0]["name"]
    assert found(db, "--actor", number) == ["v-1"]
    ok("names", "merge", "Vic Tim", "Oth Er", "--db", str(db))
    assert found(db, "--actor", number) == ["v-1"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["Chea One", "Chea One"], 4), (["C1", "Chea One"], 4),
        (["Chea One", "Nobody"], 3), (["Chea One", "Gate One"], 3),
    ],
)  # fmt: skip
def test_refused(two: Path, args: list[str], code: int) -> None:
    before = export(two)
    refused(run("names", "merge", *args, "--db", str(two)), code)
    assert export(two) == before


def test_a_chain_of_merges(db: Path) -> None:
    at = ["--db", str(db)]
    take_in(
        db,
        *(actor(name) for name in ("Aa One", "Bb Two", "Cc Three", "Dd Four")),
        event("x-1", actors=[{"name": "Aa One"}]),
    )
    for gone, kept in (("Aa One", "Bb Two"), ("Bb Two", "Cc Three"), ("Aa One", "Dd Four")):
        ok("names", "merge", gone, kept, *at)
    assert stored(db, "x-1")["actors"][0]["name"] == "Dd Four"
    for name in ("Aa One", "Bb Two", "Cc Three", "Dd Four"):
        assert found(db, "--actor", name) == ["x-1"]
    assert entity(db, "actor", "Dd Four")["aliases"] == ["Cc Three", "Bb Two", "Aa One"]
    ok("edit", "Dd Four", "-", *at, stdin=lines([actor("Dd Four", aliases=[])]))
    for name in ("Aa One", "Bb Two", "Cc Three"):
        answer = run("search", "--actor", name, *at)
        assert "x-1" in answer.out
        assert f'"{name}" was merged into "Dd Four"' in answer.err
        assert rows("actors", name, *at)["name"] == "Dd Four"
    refused(run("undo", "4", *at), 4, "change 5 (names merge")
    for number in (6, 5, 4, 3):
        ok("undo", str(number), *at)
    assert stored(db, "x-1")["actors"][0]["name"] == "Aa One"
    clean(db)
