# ruff: noqa: E501 - tables
"""Whom a redaction is about: all names of one, and nobody else's."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.driver import actor, entity, event, export, lines, ok, records, refused, run, take_in
from tests.helpers.raw_search import holds, printed, raw, stored
from tests.helpers.redaction_cases import clean, redact

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("protected", [False, True])
def test_actors_that_were_merged(tmp_path: Path, protected: bool) -> None:
    db = tmp_path / "m.db"
    take_in(db, actor("Quintessa Brodnik", protected=protected, aliases=["Uppy Brod"]), actor("Helmet Vorzak", aliases=["Helmut V."]),
            event("e-1", title="Quintessa Brodnik came", actors=[{"name": "Quintessa Brodnik", "role": "victim"}]),
            event("e-2", title="Uppy Brod and Helmet Vorzak came"))  # fmt: skip
    words = ["uintessa", "rodnik", "uppy", "elmet", "orzak", "elmut"]
    ok("names", "merge", "Quintessa Brodnik", "Helmet Vorzak", "--db", str(db))
    assert {"change_record.successor", "change_record.name"} <= stored(db, words)
    given = "Quintessa Brodnik" if protected else "Helmut V."
    redact(db, given)
    clean(db, words)
    for number in (2, 1):
        run("undo", str(number), "--db", str(db))
    clean(db, words)


@pytest.mark.parametrize("how", ["removed", "undone", "renamed by edit"])
def test_an_actor_that_is_there_no_more(tmp_path: Path, how: str) -> None:
    db = tmp_path / "gone.db"
    take_in(db, event("e-1"))
    take_in(db, actor("Quintessa Brodnik", aliases=["Uppy Wrench"], note="Quintessa was here"))
    if how == "removed":
        ok("remove", "--actor", "Quintessa Brodnik", "--db", str(db))
    elif how == "undone":
        ok("undo", "--db", str(db))
    else:
        ok(
            "edit",
            "Quintessa Brodnik",
            "-",
            "--db",
            str(db),
            stdin=lines([{"type": "actor", "aliases": [], "note": None}]),
        )
    words = ["uintessa", "rodnik", "uppy", "wrench"]
    assert "change_record.before" in stored(db, words)
    redact(db, "Quintessa Brodnik")
    clean(db, words)
    for number in (4, 3, 2):
        run("undo", str(number), "--db", str(db))
    clean(db, words)


TEXTS: list[dict[str, Any]] = [
    {"title": "Quintessa Brodnik came"}, {"summary": "x quintessa-brodnik."}, {"note": "QUINTESSA BRODNIK"},
    {"tags": ["Quintessa Brodnik"]}, {"places": [{"name": "Quintessa Brodnik"}]}, {"nationalities": ["Quintessa Brodnik"]},
    {"places": [{"name": "X", "country": "TH", "admin1": "Quintessa Brodnik"}]}, {"sites": ["Quintessa Brodnik"]},
    {"id": "quintessa-brodnik"}, {"links": [{"type": "follows", "event": "quintessa-brodnik"}]},
    {"links": [{"type": "follows", "event": "e-0", "note": "Quintessa Brodnik", "figure": "quintessa-brodnik"}]},
    {"figures": [{"metric": "cases", "stated": "Quintessa Brodnik said 4"}]},
    {"figures": [{"metric": "cases", "stated": "4", "note": "Quintéssa Brodnik"}]},
    {"figures": [{"metric": "cases", "stated": "4", "unit": "Quintessa Brodnik"}]},
    {"figures": [{"metric": "cases", "stated": "4", "nationality": "Quintessa Brodnik"}]},
    {"figures": [{"metric": "cases", "stated": "4", "id": "quintessa-brodnik"}, {"metric": "cases", "stated": "1", "part_of": "quintessa-brodnik"}]},
    {"sources": [{"outlet": "X", "url": "https://x.example/?q=Quintessa+Brodnik#a"}]}, {"sources": [{"outlet": "Quintessa Brodnik"}]},
    {"sources": [{"outlet": "X", "via": "Quintessa Brodnik"}]}, {"sources": [{"outlet": "X", "archived": "a/quintessa_brodnik"}]},
    {"actors": [{"name": "The Quintessa Brodnik Fund"}]},
]  # fmt: skip


@pytest.mark.parametrize("more", TEXTS, ids=lambda more: json.dumps(more)[:60])
def test_a_name_that_only_a_text_has(tmp_path: Path, more: dict[str, Any]) -> None:
    db = tmp_path / "text.db"
    take_in(db, event(**({"id_": "e-1"} | {{"id": "id_"}.get(key, key): value for key, value in more.items()})))
    words = ["uintessa", "rodnik"]
    assert {"event.record", "utf-8"} <= stored(db, words)
    redact(db, "Quintessa Brodnik")
    clean(db, words)
    ok("undo", "1", "--db", str(db))
    clean(db, words)


@pytest.mark.parametrize("name", ["Quintessa (Brodnik)", "Quint.*ssa [a-z]+ \\d$", "Quin% _ssa", 'Quin"te\'ssa; DROP TABLE event', "Quin NEAR(ssa) *",
                                  "Quin^{title}: ssa", "Quín-tes/sa?#%20", "\\1Quin\\g<0>ssa"])  # fmt: skip
def test_characters_that_mean_something_elsewhere(tmp_path: Path, name: str) -> None:
    db = tmp_path / "odd.db"
    take_in(
        db,
        actor(name),
        event("e-1", title=f"x {name} y", actors=[{"name": name}], tags=[name]),
        event("e-2", title="untouched: Quine"),
    )
    assert stored(db, [name])
    redact(db, name)
    assert not holds(export(db), [name])
    assert stored(db, [name]) == set()
    assert b"ssa" not in raw(db).lower()  # not folded to "sa", which is in the name of a column
    assert "untouched: Quine" in export(db)
    ok("info", "--verify", "--db", str(db))


def test_names_that_it_is_a_part_of_stay(tmp_path: Path) -> None:
    db = tmp_path / "part.db"
    take_in(
        db,
        actor("Brod Ann"),
        actor("Brod Anna"),
        actor("Brod"),
        event("e-1", title="Brod Anna, not Brodann Annex"),
        event("e-2", title="Brod Anna and Brod Ann, not Brodann Annex"),
    )
    one = redact(db, "Brod Ann")
    assert {record["name"] for record in records(db) if record["type"] == "actor"} == {one, "Brod Anna", "Brod"}
    # A record that names the person in full loses each word of the name, but not where it is in the name of another.
    assert [record["title"] for record in records(db) if record["type"] == "event"] == [
        "Brod Anna, not Brodann Annex", f"Brod Anna and {one}, not Brodann Annex",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Q", "李", "***"])
def test_a_name_that_is_too_short(db: Path, name: str) -> None:
    before = db.read_bytes()
    refused(run("redact", "--yes", name, "--db", str(db)), {2, 4})
    assert db.read_bytes() == before


@pytest.mark.parametrize("name", ["Nobody Atall", "[protected-123456]"])
def test_a_name_that_stands_nowhere(db: Path, name: str) -> None:
    before = raw(db)
    refused(run("redact", "--yes", name, "--db", str(db)), 3)
    assert raw(db) == before
    assert "redact" not in ok("log", "--db", str(db))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2023", "no letter"),
        ("2023-01-02", "no letter"),
        ("2023-01-02-firs", "2023-01-02-first"),
        ("kheng", "Sar Kheng"),
    ],
)
def test_what_is_likely_to_be_meant_otherwise(db: Path, name: str, meant: str) -> None:
    before = raw(db)
    refused(run("redact", "--yes", name, "--db", str(db)), 4, meant)
    assert raw(db) == before


def test_authors_and_reasons_alone(db: Path) -> None:
    who = ("--as", "Ana Lawful", "--reason", "Vannak Counsel asked; Vannak called")
    ok("edit", "2023-01-02-first", "--note", "N", *who, "--db", str(db))
    for name in ("Ana Lawful", "Vannak Counsel"):
        redact(db, name)
    clean(db, ["lawful", "vannak", "ounsel"])


def test_a_site(db: Path) -> None:
    ok("names", "alias", "Blue Gate", "Plavi Ulaz", "--site", "--db", str(db))
    ok("edit", "2023-01-02-first", "--summary", "They came from the Plavi Ulaz", "--db", str(db))
    placeholder = redact(db, "Plavi Ulaz")
    clean(db, ["blue gate", "plavi", "ulaz"])
    assert json.loads(ok("sites", placeholder, "--json", "--db", str(db)))["events"]


def bring(db: Path, state: str) -> None:
    """Bring the event into a state."""
    if state == "removed":
        ok("remove", "quop-1", "--db", str(db))
    elif state == "undone":
        for number in (5, 4, 3, 2):
            run("undo", str(number), "--db", str(db))
    elif state == "merged":
        ok("remove", "quop-1", "--same-as", "e-0", "--db", str(db))
    elif state == "merged into":
        ok("remove", "e-0", "--same-as", "quop-1", "--db", str(db))


@pytest.mark.parametrize("state", ["there", "removed", "undone", "merged", "merged into"])
def test_an_event_by_its_id(tmp_path: Path, state: str) -> None:
    db = tmp_path / "event.db"
    take_in(db, event("e-0", title="Another"))
    take_in(
        db, event("quop-1", title="Zimmerfrau told", summary="Zimmerfrau", tags=["zimmertag"], sources=[{"outlet": "The Paper"}]),
        event("e-2", title="About it", links=[{"type": "disputes", "event": "quop-1"}, {"type": "follows", "event": "e-0"}], note="see quop-1"),
        {"type": "site", "name": "S", "owners": [{"name": "The Paper", "event": "quop-1"}]},
    )  # fmt: skip
    ok("edit", "quop-1", "--note", "Zimmernote", "--db", str(db))
    ok("edit", "e-2", "--title", "About that", "--db", str(db))
    ok("edit", "e-2", "--remove", "link: quop-1", "--db", str(db))
    ok("undo", "--db", str(db))
    bring(db, state)
    words = ["quop-1", "immerfrau", "immertag", "immernote"]
    assert {"utf-8", "change_record.name", "change_record.before"} <= stored(db, words)
    redact(db, "quop-1")
    clean(db, words)
    for number in range(1, 12):
        run("undo", str(number), "--db", str(db))
    clean(db, words)
    refused(run("show", "quop-1", "--db", str(db)), 3)
    for asked, text in printed(db, "--include-protected", formats=["", "json"]):
        assert not holds(text, words), asked
    if state == "there":
        (about,) = json.loads(ok("search", "About", "--json", "--db", str(db)))
        assert [link["event"] for link in about["links"]] == ["e-0"]


# Copies, readers, terminals.


@pytest.mark.parametrize("name", ["veasna_calls"])
def test_a_metric_that_holds_the_name(tmp_path: Path, name: str) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Dara Veasna"), {"type": "metric", "name": name, "unit": "people", "split": "province", "count": "aggregate"},
            event("e-1", figures=[{"metric": name, "stated": "4", "stated_by": "X"}]))  # fmt: skip
    redact(db, "Dara Veasna")
    assert stored(db, ["veasna"]) == set()
    (metric,) = [one["name"] for one in records(db) if one["type"] == "metric"]
    assert json.loads(ok("stats", metric, "--json", "--db", str(db)))
    ok("info", "--verify", "--db", str(db))


@pytest.mark.parametrize("given", ["QUINTESSA BRODNIK", "Brodnik Quintessa"])
def test_a_name_that_is_not_written_exactly(tmp_path: Path, given: str) -> None:
    """Either all names of the actor go, or it is refused and the message names the actor; not half of it, unsaid."""
    db = tmp_path / "d.db"
    take_in(db, actor("Quintessa Brodnik", aliases=["Uppy Wrench"], note="of Quintessa Brodnik"))
    answer = run("redact", "--yes", given, "--db", str(db))
    if answer.code == 0:
        assert stored(db, ["uintessa", "uppy"]) == set()
    else:
        refused(answer, {3, 4}, "Quintessa Brodnik")


def test_the_name_of_the_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "quintessa")
    db = tmp_path / "d.db"
    take_in(db, event("e-1", title="Quintessa was here"))
    redact(db, "Quintessa")
    assert stored(db, ["uintessa"]) == set()


def test_an_id_inside_other_words(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, event("raid", title="T"), event("e-1", title="Raids by braided raiders", summary="they raided"))
    redact(db, "raid")
    assert [one["summary"] for one in records(db)] == ["they raided"]


def test_an_alias_of_one_letter(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Anna Smith", aliases=["A"]), event("e-1", title="There is a plan, and a boat"))
    run("redact", "--yes", "Anna Smith", "--db", str(db))
    assert records(db)[-1]["title"] == "There is a plan, and a boat"


def test_a_merge_that_was_undone(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(
        db,
        actor("Sar Kheng", note="a minister"),
        actor("Sao Sokha", note="a general"),
        event("e-1", title="Sar Kheng spoke"),
    )
    ok("names", "merge", "Sar Kheng", "Sao Sokha", "--db", str(db))
    ok("undo", "--db", str(db))
    redact(db, "Sao Sokha")
    assert entity(db, "actor", "Sar Kheng")["note"] == "a minister"


NEARLY = [
    ("Dara Veasna", "dara veasna"), ("Dara Veasna", "Veasna Dara"), ("Dara Veasna", "Dára Veasna"),
    ("តារា វាសនា", "តារា វាសនាa"), ("តារា វាសនា", "តារា វាសនា។"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given"), NEARLY)
@pytest.mark.parametrize("protected", [True, False])
def test_nearly_the_name_redacts_nobody(name: str, given: str, protected: bool, tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor(name, protected=protected), event("e", actors=[{"name": name, "role": "victim"}]))
    before = export(db, "--include-protected")
    answer = run("redact", "--yes", given, "--db", str(db))
    if answer.code == 0:  # it is another name, which nobody has
        assert export(db, "--include-protected") == before
        return
    refused(answer, 4, "Nobody is called exactly")
    assert (name in answer.err) is not protected
    redact(db, name)


def test_the_names_of_others_stay_though_they_have_the_same_words_or_initials(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Kim Sok", aliases=["K. Sok", "S. Kim"]), actor("Sok Kim"), actor("SOK-KIM"),
            event("e", title="K. Sok and Kim Sok met Sok Kim", actors=[{"name": "Kim Sok", "role": "speaker"}]))  # fmt: skip
    for name in ("Kosal Sok", "Sok Kimm"):
        refused(run("redact", name, "--yes", "--db", str(db)), 4, "Nobody is called exactly", "K. Sok")
    refused(run("redact", "Sok Kim", "--yes", "--db", str(db)), 4, '"SOK-KIM" and "Sok Kim" would get the same name')
    ok("names", "merge", "SOK-KIM", "Sok Kim", "--db", str(db))
    redact(db, "Sok Kim")
    assert entity(db, "actor", "Kim Sok")["aliases"] == ["K. Sok", "S. Kim"]
    (title,) = [record["title"] for record in records(db) if record["type"] == "event"]
    assert title.startswith("K. Sok and Kim Sok met [redacted-")
    assert b"SOK-KIM" not in raw(db)


@pytest.mark.parametrize(
    ("name", "aliases", "asked"),
    [
        ("Zorbanthia", [], "Zorbanthia"), ("欧阳德明", [], "欧阳德明"), ("김철수", [], "김철수"), ("ဒေါ်အောင်ဆန်း", [], "ဒေါ်အောင်ဆန်း"),
        ("Anna Invented", ["Zorbanthia"], "Anna Invented"),
    ],
)  # fmt: skip
def test_a_name_of_one_word_is_redacted_in_the_names_of_sites(
    name: str, aliases: list[str], asked: str, tmp_path: Path
) -> None:
    db, word = tmp_path / "d.db", [name, *aliases][-1]
    take_in(db, actor(name, kind="person", aliases=aliases), event("e", title="A raid", sites=[f"Gate {word}"]))
    redact(db, asked)
    (site,) = [one["name"] for one in records(db) if one["type"] == "site"]
    assert re.fullmatch(r"Gate \[redacted-\d+\]", site)
    assert word.encode() not in raw(db)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Sok Kim", "Sok Kim Heng"), ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa Lan"), ("李明", "李明华"), ("김민", "김민수"),
        ("សុខ វណ្ណា", "សុខ វណ្ណារិទ្ធ"), ("Sok Vanna", "Sokvannarith"), ("Nguyễn Văn Tuấn", "Nguyễn Văn Bình"),
        ("محمد علي", "محمد علي حسن"),
    ],
)  # fmt: skip
def test_the_names_of_other_people_stay_though_they_have_words_of_it(name: str, other: str, tmp_path: Path) -> None:
    db, picture = tmp_path / "d.db", tmp_path / "p.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0picture")
    both = [{"name": name, "role": "victim"}, {"name": other, "role": "speaker"}]
    take_in(db, actor(name), actor(other, kind="person"), event("e-1", title=f"{other} speaks for {name}.", actors=both),
            event("e-2", title=f"{other} speaks", actors=both[1:]), event("e-3", title="李明华说、សុខ វណ្ណារិទ្ធនិយាយ"))  # fmt: skip
    ok("evidence", "add", str(picture), "--source", "X", "--event", "e-2", "--db", str(db))
    answer = run("redact", name, "--yes", "--remove-evidence", "--db", str(db))
    assert (answer.code, f'have words of it, and stay: "{other}"' in answer.err) == (0, True), answer
    titles = {one["id"]: one["title"] for one in records(db) if one["type"] == "event"}
    assert titles["e-1"].startswith(f"{other} speaks for [redacted-")
    assert titles["e-2"] == f"{other} speaks"
    assert titles["e-3"] == "李明华说、សុខ វណ្ណារិទ្ធនិយាយ"
    assert len(list((tmp_path / "d.evidence").rglob("*.*")) + list((tmp_path / "d.evidence").glob("*/*"))) > 0


def test_a_site_that_shares_a_word_keeps_its_events(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    people = [{"name": "Ann Quibble", "role": "victim"}]
    take_in(db, event("e-1", title="Ann Quibble fled Quibble House", sites=["Quibble House"], actors=people),
            event("e-2", title="Plain", linked_sites=["House of Ann Quibble"]))  # fmt: skip
    redact(db, "Ann Quibble")
    by_id = {one["id"]: one for one in records(db) if one["type"] == "event"}
    assert by_id["e-1"]["sites"] == ["Quibble House"]
    assert by_id["e-1"]["title"].endswith(" fled Quibble House")
    (named,) = by_id["e-2"]["linked_sites"]
    assert named.startswith("House of [redacted-")
    assert {one["name"] for one in records(db) if one["type"] == "site"} == {"Quibble House", named}
    ok("edit", "e-2", "--title", "New", "--db", str(db))
    ok("undo", "--db", str(db))
    ok("info", "--verify", "--db", str(db))


def test_one_word_is_not_taken_from_the_names_of_others(tmp_path: Path) -> None:
    """`add --actor` does not say what kind of actor somebody is. A protected name must keep its words."""
    db = tmp_path / "t.db"
    names = ["Qok Vara Xhan", "Qea Vara Xuth", "Vara Foundation", "Vara"]
    people = [{"name": name, "role": "victim"} for name in names]
    take_in(db, event("e", summary="Vara said that qokvaraxhan@x.org is of Qok Vara Xhan", actors=people))
    ok("protect", "Qok Vara Xhan", "--db", str(db))
    told = run("redact", "Vara", "--yes", "--db", str(db))
    assert 'stay: "Qea Vara Xuth", "Vara Foundation", "[protected-' in told.err
    [record] = [one for one in records(db) if one["type"] == "event"]
    assert {one["name"] for one in record["actors"]} >= set(names[1:3])
    said = r"\[redacted-\d+\] said that qokvaraxhan@x.org is of Qok Vara Xhan"
    assert re.fullmatch(said, record["summary"])
