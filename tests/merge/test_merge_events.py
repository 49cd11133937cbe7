"""Merging events: new ones, events that both sides have or had, removed ones, and proposed duplicates."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, run
from tests.helpers.merge_cases import conflicts, event, exported, merge, records, take
from tests.helpers.paths import SCHEMAS
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


def test_what_is_taken_out_and_linked_to_is_told(ours: Path, theirs: Path) -> None:
    done("remove", "one", "--db", str(theirs))
    assert "two links to one, which was removed." in merge(ours, theirs).err


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


def test_what_they_say_of_a_link_whose_event_we_made_another_is_kept(ours: Path, theirs: Path) -> None:
    done("remove", "one", "--same-as", "x", "--db", str(ours))
    take(theirs, event("two", links=[{"type": "follows", "event": "one", "note": "n"}]))
    outcome = merge(ours, theirs)
    assert (outcome.code, outcome.json) == (0, [])
    assert records(ours)["two"]["links"] == [{"type": "follows", "event": "x", "figure": None, "note": "n"}]
    assert "one" not in records(ours)


def test_what_was_undone_can_be_merged_again(ours: Path, theirs: Path) -> None:
    take(theirs, event("new"))
    done("edit", "x", "--note", "n", "--db", str(theirs))
    before = exported(ours)
    merge(ours, theirs)
    after = exported(ours)
    for expected in (before, after, before):
        done("undo", str(done("log", "--db", str(ours), "--json").json[0]["change"]), "--db", str(ours))
        assert exported(ours) == expected
    merge(ours, theirs)
    assert exported(ours) == after


def test_an_addition_that_they_undid_is_taken_out(ours: Path, theirs: Path) -> None:
    take(theirs, event("new"))
    merge(ours, theirs)
    assert "new" in records(ours)
    done("undo", str(done("log", "--db", str(theirs), "--json").json[0]["change"]), "--db", str(theirs))
    merge(ours, theirs)
    assert "new" not in records(ours)


def test_merging_again_and_again_follows_what_they_do(ours: Path, theirs: Path) -> None:
    """Both edit one event, and only one of them merges: values taken in the first merge do not count as our changes."""
    done("edit", "x", "--note", "ours", "--db", str(ours))
    for title in ("First", "Second", "Third"):
        done("edit", "x", "--title", title, "--tag", title, "--db", str(theirs))
        assert merge(ours, theirs).json == []
        found = records(ours)["x"]
        assert (found["title"], found["note"], found["tags"][-1]) == (title, "ours", title)


def test_what_we_took_from_them_and_gave_up_does_not_come_again(ours: Path, theirs: Path) -> None:
    done("edit", "x", "--note", "ours", "--db", str(ours))
    done("edit", "x", "--tag", "theirs", "--db", str(theirs))
    merge(ours, theirs)
    take(ours, {"type": "event", "id": "x", "date": "2023-01-02", "kind": "report", "title": "x", "tags": []})
    assert records(ours)["x"]["tags"] == []
    assert merge(ours, theirs).err == NOTHING
    done("edit", "x", "--title", "Another", "--db", str(theirs))
    merge(ours, theirs)
    assert (records(ours)["x"]["title"], records(ours)["x"]["tags"]) == ("Another", [])


def test_both_merge_each_other_and_end_alike(ours: Path, theirs: Path) -> None:
    done("edit", "x", "--note", "ours", "--db", str(ours))
    done("edit", "x", "--tag", "theirs", "--db", str(theirs))
    take(ours, event("a"))
    take(theirs, event("b"))
    for _ in range(2):
        merge(ours, theirs)
        merge(theirs, ours)
    assert exported(ours) == exported(theirs)


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


def test_what_is_proposed_stays_so_until_it_is_decided_and_follows_what_they_do(ours: Path, theirs: Path) -> None:
    take(ours, event("ours") | RAID)
    take(theirs, event("theirs") | RAID)
    merge(ours, theirs)
    done("edit", "theirs", "--note", "n", "--db", str(theirs))
    assert merge(ours, theirs).json == []
    assert (records(ours)["theirs"]["note"], records(ours)["theirs"]["status"]) == ("n", "draft")
    merge(theirs, ours)
    assert records(theirs)["theirs"]["status"] == "reviewed", "it was reviewed there"
    told = done("review", "accept", "theirs", "--db", str(ours)).err
    assert "seems to report the same as ours" in told
    assert merge(ours, theirs).err == NOTHING


def test_what_both_of_theirs_tell_is_for_them_to_say(ours: Path, theirs: Path) -> None:
    """The other timeline already had the first event when the second was entered."""
    for path in (ours, theirs):
        take(path, event("both") | RAID)
    take(theirs, event("theirs") | RAID)
    assert merge(ours, theirs).err.endswith("scamcli: 1 added.\n")
    assert records(ours)["theirs"]["status"] == "reviewed"


def test_what_is_only_of_one_day_and_kind_is_not_proposed(ours: Path, theirs: Path) -> None:
    take(ours, event("ours", kind="raid", provinces=["Kandal"], nationalities=["Thai"], title="A"))
    take(theirs, event("theirs", kind="raid", provinces=["Kandal"], nationalities=["Thai"], title="B"))
    merge(ours, theirs)
    assert records(ours)["theirs"]["status"] == "reviewed"


def test_two_of_one_id_that_tell_of_two_are_not_mixed(ours: Path, theirs: Path) -> None:
    take(ours, event("same", kind="court", title="A court hears a case of another matter", tags=["a"]))
    take(theirs, event("same", kind="raid", title="Soldiers close every casino downtown", tags=["b"], note="n"))
    outcome = merge(ours, theirs)
    assert [key for _, key, _, _ in conflicts(outcome)] == ["kind", "title", "tags", "note"]
    assert records(ours)["same"]["tags"] == ["a"]


def test_two_of_one_id_that_tell_the_same_are_mixed_without_a_base(ours: Path, theirs: Path) -> None:
    take(ours, event("same") | RAID | {"tags": ["a"]})
    take(theirs, event("same") | RAID | {"tags": ["b"], "note": "n", "title": "Police free 43 workers"})
    outcome = merge(ours, theirs)
    assert [key for _, key, _, _ in conflicts(outcome)] == ["title"]
    assert (records(ours)["same"]["tags"], records(ours)["same"]["note"]) == (["a", "b"], "n")


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


def test_an_export_of_an_older_state_changes_nothing(ours: Path, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text(exported(ours), encoding="utf-8")
    done("edit", "x", "--title", "New words", "--db", str(ours))
    assert merge(ours, tmp_path / "old.jsonl").err == NOTHING
    assert records(ours)["x"]["title"] == "New words"


def test_a_database_that_is_not_there_is_made(theirs: Path, tmp_path: Path) -> None:
    assert merge(tmp_path / "new.db", theirs).code == 0
    assert exported(tmp_path / "new.db") == exported(theirs)


@pytest.mark.parametrize("packed", sorted(SCHEMAS.glob("*.db.gz")), ids=lambda path: path.name)
def test_a_file_of_an_older_version_is_read_and_left_as_it_is(tmp_path: Path, packed: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress(packed.read_bytes()))
    before = old.read_bytes(), set(tmp_path.iterdir())
    ours = tmp_path / "new.db"
    assert merge(ours, old).code == 0
    assert exported(ours) == packed.with_name(packed.name.replace(".db.gz", ".jsonl")).read_text(encoding="utf-8")
    assert (old.read_bytes(), set(tmp_path.iterdir()) - {ours}) == before


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


def test_who_leaves_the_question_has_nothing_written(ours: Path, theirs: Path) -> None:
    for number, path in enumerate((ours, theirs)):
        done("edit", "x", "--title", f"Title {number}", "--db", str(path))
    take(theirs, event("new"))
    before = exported(ours)
    talk = Conversation("merge", str(theirs), "--db", str(ours), "--on-conflict", "ask")
    talk.until("[q]uit without writing: ")
    talk.type("q")
    assert talk.end().code == 130
    assert exported(ours) == before


def test_a_draft_that_nobody_has_looked_at_does_not_tell_that_they_are_two(tmp_path: Path) -> None:
    """A draft from a merge is still a draft when it is merged back, or into a third timeline."""
    told = {"figures": [{"metric": "rescues", "stated": "43", "nationality": "Kenyan"}], "date": "2024-02-03"}
    same = {"kind": "rescue", "provinces": ["Kandal"], **told}
    one = take(tmp_path / "a.db", event("ea", title="Police free 43 Kenyans", **same))
    two = take(tmp_path / "b.db", event("eb", title="43 Kenyans leave a compound", **same))
    third = take(tmp_path / "c.db", event("ec", title="Nothing else"))
    merge(one, two)
    assert records(one)["eb"]["status"] == "draft"
    merge(two, one)
    assert {id_: records(two)[id_]["status"] for id_ in ("ea", "eb")} == {"ea": "draft", "eb": "reviewed"}
    merge(third, one)
    assert {id_: records(third)[id_]["status"] for id_ in ("ea", "eb")} == {"ea": "reviewed", "eb": "draft"}


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
