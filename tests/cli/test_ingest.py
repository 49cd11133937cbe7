"""``scamcli ingest``: a text becomes drafts, stored or shown with their words, and the messages about them."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.command_line import done, rows, run
from tests.helpers.terminals import Conversation, on_terminal

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


ONE = "March 5, 2024: Police in Kandal freed 45 Thai workers.\n"
GIVEN = ("--outlet", "Example Daily", "--url", "https://example.org/1", "--date", "2024-03-06")


def sources(id_: str) -> list[tuple[str, str | None, str | None]]:
    found = done("show", id_, "--json").json["sources"]
    return [(one["outlet"], one["url"], one["published"]) for one in found]


COMPLETE = [("Example Daily", "https://example.org/1", "2024-03-06")]


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


def test_a_dry_run_shows_what_would_be_kept_and_writes_nothing(own_db: Path, article: Path, tmp_path: Path) -> None:
    before = state(own_db)
    seen = done("ingest", str(article), "--dry-run", "--json")
    assert "scamcli: Nothing was written.\n" in seen.err
    assert state(own_db) == before
    assert [path.name for path in tmp_path.glob("own.db*")] == ["own.db"]
    assert dates_of(seen.json) == DAYS
    assert {record["status"] for record in seen.json} == {"draft"}
    assert done("ingest", str(article), "--json").json == seen.json


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


def test_a_draft_that_seems_to_be_here_is_said(own_db: Path, article: Path) -> None:
    first = done("ingest", str(article), "--json").json
    done("review", "accept", *(record["id"] for record in first))
    seen = done("ingest", "-", stdin=TEXT.replace("Police statements", "More police statements"))
    assert "scamcli: 3 drafts may be duplicates of other entries; `scamcli review` can merge them.\n" in seen.err
    assert {draft["same_as"] for draft in rows("review")} == {record["id"] for record in first}


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
