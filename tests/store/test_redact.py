# ruff: noqa: E501 - tables
"""Redacting: before it a name is found everywhere, after it nowhere, and nothing brings it back. All are invented."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from driving import COMMAND, Answer, actor, entity, event, export, lines, ok, process, records, refused, run, take_in
from searching import holds, printed, raw, stored

import scamcli.cli.redact
from scamcli.store import redaction

NAME = "Zovanny Quexley"
ALIASES = ["Zövánny Quéxley Jr.", "Wuppo", "ដារា វាសនា", "สมหญิง ใจดี", "李小龍"]
WORDS = ["ovanny", "uexley", "wuppo", "ដារា", "វាសនា", "สมหญิง", "ใจดี", "小龍"]
"""What is looked for: without first letters, since full text keeps of a word only what the one before it has not."""


def number_of(db: Path, word: str = "protected") -> str:
    (one,) = set(re.findall(rf"\[{word}-\d+\]", ok("actors", "--json", "--db", str(db))))
    return str(one)


def redact(db: Path, name: str, *flags: str) -> str:
    """Redact; the placeholder."""
    placeholder = ok("redact", name, *flags, "--db", str(db)).strip()
    assert re.fullmatch(r"\[?redacted-\d+\]?", placeholder)
    return placeholder


def clean(db: Path, words: list[str] = WORDS) -> None:
    """The file is whole, and holds none of the words."""
    assert stored(db, words) == set()
    assert not holds(export(db), words)
    assert json.loads(ok("info", "--verify", "--json", "--db", str(db)))["problems"] == 0


def everything(db: Path, *, protected: bool) -> Path:
    """A timeline that names a person in every place that holds text, in several versions of several records."""
    take_in(
        db,
        actor(NAME, kind="person", aliases=ALIASES, positions=["cook to Quexley"], topics=["Zovanny"],
              member_of=["House of Zovanny Quexley"], note="Zovanny was held. 李小龍"),
        actor("House of Zovanny Quexley", kind="ngo", note="It helped zövanny-quexley.", aliases=["Friends of Zovanny Quexley"]),
        {"type": "metric", "name": "sightings", "unit": "people", "split": "province", "count": "new", "about": "of Zovanny Quexley"},
        {"type": "site", "name": "Villa Zovanny Quexley", "place": "Zovanny Quexley street", "aliases": ["The ដារាវាសនា Hotel"],
         "owners": [{"name": NAME, "stated_by": NAME, "outlet": "The Paper", "event": "e-zovanny-quexley", "note": "so Quexley"}],
         "note": "Where สมหญิงใจดี was held."},
        event("e-zovanny-quexley", "2023-01-02", "rescue", title="ZOVANNY QUEXLEY freed", summary="The cook Zovanny, or Quexley.",
              note="Zovanny's own words; ដារា\u200bវាសនា; 他们看见李小龍在那里", tags=["Zovanny Quexley"], sites=["Villa Zovanny Quexley"],
              nationalities=["Thai"], actors=[{"name": "Wuppo", "role": "victim"}],
              places=[{"name": "Zovanny Quexley house", "country": "TH", "admin1": "Quexley"}],
              figures=[{"metric": "rescues", "stated": "Zovanny Quexley and 4 others", "best": 5, "note": "so says Quexley",
                        "stated_by": NAME, "group": "friends of Zovanny Quexley"},
                       {"metric": "sightings", "stated": "3", "id": "zovanny-quexley-seen"}],
              sources=[{"outlet": "The Paper", "title": "Zovanny speaks", "passage": "Quexley said", "via": "The Zovanny Quexley Post",
                        "url": "https://paper.example/zovanny-quexley-freed", "archived": "https://a.example/zovanny_quexley"}]),
        event("e-other", "2023-02-03", "report", title="He who helped", summary="It names Zovanny Quexley.",
              links=[{"type": "follows", "event": "e-zovanny-quexley", "note": "of Zo\u0301vanny\u00a0Quexley"}]),
        event("e-plain", "2023-03-04", "raid", title="A raid at the other gate", figures=[{"metric": "rescues", "stated": "12"}]),
    )  # fmt: skip
    flags = ["--db", str(db), "--as", "zovanny quexley", "--reason", "Zovanny Quexley asked"]
    ok("edit", "e-other", "--note", "Zovanny Quexley again", *flags)
    ok("edit", "e-other", "--note", "nothing", *flags)
    ok("edit", "e-zovanny-quexley", "--title", "Freed, Zovanny", *flags)
    take_in(
        db, event("gone-zovanny", "2023-05-06", actors=[{"name": NAME, "role": "subject"}], title="Zovanny was here")
    )
    ok("remove", "gone-zovanny", "--db", str(db))
    ok("undo", "--db", str(db), "--as", "zovanny quexley")
    ok("undo", "--db", str(db), "--as", "zovanny quexley")
    if protected:
        ok("edit", NAME, "-", "--db", str(db), stdin=lines([{"type": "actor", "protected": True}]))
    return db


@pytest.fixture(scope="module", params=[False, True], ids=["open", "protected"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("whole") / "whole.db"
    return everything(path, protected=request.param)


@pytest.fixture
def kept(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "kept.db"))


@pytest.fixture(scope="module")
def open_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return everything(tmp_path_factory.mktemp("open") / "open.db", protected=False)


@pytest.fixture
def plain(open_one: Path, tmp_path: Path) -> Path:
    """The same, of somebody who is not protected."""
    return Path(shutil.copy(open_one, tmp_path / "kept.db"))


WHERE = {
    "utf-8", "vocabulary", "event.record", "event.id", "term.record", "term.name", "name.form", "figure.stated", "figure.id",
    "figure.group", "figure.stated_by", "link.target", "event_text_content.c0", "event_text_content.c1",
    "event_text_content.c2", "event_text_data.block", "change.author", "change.reason", "change_record.name", "change_record.before",
}  # fmt: skip
"""Where the name is before: the search that finds nothing afterwards finds it here."""


@pytest.mark.parametrize(
    "given", [NAME, "Wuppo", "ដារា វាសនា", "สมหญิง ใจดี", "李小龍", "Zövánny Quéxley Jr.", "[protected-N]"]
)
def test_nothing_of_it_is_left(kept: Path, given: str) -> None:
    if given == "[protected-N]":
        if not entity(kept, "actor", NAME)["protected"]:
            return
        given = number_of(kept)
    assert stored(kept, WORDS) >= WHERE
    plain = [one for one in records(kept) if one.get("id") == "e-plain"]
    placeholder = redact(kept, given)
    clean(kept)
    assert placeholder in export(kept)
    assert [one for one in records(kept) if one.get("id") == "e-plain"] == plain


def test_no_command_prints_it_any_more(kept: Path) -> None:
    assert any(holds(text, WORDS) for _, text in printed(kept, "--include-protected", formats=["json"]))
    redact(kept, NAME)
    for asked, text in printed(kept, "--include-protected"):
        assert not holds(text, WORDS), asked


def test_no_undo_brings_it_back(kept: Path) -> None:
    redact(kept, NAME)
    changes = [row["change"] for row in json.loads(ok("log", "--json", "--db", str(kept)))]
    refused(run("undo", str(changes[0]), "--db", str(kept)), 4, "cannot be undone")
    refused(run("undo", "--db", str(kept)), {3, 4})
    done = [run("undo", str(number), "--db", str(kept)).code for number in (*changes, *reversed(changes))]
    assert done.count(0) > 3
    for number in range(changes[0] + 1, changes[0] + 1 + done.count(0)):
        run("undo", str(number), "--db", str(kept))
    clean(kept)
    for asked, text in printed(kept, "--include-protected", formats=["", "json"]):
        assert not holds(text, WORDS), asked


def test_the_change_that_it_leaves_names_nobody(kept: Path) -> None:
    redact(kept, NAME, "--as", "Wuppo Quexley, or zovanny quexley", "--reason", "ដារាវាសនា, known as Zovanny Quexley")
    last = json.loads(ok("log", "--json", "--include-protected", "--db", str(kept)))[0]
    assert last["command"] == "redact"
    assert last["records"] == []
    assert last["by"].startswith("[redacted-")
    assert not holds(json.dumps(last, ensure_ascii=False), [*WORDS[:1], *WORDS[3:]]), last


def test_the_own_record_is_emptied(kept: Path) -> None:
    placeholder = redact(kept, "Wuppo")
    assert entity(kept, "actor", placeholder) == {
        "type": "actor", "name": placeholder, "kind": "person", "aliases": [], "positions": [], "member_of": [], "topics": [],
        "protected": False, "note": None,
    }  # fmt: skip


def test_what_refers_to_it_still_does(kept: Path) -> None:
    placeholder = redact(kept, NAME)
    (hit,) = json.loads(ok("search", "--actor", placeholder, "--json", "--db", str(kept)))
    assert hit["figures"][0]["stated_by"] == placeholder
    (other,) = json.loads(ok("search", "helped", "--json", "--db", str(kept)))
    assert other["links"][0]["event"] == hit["id"]
    assert json.loads(ok("show", hit["id"], "--json", "--db", str(kept)))["id"] == hit["id"]
    (site,) = [one for one in records(kept) if one["type"] == "site"]
    assert site["owners"][0]["event"] == hit["id"]


def test_what_was_redacted_can_be_taken_in_elsewhere(kept: Path, tmp_path: Path) -> None:
    redact(kept, NAME)
    ok("import", "-", "--db", str(tmp_path / "fresh.db"), stdin=export(kept))
    assert export(tmp_path / "fresh.db") == export(kept)
    ok("info", "--verify", "--db", str(tmp_path / "fresh.db"))


def test_the_placeholder_is_stable(plain: Path) -> None:
    placeholder = redact(plain, NAME)
    ok("edit", "e-other", "--note", "N", "--db", str(plain))
    ok("names", "alias", placeholder, "The Cook", "--db", str(plain))
    redact(plain, "The Paper")
    assert entity(plain, "actor", placeholder)["aliases"] == ["The Cook"]
    assert json.loads(ok("search", "--actor", "The Cook", "--json", "--db", str(plain)))


def test_two_redactions_one_after_the_other(kept: Path) -> None:
    assert stored(kept, ["paper"])
    first, second = redact(kept, NAME), redact(kept, "The Paper")
    assert first != second
    clean(kept)
    refused(run("redact", NAME, "--db", str(kept)), 3)
    assert first in export(kept)


def test_the_journal_holds_it_before_and_not_after(plain: Path) -> None:
    """A second connection keeps the journal from going away with the last one."""
    with closing(sqlite3.connect(plain)) as other:
        other.execute("SELECT count(*) FROM event").fetchone()
        ok("edit", "e-other", "--note", "Quintessa Brodnik was there", "--db", str(plain))
        wal = Path(f"{plain}-wal")
        assert b"rodnik" in wal.read_bytes()
        redact(plain, "Quintessa Brodnik")
        assert wal.exists()
        assert stored(plain, ["uintessa", "rodnik"]) == set()


def test_pages_that_are_free_hold_it_before_and_not_after(plain: Path) -> None:
    """What was deleted before stays in the file where SQLite does not overwrite it, as many builds do not."""
    with closing(sqlite3.connect(plain)) as other:
        other.execute("PRAGMA secure_delete = OFF")
        other.execute("CREATE TABLE once (a TEXT)")
        other.executemany("INSERT INTO once VALUES (?)", [("Quintessa Brodnik" * 200,) for _ in range(40)])
        other.execute("DROP TABLE once")
        other.commit()
    ok("edit", "e-other", "--note", "Quintessa Brodnik", "--db", str(plain))
    words = ["uintessa", "rodnik"]
    assert raw(plain).count(b"rodnik") > 1000
    redact(plain, "Quintessa Brodnik")
    assert stored(plain, words) == set()


def test_in_another_journal_mode(plain: Path) -> None:
    with closing(sqlite3.connect(plain)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    redact(plain, NAME)
    clean(plain)


# Whose name it is, and where it stands.


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
    redact(db, "quintessa brodnik")
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
    assert stored(db, [name, "ssa"]) == set()
    assert "untouched: Quine" in export(db)
    ok("info", "--verify", "--db", str(db))


def test_names_that_it_is_a_part_of_stay(tmp_path: Path) -> None:
    db = tmp_path / "part.db"
    take_in(
        db,
        actor("Brod Ann"),
        actor("Brod Anna"),
        actor("Brod"),
        event("e-1", title="Brod Anna and Brod Ann, not Brodann Annex"),
    )
    one = redact(db, "Brod Ann")
    assert {record["name"] for record in records(db) if record["type"] == "actor"} == {one, "Brod Anna", "Brod"}
    assert records(db)[-1]["title"] == f"Brod Anna and {one}, not Brodann Annex"


@pytest.mark.parametrize("name", ["Q", "李", ".", "***", "é", "\u200b", ""])
def test_a_name_that_is_too_short(db: Path, name: str) -> None:
    before = db.read_bytes()
    refused(run("redact", name, "--db", str(db)), {2, 4})
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["Nobody Atall", "[protected-123456]", "[redacted-123456]", "2023-01-02-firs", "Sar Khengg"]
)
def test_a_name_that_stands_nowhere(db: Path, name: str) -> None:
    before = raw(db)
    refused(run("redact", name, "--db", str(db)), 3)
    assert raw(db) == before
    assert "redact" not in ok("log", "--db", str(db))


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


def test_copies_that_are_known_are_listed(plain: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Zovanny Quexley copies"
    folder.mkdir()
    one = ok("backup", str(tmp_path / "one.db"), "--db", str(plain)).strip()
    two = ok("backup", str(folder), "--db", str(plain)).strip()
    gone = ok("backup", "--db", str(plain)).strip()
    Path(gone).unlink()
    assert "backup.path" in stored(plain, WORDS)
    answer = run("redact", NAME, "--db", str(plain))
    assert answer.code == 0, answer
    assert one in answer.err
    assert "copies/kept." in answer.err
    assert gone not in answer.err
    assert Path(two).exists(), "it is told of, not touched"
    assert stored(Path(one), WORDS), "it is told of, not touched"
    assert "backup.path" not in stored(plain, WORDS)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scamcli.cli.redact, "finish", partial(redaction.finish, seconds=0.1))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "then", [["search", "--count"], ["edit", "e-other", "--note", "N"], ["backup"], ["log"], ["info"]], ids=" ".join
)
def test_a_reader_is_in_the_way(plain: Path, then: list[str]) -> None:
    with closing(sqlite3.connect(plain, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        (before,) = reader.execute("SELECT count(*) FROM event WHERE record LIKE '%Zovanny%'").fetchone()
        answer = run("redact", NAME, "--db", str(plain))
        assert answer.code == 5, answer
        assert "not finished" in answer.err
        assert stored(plain, WORDS) >= {"utf-8"}, "the bytes are there still"
        assert not holds(export(plain), WORDS), "though no record says it any more"
        assert "not finished" in run("search", "--db", str(plain)).err
        (after,) = reader.execute("SELECT count(*) FROM event WHERE record LIKE '%Zovanny%'").fetchone()
        assert after == before > 0
        reader.execute("ROLLBACK")
    answer = run(*then, "--db", str(plain))
    assert answer.code == 0, answer
    assert "not finished" not in answer.err
    clean(plain)


@pytest.mark.usefixtures("impatient")
def test_the_same_with_a_reader_that_goes_while_it_waits(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scamcli.cli.redact, "finish", redaction.finish)
    hold = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN');" \
           "c.execute('SELECT count(*) FROM event').fetchone(); print(flush=True); time.sleep(0.7)"  # fmt: skip
    with subprocess.Popen([COMMAND[0], "-c", hold, str(plain)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        redact(plain, NAME)
    clean(plain)


def on_terminal(db: Path, keys: bytes, *flags: str) -> Answer:
    """Run ``redact`` with stdin on a terminal where somebody answers; what is said, and the exit code."""
    leader, follower = pty.openpty()
    with subprocess.Popen([*COMMAND, "redact", NAME, *flags, "--db", str(db)], stdin=follower, stdout=subprocess.PIPE,
                          stderr=follower, start_new_session=True, preexec_fn=_own_terminal) as child:  # fmt: skip
        os.close(follower)
        said = _until(leader, b"[y/N]" if keys else b"\0never")
        if keys:
            os.write(leader, keys)
        said += _until(leader, b"\0never")
        assert child.stdout is not None
        out = child.stdout.read().decode()
        code = child.wait(20)
    os.close(leader)
    return Answer(code, out, said.decode())


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(leader: int, word: bytes) -> bytes:
    said, latest = b"", time.monotonic() + 20
    while word not in said and time.monotonic() < latest:
        try:
            if select.select([leader], [], [], 0.5)[0]:
                said += os.read(leader, 4096)
        except OSError:
            break
    return said


@pytest.mark.parametrize(("keys", "code"), [(b"y\n", 0), (b"n\n", 130), (b"\n", 130), (b"\x03", 130), (b"\x04", 130)])
def test_on_a_terminal_it_asks(plain: Path, keys: bytes, code: int) -> None:
    before = raw(plain)
    answer = on_terminal(plain, keys)
    assert "cannot be undone" in answer.err
    assert "Traceback" not in answer.err
    assert answer.code == code
    if code == 0:
        clean(plain)
    else:
        assert (raw(plain), answer.out.strip()) == (before, "")


def test_yes_asks_nothing(plain: Path) -> None:
    answer = on_terminal(plain, b"", "--yes")
    assert (answer.code, "[y/N]" in answer.err) == (0, False)
    clean(plain)


def test_without_a_terminal_it_asks_nothing(plain: Path) -> None:
    assert process("redact", NAME, "--db", str(plain)).code == 0
    clean(plain)


# Defects, each as small as it gets.


def test_others_stay_protected(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(
        db,
        actor("Bopha Chenda", protected=True, note="a friend of Dara Veasna"),
        actor("Dara Veasna"),
        event("e-1", title="Bopha Chenda"),
    )
    ok("remove", "--actor", "Bopha Chenda", "--include-protected", "--db", str(db))
    assert "Bopha" not in ok("log", "--db", str(db)) + ok("show", "e-1", "--db", str(db))
    redact(db, "Dara Veasna")
    assert "Bopha" not in ok("log", "--db", str(db)) + ok("show", "e-1", "--db", str(db))


def test_a_metric_that_holds_the_name(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, {"type": "metric", "name": "dara-veasna-calls", "unit": "people", "split": "province", "count": "new"},
            event("e-1", figures=[{"metric": "dara-veasna-calls", "stated": "4", "stated_by": "X"}]))  # fmt: skip
    redact(db, "Dara Veasna")
    assert stored(db, ["veasna"]) == set()
    (metric,) = [one["name"] for one in records(db) if one["type"] == "metric"]
    assert json.loads(ok("stats", metric, "--json", "--db", str(db)))


def test_a_word_of_the_name_in_the_id_of_a_figure(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    figures = [
        {"id": "veasna", "metric": "cases", "stated": "4"},
        {"id": "p", "metric": "cases", "stated": "1", "part_of": "veasna"},
    ]
    take_in(db, event("e-1", actors=[{"name": "Dara Veasna", "role": "victim"}], figures=figures))
    redact(db, "Dara Veasna")
    assert stored(db, ["veasna"]) == set()


@pytest.mark.parametrize("given", ["quintessa brodnik", "QUINTESSA BRODNIK", "Quintéssa Brodnik", "Brodnik Quintessa"])
def test_a_name_that_is_not_written_exactly(tmp_path: Path, given: str) -> None:
    """Either all names of the actor go, or it is refused and the message names the actor; not half of it, unsaid."""
    db = tmp_path / "d.db"
    take_in(db, actor("Quintessa Brodnik", aliases=["Uppy Wrench"], note="of Quintessa Brodnik"))
    answer = run("redact", given, "--db", str(db))
    if answer.code == 0:
        assert stored(db, ["uintessa", "uppy"]) == set()
    else:
        refused(answer, {3, 4}, "Quintessa Brodnik")


def test_another_name_of_an_actor_that_was_removed(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Quintessa Brodnik", aliases=["Uppy Wrench"]), event("e-1", title="Quintessa Brodnik"))
    ok("remove", "--actor", "Quintessa Brodnik", "--db", str(db))
    redact(db, "Uppy Wrench")
    assert stored(db, ["uintessa"]) == set()


def test_the_name_of_the_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "quintessa")
    db = tmp_path / "d.db"
    take_in(db, event("e-1", title="Quintessa was here"))
    redact(db, "Quintessa")
    assert stored(db, ["uintessa"]) == set()


@pytest.mark.usefixtures("impatient")
def test_a_copy_made_before_it_is_finished(plain: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(plain, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        assert run("redact", NAME, "--db", str(plain)).code == 5
        answer = run("backup", str(tmp_path / "copy.db"), "--db", str(plain))
        reader.execute("ROLLBACK")
    assert answer.code == 5 or b"ovanny" not in (tmp_path / "copy.db").read_bytes()


def test_an_id_inside_other_words(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, event("raid", title="T"), event("e-1", title="Raids by braided raiders", summary="they raided"))
    redact(db, "raid")
    assert [one["summary"] for one in records(db)] == ["they raided"]


def test_an_alias_of_one_letter(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Anna Smith", aliases=["A"]), event("e-1", title="There is a plan, and a boat"))
    run("redact", "Anna Smith", "--db", str(db))
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


def test_an_alias_that_begins_with_the_name(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Dara Veasna"), actor("The Foundation", aliases=["Dara Veasna Foundation"]))
    placeholder = redact(db, "Dara Veasna")
    assert entity(db, "actor", "The Foundation")["aliases"] == [f"{placeholder} Foundation"]


def test_two_spellings_in_the_history(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Dara Veasna"), actor("DARA VEASNA"))
    ok("remove", "--actor", "DARA VEASNA", "--db", str(db))
    redact(db, "Dara Veasna")
    clean(db, ["veasna"])


def test_a_former_alias_that_is_anothers_name(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Dara Veasna", aliases=["Sok Chan"]))
    ok("edit", "Dara Veasna", "-", "--db", str(db), stdin=lines([{"type": "actor", "aliases": []}]))
    take_in(db, actor("Sok Chan", note="somebody else"))
    redact(db, "Dara Veasna")
    assert entity(db, "actor", "Sok Chan")["note"] == "somebody else"


def test_two_spellings_are_named(tmp_path: Path) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor("Dara Veasna"), actor("DARA VEASNA"))
    answer = run("redact", "Dara Veasna", "--db", str(db))
    assert answer.code == 0 or ("'Dara Veasna'" in answer.err and "'DARA VEASNA'" in answer.err), answer


@pytest.mark.parametrize("name", ["Witness Redacted", "[redacted-123456]"])
def test_a_name_that_holds_the_word(tmp_path: Path, name: str) -> None:
    db = tmp_path / "d.db"
    take_in(db, actor(name), event("e-witness-redacted-123456", title=name, actors=[{"name": name, "role": "victim"}]))
    redact(db, name)
    ok("info", "--verify", "--db", str(db))


@pytest.mark.usefixtures("impatient")
def test_copies_are_listed_also_when_it_is_not_finished(plain: Path, tmp_path: Path) -> None:
    ok("backup", str(tmp_path / "one.db"), "--db", str(plain))
    with closing(sqlite3.connect(plain, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        said = run("redact", NAME, "--db", str(plain)).err
        reader.execute("ROLLBACK")
    assert "one.db" in said + run("search", "--db", str(plain)).err


def test_a_copy_whose_path_holds_the_name(plain: Path, tmp_path: Path) -> None:
    ok("backup", str(tmp_path / "zovanny-quexley.db"), "--db", str(plain))
    redact(plain, NAME)
    assert "this copy" in run("redact", "The Paper", "--db", str(plain)).err


def test_the_question_is_no_data(plain: Path) -> None:
    assert on_terminal(plain, b"y\n").out.startswith("[redacted-")
