"""``scamcli ingest``: a text becomes drafts, stored or shown with their words, and the messages about them."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.records.models import Event
from tests.helpers.command_line import done, ids, rows, run
from tests.helpers.terminals import Conversation, on_terminal, piped

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """Police statements of March 2024

2024-03-05: Police freed 45 Thai workers from a compound in Kandal, the police said.

2024-03-07: Officers arrested 30 suspects in Poipet. Invented Person spoke of 17 letters.

2024-03-09: Police freed 12 Indonesians in Kampot.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def dates_of(found: list[dict[str, Any]]) -> list[str]:
    return [row["date"] for row in found]


def state(path: Path) -> tuple[bytes, list[dict[str, Any]]]:
    return path.read_bytes(), rows("log")


DAYS = ["2024-03-05", "2024-03-07", "2024-03-09"]


def test_drafts_are_kept_and_said(own_db: Path, article: Path) -> None:
    seen = done("ingest", str(article))
    lines = seen.out.splitlines()
    assert lines[0] == "date\tkind\ttitle\tid"
    assert [line.split("\t")[0] for line in lines[1:]] == DAYS
    assert "scamcli: 3 drafts.\n" in seen.err
    assert seen.err.endswith("scamcli: Next step: `scamcli review`.\n")
    assert {line.split("\t")[3] for line in lines[1:]} == ids("--drafts", "--during", "2024-03")


def test_drafts_count_nowhere_until_they_are_reviewed(own_db: Path, article: Path) -> None:
    before = [
        done("stats", "rescues", "--json").out,
        done("search", "--json").out,
        done("info", "--json").json["events"],
    ]
    done("ingest", str(article))
    assert [done("stats", "rescues", "--json").out, done("search", "--json").out] == before[:2]
    info = done("info", "--json").json
    assert (info["events"], info["drafts"]) == (before[2], 3)


def test_the_same_text_twice_proposes_nothing_twice(own_db: Path, article: Path) -> None:
    done("ingest", str(article))
    log = rows("log")
    seen = done("ingest", str(article), "--json")
    assert seen.json == []
    assert (
        "scamcli: This text was read before: its 3 drafts are already here.\nscamcli: Nothing was changed.\n"
        in seen.err
    )
    assert "Next step" not in seen.err
    assert rows("log") == log


ONE = "March 5, 2024: Police in Kandal freed 45 Thai workers.\n"
GIVEN = ("--outlet", "Example Daily", "--url", "https://example.org/1", "--date", "2024-03-06")


def sources(id_: str) -> list[tuple[str, str | None, str | None]]:
    found = done("show", id_, "--json").json["sources"]
    return [(one["outlet"], one["url"], one["published"]) for one in found]


COMPLETE = [("Example Daily", "https://example.org/1", "2024-03-06")]


def test_without_an_outlet_it_says_that_drafts_have_no_source(own_db: Path) -> None:
    said = "has no source, because no outlet is recorded. Read the text again with --outlet to add one."
    assert done("ingest", "-", stdin=ONE).err.count(f"1 draft {said}") == 1
    assert said not in done("ingest", "-", "--outlet", "Example Daily", stdin=ONE.replace("45", "46")).err


def test_several_files_without_an_outlet_say_so_once(own_db: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(ONE.replace("45", str(45 + number)), encoding="utf-8")
    seen = done("ingest", *(str(tmp_path / f"{number}.txt") for number in range(3)))
    assert seen.err.count("no source") == 1
    assert "3 drafts have no source, because no outlet is recorded." in seen.err


def test_a_source_that_is_given_later_is_added_to_drafts(own_db: Path) -> None:
    (id_,) = done("ingest", "-", "--json", stdin=ONE).ids
    before = len(rows("log"))
    tried = done("ingest", "-", *GIVEN, "--dry-run", stdin=ONE)
    assert (sources(id_), len(rows("log"))) == ([], before)
    seen = done("ingest", "-", *GIVEN, stdin=ONE)
    for one in (tried, seen):
        assert "This text was read before: its draft is already here.\n" in one.err
        assert 'Completed the source of 1 draft: "Example Daily".' in one.err
        assert "Nothing was changed" not in one.err
    assert sources(id_) == COMPLETE
    assert rows("review")[0]["source"]["outlet"] == "Example Daily"
    assert "Nothing was changed." in done("ingest", "-", *GIVEN, stdin=ONE).err
    assert done("info", "--verify", "--json").json["problems"] == 0
    done("undo")
    assert sources(id_) == []
    done("ingest", "-", *GIVEN, stdin=ONE)
    assert sources(id_) == COMPLETE


def test_what_a_source_lacks_is_added_and_nothing_is_overwritten(own_db: Path) -> None:
    (id_,) = done("ingest", "-", "--outlet", "Example Daily", "--url", "https://example.org/0", "--json", stdin=ONE).ids
    done("ingest", "-", *GIVEN, stdin=ONE)
    assert sources(id_) == [("Example Daily", "https://example.org/0", "2024-03-06")]
    seen = done("ingest", "-", "--outlet", "Other Daily", stdin=ONE)
    assert 'It was read as published by "Example Daily", so "Other Daily" was not added.' in seen.err
    assert sources(id_) == [("Example Daily", "https://example.org/0", "2024-03-06")]


def test_a_source_that_was_removed_does_not_come_back_by_itself(own_db: Path) -> None:
    text = f"Example Daily\n\n{ONE}"
    (id_,) = done("ingest", "-", "--outlet", "Example Daily", "--json", stdin=text).ids
    done("edit", id_, "--remove", "source: Example Daily")
    done("ingest", "-", stdin=text)
    assert sources(id_) == []


def test_reviewed_events_do_not_get_a_source_that_is_given_later(own_db: Path) -> None:
    found = done("ingest", "-", "--json", stdin=f"{ONE}\nMarch 7, 2024: Officers in Poipet arrested 30 suspects.\n").ids
    done("review", "accept", found[0])
    seen = done("ingest", "-", *GIVEN, stdin=f"{ONE}\nMarch 7, 2024: Officers in Poipet arrested 30 suspects.\n")
    assert "This text was read before: 1 of its 2 drafts is still to be reviewed.\n" in seen.err
    assert f"Reviewed events stay as they are. Add the source with `scamcli edit {found[0]} --source ...`" in seen.err
    assert [sources(one) for one in found] == [[], COMPLETE]


KHMER = "ប៉ូលិសនៅកណ្តាលបានសង្គ្រោះពលករថៃ ៤៥ នាក់ នៅថ្ងៃទី ៥ ខែមីនា ឆ្នាំ ២០២៤។\n"
SPANISH = (
    "El 5 de marzo de 2024, la policía de Camboya rescató a 45 trabajadores tailandeses en Kandal. Los trabajadores"
    " habían sido engañados con ofertas de empleo y obligados a estafar por internet.\n"
)
MALAY = (
    "Polis Kemboja menyelamatkan 45 pekerja Thailand di Kandal semalam. Mereka telah ditipu dengan tawaran kerja dan"
    " dipaksa menipu orang melalui internet, kata seorang pegawai kanan kerajaan negara itu.\n"
)


@pytest.mark.parametrize("text", [KHMER, SPANISH, MALAY])
def test_a_text_that_is_not_english_is_named_and_creates_nothing(tmp_path: Path, text: str) -> None:
    database = tmp_path / "new.db"
    seen = done("ingest", "-", "--db", str(database), stdin=text)
    assert "`scamcli ingest` reads only English" in seen.err
    assert "docs/readers.md" in seen.err
    assert seen.err.endswith("scamcli: No drafts.\nscamcli: Nothing was written.\n")
    assert list(tmp_path.glob("new*")) == []


def test_an_english_text_without_drafts_creates_nothing(tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    text = "The police did not say where the workers were from, or when they had been brought to the compound there.\n"
    seen = done("ingest", "-", "--db", str(database), stdin=text)
    assert "No drafts: no dated events were found." in seen.err
    assert "only English" not in seen.err
    assert "Nothing was written." in seen.err
    assert not database.exists()


@pytest.mark.parametrize(
    ("above", "below", "given", "said"),
    [
        (
            "Published October 20, 2025\n\n",
            "",
            "2025-10-21",
            "published on 2025-10-20, but --date says 2025-10-21",
        ),
        (
            "(Published 8 March 2024)\n\n",
            "",
            "2024-03-09",
            "published on 2024-03-08, but --date says 2024-03-09",
        ),
        ("", "\n[Published: 8 March 2024]\n", "2024-03-09", "published on 2024-03-08, but --date says 2024-03-09"),
        ("Published 8 March 2024\n\n", "", "2024-03-08", None),
        ("Published 8 March 2024\n\n", "", "2024-03", None),
        ("", "", "2024-03-08", None),
        ("", "", "2099-01-01", "The date of publication (--date) is in the future: 2099-01-01."),
    ],
)
def test_a_date_of_publication_is_questioned(
    own_db: Path, above: str, below: str, given: str, said: str | None
) -> None:
    body = "Police in Kandal freed 45 Thai workers on March 5, 2024, the ministry said.\n\n" * 12
    seen = done("ingest", "-", "--date", given, "--outlet", "Example Daily", stdin=f"{above}{body}{below}")
    if said:
        assert said in seen.err
    else:
        assert "--date" not in seen.err


def test_an_interrupted_ingest_says_what_was_written(own_db: Path, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(ONE, encoding="utf-8")
    program = f"sh -c 'touch {tmp_path / 'started'}; exec sleep 60'"
    alone = Conversation("ingest", str(tmp_path / "1.txt"), "--text-from", program)
    for _ in range(600):
        if (tmp_path / "started").exists():
            break
        time.sleep(0.1)
    seen = alone.interrupt()
    assert (seen.code, "Interrupted. Nothing was written." in seen.out) == (130, True)
    several = Conversation("ingest", str(tmp_path / "1.txt"), "-")
    several.until("1 draft.")
    seen = several.interrupt()
    assert (seen.code, "Interrupted. 1 file had been read, with 1 draft." in seen.out) == (130, True)
    assert len(rows("review")) == 1


def test_numbers_of_a_table_within_a_passage_are_marked(own_db: Path, tmp_path: Path) -> None:
    text = (
        "March 5, 2024: Police in Kandal freed 45 Thai workers.\n\n"
        "| Nationality | Awaiting return | Undecided |\n|---|---|---|\n| Thai | 31 | 12 |\n| Chinese | 118 | 7 |\n\n"
        "The workers were taken to Phnom Penh.\n\nMarch 9, 2024: Police freed 12 more.\n"
    )
    seen = done("ingest", "-", "--outlet", "Example Daily", stdin=text)
    assert "Numbers in no draft" not in seen.err
    assert "4 numbers in the drafts are in no figure" in seen.err
    draft, other = rows("review")
    assert (draft["unread"], other["unread"]) == (["31", "12", "118", "7"], [])
    assert "| [?118] |" in done("show", draft["id"], "--passage").out
    done("review", "--html", str(tmp_path / "review.html"))
    assert '<mark class="unread">118</mark>' in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_a_dry_run_shows_what_would_be_kept_and_writes_nothing(own_db: Path, article: Path, tmp_path: Path) -> None:
    before = state(own_db)
    seen = done("ingest", str(article), "--dry-run", "--json")
    assert "scamcli: Nothing was written.\n" in seen.err
    assert state(own_db) == before
    assert [path.name for path in tmp_path.glob("own.db*")] == ["own.db"]
    assert dates_of(seen.json) == DAYS
    assert {record["status"] for record in seen.json} == {"draft"}
    assert done("ingest", str(article), "--json").json == seen.json


def test_what_a_dry_run_shows_are_records(
    own_db: Path, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = done("ingest", str(article), "--dry-run", "--json").json
    for record in found:
        assert list(record) == list(Event.model_fields)
        for figure in record["figures"]:
            assert list(figure) == list(rows("search", "--metric", "complaints")[0]["figures"][0])
    lines = "".join(f"{json.dumps(record)}\n" for record in found)
    other = tmp_path / "other.db"
    done("import", "-", "--db", str(other), stdin=lines)
    monkeypatch.setenv("SCAMCLI_DB", str(other))
    assert done("info", "--json").json["drafts"] == 3


def test_a_dry_run_makes_no_database(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "new" / "case.db"
    seen = done("ingest", str(article), "--dry-run", "--json", "--db", str(path))
    assert not path.parent.exists()
    assert done("ingest", str(article), "--json", "--db", str(path)).json == seen.json


def test_a_named_database_is_made_empty(tmp_path: Path, article: Path) -> None:
    path = tmp_path / "case.db"
    seen = done("ingest", str(article), "--db", str(path))
    assert f"scamcli: Next step: `scamcli review --db {path}`.\n" in seen.err
    info = done("info", "--json", "--db", str(path)).json
    assert (info["events"], info["drafts"]) == (0, 3)


def test_a_text_that_cannot_be_read_leaves_no_database(tmp_path: Path) -> None:
    path, file = tmp_path / "case.db", tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    seen = run("ingest", str(file), "--db", str(path))
    assert (seen.code, seen.out) == (4, "")
    assert not path.exists()


def test_stdin_is_read_where_it_is_named(own_db: Path) -> None:
    assert dates_of(done("ingest", "-", "--json", stdin=TEXT).json) == DAYS
    assert run("ingest").code == 2


def test_what_is_given_of_the_publication_is_kept(own_db: Path, article: Path) -> None:
    about = {"title": "A title", "outlet": "Example Daily", "published": "2024-03-10", "url": "https://example.org/1"}
    flags = [f"--{'date' if key == 'published' else key}={value}" for key, value in about.items()]
    found = done("ingest", str(article), *flags, "--json").json
    for record in found:
        assert any({**source, **about} == source for source in record["sources"]), record["sources"]
    origin = done("show", found[0]["id"], "--passage", "--json").json[0]
    assert {key: origin[key] for key in about} == about


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("{article}", "--date", "2024-13"), 2, "--date"),
        (("{article}", "--json", "--format", "csv"), 2, "two formats"),
        (("{article}", "--as", " "), 2, "--as"),
        (("{article}", "--outlet", "x" * 301), 2, "The outlet is longer than 300 characters."),
        (("/nonexistent/file.txt",), 4, "Cannot read /nonexistent/file.txt"),
        (("/",), 4, "Cannot read /"),
        (("{article}", "--fields", "nosuch"), 2, 'No field "nosuch"'),
    ],
    ids=str,
)
def test_what_is_refused(own_db: Path, article: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    seen = run("ingest", *(argument.replace("{article}", str(article)) for argument in arguments), "--dry-run")
    assert (seen.code, seen.out) == (code, "")
    assert said in seen.err
    assert seen.err.count("\n") <= 2


def test_a_mistyped_field_is_found_before_anything_is_kept(own_db: Path, article: Path) -> None:
    before = rows("log")
    assert run("ingest", str(article), "--fields", "date,nosuch").code == 2
    assert rows("log") == before


def test_an_empty_text_says_so(own_db: Path) -> None:
    seen = run("ingest", "-", stdin=" \n")
    assert (seen.code, seen.out) == (4, "")
    assert "no words" in seen.err


def test_the_name_of_an_outlet_is_kept_as_in_every_record(own_db: Path, article: Path) -> None:
    done("ingest", str(article), "--outlet", "\r Example Daily\n")
    drafts = done("export", "jsonl").out
    assert '"outlet": "Example Daily"' in drafts
    assert "0 records added" in done("import", "-", stdin=drafts).err


def test_a_text_without_dates_says_so(own_db: Path) -> None:
    seen = done("ingest", "-", "--json", stdin="The river was calm. Nobody came.\n")
    assert seen.json == []
    assert "No drafts: no dated events were found." in seen.err
    assert "--date" in seen.err


def test_what_stands_before_the_first_date_is_counted(own_db: Path) -> None:
    text = "Police freed 22 people, it was said. Nobody gave a day.\n\n"
    dated = "2024-03-05: Police in Kandal freed 45 workers.\n\n2024-03-07: Officers arrested two men.\n"
    seen = done("ingest", "-", "--dry-run", "--json", stdin=text + dated)
    assert len(seen.json) == 2
    assert "2 sentences before the first date are in no draft" in seen.err
    assert "Numbers in no draft: 22 people (line 1)." in seen.err


def test_numbers_in_no_figure_are_counted(own_db: Path, article: Path) -> None:
    seen = done("ingest", str(article))
    listed = sum(len(draft["unread"]) for draft in rows("review"))
    assert listed > 0
    assert (
        f"scamcli: {listed} number{' in the drafts is' if listed == 1 else 's in the drafts are'} in no figure"
        in seen.err
    )


def test_a_draft_that_seems_to_be_here_is_said(own_db: Path, article: Path) -> None:
    first = done("ingest", str(article), "--json").json
    done("review", "accept", *(record["id"] for record in first))
    seen = done("ingest", "-", stdin=TEXT.replace("Police statements", "More police statements"))
    assert "scamcli: 3 drafts may be duplicates of other entries; `scamcli review` can merge them.\n" in seen.err
    assert {draft["same_as"] for draft in rows("review")} == {record["id"] for record in first}


def test_the_history_says_who_and_why_and_undo_takes_it_back(own_db: Path, article: Path) -> None:
    before = (ids("--drafts"), {row["name"] for row in rows("actors")})
    done("ingest", str(article), "--as", "ana", "--reason", "the March statements")
    last = rows("log")[0]
    assert (last["command"], last["by"], last["reason"]) == ("ingest", "ana", "the March statements")
    done("undo", str(last["change"]))
    assert (ids("--drafts"), {row["name"] for row in rows("actors")}) == before
    assert len(done("ingest", str(article), "--json").json) == 3


@pytest.mark.parametrize("format_", ["jsonl", "csv", "tsv", "markdown", "table"])
def test_every_format(own_db: Path, article: Path, format_: str) -> None:
    out = done("ingest", str(article), "--dry-run", "--format", format_, "--fields", "date").out
    assert [day for day in DAYS if day not in out] == []
    assert "scamcli" not in out


def test_a_table_on_a_terminal(own_db: Path, article: Path) -> None:
    seen = on_terminal("ingest", str(article), columns=100)
    assert seen.code == 0
    assert [day for day in DAYS if day not in seen.out] == []
    assert "─" in seen.out
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in seen.out.splitlines()) <= 100
    assert seen.err.endswith("`scamcli review`.\n")


def test_streams_of_a_process(own_db: Path, article: Path) -> None:
    seen = piped("ingest", str(article), "--json")
    assert seen.code == 0
    assert len(json.loads(seen.out)) == 3
    assert all(line.startswith("scamcli: ") for line in seen.err.splitlines())


def test_protected_names_are_withheld(own_db: Path, article: Path) -> None:
    done("import", "-", stdin='{"type": "actor", "name": "Invented Person", "kind": "person", "protected": true}')
    about = ("--title", "What Invented Person says", "--outlet", "Invented Person News")
    for arguments in (("--dry-run", "--format", "csv"), ("--dry-run", "--json"), ("--json",)):
        seen = done("ingest", str(article), *about, *arguments)
        assert "Invented Person" not in seen.out + seen.err
    assert "[protected-" in seen.out
    assert "Person" not in done("review", "--json").out
    everything = done("review", "--json", "--include-protected")
    assert "Invented Person" in everything.out
    for record in rows("review"):
        assert "Person" not in done("show", record["id"], "--passage").out
        assert "Person" not in done("show", record["id"], "--passage", "--json").out


@pytest.mark.parametrize("divided", ["Zorbanth Quil-\nlimex", "Zor\u00ad\nbanth Quillimex", "ZORBANTH QUIL-\n> LIMEX"])
def test_no_line_end_hides_half_of_a_protected_name(own_db: Path, tmp_path: Path, divided: str) -> None:
    done("import", "-", stdin='{"type": "actor", "name": "Zorbanth Quillimex", "kind": "person", "protected": true}')
    path = tmp_path / "divided.txt"
    path.write_text(f"March 7, 2024: Police in Kandal freed {divided} and twenty-\nfive others, a paper said.\n")
    seen = done("ingest", str(path), "--json")
    assert [(figure["low"], figure["high"]) for figure in json.loads(seen.out)[0]["figures"]] == [(25, 25)]
    everything = seen.out + seen.err + done("review", "--json").out + done("actors", "--json").out
    assert not re.search("(?i)zor|banth|quil|limex", everything), everything


def test_a_hostile_text_is_harmless_on_a_terminal(own_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("2024-03-05: Police\x1b[2J\x07 freed 45 Thai workers\u202e in Kandal.\n", encoding="utf-8")
    seen = on_terminal("ingest", str(path), columns=100)
    assert seen.code in {0, 4}
    assert "\x1b[2J" not in seen.out
    assert "\x07" not in seen.out
    assert "\u202e" not in seen.out


def test_the_date_of_publication_can_be_written_in_words(own_db: Path) -> None:
    text = "Police freed 45 Thai workers from a casino in Kandal on March 5, the Interior Ministry said.\n"
    for day in ("2024-03-06", "6 March 2024"):
        seen = done("ingest", "-", "--dry-run", "--json", "--date", day, stdin=text)
        assert dates_of(seen.json) == ["2024-03-05?"]
