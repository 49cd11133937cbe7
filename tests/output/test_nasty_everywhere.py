# ruff: noqa: E501 - tables
"""Hostile text goes through every command and every format, and can do nothing: to a terminal, a spreadsheet, a page.

``tests/golden/formats/nasty.jsonl`` and ``tests/golden/everywhere/nasty_more.jsonl`` (actors, sites, a metric, and all
of it at once) are taken in, edited, removed and undone by somebody of a hostile name.
"""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from scamcli.output.formats import Format
from tests.helpers.command_line import Outcome, done, run
from tests.helpers.paths import ROOT
from tests.helpers.report_files import unpacked
from tests.helpers.terminals import _until_closed
from tests.output.report.test_markdown import MEANT, kinds, links, tokens

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = ROOT / "tests" / "golden" / "everywhere"
FILES = [ROOT / "tests" / "golden" / "formats" / "nasty.jsonl", GOLDEN / "nasty_more.jsonl"]
RECORDS: list[dict[str, Any]] = [
    json.loads(line) for path in FILES for line in path.read_text(encoding="utf-8").splitlines()
]
HOSTILE = next(one for one in RECORDS if one["type"] == "actor")["name"].removeprefix("@Actor ")
ACTOR, SITE = f"@Actor {HOSTILE}", f"=Site {HOSTILE}"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb")
WHO = ("--as", f"=me {HOSTILE}", "--reason", f"+why {HOSTILE}")

FILE = HOSTILE.replace("/", "_")
"""As a name of a file."""

ASKED: dict[str, tuple[str, ...]] = {
    "log": ("log",), "log-event": ("log", "nasty-20"), "log-actor": ("log", "--actor", ACTOR), "log-change": ("log", "--change", "1"),
    "history": ("show", "nasty-20", "--history"), "at": ("show", "nasty-20", "--at", "9998"), "show": ("show", "nasty-20"),
    "sql": ("sql", "SELECT * FROM events ORDER BY id"), "sql-figures": ("sql", "SELECT * FROM figures ORDER BY event, id"),
    "sql-actors": ("sql", "SELECT * FROM actors ORDER BY name"), "check": ("check",), "responses": ("responses",),
    "conflicts": ("conflicts",),
    "actors": ("actors",), "actor": ("actors", ACTOR), "sites": ("sites",), "site": ("sites", SITE),
    "search": ("search", "--actor", ACTOR), "timeline": ("timeline", "--site", SITE),
    "stats": ("stats", "nasty-metric", "--by", "actor", "--explain"), "stats-cite": ("stats", "rescues", "--by", "group", "--cite"),
    "stats-source": ("stats", "events", "--by", "source"),
    "evidence": ("evidence", "list", "--removed", "--db", "{evidence}"), "evidence-of": ("evidence", "list", "--event", "nasty-20", "--db", "{evidence}"),
    "evidence-show": ("evidence", "show", f"=file {FILE}", "--db", "{evidence}"), "evidence-copy": ("evidence", "show", f"@copy {FILE}", "--db", "{evidence}"),
    "evidence-gone": ("evidence", "show", f"+gone {FILE}", "--db", "{evidence}"),
    "evidence-log": ("log", "--db", "{evidence}"),
}  # fmt: skip
"""What is asked of the hostile timeline."""

ABOUT_FILES = [
    text
    for flag, start in (
        ("source", "="), ("url", "javascript:"), ("collected-by", "@"), ("method", "-"), ("tool", "\t"), ("note", "+"),
    )
    for text in (f"--{flag}", f"{start}{HOSTILE}")
]  # fmt: skip
"""What is said about each file."""

READ = {Format.TABLE, Format.MARKDOWN}
TEXTS = {"log-event", "log-actor", "history", "at", "show", "actor", "site", "timeline"}
OF_EVIDENCE = {"evidence-show", "evidence-copy", "evidence-gone"}
"""Texts, too, but they say in which folder the file is, which is another one each time."""
"""What is a text to read when no format is asked for."""


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile timeline, with a hostile history."""
    db = tmp_path_factory.mktemp("nasty") / "nasty.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scamcli.store.history.now", lambda: "2026-01-01T00:00:00Z")
        _change(db)
    return db


@pytest.fixture(scope="module")
def nasty_evidence(nasty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with files: one, a working copy of it, which was handed over, and one that was removed."""
    folder = tmp_path_factory.mktemp("evidence")
    db = folder / "e.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scamcli.store.history.now", lambda: "2026-01-01T00:00:00Z")
        patch.setenv("SCAMCLI_DB", str(nasty))
        done("export", "jsonl", "-o", str(folder / "all.jsonl"))
        done("import", str(folder / "all.jsonl"), "--db", str(db), *WHO)
        for name in ("=file", "@copy", "+gone"):
            (folder / f"{name} {FILE}").write_text(f"This is {name}.", encoding="utf-8")
        to = ("--db", str(db), *WHO)
        done("evidence", "add", str(folder / f"=file {FILE}"), *ABOUT_FILES, "--event", "nasty-20", *to)
        done("evidence", "add", str(folder / f"+gone {FILE}"), *ABOUT_FILES, "--event", "nasty-21", *to)
        copy = str(folder / f"@copy {FILE}")
        done("evidence", "derive", f"=file {FILE}", copy, "--note", f"-{HOSTILE}", "--tool", f"@{HOSTILE}", *to)
        done("evidence", "export", f"@copy {FILE}", "-o", str(folder / "out"), "--recipient", f"=to {HOSTILE}", *to)
        done("evidence", "remove", f"+gone {FILE}", *to)
    return db


def _change(db: Path) -> None:
    done("import", *map(str, FILES), "--db", str(db), *WHO)
    done("edit", "nasty-20", "--title", f"=new {HOSTILE}", "--tag", f"@new {HOSTILE}", "--db", str(db), *WHO)
    done("edit", "nasty-20", "--note", f"\t{HOSTILE}", "--remove", f"tag: @new {HOSTILE}", "--db", str(db), *WHO)
    done("edit", ACTOR, "-", "--db", str(db), *WHO, stdin=json.dumps({"type": "actor", "note": f"-{HOSTILE}"}))
    done("names", "alias", ACTOR, f"=alias {HOSTILE}", "--db", str(db), *WHO)
    done("remove", "nasty-21", "--db", str(db), *WHO)
    done("undo", "--db", str(db), *WHO)


@pytest.fixture(autouse=True)
def _asked(nasty: Path, nasty_evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCAMCLI_DB", str(nasty))
    monkeypatch.setenv("NASTY_EVIDENCE", str(nasty_evidence))
    monkeypatch.setenv("COLUMNS", "100")


def harmless(text: str, *, newline: str = "\n") -> str:
    """The text, which has no control character but its line ends, and no bidirectional mark."""
    bad = [
        char
        for char in text
        if char not in newline and (unicodedata.category(char) in {"Cc", "Zl", "Zp"} or char in BIDI)
    ]
    assert bad == [], [text[max(0, text.index(bad[0]) - 60) :][:120]]
    return text


def asked(name: str) -> list[str]:
    """The arguments, with the file that has evidence."""
    return [os.environ["NASTY_EVIDENCE"] if one == "{evidence}" else one for one in ASKED[name]]


def answered(name: str, *flags: str) -> Outcome:
    outcome = run(*asked(name), *flags)
    assert outcome.code == (1 if name == "check" else 0), outcome
    harmless(outcome.err)
    return outcome


@pytest.mark.parametrize("name", ASKED)
def test_what_people_read_can_do_nothing_to_a_terminal(name: str) -> None:
    for format_ in READ:
        harmless(answered(name, "--format", format_).out)
    harmless(answered(name, "--format", "tsv").out, newline="\n\t")
    if name in TEXTS | OF_EVIDENCE:
        harmless(answered(name).out)


@pytest.mark.parametrize("name", ASKED)
def test_markdown_holds_nothing_that_acts(name: str) -> None:
    out = answered(name, "--format", "markdown").out
    assert re.findall(r"(?<!\\)(?:\\\\)*<[^>]*>", out) == []
    assert re.findall(r"(?<!\\)(?:\\\\)*\]\(", out) == []
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows}) <= 1


def cells(out: str, format_: str) -> list[str]:
    """The cells as a spreadsheet reads them."""
    if format_ == "csv":
        return [cell for row in csv.reader(io.StringIO(out, newline="")) for cell in row]
    return [cell for line in out.removesuffix("\n").split("\n") for cell in line.split("\t")]


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("format_", ["html", "md"])
def test_a_report_holds_nothing_that_acts_and_no_protected_name(format_: str, tmp_path: Path) -> None:
    """The hostile actor is protected: all that its name has alone is the word before the hostile text."""
    done("protect", ACTOR)
    path = tmp_path / f"report.{format_}"
    intro = tmp_path / "intro.md"
    intro.write_text(f"By {ACTOR}", encoding="utf-8")
    harmless(done("report", "-o", str(path), "--title", f"On {ACTOR}", "--intro", str(intro), "--drafts").err)
    for part in unpacked(path):
        assert b"@Actor" not in part
    if format_ == "html":
        text = harmless(path.read_text(encoding="utf-8"))
        assert len(re.findall("<script", text)) == 1
        assert re.findall(r"<(?:img|iframe|object|embed|link|base)\b", text) == []
    else:
        found = tokens(harmless(path.read_text(encoding="utf-8")))
        assert kinds(found) <= MEANT
        assert all(link.startswith(("#", "http://", "https://")) for link in links(found))


@pytest.mark.parametrize("format_", ["csv", "tsv"])
@pytest.mark.parametrize("name", ASKED)
def test_no_cell_is_a_formula(name: str, format_: str) -> None:
    out = answered(name, "--format", format_).out
    every = cells(out, format_)
    if name not in {"stats-source", "stats-cite", "check"}:  # in these, no cell begins with a user's own words
        assert [cell for cell in every if cell.startswith("'")], "some had to be guarded"
    for cell in every:
        assert cell[:1] not in {*"=@\t\r\n"}, cell
        assert not re.match(r"[+-](?!\d[\d,]*(\.\d+)?$)", cell), cell
    if format_ == "tsv":
        assert len({line.count("\t") for line in out.splitlines()[:1]}) == 1
        harmless_lines = {line.count("\t") for line in out.removesuffix("\n").split("\n")}
        assert len(harmless_lines) == 1, "no cell has a tab or a line end of its own"


def test_json_gives_it_back_unchanged() -> None:
    actor = json.loads(answered("actor", "--json").out)
    given = next(one for one in RECORDS if one.get("name") == ACTOR)
    assert [actor[key] for key in ("name", "positions", "topics", "member_of")] == [
        given[key] for key in ("name", "positions", "topics", "member_of")
    ]
    event = json.loads(answered("show", "--json").out)
    wanted = next(one for one in RECORDS if one.get("id") == "nasty-20")
    for key in ("summary", "actors", "sites", "nationalities"):
        assert event[key] == wanted[key]
    for key in ("figures", "sources", "links", "places"):
        assert [
            {name: one[name] for name in mine} for one, mine in zip(event[key], wanted[key], strict=True)
        ] == wanted[key]
    (change,) = [row for row in json.loads(answered("log-event", "--json").out) if row["change"] == 2]
    assert (change["by"], change["reason"]) == (WHO[1], WHO[3])


ECHOED: list[tuple[str, ...]] = [
    (HOSTILE,), ("search", "--during", "1999", HOSTILE), ("search", "--actor", HOSTILE), ("search", "--site", HOSTILE), ("search", "--province", HOSTILE),
    ("search", "--metric", HOSTILE), ("search", "--kind", HOSTILE), ("search", "--from", HOSTILE), ("search", "--during", HOSTILE),
    ("search", "--after", HOSTILE), ("search", "--fields", HOSTILE), ("search", "--format", HOSTILE), ("search", "--limit", HOSTILE),
    ("search", f"--{HOSTILE}"), ("search", "--db", HOSTILE), ("search", "--match", HOSTILE), ("search", "--role", HOSTILE), ("search", "--tag", HOSTILE),
    ("show", HOSTILE), ("show", "nasty-20", "--at", HOSTILE), ("show", HOSTILE, "--history"), ("timeline", "--via", HOSTILE),
    ("stats", HOSTILE), ("stats", "rescues", "--by", HOSTILE), ("stats", "rescues", "--compare", HOSTILE, HOSTILE), ("responses", "--by", HOSTILE),
    ("check", "--code", HOSTILE), ("actors", HOSTILE), ("sites", HOSTILE), ("log", HOSTILE), ("log", "--actor", HOSTILE), ("log", "--change", HOSTILE),
    ("protect", HOSTILE), ("unprotect", HOSTILE), ("unprotect", HOSTILE, "--reason", HOSTILE),
    ("undo", HOSTILE), ("redact", "--yes", f"Absent {HOSTILE}"), ("edit", HOSTILE, "--title", "T"), ("edit", "nasty-20", "--date", HOSTILE),
    ("edit", "nasty-20", "--expect", HOSTILE, "--title", "T"), ("edit", "nasty-20", "--remove", f"actor: {HOSTILE}"), ("edit", "nasty-20", "--remove", HOSTILE),
    ("edit", "nasty-20", "--figure", HOSTILE), ("add", "--date", "2023", "--kind", HOSTILE, "--title", "T"), ("add", "--date", HOSTILE, "--kind", "raid", "--title", "T"),
    ("add", "--date", "2023", "--kind", "raid", "--title", "T", "--id", HOSTILE), ("add", "--date", "2023", "--kind", "raid", "--title", "T", "--place", f"x; country: {HOSTILE}"),
    ("add", "--date", "2023", "--kind", "raid", "--title", "T", "--figure", f"rescues: 3 {HOSTILE}; low: 9; high: 1; by: {HOSTILE}"),
    ("remove", HOSTILE), ("remove", "--actor", HOSTILE), ("remove", "--actor", ACTOR), ("remove", "nasty-20", "--same-as", HOSTILE),
    ("names", "alias", HOSTILE, "X"), ("names", "merge", HOSTILE, ACTOR), ("names", "merge", ACTOR, f"=alias {HOSTILE}"), ("names", HOSTILE),
    ("import", HOSTILE), ("export", HOSTILE), ("export", "jsonl", "-o", f"/nowhere/{HOSTILE}"), ("init", f"/dev/null/{HOSTILE}"), ("info", "--db", HOSTILE),
    ("sql", HOSTILE), ("sql", f"SELECT * FROM \"{HOSTILE}\""), ("sql", f"SELECT 1 AS \"{HOSTILE}\", ? "), ("backup", f"/nowhere/{HOSTILE}"), ("schema", HOSTILE),
    ("undo", "1"), ("undo", "2"), ("log", "--site", f"Absent {HOSTILE}"),
    ("ingest", HOSTILE), ("ingest", HOSTILE, "--date", HOSTILE), ("ingest", HOSTILE, "--fields", HOSTILE), ("show", HOSTILE, "--passage"),
    ("review", HOSTILE), ("review", "--json", "--snapshot", HOSTILE), ("review", "accept", HOSTILE), ("review", "reject", "nasty-20", HOSTILE),
    ("review", "merge", "nasty-20", HOSTILE), ("review", "--db", HOSTILE, "accept", HOSTILE),
    ("evidence", HOSTILE), ("evidence", "add", HOSTILE, "--source", HOSTILE), ("evidence", "add", "/dev/null", "--source", HOSTILE, "--event", HOSTILE),
    ("evidence", "add", "/etc/hostname", "--source", HOSTILE, "--collected-at", HOSTILE), ("evidence", "add", "/etc/hostname", "--source", HOSTILE, "--event", HOSTILE),
    ("evidence", "derive", HOSTILE, "/etc/hostname", "--note", HOSTILE), ("evidence", "derive", HOSTILE, HOSTILE, "--note", HOSTILE),
    ("evidence", "export", HOSTILE, "-o", f"/nowhere/{HOSTILE}"), ("evidence", "export", "--event", HOSTILE, "-o", "/nowhere/out"), ("evidence", "import", HOSTILE),
    ("evidence", "import", "/etc/hostname", "--source", HOSTILE), ("evidence", "remove", HOSTILE), ("evidence", "remove", HOSTILE, "--reason", HOSTILE),
    ("evidence", "list", "--event", HOSTILE), ("evidence", "list", "--fields", HOSTILE), ("evidence", "show", HOSTILE), ("evidence", "verify", HOSTILE),
    ("evidence", "verify", "--db", HOSTILE),
]  # fmt: skip
"""What is refused, with an error that says the hostile argument again, or what it met."""


@pytest.mark.parametrize("args", ECHOED, ids=[ascii(" ".join(args))[1:60] for args in ECHOED])
def test_errors_say_it_harmlessly(args: tuple[str, ...]) -> None:
    before = done("export", "jsonl").out
    outcome = run(*args)
    assert outcome.code in {0, 1, 2, 3, 4, 5}
    assert all(line.startswith("scamcli: ") for line in harmless(outcome.err).split("\n")[:-1])
    harmless(outcome.out, newline="\n\t")  # a header, where nothing matched
    assert done("export", "jsonl").out == before


@pytest.fixture
def own(nasty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "own.db"
    done("backup", str(copy))
    monkeypatch.setenv("SCAMCLI_DB", str(copy))
    return copy


@pytest.mark.usefixtures("own")
def test_what_a_change_says_is_harmless() -> None:
    shown = json.loads(done("show", "nasty-20", "--json").out)["digest"]
    person = json.dumps({"type": "actor", "name": f"=new {HOSTILE}", "kind": "person"})
    for args, stdin in (
        (("edit", "nasty-20", "--title", f"@{HOSTILE}"), None), (("edit", "nasty-20", "--note", "N", "--expect", shown), None), (("add", "-"), person),
        (("names", "merge", f"=new {HOSTILE}", ACTOR), None), (("undo",), None), (("undo",), None), (("undo", "2"), None), (("undo", "1"), None),
        (("names", "alias", "--site", SITE, f"=alias {HOSTILE}"), None), (("import", "-"), json.dumps({"type": "event", "date": "2024", "kind": "raid", "title": HOSTILE,
         "actors": [{"name": f"=alias {HOSTILE}", "role": "victim"}, {"name": f"other {HOSTILE}", "role": "victim"}]})), (("redact", "--yes", ACTOR), None), (("undo",), None),
    ):  # fmt: skip
        outcome = run(*args, *WHO, stdin=stdin)
        assert outcome.code in {0, 3, 4}, (args, outcome)
        harmless(outcome.err)


@pytest.fixture
def own_evidence(nasty_evidence: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the timeline with files."""
    copy = tmp_path / "own.db"
    done("backup", str(copy), "--db", str(nasty_evidence))
    shutil.copytree(nasty_evidence.with_suffix(".evidence"), copy.with_suffix(".evidence"))
    monkeypatch.setenv("SCAMCLI_DB", str(copy))
    return copy


def of_files(folder: Path) -> list[list[str]]:
    """What changes evidence, and what hands it over, with the hostile names of files and of their folders."""
    odd = folder / f"=odd {FILE}"
    odd.mkdir()
    same, new, out = odd / f"=same {FILE}", odd / f"+new {FILE}", str(odd / f"-out {FILE}")
    same.write_text("This is =file.", encoding="utf-8")
    new.write_text("This is new.", encoding="utf-8")
    return [
        ["evidence", *args]
        for args in (
            ["add", str(same), *ABOUT_FILES, "--event", "nasty-21"], ["add", str(same), *ABOUT_FILES], ["add", str(odd), "--source", HOSTILE],
            ["derive", f"=file {FILE}", str(same), "--note", HOSTILE], ["derive", f"@copy {FILE}", str(same), "--note", HOSTILE],
            ["derive", f"@copy {FILE}", str(new), "--note", HOSTILE, *WHO], ["export", f"=file {FILE}", "-o", out], ["export", f"=file {FILE}", "-o", out],
            ["export", f"+gone {FILE}", "-o", f"{out}2"], ["import", out], ["import", str(new)], ["verify", out], ["verify"],
            ["remove", f"=file {FILE}", f"+gone {FILE}", *WHO], ["remove", f"=file {FILE}", *WHO], ["verify"],
        )
    ]  # fmt: skip


def test_what_a_change_of_evidence_says_is_harmless(own_evidence: Path, tmp_path: Path) -> None:
    for args in of_files(tmp_path):
        outcome = run(*args)
        assert outcome.code in {0, 2, 3, 4, 5}, (args, outcome)
        assert all(line.startswith("scamcli: ") for line in harmless(outcome.err).split("\n")[:-1])
        harmless(outcome.out, newline="\n\t")
    assert [row["removed"] for row in json.loads(done("evidence", "list", "--removed", "--json").out)].count(None) == 2
    for file in own_evidence.with_suffix(".evidence").glob("??/*"):
        file.unlink()
    (own_evidence.with_suffix(".evidence") / f"=odd {FILE}").touch()
    for format_ in ("table", "markdown", "tsv", "csv"):
        for args in (["evidence", "verify"], ["info", "--verify"]):
            outcome = run(*args, "--format", format_)
            assert (outcome.code, "missing" in outcome.out) == (5, True)
            if format_ in {"csv", "tsv"}:
                assert not [cell for cell in cells(outcome.out, format_) if cell[:1] in {*"=@+-\t\r\n"}]
            if format_ != "csv":  # a file, which has everything as it is
                harmless(outcome.out, newline="\n\t" if format_ == "tsv" else "\n")
            harmless(outcome.err)


DRIVER = """
import sys, json
sys.argv[0] = "scamcli"
from scamcli.cli.app import app
for args in json.load(open(sys.argv[1], encoding="utf-8")):
    print("### " + ascii(args), flush=True)
    try:
        app(args)
    except SystemExit as left:
        sys.stdout.flush()
        print("exit", left.code, flush=True)
"""


def on_terminal(commands: list[list[str]], tmp_path: Path, **env: str) -> str:
    """Run commands in one process whose stdin, stdout and stderr are a terminal; all that it showed."""
    listed = tmp_path / "commands.json"
    listed.write_text(json.dumps(commands), encoding="utf-8")
    leader, follower = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES"}}
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(listed)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=inherited | {"TERM": "dumb"} | env,
    ) as child:
        os.close(follower)
        shown = _until_closed(leader).decode().replace("\r\n", "\n")
    assert child.returncode == 0, shown
    assert shown.count("### ") == len(commands), shown[-500:]
    assert "Traceback" not in shown
    return shown


def test_a_terminal_shows_a_control_character_that_is_printed(tmp_path: Path) -> None:
    """The search below can find one."""
    listed = tmp_path / "commands.json"
    listed.write_text("[]", encoding="utf-8")
    leader, follower = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", "print('a\\x1b[31m\\x9b')"], stdout=follower):
        os.close(follower)
        shown = _until_closed(leader).decode()
    with pytest.raises(AssertionError):
        harmless(shown)


@pytest.mark.parametrize(
    "format_",
    [
        None,
        "table",
        "markdown",
        "json",
        "jsonl",
        "csv",
        "tsv",
    ],
)
def test_nothing_raw_reaches_a_terminal(format_: str | None, tmp_path: Path) -> None:
    commands = [[*asked(name), *(["--format", format_] if format_ else [])] for name in ASKED]
    commands += [
        ["search", *(["--format", format_] if format_ else [])],
        ["timeline", *(["--format", format_] if format_ else [])],
    ]
    harmless(on_terminal(commands, tmp_path), newline="\n\t" if format_ == "tsv" else "\n")


@pytest.mark.parametrize(
    "args",
    [("export", "jsonl"), ("remove", "nasty-20"), ("info", "--db", "{db}", "--format", "tsv"), ("backup", "{copy}")],
    ids=lambda args: args[0],
)
def test_records_and_paths_reach_no_terminal_raw(args: tuple[str, ...], own: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd \x1b[31m\u202e.db"
    done("backup", str(odd))
    names = {"{db}": str(odd), "{copy}": str(tmp_path / "copy \x9b2J.db")}
    harmless(on_terminal([[names.get(arg, arg) for arg in args]], tmp_path), newline="\n\t")
