"""No way of writing a protected name is printed or exported, and after ``redact`` no file holds one."""

from __future__ import annotations

import html
import json
import re
import shlex
import sqlite3
import zipfile
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from scamcli.exchange.exporters.registry import EXPORT_FORMATS
from scamcli.store import snapshots
from tests.helpers.driver import actor, event, ok, run, take_in
from tests.helpers.ways_of_writing import LATIN, TRACES, WAYS

if TYPE_CHECKING:
    from pathlib import Path

OUTPUTS = ["", "table", "json", "csv", "markdown"]
ASKED = [
    "search", "show w-0", "show w-0 --history", "show w-0 --at 9998", "timeline", "stats rescues --explain",
    "stats rescues --by group", "stats rescues --by site", "stats events --by source", "conflicts", "check", "actors",
    "actors 'Known Body'", "sites", "log", "log --change 1", "log w-0",
    "sql 'SELECT * FROM events'", "sql 'SELECT * FROM figures'", "sql 'SELECT * FROM sources'", "responses",
]  # fmt: skip
"""What prints the records, in every format."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A timeline with every way in every field, and in a text that was read; the actor was protected afterwards."""
    db = tmp_path_factory.mktemp("ways") / "kept.db"
    take_in(
        db,
        actor(LATIN, kind="person"),
        actor("Known Body", kind="ngo", note=" and also ".join(WAYS)),
        *[
            event(
                f"w-{n}", f"2023-01-{n % 28 + 1:02d}", "rescue", title=f"About {way} again", summary=f"So {way} said.",
                note=f"({way})", tags=[" ".join(way.split())], places=[{"name": f"House of {way}", "country": "TH"}],
                figures=[{"metric": "rescues", "stated": f"{way} and 4 others", "low": 5, "group": f"friends of {way}",
                          "note": f"so {way}"}],
                sources=[{"outlet": "The Paper", "title": f"{way} speaks", "passage": f"says {way}",
                          "url": f"https://paper.example/{'-'.join(way.split())}"}],
                links=[{"type": "follows", "event": f"w-{n - 1}", "note": f"of {way}"}] if n else [],
            )
            for n, way in enumerate(WAYS)
        ],
    )  # fmt: skip
    text = "2023-02-03: Police freed 45 Thai workers, officials said. " + " and also ".join(WAYS) + "."
    ok("ingest", "-", "--db", str(db), stdin=text)
    everybody = {"type": "actor", "name": LATIN, "protected": True, "aliases": ["欧阳测试", "ដារា វាសនា"]}
    ok("edit", LATIN, "-", "--db", str(db), stdin=json.dumps(everybody))
    return db


def readings(content: bytes) -> str:
    """All that a file or an output says: members of archives too, and with encodings undone."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    text = content.decode(errors="replace")
    undone = html.unescape(html.unescape(unquote(unquote(text))))
    undone = re.sub(r"(?:\\u|%u)([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), undone)
    return f"{text}\n{undone}".casefold()


def clean(content: bytes, what: object) -> None:
    """Check that nothing of the name is in it, in any encoding."""
    said = readings(content)
    for trace in (*TRACES, *(way.casefold() for way in WAYS)):
        at = said.find(trace)
        assert at < 0, (what, said[max(0, at - 60) : at + 60])


@pytest.mark.parametrize("asked", ASKED)
def test_no_output_has_it(kept: Path, asked: str) -> None:
    is_list = asked.split()[0] not in {"log"} or "--" not in asked
    for format_ in OUTPUTS:
        answer = run(*shlex.split(asked), *(["--format", format_] if format_ and is_list else []), "--db", str(kept))
        assert answer.code in {0, 1}, answer
        clean((answer.out + answer.err).encode(), (asked, format_))


@pytest.mark.parametrize("name", list(EXPORT_FORMATS))
def test_no_export_has_it(kept: Path, tmp_path: Path, name: str) -> None:
    ok("export", name, "-o", str(tmp_path / "out"), "--db", str(kept))
    files = [tmp_path / "out"] if (tmp_path / "out").is_file() else list((tmp_path / "out").rglob("*"))
    assert files
    for file in files:
        if file.is_file():
            clean(file.read_bytes(), file)


@pytest.mark.parametrize("asked", ["search --actor", "show", "actors", "search --tag", "search --source", "log"])
def test_no_error_has_it(kept: Path, asked: str) -> None:
    for way in WAYS[::3]:
        answer = run(*asked.split(), f"{way} x", "--db", str(kept))
        clean((answer.out + answer.err).encode(), (asked, way))


def test_after_redact_no_file_holds_it(kept: Path, tmp_path: Path) -> None:
    db = tmp_path / "redacted.db"
    ok("backup", str(db), "--db", str(kept))
    ok("redact", LATIN, "--yes", "--db", str(db))
    ok("add", "--date", "2024", "--kind", "raid", "--title", "T", "--db", str(db))  # so that there is a new WAL
    ok("backup", str(tmp_path / "copy.db"), "--db", str(db))
    for file in tmp_path.glob("*.db*"):
        clean(file.read_bytes(), file)
    with closing(sqlite3.connect(db)) as connection:
        for (packed,) in connection.execute("SELECT text FROM snapshot"):
            clean(snapshots.unpacked(packed).encode(), "text")
