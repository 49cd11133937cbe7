"""Merging events: new ones, events that both sides have or had, removed ones, and proposed duplicates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.merge_cases import conflicts, event, exported, merge, records, take
from tests.helpers.terminals import Conversation

if TYPE_CHECKING:
    from pathlib import Path

RAID: dict[str, Any] = {
    "date": "2023-05-05", "kind": "raid", "title": "Police free 43 workers from the Grey Wall", "provinces": ["Kandal"],
    "figures": [{"metric": "rescues", "stated": "43", "nationality": "Kenyan"}], "sources": [{"outlet": "VOD"}],
}  # fmt: skip

NOTHING = "scamcli: Nothing to merge: everything is already here.\n"


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Records that both timelines start from."""
    return take(
        tmp_path / "begun.db", event("one"), event("two", links=[{"type": "follows", "event": "one"}]), event("x")
    )


def test_what_one_took_out_and_the_other_left_alone_goes(ours: Path, theirs: Path) -> None:
    done("remove", "x", "--db", str(theirs))
    done("remove", "two", "--db", str(ours))
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json, set(records(ours))) == (0, [], {"one"})
    assert merge(ours, theirs).err == NOTHING


@pytest.mark.parametrize("word", ["ours", "theirs"])
def test_what_we_took_out_and_they_changed_is_a_conflict(ours: Path, theirs: Path, word: str) -> None:
    done("remove", "x", "--db", str(ours))
    done("edit", "x", "--note", "n", "--db", str(theirs))
    outcome = merge(ours, theirs, "--on-conflict", word)
    (row,) = outcome.json
    assert (row["record"], row["key"], row["ours"], row["theirs"]["note"]) == ("x", None, None, "n")
    assert row["base"]["note"] is None
    assert ("x" in records(ours)) == (word == "theirs")
    assert outcome.code == (0 if word == "theirs" else 1)


@pytest.mark.parametrize("word", ["ours", "theirs"])
def test_what_they_took_out_and_we_changed_is_a_conflict(ours: Path, theirs: Path, word: str) -> None:
    done("remove", "x", "--db", str(theirs))
    done("edit", "x", "--note", "n", "--db", str(ours))
    (row,) = merge(ours, theirs, "--on-conflict", word).json
    assert (row["record"], row["key"], row["ours"]["note"], row["theirs"]) == ("x", None, "n", None)
    assert ("x" in records(ours)) == (word == "ours")


def test_what_they_made_one_is_one_and_its_id_leads_there(ours: Path, theirs: Path) -> None:
    done("edit", "x", "--source", "BBC", "--db", str(theirs))
    done("remove", "one", "--same-as", "x", "--db", str(theirs))
    take(ours, event("four", links=[{"type": "disputes", "event": "one"}]))
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json) == (0, [])
    found = records(ours)
    assert "one" not in found
    assert [found[id_]["links"][0]["event"] for id_ in ("two", "four")] == ["x", "x"]
    assert found["x"] == records(theirs)["x"]
    assert done("show", "one", "--history", "--db", str(ours), "--json").json[0]["merged_into"] == "x"


def test_merging_again_and_again_follows_what_they_do(ours: Path, theirs: Path) -> None:
    """Both edit one event, and only one of them merges: values taken in the first merge do not count as our changes."""
    done("edit", "x", "--note", "ours", "--db", str(ours))
    for title in ("First", "Second", "Third"):
        done("edit", "x", "--title", title, "--tag", title, "--db", str(theirs))
        assert merge(ours, theirs).json == []
        found = records(ours)["x"]
        assert (found["title"], found["note"], found["tags"][-1]) == (title, "ours", title)


def test_what_one_of_ours_seems_to_tell_is_proposed(ours: Path, theirs: Path) -> None:
    take(ours, event("ours") | RAID)
    take(theirs, event("theirs") | RAID | {"title": "43 workers freed by police", "sources": [{"outlet": "BBC"}]})
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json) == (0, [])
    assert "Came in as drafts, because an event here may be the same: theirs (ours)" in outcome.err
    assert records(ours)["theirs"]["status"] == "draft"
    assert done("stats", "rescues", "--by", "none", "--json", "--db", str(ours)).json[0]["low"] == 43, "none twice"
    (draft,) = done("review", "--json", "--db", str(ours)).json
    assert (draft["id"], draft["same_as"]) == ("theirs", "ours")
    assert merge(ours, theirs).err == NOTHING
    done("review", "merge", "theirs", "ours", "--db", str(ours))
    assert merge(ours, theirs).err == NOTHING
    assert {source["outlet"] for source in records(ours)["ours"]["sources"]} == {"VOD", "BBC"}
    merge(theirs, ours)
    assert "theirs" not in records(theirs), "what was decided here goes there"


def test_two_of_one_id_that_tell_of_two_are_not_mixed(ours: Path, theirs: Path) -> None:
    take(ours, event("same", kind="court", title="A court hears a case of another matter", tags=["a"]))
    take(theirs, event("same", kind="raid", title="Soldiers close every casino downtown", tags=["b"], note="n"))
    outcome = merge(ours, theirs)
    assert [key for _, key, _, _ in conflicts(outcome)] == ["kind", "title", "tags", "note"]
    assert records(ours)["same"]["tags"] == ["a"]


def test_a_figure_is_not_left_without_its_whole(ours: Path, theirs: Path) -> None:
    total = {"id": "total", "metric": "rescues", "stated": "43"}
    part = {"id": "women", "metric": "rescues", "stated": "3", "group": "women", "part_of": "total"}
    for path in (ours, theirs):
        take(path, event("f", figures=[total]))
    take(ours, event("f", figures=[total, part]))
    take(theirs, event("f", figures=[], note="n"))
    outcome = merge(ours, theirs)
    assert [key for _, key, _, _ in conflicts(outcome)] == ["figures"]
    found = records(ours)["f"]
    assert ([one["id"] for one in found["figures"]], found["note"]) == (["total", "women"], "n")


def test_a_draft_of_theirs_comes_with_its_words(ours: Path, theirs: Path) -> None:
    text = "March 5, 2024: Police in Kandal freed 45 Thai workers.\n"
    done("ingest", "-", "--outlet", "Example Daily", "--db", str(theirs), stdin=text)
    assert merge(ours, theirs).code == 0
    id_ = done("review", "--json", "--db", str(ours)).ids[0]
    assert "freed 45 Thai workers" in done("show", id_, "--passage", "--json", "--db", str(ours)).json[0]["passage"]
    done("review", "accept", id_, "--db", str(theirs))
    assert merge(ours, theirs).json == []
    assert records(ours)[id_]["status"] == "reviewed", "it was no proposal of a merge, but a draft that they reviewed"


def test_a_partial_line_says_nothing_of_what_it_leaves_out(ours: Path, begun: Path, tmp_path: Path) -> None:
    done("edit", "x", "--tag", "t", "--note", "n", "--db", str(ours))
    line = {"type": "event", "id": "x", "date": "2023-01-02", "kind": "report", "title": "Another"}
    (tmp_path / "line.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert conflicts(merge(ours, tmp_path / "line.jsonl")) == [("x", "title", "x", "Another")]
    everything = len(records(ours))
    assert merge(ours, tmp_path / "line.jsonl", "--base", str(begun)).json == []
    found = records(ours)
    assert (found["x"]["tags"], found["x"]["note"], found["x"]["title"]) == (["t"], "n", "Another")
    assert len(found) < everything, "what the base has and the file has not was taken out"


def test_a_database_that_is_not_there_is_made(theirs: Path, tmp_path: Path) -> None:
    assert merge(tmp_path / "new.db", theirs).code == 0
    assert exported(tmp_path / "new.db") == exported(theirs)


def test_asking(ours: Path, theirs: Path) -> None:
    for number, path in enumerate((ours, theirs)):
        for id_ in ("one", "two", "x"):
            done("edit", id_, "--title", f"Title {number}", "--db", str(path))
    assert run("merge", str(theirs), "--db", str(ours), "--on-conflict", "ask").code == 2
    talk = Conversation("merge", str(theirs), "--db", str(ours), "--on-conflict", "ask")
    for answer in ("o", "what?", "T"):
        talk.until("[q]uit without writing: ")
        talk.type(answer)
    seen = talk.end()
    assert seen.code == 0
    assert "event one: title\n  was    one\n  here   Title 0\n  there  Title 1" in seen.out
    assert [records(ours)[id_]["title"] for id_ in ("one", "two", "x")] == ["Title 0", "Title 1", "Title 1"]


def test_an_incident_that_one_of_ours_may_repeat_is_told(ours: Path, theirs: Path) -> None:
    place = {"places": [{"name": "Poipet", "country": "KH"}]}
    take(ours, event("ours") | RAID | place)
    other = {
        "date": "2023-05-06",
        "title": "The Grey Wall is stormed",
        "figures": [{"metric": "rescues", "stated": "45"}],
    }
    take(theirs, event("theirs") | RAID | place | other)
    assert "theirs may be the same event as ours: both count rescues in Poipet" in merge(ours, theirs).err
