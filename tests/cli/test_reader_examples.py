"""The example programs of docs/examples: they run, and keep to the published schema of the protocol."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command_line import done, rows, run

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TEXT = "On 19 September 2022, police in Kandal freed more than 45 Thai workers.\n"
LLM = """#!{python}
import json, sys
text = sys.stdin.read()
assert "Metrics: " in text and "rescues (people rescued" in text and sys.argv[1:] == ["--no-stream", "--model", "m-1"]
print("Here are the events:\\n```json")
print(json.dumps({draft!r}))
print(json.dumps({draft!r} | {{"quote": "The model made this up."}}))
print("```")
"""
DRAFT = {
    "quote": TEXT.strip(),
    "date": {"value": "2022-09-19", "quote": "19 September 2022"},
    "kind": {"value": "rescue", "quote": "freed"},
    "figures": [{"metric": "rescues", "wording": "45", "quote": "45 Thai workers", "best": 45}],
}


def example(name: str) -> str:
    return f"{sys.executable} '{EXAMPLES / name}'"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_request_and_answer_keep_to_the_schema(own_db: Path, article: Path, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(done("schema", "--reader").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    got = tmp_path / "request.json"
    spy = tmp_path / "spy.py"
    spy.write_text(f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read()); sys.exit(1)", encoding="utf-8")
    assert run("ingest", str(article), "--with", f"{sys.executable} '{spy}'").code == 4
    answer = subprocess.run(
        [sys.executable, EXAMPLES / "reader_reference.py"], input=got.read_bytes(), capture_output=True, check=True
    ).stdout
    lines = [json.loads(line) for line in (got.read_text(encoding="utf-8"), *answer.decode().splitlines())]
    assert len(lines) == 3
    for line in lines:
        validator.validate(line)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"quote": "q"})


def test_the_reader_of_the_llm_command(
    own_db: Path, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = f"{example('reader_llm.py')} m-1"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "The `llm` command is not installed" in run("ingest", str(article), "--with", command).err
    fake = tmp_path / "llm"
    fake.write_text(LLM.format(python=sys.executable, draft=DRAFT), encoding="utf-8")
    fake.chmod(0o700)
    seen = done("ingest", str(article), "--with", command, "--json")
    assert [(one["stated"], one["low"]) for one in seen.json[0]["figures"]] == [("more than 45", 46)]
    assert "Refused: line 3: the quote is not in the text." in seen.err
    assert {span["reader"] for span in rows("review")[0]["spans"]} == {"llm m-1"}
    fake.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    assert "exit status 1: The `llm` command failed." in run("ingest", str(article), "--with", command).err


def test_a_program_makes_the_text(own_db: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + TEXT.encode())
    assert run("ingest", str(scan)).code == 4
    command = f"{sys.executable} -c 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[8:])'"
    seen = done("ingest", str(tmp_path), "--text-from", command, "--json")
    assert [row["date"] for row in seen.json] == ["2022-09-19"]
    assert "Compare names and numbers with the original." in seen.err
    assert "gets the whole file, including protected names, and may send it over the network." in seen.err
    assert rows("review")[0]["passage"] == TEXT.strip()
    assert run("ingest", str(scan), "--text-from", f"{sys.executable} -c ''").code == 4
    for wrong in ([str(tmp_path / "none.png")], [str(scan), "--drafts", "a", "--drafts", "b"]):
        refused = run("ingest", *wrong, "--text-from", command)
        assert refused.code != 0
        assert "gets the whole file" not in refused.err  # for no program was run
