# ruff: noqa: E501 - tables
"""Each word of a protected name, in records that have the actor, in every answer about them. The person is invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scamcli.cli.command_table import COMMANDS
from tests.helpers.driver import actor, event, export, offered, ok, run, subcommands, take_in

if TYPE_CHECKING:
    from pathlib import Path

WORD = "mealea"
ID = "2023-01-01-mealea-escapes"

ASKED: list[list[str]] = [
    ["search"], ["show", "2023-01-01"], ["timeline"], ["stats", "rescues"], ["stats", "rescues", "--explain"],
    ["stats", "rescues", "--by", "group"], ["stats", "rescues", "--by", "actor", "--cite"], ["stats", "events"],
    ["stats", "rescues", "--during", "2020"], ["stats", "cases", "--compare", "2022", "2023"], ["responses"],
    ["responses", "--by", "actor"], ["conflicts"], ["check"], ["actors"], ["actors", "Sok Mealea"], ["actors", "Sok Kong"],
    ["sites"], ["sites", "Gate"], ["export", "jsonl"], ["report"], ["report", "-f", "md"],
    ["edit", "2023-01-01", "--note", "N"],
    ["remove", "--actor", "VOD"], ["show", "2023"], ["add", "--date", "2023", "--kind", "raid", "--title", "T",
    "--actor", "Sok Mealea: victim", "--figure", "rescues: 4 with Mealea; low: 9; high: 3"],
    ["sql", "SELECT * FROM events"], ["search", "--actor", "Sok Mealia"], ["names", "alias", "VOD", "Sok Mealea"],
    ["log"], ["log", "2023-01-01"], ["log", "--actor", "Sok Mealea"], ["log", "--change", "1"], ["show", "2023-01-01", "--history"],
    ["show", "2023-01-01", "--at", "9998"], ["undo", "1"], ["undo", "2"], ["names", "merge", "Sok Kong", "Sok Mealea"],
    ["remove", "2023-01-01", "--same-as", "later"], ["edit", "2023-01-01", "--note", "N", "--expect", "000000000000"], ["backup"],
    ["redact", "--yes", "Sok Kong"], ["info", "--verify"], ["protect", "Sok Mealea"], ["protect", "Sok Kong"],
    ["unprotect", "Sok Kong", "--reason", "Sok Mealea asked"], ["unprotect", "Sok Mealea"],
]  # fmt: skip
"""Every command that prints something of a record, at least once."""
OF_DRAFTS: list[list[str]] = [
    ["review"], ["show", "2023-03-03", "--passage"], ["review", "accept", "2023-03-03"], ["review", "reject", "2023-03-03", "2023-01-01"],
    ["review", "merge", "2023-03-03", "2023-01-01"], ["ingest", "{text}"], ["ingest", "{text}", "--dry-run", "--title", "Sok Mealea speaks"],
    ["search", "--drafts"], ["log"], ["export", "jsonl"],
]  # fmt: skip
"""What prints something of a draft, or of the text that it came from."""
TEXT = """2023-03-03: Police freed 45 Thai workers, Sok Mealea said. Mealea has 17 letters.

2023-03-04: Officers arrested 30 suspects.
"""
OF_EVIDENCE: list[list[str]] = [
    ["evidence", "list"], ["evidence", "list", "--removed"], ["evidence", "list", "--event", "2023-01-01"], ["evidence", "show", "{sha256}"],
    ["evidence", "show", "{derived}"], ["evidence", "show", "{removed}"], ["evidence", "verify"], ["evidence", "verify", "{bag}"],
    ["evidence", "add", "{same}", "--source", "Mealea", "--event", "2023-01-01"], ["evidence", "add", "{same}", "--source", "Mealea", "--event", "later"],
    ["evidence", "add", "{new}", "--source", "Mealea", "--event", "2023-01-01", "--note", "of Mealea"],
    ["evidence", "derive", "{sha256}", "{new}", "--note", "without Mealea"], ["evidence", "derive", "{derived}", "{same}", "--note", "N"],
    ["evidence", "export", "{sha256}", "-o", "{out}"], ["evidence", "export", "--event", "2023-01-01", "-o", "{out}"],
    ["evidence", "export", "{derived}", "-o", "{out}", "--include-evidence-of-protected", "--recipient", "Mealea"], ["evidence", "export", "{removed}", "-o", "{out}"],
    ["evidence", "remove", "{sha256}", "--reason", "Mealea asked"], ["evidence", "remove", "{removed}", "--reason", "Mealea asked"],
    ["evidence", "import", "{bag}"], ["evidence", "import", "{new}"],
    ["log"], ["log", "2023-01-01"], ["log", "--change", "3"], ["log", "--change", "4"], ["log", "--change", "5"], ["log", "--change", "6"], ["undo", "3"], ["undo", "6"],
    ["info"], ["info", "--verify"], ["show", "2023-01-01"], ["show", "2023-01-01", "--passage"], ["check"], ["backup"],
    ["redact", "--yes", "Sok Kong"], ["export", "bagit", "-o", "{out}"],
    ["export", "bagit", "-o", "{out}", "--include-evidence-of-protected"],
]  # fmt: skip
"""What prints something of an evidence file, of what is known about it, or of what was done with it."""
WITHOUT_FORMAT = {
    "export",
    "report",
    "edit",
    "remove",
    "add",
    "names",
    "undo",
    "backup",
    "redact",
    "protect",
    "unprotect",
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    db = tmp_path / "kept.db"
    take_in(
        db,
        {"type": "metric", "name": "mealea_calls", "unit": "calls"},
        actor("Sok Mealea", kind="person"),
        actor("Sok Kong", kind="person"),
        {"type": "site", "name": "Gate", "owners": [{"name": "Sok Kong", "event": ID, "note": "told by Sok Mealea"}]},
        event(
            ID, "2023-01-01", "report",
            title="Mealea escapes", summary="Of Mealea.", note="MEALEA's own words",
            actors=[{"name": "Sok Mealea", "role": "alleges"}, {"name": "Sok Kong", "role": "speaker"}],
            sites=["Gate"],
            figures=[
                {"id": "r", "metric": "rescues", "stated": "Mealea and 4 others", "low": 5, "stated_by": "Sok Kong",
                 "group": "friends of Mealea", "note": "so Mealea"},
                {"id": "c", "metric": "cases", "stated": "2", "period": "2022", "stated_by": "Sok Mealea"},
                {"id": "d", "metric": "cases", "stated": "4", "period": "2023", "stated_by": "Sok Mealea"},
                {"id": "p", "metric": "change", "stated": "Mealea says 100% more", "best": 100, "of": ["c", "d"]},
            ],
            sources=[{"outlet": "VOD", "passage": "Mealea said"}],
        ),
        event("later", "2023-02-02", "denial", title="A denial", tags=["mealea", "other"],
              figures=[{"metric": "mealea_calls", "stated": "3"}], links=[{"type": "disputes", "event": ID}]),
    )  # fmt: skip
    record = {"type": "actor", "name": "Sok Mealea", "protected": True}
    ok("edit", "Sok Mealea", "-", "--db", str(db), stdin=json.dumps(record))
    return db


@pytest.fixture
def files(kept: Path, tmp_path: Path) -> dict[str, str]:
    """Files about her, whose names have one word of hers; and what the commands name, of which nothing has."""
    about = [
        "--url",
        "https://example.org/mealea",
        "--collected-by",
        "a friend of Mealea",
        "--method",
        "given by Mealea",
    ]
    about += ["--tool", "Mealea's phone", "--note", "MEALEA at home", "--as", "Sok Mealea", "--db", str(kept)]
    own = tmp_path / "own"
    own.mkdir()
    for name in ("mealea.txt", "mealea-blurred.txt", "mealea-old.txt"):
        (own / name).write_text(f"This is {name}.", encoding="utf-8")
    linked = ["--source", "Sister of Mealea", "--event", "2023-01-01", *about]
    told = {"{sha256}": ok("evidence", "add", str(own / "mealea.txt"), *linked).strip()}
    told["{removed}"] = ok("evidence", "add", str(own / "mealea-old.txt"), *linked).strip()
    derive = (
        "evidence",
        "derive",
        told["{sha256}"],
        str(own / "mealea-blurred.txt"),
        "--note",
        "without Mealea's face",
    )
    told["{derived}"] = ok(*derive, "--db", str(kept)).strip()
    ok("evidence", "remove", told["{removed}"], "--reason", "Mealea asked", "--db", str(kept))
    whole = ("--include-protected", "--include-evidence-of-protected", "--db", str(kept))
    ok("export", "bagit", "-o", str(tmp_path / "bag"), *whole)
    (tmp_path / "same.txt").write_text("This is mealea.txt.", encoding="utf-8")
    (tmp_path / "new.txt").write_text("New.", encoding="utf-8")
    places = {"{same}": "same.txt", "{new}": "new.txt", "{out}": "out", "{bag}": "bag"}
    return told | {word: str(tmp_path / name) for word, name in places.items()}


@pytest.mark.parametrize("format_", ["", "table", "json", "csv", "markdown"])
@pytest.mark.parametrize("asked", OF_EVIDENCE, ids=" ".join)
def test_no_word_of_the_name_is_printed_of_evidence(
    kept: Path, files: dict[str, str], asked: list[str], format_: str
) -> None:
    is_list = asked[0] not in WITHOUT_FORMAT and (asked[0] != "evidence" or asked[1] in {"list", "show", "verify"})
    if format_ and not is_list:
        return
    answer = run(*(files.get(one, one) for one in asked), *(["-f", format_] if format_ else []), "--db", str(kept))
    assert WORD not in (answer.out + answer.err).casefold(), answer
    assert answer.code in ({1} if asked[0] == "check" else {0, 2, 3, 4}), answer


def test_what_is_asked_of_evidence_would_show_the_word(kept: Path, files: dict[str, str]) -> None:
    for args in (["list"], ["list", "--removed"], ["show", files["{sha256}"]], ["show", files["{removed}"]]):
        assert WORD in ok("evidence", *args, "--include-protected", "--db", str(kept)).casefold()


@pytest.mark.parametrize("format_", ["", "table", "json", "csv", "markdown"])
@pytest.mark.parametrize("asked", [["evidence", "verify"], ["info", "--verify"]], ids=" ".join)
@pytest.mark.usefixtures("files")
def test_no_word_of_the_name_is_printed_of_damaged_evidence(kept: Path, asked: list[str], format_: str) -> None:
    altered, missing = kept.with_suffix(".evidence").glob("??/*")
    altered.chmod(0o600)
    altered.write_text("altered")
    missing.unlink()
    (kept.with_suffix(".evidence") / "mealea.txt").touch()
    flags = ["--format", format_] if format_ else []
    answer = run(*asked, *flags, "--db", str(kept))
    assert (answer.code, "altered" in answer.out, "missing" in answer.out) == (5, True, True), answer
    assert WORD not in (answer.out + answer.err).casefold(), answer
    shown = run(*asked, *flags, "--include-protected", "--db", str(kept))
    assert WORD in shown.out


@pytest.mark.parametrize("format_", ["", "json", "csv"])
@pytest.mark.parametrize("asked", OF_DRAFTS, ids=" ".join)
def test_no_word_of_the_name_is_printed_of_a_text(kept: Path, tmp_path: Path, asked: list[str], format_: str) -> None:
    text = tmp_path / "text.txt"
    text.write_text(TEXT if asked[0] != "ingest" else TEXT.replace("45", "46"), encoding="utf-8")
    ok("ingest", "-", "--db", str(kept), stdin=TEXT)
    is_list = asked[0] not in WITHOUT_FORMAT and asked[1:2] not in (["accept"], ["reject"], ["merge"])
    flags = ["--format", format_] if format_ and is_list else []
    answer = run(*(one.replace("{text}", str(text)) for one in asked), *flags, "--db", str(kept))
    assert WORD not in (answer.out + answer.err).casefold(), answer
    assert asked[0] == "review" or answer.code == 0


@pytest.mark.parametrize("format_", ["", "table", "json", "jsonl", "csv", "tsv", "markdown"])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_no_word_of_the_name_is_printed(kept: Path, asked: list[str], format_: str) -> None:
    flags = ["--format", format_] if format_ and asked[0] not in WITHOUT_FORMAT else []
    answer = run(*asked, *flags, "--db", str(kept))
    assert WORD not in (answer.out + answer.err).casefold(), answer


@pytest.fixture
def in_text(tmp_path: Path) -> Path:
    """A timeline with an event that names her in full only in its summary, and once more by one word everywhere."""
    db = tmp_path / "text.db"
    about = event(
        "e", "2023-01-01", "rescue", title="Freed with Mealea", summary="Sok Mealea and others were freed.",
        figures=[{"metric": "rescues", "stated": "5, with Mealea", "low": 5, "group": "friends of Mealea"}],
        sources=[{"outlet": "VOD", "url": "https://example.org/mealea-freed", "author": "Mealea"}],
    )  # fmt: skip
    take_in(db, about, {"type": "actor", "name": "Sok Mealea", "protected": True})
    return db


@pytest.mark.parametrize(
    "asked",
    [
        ["show", "e"], ["search", "--json"], ["timeline"], ["stats", "rescues", "--by", "group", "--explain", "--cite"],
        ["stats", "rescues", "--json"], ["sql", "SELECT * FROM figures"], ["export", "jsonl"], ["export", "markdown"],
    ],
)  # fmt: skip
def test_a_name_in_a_text_masks_its_words_in_the_whole_record(in_text: Path, asked: list[str]) -> None:
    answer = run(*asked, "--db", str(in_text))
    assert answer.code == 0, answer
    assert WORD not in (answer.out + answer.err).casefold(), answer


def test_a_name_in_a_text_is_redacted_with_its_words_in_the_whole_record(in_text: Path) -> None:
    ok("redact", "Sok Mealea", "--yes", "--db", str(in_text))
    assert WORD.encode() not in in_text.read_bytes().lower()


NEAR: list[list[str]] = [
    ["search", "--actor", "Sok Mealia"], ["stats", "rescues", "--actor", "Sok Mealia"], ["actors", "Sok Mealia"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "Sok Mealia"],
    ["add", "--date", "2023", "--kind", "raid", "--title", "T", "--actor", "Sok Mealia", "--new-actor"],
]  # fmt: skip


@pytest.mark.parametrize("asked", NEAR)
def test_no_spelling_is_printed_beside_the_placeholder_that_it_gives_away(kept: Path, asked: list[str]) -> None:
    answer = run(*asked, "--db", str(kept))
    for line in answer.err.splitlines():
        assert "mealia" not in line.casefold() or "[protected-" not in line, answer


@pytest.mark.parametrize(
    "asked",
    [
        ["edit", "2023-01-01", "--remove", "actor: Sok Mealia"],
        ["actors", "edit", "Sok Kong", "--remove", "member_of: Sok Mealia"],
        ["review", "split", "2023-03-03", "--actor", "Sok Mealia"],
    ],
    ids=" ".join,
)
def test_no_spelling_is_printed_above_the_placeholders_that_it_gives_away(
    kept: Path, tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    ok("ingest", str(tmp_path / "text.txt"), "--outlet", "VOD", "--db", str(kept))
    ok("actors", "edit", "Sok Kong", "--member-of", "Sok Mealea", "--db", str(kept))
    answer = run(*asked, "--db", str(kept))
    assert "It has [protected-" in answer.err, answer
    assert "mealia" not in answer.err.casefold()
    other = run("edit", "later", "--remove", "actor: Sok Mealia", "--db", str(kept))
    assert 'no actor "Sok Mealia"' in other.err  # nothing is beside it


def test_every_command_that_reads_is_asked() -> None:
    none_of_a_record, of_two = {"import", "init", "schema"}, {"merge", "diff"}  # of two: in tests/exchange
    assert {command.name for command in COMMANDS} - none_of_a_record - of_two == {
        asked[0] for asked in (*ASKED, *OF_DRAFTS, *OF_EVIDENCE)
    }
    assert {asked[1] for asked in OF_EVIDENCE if asked[0] == "evidence"} == subcommands("evidence")


def test_no_word_of_the_name_is_completed(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(kept))
    assert offered("scamcli search --tag ") == ["other"]
    for line in ("scamcli stats ", "scamcli search --metric "):
        assert "rescues" in offered(line)
        assert WORD not in " ".join(offered(line))


def test_a_metric_that_is_printed_can_be_asked_for_and_imported_again(kept: Path) -> None:
    lines = ok("export", "jsonl", "--db", str(kept))
    (metric,) = [one["name"] for one in map(json.loads, lines.splitlines()) if one["type"] == "metric"]
    assert json.loads(ok("stats", metric, "--json", "--db", str(kept)))[0]["best"] == 3
    ok("import", "-", "--db", str(kept), stdin=lines)
    assert "mealea_calls" in ok("export", "jsonl", "--include-protected", "--db", str(kept))


def test_two_metrics_that_only_a_word_tells_apart(kept: Path, tmp_path: Path) -> None:
    at = ("--db", str(kept))
    figures = [{"metric": "mealea_calls", "stated": "7"}, {"metric": "sok_calls", "stated": "4"}]
    take_in(kept, {"type": "metric", "name": "sok_calls", "unit": "visits"}, event("both", figures=figures))
    lines = ok("export", "jsonl", *at)
    ok("import", "-", "--db", str(tmp_path / "new.db"), stdin=lines)  # no name is there twice
    metrics = [one["name"] for one in map(json.loads, lines.splitlines()) if one["type"] == "metric"]
    units = {json.loads(ok("stats", metric, "--json", *at))[0]["unit"] for metric in metrics}
    assert units == {"calls", "visits"}
    for nearly in ("mealea_call", "sok_call"):
        assert WORD not in run("stats", nearly, *at).err.replace(nearly, "")
    ok("redact", "Sok Mealea", "--yes", *at)
    ok("info", "--verify", *at)
    assert "mealea_calls" not in ok("export", "jsonl", *at)


def test_who_shares_a_word_keeps_the_name(kept: Path) -> None:
    shown = json.loads(ok("show", "2023-01-01", "--json", "--db", str(kept)))
    assert [one["name"] for one in shown["actors"]][1] == "Sok Kong"
    profile = json.loads(ok("actors", "Sok Kong", "--json", "--db", str(kept)))
    assert [figure["metric"] for figure in profile["stated"]] == ["rescues"]


def test_an_id_that_is_printed_can_be_asked_for(kept: Path) -> None:
    for printed in json.loads(ok("search", "--json", "--db", str(kept))):
        assert json.loads(ok("show", printed["id"], "--json", "--db", str(kept)))["id"] == printed["id"]


def test_what_is_removed_can_be_taken_back(kept: Path) -> None:
    before = export(kept)
    record = ok("remove", "2023-01-01", "--include-protected", "--db", str(kept))
    assert run("remove", "--actor", "Sok Mealea", "--db", str(kept)).code == 4, "it would be lost unprinted"
    person = ok("remove", "--actor", "Sok Mealea", "--include-protected", "--db", str(kept))
    ok("add", "-", "--db", str(kept), stdin=person)
    assert run("add", "-", "--db", str(kept), stdin=record).code == 4, "its id holds a protected name now"
    assert ok("search", "--count", "--db", str(kept)) == "1\n"
    assert before != export(kept)


def test_a_protected_name_is_nearly_nobodys(kept: Path) -> None:
    take_in(kept, actor("Sok Mealia", kind="person"))
    assert "N01" not in run("check", "--db", str(kept)).out


def test_many_protected_people_are_masked_at_once(tmp_path: Path) -> None:
    """Each name becomes its own placeholder, even if one name is the beginning of another."""
    db = tmp_path / "many.db"
    people = [f"Person Number{chr(97 + n // 20)}{chr(97 + n % 20)}" for n in range(400)]
    take_in(db, *[actor(name, protected=True) for name in people], event("e-1", summary=" and ".join(people)))
    summary = json.loads(ok("show", "e-1", "--json", "--db", str(db)))["summary"].split(" and ")
    assert len(set(summary)) == 400
    assert all(word.startswith("[protected-") for word in summary)
