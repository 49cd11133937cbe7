# ruff: noqa: E501 - tables
"""Nothing is sent anywhere, ever: every command works with the network cut, and dies at once where it asks for it.

The cut is a hook that kills the process on any event of Python's sockets and of what stands above them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.helpers.patience import PATIENCE
from tests.helpers.terminals import Seen

if TYPE_CHECKING:
    from pathlib import Path

CUT = """
import os, sys
CUT = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "telnetlib.", "nntplib.", "webbrowser.",
       "ssl.", "asyncio.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.")
def cut(event, args):
    if event.startswith(CUT):
        os.write(2, b"the network was asked for: " + event.encode() + b"\\n")
        os._exit(99)
sys.addaudithook(cut)
"""
KILLED = 99

TRIED = {
    "a socket": "import socket; socket.socket()",
    "a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "a page": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "a connection": "import http.client; http.client.HTTPConnection('127.0.0.1', 9).connect()",
    "the name of this machine": "import socket; socket.gethostname()",
    "another program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a mail": "import smtplib; smtplib.SMTP('127.0.0.1', 9)",
}

RECIPIENT = "age1hjwu37axcg78elk7z4c2jr64c7qxhkchezwz359z6d8wdssn73psjknry8"
"""A public key of age; nobody has the secret one."""

ASKED: dict[str, list[list[str]]] = {
    "search": [["search"], ["search", "--actor", "Sar Keng", "--json"], ["search", "--format", "table"]],
    "show": [["show", "2022-09-19"], ["show", "2022-09-19", "--history"], ["show", "2022-09-19", "--at", "9998"]],
    "timeline": [["timeline"], ["timeline", "--chart", "{chart}"]], "report": [["report", "-o", "{page}"]], "stats": [["stats", "complaints", "--explain", "--cite"], ["stats", "complaints", "--compare", "2021", "2022"], ["stats", "complaints", "--chart", "{chart}"]],
    "conflicts": [["conflicts"]], "responses": [["responses"]], "check": [["check"]], "actors": [["actors"], ["actors", "Sar Kheng"]], "sites": [["sites"]],
    "add": [["add", "--date", "2023", "--kind", "raid", "--title", "T", "--source", "VOD; url: https://example.org/a"]],
    "edit": [["edit", "2022-09-19", "--note", "N"]], "remove": [["remove", "2022-09-19"]], "undo": [["undo"]], "log": [["log"], ["log", "--change", "1"], ["log", "--timestamp-request", "{request}"]],
    "protect": [["protect", "Sar Kheng"]], "unprotect": [["unprotect", "Sar Kheng", "--reason", "R"]],
    "names": [["names", "alias", "Sar Kheng", "Another Name"], ["names", "merge", "VOD", "CamboJA"]], "import": [["import", "{file}"]],
    "ingest": [["ingest", "{file}"], ["ingest", "--dry-run", "{file}"]], "review": [["review", "--json"]],
    "merge": [["merge", "{file}"]], "diff": [["diff", "{file}", "{file}"]],
    "export": [["export", "jsonl"]], "init": [["init", "{new}"], ["init", "{new}2", "--empty"]], "info": [["info"], ["info", "--verify"]],
    "sql": [["sql"], ["sql", "SELECT * FROM events"]], "backup": [["backup"], ["backup", "--encrypt", RECIPIENT]], "redact": [["redact", "--yes", "Sar Kheng"]],
    "schema": [["schema"], ["schema", "--vocabulary"]],
    "evidence": [
        ["evidence", "add", "{page of others}", "--source", "VOD", "--event", "2022-09-19", "--url", "https://example.org/a"],
        ["evidence", "list"], ["evidence", "list", "--event", "2022-09-19", "--json"], ["evidence", "show", "page.html"],
        ["evidence", "derive", "page.html", "{file}", "--note", "N"], ["evidence", "verify"], ["evidence", "verify", "{bag}"],
        ["evidence", "export", "page.html", "-o", "{handed over}", "--recipient", "R"], ["evidence", "import", "{bag}"],
        ["evidence", "remove", "page.html", "--reason", "R"], ["evidence", "list", "--removed"], ["evidence", "verify"],
    ],
}  # fmt: skip
"""Every command, at least once; each with arguments with which it succeeds."""

BEFORE: dict[str, list[list[str]]] = {
    "undo": [["edit", "2022-09-19", "--note", "N"]],
    "evidence": [
        ["evidence", "add", "{page of others}", "--source", "Others", "--db", "{others}"],
        ["export", "bagit", "-o", "{bag}", "--db", "{others}"],
    ],
}
"""What some commands need; it asks for no network either."""


SUCCEEDS = {"check": {0, 1}}


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A folder with a ``sitecustomize`` that cuts the network."""
    folder = tmp_path / "cut"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CUT, encoding="utf-8")
    return folder


def python(cut: Path, *args: str, before: tuple[str, ...] = ()) -> Seen:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "PYTHONPATH": str(cut),
        "no_proxy": "*",
    }
    done = subprocess.run(
        [*before, sys.executable, *args],
        capture_output=True,
        env=env,
        timeout=PATIENCE,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    return Seen(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("asked", TRIED)
def test_the_hook_kills_what_asks_for_the_network(cut: Path, asked: str) -> None:
    assert python(cut, "-c", TRIED[asked]).code == KILLED
    assert python(cut, "-c", "print(1)").code == 0


def ready(tmp_path: Path) -> dict[str, str]:
    record = {
        "type": "event",
        "date": "2023-05-05",
        "kind": "raid",
        "title": "T",
        "sources": [{"outlet": "X", "url": "https://example.org/"}],
    }
    (tmp_path / "file.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "page.html").write_text('<a href="https://example.org/">A page</a><img src="https://example.org/i">')
    shutil.copy(os.environ["SCAMCLI_DB"], tmp_path / "others.db")
    return {
        "{page of others}": str(tmp_path / "page.html"),
        "{others}": str(tmp_path / "others.db"),
        "{bag}": str(tmp_path / "bag"),
        "{handed over}": str(tmp_path / "handed-over"),
        "{request}": str(tmp_path / "request.tsq"),
        "{file}": str(tmp_path / "file.jsonl"),
        "{new}": str(tmp_path / "new.db"),
        "{new}2": str(tmp_path / "new2.db"),
        "{chart}": str(tmp_path / "chart.svg"),
        "{page}": str(tmp_path / "page.html"),
    }


@pytest.mark.parametrize("name", ASKED)
def test_a_command_asks_for_no_network(name: str, cut: Path, own_db: Path, tmp_path: Path) -> None:
    names = ready(tmp_path)
    for args in (*BEFORE.get(name, []), *ASKED[name]):
        seen = python(cut, "-m", "scamcli", *(names.get(arg, arg) for arg in args))
        assert seen.code in SUCCEEDS.get(name, {0}), (args, seen)
    assert own_db.exists()


def test_the_first_use_help_errors_and_completion_ask_for_none(cut: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAMCLI_DB")
    assert python(cut, "-m", "scamcli", "search", "--count").code == 0
    for args, code in (
        (["--help"], 0),
        (["--version"], 0),
        (["search", "--help"], 0),
        (["serach"], 2),
        (["show", "nothing"], 3),
        (["search", "--db", "/nowhere"], 5),
    ):
        assert python(cut, "-m", "scamcli", *args).code == code
    monkeypatch.setenv("_SCAMCLI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "scamcli search --actor S")
    monkeypatch.setenv("COMP_CWORD", "3")
    seen = python(cut, "-m", "scamcli")
    assert (seen.code, r"Sar\ Kheng" in seen.out) == (0, True)
