"""``scamcli review``: the walk through the drafts on a terminal, and the same decisions for scripts."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import fake_editor
from tests.helpers.command_line import done, ids, rows, run
from tests.helpers.pdf_files import pdf
from tests.helpers.terminals import SCRIPT, Conversation, Seen, on_terminal, piped

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Police statements of March 2024

2024-03-05: Police freed 45 Thai workers from a compound in Kandal, the police said.

2024-03-07: Officers arrested 30 suspects in Poipet. Invented Person spoke of 17 letters.

2024-03-09: Police freed 12 Indonesians in Kampot.
"""

PROMPT = "[q]uit [?]: "


@pytest.fixture
def drafts(own_db: Path) -> list[str]:
    """The ids of three drafts, in the order of their text."""
    found: list[str] = done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=TEXT).ids
    return found


def answered(*answers: str, columns: int = 100, env: dict[str, str] | None = None) -> Seen:
    """A walk with these answers: to what becomes of a draft, or, after =, into which event it is merged."""
    walk = Conversation("review", columns=columns, env=env)
    for answer in answers:
        walk.until("): " if answer.startswith("=") else PROMPT)
        walk.type(answer.removeprefix("="))
    return walk.end()


def status(id_: str) -> str | None:
    seen = run("show", id_, "--json")
    return seen.json["status"] if seen.code == 0 else None


def changes() -> list[tuple[str, str]]:
    return [(row["command"], row["by"]) for row in rows("log")]


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


# For scripts.


def test_the_list_says_where_each_field_comes_from(drafts: list[str]) -> None:
    found = rows("review")
    assert [draft["id"] for draft in found] == drafts
    first = found[0]
    assert set(first) == {
        "id", "date", "kind", "title", "same_as", "record", "digest", "passage", "start", "end", "spans", "unread",
        "unread_at", "snapshot", "files", "source",
    }  # fmt: skip
    assert first["record"] == {
        key: value for key, value in done("show", drafts[0], "--json").json.items() if key in first["record"]
    }
    assert "Police freed 45 Thai workers" in first["passage"]
    assert TEXT[first["start"] : first["end"]] == first["passage"]
    assert {"date", "figures.rescues"} <= {span["field"] for span in first["spans"]}
    for draft in found:
        for span in draft["spans"]:
            assert span["words"] == TEXT[span["start"] : span["end"]]
            assert span["grade"] in {"sure", "likely", "unsure"}
            assert span["rule"]
        assert [TEXT[one["start"] : one["end"]] for one in draft["unread_at"]] == draft["unread"]
    assert "17" in found[1]["unread"]
    assert first["source"]["outlet"] == "Example Daily"


def test_the_list_in_other_forms(drafts: list[str]) -> None:
    lines = done("review", "--format", "tsv").out.splitlines()
    assert lines[0].split("\t") == ["date", "kind", "title", "unread", "same_as", "id"]
    assert [line.split("\t")[-1] for line in lines[1:]] == drafts
    assert [json.loads(line)["id"] for line in done("review", "--format", "jsonl").out.splitlines()] == drafts
    assert done("review", "--fields", "id", "--format", "csv").out.split() == ["id", *drafts]
    assert done("review", "--json", "--limit", "1").ids == drafts[:1]
    assert done("review", "--json", "--limit", f"{10**20}").ids == drafts
    snapshot = rows("review")[0]["snapshot"]
    assert done("review", "--json", "--snapshot", snapshot[:10].upper()).ids == drafts
    assert done("review", "--json", "--snapshot", "0000000000").json == []


def test_nothing_to_review(own_db: Path) -> None:
    seen = done("review", "--json")
    assert (seen.json, seen.err) == ([], "scamcli: There are no drafts to review.\n")


def test_accepting(drafts: list[str]) -> None:
    seen = done("review", "accept", drafts[0], drafts[2], "--as", "ana", "--reason", "read")
    assert seen.out.split() == [drafts[0], drafts[2]]
    assert [status(id_) for id_ in drafts] == ["reviewed", "draft", "reviewed"]
    assert {drafts[0], drafts[2]} <= ids("--during", "2024-03")
    assert [draft["id"] for draft in rows("review")] == [drafts[1]]
    assert changes()[0] == ("review", "ana")
    done("undo", "--as", "ana")
    assert [draft["id"] for draft in rows("review")] == drafts
    assert ids("--during", "2024-03") == set()


def test_an_id_may_be_shortened(drafts: list[str]) -> None:
    assert done("review", "accept", "2024-03-05").out.split() == [drafts[0]]


@pytest.mark.parametrize("word", ["accept", "reject"])
@pytest.mark.parametrize(
    ("other", "code", "said"),
    [
        ("2022-09-22-vietnamese-rescued", 4, "not a draft"),
        ("nobody-has-this", 3, "nobody-has-this"),
        ("2024-03-0", 3, "2024-03-0"),
    ],
)
def test_all_or_nothing(drafts: list[str], word: str, other: str, code: int, said: str) -> None:
    before = changes()
    seen = run("review", word, drafts[0], other)
    assert (seen.code, seen.out) == (code, "")
    assert said in seen.err
    assert changes() == before
    assert status(drafts[0]) == "draft"


def test_rejecting(drafts: list[str]) -> None:
    actors = {row["name"] for row in rows("actors")}
    seen = done("review", "reject", *drafts, "--reason", "press releases")
    assert seen.out.split() == drafts
    assert ids("--drafts", "--during", "2024-03") == set()
    assert "Example Daily" in actors
    assert "Example Daily" not in {row["name"] for row in rows("actors")}
    assert done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=TEXT).json == []
    done("undo")
    assert [draft["id"] for draft in rows("review")] == drafts
    assert {row["name"] for row in rows("actors")} == actors


def test_merging(drafts: list[str]) -> None:
    into = "2022-09-22-vietnamese-rescued"
    assert done("review", "merge", drafts[0], "2022-09-22").out.split() == [drafts[0]]
    assert "Example Daily" in {source["outlet"] for source in done("show", into, "--json").json["sources"]}
    assert done("show", drafts[0], "--json").json["id"] == into
    passage = done("show", into, "--passage").out
    assert "45" in passage
    assert [draft["id"] for draft in rows("review")] == drafts[1:]
    done("undo")
    assert "Example Daily" not in {source["outlet"] for source in done("show", into, "--json").json["sources"]}
    assert status(drafts[0]) == "draft"
    assert run("review", "merge", drafts[0], drafts[0]).code == 4
    assert run("review", "merge", into, drafts[0]).code == 4
    assert run("review", "merge", drafts[0], "nobody-has-this").code == 3


def test_what_looks_wrong_is_not_accepted(drafts: list[str]) -> None:
    record = done("show", drafts[0], "--json").json
    record["figures"][0] |= {"low": 9, "best": 5, "high": 4}
    done("edit", drafts[0], "-", "--force", stdin=json.dumps(record))
    seen = run("review", "accept", drafts[1], drafts[0])
    assert (seen.code, seen.out) == (4, "")
    assert "--force" in seen.err
    assert [status(id_) for id_ in drafts] == ["draft"] * 3
    done("review", "accept", drafts[0], "--force")
    assert status(drafts[0]) == "reviewed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--db", "x.db", "accept", "2024"), "--db must come after accept"),
        (("--force", "accept", "2024"), "--force must come after accept"),
        (("accept",), 'Missing argument "ID..."'),
        (("merge", "2024"), 'Missing argument "INTO"'),
        (("acept", "2024"), "acept"),
        ((), "`review` asks about each draft, which needs a terminal"),
    ],
    ids=str,
)
def test_wrong_usage(drafts: list[str], arguments: tuple[str, ...], said: str) -> None:
    seen = run("review", *arguments)
    assert (seen.code, seen.out) == (2, "")
    assert said in seen.err


def test_without_a_terminal_it_names_what_scripts_call(drafts: list[str]) -> None:
    for seen in (piped("review"), on_terminal("review")):
        assert (seen.code, seen.out) == (2, "")
        assert "review --json" in seen.err
        assert "review accept ID" in seen.err


# On a terminal.


def test_the_walk_from_start_to_end(drafts: list[str]) -> None:
    seen = answered("a", "r", "s")
    assert seen.code == 0
    assert [status(id_) for id_ in drafts] == ["reviewed", None, "draft"]
    assert changes()[:2] == [("review", changes()[0][1])] * 2
    assert seen.out.endswith("scamcli: 1 accepted, 1 rejected; 1 draft left to review.\n")
    for number, id_ in enumerate(drafts, 1):
        assert f"draft {number} of 3  {id_}" in seen.out


def test_a_draft_is_shown_with_its_passage_and_record(drafts: list[str]) -> None:
    shown = plain(answered("q", columns=150).out)
    line = next(line for line in shown.splitlines() if "Police freed 45 Thai workers" in line and "title" in line)
    assert "Police freed 45" in line.partition("title")[2]
    narrow = plain(answered("q", columns=60).out)
    assert "Police freed 45 Thai workers" in narrow
    assert [
        line for line in narrow.splitlines() if len(line) > 60 and PROMPT not in line and line[:6] != "draft "
    ] == []
    assert re.search(r"^figure +unsure +45 Thai workers.*“45 Thai", narrow, re.MULTILINE)


def test_doubtful_fields_come_first_beside_their_words(drafts: list[str]) -> None:
    shown = plain(answered("?", "q").out)
    record, _, reasons = shown.partition(PROMPT)
    beside = re.findall(r"^(\w+) +(sure|likely|unsure) .*“([^”]+)”", record, re.MULTILINE)
    assert beside[0] == ("kind", "unsure", "freed")
    order = [["unsure", "likely", "sure"].index(grade) for _, grade, _ in beside]
    assert order == sorted(order)
    assert len(set(order)) > 1
    fields = {span["field"].split(".")[0]: span["words"] for span in rows("review")[0]["spans"]}
    assert ("date", "likely", fields["date"]) in beside
    assert reasons.index("figures.rescues") < reasons.index("provinces.Kandal")


def test_marks_are_colours_or_characters(drafts: list[str]) -> None:
    coloured = answered("s", "q").out
    assert "\x1b[1;" in coloured
    assert "«" not in coloured
    assert re.search(r"\x1b\[[0-9;]*7;[0-9;]*m17\x1b", coloured)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        signed = answered("s", "q", env=env).out
        assert "\x1b" not in signed
        assert re.search(r"«\??45", signed)
        assert "[?17]" in signed


def test_why(drafts: list[str]) -> None:
    seen = answered("s", "?", "q").out
    assert re.search(r"figures\.\S+ +(\x1b\[\S+)?(sure|likely|unsure)", seen)
    assert "in no figure: 17" in seen
    assert "u  undo the last decision" in seen
    assert rows("review")[1]["spans"][0]["rule"] in seen


def test_undo_and_back(drafts: list[str]) -> None:
    seen = answered("u", "b", "a", "s", "b", "b", "u", "r", "q")
    assert "Nothing has been decided yet" in seen.out
    assert seen.out.count("This is the first draft") == 2
    assert [status(id_) for id_ in drafts] == [None, "draft", "draft"]
    assert [command for command, _ in changes()[:3]] == ["review", "undo", "review"]


def test_what_was_undone_is_decided_anew(drafts: list[str]) -> None:
    answered("r", "u", "a", "q")
    assert status(drafts[0]) == "reviewed"


def test_leaving_and_going_on(drafts: list[str]) -> None:
    assert "draft 1 of 3" in answered("a", "q").out
    seen = answered("s", "q").out
    assert "draft 1 of 2" in seen
    assert drafts[0] not in seen
    assert "Nothing was decided; 2 drafts left to review" in seen


def test_a_walk_that_is_killed_has_lost_no_decision(drafts: list[str]) -> None:
    walk = Conversation("review")
    for answer in ("a", "r"):
        walk.until(PROMPT)
        walk.type(answer)
    walk.until("draft 3 of 3")
    walk.kill()
    assert [status(id_) for id_ in drafts] == ["reviewed", None, "draft"]
    assert "draft 1 of 1" in answered("q").out
    assert done("info", "--verify", "--json").json["problems"] == 0


def test_the_end_of_the_input_leaves(drafts: list[str]) -> None:
    walk = Conversation("review")
    walk.until(PROMPT)
    walk.press("\x04")
    assert walk.end().code == 0
    walk = Conversation("review")
    walk.until(PROMPT)
    assert walk.interrupt().code == 130
    assert [status(id_) for id_ in drafts] == ["draft"] * 3


@pytest.mark.parametrize("keys", ["\x04", "\xff\n"], ids=["end of the input", "not text"])
def test_only_an_empty_line_takes_the_event_that_is_offered(drafts: list[str], keys: str) -> None:
    done("review", "accept", *drafts)
    other = done("ingest", "-", "--outlet", "Other Daily", "--json", stdin=TEXT.replace("statements", "notes")).ids
    walk = Conversation("review")
    walk.until(PROMPT)
    walk.type("m")
    walk.until(f"(Enter: {drafts[0]}): ")
    walk.press_bytes(keys.encode("latin-1"))
    walk.until(PROMPT)
    walk.press("\x04")
    seen = walk.end()
    assert seen.code == 0
    assert "Nothing was decided; 3 drafts left" in seen.out
    assert [status(id_) for id_ in other] == ["draft"] * 3


@pytest.mark.parametrize("word", ["q", "Q", "quit", "Quit"])
def test_leaving_by_any_word_that_says_so(drafts: list[str], word: str) -> None:
    seen = answered(word)
    assert seen.code == 0
    assert "a  accept it as it is" not in seen.out
    assert seen.out.endswith("Nothing was decided; 3 drafts left to review.\n")


def test_accepting_what_an_event_tells_already(drafts: list[str]) -> None:
    done("review", "accept", *drafts[:2])
    other = done("ingest", "-", "--outlet", "Other Daily", "--json", stdin=TEXT.replace("statements", "notes")).ids
    done("remove", drafts[1])
    seen = done("review", "accept", *other)
    assert seen.out.split() == other
    assert f"{other[0]} seems to report the same as {drafts[0]}. " in seen.err
    assert seen.err.count("seems to report the same") == 2
    assert f"{other[2]} seems to report the same as {drafts[2]}. " in seen.err
    assert [status(id_) for id_ in other] == ["reviewed"] * 3
    advised = re.search(r"`scamcli (remove [^`]*)`", seen.err)
    assert advised
    done(*advised[1].split())
    assert done("show", other[0], "--json").json["id"] == drafts[0]
    assert {"Example Daily", "Other Daily"} <= {
        source["outlet"] for source in done("show", drafts[0], "--json").json["sources"]
    }


def test_merging_on_the_way(drafts: list[str]) -> None:
    done("review", "accept", *drafts)
    other = done("ingest", "-", "--outlet", "Other Daily", "--json", stdin=TEXT.replace("statements", "notes")).ids
    seen = answered("m", "=", "m", f"={drafts[2]}", "m", "=nobody-has-this", "q")
    assert f"May already be recorded: {drafts[0]}" in seen.out
    assert f"(Enter: {drafts[0]})" in seen.out
    assert done("show", other[0], "--json").json["id"] == drafts[0]
    assert done("show", other[1], "--json").json["id"] == drafts[2]
    assert "No event" in seen.out
    assert status(other[2]) == "draft"
    assert "2 merged; 1 draft left" in seen.out


@pytest.mark.parametrize(("key", "type_"), [("d", "distinct"), ("p", "repeats"), ("l", "updates")])
def test_accepting_with_what_settles_a_suspicion(drafts: list[str], key: str, type_: str) -> None:
    done("review", "accept", drafts[0])
    seen = answered(key, f"={drafts[0]}", "q")
    assert "1 accepted" in seen.out
    record = done("show", drafts[1], "--json").json
    assert record["status"] == "reviewed"
    assert [(link["type"], link["event"]) for link in record["links"]] == [(type_, drafts[0])]


def test_what_looks_wrong_is_refused_and_can_be_forced(drafts: list[str]) -> None:
    record = done("show", drafts[0], "--json").json
    record["figures"][0] |= {"low": 9, "best": 5, "high": 4}
    done("edit", drafts[0], "-", "--force", stdin=json.dumps(record))
    seen = answered("a", "f", "q")
    assert "or f to accept it anyway" in seen.out
    assert seen.out.count("draft 1 of 3") == 1
    assert status(drafts[0]) == "reviewed"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("figure: rescues: 54", "To change a field, press c first."),
        ("source: Example Daily", "To change a field, press c first."),
        ("accept: yes", "To change a field, press c first."),
        ("reject this? no", "? explains the keys."),
        ("foo", "? explains the keys."),
        ("aa", "? explains the keys."),
        ("z", "? explains the keys."),
        ("f", "f accepts a draft only after it was refused"),
    ],
)
def test_only_a_key_decides(drafts: list[str], answer: str, said: str) -> None:
    before = changes()
    seen = answered(answer, "q")
    assert said in seen.out
    assert seen.out.count(PROMPT) == 2
    assert "Nothing was decided; 3 drafts left to review" in seen.out
    assert changes() == before


@pytest.mark.parametrize(("answer", "after"), [("accept", "reviewed"), ("A", "reviewed"), ("Reject", None)])
def test_a_key_or_its_word_in_any_case_decides(drafts: list[str], answer: str, after: str | None) -> None:
    answered(answer, "q")
    assert status(drafts[0]) == after


def test_forcing_repeats_what_was_refused(drafts: list[str]) -> None:
    done("review", "accept", drafts[1])
    record = done("show", drafts[0], "--json").json
    record["figures"][0] |= {"low": 9, "best": 5, "high": 4}
    done("edit", drafts[0], "-", "--force", stdin=json.dumps(record))
    answered("d", f"={drafts[1]}", "f", "q")
    found = done("show", drafts[0], "--json").json
    assert (found["status"], [link["type"] for link in found["links"]]) == ("reviewed", ["distinct"])


def test_a_correction_that_cannot_be_read_is_asked_again(drafts: list[str]) -> None:
    seen = answered("c", "=figure: rescues 46", "=figure: rescues: 46", "q")
    assert "Type the field again, or press Enter to leave the draft as it is." in seen.out
    assert seen.out.count(PROMPT) == 2
    assert done("show", drafts[0], "--json").json["figures"][0]["stated"] == "46"


def test_somebody_else_decides_meanwhile(drafts: list[str]) -> None:
    walk = Conversation("review")
    walk.until(PROMPT)
    done("review", "reject", drafts[0], drafts[1])
    walk.type("a")
    said = walk.until(PROMPT)
    assert "Somebody else has decided on this draft in the meantime" in said
    assert drafts[2] in said
    done("review", "accept", drafts[2])
    walk.type("r")
    seen = walk.end()
    assert seen.code == 0
    assert seen.out.count("Somebody else has decided") == 2
    assert status(drafts[2]) == "reviewed"


def test_somebody_else_decides_while_it_is_edited(drafts: list[str], tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import subprocess, sys\nfrom pathlib import Path\n"
        f"subprocess.run([{SCRIPT!r}, 'review', 'reject', {drafts[0]!r}], stdout=subprocess.DEVNULL)\n"
        "path = Path(sys.argv[1])\npath.write_text(path.read_text().replace('title: ', 'title: My '))\n"
    )
    env = {"EDITOR": f"'{sys.executable}' '{script}'", "VISUAL": "", "TMPDIR": str(tmp_path)}
    seen = answered("e", "q", env=env).out
    assert "Somebody else has decided" in seen
    assert "What you wrote is kept in" in seen
    assert f"draft 2 of 3  {drafts[1]}" in seen


@pytest.mark.parametrize("key", ["a", "r"])
def test_a_draft_that_changed_since_it_was_shown_is_shown_again(drafts: list[str], key: str) -> None:
    walk = Conversation("review")
    walk.until(PROMPT)
    done("edit", drafts[0], "--title", "Another title")
    walk.type(key)
    assert "has changed since it was shown" in walk.until("Another title")
    assert status(drafts[0]) == "draft"
    walk.until(PROMPT)
    walk.type("a")
    walk.until(PROMPT)
    walk.type("q")
    assert walk.end().code == 0
    assert status(drafts[0]) == "reviewed"


def test_no_drafts_on_a_terminal(own_db: Path) -> None:
    seen = Conversation("review").end()
    assert (seen.code, seen.out) == (0, "scamcli: There are no drafts to review.\n")


def test_a_draft_without_a_source_says_so(own_db: Path, tmp_path: Path) -> None:
    done("ingest", "-", stdin="March 5, 2024: Police in Kandal freed 45 Thai workers.\n")
    assert re.search(r"^source +not recorded *$", plain(answered("q").out), re.MULTILINE)
    done("review", "--html", str(tmp_path / "review.html"))
    assert "<td>not recorded</td>" in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_a_draft_that_was_typed_in(own_db: Path) -> None:
    id_ = done("add", "--date", "2024-03-05", "--kind", "raid", "--title", "Typed in", "--status", "draft").out.strip()
    row = rows("review")[0]
    assert (row["id"], row["passage"], row["snapshot"], row["spans"]) == (id_, None, None, [])
    seen = answered("?", "a")
    assert "not read from a text" in seen.out
    assert "1 accepted; 0 drafts left" in seen.out
    assert status(id_) == "reviewed"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "editor"
    place.mkdir()
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{fake_editor.__file__}' '{place}'")
    monkeypatch.delenv("VISUAL", raising=False)
    return place


def test_editing_on_the_way(drafts: list[str], editor: Path) -> None:
    steps: list[Any] = [
        [("\ntitle: ", "\ntitle: As the police say: "), ("\nkind: ", "\nkind: x")], [("\nkind: x", "\nkind: ")],
        [], [("\ntitle: ", "\ntitel: ")], [],
    ]  # fmt: skip
    (editor / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    seen = answered("e", "e", "e", "q")
    found = done("show", drafts[0], "--json").json
    assert (found["status"], found["title"][:19]) == ("reviewed", "As the police say: ")
    assert changes()[0][0] == "review"
    assert "Nothing was changed; it is still a draft" in seen.out
    assert "What you wrote is kept in" in seen.out
    assert "Did you mean title" in seen.out
    assert status(drafts[1]) == "draft"
    text = (editor / "shown-0.txt").read_text(encoding="utf-8")
    assert "status: reviewed" in text
    assert "\n# | «2024-03-05»: " in text
    assert "\n# - unsure: rescue, from “freed”\nkind: rescue\n" in text
    done("undo")
    assert status(drafts[0]) == "draft"


def test_edit_opens_a_draft_with_its_passage(drafts: list[str], editor: Path) -> None:
    steps: list[Any] = [[("\ntitle: ", "\ntitle: As the police say: ")], []]
    (editor / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    for id_ in (drafts[1], "2022-09-22"):
        Conversation("edit", id_).end()
    draft, event = ((editor / f"shown-{number}.txt").read_text(encoding="utf-8") for number in range(2))
    marked = r"^# \| «\??2024-03-07»: «\?Officers» «\?arrested» «\??30 suspects» in «\??Poipet»\. "
    assert re.search(marked, draft, re.MULTILINE)
    assert "[?17]" in draft
    assert "# |" not in event
    found = done("show", drafts[1], "--json").json
    assert (found["status"], found["title"][:19]) == ("draft", "As the police say: ")


def test_a_wording_without_a_number_is_said_after_editing(drafts: list[str], editor: Path) -> None:
    steps: list[Any] = [[("\nfigure: rescues: 45", "\nfigure: rescues: dozens upon dozens")]]
    (editor / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    seen = answered("e", "q").out
    assert status(drafts[0]) == "reviewed"
    assert 'no number was read from "dozens upon dozens"' in seen


def test_protected_names_are_withheld_on_the_way(own_db: Path, editor: Path) -> None:
    done("import", "-", stdin='{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}')
    done("ingest", "-", stdin=TEXT)
    (editor / "steps.json").write_text(json.dumps([[("\ntitle: ", "\ntitle: Now ")]]), encoding="utf-8")
    seen = answered("s", "?", "m", "=", "e", "q")
    assert "Invented" not in seen.out
    assert "Person" not in seen.out
    assert "[protected-" in seen.out
    assert "Invented" not in (editor / "shown-0.txt").read_text(encoding="utf-8")
    stored = next(row for row in rows("search", "--during", "2024-03-07", "--include-protected"))
    assert stored["title"].startswith("Now ")
    assert "[protected-" not in json.dumps(stored)


NAMED = {
    "type": "event", "date": "2024-03-10", "kind": "rescue", "title": "Lina Vorzak freed in Kampot", "status": "draft",
}  # fmt: skip


@pytest.mark.parametrize("key", ["h", "Hide"])
@pytest.mark.parametrize("name", ["Lina Vorzak", "lina vorzak"])
def test_hiding_a_name_on_the_way(own_db: Path, key: str, name: str) -> None:
    done("import", "-", stdin=json.dumps(NAMED))
    before, after = answered(key, f"={name}", "=she asked for it", "a").out.split("she asked for it")
    assert "2024-03-10-lina-vorzak-freed-in-kampot" in before
    assert "draft 1 of 1  2024-03-10-protected-" in after
    assert re.search(r"The name is printed as \[protected-\d+\] from now on", plain(after))
    assert "lina" not in after.lower()
    assert "vorzak" not in after.lower()
    assert after.endswith("scamcli: 1 accepted; 0 drafts left.\n")
    (accepted, hidden) = rows("log", "--include-protected")[:2]
    assert (accepted["command"], hidden["command"], hidden["reason"]) == ("review", "protect", "she asked for it")
    assert "lina" not in done("search", "--during", "2024-03-10", "--json").out.lower()


def test_a_name_that_only_the_id_still_has_is_pointed_out(own_db: Path, editor: Path) -> None:
    done("import", "-", stdin=json.dumps(NAMED))
    said = 'still has "Lina", "Vorzak". If that names a victim, `scamcli protect NAME`'
    assert said in plain(answered("c", "=title: A person freed in Kampot", "q").out)
    done("undo")
    (editor / "steps.json").write_text(json.dumps([[("\ntitle: Lina Vorzak", "\ntitle: A person")]]), encoding="utf-8")
    assert said in plain(answered("e").out)


def test_hiding_takes_the_reason_of_the_review_and_is_not_undone_by_its_key(drafts: list[str]) -> None:
    walk = Conversation("review", "--reason", "the March statements")
    for prompt, answer in ((PROMPT, "h"), ("): ", "Invented Person"), (PROMPT, "u"), (PROMPT, "q")):
        walk.until(prompt)
        walk.type(answer)
    assert "Nothing has been decided yet" in walk.end().out
    assert rows("log")[0]["reason"] == "the March statements"
    assert [row["name"] for row in rows("actors") if row["name"].startswith("[protected-")] != []


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["h", "="], ""),
        (["h", "=Nobody Whatsoever", "="], 'No actor named "Nobody Whatsoever"'),
    ],
)
def test_hiding_nobody(drafts: list[str], answers: list[str], said: str) -> None:
    before = changes()
    seen = answered(*answers, "s", "q").out
    assert said in " ".join(plain(seen).split())
    assert "draft 2 of 3" in seen
    assert changes() == before


def test_the_page_and_the_file_of_the_passage_are_shown(own_db: Path, editor: Path, tmp_path: Path) -> None:
    done("import", "-", stdin='{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}')
    file = tmp_path / "Invented Person said.pdf"
    file.write_bytes(pdf([TEXT.splitlines()[2]], [TEXT.splitlines()[6]]))
    done("ingest", str(file), "--outlet", "Example Daily")
    page = tmp_path / "review.html"
    done("review", "--html", str(page))
    (editor / "steps.json").write_text(json.dumps([[]]), encoding="utf-8")
    for columns in (80, 200):
        seen = plain(answered("s", "q", columns=columns).out)
        assert re.search(r"read from page 2 of the file \[protected-\d+\] said\.pdf \([0-9a-f]{12}\)", seen)
    answered("s", "e", "q")
    shown = (editor / "shown-0.txt").read_text(encoding="utf-8")
    assert re.search(r"^# The passage it was read from, page 2 of the file \[protected-\d+\] said\.pdf", shown, re.M)
    assert re.search(r"Page 2 of the file \[protected-\d+\] said\.pdf", page.read_text(encoding="utf-8"))


def test_without_a_file_the_place_in_the_text_is_shown(own_db: Path) -> None:
    done("ingest", "-", "--no-original", stdin=TEXT)
    assert re.search(r"read from characters \d+ to \d+ of the text [0-9a-f]{12}", plain(answered("q").out))


def test_a_hostile_passage_is_harmless(own_db: Path) -> None:
    text = "2024-03-05: Police freed 45 \x1b[2J\x1b]0;title\x07 workers \u202e in [bold]Kandal[/bold] :skull:.\n"
    done("ingest", "-", stdin=text)
    if not rows("review"):
        pytest.fail("no draft")
    for env in ({}, {"NO_COLOR": "1"}):
        seen = answered("?", "q", columns=150, env=env).out
        assert "\x1b[2J" not in seen
        assert "\x1b]" not in seen
        assert "\x07" not in seen
        assert "\u202e" not in seen
        assert "[bold]" in plain(seen)
        assert ":skull:" in plain(seen)
    edited = answered("e", "q", env={"EDITOR": "cat", "VISUAL": ""}).out
    assert "".join(re.findall(r"^#.*$", edited, re.MULTILINE)).isprintable()
    assert "\n# | «2024-03-05»: " in edited
    shown = on_terminal("show", "2024-03-05", "--passage").out
    assert "\x1b[2J" not in shown
    assert "\\u001b[2J" in plain(shown)


def test_changing_one_field_on_the_way(drafts: list[str]) -> None:
    seen = answered(
        "c", "=kind: raid", "c", "=knd: x", "=", "c", "=figure: rescues: 46", "c", "=title: Undone", "u", "a", "q"
    )
    record = done("show", drafts[0], "--json").json
    assert (record["status"], record["kind"], record["title"][:12]) == ("reviewed", "raid", "Police freed")
    assert [(one["stated"], one["low"], one["nationality"]) for one in record["figures"]] == [("46", 46, "Thai")]
    assert "Did you mean kind:?" in seen.out
    assert [command for command, _ in changes()[:5]] == ["review", "undo", "edit", "edit", "edit"]
    assert "1 accepted, 2 changed; 2 drafts left to review." in seen.out


def test_a_field_of_a_draft_that_changed_since_is_not_changed(drafts: list[str]) -> None:
    walk = Conversation("review")
    walk.until(PROMPT)
    done("edit", drafts[0], "--title", "Another title")
    walk.type("c")
    walk.until("): ")
    walk.type("kind: raid")
    assert "Another title" in walk.until(PROMPT)
    walk.type("q")
    walk.end()
    assert done("show", drafts[0], "--json").json["kind"] == "rescue"


def test_splitting_on_the_way(own_db: Path) -> None:
    text = "2024-03-05: Police in Kandal freed 45 workers and arrested 30 suspects.\n"
    (id_,) = done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=text).ids
    seen = answered("x", "=9", "x", "=", "x", "=2", "=30 arrested", "s", "u", "x", "=2", "=30 arrested", "a", "a")
    assert 'No entry "9"' in seen.out
    assert "draft 2 of 2  2024-03-05-30-arrested" in seen.out
    for one, metric in ((id_, "rescues"), ("2024-03-05-30-arrested", "arrests")):
        record = done("show", one, "--json").json
        assert (record["status"], [figure["metric"] for figure in record["figures"]]) == ("reviewed", [metric])
    assert "2 accepted, 1 split; 0 drafts left." in seen.out


def test_splitting_in_scripts(own_db: Path) -> None:
    text = "2024-03-05: Police in Kandal freed 45 workers and arrested 30 suspects.\n"
    (id_,) = done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=text).ids
    seen = done("review", "split", "2024-03-05", "--figure", "arrests", "--title", "30 arrested", "--as", "ana")
    assert seen.out.split() == [id_, "2024-03-05-30-arrested"]
    assert changes()[0] == ("review", "ana")
    assert run("review", "split", id_).code == 2
    assert run("review", "split", id_, "--figure", "x").code == 3


# ``show --passage``.


def test_the_passage_of_an_event(drafts: list[str]) -> None:
    seen = done("show", drafts[0], "--passage").out
    assert re.search(r"«\??2024-03-05»", seen)
    assert "Example Daily" in seen
    assert "\x1b" not in seen
    assert "\x1b[1;" in on_terminal("show", drafts[0], "--passage").out
    assert "\x1b" not in on_terminal("show", drafts[0], "--passage", env={"NO_COLOR": "1"}).out
    row = done("show", drafts[0], "--passage", "--json").json[0]
    assert row["passage"] == rows("review")[0]["passage"]
    assert row["spans"] == rows("review")[0]["spans"]


def test_the_passage_stays_when_a_draft_is_accepted(drafts: list[str]) -> None:
    before = done("show", drafts[0], "--passage").out
    done("review", "accept", drafts[0])
    done("edit", drafts[0], "--title", "Another title")
    assert done("show", drafts[0], "--passage").out == before


def test_an_event_that_was_typed_in_has_no_passage(own_db: Path) -> None:
    seen = done("show", "2022-09-22", "--passage")
    assert seen.out == ""
    assert "was not read from a text" in seen.err
    assert done("show", "2022-09-22", "--passage", "--json").json == []
    assert run("show", "2022-09-22", "--passage", "--history").code == 2
