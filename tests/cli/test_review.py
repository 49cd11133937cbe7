"""``scamcli review``: the walk through the drafts on a terminal, and the same decisions for scripts."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import fake_editor
from tests.helpers.command_line import done, rows, run
from tests.helpers.terminals import Conversation, Seen, on_terminal

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


# On a terminal.


def test_undo_and_back(drafts: list[str]) -> None:
    seen = answered("u", "b", "a", "s", "b", "b", "u", "r", "q")
    assert "Nothing has been decided yet" in seen.out
    assert seen.out.count("This is the first draft") == 2
    assert [status(id_) for id_ in drafts] == [None, "draft", "draft"]
    assert [command for command, _ in changes()[:3]] == ["review", "undo", "review"]


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


def test_a_draft_that_changed_since_it_was_shown_is_shown_again(drafts: list[str]) -> None:
    walk = Conversation("review")
    walk.until(PROMPT)
    done("edit", drafts[0], "--title", "Another title")
    walk.type("a")
    assert "has changed since it was shown" in walk.until("Another title")
    assert status(drafts[0]) == "draft"
    walk.until(PROMPT)
    walk.type("a")
    walk.until(PROMPT)
    walk.type("q")
    assert walk.end().code == 0
    assert status(drafts[0]) == "reviewed"


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


@pytest.mark.parametrize(("key", "name"), [("h", "Lina Vorzak"), ("Hide", "lina vorzak")])
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


def test_splitting_in_scripts(own_db: Path) -> None:
    text = "2024-03-05: Police in Kandal freed 45 workers and arrested 30 suspects.\n"
    (id_,) = done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=text).ids
    seen = done("review", "split", "2024-03-05", "--figure", "arrests", "--title", "30 arrested", "--as", "ana")
    assert seen.out.split() == [id_, "2024-03-05-30-arrested"]
    assert changes()[0] == ("review", "ana")
    assert run("review", "split", id_).code == 2
    assert run("review", "split", id_, "--figure", "x").code == 3


# ``show --passage``.
