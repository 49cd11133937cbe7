"""``scamcli ingest --with`` and ``--drafts``: other readers, from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scamcli import Timeline
from scamcli.errors import DataError
from scamcli.timeline.readers import Program
from tests.helpers.command_line import done, rows, run
from tests.helpers.driver import actor, take_in

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
REFERENCE = f"{sys.executable} '{EXAMPLES / 'reader_reference.py'}'"
HELLO = {"protocol": 1, "reader": {"name": "tester", "version": "2.1"}}
TEXT = "On 19 September 2022, police in Kandal freed more than 45 Thai workers. Sok Hidden, a witness, spoke.\n"
DRAFT: dict[str, Any] = {
    "quote": "police in Kandal freed more than 45 Thai workers",
    "date": {"value": "2022-09-19", "quote": "19 September 2022"},
    "kind": {"value": "rescue", "quote": "freed"},
    "figures": [{"metric": "rescues", "wording": "more than 45", "quote": "more than 45 Thai workers"}],
}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    path = tmp_path / "drafts.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in (HELLO, DRAFT)), encoding="utf-8")
    return path


def echo(tmp_path: Path, *lines: object, also: str = "") -> str:
    """Return the command of a program that writes these lines."""
    source = f"import json, sys\nrequest = json.load(sys.stdin)\n{also}\nfor line in {lines!r}: print(json.dumps(line))"
    path = tmp_path / "echo.py"
    path.write_text(source, encoding="utf-8")
    return f"{sys.executable} '{path}'"


def test_the_reference_reader_proposes_drafts(own_db: Path, article: Path) -> None:
    seen = done("ingest", str(article), "--with", REFERENCE, "--json")
    (record,) = seen.json
    assert [(one["stated"], one["low"]) for one in record["figures"]] == [("more than 45", 46)]
    assert "gets the text, with protected names masked, and may send it over the network." in seen.err
    (row,) = rows("review")
    assert {span["reader"] for span in row["spans"]} == {"reference 1.0"}
    assert row["passage"] == TEXT.split(" Sok")[0]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([HELLO], (0, "No drafts: no dated events were found.")),
        ([HELLO, DRAFT | {"quote": "invented"}], (4, "The text confirms no draft of tester 2.1.")),
        ([DRAFT], (4, "has no valid introduction: protocol: field required.")),
        ([HELLO | {"protocol": 2}, DRAFT], (4, "has no valid introduction: protocol: input should be 1.")),
        ([{"protocol": 1, "reader": {"name": "a\x1b[31m", "version": "1"}}], (4, "introduction: reader.name: ")),
        ([HELLO, *[DRAFT] * 5001], (4, "has more than 5,000 drafts.")),
    ],
)
def test_wrong_answers(
    own_db: Path, article: Path, tmp_path: Path, lines: list[object], expected: tuple[int, str]
) -> None:
    code, said = expected
    before = own_db.read_bytes()
    path = tmp_path / "wrong.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    seen = run("ingest", str(article), "--drafts", str(path))
    assert (seen.code, said in seen.err) == (code, True), seen.err
    assert own_db.read_bytes() == before
    assert "\x1b" not in seen.err


VICTIM: dict[str, Any] = {
    "date": {"value": "2022-09-19", "quote": "19 September 2022"}, "kind": {"value": "rescue", "quote": "freed"}
}  # fmt: skip
NAMED = [
    # the text, more of the draft, and the title without the name
    ("On 19 September 2022, Sok Dara, 17, was freed.", {}, "On 19 September 2022, a person, 17, was freed"),
    (
        "Sok Dara, 17, was freed on 19 September 2022.",
        {"title": "Sok Dara, 17, was freed"},
        "A person, 17, was freed",
    ),
    (
        "Dara, 17, hid. On 19 September 2022, Dara spoke of those who were freed.",
        {"quote": "Dara spoke of those who were freed"},
        "On 19 September 2022, a person spoke of those who were freed",
    ),
    (
        "On 19 September 2022, Sok Dara spoke for those who were freed.",
        {"actors": [{"name": "Sok Dara", "role": "victim", "quote": "Sok Dara"}]},
        "On 19 September 2022, a person spoke for those who were freed",
    ),
]


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case[0])
@pytest.mark.parametrize("how", ["--with", "--drafts", "--compare"])
def test_no_title_of_another_reader_and_no_id_names_a_victim(
    own_db: Path, article: Path, tmp_path: Path, case: tuple[str, dict[str, Any], str], how: str
) -> None:
    text, more, title = case
    article.write_text(text, encoding="utf-8")
    draft = VICTIM | {"quote": text} | more
    path = tmp_path / "drafts.jsonl"
    path.write_text(f"{json.dumps(HELLO)}\n{json.dumps(draft)}\n", encoding="utf-8")
    flags = ["--with", echo(tmp_path, HELLO, draft)] if how == "--with" else ["--drafts", str(path)]
    seen = done("ingest", str(article), *flags, *(["--compare"] if how == "--compare" else []), "--json")
    (record,) = seen.json
    assert how == "--compare" or record["title"] == title
    assert "a person" in record["title"].lower()
    assert "dara" not in (record["title"] + record["id"]).lower()
    assert "This text may name victims: " in seen.err


def test_a_victim_that_a_reader_of_another_language_names_is_in_no_title(
    own_db: Path, article: Path, tmp_path: Path
) -> None:
    text = "เมื่อวันที่ 19 กันยายน 2022 ตำรวจช่วยสมหญิง ใจดี ออกจากบ่อน"
    article.write_text(text, encoding="utf-8")
    draft = {
        "quote": text, "date": {"value": "2022-09-19", "quote": "19 กันยายน 2022"},
        "kind": {"value": "rescue", "quote": "ช่วย"},
        "actors": [{"name": "สมหญิง ใจดี", "role": "victim", "quote": "สมหญิง ใจดี"}],
    }  # fmt: skip
    seen = done("ingest", str(article), "--with", echo(tmp_path, HELLO, draft), "--json")
    assert seen.json[0]["title"] == "เมื่อวันที่ 19 กันยายน 2022 ตำรวจช่วย… ออกจากบ่อน"
    assert "ใจดี" not in seen.json[0]["id"]
    assert "scamcli: Names of victims are looked for only in English" in seen.err


@pytest.mark.parametrize("also", ["sys.stdout.buffer.write(bytes(range(256)))", "sys.exit('out of luck')"])
def test_binary_output_and_failures_store_nothing(own_db: Path, article: Path, tmp_path: Path, also: str) -> None:
    before = own_db.read_bytes()
    command = echo(tmp_path, also=f"print(json.dumps({HELLO!r}))\nprint(json.dumps({DRAFT!r}), flush=True)\n{also}")
    assert run("ingest", str(article), "--with", command).code == 4
    assert own_db.read_bytes() == before


def test_protected_names_do_not_reach_the_program(own_db: Path, article: Path, tmp_path: Path) -> None:
    take_in(own_db, actor("Sok Hidden", aliases=["Mr Hidden"], protected=True), actor("Kandal police"))
    got = tmp_path / "got.json"
    program = tmp_path / "spy.py"
    program.write_text(f"import sys\nopen({str(got)!r}, 'w').write(sys.stdin.read())\nprint({json.dumps(HELLO)!r})")
    command = f"{sys.executable} '{program}'"
    done("ingest", str(article), "--with", command, "--title", "Sok Hidden speaks", "--dry-run")
    request = json.loads(got.read_text())
    assert "Hidden" not in got.read_text()
    assert request["text"].startswith("On 19 September 2022, police in Kandal")
    assert "[protected-" in request["text"]
    assert "Kandal police" in request["vocabulary"]["actors"]
    done("ingest", str(article), "--with", command, "--dry-run", "--include-protected")
    assert "Sok Hidden" in json.loads(got.read_text())["text"]


def test_a_program_cannot_ask_whether_a_name_is_protected(own_db: Path, article: Path, tmp_path: Path) -> None:
    """A masked name can be quoted by its placeholder, is stored in full, and is never printed."""
    take_in(own_db, actor("Sok Hidden", protected=True))
    also = "import re\nmask = re.search(r'\\[protected-\\d+\\]', request['text'])[0]\n" + (
        f"draft = {DRAFT!r}\ndraft['actors'] = [{{'name': mask, 'role': 'mentioned', 'quote': mask + ', a witness'}}]\n"
        f"print(json.dumps({HELLO!r}))\nprint(json.dumps(draft))"
    )
    seen = done("ingest", str(article), "--with", echo(tmp_path, also=also), "--json")
    assert seen.json[0]["actors"][0]["name"].startswith("[protected-")
    assert "Hidden" not in seen.out + seen.err
    (row,) = rows("review", "--include-protected")
    assert row["record"]["actors"] == [{"name": "Sok Hidden", "role": "mentioned"}]


@pytest.mark.parametrize("protects", [True, False])
def test_a_placeholder_in_the_text_itself_names_nobody(
    own_db: Path, article: Path, tmp_path: Path, protects: bool
) -> None:
    """A text from an earlier export can have placeholders, perhaps of another timeline."""
    if protects:
        take_in(own_db, actor("Sok Hidden", protected=True))
    masks = {one["name"] for one in rows("actors") if one["name"].startswith("[protected-")} or {"[protected-7]"}
    article.write_text(TEXT.split(" Sok")[0] + f" {masks.pop()}, a witness, spoke.", encoding="utf-8")
    also = "import re\nmask = re.search(r'\\[protected-\\d+\\]', request['text'])[0]\n" + (
        f"draft = {DRAFT!r}\ndraft['actors'] = [{{'name': mask, 'role': 'mentioned', 'quote': mask + ', a witness'}}]\n"
        f"print(json.dumps({HELLO!r}))\nprint(json.dumps(draft))"
    )
    seen = done("ingest", str(article), "--with", echo(tmp_path, also=also), "--json")
    assert seen.json[0]["actors"] == []
    assert "Left out: line 2, actors 1: it is" in seen.err


def test_a_name_in_an_error_message_is_masked(own_db: Path, article: Path, tmp_path: Path) -> None:
    take_in(own_db, actor("Sok Hidden", protected=True))
    seen = run("ingest", str(article), "--with", echo(tmp_path, also="sys.exit('I know Sok Hidden\\x1b[31m.')"))
    assert seen.code == 4
    assert "I know [protected-" in seen.err
    with Timeline(own_db) as timeline, pytest.raises(DataError, match=r"I know \[protected-\d+\]\."):
        timeline.ingest(
            article, text_from=Program(f"{sys.executable} -c 'import sys; sys.exit(\"I know Sok Hidden.\")'")
        )
    assert "\\u001b[31m" in seen.err


def test_a_reader_is_compared_with_the_rules(own_db: Path, article: Path) -> None:
    seen = done("ingest", str(article), "--with", REFERENCE, "--compare")
    assert "scamcli: 1 draft found by both, 0 only by scamcli, 0 only by reference 1.0.\n" in seen.err
    assert "both: date 2022-09-19, kind rescue, figure rescues “more than 45”; only scamcli: " in seen.err
    (row,) = rows("review")
    grades = {span["field"]: span["grade"] for span in row["spans"]}
    assert (grades["date"], grades["kind"], grades["figures.rescues"]) == ("sure", "likely", "likely")


def test_a_protected_name_as_the_name_of_a_reader_is_masked_and_redacted(
    own_db: Path, article: Path, tmp_path: Path
) -> None:
    path = tmp_path / "drafts.jsonl"
    hello = {"protocol": 1, "reader": {"name": "Sok Hidden", "version": "1"}}
    path.write_text("".join(json.dumps(line) + "\n" for line in (hello, DRAFT)), encoding="utf-8")
    take_in(own_db, actor("Sok Hidden", protected=True))
    seen = done("ingest", str(article), "--drafts", str(path), "--compare")
    assert "Hidden" not in seen.out + seen.err + done("review", "--json").out
    assert (
        b"Sok Hidden 1" in own_db.read_bytes() or "Sok Hidden 1" in done("review", "--json", "--include-protected").out
    )
    done("redact", "--yes", "Sok Hidden")
    assert "Hidden" not in done("review", "--json", "--include-protected").out
    done("info", "--verify")
