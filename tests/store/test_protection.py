# ruff: noqa: E501 - tables
"""Protected names: nothing that is printed or written holds them. The person is invented."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from scamcli import Timeline
from tests.helpers.driver import (
    actor,
    entity,
    event,
    export,
    found,
    lines,
    offered,
    ok,
    refused,
    run,
    stored,
    take_in,
)

if TYPE_CHECKING:
    from pathlib import Path

VARIANTS = (
    "Dara Veasna", "dara veasna", "DARA VEASNA", "Dárâ Veãsna", "Da\u200bra Vea\u200dsna", "Dara\u00a0Veasna", "Dara-Veasna",
    "Dara\nVeasna", "Da\u0301ra Veasna", "D\u00adara Veasna", "\uff24ara Veasna", "Dara  Veasna", "(Dara Veasna)", "Dara Veasna's",
    "Dara_Veasna", "Little Dada", "ដារា វាសនា", "ដារាវាសនា", "ដារា\u200bវាសនា", "李小龍",
)  # fmt: skip
"""The name and its aliases as texts write them."""

ALIASES = ["Little Dada", "ដារា វាសនា", "李小龍"]
TRACES = re.compile("dara|veasna|dada|ដារា|វាសនា|李|小龍|龍", re.IGNORECASE)


def plain(text: str) -> str:
    """A text in which a hidden name is seen."""
    text = re.sub("[\u00ad\u200b\u200d\u0300-\u036f]", "", text)
    return text.translate(str.maketrans("áâãＤ", "aaaD"))


def clean(text: str) -> str:
    """The text, which holds nothing of the name."""
    left = TRACES.search(plain(text).replace("Darasokha", ""))
    assert left is None, text[max(0, left.start() - 80) : left.end() + 80]
    return text


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A timeline with a protected person named in every place that holds text."""
    db = tmp_path / "kept.db"
    take_in(
        db,
        actor("Dara Veasna", kind="person", protected=True, aliases=ALIASES, positions=["cook"], note="Dara was held."),
        actor("Known Body", kind="ngo", note="It helped Dara Veasna.", aliases=["Friends of Dara Veasna"]),
        {"type": "site", "name": "Grey Gate", "owners": [{"name": "Known Body", "stated_by": "Dara Veasna",
         "note": "said Veasna"}], "note": "Where ដារាវាសនា was held."},
        event("p-all", "2023-01-02", "rescue", title="Dara Veasna freed", summary="The cook Dara, or Veasna, was freed.",
              note="Dara's own words", tags=["Dara Veasna"], sites=["Grey Gate"], nationalities=["Thai"],
              actors=[{"name": "Little Dada", "role": "victim"}], places=[{"name": "Dara Veasna house", "country": "TH"}],
              figures=[{"metric": "rescues", "stated": "Dara Veasna and 4 others", "best": 5, "note": "so says Veasna",
                        "stated_by": "Dara Veasna", "group": "friends of Dara Veasna"}],
              sources=[{"outlet": "The Paper", "title": "Dara speaks", "passage": "Veasna said", "via": "Dara Veasna",
                        "url": "https://paper.example/dara-veasna-freed"}]),
        event("p-other", "2023-02-03", "report", title="He who helped", summary="It names Dara Veasna, and Darasokha.",
              actors=[{"name": "Known Body"}], links=[{"type": "follows", "event": "p-all", "note": "of Dara Veasna"}]),
        *[event(f"v-{n}", "2023-03-04", "report", title=f"About {one} again", summary=f"x {one}. y")
          for n, one in enumerate(VARIANTS)],
        event("v-khmer", "2023-03-05", "report", title="គេបានឃើញដារាវាសនានៅទីនោះ", summary="他们看见李小龍在那里"),
    )  # fmt: skip
    return db


COMMANDS = [
    ["search"], ["timeline"], ["stats", "rescues"], ["actors"], ["sites"],
    ["stats", "rescues", "--by", "actor"], ["stats", "rescues", "--by", "group"],
    ["stats", "events", "--by", "actor"], ["stats", "events", "--by", "source"],
    ["show", "p-all"], ["show", "v-khmer"], ["actors", "Known Body"], ["sites", "Grey Gate"],
    ["search", "--tag", "Dara Veasna"], ["search", "--source", "The Paper"],
    ["actors", "Dara Veasna"], ["search", "--actor", "Little Dada"], ["search", "--via", "dara veasna"],
    ["timeline", "--actor", "ដារាវាសនា"], ["search", "Veasna"], ["stats", "rescues", "--actor", "Dara Veasna"],
]  # fmt: skip
FORMATS = ["", "json", "csv"]


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_no_command_prints_it_in_any_format(kept: Path, args: list[str]) -> None:
    for format_ in FORMATS:
        answer = run(*args, *(["--format", format_] if format_ else []), "--db", str(kept))
        assert answer.code == 0, answer
        clean(answer.out)
        clean(answer.err)


def test_no_export_holds_it(kept: Path, tmp_path: Path) -> None:
    clean(export(kept, "--db", str(kept)).replace("Darasokha", ""))
    ok("export", "jsonl", "-o", str(tmp_path / "out"), "--db", str(kept))
    clean((tmp_path / "out").read_text(encoding="utf-8").replace("Darasokha", ""))


def test_the_keeper_may_print_it(kept: Path) -> None:
    for args in COMMANDS:
        answer = run(*args, "--json", "--include-protected", "--db", str(kept))
        assert answer.code == 0, answer
        assert "[protected-" not in answer.out
    assert stored(kept, "p-all")["summary"] == "The cook Dara, or Veasna, was freed."
    assert entity(kept, "actor", "Dara Veasna")["aliases"] == ALIASES


def placeholder(db: Path) -> str:
    (one,) = set(
        re.findall(r"\[protected-\d+\]", ok("actors", "--format", "json", "--fields", "name", "--db", str(db)))
    )
    return str(one)


def test_the_placeholder_is_stable_and_a_name(kept: Path) -> None:
    name = placeholder(kept)
    ok("edit", "p-other", "--note", "N", "--db", str(kept))
    assert placeholder(kept) == name
    assert found(kept, "--actor", name) == found(kept, "--actor", "Dara Veasna") == ["p-all"]
    assert found(kept, "--actor", "veasna dara") == found(kept, "--actor", "李小龍") == ["p-all"]
    assert name in ok("actors", name, "--db", str(kept))
    id_ = ok("add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", f"{name}: victim", "--figure",
             f"rescues: 1; by: {name}", "--db", str(kept)).strip()  # fmt: skip
    assert {one["name"] for one in stored(kept, id_)["actors"]} == {"Dara Veasna"}
    ok("edit", id_, "--remove", f"actor: {name}", "--remove", "figure: rescues", "--db", str(kept))
    assert stored(kept, id_)["actors"] == []
    refused(run("search", "--actor", "[protected-1]", "--db", str(kept)), 3)


def test_the_number_says_nothing(tmp_path: Path) -> None:
    seen = set()
    for n in range(5):
        take_in(tmp_path / f"{n}.db", actor("Dara Veasna", protected=True))
        seen.add(placeholder(tmp_path / f"{n}.db"))
    assert len(seen) == 5


@pytest.mark.parametrize("name", ["D", "李", " D\u200b"])
def test_a_name_too_short_to_protect(db: Path, name: str) -> None:
    before = export(db)
    refused(run("import", "-", "--db", str(db), stdin=lines([actor(name, protected=True)])), 4, "short")
    record = actor("Some Person", protected=True, aliases=[name])
    refused(run("import", "-", "--db", str(db), stdin=lines([record])), 4, "short")
    assert export(db) == before


def test_in_python(kept: Path) -> None:
    with Timeline(kept) as timeline:
        for hit in timeline.search():
            clean(hit.model_dump_json().replace("Darasokha", ""))
        clean(timeline.event("p-all").model_dump_json())
        clean(json.dumps([*timeline.entities("actor"), *timeline.entities("site")], ensure_ascii=False))
        clean(json.dumps(timeline.profile("actor", "Dara Veasna"), ensure_ascii=False))
        clean("".join(timeline.lines()).replace("Darasokha", ""))
        for type_ in ("actor", "tag", "place", "site", "event", "nationality", "metric"):
            for start in ("", "D", "dara", "Little"):
                clean(" ".join(timeline.names(type_, start)))
        clean(" ".join(timeline.notes))
    with Timeline(kept, include_protected=True) as timeline:
        assert timeline.event("p-all").actors[0].name == "Dara Veasna"


def test_completion(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(kept))
    for option in ("--actor", "--tag"):
        for start in ("", "D"):
            clean(" ".join(offered(f"scamcli search {option} {start}")))
    clean(" ".join(offered("scamcli show ")))


def test_a_masked_export_imported_again_is_unchanged(kept: Path) -> None:
    before = export(kept)
    answer = run("import", "-", "--db", str(kept), stdin=export(kept, "--db", str(kept)))
    assert answer.code == 0, answer
    assert "0 records added" in answer.err
    assert export(kept) == before


def test_an_edit_through_masked_output_loses_no_name(kept: Path) -> None:
    """``show --json | jq … | edit -``: what was not changed stays, also inside a text that was."""
    record: dict[str, Any] = json.loads(ok("show", "p-other", "--json", "--db", str(kept)))
    record["summary"] += " More."
    record["title"] = "New"
    ok("edit", "p-other", "-", "--db", str(kept), stdin=lines([record]))
    changed = stored(kept, "p-other")
    assert changed["links"][0]["note"] == "of Dara Veasna"
    assert changed["summary"] == "It names Dara Veasna, and Darasokha. More."
    person = json.loads(ok("actors", placeholder(kept), "--json", "--db", str(kept)))
    person = {key: person[key] for key in entity(kept, "actor", "Dara Veasna")} | {"note": "New note"}
    ok("edit", placeholder(kept), "-", "--db", str(kept), stdin=lines([person]))
    assert entity(kept, "actor", "Dara Veasna")["aliases"] == ALIASES


def test_words_of_the_vocabulary_are_no_names(tmp_path: Path) -> None:
    """A person called as a kind, a role or a province is: the record stays one that can be taken in."""
    db = tmp_path / "new.db"
    take_in(
        db,
        actor("Victim Preah", kind="person", protected=True),
        event("x-1", "2023-01-02", "rescue", actors=[{"name": "Victim Preah", "role": "victim"}],
              provinces=["Preah Sihanouk"], figures=[{"metric": "rescues", "low": 1, "id": "preah"}]),
    )  # fmt: skip
    with Timeline(db) as timeline:
        (hit,) = timeline.search()
    assert (hit.actors[0].role, hit.provinces) == ("victim", ["Preah Sihanouk"])
    before = export(db)
    ok("import", "-", "--db", str(db), stdin=export(db, "--db", str(db)))
    assert export(db) == before


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Two protected people with one surname, in the note of an event."""
    db = tmp_path / "shared.db"
    people = [actor(name, kind="person", protected=True) for name in ("Nguyen Thi Hoa", "Nguyen Van Minh")]
    note = "Nguyen was afraid. Nguyen Thi Hoa fled with Nguyễn Van Minh; Hoa spoke, and NGUYEN did not."
    take_in(db, *people, event("escape", note=note))
    return db


def test_a_word_that_two_protected_names_share_has_no_number(shared: Path) -> None:
    note = json.loads(ok("show", "escape", "--json", "--db", str(shared)))["note"]
    assert re.sub(r"\d+", "N", note) == (
        "[protected] was afraid. [protected-N] fled with [protected-N]; [protected-N] spoke, and [protected] did not."
    )
    hoa, minh, again = re.findall(r"\d+", note)
    assert hoa == again != minh


def test_a_name_that_only_a_text_has_can_be_protected(tmp_path: Path) -> None:
    db = tmp_path / "text.db"
    text = "On 5 March 2024 police freed 45 people in Kandal. Siti Aminah, 23, said that she was sold.\n"
    ok("ingest", "-", "--db", str(db), stdin=text)
    placeholder_ = ok("protect", "Siti Aminah", "--db", str(db)).strip()
    assert re.fullmatch(r"\[protected-\d+\]", placeholder_)
    shown = ok("show", "2024", "--passage", "--db", str(db))
    assert placeholder_ in shown
    assert "Aminah" not in shown
    assert "Aminah" not in ok("export", "jsonl", "--drafts", "--db", str(db))
    seen = run("protect", "Tran Van Minh", "--db", str(db))
    assert (seen.code, 'No actor named "Tran Van Minh".' in seen.err) == (3, True)


def test_an_undo_of_the_protection_of_such_a_name_ends_it_and_says_so(tmp_path: Path) -> None:
    db = str(tmp_path / "text.db")
    ok("init", db, "--empty")
    ok("add", "--date", "2024", "--kind", "rescue", "--title", "Siti Aminah is free", "--source", "X", "--db", db)
    number = ok("protect", "Siti Aminah", "--db", db).strip()
    answer = run("undo", "--db", db)
    assert (answer.code, f"ends the protection of {number}" in answer.err) == (2, True), answer
    assert f"{number} is no longer protected" in run("undo", "--reason", "nobody", "--db", db).err
    assert "Siti Aminah is free" in ok("search", "--db", db)
    assert 'No actor named "Siti Aminah"' in run("unprotect", "Siti Aminah", "--reason", "x", "--db", db).err
    ok("undo", "--redo", "--db", db)
    assert number in ok("search", "--db", db)
    refused(run("undo", "4", "--db", db), 2, "needs a reason")
    assert f"{number} is no longer protected" in run("undo", "4", "--reason", "nobody", "--db", db).err
    assert "Siti Aminah is free" in ok("search", "--db", db)


def test_a_removed_actor_stays_masked_and_unprotect_says_so(tmp_path: Path) -> None:
    db = str(tmp_path / "text.db")
    ok("init", db, "--empty")
    ok("add", "--date", "2024", "--kind", "rescue", "--title", "Siti Aminah is free", "--source", "X", "--db", db)
    number = ok("protect", "Siti Aminah", "--db", db).strip()
    ok("remove", "--actor", "Siti Aminah", "--include-protected", "--db", db)
    assert number in ok("search", "--db", db)
    answer = run("unprotect", number, "--reason", "x", "--db", db)
    assert (answer.code, f"The record of {number} was removed, and the name stays masked." in answer.err) == (3, True)
    ok("undo", "3", "--db", db)
    assert number in ok("search", "--db", db)


@pytest.mark.parametrize("reason", [(), ("--reason", "she agreed")], ids=["without", "with"])
def test_an_edit_ends_a_protection_only_for_a_reason(tmp_path: Path, reason: tuple[str, ...]) -> None:
    db = str(tmp_path / "text.db")
    ok("init", db, "--empty")
    ok("add", "--date", "2024", "--kind", "rescue", "--title", "Siti Aminah is free", "--source", "X", "--db", db)
    number = ok("protect", "Siti Aminah", "--db", db).strip()
    given = json.dumps({"type": "actor", "name": number, "protected": False})
    answer = run("edit", number, "-", *reason, "--db", db, stdin=given)
    assert (answer.code, "needs a reason" in answer.err) == ((0, False) if reason else (2, True)), answer
    assert ("Siti Aminah" in ok("search", "--db", db)) == bool(reason)


def test_a_copy_cannot_take_a_name_from_a_protected_actor(tmp_path: Path) -> None:
    own, copy, other = tmp_path / "own.db", tmp_path / "copy.db", tmp_path / "other.db"
    people = [{"name": "Witness A", "role": "victim"}]
    take_in(
        own,
        actor("Witness A", kind="person", protected=True, aliases=["Vanna Sokhavy"]),
        event("e", title="Police free Vanna Sokhavy", actors=people),
    )
    for path in (copy, other):
        path.write_bytes(own.read_bytes())
    ok("actors", "edit", "Witness A", "--remove", "alias: Vanna Sokhavy", "--db", str(copy))
    run("merge", str(copy), "--db", str(own))
    take_in(copy, actor("Vanna Sokhavy", kind="person"))
    run("merge", str(copy), "--db", str(own))
    taken = lines([actor("Witness A", aliases=[]), {"type": "site", "name": "Vanna Sokhavy"}])
    answer = run("import", "-", "--on-conflict", "update", "--db", str(other), stdin=taken)
    assert "keeps its other names" in answer.err
    for path in (own, other):
        assert "Sokhavy" not in ok("export", "jsonl", "--db", str(path)) + ok("search", "--db", str(path)) + answer.err
